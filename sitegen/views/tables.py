"""Competing answers, matrices, and the parts of the printed brief."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from sitegen.views.cards import ClaimCard
from sitegen.views.evidence import DisagreementReason, ExcerptView, QuestionCard
from sitegen.views.labels import NoteLink, SourceLabel
from sitegen.views.prose import SourceCard


class RankView(Struct, frozen=True):
    """Where an answer stands in one ranking, and the counts it stands there by."""

    ranking: Annotated[str, "all, without-weak or without-single."]
    position: Annotated[int | None, "From 1; equal counts share one. None: nothing supports it."]
    is_shared: Annotated[bool, "Whether another answer has the same position."]
    row: Annotated[int, "Its row in the drawing, from 0; each has its own."]
    against: Annotated[int, "Independent groups that dispute it or bear out what contradicts it."]
    support: Annotated[int, "Independent groups that support it."]
    unrated: Annotated[int, "Of both, those whose passages nobody graded in full."]
    moved: Annotated[int, "Positions gained among those left, against all evidence; may be lost."]


class HypothesisView(Struct, frozen=True):
    """An answer with its place in each of the rankings."""

    claim: Annotated[ClaimCard, "The answer."]
    letter: Annotated[str, "A, B, C …: what the drawing calls it, by the first ranking."]
    ranks: Annotated[tuple[RankView, ...], "By all evidence, without weak, without single."]


class TellingSource(Struct, frozen=True):
    """How far a source tells the answers to a question apart."""

    source: Annotated[SourceLabel, "The source."]
    pairs: Annotated[int, "Pairs of answers of which it bears out one and counts against one."]
    bears_out: Annotated[int, "Answers that it supports."]
    against: Annotated[int, "Answers that it disputes, or whose contrary it supports."]


class HypothesesView(Struct, frozen=True):
    """The competing answers, ranked by how little counts against them. No score, only counts."""

    answers: Annotated[tuple[HypothesisView, ...], "By the ranking of all evidence."]
    has_moves: Annotated[bool, "Whether any answer changes its position in any ranking."]
    weak: Annotated[int, "Passages left out as weak: D, E, F or 4, 5, 6."]
    single: Annotated[int, "Groups left out as the only one on their side of an answer."]
    sources: Annotated[tuple[TellingSource, ...], "In the order of the matrix's columns."]
    pairs: Annotated[int, "All pairs of answers."]


class MatrixColumn(Struct, frozen=True):
    """A source at the head of a matrix."""

    number: Annotated[int, "The source's number on the whole site, by date from 1."]
    source: Annotated[SourceLabel, "The source."]


class MatrixRow(Struct, frozen=True):
    """What the sources say of one claim."""

    claim: Annotated[ClaimCard, "The claim."]
    is_answer: Annotated[bool, "Whether it competes to answer the section's question."]
    cells: Annotated[tuple[MatrixCell, ...], "One for each column."]


class MatrixSection(Struct, frozen=True):
    """The claims that bear on one question, against the sources that speak of any of them."""

    anchor: Annotated[str, "Its address on the page."]
    question: Annotated[NoteLink | None, "None for claims that bear on no question."]
    part: Annotated[int, "From 1; a long section goes on in further parts."]
    parts: Annotated[int, "How many parts the section has."]
    columns: Annotated[tuple[MatrixColumn, ...], "Sources that speak of a claim here, by date."]
    more: Annotated[int, "How many sources that speak of a claim here have no column."]
    silent: Annotated[int, "How many sources say nothing of any claim here."]
    rows: Annotated[tuple[MatrixRow, ...], "Answers first."]
    is_numbered: Annotated[bool, "Whether there are too many columns for titles at their heads."]
    is_few: Annotated[bool, "Whether there are so few that no screen has to scroll for them."]


class BriefExcerpt(Struct, frozen=True):
    """A numbered excerpt in the appendix of the whole brief."""

    number: Annotated[int, "From 1, source by source in the order of the text."]
    source_number: Annotated[int, "The source's number."]
    excerpt: Annotated[ExcerptView, "The words, inside their sentence."]


class BriefReference(Struct, frozen=True):
    """A number that a claim refers to in the appendix, and what the passage does to the claim."""

    number: Annotated[int, "Of the excerpt."]
    stance: Annotated[str, "supports, disputes or mentions."]


class BriefClaim(Struct, frozen=True):
    """A claim in the whole brief, with the numbers of its excerpts."""

    claim: Annotated[ClaimCard, "The claim."]
    note: Annotated[str, "What it amounts to as an answer; may be empty."]
    references: Annotated[tuple[BriefReference, ...], "Its evidence, in order of the numbers."]


class BriefQuestion(Struct, frozen=True):
    """A question in the whole brief: judgement and answers."""

    card: Annotated[QuestionCard, "The question."]
    answers: Annotated[tuple[BriefClaim, ...], "The claims that compete."]


class BriefSide(Struct, frozen=True):
    """One account in a disagreement, with the numbers of its excerpts."""

    title: Annotated[str, "What it says."]
    references: Annotated[tuple[BriefReference, ...], "In whose words; may be empty."]


class BriefDisagreement(Struct, frozen=True):
    """Accounts that cannot all be right, in a few lines."""

    kind: Annotated[str, "contradiction, rival-dates or rival-quantities."]
    summary: Annotated[str, "In a sentence; of claims, all that the authors say of it."]
    reasons: Annotated[tuple[DisagreementReason, ...], "Of claims: what the authors say of it."]
    sides: Annotated[tuple[BriefSide, ...], "Two or more."]


class BriefSource(Struct, frozen=True):
    """A numbered source of the whole brief."""

    number: Annotated[int, "The source's number on the whole site, by date from 1."]
    card: Annotated[SourceCard, "The source."]
    live_url: Annotated[str, "Where it can be read; may be empty."]


class AnswerView(Struct, frozen=True):
    """A claim that competes to answer a question."""

    claim: Annotated[ClaimCard, "The claim."]
    note: Annotated[str, "What this answer amounts to; may be empty."]
    cells: Annotated[tuple[MatrixCell, ...], "One for each source, in the order of the columns."]


class MatrixCell(Struct, frozen=True):
    """What one source says of one claim."""

    stance: Annotated[str, "supports, disputes, mentions; empty where it is silent."]
    credibility: Annotated[str, "Admiralty digit; may be empty."]
    words: Annotated[str, "Its words; may be empty."]
    url: Annotated[str, "The evidence's address on the claim's page; may be empty."]
