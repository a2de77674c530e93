"""Mappings that note what is looked up in them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import filterfalse
from typing import Any, Final, TypeVar

from sitegen.ledger.traces import (
    ALL,
    END,
    FIRST,
    KEYS,
    MOST_TABLES,
    WHOLES,
    Traces,
    absent_key_number,
)
from sitegen.storage.packed import Keyed, Keys, Listed

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")
V = TypeVar("V")

_CLEAR: Final = dict.clear


class Looks:
    """What has been looked up in some tables since something was made last.

    `key_numbers` are what keys add to the numbers of entries. `seen` are the numbers of entries
    that were found, each once; `others`, of all else that was asked for, may repeat themselves.
    """

    def __init__(self, key_numbers: Mapping[Any, int]) -> None:
        """Take the numbers that keys have had so far."""
        self.key_numbers = {**key_numbers}
        self.next_key_number = max(key_numbers.values(), default=FIRST - MOST_TABLES) + MOST_TABLES
        self.is_tracing = False
        self.seen: list[int] = []
        self.others: list[int] = []
        self.touched: list[WatchedTable[Any, Any]] = []

    def trace(
        self, make: Callable[[K], R], keys: Iterable[K]
    ) -> tuple[list[R], Traces, frozenset[int]]:
        """Return what is made of each key, what was looked up for each, and which wholes for any.

        Raises RuntimeError where something is being traced already: its look-ups would be lost.
        """
        if self.is_tracing:
            raise RuntimeError("what is made for a table may make no other")
        self.forget()
        self.is_tracing = True
        seen, others, begin_anew = self.seen, self.others, self._begin_anew
        made: list[R] = []
        ends = [0]
        wholes = set[int]()
        try:
            for key in keys:
                made.append(make(key))
                if others:
                    asked = {*others}
                    if not asked.isdisjoint(WHOLES):
                        wholes |= asked & WHOLES
                    seen += asked.difference(seen[ends[-1] :])
                    others.clear()
                ends.append(len(seen))
                begin_anew()
            return made, Traces.up_to(seen, ends), frozenset(wholes)
        finally:
            self.is_tracing = False
            self.forget()

    def give_key_numbers(self, keys: Iterable[Any]) -> None:
        """Give a number to each of distinct keys that has none, as long as there are numbers."""
        before, free = len(self.key_numbers), range(self.next_key_number, END, MOST_TABLES)
        self.key_numbers.update(
            zip(filterfalse(self.key_numbers.__contains__, keys), free, strict=False)
        )
        self.next_key_number += (len(self.key_numbers) - before) * MOST_TABLES

    def leave_room(self) -> None:
        """Leave half of all numbers of keys for what is made elsewhere meanwhile."""
        self.next_key_number += (END - self.next_key_number) // (2 * MOST_TABLES) * MOST_TABLES

    def forget(self) -> None:
        """Note no more of what has been looked up since something was made last."""
        self._begin_anew()
        self.seen.clear()
        self.others.clear()

    def _begin_anew(self) -> None:
        """Have all tables note again what they have noted already."""
        for table in self.touched:
            _CLEAR(table)
            table.is_touched = False
        self.touched.clear()


class Unopened(Keyed[K, V]):
    """A table that is taken over whole, and loaded when somebody looks into it."""

    __slots__ = ("_held", "_load")

    def __init__(self, order: Keys[K], load: Callable[[], Mapping[K, V]]) -> None:
        """Take its keys and what loads it."""
        super().__init__(order)
        self._load = load
        self._held: Mapping[K, V] | None = None

    def _opened(self) -> Mapping[K, V]:
        if self._held is None:
            self._held = self._load()
        return self._held

    def __getitem__(self, key: K) -> V:
        """Return the value of a key."""
        return self._opened()[key]

    def values(self) -> Any:
        """Return all values."""
        return self._opened().values()

    def items(self) -> Any:
        """Return all keys and values."""
        return self._opened().items()


class WatchedTable(dict[K, V]):
    """A table that notes what is looked up in it.

    As a dictionary it holds what has been looked up since something was made last, so that looking
    it up again costs nothing; `held` is all of it, by the keys in `order`. Of a table that was made
    elsewhere, `signs` tell its entries from what they were. `changes` are the keys of entries that
    are not as they were; one that `is_as_it_was` has not been looked into at all. `sorts` are
    those of what entries of a made one looked up.
    """

    __slots__ = (
        "_found",
        "_key_numbers",
        "_looks",
        "_note",
        "changes",
        "held",
        "is_as_it_was",
        "is_changed",
        "is_touched",
        "name",
        "number",
        "order",
        "signs",
        "sorts",
        "traces",
    )  # fmt: skip

    def __init__(
        self,
        looks: Looks,
        name: str,
        number: int,
        order: Keys[K],
        held: Mapping[K, V],
    ) -> None:
        """Take where to note look-ups, the name and number of the table, its keys and entries."""
        super().__init__()
        self._looks = looks
        self._key_numbers = looks.key_numbers
        self._found = looks.seen.append
        self._note = looks.others.append
        self.name = name
        self.number = number
        self.order = order
        self.held = held
        self.signs: Listed[K, Any] | None = None
        self.traces = Traces()
        self.sorts: frozenset[int] = frozenset()
        self.is_as_it_was = False
        self.is_changed = False
        self.is_touched = False
        self.changes: list[K] = []

    def number_of(self, key: Any) -> int:
        """Return the number that means an entry."""
        key_number = self._key_numbers.get(key)
        return self.number_of_absent(key) if key_number is None else key_number + self.number

    def number_of_absent(self, key: Any) -> int:
        """Return the number that means a key that never had an entry."""
        return absent_key_number(key) + self.number

    def number_at(self, key_number: int) -> int:
        """Return the number that means an entry by that of its key."""
        return key_number + self.number

    def __missing__(self, key: K) -> V:
        """Return the value of a key that has not been looked up yet, and note that it is now."""
        # A cold build comes here more often than anywhere else.
        try:
            value = self.held[key]
        except KeyError:
            self._note(self.number_of(key))
            raise
        if not self.is_touched:
            self.is_touched = True
            self._looks.touched.append(self)
        try:
            self._found(self._key_numbers[key] + self.number)
        except KeyError:  # as hardly ever
            self._found(self.number_of_absent(key))
        self[key] = value
        return value

    def __contains__(self, key: object) -> bool:
        """Tell whether there is such a key; note that it was asked for."""
        self._note(self.number_of(key))
        return key in self.held

    def get(self, key: K, default: Any = None) -> Any:
        """Return the value of a key, or what stands in for it; note that it was asked for."""
        # Often it is not there, and an exception would take longer than to look twice.
        if key in self.held:
            return self[key]
        self._note(self.number_of(key))
        return default

    def __iter__(self) -> Iterator[K]:
        """Return all keys; note that all were asked for."""
        self._note(self.number_at(KEYS))
        return iter(self.held)

    def __reversed__(self) -> Iterator[K]:
        """Return all keys, the last first; note that all were asked for."""
        return reversed([*self])

    def __len__(self) -> int:
        """Return how many there are; note that it was asked for."""
        self._note(self.number_at(KEYS))
        return len(self.held)

    def keys(self) -> Any:
        """Return all keys; note that all were asked for."""
        self._note(self.number_at(KEYS))
        return self.held.keys()

    def values(self) -> Any:
        """Return all values; note that everything was looked up."""
        self._note(self.number_at(KEYS))
        self._note(self.number_at(ALL))
        return self.held.values()

    def items(self) -> Any:
        """Return all keys and values; note that everything was looked up."""
        self._note(self.number_at(KEYS))
        self._note(self.number_at(ALL))
        return self.held.items()

    def __eq__(self, other: object) -> bool:
        """Compare with another; note that everything was looked up."""
        self.items()
        return self.held == (other.held if isinstance(other, WatchedTable) else other)

    def __ne__(self, other: object) -> bool:
        """Compare with another; note that everything was looked up."""
        return not self == other

    __hash__ = None

    def __or__(self, other: Any) -> Any:
        """Return a plain dictionary with what another has as well."""
        return {**self, **other}

    def __ror__(self, other: Any) -> Any:
        """Return a plain dictionary with what another has as well."""
        return {**other, **self}

    def copy(self) -> dict[K, V]:
        """Return a plain dictionary of the same."""
        return {**self}

    def __reduce__(self) -> Any:
        """Return what makes the same in another process, under the same name."""
        return SentTable, (self.name, {**self})


class SentTable(dict[K, V]):
    """A table on the way to another process, with its name."""

    def __init__(self, name: str, held: Mapping[K, V]) -> None:
        """Take the name of a table and its entries."""
        super().__init__(held)
        self.name = name

    def __reduce__(self) -> Any:
        """Return what makes the same in another process, under the same name."""
        return SentTable, (self.name, {**self})
