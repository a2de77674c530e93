"""Claims, events and coverage in a few lines."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from sitegen.views.labels import DateView, NoteLink


class ClaimCard(Struct, frozen=True):
    """A claim in a few lines."""

    ref: Annotated[str, "claim:id."]
    url: Annotated[str, "The claim's page."]
    statement: Annotated[str, "One sentence."]
    kind: Annotated[str, "fact, estimate …"]
    date: Annotated[DateView | None, "When what it says holds."]
    standing: Annotated[str, "Worked out from the evidence."]
    verdict: Annotated[str, "The author's; may be empty."]
    likelihood: Annotated[str, "The author's; may be empty."]
    confidence: Annotated[str, "The author's; may be empty."]
    articles: Annotated[int, "How many sources speak of it."]
    origins: Annotated[int, "How many independent groups support it."]
    asserted_by: Annotated[tuple[NoteLink, ...], "Who asserts it."]
    quantity: Annotated[str, "Its number with unit, in words; may be empty."]


class EventCard(Struct, frozen=True):
    """An event in a few lines."""

    ref: Annotated[str, "event:id."]
    url: Annotated[str, "The event's page."]
    title: Annotated[str, "What happened."]
    kind: Annotated[str, "meeting, agreement …"]
    date: Annotated[DateView, "When."]
    rival_dates: Annotated[tuple[DateView, ...], "Other dates that sources give."]
    actors: Annotated[tuple[NoteLink, ...], "Who took part."]
    places: Annotated[tuple[NoteLink, ...], "Where."]
    claims: Annotated[int, "How many claims are about it."]
    sources: Annotated[int, "How many sources speak of it."]


class CoverageView(Struct, frozen=True):
    """How much of a text the notes have worked through, in sentences."""

    quoted: Annotated[int, "Sentences that some note quotes."]
    ignored: Annotated[int, "Sentences marked as no content."]
    unused: Annotated[int, "Sentences no note speaks of yet."]
    total: Annotated[int, "All of them."]
    worked_through: Annotated[int, "Quoted, in percent of those that are content."]
    share_quoted: Annotated[int, "Characters published as quotes, in percent of the text."]
