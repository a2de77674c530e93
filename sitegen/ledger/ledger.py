"""Tables of which what holds still is taken over from the last build."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from operator import ne
from typing import Any, TypeVar

from msgspec import Struct, structs

from sitegen.digests import digest_of
from sitegen.ledger.tables import Tables, inverted, shared
from sitegen.ledger.traces import (
    ALL,
    KEYS,
    MOST_TABLES,
    Kept,
    KeptTable,
    Trace,
    Traces,
    as_trace,
    numbers_in,
)
from sitegen.ledger.watched import Looks, SentRow, SentTable, WatchedRow, WatchedTable
from sitegen.packets import Layered, pack

D = TypeVar("D", bound=Struct)
K = TypeVar("K", bound=Hashable)
T = TypeVar("T", bound=Hashable)
V = TypeVar("V")


class Ledger(Tables):
    """Makes tables, taking over the entries that are as they were.

    The tables it returns may be looked into by whatever makes entries of later ones. They are to
    be made in an order that depends on nothing but `everywhere`. `is_known` tells whether anything
    is known of a last build.
    """

    is_kept = True

    def __init__(self, last: Kept | None = None) -> None:
        """Take what the last build kept, if anything; up to 512 tables can be made."""
        self._last = last if last and not last.is_outgrown() else Kept()
        self._tables: dict[str, WatchedTable[Any, Any]] = {}
        self._looks = Looks(self._last.places)
        self._everywhere: dict[str, bytes] = {}
        self._free = count(
            1 + max((each.number for each in self._last.tables.values()), default=-1)
        )
        self._changed: set[int] = set()
        self.is_known = bool(self._last.places)
        self._is_same = self.is_known  # what is looked at everywhere

    def given(
        self, name: str, held: Mapping[K, V], signs: Mapping[K, Any] | None = None
    ) -> Mapping[K, V]:
        """Return a table that was made elsewhere; its entries are compared with what they were."""
        if signs is None:
            return self._given(name, held, _differ)
        table = self._given(name, signs, ne)
        table.held = held
        return table

    def _given(
        self, name: str, held: Mapping[K, Any], differ: Callable[[Any, Any], bool]
    ) -> WatchedTable[K, Any]:
        table, last = self._begin(name, held, held), self._values(name)
        self._compare(table, held, last, differ)
        return self._finish(table, last)

    def digested(self, name: str, held: Mapping[K, V]) -> Mapping[K, V]:
        """Return a table that was made elsewhere; of its entries only digests are kept."""
        return self.given(name, held, {key: digest_of(value) for key, value in held.items()})

    def row(self, name: str, held: tuple[V, ...]) -> Sequence[V]:
        """Return a sequence that was made elsewhere and is looked at as a whole."""
        return WatchedRow(name, self.given(name, {"": held}, {"": digest_of(held)}))

    def table(
        self, name: str, keys: Iterable[K], make: Callable[[K], V], processes: int = 1
    ) -> Mapping[K, V]:
        """Return a table with an entry for every key, made again where something has changed."""

        def make_some(some: Sequence[K]) -> list[tuple[V, Trace]]:
            return [self.trace(partial(make, key)) for key in some]

        return self._made(name, keys, make_some, processes)

    def _made(
        self,
        name: str,
        keys: Iterable[K],
        make_some: Callable[[Sequence[K]], list[tuple[V, Trace]]],
        processes: int = 1,
    ) -> Mapping[K, V]:
        """Return a table whose entries are made together with what each looks up."""
        last = self._last.tables.get(name)
        before: Mapping[K, V] = last.values if last else {}
        keys = dict.fromkeys(keys)
        standing = self._standing(last)
        made: dict[K, V] = {}
        held = Layered(keys, made, before) if standing else made
        table: WatchedTable[K, V] = self._begin(name, held, keys)
        table.is_made = True
        if last and keys.keys() == standing.keys() and [*keys] == [*before]:
            table.traces = last.traces
            return self._finish(table, before)
        left = [key for key in keys if key not in standing]
        traces = {**standing}
        for key, (value, trace) in zip(left, shared(make_some, left, processes), strict=True):
            made[key], traces[key] = value, trace
        table.traces = Traces.of(traces[key] for key in keys)
        self._compare(table, made, before, _differ)
        return self._finish(table, before)

    def index(
        self, name: str, over: Mapping[K, V], targets: Callable[[V], Iterable[T]]
    ) -> Mapping[T, tuple[K, ...]]:
        """Return for everything that entries of a table point to the keys of those entries."""

        def point(key: K) -> tuple[T, ...]:
            return tuple(dict.fromkeys(targets(over[key])))

        def point_some(some: Sequence[K]) -> list[tuple[tuple[T, ...], Trace]]:
            if not isinstance(over, WatchedTable):
                return [self.trace(partial(point, key)) for key in some]
            # What is looked up is known beforehand.
            return [(point(key), as_trace([over.number_of(key)])) for key in some]

        pointing = self._made(name, over, point_some)
        back = f"{name}, inverted"
        held = self._values(back)
        if not (self._is_same and back in self._last.tables and _is_unchanged(pointing)):
            held = inverted(pointing)
        return self._given(back, held, ne)

    def everywhere(self, name: str, value: object) -> None:
        """Take note of what is looked at without being looked up, by all that is made later."""
        self._everywhere[name] = digest_of(value)
        self._is_same &= self._last.everywhere.get(name) == self._everywhere[name]

    def trace(self, make: Callable[[], V]) -> tuple[V, Trace]:
        """Return what is made and what was looked up for it."""
        return self._looks.trace(make)

    def holds(self, trace: Trace) -> bool:
        """Return whether what was looked up in the last build is as it was."""
        return self._is_same and self._changed.isdisjoint(numbers_in(trace))

    def mark(self) -> int:
        """Return what `back_to` takes to forget all tables that are made from now on."""
        return len(self._tables)

    def back_to(self, mark: int) -> None:
        """Forget the tables that were made since, so that they can be made again."""
        for name in [*self._tables][mark:]:
            del self._tables[name]

    def numbering(self) -> Kept:
        """Return what another process needs for its traces to mean the same as those made here."""
        tables = {name: KeptTable(each.number, {}) for name, each in self._tables.items()}
        begun = self._last.begun_with or len(self._looks.places)
        return Kept(tables, self._looks.places, self._everywhere, begun)

    def taken_up(self, held: D) -> D:
        """Return a record whose tables came from another process, with tables of this ledger."""
        changes: dict[str, Any] = {}
        for name in held.__struct_fields__:
            value = getattr(held, name)
            if isinstance(value, SentRow):
                changes[name] = self.row(value.name, tuple(value))
            elif isinstance(value, SentTable):
                changes[name] = self.given(value.name, value)
        return structs.replace(held, **changes)

    def kept(self) -> Kept:
        """Return what the next build needs to know."""
        tables = {name: self.kept_table(name) for name in self._tables}
        return replace(self.numbering(), tables=tables)

    def kept_table(self, name: str) -> KeptTable:
        """Return what the next build needs to know of one table."""
        table = self._tables[name]
        values = pack(table.held) if table.is_made else table.signs
        return KeptTable(table.number, values, table.traces)

    def names(self) -> tuple[str, ...]:
        """Return the names of all tables."""
        return tuple(self._tables)

    def _values(self, name: str) -> Mapping[Any, Any]:
        last = self._last.tables.get(name)
        return last.values if last else {}

    def _begin(self, name: str, held: Mapping[K, V], keys: Iterable[K]) -> WatchedTable[K, V]:
        if self._looks.is_tracing:
            raise RuntimeError("what is made for a table may make no other")
        if name in self._tables:
            raise ValueError(f'there is a table "{name}" already')
        last = self._last.tables.get(name)
        number = last.number if last else next(self._free)
        if number >= MOST_TABLES:
            raise ValueError("there are too many tables")
        self._looks.give_places(keys)
        table = self._tables[name] = WatchedTable(self._looks, name, number, held)
        return table

    def _standing(self, last: KeptTable | None) -> Mapping[Any, Trace]:
        """Return what the entries looked up that are sure to come out as they were, by key."""
        if last is None or not self._is_same:
            return {}
        every = zip(last.values, last.traces.each(), strict=True)
        if self._changed.isdisjoint(numbers_in(last.traces.numbers)):
            return dict(every)
        return {key: trace for key, trace in every if self.holds(trace)}

    def _compare(
        self,
        table: WatchedTable[K, V],
        held: Mapping[K, Any],
        before: Mapping[K, Any],
        differ: Callable[[Any, Any], bool],
    ) -> None:
        """Note which of some entries are not what they were."""
        if not self.is_known:  # nobody can have looked them up
            return
        for key, value in held.items():
            if key not in before:
                self._changed |= {table.number_of(key), table.number_of_absent(key)}
            elif differ(before[key], value):
                self._changed.add(table.number_of(key))
            else:
                continue
            table.is_changed = True

    def _finish(self, table: WatchedTable[K, V], before: Mapping[K, V]) -> WatchedTable[K, V]:
        """Note which entries are gone, and whether anything has changed."""
        if [*table.held] != [*before]:
            gone = before.keys() - table.held.keys()
            self._changed |= {table.number_of(key) for key in gone}
            self._changed.add(table.number_at(KEYS))
            table.is_changed = True
        if table.is_changed:
            self._changed.add(table.number_at(ALL))
        self._looks.forget()
        return table


def _differ(one: Any, other: Any) -> bool:
    return one is not other and digest_of(one) != digest_of(other)


def _is_unchanged(table: Mapping[Any, Any]) -> bool:
    return isinstance(table, WatchedTable) and not table.is_changed
