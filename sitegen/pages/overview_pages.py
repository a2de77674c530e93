"""The pages about the site as a whole: which there are, and those that are small whatever comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Final

from sitegen.model import Kind
from sitegen.pages.brief import BRIEF, brief_page
from sitegen.pages.cards import Cards
from sitegen.pages.coverage_pages import coverage_pages
from sitegen.pages.disagreement_views import (
    DISAGREEMENTS,
    correction_views,
    disagreement_pages,
)
from sitegen.pages.front_page import index_page
from sitegen.pages.gallery import GALLERY, gallery_page
from sitegen.pages.lists import list_pages
from sitegen.pages.makers import PageMaker
from sitegen.pages.matrix import matrix_pages
from sitegen.pages.search_page import SEARCH, search_page
from sitegen.pages.timeline import TIMELINE
from sitegen.pages.timeline_pages import timeline_pages
from sitegen.pages.tour import tour
from sitegen.pages.unknowns import unknowns_page, unknowns_pages
from sitegen.urls import list_url
from sitegen.views import (
    CorrectionsPage,
    DisagreementView,
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
    cards: Cards, conflicts: Sequence[DisagreementView]
) -> tuple[PageMaker, ...]:
    """Return what makes the pages about the site as a whole; `conflicts` are all disagreements."""
    makers: tuple[Callable[[], Iterable[PageSpec]], ...] = (
        lambda: (PageSpec(INDEX, "pages/index.html", index_page(cards, conflicts)),),
        lambda: (
            PageSpec(BRIEF, "pages/brief.html", brief_page(cards, conflicts, unknowns_page(cards))),
        ),
        partial(timeline_pages, cards),
        partial(disagreement_pages, cards, conflicts),
        lambda: unknowns_pages(cards, unknowns_page(cards)),
        partial(coverage_pages, cards),
        partial(matrix_pages, cards),
        partial(list_pages, cards),
        partial(_small_pages, cards),
    )
    return tuple(map(PageMaker, makers))


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
