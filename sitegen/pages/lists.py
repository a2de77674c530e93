"""The lists of all notes of a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from sitegen.dates import sort_key
from sitegen.kinds import Kind
from sitegen.ledger import Tables
from sitegen.model import Ref
from sitegen.notes import ClaimId, EventId, MeasureId, QuestionId, SourceId
from sitegen.pages.bundles import by_bundle
from sitegen.pages.cards import Cards
from sitegen.pages.listing import ItemGroup, PageIdentity, Row, SplittablePage, rows_of
from sitegen.pages.plots import nearest
from sitegen.pages.prose_views import question_card, source_card
from sitegen.pages.sections import section_of
from sitegen.pages.splitting import Key, days, letters, say_days, say_letters
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

_DESCRIPTIONS: Final = {
    Kind.CLAIM: "Every claim, with what its evidence amounts to.",
    Kind.EVENT: "Every event, in the order in which they happened.",
    Kind.SOURCE: "Every article, how far it is trusted and worked through.",
    Kind.QUESTION: "The key questions, and what answers them.",
    Kind.MEASURE: "Every number that is counted, according to whom.",
    Kind.ACTOR: "Everybody whom claims and events speak of.",
    Kind.PLACE: "Everywhere that claims and events speak of.",
    Kind.PAGE: "What the notes tell when read together.",
}
_HEAVY: Final = frozenset({Kind.SOURCE, Kind.QUESTION, Kind.MEASURE})
_BY_NAME: Final = "By name, in parts."
_BY_DATE: Final = "By date, in parts."


def splittable_lists(
    cards: Cards, plots: Mapping[MeasureId, PlotView]
) -> tuple[SplittablePage, ...]:
    """Return the lists of notes of every kind; `plots` are those of all measures."""
    return (
        claim_list(cards),
        event_list(cards),
        source_list(cards),
        question_list(cards),
        measure_list(cards, plots),
        *(note_list(cards, kind) for kind in (Kind.ACTOR, Kind.PLACE, Kind.PAGE)),
    )


def _item_groups(
    cards: Cards,
    kind: Kind,
    file: Callable[[Any], Row | None],
    view: Callable[[Frame, tuple[Any, ...], PartsView | None], View],
    *,
    noun: str,
    say: Callable[[Key], str] = say_letters,
) -> Callable[[Tables], Sequence[ItemGroup[Any]]]:
    """Return a function that makes the one group of a list: all notes of a kind.

    `file` returns the row of a note by its id, or None for one that is not listed.
    """

    def item_groups(tables: Tables) -> tuple[ItemGroup[Any]]:
        name = f"places in the list of {kind.plural}"

        def some(ids: Iterable[Any]) -> list[Row]:
            return [*filter(None, map(file, ids))]

        if kind in _HEAVY:  # if one has changed, a whole bundle would be too much to make again
            filed = tables.table(name, cards.site.records(kind), lambda each: some([each]))
        else:
            filed = by_bundle(tables, name, cards.bundles.of(kind), some)
        tables.done_with(filed)
        return (ItemGroup(rows_of(filed), view, noun, say),)

    return item_groups


def claim_list(cards: Cards) -> SplittablePage:
    """Return the list of all claims, by statement."""

    def view(frame: Frame, ids: tuple[ClaimId, ...], parts: PartsView | None) -> View:
        return ClaimListPage(**frame, claims=cards.cards_of(ids), parts=parts)

    identity = _identity(Kind.CLAIM, "claims", "By statement, in parts.", "claims")
    return SplittablePage(
        identity, _item_groups(cards, Kind.CLAIM, partial(file_claim, cards), view, noun="claim")
    )


def file_claim(cards: Cards, claim_id: ClaimId) -> Row:
    """Return the row that files a claim in a list."""
    card = cards.claims[claim_id]
    order = (card.statement.casefold(), card.ref)
    return Row(letters(card.statement), order, weigh_claim(card), claim_id)


def event_list(cards: Cards) -> SplittablePage:
    """Return the list of all events, by date."""

    def view(frame: Frame, ids: tuple[EventId, ...], parts: PartsView | None) -> View:
        events = tuple(cards.events[each] for each in ids)
        return EventListPage(**frame, events=events, parts=parts)

    item_groups = _item_groups(
        cards, Kind.EVENT, partial(file_event, cards), view, noun="event", say=say_days
    )
    return SplittablePage(_identity(Kind.EVENT, "events", _BY_DATE, "events"), item_groups)


def file_event(cards: Cards, event_id: EventId) -> Row:
    """Return the row that files an event in a list."""
    date = cards.site.events[event_id].note.date
    weight = weigh_event(cards.events[event_id])
    return Row(days(date), (*sort_key(date), event_id), weight, event_id)


def source_list(cards: Cards) -> SplittablePage:
    """Return the list of all sources, by date."""

    def file(source_id: SourceId) -> Row:
        order = cards.place_by_date(source_id)
        published = cards.site.sources[source_id].note.published
        return Row(days(published), order, weigh_source(source_card(cards, source_id)), source_id)

    def view(frame: Frame, ids: tuple[SourceId, ...], parts: PartsView | None) -> View:
        sources = tuple(source_card(cards, each) for each in ids)
        return SourceListPage(**frame, sources=sources, parts=parts)

    item_groups = _item_groups(cards, Kind.SOURCE, file, view, noun="article", say=say_days)
    return SplittablePage(_identity(Kind.SOURCE, "sources", _BY_DATE, "sources"), item_groups)


def question_list(cards: Cards) -> SplittablePage:
    """Return the list of all questions."""

    def file(question_id: QuestionId) -> Row:
        card = question_card(cards, question_id)
        return Row(letters(card.question), (), weigh_question(card), question_id)

    def view(frame: Frame, ids: tuple[QuestionId, ...], parts: PartsView | None) -> View:
        questions = tuple(question_card(cards, each) for each in ids)
        return QuestionListPage(**frame, questions=questions, parts=parts)

    item_groups = _item_groups(cards, Kind.QUESTION, file, view, noun="question")
    return SplittablePage(_identity(Kind.QUESTION, "questions", _BY_NAME), item_groups)


def measure_list(cards: Cards, plots: Mapping[MeasureId, PlotView]) -> SplittablePage:
    """Return the list of all measures with their plots, by title."""

    def file(measure_id: MeasureId) -> Row:
        title, shown = cards.site.measures[measure_id].note.title, nearest(plots[measure_id])
        key = letters(shown.measure.title)
        return Row(key, (title, measure_id), weigh_plot(shown), measure_id)

    def view(frame: Frame, ids: tuple[MeasureId, ...], parts: PartsView | None) -> View:
        shown = tuple(nearest(plots[each]) for each in ids)
        return MeasureListPage(**frame, plots=shown, parts=parts)

    item_groups = _item_groups(cards, Kind.MEASURE, file, view, noun="measure")
    return SplittablePage(_identity(Kind.MEASURE, "measures", _BY_NAME), item_groups)


def note_list(cards: Cards, kind: Kind) -> SplittablePage:
    """Return the list of all actors, places or narrative pages."""
    is_page = kind is Kind.PAGE
    link_to = partial(page_link, cards) if is_page else partial(_detailed_link, cards, kind)

    def file(note_id: str) -> Row | None:
        if is_page and note_id == "index":  # the front page itself
            return None
        link = link_to(note_id)
        order = page_order(cards, note_id) if is_page else (link.title.casefold(), link.ref)
        return Row(letters(link.title), order, weigh_links((link,)), note_id)

    def view(frame: Frame, ids: tuple[str, ...], parts: PartsView | None) -> View:
        return NoteListPage(**frame, kind=kind, notes=tuple(map(link_to, ids)), parts=parts)

    filtered = "" if is_page else kind.plural
    item_groups = _item_groups(cards, kind, file, view, noun=kind)
    return SplittablePage(_identity(kind, "notes", _BY_NAME, filtered), item_groups)


def _identity(kind: Kind, template: str, lead: str, filtered: str = "") -> PageIdentity:
    return PageIdentity(
        path=list_url(kind),
        folder=f"{kind.plural}/list",
        template=f"pages/{template}.html",
        frame=Frame(
            title=kind.heading,
            description=_DESCRIPTIONS[kind],
            section=section_of(kind),
            crumbs=(),
        ),
        lead=lead,
        filter=filtered,
    )


def page_order(cards: Cards, page_id: str) -> tuple[bool, int, str, str]:
    """Return the sort key of a narrative page: the order that its author gave comes first."""
    note = cards.site.pages[page_id].note
    return note.order is None, note.order or 0, note.title, page_id


def page_link(cards: Cards, page_id: str) -> NoteLink:
    """Return a link to a narrative page; its detail is the summary."""
    note = cards.site.pages[page_id].note
    url = note_url(Kind.PAGE, page_id)
    return NoteLink(f"{Kind.PAGE}:{page_id}", url, note.title, note.summary or "")


def _detailed_link(cards: Cards, kind: Kind, note_id: str) -> NoteLink:
    link, note = cards.links[Ref(kind, note_id)], cards.site.records(kind)[note_id].note
    detail = getattr(note, "role", None) or getattr(note, "country", None) or ""
    return NoteLink(link.ref, link.url, link.title, detail)
