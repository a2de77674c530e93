"""Which sources cover what a claim is about and say nothing of it.

Very many claims may belong to one question, and very many sources be quoted on it. A list for each
claim would grow with the one times the other; so the sources are kept once for each event and
question, or for each combination of large ones, and a claim has only what sets it apart.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from heapq import merge
from typing import Final

from sitegen.dates import FuzzyDate
from sitegen.model import Covering, Kind, Ref, Silent, Site
from sitegen.notes import ClaimId, QuestionId, SourceId

_MANY: Final = 64
"""Sources on an event or question from which on claims share the list of them."""


def coverings(site: Site) -> dict[Ref, Covering]:
    """Return the sources that cover each event and each question.

    A source covers an event when the event itself or one of its claims quotes it, and a question
    when one of its claims or events does.
    """
    events_of: dict[QuestionId, list[Ref]] = defaultdict(list)
    for record in site.events.values():
        for question_id in record.note.questions:
            events_of[question_id].append(record.ref)
    owners = {
        ref: [ref, *(Ref(Kind.CLAIM, each) for each in claims)]
        for ref, claims in _subjects(site)
        if ref.kind is Kind.EVENT
    } | {
        ref: [*events_of[QuestionId(ref.id)], *(Ref(Kind.CLAIM, each) for each in claims)]
        for ref, claims in _subjects(site)
        if ref.kind is Kind.QUESTION
    }
    return {ref: _covering(site, _quoted_by(site, each)) for ref, each in owners.items()}


def silences(site: Site, covering: Mapping[Ref, Covering]) -> dict[ClaimId, Silent]:
    """Return for every claim the sources that cover its events or questions but not the claim.

    One that is quoted for a claim that contradicts this one, or is the same, does speak of it.
    """
    subjects: dict[ClaimId, list[Ref]] = {claim_id: [] for claim_id in site.claims}
    for ref, claims in _subjects(site):
        for claim_id in claims:
            subjects[claim_id].append(ref)

    @cache
    def shared(large: tuple[Ref, ...]) -> Covering:
        if len(large) == 1:
            return covering[large[0]]
        return _covering(site, {each for ref in large for each in covering[ref].ids})

    def silent(claim_id: ClaimId) -> Silent:
        large = tuple(ref for ref in subjects[claim_id] if len(covering[ref].ids) > _MANY)
        common = shared(large)
        others = (covering[ref].ids for ref in subjects[claim_id] if ref not in large)
        also = {each for ids in others for each in ids if each not in common.members}
        speaking = frozenset(_quoted_by(site, _saying(site, claim_id)))
        return Silent(common, _covering(site, also), speaking)

    return {claim_id: silent(claim_id) for claim_id in site.claims}


def count_silent(silent: Silent, *, before: dt.date | None = None) -> int:
    """Return how many sources are silent; with `before` those that had appeared by that day."""
    return sum(_count(each, silent.speaking, before) for each in (silent.covering, silent.also))


def silent_ids(silent: Silent) -> Iterator[SourceId]:
    """Yield the silent sources in the order of their ids."""
    both = merge(silent.covering.ids, silent.also.ids)
    return (each for each in both if each not in silent.speaking)


def latest_first(covering: Iterable[Covering], since: dt.date | None) -> Iterator[SourceId]:
    """Yield sources that had not certainly appeared before a day: the latest first.

    Those that do not say when they appeared come last, in the order of their ids.
    """
    all_of_them = tuple(covering)
    for each in all_of_them:
        first = _place(each, since) if since else 0
        yield from (each.dated[at][1] for at in range(len(each.dated) - 1, first - 1, -1))
    for each in all_of_them:
        yield from each.undated


def begins(dates: Iterable[FuzzyDate]) -> dt.date | None:
    """Return the day before which what happened on one of these dates had certainly not begun."""
    days = [each.earliest_possible for each in dates]
    return min((day for day in days if day), default=None) if all(days) else None


def _count(covering: Covering, speaking: frozenset[SourceId], before: dt.date | None) -> int:
    known = covering.members & speaking
    if before is None:
        return len(covering.ids) - len(known)
    early = covering.dated[: _place(covering, before)]
    return len(early) - sum(each in known for _, each in early)


def _place(covering: Covering, day: dt.date) -> int:
    """Return how many sources had certainly appeared before a day."""
    return bisect_left(covering.dated, day, key=lambda each: each[0])


def _subjects(site: Site) -> Iterator[tuple[Ref, Sequence[ClaimId]]]:
    for event_id, claims in site.claims_of_event.items():
        yield Ref(Kind.EVENT, event_id), claims
    for question_id, claims in site.claims_of_question.items():
        yield Ref(Kind.QUESTION, question_id), claims


def _covering(site: Site, sources: Iterable[SourceId]) -> Covering:
    ids = tuple(sorted(sources))
    ends = {each: _end(site.sources[each].note.published) for each in ids}
    return Covering(
        ids=ids,
        members=frozenset(ids),
        dated=tuple(sorted((end, each) for each, end in ends.items() if end)),
        undated=tuple(each for each, end in ends.items() if not end),
    )


def _end(published: FuzzyDate | None) -> dt.date | None:
    return published.latest_possible if published else None


def _saying(site: Site, claim_id: ClaimId) -> list[Ref]:
    """Return the claim and those that say it, or its contrary, in other words."""
    related = [
        relation.other
        for relation in site.relations[claim_id]
        if relation.type in {"contradicts", "same-as"}
    ]
    return [Ref(Kind.CLAIM, each) for each in (claim_id, *related)]


def _quoted_by(site: Site, owners: Sequence[Ref]) -> set[SourceId]:
    return {citation.source for owner in owners for citation in site.citations.get(owner, ())}
