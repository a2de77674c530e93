"""Many values by key that are kept in small packets, opened when one of their values is asked for.

A build that changes little looks at few of the things that the last one kept. To load all of them
would take longer than to do its work.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import (
    Callable,
    Hashable,
    ItemsView,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    ValuesView,
)
from functools import partial
from itertools import chain, compress
from operator import is_not
from typing import Any, Final, Generic, TypeVar

from sitegen.storage.packet_file import PacketFile
from sitegen.storage.packets import Packets
from sitegen.storage.pickling import pickled

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_SIZE: Final = 16  # values of a packet: what is asked for together often lies together


class Keys(Generic[K]):
    """Distinct keys in their order; many tables share the same ones."""

    __slots__ = ("_kinds", "_places", "every")

    def __init__(self, keys: Iterable[K] = ()) -> None:
        """Take keys, each once."""
        self.every = tuple(keys)
        self._kinds: frozenset[type] | None = None
        self._places: dict[K, int] | None = None

    @property
    def kinds(self) -> frozenset[type]:
        """Return of which types they are."""
        if self._kinds is None:
            self._kinds = frozenset(map(type, self.every))
        return self._kinds

    @property
    def places(self) -> Mapping[K, int]:
        """Return where each of them stands, counted from 0."""
        if self._places is None:
            self._places = dict(zip(self.every, range(len(self.every)), strict=True))
        return self._places

    def __reduce__(self) -> Any:
        """Return what makes the same again; where each stands is found out when it is wanted.

        Of named tuples, as many keys are, a pickle has a row for each of their fields: to load one
        for each key takes much longer.
        """
        kind = next(iter(self.kinds)) if len(self.kinds) == 1 else object
        if issubclass(kind, tuple) and hasattr(kind, "_fields"):
            return _keys_of, (kind, tuple(zip(*self.every, strict=True)))
        return Keys, (self.every,)


def _keys_of(kind: type[tuple[Any, ...]], rows: Iterable[Iterable[Any]]) -> Keys[Any]:
    make = partial(tuple.__new__, kind)  # as a named tuple does it, without a call in Python
    return Keys(map(make, zip(*rows, strict=True)))


class Keyed(Mapping[K, V]):
    """A mapping that knows its keys, in order, whatever it takes to come by a value."""

    __slots__ = ("order",)

    def __init__(self, order: Keys[K]) -> None:
        """Take its keys."""
        self.order = order

    def __contains__(self, key: object) -> bool:
        """Tell whether there is such a key; nothing is opened."""
        return key in self.order.places

    def __iter__(self) -> Iterator[K]:
        """Return all keys in order; nothing is opened."""
        return iter(self.order.every)

    def __len__(self) -> int:
        """Return how many keys there are."""
        return len(self.order.every)


class Listed(Keyed[K, V]):
    """Values by key that lie open, in the order of the keys."""

    __slots__ = ("every",)

    def __init__(self, order: Keys[K], every: tuple[V, ...]) -> None:
        """Take keys and as many values."""
        super().__init__(order)
        self.every = every

    def __getitem__(self, key: K) -> V:
        """Return the value of a key."""
        return self.every[self.order.places[key]]

    def values(self) -> ValuesView[V]:
        """Return all values."""
        return dict(enumerate(self.every)).values()

    def with_keys(self, order: Keys[K]) -> Listed[K, V]:
        """Return the same values with other keys, as many."""
        return Listed(order, self.every)

    def with_new(self, new: Mapping[K, V]) -> Listed[K, V]:
        """Return the same but for some values that are new; each keeps its place."""
        every, places = [*self.every], self.order.places
        for key, value in new.items():
            every[places[key]] = value
        return Listed(self.order, tuple(every))

    def other_than(self, last: Listed[K, V]) -> Mapping[K, V]:
        """Return the values that are not the same objects as those of another with these keys."""
        if self.every is last.every:
            return {}
        places = compress(range(len(self.every)), map(is_not, self.every, last.every))
        return {self.order.every[place]: self.every[place] for place in places}

    def __reduce__(self) -> Any:
        """Return what makes the same again."""
        return Listed, (self.order, self.every)


class Packed(Keyed[K, V]):
    """Values by key, in packets.

    A value's packet and its number there follow from the place of its key, or are told by `slots`.
    Of every packet that is opened `on_opening` is told the values. Packets that were put away take
    no memory: where the pickles of those that were opened come to more than their file allows, all
    are closed, also what was open already, before one more is opened.
    """

    __slots__ = ("_opened", "_size_of_opened", "on_opening", "packets", "slots")

    def __init__(
        self,
        order: Keys[K],
        packets: Packets,
        slots: array[int] | None = None,
        open_already: dict[int, list[V]] | None = None,
    ) -> None:
        """Take keys, and packets that hold their values; some of them may be open already."""
        super().__init__(order)
        self.packets = packets
        self.slots = slots
        self._opened = {} if open_already is None else open_already
        self._size_of_opened = 0
        self.on_opening: Callable[[Iterable[V]], None] | None = None

    @classmethod
    def joined(cls, order: Keys[K], parts: Iterable[tuple[int, Packets]]) -> Packed[K, V]:
        """Return values of which some follow others: how many in a row, and their packets."""
        every = [*parts]
        slots, first = array("I"), 0
        for count, packets in every:
            slots.extend(range(first, first + count))
            first += _SIZE * len(packets)
        return cls(order, Packets.joined(packets for _, packets in every), slots)

    def __getitem__(self, key: K) -> V:
        """Return the value of a key; its packet is opened if it is not yet."""
        place = self.order.places[key]
        slot = place if self.slots is None else self.slots[place]
        opened = self._opened.get(slot // _SIZE)
        if opened is None:
            opened = self.opened(slot // _SIZE)
        return opened[slot % _SIZE]

    def opened(self, number: int) -> list[V]:
        """Return the values of a packet."""
        opened = self._opened.get(number)
        if opened is None:
            content = self.packets[number]
            self._size_of_opened += len(content)
            file = self.packets.file
            if isinstance(file, PacketFile) and self._size_of_opened > file.most_open:
                self._opened.clear()
                self._size_of_opened = len(content)
            opened = self._opened[number] = pickle.loads(content)  # noqa: S301 - as the file is
            if self.on_opening:
                self.on_opening(opened)
        return opened

    def opening(self) -> Iterator[int]:
        """Open one packet after the other, unless some had to be closed again for others.

        Yields the number of each, so that whoever has something better to do can leave the rest.
        """
        file = self.packets.file
        if not isinstance(file, PacketFile) or self.packets.size() <= file.most_open:
            for number in range(len(self.packets)):
                self.opened(number)
                yield number

    def each(self) -> Iterator[V]:
        """Yield all values in the order of the keys; packets are opened as it is their turn."""
        if self.slots is None:
            return chain.from_iterable(map(self.opened, range(len(self.packets))))
        return (self.opened(slot // _SIZE)[slot % _SIZE] for slot in self.slots)

    def values(self) -> ValuesView[V]:
        """Return all values; every packet is opened."""
        return dict(enumerate(self.each())).values()

    def items(self) -> ItemsView[K, V]:
        """Return all keys and values; packets are opened as it is their turn."""
        return _Items(self)

    def with_keys(self, order: Keys[K]) -> Packed[K, V]:
        """Return the same with other keys, as many; what is open stays open."""
        return Packed(order, self.packets, self.slots, self._opened)

    def with_new(self, new: Mapping[K, V]) -> Packed[K, V]:
        """Return the same but for some values that are new; each keeps its place."""
        changed: dict[int, list[V]] = {}
        for key, value in new.items():
            number, at = divmod(self.slot(key), _SIZE)
            if number not in changed:
                changed[number] = [*self.opened(number)]
            changed[number][at] = value
        packets = {number: pickled(values) for number, values in changed.items()}
        is_open = {**self._opened, **changed}
        return Packed(self.order, self.packets.with_new(packets), self.slots, is_open)

    def slot(self, key: K) -> int:
        """Return in which packet the value of a key lies, times 16, and its number there."""
        place = self.order.places[key]
        return place if self.slots is None else self.slots[place]

    def __reduce__(self) -> Any:
        """Return what makes the same again: the packets as they are."""
        return Packed, (self.order, self.packets, self.slots)


class _Items(ItemsView[K, V]):
    """The keys and values of what yields these in the order of the keys."""

    _mapping: Packed[K, V] | Layered[K, V]

    def __iter__(self) -> Iterator[tuple[K, V]]:
        return zip(self._mapping.order.every, self._mapping.each(), strict=True)


class Layered(Keyed[K, V]):
    """Values by key of which only some are new."""

    __slots__ = ("new", "old")

    def __init__(self, order: Keys[K], new: Mapping[K, V], old: Mapping[K, V]) -> None:
        """Take the new values and what holds all others."""
        super().__init__(order)
        self.new = new
        self.old = old

    def __getitem__(self, key: K) -> V:
        """Return the value of a key."""
        if key in self.new:
            return self.new[key]
        if key not in self.order.places:
            raise KeyError(key)
        return self.old[key]

    def each(self) -> Iterator[V]:
        """Yield all values in the order of the keys."""
        old = self.old
        if not (isinstance(old, Packed) and old.order is self.order):
            return map(self.__getitem__, self.order.every)
        every = [*old.each()]
        for key, value in self.new.items():
            every[self.order.places[key]] = value
        return iter(every)

    def values(self) -> ValuesView[V]:
        """Return all values."""
        return dict(enumerate(self.each())).values()

    def items(self) -> ItemsView[K, V]:
        """Return all keys and values."""
        return _Items(self)


def pack(
    values: Mapping[K, V], order: Keys[K] | None = None, file: PacketFile | None = None
) -> Packed[K, V]:
    """Return values in packets; packets of old values in which nothing is new are taken over.

    `order` are the keys, if there are such already. Where all is new it is put into a `file`, if
    there is one.
    """
    if isinstance(values, Packed):
        return values
    if not isinstance(values, Layered) or not isinstance(values.old, Packed):
        return _packed(order or Keys(values), [*values.values()], file)
    old, new = values.old, values.new
    if values.order is old.order or values.order.every == old.order.every:
        return old.with_new(new) if new else old
    return _rearranged(values, old)


def _packed(order: Keys[K], values: Sequence[V], file: PacketFile | None) -> Packed[K, V]:
    return Packed(order, packets_of(values, file))


def packets_of(values: Sequence[object], file: PacketFile | None = None) -> Packets:
    """Return values in packets, which are put into a file if there is one."""
    packets = (pickled(values[at : at + _SIZE]) for at in range(0, len(values), _SIZE))
    return Packets.of(packets) if file is None else Packets.put_into(file, packets)


def _rearranged(values: Layered[K, V], old: Packed[K, V]) -> Packed[K, V]:
    """Return values whose keys are others; packets in which nothing is new or gone are kept."""
    order, new = values.order.every, values.new
    broken = {old.slot(key) // _SIZE for key in new if key in old}
    broken |= {old.slot(key) // _SIZE for key in old.order.every if key not in values.order.places}
    kept = [number for number in range(len(old.packets)) if number not in broken]
    numbers = {number: at for at, number in enumerate(kept)}
    slots: dict[K, int] = {}
    for key in order:
        number, at = divmod(old.slot(key), _SIZE) if key in old and key not in new else (-1, 0)
        if number in numbers:
            slots[key] = numbers[number] * _SIZE + at
    left = [key for key in order if key not in slots]
    slots |= {key: len(kept) * _SIZE + at for at, key in enumerate(left)}
    packets = {
        len(kept) + at // _SIZE: pickled([values[key] for key in left[at : at + _SIZE]])
        for at in range(0, len(left), _SIZE)
    }
    places = array("I", (slots[key] for key in order))
    return Packed(values.order, old.packets.some(kept).with_new(packets), places)
