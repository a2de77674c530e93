"""Pages that need not be rendered again: what they show has not changed, and their files stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sitegen.cache import Stamp
from sitegen.digests import digest_of
from sitegen.ledger import Ledger, Trace
from sitegen.views import PageSpec, SiteView, StandingFile


class KnownPage(NamedTuple):
    """A page as it was made: the SHA-256 of its file, and the digest of all that it could see.

    There is no digest where what its maker looked up tells as much.
    """

    sha256: str
    seen: bytes = b""


class KnownWork(NamedTuple):
    """What a maker of pages looked up, and the paths of its pages."""

    trace: Trace
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remembered:
    """All pages of a build by path, and the work of makers by name."""

    pages: Mapping[str, KnownPage] = field(default_factory=dict)
    works: Mapping[str, KnownWork] = field(default_factory=dict)


@dataclass(slots=True)
class PageMemory:
    """The pages of the last build, and those of this one as they are made.

    `tools` is the digest of what makes pages: the program and the templates. `standing` are the
    stamps of the files that are in the output folder as the last build left them. `ledger` has the
    tables that pages are made from.
    """

    tools: bytes = b""
    known: Remembered = field(default_factory=Remembered)
    standing: Mapping[str, Stamp] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    pages: dict[str, KnownPage] = field(default_factory=dict)
    works: dict[str, KnownWork] = field(default_factory=dict)
    _common: bytes = field(init=False, default=b"")

    def begin(self, frame: SiteView) -> None:
        """Take note of what all pages show; nothing can be found before."""
        self._common = digest_of(self.tools, frame)
        self.ledger.everywhere("what all pages show", self._common)

    def find(self, path: str, seen: bytes) -> StandingFile | None:
        """Return the file of a page that saw the same, if it still stands."""
        if not self._stands(path) or self.known.pages[path].seen != seen:
            return None
        return self.known_file(path)

    def known_file(self, path: str) -> StandingFile:
        """Return the file of a page that is known and stands."""
        return StandingFile(path, self.known.pages[path].sha256, self.standing[path])

    def digest(self, spec: PageSpec) -> bytes:
        """Return the digest of all that a page can see."""
        return digest_of(self._common, spec)

    def work_of(self, trace: Trace, paths: Iterable[str]) -> KnownWork:
        """Return what a maker did that looked this up."""
        return KnownWork(trace, tuple(paths))

    def find_work(self, maker: str) -> KnownWork | None:
        """Return what a maker did for the last build, if it would do the same and all of it stands.

        None too for a maker that has no name.
        """
        work = self.known.works.get(maker)
        if work is None or not self.ledger.holds(work.trace):
            return None
        return work if all(self._stands(path) for path in work.paths) else None

    def _stands(self, path: str) -> bool:
        return path in self.standing and path in self.known.pages

    def remembered(self) -> Remembered:
        """Return what the next build shall know."""
        return Remembered(self.pages, self.works)
