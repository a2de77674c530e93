"""What files hold: bytes become a text, the text of a note that note, and its Markdown HTML."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import structs

from sitegen.diagnostics import Diagnostic, Location
from sitegen.incremental.file_summaries import FileSummary
from sitegen.incremental.kept_files import ReadFile
from sitegen.kinds import Kind
from sitegen.markup import conversions_of
from sitegen.model import Record, Ref
from sitegen.note_models import MODELS
from sitegen.note_parts import compact
from sitegen.notes import FrontMatter, Note, Page, prose
from sitegen.project_files import ProjectFiles
from sitegen.schema import validate_in_part, validate_sound
from sitegen.yaml_nodes import Data, Locations, read_sound_yaml, read_yaml, split_front_matter


class _Loaded(NamedTuple):
    """A file of which nothing is known yet but its text; `ref` is the note that it should hold."""

    name: str
    ref: Ref | None
    digest: bytes
    text: str | None
    diagnostics: tuple[Diagnostic, ...]


def contents_of(
    files: ProjectFiles,
    some: Sequence[tuple[str, Ref | None]],
    known: Mapping[str, FileSummary],
    *,
    is_kept: bool,
) -> list[ReadFile | None]:
    """Return what some files hold, each with the note that it should be; None where that is known.

    `files` are those of the project. Markdown is converted where that `is_kept`. Each step is done
    for all before the next: with code and data for it at hand, a processor takes a fifth less than
    file by file.
    """
    loaded = [_load(files, *each, known.get(each[0])) for each in some]
    understood = [each and _understood(each) for each in loaded]
    return [_converted(each) if each and is_kept else each for each in understood]


def _load(
    files: ProjectFiles, name: str, ref: Ref | None, known: FileSummary | None
) -> _Loaded | None:
    here = ProjectFiles(files.root, known_folders=files.known_folders)
    raw = here.bytes_of(name)
    digest = b"" if raw is None else hashlib.sha256(raw).digest()
    if digest and known and known.digest == digest:
        return None
    text = here.text_of(name, raw) if raw is not None else None
    return _Loaded(name, ref, digest, text, tuple(here.diagnostics))


def _understood(loaded: _Loaded) -> ReadFile:
    name, ref, digest, text, diagnostics = loaded
    if text is None or ref is None:
        return ReadFile(digest, text, None, diagnostics, conversions_of(()))
    return ReadFile(digest, text, *read_note(ref, name, text), conversions_of(()))


def _converted(read: ReadFile) -> ReadFile:
    if read.record is None:
        return read
    texts = [markdown for _, markdown in prose(read.record.note)]
    return structs.replace(read, conversions=conversions_of(texts)) if texts else read


def read_note(ref: Ref, path: str, text: str) -> tuple[Record[Note] | None, tuple[Diagnostic, ...]]:
    """Return the note that a file's text holds, and what is wrong with it.

    Where something is, the note holds what could be used of the text; it is None if that is
    nothing.
    """
    body, body_at, first_line = "", None, 1
    yaml_text = text
    if ref.kind is Kind.PAGE:
        parts, diagnostics = split_front_matter(path, text)
        if diagnostics:
            return None, diagnostics
        yaml_text, first_line = parts.yaml_text, parts.yaml_first_line
        body, body_at = parts.body, Location(path, parts.body_first_line)
    locations = Locations(path, yaml_text, first_line)
    note, diagnostics, locations = _read_fields(ref.kind, yaml_text, locations)
    if isinstance(note, FrontMatter):
        fields = {each: getattr(note, each) for each in type(note).model_fields}
        note = compact(Page.model_construct(**fields, body=body))
    return Record(ref, note, locations, body_at) if note else None, diagnostics


def _read_fields(
    kind: Kind, yaml_text: str, locations: Locations
) -> tuple[Note | None, tuple[Diagnostic, ...], Locations]:
    sound = read_sound_yaml(yaml_text)
    if sound is not None and (quick := validate_sound(MODELS[kind], sound)):
        return compact(quick), (), locations
    data: dict[str, Data] = {}
    yaml_faults: tuple[Diagnostic, ...] = ()
    if yaml_text or kind is not Kind.PAGE:
        data, yaml_faults = read_yaml(locations.path, yaml_text, locations.first_line)
        if not is_whole(yaml_faults):
            return None, yaml_faults, locations
    note, faults, locations = validate_in_part(MODELS[kind], data, locations)
    at_tags = {each.at for each in yaml_faults}  # whose values are not what they would be without
    faults = tuple(each for each in faults if each.at not in at_tags)
    return note, (*yaml_faults, *faults), locations


def is_whole(faults: tuple[Diagnostic, ...]) -> bool:
    """Return whether YAML with these faults has all its values nevertheless."""
    return all(fault.rule in {"repeated-key", "yaml-tag"} for fault in faults)
