"""What tables are packed into for the next build, and which of them are put away early."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sitegen.ledger.traces import KeptTable
from sitegen.ledger.watched import Unopened, WatchedTable
from sitegen.storage.packed import Packed, pack
from sitegen.storage.packet_file import PacketFile

Tabled = Mapping[str, WatchedTable[Any, Any]]
"""Tables by name."""


class Packing:
    """What has been packed of tables, by name, and the file that packets are put into, if any.

    A table that few will look into again can be put away: what it holds is then in packets alone.
    """

    def __init__(self, tables: Tabled, file: PacketFile | None) -> None:
        """Take where all tables are found, and the file."""
        self._tables = tables
        self._file = file
        self._packed: dict[str, Packed[Any, Any]] = {}
        self._done: dict[str, WatchedTable[Any, Any]] = {}

    def kept(self, table: WatchedTable[Any, Any]) -> KeptTable:
        """Return what the next build needs to know of a table in which something is new."""
        if table.signs is not None:
            return KeptTable(table.signs, table.traces)
        if table.name in self._packed:
            return KeptTable(self._packed[table.name].with_keys(table.order), table.traces)
        return KeptTable(pack(table.held, table.order, self._file), table.traces)

    def left(self) -> list[str]:
        """Return the names of the tables that are to be packed yet."""
        return [name for name in self._tables if self._is_left(name)]

    def lay_by(self, name: str, packed: Packed[Any, Any]) -> None:
        """Take note of how a process has packed a table, which stays open."""
        self._packed[name] = packed

    def forget(self, name: str) -> None:
        """Forget a table."""
        self._packed.pop(name, None)
        self._done.pop(name, None)

    def done_with(self, table: WatchedTable[Any, Any]) -> None:
        """Take note of a table that can be put away."""
        self._done[table.name] = table

    def put_away(self) -> None:
        """Put away the tables that can be."""
        if self._file is None:
            return
        for name, table in self._done.items():
            if self._is_left(name):
                packed = self.kept(table).values
                if isinstance(packed, Packed):
                    table.held = self._packed[name] = packed

    def _is_left(self, name: str) -> bool:
        table = self._tables[name]
        is_packed = isinstance(table.held, Packed | Unopened)
        return name not in self._packed and table.signs is None and not is_packed
