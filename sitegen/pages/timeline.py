"""The timeline: its list by year, and the geometry of its drawing.

The drawing is to scale from the first event of the main period on; what lies far before it stands
in a strip of its own at the left, marked as not to scale, so that one old treaty does not press
two crowded years into a line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from sitegen.dates import FuzzyDate, overlaps, parse_date, sort_key, words
from sitegen.model import Site
from sitegen.notes import EventId
from sitegen.pages.cards import Cards
from sitegen.pages.date_view import date_view
from sitegen.views import (
    EventCard,
    Tick,
    TimelineItem,
    TimelineLane,
    TimelineMark,
    TimelineView,
    TimelineYear,
)

_LANES: Final = {
    "meeting": "Meetings and statements",
    "statement": "Meetings and statements",
    "agreement": "Agreements and law",
    "legal-act": "Agreements and law",
    "deployment": "Deployments and combat",
    "combat": "Deployments and combat",
    "transfer": "Transfers and other events",
    "other": "Transfers and other events",
}
_STRIP = 8.0  # percent of the width for what lies far before the main period
_NARROWEST = 0.5  # percent: a day among years must still be seen
_LABEL_CHARACTER = 0.6  # percent of the width that a character of a label takes
_LONGEST_LABEL = 34
_LAST_DAY: Final = dt.date.max.toordinal()


def timeline(cards: Cards, stretch: str | None = None) -> TimelineView:
    """Return the timeline of all events, or of those that overlap a stretch given in EDTF."""
    site = cards.site
    limits = parse_date(stretch) if stretch else None
    events = sorted(
        (
            event_id
            for event_id, record in site.events.items()
            if limits is None or overlaps(record.note.date, limits)
        ),
        key=lambda each: (*sort_key(site.events[each].note.date), each),
    )
    dates = {event_id: _dates(site, event_id) for event_id in events}
    scale = _scale([date for each in dates.values() for date in each], limits)
    lanes = _lanes(cards, events, dates, scale)
    return TimelineView(
        title=words(limits) if limits else "",
        ticks=scale.ticks(),
        lanes=lanes,
        rows=sum(lane.rows for lane in lanes),
        years=_years(cards, events),
        count=len(events),
    )


def _dates(site: Site, event_id: EventId) -> list[FuzzyDate]:
    record = site.events[event_id]
    rivals = [each.rival_date for each in site.citations[record.ref] if each.rival_date]
    return [record.note.date, *rivals]


def _years(cards: Cards, events: Sequence[EventId]) -> tuple[TimelineYear, ...]:
    def label(event_id: EventId) -> str:
        date = cards.site.events[event_id].note.date
        day = date.earliest or date.latest
        return str(day.year) if day else "Undated"

    return tuple(
        TimelineYear(year, f"year-{year.lower()}", tuple(cards.events[each] for each in group))
        for year, group in groupby(events, key=label)
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days to percent of the drawing's width. All days are proleptic Gregorian ordinals."""

    first: int
    last: int
    strip: tuple[int, ...]  # the days in the strip at the left, in order

    def x(self, day: int) -> float:
        """Return where a day lies, 0 to 100."""
        left = _STRIP if self.strip else 0.0
        if self.strip and day < self.first:
            at = sum(each < day for each in self.strip)
            return round(left * (at + 0.5) / (len(self.strip) + 1), 2)
        share = (day - self.first) / max(self.last - self.first, 1)
        return round(left + (100 - left) * min(max(share, 0.0), 1.0), 2)

    def ticks(self) -> tuple[Tick, ...]:
        """Return the beginnings of years, or of months where the drawing spans less than three."""
        first, last = dt.date.fromordinal(self.first), dt.date.fromordinal(self.last)
        span = last.year - first.year + 1
        if span <= 2:
            months = [
                dt.date(year, month, 1)
                for year in range(first.year, last.year + 1)
                for month in (range(1, 13) if span == 1 else range(1, 13, 2))
            ]
            inside = [each for each in months if first <= each <= last]
            return tuple(
                Tick(self.x(each.toordinal()), f"{each.year:04}-{each.month:02}") for each in inside
            )
        step = max(1, -(-span // 10))
        years = [dt.date(year, 1, 1) for year in range(first.year, last.year + 1, step)]
        inside = [each for each in years if first <= each <= last]
        return tuple(Tick(self.x(each.toordinal()), str(each.year)) for each in inside)


def _scale(dates: Sequence[FuzzyDate], limits: FuzzyDate | None) -> _Scale:
    days = sorted(
        day.toordinal() for date in dates for day in (date.earliest, date.latest) if day
    ) or [dt.date(2000, 1, 1).toordinal()]
    if limits and limits.earliest and limits.latest:
        return _Scale(limits.earliest.toordinal(), limits.latest.toordinal(), ())
    first = _main_start(days)
    strip = tuple(dict.fromkeys(day for day in days if day < first))
    margin = max((days[-1] - first) // 50, 3)
    return _Scale(max(first - margin, 1), min(days[-1] + margin, _LAST_DAY), strip)


def _main_start(days: Sequence[int]) -> int:
    """Return the day from which the drawing is to scale: after the last gap that dwarfs all."""
    start = 0
    for index, (earlier, later) in enumerate(pairwise(days), 1):
        is_minority = index <= len(days) // 3
        if is_minority and later - earlier > 2 * (days[-1] - later):
            start = index
    return days[start]


def _lanes(
    cards: Cards,
    events: Sequence[EventId],
    dates: Mapping[EventId, Sequence[FuzzyDate]],
    scale: _Scale,
) -> tuple[TimelineLane, ...]:
    lanes = []
    top = 0
    for title in dict.fromkeys(_LANES.values()):
        own = [each for each in events if _LANES[cards.site.events[each].note.kind] == title]
        if not own:
            continue
        free_from: list[float] = []
        items = [_item(cards.events[each], dates[each], scale, free_from) for each in own]
        lanes.append(TimelineLane(title, top, len(free_from), tuple(items)))
        top += len(free_from)
    return tuple(lanes)


def _item(
    card: EventCard, dates: Sequence[FuzzyDate], scale: _Scale, free_from: list[float]
) -> TimelineItem:
    """Place an event in the first row that is free where it begins; labels count as taken."""
    marks = tuple(_mark(date, scale, is_rival=index > 0) for index, date in enumerate(dates))
    start = min(mark.start for mark in marks)
    label = min(len(card.title), _LONGEST_LABEL) * _LABEL_CHARACTER
    end = max(mark.end for mark in marks) + label
    row = next((row for row, free in enumerate(free_from) if free <= start), len(free_from))
    if row == len(free_from):
        free_from.append(0.0)
    free_from[row] = end + 1
    return TimelineItem(card, row, marks)


def _mark(date: FuzzyDate, scale: _Scale, *, is_rival: bool) -> TimelineMark:
    start = min(scale.x(date.earliest.toordinal()) if date.earliest else 0.0, 100 - _NARROWEST)
    end = scale.x(date.latest.toordinal()) if date.latest else 100.0
    return TimelineMark(
        start=start,
        end=max(end, start + _NARROWEST),
        is_soft=date_view(date).is_doubtful,
        is_open_before=date.earliest is None,
        is_open_after=date.latest is None,
        is_rival=is_rival,
        words=words(date),
    )
