"""What overviews need to know of each note, bundle by bundle, and what that comes to for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from heapq import nsmallest
from itertools import chain
from typing import Any, Final, NamedTuple, TypeVar

from msgspec import Struct

from sitegen.dates import sort_key
from sitegen.kinds import Kind
from sitegen.ledger import Tables
from sitegen.model import Ref
from sitegen.notes import ActorId, ClaimId, EventId, MeasureId, QuestionId, SourceId
from sitegen.pages.bundles import by_bundle
from sitegen.pages.cards import Cards
from sitegen.pages.lists import page_order
from sitegen.pages.tour import Way, best_way, way_of_claim, ways_of_question
from sitegen.views import ClaimCard, SourcesInBrief

MOST_JUDGED: Final = 8
"""How many judged claims are known, those first that are most widely evidenced."""

MOST_CHANGES: Final = 5
"""How many changes of judgements are known, the latest first."""

MOST_SOURCES: Final = 8
"""How many sources are known, those first that are quoted most often."""

T = TypeVar("T", bound=str)


class ChangeAt(NamedTuple):
    """A step in the history of a claim: its sort key among all such steps, and which it is."""

    order: tuple[Any, ...]
    claim: ClaimId
    at: int


class _Claims(NamedTuple):
    """What overviews need of the claims in a bundle."""

    standings: dict[str, int]
    states: dict[str, int]
    judged: list[tuple[int, int, str]]  # how few origins, how few articles, and the ref
    widest: tuple[int, int, ClaimId]  # origins, articles, and the first claim with so many
    changes: list[ChangeAt]
    assessed: list[ClaimId]
    asserting: ActorId | None  # the first who asserts any of them
    way: Way | None


class _Source(NamedTuple):
    """What overviews need of a source."""

    place: tuple[bool, tuple[int, int, str], str]
    publisher: str
    kind: str
    grade: str
    years: tuple[int, ...]
    quoted: int


class _Events(NamedTuple):
    """What overviews need of the events in a bundle."""

    order: list[tuple[Any, ...]]
    years: list[int]
    states: dict[str, int]


class _Question(NamedTuple):
    """What overviews need of a question."""

    id: QuestionId
    is_judged: bool
    answers: tuple[ClaimId, ...]


_Measure = tuple[str, MeasureId, int]
"""The title of a measure, the measure, and how many estimates of it there are."""


class NotesInBrief(Struct, frozen=True):
    """What overviews need of the notes in each bundle; the methods put it together for all notes.

    All mappings but `ways` have the keys of the bundles, see `sitegen.pages.bundles`.
    """

    claims: Mapping[str, _Claims]
    events: Mapping[str, _Events]
    sources: Mapping[str, list[_Source]]
    questions: Mapping[str, list[_Question]]
    measures: Mapping[str, list[_Measure]]
    pages: Mapping[str, list[tuple[Any, ...]]]
    ways: Mapping[QuestionId, Way | None]  # the best of each question

    def standings(self) -> dict[str, int]:
        """Return how many claims have each standing."""
        return _summed(each.standings for each in self.claims.values())

    def states(self) -> dict[str, int]:
        """Return how many quotations were found in each way."""
        in_claims = (each.states for each in self.claims.values())
        return _summed(chain(in_claims, (each.states for each in self.events.values())))

    def judged(self) -> tuple[str, ...]:
        """Return the refs of judged claims, most origins first."""
        every = chain.from_iterable(each.judged for each in self.claims.values())
        return tuple(ref for *_, ref in nsmallest(MOST_JUDGED, every))

    def assessed(self) -> tuple[ClaimId, ...]:
        """Return all claims with an assessment."""
        return tuple(chain.from_iterable(each.assessed for each in self.claims.values()))

    def widest(self) -> ClaimId | None:
        """Return the claim with most origins and articles, the first of several."""
        every = (each.widest for each in self.claims.values())
        found = max(every, key=_width, default=None)
        return found[-1] if found else None

    def changes(self) -> tuple[ChangeAt, ...]:
        """Return the latest changes of judgements."""
        return _latest(chain.from_iterable(each.changes for each in self.claims.values()))

    def asserting(self) -> ActorId | None:
        """Return the first who asserts anything."""
        return _first(each.asserting for each in self.claims.values())

    def way(self) -> Way | None:
        """Return the way of the tour."""
        return best_way((*self.ways.values(), *(each.way for each in self.claims.values())))

    def events_by_date(self) -> tuple[EventId, ...]:
        """Return all events in the order in which they happened."""
        every = chain.from_iterable(each.order for each in self.events.values())
        return tuple(event_id for *_, event_id in sorted(every))

    def years(self) -> tuple[int, int] | None:
        """Return the years of the first event and of the last."""
        known = [*chain.from_iterable(each.years for each in self.events.values())]
        return (min(known), max(known)) if known else None

    def sources_by_date(self) -> list[_Source]:
        """Return what overviews need of each source, sorted by date."""
        return sorted(chain.from_iterable(self.sources.values()), key=lambda each: each.place)

    def numbers(self) -> dict[SourceId, int]:
        """Return the numbers of the sources by date."""
        every = self.sources_by_date()
        return {SourceId(each.place[-1]): at for at, each in enumerate(every, 1)}

    def publisher(self) -> str | None:
        """Return the first publisher that a source names."""
        return _first(each.publisher for each in chain.from_iterable(self.sources.values()))

    def taken_together(self) -> SourcesInBrief:
        """Return what the sources are like: their kinds and grades, the most first."""
        sources = self.sources_by_date()
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

    def most_quoted(self) -> tuple[SourceId, ...]:
        """Return sources sorted by date; if there are very many, only the most quoted ones."""
        sources = self.sources_by_date()
        most = nsmallest(MOST_SOURCES, sources, key=lambda each: (-each.quoted, each.place[-1]))
        chosen = {each.place[-1] for each in most}
        return tuple(SourceId(each.place[-1]) for each in sources if each.place[-1] in chosen)

    def answers(self) -> dict[QuestionId, tuple[ClaimId, ...]]:
        """Return the answers to each question."""
        return {each.id: each.answers for each in chain.from_iterable(self.questions.values())}

    def judged_first(self) -> tuple[QuestionId, ...]:
        """Return all questions, those first that are judged."""
        every = chain.from_iterable(self.questions.values())
        return tuple(each.id for each in sorted(every, key=lambda each: not each.is_judged))

    def measures_by_title(self) -> tuple[MeasureId, ...]:
        """Return the measures that have estimates, by title."""
        every = sorted(chain.from_iterable(self.measures.values()))
        return tuple(measure_id for _, measure_id, count in every if count)

    def estimates(self) -> int:
        """Return how many estimates there are."""
        return sum(count for *_, count in chain.from_iterable(self.measures.values()))

    def pages_in_order(self) -> tuple[str, ...]:
        """Return the narrative pages in their order."""
        return tuple(each for *_, each in sorted(chain.from_iterable(self.pages.values())))


def notes_in_brief(cards: Cards, tables: Tables) -> NotesInBrief:
    """Return what overviews need of the notes of a site, bundle by bundle."""
    bundles = cards.bundles
    return NotesInBrief(
        claims=by_bundle(tables, "claims in brief", bundles.claims, partial(_claims, cards)),
        events=by_bundle(tables, "events in brief", bundles.events, partial(_events, cards)),
        sources=by_bundle(tables, "sources in brief", bundles.sources, partial(_sources, cards)),
        questions=by_bundle(
            tables, "questions in brief", bundles.questions, partial(_questions, cards)
        ),
        measures=by_bundle(
            tables, "measures in brief", bundles.measures, partial(_measures, cards)
        ),
        pages=by_bundle(tables, "pages in brief", bundles.pages, partial(_pages, cards)),
        ways=tables.table(
            "best ways of questions",
            cards.site.questions,
            lambda each: best_way(ways_of_question(cards, each)),
        ),
    )


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


def _measures(cards: Cards, ids: Sequence[MeasureId]) -> list[_Measure]:
    site = cards.site
    return [
        (site.measures[each].note.title, each, len(site.claims_of_measure[each])) for each in ids
    ]


def _pages(cards: Cards, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    return [page_order(cards, each) for each in ids if each != "index"]


def _counted(found: Iterable[str]) -> dict[str, int]:
    return {**Counter(found)}


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for each in counts:
        sums.update(each)
    return {**sums}


def _width(claim: tuple[int, int, ClaimId]) -> tuple[int, int]:
    return claim[:2]


def _latest(changes: Iterable[ChangeAt]) -> tuple[ChangeAt, ...]:
    return tuple(sorted(changes, key=lambda each: each.order, reverse=True)[:MOST_CHANGES])


def _first(found: Iterable[T | None]) -> T | None:
    return next(filter(None, found), None)
