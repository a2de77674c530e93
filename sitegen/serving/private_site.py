"""The site in the server's own folder: what a build changes in it is written, and no more.

Nobody looks for it once the server has ended, so nothing need outlast a power cut or a kill, as it
must in a folder that is published. Nobody else writes there either, and those who clear up old
files are kept away. So one object knows what stands there, and the folder itself is looked at only
to see that it is still the same: what could not be put there, or went with the folder, is not known
to stand.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from sitegen.output.companions import beside
from sitegen.output.inventory import Inventory, folders_above
from sitegen.output.published_files import KnownFiles, PublishedInMemory
from sitegen.output.refusals import refusals
from sitegen.output.staging import Staged
from sitegen.storage.cache import Stamp
from sitegen.views import (
    LongFile,
    NewFile,
    SiteFile,
    StagedFile,
    UnchangedFile,
    UnchangedFiles,
)
from sitegen.write import File, Held, OutputChanged, Published

if sys.platform != "win32":
    import fcntl

_SIGN: Final = sha256().digest_size
_SIGNS: Final = 1 << 8 * _SIGN
_NAMED: Final = 16  # characters of a digest that tell one site from another


@contextmanager
def private_folder() -> Iterator[Path]:
    """Yield a temporary folder that goes afterwards, but not before.

    systemd-tmpfiles, which removes files that nobody has touched for days, passes over a folder
    that somebody has locked, and all that is in it (https://systemd.io/TEMPORARY_DIRECTORIES/).
    """
    with tempfile.TemporaryDirectory(prefix="sitegen-serve-") as folder, _locked(folder):
        yield Path(folder)


@contextmanager
def _locked(folder: str) -> Iterator[None]:
    """Hold the lock of a folder, on systems where a folder can have one."""
    if sys.platform == "win32":
        yield
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # not every file system has locks
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(opened)


class PrivateSite:
    """A site in a folder of the server's own, and all that is known of what stands there.

    Nobody finds out the SHA-256 of long files, which takes as long as a tenth of a round. They are
    written whenever they come; as no page loads them, the site has the same version whatever they
    hold.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder, in which nothing stands yet."""
        self.folder = folder
        self.known = KnownFiles()
        self._identity: tuple[int, int] | None = None
        self._signs = 0

    @property
    def digests(self) -> Mapping[str, str]:
        """The SHA-256 of its files by path, empty where it is not known or nothing may stand."""
        return self.known.digests

    @property
    def stamps(self) -> Mapping[str, Stamp]:
        """What tells each file that is known from any other that stood at its path before."""
        return self.known.stamps

    @property
    def version(self) -> str:
        """What names all that pages show: equal for equal sites, empty where there is none yet."""
        return f"{self._signs:0{2 * _SIGN}x}"[:_NAMED] if self.stamps else ""

    @contextmanager
    def hold(self, output: Path, keep_out: Sequence[Path] = ()) -> Iterator[Held]:  # noqa: ARG002
        """Yield the folder to publish a site in, as `sitegen.write.hold` does."""
        staged = beside(self.folder, "new")
        with refusals(self.folder):
            _remove(staged)  # could not be removed the last time
            if self._identity is None or self._identity != _identity_of(self.folder):
                self.known = KnownFiles(publications=self.known.publications)
                self._signs, self._identity = 0, None
                _remove(self.folder)
        standing = Inventory(self.stamps, {}, frozenset(), None)
        try:
            yield _HeldAlone(self.folder, standing, Staged(staged, {}), self)
        finally:
            with suppress(OSError):  # the site stands, or what keeps it from that is being told
                _remove(staged)

    def forget(self, paths: Iterable[str]) -> None:
        """Know of some paths no longer what stands there, if anything does."""
        forgotten = [*paths]
        self._sign_out(forgotten)
        self.known.forget(forgotten)

    def note(self, written: Mapping[str, str], removed: Iterable[str]) -> None:
        """Know that these files stand now, and that some are gone."""
        gone = [*removed]
        self._sign_out([*written, *gone])
        self.known.note(written, gone)
        self._sign_in(written)
        self._identity = _identity_of(self.folder)

    def _sign_in(self, paths: Iterable[str]) -> None:
        """Have the version say that what is known to stand at these paths does."""
        self._signs = (self._signs + self._signs_of(paths)) % _SIGNS

    def _sign_out(self, paths: Iterable[str]) -> None:
        """Have it say no longer that this stands, before it is known of other files there."""
        self._signs = (self._signs - self._signs_of(paths)) % _SIGNS

    def _signs_of(self, paths: Iterable[str]) -> int:
        """Return what known files add to the version.

        It is a sum, so that nobody need go through all files because few have changed.
        """
        files = [f"{path} {digest}" for path in paths if (digest := self.digests.get(path))]
        return sum(int.from_bytes(sha256(each.encode()).digest()) for each in files)


def _remove(folder: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)


def _identity_of(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from another of its name; None where there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@dataclass(frozen=True, slots=True)
class _HeldAlone(Held):
    """A folder that nobody else ever publishes to."""

    site: PrivateSite

    def stage(self, file: NewFile) -> SiteFile:
        """Write a file of a first site to where it waits, and leave one of a later to `publish`.

        Few of these differ from what stands, and where they wait, no folders are needed.
        """
        is_left = self.site.digests or isinstance(file, LongFile)
        return file if is_left else Held.stage(self, file)

    def publish(self, files: Iterable[File]) -> Published:
        """Make the folder hold exactly these files. Raises CannotWrite and OutputChanged.

        Nothing changes in it before all files have come. Where the system then refuses one, some
        are new and some old; of those that were to change it is forgotten what stands there, so
        that they are made again.
        """
        before = self.site.digests
        left: Set[str] | None = None  # of those that stand, the ones that have not come together
        own: dict[str, str] = {}  # the others by themselves
        written: dict[str, str] = {}  # where each waits, below the folder beside
        for file in files:
            if isinstance(file, UnchangedFiles):
                left = _others(file, before)
            elif isinstance(file, UnchangedFile):
                own[file.path] = _sound(file, before)
            else:
                # To a site that stands they go one by one: where they wait, no folders are needed.
                is_one = bool(before) and not isinstance(file, StagedFile)
                place = f"{len(written)}" if is_one else file.path
                known = before.get(file.path)
                own[file.path] = digest = self._made_ready(file, known, place)
                if digest != known or not digest:
                    written[file.path] = place
        removed = sorted((before.keys() if left is None else left) - own.keys())
        changed = {*written, *removed}
        try:
            with refusals(self.target):
                self._put_in_place(written, removed, is_first=not before)
        except BaseException:
            self.site.forget(changed)
            raise
        self.site.note({path: own[path] for path in written}, removed)
        return Published(
            self.target,
            tuple(sorted(written)),
            (*(self.site.digests.keys() - changed),),
            tuple(removed),
            PublishedInMemory(self.site.known, self.site.known.publications),
        )

    def _made_ready(self, file: NewFile | StagedFile, known: str | None, place: str) -> str:
        """Return the SHA-256 of a file, written to a place beside if it is not the `known` one.

        That of a long file is not found out: "" stands for it.
        """
        if isinstance(file, StagedFile):
            return file.sha256
        digest = "" if isinstance(file, LongFile) else file.digest()
        if digest != known or not digest:
            with refusals(self.target):
                self.staged.write(place, *file.parts)
        return digest

    def _put_in_place(
        self, written: Mapping[str, str], removed: Sequence[str], *, is_first: bool
    ) -> None:
        """Give new files the places that they are for, after old ones have gone."""
        if is_first and written and not self.target.exists():
            self.staged.folder.rename(self.target)
            return
        for path in removed:
            if (self.target / path).is_file():  # it may be a folder already, or still
                (self.target / path).unlink()
        for folder in sorted(folders_above(removed) - {""}, reverse=True):
            with suppress(OSError):  # others stand there
                (self.target / folder).rmdir()
        for folder in sorted(folders_above(written) - {""}):
            (self.target / folder).mkdir(exist_ok=True)
        for path, place in written.items():
            (self.staged.folder / place).replace(self.target / path)


def _sound(said: UnchangedFile, known: Mapping[str, str]) -> str:
    """Return the digest of what is said to stand, if it is known to. Raises OutputChanged."""
    if known.get(said.path) != said.sha256:
        raise OutputChanged
    return said.sha256


def _others(said: UnchangedFiles, known: Mapping[str, str]) -> Set[str]:
    """Return the paths that are known besides those that are said to stand.

    Raises OutputChanged where one of these is not known to.
    """
    if said.digests is known:
        return said.but
    each = said.each()
    if not each.items() <= known.items():
        raise OutputChanged
    return known.keys() - each.keys()
