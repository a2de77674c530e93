"""Bytes reach the disk: a whole new site, or the last one as it was.

What is new is first written to a folder beside the output, so that a full disk changes nothing.
Then there are two ways. Where much has changed, that folder gets a hard link to each file that
stays, and takes the output's place in one step: nobody ever sees anything but one whole site. Where
only a few files of a large site have changed, these alone are exchanged where they stand. If the
build is stopped in the midst of that, it puts the old ones back; if it is killed, the next build
does.

This module knows neither where the bytes come from nor how a refusal is shown.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from sitegen.output.companions import beside
from sitegen.output.in_place import LinksRefused, change_files, settle, small_change
from sitegen.output.inventory import (
    MANIFEST,
    Inventory,
    look_at_files,
    manifest_of,
    owned_in,
    take_inventory,
)
from sitegen.output.published_files import LastPublished, PublishedFiles
from sitegen.output.refusals import CannotWrite, refusals, refuse_place
from sitegen.output.staging import Staged, holds
from sitegen.output.swap import discard, put_in_place, recover, successor_of
from sitegen.output.taken_paths import TakenPaths
from sitegen.storage.cache import Stamp, stamp_of
from sitegen.urls import path_fault
from sitegen.views import NewFile, OutputFile, SiteFile, StagedFile, UnchangedFile, UnchangedFiles

File = SiteFile | UnchangedFiles


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did: the folder, and the paths of the site's files by what became of them.

    Paths are sorted and relative to `output`; the manifest is not among them. `as_published` has
    the stamps of the files as they were left, without those that somebody has touched since they
    were written or looked at.
    """

    output: Path
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    as_published: LastPublished = field(default_factory=PublishedFiles, repr=False, compare=False)


class OutputChanged(Exception):  # noqa: N818 - reads as what it is where it is caught
    """A file that was said to stand in the output has changed meanwhile; nothing is written."""


def publish(
    files: Iterable[File], output: Path, keep_out: Sequence[Path] = (), wait: float = 60.0
) -> Published:
    """Make the output folder hold exactly these files, besides those that are somebody's own.

    Arguments and errors are those of `hold` and `Held.publish`.
    """
    with hold(output, keep_out, wait) as held:
        return held.publish(files)


@contextmanager
def hold(output: Path, keep_out: Sequence[Path] = (), wait: float = 60.0) -> Iterator[Held]:
    """Yield an output folder to publish a site in; nobody else publishes there meanwhile.

    A symbolic link as `output` stands for the folder it points to. `keep_out` are folders that the
    output may neither be, contain nor lie in. `wait` is how many seconds to wait for another
    publication to the same folder. What a killed publication left is put right first.

    Raises CannotWrite for what the person who builds can mend.
    """
    target = Path(os.path.realpath(output))
    with refusals(target):
        refuse_place(target, keep_out)
        target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target, wait):
        try:
            with refusals(target):
                _put_right(target)
                standing = take_inventory(target)
                _refuse_foreign(target, standing)
            yield Held(target, standing, Staged(successor_of(target), standing.folders))
        except BaseException:
            with suppress(OSError):
                _put_right(target)
            raise


def _put_right(target: Path) -> None:
    """Put right what a publication left that was stopped or killed."""
    settle(target)
    recover(target, owned_in)


def _refuse_foreign(target: Path, standing: Inventory) -> None:
    """Refuse a folder that holds something and that sitegen did not make."""
    if standing.owned is None and not standing.is_empty():
        raise CannotWrite(
            f'"{target}" is not empty and holds no site that sitegen wrote',
            "name a new or an empty folder; files of your own can be put there after a build",
        )


@contextmanager
def _alone(target: Path, wait: float) -> Iterator[None]:
    """Hold the lock of an output folder; if its holder is killed, the lock is free at once.

    The lock file stays beside the folder for good. If it were removed while another build waits
    for it, a third build would make a new one, and both would believe that they are alone. It must
    also lie where everybody who may write to the folder finds it, other users and other machines
    too: so not in a cache, which each user has for themselves, nor in the folder, which is replaced
    as a whole.
    """
    lock = FileLock(beside(target, "lock"))
    with refusals(target):
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


@dataclass(frozen=True, slots=True)
class Held:
    """An output folder that nobody else publishes to, and what was found in it."""

    target: Path
    standing: Inventory
    staged: Staged

    def stage(self, file: NewFile) -> SiteFile:
        """Write a file that does not stand yet to where it waits for publication.

        Any process that was forked from this one may do that. Return what is to be given to
        `publish`. That is the file itself if its path is unfit or taken: only `publish`, which sees
        all files, can say what is wrong with it.

        Raises CannotWrite for what the person who builds can mend.
        """
        if path_fault(file.path):
            return file
        digest = file.digest()
        with refusals(self.target):
            if _stands(file, self.target, self.standing):
                return UnchangedFile(file.path, digest)
            try:
                self.staged.write(file.path, *file.parts)
            except (FileExistsError, NotADirectoryError):
                return file
            return StagedFile(file.path, digest, _stamp(self.staged.folder, file.path))

    def publish(self, files: Iterable[File]) -> Published:
        """Make the folder hold exactly these files, besides those that are somebody's own.

        Files are taken one at a time, so that a generator need not hold a large site in memory.

        Raises CannotWrite for what the person who builds can mend, OutputChanged where a file no
        longer stands as it was found, and ValueError for paths that no site may have: not portable,
        given twice, or the same to a system that ignores case.
        """
        site = _Site(self.target, self.standing, self.staged)
        with _closing(files):
            for file in files:
                site.take(file)
        site.digests = dict(sorted(site.digests.items()))
        owned = self.standing.owned or frozenset()
        removed = (self.standing.files.keys() & owned) - site.digests.keys() - {MANIFEST}
        manifest = OutputFile(MANIFEST, manifest_of(site.digests))
        now = self.standing.files
        if site.written or removed or not _stands(manifest, self.target, self.standing):
            with refusals(self.target):
                site.staged.write(MANIFEST, *manifest.parts, to_the_disk=True)
                now = _put_out(site)
        return Published(
            self.target,
            tuple(sorted(site.written)),
            tuple(site.unchanged()),
            tuple(sorted(removed)),
            PublishedFiles.of(site.as_published(now), site.digests),
        )


@contextmanager
def _closing(files: Iterable[File]) -> Iterator[None]:
    """Close a generator of files before anything else is done: its processes may be writing."""
    try:
        yield
    finally:
        if isinstance(files, Generator):
            files.close()


class _Site:
    """The files of a site as they come: what is new is staged, and what stands is noted."""

    def __init__(self, target: Path, standing: Inventory, staged: Staged) -> None:
        self.target = target
        self.standing = standing
        self.staged = staged
        self.digests: dict[str, str] = {}
        self.written: dict[str, Stamp] = {}
        self.unread: dict[str, None] = {}
        self._taken_paths = TakenPaths(standing.owned or frozenset())
        self._taken_paths.take(MANIFEST)

    def take(self, file: File) -> None:
        """Take a file, or many that stand. Raises as `Held.publish`."""
        if isinstance(file, UnchangedFiles):
            self._taken_paths.take_sound(file.digests.keys(), file.but)
            self._note_unchanged(file.each())
        elif isinstance(file, UnchangedFile):
            self._taken_paths.take(file.path)
            self._note_unchanged({file.path: file.sha256})
        elif isinstance(file, StagedFile):
            self._taken_paths.take(file.path)
            self.digests[file.path] = file.sha256
            self.written[file.path] = file.stamp
        else:
            self._taken_paths.take(file.path)
            self.digests[file.path] = file.digest()
            with refusals(self.target):
                if not _stands(file, self.target, self.standing):
                    self.staged.write_anew(file.path, *file.parts)
                    self.written[file.path] = _stamp(self.staged.folder, file.path)

    def _note_unchanged(self, digests: Mapping[str, str]) -> None:
        if not digests.keys() <= self.standing.files.keys():
            raise OutputChanged
        self.digests.update(digests)
        self.unread.update(dict.fromkeys(digests))

    def unchanged(self) -> list[str]:
        """Return the paths of the files that stay."""
        return [path for path in self.digests if path not in self.written]

    def as_published(self, now: Mapping[str, Stamp]) -> dict[str, Stamp]:
        """Return the stamps of the files that nobody has touched; `now` has those of all files.

        A file that was only linked into another folder counts as untouched.
        """
        before = self.standing.files
        return {
            path: found
            for path in self.digests
            if (found := now.get(path))
            and (found is (left := self.written.get(path) or before[path]) or _is_one(found, left))
        }


def _is_one(stamp: Stamp, other: Stamp) -> bool:
    """Tell whether two stamps are of one file with the same content."""
    return (*stamp[:2], stamp[3]) == (*other[:2], other[3])


def _stamp(folder: Path, path: str) -> Stamp:
    return stamp_of(os.lstat(f"{folder}/{path}"))


def _stands(file: NewFile, target: Path, standing: Inventory) -> bool:
    """Tell whether a regular file stands in the output with these very bytes.

    It may be somebody's own all the same; publication then finds it in the way.
    """
    found = standing.files.get(file.path)
    if found is None or found[0] != sum(map(len, file.parts)):
        return False  # of another size: it need not be read
    return holds(f"{target}/{file.path}", file.content)


# How a site takes the place of another


def _put_out(site: _Site) -> Mapping[str, Stamp]:
    """Move the staged files of a site into the output; return the stamps of all files there.

    A file to which nothing was done has the stamp that it had before.
    """
    staged, target = site.staged.folder, site.target
    if change := small_change(target, site.standing, site.written, site.digests):
        with suppress(LinksRefused):
            change_files(staged, target, change)
            with suppress(OSError):  # the site is published; the next run clears up
                settle(target)
                discard(staged, target, None)
            return {**site.standing.files, **_stamps(target, site.written)}
    _make_whole(site)
    if left := put_in_place(staged, target):
        with suppress(OSError):
            discard(left, target, site.standing.owned or frozenset())
    return look_at_files(target)


def _stamps(target: Path, paths: Iterable[str]) -> dict[str, Stamp]:
    """Return the stamps of some files as they are now."""
    found = {}
    for path in paths:
        with suppress(OSError):
            found[path] = _stamp(target, path)
    return found


def _make_whole(site: _Site) -> None:
    """Complete the staged folder: link into it what stays, and somebody's own files and folders."""
    for path in site.unchanged():
        if path in site.unread:
            _check_standing(path, site)
        site.staged.carry(site.target, path)
    clashes: list[str] = []
    for path in site.standing.foreign():
        try:
            if path in site.standing.folders:
                site.staged.make_folder(path)
            else:
                site.staged.carry(site.target, path)
        except (FileExistsError, NotADirectoryError):
            clashes.append(path)
        except FileNotFoundError:  # its owner has removed it meanwhile
            continue
    if clashes:
        more = f" and {len(clashes) - 1} more" if len(clashes) > 1 else ""
        raise CannotWrite(
            f'"{site.target / clashes[0]}"{more} is in the way of the site and not written by'
            " sitegen",
            "move it elsewhere or give it another name, then build again",
        )


def _check_standing(path: str, site: _Site) -> None:
    try:
        found = _stamp(site.target, path)
    except OSError:
        raise OutputChanged from None
    if found != site.standing.files[path]:
        raise OutputChanged
