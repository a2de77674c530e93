"""What people write instead of an EDTF date, and the date that they probably mean.

Knows only texts that are wrong: a right date passes through without an answer.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable

from sitegen.dates.fuzzy_date import MONTHS, InvalidDate

FORMS = (
    "write a day as 2024-06-19, a month as 2024-06, a year as 2024, about June as 2024-06~, "
    "its spring as 2024-21, a stretch as 2024-10/2024-11"
)
"""The advice for a text whose meaning cannot be guessed."""

_Match = re.Match[str]
_MONTH_BY_START = {name[:3].lower(): f"{number:02}" for number, name in enumerate(MONTHS, 1)}
_SEASON_BY_NAME = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
_MONTH_WORD = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_YEAR = r"(?P<year>[0-9]{4})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_PART = r"(?:in\s+)?(?P<part>early|mid|middle\s+of|late|(?:the\s+)?(?:beginning|end)\s+of)[\s-]+"
_ISO = r"[0-9]{4}(?:-[0-9]{2}){0,2}"
_TO = r"\s*(?:\s-\s|–|—|\sto\s|\suntil\s|\sand\s)\s*"


def refuse_mistake(text: str) -> None:
    """Raise `InvalidDate` if the text is a known mistake."""
    if not text:
        raise InvalidDate("the date is empty", FORMS)
    if len(text) > 200:
        raise InvalidDate(f"a text of {len(text)} characters is no date", FORMS)
    for pattern, explain in _MISTAKES:
        if found := re.fullmatch(pattern, text, re.IGNORECASE):
            raise explain(text, found)


def unknown_form(text: str) -> InvalidDate:
    """Return the error for a text that is neither a date nor a known mistake."""
    return InvalidDate(f'"{_short(text)}" is no date', FORMS)


def _short(text: str) -> str:
    """Return the text on one line of at most 60 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _meant(text: str, *meanings: str) -> InvalidDate:
    quoted = " or ".join(f'"{meaning}"' for meaning in meanings)
    return InvalidDate(
        f'"{_short(text)}" is not how a date is written here', f"did you mean {quoted}?"
    )


def _meant_day(text: str, year: str, month: str, day: str) -> InvalidDate:
    """Explain a day written in another order, or say that the calendar has none such."""
    number = int(month)
    if not 1 <= number <= 12 or not int(year):
        return unknown_form(text)
    last_day = calendar.monthrange(int(year), number)[1]
    if 1 <= int(day) <= last_day:
        return _meant(text, f"{year}-{number:02}-{int(day):02}")
    return InvalidDate(
        f'"{_short(text)}" is no day: {MONTHS[number - 1]} {year} has {last_day} days',
        f"correct the day, or write the month alone: {year}-{number:02}",
    )


def _time_of_day(text: str, found: _Match) -> InvalidDate:
    return InvalidDate(
        f'"{_short(text)}" has a time of day, and times of day are not kept',
        f"write the day alone: {found['date']}",
    )


def _named_month(text: str, found: _Match) -> InvalidDate:
    month = _MONTH_BY_START[found["month"][:3].lower()]
    parts = found.groupdict()
    if day := parts.get("day"):
        return _meant_day(text, found["year"], month, day)
    return _meant(text, f"{found['year']}-{month}")


def _season(text: str, found: _Match) -> InvalidDate:
    return _meant(text, f"{found['year']}-{_SEASON_BY_NAME[found['season'].lower()]}")


def _part_of_year(text: str, found: _Match) -> InvalidDate:
    """Explain "early 2025": EDTF has no such words, so the months that may be meant are named."""
    part, year = _part(found), found["year"]
    first, last = {"early": ("01", "04"), "mid": ("05", "08"), "late": ("09", "12")}[part]
    season = {"early": ("21", "spring"), "mid": ("22", "summer"), "late": ("23", "autumn")}[part]
    return InvalidDate(
        f'"{_short(text)}" is not how a date is written here',
        f"name the months it may be: [{year}-{first}..{year}-{last}]; or write {year}-{season[0]} "
        f"for {season[1]} {year}, {year} if only the year is known",
    )


def _part_of_month(text: str, found: _Match) -> InvalidDate:
    """Explain "late June 2025" by the days that may be meant."""
    part, year = _part(found), found["year"]
    month = _MONTH_BY_START[found["month"][:3].lower()]
    if not int(year):
        return unknown_form(text)
    days = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}[part]
    first, last = days[0], min(days[1], calendar.monthrange(int(year), int(month))[1])
    whole = f"{year}-{month}"
    return InvalidDate(
        f'"{_short(text)}" is not how a date is written here',
        f"name the days it may be: [{whole}-{first:02}..{whole}-{last:02}]; or write {whole} if "
        "only the month is known",
    )


def _part(found: _Match) -> str:
    """Return which third of a month or year a word means: `early`, `mid` or `late`."""
    word = found["part"].lower()
    if "begin" in word:
        return "early"
    return "late" if "end" in word else "mid" if word.startswith("mid") else word


def _numbers_with_year_last(text: str, found: _Match) -> InvalidDate:
    """Explain 19.06.2024, 06/19/2024, and 06/07/2024, which can be either."""
    first, second, year = found["first"], found["second"], found["year"]
    if int(first) > 12 or first == second or "." in text:
        return _meant_day(text, year, second, first)
    if int(second) > 12:
        return _meant_day(text, year, first, second)
    if not (int(first) and int(second) and int(year)):
        return unknown_form(text)
    day, month = f"{int(first):02}", f"{int(second):02}"
    return _meant(text, f"{year}-{month}-{day}", f"{year}-{day}-{month}")


def _numbers_with_year_first(text: str, found: _Match) -> InvalidDate:
    if found["day"]:
        return _meant_day(text, found["year"], found["month"], found["day"])
    return _meant(text, f"{found['year']}-{int(found['month']):02}")


def _year_out_of_range(text: str, _: _Match) -> InvalidDate:
    return InvalidDate(
        f'the year of "{_short(text)}" is out of range', "the years 0001 to 9999 are known"
    )


def _about(text: str, found: _Match) -> InvalidDate:
    return _around(text, found["rest"], "~")


def _possibly(text: str, found: _Match) -> InvalidDate:
    return _around(text, found["rest"], "?")


def _around(text: str, rest: str, mark: str) -> InvalidDate:
    """Explain "about June 2024" by what "June 2024" means."""
    if re.fullmatch(_ISO, rest):
        return _meant(text, rest + mark)
    for pattern, explain in _MISTAKES:
        if found := re.fullmatch(pattern, rest, re.IGNORECASE):
            meant = explain(rest, found)
            date = re.fullmatch(rf'did you mean "({_ISO})"\?', meant.help)
            return _meant(text, date[1] + mark) if date else meant
    return unknown_form(text)


def _stretch(text: str, found: _Match) -> InvalidDate:
    return _meant(text, f"{found['from']}/{found['to']}")


def _short_years(text: str, found: _Match) -> InvalidDate:
    start, end = found["year"], found["year"][:2] + found["to"]
    return _meant(text, f"{start}/{end}") if start < end else unknown_form(text)


def _dotted_stretch(text: str, found: _Match) -> InvalidDate:
    whole, one = f"{found['from']}/{found['to']}", f"[{found['from']}..{found['to']}]"
    return InvalidDate(
        f'"{_short(text)}" is not how a date is written here',
        f"write {whole} if it lasted that long, {one} if it was some time then",
    )


def _decade(text: str, found: _Match) -> InvalidDate:
    return _meant(text, f"{found['decade']}X")


def _old_unspecified(text: str, _: _Match) -> InvalidDate:
    return _meant(text, re.sub("[ux]", "X", text))


def _partial_month(text: str, _: _Match) -> InvalidDate:
    return InvalidDate(
        f'"{_short(text)}" leaves out one digit of the month',
        "write the months it may be: [2024-10..2024-12], or 2024-XX for any of the year",
    )


def _significant_digits(text: str, found: _Match) -> InvalidDate:
    return InvalidDate(
        f'"{_short(text)}" gives significant digits, which are not kept',
        f"write the year as an approximate one: {found['year']}~",
    )


def _open_word(text: str, _: _Match) -> InvalidDate:
    return _meant(text, re.sub("(?i)(?<=/)(open|now|present)|(open)(?=/)", "..", text))


def _inner_space(text: str, _: _Match) -> InvalidDate:
    return _meant(text, re.sub(r"\s+", "", text))


_MISTAKES: tuple[tuple[str, Callable[[str, _Match], InvalidDate]], ...] = (
    (rf"(?P<date>{_ISO})(?:T|\s+)[0-9]{{1,2}}:[0-9]{{2}}.*", _time_of_day),
    (rf"(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH_WORD},?\s+{_YEAR}", _named_month),
    (rf"{_MONTH_WORD}\s+{_DAY},?\s+{_YEAR}", _named_month),
    (rf"{_YEAR},?\s+{_MONTH_WORD}\s+{_DAY}", _named_month),
    (rf"{_DAY}-{_MONTH_WORD}-{_YEAR}", _named_month),
    (rf"{_MONTH_WORD},?\s+{_YEAR}", _named_month),
    (rf"{_YEAR},?\s+{_MONTH_WORD}", _named_month),
    (rf"(?P<season>spring|summer|autumn|fall|winter)(?:\s+of)?\s+{_YEAR}", _season),
    (rf"{_PART}{_YEAR}", _part_of_year),
    (rf"{_PART}{_MONTH_WORD},?\s+{_YEAR}", _part_of_month),
    (
        r"(?P<first>[0-9]{1,2})([./-])(?P<second>[0-9]{1,2})\2(?P<year>[0-9]{4})",
        _numbers_with_year_last,
    ),
    (r"(?P<month>0?[1-9]|1[0-2])[./](?P<year>[0-9]{4})(?P<day>)", _numbers_with_year_first),
    (
        rf"(?!{_ISO}\Z){_YEAR}([-./])(?P<month>0?[1-9]|1[0-2])\2(?P<day>[0-9]{{1,2}})",
        _numbers_with_year_first,
    ),
    (rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>[0-9]{{2}})", _numbers_with_year_first),
    (rf"{_YEAR}[./](?P<month>0[1-9]|1[0-2])(?P<day>)", _numbers_with_year_first),
    (rf"{_YEAR}-(?P<month>[1-9])(?P<day>)", _numbers_with_year_first),
    (
        r"-[0-9X]{4}.*|[+-]?[0-9]{5}(?:-.*)?|Y-?[0-9]+(?:E[0-9]+)?(?:S[0-9]+)?",
        _year_out_of_range,
    ),
    (r"(?:about|around|circa|c\.|ca\.?|c)\s*(?P<rest>.*[0-9])", _about),
    (r"(?:possibly|perhaps|probably|maybe)\s+(?P<rest>.*[0-9])", _possibly),
    (rf"(?:from\s+|between\s+)?(?P<from>{_ISO}){_TO}(?P<to>{_ISO})", _stretch),
    (r"(?P<from>[0-9]{4})-(?P<to>[0-9]{4})", _stretch),
    (rf"{_YEAR}/(?P<to>[0-9]{{2}})", _short_years),
    (rf"(?P<from>{_ISO})\.\.(?P<to>{_ISO})", _dotted_stretch),
    (r"(?:the\s+)?(?P<decade>[0-9]{3})0['’]?s", _decade),
    (r"[0-9]{4}-(?:[01]X|X[0-9])", _partial_month),
    (r"(?P<year>[0-9]{4})S[0-9]+", _significant_digits),
    (r"(?:[0-9-]+/(?:open|now|present)|open/[0-9-]+)", _open_word),
    (r"(?-i:(?=.*[ux])[0-9ux-]{4,10}[~?%]?)", _old_unspecified),
    (r"(?=.*\s)[0-9X~?%\s/.,{}\[\]-]+", _inner_space),
)
"""Pattern of a whole text, compiled when first needed → its explanation; the first answers."""
