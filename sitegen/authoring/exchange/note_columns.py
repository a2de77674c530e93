"""The columns of a table of notes: a field's name, or the way to it, as in `evidence.1.quote`.

Entries of a list are counted from 1. A list of plain values may stand in one column, its values
apart by semicolons.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from pydantic import BaseModel

from sitegen.diagnostics import did_you_mean
from sitegen.faults.found import field_at, field_names, parts_of
from sitegen.kinds import Kind
from sitegen.note_models import MODELS
from sitegen.notes import Page
from sitegen.yaml_nodes import FieldPath

MOST_ENTRIES = 100_000
"""How many entries of a list a table may have."""


class Column(Struct, frozen=True):
    """A column: its name, the path of its field, and whether it holds a whole list."""

    name: str
    path: FieldPath
    is_list: bool


class WrongColumn(Struct, frozen=True):
    """A column that no such note has, why, and what may be meant."""

    name: str
    message: str
    help: str


def model_of(kind: Kind) -> type[BaseModel]:
    """Return the model whose fields are a table's columns; of a page it has the body too."""
    return Page if kind is Kind.PAGE else MODELS[kind]


def column_of(kind: Kind, name: str) -> Column | WrongColumn:
    """Return the column that a name means for notes of a kind."""
    model = model_of(kind)
    path: list[str | int] = []
    for step in name.split("."):
        if _is_entry(model, path, step):
            number = int(step)
            if not 1 <= number <= MOST_ENTRIES:
                return _wrong(name, f"entries are counted from 1 to {MOST_ENTRIES:,}")
            path.append(number - 1)
        else:
            group = _group_at(model, path)
            if group is None:
                return _wrong(name, f'"{_written(path)}" has no parts', f"write {_written(path)}")
            if step not in field_names(group):
                return _unknown(name, group, step, path)
            path.append(step)
    return _ended(model, name, tuple(path))


def column_name(path: FieldPath) -> str:
    """Return the name of a field's column."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def _ended(model: type[BaseModel], name: str, path: FieldPath) -> Column | WrongColumn:
    """Return the column, if what stands at the path's end is a value or a list of values."""
    group = parts_of(field_at(model, path))
    if group is not None:
        lead = "" if not _holds_list(model, path) else ".1"
        example = f"write {name}{lead}.{field_names(group)[0]}, and a column for each part"
        return _wrong(name, f'"{name}" holds groups of fields', example)
    return Column(name, path, _holds_list(model, path))


def _is_entry(model: type[BaseModel], path: list[str | int], step: str) -> bool:
    """Tell whether a step is the number of an entry of the list before it."""
    return step.isascii() and step.isdigit() and len(step) < 9 and _holds_list(model, tuple(path))


def _holds_list(model: type[BaseModel], path: FieldPath) -> bool:
    """Tell whether a list stands at a path; an entry of a list is none itself."""
    if not path or isinstance(path[-1], int):
        return False
    info = field_at(model, path)
    return info is not None and "tuple" in str(info.annotation)


def _group_at(model: type[BaseModel], path: list[str | int]) -> type[BaseModel] | None:
    """Return the group of fields that stands at a path; None for a value or a list."""
    if not path:
        return model
    if _holds_list(model, tuple(path)):
        return None
    return parts_of(field_at(model, tuple(path)))


def _unknown(
    name: str, group: type[BaseModel], step: str, path: Iterable[str | int]
) -> WrongColumn:
    names = field_names(group)
    help_ = did_you_mean(step, names) or f"the fields are: {', '.join(names)}"
    where = _written(path)
    return _wrong(name, f'there is no field "{step}"{f" in {where}" if where else ""}', help_)


def _wrong(name: str, message: str, help_: str = "") -> WrongColumn:
    return WrongColumn(name, message, help_)


def _written(path: Iterable[str | int]) -> str:
    return column_name(tuple(path))
