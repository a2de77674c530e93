"""Notes as the YAML that an author would write: plain words bare, prose in blocks.

A general YAML writer would take longer over a large corpus than the build that is to be timed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

Fields = dict[str, object]

_BARE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+|\d{4}-\d\d(-\d\d)?[?~]?|[A-Z][a-z]+( [a-z]{2,})+")


def note_as_yaml(note: Mapping[str, object]) -> str:
    """Return a note as YAML; empty lists, texts and groups are left out."""
    return "".join(f"{line}\n" for line in _mapping(note))


def page_as_markdown(matter: Mapping[str, object], body: str) -> str:
    """Return a page: its front matter between two rules, then its Markdown."""
    return f"---\n{note_as_yaml(matter)}---\n\n{body}"


def _mapping(fields: Mapping[str, object]) -> Iterator[str]:
    """Yield the lines of a mapping that begins in the first column."""
    for key, value in fields.items():
        if value in ("", [], {}, ()):
            continue
        if isinstance(value, Mapping):
            yield f"{key}:"
            yield from (f"  {line}" for line in _mapping(value))
        elif isinstance(value, str) and "\n" in value:
            yield f"{key}: |"
            yield from (f"  {line}" if line else "" for line in value.rstrip("\n").split("\n"))
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from _sequence(key, value)
        else:
            yield f"{key}: {_scalar(value)}"


def _sequence(key: str, values: Sequence[object]) -> Iterator[str]:
    """Yield the lines of a list: groups one below the other, single words in brackets."""
    if not any(isinstance(value, Mapping) for value in values):
        yield f"{key}: [{', '.join(_scalar(value) for value in values)}]"
        return
    yield f"{key}:"
    for value in values:
        assert isinstance(value, Mapping), "a list holds groups or words, not both"
        first, *rest = _mapping(value)
        yield f"  - {first}"
        yield from (f"    {line}" if line else "" for line in rest)


def _scalar(value: object) -> str:
    """Return one value on one line; what YAML could take for something else is quoted."""
    text = str(value)
    if isinstance(value, str) and not _BARE.fullmatch(text):
        return json.dumps(text, ensure_ascii=False)
    return text
