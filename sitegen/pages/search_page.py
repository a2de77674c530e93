"""The page of search: what can be asked, and the way to every list for who goes without script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.model import Kind, Ref, Standing
from sitegen.pages.cards import Cards
from sitegen.urls import list_url
from sitegen.views import NoteLink, SearchPage

SEARCH = "search.html"

_LISTS = {
    Kind.CLAIM: "Claims",
    Kind.EVENT: "Events",
    Kind.QUESTION: "Questions",
    Kind.ACTOR: "Actors",
    Kind.PLACE: "Places",
    Kind.SOURCE: "Sources, with their quoted passages",
    Kind.MEASURE: "Numbers",
    Kind.PAGE: "Background",
}


def search_page(cards: Cards) -> SearchPage:
    """Return what the page of search shows: the lists, and a question for each field."""
    return SearchPage(
        title="Search",
        description="Claims, events, sources, passages, actors, places: by any name they go by.",
        section="search",
        crumbs=(),
        lists=tuple(
            NoteLink(kind, list_url(kind), title, str(len(cards.site.records(kind))))
            for kind, title in _LISTS.items()
        ),
        examples=tuple(_examples(cards)),
    )


def _examples(cards: Cards) -> Iterator[tuple[str, str]]:
    """Yield each field of a question with an example that finds something on this site."""
    site = cards.site
    asserting = (actor for record in site.claims.values() for actor in record.note.asserted_by)
    if actor := _first(asserting):
        yield "by", f"by:{_quoted(cards.links[Ref(Kind.ACTOR, actor)].title)}"
    if publisher := _first(
        record.note.publisher for record in site.sources.values() if record.note.publisher
    ):
        yield "source", f"source:{_quoted(publisher)}"
    years = sorted(
        {int(year) for each in cards.events.values() if (year := each.date.edtf[:4]).isdecimal()}
    )
    if years:
        is_one = len(years) == 1
        yield "before", f"before:{years[-1] + is_one}"
        yield "after", f"after:{years[0] - is_one}"
    standings = set(cards.findings.standing.values())
    if standing := _first(each for each in Standing if each in standings):
        yield "is", f"is:{standing}"
    if site.claims:
        yield "kind", f"kind:{next(iter(site.claims.values())).note.kind}"


def _first(found: Iterable[str]) -> str:
    return next(iter(found), "")


def _quoted(words: str) -> str:
    """Return words as the value of a field."""
    return f'"{words}"' if " " in words else words
