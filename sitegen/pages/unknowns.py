"""What is not known: all that the notes admit, and all that follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

from sitegen.model import Ref, Standing
from sitegen.notes import EventId
from sitegen.pages.cards import Cards
from sitegen.pages.listing import Shelf, Whole, is_light, pages_in_parts
from sitegen.pages.prose_views import excerpt_view, question_card
from sitegen.pages.splitting import Key, days, letters, say_days
from sitegen.pages.weights import (
    weigh_claim,
    weigh_event,
    weigh_excerpt,
    weigh_gap,
    weigh_question,
    weigh_text,
)
from sitegen.views import (
    ClaimCard,
    EventCard,
    Frame,
    Gap,
    PageSpec,
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


def unknowns_pages(cards: Cards, page: UnknownsPage) -> Iterator[PageSpec]:
    """Yield the page on what is not known, in parts by kind and name where it is long."""
    shelves = tuple(_shelves(cards, page))
    if is_light(shelves):
        yield PageSpec(_WHOLE.path, _WHOLE.template, page)
        return
    yield from pages_in_parts(_WHOLE, shelves)


def unknowns_page(cards: Cards) -> UnknownsPage:
    """Return all that is not known."""
    site = cards.site
    judged = [
        (each.ref, each.note.assessment) for each in site.questions.values() if each.note.assessment
    ]
    judged += [
        (each.ref, each.note.assessment) for each in site.claims.values() if each.note.assessment
    ]
    return UnknownsPage(
        **_WHOLE.frame,
        gaps=_gaps(cards, ((ref, each.gaps) for ref, each in judged)),
        assumptions=_gaps(cards, ((ref, each.assumptions) for ref, each in judged)),
        indicators=_gaps(
            cards, ((record.ref, record.note.indicators) for record in site.questions.values())
        ),
        single_origin=_standing(cards, Standing.SINGLE_ORIGIN),
        open_predictions=_standing(cards, Standing.OPEN),
        unanswered=tuple(
            question_card(cards, question_id)
            for question_id, record in site.questions.items()
            if not record.note.answers
        ),
        ungraded=tuple(
            cards.labels[source_id]
            for source_id, record in site.sources.items()
            if record.note.reliability in {None, "F"}
        ),
        unchecked=tuple(
            excerpt_view(cards, citation, names_owner=True)
            for citation in chain.from_iterable(site.citations.values())
            if not citation.excerpt.segments
        ),
        doubtful_dates=cards.events_by_date(
            event_id
            for event_id, card in cards.events.items()
            if card.date.is_doubtful or card.rival_dates
        ),
    )


def _gaps(cards: Cards, said: Iterable[tuple[Ref, tuple[str, ...]]]) -> tuple[Gap, ...]:
    return tuple(Gap(text, cards.links[ref]) for ref, texts in said for text in texts)


def _standing(cards: Cards, standing: Standing) -> tuple[ClaimCard, ...]:
    return tuple(card for card in cards.claims.values() if card.standing == standing)


# --- in parts ---------------------------------------------------------------------------------


def _shelves(cards: Cards, page: UnknownsPage) -> Iterator[Shelf[Any]]:
    """Yield what is not known by kind, each filed by the names of the notes or by their dates."""

    def date_of(card: EventCard) -> Key:
        return days(cards.site.events[EventId(card.ref.partition(":")[2])].note.date)

    def shelf(field: str, id: str, title: str, noun: str, **filed: Any) -> Shelf[Any]:  # noqa: A002
        def view(frame: Frame, items: Any, parts: PartsView | None) -> View:
            return UnknownsPage(**frame, **{field: items}, parts=parts)

        return Shelf(getattr(page, field), view=view, noun=noun, id=id, title=title, **filed)

    said = {"key": _name_of_gap, "weight": weigh_gap}
    claims = {"key": _statement, "weight": weigh_claim}
    yield shelf("gaps", "gaps", "Not known", "gap", **said)
    yield shelf("assumptions", "assumptions", "Taken for granted", "assumption", **said)
    yield shelf("indicators", "indicators", "To be watched", "indicator", **said)
    yield shelf(
        "unanswered",
        "unanswered",
        "Questions without an answer",
        "question",
        key=lambda card: letters(card.question),
        weight=weigh_question,
    )
    yield shelf(
        "open_predictions", "predictions", "Predictions nothing has answered", "claim", **claims
    )
    yield shelf(
        "doubtful_dates",
        "dates",
        "Doubtful dates",
        "event",
        key=date_of,
        weight=weigh_event,
        say=say_days,
    )
    yield shelf(
        "ungraded",
        "ungraded",
        "Sources that nobody has rated, or that nobody can",
        "article",
        key=lambda label: letters(label.title),
        weight=lambda label: 600 + weigh_text(label.title),
    )
    yield shelf(
        "unchecked",
        "unchecked",
        "Quotations nobody can check here",
        "quotation",
        key=lambda excerpt: letters(excerpt.statement),
        weight=weigh_excerpt,
    )
    yield shelf("single_origin", "single", "Claims that rest on one origin", "claim", **claims)


def _name_of_gap(gap: Gap) -> Key:
    # All that one note says stays together, whatever it is called.
    return letters(gap.note.title)


def _statement(card: ClaimCard) -> Key:
    return letters(card.statement)
