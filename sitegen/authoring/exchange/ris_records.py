"""Records of sources in RIS, both ways: a tag of two letters, two spaces, a hyphen, a value.

Read here and not by a library, so that every line is accounted for and faults have their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct, field

from sitegen.authoring.exchange.records import NEUTRAL, Record, kind_of
from sitegen.authoring.exchange.works import parts_of_date, said_name
from sitegen.authoring.refusals import Refused
from sitegen.authoring.source_notes import clean
from sitegen.dates import FuzzyDate
from sitegen.diagnostics import Diagnostic, Location, error
from sitegen.notes import Source
from sitegen.yaml_nodes import Data

_LINE: Final = re.compile(r"([A-Z][A-Z0-9])  -(?: ?(.*))?")
_SLASHED: Final = re.compile(r"(\d{4})(?:/(\d{1,2})?(?:/(\d{1,2})?(?:/.*)?)?)?")
_TYPES: Final = {"news": "NEWS", "academic": "JOUR", "blog": "BLOG", "official": "GOVDOC"}
_FIRST_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("TI", "T1"),
    "publisher": ("T2", "JO", "JF", "PB", "JA"),
    "url": ("UR", "L2"),
    "published": ("DA", "PY", "Y1"),
    "collected": ("Y2",),
    "language": ("LA",),
    "key": ("ID",),
    "notes": ("N1",),
}
_ALL_OF: Final[Mapping[str, tuple[str, ...]]] = {"authors": ("AU", "A1"), "tags": ("KW",)}


class _Raw(Struct):
    """A record as it stands there: its first line, and its values by tag."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)


def records_of_ris(path: str, text: str) -> tuple[tuple[Record, ...], tuple[Diagnostic, ...]]:
    """Return the records in RIS, and what of the file is in none; refuse what has no record."""
    faults: list[Diagnostic] = []
    found = list(_raw_records(path, text.removeprefix("\ufeff"), faults))
    if not found:
        help_ = "a record begins with a line `TY  - ` and ends with a line `ER  - `"
        raise Refused(f"{path} holds no record of RIS", help_)
    return tuple(_record(number, each) for number, each in enumerate(found, start=1)), tuple(faults)


def ris_of(notes: Mapping[str, Source]) -> str:
    """Return sources by id as records of RIS."""
    return "".join(f"{line}\n" for each in notes.items() for line in _lines(*each))


def _lines(source_id: str, note: Source) -> Iterator[str]:
    place = "T2" if note.kind == "academic" else "PB"
    values = [
        ("TY", _TYPES.get(note.kind or "", "ELEC")),
        ("ID", source_id),
        ("TI", note.title),
        *(("AU", f"{name}," if "," in name else name) for name in note.authors),
        (place, note.publisher or ""),
        ("DA", _slashed(note.published)),
        ("UR", note.url or note.archived_url or ""),
        ("Y2", _slashed(note.collected)),
        ("LA", note.language or ""),
        *(("KW", tag) for tag in note.tags),
        ("N1", note.notes or ""),
    ]
    for tag, value in values:
        if value:
            yield f"{tag}  - {' '.join(value.split())}"
    yield "ER  - "


def _slashed(date: FuzzyDate | None) -> str:
    """Return a date as RIS has it; one that is in doubt, or a range, as EDTF."""
    parts = parts_of_date(date) if date else []
    if not parts:
        return date.text if date else ""
    return "/".join(
        [f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:]), *[""] * (3 - len(parts))]
    )


def _raw_records(path: str, text: str, faults: list[Diagnostic]) -> Iterator[_Raw]:
    """Yield the records; a line that belongs to none is a fault."""
    current: _Raw | None = None
    values: list[str] | None = None
    for line, written in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        found = _LINE.fullmatch(written.rstrip())
        tag, value = (found[1], (found[2] or "").strip()) if found else ("", written.strip())
        if tag == "TY":
            if current:
                faults.append(_fault(path, current.line, "this record has no line `ER  - `"))
            current, values = _Raw(line, {"TY": [value]}), None
        elif current is None:
            if value:
                faults.append(_fault(path, line, "this line is in no record"))
        elif tag == "ER":
            yield current
            current = None
        elif tag:
            values = current.values.setdefault(tag, [])
            values.append(value)
        elif value and values:
            values[-1] = f"{values[-1]} {value}"
        elif value:
            faults.append(_fault(path, line, "this line has no tag"))
    if current:
        faults.append(_fault(path, current.line, "this record has no line `ER  - `"))


def _fault(path: str, line: int, message: str) -> Diagnostic:
    help_ = "a record begins with `TY  - `, ends with `ER  - `, and has a tag before each value"
    return error("ris-syntax", Location(path, line), message, help_)


def _record(number: int, raw: _Raw) -> Record:
    values = {
        tag: [clean(each) for each in found if clean(each)] for tag, found in raw.values.items()
    }
    first: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for name, tags in _FIRST_OF.items():
        found = [(tag, each) for tag in tags for each in values.pop(tag, [])]
        first[name] = found[0][1] if found else ""
        for tag, each in found[1:]:
            if each != first[name] and not _is_year_of(name, each, first[name]):
                unknown[tag] = "; ".join(filter(None, [unknown.get(tag, ""), each]))
    every = {
        name: [each for tag in tags for each in values.pop(tag, [])]
        for name, tags in _ALL_OF.items()
    }
    type_ = next(iter(values.pop("TY", [])), "")
    doi = next(iter(values.pop("DO", [])), "")
    if doi and first["url"]:
        unknown["DO"] = doi
    if type_ and type_ not in NEUTRAL and not kind_of(type_):
        unknown["TY"] = type_
    unknown |= {tag: "; ".join(found) for tag, found in values.items() if found}
    known: dict[str, Data] = {
        **{name: value for name, value in first.items() if name != "key"},
        "url": first["url"] or (f"https://doi.org/{doi}" if doi else ""),
        "published": _date(first["published"]),
        "collected": _date(first["collected"]),
        "kind": kind_of(type_),
        "authors": [name for each in every["authors"] if (name := said_name(each))],
        "tags": list(every["tags"]),
    }
    return Record(number, first["key"], known, unknown, raw.line)


def _is_year_of(name: str, value: str, date: str) -> bool:
    """Tell whether a second date is but the year of the first."""
    return name == "published" and date.startswith(value.rstrip("/"))


def _date(written: str) -> str:
    """Return a date as EDTF, or else as it is written."""
    found = _SLASHED.fullmatch(written)
    if not found:
        return written
    return "-".join(part.zfill(2) for part in found.groups() if part)
