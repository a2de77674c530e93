"""The lists of all notes of a kind."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from sitegen.dates import sort_key
from sitegen.ledger import Tables
from sitegen.model import Kind, Ref
from sitegen.notes import ClaimId, EventId, MeasureId, QuestionId, SourceId
from sitegen.pages.cards import Cards
from sitegen.pages.listing import Filed, Shelf, Volume, Whole, shelf_of
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
    EventListPage,
    Frame,
    MeasureListPage,
    NoteLink,
    NoteListPage,
    PartsView,
    PlotView,
    QuestionListPage,
    SourceListPage,
    View,
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


def list_volumes(cards: Cards, plots: Mapping[MeasureId, PlotView]) -> tuple[Volume, ...]:
    """Return the lists of notes of every kind; `plots` are those of all measures."""
    return (
        claim_list(cards),
        event_list(cards),
        source_list(cards),
        question_list(cards),
        measure_list(cards, plots),
        *(note_list(cards, kind) for kind in (Kind.ACTOR, Kind.PLACE, Kind.PAGE)),
    )


def claim_list(cards: Cards) -> Volume:
    """Return the list of all claims, by statement."""

    def view(frame: Frame, ids: tuple[ClaimId, ...], parts: PartsView | None) -> View:
        return ClaimListPage(**frame, claims=cards.cards_of(ids), parts=parts)

    def shelves(tables: Tables) -> tuple[Shelf[Any]]:
        filed = tables.table(
            "places in the list of claims", cards.claims, partial(file_claim, cards)
        )
        return (shelf_of(filed, view, "claim"),)

    return Volume(_whole(Kind.CLAIM, "claims", "By statement, in parts.", "claims"), shelves)


def file_claim(cards: Cards, claim_id: ClaimId) -> Filed:
    """Return where a claim belongs in a list."""
    card = cards.claims[claim_id]
    order = (card.statement.casefold(), card.ref)
    return Filed(order, letters(card.statement), weigh_claim(card))


def event_list(cards: Cards) -> Volume:
    """Return the list of all events, by date."""

    def view(frame: Frame, ids: tuple[EventId, ...], parts: PartsView | None) -> View:
        events = tuple(cards.events[each] for each in ids)
        return EventListPage(**frame, events=events, parts=parts)

    def shelves(tables: Tables) -> tuple[Shelf[Any]]:
        filed = tables.table(
            "places in the list of events", cards.events, partial(file_event, cards)
        )
        return (shelf_of(filed, view, "event", say_days),)

    return Volume(_whole(Kind.EVENT, "events", _BY_DATE, "events"), shelves)


def file_event(cards: Cards, event_id: EventId) -> Filed:
    """Return where an event belongs in a list."""
    date = cards.site.events[event_id].note.date
    return Filed((*sort_key(date), event_id), days(date), weigh_event(cards.events[event_id]))


def source_list(cards: Cards) -> Volume:
    """Return the list of all sources, by date."""

    def shelves(tables: Tables) -> tuple[Shelf[Any]]:
        made = tables.table("source cards", cards.site.sources, partial(source_card, cards))

        def file(source_id: SourceId) -> Filed:
            order = cards.place_by_date(source_id)
            published = cards.site.sources[source_id].note.published
            return Filed(order, days(published), weigh_source(made[source_id]))

        def view(frame: Frame, ids: tuple[SourceId, ...], parts: PartsView | None) -> View:
            sources = tuple(made[each] for each in ids)
            return SourceListPage(**frame, sources=sources, parts=parts)

        filed = tables.table("places in the list of sources", cards.site.sources, file)
        return (shelf_of(filed, view, "article", say_days),)

    return Volume(_whole(Kind.SOURCE, "sources", _BY_DATE, "sources"), shelves)


def question_list(cards: Cards) -> Volume:
    """Return the list of all questions."""

    def shelves(tables: Tables) -> tuple[Shelf[Any]]:
        made = tables.table("question cards", cards.site.questions, partial(question_card, cards))

        def file(question_id: QuestionId) -> Filed:
            card = made[question_id]
            return Filed((), letters(card.question), weigh_question(card))

        def view(frame: Frame, ids: tuple[QuestionId, ...], parts: PartsView | None) -> View:
            questions = tuple(made[each] for each in ids)
            return QuestionListPage(**frame, questions=questions, parts=parts)

        filed = tables.table("places in the list of questions", cards.site.questions, file)
        return (shelf_of(filed, view, "question"),)

    return Volume(_whole(Kind.QUESTION, "questions", _BY_NAME), shelves)


def measure_list(cards: Cards, plots: Mapping[MeasureId, PlotView]) -> Volume:
    """Return the list of all measures with their plots, by title."""

    def file(measure_id: MeasureId) -> Filed:
        title, shown = cards.site.measures[measure_id].note.title, nearest(plots[measure_id])
        return Filed((title, measure_id), letters(shown.measure.title), weigh_plot(shown))

    def view(frame: Frame, ids: tuple[MeasureId, ...], parts: PartsView | None) -> View:
        shown = tuple(nearest(plots[each]) for each in ids)
        return MeasureListPage(**frame, plots=shown, parts=parts)

    def shelves(tables: Tables) -> tuple[Shelf[Any]]:
        filed = tables.table("places in the list of measures", cards.site.measures, file)
        return (shelf_of(filed, view, "measure"),)

    return Volume(_whole(Kind.MEASURE, "measures", _BY_NAME), shelves)


def note_list(cards: Cards, kind: Kind) -> Volume:
    """Return the list of all actors, places or narrative pages."""
    is_page = kind is Kind.PAGE
    link_to = partial(_page_link, cards) if is_page else partial(_detailed_link, cards, kind)

    def file(note_id: str) -> Filed:
        link = link_to(note_id)
        order = _page_order(cards, note_id) if is_page else (link.title.casefold(), link.ref)
        return Filed(order, letters(link.title), weigh_links((link,)))

    def view(frame: Frame, ids: tuple[str, ...], parts: PartsView | None) -> View:
        return NoteListPage(**frame, kind=kind, notes=tuple(map(link_to, ids)), parts=parts)

    def shelves(tables: Tables) -> tuple[Shelf[Any]]:
        shown = [each for each in cards.site.records(kind) if not is_page or each != "index"]
        filed = tables.table(f"places in the list of {kind}s", shown, file)
        return (shelf_of(filed, view, kind),)

    filtered = "" if is_page else f"{kind}s"
    return Volume(_whole(kind, "notes", _BY_NAME, filtered), shelves)


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
    pages = [each for each in cards.site.pages if each != "index"]
    pages.sort(key=partial(_page_order, cards))
    return tuple(_page_link(cards, each) for each in pages)


def _page_order(cards: Cards, page_id: str) -> tuple[bool, int, str, str]:
    note = cards.site.pages[page_id].note
    return note.order is None, note.order or 0, note.title, page_id


def _page_link(cards: Cards, page_id: str) -> NoteLink:
    note = cards.site.pages[page_id].note
    url = note_url(Kind.PAGE, page_id)
    return NoteLink(f"{Kind.PAGE}:{page_id}", url, note.title, note.summary or "")


def _detailed_link(cards: Cards, kind: Kind, note_id: str) -> NoteLink:
    link, note = cards.links[Ref(kind, note_id)], cards.site.records(kind)[note_id].note
    detail = getattr(note, "role", None) or getattr(note, "country", None) or ""
    return NoteLink(link.ref, link.url, link.title, detail)
