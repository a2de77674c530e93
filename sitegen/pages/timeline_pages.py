"""The timeline: on one page, or an overview that leads to its parts by years, months and days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from msgspec import Struct

from sitegen.ledger import NOTHING_KEPT, Tables, Whole
from sitegen.notes import EventId
from sitegen.pages.bundles import by_bundle
from sitegen.pages.cards import Cards
from sitegen.pages.listing import (
    ItemGroup,
    PageIdentity,
    Row,
    SplittablePage,
    group_parts_of,
    in_one,
    is_light,
    rows_of,
)
from sitegen.pages.lists import file_event
from sitegen.pages.splitting import say_days
from sitegen.pages.timeline import overview_of, timeline_of
from sitegen.urls import TIMELINE
from sitegen.views import ContentsGroup, Frame, PartsView, TimelinePage, TimelineView

_IDENTITY: Final = PageIdentity(
    path=TIMELINE,
    folder="timeline",
    template="pages/timeline.html",
    frame=Frame(
        title="Timeline",
        description="What happened in which order.",
        section="timeline",
        crumbs=(),
    ),
    lead="By date, in parts.",
    filter="events",
)
_DRAWN: Final = 550  # bytes that an event takes in the drawing


class Timeline(Struct, frozen=True):
    """All events filed by their days, bundle by bundle, and their drawing."""

    filed: Mapping[str, Sequence[Row]]
    drawn: Whole[TimelineView]


def timeline_in_all(cards: Cards, tables: Tables) -> Timeline:
    """Return the timeline of all events before it is cut into pages."""

    def file(event_id: EventId) -> Row:
        row = file_event(cards, event_id)
        return row._replace(weight=row.weight + _DRAWN)

    filed = by_bundle(
        tables,
        "places on the timeline",
        cards.bundles.events,
        lambda ids: tuple(map(file, ids)),
    )
    tables.done_with(filed)
    return Timeline(filed, tables.whole("drawing of all events", partial(_drawn, cards, filed)))


def splittable_timeline(cards: Cards, every: Callable[[Tables], Timeline]) -> SplittablePage:
    """Return the timeline: on one page, or as its overview and its parts."""

    def item_groups(tables: Tables) -> tuple[ItemGroup[EventId]]:
        return (_item_group(cards, every(tables).filed),)

    def contents(frame: Frame, groups: tuple[ContentsGroup, ...]) -> TimelinePage:
        return TimelinePage(**frame, timeline=every(NOTHING_KEPT).drawn.value, contents=groups)

    return SplittablePage(_IDENTITY, item_groups, contents=contents)


def _drawn(cards: Cards, filed: Mapping[str, Sequence[Row]]) -> TimelineView:
    """Return the drawing of all events: one by one, or by the parts of a long timeline."""
    item_group = _item_group(cards, filed)
    rows = [[*item_group.rows()]]
    if is_light(rows):
        return timeline_of(cards, in_one(rows[0]))
    group_parts = group_parts_of(_IDENTITY, (item_group,), rows)
    return overview_of(cards, [(group_part.link, group_part.items) for group_part in group_parts])


def _item_group(cards: Cards, filed: Mapping[str, Sequence[Row]]) -> ItemGroup[EventId]:
    def page(frame: Frame, events: tuple[EventId, ...], parts: PartsView | None) -> TimelinePage:
        return TimelinePage(**frame, timeline=timeline_of(cards, events), parts=parts)

    return ItemGroup(rows_of(filed), page, "event", say_days)
