"""Work that is shared out to processes, with results in order and faults as if there were one.

Processes are made by forking, so that a worker has all that this process has in memory and only
results travel. Where a system cannot fork safely the work is done here.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_BATCHES_PER_PROCESS: Final = 24  # so many that one with slow items keeps nobody waiting
_MOST_ALONE: Final = 128  # batches per process of items that may be heavy


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

    They come in the order of the items, or as they are ready, so that nobody waits for a slow one;
    then each process does what stands together. So many of the first items are given out one by
    one, or few at a time if they are very many: those of which each may have a lot to do.

    Results, and exceptions that `work` raises, must be things that can be pickled; items need not
    be. Of several exceptions the one is raised that one process would have come upon first. With
    one process, or where work cannot be shared out, it is done here, a few items at a time; so it
    is within work that is shared out.
    """
    heavy = _batches(items[:alone], processes * _MOST_ALONE)
    batches = [*heavy, *_batches(items[alone:], processes * _BATCHES_PER_PROCESS)]
    if processes > 1 and len(batches) > 1 and can_share():
        from sitegen.processes.pool import is_shared, results_of

        if not is_shared():
            yield from results_of(work, batches, processes, in_order=in_order)
            return
    yield from chain.from_iterable(map(work, batches))


def _batches(items: Sequence[T], count: int) -> list[Sequence[T]]:
    """Return items in batches, about so many if there are as many items."""
    size = max(1, len(items) // count)
    return [items[at : at + size] for at in range(0, len(items), size)]
