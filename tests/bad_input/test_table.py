"""Each bad input works or is one clear error, and gets nowhere; the table is in `rows`."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import main
from tests.bad_input.published import faults_of, read_site
from tests.bad_input.rows import ROWS, SOUND, Change, Row

_FINDING = re.compile(r"^(\S.*?:\d+:\d+): (error|warning)\[([a-z0-9-]+)\]: (.*)$", re.MULTILINE)


def run(*arguments: str | Path) -> Result:
    """Return what the command line did; an exception that nobody caught is raised here."""
    found = CliRunner().invoke(main, [str(each) for each in arguments])
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def write_files(folder: Path, change: Change) -> None:
    """Change files of a project."""
    if callable(change):
        change(folder)
        return
    for path, content in change.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else (content or "").encode())


def state_of(folder: Path, without: Path | None = None) -> dict[str, tuple[int, bytes]]:
    """Return all files below a folder, links as what they say, but for those of one folder."""
    return {
        str(path): (
            path.lstat().st_mtime_ns,
            str(path.readlink()).encode() if path.is_symlink() else path.read_bytes(),
        )
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
        if without is None or without not in path.parents
    }


def gave(found: Result) -> str:
    """Return what a build gave, as the table has it."""
    findings = _FINDING.findall(found.stderr)
    errors = [f"error[{rule}] {at}: {said}" for at, kind, rule, said in findings if kind == "error"]
    warnings = sorted({f"warning[{rule}]" for _, kind, rule, _ in findings if kind == "warning"})
    if len(errors) > 1:
        return f"{errors[0]} (and {len(errors) - 1} more)"
    return "; ".join(errors or ["works", *warnings])


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sound project, built, with something beside it that is nobody's business."""
    around = tmp_path_factory.mktemp("sound")
    write_files(around / "project", SOUND)
    write_files(around / "outside", {"secret.txt": "It rained on Monday. A secret.\n",
                                     "note.yaml": "name: A secret\n"})  # fmt: skip
    assert gave(run("build", around / "project")) == "works"
    return around


@pytest.fixture
def around(sound: Path, tmp_path: Path) -> Path:
    """Return a folder of this test's own that holds the sound project and what is beside it."""
    return shutil.copytree(sound, tmp_path / "around")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.given.replace(" ", "-"))
def test_row(row: Row, around: Path) -> None:
    """A bad input gives what its row says; the surroundings and, on errors, the site stay."""
    project, site = around / "project", around / "project" / "_site"
    write_files(project, row.change)
    surroundings, before = state_of(around, site), state_of(site)

    found = run("build", project)

    assert gave(found) == row.gives
    assert state_of(around, site) == surroundings
    assert "Traceback" not in found.output
    is_error = row.gives.startswith("error")
    assert found.exit_code == (1 if is_error else 0)
    if is_error:
        assert state_of(site) == before
        assert "  help: " in found.stderr
    else:
        pages = read_site(site)
        assert faults_of(pages) == []
        assert row.shows in pages["claims/rain.html"].text
        assert not any(b"secret" in file.read_bytes() for file in site.rglob("*.html"))
