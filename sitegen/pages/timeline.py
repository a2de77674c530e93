"""The timeline: its list by year, and the geometry of its drawing.

The drawing is to scale from the first event of the main period on; what lies far before it stands
in a strip of its own at the left, year beside year and not to scale, so that one old treaty does
not press two crowded years into a line. A lane that would grow too high draws events together whose
marks lie upon one another; the list names each.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from sitegen.dates import FuzzyDate, Precision, overlaps, parse_date, sort_key, words
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
_STRIP_YEAR = 4.0  # percent of the width for a year far before the main period
_STRIP_LEAST, _STRIP_MOST = 8.0, 16.0  # percent of the width for all of them
_STRIP_LABEL = 3.5  # percent of the width that the number of a year takes
_NARROWEST = 0.5  # percent: a day among years must still be seen
_LABEL_CHARACTER = 0.62  # percent of the width that a character of a label takes
_LABEL_GAP = 2.0  # percent between a mark, its label and what comes next
_RIGHT_EDGE = 122.0  # labels may run on beyond the last day
_WANTED_LABEL = 30  # characters for which room is kept when rows are given out
_LONGEST_LABEL = 90
_MOST_ROWS = 12  # rows of a lane, beyond which marks that coincide are drawn as one
_COINCIDING: Final = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0)  # percent; the last comes what may
_LASTING: Final = (Precision.DAY, Precision.INTERVAL, Precision.ALL_OF)
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
        strip=scale.strip_ticks(),
        strip_end=scale.left,
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
    strip = tuple(dict.fromkeys(dt.date.fromordinal(day).year for day in days if day < first))
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
        items, rows = _laid_out([_item(cards.events[each], dates[each], scale) for each in own])
        lanes.append(TimelineLane(title, top, rows, tuple(items)))
        top += rows
    return tuple(lanes)


def _item(card: EventCard, dates: Sequence[FuzzyDate], scale: _Scale) -> TimelineItem:
    marks = tuple(_mark(date, scale, is_rival=index > 0) for index, date in enumerate(dates))
    return TimelineItem(card, 0, marks, label=card.title)


def _laid_out(items: Sequence[TimelineItem]) -> tuple[list[TimelineItem], int]:
    """Give items rows and labels; draw those together that coincide, if there are too many rows."""
    placed, rows = _in_rows(items)
    for tolerance in _COINCIDING:
        if rows <= _MOST_ROWS:
            break
        placed, rows = _in_rows(_together(items, tolerance))
    return _with_labels(placed, rows), rows


def _together(items: Sequence[TimelineItem], tolerance: float) -> list[TimelineItem]:
    """Join items whose marks begin and end within the same steps of `tolerance` percent.

    Items with rival dates stay alone: what is joined there is the event with itself.
    """
    step = tolerance or 0.01
    groups: dict[tuple[object, ...], list[TimelineItem]] = {}
    for item in items:
        own = item.marks[0]
        key: tuple[object, ...] = (own.start // step, own.end // step, own.is_open_before)
        groups.setdefault((item.event.ref,) if len(item.marks) > 1 else key, []).append(item)
    return [_joined(group) for group in groups.values()]


def _joined(group: Sequence[TimelineItem]) -> TimelineItem:
    if len(group) == 1:
        return group[0]
    marks = [item.marks[0] for item in group]
    stated = dict.fromkeys(mark.words for mark in marks)
    is_spread = len({(each.start, each.end) for each in marks}) > 1  # no event lasts that long
    mark = replace(
        marks[0],
        start=min(each.start for each in marks),
        end=max(each.end for each in marks),
        is_soft=any(each.is_soft for each in marks),
        is_open_after=any(each.is_open_after for each in marks),
        is_imprecise=is_spread or all(each.is_imprecise for each in marks),
        words=", ".join(stated) if len(stated) <= 3 else f"{len(stated)} dates",
    )
    label = f"{len(group)} events: {'; '.join(item.event.title for item in group)}"
    return replace(group[0], marks=(mark,), label=label, count=len(group))


def _in_rows(items: Sequence[TimelineItem]) -> tuple[list[TimelineItem], int]:
    """Place each item in the first row that is free where it begins; labels count as taken."""
    free_from: list[float] = []
    placed = []
    for item in items:
        start = _start(item)
        row = next((row for row, free in enumerate(free_from) if free <= start), len(free_from))
        if row == len(free_from):
            free_from.append(0.0)
        label = min(len(item.label), _WANTED_LABEL) * _LABEL_CHARACTER
        free_from[row] = _end(item) + label + _LABEL_GAP
        placed.append(replace(item, row=row))
    return placed, len(free_from)


def _with_labels(items: Sequence[TimelineItem], rows: int) -> list[TimelineItem]:
    """Cut each label to the space up to the next item of its row."""
    next_start = [_RIGHT_EDGE] * rows
    labelled = []
    for item in reversed(items):
        room = int((next_start[item.row] - _end(item) - _LABEL_GAP) / _LABEL_CHARACTER)
        next_start[item.row] = _start(item)
        labelled.append(replace(item, label=_cut(item.label, min(room, _LONGEST_LABEL))))
    return labelled[::-1]


def _cut(text: str, room: int) -> str:
    """Return the text, or as many of its whole words as leave room for an ellipsis."""
    if len(text) <= room:
        return text
    kept = text[: max(room - 1, 1)]
    return f"{(kept.rpartition(' ')[0] or kept).rstrip(' ,;:')}…"


def _start(item: TimelineItem) -> float:
    return min(mark.start for mark in item.marks)


def _end(item: TimelineItem) -> float:
    return max(mark.end for mark in item.marks)


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
        is_imprecise=date.precision not in _LASTING,
    )
