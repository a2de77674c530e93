"""From the validation library's kinds of fault to the words for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from sitegen.faults.found import Found, Words
from sitegen.faults.shapes import empty, not_a_date, not_a_group, not_a_list, not_text
from sitegen.faults.values import (
    not_a_choice,
    not_a_number,
    not_true_or_false,
    out_of_range,
    wrong_form,
)


def explain(root: type[BaseModel], fault: ErrorDetails) -> Words:
    """Return in an author's words what is wrong with the value of a field of `root`."""
    found = Found(root, fault["loc"], fault["input"], fault.get("ctx", {}), fault["msg"])
    return _WORDS.get(fault["type"], _other)(found)


def _date(found: Found) -> Words:
    return Words("invalid-date", found.named(str(found.context["reason"])), _help(found))


def _form(found: Found) -> Words:
    return wrong_form(found) or _other(found)


def _together(found: Found) -> Words:
    return Words("invalid-value", found.named(found.said), _help(found))


def _too_long(found: Found) -> Words:
    length, limit = len(str(found.written)), found.context.get("max_length")
    message = f"this has {length} characters, and at most {limit} may stand here"
    return Words("invalid-value", found.named(message), "write a shorter one")


def _other(found: Found) -> Words:
    message = found.said[:1].lower() + found.said[1:].rstrip(".")
    help_ = "see the JSON Schema that `sitegen schema` writes"
    return Words("invalid-value", found.named(message), help_)


def _help(found: Found) -> str:
    return str(found.context.get("help", ""))


_WORDS: Final[Mapping[str, Callable[[Found], Words]]] = {
    "bool_parsing": not_true_or_false,
    "bool_type": not_true_or_false,
    "date_type": not_a_date,
    "finite_number": not_a_number,
    "float_parsing": not_a_number,
    "float_type": not_a_number,
    "greater_than_equal": out_of_range,
    "half_a_position": _together,
    "int_from_float": not_a_number,
    "int_parsing": not_a_number,
    "int_parsing_size": not_a_number,
    "int_type": not_a_number,
    "invalid_date": _date,
    "less_than_equal": out_of_range,
    "literal_error": not_a_choice,
    "model_attributes_type": not_a_group,
    "model_type": not_a_group,
    "no_number": _together,
    "range_reversed": _together,
    "string_pattern_mismatch": _form,
    "string_too_long": _too_long,
    "string_too_short": empty,
    "string_type": not_text,
    "too_short": empty,
    "tuple_type": not_a_list,
    "value_and_range": _together,
}
