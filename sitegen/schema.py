"""From plain data to validated notes, and from the models to JSON Schemas.

The validation library finds the faults, `faults` has the words for them, and here they get the
place where they stand. Nothing here knows files or links between notes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any, Final, TypeVar

from msgspec import structs
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sitegen.diagnostics import Diagnostic, Location, error
from sitegen.faults.fields import fields_meant, missing_field, unknown_field
from sitegen.faults.found import Words, field_names, model_at
from sitegen.faults.usable import Usable, is_echo
from sitegen.faults.wording import explain
from sitegen.kinds import Kind
from sitegen.note_models import MODELS
from sitegen.note_parts import models_in
from sitegen.notes import SiteSettings
from sitegen.yaml_nodes import Data, FieldPath, Locations, value_at

M = TypeVar("M", bound=BaseModel)

RULES: Final[Mapping[str, str]] = {
    "missing-field": "A field that every such note needs is missing or empty. Write it.",
    "unknown-field": (
        "A field has a name that this kind of note does not know, so its content would be lost. "
        "Correct the name; the report gives the nearest known one."
    ),
    "invalid-value": (
        "A field holds something that cannot stand there: a word outside a closed list, a number "
        "with separators, an address or an id of the wrong form. The report says what may stand."
    ),
    "wrong-type": (
        "A list stands where one value is expected, or one value where a list or a group of "
        "fields is. Change the shape; the report says which one is expected."
    ),
    "invalid-date": (
        "A date is not in the Extended Date/Time Format (EDTF, ISO 8601-2), or does not exist. "
        "Write 2024-06-19, 2024-06, 2024, 2024-06~ (about), 2024-10/2024-11 and the like."
    ),
}


def validate(
    model: type[M], data: Mapping[str, Data], locations: Locations
) -> tuple[M | None, tuple[Diagnostic, ...]]:
    """Return the validated model, and what is wrong with the data.

    `data` holds scalars as text, `None` for a field that is written but empty; that counts as
    absent unless nothing has a field of this name. Of faulty data the model is what
    `validate_in_part` returns.
    """
    note, diagnostics, _ = validate_in_part(model, data, locations)
    return note, diagnostics


def validate_in_part(
    model: type[M], data: Mapping[str, Data], locations: Locations
) -> tuple[M | None, tuple[Diagnostic, ...], Locations]:
    """Return what `validate` does, and the places of the fields that the model has.

    Of faulty data the model holds what can be used, so that more mistakes can be found in it: lists
    without their faulty entries, a needed field from under the wrong name that it has, and where
    there is none, something that stands in for it. It is None where that might be a draft.
    """
    written: Data = dict(data)
    note, faults = _validated(model, without_empty_fields(written))
    if not faults:
        return note, (), locations
    diagnostics = [*_diagnose_all(model, faults, written, locations)]
    usable = Usable(model, without_empty_fields(written))
    while faults and usable.take_out(faults):
        note, faults = _validated(model, usable.data)
        locations = structs.replace(locations, moved=usable.moved)
        own = [each for each in faults if not usable.is_made(each)]
        diagnostics += _diagnose_all(model, own, usable.data, locations)
    return note and usable.less_stand_ins(note), tuple(diagnostics), locations


def validate_sound(model: type[M], data: Mapping[str, Data]) -> M | None:
    """Return the validated model, or None unless nothing is wrong with the data.

    `data` is that of `validate`, without any field that is empty.
    """
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _validated(model: type[M], data: Data) -> tuple[M | None, list[ErrorDetails]]:
    try:
        return model.model_validate(data), []
    except ValidationError as invalid:
        return None, invalid.errors(include_url=False)


def without_empty_fields(data: Data) -> Data:
    """Return data without known fields that are written but empty, at any depth.

    What is no field of anything stays: its name may be the rest of a value that a comma has ended.
    """
    if isinstance(data, dict):
        return {
            key: without_empty_fields(value)
            for key, value in data.items()
            if value is not None or key not in _every_field_name()
        }
    if isinstance(data, list):
        return [without_empty_fields(value) for value in data]
    return data


@cache
def _every_field_name() -> frozenset[str]:
    """Return the names of all fields, on whatever level of whatever file."""
    left: list[type[BaseModel]] = [SiteSettings, *MODELS.values()]
    found: set[str] = set()
    while left:
        model = left.pop()
        found.update(field_names(model))
        left += chain.from_iterable(
            models_in(each.annotation) for each in model.model_fields.values()
        )
    return frozenset(found)


def _accounted_for(
    model: type[BaseModel], data: Data, faults: Iterable[ErrorDetails]
) -> set[FieldPath]:
    """Return the missing fields that are there under a wrong name, which is one mistake, not two.

    Where a group has no field that is known, its own shape is the mistake: none is missing.
    """
    unknown: dict[FieldPath, list[str]] = defaultdict(list)
    for each in faults:
        if each["type"] == "extra_forbidden":
            unknown[each["loc"][:-1]].append(str(each["loc"][-1]))
    found: set[FieldPath] = set()
    for parent, names in unknown.items():
        written = value_at(data, parent)
        is_alien = bool(parent) and isinstance(written, dict) and len(names) == len(written)
        for name in names:
            meant = field_names(model_at(model, parent)) if is_alien else ()
            found |= {(*parent, field) for field in meant}
            found |= {(*parent, field) for field in fields_meant(model, (*parent, name))}
    return found


def _diagnose_all(
    model: type[BaseModel], faults: Sequence[ErrorDetails], data: Data, locations: Locations
) -> Iterator[Diagnostic]:
    accounted = _accounted_for(model, data, faults)
    for each in faults:
        if not (each["type"] == "missing" and each["loc"] in accounted) and not is_echo(each):
            yield _diagnose(model, each, data, locations)


def _diagnose(
    model: type[BaseModel], fault: ErrorDetails, data: Data, locations: Locations
) -> Diagnostic:
    """Say in an author's words, at its place, what the validation library found."""
    path: FieldPath = fault["loc"]
    if fault["type"] == "missing":
        parent = value_at(data, path[:-1])
        is_written = isinstance(parent, dict) and path[-1] in parent
        return error(
            *_placed(missing_field(model, path, is_written=is_written), locations.at(*path))
        )
    if fault["type"] == "extra_forbidden":
        beside = value_at(data, path[:-1])
        written = beside if isinstance(beside, dict) else {}
        words = unknown_field(model, path, value_at(data, path), written)
        return error(*_placed(words, locations.at_key(*path)))
    field = fault.get("ctx", {}).get("field")
    at = locations.at(*path, field) if field else locations.at(*path)
    return error(*_placed(explain(model, fault), at))


def _placed(words: Words, at: Location) -> tuple[str, Location, str, str]:
    return words.rule, at, words.message, words.help


def json_schema(kind: Kind | None) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one kind of note, or of `site.yaml` for None."""
    model = SiteSettings if kind is None else MODELS[kind]
    schema = model.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_files() -> dict[str, bytes]:
    """Return a JSON Schema per kind of note, by file name (`claim.schema.json` …)."""
    kinds: tuple[Kind | None, ...] = (None, *Kind)
    return {
        f"{kind or 'site'}.schema.json": json.dumps(
            json_schema(kind), ensure_ascii=False, indent=2
        ).encode()
        + b"\n"
        for kind in kinds
    }
