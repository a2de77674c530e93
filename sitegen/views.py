"""What templates may see: one view for each kind of page, made of small flat parts.

A view holds plain values only, so that a page depends on nothing else: equal views and templates
give equal bytes, wherever they are rendered. Urls are relative to the site's root; templates write
`{{ root }}` before them. Codes (`single-origin`, `supports` …) are those of the content model; the
words for them are the templates' business. Every field says what it is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias, TypedDict


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the site: its path below the output folder, and its bytes."""

    path: Annotated[str, "Relative, with forward slashes."]
    content: Annotated[bytes, "What the file holds."]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page that shall exist: where, by which template, from what."""

    path: Annotated[str, "Output path; its depth decides how links begin."]
    template: Annotated[str, "Name of the template below templates/."]
    view: Annotated[View, "All that the template may see of the site's content."]


# --- parts ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A link to a note."""

    ref: Annotated[str, "kind:id."]
    url: Annotated[str, "The note's page."]
    title: Annotated[str, "What readers call the note."]
    detail: Annotated[str, "A word on it: a role, a date; may be empty."] = ""


@dataclass(frozen=True, slots=True)
class DateView:
    """A date in words and in EDTF."""

    words: Annotated[str, "For readers: about June 2024."]
    edtf: Annotated[str, "As the author wrote it."]
    machine: Annotated[str, "For <time datetime>; empty where HTML has no form for it."]
    is_doubtful: Annotated[bool, "Approximate or uncertain."]


@dataclass(frozen=True, slots=True)
class SourceLabel:
    """A source in one line."""

    ref: Annotated[str, "source:id."]
    url: Annotated[str, "The source's page."]
    title: Annotated[str, "The article's title."]
    publisher: Annotated[str, "Empty where it is not stated."]
    published: Annotated[DateView | None, "When; None where it is not known."]
    kind: Annotated[str, "news, commentary …; empty where nobody said."]
    reliability: Annotated[str, "Admiralty letter; empty where nobody rated it."]


@dataclass(frozen=True, slots=True)
class ExcerptView:
    """A quotation inside its sentence, with all that is known of it."""

    anchor: Annotated[str, "Its address on the note's page: evidence-1."]
    number: Annotated[int, "Counts from 1 among the note's evidence."]
    state: Annotated[str, "exact, normalised or not-held."]
    stance: Annotated[str, "supports, disputes or mentions."]
    before: Annotated[str, "The rest of the sentence before the quote; empty without rights to it."]
    segments: Annotated[tuple[str, ...], "The text's own words; several where words are left out."]
    omitted: Annotated[tuple[str, ...], "What is left out between the segments, one fewer."]
    after: Annotated[str, "The rest of the sentence after the quote."]
    lang: Annotated[str, "BCP 47 tag of the words."]
    dir: Annotated[str, "ltr or rtl."]
    source: Annotated[SourceLabel, "Where the words stand."]
    passage_url: Annotated[str, "Their place on the source's page; empty where not held."]
    live_url: Annotated[str, "The very words in the live article; empty without its address."]
    archived_url: Annotated[str, "The archived article; may be empty."]
    credibility: Annotated[str, "Admiralty digit; empty where nobody rated it."]
    basis: Annotated[str, "How the passage knows; empty where nobody said."]
    said_by: Annotated[tuple[NoteLink, ...], "Whose words these are."]
    origins: Annotated[tuple[NoteLink, ...], "Where the passage or its source has it from."]
    translation: Annotated[str, "In the site's language; may be empty."]
    translated_by: Annotated[str, "person, machine or publisher; may be empty."]
    note: Annotated[Prose, "The author's remark."]
    rival_date: Annotated[DateView | None, "The date that these words give an event, if a rival."]
    statement: Annotated[str, "The note that rests on it, on pages of other notes; else empty."] = (
        ""
    )
    statement_url: Annotated[str, "That note's page and the evidence's address on it."] = ""


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """Evidence that may go back to one origin and therefore counts once."""

    excerpts: Annotated[tuple[ExcerptView, ...], "At least one."]
    sources: Annotated[tuple[SourceLabel, ...], "The articles, each once."]
    ties: Annotated[
        tuple[str, ...], "Shared publishers and origins by name; empty for one article."
    ]
    origins: Annotated[tuple[NoteLink, ...], "Where the articles have it from."]
    supports: Annotated[bool, "Whether any of it supports the statement."]
    chain: Annotated[ChainView | None, "Its way from origin to article; None without origins."] = (
        None
    )


@dataclass(frozen=True, slots=True)
class ChainNode:
    """An origin or an article on the way of a report, and where it stands in the drawing."""

    ref: Annotated[str, "actor:id or source:id."]
    url: Annotated[str, "Its page."]
    title: Annotated[str, "What readers call it."]
    label: Annotated[tuple[str, ...], "The title in one or two short lines, for the drawing."]
    column: Annotated[int, "0 for the first origins, the last column for the articles."]
    row: Annotated[float, "Its place in the column, from 0; halves centre the shorter columns."]
    feeds: Annotated[tuple[int, ...], "Who has it from here: positions among the nodes."]


@dataclass(frozen=True, slots=True)
class ChainView:
    """The way of a report from its origins to the articles that tell it."""

    nodes: Annotated[tuple[ChainNode, ...], "Column by column, in order of their rows."]
    columns: Annotated[int, "How many columns: two or more."]
    rows: Annotated[int, "How many rows the fullest column has."]


@dataclass(frozen=True, slots=True)
class CiteForm:
    """A reference in one of the forms that readers copy."""

    code: Annotated[str, "text, markdown, bibtex or csl-json."]
    text: Annotated[str, "To be copied as it is; may have several lines."]


@dataclass(frozen=True, slots=True)
class CiteView:
    """How to cite a page, and the passages on it."""

    forms: Annotated[tuple[CiteForm, ...], "The page's: text, Markdown, BibTeX and CSL-JSON."]
    passages: Annotated[tuple[str, ...], "One for each piece of evidence, as text, in order."]
    has_address: Annotated[bool, "Whether the site's own address is known; else it is left out."]


@dataclass(frozen=True, slots=True)
class LocatorDot:
    """A place on a locator map."""

    link: Annotated[NoteLink, "The place; detail is where it lies, in words."]
    x: Annotated[float, "In the drawing's units, from the left."]
    y: Annotated[float, "From the top."]
    label_x: Annotated[float, "Where its label stands."]
    label_y: Annotated[float, "The label's base line."]
    anchor: Annotated[str, "start, middle or end: which part of the label is at `label_x`."]
    is_labelled: Annotated[bool, "False where a label would lie on another one."]


@dataclass(frozen=True, slots=True)
class LocatorView:
    """A small map of where a place is: outlines of land, borders, dots. To scale at its centre."""

    width: Annotated[int, "Of the drawing; the unit is a pixel of it."]
    height: Annotated[int, "Of the drawing."]
    land: Annotated[str, "Path of the land, to be filled by the even-odd rule; may be empty."]
    borders: Annotated[str, "Path of the borders between states; may be empty."]
    here: Annotated[LocatorDot, "The place itself."]
    others: Annotated[tuple[LocatorDot, ...], "The site's nearest other places on the map."]


@dataclass(frozen=True, slots=True)
class NetworkTie:
    """One way in which two actors are tied, and how often."""

    code: Annotated[str, "claims, events, speaks-of, spoken-of-by, belongs-to or has-member."]
    count: Annotated[int, "How often."]


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """An actor tied to the one in the middle."""

    link: Annotated[NoteLink, "The actor."]
    ties: Annotated[tuple[NetworkTie, ...], "What ties the two, most frequent first."]
    count: Annotated[int, "All ties together."]
    weight: Annotated[int, "1 to 6, for the line: one tie, 2–3, 4–7, 8–15, 16–31, more."]
    x: Annotated[float, "Where it stands in the drawing."]
    y: Annotated[float, "From the top."]
    anchor: Annotated[str, "start or end: where its label begins."]
    label: Annotated[tuple[str, ...], "Its name in one or two lines."]


@dataclass(frozen=True, slots=True)
class NetworkView:
    """An actor and those it is tied to in one step, drawn in a ring."""

    width: Annotated[int, "Of the drawing; the unit is a pixel of it."]
    height: Annotated[int, "Of the drawing."]
    x: Annotated[float, "Where the actor itself stands."]
    y: Annotated[float, "From the top."]
    label: Annotated[tuple[str, ...], "Its name in one or two lines."]
    nodes: Annotated[tuple[NetworkNode, ...], "The strongest ties, strongest first."]
    left_out: Annotated[int, "How many more actors are tied to it."]


@dataclass(frozen=True, slots=True)
class RankView:
    """Where an answer stands in one ranking, and the counts it stands there by."""

    ranking: Annotated[str, "all, without-weak or without-single."]
    position: Annotated[int | None, "From 1; equal counts share one. None: no evidence is left."]
    is_shared: Annotated[bool, "Whether another answer has the same position."]
    row: Annotated[int, "Its row in the drawing, from 0; each has its own."]
    against: Annotated[int, "Independent groups that dispute it or bear out what contradicts it."]
    support: Annotated[int, "Independent groups that support it."]
    unrated: Annotated[int, "Of both, those whose passages nobody graded in full."]
    moved: Annotated[int, "Positions gained among those left, against all evidence; may be lost."]


@dataclass(frozen=True, slots=True)
class HypothesisView:
    """An answer with its place in each of the rankings."""

    claim: Annotated[ClaimCard, "The answer."]
    letter: Annotated[str, "A, B, C …: what the drawing calls it, by the first ranking."]
    ranks: Annotated[tuple[RankView, ...], "By all evidence, without weak, without single."]


@dataclass(frozen=True, slots=True)
class TellingSource:
    """How far a source tells the answers to a question apart."""

    source: Annotated[SourceLabel, "The source."]
    pairs: Annotated[int, "Pairs of answers of which it bears out one and counts against one."]
    bears_out: Annotated[int, "Answers that it supports."]
    against: Annotated[int, "Answers that it disputes, or whose contrary it supports."]


@dataclass(frozen=True, slots=True)
class HypothesesView:
    """The competing answers, ranked by how little counts against them. No score, only counts."""

    answers: Annotated[tuple[HypothesisView, ...], "By the ranking of all evidence."]
    has_moves: Annotated[bool, "Whether any answer changes its position in any ranking."]
    weak: Annotated[int, "Passages left out as weak: D, E, F or 4, 5, 6."]
    single: Annotated[int, "Groups left out as the only one on their side of an answer."]
    sources: Annotated[tuple[TellingSource, ...], "In the order of the matrix's columns."]
    pairs: Annotated[int, "All pairs of answers."]


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """The author's judgement, never merged with standing or grades."""

    verdict: Annotated[str, "May be empty, as every field here."]
    likelihood: Annotated[str, "One of the seven terms of ICD 203."]
    confidence: Annotated[str, "low, moderate or high."]
    rationale: Annotated[Prose, "Why."]
    assumptions: Annotated[tuple[str, ...], "What is taken for granted."]
    gaps: Annotated[tuple[str, ...], "What is not known."]
    would_change: Annotated[tuple[str, ...], "What would change the judgement."]
    assessed_on: Annotated[DateView | None, "When."]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A step in the history of a judgement."""

    date: Annotated[DateView, "When."]
    before: Annotated[str, "What it was; may be empty."]
    after: Annotated[str, "What it became; may be empty."]
    why: Annotated[str, "Why it changed."]
    claim: Annotated[NoteLink, "Whose history it is."]


@dataclass(frozen=True, slots=True)
class ClaimCard:
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


@dataclass(frozen=True, slots=True)
class EventCard:
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


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A source in a few lines, with how far it has been worked through."""

    label: Annotated[SourceLabel, "The source in one line."]
    reliability_why: Annotated[str, "What the letter rests on; may be empty."]
    claims: Annotated[int, "How many claims quote it."]
    events: Annotated[int, "How many events quote it."]
    coverage: Annotated[CoverageView | None, "None where the text is not held."]
    summary: Annotated[Prose, "What the article says."]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """How much of a text the notes have worked through, in sentences."""

    quoted: Annotated[int, "Sentences that some note quotes."]
    ignored: Annotated[int, "Sentences marked as no content."]
    unused: Annotated[int, "Sentences no note speaks of yet."]
    total: Annotated[int, "All of them."]
    worked_through: Annotated[int, "Quoted, in percent of those that are content."]
    share_quoted: Annotated[int, "Characters published as quotes, in percent of the text."]


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question with the claims that lead its answers."""

    ref: Annotated[str, "question:id."]
    url: Annotated[str, "The question's page."]
    question: Annotated[str, "The question."]
    answers: Annotated[int, "How many claims compete."]
    assessment: Annotated[AssessmentView | None, "The author's judgement."]


@dataclass(frozen=True, slots=True)
class BacklinkView:
    """A reference to this note from another one."""

    url: Annotated[str, "The place that refers."]
    title: Annotated[str, "The note that refers."]
    role: Annotated[str, "The field that refers, or a relation's type."]
    words: Annotated[str, "The sentence that carries the reference, if not the title."]
    stance: Annotated[str, "Of the evidence; else empty."]


@dataclass(frozen=True, slots=True)
class BacklinkGroup:
    """The references from one kind of note."""

    kind: Annotated[str, "claim, event …"]
    links: Annotated[tuple[BacklinkView, ...], "At least one."]


@dataclass(frozen=True, slots=True)
class RelationView:
    """How this claim stands to another one."""

    type: Annotated[str, "contradicts, refines …"]
    is_inverse: Annotated[bool, "Whether the other claim says it of this one."]
    why: Annotated[str, "In a sentence; may be empty."]
    claim: Annotated[ClaimCard, "The other claim."]
    here: Annotated[tuple[Word, ...], "This statement, differing words marked; for contradictions."]
    there: Annotated[tuple[Word, ...], "The other statement, likewise."]


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of a statement that is compared with another one."""

    text: Annotated[str, "With the white space that follows it."]
    differs: Annotated[bool, "Whether the other statement lacks it."]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    x: Annotated[float, "0 to 100."]
    label: Annotated[str, "What stands at it."]


@dataclass(frozen=True, slots=True)
class EstimateView:
    """One estimate on a plot, and as a row of its table."""

    claim: Annotated[ClaimCard, "The claim that states it."]
    number: Annotated[str, "In words: about 12,000."]
    wording: Annotated[str, "As the source puts it; may be empty."]
    scope: Annotated[str, "What exactly is counted; may be empty."]
    as_of: Annotated[DateView | None, "For which date."]
    by: Annotated[tuple[NoteLink, ...], "Who says so."]
    sources: Annotated[tuple[SourceLabel, ...], "Where it stands."]
    low: Annotated[float, "Left end, 0 to 100."]
    high: Annotated[float, "Right end, 0 to 100; equal to `low` for a dot."]
    dot: Annotated[float | None, "Where the stated number is; None for a plain range."]
    is_open_below: Annotated[bool, "Reaches down without limit."]
    is_open_above: Annotated[bool, "Reaches up without limit."]
    is_current: Annotated[bool, "Whether this is the claim whose page shows the plot."]


@dataclass(frozen=True, slots=True)
class PlotView:
    """All estimates of a measure on a common scale. Never an average."""

    measure: Annotated[NoteLink, "What is counted."]
    unit: Annotated[str, "In what."]
    is_logarithmic: Annotated[bool, "Whether equal distances mean equal ratios."]
    ticks: Annotated[tuple[Tick, ...], "The axis."]
    estimates: Annotated[tuple[EstimateView, ...], "In order of their numbers."]


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """A date of an event in the drawing, in percent of its width."""

    start: Annotated[float, "Left end, 0 to 100."]
    end: Annotated[float, "Right end, 0 to 100."]
    is_soft: Annotated[bool, "Doubtful: drawn with soft edges."]
    is_open_before: Annotated[bool, "No known beginning."]
    is_open_after: Annotated[bool, "No known end."]
    is_rival: Annotated[bool, "A date that another source gives."]
    words: Annotated[str, "The date in words."]
    is_imprecise: Annotated[bool, "A moment somewhere within the mark."] = False


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """An event in the drawing, or several whose marks would lie upon one another."""

    event: Annotated[EventCard, "The event; the first of several."]
    row: Annotated[int, "Row of the drawing, from 0 at the top of its lane."]
    marks: Annotated[tuple[TimelineMark, ...], "Its own date first, then rivals."]
    label: Annotated[str, "What stands at it, cut to the free space; empty for the title."] = ""
    count: Annotated[int, "How many events it stands for."] = 1


@dataclass(frozen=True, slots=True)
class TimelineLane:
    """A band of the drawing."""

    title: Annotated[str, "What its events have in common."]
    top: Annotated[int, "Row at which it begins."]
    rows: Annotated[int, "How many rows it takes."]
    items: Annotated[tuple[TimelineItem, ...], "By date."]


@dataclass(frozen=True, slots=True)
class TimelineYear:
    """The events of one year, for the list."""

    label: Annotated[str, "2024; or a word where no year is known."]
    anchor: Annotated[str, "Its address on the page."]
    events: Annotated[tuple[EventCard, ...], "By date."]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A stretch of the timeline: as a list, and as a drawing to scale."""

    title: Annotated[str, "October – December 2024; empty for all of it."]
    ticks: Annotated[tuple[Tick, ...], "Years or months along the drawing."]
    lanes: Annotated[tuple[TimelineLane, ...], "Bands of the drawing."]
    rows: Annotated[int, "Rows of the drawing in all."]
    years: Annotated[tuple[TimelineYear, ...], "The list."]
    count: Annotated[int, "How many events."]
    strip: Annotated[tuple[Tick, ...], "Years of the strip at the left, not to scale."] = ()
    strip_end: Annotated[float, "Where the strip ends, 0 to 100; 0 without one."] = 0.0


Card: TypeAlias = "ClaimCard | EventCard | SourceCard | PlotView | TimelineView"


@dataclass(frozen=True, slots=True)
class ProsePiece:
    """A stretch of an author's text: HTML, or a card that stands in its place."""

    html: Annotated[str, "Safe HTML whose links to notes begin with site:; empty for a card."] = ""
    card_kind: Annotated[str, "claim, event, source, measure or timeline; empty for HTML."] = ""
    card: Annotated[Card | None, "The card."] = None


Prose: TypeAlias = tuple[ProsePiece, ...]


@dataclass(frozen=True, slots=True)
class DisagreementView:
    """Accounts that cannot all be right, side by side."""

    id: Annotated[str, "Also its address on the page of disagreements."]
    url: Annotated[str, "That address, from the root."]
    kind: Annotated[str, "contradiction, rival-dates or rival-quantities."]
    summary: Annotated[str, "In a sentence."]
    note: Annotated[NoteLink | None, "The event or measure in question; None for claims."]
    sides: Annotated[tuple[DisagreementSide, ...], "Two or more."]
    is_within_source: Annotated[bool, "Whether one article conflicts with itself here."]


@dataclass(frozen=True, slots=True)
class DisagreementSide:
    """One of the accounts."""

    title: Annotated[str, "What it says: a statement, a date, a number."]
    claim: Annotated[ClaimCard | None, "The claim that says it, where one does."]
    words: Annotated[tuple[Word, ...], "The statement with differing words marked; may be empty."]
    excerpts: Annotated[tuple[ExcerptView, ...], "In whose words."]


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """Something that was published wrong, and how it was put right."""

    id: Annotated[str, "Also its address on the page of corrections."]
    url: Annotated[str, "That address, from the root."]
    date: Annotated[DateView, "When it was put right."]
    was: Annotated[str, "What was wrong."]
    now: Annotated[str, "How it reads now."]
    since: Annotated[str, "Since when it was wrong; may be empty."]
    notes: Annotated[tuple[NoteLink, ...], "What it concerns."]


@dataclass(frozen=True, slots=True)
class PassageNote:
    """A note that rests on a passage."""

    url: Annotated[str, "The evidence's address on the note's page."]
    kind: Annotated[str, "claim or event."]
    title: Annotated[str, "The claim's statement or the event's title."]
    stance: Annotated[str, "What the passage does to it."]
    standing: Annotated[str, "The claim's standing; empty for an event."]


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage of a source that some note quotes."""

    anchor: Annotated[str, "Its address on the source's page."]
    number: Annotated[int, "Counts from 1 in the order of the text."]
    words: Annotated[str, "The text's own words, what is left out as […]."]
    stances: Annotated[tuple[str, ...], "The stances its notes give it, each once."]
    said_by: Annotated[tuple[NoteLink, ...], "Whose words it gives."]
    notes: Annotated[tuple[PassageNote, ...], "What rests on it."]


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of a source's text that the same passages cover throughout."""

    text: Annotated[str, "As it was published."]
    use: Annotated[str, "quoted, ignored or unused; empty for white space between sentences."]
    stances: Annotated[tuple[str, ...], "Of the notes that quote it; empty where none does."]
    passages: Annotated[tuple[PassageView, ...], "The passages it belongs to."]
    begins: Annotated[tuple[PassageView, ...], "Those of them that begin with it."]
    ends: Annotated[tuple[PassageView, ...], "Those of them that end with it."]


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph of a source's text, or what stands for those left out."""

    pieces: Annotated[tuple[TextPiece, ...], "Empty where paragraphs are left out."]
    passages: Annotated[tuple[PassageView, ...], "The passages that begin here, for the margin."]
    left_out: Annotated[int, "How many sentences are not published here."]


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A source at the head of a matrix."""

    number: Annotated[int, "The source's number on the whole site, by date from 1."]
    source: Annotated[SourceLabel, "The source."]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """What the sources say of one claim."""

    claim: Annotated[ClaimCard, "The claim."]
    is_answer: Annotated[bool, "Whether it competes to answer the section's question."]
    cells: Annotated[tuple[MatrixCell, ...], "One for each column."]


@dataclass(frozen=True, slots=True)
class MatrixSection:
    """The claims that bear on one question, against the sources that speak of any of them."""

    anchor: Annotated[str, "Its address on the page."]
    question: Annotated[NoteLink | None, "None for claims that bear on no question."]
    part: Annotated[int, "From 1; a long section goes on in further parts."]
    parts: Annotated[int, "How many parts the section has."]
    columns: Annotated[tuple[MatrixColumn, ...], "Sources that speak of a claim here, by date."]
    silent: Annotated[int, "How many sources say nothing of any claim here."]
    rows: Annotated[tuple[MatrixRow, ...], "Answers first."]
    is_numbered: Annotated[bool, "Whether there are too many columns for titles at their heads."]


@dataclass(frozen=True, slots=True)
class BriefExcerpt:
    """A numbered excerpt in the appendix of the whole brief."""

    number: Annotated[int, "From 1, source by source in the order of the text."]
    source_number: Annotated[int, "The source's number."]
    excerpt: Annotated[ExcerptView, "The words, inside their sentence."]


@dataclass(frozen=True, slots=True)
class BriefReference:
    """A number that a claim refers to in the appendix, and what the passage does to the claim."""

    number: Annotated[int, "Of the excerpt."]
    stance: Annotated[str, "supports, disputes or mentions."]


@dataclass(frozen=True, slots=True)
class BriefClaim:
    """A claim in the whole brief, with the numbers of its excerpts."""

    claim: Annotated[ClaimCard, "The claim."]
    note: Annotated[str, "What it amounts to as an answer; may be empty."]
    references: Annotated[tuple[BriefReference, ...], "Its evidence, in order of the numbers."]


@dataclass(frozen=True, slots=True)
class BriefQuestion:
    """A question in the whole brief: judgement and answers."""

    card: Annotated[QuestionCard, "The question."]
    answers: Annotated[tuple[BriefClaim, ...], "The claims that compete."]


@dataclass(frozen=True, slots=True)
class BriefSide:
    """One account in a disagreement, with the numbers of its excerpts."""

    title: Annotated[str, "What it says."]
    references: Annotated[tuple[BriefReference, ...], "In whose words; may be empty."]


@dataclass(frozen=True, slots=True)
class BriefDisagreement:
    """Accounts that cannot all be right, in a few lines."""

    kind: Annotated[str, "contradiction, rival-dates or rival-quantities."]
    summary: Annotated[str, "In a sentence."]
    sides: Annotated[tuple[BriefSide, ...], "Two or more."]


@dataclass(frozen=True, slots=True)
class BriefSource:
    """A numbered source of the whole brief."""

    number: Annotated[int, "The source's number on the whole site, by date from 1."]
    card: Annotated[SourceCard, "The source."]
    live_url: Annotated[str, "Where it can be read; may be empty."]


# --- pages ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What every page has."""

    title: Annotated[str, "The page's name, for its heading and the browser's tab."]
    description: Annotated[str, "In a sentence, for search engines and previews."]
    section: Annotated[str, "The entry of the navigation that it belongs to; may be empty."]
    crumbs: Annotated[tuple[NoteLink, ...], "The way here from the front page, itself left out."]


class Frame(TypedDict):
    """The fields that every page has, to be passed on as keywords."""

    title: str
    description: str
    section: str
    crumbs: tuple[NoteLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView(View):
    """What every page of a note has."""

    ref: Annotated[str, "kind:id."]
    backlinks: Annotated[tuple[BacklinkGroup, ...], "What refers to the note."]
    corrections: Annotated[tuple[CorrectionView, ...], "Corrections that concern it."]
    tags: Annotated[tuple[str, ...], "Words the author groups notes by."]


class NoteFrame(Frame):
    """The fields that every page of a note has, to be passed on as keywords."""

    ref: str
    backlinks: tuple[BacklinkGroup, ...]
    corrections: tuple[CorrectionView, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage(View):
    """The front page: what is known, how surely, what is contested, what is new."""

    bottom_line: Annotated[Prose, "The body of pages/index.md."]
    counts: Annotated[tuple[tuple[str, int], ...], "Notes by kind: (claims, 210) …"]
    standings: Annotated[tuple[tuple[str, int], ...], "Claims by standing."]
    judgements: Annotated[tuple[ClaimCard, ...], "Claims with a likelihood or a confidence."]
    disagreements: Annotated[tuple[DisagreementView, ...], "The first few."]
    disagreement_count: Annotated[int, "All of them."]
    plots: Annotated[tuple[PlotView, ...], "Measures whose estimates exclude one another."]
    timeline: Annotated[TimelineView, "All events."]
    questions: Annotated[tuple[QuestionCard, ...], "The key questions."]
    sources: Annotated[tuple[SourceCard, ...], "The articles with their grades."]
    pages: Annotated[tuple[NoteLink, ...], "The narrative pages; detail is their summary."]
    changes: Annotated[tuple[ChangeView, ...], "The latest changes of judgements."]
    corrections: Annotated[tuple[CorrectionView, ...], "The latest corrections."]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage(NoteView):
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
    events: Annotated[tuple[EventCard, ...], "Events it belongs to."]
    actors: Annotated[tuple[NoteLink, ...], "Actors it speaks of."]
    places: Annotated[tuple[NoteLink, ...], "Places it speaks of."]
    questions: Annotated[tuple[NoteLink, ...], "Questions it bears on."]
    history: Annotated[tuple[ChangeView, ...], "How the judgement changed."]
    analysis: Annotated[Prose, "What the author makes of it."]
    cite: Annotated[CiteView, "How to cite it."]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage(NoteView):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage(NoteView):
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
    passages: Annotated[tuple[PassageView, ...], "All passages that notes quote, in order."]
    unlocated: Annotated[tuple[ExcerptView, ...], "Quotes nobody can check: the text is not held."]
    notes: Annotated[Prose, "The author's remarks."]
    cite: Annotated[CiteView, "How to cite the article itself."]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A claim that competes to answer a question."""

    claim: Annotated[ClaimCard, "The claim."]
    note: Annotated[str, "What this answer amounts to; may be empty."]
    cells: Annotated[tuple[MatrixCell, ...], "One for each source, in the order of the columns."]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What one source says of one claim."""

    stance: Annotated[str, "supports, disputes, mentions; empty where it is silent."]
    credibility: Annotated[str, "Admiralty digit; may be empty."]
    words: Annotated[str, "Its words; may be empty."]
    url: Annotated[str, "The evidence's address on the claim's page; may be empty."]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage(NoteView):
    """What do the sources answer?"""

    why: Annotated[Prose, "Why it matters."]
    sources: Annotated[tuple[SourceLabel, ...], "The columns of the matrix."]
    answers: Annotated[tuple[AnswerView, ...], "The rows: what tells answers apart comes first."]
    others: Annotated[tuple[ClaimCard, ...], "Claims that bear on it without answering it."]
    events: Annotated[tuple[EventCard, ...], "Events that bear on it."]
    indicators: Annotated[tuple[str, ...], "What to watch."]
    assessment: Annotated[AssessmentView | None, "The author's judgement."]
    hypotheses: Annotated[HypothesesView | None, "Its answers ranked; None for fewer than two."]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePage(NoteView):
    """How many, according to whom?"""

    plot: Annotated[PlotView, "Every value."]
    definition: Annotated[Prose, "What counts and what does not."]
    disagreements: Annotated[tuple[DisagreementView, ...], "Estimates that exclude one another."]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage(View):
    """What happened in which order?"""

    timeline: Annotated[TimelineView, "All events."]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementsPage(View):
    """Where do accounts conflict?"""

    disagreements: Annotated[tuple[DisagreementView, ...], "All of them."]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not known, taken for granted, or to be watched, and where it is said."""

    text: Annotated[str, "In the author's words."]
    note: Annotated[NoteLink, "The claim or question that says so."]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownsPage(View):
    """What is not known?"""

    gaps: Annotated[tuple[Gap, ...], "What authors say is not known."]
    assumptions: Annotated[tuple[Gap, ...], "What authors take for granted."]
    indicators: Annotated[tuple[Gap, ...], "What to watch."]
    single_origin: Annotated[tuple[ClaimCard, ...], "Claims that rest on one origin."]
    open_predictions: Annotated[tuple[ClaimCard, ...], "Predictions nothing has answered yet."]
    unanswered: Annotated[tuple[QuestionCard, ...], "Questions without an answer."]
    ungraded: Annotated[tuple[SourceLabel, ...], "Sources nobody has rated, or that nobody can."]
    unchecked: Annotated[tuple[ExcerptView, ...], "Quotes whose source is not held."]
    doubtful_dates: Annotated[tuple[EventCard, ...], "Events dated about, uncertainly, or twice."]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorPage(NoteView):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePage(NoteView):
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


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A source on the page of coverage, with the sentences no note speaks of."""

    source: Annotated[SourceCard, "The source."]
    unused: Annotated[tuple[str, ...], "Such sentences, as far as rights allow; else empty."]
    hidden: Annotated[int, "How many more there are that rights keep back."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePage(View):
    """How much of each source has been worked through?"""

    rows: Annotated[tuple[CoverageRow, ...], "One for each source."]


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodPage(View):
    """How standing is worked out, what the codes mean, how to check it all."""

    states: Annotated[tuple[tuple[str, int], ...], "Quotations by state of proof."]
    example: Annotated[ClaimCard | None, "A claim to try it on."]


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativePage(NoteView):
    """A narrative page."""

    summary: Annotated[str, "In a sentence; may be empty."]
    body: Annotated[Prose, "The author's text."]
    cite: Annotated[CiteView, "How to cite it."]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixPage(View):
    """Which claims rest on which sources?"""

    sections: Annotated[tuple[MatrixSection, ...], "One for each question; the rest at the end."]
    sources: Annotated[tuple[MatrixColumn, ...], "All sources of this page with their numbers."]
    pages: Annotated[tuple[NoteLink, ...], "The parts of the matrix; one if it is not split."]
    number: Annotated[int, "Which of them this is, from 1."]
    claims: Annotated[int, "Claims of the whole site."]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefPage(View):
    """The whole brief, for print."""

    lead: Annotated[str, "The title of the bottom line."]
    bottom_line: Annotated[Prose, "The body of pages/index.md."]
    questions: Annotated[tuple[BriefQuestion, ...], "The key questions."]
    judged: Annotated[tuple[BriefClaim, ...], "Claims the author judged that answer no question."]
    disagreements: Annotated[tuple[BriefDisagreement, ...], "The first hundred."]
    more_disagreements: Annotated[int, "How many more there are."]
    events: Annotated[tuple[EventCard, ...], "By date."]
    plots: Annotated[tuple[PlotView, ...], "Measures with at least one value."]
    gaps: Annotated[tuple[Gap, ...], "What authors say is not known."]
    assumptions: Annotated[tuple[Gap, ...], "What authors take for granted."]
    sources: Annotated[tuple[BriefSource, ...], "All sources, by number."]
    excerpts: Annotated[tuple[BriefExcerpt, ...], "The appendix."]
    claims: Annotated[int, "Claims of the whole site."]
    shown: Annotated[int, "How many of them are in here."]
    left_out: Annotated[int, "Answers and judged claims that are too many for one brief."]


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryPage(View):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsPage(View):
    """What was published wrong, and how it was put right?"""

    corrections: Annotated[tuple[CorrectionView, ...], "Latest first."]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimListPage(View):
    """All claims."""

    claims: Annotated[tuple[ClaimCard, ...], "By statement."]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventListPage(View):
    """All events."""

    events: Annotated[tuple[EventCard, ...], "By date."]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceListPage(View):
    """All sources."""

    sources: Annotated[tuple[SourceCard, ...], "By date."]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionListPage(View):
    """All questions."""

    questions: Annotated[tuple[QuestionCard, ...], "By id."]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureListPage(View):
    """All measures, each with its plot."""

    plots: Annotated[tuple[PlotView, ...], "By title."]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteListPage(View):
    """All actors, places or narrative pages."""

    kind: Annotated[str, "actor, place or page."]
    notes: Annotated[tuple[NoteLink, ...], "By name; detail is a role, a country or a summary."]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectPage(View):
    """An earlier address of a note."""

    target: Annotated[NoteLink, "Where the note is now."]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(View):
    """Anything, by any name; without script, the way to every list."""

    lists: Annotated[tuple[NoteLink, ...], "The lists of the site; detail is how many are there."]
    examples: Annotated[tuple[tuple[str, str], ...], "Each field of a question, with an example."]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundPage(View):
    """What a server shows for an address that does not exist."""


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page shows of the site as a whole."""

    title: Annotated[str, "The site's name."]
    description: Annotated[str, "What it is about; may be empty."]
    lang: Annotated[str, "BCP 47 tag of the site's own words."]
    navigation: Annotated[tuple[NoteLink, ...], "The main pages; ref is the section's name."]
    styles: Annotated[tuple[str, ...], "Urls of the style sheets, in order."]
    scripts: Annotated[tuple[str, ...], "Urls of the scripts, in order."]
    base_url: Annotated[str, "Where the site is published; may be empty."]
