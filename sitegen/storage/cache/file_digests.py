"""SHA-256 of files, each found out no sooner than somebody wants it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import filterfalse
from pathlib import Path
from typing import Any


class FileDigests:
    """The SHA-256 of files' bytes by path below a root; of what cannot be read, as folders, empty.

    A file is read when its digest is first asked for, unless somebody who has read it tells what it
    is. A pickle holds all of them.
    """

    def __init__(self, root: Path, paths: Iterable[str], known: Mapping[str, bytes]) -> None:
        """Take the paths of files and folders, and the digests of some."""
        self._root = root
        self._known = {**known}
        self._left = dict.fromkeys(filterfalse(self._known.__contains__, paths))

    def of(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the digests of some of the paths; of one that was not named there is none."""
        wanted = [*paths]
        for path in wanted:
            if path in self._left:
                self._known[path] = _digest(self._root / path)
                del self._left[path]
        return {path: self._known[path] for path in wanted if path in self._known}

    def every(self) -> Mapping[str, bytes]:
        """Return the digests of all paths."""
        self.of(self._left)
        return self._known

    def tell(self, read: Mapping[str, bytes]) -> None:
        """Take the digests of files from who has read them; of one who could not they are empty."""
        for path, digest in read.items():
            if digest and path in self._left:
                self._known[path] = digest
                del self._left[path]

    def __reduce__(self) -> Any:
        """Return what makes the same again, with nothing left to find out."""
        return FileDigests, (Path(), (), {**self.every()})


def _digest(path: Path) -> bytes:
    try:
        return sha256(path.read_bytes()).digest()
    except OSError:  # as of any folder
        return b""
