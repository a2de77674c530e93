"""The pages about the site as a whole: which there are, and those that are small whatever comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

from sitegen.kinds import Kind
from sitegen.ledger import Tables
from sitegen.notes import SourceId
from sitegen.pages.brief import brief_page
from sitegen.pages.cards import Cards
from sitegen.pages.coverage_pages import coverage_volume
from sitegen.pages.desk import Desk
from sitegen.pages.disagreement_views import correction_views, disagreement_volume
from sitegen.pages.front_page import index_page
from sitegen.pages.gallery import gallery_page
from sitegen.pages.listing import Volume, makers_of
from sitegen.pages.lists import list_volumes
from sitegen.pages.makers import KeyedMakers
from sitegen.pages.matrix import matrix_volume
from sitegen.pages.search_page import search_page
from sitegen.pages.survey import Survey, survey_of
from sitegen.pages.timeline_pages import Timeline, timeline_in_all, timeline_volume
from sitegen.pages.tour import tour
from sitegen.pages.unknowns import Unknowns, unknowns_of, unknowns_volume
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

_AFRESH: Final = Tables()


def overview_page_makers(desk: Desk, tables: Tables = _AFRESH) -> Iterator[KeyedMakers]:
    """Yield what makes the pages about the site as a whole."""
    cards = desk.cards
    if tables.is_kept:
        survey, timeline = survey_of(cards, tables), timeline_in_all(cards, tables)
        numbers = tables.table(
            "numbers of sources", cards.site.sources, lambda each: survey.sources.value[each]
        )
        small = _small_pages(desk, survey, timeline)
        yield KeyedMakers("overview:", small, lambda path: small[path]())
        volumes = _volumes(desk, lambda _: timeline, lambda _: survey.unknowns, lambda _: numbers)
    else:  # whoever makes a page, makes what it needs
        yield KeyedMakers("", [""], lambda _: _pages_afresh(desk))
        volumes = _volumes(
            desk,
            partial(timeline_in_all, cards),
            partial(unknowns_of, cards),
            lambda _: cards.numbers_by_date(),
        )
    for volume in volumes:
        yield from makers_of(volume, tables)


def _volumes(
    desk: Desk,
    timeline: Callable[[Tables], Timeline],
    unknowns: Callable[[Tables], Unknowns],
    numbers: Callable[[Tables], Mapping[SourceId, int]],
) -> tuple[Volume, ...]:
    """Return the pages that may have to be split."""
    cards = desk.cards
    return (
        timeline_volume(cards, timeline),
        disagreement_volume(desk.conflicts),
        unknowns_volume(cards, unknowns),
        coverage_volume(cards),
        matrix_volume(cards, numbers),
        *list_volumes(cards, desk.plots),
    )


def _pages_afresh(desk: Desk) -> Iterator[PageSpec]:
    survey, timeline = survey_of(desk.cards), timeline_in_all(desk.cards, Tables())
    for make in _small_pages(desk, survey, timeline).values():
        yield from make()


def _small_pages(
    desk: Desk, survey: Survey, timeline: Timeline
) -> dict[str, Callable[[], tuple[PageSpec, ...]]]:
    """Return what makes each of the pages that are small whatever comes, by their paths."""
    cards = desk.cards
    views: tuple[tuple[str, str, Callable[[], View]], ...] = (
        (INDEX, "index", lambda: index_page(desk, survey, timeline.drawn)),
        (BRIEF, "brief", lambda: brief_page(cards, survey, desk.conflicts)),
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
