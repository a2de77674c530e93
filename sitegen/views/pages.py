"""One view for each kind of page but those that grow with the site: see `overviews`."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from sitegen.views.cards import ClaimCard, EventCard
from sitegen.views.drawings import (
    DisputeView,
    EstimateView,
    LocatorView,
    NetworkView,
    PlotView,
    TimelineView,
)
from sitegen.views.evidence import (
    AssessmentView,
    ChangeView,
    CorrectionView,
    DisagreementView,
    EvidenceGroup,
    ExcerptView,
    Gap,
    ParagraphView,
    PassageView,
    QuestionCard,
    RelationView,
    TourView,
)
from sitegen.views.frames import NoteView, View
from sitegen.views.labels import CiteView, DateView, NoteLink, SourceLabel
from sitegen.views.overviews import ContentsGroup, PartsView
from sitegen.views.prose import Prose, SourceCard, SourcesInBrief
from sitegen.views.tables import (
    AnswerView,
    BriefClaim,
    BriefDisagreement,
    BriefExcerpt,
    BriefQuestion,
    BriefSource,
    HypothesesView,
    MatrixSection,
)


class IndexPage(View, frozen=True, kw_only=True):
    """The front page: what is known, how surely, what is contested, what is new."""

    bottom_line: Annotated[Prose, "The body of pages/index.md."]
    counts: Annotated[tuple[tuple[str, int], ...], "Notes by kind: (claims, 210) …"]
    standings: Annotated[tuple[tuple[str, int], ...], "Claims by standing."]
    judgements: Annotated[tuple[ClaimCard, ...], "Claims with a likelihood or a confidence."]
    disagreements: Annotated[tuple[DisagreementView, ...], "The first few."]
    disagreement_count: Annotated[int, "All of them."]
    disputes: Annotated[tuple[DisputeView, ...], "Measures in dispute, the widest apart first."]
    timeline: Annotated[TimelineView, "All events; very many in groups."]
    questions: Annotated[tuple[QuestionCard, ...], "The key questions."]
    sources: Annotated[tuple[SourceCard, ...], "The articles with their grades."]
    origin: Annotated[SourcesInBrief, "What all articles are like, taken together."]
    pages: Annotated[tuple[NoteLink, ...], "The narrative pages; detail is their summary."]
    changes: Annotated[tuple[ChangeView, ...], "The latest changes of judgements."]
    corrections: Annotated[tuple[CorrectionView, ...], "The latest corrections."]
    more_questions: Annotated[int, "How many more there are, as for the following."] = 0
    more_sources: Annotated[int, "Sources that are not among those shown."] = 0
    more_plots: Annotated[int, "Measures in dispute that are not among those shown."] = 0
    more_pages: Annotated[int, "Narrative pages that are not among those shown."] = 0


class ClaimPage(NoteView, frozen=True, kw_only=True):
    """Is it so?"""

    card: Annotated[ClaimCard, "The claim in a few lines."]
    assessment: Annotated[AssessmentView | None, "The author's judgement."]
    groups: Annotated[tuple[EvidenceGroup, ...], "The evidence by independent origin."]
    contradictions: Annotated[tuple[RelationView, ...], "Claims that contradict this one."]
    relations: Annotated[tuple[RelationView, ...], "Other relations."]
    disagreements: Annotated[tuple[DisagreementView, ...], "Those that this claim is part of."]
    plot: Annotated[PlotView | None, "Its number among others of its measure."]
    estimate: Annotated[EstimateView | None, "Its number."]
    silent: Annotated[tuple[SourceLabel, ...], "Sources on the subject that say nothing of it."]
    silent_more: Annotated[int, "How many more such sources there are."]
    silent_too_early: Annotated[int, "Such sources that were published before it happened."]
    events: Annotated[tuple[EventCard, ...], "Events it belongs to."]
    actors: Annotated[tuple[NoteLink, ...], "Actors it speaks of."]
    places: Annotated[tuple[NoteLink, ...], "Places it speaks of."]
    questions: Annotated[tuple[NoteLink, ...], "Questions it bears on."]
    history: Annotated[tuple[ChangeView, ...], "How the judgement changed."]
    analysis: Annotated[Prose, "What the author makes of it."]
    cite: Annotated[CiteView, "How to cite it."]


class EventPage(NoteView, frozen=True, kw_only=True):
    """What happened, when, and how well is the date known?"""

    card: Annotated[EventCard, "The event in a few lines."]
    summary: Annotated[Prose, "What happened."]
    notes: Annotated[Prose, "The author's remarks."]
    evidence: Annotated[tuple[ExcerptView, ...], "The passages that speak of it."]
    rivals: Annotated[tuple[ExcerptView, ...], "The passages that date it otherwise."]
    disagreements: Annotated[tuple[DisagreementView, ...], "Those that this event is part of."]
    claims: Annotated[tuple[ClaimCard, ...], "Claims about it."]
    questions: Annotated[tuple[NoteLink, ...], "Questions it bears on."]
    part_of: Annotated[EventCard | None, "The larger event."]
    parts: Annotated[tuple[EventCard, ...], "Smaller events within it."]
    previous: Annotated[EventCard | None, "The event before it on the timeline."]
    following: Annotated[EventCard | None, "The event after it."]


class SourcePage(NoteView, frozen=True, kw_only=True):
    """What does this article say, and how far is it trusted?"""

    card: Annotated[SourceCard, "The source in a few lines."]
    authors: Annotated[tuple[str, ...], "Who wrote it; empty where not stated."]
    live_url: Annotated[str, "Where it can be read; may be empty."]
    archived_url: Annotated[str, "Where a copy is archived; may be empty."]
    collected: Annotated[DateView | None, "When the text was collected."]
    sha256: Annotated[str, "Of the text's file; empty where it is not held."]
    origins: Annotated[tuple[NoteLink, ...], "Where it has its reporting from."]
    rights: Annotated[str, "full, excerpts or none."]
    lang: Annotated[str, "BCP 47 tag of the text."]
    dir: Annotated[str, "ltr or rtl."]
    is_held: Annotated[bool, "Whether the text is held here."]
    paragraphs: Annotated[tuple[ParagraphView, ...], "The text, as far as rights allow."]
    text_parts: Annotated[tuple[ContentsGroup, ...], "In place of a text too long for one page."]
    passages: Annotated[tuple[PassageView, ...], "All passages that notes quote, in order."]
    unlocated: Annotated[tuple[ExcerptView, ...], "Quotes nobody can check: the text is not held."]
    notes: Annotated[Prose, "The author's remarks."]
    cite: Annotated[CiteView, "How to cite the article itself."]


class QuestionPage(NoteView, frozen=True, kw_only=True):
    """What do the sources answer?"""

    why: Annotated[Prose, "Why it matters."]
    sources: Annotated[tuple[SourceLabel, ...], "The columns of the matrix."]
    answers: Annotated[tuple[AnswerView, ...], "The rows: what tells answers apart comes first."]
    more_answers: Annotated[int, "How many more there are; they are among the others."]
    others: Annotated[tuple[ClaimCard, ...], "Claims that bear on it without answering it."]
    events: Annotated[tuple[EventCard, ...], "Events that bear on it."]
    indicators: Annotated[tuple[str, ...], "What to watch."]
    assessment: Annotated[AssessmentView | None, "The author's judgement."]
    hypotheses: Annotated[HypothesesView | None, "Its answers ranked; None for fewer than two."]


class MeasurePage(NoteView, frozen=True, kw_only=True):
    """How many, according to whom?"""

    plot: Annotated[PlotView, "Every value."]
    definition: Annotated[Prose, "What counts and what does not."]
    dispute: Annotated[DisputeView | None, "Why they are in dispute; its plot is left empty."]
    disagreements: Annotated[tuple[DisagreementView, ...], "Estimates that exclude one another."]
    is_brief: Annotated[bool, "Whether there is too much in these to be set side by side here."]


class ActorPage(NoteView, frozen=True, kw_only=True):
    """Who is this, what is said of them, and what do they say?"""

    kind: Annotated[str, "person, organisation, state or group; may be empty."]
    role: Annotated[str, "In a few words; may be empty."]
    names: Annotated[tuple[str, ...], "Other names in the texts."]
    wikidata: Annotated[str, "May be empty."]
    summary: Annotated[Prose, "What readers need to know."]
    member_of: Annotated[tuple[NoteLink, ...], "What it belongs to."]
    members: Annotated[tuple[NoteLink, ...], "What belongs to it."]
    said: Annotated[tuple[ExcerptView, ...], "Their words."]
    asserted: Annotated[tuple[ClaimCard, ...], "Claims they make."]
    claims: Annotated[tuple[ClaimCard, ...], "Claims about them."]
    events: Annotated[tuple[EventCard, ...], "Events they took part in."]
    origin_of: Annotated[tuple[SourceLabel, ...], "Sources that report from them."]
    roles: Annotated[
        tuple[tuple[str, int], ...],
        "How often they appear as what: quoted, asserting, subject, present, origin.",
    ]
    network: Annotated[NetworkView | None, "Whom they are tied to; None where to nobody."]


class PlacePage(NoteView, frozen=True, kw_only=True):
    """What happened here?"""

    country: Annotated[str, "May be empty."]
    names: Annotated[tuple[str, ...], "Other names in the texts."]
    latitude: Annotated[float | None, "Degrees, north positive."]
    longitude: Annotated[float | None, "Degrees, east positive."]
    wikidata: Annotated[str, "May be empty."]
    summary: Annotated[Prose, "What readers need to know."]
    events: Annotated[tuple[EventCard, ...], "Events here."]
    claims: Annotated[tuple[ClaimCard, ...], "Claims that speak of it."]
    locator: Annotated[LocatorView | None, "A small map; None without coordinates."]


class MethodPage(View, frozen=True, kw_only=True):
    """How standing is worked out, what the codes mean, how to check it all."""

    states: Annotated[tuple[tuple[str, int], ...], "Quotations by state of proof."]
    example: Annotated[ClaimCard | None, "A claim to try it on."]
    tour: Annotated[TourView | None, "A way to follow; None where there is no claim."]


class NarrativePage(NoteView, frozen=True, kw_only=True):
    """A narrative page."""

    summary: Annotated[str, "In a sentence; may be empty."]
    body: Annotated[Prose, "The author's text."]
    cite: Annotated[CiteView, "How to cite it."]


class BriefPage(View, frozen=True, kw_only=True):
    """The whole brief, for print."""

    lead: Annotated[str, "The title of the bottom line."]
    bottom_line: Annotated[Prose, "The body of pages/index.md."]
    questions: Annotated[tuple[BriefQuestion, ...], "The key questions."]
    judged: Annotated[tuple[BriefClaim, ...], "Claims the author judged that answer no question."]
    disagreements: Annotated[tuple[BriefDisagreement, ...], "The first of them."]
    more_disagreements: Annotated[int, "How many more there are."]
    events: Annotated[tuple[EventCard, ...], "By date; of very many the first, as below."]
    more_events: Annotated[int, "How many more there are."]
    plots: Annotated[tuple[PlotView, ...], "Measures with at least one value."]
    more_plots: Annotated[int, "How many more there are."]
    more_unknowns: Annotated[int, "How many more gaps and assumptions there are."]
    gaps: Annotated[tuple[Gap, ...], "What authors say is not known."]
    assumptions: Annotated[tuple[Gap, ...], "What authors take for granted."]
    sources: Annotated[tuple[BriefSource, ...], "By number; of very many those that are cited."]
    excerpts: Annotated[tuple[BriefExcerpt, ...], "The appendix."]
    claims: Annotated[int, "Claims of the whole site."]
    shown: Annotated[int, "How many of them are in here."]
    left_out: Annotated[int, "Answers and judged claims that are too many for one brief."]


class GalleryPage(View, frozen=True, kw_only=True):
    """The design: every part in all its forms, made from examples."""

    claims: Annotated[tuple[ClaimCard, ...], "One for each standing."]
    event: Annotated[EventCard, "With rival dates."]
    source: Annotated[SourceCard, "Rated and partly worked through."]
    question: Annotated[QuestionCard, "With a judgement."]
    assessment: Annotated[AssessmentView, "With every field."]
    groups: Annotated[tuple[EvidenceGroup, ...], "With and without origins; all stances."]
    relation: Annotated[RelationView, "A contradiction."]
    history: Annotated[tuple[ChangeView, ...], "Two steps."]
    linear: Annotated[PlotView, "On a linear scale."]
    logarithmic: Annotated[PlotView, "On a logarithmic scale, with open ends."]
    timeline: Annotated[TimelineView, "With soft, rival and open marks."]
    sources: Annotated[tuple[SourceLabel, ...], "Columns of the matrix of answers."]
    answers: Annotated[tuple[AnswerView, ...], "Its rows."]
    hypotheses: Annotated[HypothesesView, "The answers, ranked."]
    matrix: Annotated[MatrixSection, "Claims and sources."]
    locator: Annotated[LocatorView, "A map."]
    network: Annotated[NetworkView, "A network."]
    cite: Annotated[CiteView, "How to cite."]
    parts: Annotated[PartsView, "A place among the parts of a long list."]


class CorrectionsPage(View, frozen=True, kw_only=True):
    """What was published wrong, and how it was put right?"""

    corrections: Annotated[tuple[CorrectionView, ...], "Latest first."]


class RedirectPage(View, frozen=True, kw_only=True):
    """An earlier address of a note."""

    target: Annotated[NoteLink, "Where the note is now."]


class SearchPage(View, frozen=True, kw_only=True):
    """Anything, by any name; without script, the way to every list."""

    lists: Annotated[tuple[NoteLink, ...], "The lists of the site; detail is how many are there."]
    examples: Annotated[tuple[tuple[str, str], ...], "Each field of a question, with an example."]


class NotFoundPage(View, frozen=True, kw_only=True):
    """What a server shows for an address that does not exist."""


class SiteView(Struct, frozen=True):
    """What every page shows of the site as a whole."""

    title: Annotated[str, "The site's name."]
    description: Annotated[str, "What it is about; may be empty."]
    lang: Annotated[str, "BCP 47 tag of the site's own words."]
    navigation: Annotated[tuple[NoteLink, ...], "The main pages; ref is the section's name."]
    styles: Annotated[tuple[str, ...], "Urls of the style sheets, in order."]
    scripts: Annotated[tuple[str, ...], "Urls of the scripts, in order."]
    base_url: Annotated[str, "Where the site is published; may be empty."]
