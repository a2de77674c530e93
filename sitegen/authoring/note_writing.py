"""A note's fields as the text of its file: block style, words folded, nothing lost.

What was written is read back and compared, so that what a note says is what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from sitegen.authoring.note_text import scalar
from sitegen.authoring.refusals import Refused
from sitegen.kinds import Kind
from sitegen.yaml_nodes import Data, read_yaml

_STEP: Final = 2
_SIMPLE_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def field_lines(name: str, value: Data, indent: int = 0) -> list[str]:
    """Return a field as lines of YAML; its key begins at the column `indent`.

    The scalars of `value` are text or None; a list or group that is empty is written as such.
    """
    lead = f"{' ' * indent}{name}:"
    if value is None:
        return [lead]
    if isinstance(value, str):
        return f"{lead} {_words(value, indent, len(lead) + 1)}".split("\n")
    if not value:
        return [f"{lead} {'{}' if isinstance(value, dict) else '[]'}"]
    return [lead, *_inner(value, indent + _STEP)]


def note_text(kind: Kind, data: Mapping[str, Data], body: str = "") -> str:
    """Return the text of a note's file; `body` is what stands below a page's front matter.

    Raises Refused where a field's words cannot stand in any YAML: an invisible character.
    """
    lines = [line for name, value in data.items() for line in field_lines(name, value)]
    text = "".join(f"{line}\n" for line in lines)
    found, faults = read_yaml("", text)
    if faults or found != dict(data):
        fault = faults[0].message if faults else "they cannot be written as YAML"
        raise Refused(f"the fields of a note cannot be written: {fault}")
    return f"---\n{text}---\n{body}" if kind is Kind.PAGE else text


def _inner(value: list[Data] | dict[str, Data], indent: int) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from field_lines(_key(name), inner, indent)
        return
    for entry in value:
        # An entry is a field without a name: its hyphen stands where a group's key would.
        if isinstance(entry, dict) and entry:
            first, *rest = _inner(entry, indent + _STEP)
            yield f"{' ' * indent}- {first.lstrip()}"
            yield from rest
        else:
            words = _words(entry or "", indent, indent + _STEP) if isinstance(entry, str) else "~"
            yield from f"{' ' * indent}- {words}".split("\n")


def _key(name: str) -> str:
    return name if _SIMPLE_KEY.fullmatch(name) else scalar(name, 0)


def _words(words: str, indent: int, used: int) -> str:
    """Return words as a value; those of several lines as a block that keeps them, if one can."""
    if "\n" not in words:
        return scalar(words, indent, used=used)
    sign = "|" if words.endswith("\n") and not words.endswith("\n\n") else "|-"
    lines = words.removesuffix("\n").split("\n") if sign == "|" else words.split("\n")
    column = " " * (indent + _STEP)
    block = "\n".join([sign, *(f"{column}{line}" if line else "" for line in lines)])
    data, faults = read_yaml("", f"{' ' * indent}key: {block}\n")
    return block if not faults and data == {"key": words} else scalar(words, indent, used=used)
