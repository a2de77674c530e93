"""The facts by which lists are filtered and sorted, as scripts that pages load on first use.

Each list has a table of contents, `data/lists/claims.js`, and shards, `data/lists/claims-a.js` …,
which are cut by first letters: so a note that changes, changes one of them. A shard has the names
of all notes that its rows refer to and needs no other file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import chain
from typing import Final, TypeAlias

from msgspec import msgpack

from sitegen.data_files.list_rows import CONFLICTS, KINDS, POINTED_AT, Row, Rows, make_rows
from sitegen.data_files.script_data import shown_json
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Findings, Ref, Site
from sitegen.pages.splitting import split_sorted
from sitegen.references import display_name
from sitegen.runs import Run
from sitegen.urls import note_url
from sitegen.views import FileMaker, file_maker

FOLDER: Final = "data/lists"
LARGEST_SHARD: Final = 240_000
"""Estimated bytes of one shard, with the names of the notes that its rows refer to."""

_CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "claims": ("kind", "standing", "verdict"),
    "events": ("kind",),
    "sources": ("kind", "grade"),
    "actors": ("kind",),
    "places": ("country",),
    "disagreements": ("kind",),
}

Part: TypeAlias = tuple[str, str]
"""A shard: the name of its list, and its slug."""

_Filed: TypeAlias = tuple[str, str, int, str]
"""The letters that file a row, its address, its weight, and the id of what it is about."""

_Cut: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""The slug of each shard of a list, with the ids of the notes or disagreements in it."""


ORDERS: Final = {name: f"order of {name}" for name in _CODES}
"""The names, by list, of tables all of whose entries are read in every build."""


def list_facts(
    site: Site, findings: Findings, tables: Tables = NOTHING_KEPT, processes: int = 1
) -> tuple[FileMaker, ...]:
    """Return the makers of the files of every list: all contents, then all shards.

    Rows are made here; files are put together when they are asked for.
    """
    rows = make_rows(site, findings, tables, processes)
    order = _orders(rows, tables)
    parts = tables.table("parts of lists", _CODES, lambda name: _parts(order(name)))
    shared_out = {(name, slug): ids for name in _CODES for slug, ids in parts[name]}
    ids = tables.given("notes in parts of lists", shared_out, shared_out)
    # A table of its own: only a change of its name concerns the lists that refer to a note.
    pointed_at = (Ref(kind, each) for kind in POINTED_AT for each in site.records(kind))
    names = tables.table("names in lists", pointed_at, partial(_name, site))
    return (
        *(_script(name, partial(_contents, name, parts)) for name in _CODES),
        *(_script("-".join(each), partial(_shard, rows, ids, names, each)) for each in ids),
    )


def _contents(name: str, parts: Mapping[str, _Cut]) -> bytes:
    contents = {
        "pattern": note_url(KINDS[name], "*") if name in KINDS else "*",
        "codes": _CODES[name],
        "shards": [slug for slug, _ in parts[name]],
        "count": sum(len(ids) for _, ids in parts[name]),
    }
    return shown_json(contents)


def _orders(rows: Rows, tables: Tables) -> Callable[[str], Iterable[_Filed]]:
    """Return a function that yields what files each row of a list, given the list's name."""
    of_notes = {
        name: tables.table(ORDERS[name], own, partial(_filed_run, own))
        for name, own in rows.of_notes.items()
    }
    conflicts = rows.of_disagreements
    of_conflicts = tables.table(
        ORDERS[CONFLICTS], conflicts, lambda each: _filed(conflicts[each], each)
    )

    def order(name: str) -> Iterable[_Filed]:
        if name == CONFLICTS:
            return of_conflicts.values()
        return chain.from_iterable(of_notes[name].values())

    return order


def _filed_run(rows: Mapping[Run, tuple[Row, ...]], run: Run) -> tuple[_Filed, ...]:
    return tuple(map(_filed, rows[run], run.ids))


def _filed(row: Row, about: str) -> _Filed:
    return row.filed, row.address, row.weight, about


def _parts(filed: Iterable[_Filed]) -> _Cut:
    """Return how a list is cut into shards."""
    every = sorted(filed)
    cut = split_sorted(
        every, [each[0] for each in every], [each[2] for each in every], LARGEST_SHARD
    )
    return tuple((part.slug, tuple([each[3] for each in part.items])) for part in cut)


def _name(site: Site, ref: Ref) -> str:
    return display_name(site.records(ref.kind)[ref.id])


def _shard(
    rows: Rows,
    ids: Mapping[Part, tuple[str, ...]],
    names: Mapping[Ref, str],
    part: Part,
) -> bytes:
    """Return the rows of a shard, in which each id is the position of a name, and those names."""
    pointed_to: list[dict[str, int]] = [{} for _ in POINTED_AT]
    written = []
    for row in rows.find(part[0], ids[part]):
        *own, facets, count = msgpack.decode(row.content)
        pointed = [
            [place.setdefault(note_id, len(place)) for note_id in facet]
            for place, facet in zip(pointed_to, facets, strict=True)
        ]
        written.append([*own, *pointed, count])
    tables = {
        str(kind): [[note_id, names.get(Ref(kind, note_id), note_id)] for note_id in place]
        for kind, place in zip(POINTED_AT, pointed_to, strict=True)
    }
    return shown_json({"names": tables, "rows": written})


def _script(name: str, make: Callable[[], bytes]) -> FileMaker:
    def content() -> bytes:
        return b'sitegen.data("list-%b", %b);\n' % (name.encode(), make())

    return file_maker(f"{FOLDER}/{name}.js", content)
