"""The files of a site as a build left them, in a form that takes little to keep and to compare.

One form is for a file that the next build reads, the other for who builds again and again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from sitegen.cache import Stamp, stamps_in

_DIGEST: Final = 64  # characters


@dataclass(frozen=True, slots=True)
class LeftFiles:
    """Paths in order; of each file the four numbers of its stamp, and the 32 bytes of its SHA-256.

    They are three values and not one for each file, for every build reads and writes them.
    """

    paths: tuple[str, ...] = ()
    stamps: bytes = b""
    digests: bytes = b""

    @classmethod
    def of(cls, stamps: Mapping[str, Stamp], digests: Mapping[str, str]) -> LeftFiles:
        """Return these files; each has a SHA-256 in hexadecimal."""
        paths = tuple(sorted(stamps))
        numbers = array("q", chain.from_iterable(stamps[path] for path in paths))
        return cls(
            paths, numbers.tobytes(), bytes.fromhex("".join(digests[path] for path in paths))
        )

    def standing(self, now: Mapping[str, Stamp]) -> dict[str, str]:
        """Return the SHA-256, in hexadecimal, of the files that are as they were left, by path."""
        every = zip(self.paths, stamps_in(self.stamps), self._digests(), strict=True)
        return {path: digest for path, stamp, digest in every if now.get(path) == stamp}

    def _digests(self) -> Iterator[str]:
        text = self.digests.hex()
        return (text[at : at + _DIGEST] for at in range(0, len(text), _DIGEST))


@dataclass(frozen=True, slots=True)
class LeftInMemory:
    """The stamp of each file, and its SHA-256 in hexadecimal, by path."""

    stamps: Mapping[str, Stamp]
    digests: Mapping[str, str]

    def standing(self, now: Mapping[str, Stamp]) -> Mapping[str, str]:
        """Return the SHA-256, in hexadecimal, of the files that are as they were left, by path."""
        if now is self.stamps:
            return self.digests
        left = self.stamps.items()
        return {path: self.digests[path] for path, stamp in left if now.get(path) == stamp}


Left = LeftFiles | LeftInMemory
