"""Files that need not be made again: what they show has not changed, and they stand."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain
from typing import Final

from sitegen.ledger import KeptTable, Ledger, Trace, TraceIndex, Traces
from sitegen.storage.digests import digest_of
from sitegen.views import SiteView, UnchangedFiles

_MANY: Final = 1000  # traces that were made anew since they were put into an index
KnownWork = tuple[Trace, tuple[str, ...]]
"""What a maker of files looked up, and the paths of its files."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The makers of files, what they looked up, and the paths of their files.

    `ends` tells for each, as an array of unsigned integers, up to which of the `paths` they are its
    own. `index` is that of the traces, for who builds again and again.
    """

    makers: tuple[str, ...] = ()
    traces: Traces = field(default_factory=Traces)
    paths: tuple[str, ...] = ()
    ends: bytes = b""
    index: TraceIndex | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, works: Mapping[str, KnownWork]) -> Remembered:
        """Return what is to be remembered of work, by the names of its makers."""
        pages = [paths for _, paths in works.values()]
        return cls(
            makers=tuple(works),
            traces=Traces.of(trace for trace, _ in works.values()),
            paths=tuple(chain.from_iterable(pages)),
            ends=array("I", accumulate(map(len, pages))).tobytes(),
        )

    def works(self) -> Iterator[tuple[str, KnownWork]]:
        """Yield each maker with what it looked up and the paths of its files."""
        return zip(
            self.makers, zip(self.traces.each(), self.each_paths(), strict=True), strict=True
        )

    def each_paths(self) -> Iterator[tuple[str, ...]]:
        """Yield the paths of the files of each maker."""
        ends = array("I", self.ends)
        return map(self.paths.__getitem__, map(slice, chain([0], ends), ends))

    def paths_of(self, places: Iterable[int]) -> set[str]:
        """Return the paths of the files of some makers, given their places."""
        ends = memoryview(self.ends).cast("I")
        parts = (self.paths[ends[at - 1] if at else 0 : ends[at]] for at in places)
        return {*chain.from_iterable(parts)}

    def with_new(self, works: Mapping[str, KnownWork]) -> Remembered | None:
        """Return these with others in the place of some; None where they are not as simple as that.

        They are if each of them was known and has files with the same paths.
        """
        places = dict(zip(self.makers, range(len(self.makers)), strict=True))
        if not works.keys() <= places.keys():
            return None
        paths = [*self.each_paths()]
        if any(paths[places[maker]] != own for maker, (_, own) in works.items()):
            return None
        new = {places[maker]: trace for maker, (trace, _) in works.items()}
        index = self.index and self.index.with_new(new)
        return replace(self, traces=self.traces.with_new(new), index=index)

    def indexed(self) -> Remembered:
        """Return the same with an index, made anew where much has changed since it was made."""
        if self.index and len(self.index.renewed) <= _MANY:
            return self
        return replace(self, index=TraceIndex.of(self.traces))


@dataclass(slots=True)
class PageMemory:
    """The pages of the last build, and those of this one as they are made.

    `tools` is the digest of what makes pages: the program and the templates; `templates` tells the
    state of their files, empty where nobody knows. `known` is what made all files of the last
    build, if anything of that is known, and `unchanged` has the SHA-256 of each of these that is in
    the output folder as that build left it. `ledger` has the tables that pages are made from.
    `makers` are those of this build; `works` are what those of them did whose work is not taken
    over.
    """

    tools: bytes = b""
    known: Remembered = field(default_factory=Remembered)
    unchanged: Mapping[str, str] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    makers: tuple[str, ...] = ()
    works: dict[str, KnownWork] = field(default_factory=dict)
    templates: bytes = b""

    def unpacked(self) -> list[str]:
        """Return the names of what a first build is to pack for the next one, in no great hurry."""
        return [] if self.ledger.is_known else self.ledger.unpacked()

    def pack(self, name: str) -> KeptTable:
        """Pack a table for the next build; any process can do that."""
        return self.ledger.kept_table(name).without_keys()

    def lay_by(self, name: str, packed: KeptTable) -> None:
        """Take a table that another process has packed."""
        self.ledger.lay_by(name, packed)

    def begin(self, frame: SiteView) -> None:
        """Take note of what all pages show; nothing can be found before."""
        self.ledger.everywhere("what all pages show", digest_of(self.tools, frame))

    def take_over(self, makers: Iterable[str]) -> tuple[UnchangedFiles, Sequence[int]]:
        """Take over what makers did for the last build, if they would do the same and it stands.

        Return their files, and the numbers of the other makers.
        """
        known, unchanged = self.known, self.unchanged
        self.makers = (*makers,)
        fallen = {*self.ledger.fallen(known.traces, known.index)}
        are_all = len(unchanged) == len(known.paths)
        if not are_all:
            every = enumerate(known.each_paths())
            fallen |= {at for at, own in every if not unchanged.keys() >= {*own}}
        left: Iterable[int] = fallen
        if self.makers != known.makers:
            asked = {*self.makers}
            sound = {each for at, each in enumerate(known.makers) if at not in fallen}
            left = [number for number, each in enumerate(self.makers) if each not in sound]
            fallen |= {at for at, each in enumerate(known.makers) if each not in asked}
        others = known.paths_of(fallen)
        if not are_all:
            others = (others & unchanged.keys()) | (unchanged.keys() - {*known.paths})
        return UnchangedFiles(unchanged, others), sorted(left)

    def remembered(self) -> Remembered:
        """Return what the next build shall know: the very same, if nothing of it is new."""
        found = self.known.with_new(self.works) if self.makers == self.known.makers else None
        if found is None:
            works = {**dict(self.known.works()), **self.works}
            found = Remembered.of({maker: works[maker] for maker in self.makers})
        return self.known if found == self.known else found
