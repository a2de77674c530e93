"""JSON from other programs as plain values, whatever it holds."""

from __future__ import annotations

import json
import re
from typing import Any, Final, TypeAlias

from sitegen.authoring.refusals import Refused

# What `json` gives; a list or group is looked into only after asking what it is.
Json: TypeAlias = Any

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def read_json(path: str, text: str) -> Json:
    """Return what a text in JSON holds; refuse what is none, with its place."""
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as fault:
        where = f"{path}:{fault.lineno}:{fault.colno}"
        raise Refused(f"{where}: this is no JSON: {fault.msg.lower()}", _WAY_OUT) from fault
    except ValueError as fault:  # a number of thousands of digits
        raise Refused(f"{path}: this JSON holds a number that is too long", _WAY_OUT) from fault
    except RecursionError as fault:
        raise Refused(f"{path}: this JSON is nested too deeply", _WAY_OUT) from fault


_WAY_OUT: Final = "export it again from the program that it comes from"


def words_of(value: Json) -> str:
    """Return a text or number as text without lone surrogates, anything else as nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return _SURROGATE.sub("\ufffd", str(value)).strip()


def many(value: Json) -> list[Json]:
    """Return a list as it is, nothing as none, and a single value as a list of it."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def field(value: Json, name: str) -> Json:
    """Return a field of a group, None where there is none."""
    return value.get(name) if isinstance(value, dict) else None
