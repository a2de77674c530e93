"""What `sitegen check` is to speak of: a whole project, or some of its files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import click

from sitegen.diagnostics import Diagnostic
from sitegen.layout import CONTENT, SEEDS

_HOLD_NOTES = (CONTENT, SEEDS)


class Named(frozenset[str]):
    """Paths below a project: of files, and of folders, each of which stands for all below it."""

    def __contains__(self, name: object) -> bool:
        """Tell whether a file is named, or a folder that it lies in."""
        ways = PurePosixPath(str(name))
        return any(super(Named, self).__contains__(str(each)) for each in (ways, *ways.parents))


class Chosen(NamedTuple):
    """A project and the files in it that are meant, as reports name them; none stands for all."""

    project: Path
    files: Named = Named()

    def divide(self, found: Iterable[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
        """Return what concerns these files, by where it stands or what it points to, and the rest.

        Both are in the order given.
        """
        concerned: list[Diagnostic] = []
        rest: list[Diagnostic] = []
        for each in found:
            paths = {each.at.path, *(at.path for at, _ in each.related)}
            concerns = not self.files or any(path in self.files for path in paths)
            (concerned if concerns else rest).append(each)
        return concerned, rest


class _Place(NamedTuple):
    """A path as it was given, its project, and its name in that; none for the project itself."""

    given: Path
    project: Path
    name: str = ""


def choose(paths: Sequence[Path]) -> Chosen:
    """Return what paths on the command line mean: a project, or notes of one.

    A folder that has `content/` is a project, any other folder below a project's `content/` or
    `seeds/` all that lies in it. A note may also be named as in `claims/ID`, in the project that is
    named too or else in this folder. Raises UsageError for two projects, for files that are in
    none, and for what is not there.
    """
    around = next((each for each in paths if _is_project(each)), Path())
    places = [_place(_existing(each, around)) for each in paths or (Path(),)]
    project = next((each for each in places if not each.name), places[0])
    for each in places:
        _require_one_project(project, each)
    return Chosen(project.project, Named(each.name for each in places if each.name))


def _existing(path: Path, project: Path) -> Path:
    """Return a path that is there, be it of the note whose address was given in its stead."""
    if os.path.exists(path):  # noqa: PTH110 - a name that no file can have raises nothing
        return path
    from sitegen.authoring.note_files import meant_ref, note_names

    ref = meant_ref(path.as_posix())
    meant = [project / name for name in note_names(ref)] if ref else []
    for each in meant:
        if each.is_file():
            return each
    nor = f", and there is no '{meant[0]}'" if meant else ""
    raise click.UsageError(f"Path '{path}' does not exist{nor}.")


def _place(path: Path) -> _Place:
    """Return where a path lies: in the nearest folder above that holds notes or articles there."""
    if _is_project(path):
        return _Place(path, path)
    whole = _absolute(path)
    is_folder = path.is_dir()
    for each in (whole, *whole.parents) if is_folder else whole.parents:
        if each.name in _HOLD_NOTES and _is_project(each.parent):
            return _Place(path, each.parent, whole.relative_to(each.parent).as_posix())
    if is_folder:
        return _Place(path, path)  # a project that lacks content/, which will be reported
    raise _no_note(path)


def _require_one_project(one: _Place, other: _Place) -> None:
    if not one.project.samefile(other.project):
        are = "are in" if one.name or other.name else "are"
        raise click.UsageError(f"'{one.given}' and '{other.given}' {are} two projects; name one.")


def _is_project(path: Path) -> bool:
    return os.path.isdir(path / CONTENT)  # noqa: PTH112 - as above


def _no_note(file: Path) -> click.UsageError:
    return click.UsageError(
        f"'{file}' is in no project: notes lie in content/, articles in seeds/."
    )


def _absolute(path: Path) -> Path:
    """Return a path from the root, without dots; links are left as they are, as in reports."""
    return Path(os.path.abspath(path))  # noqa: PTH100
