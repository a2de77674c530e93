"""A file that packets are put into as they are made, by all the processes that make some.

What is made for the next build need then neither travel between processes nor be held in memory.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from secrets import token_bytes
from typing import Any, Final
from weakref import WeakValueDictionary, finalize

if sys.platform != "win32":
    from fcntl import LOCK_EX, LOCK_UN, lockf


ENDING: Final = ".tmp"
"""How the names of files end that are begun and may never be finished."""


class PacketFile:
    """A file that grows at its end; this process and those forked from it may add to it at once.

    It is read as if it were bytes. Nothing is held in memory, and no byte of it ever changes. Of
    what is opened of it each mapping leaves `most_open` bytes open, which whoever has the file may
    raise: for one that asks for the same again and again.
    """

    most_open = 1 << 19

    def __init__(self, path: Path, handle: int | None = None) -> None:
        """Open a file that is there, or take it open; what it holds stays. Raises OSError."""
        self.path = path
        self._file = FileIO(path if handle is None else handle, "r+")
        finalize(self, self._file.close)
        self._name = token_bytes(16)
        _OPEN[self._name] = self

    @classmethod
    def new(cls, folder: Path, prefix: str = "", head: bytes = b"") -> PacketFile | None:
        """Return a new file in a folder, whose name and content begin so; None if none can be.

        That is so, too, where the file system knows no locks, without which none can be added to.
        """
        if sys.platform == "win32":  # processes cannot be forked there, nor is it easy to remove
            return None
        with suppress(OSError):
            handle, name = tempfile.mkstemp(dir=folder, prefix=prefix, suffix=ENDING)
            file = cls(Path(name), handle)
            try:
                file.append(head)
            except OSError:
                file.discard()
            else:
                return file
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
        return _open_here, (self._name,)

    def discard(self) -> None:
        """Remove the file, unless it has come to another name."""
        with suppress(OSError):
            self.path.unlink()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Have other processes wait: they share the place that is written to."""
        lockf(self._file, LOCK_EX)
        try:
            yield
        finally:
            lockf(self._file, LOCK_UN)


def _open_here(name: bytes) -> PacketFile:
    """Return the file that was opened by that name; no two are, in whatever processes."""
    if name not in _OPEN:
        raise ValueError("this file of packets was opened by another process")
    return _OPEN[name]


_OPEN: Final[WeakValueDictionary[bytes, PacketFile]] = WeakValueDictionary()
