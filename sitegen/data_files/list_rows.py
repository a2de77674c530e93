"""The rows of lists that are filtered and sorted: what each note or disagreement has to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

from msgspec import msgpack

from sitegen.dates import FuzzyDate, words
from sitegen.kinds import Kind
from sitegen.ledger import Tables
from sitegen.model import Disagreement, Findings, Ref, Site
from sitegen.notes import ActorId, Claim, ClaimId, Event, EventId, PlaceId, SourceId
from sitegen.pages.disagreement_views import disagreement_urls
from sitegen.pages.splitting import letters
from sitegen.pages.weights import weigh_text
from sitegen.runs import Places, Run, runs_of

POINTED_AT: Final = (Kind.ACTOR, Kind.PLACE, Kind.QUESTION, Kind.SOURCE)
"""The kinds of notes to which rows refer by their ids; a shard has the names of these notes."""

KINDS: Final[Mapping[str, Kind]] = {
    "claims": Kind.CLAIM,
    "events": Kind.EVENT,
    "sources": Kind.SOURCE,
    "actors": Kind.ACTOR,
    "places": Kind.PLACE,
}
"""The lists of notes, each with the kind of its notes."""

_OWNERS: Final = (Kind.CLAIM, Kind.EVENT)

Facets: TypeAlias = tuple[tuple[str, ...], ...]
"""Ids of the actors, places, questions and sources that a note is connected with, each once."""

CONFLICTS: Final = "disagreements"
"""The name of the one list that is not of notes."""


class Row(NamedTuple):
    """A note or a disagreement in a list: the letters that file it, its address, its weight.

    `address` replaces `*` in the list's pattern of addresses: for a note that is its id.
    `content` is what a script shows of it, in MessagePack. It refers to other notes by their ids,
    for which the shard has positions of names.
    """

    filed: str
    address: str
    weight: int
    content: bytes


class Rows(NamedTuple):
    """The rows of all lists: those of notes by list and run, those of disagreements by id.

    `places` tells for each list in which run a note stands.
    """

    of_notes: Mapping[str, Mapping[Run, tuple[Row, ...]]]
    of_disagreements: Mapping[str, Row]
    places: Mapping[str, Places]

    def find(self, name: str, ids: Iterable[str]) -> Iterator[Row]:
        """Yield the rows of a list about the notes, or the disagreements, with these ids."""
        if name == CONFLICTS:
            yield from (self.of_disagreements[each] for each in ids)
            return
        own, runs = self.of_notes[name], self.places[name].of.get(KINDS[name], {})
        for each in ids:
            run = runs[each]
            yield own[run][run.ids.index(each)]


def make_rows(site: Site, findings: Findings, tables: Tables, processes: int = 1) -> Rows:
    """Return the rows of every list."""
    facts = _Facts(site, findings, tables)
    makers: Mapping[str, Callable[[Run], Iterable[Row]]] = {
        "claims": facts.claims,
        "events": facts.events,
        "sources": partial(_each, facts.source),
        "actors": partial(_each, facts.actor),
        "places": partial(_each, facts.place),
    }
    of_notes = {
        name: tables.table(
            f"rows of {name}", runs_of(site, [KINDS[name]]), partial(_some, make), processes
        )
        for name, make in makers.items()
    }
    tables.done_with(facts.of_runs, *of_notes.values())
    places = {name: Places(runs) for name, runs in of_notes.items()}
    return Rows(of_notes, _rows_of_disagreements(facts, tables), places)


def _rows_of_disagreements(facts: _Facts, tables: Tables) -> Mapping[str, Row]:
    found = facts.findings.disagreements
    urls = tables.together(
        "addresses in lists", lambda: disagreement_urls(facts.site, facts.findings)
    )
    return tables.table(
        f"rows of {CONFLICTS}", found, lambda each: facts.disagreement(found[each], urls[each])
    )


def _each(make: Callable[[str], Row], run: Run) -> Iterable[Row]:
    return map(make, run.ids)


def _some(make: Callable[[Run], Iterable[Row]], run: Run) -> tuple[Row, ...]:
    return tuple(make(run))


class _Facts:
    """Makes the rows of lists; what claims and events are connected with is worked out once."""

    def __init__(self, site: Site, findings: Findings, tables: Tables) -> None:
        """Take what the notes say and what follows from them."""
        self.site = site
        self.findings = findings
        self.asked = tables.index(
            "questions that claims belong to", site.claims_of_question, lambda claims: claims
        )
        owners = runs_of(site, _OWNERS)
        self.of_runs = tables.table("facets of claims and events", owners, self.facets_of_run)
        self.places = Places(self.of_runs)
        self.naming_runs = tables.index("who and where facets say", self.of_runs, _who_and_where)

    def facets_of_run(self, run: Run) -> tuple[Facets, ...]:
        """Return what the claims or events of a run are connected with."""
        return tuple(map(self.facets, run.refs()))

    def of(self, ref: Ref) -> Facets:
        """Return what a claim or an event is connected with, from the table."""
        run = self.places.of[ref.kind][ref.id]
        return self.of_runs[run][run.ids.index(ref.id)]

    def facets(self, ref: Ref) -> Facets:
        """Return what a claim or an event is connected with; an event has its claims' sources."""
        site, of_claims = self.site, self.findings.sources_of_claims
        said = [actor for each in site.citations[ref] for actor in each.evidence.said_by]
        if ref.kind is Kind.CLAIM:
            claim = site.claims[ClaimId(ref.id)].note
            asked = self.asked.get(ClaimId(ref.id), ())
            sources = of_claims[ClaimId(ref.id)]
            return _facets(claim, sources, (*claim.asserted_by, *said), asked)
        claims = site.claims_of_event[EventId(ref.id)]
        own = self.findings.sources_of_events[EventId(ref.id)]
        event = site.events[EventId(ref.id)].note
        return _facets(event, chain(own, *[of_claims[each] for each in claims]), said, ())

    def claims(self, run: Run) -> Iterable[Row]:
        """Return some claims."""
        return map(self.claim, run.ids, self.of_runs[run])

    def events(self, run: Run) -> Iterable[Row]:
        """Return some events."""
        return map(self.event, run.ids, self.of_runs[run])

    def claim(self, claim_id: str, facets: Facets) -> Row:
        """Return the row of a claim; its count is that of the origins that support it."""
        record = self.site.claims[ClaimId(claim_id)]
        note = record.note
        verdict = (note.assessment.verdict if note.assessment else None) or ""
        codes = (note.kind, str(self.findings.standing[ClaimId(claim_id)]), verdict)
        origins = sum(group.supports for group in self.findings.groups[ClaimId(claim_id)])
        return _row(claim_id, note.statement, note.date, codes=codes, facets=facets, count=origins)

    def event(self, event_id: str, facets: Facets) -> Row:
        """Return an event."""
        record = self.site.events[EventId(event_id)]
        note, claims = record.note, self.site.claims_of_event[EventId(event_id)]
        codes = (note.kind,)
        return _row(event_id, note.title, note.date, codes=codes, facets=facets, count=len(claims))

    def source(self, source_id: str) -> Row:
        """Return a source, with all that the notes which quote it have to do with."""
        note = self.site.sources[SourceId(source_id)].note
        citations = self.site.citations_of_source[SourceId(source_id)]
        owners = dict.fromkeys(each.owner for each in citations)
        codes = (note.kind or "", note.reliability or "")
        facets = _united(map(self.of, owners), but=Kind.SOURCE)
        count = sum([ref.kind is Kind.CLAIM for ref in owners])
        return _row(source_id, note.title, note.published, codes=codes, facets=facets, count=count)

    def actor(self, actor_id: str) -> Row:
        """Return an actor, with all that the notes which name it have to do with."""
        note = self.site.actors[ActorId(actor_id)].note
        return self._named(Ref(Kind.ACTOR, actor_id), note.name, note.kind)

    def place(self, place_id: str) -> Row:
        """Return a place, with all that the notes which name it have to do with."""
        note = self.site.places[PlaceId(place_id)].note
        return self._named(Ref(Kind.PLACE, place_id), note.name, note.country)

    def _named(self, ref: Ref, name: str, code: str | None) -> Row:
        at = POINTED_AT.index(ref.kind)
        naming: list[Facets] = []
        count = 0  # of claims
        for run in self.naming_runs.get(ref, ()):
            own = [facets for facets in self.of_runs[run] if ref.id in facets[at]]
            naming += own
            count += len(own) if run.kind is Kind.CLAIM else 0
        facets = _united(naming, but=ref.kind)
        return _row(ref.id, name or ref.id, None, codes=(code or "",), facets=facets, count=count)

    def disagreement(self, found: Disagreement, url: str) -> Row:
        """Return a disagreement, with all that its notes have to do with."""
        facets = _united(self.of(ref) for ref in found.notes if ref.kind in _OWNERS)
        codes = (str(found.kind),)
        date, count = self._date_of(found), len(found.notes)
        return _row(url, found.summary, date, codes=codes, facets=facets, count=count)

    def _date_of(self, found: Disagreement) -> FuzzyDate | None:
        dates = (self._date(ref) for ref in found.notes)
        return next((date for date in dates if date), None)

    def _date(self, ref: Ref) -> FuzzyDate | None:
        if ref.kind is Kind.CLAIM:
            return self.site.claims[ClaimId(ref.id)].note.date
        return self.site.events[EventId(ref.id)].note.date if ref.kind is Kind.EVENT else None


def _united(found: Iterable[Facets], but: Kind | None = None) -> Facets:
    """Return all that some notes are connected with, without the notes of one kind."""
    columns = zip(*found, strict=True)
    united = [tuple(dict.fromkeys(chain.from_iterable(each))) for each in columns]
    if not united:
        return ((),) * len(POINTED_AT)
    if but:
        united[POINTED_AT.index(but)] = ()
    return tuple(united)


def _facets(
    note: Claim | Event,
    sources: Iterable[SourceId],
    said: Iterable[ActorId],
    questions: Iterable[str],
) -> Facets:
    every: tuple[Iterable[str], ...] = (
        (*note.actors, *said),
        note.places,
        (*note.questions, *questions),
        sources,
    )
    return tuple([tuple(dict.fromkeys(ids)) for ids in every])


def _who_and_where(some: Iterable[Facets]) -> Iterator[Ref]:
    for actors, places, *_ in some:
        yield from (Ref(Kind.ACTOR, each) for each in actors)
        yield from (Ref(Kind.PLACE, each) for each in places)


def _row(
    address: str,
    title: str,
    date: FuzzyDate | None,
    *,
    codes: tuple[str, ...],
    facets: Facets,
    count: int,
) -> Row:
    """Return a row; `count` is what a list can be sorted by, besides name and date.

    For a claim it counts independent origins, for a disagreement its notes, for anything else
    claims. The weight includes a share of the names of the notes that the row refers to.
    """
    said = words(date) if date else ""
    weight = 60 + len(address) + 2 * weigh_text(title) + 24 * sum(map(len, facets))
    content = (address, title, said, *_days(date), codes, facets, count)
    return Row(letters(title), address, weight, msgpack.encode(content))


def _days(date: FuzzyDate | None) -> tuple[str, str]:
    """Return the first and the last day that a date allows; an open end is `0000` or `9999`."""
    if date is None:
        return "", ""
    first = date.earliest.isoformat() if date.earliest else "0000"
    return first, date.latest.isoformat() if date.latest else "9999"
