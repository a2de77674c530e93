"""Builds of a served site, what they come to, and what is done between them."""

from __future__ import annotations

import errno
import gc
import time
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from sitegen.build import Built, Examined
from sitegen.incremental.memory import Memory, untold
from sitegen.serving import builder_process
from sitegen.serving.builder_process import Later, Rest, build_when_asked, run_round
from sitegen.serving.private_site import PrivateSite
from sitegen.serving.rounds import Overlooked, Round
from sitegen.storage.packets import Damaged
from tests.conftest import MakeProject

PROJECT = (
    "-- content/site.yaml --\ntitle: Weather\n-- content/pages/index.md --\n---\ntitle: W\n---\n"
)


def test_version_is_that_of_the_site_and_not_of_the_build(
    project: MakeProject, tmp_path: Path
) -> None:
    """Equal sites have equal versions, also after an error between them; others another."""
    memory, site = Memory(project(PROJECT), tmp_path / "site"), PrivateSite(tmp_path / "site")
    first = run_round(memory, site)
    project("-- content/site.yaml --\ntitel: Weather\n")
    broken = run_round(memory, site)
    project("-- content/site.yaml --\ntitle: Weather\n")
    mended = run_round(memory, site)
    project("-- content/site.yaml --\ntitle: Rain\n")
    other = run_round(memory, site)
    assert first.version == broken.version == mended.version != other.version
    assert [each.rule for each in broken.faults] == ["unknown-field"]
    assert first.faults == mended.faults == ()


@pytest.mark.parametrize("fault", [Damaged(), OSError(errno.EIO, "cannot be read")])
def test_memory_that_cannot_be_kept_later_is_forgotten(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    """The site stands and is told of; only the next round has more to do."""
    memory, site = Memory(project(PROJECT), tmp_path / "site"), PrivateSite(tmp_path / "site")
    later = Later(memory)
    first = run_round(memory, site, later.leave)
    assert memory.outcome is None
    later.do()
    assert memory.outcome is not None

    def fail(*_: object) -> None:
        raise fault

    again = run_round(memory, site, later.leave)
    monkeypatch.setattr(Memory, "keep", fail)
    later.do()
    assert (again.version, again.faults) == (first.version, ())
    assert memory.outcome is None
    assert not memory.sections
    monkeypatch.undo()
    later.do()  # nothing is left
    assert run_round(memory, site).version == first.version


def test_file_that_goes_while_it_is_read_is_an_error_to_be_shown(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an editor takes away under the build's hands ends that build and not the server."""
    folder = project(PROJECT)
    gone = folder / "templates/static/css/own.css"

    def build(*_: object, **__: object) -> Built:
        return Built(Examined((), {gone.name: gone.read_text()}), None)

    monkeypatch.setattr(builder_process, "build", build)
    site = tmp_path / "site"
    found = run_round(Memory(folder, site), PrivateSite(site))
    (fault,) = found.faults
    assert fault.at.path == "templates/static/css/own.css"
    assert fault.message == "cannot read this file: no such file or directory"


def test_what_the_system_refuses_is_not_put_down_to_a_file(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is told as that; a file is named from the project, also through a link to it."""
    folder = project(PROJECT)
    linked = tmp_path / "linked"
    linked.symlink_to(folder, target_is_directory=True)

    def build(*_: object, **__: object) -> Built:
        raise OSError(errno.ENOSPC, "No space left on device", str(folder / "content/site.yaml"))

    monkeypatch.setattr(builder_process, "build", build)
    site = tmp_path / "site"
    (fault,) = run_round(Memory(linked, site), PrivateSite(site)).faults
    assert fault.at.path == "content/site.yaml"
    assert fault.message == "the system refuses this: no space left on device"
    assert "save it again" not in fault.help


class Orders:
    """The end of somebody who orders builds, and hears of them; each wait has an end."""

    def __init__(self, connection: Connection) -> None:
        """Take the connection."""
        self.connection = connection

    def order(self, *paths: str) -> None:
        """Have the site built."""
        self.connection.send(paths)

    def heard(self) -> object:
        """Wait for what is told next."""
        assert self.connection.poll(60)
        return self.connection.recv()


@pytest.fixture
def orders() -> Iterator[tuple[Orders, Connection]]:
    """Return both ends of a connection; whatever runs in this process, searches are as before."""
    ours, theirs = Pipe()
    try:
        with ours, theirs:
            yield Orders(ours), theirs
    finally:
        gc.unfreeze()
        gc.enable()


def test_each_order_is_built_and_told_until_nobody_can_order(
    project: MakeProject, tmp_path: Path, orders: tuple[Orders, Connection]
) -> None:
    """A round for each order, of what stands then; the end of orders is the end."""
    folder, (ours, theirs) = project(PROJECT), orders
    with ThreadPoolExecutor() as pool:
        built = pool.submit(build_when_asked, folder, tmp_path / "site", theirs)
        ours.order()
        first = ours.heard()
        project("-- content/site.yaml --\ntitle: Rain\n")
        ours.order("content/site.yaml")
        second = ours.heard()
        ours.connection.close()
        built.result(60)
    assert isinstance(first, Round)
    assert isinstance(second, Round)
    assert first.differing is not None
    assert second.differing is not None
    assert first.differing > second.differing > 0
    assert "Rain" in (tmp_path / "site/index.html").read_text()


def test_round_is_kept_once_it_is_told_and_before_the_next_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orders: tuple[Orders, Connection]
) -> None:
    """Nobody waits for what makes the memory know of it, but the next round builds on that."""
    done: list[object] = []
    ours, theirs = orders

    def run(_: object, __: object, leave: Callable[[Callable[[], None]], None]) -> Round:
        assert not gc.isenabled()
        done.append("built")
        leave(lambda: done.append(ours.heard()))  # it has been told when this is done
        return Round((), {}, len(done), 0, "")

    monkeypatch.setattr(builder_process, "run_round", run)
    monkeypatch.setattr(builder_process, "make_ready", lambda *_: done.append("made ready"))
    ours.order()
    ours.order("content/site.yaml")
    with ThreadPoolExecutor() as pool:
        built = pool.submit(build_when_asked, tmp_path, tmp_path / "site", theirs)
        while len(done) < 5:
            assert not built.done()
            time.sleep(0.01)
        ours.connection.close()
        built.result(60)
    first, second = (Round((), {}, number, 0, "") for number in (1, 3))
    assert done == ["built", first, "built", second, "made ready"]


@pytest.mark.parametrize("is_told", [True, False])
def test_change_that_nobody_told_of_is_found_once_nobody_waits(
    project: MakeProject,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    orders: tuple[Orders, Connection],
    *,
    is_told: bool,
) -> None:
    """A system that loses word of a change, as some do of many, keeps no page back for long.

    One that it tells of at the same time is built once and no more.
    """
    folder, (ours, theirs) = project(PROJECT), orders
    looks = [0]

    def look(memory: Memory) -> set[str]:
        looks[0] += 1
        if looks[0] == 1:
            project("-- content/site.yaml --\ntitle: Rain\n")
            if is_told:
                ours.order("content/site.yaml")
        return untold(memory)

    monkeypatch.setattr(builder_process, "untold", look)
    with ThreadPoolExecutor() as pool:
        built = pool.submit(build_when_asked, folder, tmp_path / "site", theirs)
        ours.order()
        assert isinstance(ours.heard(), Round)
        found = ours.heard()
        while is_told and looks[0] < 2:
            time.sleep(0.01)
        assert not ours.connection.poll()
        ours.connection.close()
        built.result(60)
    if is_told:
        assert isinstance(found, Round)
        assert found.differing
    else:
        assert found == Overlooked(("content/site.yaml",))


@pytest.mark.parametrize("is_waited_for", [True, False])
def test_what_is_made_ready_gives_way_to_orders(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_waited_for: bool
) -> None:
    """Whoever saves a note meanwhile does not wait until all has been opened."""
    done = list[object]()

    def opened(_: Memory) -> Iterator[int]:
        for number in range(5):
            done.append(number)
            yield number

    memory, site = Memory(project(PROJECT), tmp_path / "site"), PrivateSite(tmp_path / "site")
    run_round(memory, site)
    monkeypatch.setattr(builder_process, "open_beforehand", opened)
    monkeypatch.setattr(Rest, "clear_up", lambda _: done.append("searched"))
    monkeypatch.setattr(Rest, "leave_alone", lambda _: done.append("left alone"))
    builder_process.make_ready(memory, Rest(), lambda: is_waited_for and 1 in done)
    assert done == ["searched", *range(2 if is_waited_for else 5), "left alone"]
    assert memory.sections["pages"].index is not None


class InCircle:
    """An object that leads to itself."""

    def __init__(self) -> None:
        """Lead to itself, so that it is not freed without a search."""
        self.me = self


@pytest.mark.parametrize(("every", "is_freed"), [(1, True), (3, False)])
def test_what_no_round_has_use_for_any_longer_is_freed_now_and_then(
    every: int, *, is_freed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was left alone is searched again after so many rounds, and not before."""
    monkeypatch.setattr(builder_process, "_ALL", every)
    rest, thing = Rest(), InCircle()
    is_there = weakref.ref(thing)
    try:
        rest.clear_up()
        rest.leave_alone()
        del thing
        rest.clear_up()
        assert (is_there() is None) is is_freed
    finally:
        gc.unfreeze()
