"""The process that builds, as the server has to do with it."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest

from sitegen.authoring.refusals import Refused
from sitegen.serving import builder
from sitegen.serving.builder import Builder
from sitegen.serving.rounds import Overlooked, Round
from tests.conftest import MakeProject

T = TypeVar("T")
PROJECT = "-- content/site.yaml --\ntitle: Weather\n"


def done(work: Callable[[], Awaitable[T]]) -> T:
    """Return what comes of some work that is waited for."""

    async def wait() -> T:
        async with asyncio.timeout(60):
            return await work()

    # In a thread of its own: a test of a browser may leave a loop running in this one.
    with ThreadPoolExecutor() as pool:
        return pool.submit(asyncio.run, wait()).result()


@pytest.fixture(params=["fork", "spawn"])
def made(
    request: pytest.FixtureRequest,
    project: MakeProject,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Builder]:
    """Return a builder, made as systems make processes; on some it can only be made anew."""
    monkeypatch.setattr(builder, "_MAKING", multiprocessing.get_context(request.param))
    with (
        socket.socket() as listening,
        Builder(project(PROJECT), tmp_path / "site", listening) as each,
    ):
        yield each


def built(made: Builder) -> Round | Overlooked:
    """Order a build and return what is told of it."""

    async def order() -> Round | Overlooked:
        await made.order(())
        return await made.heard()

    return done(order)


def test_it_builds_in_a_process_of_its_own(made: Builder, tmp_path: Path) -> None:
    """The round is told here, and the site stands, however the process was made."""
    told = built(made)
    assert isinstance(told, Round)
    assert told.differing
    assert (tmp_path / "site/index.html").is_file()
    pid = made._process.pid
    assert pid not in {None, os.getpid()}
    made.end()
    with pytest.raises(ProcessLookupError):
        os.kill(pid or 0, 0)


def test_its_end_is_told_with_what_is_known_of_it(made: Builder) -> None:
    """Whoever waits to hear from a process that was killed learns that, and what to do."""
    assert isinstance(built(made), Round)
    made._process.kill()
    with pytest.raises(Refused, match=r"the system has ended .* \(signal 9\)") as end:
        built(made)
    assert "memory" in end.value.help


def test_it_ends_when_there_is_nobody_to_order_any_more(made: Builder) -> None:
    """A server that was killed leaves nobody behind."""
    assert isinstance(built(made), Round)
    made._connection.close()
    made._process.join(60)
    assert made._process.exitcode == 0


def test_ctrl_c_is_left_to_the_server(made: Builder) -> None:
    """It goes to all processes of a terminal, and the server ends this one when it has to."""
    assert isinstance(built(made), Round)
    os.kill(made._process.pid or 0, signal.SIGINT)
    assert isinstance(built(made), Round)
    made.end()
    assert made._process.exitcode == 0


def test_what_listens_is_not_held_open_by_it(project: MakeProject, tmp_path: Path) -> None:
    """A port is free as soon as the server has let go of it."""
    listening = socket.create_server(("127.0.0.1", 0))
    address = listening.getsockname()
    with Builder(project(PROJECT), tmp_path / "site", listening) as made:
        assert isinstance(built(made), Round)
        listening.close()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address)


def test_build_that_nobody_waits_for_is_let_go(made: Builder, tmp_path: Path) -> None:
    """Wherever it is, it ends soon and takes along what it had written."""
    done(lambda: made.order(()))
    time.sleep(0.5)
    made.end()
    assert made._process.exitcode == 0
    assert {path.name for path in tmp_path.iterdir()} <= {"project", "site"}


def test_one_that_does_not_end_when_asked_is_ended(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server does not wait for ever for a process that clears up without end."""
    monkeypatch.setattr(builder, "_GRACE", 0.1)
    monkeypatch.setattr(builder, "_begin", _never_end)
    with socket.socket() as listening:
        made = Builder(project(PROJECT), tmp_path / "site", listening)
        assert made._connection.recv() == "deaf"
        made.end()
    assert made._process.exitcode == -signal.SIGKILL


def _never_end(
    _: Path, __: Path, orders: multiprocessing.connection.Connection, ___: object
) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    orders.send("deaf")
    time.sleep(600)
