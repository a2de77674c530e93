"""One folder takes another's place in a single step, and what a killed run left is put right.

Beside a folder `site` stands, while it is replaced, `.site.sitegen-new-<n>`: its successor, and
after the exchange its predecessor. The number is the predecessor's inode, so that it can be told
which of the two a killed run left. Where the system cannot exchange two folders, the predecessor
is called `.site.sitegen-old`. This module does not know what the folders hold.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Container
from contextlib import suppress
from pathlib import Path

from sitegen.output.companions import beside

# renameat2(2) and <sys/fcntl.h> of Linux; renamex_np(2) of macOS.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


def successor_of(target: Path) -> Path:
    """Return the path at which to make the folder that is to take the target's place."""
    return beside(target, f"new-{target.stat().st_ino if target.exists() else 0}")


def put_in_place(staged: Path, target: Path) -> Path | None:
    """Give the folder `staged` the name `target`; return where the old folder stands now, if any.

    Where the system can, nobody ever sees anything but the whole old or the whole new folder.
    Elsewhere there is a moment with neither, and `recover` mends what a kill in it leaves.
    """
    if not os.path.lexists(target):
        staged.rename(target)
        return None
    if _exchange(staged, target):  # from now on `staged` names the predecessor
        return staged
    old = beside(target, "old")
    target.rename(old)
    try:
        staged.rename(target)
    except OSError:
        old.rename(target)
        raise
    return old


def recover(target: Path, owned_in: Callable[[Path], Container[str] | None]) -> None:
    """Put right what a killed run left beside the target: bring it back, then clear up.

    `owned_in` says which paths of a former target are the site's own, as for `discard`.
    """
    old = beside(target, "old")
    if os.path.lexists(old) and not os.path.lexists(target):
        old.rename(target)
    prefix = beside(target, "new-").name
    with os.scandir(target.parent) as entries:
        left = [Path(entry.path) for entry in entries if entry.name.startswith(prefix)]
    for folder in (old, *left):
        if folder.is_symlink():
            folder.unlink()
        elif folder.exists():
            was_target = folder == old or folder.name == f"{prefix}{folder.stat().st_ino}"
            discard(folder, target, owned_in(folder) if was_target else None)


def discard(left: Path, target: Path, owned: Container[str] | None) -> None:
    """Remove a folder that the target replaces, but nothing that only stands there.

    `owned` are the paths that the site itself wrote; None says that all can go. Any other file is
    somebody's own and has been carried to the target; one that came or changed after that was
    done is moved there now, before anything is removed.
    """
    files, folders = _walk(left)
    if owned is not None and target.is_dir():
        for path in files:
            if path not in owned:
                _rescue(left / path, target / path)
    for path in files:
        with suppress(FileNotFoundError):  # rescued
            os.unlink(f"{left}/{path}")  # noqa: PTH108 - a Path per file costs as much again
    for path in reversed(folders):
        (left / path).rmdir()


def _walk(top: Path) -> tuple[list[str], list[str]]:
    """Return all files and all folders below and with the top, folders before what they hold."""
    files: list[str] = []
    folders = [""]
    for folder in folders:  # grows while it is walked
        with os.scandir(top / folder) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                (folders if entry.is_dir(follow_symlinks=False) else files).append(path)
    return files, folders


def _rescue(left: Path, kept: Path) -> None:
    """Move somebody's own file to the target, if that has none or an older one at its place."""
    found = left.lstat()
    try:
        there = kept.lstat()
    except FileNotFoundError:
        kept.parent.mkdir(parents=True, exist_ok=True)
    else:
        if os.path.samestat(found, there) or found.st_mtime_ns <= there.st_mtime_ns:
            return
    left.replace(kept)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return False where the system or file system cannot."""
    if sys.platform not in {"linux", "darwin"}:
        return False
    library = ctypes.CDLL(None)
    names = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):
        return not library.renameat2(
            _AT_FDCWD, names[0], _AT_FDCWD, names[1], ctypes.c_uint(_RENAME_EXCHANGE)
        )
    if hasattr(library, "renamex_np"):
        return not library.renamex_np(*names, ctypes.c_uint(_RENAME_SWAP))
    return False
