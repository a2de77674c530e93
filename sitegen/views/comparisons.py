"""What two sources, or two actors, say about the same things."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from sitegen.views.evidence import ExcerptView
from sitegen.views.frames import View
from sitegen.views.labels import DateView, NoteLink, Word


class VoiceView(Struct, frozen=True):
    """A source or an actor whose words are compared."""

    ref: Annotated[str, "source:id or actor:id."]
    url: Annotated[str, "Its page."]
    title: Annotated[str, "The article's title, or the actor's name."]
    name: Annotated[str, "What it is called at each quotation; the other voice is not called so."]
    detail: Annotated[str, "Publisher or role; may be empty."]
    published: Annotated[DateView | None, "When, of a source; None where it is not known."]
    reliability: Annotated[str, "Admiralty letter of a source; empty where nobody rated it."]
    statements: Annotated[int, "Of how many claims and events it speaks."]


class ComparedStatement(Struct, frozen=True):
    """A claim or an event as one side of a comparison, with the words for it."""

    link: Annotated[NoteLink, "The note; detail is its number with scope and date, if it has one."]
    words: Annotated[tuple[Word, ...], "The claim with differing words marked; may be empty."]
    excerpts: Annotated[tuple[ExcerptView, ...], "In whose words."]
    stances: Annotated[tuple[str, ...], "What each of the excerpts does, for this voice."]
    more: Annotated[int, "How many more passages there are."]


class FindingView(Struct, frozen=True):
    """Something that both speak of."""

    accord: Annotated[str, "differ, agree, one-origin, compatible or beside."]
    ground: Annotated[str, "same, dates, numbers, or the type of a relation."]
    is_inverse: Annotated[bool, "Whether the relation leads from the right to the left."]
    why: Annotated[str, "How the two claims go together, in a sentence; may be empty."]
    shared: Annotated[NoteLink | None, "The statement, where it is one and the same."]
    left: Annotated[tuple[ComparedStatement, ...], "At least one."]
    right: Annotated[tuple[ComparedStatement, ...], "At least one."]
    left_more: Annotated[int, "How many more numbers the left side has."]
    right_more: Annotated[int, "How many more the right side has."]
    clashes: Annotated[tuple[tuple[str, str], ...], "Numbers that cannot both hold: left, right."]


class SilenceView(Struct, frozen=True):
    """Statements on a subject that only one side makes."""

    links: Annotated[tuple[NoteLink, ...], "The first of them; empty where there is none."]
    more: Annotated[int, "How many more there are."]


class ComparedSubject(Struct, frozen=True):
    """An event, a measure or a question that both speak of."""

    anchor: Annotated[str, "Its address on the page."]
    kind: Annotated[str, "event, measure, question; empty for what belongs to none."]
    link: Annotated[NoteLink | None, "Its page; None for what belongs to none."]
    findings: Annotated[tuple[FindingView, ...], "What both speak of; differences first."]
    only_left: Annotated[SilenceView, "What only the left side says."]
    only_right: Annotated[SilenceView, "What only the right side says."]


class PairCounts(Struct, frozen=True):
    """How much two voices agree and differ."""

    url: Annotated[str, "The page of the pair."]
    accords: Annotated[tuple[tuple[str, int], ...], "Each kind of finding that there is any of."]
    only_left: Annotated[int, "Statements on common subjects that only the left one makes."]
    only_right: Annotated[int, "Likewise of the right one."]


class ComparisonPage(View, frozen=True, kw_only=True):
    """What do these two say about the same things?"""

    kind: Annotated[str, "source or actor."]
    left: Annotated[VoiceView, "One of them; what comes first means nothing."]
    right: Annotated[VoiceView, "The other one."]
    counts: Annotated[PairCounts, "How much they agree and differ."]
    subjects: Annotated[
        tuple[ComparedSubject, ...], "Events by date, then numbers, then questions."
    ]
    outside_left: Annotated[SilenceView, "What the left one says on other subjects."]
    outside_right: Annotated[SilenceView, "Likewise of the right one."]
    parts: Annotated[tuple[NoteLink, ...], "The pages of a long comparison, in order."]
    number: Annotated[int, "Which of them this is, from 1."]


class PairRow(Struct, frozen=True):
    """A source against those before it."""

    voice: Annotated[VoiceView, "The source."]
    number: Annotated[int, "From 1, by date."]
    cells: Annotated[tuple[PairCounts | None, ...], "One for each source before it; None: nothing."]


class ActorPair(Struct, frozen=True):
    """Two actors whose words have a page of their own."""

    left: Annotated[VoiceView, "One of them."]
    right: Annotated[VoiceView, "The other one."]
    counts: Annotated[PairCounts, "How much they agree and differ."]


class ComparisonsPage(View, frozen=True, kw_only=True):
    """Which sources and which actors can be compared, and how much they agree."""

    rows: Annotated[tuple[PairRow, ...], "All sources by date; empty where there are too many."]
    sources: Annotated[tuple[VoiceView, ...], "All sources, where there are too many for rows."]
    most_sources: Annotated[int, "Up to how many sources all pairs have a page."]
    pairs: Annotated[tuple[ActorPair, ...], "Actors with most in common."]
    most_pairs: Annotated[int, "At most so many pairs of actors have a page."]
    actors: Annotated[tuple[VoiceView, ...], "All actors whose words are quoted."]
