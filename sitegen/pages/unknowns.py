"""What is not known: all that the notes admit, and all that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, Final, NamedTuple

from msgspec import Struct

from sitegen.ledger import Tables
from sitegen.model import Kind, Ref, Standing
from sitegen.notes import Assessment, ClaimId, EventId, QuestionId
from sitegen.pages.cards import Cards
from sitegen.pages.listing import Filed, Shelf, Volume, Whole
from sitegen.pages.lists import file_claim, file_event
from sitegen.pages.prose_views import excerpt_view, question_card
from sitegen.pages.splitting import Key, letters, say_days, say_letters
from sitegen.pages.weights import weigh_excerpt, weigh_gap, weigh_question, weigh_text
from sitegen.views import (
    ExcerptView,
    Frame,
    Gap,
    PartsView,
    UnknownsPage,
    View,
)

_WHOLE: Final = Whole(
    path="unknowns.html",
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
_SHELVES: Final = (
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
"""Field of the page, name in addresses, title, and what one item is called."""


class _Admitted(NamedTuple):
    """What the author of a note does not know, takes for granted and watches for."""

    gaps: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


class _Stack(Struct, frozen=True):
    """What goes on a shelf: items, and how they are filed."""

    items: Sequence[Any]
    key: Callable[[Any], Key]
    weight: Callable[[Any], int]
    say: Callable[[Key], str] = say_letters


def admissions(cards: Cards) -> UnknownsPage:
    """Return what authors say is not known or taken for granted, and nothing that follows."""
    stacks = _admitted(cards, Tables())
    shown = {field: _shown(cards, field, stack.items) for field, stack in stacks.items()}
    return UnknownsPage(**_WHOLE.frame, **shown)


def unknowns_volume(cards: Cards) -> Volume:
    """Return the page on what is not known, in parts by kind and name where it is long."""
    return Volume(_WHOLE, partial(_shelves, cards), partial(_together, cards))


def _together(cards: Cards, frame: Frame, every: Sequence[tuple[Any, ...]]) -> UnknownsPage:
    shown = {
        field: _shown(cards, field, items)
        for (field, *_), items in zip(_SHELVES, every, strict=True)
    }
    return UnknownsPage(**frame, **shown)


def _shelves(cards: Cards, tables: Tables) -> tuple[Shelf[Any], ...]:
    """Return what is not known by kind, each filed by the names of the notes or by their dates."""
    stacks = {
        **_admitted(cards, tables),
        "unanswered": _unanswered(cards),
        "ungraded": _ungraded(cards),
        "unchecked": _unchecked(cards, tables),
        "doubtful_dates": _doubtful(cards, tables),
        **{field: _standing(cards, tables, each) for field, each in _CLAIM_FIELDS.items()},
    }

    def shelf(field: str, id: str, title: str, noun: str) -> Shelf[Any]:  # noqa: A002
        def view(frame: Frame, items: tuple[Any, ...], parts: PartsView | None) -> View:
            return UnknownsPage(**frame, **{field: _shown(cards, field, items)}, parts=parts)

        stack = stacks[field]
        return Shelf(
            items=stack.items,
            key=stack.key,
            weight=stack.weight,
            view=view,
            noun=noun,
            say=stack.say,
            id=id,
            title=title,
        )

    return tuple(shelf(*each) for each in _SHELVES)


def _shown(cards: Cards, field: str, items: Iterable[Any]) -> Any:
    """Return items as the page shows them; claims and events are filed by their ids."""
    if field in _CLAIM_FIELDS:
        return cards.cards_of(items)
    if field == "doubtful_dates":
        return tuple(cards.events[each] for each in items)
    return tuple(items)


def _admitted(cards: Cards, tables: Tables) -> dict[str, _Stack]:
    site = cards.site

    def make(ref: Ref) -> _Admitted:
        if ref.kind is Kind.CLAIM:
            assessment = site.claims[ClaimId(ref.id)].note.assessment or Assessment()
            return _Admitted(assessment.gaps, assessment.assumptions)
        note = site.questions[QuestionId(ref.id)].note
        assessment = note.assessment or Assessment()
        return _Admitted(assessment.gaps, assessment.assumptions, note.indicators)

    refs = [record.ref for record in chain(site.questions.values(), site.claims.values())]
    said = [*tables.table("what notes admit", refs, make).items()]

    def stack(field: str) -> _Stack:
        # All that one note says stays together, whatever it is called.
        items = [Gap(text, cards.links[ref]) for ref, each in said for text in getattr(each, field)]
        return _Stack(items, lambda gap: letters(gap.note.title), weigh_gap)

    return {field: stack(field) for field in _Admitted._fields}


def _unanswered(cards: Cards) -> _Stack:
    items = [
        question_card(cards, question_id)
        for question_id, record in cards.site.questions.items()
        if not record.note.answers
    ]
    return _Stack(items, lambda card: letters(card.question), weigh_question)


def _ungraded(cards: Cards) -> _Stack:
    items = [
        cards.labels[source_id]
        for source_id, record in cards.site.sources.items()
        if record.note.reliability in {None, "F"}
    ]
    return _Stack(
        items, lambda label: letters(label.title), lambda label: 600 + weigh_text(label.title)
    )


def _unchecked(cards: Cards, tables: Tables) -> _Stack:
    def make(ref: Ref) -> tuple[ExcerptView, ...]:
        return tuple(
            excerpt_view(cards, citation, names_owner=True)
            for citation in cards.site.citations[ref]
            if not citation.excerpt.segments
        )

    views = tables.table("unchecked quotations", cards.site.citations, make).values()
    items = [*chain.from_iterable(views)]
    return _Stack(items, lambda excerpt: letters(excerpt.statement), weigh_excerpt)


def _doubtful(cards: Cards, tables: Tables) -> _Stack:
    def make(event_id: EventId) -> Filed | None:
        card = cards.events[event_id]
        is_doubtful = card.date.is_doubtful or card.rival_dates
        return file_event(cards, event_id) if is_doubtful else None

    every = tables.table("places of doubtful dates", cards.events, make).items()
    filed = {each: place for each, place in every if place}
    return _stack(sorted(filed, key=lambda each: filed[each].order), filed, say_days)


def _standing(cards: Cards, tables: Tables, standing: Standing) -> _Stack:
    ids = [each for each, found in cards.findings.standing.items() if found == standing]
    filed = tables.table(f"places of {standing} claims", ids, partial(file_claim, cards))
    return _stack(ids, dict(filed.items()), say_letters)


def _stack(items: Sequence[Any], filed: Mapping[Any, Filed], say: Callable[[Key], str]) -> _Stack:
    return _Stack(items, lambda each: filed[each].key, lambda each: filed[each].weight, say)
