"""The value behind every date: what is stated, between which days it lies, and what is in doubt.

Nothing here knows how a date is written by authors as a whole or read by readers.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct


class InvalidDate(ValueError):  # noqa: N818 - named for the fault, as the rules are
    """A text is no date that this project knows; `reason` says why and `help` what to write."""

    def __init__(self, reason: str, help: str = "") -> None:  # noqa: A002 - as in a diagnostic
        """Keep both lines; `str()` gives the reason alone."""
        super().__init__(reason, help)
        self.reason = reason
        self.help = help

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason


class Precision(StrEnum):
    """The smallest calendar unit that holds a date for certain, or the way several are combined.

    `2024-06-XX` is `month`: some day of that month, nobody says which. `open` and `unknown` are
    the ends `..` and nothing of an interval, never a date of their own.
    """

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    MILLENNIUM = "millennium"
    INTERVAL = "interval"
    ONE_OF = "one-of"
    ALL_OF = "all-of"
    OPEN = "open"
    UNKNOWN = "unknown"


class Qualifier(StrEnum):
    """The three EDTF marks of doubt, by the character that writes them."""

    APPROXIMATE = "~"
    UNCERTAIN = "?"
    BOTH = "%"


class Doubt(NamedTuple):
    """A mark of doubt and the component (`day`, `month`, `season`, `year` …) that it is about."""

    component: Precision
    qualifier: Qualifier


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""English names of the months, whatever the machine's locale."""

SEASONS = {"21": ("spring", 3), "22": ("summer", 6), "23": ("autumn", 9), "24": ("winter", 12)}
"""EDTF season code → its English name and first month; each lasts three months."""

TOLERANCES = {
    Precision.DAY: 7,
    Precision.MONTH: 31,
    Precision.SEASON: 92,
    Precision.YEAR: 366,
    Precision.DECADE: 3653,
    Precision.CENTURY: 36525,
    Precision.MILLENNIUM: 365250,
}
"""Component in doubt → days by which the date may be off: one unit, for a day one week."""

SEASON_TOLERANCE = 31
"""Days by which an undoubted season may be off: calendars disagree on where seasons begin."""


class FuzzyDate(Struct, frozen=True):
    """An EDTF date with the strict bounds of what it states.

    `text` is the date as written, without surrounding white space. `earliest` and `latest` are the
    first and last day that the words allow: `2024-06` gives 1 and 30 June. `~`, `?` and `%` never
    widen them. None is an end that is open or unknown. `doubts` are the marks on a single date;
    an interval's `parts` are its two ends, a set's its members, each with doubts of its own.
    """

    text: str
    earliest: dt.date | None
    latest: dt.date | None
    precision: Precision
    doubts: tuple[Doubt, ...] = ()
    parts: tuple[FuzzyDate, ...] = ()

    @property
    def is_approximate(self) -> bool:
        """Whether the date or a part of it is marked `~` or `%`."""
        return any(doubt.qualifier is not Qualifier.UNCERTAIN for doubt in self._all_doubts())

    @property
    def is_uncertain(self) -> bool:
        """Whether the date or a part of it is marked `?` or `%`."""
        return any(doubt.qualifier is not Qualifier.APPROXIMATE for doubt in self._all_doubts())

    @property
    def earliest_possible(self) -> dt.date | None:
        """The first day that cannot be ruled out: `earliest` less what doubts allow."""
        if self.earliest is None or not self.parts:
            return _shifted(self.earliest, -self._tolerance())
        starts = self.parts[:1] if self.precision is Precision.INTERVAL else self.parts
        return min((day for part in starts if (day := part.earliest_possible)), default=None)

    @property
    def latest_possible(self) -> dt.date | None:
        """The last day that cannot be ruled out: `latest` plus what doubts allow."""
        if self.latest is None or not self.parts:
            return _shifted(self.latest, self._tolerance())
        ends = self.parts[-1:] if self.precision is Precision.INTERVAL else self.parts
        return max((day for part in ends if (day := part.latest_possible)), default=None)

    def _all_doubts(self) -> Iterator[Doubt]:
        yield from self.doubts
        for part in self.parts:
            yield from part.doubts
            yield from (doubt for member in part.parts for doubt in member.doubts)

    def _tolerance(self) -> int:
        if self.doubts:
            return max(TOLERANCES[doubt.component] for doubt in self.doubts)
        return SEASON_TOLERANCE if self.precision is Precision.SEASON else 0


def _shifted(day: dt.date | None, days: int) -> dt.date | None:
    if day is None or not days:
        return day
    ordinal = min(max(day.toordinal() + days, 1), dt.date.max.toordinal())
    return dt.date.fromordinal(ordinal)


OPEN = FuzzyDate("..", None, None, Precision.OPEN)
"""The end of an interval that goes on."""

UNKNOWN = FuzzyDate("", None, None, Precision.UNKNOWN)
"""The end of an interval that nobody knows."""


def make_date(
    text: str, year: str, month: str | None, day: str | None, doubts: tuple[Doubt, ...] = ()
) -> FuzzyDate:
    """Return the date with these components, digits or digits and `X`; a season is its month.

    Raises `InvalidDate` where the calendar has no such day.
    """
    if "X" in f"{year}{month}{day}":
        return _make_unspecified(text, year, month, day, doubts)
    number = int(year)
    if number == 0:
        raise InvalidDate("there is no year 0000", "the years 0001 to 9999 are known")
    if month is None:
        first, last = dt.date(number, 1, 1), dt.date(number, 12, 31)
        return FuzzyDate(text, first, last, Precision.YEAR, doubts)
    if month in SEASONS and day is None:
        return _make_season(text, number, month, doubts)
    _refuse_month(number, month)
    last_day = calendar.monthrange(number, int(month))[1]
    if day is None:
        first = dt.date(number, int(month), 1)
        return FuzzyDate(text, first, first.replace(day=last_day), Precision.MONTH, doubts)
    if not 1 <= int(day) <= last_day:
        name = MONTHS[int(month) - 1]
        raise InvalidDate(
            f'"{text}" is no day: {name} {number} has {last_day} days',
            f"correct the day, or write the month alone: {year}-{month}",
        )
    stated = dt.date(number, int(month), int(day))
    return FuzzyDate(text, stated, stated, Precision.DAY, doubts)


def make_interval(text: str, start: FuzzyDate, end: FuzzyDate) -> FuzzyDate:
    """Return the stretch from `start` to `end`; either, not both, may be `OPEN` or `UNKNOWN`.

    Raises `InvalidDate` where it ends before it starts.
    """
    if start.earliest is None and end.latest is None:
        raise InvalidDate(
            f'the interval "{text}" has no date at either end',
            "leave the date out, or give one end: 2025-08/.. or ../2025-08",
        )
    if start.earliest and end.latest and start.earliest > end.latest:
        raise InvalidDate(
            f'the interval "{text}" ends before it starts',
            f"put the earlier date first: {end.text}/{start.text}",
        )
    return FuzzyDate(text, start.earliest, end.latest, Precision.INTERVAL, (), (start, end))


def make_set(text: str, kind: Precision, members: tuple[FuzzyDate, ...]) -> FuzzyDate:
    """Return one of (`[…]`) or all of (`{…}`) the members; its bounds are the outermost."""
    starts = [member.earliest for member in members if member.earliest]
    ends = [member.latest for member in members if member.latest]
    earliest = min(starts) if len(starts) == len(members) else None
    latest = max(ends) if len(ends) == len(members) else None
    return FuzzyDate(text, earliest, latest, kind, (), members)


def _refuse_month(year: int, month: str) -> None:
    if 1 <= int(month) <= 12:
        return
    advice = "months are 01 to 12, seasons 21 (spring), 22 (summer), 23 (autumn) and 24 (winter)"
    following = year // 100 * 100 + int(month)
    if following == year + 1:
        advice += f"; the years {year} to {following} are {year:04}/{following:04}"
    raise InvalidDate(f"there is no month {month}", advice)


def _make_season(text: str, year: int, code: str, doubts: tuple[Doubt, ...]) -> FuzzyDate:
    """Return the season that begins in that year, northern and meteorological.

    ISO 8601-2 names seasons and leaves their months open. Winter 2024 runs from December 2024 to
    the end of February 2025.
    """
    month = SEASONS[code][1]
    first = dt.date(year, month, 1)
    following = first.toordinal() + 80  # some day in the third month
    last = dt.date.fromordinal(min(following, dt.date.max.toordinal()))
    last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    return FuzzyDate(text, first, last, Precision.SEASON, doubts)


def _make_unspecified(
    text: str, year: str, month: str | None, day: str | None, doubts: tuple[Doubt, ...]
) -> FuzzyDate:
    if year == "XXXX":
        raise InvalidDate(f'"{text}" does not say which year', "leave the date out if nobody knows")
    earliest = next(_matching_days(year, month, day, ascending=True), None)
    latest = next(_matching_days(year, month, day, ascending=False), None)
    if earliest is None or latest is None:
        raise InvalidDate(f'no day matches "{text}"', "correct the digits around the X")
    return FuzzyDate(text, earliest, latest, _known_unit(year, month), doubts)


def _known_unit(year: str, month: str | None) -> Precision:
    if "X" not in year:
        return Precision.MONTH if month and "X" not in month else Precision.YEAR
    units = {3: Precision.DECADE, 2: Precision.CENTURY}
    return units.get(year.index("X"), Precision.MILLENNIUM)


def _matching_days(
    year: str, month: str | None, day: str | None, *, ascending: bool
) -> Iterator[dt.date]:
    """Yield the days that fit the digits, from the first on or from the last back."""
    step = 1 if ascending else -1
    for each_year in _matching_numbers(year, 1, 9999)[::step]:
        for each_month in _matching_numbers(month or "XX", 1, 12)[::step]:
            last_day = calendar.monthrange(each_year, each_month)[1]
            for each_day in _matching_numbers(day or "XX", 1, last_day)[::step]:
                yield dt.date(each_year, each_month, each_day)


def _matching_numbers(pattern: str, low: int, high: int) -> list[int]:
    """Return the numbers from `low` to `high` that agree with the pattern's digits."""
    smallest, largest = int(pattern.replace("X", "0")), int(pattern.replace("X", "9"))
    return [
        number
        for number in range(max(low, smallest), min(high, largest) + 1)
        if all(
            wanted in ("X", given)
            for wanted, given in zip(pattern, f"{number:0{len(pattern)}}", strict=True)
        )
    ]
