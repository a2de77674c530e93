"""The files of a project that the commands for authors write: new ones, and changed ones.

Nothing is ever overwritten by a new file, and nothing is written through a link that leads out of
the project.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sitegen.authoring.refusals import Refused
from sitegen.found_files import FOLDERS
from sitegen.kinds import Kind
from sitegen.layout import CONTENT
from sitegen.model import Ref
from sitegen.notes import id_like, is_id, is_reserved

_MARK = "\ufeff".encode()


def note_name(ref: Ref) -> str:
    """Return the path of a note's file below the project, with forward slashes."""
    return f"{CONTENT}/{ref.kind.plural}/{ref.id}{'.md' if ref.kind is Kind.PAGE else '.yaml'}"


def meant_ref(address: str) -> Ref | None:
    """Return the note that an address like `claims/ID` means, or a path that ends so, if any."""
    folder, _, name = address.rpartition("/")
    kind = FOLDERS.get(f"{folder.rpartition('/')[2].removesuffix('s')}s")
    note_id = name.removesuffix(".md" if kind is Kind.PAGE else ".yaml")
    return Ref(kind, note_id) if kind and is_id(note_id) else None


def note_names(ref: Ref) -> tuple[str, ...]:
    """Return the paths below the project that a note's file may have, the usual one first."""
    name = note_name(ref)
    return (name,) if ref.kind is Kind.PAGE else (name, f"{name.removesuffix('.yaml')}.yml")


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
    if not (project / CONTENT).is_dir():
        raise Refused(
            f"there is no folder content/ in {printable(str(project.resolve()))}",
            "run sitegen in a project's folder, or make a project: sitegen init DIR",
        )


def write_new(project: Path, name: str, text: str) -> Path:
    """Write a file that is not there yet and return its path; refuse to touch one that is."""
    with _no_trouble(f"cannot write {name}"):
        content = text.encode()
    return write_all_new(project, {name: content})[0]


def write_all_new(project: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files that are not there yet, all or none, and return their paths.

    `files` maps paths below the project, with forward slashes, to contents. Where one cannot be
    written, those before it are taken away again, with the folders that were made for them.
    """
    made: list[Path] = []
    try:
        for name, content in files.items():
            with _no_trouble(f"cannot write {name}"):
                _write_one(project, name, content, made)
    except BaseException:  # whatever stops it, nothing half-written stays behind
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise
    return tuple(project / name for name in files)


def _write_one(project: Path, name: str, content: bytes, made: list[Path]) -> None:
    """Write one new file and take down what was made for it, folders first."""
    path = project / name
    if not path.parent.resolve().is_relative_to(project.resolve()):
        raise Refused(f"{Path(name).parent.as_posix()} leads out of the project")
    for folder in reversed([each for each in path.parents if not each.exists()]):
        folder.mkdir()
        made.append(folder)
    try:
        with path.open("xb") as file:
            made.append(path)
            file.write(content)
    except FileExistsError:
        help_ = "nothing was changed; choose another id, or edit that file"
        raise Refused(f"{name} is there already", help_) from None


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
