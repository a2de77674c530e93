"""A file that packets are put into as they are made, by all the processes that make some.

What is made for the next build need then neither travel between processes nor be held in memory.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, Final
from weakref import WeakValueDictionary

if sys.platform != "win32":
    from fcntl import LOCK_EX, LOCK_UN, lockf


class PacketFile:
    """A file that grows at its end; this process and those forked from it may add to it at once.

    It is read as if it were bytes. Nothing is held in memory, and no part of it ever changes.
    """

    def __init__(self, path: Path) -> None:
        """Open a file that is there; what it holds already stays. Raises OSError."""
        self.path = path
        self._file = path.open("r+b", buffering=0)
        self._number = next(_NUMBERS)
        _OPEN[self._number] = self

    @classmethod
    def new(cls, folder: Path) -> PacketFile | None:
        """Return a new file in a folder; None where there can be no such file."""
        if sys.platform == "win32":  # processes cannot be forked there, nor is it easy to remove
            return None
        with suppress(OSError):
            handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
            os.close(handle)
            return cls(Path(name))
        return None

    def append(self, content: bytes | memoryview) -> int:
        """Add bytes and return where they start. Raises OSError, as where the disk is full."""
        with self._alone():
            start = self._file.seek(0, os.SEEK_END)
            left = memoryview(content)
            while left:
                left = left[self._file.write(left) :]
        return start

    def __getitem__(self, places: slice) -> bytes:
        """Return the bytes in some places, which follow one another."""
        start, end = places.start, places.stop
        return os.pread(self._file.fileno(), end - start, start)

    def __reduce__(self) -> Any:
        """Return what makes the same in a process that has this file from the one that opened it.

        It can go nowhere else.
        """
        return _open_here, (self._number,)

    def discard(self) -> None:
        """Remove the file, unless it has come to another name."""
        with suppress(OSError):
            self.path.unlink()

    def __del__(self) -> None:
        """Close the file once nobody can read from it any more."""
        self._file.close()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Have other processes wait: they share the place that is written to."""
        lockf(self._file, LOCK_EX)
        try:
            yield
        finally:
            lockf(self._file, LOCK_UN)


def _open_here(number: int) -> PacketFile:
    return _OPEN[number]


_NUMBERS: Final = count()
_OPEN: Final[WeakValueDictionary[int, PacketFile]] = WeakValueDictionary()
