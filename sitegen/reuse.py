"""Pages that need not be rendered again: what they show has not changed, and their files stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sitegen.cache import Stamp
from sitegen.digests import digest_of
from sitegen.traces import Keys, Trace, Watch
from sitegen.views import PageSpec, SiteView, StandingFile


class KnownPage(NamedTuple):
    """A page as it was made: the digest of all that it could see, and the SHA-256 of its file."""

    seen: bytes
    sha256: str


class KnownWork(NamedTuple):
    """What a maker of pages looked up, the digest of what was there, the paths of its pages."""

    trace: Trace
    seen: bytes
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remembered:
    """All pages of a build by path, the work of makers by name, and the keys that traces mean."""

    pages: Mapping[str, KnownPage] = field(default_factory=dict)
    works: Mapping[str, KnownWork] = field(default_factory=dict)
    keys: Keys = field(default_factory=dict)


@dataclass(slots=True)
class PageMemory:
    """The pages of the last build, and those of this one as they are made.

    `tools` is the digest of what makes pages: the program and the templates. `standing` are the
    stamps of the files that are in the output folder as the last build left them.
    """

    tools: bytes = b""
    known: Remembered = field(default_factory=Remembered)
    standing: Mapping[str, Stamp] = field(default_factory=dict)
    pages: dict[str, KnownPage] = field(default_factory=dict)
    works: dict[str, KnownWork] = field(default_factory=dict)
    watch: Watch = field(init=False)
    _common: bytes = field(init=False, default=b"")

    def __post_init__(self) -> None:
        """Watch what is looked up in such a way that the traces of the last build can be read."""
        self.watch = Watch(self.known.keys)

    def begin(self, frame: SiteView) -> None:
        """Take note of what all pages show; nothing can be found before."""
        self._common = digest_of(self.tools, frame)

    def find(self, path: str, seen: bytes) -> StandingFile | None:
        """Return the file of a page that saw the same, if it still stands."""
        if not self._stands(path):
            return None
        file, before = self.known_file(path)
        return file if before == seen else None

    def known_file(self, path: str) -> tuple[StandingFile, bytes]:
        """Return the file of a page that is known and stands, and the digest of what it saw."""
        known = self.known.pages[path]
        return StandingFile(path, known.sha256, self.standing[path]), known.seen

    def digest(self, spec: PageSpec) -> bytes:
        """Return the digest of all that a page can see."""
        return digest_of(self._common, spec)

    def work_of(self, trace: Trace, paths: Iterable[str]) -> KnownWork:
        """Return what a maker did that looked this up."""
        return KnownWork(trace, self._digest_of(trace), tuple(paths))

    def find_work(self, maker: str) -> KnownWork | None:
        """Return what a maker did for the last build, if it would do the same and all of it stands.

        None too for a maker that has no name.
        """
        work = self.known.works.get(maker)
        if work is None or work.seen != self._digest_of(work.trace):
            return None
        return work if all(self._stands(path) for path in work.paths) else None

    def _digest_of(self, trace: Trace) -> bytes:
        return self._common + self.watch.background() + self.watch.digest(trace)

    def _stands(self, path: str) -> bool:
        return path in self.standing and path in self.known.pages

    def remembered(self) -> Remembered:
        """Return what the next build shall know."""
        return Remembered(self.pages, self.works, self.watch.keys())
