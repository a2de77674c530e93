"""The numbers that an English sentence states, in figures and in words.

Used to compare what a note counts with what its quotes say; deliberately blind to dates, ordinals
and anything that is a name rather than a count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Final, NamedTuple

_UP_TO_TWENTY: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_SIMPLE: Final = {word: float(value) for value, word in enumerate(_UP_TO_TWENTY.split(" "))}
_FROM_TWENTY: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS: Final = {word: 10.0 * value for value, word in enumerate(_FROM_TWENTY.split(" "), 2)}
_WORDS: Final = {
    **_SIMPLE,
    **_TENS,
    **{
        f"{tens}-{unit}": _TENS[tens] + _SIMPLE[unit]
        for tens in _TENS
        for unit in _UP_TO_TWENTY.split(" ")[1:10]
    },
    "dozen": 12.0,
}
_SCALES: Final = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
_MONTH: Final = re.compile(_MONTHS)
_DATE_OF_DIGITS: Final = re.compile(
    r"\b(?:1[5-9]|20)\d{2}s?\b(?![,.]\d)"
    r"|\b\d{1,2}(?:st|nd|rd|th)\b"
)
_DATES: Final = re.compile(
    rf"\b(?:{_MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})(?:,?\s+\d{{4}})?\b"
    rf"|{_DATE_OF_DIGITS.pattern}"
)
_NUMBER: Final = re.compile(
    # Not within a longer number, a time of day (12:30) or a name (F-16).
    r"(?<![\w.,:])(?<![^\W\d_]-)"
    r"(?:(\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|((?a:{'|'.join(sorted(_WORDS, key=len, reverse=True))})))"
    r"(?![.,:\u00a0\u202f]?\d|\w*\d)"
    rf"((?:[\s-]+(?a:{'|'.join(_SCALES)}))*)(?!\w)",
    re.IGNORECASE,
)
# Where a number can begin: to look there only is twice as fast.
_NUMBER_START: Final = re.compile(
    r"[\dzotfsendZOTFSEND](?<![\w.,:].)(?:(?<=\d)|(?<=[zZ])[eE]|(?<=[oO])[nN]|(?<=[fF])[oOiI]"
    r"|(?<=[tT])(?:[wWeE]|[hH][rRiI])|(?<=[sS])[iIeE]|(?<=[eE])[iIlL]|(?<=[nN])[iI]"
    r"|(?<=[dD])[oO])",
    re.DOTALL,
)
_BETWEEN_DIGITS: Final = re.compile(r"[,\u00a0\u202f]")
_SCALE: Final = re.compile(r"\w+")


class Number(NamedTuple):
    """A number with its place in the text; `is_figure` where it is written in digits."""

    value: float
    start: int
    end: int
    is_figure: bool


@lru_cache(maxsize=1 << 8)  # many quotes of a note may stand in one sentence
def numbers_in(text: str) -> tuple[Number, ...]:
    """Return the counts that a text states, in order; dates, years and ordinals are no counts."""
    matches = _matches(text)
    if not matches:
        return ()
    is_in_date = _dates_in(text)
    found = []
    for match in matches:
        start, end = match.span()
        if is_in_date(start):
            continue
        figure, word, scales = match.groups()
        if word:
            value = _WORDS[word.lower()]
        else:
            value = float(figure if figure.isdecimal() else _BETWEEN_DIGITS.sub("", figure))
        for scale in _SCALE.findall(scales) if scales else ():
            value *= _SCALES[scale.lower()]
        found.append(Number(value, start, end, figure is not None))
    return tuple(found)


def _dates_in(text: str) -> Callable[[int], object]:
    """Return what tells whether a number that begins at an offset is part of a date.

    Where no month is named it can only be the beginning of one.
    """
    if not _MONTH.search(text):
        return partial(_DATE_OF_DIGITS.match, text)
    dates = [match.span() for match in _DATES.finditer(text)]

    def is_in_date(start: int) -> bool:
        before = bisect_right(dates, (start, len(text)))
        return before > 0 and start < dates[before - 1][1]

    return is_in_date


def _matches(text: str) -> list[re.Match[str]]:
    """Return what `_NUMBER.finditer` yields: it matches nowhere but where `_NUMBER_START` does."""
    found = []
    match, end = _NUMBER.match, 0
    for each in _NUMBER_START.finditer(text):
        start = each.start()
        if start >= end and (number := match(text, start)):
            end = number.end()
            found.append(number)
    return found
