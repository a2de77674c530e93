"""Neighbouring notes in short runs: what is kept of many small things is kept by the run.

Where a run ends follows from the ids of its notes and from nothing else, so that a note that comes
or goes changes the run that it stands in, and no other one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple
from zlib import crc32

from sitegen.kinds import Kind
from sitegen.ledger import KeysOf
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


def runs_of(site: Site, kinds: Iterable[Kind]) -> KeysOf[Run]:
    """Return all notes of some kinds in runs, in the order of the site, as keys for a table."""
    notes = {kind: site.records(kind) for kind in kinds}
    return KeysOf(
        [*notes.values()], lambda: [Run(kind, ids) for kind in notes for ids in _cut(notes[kind])]
    )


class Places:
    """In which of some runs a note stands: found out when somebody asks for the first time."""

    def __init__(self, runs: Iterable[Run]) -> None:
        """Take all runs of some kinds."""
        self._runs = (*runs,)

    @cached_property
    def of(self) -> Mapping[Kind, Mapping[str, Run]]:
        """The run that each note stands in, by kind and id."""
        found: dict[Kind, dict[str, Run]] = {}
        for run in self._runs:
            found.setdefault(run.kind, {}).update(dict.fromkeys(run.ids, run))
        return found


def _cut(ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    run: list[str] = []
    for each in ids:
        if run and not crc32(each.encode()) % ONE_IN:
            yield tuple(run)
            run = []
        run.append(each)
    if run:
        yield tuple(run)
