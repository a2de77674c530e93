"""The whole of it: a first build, then the server, the watcher and a build after each change."""

from __future__ import annotations

import asyncio
import signal
import socket
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sitegen.serving.news import News
from sitegen.serving.rounds import Round, Stopped, run_round
from sitegen.serving.site_server import SiteServer
from sitegen.serving.watching import Changes, watch

OnRound = Callable[[Round], None]


def serve(project: Path, listening: socket.socket, on_round: OnRound) -> None:
    """Build a project's site, serve it and build it anew after each change, until Ctrl-C.

    The site stands in a temporary folder, so that no build of the project is in the way of this
    one and the project's own output stays as it is. `on_round` is told what came of each build.
    """
    # A server that is ended politely clears up too.
    former = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="sitegen-serve-") as folder,
            suppress(KeyboardInterrupt),
        ):
            asyncio.run(_serve(project, Path(folder) / "site", listening, on_round))
    finally:
        signal.signal(signal.SIGTERM, former)
        listening.close()


async def _serve(project: Path, output: Path, listening: socket.socket, on_round: OnRound) -> None:
    news, changes, stop = News(), Changes(), threading.Event()
    server = SiteServer(output, news)

    async def build_after_changes() -> None:
        changed: tuple[str, ...] = ()
        while True:
            with suppress(Stopped):
                done = await asyncio.to_thread(run_round, project, output, changed, stop)
                news.tell(done)
                on_round(done)
            changed = await changes.take()

    async with asyncio.TaskGroup() as group:
        # The watcher comes first: it watches before the first build reads.
        tasks = [group.create_task(watch(project, changes))]
        tasks.append(group.create_task(build_after_changes()))
        try:
            await server.serve([listening])
        finally:
            stop.set()
            for task in tasks:
                task.cancel()
