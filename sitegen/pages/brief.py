"""The whole brief on one page, for print: claims refer by number to the excerpts in its appendix.

It holds what is judged or answers a question, not every claim. Excerpts are numbered source by
source in the order of the text, so that the appendix reads like the articles; a passage that
several claims quote has one number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from msgspec import Struct

from sitegen.model import Citation, Kind, Ref
from sitegen.notes import Answer, ClaimId, MeasureId, QuestionId, SourceId
from sitegen.pages import splitting
from sitegen.pages.cards import Cards
from sitegen.pages.plots import nearest
from sitegen.pages.prose_views import excerpt_view, prose, question_card, source_card
from sitegen.pages.weights import weigh_brief, weigh_text
from sitegen.text_parts import passage_place
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


class Limits(Struct, frozen=True):
    """How much of each kind a brief holds; what is more is counted, and stands on other pages."""

    claims: int
    disagreements: int
    measures: int
    estimates: int  # of each measure
    events: int
    gaps: int  # and as many assumptions

    def tightened(self) -> Limits:
        """Return limits of three quarters."""
        return Limits(*(getattr(self, name) * 3 // 4 for name in self.__struct_fields__))


WHOLE: Final = Limits(400, 100, 400, 40, 400, 400)
SHORT: Final = Limits(30, 10, 2, 8, 40, 30)
"""Of a large site: no more than can be printed; less still where that is more than a page holds."""

HEAVIEST_WHOLE: Final = 450_000
"""Estimated bytes up to which a brief is whole: one page for print may be heavier than others.

Of a site with more than `LARGE` claims it is as light as they are.
"""

LARGE: Final = 1000

Passage = tuple[str, str]
"""What tells passages apart: the source's `source:id`, and their address or their words."""


class Apparatus(Struct, frozen=True):
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
    """Return the whole brief; of what is not known it says what the authors admit."""
    limits = limits_for(cards, len(_chosen(cards)), unknowns)
    page = _brief_within(limits, cards, disagreements, unknowns)
    is_large = len(cards.site.claims) > LARGE
    if limits is WHOLE and not (is_large and weigh_brief(page) > splitting.LIGHT):
        return page
    limits = SHORT
    page = _brief_within(limits, cards, disagreements, unknowns)
    while limits.claims > 1 and weigh_brief(page) > splitting.LIGHT:
        limits = limits.tightened()
        page = _brief_within(limits, cards, disagreements, unknowns)
    return page


def _brief_within(
    limits: Limits,
    cards: Cards,
    disagreements: Sequence[DisagreementView],
    unknowns: UnknownsPage,
) -> BriefPage:
    site = cards.site
    index = site.pages.get("index")
    chosen = _chosen(cards)
    measures = _counted_measures(cards)
    shown = dict.fromkeys(chosen[: limits.claims])
    apparatus = make_apparatus(cards, _quoting(cards, shown, limits))
    cited = {each.source for each in apparatus.first}
    is_whole = limits is WHOLE
    events = cards.events_by_date(site.events)
    answering = {claim for each in _answers(cards).values() for claim in _claims_of(each)}
    return BriefPage(
        title="The whole brief",
        description=f"{site.settings.title}: the whole brief on one page, for print.",
        section="index",
        crumbs=(),
        bottom_line=_bottom_line(cards),
        lead=index.note.title if index else site.settings.title,
        questions=tuple(_questions(cards, apparatus, shown, is_whole=is_whole)),
        judged=tuple(
            _claim(cards, apparatus, claim_id) for claim_id in shown if claim_id not in answering
        ),
        disagreements=tuple(
            _disagreement(apparatus, each) for each in disagreements[: limits.disagreements]
        ),
        more_disagreements=max(len(disagreements) - limits.disagreements, 0),
        events=events[: limits.events],
        more_events=max(len(events) - limits.events, 0),
        plots=tuple(
            nearest(cards.plots[each], most=limits.estimates)
            for each in measures[: limits.measures]
        ),
        more_plots=max(len(measures) - limits.measures, 0),
        gaps=unknowns.gaps[: limits.gaps],
        assumptions=unknowns.assumptions[: limits.gaps],
        more_unknowns=sum(
            max(len(each) - limits.gaps, 0) for each in (unknowns.gaps, unknowns.assumptions)
        ),
        sources=tuple(
            BriefSource(number, source_card(cards, each), site.sources[each].note.url or "")
            for each, number in apparatus.sources.items()
            if is_whole or each in cited
        ),
        excerpts=tuple(
            BriefExcerpt(number, apparatus.sources[each.source], excerpt_view(cards, each))
            for number, each in enumerate(apparatus.first, 1)
        ),
        claims=len(site.claims),
        shown=len(shown),
        left_out=max(len(chosen) - limits.claims, 0),
    )


def _questions(
    cards: Cards, apparatus: Apparatus, shown: Collection[ClaimId], *, is_whole: bool
) -> Iterator[BriefQuestion]:
    """Yield questions with the answers that are shown; without any, only in a whole brief."""
    for question_id, answers in _answers(cards).items():
        own = [answer for answer in answers if answer.claim in shown]
        if is_whole or own:
            yield BriefQuestion(
                card=question_card(cards, question_id),
                answers=tuple(
                    _claim(cards, apparatus, answer.claim, answer.note or "") for answer in own
                ),
            )


def limits_for(cards: Cards, claims: int, unknowns: UnknownsPage) -> Limits:
    """Return how much the brief of a site holds, of which so many claims belong in a brief."""
    site = cards.site
    estimates = sum(map(len, site.claims_of_measure.values()))
    gaps = (*unknowns.gaps, *unknowns.assumptions)
    words = sum(weigh_text(each.text) + 220 for each in gaps)
    weight = 2600 * claims + 700 * estimates + 250 * len(site.events) + 750 * len(site.sources)
    most = HEAVIEST_WHOLE if len(site.claims) <= LARGE else min(HEAVIEST_WHOLE, splitting.LIGHT)
    return WHOLE if weight + words <= most else SHORT


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


def _quoting(cards: Cards, shown: Iterable[ClaimId], limits: Limits) -> list[Ref]:
    """Return the notes whose evidence the brief refers to: its claims, and all that disagree."""
    conflicting = chain.from_iterable(
        each.notes for each in cards.findings.disagreements[: limits.disagreements]
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
            first.setdefault(_passage(cards, citation), citation)

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


def _passage(cards: Cards, citation: Citation) -> Passage:
    excerpt = citation.excerpt
    segments = excerpt.segments
    where = passage_place(cards.text_parts, citation.source, segments) if segments else ""
    where = where or excerpt.words
    return f"source:{citation.source}", where


def _passage_of(view: ExcerptView) -> Passage:
    return view.source.ref, view.passage_url or view.segments[0]


def _claim(cards: Cards, apparatus: Apparatus, claim_id: ClaimId, note: str = "") -> BriefClaim:
    citations = cards.site.citations[Ref(Kind.CLAIM, claim_id)]
    said = ((_passage(cards, each), str(each.evidence.stance)) for each in citations)
    return BriefClaim(cards.claims[claim_id], note, apparatus.refer(said))


def _disagreement(apparatus: Apparatus, view: DisagreementView) -> BriefDisagreement:
    return BriefDisagreement(
        kind=view.kind,
        summary=view.summary,
        reasons=view.reasons,
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
