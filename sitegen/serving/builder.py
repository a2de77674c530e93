"""The server's side of the process that builds: orders go to it, and what came of them comes back.

A process of its own keeps no page waiting for an answer while it builds, and can have others help.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final, NoReturn

from sitegen.authoring.refusals import Refused
from sitegen.endings import held_back, let_through
from sitegen.serving.rounds import Overlooked, Round

_PROCESSES: Final = (
    multiprocessing.get_context("fork")
    if sys.platform == "linux"
    else multiprocessing.get_context("spawn")
)
_GRACE: Final = 5  # seconds in which the process may clear up; a signal at a bad moment is lost
_ENDED: Final = 128 + signal.SIGTERM


class Builder:
    """The process that builds a project's site each time it is asked, as the server knows it."""

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        """Take the process, which has begun, and the connection to it."""
        self._process = process
        self._connection = connection

    async def order(self, paths: Sequence[str]) -> None:
        """Have the site built; `paths` are those that have changed since the last order."""
        with suppress(OSError):  # the process has ended; `heard` will say so
            await asyncio.to_thread(self._connection.send, (*paths,))

    async def heard(self) -> Round | Overlooked:
        """Wait for what comes of orders, or between them. Refuses once the process has ended."""
        try:
            told: Round | Overlooked = await asyncio.to_thread(self._connection.recv)
        except (EOFError, OSError):
            await asyncio.to_thread(self._process.join, _GRACE)
            raise _refusal(self._process.exitcode) from None
        return told

    def end(self) -> None:
        """End the process, whatever it does."""
        try:
            self._process.terminate()
            self._process.join(_GRACE)
        finally:
            self._process.kill()
            self._process.join()


@contextmanager
def builder_of(project: Path, output: Path, listening: socket.socket) -> Iterator[Builder]:
    """Yield a process that builds a project's site into a folder of the server's.

    It is to be made while this process has one thread, does not hold open what this one listens on,
    and ends before the context does. If this process is killed, it ends after the round that it is
    at. Refuses where the system has no room for a process.
    """
    is_forked = _PROCESSES.get_start_method() == "fork"
    if not is_forked and sys.platform != "win32":
        resource_tracker.ensure_running()  # or it begins now, and lets signals through
    try:
        connection, theirs = _PROCESSES.Pipe()
        inherited = (connection, listening) if is_forked else ()
        process = _PROCESSES.Process(target=_begin, args=(project, output, theirs, inherited))
    except OSError as fault:
        raise _no_room(fault) from fault
    with connection:
        try:
            try:
                with held_back(), theirs:
                    process.start()
            except OSError as fault:
                raise _no_room(fault) from fault
            yield Builder(process, connection)
        finally:
            if process.pid:
                Builder(process, connection).end()


def _no_room(fault: OSError) -> Refused:
    reason = (fault.strerror or str(fault)).lower()
    return Refused(f"no process can be made to build the site: {reason}", "end other programs")


def _refusal(code: int | None) -> Refused:
    """Return what to say where the process that builds has ended, though it was not to."""
    if code == -9:  # SIGKILL, which not every system has
        return Refused(
            "the system has ended the process that builds the site (signal 9)",
            "most often there was no memory left; make room and start again",
        )
    if code == _ENDED or (code is not None and code < 0):
        number = signal.SIGTERM if code == _ENDED else -code
        return Refused(
            f"the process that builds the site was ended (signal {number})", "start again"
        )
    return Refused(
        "the process that builds the site has failed", "what went wrong stands above; start again"
    )


def _begin(
    project: Path,
    output: Path,
    orders: Connection,
    inherited: Sequence[Connection | socket.socket],
) -> None:
    """Be the process that builds, until nobody can order any more or it is told to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all, and the server ends this one
    signal.signal(signal.SIGTERM, _end)
    let_through()
    for each in inherited:
        each.close()
    from sitegen.serving.builder_process import build_when_asked

    with orders, suppress(BrokenPipeError):
        build_when_asked(project, output, orders)


def _end(*_: object) -> NoReturn:
    """End this process, once: the signal may come to it and to its group."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(_ENDED)
