"""The whole of it: a server, a watcher and a process that builds, again after each change."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from sitegen.authoring.refusals import Refused
from sitegen.serving.builder import Builder, builder_of
from sitegen.serving.news import News
from sitegen.serving.private_site import private_folder
from sitegen.serving.rounds import Overlooked, Round
from sitegen.serving.site_server import SiteServer
from sitegen.serving.watching import Changes, is_watched, watch

_TOGETHER: Final = 0.3  # seconds within which whoever ends all processes has ended this one too


class Listener(Protocol):
    """Who is told what happens."""

    def changed(self, paths: Sequence[str]) -> None:
        """Hear which paths below the project have changed, before the build that follows."""

    def built(self, done: Round) -> None:
        """Hear what came of a build."""


def serve(project: Path, listening: socket.socket, listener: Listener) -> None:
    """Build a project's site, serve it and build it anew after each change, until Ctrl-C.

    The site stands in a temporary folder, so that no build of the project is in the way of this
    one and the project's own output stays as it is. Refuses where the system lets nothing be
    watched, and where the process that builds has ended.
    """
    # A server that is ended politely clears up too.
    former = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt), private_folder() as folder:
            site = folder / "site"
            with builder_of(project, site, listening) as builder:
                asyncio.run(_serve(project, site, builder, listening, listener))
    except BaseExceptionGroup as faults:  # with `except*`, Python 3.11.2 hands a group on
        if refusals := faults.subgroup(Refused):
            raise _first(refusals) from None
        raise
    finally:
        signal.signal(signal.SIGTERM, former)
        listening.close()


async def _serve(
    project: Path, site: Path, builder: Builder, listening: socket.socket, listener: Listener
) -> None:
    news, changes, begun, is_built = News(), Changes(), asyncio.Event(), asyncio.Event()
    server, root = SiteServer(site, news), project.resolve()

    async def order_after_changes() -> None:
        await begun.wait()  # what changes while the first build reads must not go unseen
        paths: tuple[str, ...] = ()
        while True:
            await builder.order(paths)
            await is_built.wait()
            is_built.clear()
            paths = await changes.take()
            listener.changed(paths)

    async def hear() -> None:
        while True:
            try:
                told = await builder.heard()
            except Refused:
                await asyncio.sleep(_TOGETHER)
                if server.should_exit:
                    return
                raise
            if isinstance(told, Overlooked):
                changes.add(*(path for path in told.paths if is_watched(root, root / path)))
            else:
                news.tell(told)
                listener.built(told)
                is_built.set()

    async with asyncio.TaskGroup() as group:
        steps = (watch(project, changes, begun), order_after_changes(), hear())
        tasks = [group.create_task(each) for each in steps]
        try:
            await server.serve([listening])
        finally:
            for task in tasks:
                task.cancel()
            builder.end()  # else the thread in `heard` would wait without end


def _first(refusals: BaseExceptionGroup[Refused]) -> Refused:
    first = refusals.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
