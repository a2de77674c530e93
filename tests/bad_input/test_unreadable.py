"""Files and folders that the system keeps from being read, also where the tests run as root."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bad_input.rows import SOUND
from tests.bad_input.test_table import gave, run, write_files

_NOBODY = 65534
_REASON = "cannot read this {}: permission denied"

# A system without users of this kind has no such permissions either.
_CASES = (
    [
        ("content/claims/rain.yaml", "file"),
        ("seeds/herald.txt", "file"),
        ("content/site.yaml", "file"),
        ("content/claims", "folder"),
        ("content", "folder"),
    ]
    if hasattr(os, "seteuid")
    else []
)


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Do without the rights of root, to whom no file is closed."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.fixture
def closed_project() -> Iterator[Path]:
    """Return a sound project, built, that belongs to whoever builds it again."""
    folder = Path(tempfile.mkdtemp())  # the tests' own folders are closed to all others
    write_files(folder, SOUND)
    assert gave(run("build", folder)) == "works"
    if os.name == "posix" and os.geteuid() == 0:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, _NOBODY, -1)
    yield folder
    for name in ("content", *(path for path, _ in _CASES)):
        (folder / name).chmod(0o700)
    shutil.rmtree(folder)


@pytest.mark.parametrize(("path", "what"), _CASES)
def test_what_cannot_be_read_is_one_error(path: str, what: str, closed_project: Path) -> None:
    """It is said what is closed, and what was published stays."""
    with _as_nobody():
        (closed_project / path).chmod(0)
        found = run("build", closed_project, "--no-cache")
    assert gave(found) == f"error[cannot-read] {path}:1:1: {_REASON.format(what)}"
    assert found.exit_code == 1
    assert (closed_project / "_site" / "claims" / "rain.html").is_file()
