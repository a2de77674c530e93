"""What a page is made by: a piece of work that can be done in any process, or left undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from sitegen.views import PageSpec


class PageMaker(NamedTuple):
    """Makes one page or some, when it is asked.

    One that has a `name`, by which the next build will know it, sees nothing but what it looks up
    in the site, the findings, the cards and the desk: what it makes follows from that alone.
    """

    make: Callable[[], Iterable[PageSpec]]
    name: str = ""
