"""The process that builds, as the server has to do with it."""

from __future__ import annotations

import asyncio
import errno
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

import pytest

from sitegen.authoring.refusals import Refused
from sitegen.serving import builder
from sitegen.serving.builder import _ENDED, Builder, builder_of
from sitegen.serving.rounds import Overlooked, Round
from sitegen.views import NewFile, SiteFile
from sitegen.write import Held
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


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it is ended by signals")


@pytest.fixture(params=["fork", "spawn"] if sys.platform == "linux" else ["spawn"])
def made(
    request: pytest.FixtureRequest,
    project: MakeProject,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Builder]:
    """Return a builder, made as systems make processes; on some it can only be made anew."""
    monkeypatch.setattr(builder, "_PROCESSES", multiprocessing.get_context(request.param))
    with (
        socket.socket() as listening,
        builder_of(project(PROJECT), tmp_path / "site", listening) as each,
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


@pytest.mark.parametrize(
    ("number", "said", "advice"),
    [
        (signal.SIGKILL, r"the system has ended .* \(signal 9\)", "memory"),
        (signal.SIGTERM, r"was ended \(signal 15\)", "start again"),
        (signal.SIGUSR1, r"was ended \(signal 10\)", "start again"),
    ],
)
def test_its_end_is_told_with_what_is_known_of_it(
    made: Builder, number: int, said: str, advice: str
) -> None:
    """Whoever waits to hear from a process that was killed learns that, and what to do."""
    assert isinstance(built(made), Round)
    os.kill(made._process.pid or 0, number)
    with pytest.raises(Refused, match=said) as end:
        built(made)
    assert advice in end.value.help


def test_end_in_the_midst_of_a_message_is_an_end(made: Builder) -> None:
    """What was said of a round and cannot be read is not taken for one."""
    made._process.kill()
    ours, theirs = multiprocessing.Pipe()
    with ours:
        os.write(theirs.fileno(), (100).to_bytes(4) + b"not all of it")
        theirs.close()
        made._connection = ours
        with pytest.raises(Refused, match="signal 9"):
            done(made.heard)


def test_one_that_failed_has_said_why(
    project: MakeProject, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """What nobody expected is told where it happened, and the server ends."""
    with (
        socket.socket() as listening,
        builder_of(project(PROJECT), tmp_path / "site", listening) as made,
    ):
        made._connection.send(0)  # which is no order
        with pytest.raises(Refused, match="has failed") as end:
            done(made.heard)
    assert "above" in end.value.help
    assert "TypeError" in capfd.readouterr().err


def test_system_that_has_no_room_for_it_is_told_of(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is nothing that a traceback would help with."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(BaseProcess, "start", refuse)
    folder = project(PROJECT)
    with (
        socket.socket() as listening,
        pytest.raises(Refused, match="no process can be made"),
        builder_of(folder, tmp_path / "site", listening),
    ):
        pass


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
    assert made._process.exitcode == _ENDED


def test_what_listens_is_not_held_open_by_it(project: MakeProject, tmp_path: Path) -> None:
    """A port is free as soon as the server has let go of it."""
    listening = socket.create_server(("127.0.0.1", 0))
    address = listening.getsockname()
    with builder_of(project(PROJECT), tmp_path / "site", listening) as made:
        assert isinstance(built(made), Round)
        listening.close()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address)


def test_build_that_nobody_waits_for_is_let_go(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the midst of it, it ends at once and takes along what it had written."""
    folder, site = project(PROJECT), tmp_path / "site"
    stage, begun = Held.stage, tmp_path / "begun"

    def wait(held: Held, file: NewFile) -> SiteFile:
        staged = stage(held, file)
        begun.touch()
        time.sleep(600)
        return staged

    monkeypatch.setattr(Held, "stage", wait)
    monkeypatch.setattr(builder, "_PROCESSES", multiprocessing.get_context("fork"))
    with socket.socket() as listening, builder_of(folder, site, listening) as made:
        done(lambda: made.order(()))
        while not begun.exists():
            time.sleep(0.01)
        assert {path.name for path in tmp_path.iterdir()} > {"begun", "project"}
        made.end()
        assert made._process.exitcode == _ENDED
    assert {path.name for path in tmp_path.iterdir()} == {"begun", "project"}


def test_signal_that_comes_while_it_is_made_ends_it(
    project: MakeProject, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """However early, it is neither lost nor answered with a traceback."""
    with socket.socket() as listening:
        for _ in range(5):
            with builder_of(project(PROJECT), tmp_path / "site", listening) as made:
                pass
            assert made._process.exitcode == _ENDED
    assert capfd.readouterr().err == ""


def test_one_that_does_not_end_when_asked_is_ended(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server does not wait for ever for a process that clears up without end."""
    monkeypatch.setattr(builder, "_GRACE", 0.1)
    monkeypatch.setattr(builder, "_begin", _never_end)
    folder = project(PROJECT)
    with (
        socket.socket() as listening,
        builder_of(folder, tmp_path / "site", listening) as made,
    ):
        assert made._connection.recv() == "deaf"
    assert made._process.exitcode == -signal.SIGKILL


def _never_end(
    _: Path, __: Path, orders: multiprocessing.connection.Connection, ___: object
) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    orders.send("deaf")
    time.sleep(600)
