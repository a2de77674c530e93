"""Files as the system describes them: enough to see, without reading, that one has not changed."""

from __future__ import annotations

import os
import stat
import sys
import time
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

# A file can be written twice within what its file system takes for one moment: two seconds on FAT.
_MOMENT: Final = 2_000_000_000
_MOST: Final = (1 << 63) - 1  # in a row of numbers

Stamp = tuple[int, int, int, int]
"""Size, times of the last change to content and to anything else (ns), and number of a file.

There are as many as files, and every build makes, reads and writes them: a name for each number
would cost more than all else that is done with them.
"""

_FOLDER: Final[Stamp] = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Stamped:
    """The files below some folders, when they were looked at (ns since the epoch).

    `files` are by path, relative to the root and with forward slashes; a folder's path ends in one,
    and its stamp says only that it is there. `is_plain` says that there
    was nothing but files and folders: what lies behind a symbolic link can change unseen.
    """

    files: Mapping[str, Stamp]
    at: int
    is_plain: bool

    def __reduce__(self) -> Any:
        """Return what makes the same again, with the numbers of all stamps in one row."""
        numbers = array("q", chain.from_iterable(self.files.values()))
        return _stamped, (tuple(self.files), numbers.tobytes(), self.at, self.is_plain)

    def settled(self) -> frozenset[str]:
        """Return the files whose stamps will tell of any later change: they are not too young."""
        last = self.at - _MOMENT
        return frozenset(
            path
            for path, (_, modified, changed, _) in self.files.items()
            if modified < last and changed < last
        )


def _stamped(paths: Iterable[str], numbers: bytes, at: int, is_plain: bool) -> Stamped:
    return Stamped(dict(zip(paths, stamps_in(numbers), strict=True)), at, is_plain)


def stamps_in(numbers: bytes) -> Iterator[Stamp]:
    """Return the stamps whose numbers stand in an array, one after the other."""
    every = iter(array("q", numbers))
    return zip(every, every, every, every, strict=True)


def stamp_files(root: Path, folders: Iterable[str]) -> Stamped:
    """Look at all files below some folders of a root, which need not exist; nothing is read.

    Folders that cannot be looked at make the answer not plain.
    """
    files: dict[str, Stamp] = {}
    at = time.time_ns()
    waiting = [folder for folder in folders if (root / folder).is_dir()]
    is_plain = not any((root / folder).is_symlink() for folder in folders if folder)
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(root / folder) as entries:
                for entry in entries:
                    path = f"{folder}/{entry.name}" if folder else entry.name
                    if entry.is_file(follow_symlinks=False):  # first what most of them are
                        files[path] = stamp_of(_look_at(entry))
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append(path)
                        files[f"{path}/"] = _FOLDER
                    else:
                        is_plain = False  # a link, or a pipe: whoever reads it waits for a writer
        except OSError:
            is_plain = False
    return Stamped(files, at, is_plain)


def stamp_again(root: Path, last: Stamped, paths: Iterable[str]) -> Stamped | None:
    """Return the files as they are now, if none but those at some paths has changed since.

    None where that does not tell all and everything is to be looked at: something has come, or what
    stands at one of the paths is no file. A file with another name may be the same one, for many
    systems ignore case.
    """
    if not last.is_plain:
        return None
    files, at = dict(last.files), time.time_ns()
    for path in paths:
        if path not in files:
            return None
        try:
            found = os.lstat(root / path)
        except FileNotFoundError:
            del files[path]
        except OSError:
            return None
        else:
            if not stat.S_ISREG(found.st_mode):
                return None
            files[path] = stamp_of(found)
    return Stamped(files, at, is_plain=True)


def _look_at(entry: os.DirEntry[str]) -> os.stat_result:
    """Return what the system says of a file; what a folder says of it lacks its number there."""
    if sys.platform == "win32":
        return os.lstat(entry.path)
    return entry.stat(follow_symlinks=False)


def stamp_of(found: os.stat_result) -> Stamp:
    """Return a file's stamp from what the system says of it; some have numbers of 128 bits."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino & _MOST
