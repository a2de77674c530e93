"""Tables of which what holds still is taken over from the last build."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from operator import ne
from typing import Any, Final, Generic, NamedTuple, TypeVar

from msgspec import Struct, structs

from sitegen.ledger.elsewhere import ROOM, MadeElsewhere, TableElsewhere
from sitegen.ledger.inversion import inverted, inverted_again
from sitegen.ledger.key_rows import KeyRows
from sitegen.ledger.packing import Packing
from sitegen.ledger.tables import KeysOf, Tables, no_wait, shared
from sitegen.ledger.traces import (
    ALL,
    FIRST,
    KEYS,
    MOST_TABLES,
    NO_KEYS,
    KeptTable,
    LedgerState,
    TableHeader,
    Trace,
    TraceIndex,
    Traces,
    sort_of,
)
from sitegen.ledger.watched import (
    Looks,
    SentTable,
    Unopened,
    WatchedTable,
)
from sitegen.processes.workers import can_share
from sitegen.storage.digests import digest_of
from sitegen.storage.packed import Keys, Layered, Listed, Packed
from sitegen.storage.packet_file import PacketFile

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

    def __init__(self, last: LedgerState | None = None, file: PacketFile | None = None) -> None:
        """Take what the last build kept, if anything, and a file for what is packed for the next.

        Up to 512 tables can be made, 64 less for each time that others are made elsewhere.
        """
        self._last = last if last and not last.is_outgrown() else LedgerState()
        self._tables: dict[str, WatchedTable[Any, Any]] = {}
        self._packing = Packing(self._tables, file)
        self._looks = Looks(self._last.key_numbers)
        self._everywhere: dict[str, bytes] = {}
        self._free = 1 + max((each.number for each in self._last.headers.values()), default=-1)
        self._mark = 0, self._free
        self._rows = KeyRows(self._last.keys)
        self._follows: dict[str, tuple[int, ...]] = {}
        self._adopted: Mapping[str, TableElsewhere] = {}
        self._changed: set[int] = set()
        self._changed_sorts: set[int] = set()
        self.is_known = bool(self._last.key_numbers)
        self._is_same = self.is_known  # what is looked at everywhere

    def given(
        self, name: str, held: Mapping[K, V], signs: Mapping[K, Any] | None = None
    ) -> Mapping[K, V]:
        """Return a table that was made elsewhere; its entries are compared with what they were."""
        if signs is None:
            return self._given(name, held, held, _differ)
        return self._given(name, held, signs, ne)

    def _given(
        self,
        name: str,
        held: Mapping[K, V],
        signs: Mapping[K, Any],
        differ: Callable[[Any, Any], bool],
    ) -> WatchedTable[K, V]:
        order = self._rows.of(signs)
        table, last = self._begin(name, order, held), self._values(name)
        every = signs.every if isinstance(signs, Listed) else tuple(signs.values())
        now = table.signs = Listed(order, every)
        if isinstance(last, Listed) and last.order is order:
            self._compare(table, now.other_than(last), last, differ)
        else:
            self._compare(table, now, last, differ)
        return self._finish(table)

    def digested(self, name: str, held: Mapping[K, V]) -> Mapping[K, V]:
        """Return a table that was made elsewhere; of its entries only digests are kept."""
        return self.given(name, held, {key: digest_of(value) for key, value in held.items()})

    def table(
        self, name: str, keys: Iterable[K], make: Callable[[K], V], processes: int = 1
    ) -> Mapping[K, V]:
        """Return a table with an entry for every key, made again where something has changed."""

        def make_some(some: Sequence[K]) -> list[_Entries[V]]:
            return [_Entries(*self._looks.trace(make, some))]

        return self._made(name, keys, make_some, processes)

    def _made(
        self,
        name: str,
        keys: Iterable[K],
        make_some: Callable[[Sequence[K]], list[_Entries[V]]],
        processes: int = 1,
    ) -> WatchedTable[K, V]:
        """Return a table whose entries are made together with what each looks up."""
        order = self._order_of(name, keys)
        if (found := self._adopted.get(name)) and found.table and found.keys == order.every:
            return self._taken(name, order, found.table, found.sorts)
        header = self._last.headers.get(name)
        is_same = self._is_same and header is not None and self._last_order(name) is order
        if header and is_same and self._changed_sorts.isdisjoint(header.sorts):
            return self._as_it_was(name)
        last = self._kept(name) if self._is_same else _NO_TABLE
        before: Mapping[K, V] = last.values
        fallen = self._fallen(last, header.sorts) if header else []
        if is_same and not fallen:
            return self._as_it_was(name)
        left = fallen if is_same else [each for each in order.every if each not in before]
        if fallen and not is_same:
            again = {*fallen, *left}
            left = [each for each in order.every if each in again]
        parts = [*shared(make_some, left, processes)]
        made = dict(zip(left, chain.from_iterable(each.values for each in parts), strict=True))
        traces = Traces.joined([each.traces for each in parts])
        held = Layered(order, made, before) if len(made) < len(order.every) else made
        table = self._begin(name, order, held)
        table.sorts = traces.sorts().union(*(each.wholes for each in parts))
        if header and held is not made:
            table.sorts |= header.sorts
        if header and is_same:
            places = map(order.places.__getitem__, left)
            table.traces = last.traces.with_new(dict(zip(places, traces.each(), strict=True)))
        elif held is made:
            table.traces = traces
        else:
            kept = zip(before, last.traces.each(), strict=True)
            every = {**dict(kept), **dict(zip(left, traces.each(), strict=True))}
            table.traces = Traces.of(every[key] for key in order.every)
        self._compare(table, made, self._values(name), _differ)
        return self._finish(table)

    def _order_of(self, name: str, keys: Iterable[K]) -> Keys[K]:
        """Return the keys of a table; of such as follow from others they may be known."""
        if not isinstance(keys, KeysOf):
            return self._rows.of(keys)
        follows = self._follows[name] = self._rows.numbers_of(keys.tables)
        header = self._last.headers.get(name)
        if follows and header and header.follows == follows:
            return self._last_order(name)
        return self._rows.of(keys)

    def _taken(
        self, name: str, order: Keys[K], made: KeptTable, sorts: frozenset[int]
    ) -> WatchedTable[K, Any]:
        """Return a table that was made elsewhere."""
        made = made.with_keys(order)
        table = self._begin(name, order, made.values)
        table.traces, table.sorts = made.traces, sorts
        return self._finish(table)

    def _as_it_was(self, name: str) -> WatchedTable[Any, Any]:
        """Return a table in which nothing has changed."""
        order = self._last_order(name)
        held = Unopened(order, partial(_values_in, self._last.tables, name))
        table = self._begin(name, order, held)
        table.is_as_it_was = True
        self._looks.forget()
        return table

    def index(
        self, name: str, over: Mapping[K, V], targets: Callable[[V], Iterable[T]]
    ) -> Mapping[T, tuple[K, ...]]:
        """Return for everything that entries of a table point to the keys of those entries."""

        held = over.held if isinstance(over, WatchedTable) else over

        def point(key: K) -> tuple[T, ...]:
            return tuple(dict.fromkeys(targets(held[key])))

        def point_some(some: Sequence[K]) -> list[_Entries[tuple[T, ...]]]:
            if not isinstance(over, WatchedTable):
                return [_Entries(*self._looks.trace(point, some))]
            # What is looked up is known beforehand.
            traces = Traces.up_to([*map(over.number_of, some)], range(len(some) + 1))
            return [_Entries([*map(point, some)], traces)]

        pointing = self._made(name, over, point_some)
        self.done_with(pointing)
        back = f"{name}, inverted"
        if not self._is_same or back not in self._last.tables:
            return self._led_back(back, inverted(pointing))
        if not pointing.is_changed:
            return self._as_it_was(back)
        if pointing.order is not self._last_order(name):
            return self._led_back(back, inverted(pointing))
        before, last = self._values(name), self._values(back)
        changed = {key: (before[key], pointing.held[key]) for key in pointing.changes}
        again = inverted_again(last, changed, pointing.order.places)
        return self._led_back(back, inverted(pointing) if again is None else again)

    def _led_back(
        self, name: str, held: Mapping[T, tuple[K, ...]]
    ) -> WatchedTable[T, tuple[K, ...]]:
        return self._given(name, held, held, ne)

    def together(self, name: str, make: Callable[[], Mapping[K, V]]) -> Mapping[K, V]:
        """Return a table whose entries are made all at once, if anything has changed at all."""
        made: dict[K, V] = {}

        def make_all(_: Sequence[str]) -> list[_Entries[None]]:
            return [_Entries(*self._looks.trace(lambda _: made.update(make()), [""]))]

        if self._made(f"{name}, together", [""], make_all).is_as_it_was:
            return self._as_it_was(name)
        if not made and (found := self._adopted.get(name)) and found.table:
            return self._taken(name, self._rows.of(found.keys), found.table, found.sorts)
        now = made or make()
        table = self._given(name, now, now, ne)
        if not self.is_known:
            table.signs = None  # so that it can be packed, which takes less room
        return table

    @contextmanager
    def meanwhile(self, work: Callable[[], object], processes: int) -> Iterator[Callable[[], None]]:
        """Have another process make the tables that some work makes, and do other things here."""
        is_much = processes > 1 and len(self._looks.key_numbers) >= _WORTH_IT
        if self.is_known or not is_much or not can_share():
            yield no_wait
            return
        from sitegen.processes.pool import meanwhile

        with meanwhile(partial(self._made_by, work)) as result:
            self._free += ROOM
            self._looks.leave_room()

            def adopt() -> None:
                if found := result():
                    self._adopted = found.taken_in(self._looks.key_numbers)

            yield adopt
            adopt()  # where nobody has; a result comes once

    def _made_by(self, work: Callable[[], object]) -> MadeElsewhere:
        """Return the tables that some work makes, in a process of its own."""
        before, known = len(self._tables), len(self._looks.key_numbers)
        work()
        made = [*islice(self._tables.values(), before, None)]
        key_numbers = islice(self._looks.key_numbers.items(), known, None)
        return MadeElsewhere({each.name: self._sent(each) for each in made}, dict(key_numbers))

    def _sent(self, table: WatchedTable[Any, Any]) -> TableElsewhere:
        # A table that is given is soon made again, and goes to nobody.
        is_given = table.signs is not None
        kept = None if is_given else self.kept_table(table.name).without_keys()
        return TableElsewhere(table.number, table.order.every, kept, table.sorts)

    def everywhere(self, name: str, value: object) -> None:
        """Take note of what is looked at without being looked up, by all that is made later."""
        self._everywhere[name] = digest_of(value)
        self._is_same &= self._last.everywhere.get(name) == self._everywhere[name]

    def trace(self, make: Callable[[], V]) -> tuple[V, Trace]:
        """Return what is made and what was looked up for it."""
        (made,), traces, _ = self._looks.trace(lambda _: make(), [None])
        return made, traces.numbers

    def fallen(self, traces: Traces, index: TraceIndex | None = None) -> Sequence[int]:
        """Return the places of the traces of which something is not as it was.

        An `index` of them need not be there.
        """
        if not self._is_same:
            return range(traces.entries())
        if index:
            return index.places_of(self._changed, traces)
        return traces.places_of(self._changed)

    def mark(self) -> None:
        """Take note of which tables there are, for `back_to_mark`."""
        self._mark = len(self._tables), self._free

    def back_to_mark(self) -> None:
        """Forget all tables that were made since, so that they can be made again."""
        known, self._free = self._mark
        for name in [*self._tables][known:]:
            del self._tables[name]
            self._packing.forget(name)
        self._adopted = {}

    def numbering(self) -> LedgerState:
        """Return what another process needs for its traces to mean the same as those made here."""
        headers = {name: TableHeader(table.number) for name, table in self._tables.items()}
        begun = self._last.begun_with or len(self._looks.key_numbers)
        return LedgerState(headers, {}, {}, self._looks.key_numbers, self._everywhere, begun)

    def headers(self) -> LedgerState:
        """Return what the next build needs to know before it opens a table."""
        headers = {name: self._header(table) for name, table in self._tables.items()}
        keys = {self._rows.numbers[table.order]: table.order for table in self._tables.values()}
        return replace(self.numbering(), headers=headers, keys=keys)

    def _header(self, table: WatchedTable[Any, Any]) -> TableHeader:
        if table.is_as_it_was:
            header = self._last.headers[table.name]
        else:
            header = TableHeader(table.number, self._rows.numbers[table.order], table.sorts)
        # The numbers of rows hold until the next build, and those of old ones may be given again.
        return header._replace(follows=self._follows.get(table.name, ()))

    def taken_up(self, held: D) -> D:
        """Return a record whose tables came from another process, with tables of this ledger."""
        changes: dict[str, Any] = {}
        for name in held.__struct_fields__:
            value = getattr(held, name)
            if isinstance(value, SentTable):
                changes[name] = self.given(value.name, value)
        return structs.replace(held, **changes)

    def kept_table(self, name: str) -> KeptTable:
        """Return what the next build needs to know of one table."""
        table = self._tables[name]
        if table.is_as_it_was:
            return self._kept(name)
        return self._packing.kept(table)

    def unpacked(self) -> list[str]:
        """Return the names of the tables that are to be packed for the next build."""
        return self._packing.left()

    def lay_by(self, name: str, packed: KeptTable) -> None:
        """Take note of how a process has packed a table.

        The table stays open: pages may be made of it, and others share the memory that it is in.
        """
        if isinstance(packed.values, Packed):
            self._packing.lay_by(name, packed.values)

    def done_with(self, *tables: Mapping[Any, Any]) -> None:
        """Take note that hardly anybody will look into these tables of its own from now on."""
        for table in tables:
            if not isinstance(table, WatchedTable) or self._tables.get(table.name) is not table:
                raise ValueError("no table of this ledger")
            self._packing.done_with(table)

    def put_away(self) -> None:
        """Put away the tables that are done with."""
        if not self.is_known:
            self._packing.put_away()
            self._rows.forget_keys()

    def names(self) -> Mapping[str, bool]:
        """Return the names of all tables, and of each whether it is just as it was."""
        return {name: table.is_as_it_was for name, table in self._tables.items()}

    def _kept(self, name: str) -> KeptTable:
        return self._last.tables.get(name) or _NO_TABLE

    def _values(self, name: str) -> Mapping[Any, Any]:
        return self._kept(name).values

    def _last_order(self, name: str) -> Keys[Any]:
        header = self._last.headers.get(name)
        return self._last.keys.get(header.keys, NO_KEYS) if header else NO_KEYS

    def _begin(self, name: str, order: Keys[K], held: Mapping[K, V]) -> WatchedTable[K, V]:
        if self._looks.is_tracing:
            raise RuntimeError("what is made for a table may make no other")
        if name in self._tables:
            raise ValueError(f'there is a table "{name}" already')
        header = self._last.headers.get(name)
        number = header.number if header else self._new_number(name)
        if number >= MOST_TABLES:
            raise ValueError("there are too many tables")
        if self._rows.number(order):
            self._looks.give_key_numbers(order.every)
        table = self._tables[name] = WatchedTable(self._looks, name, number, order, held)
        return table

    def _new_number(self, name: str) -> int:
        if found := self._adopted.get(name):
            return found.number
        self._free += 1
        return self._free - 1

    def _fallen(self, last: KeptTable, sorts: Container[int]) -> list[Any]:
        """Return the keys of entries that looked up something that is not as it was."""
        changed = {each for each in self._changed if sort_of(each) in sorts}
        every = last.values.order.every
        return [every[place] for place in last.traces.places_of(changed)] if changed else []

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
            table.changes.append(key)

    def _finish(self, table: WatchedTable[K, V]) -> WatchedTable[K, V]:
        """Note which entries are gone, and whether anything has changed."""
        before = self._last_order(table.name)
        changed = {table.number_at(ALL)} if table.changes else set()
        if before is not table.order:
            # On a first build there are none, and nobody may ever ask for the order of the keys.
            gone = [key for key in before.every if key not in table.order.places]
            changed |= {table.number_of(key) for key in gone}
            changed |= {table.number_at(KEYS), table.number_at(ALL)}
        table.is_changed = bool(changed)
        if table.is_changed:
            self._changed |= changed
            self._changed_sorts.add(table.number_at(FIRST))
        self._looks.forget()
        return table


class _Entries(NamedTuple, Generic[V]):
    """Entries of a table, what each of them looked up, and which wholes any of them did."""

    values: Sequence[V]
    traces: Traces
    wholes: frozenset[int] = frozenset()


_WORTH_IT: Final = 2000  # keys from which on another process is worth its while
_NO_TABLE: Final = KeptTable(Listed(NO_KEYS, ()))


def _values_in(tables: Mapping[str, KeptTable], name: str) -> Mapping[Any, Any]:
    return tables[name].values


def _differ(one: Any, other: Any) -> bool:
    return one is not other and digest_of(one) != digest_of(other)
