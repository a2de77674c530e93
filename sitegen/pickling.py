"""Pickles of many small records, which are made again faster than pickles of themselves would be.

A record without anything special about it is made again by calling its class.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from io import BytesIO
from operator import attrgetter
from typing import Any, Final

from msgspec import Struct

_FEW_FIELDS: Final = 2  # `attrgetter` returns no tuple for less


def pickled(value: object) -> bytes:
    """Return the pickle of a value, which `pickle.loads` takes."""
    buffer = BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(value)
    return buffer.getvalue()


class _Reducers(dict[type, Callable[[Any], Any]]):
    """What takes objects of a class apart for a pickle."""

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        if issubclass(kind, type):
            raise KeyError(kind)  # a class is named, not taken apart
        self[kind] = _reducer(kind)
        return self[kind]


def _reducer(kind: type) -> Callable[[Any], Any]:
    if issubclass(kind, Struct):
        return kind.__reduce__
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return lambda value: (kind, (*value,))
    own = fields(kind) if is_dataclass(kind) and "__slots__" in vars(kind) else ()
    is_plain = all(each.init and not each.kw_only for each in own)
    if len(own) < _FEW_FIELDS or not is_plain or hasattr(kind, "__post_init__"):
        return lambda value: value.__reduce_ex__(pickle.HIGHEST_PROTOCOL)
    values = attrgetter(*(each.name for each in own))
    return lambda value: (kind, values(value))


_REDUCERS: Final = _Reducers()
