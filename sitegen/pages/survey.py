"""What pages about the whole site say of all notes: counts, the first few, the widest.

Everything here is put together from bundles of notes, so that a note costs no more than a look at
its neighbours where nothing of this has changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from heapq import nsmallest
from itertools import chain
from typing import Any, Final, NamedTuple, TypeVar

from msgspec import Struct

from sitegen.dates import sort_key
from sitegen.ledger import Tables, Whole
from sitegen.model import Kind, Ref
from sitegen.notes import ActorId, ClaimId, EventId, MeasureId, QuestionId, SourceId
from sitegen.pages.bundles import by_bundle
from sitegen.pages.cards import Cards
from sitegen.pages.lists import page_order
from sitegen.pages.tour import Way, best_way, way_of_claim, ways_of_question
from sitegen.pages.unknowns import Admissions, Unknowns, admissions_of, unknowns_of
from sitegen.views import ClaimCard, SourcesInBrief

MOST_JUDGED: Final = 8
"""Judged claims that are known by how widely they are evidenced."""

MOST_CHANGES: Final = 5
"""Changes of judgements that are known, the latest first."""

MOST_SOURCES: Final = 8
"""Sources that are known by how often they are quoted."""

_AFRESH: Final = Tables()
T = TypeVar("T", bound=str)


class ChangeAt(NamedTuple):
    """A step in the history of a claim: what puts it in its place among all, and which it is."""

    order: tuple[Any, ...]
    claim: ClaimId
    at: int


class _Claims(NamedTuple):
    """What is said of the claims in a bundle."""

    standings: dict[str, int]
    states: dict[str, int]
    judged: list[tuple[int, int, str]]  # how few origins, how few articles, and the ref
    widest: tuple[int, int, ClaimId]  # origins, articles, and the first claim with so many
    changes: list[ChangeAt]
    assessed: list[ClaimId]
    asserting: ActorId | None  # the first who asserts any of them
    way: Way | None


class _Source(NamedTuple):
    """What is said of a source among others."""

    place: tuple[bool, tuple[int, int, str], str]
    publisher: str
    kind: str
    grade: str
    years: tuple[int, ...]
    quoted: int


class _Events(NamedTuple):
    """What is said of the events in a bundle."""

    order: list[tuple[Any, ...]]
    years: list[int]
    states: dict[str, int]


class _Question(NamedTuple):
    """What is said of a question among others."""

    id: QuestionId
    is_judged: bool
    answers: tuple[ClaimId, ...]


class Survey(Struct, frozen=True):
    """What is said of all notes, each part of it put together when one of its bundles changes."""

    standings: Whole[Mapping[str, int]]  # how many claims have each
    states: Whole[Mapping[str, int]]  # how many quotations have each
    judged: Whole[tuple[str, ...]]  # the refs of judged claims, those first with most origins
    assessed: Whole[tuple[ClaimId, ...]]  # all with an assessment
    widest: Whole[ClaimId | None]  # the claim with most origins
    changes: Whole[tuple[ChangeAt, ...]]  # the latest
    asserting: Whole[ActorId | None]  # the first who asserts anything
    way: Whole[Way | None]  # that of the tour
    events: Whole[tuple[EventId, ...]]  # by date
    years: Whole[tuple[int, int] | None]  # of the first event and of the last
    sources: Whole[Mapping[SourceId, int]]  # numbered by date
    publisher: Whole[str | None]  # the first that a source names
    taken_together: Whole[SourcesInBrief]
    most_quoted: Whole[tuple[SourceId, ...]]  # by date
    answers: Whole[Mapping[QuestionId, tuple[ClaimId, ...]]]
    judged_first: Whole[tuple[QuestionId, ...]]  # questions, those first that are judged
    measures: Whole[tuple[MeasureId, ...]]  # by title
    estimates: Whole[int]  # how many there are of all measures
    pages: Whole[tuple[str, ...]]  # the narrative ones, in their order
    admissions: Whole[Mapping[str, Admissions]]
    unknowns: Unknowns


def survey_of(cards: Cards, tables: Tables = _AFRESH) -> Survey:
    """Return what is said of all notes of a site."""
    bundles = cards.bundles
    claims = by_bundle(tables, "claims in brief", bundles.claims, partial(_claims, cards)).values
    events = by_bundle(tables, "events in brief", bundles.events, partial(_events, cards)).values
    every = by_bundle(tables, "sources in brief", bundles.sources, partial(_sources, cards))
    asked = by_bundle(tables, "questions in brief", bundles.questions, partial(_questions, cards))
    counted = by_bundle(tables, "measures in brief", bundles.measures, partial(_measures, cards))
    told = by_bundle(tables, "pages in brief", bundles.pages, partial(_pages, cards))
    ways = tables.table(
        "best ways of questions",
        cards.site.questions,
        lambda each: best_way(ways_of_question(cards, each)),
    )

    def sources() -> list[_Source]:
        return sorted(chain.from_iterable(every.values()), key=lambda each: each.place)

    def questions() -> list[_Question]:
        return [*chain.from_iterable(asked.values())]

    def measures() -> list[tuple[str, MeasureId, int]]:
        return sorted(chain.from_iterable(counted.values()))

    def states() -> dict[str, int]:
        in_claims = (each.states for each in claims())
        return _summed(chain(in_claims, (each.states for each in events())))

    def events_by_date() -> tuple[EventId, ...]:
        return tuple(each for *_, each in sorted(chain.from_iterable(e.order for e in events())))

    unknowns = unknowns_of(cards, tables)
    return Survey(
        standings=tables.whole("standings", lambda: _summed(each.standings for each in claims())),
        states=tables.whole("how quotations were found", states),
        judged=tables.whole("first judgements", lambda: _first_judged(claims())),
        assessed=tables.whole(
            "claims with an assessment",
            lambda: tuple(chain.from_iterable(each.assessed for each in claims())),
        ),
        widest=tables.whole("widest claim", lambda: _widest(each.widest for each in claims())),
        changes=tables.whole(
            "latest changes",
            lambda: _latest(chain.from_iterable(each.changes for each in claims())),
        ),
        asserting=tables.whole(
            "first who asserts", lambda: _first(each.asserting for each in claims())
        ),
        way=tables.whole(
            "best way", lambda: best_way((*ways.values(), *(each.way for each in claims())))
        ),
        events=tables.whole("events by date", events_by_date),
        years=tables.whole("years of events", lambda: _ends(each.years for each in events())),
        sources=tables.whole(
            "numbers of all sources",
            lambda: {SourceId(each.place[-1]): at for at, each in enumerate(sources(), 1)},
        ),
        publisher=tables.whole(
            "first publisher",
            lambda: _first(each.publisher for each in chain.from_iterable(every.values())),
        ),
        taken_together=tables.whole("sources taken together", lambda: _together(sources())),
        most_quoted=tables.whole("most quoted sources", lambda: _most_quoted(sources())),
        answers=tables.whole(
            "answers to questions", lambda: {each.id: each.answers for each in questions()}
        ),
        judged_first=tables.whole(
            "questions in order",
            lambda: tuple(
                each.id for each in sorted(questions(), key=lambda each: not each.is_judged)
            ),
        ),
        measures=tables.whole(
            "measures by title", lambda: tuple(each for _, each, count in measures() if count)
        ),
        estimates=tables.whole(
            "count of estimates", lambda: sum(count for *_, count in measures())
        ),
        pages=tables.whole(
            "pages in order",
            lambda: tuple(each for *_, each in sorted(chain.from_iterable(told.values()))),
        ),
        admissions=admissions_of(cards, unknowns, tables),
        unknowns=unknowns,
    )


# --- bundle by bundle -------------------------------------------------------------------------


def _claims(cards: Cards, ids: Sequence[ClaimId]) -> _Claims:
    site, own = cards.site, [cards.claims[each] for each in ids]
    notes = [site.claims[each].note for each in ids]
    citations = [site.citations[Ref(Kind.CLAIM, each)] for each in ids]
    judged = ((-each.origins, -each.articles, each.ref) for each in own if _is_judged(each))
    changes = (
        ChangeAt((*sort_key(change.date), claim_id), claim_id, at)
        for claim_id, note in zip(ids, notes, strict=True)
        for at, change in enumerate(note.history)
    )
    return _Claims(
        standings=_counted(str(each.standing) for each in own),
        states=_counted(str(each.excerpt.state) for each in chain.from_iterable(citations)),
        judged=nsmallest(MOST_JUDGED, judged),
        widest=max(
            ((card.origins, card.articles, each) for card, each in zip(own, ids, strict=True)),
            key=_width,
        ),
        changes=[*_latest(changes)],
        assessed=[each for each, note in zip(ids, notes, strict=True) if note.assessment],
        asserting=_first(actor for note in notes for actor in note.asserted_by),
        way=best_way(way_of_claim(cards, each) for each in ids),
    )


def _is_judged(card: ClaimCard) -> bool:
    return bool(card.likelihood or card.confidence)


def _events(cards: Cards, ids: Sequence[EventId]) -> _Events:
    dates = [cards.site.events[each].note.date for each in ids]
    citations = chain.from_iterable(cards.site.citations[Ref(Kind.EVENT, each)] for each in ids)
    return _Events(
        order=[(*sort_key(date), each) for date, each in zip(dates, ids, strict=True)],
        years=sorted({int(year) for each in dates if (year := each.text[:4]).isdecimal()}),
        states=_counted(str(each.excerpt.state) for each in citations),
    )


def _sources(cards: Cards, ids: Sequence[SourceId]) -> list[_Source]:
    return [_source(cards, each) for each in ids]


def _source(cards: Cards, source_id: SourceId) -> _Source:
    note = cards.site.sources[source_id].note
    date = note.published
    days = (date.earliest, date.latest) if date else ()
    return _Source(
        place=cards.place_by_date(source_id),
        publisher=note.publisher or "",
        kind=note.kind or "",
        grade=note.reliability or "",
        years=tuple(day.year for day in days if day),
        quoted=len(cards.site.citations_of_source[source_id]),
    )


def _questions(cards: Cards, ids: Sequence[QuestionId]) -> list[_Question]:
    notes = [(each, cards.site.questions[each].note) for each in ids]
    return [
        _Question(each, note.assessment is not None, tuple(own.claim for own in note.answers))
        for each, note in notes
    ]


def _measures(cards: Cards, ids: Sequence[MeasureId]) -> list[tuple[str, MeasureId, int]]:
    site = cards.site
    return [
        (site.measures[each].note.title, each, len(site.claims_of_measure[each])) for each in ids
    ]


def _pages(cards: Cards, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    return [page_order(cards, each) for each in ids if each != "index"]


# --- all bundles ------------------------------------------------------------------------------


def _counted(found: Iterable[str]) -> dict[str, int]:
    return {**Counter(found)}


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for each in counts:
        sums.update(each)
    return {**sums}


def _first_judged(claims: Iterable[_Claims]) -> tuple[str, ...]:
    every = chain.from_iterable(each.judged for each in claims)
    return tuple(ref for *_, ref in nsmallest(MOST_JUDGED, every))


def _width(claim: tuple[int, int, ClaimId]) -> tuple[int, int]:
    return claim[:2]


def _widest(claims: Iterable[tuple[int, int, ClaimId]]) -> ClaimId | None:
    """Return the claim with most origins and articles, the first of several."""
    found = max(claims, key=_width, default=None)
    return found[-1] if found else None


def _latest(changes: Iterable[ChangeAt]) -> tuple[ChangeAt, ...]:
    return tuple(sorted(changes, key=lambda each: each.order, reverse=True)[:MOST_CHANGES])


def _first(found: Iterable[T | None]) -> T | None:
    return next(filter(None, found), None)


def _ends(years: Iterable[Sequence[int]]) -> tuple[int, int] | None:
    known = [*chain.from_iterable(years)]
    return (min(known), max(known)) if known else None


def _together(sources: Sequence[_Source]) -> SourcesInBrief:
    """Return what the sources are like, given by date: their kinds and grades, the most first."""
    years = [*chain.from_iterable(each.years for each in sources)]
    grades = Counter(each.grade for each in sources)
    return SourcesInBrief(
        count=len(sources),
        publishers=tuple(dict.fromkeys(each.publisher for each in sources if each.publisher)),
        unnamed=sum(not each.publisher for each in sources),
        kinds=tuple(Counter(each.kind for each in sources).most_common()),
        grades=tuple(sorted(grades.items(), key=lambda each: each[0] or "Z")),
        years=tuple(dict.fromkeys((min(years), max(years)))) if years else (),
    )


def _most_quoted(sources: Sequence[_Source]) -> tuple[SourceId, ...]:
    """Return some sources, given by date: of very many, those that are quoted most."""
    most = nsmallest(MOST_SOURCES, sources, key=lambda each: (-each.quoted, each.place[-1]))
    chosen = {each.place[-1] for each in most}
    return tuple(SourceId(each.place[-1]) for each in sources if each.place[-1] in chosen)
