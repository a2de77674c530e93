"""What all tests share: projects from one text, golden files, this repository's site."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from tests.archive import unpack
from tests.chromium import NAMES, may_be_left_out
from tests.commands import run

_ROOT = Path(__file__).resolve().parent.parent

# A loaded machine is slow without anything being wrong. A run that others wait for must come out
# the same each time; at a desk new examples are tried. `make fuzz` tries many more.
_EXAMPLES = int(os.environ.get("FUZZ", "50"))
_UNHURRIED = settings(
    deadline=None, max_examples=_EXAMPLES, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("desk", _UNHURRIED)
settings.register_profile("ci", _UNHURRIED, derandomize=True)
settings.load_profile("ci" if "CI" in os.environ else "desk")


class MakeProject(Protocol):
    """The type of the fixture `project`."""

    def __call__(self, text: str, name: str = "project") -> Path:
        """Return the folder `name` with the files of `text` added to it."""


class CheckGolden(Protocol):
    """The type of the fixture `golden`."""

    def __call__(self, path: str | Path, actual: str | bytes) -> None:
        """Fail unless the golden file `path` holds `actual`."""


@pytest.fixture(scope="session")
def repo_root() -> Path:
    """Return the folder of this repository."""
    return _ROOT


@pytest.fixture(autouse=True, scope="session")
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is kept between builds away from the home of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp().parent / "cache"))
        yield


@pytest.fixture
def project(tmp_path: Path) -> MakeProject:
    """Return a function that writes the files of one text and returns their folder.

    `tests.archive` says what the text looks like. Contents are written as UTF-8, character for
    character, on every system. A second call with the same name adds files and replaces those that
    are there; another name makes another project.
    """

    def make(text: str, name: str = "project") -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for path, content in unpack(text).items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8", newline="")
        return folder

    return make


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> CheckGolden:
    """Return a function that compares text or bytes with a file below `tests/golden/`.

    With `--update-golden` it writes the file instead; the difference is then reviewed like code.
    """
    update = bool(request.config.getoption("--update-golden"))

    def check(path: str | Path, actual: str | bytes) -> None:
        file = _ROOT / "tests" / "golden" / path
        found = actual.encode("utf-8") if isinstance(actual, str) else actual
        if update:
            file.parent.mkdir(parents=True, exist_ok=True)
            if not file.is_file() or file.read_bytes() != found:
                file.write_bytes(found)
            return
        if not file.is_file():
            pytest.fail(f"there is no golden file {path}: make it with --update-golden")
        expected = file.read_bytes()
        if isinstance(actual, str):
            assert actual == expected.decode("utf-8"), f"{path} holds another text"
        assert found == expected, f"{path} holds other bytes"

    return check


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site built from this repository's own content.

    It is built once for all workers; whoever comes first builds, the others wait. Tests only read
    it: one that changes a site copies this one or builds its own.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    site, report = shared / "built-site", shared / "built-site.txt"
    with FileLock(shared / "built-site.lock"):
        if not report.is_file():
            report.write_text(_build(site), encoding="utf-8")
    said = report.read_text(encoding="utf-8")
    if said:
        pytest.fail(f"the repository's own content does not build:\n{said}", pytrace=False)
    return site


def _build(site: Path) -> str:
    """Build the repository's content into `site`; return what was said if that failed."""
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "build", str(_ROOT), "--output", str(site)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=300,
    )
    return f"exit code {done.returncode}\n{done.stdout}{done.stderr}" if done.returncode else ""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of this test suite."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files instead of comparing with them",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to write golden files where nobody would review them."""
    if config.getoption("--update-golden") and os.environ.get("CI"):
        raise pytest.UsageError("--update-golden is for a developer's machine, not for CI")


def pytest_report_header() -> list[str]:
    """Say at the start what will not be run."""
    return [_left_out()] if may_be_left_out() else []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what was not run."""
    if may_be_left_out():
        terminalreporter.section("not run")
        terminalreporter.write_line(_left_out())


def _left_out() -> str:
    """Return the line that names the tests left out for want of a browser."""
    modules = sorted(path.name for path in (_ROOT / "tests" / "browser").glob("test_*.py"))
    return (
        f"browser tests: NOT RUN, no Chromium here (looked for {', '.join(NAMES)}); "
        f"left out: {', '.join(modules) or 'none yet'}"
    )


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """Return a project as `sitegen init` makes it."""
    folder = tmp_path / "briefing"
    assert run("init", folder).exit_code == 0
    return folder
