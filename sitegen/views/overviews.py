"""The pages about the site as a whole that grow with it, whole or in parts, and their contents."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from sitegen.views.cards import ClaimCard, EventCard
from sitegen.views.drawings import PlotView, TimelineView
from sitegen.views.evidence import (
    BacklinkGroup,
    CoverageRow,
    DisagreementView,
    ExcerptView,
    Gap,
    ParagraphView,
    PassageView,
    QuestionCard,
)
from sitegen.views.frames import View
from sitegen.views.labels import NoteLink, SourceLabel
from sitegen.views.prose import SourceCard
from sitegen.views.tables import MatrixColumn, MatrixSection


class PartsView(Struct, frozen=True):
    """Where a page stands among the parts of what is too long for one page."""

    contents: Annotated[NoteLink, "The page that lists all parts."]
    here: Annotated[str, "What this part holds, in a few words."]
    previous: Annotated[NoteLink | None, "The part before this one."]
    following: Annotated[NoteLink | None, "The part after it."]
    nearby: Annotated[tuple[NoteLink, ...], "The parts around it, itself among them."]


class ContentsGroup(Struct, frozen=True):
    """Parts that belong together."""

    id: Annotated[str, "Its address on the page."]
    title: Annotated[str, "What they have in common; empty for the only group."]
    lead: Annotated[str, "A sentence on them; may be empty."]
    count: Annotated[str, "What is in all of them: 3,112 claims."]
    parts: Annotated[tuple[NoteLink, ...], "In order; detail is how much each holds."]
    names: Annotated[tuple[tuple[str, ...], ...], "What each part holds, if told."] = ()


class ContentsPage(View, frozen=True, kw_only=True):
    """What a list that is too long for one page is split into."""

    lead: Annotated[str, "What is in it, and in which order."]
    groups: Annotated[tuple[ContentsGroup, ...], "At least one."]
    filter: Annotated[str, "The list that readers can filter here; empty for none."]


class PartView(View, frozen=True, kw_only=True):
    """What every page has that may be a part of a longer one."""

    parts: Annotated[PartsView | None, "Its place among the parts; None where it is whole."] = None


class TimelinePage(PartView, frozen=True, kw_only=True):
    """What happened in which order?"""

    timeline: Annotated[TimelineView, "All events; of the whole of a long timeline, groups."]
    contents: Annotated[
        tuple[ContentsGroup, ...], "The parts of a long timeline, in place of its list."
    ] = ()


class DisagreementsPage(PartView, frozen=True, kw_only=True):
    """Where do accounts conflict?"""

    disagreements: Annotated[tuple[DisagreementView, ...], "All of them, or of this part."]


class UnknownsPage(PartView, frozen=True, kw_only=True):
    """What is not known?"""

    gaps: Annotated[tuple[Gap, ...], "What authors say is not known."] = ()
    assumptions: Annotated[tuple[Gap, ...], "What authors take for granted."] = ()
    indicators: Annotated[tuple[Gap, ...], "What to watch."] = ()
    single_origin: Annotated[tuple[ClaimCard, ...], "Claims that rest on one origin."] = ()
    open_predictions: Annotated[tuple[ClaimCard, ...], "Predictions nothing has answered."] = ()
    unanswered: Annotated[tuple[QuestionCard, ...], "Questions without an answer."] = ()
    ungraded: Annotated[tuple[SourceLabel, ...], "Sources nobody rated, or that nobody can."] = ()
    unchecked: Annotated[tuple[ExcerptView, ...], "Quotes whose source is not held."] = ()
    doubtful_dates: Annotated[tuple[EventCard, ...], "Dated about, uncertainly, or twice."] = ()


class CoveragePage(PartView, frozen=True, kw_only=True):
    """How much of each source has been worked through?"""

    rows: Annotated[tuple[CoverageRow, ...], "One for each source."]


class MatrixPage(PartView, frozen=True, kw_only=True):
    """Which claims rest on which sources?"""

    sections: Annotated[tuple[MatrixSection, ...], "One for each question; the rest at the end."]
    sources: Annotated[tuple[MatrixColumn, ...], "All sources of this page with their numbers."]


class SectionPage(PartView, frozen=True, kw_only=True):
    """A section of a note's page that is too long to stand there; one field is filled."""

    claims: Annotated[tuple[ClaimCard, ...], "Claims that hang on the note."] = ()
    events: Annotated[tuple[EventCard, ...], "Events that hang on it."] = ()
    excerpts: Annotated[tuple[ExcerptView, ...], "Words of an actor."] = ()
    sources: Annotated[tuple[SourceLabel, ...], "Articles that report from it."] = ()
    plot: Annotated[PlotView | None, "Values of a measure."] = None
    backlinks: Annotated[tuple[BacklinkGroup, ...], "What refers to it."] = ()


class SourceTextPage(PartView, frozen=True, kw_only=True):
    """A part of a source's text that is too long for the source's page."""

    lang: Annotated[str, "BCP 47 tag of the text."]
    dir: Annotated[str, "ltr or rtl."]
    paragraphs: Annotated[tuple[ParagraphView, ...], "The text, as far as rights allow."]
    passages: Annotated[tuple[PassageView, ...], "The passages quoted from this part, in order."]


class ClaimListPage(PartView, frozen=True, kw_only=True):
    """All claims."""

    claims: Annotated[tuple[ClaimCard, ...], "By statement."]


class EventListPage(PartView, frozen=True, kw_only=True):
    """All events."""

    events: Annotated[tuple[EventCard, ...], "By date."]


class SourceListPage(PartView, frozen=True, kw_only=True):
    """All sources."""

    sources: Annotated[tuple[SourceCard, ...], "By date."]


class QuestionListPage(PartView, frozen=True, kw_only=True):
    """All questions."""

    questions: Annotated[tuple[QuestionCard, ...], "By id; in parts, by their words."]


class MeasureListPage(PartView, frozen=True, kw_only=True):
    """All measures, each with its plot."""

    plots: Annotated[tuple[PlotView, ...], "By title."]


class NoteListPage(PartView, frozen=True, kw_only=True):
    """All actors, places or narrative pages."""

    kind: Annotated[str, "actor, place or page."]
    notes: Annotated[tuple[NoteLink, ...], "By name; detail is a role, a country or a summary."]
