"""What a page is made by: a piece of work that can be done in any process, or left undone.

Pages are planned in one of two ways. Where a ledger keeps tables (`Tables.is_kept`), what is on
which page is decided at once and kept, and each page has a maker of its own, so that the next build
can leave out those that still stand. Where nothing is kept, that work would only be a load on the
process that plans, and on each machine of a cluster, all of which plan the whole site and make a
part of it. So there a group of pages has a single maker, `all_at_once`, which decides and makes
everything when it is called. Both come to the same pages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import accumulate
from typing import Any, NamedTuple

from sitegen.views import PageSpec


class PageMaker(NamedTuple):
    """Makes one or more pages when it is called.

    The next build recognises it by its `name`. What it makes must follow from what it looks up in
    tables alone: those of the site, the findings, the cards and the context of notes' pages.
    """

    make: Callable[[], Iterable[PageSpec]]
    name: str


class KeyedMakers(NamedTuple):
    """Makes the pages of many keys: a `PageMaker` for each, whose name is `prefix` and the key.

    It is one value for all keys, so that nothing is set up for a page that need not be made.
    """

    prefix: str
    keys: Iterable[Any]
    make: Callable[[Any], Iterable[PageSpec]]


def all_at_once(make: Callable[[], Iterable[PageSpec]]) -> KeyedMakers:
    """Return the one maker of a group of pages, for a build that keeps nothing."""
    return KeyedMakers("", [""], lambda _: make())


class AllMakers:
    """All makers of the pages of a site, in order; one of many keys is set up when asked for.

    `names` are the names of all of them.
    """

    def __init__(self, single: Iterable[PageMaker], groups: Iterable[KeyedMakers]) -> None:
        """Take single makers, and those of many keys, which come after them."""
        self._single = (*single,)
        self._groups = [(each, (*each.keys,)) for each in groups]
        self._ends = [*accumulate(len(keys) for _, keys in self._groups)]
        self.names = [each.name for each in self._single]
        for each, keys in self._groups:
            self.names += [f"{each.prefix}{key}" for key in keys]

    def maker(self, number: int) -> PageMaker:
        """Return a maker by its number, counted from 0."""
        name, at = self.names[number], number - len(self._single)
        if at < 0:
            return self._single[number]
        group = bisect_right(self._ends, at)
        each, keys = self._groups[group]
        return PageMaker(partial(each.make, keys[at - self._ends[group]]), name)

    def __iter__(self) -> Iterator[PageMaker]:
        """Yield all of them, in order."""
        return map(self.maker, range(len(self)))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.names)
