"""Work that is shared out to processes, with results in order and faults as if there were one.

Processes are made by forking, so that a worker has all that this process has in memory and only
results travel. Where a system cannot fork safely the work is done here.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain
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
    work: Callable[[Sequence[T]], Sequence[R]], items: Sequence[T], processes: int
) -> Iterator[R]:
    """Yield the results of `work`, which takes some of the items, for all of them and in order.

    Results, and exceptions that `work` raises, must be things that can be pickled; items need not
    be. With one process, or where work cannot be shared out, it is done here, a few items at a
    time.
    """
    batches = _batches(items, processes)
    if processes < 2 or len(batches) < 2 or not can_share():
        yield from chain.from_iterable(map(work, batches))
        return
    _Shared.work, _Shared.batches = work, batches
    context = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(min(processes, len(batches)), context) as pool:
            waiting: deque[Future[Sequence[R]]] = deque()
            for number in range(len(batches)):
                waiting.append(pool.submit(_work_on, number))
                if len(waiting) > _AHEAD * processes:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
    finally:
        _Shared.work, _Shared.batches = None, ()


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
