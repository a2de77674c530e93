"""The site's facts as data: `data/briefing.json`, its JSON Schema, and a file for GitHub Pages.

Fields are named as in the content model, section "The dataset"; derived facts stand beside what the
authors wrote. A note's `url` is its page, so the address of a source's article is its `live_url`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

import msgspec
from msgspec import Struct
from pydantic import BaseModel

from sitegen.data_files.dataset_schema import (
    FORMAT,
    LISTS,
    MOST_SOURCES,
    PRIVATE,
    VERSION,
    kept_schema,
)
from sitegen.findings.silence import silent_ids
from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Citation, Findings, Record, Ref, Site
from sitegen.notes import ClaimId, EventId, Note, SourceId
from sitegen.pages.disagreement_views import disagreement_urls
from sitegen.runs import Run, runs_of
from sitegen.urls import note_url
from sitegen.views import FileMaker, LongFile, file_maker

DATASET: Final = "data/briefing.json"
DATASET_SCHEMA: Final = "data/briefing.schema.json"

_ENCODER: Final = msgspec.json.Encoder()
_BETWEEN: Final = b",\n"  # two lines
_CHUNK: Final = 1 << 20  # bytes
LINES: Final = "lines of the dataset"
"""The name of a table all of whose entries are read whenever any note has changed."""


def export(
    site: Site, findings: Findings, tables: Tables = NOTHING_KEPT, processes: int = 1
) -> tuple[FileMaker, ...]:
    """Return the makers of the dataset, its schema, and the file that keeps Jekyll from running.

    The lines of the dataset are made here; files are put together when they are asked for.
    """
    lines = _lines(site, findings, tables, processes)
    return (
        FileMaker(lambda: (_dataset(site, lines),), DATASET),
        file_maker(DATASET_SCHEMA, kept_schema),
        file_maker(".nojekyll", bytes),
    )


class _Lines(Struct, frozen=True):
    """The lines of all notes by run, and those of all disagreements under the key `DATASET`."""

    notes: Mapping[Run, bytes]
    disagreements: Mapping[str, tuple[bytes, ...]]


def _lines(site: Site, findings: Findings, tables: Tables, processes: int) -> _Lines:
    def line(ref: Ref) -> bytes:
        return _json(_note(site, findings, site.records(ref.kind)[ref.id]))

    def some(run: Run) -> bytes:
        return _BETWEEN.join(map(line, run.refs()))

    def disagreements(_: str) -> tuple[bytes, ...]:
        return tuple(map(_json, _disagreements(site, findings)))

    notes = tables.table(LINES, runs_of(site, LISTS), some, processes)
    tables.done_with(notes)
    found = tables.table("disagreements of the dataset", [DATASET], disagreements)
    return _Lines(notes, found)


def _dataset(site: Site, lines: _Lines) -> LongFile:
    return LongFile(DATASET, [*_in_chunks(_in_lines(_parts(site, lines)))])


def _parts(site: Site, lines: _Lines) -> Iterator[tuple[str, bytes | Iterable[bytes]]]:
    """Yield the parts of the dataset as JSON, lists line by line."""
    yield "format", _json(FORMAT)
    yield "version", _json(VERSION)
    yield "site", _json(_written(site.settings))
    # The lines of all notes take a lot of memory: they are taken up run by run.
    of_kinds = groupby(lines.notes.items(), key=lambda each: each[0].kind)
    kind_of_next, following = next(of_kinds, (None, iter(())))
    for kind in LISTS:  # which the lines follow
        if kind is kind_of_next:
            yield kind.plural, (own for _, own in following)
            kind_of_next, following = next(of_kinds, (None, iter(())))
        else:
            yield kind.plural, ()
    yield "disagreements", lines.disagreements[DATASET]


def _in_lines(parts: Iterable[tuple[str, bytes | Iterable[bytes]]]) -> Iterator[bytes]:
    """Yield an object as JSON with a line for each note, so that two versions can be compared.

    `parts` are names and values; a value that is a list comes as an iterable of one or more lines.
    """
    sign = b"{\n"
    for name, value in parts:
        yield from (sign, _json(name), b": ")
        sign = _BETWEEN
        if isinstance(value, bytes):
            yield value
            continue
        before = b"[\n"
        for row in value:
            yield from (before, row)
            before = _BETWEEN
        yield b"\n]" if before is _BETWEEN else b"[]"
    yield b"\n}\n"


def _in_chunks(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in few large parts: many small ones would leave memory fragmented."""
    some: list[bytes] = []
    size = 0
    for part in parts:
        some.append(part)
        size += len(part)
        if size >= _CHUNK:
            yield b"".join(some)
            some, size = [], 0
    yield b"".join(some)


def _json(value: object) -> bytes:
    # On one line, with spaces that make it easier to read.
    return msgspec.json.format(_ENCODER.encode(value), indent=0)


def _disagreements(site: Site, findings: Findings) -> Iterator[dict[str, Any]]:
    urls = disagreement_urls(site, findings)
    for each in findings.disagreements.values():
        yield {
            "id": each.id,
            "kind": str(each.kind),
            "notes": [{"kind": str(ref.kind), "id": ref.id} for ref in each.notes],
            "summary": each.summary,
            "url": urls[each.id],
        }


def _note(site: Site, findings: Findings, record: Record[Note]) -> dict[str, Any]:
    ref = record.ref
    written = _written(record.note)
    for name in ("evidence", "rival_dates"):
        if entries := written.get(name):
            is_rival = name != "evidence"
            own = [each for each in site.citations[ref] if bool(each.rival_date) is is_rival]
            written[name] = [
                _located(entry, citation) for entry, citation in zip(entries, own, strict=True)
            ]
    if live_url := written.pop("url", None):  # `url` is every note's own page
        written["live_url"] = live_url
    return {
        "id": ref.id,
        "url": note_url(ref.kind, ref.id),
        **written,
        **_derived(site, findings, ref),
        "backlinks": [
            {"kind": kind, "id": note_id}
            for kind, note_id in dict.fromkeys([link.origin for link in findings.backlinks[ref]])
        ],
    }


def _written(note: BaseModel) -> dict[str, Any]:
    """Return what an author wrote: `3.0` as `3`, and without fields that are empty."""
    values = note.model_dump(mode="json", by_alias=True, exclude_none=True, exclude=PRIVATE)
    return {
        name: value if type(value) is str else _plain(value)
        for name, value in values.items()
        if value or value not in ([], "")
    }


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is list:  # of texts alone, or of none
        return value if not value or type(value[0]) is str else [*map(_plain, value)]
    if kind is dict:
        # Evidence with an empty list of origins says that it has none, whatever its source has.
        return {
            name: each if type(each) is str else _plain(each)
            for name, each in value.items()
            if each or each != [] or name == "origins"
        }
    return int(value) if kind is float and value.is_integer() else value


def _located(entry: Mapping[str, Any], citation: Citation) -> dict[str, Any]:
    """Return a piece of evidence with the text's own words and their place in it."""
    excerpt = citation.excerpt
    place: dict[str, Any] = {"state": str(excerpt.state), "stance": citation.evidence.stance}
    if excerpt.segments:
        place |= {"start": excerpt.segments[0].start, "end": excerpt.segments[-1].end}
    if len(excerpt.segments) > 1:
        place["segments"] = [{"start": start, "end": end} for start, end in excerpt.segments]
    return {**entry, "quote": excerpt.words, **place}


def _derived(site: Site, findings: Findings, ref: Ref) -> dict[str, Any]:
    match ref.kind:
        case Kind.CLAIM:
            claim_id = ClaimId(ref.id)
            groups, silent = findings.groups[claim_id], findings.silence[claim_id]
            return {
                "standing": str(findings.standing[claim_id]),
                "independent_groups": [group.sources for group in groups],
                "silent_sources": silent_ids(findings, claim_id, MOST_SOURCES),
                "silent_sources_count": silent.able + silent.too_early,
            }
        case Kind.SOURCE:
            return _derived_of_source(site, findings, SourceId(ref.id))
        case Kind.EVENT:
            return {
                "claims": site.claims_of_event[EventId(ref.id)],
                **_covered(findings, ref),
            }
        case Kind.QUESTION:
            return _covered(findings, ref)
        case _:
            return {}


def _covered(findings: Findings, ref: Ref) -> dict[str, Any]:
    ids = findings.covering[ref].ids
    return {"covering_sources": ids[:MOST_SOURCES], "covering_sources_count": len(ids)}


def _derived_of_source(site: Site, findings: Findings, source_id: SourceId) -> dict[str, Any]:
    note = site.sources[source_id].note
    seed = site.seeds.get(source_id)
    coverage = findings.coverage.get(source_id)
    facts: dict[str, Any] = {
        "language": note.language or site.settings.language,
        "rights": site.rights_of(source_id),
        "sha256": seed.sha256 if seed else note.sha256,
    }
    if coverage:
        facts["coverage"] = {
            "sentences": len(coverage.sentences),
            "quoted": sum(each.use == "quoted" for each in coverage.sentences),
            "ignored": sum(each.use == "ignored" for each in coverage.sentences),
        }
    return facts
