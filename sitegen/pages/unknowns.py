"""What is not known: all that the notes admit, and all that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any, Final, NamedTuple

from msgspec import Struct

from sitegen.kinds import Kind
from sitegen.ledger import Tables, Whole
from sitegen.model import Ref, Standing
from sitegen.notes import Assessment, ClaimId, EventId, Question, QuestionId, SourceId
from sitegen.pages.bundles import by_bundle
from sitegen.pages.cards import Admitted, Cards
from sitegen.pages.listing import ItemGroup, PageIdentity, Row, SplittablePage
from sitegen.pages.lists import file_claim, file_event
from sitegen.pages.prose_views import excerpt_view, question_card
from sitegen.pages.splitting import letters, say_days, say_letters
from sitegen.pages.weights import weigh_excerpt, weigh_gap, weigh_question, weigh_text
from sitegen.urls import UNKNOWNS
from sitegen.views import (
    Frame,
    Gap,
    PartsView,
    UnknownsPage,
    View,
)

_IDENTITY: Final = PageIdentity(
    path=UNKNOWNS,
    folder="unknowns",
    template="pages/unknowns.html",
    frame=Frame(
        title="What is not known",
        description="Gaps, assumptions, and what nobody can check.",
        section="unknowns",
        crumbs=(),
    ),
    lead=(
        "What the authors of these notes say they do not know, what they take for granted, and "
        "what nobody can check from here: by kind, in parts."
    ),
)


_CLAIM_FIELDS: Final = {"open_predictions": Standing.OPEN, "single_origin": Standing.SINGLE_ORIGIN}
_ITEM_GROUPS: Final = (
    ("gaps", "gaps", "Not known", "gap"),
    ("assumptions", "assumptions", "Taken for granted", "assumption"),
    ("indicators", "indicators", "To be watched", "indicator"),
    ("unanswered", "unanswered", "Questions without an answer", "question"),
    ("open_predictions", "predictions", "Predictions nothing has answered", "claim"),
    ("doubtful_dates", "dates", "Doubtful dates", "event"),
    ("ungraded", "ungraded", "Sources that nobody has rated, or that nobody can", "article"),
    ("unchecked", "unchecked", "Quotations nobody can check here", "quotation"),
    ("single_origin", "single", "Claims that rest on one origin", "claim"),
)
"""For each group: its field in `UnknownsPage`, its name in addresses, its title, an item's noun."""

_KINDS: Final = {
    "gaps": ("questions", "claims"),
    "assumptions": ("questions", "claims"),
    "indicators": ("questions",),
    "unanswered": ("questions",),
    "open_predictions": ("claims",),
    "single_origin": ("claims",),
    "doubtful_dates": ("events",),
    "ungraded": ("sources",),
    "unchecked": ("claims", "events"),
}
"""The kinds of notes in which the items of each field are found, in the order of the page."""

_ADMITTED: Final = ("gaps", "assumptions", "indicators")
_GAPS: Final = ("gaps", "assumptions")
MOST_IN_BRIEF: Final = 400
"""How many gaps, and how many assumptions, are known of which the brief may show some."""

_Found = Mapping[str, Sequence[Row]]
"""Rows of what is not known, by the name of the field.

The item of a row is the id of a note, or, for what a note admits, its address and a position.
"""


class Unknowns(Struct, frozen=True):
    """What is not known of the notes in each bundle, kind by kind."""

    questions: Mapping[str, _Found]
    claims: Mapping[str, _Found]
    events: Mapping[str, _Found]
    sources: Mapping[str, _Found]


class Admissions(NamedTuple):
    """How much authors admit in one field: how many items, their weight, and the first of them."""

    number: int
    weight: int
    first: tuple[tuple[Ref, int], ...]


def unknowns_of(cards: Cards, tables: Tables) -> Unknowns:
    """Return what is not known, found bundle by bundle."""
    bundles = cards.bundles

    def found(rows: Iterable[tuple[str, Row]]) -> _Found:
        by_field: dict[str, list[Row]] = {}
        for field, row in rows:
            by_field.setdefault(field, []).append(row)
        return by_field

    def table(kind: Kind, of: Callable[[Cards, Any], Iterator[tuple[str, Row]]]) -> Any:
        own = by_bundle(
            tables,
            f"unknowns of {kind.plural}",
            bundles.of(kind),
            lambda ids: found(chain.from_iterable(of(cards, each) for each in ids)),
        )
        tables.done_with(own)
        return own

    return Unknowns(
        questions=table(Kind.QUESTION, _of_question),
        claims=table(Kind.CLAIM, _of_claim),
        events=table(Kind.EVENT, _of_event),
        sources=table(Kind.SOURCE, _of_source),
    )


def _of_question(cards: Cards, question_id: QuestionId) -> Iterator[tuple[str, Row]]:
    note = cards.site.questions[question_id].note
    ref = Ref(Kind.QUESTION, question_id)
    if note.assessment:
        yield from _admitted(cards, ref, note.assessment)
    yield from _filed_gaps(cards, ref, "indicators", note.indicators)
    if not note.answers:
        weight = weigh_question(question_card(cards, question_id))
        yield "unanswered", Row(letters(note.question), (), weight, question_id)


def _of_claim(cards: Cards, claim_id: ClaimId) -> Iterator[tuple[str, Row]]:
    ref = Ref(Kind.CLAIM, claim_id)
    yield from _admitted(cards, ref, cards.admitted[claim_id])
    yield from _unchecked(cards, ref)
    standing = cards.findings.standing[claim_id]
    for field, wanted in _CLAIM_FIELDS.items():
        if standing == wanted:
            yield field, file_claim(cards, claim_id)._replace(order=())


def _of_event(cards: Cards, event_id: EventId) -> Iterator[tuple[str, Row]]:
    yield from _unchecked(cards, Ref(Kind.EVENT, event_id))
    card = cards.events[event_id]
    if card.date.is_doubtful or card.rival_dates:
        yield "doubtful_dates", file_event(cards, event_id)


def _of_source(cards: Cards, source_id: SourceId) -> Iterator[tuple[str, Row]]:
    note = cards.site.sources[source_id].note
    if note.reliability in {None, "F"}:
        weight = 600 + weigh_text(note.title)
        yield "ungraded", Row(letters(note.title), (), weight, source_id)


def _admitted(cards: Cards, ref: Ref, admitted: Assessment | Admitted) -> Iterator[tuple[str, Row]]:
    for field in _GAPS:
        yield from _filed_gaps(cards, ref, field, getattr(admitted, field))


def _filed_gaps(
    cards: Cards, ref: Ref, field: str, texts: Sequence[str]
) -> Iterator[tuple[str, Row]]:
    # Filed by the note's title and not by their own words: all that one note says stays together.
    for at, text in enumerate(texts):
        gap = Gap(text, cards.links[ref])
        yield field, Row(letters(gap.note.title), (), weigh_gap(gap), (ref, at))


def _unchecked(cards: Cards, ref: Ref) -> Iterator[tuple[str, Row]]:
    for at, citation in enumerate(cards.site.citations[ref]):
        if not citation.excerpt.segments:
            excerpt = excerpt_view(cards, citation, names_owner=True)
            weight = weigh_excerpt(excerpt)
            yield "unchecked", Row(letters(excerpt.statement), (), weight, (ref, at))


def admissions_of(
    cards: Cards, unknowns: Unknowns, tables: Tables
) -> Whole[Mapping[str, Admissions]]:
    """Return how much authors say is not known or taken for granted, by the name of the field."""

    def bundled(kind: str, found: Mapping[str, _Found]) -> Mapping[str, Mapping[str, Admissions]]:
        def admitted(first: str) -> dict[str, Admissions]:
            rows = found[first]
            return {field: _admissions(cards, field, rows.get(field, ())) for field in _GAPS}

        return tables.table(f"admissions of {kind}", found, admitted)

    kinds = bundled("questions", unknowns.questions), bundled("claims", unknowns.claims)

    def together(field: str) -> Admissions:
        every = [each[field] for kind in kinds for each in kind.values()]
        first = islice(chain.from_iterable(each.first for each in every), MOST_IN_BRIEF)
        number = sum(each.number for each in every)
        weight = sum(each.weight for each in every)
        return Admissions(number, weight, tuple(first))

    return tables.whole("admissions", lambda: {field: together(field) for field in _GAPS})


def _admissions(cards: Cards, field: str, rows: Iterable[Row]) -> Admissions:
    items = tuple(row.item for row in rows)
    weight = sum(weigh_text(admission(cards, field, each).text) + 220 for each in items)
    return Admissions(len(items), weight, items[:MOST_IN_BRIEF])


def admission(cards: Cards, field: str, item: tuple[Ref, int]) -> Gap:
    """Return what a note admits, with the note."""
    ref, at = item
    admitted: Admitted | Question | Assessment | None
    if ref.kind is Kind.CLAIM:
        admitted = cards.admitted[ClaimId(ref.id)]
    else:
        note = cards.site.questions[QuestionId(ref.id)].note
        admitted = note if field == "indicators" else note.assessment
    return Gap(getattr(admitted, field)[at], cards.links[ref])


def splittable_unknowns(cards: Cards, unknowns: Callable[[Tables], Unknowns]) -> SplittablePage:
    """Return the page on what is not known, in parts by kind and name where it is long."""

    def item_group(found: Unknowns, field: str, id: str, title: str, noun: str) -> ItemGroup[Any]:  # noqa: A002
        def view(frame: Frame, items: tuple[Any, ...], parts: PartsView | None) -> View:
            return UnknownsPage(**frame, **{field: _shown(cards, field, items)}, parts=parts)

        return ItemGroup(
            rows=partial(_rows, found, field, _KINDS[field]),
            view=view,
            noun=noun,
            say=say_days if field == "doubtful_dates" else say_letters,
            id=id,
            title=title,
        )

    def item_groups(tables: Tables) -> tuple[ItemGroup[Any], ...]:
        found = unknowns(tables)
        return tuple(item_group(found, *each) for each in _ITEM_GROUPS)

    return SplittablePage(_IDENTITY, item_groups, partial(_together, cards))


def _rows(unknowns: Unknowns, field: str, kinds: Iterable[str]) -> list[Row]:
    return [
        row
        for kind in kinds
        for found in getattr(unknowns, kind).values()
        for row in found.get(field, ())
    ]


def _together(cards: Cards, frame: Frame, every: Sequence[tuple[Any, ...]]) -> UnknownsPage:
    shown = {
        field: _shown(cards, field, items)
        for (field, *_), items in zip(_ITEM_GROUPS, every, strict=True)
    }
    return UnknownsPage(**frame, **shown)


def _shown(cards: Cards, field: str, items: Iterable[Any]) -> Any:
    """Return items as the page shows them."""
    if field in _CLAIM_FIELDS:
        return cards.cards_of(items)
    if field in _ADMITTED:
        return tuple(admission(cards, field, each) for each in items)
    if field == "unchecked":
        citations = (cards.site.citations[ref][at] for ref, at in items)
        return tuple(excerpt_view(cards, each, names_owner=True) for each in citations)
    show: Mapping[str, Callable[[Any], object]] = {
        "doubtful_dates": cards.events.__getitem__,
        "ungraded": cards.labels.__getitem__,
        "unanswered": partial(question_card, cards),
    }
    return tuple(map(show[field], items))
