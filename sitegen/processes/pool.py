"""Processes that work together, made by forking; loaded only where there is work to share.

The process that shares work out does its part of it. Whatever anyone changes in memory that a fork
has made common, be it a count of references, is copied: with one process less, there is a copy
less, and half of the results need not travel.
"""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import pickle
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any, Final, NamedTuple, TypeVar

from sitegen.endings import held_back
from sitegen.storage.pickling import pickled

T = TypeVar("T")
R = TypeVar("R")

_FORK: Final = multiprocessing.get_context("fork")
_TICKET: Final = 4  # bytes
_ROOM: Final = 1 << 20  # bytes of results that may wait while this process works


class _Shared:
    """Whether work is being shared out; a worker has this from the process that made it."""

    is_at_work = False


class _Outcome(NamedTuple):
    """What came of a batch: results or a fault."""

    number: int
    results: Sequence[Any]
    fault: Exception | None = None


def is_shared() -> bool:
    """Tell whether work is shared out already, by this process or the one that made it."""
    return _Shared.is_at_work


def results_of(
    work: Callable[[Sequence[T]], Sequence[R]],
    batches: Sequence[Sequence[T]],
    processes: int,
    *,
    in_order: bool,
) -> Iterator[R]:
    """Yield the results of some work for all batches, done by so many processes with this one."""

    def do(number: int) -> Sequence[R]:
        return work(batches[number])

    count = min(processes, len(batches))
    with ExitStack() as stack:
        stack.enter_context(_at_work())
        tickets = stack.enter_context(_Tickets(len(batches), parts=1 if in_order else count))
        made = [
            stack.enter_context(_process(partial(_hand_over, do, tickets, own)))
            for own in range(1, count)
        ]
        others = [each for each in made if each]
        found = _found(do, len(batches), tickets, others)
        for _, results in _in_turn(found) if in_order else found:
            yield from results


class _Tickets(Iterator[int]):
    """The numbers of batches, each of which goes to one of the processes that ask for the next.

    They are in `parts`, and whoever begins with one that is its own finds most of what it looks at
    in its memory already. Each part lies in a pipe that all processes read: no lock could be held
    by one that was killed.
    """

    def __init__(self, count: int, parts: int) -> None:
        """Lay out the numbers from 0; those that there is no room or no pipe for go to nobody."""
        self.own = 0
        self._parts: list[tuple[int, int]] = []  # the last number of each, and its pipe
        size = -(-count // parts)
        for first in range(0, count, size):
            numbers = range(first, min(first + size, count))
            with suppress(OSError):
                self._parts.append((numbers[-1], _pipe_of(numbers)))

    def __next__(self) -> int:
        """Return the next number that nobody has."""
        for _, pipe in (*self._parts[self.own :], *self._parts[: self.own]):
            if ticket := os.read(pipe, _TICKET):
                return int.from_bytes(ticket, sys.byteorder)
        raise StopIteration

    def __enter__(self) -> _Tickets:
        """Give out numbers until the end of the context."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give out no more numbers."""
        for each in self._parts:
            os.close(each[1])

    def discard_after(self, number: int) -> None:
        """Let nobody have any that come after one that somebody has had."""
        for last, pipe in self._parts:
            while last > number and os.read(pipe, _TICKET):
                pass


def _pipe_of(numbers: Sequence[int]) -> int:
    """Return a pipe to read numbers from, until there are none left. Raises OSError."""
    pipe, end = os.pipe()
    os.set_blocking(end, False)
    os.write(end, b"".join(each.to_bytes(_TICKET, sys.byteorder) for each in numbers))
    os.close(end)
    return pipe


def _found(
    do: Callable[[int], Sequence[R]], count: int, tickets: _Tickets, others: Sequence[Connection]
) -> Iterator[tuple[int, Sequence[R]]]:
    """Yield the number and the results of each batch as they come.

    Of several faults the one is raised that one process would have come upon first: whatever comes
    before it is done too.
    """
    left = dict.fromkeys(range(count))
    faults: dict[int, Exception] = {}
    for number, results, fault in _outcomes(do, tickets, others):
        del left[number]
        if fault:
            faults[number] = fault
            tickets.discard_after(number)
        elif not faults:
            yield number, results
    # The system has ended a worker, for want of memory perhaps; less is needed here.
    for number in left:
        if faults and number > min(faults):
            break
        yield number, do(number)
    if faults:
        raise faults[min(faults)]


def _outcomes(
    do: Callable[[int], Sequence[Any]], tickets: _Tickets, others: Sequence[Connection]
) -> Iterator[_Outcome]:
    """Yield what comes of all batches for which somebody has taken a ticket, and lived."""
    left = [*others]
    for number in tickets:
        yield _outcome(do, number)
        yield from _received(left, 0)
    while left:
        yield from _received(left, None)


def _received(others: list[Connection], patience: float | None) -> Iterator[_Outcome]:
    """Yield what others have done by now, or will have soon; who is at the end goes."""
    while others and (ready := wait(others, patience)):
        for other in [each for each in others if each in ready]:
            try:
                content = other.recv_bytes()
            except (EOFError, OSError):
                others.remove(other)
                continue
            yield pickle.loads(content)  # noqa: S301 - of our own


def _outcome(do: Callable[[int], Sequence[Any]], number: int) -> _Outcome:
    try:
        return _Outcome(number, do(number))
    except Exception as fault:  # noqa: BLE001 - it is raised where the results are wanted
        return _Outcome(number, (), fault)


def _hand_over(
    do: Callable[[int], Sequence[Any]], tickets: _Tickets, own: int, sending: Connection
) -> None:
    """Do some of the work in a process made for it, first of all what is its own."""
    tickets.own = own
    for number in tickets:
        sending.send_bytes(_sendable(_outcome(do, number)))


def _sendable(outcome: _Outcome) -> bytes:
    """Return the pickle of an outcome; a fault takes along where it was."""
    where = "".join(traceback.format_exception(outcome.fault)) if outcome.fault else ""
    try:
        if outcome.fault:
            outcome.fault.add_note(where)
            pickle.loads(pickled(outcome.fault))  # noqa: S301 - to see whether that can be done
        return pickled(outcome)
    except Exception as fault:  # noqa: BLE001 - a pickle may raise anything
        untold = RuntimeError(f"no process can hand this over to another: {fault}")
        untold.add_note(where)
        return pickled(_Outcome(outcome.number, (), untold))


def _in_turn(found: Iterator[tuple[int, R]]) -> Iterator[tuple[int, R]]:
    """Yield what has numbers, counted from 0, in their order."""
    early: dict[int, R] = {}
    turn = 0
    for number, each in found:
        early[number] = each
        while turn in early:
            yield turn, early.pop(turn)
            turn += 1


@contextmanager
def meanwhile(work: Callable[[], R]) -> Iterator[Callable[[], R | None]]:
    """Have one other process do some work; yield what waits for its result.

    That is None where the process has come to nothing: the system ended it or has no room for it,
    or there is a fault in the work, which will be met again by whoever does it here. No other work
    is shared out meanwhile. Who leaves without the result ends the process.
    """

    def hand_over(sending: Connection) -> None:
        with suppress(Exception):
            sending.send_bytes(pickled(work()))

    with _at_work(), _process(hand_over) as receiving:

        def result() -> R | None:
            with suppress(EOFError, OSError):
                if receiving is None:
                    return None
                found: R = pickle.loads(receiving.recv_bytes())  # noqa: S301 - of our own
                return found
            return None

        yield result


@contextmanager
def _at_work() -> Iterator[None]:
    """Have no work shared out that is a part of what is shared out now."""
    before, _Shared.is_at_work = _Shared.is_at_work, True
    try:
        yield
    finally:
        _Shared.is_at_work = before


@contextmanager
def _process(work: Callable[[Connection], None]) -> Iterator[Connection | None]:
    """Have another process do some work until the end of the context; yield what it sends.

    Where the system refuses to make one there is nothing but an end, or not even that.
    """
    try:
        receiving, sending = _FORK.Pipe(duplex=False)
    except OSError:
        yield None
        return
    with suppress(OSError):  # a user may have only so much of this
        fcntl.fcntl(sending.fileno(), fcntl.F_SETPIPE_SZ, _ROOM)
    process = _FORK.Process(target=_begin, args=(work, sending))
    try:
        with held_back(), suppress(OSError):
            process.start()
        sending.close()
        yield receiving
    finally:
        if process.pid:
            process.kill()
            process.join()
        receiving.close()


def _begin(work: Callable[[Connection], None], sending: Connection) -> None:
    _end_with_parent()
    with sending, suppress(BrokenPipeError):
        work(sending)


def _end_with_parent() -> None:
    """Let this process end when the one that made it does, by whatever means.

    It would wait for work without end, or write what nobody wants any more.
    """

    def follow() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
