"""What can be used of data at fault, so that more mistakes can be found in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence
from typing import Final, TypeVar

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from sitegen.dates import FuzzyDate
from sitegen.faults.fields import fields_meant
from sitegen.faults.found import field_at, field_of, parts_of
from sitegen.yaml_nodes import Data, FieldPath, as_written, value_at

M = TypeVar("M", bound=BaseModel)

_ANY_DATE: Final = "2000"
_ANY_WORD: Final = "untitled"  # a text and an id
_GONE: Final[list[Data]] = []  # this very list stands for an entry that is taken out


class Usable:
    """Data from which is taken, fault by fault, what is wrong with them.

    `data` is what is left of them. `moved` says what of it is written elsewhere, in the form that
    `Places` has it: entries of lists count anew, and what stands under a wrong name has the right
    one if its group cannot do without that field.
    """

    def __init__(self, model: type[M], data: Data) -> None:
        """Begin with all data; they will be changed."""
        self.data = data
        self.moved: dict[FieldPath, str | int] = {}
        self._model = model
        # As they are written: what was taken out, and the fields that nobody knows by their groups.
        self._taken: set[FieldPath] = set()
        self._unknown: dict[FieldPath, list[FieldPath]] = {}
        self._stand_ins: dict[str, FieldInfo] = {}

    def take_out(self, faults: Sequence[ErrorDetails]) -> bool:
        """Take out what is at fault; False where nothing of the data can be used then."""
        mended = self._name_right(faults)
        thinned: dict[FieldPath, list[Data]] = {}
        is_less = bool(mended)
        for fault in faults:
            path = _path_to_take(fault)
            if path == ("draft",):
                return False
            if fault["loc"] in mended or is_echo(fault):
                continue
            is_less |= self._take(path, thinned) if path else self._put_stand_in(fault)
            if fault["type"] == "extra_forbidden":
                self._unknown.setdefault(self._written(path[:-1]), []).append(path)
        for way, entries in thinned.items():
            self._close_up(way, entries)
        return is_less

    def is_made(self, fault: ErrorDetails) -> bool:
        """Tell whether a fault is not the author's, but came of what was taken out."""
        group: FieldPath = fault["loc"]
        if fault["type"] == "too_short":
            return self._written(group) in self._taken
        lacking = {*str(fault.get("ctx", {}).get("lacking", "")).split()}
        if fault["type"] == "missing":
            group, lacking = group[:-1], {str(group[-1])}
        way = self._written(group)
        return any((*way, name) in self._taken for name in lacking) or any(
            lacking & fields_meant(self._model, each) for each in self._unknown.get(way, ())
        )

    def less_stand_ins(self, note: M) -> M:
        """Return what came of the data, without the entries that stand in for some."""
        lists = [name for name, info in self._stand_ins.items() if parts_of(info)]
        return note.model_copy(update=dict.fromkeys(lists, ())) if lists else note

    def _written(self, path: FieldPath) -> FieldPath:
        return as_written(self.moved, path)

    def _name_right(self, faults: Sequence[ErrorDetails]) -> Container[FieldPath]:
        """Give missing fields what stands under a wrong name; return the paths of both."""
        missing: dict[FieldPath, set[str]] = defaultdict(set)
        for fault in faults:
            if fault["type"] == "missing":
                missing[fault["loc"][:-1]].add(str(fault["loc"][-1]))
        mended: set[FieldPath] = set()
        for fault in faults:
            path: FieldPath = fault["loc"]
            if fault["type"] != "extra_forbidden" or path[:-1] not in missing:
                continue
            lacking, group = missing[path[:-1]], value_at(self.data, path[:-1])
            name = self._field_in(path, lacking)
            if name and isinstance(group, dict):
                group[name] = group.pop(str(path[-1]))
                self.moved[(*self._written(path[:-1]), name)] = path[-1]
                lacking.remove(name)
                mended |= {path, (*path[:-1], name)}
        return mended

    def _field_in(self, path: FieldPath, lacking: set[str]) -> str:
        """Return the one of some fields that stands under a wrong name; empty if none surely does.

        The name may also belong to a field within one of them, but then the value has not its form.
        """
        is_group = isinstance(value_at(self.data, path), (list, dict))
        meant = [
            name
            for name in (lacking & fields_meant(self._model, path) if lacking else ())
            if bool(parts_of(field_at(self._model, (*path[:-1], name)))) is is_group
        ]
        return meant[0] if len(meant) == 1 and value_at(self.data, path) is not None else ""

    def _take(self, path: FieldPath, thinned: dict[FieldPath, list[Data]]) -> bool:
        group, step = value_at(self.data, path[:-1]), path[-1]
        way = self._written(path[:-1])
        if isinstance(group, dict) and step in group:
            del group[str(step)]
            self._taken.add((*way, step))
            return True
        if isinstance(group, list) and isinstance(step, int) and step < len(group):
            group[step] = _GONE
            thinned[way] = group
            self._taken.add(way)
            return True
        return False

    def _close_up(self, way: FieldPath, entries: list[Data]) -> None:
        """Count the entries of a list anew that are left."""
        numbers = [self.moved.get((*way, number), number) for number in range(len(entries))]
        left = [number for number, each in enumerate(entries) if each is not _GONE]
        for place, number in enumerate(left):
            self.moved[(*way, place)] = numbers[number]
        entries[:] = [entries[number] for number in left]

    def _put_stand_in(self, missing: ErrorDetails) -> bool:
        """Have something stand in for a field without which there is no note."""
        name = str(missing["loc"][-1])
        info = field_of(self._model, name)
        if info is None or name in self._stand_ins or not isinstance(self.data, dict):
            return False
        self.data[name] = _stand_in(info)
        self._stand_ins[name] = info
        return True


def is_echo(fault: ErrorDetails) -> bool:
    """Tell whether a list is called too short only because its entries are faulty themselves."""
    return fault["type"] == "too_short" and len(fault["input"]) > 0


def _path_to_take(fault: ErrorDetails) -> FieldPath:
    path: FieldPath = fault["loc"]
    if fault["type"] == "missing":
        return path[:-1]
    field = fault.get("ctx", {}).get("field")
    return (*path, str(field)) if field else path


def _stand_in(info: FieldInfo) -> Data:
    """Return a value that is sound in a field; in a list it is one entry."""
    if parts := parts_of(info):
        fields = parts.model_fields.items()
        return [{name: _stand_in(each) for name, each in fields if each.is_required()}]
    return _ANY_DATE if info.annotation is FuzzyDate else _ANY_WORD
