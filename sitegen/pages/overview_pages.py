"""The pages about the site as a whole, and the makers of those that never need to be split."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.notes import SourceId
from sitegen.pages.brief import brief_page
from sitegen.pages.cards import Cards
from sitegen.pages.coverage_pages import splittable_coverage
from sitegen.pages.disagreement_views import correction_views, splittable_disagreements
from sitegen.pages.front_page import index_page
from sitegen.pages.gallery import gallery_page
from sitegen.pages.listing import SplittablePage, makers_of
from sitegen.pages.lists import splittable_lists
from sitegen.pages.makers import KeyedMakers, all_at_once
from sitegen.pages.matrix import splittable_matrix
from sitegen.pages.note_page_context import NotePageContext
from sitegen.pages.search_page import search_page
from sitegen.pages.survey import Survey, survey_of
from sitegen.pages.timeline_pages import Timeline, splittable_timeline, timeline_in_all
from sitegen.pages.tour import tour
from sitegen.pages.unknowns import Unknowns, splittable_unknowns, unknowns_of
from sitegen.urls import (
    BRIEF,
    GALLERY,
    INDEX,
    METHOD,
    NOT_FOUND,
    SEARCH,
    list_url,
)
from sitegen.views import (
    CorrectionsPage,
    Frame,
    MethodPage,
    NotFoundPage,
    PageSpec,
    View,
)


def overview_page_makers(
    context: NotePageContext, tables: Tables = NOTHING_KEPT
) -> Iterator[KeyedMakers]:
    """Yield what makes the pages about the site as a whole."""
    cards = context.cards
    if tables.is_kept:
        survey, timeline = survey_of(cards, tables), timeline_in_all(cards, tables)
        numbers = tables.table(
            "numbers of sources", cards.site.sources, lambda each: survey.sources.value[each]
        )
        small = _small_pages(context, survey, timeline)
        yield KeyedMakers("overview:", small, lambda path: small[path]())
        splittable_pages = _splittable_pages(
            context, lambda _: timeline, lambda _: survey.unknowns, lambda _: numbers
        )
    else:
        yield all_at_once(partial(_all_small_pages, context))
        splittable_pages = _splittable_pages(
            context,
            partial(timeline_in_all, cards),
            partial(unknowns_of, cards),
            lambda _: cards.numbers_by_date(),
        )
    for splittable in splittable_pages:
        yield from makers_of(splittable, tables)


def _splittable_pages(
    context: NotePageContext,
    timeline: Callable[[Tables], Timeline],
    unknowns: Callable[[Tables], Unknowns],
    numbers: Callable[[Tables], Mapping[SourceId, int]],
) -> tuple[SplittablePage, ...]:
    """Return the pages that may have to be split.

    What several pages share is passed as functions of the tables, to be made where it is needed.
    """
    cards = context.cards
    return (
        splittable_timeline(cards, timeline),
        splittable_disagreements(context.conflicts),
        splittable_unknowns(cards, unknowns),
        splittable_coverage(cards),
        splittable_matrix(cards, numbers),
        *splittable_lists(cards, context.plots),
    )


def _all_small_pages(context: NotePageContext) -> Iterator[PageSpec]:
    survey, timeline = survey_of(context.cards), timeline_in_all(context.cards, NOTHING_KEPT)
    for make in _small_pages(context, survey, timeline).values():
        yield from make()


def _small_pages(
    context: NotePageContext, survey: Survey, timeline: Timeline
) -> dict[str, Callable[[], tuple[PageSpec, ...]]]:
    """Return what makes each of the pages that never need to be split, by their paths."""
    cards = context.cards
    views: tuple[tuple[str, str, Callable[[], View]], ...] = (
        (INDEX, "index", lambda: index_page(context, survey, timeline.drawn)),
        (BRIEF, "brief", lambda: brief_page(cards, survey, context.conflicts)),
        (GALLERY, "gallery", gallery_page),
        (METHOD, "method", lambda: method_page(cards, survey)),
        (list_url(Kind.CORRECTION), "corrections", lambda: corrections_page(cards)),
        (SEARCH, "search", lambda: search_page(cards, survey)),
        (NOT_FOUND, "not_found", not_found_page),
    )

    def make(path: str, template: str, view: Callable[[], View]) -> tuple[PageSpec, ...]:
        return (PageSpec(path, f"pages/{template}.html", view()),)

    return {path: partial(make, path, template, view) for path, template, view in views}


def method_page(cards: Cards, survey: Survey) -> MethodPage:
    """Return what the page on method shows of this site."""
    widest = survey.widest.value
    return MethodPage(
        **_frame("Method", "How this site works out what it says, and how to check it.", "method"),
        states=tuple(sorted(survey.states.value.items())),
        example=cards.claims[widest] if widest else None,
        tour=tour(cards, survey.way.value),
    )


def corrections_page(cards: Cards) -> CorrectionsPage:
    """Return what was published wrong and how it was put right."""
    return CorrectionsPage(
        **_frame("Corrections", "What was published wrong, and how it was put right.", "method"),
        corrections=correction_views(cards),
    )


def not_found_page() -> NotFoundPage:
    """Return what a server shows for an address that does not exist."""
    return NotFoundPage(**_frame("Page not found", "There is no page at this address.", ""))


def _frame(title: str, description: str, section: str) -> Frame:
    return Frame(title=title, description=description, section=section, crumbs=())
