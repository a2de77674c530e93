"""The timeline: a list by year, and a drawing to scale in which nothing covers anything."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sitegen.pages.timeline import timeline
from sitegen.views import TimelineItem, TimelineMark, TimelineView
from tests.sites import site_of


def timeline_of(stretch: str | None = None, **dates: str) -> TimelineView:
    """Return the timeline of events with these dates; each may be followed by fields of its own."""
    events = "".join(
        f"-- content/events/{name}.yaml --\ntitle: {name.upper()}\ndate: {lines}\n"
        for name, lines in dates.items()
    )
    linked = site_of(f"-- content/sources/s.yaml --\ntitle: S\n{events}")
    return timeline(linked.cards, stretch)


def items(view: TimelineView) -> dict[str, TimelineItem]:
    """Return the events of the drawing by title."""
    return {item.event.title: item for lane in view.lanes for item in lane.items}


def mark(view: TimelineView, title: str, number: int = 0) -> TimelineMark:
    """Return a mark of an event."""
    return items(view)[title].marks[number]


# --- the list ---------------------------------------------------------------------------------


def test_list_is_ordered_by_the_earliest_day() -> None:
    """Events stand by when they began at the earliest, then by when they ended, then by id."""
    view = timeline_of(
        b="2024-06-19", a="2024-06-19", year="2024", span="2024-06-19/2024-06-20", before="../2023"
    )
    assert [card.title for year in view.years for card in year.events] == [
        "BEFORE",
        "YEAR",
        "A",
        "B",
        "SPAN",
    ]


def test_list_has_a_heading_for_each_year() -> None:
    """A year comes once, with an address; an event without a beginning stands under its end."""
    view = timeline_of(a="2024-06", b="2023-06", c="2024-07", d="../2023-12", e="2024-12/2025-02")
    assert [(year.label, year.anchor, len(year.events)) for year in view.years] == [
        ("2023", "year-2023", 2),
        ("2024", "year-2024", 3),
    ]
    assert view.count == 5


def test_stretch_shows_what_overlaps_it() -> None:
    """An event that begins before a stretch and ends in it is shown, one that only touches not."""
    view = timeline_of(
        stretch="2024-06/2024-12",
        before="2024-05-31",
        into="2024-05/2024-06",
        within="2024-08",
        beyond="2024-12-31/..",
        after="2025",
    )
    assert sorted(items(view)) == ["BEYOND", "INTO", "WITHIN"]
    assert (view.title, view.count) == ("June – December 2024", 3)


@pytest.mark.parametrize(("stretch", "count"), [("2024/..", 2), ("../2024", 1), ("2023", 0)])
def test_stretch_may_be_open_or_empty(stretch: str, count: int) -> None:
    """An open stretch shows all from its end on; an empty one is a timeline without events."""
    view = timeline_of(stretch=stretch, a="2024-06", b="2025-06")
    assert view.count == count == len(items(view))


def test_site_without_events_has_an_empty_timeline() -> None:
    """Nothing happened, and nothing breaks."""
    view = timeline_of()
    assert (view.count, view.years, view.lanes, view.rows) == (0, (), (), 0)


# --- the drawing ------------------------------------------------------------------------------


def test_marks_are_to_scale() -> None:
    """Twice the time is twice the distance, and a longer event is a longer mark."""
    view = timeline_of(a="2024-01-01", b="2024-03-01", c="2024-06-29", long="2024-01-01/2024-06-29")
    a, b, c = (mark(view, title).start for title in "ABC")
    assert (b - a) * 2 == pytest.approx(c - b, abs=0.03)
    assert mark(view, "LONG").end - mark(view, "LONG").start == pytest.approx(c - a, abs=0.6)


def test_single_day_can_be_seen() -> None:
    """However long the drawing, a day has a width, also at its end."""
    view = timeline_of(a="1990-01-01", b="2024-06-19", c="2024-06-20")
    for title in "ABC":
        assert mark(view, title).end > mark(view, title).start
        assert 0 <= mark(view, title).start < mark(view, title).end <= 100


def test_last_day_of_a_stretch_can_be_seen() -> None:
    """A stretch has no margin, and still its first and last days have marks inside it."""
    view = timeline_of(stretch="2024", a="2024-01-01", b="2024-12-31")
    assert (mark(view, "A").start, mark(view, "A").end) == (0, 0.5)
    assert (mark(view, "B").start, mark(view, "B").end) == (99.5, 100)


def test_rival_dates_are_marks_of_their_own() -> None:
    """The event's own date comes first; rivals are joined to it and say that they are rivals."""
    view = timeline_of(
        a="2024-06-19\nrival_dates: [{date: 2024-06-01, source: s, quote: x}]", b="2024-01-01"
    )
    own, rival = items(view)["A"].marks
    assert (own.is_rival, own.words) == (False, "19 June 2024")
    assert (rival.is_rival, rival.words) == (True, "1 June 2024")
    assert rival.start < own.start


@pytest.mark.parametrize(
    ("date", "is_soft", "is_open_before", "is_open_after"),
    [
        ("2024-06-19", False, False, False),
        ("2024-06~", True, False, False),
        ("2024-06?", True, False, False),
        ("2024-06/..", False, False, True),
        ("../2024-06", False, True, False),
        ("2024-06~/..", True, False, True),
    ],
)
def test_doubt_and_open_ends_are_seen(
    date: str, is_soft: bool, is_open_before: bool, is_open_after: bool
) -> None:
    """Soft edges are for doubt; an open end reaches the edge of the drawing and says so."""
    view = timeline_of(a=f'"{date}"', b="2023", c="2025")
    own = mark(view, "A")
    assert own.is_soft is is_soft
    assert own.is_open_before is is_open_before
    assert own.is_open_after is is_open_after
    assert (own.start == 0) is is_open_before
    assert (own.end == 100) is is_open_after


def test_far_earlier_event_stands_in_a_strip_of_its_own() -> None:
    """An old treaty does not press two crowded years into a line, and keeps its order."""
    crowded = {f"e{month}": f"2024-{month:02}-15" for month in range(1, 13)}
    view = timeline_of(oldest="1950", old="1961-07-06", **crowded)
    assert mark(view, "OLDEST").start < mark(view, "OLD").start < 8
    assert mark(view, "E1").start >= 8
    assert mark(view, "E12").start - mark(view, "E1").start > 80
    assert all(tick.x >= 8 for tick in view.ticks)


def test_events_spread_evenly_have_no_strip() -> None:
    """Without a gap that dwarfs the rest all is to scale."""
    view = timeline_of(**{f"e{year}": str(year) for year in range(2000, 2010)})
    starts = [mark(view, f"E{year}").start for year in range(2000, 2010)]
    steps = [later - earlier for earlier, later in pairwise(starts)]
    assert max(steps) - min(steps) < 0.1


def _odd_months(year: int) -> list[str]:
    return [f"{year}-{month:02}" for month in range(1, 13, 2)]


def _quarters(*years: int) -> list[str]:
    return [f"{year}-{month:02}" for year in years for month in (1, 4, 7, 10)]


@pytest.mark.parametrize(
    ("dates", "labels"),
    [
        (["2024-03-10", "2024-06-20"], ["2024-04", "2024-05", "2024-06"]),
        (["2023-11-10", "2024-02-20"], ["2023-12", "2024-01", "2024-02"]),
        (["2023-01-10", "2024-06-20"], [*_odd_months(2023), "2024-01", "2024-03", "2024-05"]),
        (["2023-02-10", "2025-06-20"], _quarters(2023, 2024, 2025)[1:11]),
        (["2021-06-01", "2024-06-01"], ["2022", "2023", "2024"]),
        (
            ["1984-01-01", "2024-01-01"],
            ["1988", "1993", "1998", "2003", "2008", "2013", "2018", "2023"],
        ),
        (["0999-02-01", "0999-03-10"], ["0999-02", "0999-03"]),
    ],
)
def test_ticks_are_months_or_years(dates: list[str], labels: list[str]) -> None:
    """Months, every second or quarters up to three years, else years; ten or so in any case."""
    view = timeline_of(**{f"e{number}": f'"{date}"' for number, date in enumerate(dates)})
    assert [tick.label for tick in view.ticks] == labels


@pytest.mark.parametrize("date", ["0001-01-01", "0001", "9999", "9999-12-31", "../0001", "9999/.."])
def test_first_and_last_year_of_the_calendar_have_a_place(date: str) -> None:
    """No date that can be written leads off the calendar."""
    view = timeline_of(a=f'"{date}"')
    assert 0 <= mark(view, "A").start < mark(view, "A").end <= 100


def test_lanes_hold_events_of_like_kind() -> None:
    """Each lane begins where the one above ends; lanes without events are left out."""
    view = timeline_of(
        talk="2024-01-01\nkind: meeting",
        speech="2024-01-01\nkind: statement",
        treaty="2024-01-01\nkind: agreement",
        other="2024-01-01",
    )
    assert [(lane.title, lane.top, lane.rows) for lane in view.lanes] == [
        ("Meetings and statements", 0, 2),
        ("Agreements and law", 2, 1),
        ("Transfers and other events", 3, 1),
    ]
    assert view.rows == 4


def test_events_share_a_row_where_they_fit() -> None:
    """Far apart events share a row, near ones stand below one another."""
    view = timeline_of(a="2024-01-01", b="2024-01-02", c="2024-12-01")
    assert [items(view)[title].row for title in "ABC"] == [0, 1, 0]


def test_strip_names_its_years() -> None:
    """The years far before the main period are named in the strip, which ends where it begins."""
    crowded = {f"e{month}": f"2024-{month:02}-15" for month in range(1, 13)}
    view = timeline_of(oldest="1950", old="1961-07-06", **crowded)
    assert [tick.label for tick in view.strip] == ["1950", "1961"]
    assert view.strip[0].x < mark(view, "OLDEST").end <= view.strip[1].x < view.strip_end == 8
    assert mark(view, "E1").start >= view.strip_end


def test_strip_names_no_more_years_than_have_room() -> None:
    """Where many old years stand side by side, only some of them are named."""
    crowded = {f"e{day}": f"2024-06-{day:02}" for day in range(1, 29)}
    view = timeline_of(**{f"o{year}": str(year) for year in range(1900, 1908)}, **crowded)
    assert [tick.label for tick in view.strip] == ["1900", "1902", "1904", "1906"]
    assert view.strip_end == 16


def test_timeline_to_scale_throughout_has_no_strip() -> None:
    """Nothing is marked as out of scale where nothing is."""
    view = timeline_of(a="2024-01-01", b="2024-06-01")
    assert (view.strip, view.strip_end) == ((), 0)


@pytest.mark.parametrize(
    ("date", "is_imprecise"),
    [
        ("2024-06-19", False),
        ("2024-06", True),
        ("2024", True),
        ("2024-21", True),
        ("2024-06/2024-08", False),
        ("2024-06/..", False),
        ("[2024-06-18,2024-06-19]", True),
        ("{2024-06-18,2024-06-19}", False),
    ],
)
def test_moment_within_a_mark_differs_from_what_lasts(date: str, is_imprecise: bool) -> None:
    """A month or a year says when something was, an interval how long it lasted."""
    view = timeline_of(a=f'"{date}"', b="2020", c="2026")
    assert mark(view, "A").is_imprecise is is_imprecise


def test_label_is_cut_to_the_free_space() -> None:
    """A long title runs on where nothing follows, and ends with a whole word where it must."""
    long = "north-and-south-agree-on-rail-transit-after-long-talks-in-the-capital"
    view = timeline_of(**{long: "2024-01-01", "between": "2024-06-01", "end": "2024-12-31"})
    first = items(view)[long.upper()]
    assert first.label.endswith("…")
    assert first.label[:-1] == long.upper()[: len(first.label) - 1]
    assert items(view)["BETWEEN"].label == "BETWEEN"
    alone = timeline_of(**{long: "2024-01-01", "end": "2024-12-31"})
    assert items(alone)[long.upper()].label == long.upper()


def test_crowded_lane_draws_together_what_coincides() -> None:
    """Many events of one month become one item that counts them; others stay alone."""
    crowd = {f"e{number:02}": "2024-06" for number in range(14)}
    view = timeline_of(**crowd, alone="2024-01-15", late="2024-12-01/2024-12-20")
    found = items(view)
    assert {title: item.count for title, item in found.items()} == {
        "E00": 14,
        "ALONE": 1,
        "LATE": 1,
    }
    assert found["E00"].label.startswith("14 events: E00; E01; E02")
    assert found["E00"].marks[0].words == "June 2024"
    assert view.count == 16


def test_lane_that_is_not_crowded_stays_as_it_is() -> None:
    """A dozen rows can be read; nothing is drawn together for the sake of it."""
    view = timeline_of(**{f"e{number:02}": "2024-06" for number in range(12)})
    assert (view.rows, len(items(view))) == (12, 12)


def test_crowd_of_different_days_claims_no_duration() -> None:
    """The mark of several short events is as wide as all of them, and says that none lasts so."""
    days = {f"e{day:02}": f"2024-06-{day:02}" for day in range(1, 29)}
    view = timeline_of(**days, first="2024-01-01", last="2024-12-31")
    groups = [item for item in items(view).values() if item.count > 1]
    assert groups
    assert all(group.marks[0].is_imprecise for group in groups)
    assert sum(item.count for item in items(view).values()) == 30


def test_event_with_rival_dates_is_never_drawn_together() -> None:
    """Its marks are joined with one another, so it keeps a row of its own."""
    crowd = {f"e{number:02}": "2024-06" for number in range(14)}
    view = timeline_of(
        a="2024-06\nrival_dates: [{date: 2024-05, source: s, quote: x}]", z="2020", **crowd
    )
    assert items(view)["A"].count == 1
