"""A small working project as the start of an author's own.

Its files travel with the templates, in `project/`; a name that begins with `dot-` there begins with
a dot in a project, so that no tool takes the template itself for a project.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from sitegen import __version__
from sitegen.authoring.note_files import printable, write_all_new
from sitegen.authoring.refusals import Refused
from sitegen.authoring.scaffold import SCHEMA_FOLDER
from sitegen.kinds import Kind
from sitegen.layout import CONTENT, SEEDS
from sitegen.resources import template_folders
from sitegen.schema import schema_files

_FOLDER: Final = "project"
_BARE: Final = "bare"  # what takes the place of the example's own files
_EXAMPLE: Final = (f"{CONTENT}/", f"{SEEDS}/", "README.md")
_DOT: Final = "dot-"
_NAMED: Final = 3  # of what stands in the way


def make_project(folder: Path, *, bare: bool = False) -> tuple[str, ...]:
    """Write a new project into an empty folder, all or nothing, and return its files in order.

    A folder is empty also where it holds nothing but hidden files, such as a fresh repository's
    `.git` or a virtual environment, unless the project has one of them itself. A bare project has
    settings and empty folders, and no notes.
    """
    files = dict(sorted(project_files(install_requirement(), bare=bare)))
    try:
        found = sorted(each.name for each in folder.iterdir()) if folder.exists() else []
        taken = [name for name in files if (folder / name).exists()]
    except OSError as fault:
        raise Refused(f"cannot look into {printable(str(folder))}", str(fault.strerror)) from fault
    if strangers := [name for name in found if not name.startswith(".")] or taken:
        shown = ", ".join(map(printable, strangers[:_NAMED]))
        more = f" and {len(strangers) - _NAMED} more" if len(strangers) > _NAMED else ""
        raise Refused(
            f"{printable(str(folder))} is not empty: it holds {shown}{more}",
            "name a new folder, as in: sitegen init my-briefing",
        )
    write_all_new(folder, {name: text.encode() for name, text in files.items()})
    return tuple(files)


def project_files(requirement: str, *, bare: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every file of a new project.

    `requirement` is what pip installs where the site is published; empty where nobody knows.
    """
    for name, text in _template_files(_FOLDER):
        if not (bare and name.startswith(_EXAMPLE)):
            yield name, text.replace("@REQUIREMENT@", requirement).replace("@VERSION@", __version__)
    if bare:
        yield from _template_files(_BARE)
        for name in (*(f"{CONTENT}/{kind.plural}" for kind in Kind), SEEDS):
            yield f"{name}/.gitkeep", ""  # git keeps no empty folder
    for name, content in schema_files().items():
        yield f"{SCHEMA_FOLDER}/{name}", content.decode()


def _template_files(folder: str) -> Iterator[tuple[str, str]]:
    template = template_folders(Path(folder))[-1] / folder
    for path in sorted(template.rglob("*")):
        if path.is_file():
            parts = path.relative_to(template).parts
            name = "/".join(
                part.replace(_DOT, ".", 1) if part.startswith(_DOT) else part for part in parts
            )
            yield name, path.read_bytes().decode()


def install_requirement() -> str:
    """Return what installs this very sitegen again, if it came from a repository; else nothing.

    Where a package came from stands in its `direct_url.json` (PEP 610).
    """
    try:
        origin = json.loads(distribution("sitegen").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return ""
    match origin:
        case {"url": str(url), "vcs_info": {"vcs": "git", "commit_id": str(commit)}}:
            is_plain = url.startswith("https://") and "@" not in url and '"' not in url
            return f"sitegen @ git+{url}@{commit}" if is_plain else ""
        case _:
            return ""
