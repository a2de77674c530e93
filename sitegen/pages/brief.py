"""The whole brief on one page, for print: claims refer by number to the excerpts in its appendix.

It holds what is judged or answers a question, not every claim. Excerpts are numbered source by
source in the order of the text, so that the appendix reads like the articles; a passage that
several claims quote has one number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sitegen.model import Citation, Kind, Ref
from sitegen.notes import ClaimId, MeasureId, QuestionId, SourceId
from sitegen.pages.cards import Cards
from sitegen.pages.disagreement_views import disagreement_citations
from sitegen.pages.plots import plot
from sitegen.pages.prose_views import excerpt_view, prose, question_card, source_card
from sitegen.quotes import Span
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
    Gap,
    Prose,
)

BRIEF: Final = "brief.html"
MOST_CLAIMS: Final = 400
"""More would be no brief: of a larger site the first so many are shown, and the rest counted."""

_Passage = tuple[SourceId, tuple[Span, ...], str]


@dataclass(frozen=True, slots=True)
class _Apparatus:
    """The numbers of sources and excerpts."""

    sources: Mapping[SourceId, int]
    excerpts: Mapping[_Passage, int]
    first: Mapping[_Passage, Citation]

    def refer(self, citations: Iterable[Citation]) -> tuple[BriefReference, ...]:
        """Return the numbers of passages, each once, in order; those not in here are left out."""
        found: dict[int, BriefReference] = {}
        for each in citations:
            if number := self.excerpts.get(_passage(each)):
                found.setdefault(number, BriefReference(number, each.evidence.stance))
        return tuple(found[number] for number in sorted(found))


def brief_page(
    cards: Cards, disagreements: Sequence[DisagreementView], gaps: Sequence[Gap], assumptions: Sequence[Gap]
) -> BriefPage:
    """Return the whole brief. Disagreements, gaps and assumptions are those of other pages."""
    raise NotImplementedError
