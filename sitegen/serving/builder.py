"""The server's side of the process that builds: orders go to it, and what came of them comes back.

A process of its own keeps no page waiting for an answer while it builds, and can have others help.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, NoReturn, Self

from sitegen.authoring.refusals import Refused
from sitegen.serving.rounds import Overlooked, Round

_MAKING: Final = (
    multiprocessing.get_context("fork")
    if sys.platform == "linux"
    else multiprocessing.get_context("spawn")
)
_GRACE: Final = 5  # seconds in which the process may clear up when it is to end


class Builder:
    """A process that builds a project's site into a folder of the server's each time it is asked.

    It is made while this process has one thread, and ends with the context.
    """

    def __init__(self, project: Path, output: Path, listening: socket.socket) -> None:
        """Make the process, which is not to hold open what this one listens on."""
        self._connection, theirs = _MAKING.Pipe()
        is_forked = _MAKING.get_start_method() == "fork"
        handed_on = (self._connection, listening) if is_forked else ()
        self._process = _MAKING.Process(target=_begin, args=(project, output, theirs, handed_on))
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        """Return the builder."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.end()

    def end(self) -> None:
        """End the process, whatever it does; nothing more is heard from it."""
        self._process.terminate()
        self._process.join(_GRACE)
        self._process.kill()
        self._process.join()

    async def order(self, paths: Sequence[str]) -> None:
        """Have the site built; `paths` are those that have changed since the last order."""
        with suppress(ConnectionError):  # it has ended, which will be heard
            await asyncio.to_thread(self._connection.send, (*paths,))

    async def heard(self) -> Round | Overlooked:
        """Wait for what comes of orders, or between them. Refuses once the process has ended."""
        try:
            told: Round | Overlooked = await asyncio.to_thread(self._connection.recv)
        except (EOFError, ConnectionError):
            self._process.join()
            raise _ended(self._process.exitcode) from None
        return told


def _ended(code: int | None) -> Refused:
    """Return what to say of the process that builds when it has ended by itself."""
    if code is not None and code < 0:
        reason = f"the system has ended the process that builds the site (signal {-code})"
        return Refused(reason, "most often there was no memory left; make room and start again")
    return Refused(
        "the process that builds the site has ended", "start again; it has said above why it ended"
    )


def _begin(
    project: Path,
    output: Path,
    orders: Connection,
    handed_on: Sequence[Connection | socket.socket],
) -> None:
    """Be the process that builds, until there is nobody to order or it is ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all, and the server ends this one
    signal.signal(signal.SIGTERM, _end)
    for each in handed_on:
        each.close()
    from sitegen.serving.building import build_when_asked

    with orders, suppress(BrokenPipeError):
        build_when_asked(project, output, orders)


def _end(*_: object) -> NoReturn:
    """End this process, once: the signal may come to it and to its group."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit
