"""Scripts of previews, loaded on first need.

Each kind has shards of its own, `data/previews/claims-1.js` …, in the order of their keys, with so
many previews each; `data/previews/contents.js` has the first key of each, so that a page finds the
one shard that a link's address asks for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from sitegen.ledger import Tables
from sitegen.model import Ref
from sitegen.pages.cards import Cards
from sitegen.pages.makers import PageMaker
from sitegen.pages.previews import Stock, stocks
from sitegen.views import PageSpec, Preview, PreviewContents, PreviewShard

FOLDER: Final = "data/previews"
LARGEST_SHARD: Final = 64
"""Previews in a shard, each of bounded size: one is loaded while a pointer rests on a link."""

_Shard = tuple[tuple[str, Any], ...]
_Contents = tuple[str, str, tuple[str, ...]]


def preview_makers(cards: Cards, tables: Tables) -> Iterator[PageMaker]:
    """Yield what makes the shards of every kind of preview, and the contents that lead to them.

    Where tables are kept, each shard has a maker of its own. The previews are not kept: to make one
    again costs less than to store it.
    """
    if not tables.is_kept:
        yield PageMaker(partial(preview_scripts, cards))
        return
    every = [*stocks(cards, tables)]
    bringing: dict[Ref | str, list[Stock]] = defaultdict(list)
    for stock in every:
        for owner in stock.owners:
            bringing[owner].append(stock)
    brought = tables.table(
        "keys of previews",
        bringing,
        lambda owner: {one.folder: _keys(one, owner) for one in bringing[owner]},
    )
    of_kind: dict[str, Stock] = {}
    filed: dict[str, _Shard] = {}
    contents: list[_Contents] = []
    for stock in every:
        shards = _shards(stock, {owner: brought[owner][stock.folder] for owner in stock.owners})
        of_kind |= dict.fromkeys(shards, stock)
        filed |= shards
        contents += _contents(stock, shards.values())
    held = tables.digested("shards of previews", filed)
    for name, stock in of_kind.items():
        yield PageMaker(partial(_shard, stock, name, held), f"previews:{name}")
    row = tables.row("contents of previews", tuple(contents))
    yield PageMaker(lambda: (_contents_script(row),), "previews:contents")


def preview_scripts(cards: Cards) -> Iterator[PageSpec]:
    """Yield all scripts of previews; no more than those of one shard are held at a time."""
    contents: list[_Contents] = []
    for stock in stocks(cards):
        shards = _shards(stock, {owner: _keys(stock, owner) for owner in stock.owners})
        for name in shards:
            yield from _shard(stock, name, shards)
        contents += _contents(stock, shards.values())
    yield _contents_script(contents)


def _keys(stock: Stock, owner: Ref | str) -> tuple[str, ...]:
    """Return the keys of the previews that something brings."""
    return tuple(stock.offers(owner))


def _shards(stock: Stock, keys: Mapping[Any, Iterable[str]]) -> dict[str, _Shard]:
    """Cut previews into shards with names; each has the keys and what brings them."""
    entries = sorted((key, owner) for owner, own in keys.items() for key in own)
    return {
        f"{stock.folder}-{at // LARGEST_SHARD + 1}": tuple(entries[at : at + LARGEST_SHARD])
        for at in range(0, len(entries), LARGEST_SHARD)
    }


def _shard(stock: Stock, name: str, held: Mapping[str, _Shard]) -> Iterator[PageSpec]:
    """Yield one shard, its previews made from what brings them."""
    entries = held[name]
    offers = {owner: stock.offers(owner) for owner in dict.fromkeys(owner for _, owner in entries)}
    yield _script(stock, name, [offers[owner][key]() for key, owner in entries])


def _script(stock: Stock, name: str, previews: Sequence[Preview]) -> PageSpec:
    rows = PreviewShard(f"previews/{name}", stock.kind, tuple(previews))
    return PageSpec(f"{FOLDER}/{name}.js", "data/previews.js", rows)


def _contents(stock: Stock, shards: Iterable[_Shard]) -> Iterator[_Contents]:
    """Yield what the contents say of one kind, if there are any previews of it."""
    if firsts := tuple(shard[0][0] for shard in shards):
        yield stock.folder, stock.kind, firsts


def _contents_script(contents: Iterable[_Contents]) -> PageSpec:
    view = PreviewContents(tuple(contents))
    return PageSpec(f"{FOLDER}/contents.js", "data/preview_contents.js", view)
