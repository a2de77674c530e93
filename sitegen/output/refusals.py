"""Where a site may not go, and what is said when the system refuses to write it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

_REFUSAL_BY_ERRNO = {
    errno.EACCES: ("permission denied", "see who owns the folder and the one it stands in"),
    errno.EBUSY: ("the folder is in use or a mount point", "name a folder inside it"),
    errno.EDQUOT: ("the disk quota is used up", "make room, then build again"),
    errno.EFBIG: ("a file is larger than may be written here", "raise the limit on file sizes"),
    errno.ENAMETOOLONG: ("the path is too long", "name an output folder with a shorter path"),
    errno.ENOSPC: ("no space left on the disk", "make room, then build again"),
    errno.EPERM: ("permission denied", "see who owns the folder and the one it stands in"),
    errno.EROFS: ("the file system is read-only", "name an output folder on another"),
    errno.EXDEV: (
        "part of it lies on another file system, which cannot be replaced in one step",
        "unmount or remove that part, or name a new output folder",
    ),
}
_OTHER_HELP = "put that right or name another output folder, then build again"


class CannotWrite(Exception):  # noqa: N818 - reads as what it is where it is caught
    """The site cannot be published, and the person who builds it can mend that.

    `reason` is one short fact, lower case without a full stop; `help` says what to do next. A
    folder that sites are published in is as it was.
    """

    def __init__(self, reason: str, help: str) -> None:  # noqa: A002 - as in a diagnostic
        """Take the fact and the way out."""
        super().__init__(reason)
        self.reason = reason
        self.help = help

    def __reduce__(self) -> tuple[type[CannotWrite], tuple[str, str]]:
        """Say how to make it anew where it has come from another process."""
        return type(self), (self.reason, self.help)


@contextmanager
def refusals(target: Path) -> Iterator[None]:
    """Turn what the system refuses into CannotWrite."""
    try:
        yield
    except OSError as error:
        known = (f"{error.strerror or error}".lower(), _OTHER_HELP)
        fact, way_out = _REFUSAL_BY_ERRNO.get(error.errno or 0, known)
        place = f' ("{error.filename}")' if isinstance(error.filename, str) else ""
        raise CannotWrite(f'cannot write to "{target}": {fact}{place}', way_out) from error


def refuse_place(target: Path, keep_out: Sequence[Path]) -> None:
    """Refuse a folder that holds what is not a site's, or that cannot be exchanged."""
    if target.exists() and not target.is_dir():
        raise CannotWrite(f'"{target}" is a file, not a folder', "name another output folder")
    if os.path.ismount(target):
        raise CannotWrite(
            f'"{target}" is the root of a file system, which cannot be replaced in one step',
            "name a folder inside it",
        )
    with suppress(RuntimeError):  # some users have no home
        home = Path(os.path.realpath(Path("~").expanduser()))
        _refuse_home(home, target)
    for folder in keep_out:
        kept = Path(os.path.realpath(folder))
        if _is_same_or_inside(kept, target):
            problem = f'"{target}" is or holds "{kept}", which the site is made from'
        elif _is_same_or_inside(target, kept):
            problem = f'"{target}" lies in "{kept}", which the site is made from'
        else:
            continue
        raise CannotWrite(problem, "name an output folder that only the site uses, such as _site")


def _refuse_home(home: Path, target: Path) -> None:
    """Refuse the home folder and what holds it."""
    if _is_same_or_inside(home, target):
        raise CannotWrite(
            f'"{target}" is or holds the home folder', "name a folder that only the site uses"
        )


def _is_same_or_inside(path: Path, folder: Path) -> bool:
    """Tell whether a path is a folder or lies in it, also where names differ in case or mount."""
    if not folder.exists():
        return path.is_relative_to(folder)
    return any(each.exists() and each.samefile(folder) for each in (path, *path.parents))
