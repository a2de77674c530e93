"""What a page is made by: a piece of work that can be done in any process, or left undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from sitegen.views import PageSpec


class PageMaker(NamedTuple):
    """Makes one page or some, when it is asked.

    By its `name` the next build will know it. It sees nothing but what it looks up in tables of the
    site, the findings, the cards and the desk: what it makes follows from that alone.
    """

    make: Callable[[], Iterable[PageSpec]]
    name: str


class PageMakers(NamedTuple):
    """Makes the pages of many keys, each when it is asked; `prefix` and a key make a name.

    So there is nothing to be set up for a page that need not be made.
    """

    prefix: str
    keys: Iterable[Any]
    make: Callable[[Any], Iterable[PageSpec]]

    def each(self) -> Iterator[PageMaker]:
        """Yield the makers one by one."""
        for key in self.keys:
            yield PageMaker(partial(self.make, key), f"{self.prefix}{key}")
