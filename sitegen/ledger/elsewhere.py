"""Tables that another process, forked from this one, has made meanwhile."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Final, NamedTuple

from sitegen.ledger.traces import KeptTable

ROOM: Final = 64
"""Tables that may be made elsewhere: so many numbers are left for them."""


class TableElsewhere(NamedTuple):
    """One of them: its number in traces, its keys, and what it holds, if it is to be taken over.

    `sorts` are those of what its entries looked up.
    """

    number: int
    keys: tuple[Any, ...]
    table: KeptTable | None
    sorts: frozenset[int]

    def moved(self, key_numbers: Mapping[int, int]) -> TableElsewhere:
        """Return the same where keys have come to other numbers in traces."""
        if self.table is None or not key_numbers:
            return self
        traces = self.table.traces.moved(key_numbers)
        return self._replace(table=self.table._replace(traces=traces))


class MadeElsewhere(NamedTuple):
    """The tables by name, and the numbers that were given there to keys that had none."""

    tables: Mapping[str, TableElsewhere]
    key_numbers: Mapping[Hashable, int]

    def taken_in(self, key_numbers: dict[Any, int]) -> Mapping[str, TableElsewhere]:
        """Return the tables as they are with these numbers of keys, which get those that are new.

        Keys that have got a number meanwhile keep it. There are none if more were made than there
        are numbers for.
        """
        if len(self.tables) > ROOM:
            return {}
        known = {
            key_number: key_numbers[key]
            for key, key_number in self.key_numbers.items()
            if key in key_numbers
        }
        for key, key_number in self.key_numbers.items():
            key_numbers.setdefault(key, key_number)
        return {name: each.moved(known) for name, each in self.tables.items()}
