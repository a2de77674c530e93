"""The whole brief on one page, for print: claims refer by number to the excerpts in its appendix.

It holds what is judged or answers a question, not every claim. Excerpts are numbered source by
source in the order of the text, so that the appendix reads like the articles; a passage that
several claims quote has one number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from sitegen.model import Citation, Kind, Ref
from sitegen.notes import Answer, ClaimId, MeasureId, QuestionId, SourceId
from sitegen.pages.cards import Cards
from sitegen.pages.plots import nearest, plot
from sitegen.pages.prose_views import excerpt_view, prose, question_card, source_card
from sitegen.urls import passage_url
from sitegen.views import (
    BriefClaim,
    BriefDisagreement,
    BriefExcerpt,
    BriefPage,
    BriefQuestion,
    BriefReference,
    BriefSide,
    BriefSource,
    DisagreementView,
    ExcerptView,
    Prose,
    UnknownsPage,
)

BRIEF: Final = "brief.html"

MOST_CLAIMS: Final = 400
"""More would be no brief: of a larger site the first so many are shown, and the rest counted."""

MOST_DISAGREEMENTS: Final = 100

Passage = tuple[str, str]
"""What tells passages apart: the source's `source:id`, and their address or their words."""


@dataclass(frozen=True, slots=True)
class Apparatus:
    """The numbers of sources and of excerpts."""

    sources: Mapping[SourceId, int]
    excerpts: Mapping[Passage, int]
    first: tuple[Citation, ...]  # where each excerpt is quoted first, by number

    def refer(self, passages: Iterable[tuple[Passage, str]]) -> tuple[BriefReference, ...]:
        """Return the numbers of passages, given with their stances; each number once, in order."""
        found: dict[int, BriefReference] = {}
        for passage, stance in passages:
            number = self.excerpts[passage]
            found.setdefault(number, BriefReference(number, stance))
        return tuple(found[number] for number in sorted(found))


def brief_page(
    cards: Cards, disagreements: Sequence[DisagreementView], unknowns: UnknownsPage
) -> BriefPage:
    """Return the whole brief; disagreements and unknowns are those of their own pages."""
    site = cards.site
    index = site.pages.get("index")
    chosen = _chosen(cards)
    shown = dict.fromkeys(chosen[:MOST_CLAIMS])
    apparatus = make_apparatus(cards, _quoting(cards, shown))
    answering = {claim for each in _answers(cards).values() for claim in _claims_of(each)}
    return BriefPage(
        title="The whole brief",
        description=f"{site.settings.title}: the whole brief on one page, for print.",
        section="index",
        crumbs=(),
        bottom_line=_bottom_line(cards),
        lead=index.note.title if index else site.settings.title,
        questions=tuple(
            BriefQuestion(
                card=question_card(cards, question_id),
                answers=tuple(
                    _claim(cards, apparatus, answer.claim, answer.note or "")
                    for answer in answers
                    if answer.claim in shown
                ),
            )
            for question_id, answers in _answers(cards).items()
        ),
        judged=tuple(
            _claim(cards, apparatus, claim_id) for claim_id in shown if claim_id not in answering
        ),
        disagreements=tuple(
            _disagreement(apparatus, each) for each in disagreements[:MOST_DISAGREEMENTS]
        ),
        more_disagreements=max(len(disagreements) - MOST_DISAGREEMENTS, 0),
        events=cards.events_by_date(site.events),
        plots=tuple(nearest(plot(cards, each)) for each in _counted_measures(cards)),
        gaps=unknowns.gaps,
        assumptions=unknowns.assumptions,
        sources=tuple(
            BriefSource(number, source_card(cards, each), site.sources[each].note.url or "")
            for each, number in apparatus.sources.items()
        ),
        excerpts=tuple(
            BriefExcerpt(number, apparatus.sources[each.source], excerpt_view(cards, each))
            for number, each in enumerate(apparatus.first, 1)
        ),
        claims=len(site.claims),
        shown=len(shown),
        left_out=max(len(chosen) - MOST_CLAIMS, 0),
    )


def _bottom_line(cards: Cards) -> Prose:
    index = cards.site.pages.get("index")
    return prose(cards, index.note.body, index.ref, heading_base=3) if index else ()


def _answers(cards: Cards) -> dict[QuestionId, tuple[Answer, ...]]:
    return {each: record.note.answers for each, record in cards.site.questions.items()}


def _claims_of(answers: Iterable[Answer]) -> Iterable[ClaimId]:
    return (answer.claim for answer in answers)


def _chosen(cards: Cards) -> list[ClaimId]:
    """Return the claims that belong in a brief: answers first, then what the author judged."""
    answers = chain.from_iterable(_claims_of(each) for each in _answers(cards).values())
    judged = (each for each, record in cards.site.claims.items() if record.note.assessment)
    return list(dict.fromkeys(chain(answers, judged)))


def _counted_measures(cards: Cards) -> list[MeasureId]:
    counted = [each for each, claims in cards.site.claims_of_measure.items() if claims]
    return sorted(counted, key=lambda each: (cards.site.measures[each].note.title, each))


# --- numbers ----------------------------------------------------------------------------------


def _quoting(cards: Cards, shown: Iterable[ClaimId]) -> list[Ref]:
    """Return the notes whose evidence the brief refers to: its claims, and all that disagree."""
    conflicting = chain.from_iterable(
        each.notes for each in cards.findings.disagreements[:MOST_DISAGREEMENTS]
    )
    quoting = (ref for ref in conflicting if ref.kind in {Kind.CLAIM, Kind.EVENT})
    return list(dict.fromkeys(chain((Ref(Kind.CLAIM, each) for each in shown), quoting)))


def make_apparatus(cards: Cards, quoting: Iterable[Ref]) -> Apparatus:
    """Return the numbers of all sources, and of the passages that some notes quote.

    Sources are numbered by date, passages source by source by their place in the text; where the
    text is not held, by their words.
    """
    sources = {source_id: at for at, source_id in enumerate(cards.sources_by_date(), 1)}
    first: dict[Passage, Citation] = {}
    for ref in quoting:
        for citation in cards.site.citations[ref]:
            first.setdefault(_passage(citation), citation)

    def place(passage: Passage) -> tuple[int, tuple[tuple[int, int], ...], str]:
        citation = first[passage]
        segments = tuple((span.start, span.end) for span in citation.excerpt.segments)
        return sources[citation.source], segments, citation.excerpt.words

    order = sorted(first, key=place)
    return Apparatus(
        sources=sources,
        excerpts={passage: number for number, passage in enumerate(order, 1)},
        first=tuple(first[passage] for passage in order),
    )


def _passage(citation: Citation) -> Passage:
    excerpt = citation.excerpt
    where = passage_url(citation.source, excerpt.segments) if excerpt.segments else excerpt.words
    return f"source:{citation.source}", where


def _passage_of(view: ExcerptView) -> Passage:
    return view.source.ref, view.passage_url or view.segments[0]


def _claim(cards: Cards, apparatus: Apparatus, claim_id: ClaimId, note: str = "") -> BriefClaim:
    citations = cards.site.citations[Ref(Kind.CLAIM, claim_id)]
    said = ((_passage(each), str(each.evidence.stance)) for each in citations)
    return BriefClaim(cards.claims[claim_id], note, apparatus.refer(said))


def _disagreement(apparatus: Apparatus, view: DisagreementView) -> BriefDisagreement:
    return BriefDisagreement(
        kind=view.kind,
        summary=view.summary,
        sides=tuple(
            BriefSide(
                title=side.title,
                references=apparatus.refer(
                    (_passage_of(each), each.stance) for each in side.excerpts
                ),
            )
            for side in view.sides
        ),
    )
