"""A file of another program, told apart by its name and contents, and taken into a project."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from msgspec import Struct

from sitegen.authoring.exchange.annotated_claims import Taken, take_annotations
from sitegen.authoring.exchange.bibtex_records import records_of_bibtex
from sitegen.authoring.exchange.csl_records import records_of_csl
from sitegen.authoring.exchange.json_files import Json, read_json
from sitegen.authoring.exchange.new_notes import Outcome, write_notes
from sitegen.authoring.exchange.note_tables import notes_of_table
from sitegen.authoring.exchange.records import Left, Record, take_records
from sitegen.authoring.exchange.ris_records import records_of_ris
from sitegen.authoring.exchange.web_annotations import annotations_of, is_annotations
from sitegen.authoring.intake.decoding import Format, decode
from sitegen.authoring.intake.incoming import take_file
from sitegen.authoring.note_files import printable, require_project
from sitegen.authoring.refusals import Refused
from sitegen.diagnostics import Diagnostic
from sitegen.kinds import Kind

LARGEST: Final = 100_000_000


class Exchange(StrEnum):
    """The formats that material may come and go in."""

    CSV = "csv"
    ANNOTATIONS = "annotations"
    CSL_JSON = "csl-json"
    BIBTEX = "bibtex"
    RIS = "ris"


_ENDINGS: Final = {
    ".csv": Exchange.CSV,
    ".tsv": Exchange.CSV,
    ".bib": Exchange.BIBTEX,
    ".bibtex": Exchange.BIBTEX,
    ".ris": Exchange.RIS,
}


class Imported(Struct, frozen=True):
    """What became of a file: of its notes, its annotations, or its records.

    `elsewhere` names what the file says is in another place and so could not be taken.
    """

    notes: Outcome | None = None
    annotations: Taken | None = None
    records: tuple[Left, ...] = ()
    elsewhere: tuple[str, ...] = ()


class Wishes(Struct, frozen=True):
    """What the author asks for; empty is what the file itself tells."""

    format: Exchange | None = None
    kind: Kind | None = None
    into: str | None = None
    skip_existing: bool = False
    encoding: str = ""


def import_file(project: Path, origin: str, wishes: Wishes) -> Imported:
    """Take a file into a project, `-` for standard input; refuse, and write nothing, at a fault."""
    require_project(project)
    name, text = _read(project, origin, wishes.encoding)
    form = wishes.format or _ENDINGS.get(Path(origin).suffix.lower())
    data: Json = None
    if form in {None, Exchange.ANNOTATIONS, Exchange.CSL_JSON}:
        if form is None and text.lstrip()[:1] not in {"{", "["}:
            formats = ", ".join(Exchange)
            raise Refused(f"{name}: what format is this?", f"say it: --format, one of {formats}")
        data = read_json(name, text)
        form = form or (Exchange.ANNOTATIONS if is_annotations(data) else Exchange.CSL_JSON)
    _check_wishes(form, wishes)
    if form is Exchange.ANNOTATIONS:
        annotations, elsewhere = annotations_of(name, data)
        taken = take_annotations(project, annotations, wishes.into)
        return Imported(annotations=taken, elsewhere=elsewhere)
    skip = wishes.skip_existing
    if form is Exchange.CSV:
        notes, wrong = notes_of_table(_kind(origin, wishes.kind), name, text)
        return Imported(notes=write_notes(project, notes, wrong, skip_existing=skip))
    records, faults = _records(form, name, text, data)
    outcome, left = take_records(project, name, records, faults, skip_existing=wishes.skip_existing)
    return Imported(notes=outcome, records=left)


def _records(
    form: Exchange | None, name: str, text: str, data: Json
) -> tuple[Sequence[Record], Sequence[Diagnostic]]:
    if form is Exchange.BIBTEX:
        return records_of_bibtex(name, text)
    if form is Exchange.RIS:
        return records_of_ris(name, text)
    return records_of_csl(name, data), ()


def _read(project: Path, origin: str, encoding: str) -> tuple[str, str]:
    """Return a file's name in messages and its text."""
    if origin == "-":
        raw, name = sys.stdin.buffer.read(LARGEST + 1), "standard input"
        if len(raw) > LARGEST:
            raise Refused("standard input gives more than 100 MB")
    else:
        name = printable(origin)
        raw = take_file(project, Path(origin), LARGEST).raw
    try:
        return name, decode(raw, Format.TEXT, forced=encoding).text
    except Refused as refusal:
        help_ = "" if encoding else "export it again, as UTF-8; or say what it is in: --encoding"
        raise Refused(f"{name}: {refusal.message}", help_ or refusal.help) from refusal


def _kind(origin: str, kind: Kind | None) -> Kind:
    """Return the kind of a table's notes: what was said, else what the file is named for."""
    if kind is not None:
        return kind
    stem = Path(origin).stem.lower()
    for each in Kind:
        if stem in {each, f"{each}s"}:
            return each
    what = f"what kind of notes are in {printable(origin)}?"
    raise Refused(what, f"say it: --kind, one of {', '.join(Kind)}", is_wrong_use=True)


def _check_wishes(form: Exchange | None, wishes: Wishes) -> None:
    """Refuse what makes no sense for a format, before anything is done."""
    if wishes.into is not None and form is not Exchange.ANNOTATIONS:
        raise Refused("--into is for annotations alone", is_wrong_use=True)
    if wishes.kind is not None and form is not Exchange.CSV:
        raise Refused("--kind is for tables (CSV) alone", is_wrong_use=True)
