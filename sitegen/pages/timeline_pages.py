"""The timeline: on one page, or an overview that leads to its parts by years, months and days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sitegen.notes import EventId
from sitegen.pages.cards import Cards
from sitegen.pages.listing import Shelf, Whole, is_light, leaves_of, pages_in_parts
from sitegen.pages.splitting import days, say_days
from sitegen.pages.timeline import TIMELINE, in_order, overview_of, timeline_of
from sitegen.pages.weights import weigh_event
from sitegen.views import ContentsGroup, Frame, PageSpec, PartsView, TimelinePage, TimelineView

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


def timeline_pages(cards: Cards) -> Iterator[PageSpec]:
    """Yield the timeline on one page, or its overview and its parts."""
    shelf = _shelf(cards)
    if is_light((shelf,)):
        yield PageSpec(
            _WHOLE.path, _WHOLE.template, shelf.view(_WHOLE.frame, tuple(shelf.items), None)
        )
        return

    def contents(frame: Frame, groups: tuple[ContentsGroup, ...]) -> TimelinePage:
        return TimelinePage(**frame, timeline=timeline_overview(cards), contents=groups)

    yield from pages_in_parts(_WHOLE, (shelf,), contents)


def timeline_overview(cards: Cards) -> TimelineView:
    """Return the drawing of all events: one by one, or by the parts of a long timeline."""
    shelf = _shelf(cards)
    if is_light((shelf,)):
        return timeline_of(cards, shelf.items)
    return overview_of(cards, [(leaf.link, leaf.items) for leaf in leaves_of(_WHOLE, (shelf,))])


def _shelf(cards: Cards) -> Shelf[EventId]:
    notes = cards.site.events

    def page(frame: Frame, events: tuple[EventId, ...], parts: PartsView | None) -> TimelinePage:
        return TimelinePage(**frame, timeline=timeline_of(cards, events), parts=parts)

    return Shelf(
        items=tuple(in_order(cards.site, notes)),
        key=lambda event_id: days(notes[event_id].note.date),
        weight=lambda event_id: weigh_event(cards.events[event_id]) + _DRAWN,
        view=page,
        noun="event",
        say=say_days,
    )
