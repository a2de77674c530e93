"""What notes are made of: closed, frozen models, and the models inside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import repeat
from typing import Any, ClassVar, Final, Literal, NewType, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo

from sitegen.dates import FuzzyDate
from sitegen.storage.one_of_each import one_of_each


class Part(BaseModel):
    """The settings that every model here shares: closed, frozen, text trimmed at its ends."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
        defer_build=True,  # a build in which one note has changed validates one
    )

    field_names: ClassVar[tuple[str, ...]] = ()
    """The names of all fields, in their order."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Let the parts of a class have one row of names, as CPython gives it to objects alike.

        It learns the names from an object that is given its fields one by one; of one that is given
        a dictionary, as validated ones are, it learns that there are none.
        """
        cls.field_names = (*cls.model_fields,)
        _made_of(cls, repeat(None, len(cls.field_names)), set())

    def __reduce__(self) -> Any:
        """Return what makes the same again."""
        kind = type(self)
        values = (*map(getattr, repeat(self), kind.field_names),)
        return _made_again, (kind, values, self.__pydantic_fields_set__)


P = TypeVar("P", bound=Part)


def _made_of(kind: type[P], values: Iterable[Any], written: set[str]) -> P:
    part, set_ = kind.__new__(kind), object.__setattr__  # all are frozen
    part.__dict__.update(zip(kind.field_names, values, strict=True))
    set_(part, "__pydantic_fields_set__", written)
    set_(part, "__pydantic_extra__", None)
    set_(part, "__pydantic_private__", None)
    return part


def _made_again(kind: type[P], values: Iterable[Any], written: set[str]) -> P:
    own = [*values]
    for at in _places_of_ids(kind):
        if own[at]:
            own[at] = one_of_each(own[at])
    return _made_of(kind, own, written)


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models that a field's annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)


def compact(part: P) -> P:
    """Return the same part, and those in it, in less than half the room; none may lack a field.

    Pydantic keeps for each a dictionary of its own, with the names of its fields, and a set of the
    names of those that were written. Together they would take more room than all that is read.
    The ids in it are held once.
    """
    kind, names = type(part), part.__pydantic_fields_set__
    fields = part.__dict__
    for name in _fields_with_parts(kind):
        if value := fields[name]:
            fields[name] = (*map(compact, value),) if isinstance(value, tuple) else compact(value)
    return _made_again(kind, fields.values(), _SETS.setdefault(frozenset(names), names))


_SETS: Final[dict[frozenset[str], set[str]]] = {}
"""One set for all that are equal; they are frozen parts', and nobody changes them."""


@cache
def _fields_with_parts(model: type[Part]) -> tuple[str, ...]:
    fields = model.model_fields.items()
    return tuple(name for name, field in fields if next(models_in(field.annotation), None))


_SHORT: Final = 100  # characters


@cache
def _places_of_ids(model: type[Part]) -> tuple[int, ...]:
    """Return where among the fields those are that hold ids, codes, digests or dates."""
    fields = enumerate(model.model_fields.values())
    return tuple(at for at, field in fields if not is_free_text(field) and _is_short(field))


def _is_short(field: FieldInfo) -> bool:
    kinds, marks = _kinds_in(field)
    if any((getattr(mark, "max_length", None) or 0) > _SHORT for mark in marks):  # an address
        return False
    short = (kind in {str, FuzzyDate} or isinstance(kind, NewType) for kind in kinds)
    return any(short) or any(get_origin(kind) is Literal for kind in kinds)


def is_free_text(field: FieldInfo) -> bool:
    """Return whether a field holds words of the author's choice: no id, date, number or code."""
    kinds, marks = _kinds_in(field)
    return str in kinds and not any(getattr(mark, "pattern", None) for mark in marks)


def _kinds_in(field: FieldInfo) -> tuple[list[Any], list[Any]]:
    """Return of what kinds a field's value, and what is in it, may be; and all that is noted."""
    marks = list(field.metadata)
    kinds: list[Any] = [field.annotation]
    for kind in kinds:
        kinds += get_args(kind) if get_origin(kind) is not Literal else ()
        marks += getattr(kind, "__metadata__", ())
    return kinds, marks
