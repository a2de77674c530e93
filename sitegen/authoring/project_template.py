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
from sitegen.authoring.note_files import printable, write_new
from sitegen.authoring.refusals import Refused
from sitegen.authoring.scaffold import SCHEMA_FOLDER
from sitegen.resources import template_folders
from sitegen.schema import schema_files

_FOLDER: Final = "project"
_DOT: Final = "dot-"
_HARMLESS: Final = frozenset({".git", ".DS_Store"})  # may be there before a project is


def make_project(folder: Path) -> tuple[str, ...]:
    """Write a new project into an empty folder and return the paths of its files, in order.

    A folder is empty also where it holds nothing but a fresh repository's `.git`.
    """
    try:
        found = sorted(each.name for each in folder.iterdir()) if folder.exists() else []
    except OSError as fault:
        raise Refused(f"cannot look into {printable(str(folder))}", str(fault.strerror)) from fault
    strangers = [name for name in found if name not in _HARMLESS]
    if strangers:
        raise Refused(
            f"{printable(str(folder))} is not empty: it holds {printable(strangers[0])}",
            "name a new folder, or an empty one",
        )
    files = dict(sorted(project_files(install_requirement())))
    for name, text in files.items():
        write_new(folder, name, text)
    return tuple(files)


def project_files(requirement: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every file of a new project.

    `requirement` is what pip installs where the site is published; empty where nobody knows.
    """
    template = template_folders(Path(_FOLDER))[-1] / _FOLDER
    for path in sorted(template.rglob("*")):
        if path.is_file():
            parts = path.relative_to(template).parts
            name = "/".join(
                part.replace(_DOT, ".", 1) if part.startswith(_DOT) else part for part in parts
            )
            text = path.read_bytes().decode()
            yield name, text.replace("@REQUIREMENT@", requirement).replace("@VERSION@", __version__)
    for name, content in schema_files().items():
        yield f"{SCHEMA_FOLDER}/{name}", content.decode()


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
