"""A list where one value belongs, a text where a group of fields does, nothing where something."""

from __future__ import annotations

import re
from typing import Final

from pydantic import BaseModel

from sitegen.faults.found import Found, Words, field_names, field_of, shorten

_PLAIN: Final = re.compile(r"[\w .–-]+")
_IDS: Final = re.compile(r"[\w-]+(, *[\w-]+)*")
_VALUE: Final = re.compile(r"[\w-]{1,60}")


def wrong_shape(found: Found, expected: str, help_: str) -> Words:
    """Return what to say where a value of another shape is expected."""
    if found.written is None:
        return empty(found)
    shape = (
        "a list" if isinstance(found.written, list)
        else "a group of fields" if isinstance(found.written, dict)
        else "one value"
    )  # fmt: skip
    message = f"{shape} stands where {expected} is expected"
    return Words("wrong-type", found.named(message), help_)


def empty(found: Found) -> Words:
    """Return what to say of a value, an entry or a list that holds nothing."""
    if isinstance(found.written, list):
        message = "this list is empty"
        entry = f" with {say_fields(found.parts)}" if found.parts else ""
        help_ = f"write an entry{entry}"
    elif found.is_entry:
        message, help_ = "an entry of this list is empty", "write it, or take it out"
    else:
        message, help_ = "nothing is written here", "write something"
        if not (found.field and found.field.is_required()):
            help_ += ", or take the field out"
    return Words("missing-field", found.named(message), help_)


def not_text(found: Found) -> Words:
    """Return what to say where one text is expected."""
    if isinstance(found.written, dict):
        help_ = 'write one text; if it holds ": ", put it in quotes'
    else:
        help_ = "write one text, without brackets around it or hyphens before it"
    return wrong_shape(found, "text", help_)


def not_a_date(found: Found) -> Words:
    """Return what to say where something else than text stands in a date's place."""
    help_ = "write one date, as 2024-06-19, or a stretch, as 2024-10/2024-11"
    return wrong_shape(found, "a date", help_)


def not_a_list(found: Found) -> Words:
    """Return what to say where a list is expected."""
    parts, written = found.parts, found.written
    if isinstance(written, dict) and parts:
        help_ = 'put "- " before its first field and indent the others to stand below that one'
    elif parts:
        help_ = f'write below it an entry with {say_fields(parts)}, the first after "- "'
    elif isinstance(written, str) and (_PLAIN.fullmatch(written) or _IDS.fullmatch(written)):
        help_ = f'write [{shorten(written)}], or each on a line of its own after "- "'
    else:
        help_ = 'write each entry on a line of its own after "- "'
    return wrong_shape(found, "a list", help_)


def not_a_group(found: Found) -> Words:
    """Return what to say where a group of fields is expected."""
    parts, written = found.parts, found.written
    if parts is None:
        help_ = "write its fields on the lines below"
    elif isinstance(written, list):
        help_ = 'write one entry after each "- "' if found.is_entry else 'take the "- " out'
    elif found.is_entry:
        help_ = f"write {say_fields(parts, str(written))}"
    else:
        help_ = f"write on the lines below it {say_fields(parts)}"
    return wrong_shape(found, "a group of fields", help_)


def say_fields(parts: type[BaseModel], written: str = "") -> str:
    """Return the fields to write in a group: those that must be there, else the first ones.

    What stands in place of a group with one such field is most likely the value of that field.
    """
    needed = [name for name in field_names(parts) if _is_required(parts, name)]
    names = needed or field_names(parts)[:3]
    value = written if len(needed) == 1 and _VALUE.fullmatch(written) else "…"
    *others, last = [f"`{name}: {value}`" for name in names]
    return f"{', '.join(others)} and {last}" if others else last


def _is_required(model: type[BaseModel], name: str) -> bool:
    info = field_of(model, name)
    return bool(info and info.is_required())
