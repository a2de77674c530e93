"""The rows of a timeline's drawing: where each item stands, and how much of its label is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from sitegen.views import TimelineItem

_LABEL_CHARACTER = 0.62  # percent of the width that a character of a label takes
_LABEL_GAP = 2.0  # percent between a mark, its label and what comes next
_RIGHT_EDGE = 122.0  # labels may run on beyond the last day
_WANTED_LABEL = 30  # characters for which room is kept when rows are given out
_LONGEST_LABEL = 90
_MOST_ROWS = 12  # rows of a lane, beyond which marks that coincide are drawn as one
_COINCIDING: Final = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0)  # percent


def laid_out(items: Sequence[TimelineItem]) -> tuple[list[TimelineItem], int]:
    """Give items rows and labels; if there are too many rows, draw those as one that coincide."""
    group = items
    for tolerance in _COINCIDING:
        if fitting := in_rows(group, _MOST_ROWS):
            return with_labels(*fitting), fitting[1]
        group = _together(items, tolerance)
    placed, rows = in_rows(group) or ([], 0)
    return with_labels(placed, rows), rows


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
    # A label is cut anyway; of a thousand events nobody reads more than the first names.
    label = f"{len(group)} events: {'; '.join(item.event.title for item in group[:_LONGEST_LABEL])}"
    refs = tuple(item.event.ref for item in group)
    return replace(group[0], marks=(mark,), label=label, count=len(group), refs=refs)


def in_rows(
    items: Sequence[TimelineItem], most: int | None = None
) -> tuple[list[TimelineItem], int] | None:
    """Place each item in the first row that is free where it begins; labels count as taken.

    None is the answer as soon as they take more than `most` rows.
    """
    free_from: list[float] = []
    placed = []
    for item in items:
        start = start_of(item)
        row = next((row for row, free in enumerate(free_from) if free <= start), len(free_from))
        if row == most:
            return None
        if row == len(free_from):
            free_from.append(0.0)
        label = min(len(item.label), _WANTED_LABEL) * _LABEL_CHARACTER
        free_from[row] = end_of(item) + label + _LABEL_GAP
        placed.append(replace(item, row=row))
    return placed, len(free_from)


def with_labels(items: Sequence[TimelineItem], rows: int) -> list[TimelineItem]:
    """Cut each label to the space up to the next item of its row."""
    next_start = [_RIGHT_EDGE] * rows
    labelled = []
    for item in reversed(items):
        room = int((next_start[item.row] - end_of(item) - _LABEL_GAP) / _LABEL_CHARACTER)
        next_start[item.row] = start_of(item)
        labelled.append(replace(item, label=cut(item.label, min(room, _LONGEST_LABEL))))
    return labelled[::-1]


def cut(text: str, room: int) -> str:
    """Return the text, or as many of its whole words as leave room for an ellipsis."""
    if len(text) <= room:
        return text
    kept = text[: max(room - 1, 1)]
    return f"{(kept.rpartition(' ')[0] or kept).rstrip(' ,;:')}…"


def start_of(item: TimelineItem) -> float:
    """Return where the first of an item's marks begins, 0 to 100."""
    return min(mark.start for mark in item.marks)


def end_of(item: TimelineItem) -> float:
    """Return where the last of an item's marks ends, 0 to 100."""
    return max(mark.end for mark in item.marks)
