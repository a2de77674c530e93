"""The value behind dates."""

from __future__ import annotations

import datetime as dt

import pytest

from sitegen.dates.fuzzy_date import (
    OPEN,
    UNKNOWN,
    Doubt,
    InvalidDate,
    Precision,
    Qualifier,
    make_date,
    make_interval,
    make_set,
)


def test_a_doubt_moves_the_possible_bounds_only() -> None:
    """A month in doubt may be off by a month; its strict bounds stay."""
    doubt = Doubt(Precision.MONTH, Qualifier.APPROXIMATE)
    date = make_date("2024-06~", "2024", "06", None, (doubt,))
    assert (date.earliest, date.latest) == (dt.date(2024, 6, 1), dt.date(2024, 6, 30))
    assert date.earliest_possible == dt.date(2024, 5, 1)
    assert date.latest_possible == dt.date(2024, 7, 31)


def test_the_coarsest_doubt_counts() -> None:
    """A day whose year is in doubt may be off by a year."""
    doubts = (
        Doubt(Precision.DAY, Qualifier.APPROXIMATE),
        Doubt(Precision.YEAR, Qualifier.UNCERTAIN),
    )
    date = make_date("2024?-06-~19", "2024", "06", "19", doubts)
    assert date.latest_possible == dt.date(2025, 6, 20)


def test_possible_bounds_stay_inside_the_calendar() -> None:
    """A doubt at either end of the known years moves a bound no further than the last known day."""
    doubt = (Doubt(Precision.YEAR, Qualifier.UNCERTAIN),)
    assert make_date("0001?", "0001", None, None, doubt).earliest_possible == dt.date.min
    assert make_date("9999?", "9999", None, None, doubt).latest_possible == dt.date.max


def test_an_end_without_bound_has_no_possible_bound() -> None:
    """What is open or unknown stays so."""
    start = make_date("2025", "2025", None, None)
    assert make_interval("2025/..", start, OPEN).latest_possible is None
    assert make_interval("/2025", UNKNOWN, start).earliest_possible is None


def test_a_sets_possible_bounds_are_the_outermost_of_its_members() -> None:
    """A doubtful member inside a set widens it only where it sticks out."""
    doubt = (Doubt(Precision.DAY, Qualifier.APPROXIMATE),)
    members = (
        make_date("2024-06-10~", "2024", "06", "10", doubt),
        make_date("2024-06-30", "2024", "06", "30"),
    )
    date = make_set("[2024-06-10~,2024-06-30]", Precision.ONE_OF, members)
    assert date.earliest_possible == dt.date(2024, 6, 3)
    assert date.latest_possible == dt.date(2024, 6, 30)


@pytest.mark.parametrize(
    ("year", "month", "day", "reason"),
    [
        ("2024", "02", "30", '"it" is no day: February 2024 has 29 days'),
        ("2023", "02", "29", '"it" is no day: February 2023 has 28 days'),
        ("1900", "02", "29", '"it" is no day: February 1900 has 28 days'),
        ("2024", "06", "31", '"it" is no day: June 2024 has 30 days'),
        ("2024", "06", "00", '"it" is no day: June 2024 has 30 days'),
        ("2024", "13", None, "there is no month 13"),
        ("2024", "00", None, "there is no month 00"),
        ("2024", "21", "01", "there is no month 21"),
        ("0000", None, None, "there is no year 0000"),
        ("2023", "02", "3X", 'no day matches "it"'),
        ("2024", "2X", None, 'no day matches "it"'),
        ("XXXX", "06", None, '"it" does not say which year'),
    ],
)
def test_what_the_calendar_lacks_is_refused(
    year: str, month: str | None, day: str | None, reason: str
) -> None:
    """A day, month or year that does not exist is an error that says so."""
    with pytest.raises(InvalidDate) as caught:
        make_date("it", year, month, day)
    assert str(caught.value) == reason
    assert caught.value.help


def test_an_interval_does_not_end_before_it_starts() -> None:
    """An interval the wrong way round is refused with the right one."""
    later, earlier = make_date("2025", "2025", None, None), make_date("2024", "2024", None, None)
    with pytest.raises(InvalidDate, match="ends before it starts") as caught:
        make_interval("2025/2024", later, earlier)
    assert caught.value.help == "put the earlier date first: 2024/2025"


def test_an_interval_has_at_least_one_end() -> None:
    """An interval open at both ends says nothing and is refused."""
    with pytest.raises(InvalidDate, match="no date at either end"):
        make_interval("../", OPEN, UNKNOWN)


def test_two_years_written_like_a_season_are_explained() -> None:
    """For 2024-25 the help names the interval that was probably meant."""
    with pytest.raises(InvalidDate) as caught:
        make_date("2024-25", "2024", "25", None)
    assert caught.value.help.endswith("the years 2024 to 2025 are 2024/2025")
