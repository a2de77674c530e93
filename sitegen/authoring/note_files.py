"""The files of a project that the commands for authors write: new ones, and changed ones.

Nothing is ever overwritten by a new file, and nothing is written through a link that leads out of
the project.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sitegen.authoring.refusals import Refused
from sitegen.model import Kind, Ref
from sitegen.notes import id_like, is_id, is_reserved

_MARK = "\ufeff".encode()


def note_name(ref: Ref) -> str:
    """Return the path of a note's file below the project, with forward slashes."""
    return f"content/{ref.kind}s/{ref.id}{'.md' if ref.kind is Kind.PAGE else '.yaml'}"


def checked_ref(kind: Kind, note_id: str) -> Ref:
    """Return the address of a note with this id; refuse an id that no note may have."""
    if not is_id(note_id):
        alike = id_like(note_id)
        rule = "an id has lower-case letters a-z, digits and hyphens, at most 80"
        good = f'the nearest good id is "{alike}"; {rule}' if alike else rule
        raise Refused(f'"{printable(note_id)}" cannot be an id', good, is_wrong_use=True)
    if is_reserved(note_id) and (kind, note_id) != (Kind.PAGE, "index"):
        help_ = "choose a name that says more"
        raise Refused(f'the id "{note_id}" is reserved', help_, is_wrong_use=True)
    return Ref(kind, note_id)


def printable(text: str) -> str:
    """Return a text that every terminal can show: what cannot be printed as its code point."""
    return "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text)


def require_project(project: Path) -> None:
    """Refuse a folder that holds no project."""
    if not (project / "content").is_dir():
        raise Refused(
            f"there is no folder content/ in {printable(str(project.resolve()))}",
            "run sitegen in a project's folder, or make a project: sitegen init DIR",
        )


def write_new(project: Path, name: str, text: str) -> Path:
    """Write a file that is not there yet and return its path; refuse to touch one that is."""
    path = project / name
    with _no_trouble(f"cannot write {name}"):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.parent.resolve().is_relative_to(project.resolve()):
            raise Refused(f"{Path(name).parent.as_posix()} leads out of the project")
        try:
            with path.open("x", encoding="utf-8", newline="") as file:
                file.write(text)
        except FileExistsError:
            help_ = "nothing was changed; choose another id, or edit that file"
            raise Refused(f"{name} is there already", help_) from None
    return path


def replace_text(project: Path, name: str, before: str, after: str) -> None:
    """Put a changed text in a file's place at once, keeping its mode and byte order mark.

    `before` is what was read. Refuses where the file has changed since, or is no longer in the
    project.
    """
    with _no_trouble(f"cannot write {name}"):
        path = (project / name).resolve(strict=True)
        if not path.is_relative_to(project.resolve()):
            raise Refused(f"{name} leads out of the project")
        raw = path.read_bytes()
        mark = _MARK if raw.startswith(_MARK) else b""
        if raw.removeprefix(_MARK) != before.encode():
            raise Refused(f"{name} has just been changed by another program", "run this again")
        _replace(path, mark + after.encode())


def _replace(path: Path, content: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".sitegen-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(beside).chmod(path.stat().st_mode & 0o7777)
        Path(beside).replace(path)
    except OSError:
        with suppress(OSError):
            Path(beside).unlink()
        raise


@contextmanager
def _no_trouble(what: str) -> Iterator[None]:
    """Turn what the system refuses into a refusal that says so."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as fault:  # a loop of links; a NUL in a path
        reason = fault.strerror if isinstance(fault, OSError) else None
        raise Refused(f"{what}: {(reason or 'its path cannot be used').lower()}") from fault
