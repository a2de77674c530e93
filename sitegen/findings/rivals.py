"""Which estimates of a measure hang together because they exclude one another.

Comparing each with each would take a hundred times as long for ten times as many. Instead the
groups are walked: from an estimate to all those it excludes that no walk has come to yet. What is
waiting lies in heaps, by what is counted and for when, so that a step takes away what it finds and
never looks at it again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import accumulate

from msgspec import Struct, field

from sitegen.dates import FuzzyDate
from sitegen.notes import ClaimId

_FIRST_DAY, _LAST_DAY = 0, 10**7  # wider than any date


class Estimate(Struct, frozen=True):
    """What a claim's quantity allows: `low` to `high`, both included, infinite where open."""

    claim: ClaimId
    low: float
    high: float
    scope: str
    date: FuzzyDate | None


def rival_groups(
    estimates: Sequence[Estimate], are_compatible: Callable[[ClaimId, ClaimId], bool]
) -> list[tuple[ClaimId, ...]]:
    """Return the groups of estimates that hang together by excluding one another, in order.

    Two do so if they cannot both hold: they count the same (scopes that are given and differ do
    not compare) for dates that overlap; an estimate without a date may be meant for any. Pairs that
    `are_compatible` says are told apart by their authors.
    """
    waiting = _Waiting(estimates)
    groups = []
    for start in sorted(estimates, key=lambda each: each.claim):
        if not waiting.take(start):
            continue
        group, frontier = [start.claim], [start]
        while frontier:
            found = waiting.excluded_by(frontier.pop(), are_compatible)
            group += (each.claim for each in found)
            frontier += found
        if len(group) > 1:
            groups.append(tuple(sorted(group)))
    return groups


def stretch_of(estimate: Estimate) -> tuple[int, int]:
    """Return the first and the last day that an estimate may be meant for, as ordinals."""
    date = estimate.date
    first = date.earliest.toordinal() if date and date.earliest else _FIRST_DAY
    return first, date.latest.toordinal() if date and date.latest else _LAST_DAY


class _Lot(Struct):
    """Estimates of one scope for one stretch of days that no walk has come to."""

    first: int
    last: int
    by_high: list[tuple[float, ClaimId, Estimate]] = field(default_factory=list)  # lowest on top
    by_low: list[tuple[float, ClaimId, Estimate]] = field(default_factory=list)  # highest on top
    left: int = 0

    def add(self, each: Estimate) -> None:
        self.by_high.append((each.high, each.claim, each))
        self.by_low.append((-each.low, each.claim, each))
        self.left += 1


class _Shelf(Struct):
    """The lots of one scope by their first days; `reach` is how far the lots up to each one do."""

    lots: list[_Lot]
    firsts: list[int] = field(default_factory=list)
    reach: list[int] = field(default_factory=list)
    empty: int = 0

    def arrange(self) -> None:
        """Leave out what is empty."""
        self.lots = sorted((lot for lot in self.lots if lot.left), key=lambda lot: lot.first)
        self.firsts = [lot.first for lot in self.lots]
        self.reach = list(accumulate((lot.last for lot in self.lots), max))
        self.empty = 0

    def overlapping(self, first: int, last: int) -> Iterator[_Lot]:
        if self.empty > len(self.lots) // 2:
            self.arrange()
        for at in range(bisect_right(self.firsts, last) - 1, -1, -1):
            if self.reach[at] < first:
                return
            lot = self.lots[at]
            if lot.left and lot.last >= first:
                yield lot


class _Waiting:
    """All estimates that no walk has come to."""

    def __init__(self, estimates: Sequence[Estimate]) -> None:
        lots: dict[str, dict[tuple[int, int], _Lot]] = defaultdict(dict)
        self.lot_of: dict[ClaimId, _Lot] = {}
        for each in estimates:
            stretch = stretch_of(each)
            lot = lots[each.scope].setdefault(stretch, _Lot(*stretch))
            lot.add(each)
            self.lot_of[each.claim] = lot
        self.shelves = {scope: _Shelf(list(own.values())) for scope, own in lots.items()}
        for shelf in self.shelves.values():
            shelf.arrange()
            for lot in shelf.lots:
                heapify(lot.by_high)
                heapify(lot.by_low)

    def take(self, each: Estimate) -> bool:
        """Take one that waits; say whether it did."""
        lot = self.lot_of.pop(each.claim, None)
        if lot:
            lot.left -= 1
            self.shelves[each.scope].empty += not lot.left
        return lot is not None

    def excluded_by(
        self, one: Estimate, are_compatible: Callable[[ClaimId, ClaimId], bool]
    ) -> list[Estimate]:
        """Take all that wait and that an estimate excludes."""
        scopes = (one.scope, "") if one.scope else tuple(self.shelves)
        found = []
        for shelf in (
            self.shelves[scope] for scope in dict.fromkeys(scopes) if scope in self.shelves
        ):
            for lot in list(shelf.overlapping(*stretch_of(one))):
                found += self._from(lot.by_high, one.low, one, are_compatible)
                found += self._from(lot.by_low, -one.high, one, are_compatible)
        return found

    def _from(
        self,
        heap: list[tuple[float, ClaimId, Estimate]],
        limit: float,
        one: Estimate,
        are_compatible: Callable[[ClaimId, ClaimId], bool],
    ) -> list[Estimate]:
        found, spared = [], []
        while heap and heap[0][0] < limit:
            entry = heappop(heap)
            each = entry[2]
            if each.claim not in self.lot_of:
                continue
            if are_compatible(one.claim, each.claim):
                spared.append(entry)
            elif self.take(each):
                found.append(each)
        for entry in spared:
            heappush(heap, entry)
        return found
