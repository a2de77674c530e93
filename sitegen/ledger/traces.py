"""What was looked up, in numbers: which table, and which of its entries.

The number of an entry is the sum of its table's and of its key's. The first numbers of keys mean
all keys of a table and all of it; the last ones keys that have no number of their own.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import accumulate, compress
from typing import Any, Final, NamedTuple
from zlib import crc32

from sitegen.storage.packed import Keys, Listed, Packed

Trace = bytes
"""The numbers of the entries that were looked up, as an array of unsigned integers."""

MOST_TABLES: Final = 512
"""So many numbers lie between those of two keys."""

KEYS, ALL, FIRST = range(0, 3 * MOST_TABLES, MOST_TABLES)
"""Numbers of keys: which there are and in which order, all entries, the first of a key."""

END: Final = MOST_TABLES << 22
"""The end of the numbers that keys can have for their own; others, which several share, follow."""

_SIZE: Final = array("I").itemsize
_BYTES: Final = bytes(range(256))
_FEW: Final = 16  # numbers that are sooner sought one by one
_AT_ONCE: Final = 64  # traces that are looked through together before each by itself


def absent_key_number(key: object) -> int:
    """Return the number of a key without one: the same in every process, though one has met it."""
    return END + crc32(str(key).encode("utf-8", "surrogatepass")) * MOST_TABLES % END


WHOLES: Final = frozenset(range(FIRST))
"""All numbers that mean a whole table or its keys."""


def sort_of(number: int) -> int:
    """Return the sort of a look-up: itself if it is that of a whole table or its keys.

    Those of entries of one table are of one sort, which is the number of the first.
    """
    return min(number, number % MOST_TABLES + FIRST)


def as_trace(numbers: Iterable[int]) -> Trace:
    """Return the numbers of entries that were looked up, in whatever order."""
    return array("I", numbers).tobytes()


def numbers_in(trace: Trace) -> array[int]:
    """Return the numbers of a trace, or of several that follow one another."""
    return array("I", trace)


class Traces(NamedTuple):
    """What many entries looked up, one after the other, and the byte at which each one's ends."""

    numbers: Trace = b""
    ends: bytes = b""

    @classmethod
    def of(cls, traces: Iterable[Trace]) -> Traces:
        """Return traces put together."""
        every = [*traces]
        return cls(b"".join(every), array("I", accumulate(map(len, every))).tobytes())

    @classmethod
    def up_to(cls, numbers: Sequence[int], ends: Sequence[int]) -> Traces:
        """Return what entries looked up: the first one up to the second of some ends, and so on.

        The first of the ends is 0.
        """
        return cls(as_trace(numbers), array("I", [4 * end for end in ends[1:]]).tobytes())

    @classmethod
    def joined(cls, parts: Sequence[Traces]) -> Traces:
        """Return the traces of some and then those of others."""
        ends, before = array("I"), 0
        for each in parts:
            ends.extend(_moved_on(array("I", each.ends), before))
            before += len(each.numbers)
        return cls(b"".join(each.numbers for each in parts), ends.tobytes())

    def entries(self) -> int:
        """Return of how many entries these are."""
        return len(self.ends) // _SIZE

    def each(self) -> Iterator[Trace]:
        """Yield what each entry looked up."""
        start = 0
        for end in array("I", self.ends):
            yield self.numbers[start:end]
            start = end

    def with_new(self, new: Mapping[int, Trace]) -> Traces:
        """Return these with others in the place of some."""
        known, ends = array("I", self.ends), array("I")
        parts, start, grown = [], 0, 0
        for place in sorted(new):
            parts += [self.numbers[start : known[place - 1] if place else 0], new[place]]
            start = known[place]
            ends.extend(_moved_on(known[len(ends) : place], grown))
            ends.append((ends[-1] if place else 0) + len(new[place]))
            grown = ends[place] - start
        ends.extend(_moved_on(known[len(ends) :], grown))
        return Traces(b"".join([*parts, self.numbers[start:]]), ends.tobytes())

    def moved(self, key_numbers: Mapping[int, int]) -> Traces:
        """Return these where keys have come to other numbers."""
        every = numbers_in(self.numbers)
        moved = {}
        for each in {*every}:
            table = each % MOST_TABLES
            if each - table in key_numbers:
                moved[each] = key_numbers[each - table] + table
        if not moved:
            return self
        for at, each in enumerate(every):
            if each in moved:
                every[at] = moved[each]
        return self._replace(numbers=every.tobytes())

    def places_of(self, numbers: AbstractSet[int]) -> list[int]:
        """Return the places of the entries that looked up any of these."""
        if len(numbers) <= _FEW:
            return self._places_of_few(numbers)
        bounds, found = [0, *array("I", self.ends)], []

        def has_any(first: int, last: int) -> bool:
            traced = numbers_in(self.numbers[bounds[first] : bounds[last]])
            return not numbers.isdisjoint(traced)

        for first in range(0, len(bounds) - 1, _AT_ONCE):
            last = min(first + _AT_ONCE, len(bounds) - 1)
            if has_any(first, last):
                found += [place for place in range(first, last) if has_any(place, place + 1)]
        return found

    def _places_of_few(self, numbers: Iterable[int]) -> list[int]:
        """Return the same, with a search for the bytes of each number."""
        ends, found = memoryview(self.ends).cast("I"), set[int]()
        for each in numbers:
            sought = array("I", [each]).tobytes()
            at = self.numbers.find(sought)
            while at >= 0:
                if at % _SIZE:  # the end of one number and the beginning of the next
                    at = self.numbers.find(sought, at + 1)
                    continue
                place = bisect_right(ends, at)
                found.add(place)
                at = self.numbers.find(sought, ends[place])
        return sorted(found)

    def sorts(self) -> frozenset[int]:
        """Return the sorts of all look-ups, and perhaps some others.

        Who looked up a whole table, or its keys, has that of its entries here.
        """
        low, high = _bytes_in(self.numbers[::4]), _bytes_in(self.numbers[1::4])
        tables = (each | bit << 8 for each in low for bit in {each & 1 for each in high})
        return frozenset(each + FIRST for each in tables)


@dataclass(frozen=True, slots=True)
class TraceIndex:
    """In which traces each number stands, found sooner than by a search through all of them.

    It takes twice the room of the traces: for each table, by its number, `numbers` of it that stand
    in them, and in which of them, `places`. Those in `renewed` places were made anew since, and are
    searched.
    """

    numbers: Sequence[bytes]
    places: Sequence[array[int]]
    renewed: frozenset[int] = frozenset()

    @classmethod
    def of(cls, traces: Traces) -> TraceIndex:
        """Go through traces, and put what they have of each table together."""
        numbers = [array("I") for _ in range(MOST_TABLES)]
        places = [array("I") for _ in range(MOST_TABLES)]
        for place, trace in enumerate(traces.each()):
            for number in numbers_in(trace):
                numbers[number % MOST_TABLES].append(number)
                places[number % MOST_TABLES].append(place)
        return cls([each.tobytes() for each in numbers], places)

    def with_new(self, places: Iterable[int]) -> TraceIndex:
        """Return the same for traces of which those in some places are new."""
        return replace(self, renewed=self.renewed.union(places))

    def places_of(self, numbers: AbstractSet[int], now: Traces) -> list[int]:
        """Return the places of the entries that looked up any of these, as their traces are now."""
        of_tables: dict[int, set[int]] = defaultdict(set)
        for each in numbers:
            of_tables[each % MOST_TABLES].add(each)
        found = set[int]()
        for table, own in of_tables.items():
            kept, places = self.numbers[table], self.places[table]
            if len(own) > _FEW:
                of_each = map(own.__contains__, memoryview(kept).cast("I"))
                found.update(compress(places, of_each))
                continue
            for each in own:
                sought = array("I", [each]).tobytes()
                at = kept.find(sought)
                while at >= 0:
                    if not at % _SIZE:
                        found.add(places[at // _SIZE])
                    at = kept.find(sought, at + 1)
        ends = memoryview(now.ends).cast("I")
        for place in self.renewed:
            trace = now.numbers[ends[place - 1] if place else 0 : ends[place]]
            (found.discard if numbers.isdisjoint(numbers_in(trace)) else found.add)(place)
        return sorted(found)


def _moved_on(ends: array[int], by: int) -> array[int]:
    """Return ends as they are after so many bytes more."""
    return array("I", [end + by for end in ends]) if by else ends


def _bytes_in(content: bytes) -> set[int]:
    """Return the bytes that there are: those that do not stay if all in the content go."""
    return {*_BYTES} - {*_BYTES.translate(None, content)}


class TableHeader(NamedTuple):
    """What is to be known of a table before it is opened.

    Its number in traces, that of its keys, and the sorts of what its entries looked up. Where its
    keys follow from those of others alone, `follows` has the numbers of these.
    """

    number: int
    keys: int = -1
    sorts: frozenset[int] = frozenset()
    follows: tuple[int, ...] = ()


class KeptTable(NamedTuple):
    """A table as it was: its entries by key, and what each of them looked up."""

    values: Packed[Any, Any] | Listed[Any, Any]
    traces: Traces = Traces()

    def with_keys(self, order: Keys[Any]) -> KeptTable:
        """Return the same with other keys, as many."""
        return self._replace(values=self.values.with_keys(order))

    def without_keys(self) -> KeptTable:
        """Return the same without keys, which many tables share; nothing can be found in it."""
        return self.with_keys(NO_KEYS)


NO_KEYS: Final[Keys[Any]] = Keys()


@dataclass(frozen=True, slots=True)
class LedgerState:
    """All tables of a build by name, and the digests of what was looked at everywhere.

    `keys` are those of tables, by their number, and `key_numbers` what all keys add to the numbers
    in traces; they were begun with so many keys.
    """

    headers: Mapping[str, TableHeader] = field(default_factory=dict)
    keys: Mapping[int, Keys[Any]] = field(default_factory=dict)
    tables: Mapping[str, KeptTable] = field(default_factory=dict)
    key_numbers: Mapping[Any, int] = field(default_factory=dict)
    everywhere: Mapping[str, bytes] = field(default_factory=dict)
    begun_with: int = 0

    def is_outgrown(self) -> bool:
        """Return whether most numbers may be those of keys that are gone: time to begin again."""
        return len(self.key_numbers) > 2 * self.begun_with + 1000
