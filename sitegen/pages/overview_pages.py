"""The pages about the site as a whole: which there are, and those that are small whatever comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Final

from sitegen.ledger import Tables
from sitegen.model import Kind
from sitegen.pages.brief import BRIEF, brief_page
from sitegen.pages.cards import Cards
from sitegen.pages.coverage_pages import coverage_volume
from sitegen.pages.desk import Desk
from sitegen.pages.disagreement_views import (
    DISAGREEMENTS,
    Conflicts,
    correction_views,
    disagreement_volume,
)
from sitegen.pages.front_page import index_page
from sitegen.pages.gallery import GALLERY, gallery_page
from sitegen.pages.listing import makers_of
from sitegen.pages.lists import list_volumes
from sitegen.pages.makers import PageMaker
from sitegen.pages.matrix import matrix_volume
from sitegen.pages.search_page import SEARCH, search_page
from sitegen.pages.timeline import TIMELINE
from sitegen.pages.timeline_pages import timeline_volume
from sitegen.pages.tour import tour
from sitegen.pages.unknowns import admissions, unknowns_volume
from sitegen.urls import list_url
from sitegen.views import (
    CorrectionsPage,
    Frame,
    MethodPage,
    NoteLink,
    NotFoundPage,
    PageSpec,
)

INDEX: Final = "index.html"
UNKNOWNS: Final = "unknowns.html"
METHOD: Final = "method.html"
NOT_FOUND: Final = "404.html"
_AFRESH: Final = Tables()


def navigation() -> tuple[NoteLink, ...]:
    """Return the main pages in the order in which every page shows them."""
    return tuple(
        NoteLink(section, url, title)
        for section, url, title in (
            ("index", INDEX, "Bottom line"),
            ("questions", list_url(Kind.QUESTION), "Questions"),
            ("claims", list_url(Kind.CLAIM), "Claims"),
            ("timeline", TIMELINE, "Timeline"),
            ("disagreements", DISAGREEMENTS, "Disagreements"),
            ("measures", list_url(Kind.MEASURE), "Numbers"),
            ("unknowns", UNKNOWNS, "Unknowns"),
            ("sources", list_url(Kind.SOURCE), "Sources"),
            ("actors", list_url(Kind.ACTOR), "Actors"),
            ("places", list_url(Kind.PLACE), "Places"),
            ("pages", list_url(Kind.PAGE), "Background"),
            ("method", METHOD, "Method"),
        )
    )


def overview_page_makers(
    desk: Desk, conflicts: Conflicts, tables: Tables = _AFRESH
) -> Iterator[PageMaker]:
    """Yield what makes the pages about the site as a whole."""
    cards, views = desk.cards, tuple(conflicts.views.values())
    makers: tuple[Callable[[], Iterable[PageSpec]], ...] = (
        lambda: (PageSpec(INDEX, "pages/index.html", index_page(cards, views)),),
        lambda: (PageSpec(BRIEF, "pages/brief.html", brief_page(cards, views, admissions(cards))),),
        partial(_small_pages, cards),
    )
    yield from map(PageMaker, makers)
    volumes = (
        timeline_volume(cards),
        disagreement_volume(cards, conflicts),
        unknowns_volume(cards),
        coverage_volume(cards),
        matrix_volume(cards),
        *list_volumes(cards, desk.plots),
    )
    for volume in volumes:
        yield from makers_of(volume, tables)


def _small_pages(cards: Cards) -> Iterator[PageSpec]:
    yield PageSpec(GALLERY, "pages/gallery.html", gallery_page())
    yield PageSpec(METHOD, "pages/method.html", method_page(cards))
    yield PageSpec(list_url(Kind.CORRECTION), "pages/corrections.html", corrections_page(cards))
    yield PageSpec(SEARCH, "pages/search.html", search_page(cards))
    yield PageSpec(NOT_FOUND, "pages/not_found.html", not_found_page())


def method_page(cards: Cards) -> MethodPage:
    """Return what the page on method shows of this site."""
    states = Counter(
        citation.excerpt.state for citation in chain.from_iterable(cards.site.citations.values())
    )
    widest = max(
        cards.claims.values(), key=lambda each: (each.origins, each.articles), default=None
    )
    return MethodPage(
        **_frame("Method", "How this site works out what it says, and how to check it.", "method"),
        states=tuple(sorted((str(state), count) for state, count in states.items())),
        example=widest,
        tour=tour(cards),
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
