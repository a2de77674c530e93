"""Pages that need not be rendered again: what they show has not changed, and their files stand."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, chain

from sitegen.digests import digest_of
from sitegen.ledger import Ledger, Trace
from sitegen.ledger.traces import Traces
from sitegen.views import PageSpec, SiteView, StandingFile

KnownWork = tuple[Trace, tuple[str, ...]]
"""What a maker of pages looked up, and the paths of its pages."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The makers of pages that have names, what they looked up, and the paths of their pages.

    `ends` tells for each, as an array of unsigned integers, up to which of the `paths` they are its
    own. `seen` has, for each page whose maker has no name, the digest of all that it could see.
    """

    makers: tuple[str, ...] = ()
    traces: Traces = field(default_factory=Traces)
    paths: tuple[str, ...] = ()
    ends: bytes = b""
    seen: Mapping[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, works: Mapping[str, KnownWork], seen: Mapping[str, bytes]) -> Remembered:
        """Return what is to be remembered of work, by the names of its makers."""
        pages = [paths for _, paths in works.values()]
        return cls(
            makers=tuple(works),
            traces=Traces.of(trace for trace, _ in works.values()),
            paths=tuple(chain.from_iterable(pages)),
            ends=array("I", accumulate(map(len, pages))).tobytes(),
            seen=seen,
        )

    def works(self) -> Iterator[tuple[str, KnownWork]]:
        """Yield each maker with what it looked up and the paths of its pages."""
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
    seen: dict[str, bytes] = field(default_factory=dict)
    _common: bytes = field(init=False, default=b"")

    def begin(self, frame: SiteView) -> None:
        """Take note of what all pages show; nothing can be found before."""
        self._common = digest_of(self.tools, frame)
        self.ledger.everywhere("what all pages show", self._common)

    def find(self, path: str, seen: bytes) -> StandingFile | None:
        """Return the file of a page that saw the same, if it still stands."""
        if path not in self.standing or self.known.seen.get(path) != seen:
            return None
        return StandingFile(path, self.standing[path])

    def digest(self, spec: PageSpec) -> bytes:
        """Return the digest of all that a page can see."""
        return digest_of(self._common, spec)

    def take_over(self, makers: Iterable[str]) -> dict[str, str]:
        """Take over what makers did for the last build, if they would do the same and it stands.

        Return the SHA-256 of their files by path. Makers without names count for nothing.
        """
        asked, holds = {*makers}, self.ledger.holds
        lost = {*self.known.paths} - self.standing.keys()
        works = {
            maker: work
            for maker, work in self.known.works()
            if maker in asked and holds(work[0]) and (not lost or lost.isdisjoint(work[1]))
        }
        self.works.update(works)
        paths = chain.from_iterable(paths for _, paths in works.values())
        return {path: self.standing[path] for path in paths}

    def remembered(self) -> Remembered:
        """Return what the next build shall know: the very same, if nothing of it is new."""
        order = dict.fromkeys(chain(filter(self.works.__contains__, self.known.makers), self.works))
        found = Remembered.of({maker: self.works[maker] for maker in order}, self.seen)
        return self.known if found == self.known else found
