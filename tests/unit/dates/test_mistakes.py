"""What an author is told who writes a date in another way."""

from __future__ import annotations

import re

import pytest

from sitegen.dates import InvalidDate, parse_date
from sitegen.dates.mistakes import FORMS, refuse_mistake

MEANT = [
    ("June 2024", "2024-06"),
    ("june 2024", "2024-06"),
    ("Jun. 2024", "2024-06"),
    ("June, 2024", "2024-06"),
    ("2024 June", "2024-06"),
    ("19 June 2024", "2024-06-19"),
    ("19th June 2024", "2024-06-19"),
    ("the 19th of June 2024", "2024-06-19"),
    ("June 19, 2024", "2024-06-19"),
    ("Sept 9 2024", "2024-09-09"),
    ("2024 Jun 19", "2024-06-19"),
    ("19-Jun-2024", "2024-06-19"),
    ("spring 2024", "2024-21"),
    ("Fall of 2024", "2024-23"),
    ("19.06.2024", "2024-06-19"),
    ("9.6.2024", "2024-06-09"),
    ("06/19/2024", "2024-06-19"),
    ("19/06/2024", "2024-06-19"),
    ("06/06/2024", "2024-06-06"),
    ("19-06-2024", "2024-06-19"),
    ("06/2024", "2024-06"),
    ("2024/06/19", "2024-06-19"),
    ("2024/06", "2024-06"),
    ("2024.06.19", "2024-06-19"),
    ("2024-6-9", "2024-06-09"),
    ("2024-6", "2024-06"),
    ("20240619", "2024-06-19"),
    ("circa 2024", "2024~"),
    ("c. 2024-06", "2024-06~"),
    ("about June 2024", "2024-06~"),
    ("possibly 19 June 2024", "2024-06-19?"),
    ("2020s", "202X"),
    ("the 1990’s", "199X"),
    ("202u", "202X"),
    ("2024-uu", "2024-XX"),
    ("2024-06-xx", "2024-06-XX"),
    ("2024-06-18 - 2024-06-19", "2024-06-18/2024-06-19"),
    ("2024-06-18–2024-06-19", "2024-06-18/2024-06-19"),
    ("from 2024-06 to 2024-08", "2024-06/2024-08"),
    ("between 2024-06 and 2024-08", "2024-06/2024-08"),
    ("2024-2025", "2024/2025"),
    ("2024/25", "2024/2025"),
    ("2024-10 / 2024-11", "2024-10/2024-11"),
    ("[2024-06-18, 2024-06-19]", "[2024-06-18,2024-06-19]"),
    ("2025-08/open", "2025-08/.."),
    ("2025-08/present", "2025-08/.."),
    ("open/2025-08", "../2025-08"),
    ("2024-06-18/2024-6-19", "2024-06-19"),
    ("June 2024/2024-08", "2024-06"),
]


@pytest.mark.parametrize(("text", "meant"), MEANT)
def test_the_help_is_the_date_that_was_meant(text: str, meant: str) -> None:
    """A date written in another way is refused with the same date in EDTF, which can be read."""
    with pytest.raises(InvalidDate) as caught:
        parse_date(text)
    assert caught.value.help == f'did you mean "{meant}"?'
    assert parse_date(meant).text == meant


def test_day_and_month_that_can_be_swapped_give_two_answers() -> None:
    """06/07/2024 is 6 July to some and 7 June to others, so both are offered."""
    with pytest.raises(InvalidDate) as caught:
        parse_date("06/07/2024")
    assert caught.value.help == 'did you mean "2024-07-06" or "2024-06-07"?'


@pytest.mark.parametrize(
    ("text", "reason", "help_start"),
    [
        ("", "the date is empty", "write a day"),
        ("  ", "the date is empty", "write a day"),
        ("yesterday", '"yesterday" is no date', "write a day"),
        ("2024-06-19/now then", '"now then" is no date', "write a day"),
        ("2024/2025/2026", '"2024/2025/2026" is no date', "write a day"),
        ("{2024-06-19/2024-06-20}", '"{2024-06-19/2024-06-20}" is no date', "write a day"),
        ("[2024-06-18,]", "the date is empty", "write a day"),
        ("[]", '"[]" is no date', "write a day"),
        ("99/99/2024", '"99/99/2024" is no date', "write a day"),
        ("00/00/2024", '"00/00/2024" is no date', "write a day"),
        ("２０２４", '"２０２４" is no date', "write a day"),
        ("Feb 30, 2024", '"Feb 30, 2024" is no day: February 2024 has 29 days', "correct the day"),
        ("31.06.2024", '"31.06.2024" is no day: June 2024 has 30 days', "correct the day"),
        ("2024-02-30", '"2024-02-30" is no day: February 2024 has 29 days', "correct the day"),
        ("2024-13", "there is no month 13", "months are 01 to 12"),
        ("0000", "there is no year 0000", "the years 0001 to 9999"),
        ("-0500", 'the year of "-0500" is out of range', "the years 0001 to 9999"),
        ("12024", 'the year of "12024" is out of range', "the years 0001 to 9999"),
        ("Y12024", 'the year of "Y12024" is out of range', "the years 0001 to 9999"),
        ("Y17E7", 'the year of "Y17E7" is out of range', "the years 0001 to 9999"),
        ("1950S2", '"1950S2" gives significant digits, which are not kept', "write the year"),
        ("2024-1X", '"2024-1X" leaves out one digit of the month', "write the months"),
        ("[2024-1X,2025]", '"2024-1X" leaves out one digit of the month', "write the months"),
        ("2024-11/2024-10", 'the interval "2024-11/2024-10" ends before', "put the earlier"),
        ("../..", 'the interval "../.." has no date at either end', "leave the date out"),
    ],
)
def test_a_text_that_is_no_date_is_refused(text: str, reason: str, help_start: str) -> None:
    """Each mistake has one line that names it and one that says what to write."""
    with pytest.raises(InvalidDate) as caught:
        parse_date(text)
    assert caught.value.reason.startswith(reason)
    assert caught.value.help.startswith(help_start)


@pytest.mark.parametrize("text", ["2024-06-19T12:00", "2024-06-19 12:00:00", "2024-06-19T12:00Z"])
def test_times_of_day_are_not_kept(text: str) -> None:
    """A date with a time is refused with the day alone as help."""
    with pytest.raises(InvalidDate, match="times of day are not kept") as caught:
        parse_date(text)
    assert caught.value.help == "write the day alone: 2024-06-19"


def test_dots_outside_brackets_have_two_meanings() -> None:
    """For a..b without brackets the help tells lasting from not knowing when."""
    with pytest.raises(InvalidDate) as caught:
        parse_date("2024-06-18..2024-06-19")
    assert "2024-06-18/2024-06-19 if it lasted" in caught.value.help
    assert "[2024-06-18..2024-06-19] if it was some time then" in caught.value.help


def test_a_reason_is_one_short_line() -> None:
    """A long text or one of many lines is cut and put on one line."""
    with pytest.raises(InvalidDate) as caught:
        parse_date("when\nthe " + "long " * 30)
    assert len(caught.value.reason) < 80
    assert "\n" not in caught.value.reason


def test_a_whole_article_is_no_date() -> None:
    """A very long text is refused by its length, before any look at it."""
    with pytest.raises(InvalidDate, match="a text of 100000 characters is no date"):
        parse_date("x" * 100_000)


@pytest.mark.parametrize(
    "text", ["2024-06-19", "2024~", "202X", "2024-06-XX", "2024-06-~19", "?2024", "2X24-1X-XX"]
)
def test_a_right_date_is_no_mistake(text: str) -> None:
    """The table of mistakes lets every right single date pass."""
    refuse_mistake(text)
    assert parse_date(text).text == text


def test_the_advice_gives_dates_that_can_be_read() -> None:
    """Every example in the general advice is itself a right date."""
    examples = re.findall(r"[0-9][0-9~/-]+", FORMS)
    assert [parse_date(example).text for example in examples] == examples
    assert len(examples) == 6


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("early 2025", ["[2025-01..2025-04]", "2025-21", "2025"]),
        ("mid-2025", ["[2025-05..2025-08]", "2025-22", "2025"]),
        ("in late 2025", ["[2025-09..2025-12]", "2025-23", "2025"]),
        ("the end of 2025", ["[2025-09..2025-12]", "2025-23", "2025"]),
        ("early June 2025", ["[2025-06-01..2025-06-10]", "2025-06"]),
        ("Mid-February 2025", ["[2025-02-11..2025-02-20]", "2025-02"]),
        ("late February 2025", ["[2025-02-21..2025-02-28]", "2025-02"]),
        ("beginning of Sept. 2025", ["[2025-09-01..2025-09-10]", "2025-09"]),
    ],
)
def test_part_of_a_year_or_month_is_told_in_dates(text: str, dates: list[str]) -> None:
    """EDTF has no word for "early": the help names what may be meant, ready to be written."""
    with pytest.raises(InvalidDate, match="is not how a date is written here") as caught:
        parse_date(text)
    named = re.findall(
        r"\[[0-9.-]+\]|(?<![0-9.-])[0-9]{4}(?:-[0-9]{2})?(?=[ ,]|$)", caught.value.help
    )
    written = [each for each in named if each in dates]
    assert [*dict.fromkeys(written)] == dates
    assert [parse_date(each).text for each in dates] == dates
