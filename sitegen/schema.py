"""From plain data to validated notes, and from the models to JSON Schemas.

The validation library finds the faults; this module says them in words an author can act on, at
the place where they stand. It knows no files and no links between notes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sitegen.diagnostics import Diagnostic, did_you_mean, error
from sitegen.model import Kind
from sitegen.notes import (
    Actor,
    Claim,
    Correction,
    Event,
    FrontMatter,
    Measure,
    Note,
    Place,
    Question,
    SiteSettings,
    Source,
    models_in,
)
from sitegen.yaml_nodes import Data, FieldPath, Places

M = TypeVar("M", bound=BaseModel)

MODELS: Final[Mapping[Kind, type[Note]]] = {
    Kind.SOURCE: Source,
    Kind.CLAIM: Claim,
    Kind.EVENT: Event,
    Kind.ACTOR: Actor,
    Kind.PLACE: Place,
    Kind.QUESTION: Question,
    Kind.MEASURE: Measure,
    Kind.CORRECTION: Correction,
    Kind.PAGE: FrontMatter,
}

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

_PATTERN_HELP: Final[tuple[tuple[str, str, str], ...]] = (
    # how the pattern begins, what the text is not, what to do
    ("^[a-z0-9-]", "an id", "ids have lower-case ASCII letters, digits and hyphens, at most 80"),
    ("^((actor|source)", "an id", "write the id of an actor or of a source"),
    ("^(sources?|", "the address of a note", "write kind/id, as in claims/my-claim"),
    ("^https?", "a web address", "write a full address that begins with https://"),
    ("^[0-9a-f]{64}", "a SHA-256", "write 64 hexadecimal digits, as sha256sum prints them"),
    ("^Q[1-9]", "a Wikidata id", "write it as in Q7747"),
    ("^[A-Za-z]{2,8}(-", "a language tag", "write a BCP 47 tag such as en, ko or zh-Hans"),
)


def validate(
    model: type[M], data: Mapping[str, Data], places: Places
) -> M | tuple[Diagnostic, ...]:
    """Return the validated model, or what keeps the data from being one.

    `data` holds scalars as text, `None` for a field that is written but empty; an empty field
    counts as absent.
    """
    try:
        return model.model_validate(_without_empty_fields(dict(data)))
    except ValidationError as invalid:
        return tuple(_diagnose(model, each, places) for each in invalid.errors(include_url=False))


def _without_empty_fields(data: Data) -> Data:
    if isinstance(data, dict):
        return {
            key: _without_empty_fields(value) for key, value in data.items() if value is not None
        }
    if isinstance(data, list):
        return [_without_empty_fields(value) for value in data]
    return data


def _diagnose(model: type[BaseModel], fault: ErrorDetails, places: Places) -> Diagnostic:
    """Say in an author's words what the validation library found."""
    path: FieldPath = tuple(fault["loc"])
    kind = fault["type"]
    if kind == "missing":
        return _missing(model, path, places)
    if kind == "extra_forbidden":
        known = _field_names(_model_at(model, path[:-1]))
        hint = did_you_mean(str(path[-1]), known) or f"known here: {', '.join(known)}"
        return error("unknown-field", places.at_key(*path), f'unknown field "{path[-1]}"', hint)
    rule, message, hint = _FAULTS.get(kind, _other)(fault)
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    return error(rule, places.at(*path), f"{name}: {message}" if name else message, hint)


def _missing(model: type[BaseModel], path: FieldPath, places: Places) -> Diagnostic:
    name = str(path[-1])
    field = _model_at(model, path[:-1]).model_fields.get(name)
    meaning = (field.description or "") if field else ""
    return error(
        "missing-field",
        places.at(*path),
        f'the field "{name}" is missing or empty',
        f"add `{name}: …`  ({meaning.rstrip('.')})" if meaning else f"add `{name}: …`",
    )


def _literal(fault: ErrorDetails) -> tuple[str, str, str]:
    written = str(fault["input"])
    allowed = [
        word.strip("'") for word in fault["ctx"]["expected"].replace(" or ", ", ").split(", ")
    ]
    if not isinstance(fault["input"], str):
        return _wrong_shape("one word")(fault)
    hint = did_you_mean(written, allowed) or did_you_mean(written.lower(), allowed)
    listed = f"one of: {', '.join(allowed)}"
    return (
        "invalid-value",
        f'"{written}" is none of the words that may stand here',
        f"{hint} ({listed})" if hint else listed,
    )


def _pattern(fault: ErrorDetails) -> tuple[str, str, str]:
    pattern = fault["ctx"]["pattern"]
    for begins, what, hint in _PATTERN_HELP:
        if pattern.startswith(begins):
            return "invalid-value", f'"{_shorten(fault["input"])}" is not {what}', hint
    return _other(fault)


def _date(fault: ErrorDetails) -> tuple[str, str, str]:
    return "invalid-date", fault["ctx"]["reason"], fault["ctx"]["help"]


def _custom(fault: ErrorDetails) -> tuple[str, str, str]:
    return "invalid-value", fault["msg"], fault["ctx"]["help"]


def _number(fault: ErrorDetails) -> tuple[str, str, str]:
    if not isinstance(fault["input"], str):
        return _wrong_shape("a number")(fault)
    plain = fault["input"].replace(",", "").replace(" ", "").replace("_", "")
    is_number = plain.replace(".", "", 1).lstrip("-").isdigit()
    hint = f"write {plain}" if is_number else "write digits only; words belong in `wording`"
    return "invalid-value", f'"{_shorten(fault["input"])}" is not a number', hint


def _boolean(_: ErrorDetails) -> tuple[str, str, str]:
    return "invalid-value", "this is neither true nor false", "write true or false"


def _empty(_: ErrorDetails) -> tuple[str, str, str]:
    return "missing-field", "this is empty", "write something here, or take the field out"


def _other(fault: ErrorDetails) -> tuple[str, str, str]:
    message = fault["msg"][:1].lower() + fault["msg"][1:]
    return "invalid-value", message, "see the JSON Schema that `sitegen schema` writes"


def _wrong_shape(expected: str) -> Callable[[ErrorDetails], tuple[str, str, str]]:
    def say(fault: ErrorDetails) -> tuple[str, str, str]:
        value = fault["input"]
        if value is None:
            return _empty(fault)
        shape = (
            "a list" if isinstance(value, list | tuple)
            else "a group of fields" if isinstance(value, dict)
            else "one value"
        )  # fmt: skip
        hint = f"write {expected}"
        if expected == "a list" and isinstance(value, str):
            hint = f"write [{_shorten(value)}], or one entry a line after a hyphen"
        return "wrong-type", f"{shape} stands where {expected} is expected", hint

    return say


_FAULTS: Final[Mapping[str, Callable[[ErrorDetails], tuple[str, str, str]]]] = {
    "literal_error": _literal,
    "string_pattern_mismatch": _pattern,
    "invalid_date": _date,
    "no_number": _custom,
    "value_and_range": _custom,
    "range_reversed": _custom,
    "half_a_position": _custom,
    "float_parsing": _number,
    "int_parsing": _number,
    "finite_number": _number,
    "float_type": _number,
    "int_type": _number,
    "bool_parsing": _boolean,
    "bool_type": _boolean,
    "string_too_short": _empty,
    "too_short": _empty,
    "string_type": _wrong_shape("text"),
    "tuple_type": _wrong_shape("a list"),
    "model_type": _wrong_shape("a group of fields"),
    "model_attributes_type": _wrong_shape("a group of fields"),
}


def _shorten(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _field_names(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_at(model: type[BaseModel], path: FieldPath) -> type[BaseModel]:
    """Return the model that describes the value at a path below `model`."""
    for step in path:
        if isinstance(step, int):
            continue
        field = model.model_fields.get(step)
        model = next(models_in(field.annotation), model) if field else model
    return model


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
