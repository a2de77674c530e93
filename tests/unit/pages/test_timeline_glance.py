"""The small drawing of the timeline names few events; no name leaves it or meets another."""

from __future__ import annotations

from msgspec.structs import replace

from sitegen.pages.gallery import gallery_page
from sitegen.pages.timeline_glance import at_a_glance
from sitegen.views import TimelineItem, TimelineLane

EXAMPLE = gallery_page().timeline.lanes[0].items[0]


def item(title: str, start: float, end: float, sources: int = 1) -> TimelineItem:
    """Return an event with one mark."""
    mark = replace(EXAMPLE.marks[0], start=start, end=end)
    event = replace(EXAMPLE.event, title=title, sources=sources)
    return replace(EXAMPLE, event=event, marks=(mark,), label="")


def glance(*items: TimelineItem) -> TimelineLane:
    """Return a lane laid out anew."""
    (lane,) = at_a_glance([TimelineLane("Lane", 0, 1, items)])
    return lane


def test_a_name_stands_after_its_mark_or_before_it_at_the_right_edge() -> None:
    """It stays in the drawing either way."""
    left, right = glance(item("The bridge opens", 5, 6), item("The bridge shuts", 95, 96)).items
    assert (left.label, left.is_label_before) == ("The bridge opens", False)
    assert (right.label, right.is_label_before) == ("The bridge shuts", True)


def test_what_fills_the_drawing_has_no_name() -> None:
    """There is no room beside it."""
    (bar,) = glance(item("The war", 1, 99)).items
    assert bar.label == ""


def test_events_of_most_sources_are_named() -> None:
    """Of eight at one place five have names, those that most sources speak of."""
    lane = glance(*(item(f"Event {at}", 50, 51, sources=at) for at in range(8)))
    assert {each.label for each in lane.items if each.label} == {
        f"Event {at}" for at in range(3, 8)
    }


def test_items_whose_names_would_collide_take_rows_of_their_own() -> None:
    """A mark does not lie in another's name."""
    lane = glance(item("A long name for an event", 10, 11), item("Next", 20, 21))
    assert [each.row for each in lane.items] == [0, 1]
    assert lane.rows == 2
