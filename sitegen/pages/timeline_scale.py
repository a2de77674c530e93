"""The scale of a timeline's drawing: from days to percent of its width.

What lies far before the main period stands in a strip of its own at the left, year beside year.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from sitegen.dates import FuzzyDate
from sitegen.views import Tick

_STRIP_YEAR = 4.0  # percent of the width for a year far before the main period
_STRIP_LEAST, _STRIP_MOST = 8.0, 16.0  # percent of the width for all of them
_STRIP_LABEL = 3.5  # percent of the width that the number of a year takes
_MONTHS: Final = ((400, 1), (750, 2), (1120, 3))  # up to so many days a tick at every such month
_LAST_DAY: Final = dt.date.max.toordinal()


class Scale(Struct, frozen=True):
    """From days to percent of the drawing's width. All days are proleptic Gregorian ordinals."""

    first: int
    last: int
    strip: tuple[int, ...]  # the years in the strip at the left, in order

    @property
    def left(self) -> float:
        """Where the strip ends and the scale begins, 0 to 100."""
        if not self.strip:
            return 0.0
        return min(max(len(self.strip) * _STRIP_YEAR, _STRIP_LEAST), _STRIP_MOST)

    def x(self, day: int) -> float:
        """Return where a day lies, 0 to 100."""
        if self.strip and day < self.first:
            date = dt.date.fromordinal(day)
            at = bisect_left(self.strip, date.year)
            share = date.timetuple().tm_yday / 366 if date.year in self.strip[at : at + 1] else 0
            return round(self.left * (at + 0.1 + 0.6 * share) / len(self.strip), 2)
        share = (day - self.first) / max(self.last - self.first, 1)
        return round(self.left + (100 - self.left) * min(max(share, 0.0), 1.0), 2)

    def strip_ticks(self) -> tuple[Tick, ...]:
        """Return the years of the strip, as many as have room beside one another."""
        step = -(-len(self.strip) * _STRIP_LABEL // self.left) if self.strip else 1
        width = self.left / max(len(self.strip), 1)
        return tuple(
            Tick(round(width * (at + 0.1), 2), str(year))
            for at, year in enumerate(self.strip)
            if at % step == 0
        )

    def ticks(self) -> tuple[Tick, ...]:
        """Return the beginnings of years, or of months where that would give fewer than four."""
        first, last = dt.date.fromordinal(self.first), dt.date.fromordinal(self.last)
        span = last.year - first.year + 1
        step = next((step for most, step in _MONTHS if self.last - self.first <= most), 0)
        if step:
            months = [
                dt.date(year, month, 1)
                for year in range(first.year, last.year + 1)
                for month in range(1, 13, step)
            ]
            inside = [each for each in months if first <= each <= last]
            return tuple(
                Tick(self.x(each.toordinal()), f"{each.year:04}-{each.month:02}") for each in inside
            )
        step = max(1, -(-span // 10))
        years = [dt.date(year, 1, 1) for year in range(first.year, last.year + 1, step)]
        inside = [each for each in years if first <= each <= last]
        return tuple(Tick(self.x(each.toordinal()), str(each.year)) for each in inside)


def scale_of(dates: Sequence[FuzzyDate], limits: FuzzyDate | None) -> Scale:
    """Return the scale for some dates, or for a stretch of time with the given limits."""
    days = sorted(
        day.toordinal() for date in dates for day in (date.earliest, date.latest) if day
    ) or [dt.date(2000, 1, 1).toordinal()]
    if limits and limits.earliest and limits.latest:
        return Scale(limits.earliest.toordinal(), limits.latest.toordinal(), ())
    first = _main_start(days)
    strip = tuple(dict.fromkeys(dt.date.fromordinal(day).year for day in days if day < first))
    margin = max((days[-1] - first) // 50, 3)
    return Scale(max(first - margin, 1), min(days[-1] + margin, _LAST_DAY), strip)


def _main_start(days: Sequence[int]) -> int:
    """Return the day from which the drawing is to scale: the first after the last large gap."""
    start = 0
    for index, (earlier, later) in enumerate(pairwise(days), 1):
        is_minority = index <= len(days) // 3
        if is_minority and later - earlier > 2 * (days[-1] - later):
            start = index
    return days[start]
