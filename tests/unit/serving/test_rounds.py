"""One build of a served site, and what it came to."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from sitegen.serving.rounds import Stopped, run_round
from tests.conftest import MakeProject

PROJECT = (
    "-- content/site.yaml --\ntitle: Weather\n-- content/pages/index.md --\n---\ntitle: W\n---\n"
)


def test_version_is_that_of_the_site_and_not_of_the_build(
    project: MakeProject, tmp_path: Path
) -> None:
    """Equal sites have equal versions, also after an error between them; others another."""
    folder, output = project(PROJECT), tmp_path / "site"
    first = run_round(folder, output, (), threading.Event())
    project("-- content/site.yaml --\ntitel: Weather\n")
    broken = run_round(folder, output, ("content/site.yaml",), threading.Event())
    project("-- content/site.yaml --\ntitle: Weather\n")
    mended = run_round(folder, output, (), threading.Event())
    project("-- content/site.yaml --\ntitle: Rain\n")
    other = run_round(folder, output, (), threading.Event())
    assert first.version == broken.version == mended.version != other.version
    assert [each.rule for each in broken.faults] == ["unknown-field"]
    assert first.faults == mended.faults == ()


def test_build_that_nobody_waits_for_is_let_go(project: MakeProject, tmp_path: Path) -> None:
    """A build ends at the next page once it is to stop, and writes nothing."""
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        run_round(project(PROJECT), tmp_path / "site", (), stop)
    assert not (tmp_path / "site").exists()
