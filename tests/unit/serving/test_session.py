"""A session watches before it builds."""

from __future__ import annotations

import asyncio
import gc
import socket
import threading
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from sitegen.authoring.refusals import Refused
from sitegen.build import Built, Examined
from sitegen.memory import Memory, Watched
from sitegen.serving import session
from sitegen.serving.private_site import PrivateSite
from sitegen.serving.rounds import Round, run_round
from sitegen.serving.watching import Changes
from tests.conftest import MakeProject


class Silent:
    """A listener that nobody hears of."""

    def changed(self, paths: object) -> None:
        """Hear nothing."""

    def built(self, done: object) -> None:
        """Hear nothing."""


@pytest.mark.parametrize("is_waited_for", [True, False])
def test_clearing_up_gives_way_to_changes(
    is_waited_for: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever saves a note meanwhile does not wait until all has been opened and searched."""
    changes, done = Changes(), list[object]()

    def opened(_: Memory) -> Iterator[int]:
        for number in range(5):
            done.append(number)
            if is_waited_for and number == 1:
                changes.add("content/site.yaml")
            yield number

    monkeypatch.setattr(session, "open_beforehand", opened)
    monkeypatch.setattr(session.Rest, "clear_up", lambda _: done.append("searched"))
    assert session._clear_up(Memory(tmp_path, tmp_path / "site"), session.Rest(), changes) == []
    assert done == ([0, 1] if is_waited_for else [*range(5), "searched"])


def test_nothing_is_built_before_changes_are_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first build waits for the watcher, lest a change made meanwhile go unseen."""
    built: list[object] = []

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
    monkeypatch.setattr(session, "run_round", lambda *_: built.append(1))
    with socket.socket() as listening, ThreadPoolExecutor() as pool:
        served = pool.submit(
            asyncio.run, session._serve(tmp_path, tmp_path / "site", listening, Silent())
        )
        assert isinstance(served.exception(), BaseExceptionGroup)
    assert built == []


def test_round_is_kept_once_it_is_told_and_before_the_next_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for what makes the memory know of it, but the next round builds on that."""
    done: list[str] = []
    changes = Changes()

    async def watch(_: object, __: object, begun: asyncio.Event) -> None:
        begun.set()
        await asyncio.Event().wait()

    def build(*arguments: Any) -> Round:
        *_, leave = arguments
        done.append("built")
        leave(lambda: done.append("kept"))
        return Round(Built(Examined(()), None), 0, "")

    class Saving(Silent):
        def built(self, _: object) -> None:
            done.append("told")
            changes.add("content/site.yaml")  # an author saves again at once

    class Server:
        def __init__(self, *_: object) -> None:
            """Serve nothing."""

        async def serve(self, _: object) -> None:
            while len(done) < 6:
                await asyncio.sleep(0.01)

    monkeypatch.setattr(session, "Changes", lambda: changes)
    monkeypatch.setattr(session, "watch", watch)
    monkeypatch.setattr(session, "SiteServer", Server)
    monkeypatch.setattr(session, "run_round", build)
    try:
        with socket.socket() as listening, ThreadPoolExecutor() as pool:
            pool.submit(
                asyncio.run, session._serve(tmp_path, tmp_path / "site", listening, Saving())
            ).result()
    finally:
        gc.enable()
    assert done[:6] == ["built", "told", "kept"] * 2


def test_change_that_nobody_told_of_is_found_once_nobody_waits(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system that loses word of a change, as some do of many, keeps no page back for long.

    What the next round will look into is made ready at the same time.
    """
    monkeypatch.setattr(gc, "freeze", lambda: None)
    rest = session.Rest()
    folder, site = project("-- content/site.yaml --\ntitle: W\n"), PrivateSite(tmp_path / "site")
    memory = Memory(folder, site.folder, watched=Watched())
    run_round(memory, site, threading.Event())
    assert session._clear_up(memory, rest, Changes()) == []
    assert memory.parts["pages"].index is not None
    (folder / "content/site.yaml").write_text("title: Weather\n")
    (folder / "content/.site.yaml.swp").write_text("of an editor")

    assert session._clear_up(memory, rest, Changes()) == ["content/site.yaml"]


class InCircle:
    """An object that leads to itself."""

    def __init__(self) -> None:
        """Lead to itself, so that it is not freed without a search."""
        self.me = self


@pytest.mark.parametrize(("every", "is_freed"), [(1, True), (3, False)])
def test_what_no_round_has_use_for_any_longer_is_freed_now_and_then(
    every: int, *, is_freed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was left alone is searched again after so many rounds, and not before."""
    monkeypatch.setattr(session, "_ALL", every)
    rest, thing = session.Rest(), InCircle()
    is_there = weakref.ref(thing)
    try:
        rest.clear_up()
        del thing
        rest.clear_up()
        assert (is_there() is None) is is_freed
    finally:
        gc.unfreeze()


def test_changes_are_quiet_while_there_are_none() -> None:
    """Whoever waits for quiet hears of a change at once, and takes nothing away."""

    async def wait() -> tuple[bool, bool, tuple[str, ...]]:
        changes = Changes()
        changes.add()
        quiet = await changes.are_quiet(0)
        changes.add("content/site.yaml")
        return quiet, await changes.are_quiet(60), await changes.take()

    with ThreadPoolExecutor() as pool:
        assert pool.submit(asyncio.run, wait()).result() == (True, False, ("content/site.yaml",))
