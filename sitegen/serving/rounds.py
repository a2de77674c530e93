"""One round of the work: a build into the private folder, and what came of it.

`make_site` is the only place that calls the build; what one build knows of the last is handed in
there.
"""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from msgspec import Struct

from sitegen.build import Built, Examined, Keeping, at_once, build
from sitegen.diagnostics import Diagnostic, Location, Severity, error
from sitegen.memory import Memory
from sitegen.packets import Damaged
from sitegen.serving.private_site import PrivateSite
from sitegen.views import SiteFile

_PASSING: Final = frozenset({errno.ENOENT, errno.EACCES, errno.EBUSY})
_NO_FAULT_OF_THE_FILE: Final = "mend that (a full disk, say), then save any note to build again"


class Stopped(Exception):  # noqa: N818 - reads as what it is where it is caught
    """The build was given up, for nobody waits for it any longer."""


class Round(Struct, frozen=True):
    """A build, and the seconds it took.

    `version` names the site that is served now: equal for equal sites, empty where there is none
    yet.
    """

    built: Built
    seconds: float
    version: str

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """What keeps the site from being built; nothing where it was built."""
        if self.built.published is not None:
            return ()
        found = self.built.examined.diagnostics
        return tuple(each for each in found if each.severity is Severity.ERROR)


class Later:
    """What is left to do of a round once nobody waits for it any longer."""

    def __init__(self, memory: Memory) -> None:
        """Take the memory that is to know of the round before the next one begins."""
        self._memory = memory
        self._left: Callable[[], None] | None = None

    def leave(self, keep: Callable[[], None]) -> None:
        """Leave what makes the memory know of the round."""
        self._left = keep

    def do(self) -> None:
        """Do it. Where what was kept cannot be had, or is damaged, all is forgotten."""
        left, self._left = self._left, None
        try:
            if left:
                left()
        except (Damaged, OSError):
            self._memory.forget()


def run_round(
    memory: Memory, site: PrivateSite, stop: threading.Event, keeping: Keeping = at_once
) -> Round:
    """Build the site anew and return what came of it; raises Stopped once `stop` is set.

    `memory` says of which project, and what is known of the last round; what makes it know of this
    one is given to `keeping`.
    """
    project = memory.project
    started = time.monotonic()
    try:
        built = make_site(memory, site, stop, keeping)
    except OSError as fault:
        built = Built(Examined((_unreadable(project, fault),)), None)
    # What the notes come to is not held until the next round is over: it takes a lot of room.
    examined = replace(built.examined, site=None, findings=None)
    built = replace(built, examined=examined, remains=None)
    return Round(built, time.monotonic() - started, site.version)


def _unreadable(project: Path, fault: OSError) -> Diagnostic:
    """Return the error for what the system refused, most often a file that went or was locked.

    An editor that replaces a file does that; its next change starts the next build.
    """
    path = Path(str(fault.filename or project))
    at = Location(_shown(project, path))
    reason = (fault.strerror or str(fault)).lower()
    if fault.errno in _PASSING:
        return error("cannot-read", at, f"cannot read this file: {reason}", "save it again")
    return error("cannot-read", at, f"the system refuses this: {reason}", _NO_FAULT_OF_THE_FILE)


def _shown(project: Path, path: Path) -> str:
    """Return a path as it is below the project, however it was reached; others as they are."""
    root, real = project.resolve(), path.absolute()
    for each in (real, real.parent.resolve() / real.name):
        if each.is_relative_to(root):
            return each.relative_to(root).as_posix()
    return str(path)


def make_site(
    memory: Memory, site: PrivateSite, stop: threading.Event, keeping: Keeping = at_once
) -> Built:
    """Build the project's site as `sitegen build` does, but let go of it once `stop` is set."""

    def until_stopped(pages: Iterator[SiteFile], _: int) -> Iterator[SiteFile]:
        for page in pages:
            if stop.is_set():
                raise Stopped
            yield page

    return build(
        memory.project,
        site.folder,
        progress=until_stopped,
        memory=memory,
        holding=site.hold,
        keeping=keeping,
    )
