"""What a ledger keeps for the next build, in one piece; a build writes table by table."""

from __future__ import annotations

from dataclasses import replace

from sitegen.ledger import Ledger, LedgerState


def kept_of(ledger: Ledger) -> LedgerState:
    """Return what the next build needs to know."""
    tables = {name: ledger.kept_table(name) for name in ledger.names()}
    return replace(ledger.headers(), tables=tables)
