"""The page of search: what can be asked, and links to all lists for readers without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sitegen.kinds import Kind
from sitegen.model import Ref, Standing
from sitegen.pages.cards import Cards
from sitegen.pages.survey import Survey
from sitegen.urls import list_url
from sitegen.views import NoteLink, SearchPage

_LISTS: Final = (
    Kind.CLAIM,
    Kind.EVENT,
    Kind.QUESTION,
    Kind.ACTOR,
    Kind.PLACE,
    Kind.SOURCE,
    Kind.MEASURE,
    Kind.PAGE,
)
_WITH_PASSAGES: Final = "Sources, with their quoted passages"


def search_page(cards: Cards, survey: Survey) -> SearchPage:
    """Return what the page of search shows: the lists, and a question for each field."""
    return SearchPage(
        title="Search",
        description="Claims, events, sources, passages, actors, places: by any name they go by.",
        section="search",
        crumbs=(),
        lists=tuple(
            NoteLink(
                kind,
                list_url(kind),
                _WITH_PASSAGES if kind is Kind.SOURCE else kind.heading,
                str(len(cards.site.records(kind))),
            )
            for kind in _LISTS
        ),
        examples=tuple(_examples(cards, survey)),
    )


def _examples(cards: Cards, survey: Survey) -> Iterator[tuple[str, str]]:
    """Yield each field of a question with an example that finds something on this site."""
    site = cards.site
    if actor := survey.asserting.value:
        yield "by", f"by:{_quoted(cards.links[Ref(Kind.ACTOR, actor)].title)}"
    if publisher := survey.publisher.value:
        yield "source", f"source:{_quoted(publisher)}"
    if years := survey.years.value:
        first, last = years
        is_one = first == last
        yield "before", f"before:{last + is_one}"
        yield "after", f"after:{first - is_one}"
    standings = survey.standings.value
    if standing := next((each for each in Standing if each in standings), None):
        yield "is", f"is:{standing}"
    if first_claim := next(iter(site.claims), None):
        yield "kind", f"kind:{site.claims[first_claim].note.kind}"


def _quoted(words: str) -> str:
    """Return words as the value of a field."""
    return f'"{words}"' if " " in words else words
