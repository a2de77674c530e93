"""Pages that a Dask cluster makes are those that one machine makes."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from sitegen.build import build, examine
from sitegen.cluster import (
    Cluster,
    ClusterFault,
    OtherProgram,
    WorkerInput,
    clear_open_input,
    make_some,
    own_templates,
)
from sitegen.incremental.reuse import PageMemory
from sitegen.installed import built_in_templates
from sitegen.ledger import Ledger
from sitegen.plan import site_view
from sitegen.storage.cache import program_digest
from sitegen.work_pieces import BuildInput, Pieces, pieces_of
from tests.commands import snapshot
from tests.conftest import MakeProject

SITE = """
-- content/site.yaml --
title: The briefing
-- content/sources/a.yaml --
title: The A
text: a.txt
-- content/sources/b.yaml --
title: The B
text: b.txt
-- seeds/a.txt --
It rained all day. Then 12 people came.
-- seeds/b.txt --
It rained all day. Then 13 people came.
-- content/actors/kim.yaml --
name: Kim
-- content/claims/c.yaml --
statement: It rained.
evidence: [{source: a, quote: It rained all day.}, {source: b, quote: It rained all day.}]
actors: [kim]
analysis: As Kim said in [[twelve]].
-- content/claims/twelve.yaml --
statement: Twelve came.
evidence: [{source: a, quote: Then 12 people came.}]
relations: [{type: contradicts, claim: thirteen}]
-- content/claims/thirteen.yaml --
statement: Thirteen came.
evidence: [{source: b, quote: Then 13 people came.}]
-- templates/pages/not_found.html --
{% extends "base.html" %}
{% block main %}<h1>Nothing here</h1>{% endblock %}
"""

_OTHER_CLAIM = """
-- content/claims/c.yaml --
statement: It poured.
evidence: [{source: a, quote: It rained all day.}]
"""
_OTHER_TEMPLATE = """
-- templates/pages/not_found.html --
{% extends "base.html" %}
{% block main %}<h1>Gone</h1>{% endblock %}
"""

# It ends when the test closes its standard input.
_CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start two workers with two threads each, and return their scheduler's address."""
    script = tmp_path_factory.mktemp("cluster") / "start.py"
    script.write_text(_CLUSTER)
    with subprocess.Popen(
        [sys.executable, script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("tcp://")
        yield address
        process.communicate()


# Nobody waits for what never answers as long as a user would, and a loaded machine is given time.
_SITEGEN = "import sitegen.cli, sitegen.cluster as c; c._PATIENCE = {}; sitegen.cli.main()"


def build_there(
    project: Path, scheduler: str, patience: int = 60
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does; Dask's threads are not for the process of the tests."""
    command = [sys.executable, "-c", _SITEGEN.format(patience)]
    command += ["build", str(project), "--scheduler", scheduler]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_cluster_makes_the_same_bytes(scheduler: str, project: MakeProject, tmp_path: Path) -> None:
    """From nothing, and again when a note, a template or the way of building has changed."""
    folder = project(SITE)
    for change in ("", _OTHER_CLAIM, _OTHER_TEMPLATE):
        project(change)
        found = build_there(folder, scheduler)
        assert found.returncode == 0, found.stderr
        shutil.rmtree(tmp_path / "here", ignore_errors=True)
        build(folder, tmp_path / "here")
        assert snapshot(folder / "_site") == snapshot(tmp_path / "here")
    here = subprocess.run(
        [sys.executable, "-m", "sitegen", "build", folder],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "0 written" in here.stdout
    assert b"<h1>Gone</h1>" in (folder / "_site/404.html").read_bytes()


def test_fault_on_a_worker_is_reported_as_here(scheduler: str, project: MakeProject) -> None:
    """A template that cannot be used is one clear error, and nothing is written."""
    folder = project(f"{SITE}-- templates/pages/actor.html --\n{{{{ page.nothing }}}}\n")
    found = build_there(folder, scheduler)
    assert found.returncode == 1
    assert "templates/pages/actor.html:1:1: error[template-fault]" in found.stderr
    assert "Traceback" not in found.stderr
    assert not (folder / "_site").exists()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:99999", "nowhere", "ftp://a:1"])
def test_scheduler_that_does_not_answer_is_one_clear_error(
    address: str, project: MakeProject
) -> None:
    """The report names the address that was given."""
    folder = project(SITE)
    found = build_there(folder, address, patience=1)
    assert found.returncode == 1
    assert f"error[cluster-fault]: {address}: no scheduler of Dask answers there" in found.stderr
    assert "Traceback" not in found.stderr
    assert not (folder / "_site").exists()


# --- without a cluster ------------------------------------------------------------------------


def worker_input_of(folder: Path) -> tuple[WorkerInput, Pieces]:
    """Return what a worker would be sent, and the work that it is about."""
    examined = examine(folder)
    assert examined.site is not None
    assert examined.findings is not None
    frame = site_view(examined.site, (), (), "")
    build_input = BuildInput(examined.site, examined.findings, frame, "")
    folders = [built_in_templates()]
    program = program_digest(built_in_templates())
    return WorkerInput(build_input, {}, program, None, None), pieces_of(build_input, folders)


def every(pieces: Pieces) -> list[int]:
    """Return the numbers of all pieces."""
    return [*range(len(pieces.names()))]


@pytest.fixture(autouse=True)
def _open_input() -> Iterator[None]:
    """Leave nothing open for the next test."""
    yield
    clear_open_input()


def test_piece_is_the_same_piece_everywhere(project: MakeProject) -> None:
    """A worker is sent numbers, so the order of the work must follow from the input alone."""
    worker_input, pieces = worker_input_of(project(SITE))
    numbers = every(pieces)
    assert len(numbers) > 8
    assert make_some(worker_input, numbers) == pieces.do(numbers)
    assert make_some(replace(worker_input), numbers[5:7]) == pieces.do(numbers[5:7])


def test_worker_notes_how_pages_were_made(project: MakeProject) -> None:
    """The next build, on whatever machine, can take them over."""
    ledger = Ledger()
    examined = examine(project(SITE), tables=ledger)
    assert examined.site
    assert examined.findings
    build_input = BuildInput(
        examined.site, examined.findings, site_view(examined.site, (), (), ""), ""
    )
    pages = PageMemory(b"tools", ledger=ledger)
    pieces = pieces_of(build_input, [built_in_templates()], pages)
    here = pieces.do(every(pieces))
    program = program_digest(built_in_templates())
    worker_input = WorkerInput(build_input, {}, program, b"tools", ledger.numbering())
    there = make_some(pickle.loads(pickle.dumps(worker_input)), [*range(len(here))])
    assert there == here
    assert {made.maker for made in there if made.work} >= {"claim:c", "actor:kim"}


def test_own_templates_are_those_of_linked_folders_too(tmp_path: Path) -> None:
    """Jinja finds them there; what pages load as it is does not travel, and a loop has an end."""
    own = tmp_path / "project/templates"
    shared = tmp_path / "shared"
    for file in (own / "base.html", own / "static/film.html", shared / "claim.html"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(file.name)
    (own / "pages").symlink_to(shared)
    (shared / "again").symlink_to(shared)
    found = own_templates([own, built_in_templates()])
    assert found == {"base.html": b"base.html", "pages/claim.html": b"claim.html"}


def test_input_that_cannot_be_opened_leaves_none_behind(
    project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work on the one that was open before goes on with that one's own templates."""
    folder = project(SITE)
    worker_input, _ = worker_input_of(folder)
    first = replace(worker_input, templates=own_templates([folder / "templates"]))
    numbers = [*range(12)]
    before = make_some(first, numbers)
    with monkeypatch.context() as patch:
        patch.setattr("sitegen.cluster.pieces_of", _no_room)
        with pytest.raises(OSError, match="full"):
            make_some(replace(first, tools=b"x"), [0])
    assert make_some(first, numbers) == before


def _no_room(*_: object) -> None:
    raise OSError("the disk is full")


def test_other_program_does_no_work(project: MakeProject) -> None:
    """What it would make might differ."""
    worker_input, _ = worker_input_of(project(SITE))
    with pytest.raises(OtherProgram):
        make_some(replace(worker_input, program="another"), [0])


class _NoWorkers:
    """What `distributed` is to a cluster, where nobody works for its scheduler."""

    def __init__(self, *_: object, **__: object) -> None:
        """Take what a client is told."""

    Client = property(type)

    def __enter__(self) -> _NoWorkers:
        """Connect."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go."""

    def nthreads(self) -> dict[str, int]:
        """Return the threads of each worker."""
        return {}


def test_scheduler_without_workers_is_told(
    project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody would ever do the work."""
    monkeypatch.setitem(sys.modules, "distributed", _NoWorkers())
    worker_input, pieces = worker_input_of(project(SITE))
    with pytest.raises(ClusterFault, match="no workers"):
        list(Cluster("tcp://a:1")(worker_input.build_input, [], every(pieces), None))


def test_missing_library_is_named_with_the_way_to_it(
    project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who builds on one machine need not have it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    built = build(project(SITE), project(SITE) / "_site", scheduler="tcp://a:1")
    (fault,) = built.examined.diagnostics
    assert fault.message == "tcp://a:1: Dask is not installed here"
    assert ' -m pip install "distributed' in (fault.help or "")
