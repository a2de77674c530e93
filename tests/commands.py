"""The commands, run in this process, and what folders hold before and after."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from sitegen.cli import main


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
