"""A date as templates show it."""

from __future__ import annotations

from sitegen.dates import FuzzyDate, machine, words
from sitegen.views import DateView


def date_view(date: FuzzyDate) -> DateView:
    """Return a date in words and in EDTF."""
    return DateView(
        words=words(date),
        edtf=date.text,
        machine=machine(date) or "",
        is_doubtful=date.is_approximate or date.is_uncertain,
    )


def optional_date(date: FuzzyDate | None) -> DateView | None:
    """Return a date in words and in EDTF, or None where there is none."""
    return date_view(date) if date else None
