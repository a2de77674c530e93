"""Tables that another process, forked from this one, has made meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sitegen.ledger.traces import KeptTable


class MadeElsewhere(NamedTuple):
    """A table that another process has made: its number in traces, its keys, and what it holds."""

    number: int
    keys: tuple[Any, ...]
    table: KeptTable | None

    def moved(self, places: Mapping[int, int]) -> MadeElsewhere:
        """Return the same where keys have come to other places in traces."""
        if self.table is None or not places:
            return self
        traces = self.table.traces.moved(places)
        return self._replace(table=self.table._replace(traces=traces))
