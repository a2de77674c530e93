"""The process that builds: one round for each order, and then what makes the next one shorter.

It has one thread, so that it can share work out to other processes.
"""

from __future__ import annotations

import errno
import gc
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from sitegen.build import Built, Examined, Keeping, at_once, build
from sitegen.diagnostics import Diagnostic, Location, error
from sitegen.incremental.last_build import index_beforehand, open_beforehand
from sitegen.incremental.memory import Memory, Watched, untold
from sitegen.markup import forget_conversions
from sitegen.serving.private_site import PrivateSite
from sitegen.serving.rounds import Overlooked, Round
from sitegen.storage.packets import Damaged

_QUIET: Final = 0.5  # seconds without a change after which nobody waits for the next round
_ALL: Final = 16  # rounds after which all that they have left is searched again
_PASSING: Final = frozenset({errno.ENOENT, errno.EACCES, errno.EBUSY})
_NO_FAULT_OF_THE_FILE: Final = "mend that (a full disk, say), then save any note to build again"


def build_when_asked(project: Path, output: Path, orders: Connection) -> None:
    """Build a project's site into a folder of the server's own each time that it is ordered.

    An order is the paths below the project that have changed since the last one. A `Round` is sent
    back for each, and between two of them, perhaps, what was `Overlooked`. Ends when nobody can
    order any more.
    """
    watched, site = Watched(), PrivateSite(output)
    memory = Memory(project, output, watched=watched, aside=output.parent)
    later, rest = Later(memory), Rest()
    gc.disable()  # to search for unreachable objects takes as long as a round
    while (paths := _next_order(orders)) is not None:
        watched.changed.update(paths)
        orders.send(run_round(memory, site, later.leave))
        later.do()
        if not orders.poll(_QUIET):
            make_ready(memory, rest, orders.poll)
            overlooked = () if orders.poll() else untold(memory)
            if overlooked and not orders.poll():  # else it may be of these
                orders.send(Overlooked(tuple(sorted(overlooked))))


def _next_order(orders: Connection) -> tuple[str, ...] | None:
    """Wait for an order and return it, or None where none will come."""
    try:
        paths: tuple[str, ...] = orders.recv()
    except (EOFError, OSError):
        return None
    return paths


def make_ready(memory: Memory, rest: Rest, is_waited_for: Callable[[], bool]) -> None:
    """Do for the next round what can be done before it, until somebody waits for one.

    What is unreachable goes first: there is less to search then, and its room can be used again.
    """
    forget_conversions()  # as the next round does first; of many texts that takes a while
    rest.clear_up()
    index_beforehand(memory)
    for _ in open_beforehand(memory):
        if is_waited_for():
            break
    rest.leave_alone()


class Rest:
    """What rounds have left in memory, which most often lives on."""

    def __init__(self) -> None:
        """Begin before the first round."""
        self._rounds = 0

    def clear_up(self) -> None:
        """Free what is unreachable.

        What later rounds have no use for must be searched for, too, so now and then all is gone
        through again that was left alone.
        """
        if self._rounds % _ALL == 0:
            gc.unfreeze()
        self._rounds += 1
        gc.collect()

    def leave_alone(self) -> None:
        """Search no more what is there now: to go through that again takes a round's time."""
        gc.freeze()


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


def run_round(memory: Memory, site: PrivateSite, keeping: Keeping = at_once) -> Round:
    """Build the site anew and return what came of it.

    `memory` says of which project, and what is known of the last round; what makes it know of this
    one is given to `keeping`.
    """
    started = time.monotonic()
    try:
        built = build(
            memory.project, site.folder, memory=memory, holding=site.hold, keeping=keeping
        )
    except OSError as fault:
        built = Built(Examined((_unreadable(memory.project, fault),)), None)
    examined, published = built.examined, built.published
    paths = {each.at.path for each in examined.diagnostics}
    return Round(
        diagnostics=examined.diagnostics,
        files={path: examined.files[path] for path in paths & examined.files.keys()},
        differing=len(published.written) + len(published.removed) if published else None,
        seconds=time.monotonic() - started,
        version=site.version,
    )


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
