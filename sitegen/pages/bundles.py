"""Notes in bundles of neighbours, so that what is said of all of them is put together in two steps.

What pages say of all notes, such as a count or the first few, is made for each bundle and then from
all bundles. So if a note changes, only its own bundle is made again and, if that comes out
differently, what is made from all bundles. Never does one note cost a look at every note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, Final, TypeVar
from zlib import crc32

from msgspec import Struct

from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, KeysOf, Tables
from sitegen.model import Site

V = TypeVar("V")

_SIZE: Final = 64  # notes of a bundle, on average: a power of two

Bundle = Mapping[str, tuple[Any, ...]]
"""Bundles of ids, each under its first id; the first bundle under the empty text."""


class Bundles(Struct, frozen=True):
    """The notes of a site in bundles, kind by kind, in the order in which the site has them."""

    sources: Bundle
    claims: Bundle
    events: Bundle
    actors: Bundle
    places: Bundle
    questions: Bundle
    measures: Bundle
    corrections: Bundle
    pages: Bundle

    def of(self, kind: Kind) -> Bundle:
        """Return the notes of one kind."""
        found: Bundle = getattr(self, kind.plural)
        return found


def bundles_of(site: Site, tables: Tables = NOTHING_KEPT) -> Bundles:
    """Return the notes of a site in bundles."""
    return Bundles(
        **{kind.plural: _in_bundles(kind.plural, site.records(kind), tables) for kind in Kind}
    )


def _in_bundles(name: str, notes: Mapping[str, Any], tables: Tables) -> Bundle:
    @cache
    def found() -> dict[str, tuple[str, ...]]:
        return cut(notes)

    def bundle(first: str) -> tuple[str, ...]:
        notes.keys()  # which is all that decides it
        return found()[first]

    return tables.table(f"bundles of {name}", KeysOf([notes], found), bundle)


def cut(ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return ids in bundles.

    An id alone decides whether a bundle begins with it. So an id that comes or goes changes the
    bundle that it is in and at most the one before.
    """
    every = [*ids]
    signs = map(crc32, map(str.encode, every))
    starts = [at for at, sign in enumerate(signs) if not sign % _SIZE]
    names = ["", *(every[at] for at in starts)]
    parts = (every[one:other] for one, other in pairwise([0, *starts, len(every)]))
    return {name: tuple(part) for name, part in zip(names, parts, strict=True) if part}


def by_bundle(
    tables: Tables, name: str, bundles: Bundle, make: Callable[[tuple[Any, ...]], V]
) -> Mapping[str, V]:
    """Return a table with what `make` returns for the ids of each bundle, by the bundle's key."""
    return tables.table(name, bundles, lambda each: make(bundles[each]))
