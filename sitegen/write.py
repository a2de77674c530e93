"""Bytes reach the disk: a whole new site, or the last one as it was.

The site is made anew in a folder beside the output, from links to the files that stay and from the
files that changed, and then takes the output's place in one step. This module knows neither where
the bytes come from nor how a refusal is shown.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from sitegen.cache import Stamp, stamp_files, stamp_of
from sitegen.output.inventory import MANIFEST, Inventory, manifest_of, owned_in, take_inventory
from sitegen.output.staging import Staged, holds
from sitegen.output.swap import beside, discard, put_in_place, recover, successor_of
from sitegen.urls import path_fault, path_key
from sitegen.views import OutputFile, StandingFile

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


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did: the folder, and the paths of the site's files by what became of them.

    Paths are sorted. The manifest is not among them. `stamps` are those of the files, as far as
    nobody has touched them since they were written or looked at.
    """

    output: Path
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    stamps: Mapping[str, Stamp] = field(default_factory=dict, repr=False, compare=False)


class OutputChanged(Exception):  # noqa: N818 - reads as what it is where it is caught
    """A file that was said to stand in the output has changed meanwhile; nothing is written."""


class CannotWrite(Exception):  # noqa: N818 - reads as what it is where it is caught
    """The site cannot be published, and the person who builds it can mend that.

    `reason` is one short fact, lower case without a full stop; `help` says what to do next. The
    output folder is as it was.
    """

    def __init__(self, reason: str, help: str) -> None:  # noqa: A002 - as in a diagnostic
        """Take the fact and the way out."""
        super().__init__(reason)
        self.reason = reason
        self.help = help


def publish(
    files: Iterable[OutputFile | StandingFile],
    output: Path,
    keep_out: Sequence[Path] = (),
    wait: float = 60.0,
) -> Published:
    """Make the output folder hold exactly these files, besides those that are somebody's own.

    Files are taken one at a time, so that a generator need not hold a large site in memory. A
    symbolic link as `output` stands for the folder it points to. `keep_out` are folders that the
    output may neither be, contain nor lie in. `wait` is for how many seconds another publication
    to the same folder is waited for.

    Raises CannotWrite for what the person who builds can mend, OutputChanged where a file is not
    as it was said to stand, and ValueError for paths that no site may have: not portable, given
    twice, or the same to a system that ignores case.
    """
    target = Path(os.path.realpath(output))
    with _refusals(target):
        _refuse_place(target, keep_out)
        target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target, wait):
        try:
            with _refusals(target):
                recover(target, owned_in)
                standing = take_inventory(target)
                _refuse_foreign(target, standing)
            return _replace(files, target, standing)
        except BaseException:
            with suppress(OSError):
                recover(target, owned_in)
            raise


# Where a site may go


def _refuse_place(target: Path, keep_out: Sequence[Path]) -> None:
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


def _refuse_foreign(target: Path, standing: Inventory) -> None:
    """Refuse a folder that holds something and that sitegen did not make."""
    if standing.owned is None and not standing.is_empty():
        raise CannotWrite(
            f'"{target}" is not empty and holds no site that sitegen wrote',
            "name a new or an empty folder; files of your own can be put there after a build",
        )


def _is_same_or_inside(path: Path, folder: Path) -> bool:
    """Tell whether a path is a folder or lies in it, also where names differ in case or mount."""
    if not folder.exists():
        return path.is_relative_to(folder)
    return any(each.exists() and each.samefile(folder) for each in (path, *path.parents))


@contextmanager
def _alone(target: Path, wait: float) -> Iterator[None]:
    """Hold the lock of an output folder; a killed holder's lock is free at once."""
    lock = FileLock(beside(target, "lock"))
    with _refusals(target):
        try:
            lock.acquire(timeout=wait)
        except Timeout:
            raise CannotWrite(
                f'another build has been writing to "{target}" for {wait:g} seconds',
                "wait until it has ended, then build again",
            ) from None
    try:
        yield
    finally:
        lock.release()


# How it is replaced


def _replace(
    files: Iterable[OutputFile | StandingFile], target: Path, standing: Inventory
) -> Published:
    """Stage the new site beside the output and put it in place, if anything is to change."""
    staged = Staged(successor_of(target), standing.folders)
    taken = {path_key(MANIFEST): MANIFEST}
    digests: dict[str, str] = {}
    seen: dict[str, Stamp] = {}
    written: list[str] = []
    unchanged: list[str] = []
    for file in files:
        _take_path(file.path, taken)
        if isinstance(file, StandingFile):
            _check_standing(file, target)
            digests[file.path] = file.sha256
            seen[file.path] = file.stamp
            unchanged.append(file.path)
            continue
        digests[file.path] = file.sha256 or sha256(file.content).hexdigest()
        with _refusals(target):
            if _stands(file, target, standing):
                seen[file.path] = _stamp(target, file.path)
                unchanged.append(file.path)
            else:
                staged.write(file.path, file.content)
                seen[file.path] = _stamp(staged.folder, file.path)
                written.append(file.path)
    removed = (standing.files & (standing.owned or frozenset())) - digests.keys() - {MANIFEST}
    manifest = OutputFile(MANIFEST, manifest_of(digests))
    if written or removed or not _stands(manifest, target, standing):
        with _refusals(target):
            for path in unchanged:
                staged.carry(target, path)
            # Without its manifest the whole folder would pass for somebody else's.
            staged.write(MANIFEST, manifest.content, to_the_disk=True)
            _carry_foreign(staged, target, standing)
            left = put_in_place(staged.folder, target)
        if left:
            with suppress(OSError):  # the site is published; the next run clears up
                discard(left, target, standing.owned or frozenset())
    now = stamp_files(target, [""]).files
    return Published(
        target,
        tuple(sorted(written)),
        tuple(sorted(unchanged)),
        tuple(sorted(removed)),
        {path: now[path] for path in seen if _is_as_left(now.get(path), seen[path])},
    )


def _stamp(folder: Path, path: str) -> Stamp:
    return stamp_of(os.lstat(f"{folder}/{path}"))


def _is_as_left(now: Stamp | None, left: Stamp) -> bool:
    """Tell whether a file is the one that was left; a new place in a folder is no change of it."""
    return now is not None and now._replace(changed=0) == left._replace(changed=0)


def _check_standing(file: StandingFile, target: Path) -> None:
    try:
        found = os.lstat(f"{target}/{file.path}")
    except OSError:
        raise OutputChanged from None
    if stamp_of(found) != file.stamp:
        raise OutputChanged


def _stands(file: OutputFile, target: Path, standing: Inventory) -> bool:
    """Tell whether a regular file stands in the output with these very bytes.

    If it is somebody's own all the same, `_carry_foreign` will find it in the way.
    """
    return file.path in standing.files and holds(f"{target}/{file.path}", file.content)


def _carry_foreign(staged: Staged, target: Path, standing: Inventory) -> None:
    """Give somebody's own files and folders their places in the new site too."""
    clashes: list[str] = []
    for path in standing.foreign():
        try:
            if path in standing.folders:
                staged.make_folder(path)
            else:
                staged.carry(target, path)
        except (FileExistsError, NotADirectoryError):
            clashes.append(path)
        except FileNotFoundError:  # its owner has removed it meanwhile
            continue
    if clashes:
        more = f" and {len(clashes) - 1} more" if len(clashes) > 1 else ""
        raise CannotWrite(
            f'"{target / clashes[0]}"{more} is in the way of the site and not written by sitegen',
            "move it elsewhere or give it another name, then build again",
        )


def _take_path(path: str, taken: dict[str, str]) -> None:
    """Enter a file and the folders above it in the paths taken so far, by their keys."""
    if fault := path_fault(path):
        raise ValueError(f'"{path}" {fault}')
    key = path_key(path)
    if key in taken:
        raise ValueError(f'"{path}" and "{taken[key]}" cannot both be in a site')
    taken[key] = path
    while path := path.rpartition("/")[0]:
        other = taken.setdefault(path_key(path), f"{path}/")
        if other != f"{path}/":
            raise ValueError(f'"{path}/" and "{other}" cannot both be in a site')


# What is said when it cannot be


@contextmanager
def _refusals(target: Path) -> Iterator[None]:
    """Turn what the system refuses into CannotWrite."""
    try:
        yield
    except OSError as error:
        known = (f"{error.strerror or error}".lower(), _OTHER_HELP)
        fact, way_out = _REFUSAL_BY_ERRNO.get(error.errno or 0, known)
        place = f' ("{error.filename}")' if isinstance(error.filename, str) else ""
        raise CannotWrite(f'cannot write to "{target}": {fact}{place}', way_out) from error
