"""The files of a site as a build left them, in a form that takes little to keep and to compare.

One form is for a file that the next build reads, the other for who builds again and again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from sitegen.storage.cache import Stamp, stamps_in

_DIGEST: Final = 64  # characters


@dataclass(frozen=True, slots=True)
class PublishedFiles:
    """Paths in order; of each file the four numbers of its stamp, and the 32 bytes of its SHA-256.

    They are three values and not one for each file, for every build reads and writes them.
    """

    paths: tuple[str, ...] = ()
    stamps: bytes = b""
    digests: bytes = b""

    @classmethod
    def of(cls, stamps: Mapping[str, Stamp], digests: Mapping[str, str]) -> PublishedFiles:
        """Return these files; each has a SHA-256 in hexadecimal."""
        paths = tuple(sorted(stamps))
        numbers = array("q", chain.from_iterable(stamps[path] for path in paths))
        return cls(
            paths, numbers.tobytes(), bytes.fromhex("".join(digests[path] for path in paths))
        )

    def unchanged(self, now: Mapping[str, Stamp]) -> dict[str, str]:
        """Return the SHA-256, in hexadecimal, of the files that are as they were left, by path."""
        every = zip(self.paths, stamps_in(self.stamps), self._digests(), strict=True)
        return {path: digest for path, stamp, digest in every if now.get(path) == stamp}

    def _digests(self) -> Iterator[str]:
        text = self.digests.hex()
        return (text[at : at + _DIGEST] for at in range(0, len(text), _DIGEST))


@dataclass(slots=True)
class KnownFiles:
    """All files of a site that somebody alone writes, again and again; it is told of every change.

    `digests` are their SHA-256 in hexadecimal by path, empty where that is not known, as where
    something may stand that nobody knows. `stamps` are of all but these last; the first number of
    each is that of the publication which wrote the file. `publications` counts these, and the times
    that something was forgotten.
    """

    digests: dict[str, str] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    publications: int = 0

    def note(self, written: Mapping[str, str], removed: Iterable[str]) -> None:
        """Know that these files stand now, in place of others or anew, and that some are gone."""
        self.publications += 1
        self.digests.update(written)
        self.stamps.update(dict.fromkeys(written, (self.publications, 0, 0, 0)))
        for path in removed:
            self.digests.pop(path, None)
            self.stamps.pop(path, None)

    def forget(self, paths: Iterable[str]) -> None:
        """Know of some paths no longer what stands there, if anything does.

        Who has been given the files as they were known so far sees no change of that.
        """
        self.publications += 1
        unknown = dict.fromkeys(paths, "")
        self.digests = {**self.digests, **unknown}
        self.stamps = {path: each for path, each in self.stamps.items() if path not in unknown}


@dataclass(frozen=True, slots=True)
class PublishedInMemory:
    """The files that were known after the publication with some number."""

    files: KnownFiles
    publication: int

    def unchanged(self, now: Mapping[str, Stamp]) -> Mapping[str, str]:
        """Return the SHA-256, in hexadecimal, of the files that are as they were left, by path."""
        digests, stamps = self.files.digests, self.files.stamps
        if now is stamps and self.files.publications == self.publication:
            return digests
        return {
            path: digests[path]
            for path, stamp in stamps.items()
            if stamp[0] <= self.publication and now.get(path) == stamp
        }


LastPublished = PublishedFiles | PublishedInMemory
