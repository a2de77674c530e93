"""Reading and comparing dates."""

from __future__ import annotations

import datetime as dt
import pickle
import subprocess
import sys

import pytest

from sitegen.dates import (
    FuzzyDate,
    InvalidDate,
    is_before,
    is_within,
    machine,
    overlaps,
    parse_date,
    sort_key,
)

BOUNDS = [
    # text, first day, last day, precision
    ("2024-06-19", "2024-06-19", "2024-06-19", "day"),
    ("2024-06", "2024-06-01", "2024-06-30", "month"),
    ("2024-02", "2024-02-01", "2024-02-29", "month"),
    ("2023-02", "2023-02-01", "2023-02-28", "month"),
    ("2024", "2024-01-01", "2024-12-31", "year"),
    ("0001", "0001-01-01", "0001-12-31", "year"),
    ("9999-12-31", "9999-12-31", "9999-12-31", "day"),
    ("2024-06~", "2024-06-01", "2024-06-30", "month"),
    ("2024-06-19?", "2024-06-19", "2024-06-19", "day"),
    ("2024%", "2024-01-01", "2024-12-31", "year"),
    ("2024-21", "2024-03-01", "2024-05-31", "season"),
    ("2024-22", "2024-06-01", "2024-08-31", "season"),
    ("2024-23", "2024-09-01", "2024-11-30", "season"),
    ("2023-24", "2023-12-01", "2024-02-29", "season"),
    ("9999-24", "9999-12-01", "9999-12-31", "season"),
    ("2024-10/2024-11", "2024-10-01", "2024-11-30", "interval"),
    ("2024-10~/2024-11", "2024-10-01", "2024-11-30", "interval"),
    ("2024-06-19/2024-06", "2024-06-19", "2024-06-30", "interval"),
    ("2025-08/..", "2025-08-01", None, "interval"),
    ("2025-08/", "2025-08-01", None, "interval"),
    ("../2025-08", None, "2025-08-31", "interval"),
    ("/2025-08", None, "2025-08-31", "interval"),
    ("202X", "2020-01-01", "2029-12-31", "decade"),
    ("202X~", "2020-01-01", "2029-12-31", "decade"),
    ("20XX", "2000-01-01", "2099-12-31", "century"),
    ("000X", "0001-01-01", "0009-12-31", "decade"),
    ("2X24", "2024-01-01", "2924-12-31", "millennium"),
    ("2024-XX", "2024-01-01", "2024-12-31", "year"),
    ("2024-XX-XX", "2024-01-01", "2024-12-31", "year"),
    ("2024-06-XX", "2024-06-01", "2024-06-30", "month"),
    ("2024-06-1X", "2024-06-10", "2024-06-19", "month"),
    ("2024-02-2X", "2024-02-20", "2024-02-29", "month"),
    ("2024-1X-XX", "2024-10-01", "2024-12-31", "year"),
    ("2023-XX-30", "2023-01-30", "2023-12-30", "year"),
    ("202X-02-29", "2020-02-29", "2028-02-29", "decade"),
    ("202X/..", "2020-01-01", None, "interval"),
    ("[2024-06-18,2024-06-19]", "2024-06-18", "2024-06-19", "one-of"),
    ("[2024-06-18..2024-06-19]", "2024-06-18", "2024-06-19", "one-of"),
    ("[2024-12,2024-06]", "2024-06-01", "2024-12-31", "one-of"),
    ("[..2024-06]", None, "2024-06-30", "one-of"),
    ("[2024-06..]", "2024-06-01", None, "one-of"),
    ("{2024,2026}", "2024-01-01", "2026-12-31", "all-of"),
    ("{2024-06-18..2024-06-20,2024-07-XX}", "2024-06-18", "2024-07-31", "all-of"),
    ("2024-06-~19", "2024-06-19", "2024-06-19", "day"),
    ("2024?-06-19", "2024-06-19", "2024-06-19", "day"),
    ("2024-06~-19", "2024-06-19", "2024-06-19", "day"),
]


def day(text: str | None) -> dt.date | None:
    """Return the calendar day, or None for an end without bound."""
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "first", "last", "precision"), BOUNDS)
def test_strict_bounds_are_those_of_what_is_stated(
    text: str, first: str | None, last: str | None, precision: str
) -> None:
    """A date's bounds are the first and last day that its words allow."""
    date = parse_date(text)
    assert (date.earliest, date.latest, date.precision) == (day(first), day(last), precision)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2024-06", False, False),
        ("2024-06~", True, False),
        ("2024-06?", False, True),
        ("2024-06%", True, True),
        ("202X?", False, True),
        ("2024?-06-~19", True, True),
        ("2024-10~/2024-11", True, False),
        ("2024-10/2024-11?", False, True),
        ("[2024-06,2024-08?]", False, True),
        ("[2024-06~..2024-08]", True, False),
    ],
)
def test_marks_of_doubt_are_known(text: str, *, approximate: bool, uncertain: bool) -> None:
    """`~`, `?` and `%` say of the date, or of the whole it is part of, that it is in doubt."""
    date = parse_date(text)
    assert (date.is_approximate, date.is_uncertain) == (approximate, uncertain)


def test_each_end_of_an_interval_keeps_its_own_mark() -> None:
    """An interval's parts are its two ends, each with its own doubt."""
    start, end = parse_date("2024-10~/2024-11?").parts
    assert (start.text, start.is_approximate, start.is_uncertain) == ("2024-10~", True, False)
    assert (end.text, end.is_approximate, end.is_uncertain) == ("2024-11?", False, True)


def test_white_space_around_a_date_is_dropped() -> None:
    """A date is the same with white space around it, and its text has none."""
    assert parse_date(" \n2024-06\u00a0").text == "2024-06"
    assert parse_date(" 2024-06 ") == parse_date("2024-06")


def test_a_date_survives_pickling_and_is_hashable() -> None:
    """Dates travel between processes and serve as keys."""
    dates = [parse_date(text) for text, *_ in BOUNDS]
    copies = pickle.loads(pickle.dumps(dates))
    assert copies == dates
    assert set(copies) == set(dates)


def test_an_error_survives_pickling() -> None:
    """The reason and the help of an error travel between processes."""
    copy = pickle.loads(pickle.dumps(InvalidDate("the reason", "the help")))
    assert (str(copy), copy.reason, copy.help) == ("the reason", "the reason", "the help")


def test_plain_dates_are_read_without_the_library() -> None:
    """Dates, months, intervals and sets of digits load no slow library; rarer forms do."""
    program = (
        "import sys; from sitegen.dates import parse_date as p\n"
        "for text in ('2024-06-19', '2024-06~', '2024-10/2024-11', '2025-08/..', '2024-21',"
        " '[2024-06-18,2024-06-19]'): p(text)\n"
        "print('edtf' in sys.modules); p('2024-06-~19'); print('edtf' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]


def test_an_error_is_raised_anew_each_time() -> None:
    """Results are kept by text, errors too, yet no two raised errors are one object."""
    raised = []
    for _ in range(2):
        with pytest.raises(InvalidDate) as caught:
            parse_date("yesterday")
        raised.append(caught.value)
    assert raised[0] is not raised[1]
    assert str(raised[0]) == str(raised[1]) == '"yesterday" is no date'


def test_dates_sort_by_earliest_then_latest() -> None:
    """A day comes before the month it begins, and a date with an open end after both."""
    texts = ["2025", "2024-06/..", "2024-06", "2024-06-19", "2024-06-01", "2024-05-31"]
    ordered = sorted(texts, key=lambda text: sort_key(parse_date(text)))
    assert ordered == ["2024-05-31", "2024-06-01", "2024-06", "2024-06/..", "2024-06-19", "2025"]


def test_a_date_without_beginning_sorts_at_its_end() -> None:
    """ "Until August 2025" stands among the dates at the end of August 2025."""
    texts = ["2025-09", "../2025-08", "2025-08-30", "2025-08"]
    ordered = sorted(texts, key=lambda text: sort_key(parse_date(text)))
    assert ordered == ["2025-08", "2025-08-30", "../2025-08", "2025-09"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2024-06", "2024-06-30", True),
        ("2024-06", "2024-07-01", False),
        ("2024-06/2024-08", "2024-08-31/2024-12", True),
        ("2025-08/..", "2030", True),
        ("2025-08/..", "2025-07-31", False),
        ("../2025-08", "1990", True),
        ("../2025-08", "2025-09/..", False),
        ("2024-06~", "2024-07", False),
        ("[2024-06-01,2024-06-30]", "2024-06-15", True),
    ],
)
def test_overlap_is_of_what_is_stated(first: str, second: str, *, expected: bool) -> None:
    """Two dates overlap, either way round, if their strict bounds share a day."""
    assert overlaps(parse_date(first), parse_date(second)) is expected
    assert overlaps(parse_date(second), parse_date(first)) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2024-06-18", "2024-06-19", True),
        ("2024-06-19", "2024-06-19", False),
        ("2024-06", "2024-06-30", False),
        ("2024-06", "2024-07-01", True),
        ("2024", "2025", True),
        ("2025-08/..", "2030", False),
        ("2024", "../2025-08", False),
        ("2024-06-18~", "2024-06-25", False),
        ("2024-06-18~", "2024-06-26", True),
        ("2024-06-18", "2024-06-25?", False),
        ("2024-06~", "2024-07-31", False),
        ("2024-06~", "2024-08-01", True),
        ("2024?", "2025", False),
        ("2022?", "2024", False),
        ("2022?", "2024-02", True),
        ("2024-21", "2024-06-15", False),
        ("2024-21", "2024-07-02", True),
        ("2024-21~", "2024-07-02", False),
        ("2024?-06-19", "2024-07", False),
        ("2024-06/2024-07~", "2024-08-10", False),
        ("2024-06~/2024-07", "2024-08-10", True),
        ("2024-05", "2024-06~/2024-07", False),
        ("[2024-06-01,2024-06-10~]", "2024-06-15", False),
        ("9999~", "9999-12-31", False),
    ],
)
def test_before_is_certain_or_not_claimed(first: str, second: str, *, expected: bool) -> None:
    """A date is before another only if no doubt about either could turn it round."""
    assert is_before(parse_date(first), parse_date(second)) is expected


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("2024-06-19", "2024-06", True),
        ("2024-06", "2024-06", True),
        ("2024-06", "2024-06-19", False),
        ("2024-06", "2024-06/..", True),
        ("2024-06/..", "2024-06/..", True),
        ("2024-06/..", "2024-06/2030", False),
        ("../2024", "../2025", True),
        ("../2024", "2000/2025", False),
        ("2024-05-31/2024-06-02", "2024-06/2024-12", False),
    ],
)
def test_within_means_every_day(inner: str, outer: str, *, expected: bool) -> None:
    """A date is within another if all days that it allows are."""
    assert is_within(parse_date(inner), parse_date(outer)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-06-19", "2024-06-19"),
        (" 2024-06 ", "2024-06"),
        ("2024", "2024"),
        ("2024-06~", None),
        ("2024?-06-19", None),
        ("2024-06-XX", None),
        ("2024-XX", None),
        ("202X", None),
        ("2024-21", None),
        ("2024-06/2024-07", None),
        ("[2024-06-18,2024-06-19]", None),
    ],
)
def test_only_undoubted_calendar_dates_have_a_machine_value(
    text: str, expected: str | None
) -> None:
    """The `datetime` attribute says no more than the author did."""
    assert machine(parse_date(text)) == expected


def test_a_date_is_frozen() -> None:
    """Nobody changes a date that others share."""
    with pytest.raises(AttributeError):
        parse_date("2024").text = "2025"  # type: ignore[misc]


def test_bounds_serve_as_numbers_for_plots() -> None:
    """A bound's ordinal counts days, so that plots can place it."""
    date: FuzzyDate = parse_date("2024-06")
    assert date.earliest is not None
    assert date.latest is not None
    assert date.latest.toordinal() - date.earliest.toordinal() == 29
