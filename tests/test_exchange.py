"""Material that comes in and goes out, by the commands as an author runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import main
from tests.articles import PAGE
from tests.web import serving


def run(*arguments: str | Path, given: bytes = b"") -> Result:
    """Return what a command did; an exception that nobody caught is raised here."""
    found = CliRunner().invoke(main, [str(each) for each in arguments], input=given)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """Return a project as `sitegen init` makes it."""
    folder = tmp_path / "briefing"
    assert run("init", folder).exit_code == 0
    return folder


# --- add --------------------------------------------------------------------------------------


def test_article_from_the_web_can_be_quoted_at_once(
    started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One command takes it in, says what it found and what comes next; the next one works."""
    monkeypatch.setenv("no_proxy", "*")
    with serving({"/a": lambda each: each.answer(PAGE.encode(), "text/html")}) as root:
        added = run("add", f"{root}/a", "--project", started)
    assert added.exit_code == 0, added.output
    assert "title       Bridge closed to traffic\n" in added.stdout
    assert "to fill in: kind, reliability\n" in added.stdout
    assert added.stdout.endswith(
        'next: sitegen excerpt bridge-closed-to-traffic "some words of a passage"\n'
    )
    quoted = run(
        "excerpt", "bridge-closed-to-traffic", "a crack of 40 centimetres", "--project", started
    )
    assert quoted.exit_code == 0
    assert "quote: a crack of 40 centimetres" in quoted.stdout
    checked = run("check", started)
    assert checked.exit_code == 0
    assert "warning[unused-source]" in checked.stderr


def test_article_from_standard_input(started: Path) -> None:
    """A hyphen reads what another program gives; without a name its title makes the id."""
    added = run("add", "-", "--project", started, given=b"Rain again\n\nIt rained.\n")
    assert added.exit_code == 0
    assert (started / "seeds/rain-again.txt").read_bytes() == b"Rain again\n\nIt rained.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "nowhere.html"],
        ["add", "."],
        ["add", ""],
        ["add", "ftp://example.org/x"],
        ["add", "http://127.0.0.1:1/"],
        ["add", "http://user:secret@example.org/"],
        ["add", "-", "--id", "../x"],
        ["add", "-", "--collected", "yesterday"],
        ["add", "-", "--encoding", "zip"],
        ["add", "-", "--max-size", "1"],
        ["add", "-", "--max-size", "nan"],
        ["add", "x\0y"],
        ["add", b"\xff"],
    ],
)
def test_what_cannot_be_added_is_one_clear_error(
    arguments: list[str | bytes], started: Path
) -> None:
    """No traceback, no secret, and nothing is written."""
    before = snapshot(started)
    words = [os.fsdecode(each) for each in arguments]
    found = run(*words, "--project", started, given=b"Some words. " * 100_000)
    assert found.exit_code in {1, 2}
    assert "Error: " in found.stderr
    assert "secret" not in found.output
    assert snapshot(started) == before


def test_missing_library_is_named_with_the_way_to_it(started: Path) -> None:
    """Where the extra is not installed, plain text still works and a page says what to install."""
    script = (
        "import sys\nsys.modules['trafilatura'] = None\n"
        "from sitegen.cli import main\nmain(sys.argv[1:], prog_name='sitegen')\n"
    )

    def run_without(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-c", script, *map(str, arguments), "--project", str(started)]
        return subprocess.run(words, capture_output=True, text=True, check=False)

    (started / "page.html").write_text(PAGE, "utf-8")
    (started / "plain.txt").write_text("Plain words\n", "utf-8")
    assert run_without("add", started / "plain.txt").returncode == 0
    refused = run_without("add", started / "page.html")
    assert refused.returncode == 1
    assert 'python -m pip install "pypdf' in refused.stderr
    assert '"trafilatura' in refused.stderr
