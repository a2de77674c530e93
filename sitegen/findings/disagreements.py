"""Where accounts conflict: contradicting claims, rival dates, quantities that cannot both hold."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Final, TypeVar

from sitegen.dates import words
from sitegen.findings.rivals import Estimate, rival_groups
from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Citation, Disagreement, DisagreementKind, Ref, Site
from sitegen.notes import ClaimId, EventId, MeasureId, Quantity
from sitegen.numbers import numbers_in
from sitegen.quantities import bounds, say_number, say_quantity

K = TypeVar("K", bound=Hashable)


_BARE: Final = re.compile(r"(?<![\w.,])\d{4}(?![\w]|[.,]\d)")  # a count that looks like a year
_SHARE: Final = re.compile(r"\s*(?:%|per\s?cent)")
_LEAST_WORD: Final = 100  # smaller numbers in words, as in "one of them", often count nothing
_FAR_OFF: Final = 100  # how many times larger or smaller a number is that counts something else
_MOST_TOLD: Final = 12  # numbers that a summary names one by one
# What stands before a figure that names something and counts nothing: "Article 4".
_LABEL: Final = re.compile(r"\b(?:Articles?|Chapters?|Resolutions?|Sections?|Nos?\.)\s*\Z")


def disagreements(site: Site, tables: Tables = NOTHING_KEPT) -> tuple[Disagreement, ...]:
    """Return every disagreement among a site's notes, in stable order."""

    def table(
        name: str, keys: Iterable[K], find: Callable[[Site, K], Iterator[Disagreement]]
    ) -> Mapping[K, tuple[Disagreement, ...]]:
        return tables.table(name, keys, lambda each: tuple(find(site, each)))

    groups = tables.whole("claims that contradict one another", lambda: _contradicting(site)).value
    found = (
        tables.table("contradictions", groups, partial(_contradiction, site)),
        table("rival dates", site.events, _rival_dates),
        table("rival estimates", site.measures, _rival_estimates),
        table("rival evidence", site.claims, _rival_evidence),
    )

    def every() -> tuple[Disagreement, ...]:
        return tuple(chain.from_iterable(chain.from_iterable(each.values() for each in found)))

    return tables.whole("disagreements of every kind", every).value


def _contradicting(site: Site) -> tuple[tuple[ClaimId, ...], ...]:
    """Return the groups of claims that contradict one another."""
    pairs = (
        (claim_id, relation.other)
        for claim_id, relations in site.relations.items()
        for relation in relations
        if relation.type == "contradicts" and not relation.is_inverse
    )
    return tuple(map(tuple, connected(pairs)))


def _contradiction(site: Site, group: tuple[ClaimId, ...]) -> tuple[Disagreement]:
    reasons = [
        relation.why
        for claim_id in group
        for relation in site.relations[claim_id]
        if relation.type == "contradicts" and not relation.is_inverse and relation.why
    ]
    statements = (f"“{site.claims[claim_id].note.statement}”" for claim_id in group)
    found = Disagreement(
        id=f"contradiction-{group[0]}",
        kind=DisagreementKind.CONTRADICTION,
        notes=tuple(Ref(Kind.CLAIM, claim_id) for claim_id in group),
        summary=" ".join(reasons) or " against ".join(statements),
    )
    return (found,)


def _rival_dates(site: Site, event_id: EventId) -> Iterator[Disagreement]:
    record = site.events[event_id]
    rivals = [each.rival_date for each in site.citations[record.ref] if each.rival_date]
    dates = dict.fromkeys(words(date) for date in (record.note.date, *rivals))
    if len(dates) > 1:
        yield Disagreement(
            id=f"rival-dates-{event_id}",
            kind=DisagreementKind.RIVAL_DATES,
            notes=(record.ref,),
            summary=f"{record.note.title}: {' or '.join(dates)}.",
        )


def estimates(site: Site, measure_id: MeasureId) -> tuple[Estimate, ...]:
    """Return the estimates of a measure, by claim; the date is the quantity's or the claim's."""
    found = []
    for claim_id in site.claims_of_measure[measure_id]:
        note = site.claims[claim_id].note
        if note.quantity:
            low, high = bounds(note.quantity)
            scope = (note.quantity.scope or "").casefold()
            found.append(Estimate(claim_id, low, high, scope, note.quantity.as_of or note.date))
    return tuple(found)


def _rival_estimates(site: Site, measure_id: MeasureId) -> Iterator[Disagreement]:
    record = site.measures[measure_id]
    for group in rival_groups(estimates(site, measure_id), partial(_are_compatible, site)):
        told = _told(site, group)
        yield Disagreement(
            # Ids hold hyphens but no full stop, so that no two pairs of them look alike.
            id=f"rival-quantities-{measure_id}.{group[0]}",
            kind=DisagreementKind.RIVAL_QUANTITIES,
            notes=(record.ref, *(Ref(Kind.CLAIM, claim_id) for claim_id in group)),
            summary=f"{record.note.title}: {told} {record.note.unit}.",
        )


def _told(site: Site, group: Sequence[ClaimId]) -> str:
    """Return a group of estimates in words; if there are very many, only the lowest and highest."""
    told = dict.fromkeys(say_quantity(site.claims[each].note.quantity) for each in group)
    if len(told) <= _MOST_TOLD:
        return " or ".join(told)
    ends = {
        each: bounds(quantity) for each in group if (quantity := site.claims[each].note.quantity)
    }
    lowest = min(group, key=lambda each: (ends[each], each))
    highest = max(group, key=lambda each: (ends[each][::-1], each))
    first, last = (say_quantity(site.claims[each].note.quantity) for each in (lowest, highest))
    return f"{len(told)} numbers from {first} to {last}"


def _are_compatible(site: Site, claim_id: ClaimId, other: ClaimId) -> bool:
    relations = site.relations.get(claim_id, ())
    return any(each.type == "compatible-with" and each.other == other for each in relations)


def _rival_evidence(site: Site, claim_id: ClaimId) -> Iterator[Disagreement]:
    """Yield how a claim's own evidence states its quantity differently."""
    record = site.claims[claim_id]
    if not (quantity := record.note.quantity):
        return
    others = dict.fromkeys(
        say_number(value)
        for citation in site.citations[record.ref]
        for value in rival_numbers(quantity, citation)
    )
    if others:
        told = " or ".join([say_quantity(quantity), *others])
        yield Disagreement(
            id=f"rival-evidence-{claim_id}",
            kind=DisagreementKind.RIVAL_QUANTITIES,
            notes=(record.ref,),
            summary=f"{record.note.statement} Its own evidence says {told}.",
        )


def rival_numbers(quantity: Quantity, citation: Citation) -> tuple[float, ...]:
    """Return the numbers in a passage that differ from the quantity of the claim that quotes it.

    There are none if the passage also gives a number that the quantity allows, in figures or in
    words, or the quantity's own wording; nor if it only mentions the claim. Left out are numbers in
    words below a hundred, percentages, figures that are labels ("Article 4"), and numbers a hundred
    times larger or smaller, which count something else.
    """
    passage = citation.excerpt.words
    if citation.evidence.stance == "mentions":
        return ()
    if quantity.wording and quantity.wording.casefold() in passage.casefold():
        return ()
    low, high = bounds(quantity)
    stated = numbers_in(passage)
    years = (float(figure) for figure in _BARE.findall(passage))
    if any(low <= value <= high for value in (*(each.value for each in stated), *years)):
        return ()
    ends = [abs(end) for end in (low, high) if math.isfinite(end)]
    return tuple(
        number.value
        for number in stated
        if (number.is_figure or number.value >= _LEAST_WORD)
        and not _LABEL.search(passage, 0, number.start)
        and not _SHARE.match(passage, number.end)
        and min(ends) / _FAR_OFF <= number.value <= max(ends) * _FAR_OFF
    )


def connected(pairs: Iterable[tuple[ClaimId, ClaimId]]) -> list[Sequence[ClaimId]]:
    """Return the groups of ids that pairs connect, each sorted, and sorted by their first ids."""
    neighbours: dict[ClaimId, set[ClaimId]] = defaultdict(set)
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    groups: list[Sequence[ClaimId]] = []
    seen: set[ClaimId] = set()
    for start in sorted(neighbours):
        if start in seen:
            continue
        group = {start}
        waiting = [start]
        while waiting:
            new = neighbours[waiting.pop()] - group
            group |= new
            waiting += new
        seen |= group
        groups.append(sorted(group))
    return groups
