"""Tables that are made entry by entry, and what of them still holds at the next build.

What follows from the notes is kept in tables: one for the citations of every note, one for the
standing of every claim, and so on. Each entry is made by a function that looks up entries of other
tables, and those look-ups are noted. At the next build an entry is taken over if nothing that it
looked up has changed; else it is made again, and has changed only if it came out otherwise. So a
change goes as far as it makes a difference, and no function need know of it.

Looking up a key that is not there is a look-up too. Who goes through a whole table has looked up
all of it, or, where only keys were asked for, its keys.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial
from itertools import accumulate, count
from operator import ne
from typing import Any, Final, NamedTuple, TypeVar, overload
from zlib import crc32

from sitegen.digests import digest_of
from sitegen.packets import Layered, pack
from sitegen.workers import share_out

D = TypeVar("D")
K = TypeVar("K", bound=Hashable)
T = TypeVar("T", bound=Hashable)
V = TypeVar("V")

Trace = bytes
"""The numbers of the entries that were looked up, as an array of unsigned integers."""

_WORTH_SHARING: Final = 2000  # entries from which on two processes make them sooner than one
_BITS: Final = 8  # of an entry's number: which table it is in; the rest is its place there
_KEYS, _ALL, _FIRST = range(3)  # places: which keys there are and in which order, all, the entries
_ABSENT: Final = 1 << 23
"""The first of the places that stand for keys without an entry; several keys may share one."""


def looks_at_all(trace: Trace) -> bool:
    """Return whether a whole table was looked up, or all its keys."""
    return any(number >> _BITS < _FIRST for number in array("I", trace))


class Tables:
    """Makes tables, every entry of them; nothing is kept."""

    is_kept = False

    def given(
        self,
        name: str,  # noqa: ARG002 - here and below: what keeps tables needs it
        held: Mapping[K, V],
        signs: Mapping[K, Any] | None = None,  # noqa: ARG002
    ) -> Mapping[K, V]:
        """Return a table that was made elsewhere.

        `signs` tell an entry from what it was, where that takes less than the whole.
        """
        return held

    def digested(self, name: str, held: Mapping[K, V]) -> Mapping[K, V]:  # noqa: ARG002
        """Return a table that was made elsewhere; of its entries only digests are kept."""
        return held

    def row(self, name: str, held: tuple[V, ...]) -> Sequence[V]:  # noqa: ARG002
        """Return a sequence that was made elsewhere and is looked at as a whole."""
        return held

    def table(
        self,
        name: str,  # noqa: ARG002
        keys: Iterable[K],
        make: Callable[[K], V],
        processes: int = 1,
    ) -> Mapping[K, V]:
        """Return a table with an entry for every key. No two tables may have the same name.

        So many `processes` may share the work, if there is a lot of it and entries are small.
        """

        def make_some(some: Sequence[K]) -> list[V]:
            return [make(key) for key in some]

        every = [*keys]
        return dict(zip(every, _shared(make_some, every, processes), strict=True))

    def index(
        self, name: str, over: Mapping[K, V], targets: Callable[[V], Iterable[T]]
    ) -> Mapping[T, tuple[K, ...]]:
        """Return for everything that entries of a table point to the keys of those entries."""
        pointing = self.table(name, over, lambda key: tuple(dict.fromkeys(targets(over[key]))))
        return self.given(f"{name}, inverted", _inverted(pointing))

    def everywhere(self, name: str, value: object) -> None:
        """Take note of what is looked at without being looked up, by all that is made later."""


def _inverted(pointing: Mapping[K, Iterable[T]]) -> dict[T, tuple[K, ...]]:
    found: dict[T, list[K]] = {}
    for key, targets in pointing.items():
        for target in targets:
            found.setdefault(target, []).append(key)
    return {target: tuple(keys) for target, keys in found.items()}


class Traces(NamedTuple):
    """What many entries looked up, one after the other, and where each one's numbers end."""

    numbers: bytes = b""
    ends: bytes = b""

    def each(self) -> Iterator[Trace]:
        """Yield what each entry looked up."""
        start = 0
        for end in array("Q", self.ends):
            yield self.numbers[start:end]
            start = end


class KeptTable(NamedTuple):
    """A table as it was: its number in traces, its entries by key, what each of them looked up."""

    number: int
    values: Mapping[Any, Any]
    traces: Traces = Traces()


@dataclass(frozen=True, slots=True)
class Kept:
    """All tables of a build by name, and the digests of what was looked at everywhere.

    `places` are those of all keys in the numbers of traces.
    """

    tables: Mapping[str, KeptTable] = field(default_factory=dict)
    places: Mapping[Any, int] = field(default_factory=dict)
    everywhere: Mapping[str, bytes] = field(default_factory=dict)


class Ledger(Tables):
    """Makes tables, taking over the entries that are as they were.

    The tables it returns may be looked into by whatever makes entries of later ones. They are to
    be made in an order that depends on nothing but `everywhere`.
    """

    is_kept = True

    def __init__(self, last: Kept | None = None) -> None:
        """Take what the last build kept, if anything; up to 256 tables can be made."""
        self._last = last or Kept()
        self._tables: dict[str, _Table[Any, Any]] = {}
        self.places = {**self._last.places}
        self._everywhere: dict[str, bytes] = {}
        self._free = count(
            1 + max((each.number for each in self._last.tables.values()), default=-1)
        )
        self._changed: set[int] = set()
        self._is_known = bool(last)
        self._is_same = self._is_known  # what is looked at everywhere
        self.seen: list[int] = []
        self.touched: list[_Table[Any, Any]] = []

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
    ) -> _Table[K, Any]:
        table, last = self._begin(name, held, held), self._values(name)
        self._compare(table, held, last, differ)
        return self._finish(table, last)

    def digested(self, name: str, held: Mapping[K, V]) -> Mapping[K, V]:
        """Return a table that was made elsewhere; of its entries only digests are kept."""
        return self.given(name, held, {key: digest_of(value) for key, value in held.items()})

    def row(self, name: str, held: tuple[V, ...]) -> Sequence[V]:
        """Return a sequence that was made elsewhere and is looked at as a whole."""
        return _Row(name, self.given(name, {"": held}, {"": digest_of(held)}))

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
        table: _Table[K, V] = self._begin(name, held, keys)
        table.is_made = True
        if last and keys.keys() == standing.keys() and [*keys] == [*before]:
            table.traces = last.traces
            return self._finish(table, before)
        left = [key for key in keys if key not in standing]
        traces = {**standing}
        for key, (value, trace) in zip(left, _shared(make_some, left, processes), strict=True):
            made[key], traces[key] = value, trace
        table.traces = _flat(traces[key] for key in keys)
        self._compare(table, made, before, _differ)
        return self._finish(table, before)

    def index(
        self, name: str, over: Mapping[K, V], targets: Callable[[V], Iterable[T]]
    ) -> Mapping[T, tuple[K, ...]]:
        """Return for everything that entries of a table point to the keys of those entries."""

        def point(key: K) -> tuple[T, ...]:
            return tuple(dict.fromkeys(targets(over[key])))

        def point_some(some: Sequence[K]) -> list[tuple[tuple[T, ...], Trace]]:
            if not isinstance(over, _Table):
                return [self.trace(partial(point, key)) for key in some]
            # What is looked up is known beforehand.
            return [(point(key), array("I", [over.number_of(key)]).tobytes()) for key in some]

        pointing = self._made(name, over, point_some)
        inverted = f"{name}, inverted"
        held = self._values(inverted)
        if not (self._is_same and inverted in self._last.tables and _is_unchanged(pointing)):
            held = _inverted(pointing)
        return self._given(inverted, held, ne)

    def everywhere(self, name: str, value: object) -> None:
        """Take note of what is looked at without being looked up, by all that is made later."""
        self._everywhere[name] = digest_of(value)
        self._is_same &= self._last.everywhere.get(name) == self._everywhere[name]

    def trace(self, make: Callable[[], V]) -> tuple[V, Trace]:
        """Return what is made and what was looked up for it."""
        self.forget()
        made = make()
        trace = array("I", sorted(set(self.seen))).tobytes()
        self.forget()
        return made, trace

    def forget(self) -> None:
        """Note no more of what has been looked up since something was made last."""
        for table in self.touched:
            dict.clear(table)
        self.touched.clear()
        self.seen.clear()

    def holds(self, trace: Trace) -> bool:
        """Return whether what was looked up in the last build is as it was."""
        return self._is_same and self._changed.isdisjoint(array("I", trace))

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
        return Kept(tables, self.places, self._everywhere)

    def taken_up(self, held: D) -> D:
        """Return a dataclass whose tables came from another process, with tables of this ledger."""
        changes: dict[str, Any] = {}
        for each in fields(held):  # type: ignore[arg-type]
            value = getattr(held, each.name)
            if isinstance(value, _SentRow):
                changes[each.name] = self.row(value.name, tuple(value))
            elif isinstance(value, _SentTable):
                changes[each.name] = self.given(value.name, value)
        return replace(held, **changes)  # type: ignore[type-var]

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

    def _begin(self, name: str, held: Mapping[K, V], keys: Iterable[K]) -> _Table[K, V]:
        if name in self._tables:
            raise ValueError(f'there is a table "{name}" already')
        last = self._last.tables.get(name)
        number = last.number if last else next(self._free)
        if number >= 1 << _BITS:
            raise ValueError("there are too many tables")
        for key in keys:
            if key not in self.places:
                self.places[key] = _FIRST + len(self.places)
        table = self._tables[name] = _Table(self, name, number, held)
        return table

    def _standing(self, last: KeptTable | None) -> Mapping[Any, Trace]:
        """Return what the entries looked up that are sure to come out as they were, by key."""
        if last is None or not self._is_same:
            return {}
        every = zip(last.values, last.traces.each(), strict=True)
        if self._changed.isdisjoint(array("I", last.traces.numbers)):
            return dict(every)
        return {key: trace for key, trace in every if self.holds(trace)}

    def _compare(
        self,
        table: _Table[K, V],
        held: Mapping[K, Any],
        before: Mapping[K, Any],
        differ: Callable[[Any, Any], bool],
    ) -> None:
        """Note which of some entries are not what they were."""
        if not self._is_known:  # nobody can have looked them up
            return
        for key, value in held.items():
            if key not in before:
                self._changed |= {table.number_of(key), table.number_of_absent(key)}
            elif differ(before[key], value):
                self._changed.add(table.number_of(key))
            else:
                continue
            table.is_changed = True

    def _finish(self, table: _Table[K, V], before: Mapping[K, V]) -> _Table[K, V]:
        """Note which entries are gone, and whether anything has changed."""
        if [*table.held] != [*before]:
            gone = before.keys() - table.held.keys()
            self._changed |= {table.number_of(key) for key in gone}
            self._changed.add(table.number_at(_KEYS))
            table.is_changed = True
        if table.is_changed:
            self._changed.add(table.number_at(_ALL))
        self.forget()
        return table


def _shared(
    work: Callable[[Sequence[K]], Sequence[T]], keys: Sequence[K], processes: int
) -> Iterator[T]:
    return share_out(work, keys, processes if len(keys) >= _WORTH_SHARING else 1)


def _flat(traces: Iterable[Trace]) -> Traces:
    every = [*traces]
    return Traces(b"".join(every), array("Q", accumulate(map(len, every))).tobytes())


def _differ(one: Any, other: Any) -> bool:
    return one is not other and digest_of(one) != digest_of(other)


def _is_unchanged(table: Mapping[Any, Any]) -> bool:
    return isinstance(table, _Table) and not table.is_changed


class _Table(dict[K, V]):
    """A table that notes what is looked up in it.

    As a dictionary it holds what has been looked up since something was made last, so that looking
    it up again costs nothing; `held` is all of it.
    """

    __slots__ = ("_ledger", "held", "is_changed", "is_made", "name", "number", "signs", "traces")

    def __init__(
        self,
        ledger: Ledger,
        name: str,
        number: int,
        held: Mapping[K, V],
    ) -> None:
        super().__init__()
        self._ledger = ledger
        self.name = name
        self.number = number
        self.held = held
        self.signs: Mapping[K, Any] = held
        self.traces = Traces()
        self.is_made = False
        self.is_changed = False

    def number_of(self, key: Any) -> int:
        """Return the number that means an entry."""
        place = self._ledger.places.get(key)
        return self.number_of_absent(key) if place is None else self.number_at(place)

    def number_of_absent(self, key: Any) -> int:
        """Return the number that means a key that never had an entry."""
        # Every process comes to the same number, though it alone has met this key.
        return self.number_at(
            _ABSENT | crc32(str(key).encode("utf-8", "surrogatepass")) & (_ABSENT - 1)
        )

    def number_at(self, place: int) -> int:
        return place << _BITS | self.number

    def _note(self, number: int) -> None:
        self._ledger.seen.append(number)

    def __missing__(self, key: K) -> V:
        self._note(self.number_of(key))
        value = self.held[key]
        if not dict.__len__(self):
            self._ledger.touched.append(self)
        dict.__setitem__(self, key, value)
        return value

    def __contains__(self, key: object) -> bool:
        self._note(self.number_of(key))
        return key in self.held

    def get(self, key: K, default: Any = None) -> Any:
        self._note(self.number_of(key))
        return self.held.get(key, default)

    def __iter__(self) -> Iterator[K]:
        self._note(self.number_at(_KEYS))
        return iter(self.held)

    def __reversed__(self) -> Iterator[K]:
        return reversed([*self])

    def __len__(self) -> int:
        self._note(self.number_at(_KEYS))
        return len(self.held)

    def keys(self) -> Any:
        self._note(self.number_at(_KEYS))
        return self.held.keys()

    def values(self) -> Any:
        self._note(self.number_at(_KEYS))
        self._note(self.number_at(_ALL))
        return self.held.values()

    def items(self) -> Any:
        self._note(self.number_at(_KEYS))
        self._note(self.number_at(_ALL))
        return self.held.items()

    def __eq__(self, other: object) -> bool:
        self.items()
        return self.held == (other.held if isinstance(other, _Table) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None

    def __or__(self, other: Any) -> Any:
        return {**self, **other}

    def __ror__(self, other: Any) -> Any:
        return {**other, **self}

    def copy(self) -> dict[K, V]:
        return {**self}

    def __reduce__(self) -> Any:
        return _SentTable, (self.name, {**self})


class _Row(Sequence[V]):
    """A sequence that notes that it was looked at."""

    __slots__ = ("_cell", "name")

    def __init__(self, name: str, cell: Mapping[str, tuple[V, ...]]) -> None:
        self._cell = cell
        self.name = name

    @overload
    def __getitem__(self, at: int) -> V: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[V]: ...
    def __getitem__(self, at: int | slice) -> V | Sequence[V]:
        return self._cell[""][at]

    def __iter__(self) -> Iterator[V]:
        return iter(self._cell[""])

    def __len__(self) -> int:
        return len(self._cell[""])

    def __eq__(self, other: object) -> bool:
        return self._cell[""] == (other._cell[""] if isinstance(other, _Row) else other)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> Any:
        return _SentRow, (self.name, self._cell[""])


class _SentTable(dict[K, V]):
    """A table on the way to another process, with its name."""

    def __init__(self, name: str, held: Mapping[K, V]) -> None:
        super().__init__(held)
        self.name = name

    def __reduce__(self) -> Any:
        return _SentTable, (self.name, {**self})


class _SentRow(list[V]):
    """A sequence on the way to another process, with its name."""

    def __init__(self, name: str, held: Iterable[V]) -> None:
        super().__init__(held)
        self.name = name

    def __reduce__(self) -> Any:
        return _SentRow, (self.name, [*self])
