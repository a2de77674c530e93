"""The timeline at a glance: the same marks in a drawing that is narrow enough for a phone.

Only the events that most sources speak of are named; room for their names is kept in the rows, to
the right of their marks or, near the right edge, to the left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sitegen.pages.timeline_rows import cut, end_of, start_of
from sitegen.views import TimelineItem, TimelineLane

_NAMED: Final = 5  # events of a lane that are named
_LONGEST: Final = 36  # characters of a name
_SHORTEST: Final = 10  # with less room there is none
_CHARACTER: Final = 1.7  # percent of a phone's width that a character takes
_GAP: Final = 2.0  # percent between a mark, its name and what comes next


class _Placed(Struct, frozen=True):
    """An item with its name and what they take together, in percent."""

    item: TimelineItem
    start: float
    end: float


def at_a_glance(lanes: Sequence[TimelineLane]) -> tuple[TimelineLane, ...]:
    """Return the lanes of a drawing laid out anew, with few of their items named."""
    found = []
    top = 0
    for lane in lanes:
        roomy = [each for each in lane.items if _room(each) >= _SHORTEST]
        named = {id(each) for each in sorted(roomy, key=_rank)[:_NAMED]}
        placed = [_with_name(each) if id(each) in named else _bare(each) for each in lane.items]
        items, rows = _in_rows(placed)
        found.append(TimelineLane(lane.title, top, rows, items))
        top += rows
    return tuple(found)


def _rank(item: TimelineItem) -> tuple[int, int, int]:
    """Return the sort key by which items are chosen: their events, then sources, then claims."""
    return -item.count, -item.event.sources, -item.event.claims


def _room(item: TimelineItem) -> int:
    """Return how many characters have room on the wider side of an item."""
    return int((max(100 - end_of(item), start_of(item)) - _GAP) / _CHARACTER)


def _bare(item: TimelineItem) -> _Placed:
    return _Placed(replace(item, label=""), start_of(item), end_of(item))


def _with_name(item: TimelineItem) -> _Placed:
    """Return an item with its name after it, or before it if all of it fits only there."""
    start, end = start_of(item), end_of(item)
    title = item.event.title if item.count == 1 and not item.url else f"{item.count} events"
    label = cut(title, min(_room(item), _LONGEST))
    width = len(label) * _CHARACTER + _GAP
    if end + width <= 100:
        return _Placed(replace(item, label=label), start, end + width)
    return _Placed(replace(item, label=label, is_label_before=True), start - width, end)


def _in_rows(items: Sequence[_Placed]) -> tuple[tuple[TimelineItem, ...], int]:
    """Place each item in the first row that is free from where it or its name begins."""
    free_from: list[float] = []
    placed = []
    for each in sorted(items, key=lambda each: each.start):
        row = next((at for at, free in enumerate(free_from) if free <= each.start), len(free_from))
        if row == len(free_from):
            free_from.append(0.0)
        free_from[row] = each.end + _GAP
        placed.append(replace(each.item, row=row))
    return tuple(placed), len(free_from)
