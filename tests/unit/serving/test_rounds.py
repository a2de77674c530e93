"""One build of a served site, and what it came to."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

import pytest

from sitegen.build import Built, Examined
from sitegen.memory import Memory
from sitegen.packets import Damaged
from sitegen.serving import rounds
from sitegen.serving.private_site import PrivateSite
from sitegen.serving.rounds import Later, Stopped, run_round
from tests.conftest import MakeProject

PROJECT = (
    "-- content/site.yaml --\ntitle: Weather\n-- content/pages/index.md --\n---\ntitle: W\n---\n"
)


def test_version_is_that_of_the_site_and_not_of_the_build(
    project: MakeProject, tmp_path: Path
) -> None:
    """Equal sites have equal versions, also after an error between them; others another."""
    memory, site = Memory(project(PROJECT), tmp_path / "site"), PrivateSite(tmp_path / "site")
    first = run_round(memory, site, threading.Event())
    project("-- content/site.yaml --\ntitel: Weather\n")
    broken = run_round(memory, site, threading.Event())
    project("-- content/site.yaml --\ntitle: Weather\n")
    mended = run_round(memory, site, threading.Event())
    project("-- content/site.yaml --\ntitle: Rain\n")
    other = run_round(memory, site, threading.Event())
    assert first.version == broken.version == mended.version != other.version
    assert [each.rule for each in broken.faults] == ["unknown-field"]
    assert first.faults == mended.faults == ()


def test_build_that_nobody_waits_for_is_let_go(project: MakeProject, tmp_path: Path) -> None:
    """A build ends at the next page once it is to stop, and writes nothing."""
    stop = threading.Event()
    stop.set()
    folder, site = project(PROJECT), tmp_path / "site"
    with pytest.raises(Stopped):
        run_round(Memory(folder, site), PrivateSite(site), stop)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("fault", [Damaged(), OSError(errno.EIO, "cannot be read")])
def test_memory_that_cannot_be_kept_later_is_forgotten(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    """The site stands and is told of; only the next round has more to do."""
    memory, site = Memory(project(PROJECT), tmp_path / "site"), PrivateSite(tmp_path / "site")
    later = Later(memory)
    first = run_round(memory, site, threading.Event(), later.leave)
    assert memory.outcome is None
    later.do()
    assert memory.outcome is not None

    def fail(*_: object) -> None:
        raise fault

    again = run_round(memory, site, threading.Event(), later.leave)
    monkeypatch.setattr(Memory, "keep", fail)
    later.do()
    assert (again.version, again.faults) == (first.version, ())
    assert memory.outcome is None
    assert not memory.parts
    monkeypatch.undo()
    later.do()  # nothing is left
    assert run_round(memory, site, threading.Event()).version == first.version


def test_file_that_goes_while_it_is_read_is_an_error_to_be_shown(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an editor takes away under the build's hands ends that build and not the server."""
    folder = project(PROJECT)
    gone = folder / "templates/static/css/own.css"

    def build(*_: object, **__: object) -> Built:
        return Built(Examined((), {gone.name: gone.read_text()}), None)

    monkeypatch.setattr(rounds, "build", build)
    site = tmp_path / "site"
    found = run_round(Memory(folder, site), PrivateSite(site), threading.Event())
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

    monkeypatch.setattr(rounds, "build", build)
    site = tmp_path / "site"
    (fault,) = run_round(Memory(linked, site), PrivateSite(site), threading.Event()).faults
    assert fault.at.path == "content/site.yaml"
    assert fault.message == "the system refuses this: no space left on device"
    assert "save it again" not in fault.help
