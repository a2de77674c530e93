"""Shared work gives the results that one process gives, in order, and its faults."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from sitegen.processes.pool import meanwhile
from sitegen.processes.workers import process_count, share_out

Work = Callable[[Sequence[int]], list[Any]]


def squares(numbers: Sequence[int]) -> list[int]:
    """Return the squares of some numbers."""
    return [number * number for number in numbers]


def makers(numbers: Sequence[int]) -> list[int]:
    """Return for each number by which process it was worked on."""
    return [os.getpid() for _ in numbers]


def together(work: Work, processes: int = 2) -> Work:
    """Return work that nobody does before each of several processes has some of it to do."""
    barrier = multiprocessing.get_context("fork").Barrier(processes, timeout=30)
    begun: set[int] = set()

    def work_together(numbers: Sequence[int]) -> list[int]:
        if os.getpid() not in begun:
            begun.add(os.getpid())
            barrier.wait()
        return work(numbers)

    return work_together


@pytest.mark.parametrize("processes", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 5, 1000])
def test_results_come_in_order(count: int, processes: int) -> None:
    """However many items and processes there are, each item has one result, in its place."""
    found = list(share_out(squares, range(count), processes))

    assert found == squares(range(count))


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("alone", [0, 1, 3, 100])
def test_heavy_items_are_given_out_one_by_one(alone: int, processes: int) -> None:
    """The first ones each go alone, the rest together, and none is left out."""

    def count(some: Sequence[int]) -> list[tuple[int, int]]:
        return [(number, len(some)) for number in some]

    found = list(share_out(count, range(300), processes, alone=alone))
    assert [number for number, _ in found] == [*range(300)]
    assert {together for _, together in found[:alone]} <= {1}
    assert all(together > 1 for _, together in found[alone:-1])


def work_together() -> None:
    """Share work out to one, two and three processes, and print how many did it, and if this."""
    for processes in (1, 2, 3):
        found = {*share_out(together(makers, processes), range(500), processes)}
        print(len(found), os.getpid() in found)  # noqa: T201


def test_several_processes_do_the_work() -> None:
    """This one is among them: what it does need not travel."""
    told = run_alone("work_together")

    assert (told.stdout, told.stderr) == ("1 True\n2 True\n3 True\n", "")


def be_refused() -> None:
    """Share out work where the system makes no process, as at the end of what a user may have."""

    def refuse() -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    os.fork = refuse
    print({*share_out(makers, range(500), 2)} == {os.getpid()})  # noqa: T201
    with meanwhile(os.getpid) as result:
        print(result())  # noqa: T201


def test_all_is_done_here_where_no_process_can_be_made() -> None:
    """A system that has no room for one more gives no reason to fail."""
    told = run_alone("be_refused")

    assert (told.stdout, told.stderr) == ("True\nNone\n", "")


def test_beside_other_threads_nothing_is_forked() -> None:
    """A process with several threads cannot be forked safely, so the work is done in it."""
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(lambda: set(share_out(makers, range(500), 2))).result()

    assert found == {os.getpid()}


def test_work_need_not_be_something_that_can_be_pickled() -> None:
    """Workers have it, and the items, from the memory of this process."""
    items = [iter([1]), iter([2]), iter([3])]

    assert list(share_out(lambda some: [next(each) for each in some], items, 2)) == [1, 2, 3]


def test_fault_of_a_worker_is_raised_here() -> None:
    """What goes wrong in a worker goes wrong for whoever asked, and later work is not harmed."""

    def fail(_: Sequence[int]) -> list[int]:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        list(share_out(fail, range(500), 2))
    assert list(share_out(squares, [3, 4], 2)) == [9, 16]


class OfTwoPartsError(Exception):
    """A fault whose pickle cannot be read: it is made of one thing again."""

    def __init__(self, one: str, other: str) -> None:
        """Take both parts."""
        super().__init__(f"{one} {other}")


def fail_there() -> None:
    """Share out work that fails in the other process, in one way and another; print the faults."""
    here = os.getpid()

    def fail(numbers: Sequence[int]) -> list[int]:
        if os.getpid() != here:
            raise ValueError("not there")
        return squares(numbers)

    def make_what_cannot_be_sent(numbers: Sequence[int]) -> list[Callable[[], int]]:
        return [lambda: 1 for _ in numbers]

    def fail_in_a_way_of_its_own(numbers: Sequence[int]) -> list[int]:
        if os.getpid() != here:
            raise OfTwoPartsError("not", "here")
        return squares(numbers)

    for work in (fail, make_what_cannot_be_sent, fail_in_a_way_of_its_own):
        try:
            list(share_out(together(work), range(500), 2))
        except Exception as fault:  # noqa: BLE001 - a pickle may raise anything
            print(fault, *fault.__notes__[-1:])  # noqa: T201


def test_fault_of_another_process_tells_where_it_was() -> None:
    """Who mends the program must find the line, and which results cannot travel."""
    told = run_alone("fail_there")

    assert told.stderr == ""
    assert told.stdout.startswith("not there Traceback")
    assert ", in fail\n" in told.stdout
    assert told.stdout.count("no process can hand this over to another") == 2
    assert told.stdout.count(", in fail_in_a_way_of_its_own\n") == 1


@pytest.mark.parametrize("in_order", [True, False])
def test_first_of_several_faults_is_raised(in_order: bool) -> None:
    """Which fault is told does not depend on which worker was quick."""

    def fail(numbers: Sequence[int]) -> list[int]:
        sum(range(3_000_000 if numbers[0] == 0 else 0))
        raise ValueError(f"at {numbers[0]}")

    with pytest.raises(ValueError, match=r"^at 0$"):
        list(share_out(fail, range(500), 2, in_order=in_order))


@pytest.mark.parametrize("in_order", [True, False])
def test_nobody_goes_on_long_after_a_fault(tmp_path: Path, in_order: bool) -> None:
    """What comes later is of no use any more."""

    def fail(numbers: Sequence[int]) -> list[int]:
        with (tmp_path / "begun").open("a", encoding="ascii") as begun:
            begun.write(f"{numbers[0]}\n")
        if numbers[0] == 0:
            raise ValueError("at once")
        sum(range(200_000))
        return squares(numbers)

    with pytest.raises(ValueError, match="at once"):
        list(share_out(fail, range(500), 2, in_order=in_order))
    assert len((tmp_path / "begun").read_text().splitlines()) < 24


def test_lost_work_before_a_fault_is_done_before_it_is_raised() -> None:
    """A worker that was killed may have had what one process would have come upon first."""
    assert run_alone("lose_the_first_fault").stdout == "at 240\n"


def lose_the_first_fault() -> None:
    """Share out work of which the later half fails, and lose the worker that begins with that."""
    here = os.getpid()

    def fail(numbers: Sequence[int]) -> list[int]:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        if numbers[0] >= 240:
            raise ValueError(f"at {numbers[0]}")
        return squares(numbers)

    try:
        list(share_out(together(fail), range(480), 2, in_order=False))
    except ValueError as fault:
        print(fault)  # noqa: T201


def work_apart() -> None:
    """Share out what may come in any order, and print with which number each process began."""
    first: dict[int, int] = {}
    work = together(lambda numbers: [(os.getpid(), each) for each in numbers])
    for process, number in share_out(work, range(480), 2, in_order=False):
        first.setdefault(process, number)
    print(*sorted(first.values()))  # noqa: T201


def test_each_process_has_a_part_of_its_own() -> None:
    """It begins there, so that what it looks at stands together in memory."""
    assert run_alone("work_apart").stdout == "0 240\n"


def test_results_may_come_as_they_are_ready() -> None:
    """Each item has its result all the same."""
    assert sorted(share_out(squares, range(500), 2, in_order=False)) == squares(range(500))


def test_there_is_at_least_one_process() -> None:
    """However many processors a system admits to, work is done."""
    assert process_count() >= 1


def run_alone(program: str) -> subprocess.CompletedProcess[str]:
    """Run a function of this module in a process that has no other threads."""
    command = f"from tests.unit.processes.test_workers import {program}; {program}()"
    return subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=False, timeout=60
    )


def lose_a_worker() -> None:
    """Share out work in which a worker is ended by the system, and print what comes of it."""
    here = os.getpid()

    def work(numbers: Sequence[int]) -> list[int]:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return squares(numbers)

    print(list(share_out(together(work), range(500), 2)) == squares(range(500)))  # noqa: T201
    found = sorted(share_out(together(work), range(500), 2, in_order=False))
    print(found == squares(range(500)))  # noqa: T201


def test_work_of_a_worker_that_was_killed_is_done_here() -> None:
    """A system that runs out of memory ends one; each item has its result once all the same."""
    told = run_alone("lose_a_worker")

    assert (told.stdout.split(), told.stderr) == (["True", "True"], "")


def be_interrupted() -> None:
    """Share out work, and interrupt the whole group of processes in the middle of it, as Ctrl-C."""
    os.setpgrp()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs this may ignore it
    found = share_out(lambda numbers: [bytes(200_000) for _ in numbers], range(500), 2)
    next(found)
    try:
        os.killpg(os.getpgrp(), signal.SIGINT)
        list(found)
    except KeyboardInterrupt:
        print("interrupted")  # noqa: T201


def test_interruption_ends_the_work() -> None:
    """Nobody waits for a worker that was interrupted in the middle of its answer."""
    for _ in range(3):
        told = run_alone("be_interrupted")
        assert (told.stdout, told.stderr) == ("interrupted\n", "")


def be_killed() -> None:
    """Share out work that has no end for the other process, and be killed in the middle of it."""
    here = os.getpid()

    def work(numbers: Sequence[int]) -> list[int]:
        while os.getpid() != here:
            pass
        return squares(numbers)

    print(next(share_out(together(work), range(500), 2)), flush=True)  # noqa: T201
    os.kill(os.getpid(), signal.SIGKILL)


def test_workers_end_with_the_process_that_made_them() -> None:
    """One that is killed leaves none behind: they would hold what it has printed to for ever."""
    told = run_alone("be_killed")
    assert (told.stdout, told.returncode) == ("0\n", -signal.SIGKILL)


def do_meanwhile() -> None:
    """Have things done by another process, one that ends well and one that is killed."""
    here = os.getpid()
    with meanwhile(os.getpid) as result:
        alone = share_out(makers, range(500), 2)
        print({*alone} == {here}, result() != here)  # noqa: T201
    with meanwhile(lambda: os.kill(os.getpid(), signal.SIGKILL)) as result:
        print(result())  # noqa: T201
    print({*share_out(together(makers), range(500), 2)} != {here})  # noqa: T201


def leave_early() -> None:
    """Have something done that takes without end, and leave before it is."""
    here = os.getpid()
    with suppress(ZeroDivisionError), meanwhile(lambda: [each for each in iter(int, 1) if each]):
        print(1 // 0)  # noqa: T201
    print({*share_out(together(makers), range(500), 2)} != {here})  # noqa: T201


def test_who_leaves_does_not_wait_for_what_is_done_meanwhile() -> None:
    """After a fault or Ctrl-C nobody has use for it."""
    assert run_alone("leave_early").stdout.split() == ["True"]


def test_fault_in_what_is_done_meanwhile_gives_no_result() -> None:
    """Whoever does the work here meets the fault; the other process says nothing of it."""
    told = run_alone("fail_meanwhile")
    assert (told.stdout, told.stderr) == ("None\n", "")


def fail_meanwhile() -> None:
    """Have something done that has a fault."""
    with meanwhile(lambda: 1 // 0) as result:
        print(result())  # noqa: T201


def test_another_process_does_some_work_meanwhile() -> None:
    """Its result is waited for; there is none if the system ends it. No other work is shared."""
    assert run_alone("do_meanwhile").stdout.split() == ["True", "True", "None", "True"]


def test_what_makes_processes_is_loaded_where_there_is_work_to_share() -> None:
    """A build that changes little does without."""
    script = (
        "import sys\nfrom sitegen.processes.workers import share_out\n"
        "for items, processes in (([1, 2, 3], 1), ([1, 2, 3], 2)):\n"
        "    assert list(share_out(list, items, processes)) == items\n"
        "    print('multiprocessing' in sys.modules)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert told.stdout.split() == ["False", str(sys.platform == "linux")]
