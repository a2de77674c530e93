"""What was looked up, in numbers: which table, and which of its entries.

The number of an entry tells its table and its key's place. The first places mean all keys of a
table and all of it; the last ones keys that have no place of their own.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final, NamedTuple
from zlib import crc32

Trace = bytes
"""The numbers of the entries that were looked up, as an array of unsigned integers."""

MOST_TABLES: Final = 512
KEYS, ALL, FIRST = range(3)
"""Places: which keys there are and in which order, all entries, the first that a key can have."""

MOST_PLACES: Final = (1 << 22) - FIRST
"""Keys that can have a place of their own."""

_ABSENT: Final = 1 << 22  # the first of the places for keys without one; several may share it


def number(table: int, place: int) -> int:
    """Return the number that means an entry of a table."""
    return place * MOST_TABLES + table


def absent_place(key: object) -> int:
    """Return the place of a key that has none: the same in every process, though one has met it."""
    return _ABSENT | crc32(str(key).encode("utf-8", "surrogatepass")) & (_ABSENT - 1)


def as_trace(numbers: Iterable[int]) -> Trace:
    """Return the numbers of entries that were looked up, in whatever order and however often."""
    return array("I", sorted({*numbers})).tobytes()


def numbers_in(trace: Trace) -> array[int]:
    """Return the numbers of a trace, or of several that follow one another."""
    return array("I", trace)


class Traces(NamedTuple):
    """What many entries looked up, one after the other, and where each one's numbers end."""

    numbers: Trace = b""
    ends: bytes = b""

    @classmethod
    def of(cls, traces: Iterable[Trace]) -> Traces:
        """Return traces put together."""
        every = [*traces]
        return cls(b"".join(every), array("Q", accumulate(map(len, every))).tobytes())

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

    `places` are those of all keys in the numbers of traces; with so many keys they were begun.
    """

    tables: Mapping[str, KeptTable] = field(default_factory=dict)
    places: Mapping[Any, int] = field(default_factory=dict)
    everywhere: Mapping[str, bytes] = field(default_factory=dict)
    begun_with: int = 0

    def is_outgrown(self) -> bool:
        """Return whether most places may be those of keys that are gone: time to begin again."""
        return len(self.places) > 2 * self.begun_with + 1000
