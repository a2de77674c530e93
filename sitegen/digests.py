"""Digests of plain data: what tells one value from another, in this process and in the next."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from hashlib import blake2b
from io import BytesIO
from operator import attrgetter
from typing import Any, Final

from pydantic import BaseModel

SIZE: Final = 16  # bytes


def digest_of(*parts: Any) -> bytes:
    """Return a digest of plain data that holds no cycles.

    Equal digests mean equal data. Equal data may have several digests if there are sets in it,
    whose order differs between processes; whoever compares then does once too often what it would
    have saved.
    """
    stream = BytesIO()
    pickler = _Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.fast = True  # or a digest would also show which parts are one object
    pickler.dump(parts)
    return blake2b(stream.getbuffer(), digest_size=SIZE).digest()


class _Pickler(pickle.Pickler):
    """Writes the fields of records in one go; what it writes is never read back."""

    def reducer_override(self, value: Any) -> Any:
        """Return the class and the values of a record, and leave all else to `pickle`."""
        values = _values_of(type(value))
        return (type(value), values(value)) if values else NotImplemented


_Values = Callable[[Any], tuple[Any, ...]]
_KNOWN: dict[type, _Values | None] = {}


def _values_of(kind: type) -> _Values | None:
    """Return what gives all fields of a dataclass or model at once, or None for any other class."""
    if kind not in _KNOWN:
        names = _names_of(kind)
        get = attrgetter(*names) if names else None
        _KNOWN[kind] = (lambda value: (get(value),)) if get and len(names) == 1 else get
    return _KNOWN[kind]


def _names_of(kind: type) -> list[str]:
    if is_dataclass(kind):
        return [each.name for each in fields(kind)]
    return list(kind.model_fields) if issubclass(kind, BaseModel) else []
