"""Competing answers to a question, weighed by what counts against them.

This is the analysis of competing hypotheses (R. J. Heuer, "Psychology of Intelligence Analysis",
1999, chapter 8): the answer that stands is the one with least against it, not the one with most
for it, and evidence that bears alike on every answer decides nothing. Independent groups of
evidence are counted; there is no score. Everything is counted again without weak evidence, and
again without what rests on a single origin, so that readers see what the order rests on.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sitegen.findings.independence import origin_groups
from sitegen.kinds import Kind
from sitegen.model import Citation, Ref, Site
from sitegen.notes import ClaimId, SourceId
from sitegen.pages.cards import Cards
from sitegen.views import HypothesesView, HypothesisView, RankView, TellingSource

WEAK_RELIABILITY: Final = frozenset("DEF")
WEAK_CREDIBILITY: Final = frozenset("456")

Lineages = Mapping[SourceId, frozenset[Ref]]


Group = tuple[Citation, ...]
"""Passages that may go back to one origin and therefore count once."""


class Case(Struct, frozen=True):
    """What is said for an answer and what against it, in independent groups."""

    claim: ClaimId
    support: tuple[Group, ...]
    against: tuple[Group, ...]

    @property
    def order(self) -> tuple[int, int, int]:
        """The sort key of the answer: least against it first, then most for it.

        An answer that nothing supports comes after all others, and one without evidence last.
        """
        unranked = 0 if self.support else 1 if self.against else 2
        return unranked, len(self.against), -len(self.support)

    @property
    def is_ranked(self) -> bool:
        """Whether the answer has a place: one that nothing supports is nobody's answer."""
        return bool(self.support)


def lineages_of(cards: Cards) -> Lineages:
    """Return what every source's reporting goes back to."""
    return cards.findings.lineages


def hypotheses(
    cards: Cards, answers: Sequence[ClaimId], lineages: Lineages
) -> HypothesesView | None:
    """Return the answers to a question ranked in three ways; None for fewer than two."""
    if len(answers) < 2:
        return None
    site = cards.site
    cases = [make_case(site, claim_id, lineages) for claim_id in answers]
    cases.sort(key=lambda case: case.order)
    rankings = {
        "all": cases,
        "without-weak": [_without_weak(site, case) for case in cases],
        "without-single": [_without_single(case) for case in cases],
    }
    ranked = {name: rank(site, name, cases, left) for name, left in rankings.items()}
    views = tuple(
        HypothesisView(
            claim=cards.claims[case.claim],
            letter=_letter(at),
            ranks=tuple(ranked[name][case.claim] for name in rankings),
        )
        for at, case in enumerate(cases)
    )
    return HypothesesView(
        answers=views,
        has_moves=any(each.moved for view in views for each in view.ranks),
        weak=_count_passages(cases) - _count_passages(rankings["without-weak"]),
        single=_count_groups(cases) - _count_groups(rankings["without-single"]),
        sources=tuple(telling_sources(cards, answers).values()),
        pairs=math.comb(len(answers), 2),
    )


def make_case(site: Site, claim_id: ClaimId, lineages: Lineages) -> Case:
    """Return what bears on an answer.

    For it is what supports it; against it what disputes it and what supports a claim that
    contradicts it. Groups are formed over all claims, so that one origin counts once however many
    claims it is quoted for.
    """
    own = site.citations[Ref(Kind.CLAIM, claim_id)]
    disputing = [each for each in own if each.evidence.stance == "disputes"]
    contrary = [each for rival in _rivals(site, claim_id) for each in _supporting(site, rival)]
    return Case(
        claim=claim_id,
        support=_groups(site, _supporting(site, claim_id), lineages),
        against=_groups(site, [*disputing, *contrary], lineages),
    )


def _rivals(site: Site, claim_id: ClaimId) -> list[ClaimId]:
    relations = site.relations.get(claim_id, ())
    return list(dict.fromkeys(each.other for each in relations if each.type == "contradicts"))


def _supporting(site: Site, claim_id: ClaimId) -> list[Citation]:
    citations = site.citations[Ref(Kind.CLAIM, claim_id)]
    return [each for each in citations if each.evidence.stance == "supports"]


def _groups(site: Site, citations: Sequence[Citation], lineages: Lineages) -> tuple[Group, ...]:
    numbered = [replace(each, number=at) for at, each in enumerate(citations, 1)]
    return tuple(
        tuple(citations[number - 1] for number in group.citations)
        for group in origin_groups(site, numbered, lineages)
    )


# --- what is left out -------------------------------------------------------------------------


def is_weak(site: Site, citation: Citation) -> bool:
    """Return whether a passage is graded D, E or F, or 4, 5 or 6. What nobody graded is not."""
    letter = site.sources[citation.source].note.reliability
    return letter in WEAK_RELIABILITY or citation.evidence.credibility in WEAK_CREDIBILITY


def is_unrated(site: Site, citation: Citation) -> bool:
    """Return whether a passage lacks its letter or its digit."""
    letter = site.sources[citation.source].note.reliability
    return letter is None or citation.evidence.credibility is None


def _without_weak(site: Site, case: Case) -> Case:
    """Return a case without its weak passages; the groups stay, as if these still tied the rest."""

    def strong(groups: Sequence[Group]) -> tuple[Group, ...]:
        left = (tuple(each for each in group if not is_weak(site, each)) for group in groups)
        return tuple(filter(None, left))

    return replace(case, support=strong(case.support), against=strong(case.against))


def _without_single(case: Case) -> Case:
    """Return a case without any side that rests on a single origin, in however many articles."""
    return replace(
        case,
        support=case.support if len(case.support) > 1 else (),
        against=case.against if len(case.against) > 1 else (),
    )


def _count_passages(cases: Sequence[Case]) -> int:
    return len(
        {
            (each.owner, each.number)
            for case in cases
            for group in (*case.support, *case.against)
            for each in group
        }
    )


def _count_groups(cases: Sequence[Case]) -> int:
    return sum(len(case.support) + len(case.against) for case in cases)


# --- the ranking ------------------------------------------------------------------------------


def rank(
    site: Site, ranking: str, all_cases: Sequence[Case], left: Sequence[Case]
) -> dict[ClaimId, RankView]:
    """Return the place of every answer by what is left of its case: least against it first.

    An answer has no position if nothing is left for it: otherwise an answer that nobody gives could
    be ranked first because little is left against it. In the drawing it stands after the others,
    and last if nothing is left against it either. How far an answer moved is counted among those
    with a position in both rankings, so that nobody moves because others drop out. Equal answers
    keep the order that they have with all evidence.
    """
    alive = {case.claim for case in left if case.is_ranked}
    after = positions([case for case in left if case.claim in alive])
    before = positions([case for case in all_cases if case.claim in alive])
    shared = Counter(case.order for case in left)
    return {
        case.claim: RankView(
            ranking=ranking,
            position=after.get(case.claim),
            is_shared=shared[case.order] > 1,
            row=row,
            against=len(case.against),
            support=len(case.support),
            unrated=sum(
                all(is_unrated(site, each) for each in group)
                for group in (*case.support, *case.against)
            ),
            moved=before[case.claim] - after[case.claim] if case.claim in alive else 0,
        )
        for row, case in enumerate(sorted(left, key=lambda each: each.order))
    }


def positions(cases: Sequence[Case]) -> dict[ClaimId, int]:
    """Return the position of each answer from 1; equal counts share one, as in sport: 1, 2, 2."""
    first: dict[tuple[int, int, int], int] = {}
    for at, case in enumerate(sorted(cases, key=lambda each: each.order), 1):
        first.setdefault(case.order, at)
    return {case.claim: first[case.order] for case in cases}


def _letter(at: int) -> str:
    """Return A … Z, then A1 … Z1 and so on."""
    return f"{chr(ord('A') + at % 26)}{at // 26 or ''}"


# --- what tells answers apart -----------------------------------------------------------------


def telling_sources(cards: Cards, answers: Sequence[ClaimId]) -> dict[SourceId, TellingSource]:
    """Return the sources that speak of any answer, first those that tell most answers apart.

    A source tells two answers apart if it supports one and counts against the other. It counts
    against an answer if it disputes it or supports a claim that contradicts it. Silence tells
    nothing, nor does a source that does both to one answer. Sources that tell equally many pairs
    apart are sorted by how many answers they speak of, most first, then by id.
    """
    site = cards.site
    bearing: dict[SourceId, dict[ClaimId, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim_id in answers:
        for each in site.citations[Ref(Kind.CLAIM, claim_id)]:
            bearing[each.source][claim_id].add(each.evidence.stance)
    for claim_id in answers:
        for rival in _rivals(site, claim_id):
            for each in _supporting(site, rival):
                if each.source in bearing:
                    bearing[each.source][claim_id].add("disputes")

    def view(source_id: SourceId) -> TellingSource:
        stances = list(bearing[source_id].values())
        bears_out = sum("supports" in each and "disputes" not in each for each in stances)
        against = sum("disputes" in each and "supports" not in each for each in stances)
        return TellingSource(cards.labels[source_id], bears_out * against, bears_out, against)

    views = {source_id: view(source_id) for source_id in bearing}
    order = sorted(views, key=lambda each: (-views[each].pairs, -len(bearing[each]), each))
    return {each: views[each] for each in order}
