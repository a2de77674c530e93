"""The site in the server's own folder: what a build changes in it is written, and no more.

Nobody else writes there and nobody looks for it once the server has ended. So what stands there is
known without looking, and nothing need outlast a power cut or a kill, as it must in a folder that
is published.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from sitegen.output.companions import beside
from sitegen.output.inventory import Inventory, folders_above
from sitegen.output.left import SureFiles
from sitegen.output.refusals import refusals
from sitegen.output.staging import Staged
from sitegen.views import OutputFile, SiteFile, StagedFile, StandingFile, StandingFiles
from sitegen.write import File, Held, Published

_UNSEEN: Final = Inventory({}, {}, frozenset(), None)
_NAMED: Final = 16  # characters of a digest that tell one site from another


class PrivateSite:
    """A site in a folder of the server's own; `digests` are the SHA-256 of its files by path."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, in which nothing stands yet."""
        self.folder = folder
        self.digests: Mapping[str, str] = {}

    @property
    def version(self) -> str:
        """What names the site: equal for equal sites, empty where there is none yet."""
        if not self.digests:
            return ""
        lines = [f"{path} {digest}" for path, digest in sorted(self.digests.items())]
        return sha256("\n".join(lines).encode()).hexdigest()[:_NAMED]

    @contextmanager
    def hold(self, output: Path, keep_out: Sequence[Path] = ()) -> Iterator[Held]:  # noqa: ARG002
        """Yield the folder to publish a site in, as `sitegen.write.hold` does."""
        staged = beside(self.folder, "new")
        try:
            yield _HeldAlone(self.folder, _UNSEEN, Staged(staged, {}), self)
        finally:
            with suppress(FileNotFoundError):
                shutil.rmtree(staged)


@dataclass(frozen=True, slots=True)
class _HeldAlone(Held):
    """A folder that nobody else ever publishes to."""

    site: PrivateSite

    def stage(self, file: OutputFile) -> SiteFile:
        """Leave a file to `publish`: there is no other process to write it."""
        return file

    def publish(self, files: Iterable[File]) -> Published:
        """Make the folder hold exactly these files. Raises CannotWrite.

        Nothing changes in it before all files have come. Of a file that could not be put there it
        is forgotten that it stood there, so that it is made again.
        """
        before = self.site.digests
        digests: dict[str, str] = {}
        written: list[str] = []
        for file in files:
            if isinstance(file, StandingFiles):
                digests.update(file.digests)
            elif isinstance(file, StandingFile | StagedFile):
                digests[file.path] = file.sha256
            else:
                digest = file.sha256 or sha256(file.content).hexdigest()
                digests[file.path] = digest
                if before.get(file.path) != digest:
                    with refusals(self.target):
                        self.staged.write(file.path, file.content)
                    written.append(file.path)
        removed = sorted(before.keys() - digests.keys())
        changed = {*written, *removed}
        self.site.digests = {path: known for path, known in before.items() if path not in changed}
        with refusals(self.target):
            self._put_in_place(written, removed)
        self.site.digests = digests
        unchanged = tuple(path for path in digests if path not in changed)
        left = SureFiles(known=digests)
        return Published(self.target, tuple(sorted(written)), unchanged, tuple(removed), left)

    def _put_in_place(self, written: Sequence[str], removed: Sequence[str]) -> None:
        """Give new files the places that they are for, after old ones have gone."""
        if written and not self.target.exists():
            self.staged.folder.rename(self.target)
            return
        for path in removed:
            (self.target / path).unlink(missing_ok=True)
        for folder in sorted(folders_above(removed) - {""}, reverse=True):
            with suppress(OSError):  # others stand there
                (self.target / folder).rmdir()
        for folder in sorted(folders_above(written)):
            (self.target / folder).mkdir(exist_ok=True)
        for path in written:
            (self.staged.folder / path).replace(self.target / path)
