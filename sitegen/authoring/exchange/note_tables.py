"""Notes of one kind as a table, a row for each, and back: CSV as spreadsheets write it (RFC 4180).

What a table says is what the notes say: written and read again they are equal. A cell that a
spreadsheet would take for a formula has an apostrophe before it, which is taken off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from sitegen.authoring.exchange.new_notes import NewNote
from sitegen.authoring.exchange.note_columns import (
    Column,
    WrongColumn,
    column_name,
    column_of,
    model_of,
)
from sitegen.authoring.exchange.note_data import data_of_note
from sitegen.authoring.note_files import checked_ref
from sitegen.authoring.note_writing import note_text
from sitegen.authoring.refusals import Refused
from sitegen.diagnostics import Diagnostic, Location, error
from sitegen.faults.found import field_names, field_of, parts_of
from sitegen.kinds import Kind
from sitegen.model import Ref
from sitegen.note_models import MODELS
from sitegen.notes import FrontMatter, Note, Page
from sitegen.schema import validate
from sitegen.yaml_nodes import Data, FieldPath, Locations

_ID: Final = "id"
_BODY: Final = "body"
_APART: Final = ";"
_NO_ENTRIES: Final = "[]"
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_LONGEST_CELL: Final = 100_000_000
_DELIMITERS: Final = (",", ";", "\t")


class _CellLocations(Locations, frozen=True):
    """Places in a table: the line is the row's, the column the number of the field's column."""

    columns: Mapping[FieldPath, int] | None = None

    def at(self, *field: str | int) -> Location:
        """Return the row, and the column of a field, or one beside it in the nearest parent."""
        known = self.columns or {}
        for length in range(len(field), 0, -1):
            beside = [each for each in known if each[:length] == field[:length]]
            if beside or field[:length] in known:
                number = known.get(field[:length]) or min(known[each] for each in beside)
                return Location(self.path, self.first_line, number)
        return Location(self.path, self.first_line, 0)

    def at_key(self, *field: str | int) -> Location:
        """Return the same: a column is its own key."""
        return self.at(*field)


# --- out --------------------------------------------------------------------------------------


def table_of(kind: Kind, notes: Mapping[str, Note]) -> str:
    """Return the notes of one kind, by id, as CSV; only columns that some note uses are there."""
    data = {note_id: data_of_note(note) for note_id, note in notes.items()}
    numbered = set(_lists_to_number(data.values()))
    rows = {note_id: dict(_cells(each, (), numbered)) for note_id, each in data.items()}
    paths = dict.fromkeys(path for row in rows.values() for path in row)
    order = sorted(paths, key=lambda path: _place(kind, path))
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([_ID, *map(column_name, order)])
    for note_id, row in rows.items():
        writer.writerow([note_id, *(_guarded(row.get(path, "")) for path in order)])
    return written.getvalue()


def _cells(
    value: Data, path: FieldPath, numbered: set[FieldPath]
) -> Iterator[tuple[FieldPath, str]]:
    """Yield the cells of a value with their paths."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _cells(inner, (*path, name), numbered)
    elif isinstance(value, list) and not value:
        yield path, _NO_ENTRIES
    elif _is_plain(value) and isinstance(value, list) and _shape(path) not in numbered:
        yield path, f"{_APART} ".join(map(str, value))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _cells(inner, (*path, index), numbered)
    elif value is not None:
        yield path, value


def _lists_to_number(values: Iterable[Data]) -> Iterator[FieldPath]:
    """Yield the lists, by shape, whose values cannot stand in one cell."""
    for value in values:
        yield from _awkward(value, ())


def _awkward(value: Data, path: FieldPath) -> Iterator[FieldPath]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _awkward(inner, (*path, name))
    elif isinstance(value, list):
        if _is_plain(value) and any(_APART in str(each) or each == _NO_ENTRIES for each in value):
            yield _shape(path)
        for index, inner in enumerate(value):
            yield from _awkward(inner, (*path, index))


def _is_plain(value: Data) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _shape(path: FieldPath) -> FieldPath:
    """Return a path without the numbers of entries."""
    return tuple(step for step in path if isinstance(step, str))


def _place(kind: Kind, path: FieldPath) -> tuple[int, ...]:
    """Return what sorts a column to where the model has its field."""
    model, place = model_of(kind), []
    for step in path:
        if isinstance(step, int):
            place.append(step)
        else:
            place.append(field_names(model).index(step))
            model = parts_of(field_of(model, step)) or model
    return tuple(place)


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


# --- in ---------------------------------------------------------------------------------------


def notes_of_table(
    kind: Kind, path: str, text: str
) -> tuple[tuple[NewNote, ...], tuple[Diagnostic, ...]]:
    """Return the notes of a table, and what is wrong with it; `path` is its name in messages.

    A faulty row gives no note. Refuses what is no table.
    """
    rows = list(_rows(path, text))
    if not rows:
        raise Refused(f"{path} is empty", f"its first row names the columns: {_ID}, title …")
    line, names = rows[0]
    columns, faults = _columns(kind, path, line, names)
    if faults:
        return (), faults
    notes: list[NewNote] = []
    found: list[Diagnostic] = []
    for line, cells in rows[1:]:
        if not any(cells):
            continue
        note, wrong = _note_of_row(kind, path, line, columns, cells)
        found += wrong
        notes += [note] if note else []
    return tuple(notes), tuple(found)


def _rows(path: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table, each with the line on which it begins."""
    csv.field_size_limit(_LONGEST_CELL)
    head = re.sub(r'"[^"]*"', "", text.partition("\n")[0])
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as fault:
            help_ = 'a cell with quotation marks is written "so ""to say"", with each one twice'
            raise Refused(f"{path}:{line}: this row is no CSV: {fault}", help_) from fault
        if cells is None:
            return
        yield line, [_bared(each) for each in cells]
        line = reader.line_num + 1


def _bared(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def _columns(
    kind: Kind, path: str, line: int, names: Sequence[str]
) -> tuple[list[Column | None], tuple[Diagnostic, ...]]:
    """Return the columns, None for the one of ids, and what is wrong with their names."""
    columns: list[Column | None] = []
    faults: list[Diagnostic] = []
    seen: set[FieldPath] = set()
    above: set[FieldPath] = set()
    for number, name in enumerate(map(str.strip, names), start=1):
        found = None if name == _ID else column_of(kind, name)
        here = (_ID,) if found is None else getattr(found, "path", (name,))
        at = Location(path, line)
        if isinstance(found, WrongColumn):
            message = f'column {number}, "{name}": {found.message}'
            faults.append(error("unknown-field", at, message, found.help))
        elif here in seen | above or any(here[:length] in seen for length in range(1, len(here))):
            message = f'column {number}, "{name}", gives what another one gives'
            faults.append(error("repeated-key", at, message, "keep one of them"))
        else:
            columns.append(found)
        seen.add(here)
        above |= {here[:length] for length in range(1, len(here))}
    if (_ID,) not in seen:
        help_ = "give every note an id, in a column of this name"
        faults.append(error("missing-field", Location(path, line), 'no column is "id"', help_))
    return columns, tuple(faults)


def _note_of_row(
    kind: Kind, path: str, line: int, columns: Sequence[Column | None], cells: Sequence[str]
) -> tuple[NewNote | None, tuple[Diagnostic, ...]]:
    """Return the note that a row holds, or what is wrong with the row."""
    at = Location(path, line)
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        message = f"this row has {len(cells)} cells, the first row names {len(columns)} columns"
        help_ = "put a cell that holds the sign between cells in quotation marks"
        return None, (error("wrong-type", at, message, help_),)
    note_id, tree, numbers = "", _Tree(), {}
    for number, (column, cell) in enumerate(zip_longest(columns, cells, fillvalue=""), start=1):
        if column is None:
            note_id = str(cell).strip()
        elif isinstance(column, Column) and cell:
            tree.put(column.path, _entries(str(cell)) if column.is_list else str(cell))
            numbers[column.path] = number
    try:
        ref = checked_ref(kind, note_id)
    except Refused as refusal:
        message = f'column "{_ID}": {refusal.message}' if note_id else "this row has no id"
        return None, (error("bad-file-name", at, message, refusal.help),)
    moved: dict[FieldPath, FieldPath] = {}
    data = tree.settled((), (), moved)
    by_field = {moved[each]: numbers[each] for each in numbers}
    locations = _CellLocations(path, "", line, columns=by_field)
    note, faults = _note(ref, data if isinstance(data, dict) else {}, at, locations)
    return note, tuple(_with_column(each, columns) for each in faults)


class _Tree:
    """Values by the paths of their columns; entries of lists by their numbers, some left out."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.branches: dict[str | int, _Tree] = {}
        self.value: Data = None

    def put(self, path: FieldPath, value: Data) -> None:
        """Put a value at a path."""
        tree = self
        for step in path:
            tree = tree.branches.setdefault(step, _Tree())
        tree.value = value

    def settled(self, old: FieldPath, new: FieldPath, moved: dict[FieldPath, FieldPath]) -> Data:
        """Return the data, entries counted anew, and put down in `moved` where each path went."""
        if not self.branches:
            moved[old] = new
            return self.value
        if all(isinstance(step, int) for step in self.branches):
            steps = sorted(self.branches, key=int)
            return [
                self.branches[step].settled((*old, step), (*new, place), moved)
                for place, step in enumerate(steps)
            ]
        return {
            str(step): tree.settled((*old, step), (*new, step), moved)
            for step, tree in self.branches.items()
        }


def _note(
    ref: Ref, data: dict[str, Data], at: Location, locations: _CellLocations
) -> tuple[NewNote | None, tuple[Diagnostic, ...]]:
    """Return the note that a row's data make, or what is wrong with them."""
    body = str(data.pop(_BODY, "")) if ref.kind is Kind.PAGE else ""
    note, faults = validate(MODELS[ref.kind], data, locations)
    if faults or note is None:
        return None, faults
    if isinstance(note, FrontMatter):
        fields = {each: getattr(note, each) for each in type(note).model_fields}
        note = Page.model_construct(**fields, body=body)
    ordered = {name: data[name] for name in field_names(MODELS[ref.kind]) if name in data}
    try:
        text = note_text(ref.kind, ordered, body)
    except Refused as refusal:
        help_ = "take out what nobody can see; it often came along with copied text"
        return None, (error("yaml-character", at, refusal.message, help_),)
    return NewNote(ref, note, text, at), ()


def _with_column(fault: Diagnostic, columns: Sequence[Column | None]) -> Diagnostic:
    """Return a fault that names its column."""
    column = columns[fault.at.column - 1] if fault.at.column else None
    lead = "beside column" if fault.rule == "missing-field" else "column"
    message = f'{lead} "{column.name}": {fault.message}' if column else fault.message
    return replace(fault, message=message, at=Location(fault.at.path, fault.at.line))


def _entries(cell: str) -> list[Data]:
    """Return the values of a list that stands in one cell."""
    if cell.strip() == _NO_ENTRIES:
        return []
    return [each for part in cell.split(_APART) if (each := part.strip())]
