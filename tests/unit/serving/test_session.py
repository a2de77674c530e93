"""A session watches before it builds."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sitegen.authoring.refusals import Refused
from sitegen.serving import session


class Silent:
    """A listener that nobody hears of."""

    def changed(self, paths: object) -> None:
        """Hear nothing."""

    def built(self, done: object) -> None:
        """Hear nothing."""


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
