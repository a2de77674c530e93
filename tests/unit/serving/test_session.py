"""A session watches before it has anything built, and brings together what is told."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from sitegen.authoring.refusals import Refused
from sitegen.serving import session
from sitegen.serving.rounds import Overlooked, Round
from sitegen.serving.watching import Changes


class Heard:
    """A listener that takes down what it hears."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.all: list[object] = []

    def changed(self, paths: Sequence[str]) -> None:
        """Hear of changes."""
        self.all.append([*paths])

    def built(self, done: Round) -> None:
        """Hear of a round."""
        self.all.append(done.version)


class Builder:
    """Stands in for the process that builds: tells what it is given to tell."""

    def __init__(self, tells: Sequence[Round | Overlooked] = ()) -> None:
        """Tell this, a round for each order, and then nothing more."""
        self._tells = [*tells]
        self._built = 0
        self.orders: list[tuple[str, ...]] = []
        self.has_ended = False

    async def order(self, paths: tuple[str, ...]) -> None:
        """Take an order down; there is one at a time."""
        assert len(self.orders) == self._built
        self.orders.append(paths)

    async def heard(self) -> Round | Overlooked:
        """Tell the next."""
        while not self._tells or (
            isinstance(self._tells[0], Round) and len(self.orders) == self._built
        ):
            await asyncio.sleep(0.001)
        told = self._tells.pop(0)
        self._built += isinstance(told, Round)
        return told

    def end(self) -> None:
        """End."""
        self.has_ended = True


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """Return a socket."""
    with socket.socket() as made:
        yield made


def served(project: Path, builder: Any, listening: socket.socket, heard: Heard) -> Any:
    """Serve, in a thread of its own: a test of a browser may leave a loop running in this one."""

    async def serve() -> None:
        async with asyncio.timeout(60):
            await session._serve(project, project / "site", builder, listening, heard)

    with ThreadPoolExecutor() as pool:
        return pool.submit(asyncio.run, serve()).exception()


def test_nothing_is_built_before_changes_are_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listening: socket.socket
) -> None:
    """The first build waits for the watcher, lest a change made meanwhile go unseen."""

    async def watch(*_: object) -> None:
        for _step in range(20):
            await asyncio.sleep(0)
        raise Refused("watching never begins")

    class Server:
        def __init__(self, *_: object) -> None:
            """Serve nothing."""

        async def serve(self, _: object) -> None:
            await asyncio.Event().wait()

    monkeypatch.setattr(session, "watch", watch)
    monkeypatch.setattr(session, "SiteServer", Server)
    builder = Builder()
    assert isinstance(served(tmp_path, builder, listening, Heard()), BaseExceptionGroup)
    assert builder.orders == []
    assert builder.has_ended


def test_what_was_overlooked_is_built_like_any_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listening: socket.socket
) -> None:
    """But for files that no site is made from; and all is told in the order of what happened."""
    rounds = [Round((), {}, 1, 0, f"{number}") for number in range(3)]
    overlooked = Overlooked(("content/.site.yaml.swp", "content/site.yaml"))
    builder, heard, changes = Builder([rounds[0], overlooked, *rounds[1:]]), Heard(), Changes()

    async def watch(_: object, __: object, begun: asyncio.Event) -> None:
        begun.set()
        while len(heard.all) < 3:
            await asyncio.sleep(0)
        changes.add("seeds/a.txt")
        await asyncio.Event().wait()

    class Server:
        def __init__(self, *_: object) -> None:
            """Serve nothing."""

        async def serve(self, _: object) -> None:
            while len(heard.all) < 5:
                await asyncio.sleep(0.01)

    monkeypatch.setattr(session, "Changes", lambda: changes)
    monkeypatch.setattr(session, "watch", watch)
    monkeypatch.setattr(session, "SiteServer", Server)
    assert served(tmp_path, builder, listening, heard) is None
    assert heard.all == ["0", ["content/site.yaml"], "1", ["seeds/a.txt"], "2"]
    assert builder.orders == [(), ("content/site.yaml",), ("seeds/a.txt",)]
    assert builder.has_ended
