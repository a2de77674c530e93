"""What templates call, and how what they call and show becomes text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from types import FunctionType
from typing import Any, Final

import markupsafe
from jinja2 import Environment
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

# What `escape` does to plain text, before it marks the result as safe.
escaped: Final[Callable[[str], str]] = getattr(markupsafe, "_escape_inner", escape)

_REMEMBERED: Final = 2048  # texts of each macro: only of plots, a kilobyte each, there are more


def shown(value: Any) -> str:
    """Return a value as it stands in HTML: text escaped, what is HTML already as it is."""
    kind = value.__class__
    if kind is str:
        # Pieces are joined at once, so that there is no need to mark each as safe.
        return escaped(value)
    if kind is int or kind is float:
        return str(value)
    return value if kind is Markup else escape(value)


def show_html(context: Context, called: Any, *args: Any, **kwargs: Any) -> str:
    """Return as it stands in HTML what is returned by something that may be no macro."""
    return shown(context.call(called, *args, **kwargs))


def show_text(context: Context, called: Any, *args: Any, **kwargs: Any) -> str:
    """Return the same as it stands in plain text."""
    return str(context.call(called, *args, **kwargs))


class Part(Macro):
    """A macro that takes nothing but what it names, so that its function can be called straight."""

    def __init__(
        self, environment: Environment, function: FunctionType, name: str, names: Sequence[str]
    ) -> None:
        """Take the function that makes the text, with a parameter for each of some names.

        What one of the environment's `repeated` macros made is remembered, and not made again.
        """
        super().__init__(environment, function, name, [*names], False, False, False)
        function.__defaults__ = (missing,) * len(names)
        is_repeated = name in getattr(environment, "repeated", ())
        self.text: Callable[..., str] = _remembered(function) if is_repeated else function

    def html(self, *given: Any) -> Markup:
        """Return the text marked as HTML; it is, or whoever calls takes it for that."""
        # `Markup(text)` would ask first whether the text is HTML already.
        return str.__new__(Markup, self.text(*given))


def _remembered(make: Callable[..., str]) -> Callable[..., str]:
    known = lru_cache(_REMEMBERED, typed=True)(make)

    def text(*given: Any) -> str:
        try:
            return known(*given)
        except TypeError:  # a list, perhaps, which cannot be looked up
            return make(*given)

    return text
