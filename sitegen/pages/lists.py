"""The lists of all notes of a kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sitegen.model import Kind
from sitegen.notes import EventId, MeasureId, Note, SourceId
from sitegen.pages.cards import Cards
from sitegen.pages.listing import Shelf, Whole, pages_of_list
from sitegen.pages.plots import nearest
from sitegen.pages.prose_views import question_card, source_card
from sitegen.pages.splitting import days, letters, say_days
from sitegen.pages.weights import (
    weigh_claim,
    weigh_event,
    weigh_links,
    weigh_plot,
    weigh_question,
    weigh_source,
)
from sitegen.urls import list_url, note_url
from sitegen.views import (
    ClaimListPage,
    EventCard,
    EventListPage,
    Frame,
    MeasureListPage,
    NoteLink,
    NoteListPage,
    PageSpec,
    QuestionListPage,
    SourceCard,
    SourceListPage,
)

_FRAMES: Final = {
    Kind.CLAIM: ("Claims", "Every claim, with what its evidence amounts to.", "claims"),
    Kind.EVENT: ("Events", "Every event, in the order in which they happened.", "timeline"),
    Kind.SOURCE: ("Sources", "Every article, how far it is trusted and worked through.", "sources"),
    Kind.QUESTION: ("Questions", "The key questions, and what answers them.", "questions"),
    Kind.MEASURE: ("Numbers", "Every number that is counted, according to whom.", "measures"),
    Kind.ACTOR: ("Actors", "Everybody whom claims and events speak of.", "actors"),
    Kind.PLACE: ("Places", "Everywhere that claims and events speak of.", "places"),
    Kind.PAGE: ("Background", "What the notes tell when read together.", "pages"),
}
_BY_NAME: Final = "By name, in parts."
_BY_DATE: Final = "By date, in parts."


def list_pages(cards: Cards) -> Iterator[PageSpec]:
    """Yield the pages of all lists of notes."""
    yield from claim_lists(cards)
    yield from event_lists(cards)
    yield from source_lists(cards)
    yield from question_lists(cards)
    yield from measure_lists(cards)
    for kind in (Kind.ACTOR, Kind.PLACE, Kind.PAGE):
        yield from note_lists(cards, kind)


def claim_lists(cards: Cards) -> Iterator[PageSpec]:
    """Yield the list of all claims, by statement."""
    in_order = sorted(cards.claims.values(), key=lambda each: (each.statement.casefold(), each.ref))
    shelf = Shelf(
        items=in_order,
        key=lambda card: letters(card.statement),
        weight=weigh_claim,
        view=lambda frame, items, parts: ClaimListPage(**frame, claims=items, parts=parts),
        noun="claim",
    )
    yield from pages_of_list(
        _whole(Kind.CLAIM, "claims", "By statement, in parts.", "claims"), shelf
    )


def event_lists(cards: Cards) -> Iterator[PageSpec]:
    """Yield the list of all events, by date."""

    def date_of(card: EventCard) -> tuple[str, ...]:
        return days(cards.site.events[EventId(card.ref.partition(":")[2])].note.date)

    shelf = Shelf(
        items=cards.events_by_date(cards.events),
        key=date_of,
        weight=weigh_event,
        view=lambda frame, items, parts: EventListPage(**frame, events=items, parts=parts),
        noun="event",
        say=say_days,
    )
    yield from pages_of_list(_whole(Kind.EVENT, "events", _BY_DATE, "events"), shelf)


def source_lists(cards: Cards) -> Iterator[PageSpec]:
    """Yield the list of all sources, by date."""

    def date_of(card: SourceCard) -> tuple[str, ...]:
        return days(cards.site.sources[SourceId(card.label.ref.partition(":")[2])].note.published)

    shelf = Shelf(
        items=tuple(source_card(cards, each) for each in cards.sources_by_date()),
        key=date_of,
        weight=weigh_source,
        view=lambda frame, items, parts: SourceListPage(**frame, sources=items, parts=parts),
        noun="article",
        say=say_days,
    )
    yield from pages_of_list(_whole(Kind.SOURCE, "sources", _BY_DATE, "sources"), shelf)


def question_lists(cards: Cards) -> Iterator[PageSpec]:
    """Yield the list of all questions."""
    shelf = Shelf(
        items=tuple(question_card(cards, each) for each in cards.site.questions),
        key=lambda card: letters(card.question),
        weight=weigh_question,
        view=lambda frame, items, parts: QuestionListPage(**frame, questions=items, parts=parts),
        noun="question",
    )
    yield from pages_of_list(_whole(Kind.QUESTION, "questions", _BY_NAME), shelf)


def measure_lists(cards: Cards) -> Iterator[PageSpec]:
    """Yield the list of all measures with their plots, by title."""
    measures = sorted(cards.site.measures.values(), key=lambda each: (each.note.title, each.ref.id))
    shelf = Shelf(
        items=tuple(nearest(cards.plots[MeasureId(each.ref.id)]) for each in measures),
        key=lambda each: letters(each.measure.title),
        weight=weigh_plot,
        view=lambda frame, items, parts: MeasureListPage(**frame, plots=items, parts=parts),
        noun="measure",
    )
    yield from pages_of_list(_whole(Kind.MEASURE, "measures", _BY_NAME), shelf)


def note_lists(cards: Cards, kind: Kind) -> Iterator[PageSpec]:
    """Yield the list of all actors, places or narrative pages."""
    shelf = Shelf(
        items=page_links(cards) if kind is Kind.PAGE else _note_links(cards, kind),
        key=lambda link: letters(link.title),
        weight=lambda link: weigh_links((link,)),
        view=lambda frame, items, parts: NoteListPage(**frame, kind=kind, notes=items, parts=parts),
        noun=kind,
    )
    filtered = "" if kind is Kind.PAGE else f"{kind}s"
    yield from pages_of_list(_whole(kind, "notes", _BY_NAME, filtered), shelf)


def _whole(kind: Kind, template: str, lead: str, filtered: str = "") -> Whole:
    title, description, section = _FRAMES[kind]
    return Whole(
        path=list_url(kind),
        folder=f"{kind}s/list",
        template=f"pages/{template}.html",
        frame=Frame(title=title, description=description, section=section, crumbs=()),
        lead=lead,
        filter=filtered,
    )


def page_links(cards: Cards) -> tuple[NoteLink, ...]:
    """Return links to all narrative pages but the front page, in the order their author gave."""
    pages = [record for record in cards.site.pages.values() if record.ref.id != "index"]
    pages.sort(
        key=lambda each: (
            each.note.order is None,
            each.note.order or 0,
            each.note.title,
            each.ref.id,
        )
    )
    return tuple(
        NoteLink(
            str(each.ref),
            note_url(Kind.PAGE, each.ref.id),
            each.note.title,
            each.note.summary or "",
        )
        for each in pages
    )


def _note_links(cards: Cards, kind: Kind) -> tuple[NoteLink, ...]:
    records = cards.site.records(kind).values()
    links = [_detailed(cards.links[record.ref], record.note) for record in records]
    return tuple(sorted(links, key=lambda each: (each.title.casefold(), each.ref)))


def _detailed(link: NoteLink, note: Note) -> NoteLink:
    detail = getattr(note, "role", None) or getattr(note, "country", None) or ""
    return NoteLink(link.ref, link.url, link.title, detail)
