"""Which files of a project are its notes and texts, and what is wrong with others that lie there.

Only names are looked at; what files hold is read in `read`.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from sys import intern
from typing import Final

from msgspec import field

from sitegen.diagnostics import Diagnostic, Location, error
from sitegen.kinds import Kind
from sitegen.layout import CONTENT, SEEDS, SETTINGS
from sitegen.model import Ref
from sitegen.notes import LONGEST_ID, foreign_letter, id_like, is_id, is_reserved
from sitegen.project_files import Entry, ProjectFiles, is_folder

FOLDERS: Final[Mapping[str, Kind]] = {kind.plural: kind for kind in Kind}
SEED_ENDINGS: Final = (".txt", ".md")


class Reading(ProjectFiles):
    """What has been found so far; lives only while a project is read.

    `candidates` are the files that may be notes, with the ids that they would have.
    """

    names: dict[Kind, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in Kind})
    unread: set[Ref] = field(default_factory=set)
    drafts: set[Ref] = field(default_factory=set)
    allowing: set[Ref] = field(default_factory=set)
    candidates: dict[Kind, dict[str, str]] = field(default_factory=dict)


def list_notes(reading: Reading, entries: Iterable[Entry], known: Collection[str]) -> None:
    """Take down which files may be notes, given what lies in `content/`; tell of other files.

    The names of `known` files are in order.
    """
    for each in entries:
        if each.name in FOLDERS and each.leads_to_folder:
            _list_folder(reading, FOLDERS[each.name], known)
        elif f"{CONTENT}/{each.name}" != SETTINGS:
            _stray(reading, each)


def _stray(reading: Reading, entry: Entry) -> None:
    name = entry.name
    at = Location(f"{CONTENT}/{name}")
    if not entry.leads_to_folder:
        help_ = "notes lie in the folders below content/, one folder for each kind"
        reading.say(error("stray-file", at, f'"{name}" is not read', help_))
        return
    meant = get_close_matches(name.lower(), FOLDERS, n=1)
    help_ = f'did you mean "{meant[0]}"?' if meant else f"notes lie in: {', '.join(FOLDERS)}"
    message = f'"{name}" is no folder of notes, so nothing in it is read'
    reading.say(error("unknown-folder", at, message, help_))
    for each in reading.entries(at.path) if meant else ():
        _expect(reading, FOLDERS[meant[0]], each.stem)


def _expect(reading: Reading, kind: Kind, stem: str) -> None:
    """Take a file for the note that it would be, were it not for a mistake that is reported.

    Otherwise every use of its id would be reported too.
    """
    reading.unread |= {Ref(kind, stem), Ref(kind, id_like(stem))}


def _list_folder(reading: Reading, kind: Kind, known: Collection[str]) -> None:
    """Take down which files of a folder may be notes; the names of `known` ones are in order."""
    folder = f"{CONTENT}/{kind.plural}"
    endings = (".md",) if kind is Kind.PAGE else (".yaml", ".yml")
    found = reading.candidates[kind] = {}
    for stem, ending, leads_to_folder in reading.entries(folder):
        name = f"{folder}/{stem}{ending}"
        if name in known and not leads_to_folder:
            found[name] = intern(stem)
        elif leads_to_folder or ending not in endings:
            help_ = f"notes are files that end in {endings[0]}, directly in {kind.plural}/"
            message = f'"{stem}{ending}" is no {kind} and is not read'
            reading.say(error("stray-file", Location(name), message, help_))
            _expect(reading, kind, stem)
        elif fault := _name_fault(Location(name), kind, stem, ending):
            reading.say(fault)
            _expect(reading, kind, stem)
        else:
            found[name] = intern(stem)


def _name_fault(at: Location, kind: Kind, note_id: str, ending: str) -> Diagnostic | None:
    """Return what is wrong with the id that a file's name gives."""
    if len(note_id) > LONGEST_ID:
        message = f"this id has {len(note_id)} characters, at most {LONGEST_ID} may be"
        return error("bad-file-name", at, message, "give the file a shorter name")
    if not is_id(note_id):
        alike = id_like(note_id)
        help_ = f'rename it to "{alike}{ending}"' if alike else "use a-z, 0-9 and hyphens"
        if foreign := foreign_letter(note_id):
            help_ = f"{foreign}: use a-z, 0-9 and hyphens"
        return error("bad-file-name", at, f'"{note_id}" cannot be an id', help_)
    if is_reserved(note_id) and not (kind is Kind.PAGE and note_id == "index"):
        help_ = "choose a name that says more"
        return error("bad-file-name", at, f'"{note_id}" is reserved', help_)
    return None


def list_texts(reading: Reading) -> Iterator[str]:
    """Yield the texts below `seeds/`, at any depth, by their path there; hidden ones are none."""
    folders = [SEEDS] if is_folder(reading.root / SEEDS) else []
    for folder in folders:
        for each in reading.entries(folder):
            name = f"{folder}/{each.name}"
            if each.ending in SEED_ENDINGS and not each.leads_to_folder:
                yield name.removeprefix(f"{SEEDS}/")
            elif each.leads_to_folder and not os.path.islink(reading.root / name):  # noqa: PTH114
                folders.append(name)  # a link may lead in a circle
