"""An author's text, and the cards that may stand in it."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Struct

from sitegen.views.cards import ClaimCard, CoverageView, EventCard
from sitegen.views.drawings import PlotView, TimelineView
from sitegen.views.labels import SourceLabel


class SourceCard(Struct, frozen=True):
    """A source in a few lines, with how far it has been worked through."""

    label: Annotated[SourceLabel, "The source in one line."]
    reliability_why: Annotated[str, "What the letter rests on; may be empty."]
    claims: Annotated[int, "How many claims quote it."]
    events: Annotated[int, "How many events quote it."]
    coverage: Annotated[CoverageView | None, "None where the text is not held."]
    summary: Annotated[Prose, "What the article says."]


class SourcesInBrief(Struct, frozen=True):
    """What the sources of a site are like, taken together."""

    count: Annotated[int, "How many."]
    publishers: Annotated[tuple[str, ...], "Those that are stated, by date of their first article."]
    unnamed: Annotated[int, "How many have no publisher stated."]
    kinds: Annotated[tuple[tuple[str, int], ...], "How many of each kind; empty if not stated."]
    grades: Annotated[tuple[tuple[str, int], ...], "How many of each letter; empty if not rated."]
    years: Annotated[tuple[int, ...], "The first and the last of publication; one if the same."]


Card: TypeAlias = "ClaimCard | EventCard | SourceCard | PlotView | TimelineView"


class ProsePiece(Struct, frozen=True):
    """A stretch of an author's text: HTML, or a card that stands in its place."""

    html: Annotated[str, "Safe HTML whose links to notes begin with site:; empty for a card."] = ""
    card_kind: Annotated[str, "claim, event, source, measure or timeline; empty for HTML."] = ""
    card: Annotated[Card | None, "The card."] = None


Prose: TypeAlias = tuple[ProsePiece, ...]
