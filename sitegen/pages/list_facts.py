"""What lists are filtered and sorted by, as scripts that pages load on first use.

Each list has a table of contents, `data/lists/claims.js`, and shards that are cut by the same keys
as its pages, `data/lists/claims-a.js`: so a note that changes, changes one of them. A shard knows
the names of all that its rows point to and needs no other file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final, TypeAlias

from sitegen.dates import FuzzyDate, words
from sitegen.ledger import Tables
from sitegen.model import Citation, Disagreement, Findings, Kind, Record, Ref, Site
from sitegen.notes import Claim, ClaimId, Event, EventId, Note
from sitegen.pages.disagreement_views import disagreement_urls
from sitegen.pages.splitting import letters, split
from sitegen.pages.weights import weigh_text
from sitegen.references import display_name
from sitegen.script_data import shown_json
from sitegen.urls import note_url
from sitegen.views import OutputFile

FOLDER: Final = "data/lists"
LARGEST_SHARD: Final = 240_000
"""Estimated bytes of one shard, names of what its rows point to included."""

POINTED_AT: Final = (Kind.ACTOR, Kind.PLACE, Kind.QUESTION, Kind.SOURCE)

_CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "claims": ("kind", "standing", "verdict"),
    "events": ("kind",),
    "sources": ("kind", "grade"),
    "actors": ("kind",),
    "places": ("country",),
    "disagreements": ("kind",),
}

Facets: TypeAlias = dict[Kind, dict[str, None]]
"""The ids of the actors, places, questions and sources that a note has to do with, each once."""
_AFRESH: Final = Tables()


@dataclass(frozen=True, slots=True)
class Row:
    """A note of a list: its address, what it is called, when it was, what it is filtered by.

    `id` stands for `*` in the list's pattern of addresses. `count` is what a list is sorted by
    beside name and date: independent origins of a claim, claims of all else.
    """

    id: str
    title: str
    date: FuzzyDate | None
    codes: tuple[str, ...]
    facets: Facets
    count: int


@dataclass(slots=True)
class _Names:
    """The notes of a kind that the rows of one shard point to, and their places in its table."""

    records: Mapping[str, Record[Note]]
    place: dict[str, int] = field(default_factory=dict)
    table: list[list[str]] = field(default_factory=list)

    def at(self, note_id: str) -> int:
        at = self.place.get(note_id)
        if at is None:
            at = self.place[note_id] = len(self.table)
            record = self.records.get(note_id)
            self.table.append([note_id, display_name(record) if record else note_id])
        return at


def list_facts(
    site: Site,
    findings: Findings,
    tables: Tables = _AFRESH,  # noqa: ARG001
    processes: int = 1,  # noqa: ARG001
) -> Iterator[OutputFile]:
    """Yield the facts of every list: its contents, then its shards."""
    lists = Facts(site, findings)
    rows: tuple[tuple[str, str, Iterable[Row]], ...] = (
        ("claims", note_url(Kind.CLAIM, "*"), lists.claims()),
        ("events", note_url(Kind.EVENT, "*"), lists.events()),
        ("sources", note_url(Kind.SOURCE, "*"), lists.sources()),
        ("actors", note_url(Kind.ACTOR, "*"), lists.naming(Kind.ACTOR)),
        ("places", note_url(Kind.PLACE, "*"), lists.naming(Kind.PLACE)),
        ("disagreements", "*", lists.disagreements()),
    )
    for name, pattern, own in rows:
        filed = [(letters(row.title), row) for row in own]
        filed.sort(key=lambda each: (each[0], each[1].id))
        parts = split(filed, itemgetter(0), lambda each: _weigh(each[1]), limit=LARGEST_SHARD)
        contents = {
            "pattern": pattern,
            "codes": _CODES[name],
            "shards": [part.slug for part in parts],
            "count": len(filed),
        }
        yield _script(name, contents)
        for part in parts:
            yield _script(f"{name}-{part.slug}", _shard(site, (row for _, row in part.items)))


class Facts:
    """Gathers the rows of lists; what claims and events have to do with is worked out once."""

    def __init__(self, site: Site, findings: Findings) -> None:
        """Take what the notes say and what follows from them."""
        self.site = site
        self.findings = findings
        asked: dict[ClaimId, list[str]] = {}
        for question_id, claims in site.claims_of_question.items():
            for claim_id in claims:
                asked.setdefault(claim_id, []).append(question_id)
        self.of: dict[Ref, Facets] = {
            record.ref: self._facets(record.note, record.ref, asked.get(claim_id, ()))
            for claim_id, record in site.claims.items()
        }
        for event_id, event in site.events.items():
            own = self._facets(event.note, event.ref, event.note.questions)
            for claim in site.claims_of_event[event_id]:
                own[Kind.SOURCE].update(self.of[Ref(Kind.CLAIM, claim)][Kind.SOURCE])
            self.of[event.ref] = own

    def _facets(self, note: Claim | Event, ref: Ref, questions: Iterable[str]) -> Facets:
        citations = self.site.citations[ref]
        asserting = note.asserted_by if isinstance(note, Claim) else ()
        said = (actor for each in citations for actor in each.evidence.said_by)
        return {
            Kind.ACTOR: dict.fromkeys((*note.actors, *asserting, *said)),
            Kind.PLACE: dict.fromkeys(note.places),
            Kind.QUESTION: dict.fromkeys((*note.questions, *questions)),
            Kind.SOURCE: dict.fromkeys(each.source for each in citations),
        }

    def claims(self) -> Iterator[Row]:
        """Yield all claims; they are counted by independent origins."""
        for claim_id, record in self.site.claims.items():
            note = record.note
            verdict = (note.assessment.verdict if note.assessment else None) or ""
            codes = (note.kind, str(self.findings.standing[claim_id]), verdict)
            origins = sum(group.supports for group in self.findings.groups[claim_id])
            yield Row(claim_id, note.statement, note.date, codes, self.of[record.ref], origins)

    def events(self) -> Iterator[Row]:
        """Yield all events."""
        for event_id, record in self.site.events.items():
            note, claims = record.note, self.site.claims_of_event[event_id]
            yield Row(
                event_id, note.title, note.date, (note.kind,), self.of[record.ref], len(claims)
            )

    def sources(self) -> Iterator[Row]:
        """Yield all sources, with all that the notes which quote them have to do with."""
        for source_id, record in self.site.sources.items():
            citations: Sequence[Citation] = self.site.citations_of_source[source_id]
            owners = dict.fromkeys(each.owner for each in citations)
            facets = self._united(owners) | {Kind.SOURCE: {}}
            note = record.note
            claims = sum(owner.kind is Kind.CLAIM for owner in owners)
            codes = (note.kind or "", note.reliability or "")
            yield Row(source_id, note.title, note.published, codes, facets, claims)

    def naming(self, kind: Kind) -> Iterator[Row]:
        """Yield all actors or places, with all that the notes which name them have to do with."""
        named: dict[str, list[Ref]] = {}
        for ref, facets in self.of.items():
            for note_id in facets[kind]:
                named.setdefault(note_id, []).append(ref)
        for note_id, record in self.site.records(kind).items():
            refs = named.get(note_id, [])
            facets = self._united(refs) | {kind: {}}
            code = getattr(record.note, "kind" if kind is Kind.ACTOR else "country") or ""
            claims = sum(ref.kind is Kind.CLAIM for ref in refs)
            yield Row(note_id, display_name(record), None, (code,), facets, claims)

    def disagreements(self) -> Iterator[Row]:
        """Yield all disagreements, with all that their notes have to do with."""
        urls = disagreement_urls(self.site, self.findings)
        for found in self.findings.disagreements:
            facets = self._united(ref for ref in found.notes if ref in self.of)
            date = self._date_of(found)
            codes = (str(found.kind),)
            yield Row(urls[found.id], found.summary, date, codes, facets, len(found.notes))

    def _date_of(self, found: Disagreement) -> FuzzyDate | None:
        dates = (self._date(ref) for ref in found.notes)
        return next((date for date in dates if date), None)

    def _date(self, ref: Ref) -> FuzzyDate | None:
        if ref.kind is Kind.CLAIM:
            return self.site.claims[ClaimId(ref.id)].note.date
        return self.site.events[EventId(ref.id)].note.date if ref.kind is Kind.EVENT else None

    def _united(self, refs: Iterable[Ref]) -> Facets:
        united: Facets = {kind: {} for kind in POINTED_AT}
        for ref in refs:
            for kind, ids in self.of[ref].items():
                united[kind].update(ids)
        return united


def _weigh(row: Row) -> int:
    """Return what a row weighs, and its share of the names of what it points to."""
    pointed = sum(len(ids) for ids in row.facets.values())
    return 60 + len(row.id) + 2 * weigh_text(row.title) + 24 * pointed


def _shard(site: Site, rows: Iterable[Row]) -> Mapping[str, object]:
    names = {kind: _Names(site.records(kind)) for kind in POINTED_AT}
    written = [_row(row, names) for row in rows]
    return {"names": {str(kind): found.table for kind, found in names.items()}, "rows": written}


def _row(row: Row, names: Mapping[Kind, _Names]) -> list[object]:
    first, last = _days(row.date)
    pointed = [[names[kind].at(each) for each in row.facets[kind]] for kind in POINTED_AT]
    said = words(row.date) if row.date else ""
    return [row.id, row.title, said, first, last, row.codes, *pointed, row.count]


def _days(date: FuzzyDate | None) -> tuple[str, str]:
    """Return the first and the last day that a date allows; open ends reach beyond all days."""
    if date is None:
        return "", ""
    first = date.earliest.isoformat() if date.earliest else "0000"
    return first, date.latest.isoformat() if date.latest else "9999"


def _script(name: str, value: object) -> OutputFile:
    content = b'sitegen.data("list-%b", %b);\n' % (name.encode(), shown_json(value))
    return OutputFile(f"{FOLDER}/{name}.js", content)
