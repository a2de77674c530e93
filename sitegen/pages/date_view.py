"""A date as templates show it."""

from __future__ import annotations

from functools import lru_cache

from sitegen.dates import FuzzyDate, machine, parse_date, words
from sitegen.views import DateView


def date_view(date: FuzzyDate) -> DateView:
    """Return a date in words and in EDTF."""
    return _date_view(date.text)


@lru_cache(maxsize=1 << 12)  # many notes give the same day
def _date_view(text: str) -> DateView:
    date = parse_date(text)
    return DateView(
        words=words(date),
        edtf=text,
        machine=machine(date) or "",
        is_doubtful=date.is_approximate or date.is_uncertain,
    )


def optional_date(date: FuzzyDate | None) -> DateView | None:
    """Return a date in words and in EDTF, or None where there is none."""
    return date_view(date) if date else None
