"""Fields that are missing, and fields that nobody knows where they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from pydantic import BaseModel

from sitegen.diagnostics import did_you_mean
from sitegen.faults.found import (
    Words,
    choices,
    field_at,
    field_names,
    field_of,
    model_at,
    parts_of,
    shorten,
)
from sitegen.faults.shapes import say_fields
from sitegen.yaml_nodes import Data, FieldPath

# What authors write for a field, and the fields that they may mean by it, nearest first. Spelling
# mistakes need no entry.
_SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "claim": ("statement",),
    "date": ("published",),
    "description": ("summary", "definition"),
    "headline": ("title",),
    "lat": ("latitude",),
    "link": ("url",),
    "location": ("places",),
    "lon": ("longitude",),
    "name": ("title", "statement", "question"),
    "people": ("actors",),
    "title": ("name", "statement", "question"),
    "type": ("kind",),
}


def missing_field(root: type[BaseModel], path: FieldPath, *, is_written: bool) -> Words:
    """Return what to say of a field that must be there; `is_written` where only its key is."""
    name, info = str(path[-1]), field_at(root, path)
    meaning = (info.description or "").rstrip(".") if info else ""
    parts = parts_of(info)
    if parts:
        what = f"write below `{name}:` an entry with {say_fields(parts)}"
    else:
        what = f"write `{name}: …`"
    return Words(
        "missing-field",
        f'the field "{name}" is {"empty" if is_written else "missing"}',
        f"{what} ({meaning[:1].lower()}{meaning[1:]})" if meaning else what,
    )


def unknown_field(
    root: type[BaseModel], path: FieldPath, written: Data, beside: Collection[str] = ()
) -> Words:
    """Return what to say of a field whose name means nothing where it stands.

    `beside` are the fields that are written next to it.
    """
    name, known = str(path[-1]), field_names(model_at(root, path[:-1]))
    return Words(
        "unknown-field",
        f'unknown field "{shorten(name)}"',
        _needed_instead(root, path[:-1], name, beside)
        or _meant(root, path[:-1], name, written)
        or did_you_mean(name, known)
        or f"known here: {', '.join(known)}",
    )


def fields_meant(root: type[BaseModel], path: FieldPath) -> frozenset[str]:
    """Return the fields beside an unknown one that are no longer missing once it is mended."""
    name, model = str(path[-1]), model_at(root, path[:-1])
    known = field_names(model)
    if _field_with_word(model, name):
        return frozenset(known)
    also = {*_homes(model, name), *_SYNONYMS.get(name, ())}
    return frozenset(
        each for each in known if each in also or f'"{each}"' in did_you_mean(name, known)
    )


def _needed_instead(
    root: type[BaseModel], parent: FieldPath, name: str, beside: Collection[str]
) -> str | None:
    """Return the field that a note must have, is not there, and may be meant by this name."""
    for each in () if parent else _SYNONYMS.get(name, ()):
        info = field_of(root, each)
        if info and info.is_required() and each not in beside:
            return f'did you mean "{each}"?'
    return None


def _meant(root: type[BaseModel], parent: FieldPath, name: str, written: Data) -> str | None:
    """Return what to do with a field that is known elsewhere, or under another name."""
    model = model_at(root, parent)
    known = field_names(model)
    if name == "id" and not parent:
        return "take it out: the id of a note is the name of its file"
    if field := _field_with_word(model, name):
        rest = f" and `claim: {shorten(written)}`" if _is_claim(model, written) else ""
        return f"write `{field}: {name}`{rest}"
    if homes := _homes(model, name):
        return f"it belongs below {' or '.join(f'`{home}`' for home in homes)}"
    if synonym := next((each for each in _SYNONYMS.get(name, ()) if each in known), None):
        return f'did you mean "{synonym}"?'
    if parent and name in field_names(root):
        return f"it belongs to the note itself, not below `{parent[0]}`"
    return None


def _field_with_word(model: type[BaseModel], word: str) -> str | None:
    """Return the field of which a word is one of the possible values."""
    return next((name for name in field_names(model) if word in choices(model, name)), None)


def _is_claim(model: type[BaseModel], written: Data) -> bool:
    """Tell whether the value of `contradicts: other-claim` is the claim that is meant."""
    return "claim" in model.model_fields and isinstance(written, str)


def _homes(model: type[BaseModel], name: str) -> list[str]:
    """Return the fields of a model whose own parts have a field of this name."""
    homes = []
    for field in field_names(model):
        parts = parts_of(field_of(model, field))
        if parts and field != "allow" and name in field_names(parts):
            homes.append(field)
    return homes
