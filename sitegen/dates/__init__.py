"""EDTF dates: read a text, compare dates, give them to readers and to machines."""

from sitegen.dates.edtf import is_before, is_within, machine, overlaps, parse_date, sort_key
from sitegen.dates.fuzzy_date import Doubt, FuzzyDate, InvalidDate, Precision, Qualifier
from sitegen.dates.wording import words

__all__ = [
    "Doubt",
    "FuzzyDate",
    "InvalidDate",
    "Precision",
    "Qualifier",
    "is_before",
    "is_within",
    "machine",
    "overlaps",
    "parse_date",
    "sort_key",
    "words",
]
