"""Files that need not be made again: what they show has not changed, and they stand."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, chain

from sitegen.digests import digest_of
from sitegen.ledger import KeptTable, Ledger, Trace, Traces
from sitegen.views import SiteView

KnownWork = tuple[Trace, tuple[str, ...]]
"""What a maker of files looked up, and the paths of its files."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The makers of files, what they looked up, and the paths of their files.

    `ends` tells for each, as an array of unsigned integers, up to which of the `paths` they are its
    own.
    """

    makers: tuple[str, ...] = ()
    traces: Traces = field(default_factory=Traces)
    paths: tuple[str, ...] = ()
    ends: bytes = b""

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
        ends = array("I", self.ends)
        paths = map(self.paths.__getitem__, map(slice, chain([0], ends), ends))
        return zip(self.makers, zip(self.traces.each(), paths, strict=True), strict=True)


@dataclass(slots=True)
class PageMemory:
    """The pages of the last build, and those of this one as they are made.

    `tools` is the digest of what makes pages: the program and the templates. `standing` has the
    SHA-256 of each file that is in the output folder as the last build left it. `ledger` has the
    tables that pages are made from.
    """

    tools: bytes = b""
    known: Remembered = field(default_factory=Remembered)
    standing: Mapping[str, str] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    works: dict[str, KnownWork] = field(default_factory=dict)

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

    def take_over(self, makers: Iterable[str]) -> dict[str, str]:
        """Take over what makers did for the last build, if they would do the same and it stands.

        Return the SHA-256 of their files by path.
        """
        asked, fallen = {*makers}, {*self.ledger.fallen(self.known.traces)}
        lost = {*self.known.paths} - self.standing.keys()
        works = {
            maker: work
            for place, (maker, work) in enumerate(self.known.works())
            if place not in fallen and maker in asked and (not lost or lost.isdisjoint(work[1]))
        }
        self.works.update(works)
        paths = chain.from_iterable(paths for _, paths in works.values())
        return {path: self.standing[path] for path in paths}

    def remembered(self) -> Remembered:
        """Return what the next build shall know: the very same, if nothing of it is new."""
        order = dict.fromkeys(chain(filter(self.works.__contains__, self.known.makers), self.works))
        found = Remembered.of({maker: self.works[maker] for maker in order})
        return self.known if found == self.known else found
