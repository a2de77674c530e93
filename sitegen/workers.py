"""Work that is shared out to processes, with results in order and faults as if there were one.

Processes are made by forking, so that a worker has all that this process has in memory and only
results travel. Where a system cannot fork safely the work is done here.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_BATCHES_PER_PROCESS: Final = 24  # so many that one with slow items keeps nobody waiting
_AHEAD: Final = 3  # batches per process whose results may lie waiting in memory


def process_count() -> int:
    """Return how many processes may run at once: the processors that this one may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_share() -> bool:
    """Tell whether work can be shared out: this process can be forked, and has one thread only.

    macOS can fork, but its system libraries do not bear it.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def share_out(
    work: Callable[[Sequence[T]], Sequence[R]],
    items: Sequence[T],
    processes: int,
    *,
    in_order: bool = True,
    alone: int = 0,
) -> Iterator[R]:
    """Yield the results of `work`, which takes some of the items, for all of them.

    They come in the order of the items, or as they are ready, so that nobody waits for a slow one.
    So many of the first items are given out one by one: those of which each has a lot to do.

    Results, and exceptions that `work` raises, must be things that can be pickled; items need not
    be. Of several exceptions the one is raised that one process would have come upon first. With
    one process, or where work cannot be shared out, it is done here, a few items at a time; so it
    is within work that is shared out.
    """
    single = [items[at : at + 1] for at in range(min(alone, len(items)))]
    batches = [*single, *_batches(items[alone:], processes)]
    is_shared = _Shared.work is not None  # by somebody who is at it, perhaps another process
    if processes < 2 or len(batches) < 2 or is_shared or not can_share():
        yield from chain.from_iterable(map(work, batches))
        return
    _Shared.work, _Shared.batches = work, batches
    left = dict.fromkeys(range(len(batches)))
    try:
        for number, results in _from_workers(len(batches), processes, in_order):
            del left[number]
            yield from results
    except BrokenProcessPool:
        # The system has ended a worker, for want of memory perhaps; less is needed here.
        for number in left:
            yield from work(batches[number])
    finally:
        _Shared.work, _Shared.batches = None, ()


def _from_workers(
    count: int, processes: int, in_order: bool
) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the number and the results of each batch; only so many are under way at once."""
    numbers = iter(range(count))
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(min(processes, count), context)
    try:
        with _uninterrupted():
            waiting = {
                pool.submit(_work_on, each): each for each in islice(numbers, _AHEAD * processes)
            }
        while waiting:
            ready = next(iter(waiting)) if in_order else _first_of(tuple(waiting))
            if ready.exception():
                ready = next(each for each in waiting if each.exception())
            number = waiting.pop(ready)
            waiting |= {pool.submit(_work_on, each): each for each in islice(numbers, 1)}
            yield number, ready.result()
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keep Ctrl-C from the processes that are made meanwhile: it is for this one to end them.

    One that is interrupted in the middle of its answer would be waited for without end.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _first_of(waiting: Sequence[Future[Any]]) -> Future[Any]:
    """Wait until some of these have ended, and return the one of them that was begun first."""
    ended = wait(waiting, return_when=FIRST_COMPLETED).done
    return next(each for each in waiting if each in ended)


class _Shared:
    """What workers find in the memory that they have from this process."""

    work: Callable[[Any], Any] | None = None
    batches: Sequence[Any] = ()


def _work_on(number: int) -> Any:
    if _Shared.work is None:
        raise RuntimeError("a worker was made before there was work")
    return _Shared.work(_Shared.batches[number])


def _batches(items: Sequence[T], processes: int) -> list[Sequence[T]]:
    size = max(1, len(items) // (processes * _BATCHES_PER_PROCESS))
    return [items[at : at + size] for at in range(0, len(items), size)]
