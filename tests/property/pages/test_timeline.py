"""What holds of the drawing of any events."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.pages.timeline import timeline
from sitegen.pages.timeline_rows import _LABEL_CHARACTER
from sitegen.views import TimelineItem
from tests.sites import LinkedSite

days = st.dates().map(str) | st.dates().map(lambda day: f"2024-{day.month:02}-{day.day:02}").filter(
    lambda text: text != "2024-02-29"
)
written = st.one_of(
    days,
    days.map(lambda day: day[:7]),
    days.map(lambda day: f"{day[:4]}~"),
    days.map(lambda day: f"{day}/.."),
    days.map(lambda day: f"../{day}"),
    st.tuples(days, days).map(lambda both: "/".join(sorted(both))),
)
events = st.lists(
    st.tuples(
        written,
        st.lists(written, max_size=2),
        st.sampled_from(["meeting", "statement", "combat", "other"]),
        st.integers(1, 60),
    ),
    max_size=7,
)


def drawn(given_events: list[tuple[str, list[str], str, int]]) -> list[tuple[int, TimelineItem]]:
    """Return the events of the drawing with their rows, counted from its top."""
    files = {"content/sources/s.yaml": "title: S\n"}
    for number, (date, rivals, kind, length) in enumerate(given_events):
        entries = ", ".join(f"{{date: '{each}', source: s, quote: x}}" for each in rivals)
        files[f"content/events/e{number}.yaml"] = (
            f"title: {'x' * length}\ndate: '{date}'\nkind: {kind}\nrival_dates: [{entries}]\n"
        )
    view = timeline(LinkedSite(files).cards)
    assert view.count == len(given_events)
    assert all(0 <= tick.x <= 100 for tick in view.ticks)
    return [(lane.top + item.row, item) for lane in view.lanes for item in lane.items]


@settings(max_examples=30, deadline=None)
@given(events)
def test_marks_and_labels_never_overlap_within_a_row(
    given_events: list[tuple[str, list[str], str, int]],
) -> None:
    """All marks of an event and the label behind them have their row to themselves."""
    rows: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for row, item in drawn(given_events):
        label = len(item.label) * _LABEL_CHARACTER
        start = min(mark.start for mark in item.marks)
        rows[row].append((start, max(mark.end for mark in item.marks) + label))
    for taken in rows.values():
        assert all(one[1] <= other[0] for one, other in pairwise(sorted(taken)))


@settings(max_examples=30, deadline=None)
@given(events)
def test_marks_can_be_seen_and_stay_in_the_drawing(
    given_events: list[tuple[str, list[str], str, int]],
) -> None:
    """Each has a width, and the event's own date comes before its rivals."""
    for _, item in drawn(given_events):
        assert all(0 <= mark.start < mark.end <= 100 for mark in item.marks)
        assert [mark.is_rival for mark in item.marks] == [False] + [True] * (len(item.marks) - 1)


@settings(max_examples=30, deadline=None)
@given(events)
def test_later_event_never_lies_further_left(
    given_events: list[tuple[str, list[str], str, int]],
) -> None:
    """Within a lane events come by date, and so do the places where they begin."""
    starts: dict[str, list[float]] = defaultdict(list)
    for _, item in drawn(given_events):
        if not item.marks[0].is_open_before:
            starts[item.event.kind].append(item.marks[0].start)
    assert all(places == sorted(places) for places in starts.values())
