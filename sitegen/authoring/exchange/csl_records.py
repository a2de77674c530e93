"""Records of sources in CSL-JSON (Citation Style Language 1.0.2), both ways."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from sitegen.authoring.exchange.json_files import Json, field, many, words_of
from sitegen.authoring.exchange.records import NEUTRAL, Record, kind_of
from sitegen.authoring.exchange.works import parts_of_date, work_of
from sitegen.authoring.refusals import Refused
from sitegen.authoring.source_notes import clean
from sitegen.dates import FuzzyDate
from sitegen.notes import Source
from sitegen.pages.citing import as_csl
from sitegen.yaml_nodes import Data

_SEASONS: Final = {"1": "21", "2": "22", "3": "23", "4": "24", "spring": "21", "summer": "22",
                   "autumn": "23", "fall": "23", "winter": "24"}  # fmt: skip
_READ: Final = frozenset(
    {"id", "type", "title", "author", "container-title", "publisher", "URL", "issued", "accessed",
     "language", "keyword", "note", "DOI", "citation-key"}
)  # fmt: skip


def records_of_csl(path: str, data: Json) -> tuple[Record, ...]:
    """Return the records in CSL-JSON; refuse what holds none."""
    items = field(data, "items") or data
    found = [each for each in many(items) if isinstance(each, dict)]
    if not found or len(found) != len(many(items)):
        raise Refused(
            f"{path} is no CSL-JSON", "it is a list of records, each with `title` and `type`"
        )
    return tuple(_record(number, each) for number, each in enumerate(found, start=1))


def csl_of(notes: Mapping[str, Source]) -> str:
    """Return sources by id as CSL-JSON: a list of items."""
    return f"{json.dumps([_item(*each) for each in notes.items()], ensure_ascii=False, indent=2)}\n"


def _item(source_id: str, note: Source) -> Json:
    item = json.loads(as_csl(work_of(source_id, note)))[0]
    dates = {"issued": note.published, "accessed": note.collected}
    item |= {name: _csl_date(date) for name, date in dates.items() if date}
    more = {"language": note.language, "keyword": ", ".join(note.tags), "note": note.notes}
    return {**item, **{name: value for name, value in more.items() if value}}


def _csl_date(date: FuzzyDate) -> Json:
    parts = parts_of_date(date)
    return {"date-parts": [parts]} if parts else {"raw": date.text}


def _record(number: int, item: Json) -> Record:
    container, publisher = (
        clean(words_of(item.get(each))) for each in ("container-title", "publisher")
    )
    doi, url, type_ = (words_of(item.get(each)) for each in ("DOI", "URL", "type"))
    unknown = {
        name: words_of(value) or json.dumps(value, ensure_ascii=True)
        for name, value in item.items()
        if name not in _READ and value not in (None, "", [], {})
    }
    if container and publisher and container != publisher:
        unknown["publisher"] = publisher
    if doi and url:
        unknown["DOI"] = doi
    if type_ and type_ not in NEUTRAL and not kind_of(type_):
        unknown["type"] = type_
    known: dict[str, Data] = {
        "title": clean(words_of(item.get("title"))),
        "publisher": container or publisher,
        "authors": [name for each in many(item.get("author")) if (name := _name(each))],
        "url": url or (f"https://doi.org/{doi}" if doi else ""),
        "published": _date(item.get("issued")),
        "collected": _date(item.get("accessed")),
        "language": words_of(item.get("language")),
        "kind": kind_of(type_),
        "tags": [tag for each in words_of(item.get("keyword")).split(",") if (tag := clean(each))],
        "notes": clean(words_of(item.get("note"))),
    }
    key = words_of(item.get("citation-key")) or words_of(item.get("id"))
    return Record(number, key, known, unknown)


def _name(name: Json) -> str:
    """Return a name as it is said."""
    if literal := words_of(field(name, "literal")):
        return clean(literal)
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return clean(" ".join(filter(None, (words_of(field(name, each)) for each in order))))


def _date(date: Json) -> str:
    """Return a date as EDTF, or else as the words that it is given in."""
    parts = ["-".join(_numbers(each)) for each in many(field(date, "date-parts"))]
    stated = [each for each in parts if each]
    if not stated:
        return words_of(field(date, "raw")) or words_of(field(date, "literal")) or words_of(date)
    season = _SEASONS.get(words_of(field(date, "season")).lower(), "")
    if season and len(stated) == 1 and "-" not in stated[0]:
        stated = [f"{stated[0]}-{season}"]
    about = "~" if field(date, "circa") else ""
    return "/".join(f"{each}{about}" for each in stated[:2])


def _numbers(parts: Json) -> Iterator[str]:
    """Yield year, month and day as EDTF writes them."""
    for place, part in enumerate(many(parts)[:3]):
        words = words_of(part)
        if not words:
            return
        yield words.zfill(4 if place == 0 else 2)
