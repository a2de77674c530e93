"""What a build takes over from the last one, and what it leaves for the next.

Which files, tables and pages still hold is decided here; `sitegen.ledger` has the tables.
"""
