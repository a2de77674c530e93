"""The whole of it: a first build, then the server, the watcher and a build after each change."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from sitegen.authoring.refusals import Refused
from sitegen.last_build import index_beforehand, open_beforehand
from sitegen.memory import Memory, Watched, untold
from sitegen.serving.news import News
from sitegen.serving.private_site import PrivateSite, private_folder
from sitegen.serving.rounds import Later, Round, Stopped, run_round
from sitegen.serving.site_server import SiteServer
from sitegen.serving.watching import Changes, is_watched, watch

_QUIET: Final = 1.0  # seconds without a change after which nobody waits for the next round
_ANSWERED: Final = 0.1  # seconds that open pages have for themselves, before a round is kept
_ALL: Final = 16  # rounds after which all that they have left is searched again


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
    watched.
    """
    # A server that is ended politely clears up too.
    former = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with (
            private_folder() as folder,
            suppress(KeyboardInterrupt),
        ):
            asyncio.run(_serve(project, folder / "site", listening, listener))
    except* Refused as refusals:
        raise _first(refusals) from None
    finally:
        gc.enable()
        signal.signal(signal.SIGTERM, former)
        listening.close()


async def _serve(project: Path, output: Path, listening: socket.socket, listener: Listener) -> None:
    news, changes, begun, stop = News(), Changes(), asyncio.Event(), threading.Event()
    watched, site = Watched(), PrivateSite(output)
    memory = Memory(project, output, watched=watched, aside=output.parent)
    server, rest, later = SiteServer(site, news), Rest(), Later(memory)

    async def build_after_changes() -> None:
        await begun.wait()  # what changes while the first build reads must not go unseen
        paths: tuple[str, ...] = ()
        while True:
            watched.changed.update(paths)
            gc.disable()  # to search for unreachable objects takes as long as a round
            with suppress(Stopped):
                done = await asyncio.to_thread(run_round, memory, site, stop, later.leave)
                news.tell(done)
                listener.built(done)
                del done  # to free what a round has read takes long, and nobody waits for it now
                # What is kept would hinder the server's thread, so open pages come first.
                await changes.are_quiet(_ANSWERED)
                await asyncio.to_thread(later.do)
            if await changes.are_quiet(_QUIET):
                changes.add(*await asyncio.to_thread(_clear_up, memory, rest, changes))
            paths = await changes.take()
            listener.changed(paths)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(watch(project, changes, begun))]
        tasks.append(group.create_task(build_after_changes()))
        try:
            await server.serve([listening])
        finally:
            stop.set()
            for task in tasks:
                task.cancel()


class Rest:
    """What rounds have left in memory, which most often lives on."""

    def __init__(self) -> None:
        """Begin before the first round."""
        self._rounds = 0

    def clear_up(self) -> None:
        """Free what is unreachable.

        What a round leaves is searched once and then left alone: to go through all of it again
        takes longer than a round. But what later rounds have no use for must be searched for, too,
        so now and then all is gone through again.
        """
        if self._rounds % _ALL == 0:
            gc.unfreeze()
        self._rounds += 1
        gc.collect()
        gc.freeze()
        gc.enable()


def _clear_up(memory: Memory, rest: Rest, changes: Changes) -> list[str]:
    """Do what is left to do once nobody waits; return the paths of changes that nobody told of.

    As soon as there are changes somebody waits again, and the rest is left for the next time.
    """
    index_beforehand(memory)
    for _ in open_beforehand(memory):
        if changes.are_there:
            return []
    rest.clear_up()
    root = memory.project.resolve()
    return [path for path in untold(memory) if is_watched(root, root / path)]


def _first(refusals: BaseExceptionGroup[Refused]) -> Refused:
    first = refusals.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
