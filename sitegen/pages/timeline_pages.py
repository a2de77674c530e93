"""The timeline: on one page, or an overview that leads to its parts by years, months and days."""

from __future__ import annotations

from typing import Final

from sitegen.dates import sort_key
from sitegen.ledger import Tables
from sitegen.notes import EventId
from sitegen.pages.cards import Cards
from sitegen.pages.listing import Filed, Shelf, Volume, Whole, is_light, leaves_of, shelf_of
from sitegen.pages.splitting import days, say_days
from sitegen.pages.timeline import TIMELINE, overview_of, timeline_of
from sitegen.pages.weights import weigh_event
from sitegen.views import ContentsGroup, Frame, PartsView, TimelinePage, TimelineView

_WHOLE: Final = Whole(
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


def timeline_volume(cards: Cards) -> Volume:
    """Return the timeline: on one page, or as its overview and its parts."""

    def contents(frame: Frame, groups: tuple[ContentsGroup, ...]) -> TimelinePage:
        return TimelinePage(**frame, timeline=timeline_overview(cards), contents=groups)

    return Volume(_WHOLE, lambda tables: (_shelf(cards, tables),), contents=contents)


def timeline_overview(cards: Cards) -> TimelineView:
    """Return the drawing of all events: one by one, or by the parts of a long timeline."""
    shelf = _shelf(cards, Tables())
    if is_light((shelf,)):
        return timeline_of(cards, shelf.items)
    return overview_of(cards, [(leaf.link, leaf.items) for leaf in leaves_of(_WHOLE, (shelf,))])


def _shelf(cards: Cards, tables: Tables) -> Shelf[EventId]:
    def file(event_id: EventId) -> Filed:
        date = cards.site.events[event_id].note.date
        weight = weigh_event(cards.events[event_id]) + _DRAWN
        return Filed((*sort_key(date), event_id), days(date), weight)

    def page(frame: Frame, events: tuple[EventId, ...], parts: PartsView | None) -> TimelinePage:
        return TimelinePage(**frame, timeline=timeline_of(cards, events), parts=parts)

    filed = tables.table("places on the timeline", cards.site.events, file)
    return shelf_of(filed, page, "event", say_days)
