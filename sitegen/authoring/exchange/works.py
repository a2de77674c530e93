"""A source as the writers of references take it, under its own id."""

from __future__ import annotations

from msgspec.structs import replace

from sitegen.dates import FuzzyDate, machine
from sitegen.notes import Source
from sitegen.pages.citing import Work, work_of_source


def work_of(source_id: str, note: Source) -> Work:
    """Return what a reference to a source is made of; its key is the source's id.

    A date that is in doubt, or a range, is left out: each format has a way of its own for it.
    """
    work = work_of_source(source_id, note)
    is_plain = note.published is not None and bool(machine(note.published))
    return replace(work, key=source_id, date=work.date if is_plain else None)


def parts_of_date(date: FuzzyDate) -> list[int]:
    """Return year, month and day as far as stated; none for a doubtful date or a range."""
    stated = machine(date)
    return [int(part) for part in stated.split("-")] if stated else []


def said_name(written: str) -> str:
    """Return a name as it is said, where it is written as "Family, Given" or "Family, Jr., Given".

    One that ends in a comma is an organisation's, and is as it stands.
    """
    if written.rstrip().endswith(","):
        return written.rstrip()[:-1].strip()
    family, *rest = (part.strip() for part in written.split(","))
    if not rest:
        return family
    given, suffix = rest[-1], rest[:-1]
    return " ".join(filter(None, [given, family, *suffix]))
