"""Many values by key that are kept in small packets, opened when one of their values is asked for.

A build that changes little looks at few of the things that the last one kept. To load all of them
would take longer than to do its work.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from io import BytesIO
from itertools import islice
from operator import attrgetter
from pickle import PickleBuffer
from typing import Any, Final, TypeVar

from msgspec import Struct

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_WITH_BUFFERS: Final = 5  # protocol of pickles from which on they can leave bytes outside
_FEW_FIELDS: Final = 2  # `attrgetter` returns no tuple for less
_SIZE: Final = 16  # values of a packet: what is asked for together often lies together

Buffer = bytes | memoryview | PickleBuffer
Packet = tuple[tuple[K, ...], Buffer]
"""Some keys, and the pickle of their values, which may lie in a file that is mapped to memory."""


class _Keyed(Mapping[K, V]):
    """A mapping that knows its keys, in order, whatever it takes to come by a value."""

    __slots__ = ("_keys",)

    def __init__(self, keys: Iterable[K]) -> None:
        self._keys: dict[K, Any] = keys if isinstance(keys, dict) else dict.fromkeys(keys)

    def __contains__(self, key: object) -> bool:
        """Tell whether there is such a key; nothing is opened."""
        return key in self._keys

    def __iter__(self) -> Iterator[K]:
        """Return all keys in order; nothing is opened."""
        return iter(self._keys)

    def __len__(self) -> int:
        """Return how many keys there are."""
        return len(self._keys)


class Packed(_Keyed[K, V]):
    """Values by key, in packets; `keys` are all keys in their order.

    Of every packet that is opened `on_opening` is told the values.
    """

    __slots__ = ("_opened", "_packet_of", "on_opening", "packets")

    def __init__(self, keys: Iterable[K], packets: Sequence[Packet[K]]) -> None:
        """Take packets that hold the values of just these keys."""
        super().__init__(keys)
        self.packets = packets
        self._packet_of: dict[K, int] = {}
        self._opened: dict[int, dict[K, V]] = {}
        self.on_opening: Callable[[Iterable[V]], None] | None = None

    def __getitem__(self, key: K) -> V:
        """Return the value of a key; its packet is opened if it is not yet."""
        if not self._packet_of:
            self._packet_of = {
                each: number for number, (keys, _) in enumerate(self.packets) for each in keys
            }
        number = self._packet_of[key]
        opened = self._opened.get(number)
        if opened is None:
            keys, content = self.packets[number]
            values = pickle.loads(content)  # noqa: S301 - of a file that is read like this too
            opened = self._opened[number] = dict(zip(keys, values, strict=True))
            if self.on_opening:
                self.on_opening(values)
        return opened[key]

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Return what makes the same again: the packets as they are, outside of the pickle."""
        wrap = PickleBuffer if protocol >= _WITH_BUFFERS else bytes
        contents = [wrap(content) for _, content in self.packets]
        return _unpickled, (tuple(self._keys), tuple(keys for keys, _ in self.packets), contents)


def _unpickled(
    keys: tuple[K, ...], keys_of: Sequence[tuple[K, ...]], contents: Sequence[Buffer]
) -> Packed[K, Any]:
    return Packed(keys, tuple(zip(keys_of, contents, strict=True)))


class Layered(_Keyed[K, V]):
    """Values by key of which only some are new; `keys` are all keys in their order."""

    __slots__ = ("new", "old")

    def __init__(self, keys: Iterable[K], new: Mapping[K, V], old: Mapping[K, V]) -> None:
        """Take the new values and what holds all others."""
        super().__init__(keys)
        self.new = new
        self.old = old

    def __getitem__(self, key: K) -> V:
        """Return the value of a key."""
        if key in self.new:
            return self.new[key]
        if key not in self._keys:
            raise KeyError(key)
        return self.old[key]


def pack(values: Mapping[K, V]) -> Packed[K, V]:
    """Return values in packets; packets of old values in which nothing is new are taken over."""
    if isinstance(values, Packed):
        return values
    if not isinstance(values, Layered) or not isinstance(values.old, Packed):
        return Packed(values, [*_packets(values, values)])
    old, new = values.old, values.new
    if not new and [*values] == [*old]:
        return old
    taken = [
        packet
        for packet in old.packets
        if all(key in values and key not in new for key in packet[0])
    ]
    done = {key for keys, _ in taken for key in keys}
    return Packed(values, [*taken, *_packets(values, [key for key in values if key not in done])])


def _packets(values: Mapping[K, V], keys: Iterable[K]) -> Iterator[Packet[K]]:
    left = iter(keys)
    while some := tuple(islice(left, _SIZE)):
        buffer = BytesIO()
        pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = _REDUCERS
        pickler.dump([values[key] for key in some])
        yield some, buffer.getvalue()


class _Reducers(dict[type, Callable[[Any], Any]]):
    """What takes objects of a class apart for a pickle.

    Records without anything special about them are made again by calling their class, which is
    several times faster than to set up an empty one, as a pickle would of itself.
    """

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        if issubclass(kind, type):
            raise KeyError(kind)  # a class is named, not taken apart
        self[kind] = _reducer(kind)
        return self[kind]


def _reducer(kind: type) -> Callable[[Any], Any]:
    if issubclass(kind, Struct):
        return kind.__reduce__
    own = fields(kind) if is_dataclass(kind) and "__slots__" in vars(kind) else ()
    is_plain = all(each.init and not each.kw_only for each in own)
    if len(own) < _FEW_FIELDS or not is_plain or hasattr(kind, "__post_init__"):
        return lambda value: value.__reduce_ex__(pickle.HIGHEST_PROTOCOL)
    values = attrgetter(*(each.name for each in own))
    return lambda value: (kind, values(value))


_REDUCERS: Final = _Reducers()
