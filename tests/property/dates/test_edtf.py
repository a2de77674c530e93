"""Properties of dates."""

from __future__ import annotations

import datetime as dt
import pickle

from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from sitegen.dates import (
    FuzzyDate,
    InvalidDate,
    is_before,
    is_within,
    machine,
    overlaps,
    parse_date,
    sort_key,
    words,
)
from sitegen.dates.fuzzy_date import MONTHS

days = st.dates().map(dt.date.isoformat)
plain = st.one_of(days, days.map(lambda text: text[:7]), days.map(lambda text: text[:4]))
marks = st.sampled_from(["", "", "~", "?", "%"])
marked = st.builds(lambda date, mark: date + mark, plain, marks)
seasons = st.builds(lambda date, code: date[:4] + code, days, st.sampled_from(["-21", "-24"]))
unspecified = st.one_of(
    days.map(lambda text: text[:7] + "-XX"),
    days.map(lambda text: text[:4] + "-XX"),
    days.map(lambda text: "1" + text[1:3] + "X"),
    days.map(lambda text: text[:9] + "X"),
)
component = st.builds(
    lambda date, mark: f"{date[:8]}{mark}{date[8:]}", days, st.sampled_from("~?%")
)
singles = st.one_of(marked, seasons, unspecified, component)


def in_order(first: str, second: str) -> tuple[str, str]:
    """Return two dates so that an interval from the first to the second can be."""
    low, high = sorted((first, second), key=lambda text: sort_key(parse_date(text)))
    return low, high


pairs = st.tuples(singles, singles).map(lambda pair: in_order(*pair))
texts = st.one_of(
    singles,
    pairs.map("/".join),
    singles.map(lambda date: f"{date}/.."),
    singles.map(lambda date: f"../{date}"),
    pairs.map(lambda pair: f"[{pair[0]}..{pair[1]}]"),
    st.lists(singles, min_size=1, max_size=3).map(lambda each: f"[{','.join(each)}]"),
    st.lists(singles, min_size=1, max_size=3).map(lambda each: "{" + ",".join(each) + "}"),
)
dates = texts.map(parse_date)


@given(st.one_of(marked, st.tuples(marked, marked).map(lambda pair: "/".join(in_order(*pair)))))
def test_our_reading_agrees_with_the_library(text: str) -> None:
    """What is read without the library has the bounds and marks that the library gives."""
    ours, theirs = parse_date(text), parse_edtf(text)
    assert ours.earliest == dt.date(*theirs.lower_strict()[:3])
    assert ours.latest == dt.date(*theirs.upper_strict()[:3])
    both = theirs.is_uncertain_and_approximate
    assert ours.is_approximate == (theirs.is_approximate or both)
    assert ours.is_uncertain == (theirs.is_uncertain or both)


@given(dates)
def test_a_date_begins_no_later_than_it_ends(date: FuzzyDate) -> None:
    """Bounds are in order, and the possible ones lie outside the stated ones."""
    if date.earliest and date.latest:
        assert date.earliest <= date.latest
    if date.earliest:
        assert date.earliest_possible is not None
        assert date.earliest_possible <= date.earliest
    if date.latest:
        assert date.latest_possible is not None
        assert date.latest_possible >= date.latest


@given(texts)
def test_a_text_is_kept_and_reads_the_same_again(text: str) -> None:
    """The text of a date is the one written; white space around it changes nothing."""
    assert parse_date(text).text == text
    assert parse_date(f" {text}\n") == parse_date(text)


@given(dates)
def test_words_are_one_line_for_readers(date: FuzzyDate) -> None:
    """Every date has words, without the signs of EDTF."""
    said = words(date)
    assert said == " ".join(said.split())
    assert said
    assert not set(said) & set("~?%X[]{}/")


@given(dates)
def test_a_copy_is_equal(date: FuzzyDate) -> None:
    """A date that was pickled is equal, has the same hash, and says the same."""
    copy = pickle.loads(pickle.dumps(date))
    assert copy == date
    assert hash(copy) == hash(date)
    assert words(copy) == words(date)


@given(dates, dates)
def test_before_excludes_overlap_and_the_reverse(first: FuzzyDate, second: FuzzyDate) -> None:
    """Dates of which one is certainly before the other share no day, and sort that way."""
    assert overlaps(first, second) == overlaps(second, first)
    if is_before(first, second):
        assert not overlaps(first, second)
        assert not is_before(second, first)
        assert sort_key(first) < sort_key(second)


@given(dates, dates, dates)
def test_before_is_transitive(first: FuzzyDate, second: FuzzyDate, third: FuzzyDate) -> None:
    """Certain orders add up."""
    if is_before(first, second) and is_before(second, third):
        assert is_before(first, third)


@given(dates, dates)
def test_within_implies_overlap(inner: FuzzyDate, outer: FuzzyDate) -> None:
    """A date is within itself, and one within another shares days with it."""
    assert is_within(inner, inner)
    if is_within(inner, outer):
        assert overlaps(inner, outer)


@given(dates)
def test_a_machine_value_says_all_of_the_date(date: FuzzyDate) -> None:
    """Where there is a value for machines, it is the whole text, of digits and hyphens."""
    value = machine(date)
    if value is not None:
        assert value == date.text
        assert not set(value) - set("0123456789-")
        assert not date.is_approximate
        assert not date.is_uncertain


def outcome(text: str) -> FuzzyDate | InvalidDate:
    """Return the date, or the error in its place."""
    try:
        return parse_date(text)
    except InvalidDate as error:
        return error


@given(st.one_of(st.text(), st.text(alphabet="0123456789-/~?%X.,[]{} TYuxSEc", max_size=24)))
def test_any_text_is_a_date_or_a_clear_error(text: str) -> None:
    """No text whatever breaks the reading: it gives a date or an error of one line with help."""
    found = outcome(text)
    if isinstance(found, InvalidDate):
        assert found.reason == " ".join(found.reason.split())
        assert found.help
    else:
        assert found.text == text.strip()
        assert words(found)


@given(st.dates(), st.sampled_from(["{d}.{m}.{y}", "{m}/{d}/{y}", "{n} {d}, {y}", "{y}/{m}/{d}"]))
def test_a_day_in_other_notations_is_never_misread(day: dt.date, notation: str) -> None:
    """A day as people write it is refused, with the right day among the help."""
    name = MONTHS[day.month - 1]
    found = outcome(notation.format(d=day.day, m=day.month, n=name, y=f"{day.year:04}"))
    assert isinstance(found, InvalidDate)
    assert f'"{day.isoformat()}"' in found.help
