"""Fields that are missing, and fields that nobody knows where they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, lru_cache
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
from sitegen.note_models import MODELS
from sitegen.notes import Note
from sitegen.yaml_nodes import Data, FieldPath

_MUCH_LIKE: Final = 0.75  # of 1: from here on a name at another level may be meant
_SURELY_LIKE: Final = 0.85  # and from here on surely no field of other notes

_CUT_OFF: Final = (
    "if this is the rest of the value before it, put that value in quotes: in {…} a comma ends it"
)
_CUT_NUMBER: Final = (
    "if this is the rest of the number before it, write that without separators: in {…} a comma "
    "ends it"
)

_Ways = tuple[tuple[str, ...], ...]
"""Names of fields, each below the one before, as (("evidence", "translation"),)."""

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
    name = str(path[-1])
    return Words(
        "unknown-field",
        f'unknown field "{shorten(name)}"',
        _way_out(root, path[:-1], name, written, beside),
    )


def fields_meant(root: type[BaseModel], path: FieldPath) -> frozenset[str]:
    """Return the fields beside an unknown one that are no longer missing once it is mended."""
    name, model = str(path[-1]), model_at(root, path[:-1])
    known = field_names(model)
    also: set[str] = set()
    for each in _spellings(name):
        if each in known:
            return frozenset({each})
        if _field_with_word(model, each):
            return frozenset(known)
        also |= {*(home[0] for home in _homes(model, each)), *_SYNONYMS.get(each, ())}
    if near := _nearest_elsewhere(root, path[:-1], name):
        also |= {home[0] for home in _homes(model, near)}
    alike = "" if near else _alike_here(root, known, name)
    return frozenset(each for each in known if each in also or f'"{each}"' in alike)


def _way_out(
    root: type[BaseModel], parent: FieldPath, name: str, written: Data, beside: Collection[str]
) -> str:
    """Return what to do: first what the very letters may mean, then what is spelt much like it."""
    known = field_names(model_at(root, parent))
    if written is None and (rest := _rest_of_value(name)):
        return rest
    for each in _spellings(name):
        if each in known:
            return f'did you mean "{each}"?'
        if meant := _needed_instead(root, parent, each, beside) or _meant(
            root, parent, each, written
        ):
            return meant
        if where := _elsewhere(root, parent, each):
            return _belongs(each, where, name)
    if near := _nearest_elsewhere(root, parent, name):
        return _belongs(near, f"{_elsewhere(root, parent, near)}", name)
    belongs = filter(None, [_in_other_notes(root, name), f"known here: {', '.join(known)}"])
    return _alike_here(root, known, name) or "; ".join(belongs)


def _rest_of_value(name: str) -> str:
    """Return what to do with a name that is no field's, but may be the rest of a value."""
    if " " in name:
        return _CUT_OFF
    return _CUT_NUMBER if name.replace(".", "").isdecimal() else ""


def _belongs(field: str, where: str, name: str) -> str:
    return f"it belongs {where}" if field == name else f'did you mean "{field}"? It belongs {where}'


def _alike_here(root: type[BaseModel], known: Sequence[str], name: str) -> str:
    """Return the question whether a field is meant that is spelt like this.

    Empty where there is none, or the name is that of a field in other notes and not much like any.
    """
    is_like = get_close_matches(name.lower(), known, n=1, cutoff=_SURELY_LIKE)
    return did_you_mean(name, known) if is_like or not _in_other_notes(root, name) else ""


def _spellings(name: str) -> tuple[str, ...]:
    """Return a name, and as it would be with small letters and as field names are joined."""
    small = name.lower()
    return tuple(dict.fromkeys((name, small, small.replace("-", "_").replace(" ", "_"))))


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
    """Return what to do with a name that means something other than a field."""
    model = model_at(root, parent)
    if name == "id" and not parent:
        return "take it out: the id of a note is the name of its file"
    if field := _field_with_word(model, name):
        rest = f" and `claim: {shorten(written)}`" if _is_claim(model, written) else ""
        return f"write `{field}: {name}`{rest}"
    if _homes(model, name):
        return None
    known = field_names(model)
    if synonym := next((each for each in _SYNONYMS.get(name, ()) if each in known), None):
        return f'did you mean "{synonym}"?'
    return None


def _elsewhere(root: type[BaseModel], parent: FieldPath, name: str) -> str | None:
    """Return where a field of this name belongs, if it is one at another level of the note."""
    if homes := _homes(model_at(root, parent), name):
        return _below(homes)
    if not parent:
        return None
    if name in field_names(root):
        return f"to the note itself, not below `{parent[0]}`"
    if homes := tuple(each for each in _homes(root, name) if each[0] != parent[0]):
        return f"{_below(homes)}, not below `{parent[0]}`"
    return None


def _in_other_notes(root: type[BaseModel], name: str) -> str:
    """Return to which other kinds of note a field of this name belongs, however it is spelt."""
    if not issubclass(root, Note):
        return ""
    return next(filter(None, map(_said_of_notes, _spellings(name))), "")


@lru_cache(maxsize=1 << 10)
def _said_of_notes(name: str) -> str:
    homes = {
        kind.plural: ((),) if name in field_names(model) else _homes(model, name)
        for kind, model in MODELS.items()
    }
    found = {kind: ways for kind, ways in homes.items() if ways}
    if not found:
        return ""
    *others, last = found
    kinds = f"{', '.join(others)} and {last}" if others else last
    ways = found[last]
    is_one_way = all(each == ways for each in found.values()) and ways != ((),)
    return f"it belongs to {kinds}" + (f", {_below(ways)}" if is_one_way else "")


def _nearest_elsewhere(root: type[BaseModel], parent: FieldPath, name: str) -> str | None:
    """Return the field of another level that a name is much more like than any field here."""
    here = field_names(model_at(root, parent))
    groups = tuple(step for step in parent if isinstance(step, str))
    every = sorted({*here, *_fields_elsewhere(root, groups)})
    nearest = get_close_matches(name.lower(), every, n=1, cutoff=_MUCH_LIKE)
    return nearest[0] if nearest and nearest[0] not in here else None


@cache
def _fields_elsewhere(root: type[BaseModel], parent: tuple[str, ...]) -> tuple[str, ...]:
    every = {*field_names(root), *_homes_below(root)}
    return tuple(each for each in every if _elsewhere(root, parent, each))


def _field_with_word(model: type[BaseModel], word: str) -> str | None:
    """Return the field of which a word is one of the possible values."""
    return next((name for name in field_names(model) if word in choices(model, name)), None)


def _is_claim(model: type[BaseModel], written: Data) -> bool:
    """Tell whether the value of `contradicts: other-claim` is the claim that is meant."""
    return "claim" in model.model_fields and isinstance(written, str)


def _homes(model: type[BaseModel], name: str) -> _Ways:
    """Return the ways to the groups of fields below a model that have a field of this name."""
    return _homes_below(model).get(name, ())


@cache  # a file may hold thousands of fields that nobody knows
def _homes_below(model: type[BaseModel]) -> Mapping[str, _Ways]:
    """Return for each field below a model the ways to its groups: the nearest ones.

    `allow`, which every note may have, is nobody's home.
    """
    groups = {
        field: parts
        for field in field_names(model)
        if field != "allow" and (parts := parts_of(field_of(model, field)))
    }
    near: dict[str, _Ways] = {}
    far: dict[str, _Ways] = {}
    for group, parts in groups.items():
        for name in field_names(parts):
            near[name] = (*near.get(name, ()), (group,))
        for name, ways in _homes_below(parts).items():
            far[name] = (*far.get(name, ()), *((group, *way) for way in ways))
    return far | near


def _below(homes: _Ways) -> str:
    """Return the ways to groups of fields in words, as in "below `translation` of `evidence`"."""
    said = (" of ".join(f"`{each}`" for each in reversed(home)) for home in homes)
    return f"below {' or '.join(said)}"
