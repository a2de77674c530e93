"""The whole brief on one page, for print: claims refer by number to the excerpts in its appendix.

It holds what is judged or answers a question, not every claim. Excerpts are numbered source by
source in the order of the text, so that the appendix reads like the articles; a passage that
several claims quote has one number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Final

from msgspec import Struct
from msgspec.structs import fields

from sitegen.kinds import Kind
from sitegen.model import Citation, Disagreement, Ref
from sitegen.notes import ClaimId, QuestionId, SourceId
from sitegen.pages import splitting
from sitegen.pages.cards import Cards
from sitegen.pages.disagreement_views import Conflicts
from sitegen.pages.plots import nearest
from sitegen.pages.prose_views import excerpt_view, prose, question_card, source_card
from sitegen.pages.survey import Survey
from sitegen.pages.unknowns import admission
from sitegen.pages.weights import weigh_brief
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
)


class Limits(Struct, frozen=True):
    """How many items of each kind a brief shows; it counts the rest, which other pages show."""

    claims: int
    disagreements: int
    measures: int
    estimates: int  # of each measure
    events: int
    gaps: int  # and as many assumptions

    def tightened(self) -> Limits:
        """Return these limits, each reduced to three quarters."""
        return Limits(*(getattr(self, each.name) * 3 // 4 for each in fields(self)))


WHOLE: Final = Limits(400, 100, 400, 40, 400, 400)
SHORT: Final = Limits(30, 10, 2, 8, 40, 30)
"""For a large site: as much as can be printed, and less where that is too heavy for a page."""

HEAVIEST_WHOLE: Final = 450_000
"""Estimated bytes up to which a brief is whole: the one page for print may be heavier than others.

On a site with more than `LARGE` claims it must be as light as they are.
"""

LARGE: Final = 1000

Passage = tuple[str, str]
"""What identifies a passage: the source's `source:id`, and the passage's address or its words."""


class Apparatus(Struct, frozen=True):
    """The numbers of sources and of excerpts."""

    sources: Mapping[SourceId, int]
    excerpts: Mapping[Passage, int]
    first: tuple[Citation, ...]  # where each excerpt is quoted first, by number

    def refer(self, passages: Iterable[tuple[Passage, str]]) -> tuple[BriefReference, ...]:
        """Return the numbers of some passages, sorted, each once with its first stance."""
        found: dict[int, BriefReference] = {}
        for passage, stance in passages:
            number = self.excerpts[passage]
            found.setdefault(number, BriefReference(number, stance))
        return tuple(found[number] for number in sorted(found))


def brief_page(cards: Cards, survey: Survey, conflicts: Conflicts) -> BriefPage:
    """Return the whole brief; what it says is not known are the authors' own admissions."""
    chosen = _chosen(survey)
    limits = limits_for(cards, len(chosen), survey)
    page = _brief_within(limits, cards, survey, conflicts)
    is_large = len(cards.site.claims) > LARGE
    if limits is WHOLE and not (is_large and weigh_brief(page) > splitting.LIGHT):
        return page
    limits = SHORT
    page = _brief_within(limits, cards, survey, conflicts)
    while limits.claims > 1 and weigh_brief(page) > splitting.LIGHT:
        limits = limits.tightened()
        page = _brief_within(limits, cards, survey, conflicts)
    return page


def _brief_within(limits: Limits, cards: Cards, survey: Survey, conflicts: Conflicts) -> BriefPage:
    site = cards.site
    index = site.pages.get("index")
    chosen, answers = _chosen(survey), survey.answers.value
    measures, events = survey.measures.value, survey.events.value
    shown = dict.fromkeys(chosen[: limits.claims])
    disagreements = [*islice(conflicts.found, limits.disagreements)]
    apparatus = make_apparatus(
        cards,
        survey.sources.value,
        _quoting(shown, [conflicts.found[each] for each in disagreements]),
    )
    cited = {each.source for each in apparatus.first}
    is_whole = limits is WHOLE
    answering = {*chain.from_iterable(answers.values())}
    admitted = survey.admissions.value
    gaps, assumptions = (
        tuple(admission(cards, field, each) for each in admitted[field].first[: limits.gaps])
        for field in ("gaps", "assumptions")
    )
    return BriefPage(
        title="The whole brief",
        description=f"{site.settings.title}: the whole brief on one page, for print.",
        section="index",
        crumbs=(),
        bottom_line=_bottom_line(cards),
        lead=index.note.title if index else site.settings.title,
        questions=tuple(_questions(cards, apparatus, answers, shown, is_whole=is_whole)),
        judged=tuple(
            _claim(cards, apparatus, claim_id) for claim_id in shown if claim_id not in answering
        ),
        disagreements=tuple(
            _disagreement(apparatus, conflicts.views[each]) for each in disagreements
        ),
        more_disagreements=max(len(conflicts.found) - limits.disagreements, 0),
        events=tuple(cards.events[each] for each in events[: limits.events]),
        more_events=max(len(events) - limits.events, 0),
        plots=tuple(
            nearest(cards.plots[each], most=limits.estimates)
            for each in measures[: limits.measures]
        ),
        more_plots=max(len(measures) - limits.measures, 0),
        gaps=gaps,
        assumptions=assumptions,
        more_unknowns=sum(max(each.number - limits.gaps, 0) for each in admitted.values()),
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
    cards: Cards,
    apparatus: Apparatus,
    answers: Mapping[QuestionId, Sequence[ClaimId]],
    shown: Collection[ClaimId],
    *,
    is_whole: bool,
) -> Iterator[BriefQuestion]:
    """Yield questions with the answers that are shown; one without any only in a whole brief."""
    for question_id, claims in answers.items():
        if is_whole or any(each in shown for each in claims):
            every = cards.site.questions[question_id].note.answers
            own = [answer for answer in every if answer.claim in shown]
            yield BriefQuestion(
                card=question_card(cards, question_id),
                answers=tuple(
                    _claim(cards, apparatus, answer.claim, answer.note or "") for answer in own
                ),
            )


def limits_for(cards: Cards, claims: int, survey: Survey) -> Limits:
    """Return how much the brief of a site holds; `claims` is how many claims belong in it."""
    site = cards.site
    words = sum(each.weight for each in survey.admissions.value.values())
    counts = 250 * len(site.events) + 750 * len(site.sources)
    weight = 2600 * claims + 700 * survey.estimates.value + counts
    most = HEAVIEST_WHOLE if len(site.claims) <= LARGE else min(HEAVIEST_WHOLE, splitting.LIGHT)
    return WHOLE if weight + words <= most else SHORT


def _bottom_line(cards: Cards) -> Prose:
    index = cards.site.pages.get("index")
    return prose(cards, index.note.body, index.ref, heading_base=3) if index else ()


def _chosen(survey: Survey) -> list[ClaimId]:
    """Return the claims that belong in a brief: answers first, then what the author judged."""
    answers = chain.from_iterable(survey.answers.value.values())
    return list(dict.fromkeys(chain(answers, survey.assessed.value)))


# --- numbers ----------------------------------------------------------------------------------


def _quoting(shown: Iterable[ClaimId], disagreements: Iterable[Disagreement]) -> list[Ref]:
    """Return the notes whose evidence the brief refers to: its claims, and all that disagree."""
    conflicting = chain.from_iterable(each.notes for each in disagreements)
    quoting = (ref for ref in conflicting if ref.kind in {Kind.CLAIM, Kind.EVENT})
    return list(dict.fromkeys(chain((Ref(Kind.CLAIM, each) for each in shown), quoting)))


def make_apparatus(
    cards: Cards, sources: Mapping[SourceId, int], quoting: Iterable[Ref]
) -> Apparatus:
    """Return the numbers of all sources, in order of date, and of the passages that notes quote.

    Passages are numbered source by source, in the order of the text; where the text is not held, in
    the order of their words.
    """
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
