"""Reads the rarer single dates by the library `edtf`: unspecified digits, doubtful components.

Its import and each parse are slow, so `dates` loads this module only for a text that needs it.
"""

from __future__ import annotations

from edtf import (
    Date,
    EDTFParseException,
    PartialUncertainOrApproximate,
    Unspecified,
    parse_edtf,
)

from sitegen.dates.fuzzy_date import Doubt, FuzzyDate, Precision, Qualifier, make_date
from sitegen.dates.mistakes import unknown_form

_MARKED_COMPONENTS = (
    ("year_ua", (Precision.YEAR,)),
    ("year_ua_b", (Precision.YEAR,)),
    ("year_month_ua", (Precision.YEAR, Precision.MONTH)),
    ("month_ua", (Precision.MONTH,)),
    ("day_ua", (Precision.DAY,)),
)


def read_rare_form(text: str) -> FuzzyDate:
    """Return the single date that is written with `X` or with marks inside it.

    The library judges the form and takes it apart; bounds are ours, as it knows no part of a
    month (`2024-06-1X`) and gives 2023 a 29 February. Raises `InvalidDate`.
    """
    bare = text.rstrip("~?%") if "X" in text else text
    mark = text[len(bare) :]
    try:
        found = parse_edtf(bare)
    except EDTFParseException as error:
        raise unknown_form(text) from error
    # It skips spaces and drops what it does not keep, so compare what it understood.
    understood = isinstance(found, Date) and str(found) == bare
    if len(mark) > 1 or not understood or bare.startswith("-"):
        raise unknown_form(text)
    if isinstance(found, PartialUncertainOrApproximate):
        return make_date(text, found.year, found.month, found.day, _inner_doubts(found))
    if not isinstance(found, Unspecified):
        raise unknown_form(text)
    date = make_date(text, found.year, found.month, found.day)
    if not mark:
        return date
    doubts = (Doubt(date.precision, Qualifier(mark)),)
    return make_date(text, found.year, found.month, found.day, doubts)


def _inner_doubts(found: PartialUncertainOrApproximate) -> tuple[Doubt, ...]:
    return tuple(
        Doubt(component, Qualifier(str(mark)))
        for attribute, components in _MARKED_COMPONENTS
        if (mark := getattr(found, attribute))
        for component in components
    )
