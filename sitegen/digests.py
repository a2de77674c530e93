"""Digests of plain data: what tells one value from another, in this process and in the next."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection
from dataclasses import fields, is_dataclass
from hashlib import blake2b
from io import BytesIO
from operator import attrgetter
from typing import Any, Final

from pydantic import BaseModel

SIZE: Final = 16  # bytes

FOLLOWS: Final = {"follows": True}
"""What a field of a dataclass says of itself that follows from others: no digest needs it."""


def digest_of(*parts: Any) -> bytes:
    """Return a digest of plain data that holds no cycles.

    Equal digests mean equal data; a field that is marked by FOLLOWS does not count. Equal data may
    have several digests in different processes where sets stand in lists and the like; those in
    the fields of records, and one alone, are no trouble.
    """
    return Digests().of(*parts)


def quick_digest_of(*parts: Any) -> bytes:
    """Return a digest that may also tell apart what is equal, by which of its parts are one object.

    It takes half the time where much is shared. Who compares two then does at times what could have
    been left undone.
    """
    return Digests(is_quick=True).of(*parts)


class Digests:
    """Makes digests, of each object of some classes only once, however many values share it."""

    def __init__(self, shared: Collection[type] = (), *, is_quick: bool = False) -> None:
        """Take the classes of what is shared; all objects must live as long as this does."""
        self._shared = frozenset(shared)
        self._is_quick = is_quick
        self._known: dict[int, tuple[Any, bytes]] = {}

    def of(self, *parts: Any) -> bytes:
        """Return a digest of plain data, as `digest_of` does; the digests of both differ."""
        stream = BytesIO()
        pickler = _Pickler(self, stream)
        pickler.fast = not self._is_quick  # which writes a part as often as it occurs
        pickler.dump([_in_order(part) for part in parts])
        return blake2b(stream.getbuffer(), digest_size=SIZE).digest()

    def reduced(self, value: Any) -> tuple[Any, ...] | None:
        """Return what stands for a record in a digest: its class and the values of its fields."""
        kind = type(value)
        values = _values_of(kind)
        if values is None:
            return None
        if kind in self._shared:
            if id(value) not in self._known:
                self._known[id(value)] = (value, digest_of(values(value)))
            return (kind, (self._known[id(value)][1],))
        return (kind, values(value))


class _Pickler(pickle.Pickler):
    """Writes the fields of records in one go; what it writes is never read back."""

    def __init__(self, digests: Digests, stream: BytesIO) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._reduced = digests.reduced

    def reducer_override(self, value: Any) -> Any:
        """Return what stands for a record, and leave all else to `pickle`."""
        return self._reduced(value) or NotImplemented


_Values = Callable[[Any], tuple[Any, ...]]
_KNOWN: dict[type, _Values | None] = {}


def _values_of(kind: type) -> _Values | None:
    """Return what gives all fields of a dataclass or model at once, or None for any other class."""
    if kind not in _KNOWN:
        _KNOWN[kind] = _reader(kind)
    return _KNOWN[kind]


def _reader(kind: type) -> _Values | None:
    types = _fields_of(kind)
    if not types:
        return None
    get = attrgetter(*types)
    if any("set[" in str(each).lower() for each in types.values()):
        return lambda value: tuple(_in_order(getattr(value, name)) for name in types)
    return (lambda value: (get(value),)) if len(types) == 1 else get


def _fields_of(kind: type) -> dict[str, object]:
    """Return the fields of a class of records with their types, in order; none for any other."""
    if is_dataclass(kind):
        return {each.name: each.type for each in fields(kind) if not each.metadata.get("follows")}
    if issubclass(kind, BaseModel):
        return {name: each.annotation for name, each in kind.model_fields.items()}
    return {}


def _in_order(value: Any) -> Any:
    """Return a set as a list; the order of a set differs from one process to the next."""
    return sorted(value) if isinstance(value, (set, frozenset)) else value
