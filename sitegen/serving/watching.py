"""Which files of a project are watched, and the waiting for a change in one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from watchfiles import Change, awatch

from sitegen.authoring.refusals import Refused
from sitegen.layout import INPUTS
from sitegen.project_files import is_ignored

_QUIET: Final = 10  # milliseconds without a change after which a burst of them has ended
_OFTEN: Final = 100  # milliseconds between two looks at whether folders have come or gone
_LOOK: Final = 1000  # milliseconds between two looks at which folders are there
_LONGEST: Final = 1000  # milliseconds after which changes are passed on although more come


class Changes:
    """The paths that have changed since they were last taken."""

    def __init__(self) -> None:
        """Begin with none."""
        self._paths: set[str] = set()
        self._any = asyncio.Event()

    def add(self, *paths: str) -> None:
        """Take down paths, below the project."""
        self._paths.update(paths)
        if paths:
            self._any.set()

    async def take(self) -> tuple[str, ...]:
        """Wait until there are some and return them, sorted; they are then forgotten."""
        await self._any.wait()
        self._any.clear()
        taken = tuple(sorted(self._paths))
        self._paths.clear()
        return taken


async def watch(project: Path, changes: Changes, begun: asyncio.Event | None = None) -> None:
    """Take down every change that may matter for the site, without end.

    Folders that come and go while it runs are watched as long as they are there. `begun` is set
    once no change goes unseen any longer. Refuses where the system lets nothing be watched.
    """
    root = project.resolve()
    others: set[str] = set()
    while True:
        standing = _identities(root)
        ended = asyncio.Event()
        try:
            async with asyncio.TaskGroup() as group:
                inside = group.create_task(_watch_inside(root, standing, changes, ended))
                await asyncio.sleep(0)  # its first step, at the end of which it watches
                if begun is not None and (not standing or not inside.done()):
                    begun.set()
                if others:
                    changes.add(*others)
                await _until_others(root, standing)
                ended.set()
        except* FileNotFoundError:  # one of them went just now
            await asyncio.sleep(_LOOK / 1000)
        except* (OSError, RuntimeError) as faults:
            raise _too_many(faults) from faults
        others = {name for name, _ in standing.items() ^ _identities(root).items()}


def _too_many(faults: BaseExceptionGroup[BaseException]) -> Refused:
    reason = str(faults.exceptions[0]).partition("\n")[0]
    help_ = "raise that limit, or set WATCHFILES_FORCE_POLLING=1 in the environment"
    return Refused(f"the system does not let these folders be watched: {reason}", help_)


async def _watch_inside(
    root: Path, folders: Iterable[str], changes: Changes, ended: asyncio.Event
) -> None:
    paths = [root / name for name in folders]
    if not paths:
        return
    async for found in awatch(
        *paths,
        watch_filter=lambda _, path: is_watched(root, Path(path)),
        debounce=_LONGEST,
        step=_QUIET,
        stop_event=ended,
    ):
        if paths_changed := changed_paths(root, found):
            changes.add(*paths_changed)


async def _until_others(root: Path, standing: Mapping[str, tuple[int, int]]) -> None:
    """Wait until one of the folders has come or gone, or is another one of that name."""
    async for _ in awatch(
        root,
        watch_filter=lambda _, path: Path(path).name in INPUTS,
        debounce=_LONGEST,
        step=_OFTEN,
        recursive=False,
        rust_timeout=_LOOK,
        yield_on_timeout=True,  # not every system tells of each change
    ):
        if _identities(root) != standing:
            return


def changed_paths(root: Path, found: Iterable[tuple[Change, str]]) -> set[str]:
    """Return the paths below the project that have changed, but for what only came and went.

    That is what editors do that write beside a file and then give that the file's name.
    """
    came = {path for change, path in found if change is Change.added}
    gone = {path for path in came if not Path(path).exists()}
    return {Path(path).relative_to(root).as_posix() for _, path in found if path not in gone}


def is_watched(root: Path, path: Path) -> bool:
    """Tell whether a change of this path in one of the folders may change the site.

    What editors and systems leave behind does not: a build passes it over too.
    """
    if not path.is_relative_to(root):
        return False
    folder, *inside = path.relative_to(root).parts or ("",)
    return folder in INPUTS and bool(inside) and not any(map(is_ignored, inside))


def _identities(root: Path) -> dict[str, tuple[int, int]]:
    """Return the folders that are there, each with what tells it from another of its name."""
    found = {}
    for name in INPUTS:
        with suppress(OSError):
            status = (root / name).stat()
            found[name] = (status.st_dev, status.st_ino)
    return found
