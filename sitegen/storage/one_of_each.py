"""One object for all values that are equal: what is written over and over is held once.

Ids stand in every note that names another one. Read apart, or in another process, each would be a
text of its own: some hundred thousand of them, and a dictionary compares two that are equal letter
by letter, but two that are one at a glance.
"""

from __future__ import annotations

from sys import intern
from typing import Any, Final

_KNOWN: Final[dict[Any, Any]] = {}


def one_of_each(value: Any) -> Any:
    """Return what was the first of its like here: of texts, of dates, or of tuples of such.

    Of nothing else: 1 and True are equal, too, and would be taken for one. And for what is short:
    nothing that was here is ever let go.
    """
    known = _KNOWN.get(value)
    if known is None:
        known = _first(value)
        _KNOWN[known] = known
    return known


def _first(value: Any) -> Any:
    if type(value) is str:
        return intern(value)
    return (*map(one_of_each, value),) if type(value) is tuple else value
