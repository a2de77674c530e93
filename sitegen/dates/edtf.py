"""EDTF dates (ISO 8601-2): read a text, compare dates, give them to readers and to machines.

No clock, no time zone, no time of day. Comparison is cautious where a date is in doubt.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from sitegen.dates.fuzzy_date import (
    OPEN,
    UNKNOWN,
    Doubt,
    FuzzyDate,
    InvalidDate,
    Precision,
    Qualifier,
    make_date,
    make_interval,
    make_set,
)
from sitegen.dates.mistakes import refuse_mistake, unknown_form

_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
_PLAIN_INTERVAL = re.compile(r"(?:[0-9]{4}[0-9-]*[~?%]?|\.\.)?/(?:[0-9]{4}[0-9-]*[~?%]?|\.\.)?")
_RARE = re.compile(r"[0-9X~?%-]{4,16}")
_SET = re.compile(r"\[[^\[\]{}/\s]+\]|\{[^\[\]{}/\s]+\}")


def parse_date(text: str) -> FuzzyDate:
    """Return the date that the text states in EDTF.

    Known are level 0 and 1 without times of day, and of level 2 sets (`[…]`, `{…}`), unspecified
    digits anywhere and marks on a component. Years are 0001 to 9999; white space around the text
    is dropped. Raises `InvalidDate`, which says what to write instead. Results are kept by text.
    """
    outcome = _outcome(text.strip())
    if isinstance(outcome, InvalidDate):
        raise InvalidDate(outcome.reason, outcome.help)
    return outcome


@lru_cache(maxsize=65_536)
def _outcome(text: str) -> FuzzyDate | InvalidDate:
    try:
        return _read(text)
    except InvalidDate as error:
        return InvalidDate(error.reason, error.help)


def _read(text: str) -> FuzzyDate:
    if plain := _read_plain(text):
        return plain
    if _SET.fullmatch(text):
        return _read_set(text)
    if not _PLAIN_INTERVAL.fullmatch(text):
        refuse_mistake(text)
    if text.count("/") == 1 and text[0] not in "[{":
        start, end = text.split("/")
        return make_interval(text, _read_end(start), _read_end(end))
    return _read_single(text)


def _read_plain(text: str) -> FuzzyDate | None:
    """Return a date of digits with at most one mark, at its end; None for any other text."""
    found = _PLAIN.fullmatch(text)
    if not found:
        return None
    year, month, day, mark = found.groups()
    date = make_date(text, year, month, day)
    if not mark:
        return date
    return make_date(text, year, month, day, (Doubt(date.precision, Qualifier(mark)),))


def _read_single(text: str) -> FuzzyDate:
    if plain := _read_plain(text):
        return plain
    refuse_mistake(text)
    if not _RARE.fullmatch(text):
        raise unknown_form(text)
    return _read_by_library(text)


def _read_by_library(text: str) -> FuzzyDate:
    """Return a date in one of the rarer forms, loading the library that knows them.

    Importing it takes a tenth of a second, as long as a whole run with nothing to do, and hardly
    a project writes such a date: hence not at the top of this module.
    """
    from sitegen.dates.library import read_rare_form

    return read_rare_form(text)


def _read_end(text: str) -> FuzzyDate:
    if text == "..":
        return OPEN
    return _read_single(text) if text else UNKNOWN


def _read_set(text: str) -> FuzzyDate:
    kind = Precision.ONE_OF if text.startswith("[") else Precision.ALL_OF
    return make_set(text, kind, tuple(_read_member(each) for each in text[1:-1].split(",")))


def _read_member(text: str) -> FuzzyDate:
    start, dots, end = text.partition("..")
    if not dots:
        return _read_single(text)
    return make_interval(text, _read_end(start or ".."), _read_end(end or ".."))


def sort_key(date: FuzzyDate) -> tuple[int, int, str]:
    """Return what sorts dates by their earliest day, then the latest, then the text.

    A date without a beginning ("until August 2025") stands at its end, the one day it states.
    """
    last = date.latest or dt.date.max
    return (date.earliest or last).toordinal(), last.toordinal(), date.text


def overlaps(first: FuzzyDate, second: FuzzyDate) -> bool:
    """Whether what two dates state has a day in common; an end that is None has no bound.

    Marks of doubt do not widen: a disagreement must not rest on what nobody stated. A set counts
    as the whole stretch from its first to its last day.
    """
    return _starts_by(first, second.latest) and _starts_by(second, first.latest)


def _starts_by(date: FuzzyDate, day: dt.date | None) -> bool:
    return date.earliest is None or day is None or date.earliest <= day


def is_before(first: FuzzyDate, second: FuzzyDate) -> bool:
    """Whether the first date certainly ended before the second began.

    A mark of doubt moves a date's end by a week for a day, else by one unit (a month, a season, a
    year …) of what is in doubt; a season without a mark is given a month, as its bounds are only
    a custom. So no warning about an impossible order rests on a doubtful date.
    """
    end, start = first.latest_possible, second.earliest_possible
    return end is not None and start is not None and end < start


def is_within(inner: FuzzyDate, outer: FuzzyDate) -> bool:
    """Whether every day that `inner` allows is one that `outer` allows, as stated."""
    begins = outer.earliest is None or (
        inner.earliest is not None and inner.earliest >= outer.earliest
    )
    ends = outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest)
    return begins and ends


def machine(date: FuzzyDate) -> str | None:
    """Return the value for `<time datetime>` (HTML, "The time element"), or None.

    HTML knows a year, a month and a day, and no way to say that they are in doubt: a marked date,
    a season, an interval and a set have no value.
    """
    stated = date.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR)
    return date.text if stated and not date.doubts and "X" not in date.text else None
