"""A new folder is made beside the one that it will replace, out of that one's files and new bytes.

A power cut is not a kill: only what is marked so is waited for until it is on the disk itself. A
page that a power cut emptied differs from its bytes, so that the next build writes it again.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Mapping
from functools import partial
from pathlib import Path

_BINARY = getattr(os, "O_BINARY", 0)  # without it, Windows translates line ends
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
LINK_REFUSED = frozenset(
    {
        errno.EACCES,  # a security module
        errno.EINVAL,
        errno.EMLINK,  # the file has as many names as it may
        errno.ENOSYS,
        errno.ENOTSUP,
        errno.EOPNOTSUPP,
        errno.EPERM,  # FAT, and another user's file where links are protected
    }
)
"""The numbers of errors by which a system says that a file cannot have a second name there."""

_link = (
    partial(os.link, follow_symlinks=False) if os.link in os.supports_follow_symlinks else os.link
)


class Staged:
    """A folder beside the output that appears with its first file.

    Folders get the modes (`modes`, by path) that they have in the output. Several processes may
    write to it, each with an object of its own.
    """

    def __init__(self, folder: Path, modes: Mapping[str, int]) -> None:
        """Take the folder to make; nothing is made yet."""
        self.folder = folder
        self._modes = modes
        self._made: set[str] = set()

    def make_folder(self, path: str) -> None:
        """Make a folder and those above it, unless they are there."""
        if path in self._made:
            return
        if path:
            self.make_folder(path.rpartition("/")[0])
        made = self.folder / path
        try:
            made.mkdir()
        except FileExistsError:
            if made.is_symlink() or not made.is_dir():
                raise
            # Another process has made it.
        if path in self._modes and made.stat().st_mode != self._modes[path]:
            made.chmod(stat.S_IMODE(self._modes[path]))
        self._made.add(path)

    def write(self, path: str, *parts: bytes, to_the_disk: bool = False) -> None:
        """Write a new file; `to_the_disk` waits until it would outlast a power cut."""
        self.make_folder(path.rpartition("/")[0])
        write_new(f"{self.folder}/{path}", *parts, to_the_disk=to_the_disk)

    def write_anew(self, path: str, *parts: bytes) -> None:
        """Write a new file in place of what a process that was killed may have written of it."""
        try:
            self.write(path, *parts)
        except FileExistsError:
            Path(f"{self.folder}/{path}").unlink()
            self.write(path, *parts)

    def carry(self, target: Path, path: str) -> None:
        """Give a file of the output its place in the new site too."""
        self.make_folder(path.rpartition("/")[0])
        _carry(f"{target}/{path}", f"{self.folder}/{path}")


def write_new(path: str, *parts: bytes, to_the_disk: bool = False) -> None:
    """Write a new file; `to_the_disk` waits until it would outlast a power cut."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NO_FOLLOW, 0o666)
    try:
        for part in parts:
            rest = memoryview(part)
            while rest:
                rest = rest[os.write(file, rest) :]
        if to_the_disk:
            os.fsync(file)
    finally:
        os.close(file)


def link_file(source: str, destination: str) -> None:
    """Give a file, or a link itself, a second name; nothing that stands there is replaced."""
    _link(source, destination)


def holds(path: str, content: bytes) -> bool:
    """Tell whether a file has exactly these bytes; one that cannot be read has not."""
    try:
        file = os.open(path, os.O_RDONLY | _BINARY | _NO_FOLLOW)
    except OSError:
        return False
    try:
        return os.read(file, len(content) + 1) == content
    except OSError:
        return False
    finally:
        os.close(file)


def _carry(source: str, destination: str) -> None:
    """Make a file stand at a second place too, by a hard link or, where that is refused, a copy.

    A symbolic link is carried as a link. Nothing that stands at the destination is replaced. A
    source on another file system is refused, for removing the old folder would empty it there.
    """
    try:
        link_file(source, destination)
    except OSError as refusal:
        if refusal.errno not in LINK_REFUSED or os.path.lexists(destination):
            raise
        shutil.copy2(source, destination, follow_symlinks=False)
