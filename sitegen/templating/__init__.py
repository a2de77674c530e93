"""Jinja as sitegen uses it: the same output as Jinja's own environment, in a quarter of the time.

A page calls a hundred macros and writes a thousand values, most of them short plain text, so that
what Jinja does around each weighs more than the text. Some of its steps are replaced here by
shorter ones, what many pages have in common is written once, and compiled templates are kept from
one build to the next. The tests render every kind of page both ways.

The shorter ways are not as forgiving: `a.b` is only an attribute, `a[b]` only an item, a macro that
is called wrongly a wrong call. A template that needs more, `b` as a key or `a.b is defined`, says
so by an AttributeError, a LookupError or a TypeError, and is then rendered as Jinja does, from then
on.
"""

from sitegen.templating.environment import FastEnvironment
from sitegen.templating.macros import shown

__all__ = ["FastEnvironment", "shown"]
