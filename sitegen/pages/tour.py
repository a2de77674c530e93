"""The tour of the page on method: one way from a judgement down to a word in an article.

The way is chosen from the notes themselves, always the same for the same notes: the one that shows
most of what there is to show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sitegen.kinds import Kind
from sitegen.model import Citation, Ref, Standing
from sitegen.notes import Assessment, ClaimId, QuestionId
from sitegen.pages.cards import Cards
from sitegen.pages.prose_views import excerpt_view
from sitegen.urls import evidence_anchor, note_url
from sitegen.views import ClaimCard, NoteLink, TourView

_BEARS_OUT = frozenset({"confirmed", "likely"})
_EASY_TO_FIND = 200  # characters of a quotation that one takes in at a glance


class Way(NamedTuple):
    """A way from a question to an answer, or one that begins with a claim, with its worth.

    Worths are compared as tuples: what comes first counts most. Without a question, `question` is
    empty.
    """

    worth: tuple[Any, ...]
    question: QuestionId
    claim: ClaimId


def best_way(ways: Iterable[Way | None]) -> Way | None:
    """Return the way of the greatest worth; None if there is none."""
    return max(filter(None, ways), default=None)


def ways_of_question(cards: Cards, question_id: QuestionId) -> Iterator[Way]:
    """Yield a way for each answer of a judged question."""
    note = cards.site.questions[question_id].note
    if note.assessment:
        for answer in note.answers:
            if answer.claim in cards.claims:  # it may be a draft
                yield Way(_worth(cards, question_id, answer.claim), question_id, answer.claim)


def way_of_claim(cards: Cards, claim_id: ClaimId) -> Way:
    """Return the way that begins with a claim."""
    return Way(_worth(cards, QuestionId(""), claim_id), QuestionId(""), claim_id)


def tour(cards: Cards, way: Way | None) -> TourView | None:
    """Return the stations of a way; None without one, which means that no claim is published."""
    if way is None:
        return None
    _, question_id, claim_id = way
    citation = _best_citation(cards, claim_id)
    assessment = _assessment(cards, question_id, claim_id)
    return TourView(
        judgement=_judgement(cards, question_id, claim_id),
        verdict=assessment.verdict or "",
        likelihood=assessment.likelihood or "",
        confidence=assessment.confidence or "",
        claim=cards.claims[claim_id],
        evidence_url=f"{note_url(Kind.CLAIM, claim_id)}#{evidence_anchor(citation.number)}",
        excerpt=excerpt_view(cards, citation),
    )


def _worth(cards: Cards, question_id: QuestionId, claim_id: ClaimId) -> tuple[Any, ...]:
    """Return how much a way shows, as a tuple to compare."""
    card = cards.claims[claim_id]
    citation = _best_citation(cards, claim_id)
    return (
        bool(citation.excerpt.segments),
        citation.evidence.stance == "supports",
        bool(question_id),
        _firmness(_assessment(cards, question_id, claim_id)),
        _is_borne_out(card),
        card.origins,
        card.articles,
        _ease(citation),
    )


def _firmness(assessment: Assessment) -> int:
    """Return whether there is a judgement, and whether it comes down on a side."""
    is_judged = assessment.verdict or assessment.likelihood or assessment.confidence
    is_firm = assessment.verdict in _BEARS_OUT and assessment.confidence != "low"
    return bool(is_judged) + is_firm


def _is_borne_out(card: ClaimCard) -> bool:
    return card.standing == Standing.CORROBORATED and card.verdict in _BEARS_OUT


def _best_citation(cards: Cards, claim_id: ClaimId) -> Citation:
    citations = cards.site.citations[Ref(Kind.CLAIM, claim_id)]  # by their numbers
    return max(citations, key=_ease) if len(citations) > 1 else citations[0]


def _ease(citation: Citation) -> tuple[bool, ...]:
    """Return how well a passage can be followed to its article."""
    evidence, excerpt = citation.evidence, citation.excerpt
    return (
        bool(excerpt.segments),
        evidence.stance == "supports",
        len(excerpt.segments) == 1,
        len(excerpt.words) <= _EASY_TO_FIND,
        evidence.credibility is not None,
    )


def _assessment(cards: Cards, question_id: QuestionId, claim_id: ClaimId) -> Assessment:
    site = cards.site
    note = site.questions[question_id].note if question_id else site.claims[claim_id].note
    return note.assessment or Assessment()


def _judgement(cards: Cards, question_id: QuestionId, claim_id: ClaimId) -> NoteLink | None:
    """Return the note whose judgement is shown: the question, or a claim that has one, or None."""
    if question_id:
        return cards.links[Ref(Kind.QUESTION, question_id)]
    if not cards.site.claims[claim_id].note.assessment:
        return None
    link = cards.links[Ref(Kind.CLAIM, claim_id)]
    return NoteLink(link.ref, f"{link.url}#assessment", link.title)
