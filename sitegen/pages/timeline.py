"""The timeline: its list by year, and the geometry of its drawing.

The drawing is to scale from the first event of the main period on; what lies far before it stands
in a strip of its own at the left, year beside year and not to scale, so that one old treaty does
not press two crowded years into a line. If a lane would grow too high, events whose marks lie upon
one another are drawn as one; the list names each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from msgspec.structs import replace

from sitegen.dates import FuzzyDate, Precision, overlaps, parse_date, sort_key, words
from sitegen.model import Site
from sitegen.notes import EventId
from sitegen.pages.cards import Cards
from sitegen.pages.date_view import date_view
from sitegen.pages.splitting import days, say_days, split
from sitegen.pages.timeline_glance import at_a_glance
from sitegen.pages.timeline_rows import in_rows, laid_out, with_labels
from sitegen.pages.timeline_scale import Scale, scale_of
from sitegen.urls import TIMELINE
from sitegen.views import (
    EventCard,
    NoteLink,
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
_NARROWEST = 0.5  # percent: a day among years must still be seen
_LASTING: Final = (Precision.DAY, Precision.INTERVAL, Precision.ALL_OF)
MOST_DRAWN: Final = 240
"""Up to so many events are drawn one by one; more are drawn together by days, months and years."""

MOST_NAMED: Final = 100
"""Events that the list beside a drawing of more names; the timeline's own pages name all."""


def timeline(cards: Cards, stretch: str | None = None) -> TimelineView:
    """Return the timeline of all events, or of those that overlap a stretch given in EDTF.

    More than `MOST_DRAWN` are drawn together by their days, and the list names only the first.
    """
    site = cards.site
    limits = parse_date(stretch) if stretch else None
    events = in_order(
        site,
        (
            event_id
            for event_id, record in site.events.items()
            if limits is None or overlaps(record.note.date, limits)
        ),
    )
    if len(events) <= MOST_DRAWN:
        return timeline_of(cards, events, limits)
    parts = split(
        events, lambda each: days(site.events[each].note.date), _one, say_days, MOST_DRAWN
    )
    links = [(NoteLink("", TIMELINE, part.label), part.items) for part in parts]
    overview = overview_of(cards, links)
    named = _years(cards, events[:MOST_NAMED])
    return replace(overview, title=words(limits) if limits else "", years=named)


def _one(_: EventId) -> int:
    return 1


def in_order(site: Site, events: Iterable[EventId]) -> list[EventId]:
    """Return events in the order in which they happened."""
    return sorted(events, key=lambda each: (*sort_key(site.events[each].note.date), each))


def timeline_of(
    cards: Cards, events: Sequence[EventId], limits: FuzzyDate | None = None
) -> TimelineView:
    """Return the timeline of some events, given in order; `limits` are the ends of its scale."""
    site = cards.site
    dates = {event_id: _dates(site, event_id) for event_id in events}
    scale = scale_of([date for each in dates.values() for date in each], limits)
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
        glance=at_a_glance(lanes),
    )


def overview_of(cards: Cards, parts: Sequence[tuple[NoteLink, Sequence[EventId]]]) -> TimelineView:
    """Return a drawing of many events: for each part of the timeline and each lane one mark.

    A mark reaches from the first to the last day that its events begin on, and leads to the part.
    """
    events = [event_id for _, own in parts for event_id in own]
    dates = [cards.site.events[each].note.date for each in events]
    scale = scale_of(dates, None)
    lanes: list[TimelineLane] = []
    top = 0
    for title in dict.fromkeys(_LANES.values()):
        items = list(_groups(cards, parts, title, scale))
        if items:
            placed, rows = in_rows(items) or ([], 0)
            lanes.append(TimelineLane(title, top, rows, tuple(with_labels(placed, rows))))
            top += rows
    return TimelineView(
        title="",
        ticks=scale.ticks(),
        lanes=tuple(lanes),
        rows=top,
        years=(),
        count=len(events),
        strip=scale.strip_ticks(),
        strip_end=scale.left,
        glance=at_a_glance(lanes),
    )


def _groups(
    cards: Cards,
    parts: Sequence[tuple[NoteLink, Sequence[EventId]]],
    lane: str,
    scale: Scale,
) -> Iterator[TimelineItem]:
    for link, events in parts:
        notes = cards.site.events
        own = [each for each in events if _LANES[notes[each].note.kind] == lane]
        if not own:
            continue
        days = [day for each in own if (day := _first_day(notes[each].note.date))]
        start = scale.x(min(days)) if days else 0.0
        end = scale.x(max(days)) if days else start
        start = min(start, 100 - _NARROWEST)
        mark = TimelineMark(
            start=start,
            end=max(end, start + _NARROWEST),
            is_soft=False,
            is_open_before=False,
            is_open_after=False,
            is_rival=False,
            words=link.title,
        )
        first = cards.events[own[0]]
        yield TimelineItem(first, 0, (mark,), label=f"{len(own)}", count=len(own), url=link.url)


def _first_day(date: FuzzyDate) -> int | None:
    day = date.earliest or date.latest
    return day.toordinal() if day else None


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


def _lanes(
    cards: Cards,
    events: Sequence[EventId],
    dates: Mapping[EventId, Sequence[FuzzyDate]],
    scale: Scale,
) -> tuple[TimelineLane, ...]:
    lanes = []
    top = 0
    for title in dict.fromkeys(_LANES.values()):
        own = [each for each in events if _LANES[cards.site.events[each].note.kind] == title]
        if not own:
            continue
        items, rows = laid_out([_item(cards.events[each], dates[each], scale) for each in own])
        lanes.append(TimelineLane(title, top, rows, tuple(items)))
        top += rows
    return tuple(lanes)


def _item(card: EventCard, dates: Sequence[FuzzyDate], scale: Scale) -> TimelineItem:
    marks = tuple(_mark(date, scale, is_rival=index > 0) for index, date in enumerate(dates))
    return TimelineItem(card, 0, marks, label=card.title, refs=(card.ref,))


def _mark(date: FuzzyDate, scale: Scale, *, is_rival: bool) -> TimelineMark:
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
