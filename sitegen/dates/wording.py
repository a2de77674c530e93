"""Says a date in English words for readers: "about June 2024", "18 June – 4 December 2024"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec.structs import replace

from sitegen.dates.fuzzy_date import (
    MONTHS,
    SEASONS,
    Doubt,
    FuzzyDate,
    Precision,
    Qualifier,
    make_date,
)

_PREFIX = {
    Qualifier.APPROXIMATE: "about",
    Qualifier.UNCERTAIN: "possibly",
    Qualifier.BOTH: "possibly about",
}
_ADJECTIVE = {
    Qualifier.APPROXIMATE: "approximate",
    Qualifier.UNCERTAIN: "uncertain",
    Qualifier.BOTH: "uncertain and approximate",
}
_STATED = (Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR)


def words(date: FuzzyDate) -> str:
    """Return the date as readers see it, fit for the middle of a sentence after "dated".

    Ranges have a spaced en dash. What neighbours share is said once: "9 – 11 November 2024".
    """
    match date.precision:
        case Precision.INTERVAL:
            return _interval_words(*date.parts)
        case Precision.ONE_OF:
            return _listed([_alternative_words(part) for part in date.parts], "or", date.parts)
        case Precision.ALL_OF:
            return _listed([words(part) for part in date.parts], "and", date.parts)
        case Precision.OPEN | Precision.UNKNOWN:
            return "an unknown date"
        case _:
            return _single_words(date)


def _single_words(date: FuzzyDate) -> str:
    plain = _unspecified_words(date) if "X" in date.text else _plain_words(date)
    if not date.doubts:
        return plain
    if plain.startswith("between"):
        return f"{plain} ({_ADJECTIVE[date.doubts[0].qualifier]})"
    if len(date.doubts) == 1 and date.doubts[0].component is date.precision:
        return f"{_PREFIX[date.doubts[0].qualifier]} {plain}"
    return f"{plain} ({_doubt_words(date.doubts)})"


def _doubt_words(doubts: Sequence[Doubt]) -> str:
    """Return "year uncertain, day approximate"; components with the same mark stand together."""
    components: dict[Qualifier, list[str]] = {}
    for doubt in doubts:
        components.setdefault(doubt.qualifier, []).append(str(doubt.component))
    return ", ".join(
        f"{' and '.join(names)} {_ADJECTIVE[mark]}" for mark, names in components.items()
    )


def _plain_words(date: FuzzyDate) -> str:
    return " ".join(_pieces(date))


def _pieces(date: FuzzyDate) -> list[str]:
    """Return day, month or season, and year: what the date states, the finest first."""
    first = date.earliest or dt.date.min
    year = _year_words(first.year)
    match date.precision:
        case Precision.DAY:
            return [str(first.day), MONTHS[first.month - 1], year]
        case Precision.MONTH:
            return [MONTHS[first.month - 1], year]
        case Precision.SEASON:
            return _season_pieces(first, date.latest or first)
        case _:
            return [year]


def _year_words(year: int) -> str:
    return str(year) if year >= 1000 else f"AD {year}"


def _season_pieces(first: dt.date, last: dt.date) -> list[str]:
    name = next(name for name, month in SEASONS.values() if month == first.month)
    if first.year == last.year:
        return [name, _year_words(first.year)]
    crosses_century = first.year // 100 != last.year // 100
    ending = str(last.year) if crosses_century else f"{last.year % 100:02}"
    return [name, f"{_year_words(first.year)}–{ending}"]


def _unspecified_words(date: FuzzyDate) -> str:
    """Return words for a date with digits left out, by which digits they are."""
    year, month, day = (*date.text.rstrip("~?%").split("-"), "", "")[:3]
    if year.isdigit() and month.isdigit() and day == "XX":
        return f"some day in {_plain_words(make_date('', year, month, None))}"
    if year.isdigit() and month == "XX" and day in ("", "XX"):
        return f"some {'day' if day else 'month'} in {_year_words(int(year))}"
    if not month and year[:3].isdigit() and year >= "1000":
        return f"the {year[:3]}0s"
    finest = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    bounds = (date.earliest or dt.date.min, date.latest or dt.date.max)
    return _between(*(FuzzyDate("", bound, bound, finest) for bound in bounds))


def _between(start: FuzzyDate, end: FuzzyDate) -> str:
    first, last = _shared_words((start, end))
    return last if words(start) == words(end) else f"between {first} and {last}"


def _interval_words(start: FuzzyDate, end: FuzzyDate) -> str:
    if end.precision is Precision.OPEN:
        unknown = start.precision is Precision.UNKNOWN
        return f"from {words(start)}" if not unknown else "from an unknown date"
    if start.precision is Precision.OPEN:
        return f"until {words(end)}"
    if start.precision is Precision.UNKNOWN:
        return f"from an unknown date until {words(end)}"
    if end.precision is Precision.UNKNOWN:
        return f"from {words(start)} until an unknown date"
    shared = _shared_doubt(start, end)
    if shared:
        start, end = replace(start, doubts=()), replace(end, doubts=())
    if not (_is_plain(start) and _is_plain(end)):
        return f"from {words(start)} to {words(end)}"
    first, last = _shared_words((start, end))
    return shared + (last if words(start) == words(end) else f"{first} – {last}")


def _shared_doubt(start: FuzzyDate, end: FuzzyDate) -> str:
    """Return "about " or the like where both ends are in the same doubt as a whole."""
    doubts = {(len(each.doubts), *each.doubts[:1]) for each in (start, end)}
    is_whole = all(
        doubt.component is each.precision for each in (start, end) for doubt in each.doubts
    )
    if (
        len(doubts) == 1
        and len(start.doubts) == 1
        and is_whole
        and "X" not in start.text + end.text
    ):
        return f"{_PREFIX[start.doubts[0].qualifier]} "
    return ""


def _alternative_words(member: FuzzyDate) -> str:
    """Return words for a member of which one day is meant, not the whole stretch."""
    if member.precision is not Precision.INTERVAL:
        return words(member)
    start, end = member.parts
    if start.precision is Precision.OPEN:
        return f"{words(end)} or earlier"
    if end.precision is Precision.OPEN:
        return f"{words(start)} or later"
    return _between(start, end)


def _listed(fallback: Sequence[str], conjunction: str, members: Sequence[FuzzyDate]) -> str:
    pieces = _shared_words(members) if all(map(_is_plain, members)) else list(fallback)
    *others, last = pieces
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def _is_plain(date: FuzzyDate) -> bool:
    return date.precision in _STATED and not date.doubts and "X" not in date.text


def _shared_words(dates: Sequence[FuzzyDate]) -> list[str]:
    """Return words for each date, where all but the last leave out what all have in common."""
    full = [words(date) for date in dates]
    if not all(map(_is_plain, dates)) or len({date.precision for date in dates}) > 1:
        return full
    pieces = [_pieces(date) for date in dates]
    common = 0
    while common < len(pieces[0]) - 1 and len({each[-1 - common] for each in pieces}) == 1:
        common += 1
    shortened = [" ".join(each[: len(each) - common]) for each in pieces]
    return [*shortened[:-1], full[-1]]
