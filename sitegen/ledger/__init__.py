"""Tables that are made entry by entry, and what of them still holds at the next build.

What follows from the notes is kept in tables: one for the citations of every note, one for the
standing of every claim, and so on. Each entry is made by a function that looks up entries of other
tables, and those look-ups are noted. At the next build an entry is taken over if nothing that it
looked up has changed; else it is made again, and has changed only if it came out otherwise. So a
change goes as far as it makes a difference, and no function need know of it.

Looking up a key that is not there is a look-up too. Who goes through a whole table has looked up
all of it, or, where only keys were asked for, its keys.
"""

from sitegen.ledger.ledger import Ledger
from sitegen.ledger.tables import NOTHING_KEPT, KeysOf, Tables, Whole, no_wait
from sitegen.ledger.traces import KeptTable, LedgerState, Trace, TraceIndex, Traces

__all__ = [
    "NOTHING_KEPT",
    "KeptTable",
    "KeysOf",
    "Ledger",
    "LedgerState",
    "Tables",
    "Trace",
    "TraceIndex",
    "Traces",
    "Whole",
    "no_wait",
]
