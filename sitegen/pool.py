"""Processes that work together, made by forking; loaded only where there is work to share.

Its libraries are a part of what a build loads, and one that changes little does without them.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any, Final, TypeVar

from sitegen.pickling import pickled

T = TypeVar("T")
R = TypeVar("R")

_FORK: Final = multiprocessing.get_context("fork")
_AHEAD: Final = 3  # batches per process whose results may lie waiting in memory


class _Shared:
    """What workers find in the memory that they have from this process."""

    work: Callable[[Any], Any] | None = None
    batches: Sequence[Any] = ()


def is_shared() -> bool:
    """Tell whether work is shared out already, by this process or the one that made it."""
    return _Shared.work is not None


def results_of(
    work: Callable[[Sequence[T]], Sequence[R]],
    batches: Sequence[Sequence[T]],
    processes: int,
    *,
    in_order: bool,
) -> Iterator[R]:
    """Yield the results of some work for all batches, done by so many processes."""
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
    pool = _pool_of(min(processes, count))
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
            yield number, pickle.loads(ready.result())  # noqa: S301 - of our own
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def meanwhile(work: Callable[[], R]) -> Iterator[Callable[[], R | None]]:
    """Have one other process do some work; yield what waits for its result.

    That is None where the process has come to nothing: the system ended it, or there is a fault in
    the work, which will be met again by whoever does it here. No other work is shared out
    meanwhile. Who leaves without the result ends the process.
    """
    _Shared.work = lambda _: work()
    receiving, sending = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_send, args=(work, sending))
    try:
        with _uninterrupted():
            process.start()
        sending.close()

        def result() -> R | None:
            with suppress(EOFError):
                found: R = pickle.loads(receiving.recv_bytes())  # noqa: S301 - of our own
                return found
            return None

        yield result
    finally:
        if process.pid:  # the system may have refused it
            process.kill()
            process.join()
        receiving.close()
        _Shared.work = None


def _send(work: Callable[[], object], sending: Connection) -> None:
    _end_with_parent()
    with suppress(Exception):
        sending.send_bytes(pickled(work()))


def _pool_of(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, _FORK, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Let this process end when the one that made it does, by whatever means.

    It would wait for work without end, or write what nobody wants any more.
    """

    def follow() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


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


def _work_on(number: int) -> bytes:
    """Return the pickle of what comes of a batch."""
    if _Shared.work is None:
        raise RuntimeError("a worker was made before there was work")
    return pickled(_Shared.work(_Shared.batches[number]))
