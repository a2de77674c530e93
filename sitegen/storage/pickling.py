"""Pickles of many small records, which are made again faster than pickles of themselves would be.

A record without anything special about it is made again by calling its class.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum, Flag
from io import BytesIO
from operator import attrgetter
from typing import Any, Final

_FEW_FIELDS: Final = 2  # `attrgetter` returns no tuple for less


Reducer = Callable[[Any], Any]
"""Takes an object apart for a pickle."""


def pickled(
    value: object,
    reducers: Mapping[type, Reducer] | None = None,
    buffers: Callable[[pickle.PickleBuffer], object] | None = None,
) -> bytes:
    """Return the pickle of a value, which `pickle.loads` takes.

    Objects of some classes are taken apart by `reducers`. `buffers` takes what stays outside.
    """
    written = BytesIO()
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL, buffer_callback=buffers)
    pickler.dispatch_table = _Reducers({**_REDUCERS, **reducers}) if reducers else _REDUCERS
    pickler.dump(value)
    return written.getvalue()


class _Reducers(dict[type, Reducer]):
    """What takes objects of a class apart for a pickle."""

    def __missing__(self, kind: type) -> Reducer:
        if issubclass(kind, type):
            raise KeyError(kind)  # a class is named, not taken apart
        self[kind] = _reducer(kind)
        return self[kind]


def _reducer(kind: type) -> Reducer:
    if issubclass(kind, Enum) and not issubclass(kind, Flag):
        return {member: (kind, (member.value,)) for member in kind}.__getitem__
    if kind.__reduce_ex__ is object.__reduce_ex__ and kind.__reduce__ is not object.__reduce__:
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
