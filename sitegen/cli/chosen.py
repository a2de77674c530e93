"""What `sitegen check` is to speak of: a whole project, or some of its files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from sitegen.diagnostics import Diagnostic

_HOLD_NOTES = ("content", "seeds")


class Chosen(NamedTuple):
    """A project and the files in it that are meant, as reports name them; none stands for all."""

    project: Path
    files: frozenset[str] = frozenset()

    def divide(self, found: Iterable[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
        """Return what concerns these files, by where it stands or what it points to, and the rest.

        Both are in the order given.
        """
        concerned: list[Diagnostic] = []
        rest: list[Diagnostic] = []
        for each in found:
            paths = {each.at.path, *(at.path for at, _ in each.related)}
            concerns = not self.files or not self.files.isdisjoint(paths)
            (concerned if concerns else rest).append(each)
        return concerned, rest


def choose(paths: Sequence[Path]) -> Chosen:
    """Return what paths on the command line mean: a folder is a project, a file one of its notes.

    Without a folder the project is the one that holds the first file. Raises UsageError for two
    projects, and for files that are in none.
    """
    folders = [each for each in paths if each.is_dir()]
    files = [each for each in paths if not each.is_dir()]
    if len(folders) > 1:
        raise click.UsageError(f"'{folders[0]}' and '{folders[1]}' are two projects; name one.")
    project = folders[0] if folders else _project_of(files[0]) if files else Path()
    return Chosen(project, frozenset(_name_in(project, each) for each in files))


def _project_of(file: Path) -> Path:
    """Return the nearest folder above a file that holds it among its notes or articles."""
    path = _absolute(file)
    for above in path.parents:
        if above.name in _HOLD_NOTES and (above.parent / "content").is_dir():
            return above.parent
    raise _no_note(file)


def _name_in(project: Path, file: Path) -> str:
    try:
        name = _absolute(file).relative_to(_absolute(project))
    except ValueError:
        raise _no_note(file) from None
    if name.parts[0] not in _HOLD_NOTES:
        raise _no_note(file)
    return name.as_posix()


def _no_note(file: Path) -> click.UsageError:
    return click.UsageError(
        f"'{file}' is in no project: notes lie in content/, articles in seeds/."
    )


def _absolute(path: Path) -> Path:
    """Return a path from the root, without dots; links are left as they are, as in reports."""
    return Path(os.path.abspath(path))  # noqa: PTH100
