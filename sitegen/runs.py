"""Neighbouring notes in short runs: what is kept of many small things is kept by the run.

Where a run ends follows from the ids of its notes and from nothing else, so that a note that comes
or goes changes the run that it stands in, and no other one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final, NamedTuple
from zlib import crc32

from sitegen.kinds import Kind
from sitegen.ledger import Tables
from sitegen.model import Ref, Site

ONE_IN: Final = 4
"""One note in so many begins a run: few enough that one can be made again for any of its notes."""


class Run(NamedTuple):
    """Some notes of a kind that follow one another."""

    kind: Kind
    ids: tuple[str, ...]

    def refs(self) -> Iterator[Ref]:
        """Yield the addresses of its notes."""
        return (Ref(self.kind, each) for each in self.ids)


def runs_of(site: Site, kinds: Iterable[Kind], name: str, tables: Tables) -> list[Run]:
    """Return all notes of some kinds in runs, in the order of the site.

    `name` is that of the table in which they are kept.
    """
    cut = tables.table(name, kinds, lambda kind: tuple(_cut(site.records(kind))))
    pairs = ((kind, ids) for kind, runs in cut.items() for ids in runs)
    return [*map(partial(tuple.__new__, Run), pairs)]  # as a named tuple does it, in half the time


def _cut(ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    run: list[str] = []
    for each in ids:
        if run and not crc32(each.encode()) % ONE_IN:
            yield tuple(run)
            run = []
        run.append(each)
    if run:
        yield tuple(run)
