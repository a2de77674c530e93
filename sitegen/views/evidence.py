"""Excerpts, judgements, relations, disagreements, and a source's text with its passages."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from sitegen.views.cards import ClaimCard
from sitegen.views.drawings import ChainView
from sitegen.views.labels import DateView, NoteLink, SourceLabel, Word
from sitegen.views.prose import Prose, SourceCard


class ExcerptView(Struct, frozen=True):
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


class EvidenceGroup(Struct, frozen=True):
    """Evidence that may go back to one origin and therefore counts once."""

    excerpts: Annotated[tuple[ExcerptView, ...], "At least one."]
    sources: Annotated[tuple[SourceLabel, ...], "The articles, each once."]
    ties: Annotated[
        tuple[str, ...], "Shared publishers and origins by name; empty for one article."
    ]
    origins: Annotated[tuple[NoteLink, ...], "Where the articles have it from."]
    supports: Annotated[bool, "Whether any of it supports the statement."]
    chain: Annotated[
        ChainView | None,
        "Its way from origin to article; None without origins, or for one article with one origin.",
    ] = None


class AssessmentView(Struct, frozen=True):
    """The author's judgement, never merged with standing or grades."""

    verdict: Annotated[str, "May be empty, as every field here."]
    likelihood: Annotated[str, "One of the seven terms of ICD 203."]
    confidence: Annotated[str, "low, moderate or high."]
    rationale: Annotated[Prose, "Why."]
    assumptions: Annotated[tuple[str, ...], "What is taken for granted."]
    gaps: Annotated[tuple[str, ...], "What is not known."]
    would_change: Annotated[tuple[str, ...], "What would change the judgement."]
    assessed_on: Annotated[DateView | None, "When."]


class TourView(Struct, frozen=True):
    """One way from a judgement down to a word in an article."""

    judgement: Annotated[NoteLink | None, "What is judged: a question, a claim; None if nothing."]
    verdict: Annotated[str, "The author's; may be empty."]
    likelihood: Annotated[str, "The author's; may be empty."]
    confidence: Annotated[str, "The author's; may be empty."]
    claim: Annotated[ClaimCard, "The claim that it rests on."]
    evidence_url: Annotated[str, "The passage's place among the claim's evidence."]
    excerpt: Annotated[ExcerptView, "That passage."]


class ChangeView(Struct, frozen=True):
    """A step in the history of a judgement."""

    date: Annotated[DateView, "When."]
    before: Annotated[str, "What it was; may be empty."]
    after: Annotated[str, "What it became; may be empty."]
    why: Annotated[str, "Why it changed."]
    claim: Annotated[NoteLink, "Whose history it is."]


class QuestionCard(Struct, frozen=True):
    """A question with the claims that lead its answers."""

    ref: Annotated[str, "question:id."]
    url: Annotated[str, "The question's page."]
    question: Annotated[str, "The question."]
    answers: Annotated[int, "How many claims compete."]
    assessment: Annotated[AssessmentView | None, "The author's judgement."]


class BacklinkView(Struct, frozen=True):
    """A reference to this note from another one."""

    url: Annotated[str, "The place that refers."]
    title: Annotated[str, "The note that refers."]
    role: Annotated[str, "The field that refers, or a relation's type."]
    words: Annotated[str, "The sentence that carries the reference, if not the title."]
    stance: Annotated[str, "Of the evidence; else empty."]


class BacklinkGroup(Struct, frozen=True):
    """The references from one kind of note."""

    kind: Annotated[str, "claim, event …"]
    links: Annotated[tuple[BacklinkView, ...], "At least one; of very many, the first."]
    count: Annotated[int, "How many there are; 0 where all are among the links."] = 0


class RelationView(Struct, frozen=True):
    """How this claim stands to another one."""

    type: Annotated[str, "contradicts, refines …"]
    is_inverse: Annotated[bool, "Whether the other claim says it of this one."]
    why: Annotated[str, "In a sentence; may be empty."]
    claim: Annotated[ClaimCard, "The other claim."]
    here: Annotated[tuple[Word, ...], "This statement, differing words marked; for contradictions."]
    there: Annotated[tuple[Word, ...], "The other statement, likewise."]


class DisagreementView(Struct, frozen=True):
    """Accounts that cannot all be right, side by side."""

    id: Annotated[str, "Also its address on the page of disagreements."]
    url: Annotated[str, "That address, from the root."]
    kind: Annotated[str, "contradiction, rival-dates or rival-quantities."]
    summary: Annotated[str, "In a sentence; of claims, all that the authors say of it."]
    reasons: Annotated[tuple[DisagreementReason, ...], "Of claims: what the authors say of it."]
    note: Annotated[NoteLink | None, "The event or measure in question; None for claims."]
    sides: Annotated[tuple[DisagreementSide, ...], "Two or more; of very many, the first."]
    is_within_source: Annotated[bool, "Whether one article conflicts with itself here."]
    articles: Annotated[int, "How many articles give these accounts."]
    count: Annotated[int, "How many accounts there are; some may not be among the sides."]


class DisagreementReason(Struct, frozen=True):
    """Why two claims contradict each other, in the words of an author."""

    numbers: Annotated[tuple[int, int], "Of the two among the sides, from 1."]
    why: Annotated[str, "In a sentence or two."]


class DisagreementSide(Struct, frozen=True):
    """One of the accounts."""

    title: Annotated[str, "What it says: a statement, a date, a number."]
    claim: Annotated[ClaimCard | None, "The claim that says it, where one does."]
    words: Annotated[tuple[Word, ...], "The statement with differing words marked; may be empty."]
    excerpts: Annotated[tuple[ExcerptView, ...], "In whose words."]


class CorrectionView(Struct, frozen=True):
    """Something that was published wrong, and how it was put right."""

    id: Annotated[str, "Also its address on the page of corrections."]
    url: Annotated[str, "That address, from the root."]
    date: Annotated[DateView, "When it was put right."]
    was: Annotated[str, "What was wrong."]
    now: Annotated[str, "How it reads now."]
    since: Annotated[str, "Since when it was wrong; may be empty."]
    notes: Annotated[tuple[NoteLink, ...], "What it concerns."]


class PassageNote(Struct, frozen=True):
    """A note that rests on a passage."""

    url: Annotated[str, "The evidence's address on the note's page."]
    kind: Annotated[str, "claim or event."]
    title: Annotated[str, "The claim's statement or the event's title."]
    stance: Annotated[str, "What the passage does to it."]
    standing: Annotated[str, "The claim's standing; empty for an event."]


class PassageView(Struct, frozen=True):
    """A passage of a source that some note quotes."""

    anchor: Annotated[str, "Its address on the source's page."]
    number: Annotated[int, "Counts from 1 in the order of the text."]
    words: Annotated[str, "The text's own words, what is left out as […]."]
    stances: Annotated[tuple[str, ...], "The stances its notes give it, each once."]
    said_by: Annotated[tuple[NoteLink, ...], "Whose words it gives."]
    notes: Annotated[tuple[PassageNote, ...], "What rests on it."]


class TextPiece(Struct, frozen=True):
    """A stretch of a source's text that the same passages cover throughout."""

    text: Annotated[str, "As it was published."]
    use: Annotated[str, "quoted, ignored or unused; empty for white space between sentences."]
    stances: Annotated[tuple[str, ...], "Of the notes that quote it; empty where none does."]
    passages: Annotated[tuple[PassageView, ...], "The passages it belongs to."]
    begins: Annotated[tuple[PassageView, ...], "Those of them that begin with it."]
    ends: Annotated[tuple[PassageView, ...], "Those of them that end with it."]


class ParagraphView(Struct, frozen=True):
    """A paragraph of a source's text, or what stands for those left out."""

    pieces: Annotated[tuple[TextPiece, ...], "Empty where paragraphs are left out."]
    passages: Annotated[tuple[PassageView, ...], "The passages that begin here, for the margin."]
    left_out: Annotated[int, "How many sentences are not published here."]


class Gap(Struct, frozen=True):
    """Something that is not known, taken for granted, or to be watched, and where it is said."""

    text: Annotated[str, "In the author's words."]
    note: Annotated[NoteLink, "The claim or question that says so."]


class CoverageRow(Struct, frozen=True):
    """A source on the page of coverage, with the sentences no note speaks of."""

    source: Annotated[SourceCard, "The source."]
    unused: Annotated[tuple[str, ...], "Such sentences, as far as rights allow; else empty."]
    hidden: Annotated[int, "How many more there are that rights keep back."]
    more: Annotated[int, "How many more there are that only the source's page shows."] = 0
