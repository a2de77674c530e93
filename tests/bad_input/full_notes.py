"""A project in which every field of every kind of note is written, made from the models.

Each kind has two notes: `a` with all its fields, whose words are all the same, and `b` with those
that must be there. What names a note names `b`. The article holds the words three times, so that
`prefix` and `suffix` tell the one in the middle from the others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sitegen.faults.found import parts_of
from sitegen.kinds import Kind
from sitegen.note_models import MODELS
from sitegen.notes import SiteSettings

Written: TypeAlias = "str | list[Written] | dict[str, Written]"

# Fields whose values must fit something else.
_FITTING: Final[Mapping[str, Written]] = {
    "draft": "false",
    "rights": "full",
    "url": "https://example.org/a",
    "archived_url": "https://example.org/b",
    "base_url": "https://example.org/",
    "wikidata": "Q7",
    "language": "en",
    "latitude": "51.5",
    "longitude": "-0.5",
    "order": "1",
    "max_quoted_share": "100",
    "member_of": ["b"],
    "origins": ["actor:b"],
    "rule": "unknown-name",
}
_LEFT_OUT: Final = frozenset({"sha256", "min", "max"})  # the text's own, and instead of `value`


def full_project(words: str) -> dict[str, str]:
    """Return the files of a project with `words` in every field that takes words."""
    files = {"content/site.yaml": as_yaml(full_note(SiteSettings, words))}
    for kind, model in MODELS.items():
        for name, note in (("a", full_note(model, words)), ("b", bare_note(model))):
            if "aliases" in note:
                note["aliases"] = [f"former-{kind}"]
            if kind is Kind.SOURCE:
                note["text"] = "article.txt"
            if kind is Kind.PAGE:
                body = f"{words}\n\n{words}\n"
                files[f"content/pages/{name}.md"] = f"---\n{as_yaml(note)}---\n{body}"
            else:
                files[f"content/{kind}s/{name}.yaml"] = as_yaml(note)
    files["seeds/article.txt"] = f"{words} {words} {words}\n\nIt rained on Monday.\n"
    return files


def full_note(model: type[BaseModel], words: str) -> dict[str, Written]:
    """Return a note or a group of fields with everything that its model knows."""
    return {
        name: _value(name, info, words) for name, info in _fields(model) if name not in _LEFT_OUT
    }


def bare_note(model: type[BaseModel]) -> dict[str, Written]:
    """Return a note with nothing but what must be there."""
    needed = [name for name, info in _fields(model) if info.is_required()]
    note: dict[str, Written] = dict.fromkeys(needed, f"Some plain {model.__name__}")
    if "date" in note:
        note["date"] = "2024-06-17"
    if "evidence" in note:
        note["evidence"] = [{"source": "b", "quote": "It rained on Monday"}]
    return note


def as_yaml(note: Mapping[str, Written]) -> str:
    """Return fields as YAML, each value as JSON, which is YAML too and escapes what it must."""
    return "".join(f"{name}: {json.dumps(value)}\n" for name, value in note.items())


def _fields(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    return [(info.alias or name, info) for name, info in model.model_fields.items()]


def _value(name: str, info: FieldInfo, words: str) -> Written:
    is_list = "tuple" in str(info.annotation)
    group = parts_of(info)
    if name in _FITTING:
        return _FITTING[name]
    one: Written = full_note(group, words) if group else _one(info, words)
    return [one] if is_list else one


def _one(info: FieldInfo, words: str) -> Written:
    written = f"{info.annotation} {info.metadata}"
    if choices := _choices(info.annotation):
        return choices[0]
    if "pages?" in written:
        return "claims/b"
    if "{1,80}" in written:
        return "b"
    if "FuzzyDate" in written:
        return "2024-06-17"
    return "1" if float in (info.annotation, *get_args(info.annotation)) else words


def _choices(annotation: object) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    return next(filter(None, map(_choices, get_args(annotation))), ())
