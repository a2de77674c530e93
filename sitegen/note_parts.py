"""What notes are made of: closed, frozen models, and the models inside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final, get_args

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """The settings that every model here shares: closed, frozen, text trimmed at its ends."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
        defer_build=True,  # a build in which one note has changed validates one
    )

    def __reduce__(self) -> Any:
        """Return what makes the same again, with one row of names for all parts alike."""
        fields = self.__dict__
        own = (*fields,)
        names = _NAMES.setdefault(own, own)
        return _made_again, (type(self), names, (*fields.values(),), self.model_fields_set)


def _made_again(
    kind: type[Part], names: Iterable[str], values: Iterable[Any], written: set[str]
) -> Part:
    part, set_ = kind.__new__(kind), object.__setattr__  # all are frozen
    set_(part, "__dict__", dict(zip(names, values, strict=True)))
    set_(part, "__pydantic_fields_set__", written)
    set_(part, "__pydantic_extra__", None)
    set_(part, "__pydantic_private__", None)
    return part


_NAMES: Final[dict[tuple[str, ...], tuple[str, ...]]] = {}
"""One row of names for all that are equal."""


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models that a field's annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)


def share_names(part: Part) -> None:
    """Let a part, and those in it, have the names of their written fields from a common store.

    Pydantic keeps a set of them for each part, which takes a fifth of the room of all that is read.
    """
    names = part.__pydantic_fields_set__
    object.__setattr__(part, "__pydantic_fields_set__", _SETS.setdefault(frozenset(names), names))
    fields = part.__dict__
    for name in _fields_with_parts(type(part)):
        if value := fields[name]:
            for each in value if isinstance(value, tuple) else (value,):
                share_names(each)


_SETS: Final[dict[frozenset[str], set[str]]] = {}
"""One set for all that are equal; they are frozen parts', and nobody changes them."""


@cache
def _fields_with_parts(model: type[Part]) -> tuple[str, ...]:
    fields = model.model_fields.items()
    return tuple(name for name, field in fields if next(models_in(field.annotation), None))
