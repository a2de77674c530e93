"""Which estimates of a measure hang together because they exclude one another.

To compare every pair would take a hundred times as long for ten times as many. Instead each group
is walked: from an estimate to all those that it excludes and that no walk has reached yet. Those
still waiting lie in heaps, one pair of heaps for each scope and stretch of days, so that a step
removes what it finds and never looks at it again.
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
    """Return the groups of estimates that are connected by excluding one another, sorted.

    Two exclude one another if they cannot both hold: their numbers do not overlap, and they count
    the same thing on dates that overlap. Two different scopes count different things; an estimate
    without a scope is compared with all, and one without a date may be meant for any. Pairs for
    which `are_compatible` is true have been reconciled by their authors.
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


class _Stretch(Struct):
    """Estimates of one scope for one stretch of days that no walk has reached yet."""

    first: int
    last: int
    by_high: list[tuple[float, ClaimId, Estimate]] = field(default_factory=list)  # lowest on top
    by_low: list[tuple[float, ClaimId, Estimate]] = field(default_factory=list)  # highest on top
    left: int = 0

    def add(self, each: Estimate) -> None:
        self.by_high.append((each.high, each.claim, each))
        self.by_low.append((-each.low, each.claim, each))
        self.left += 1


class _ScopeStretches(Struct):
    """The stretches of one scope, sorted by their first days.

    `reach` has for each stretch the latest last day of all stretches up to it, `empty` is how many
    of them have no estimates left.
    """

    stretches: list[_Stretch]
    firsts: list[int] = field(default_factory=list)
    reach: list[int] = field(default_factory=list)
    empty: int = 0

    def arrange(self) -> None:
        """Leave out what is empty."""
        self.stretches = sorted(
            (stretch for stretch in self.stretches if stretch.left),
            key=lambda stretch: stretch.first,
        )
        self.firsts = [stretch.first for stretch in self.stretches]
        self.reach = list(accumulate((stretch.last for stretch in self.stretches), max))
        self.empty = 0

    def overlapping(self, first: int, last: int) -> Iterator[_Stretch]:
        if self.empty > len(self.stretches) // 2:
            self.arrange()
        for at in range(bisect_right(self.firsts, last) - 1, -1, -1):
            if self.reach[at] < first:
                return
            stretch = self.stretches[at]
            if stretch.left and stretch.last >= first:
                yield stretch


class _Waiting:
    """All estimates that no walk has reached yet."""

    def __init__(self, estimates: Sequence[Estimate]) -> None:
        stretches: dict[str, dict[tuple[int, int], _Stretch]] = defaultdict(dict)
        self.stretch_with: dict[ClaimId, _Stretch] = {}
        for each in estimates:
            days = stretch_of(each)
            stretch = stretches[each.scope].setdefault(days, _Stretch(*days))
            stretch.add(each)
            self.stretch_with[each.claim] = stretch
        self.by_scope = {
            scope: _ScopeStretches(list(own.values())) for scope, own in stretches.items()
        }
        for of_scope in self.by_scope.values():
            of_scope.arrange()
            for stretch in of_scope.stretches:
                heapify(stretch.by_high)
                heapify(stretch.by_low)

    def take(self, each: Estimate) -> bool:
        """Take one out, and return whether it was still waiting."""
        stretch = self.stretch_with.pop(each.claim, None)
        if stretch:
            stretch.left -= 1
            self.by_scope[each.scope].empty += not stretch.left
        return stretch is not None

    def excluded_by(
        self, one: Estimate, are_compatible: Callable[[ClaimId, ClaimId], bool]
    ) -> list[Estimate]:
        """Take out and return all waiting estimates that one estimate excludes."""
        scopes = (one.scope, "") if one.scope else tuple(self.by_scope)
        found = []
        for of_scope in (
            self.by_scope[scope] for scope in dict.fromkeys(scopes) if scope in self.by_scope
        ):
            for stretch in list(of_scope.overlapping(*stretch_of(one))):
                found += self._from(stretch.by_high, one.low, one, are_compatible)
                found += self._from(stretch.by_low, -one.high, one, are_compatible)
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
            if each.claim not in self.stretch_with:
                continue
            if are_compatible(one.claim, each.claim):
                spared.append(entry)
            elif self.take(each):
                found.append(each)
        for entry in spared:
            heappush(heap, entry)
        return found
