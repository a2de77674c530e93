"""Scripts of previews, loaded on first need.

Each kind has shards of its own, `data/previews/claims-1.js` …, in the order of their keys.
`data/previews/contents.js` has the first key of each shard, so that a page can find the one shard
with the preview of a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Final

from sitegen.ledger import Tables, Whole
from sitegen.pages.cards import Cards
from sitegen.pages.makers import KeyedMakers, all_at_once
from sitegen.pages.previews import Entry, Stock, stocks
from sitegen.views import PageSpec, PreviewContents, PreviewShard

FOLDER: Final = "data/previews"
LARGEST_SHARD: Final = 64
"""Previews in a shard: so few, each of bounded size, load while a pointer rests on a link."""

_Shard = tuple[Entry, ...]


def preview_makers(cards: Cards, tables: Tables) -> Iterator[KeyedMakers]:
    """Yield what makes the shards of every kind of preview, and the contents that lead to them.

    Only the keys of previews are kept: to make a preview again costs less than to store it.
    """
    if not tables.is_kept:
        yield all_at_once(partial(preview_scripts, cards))
        return
    of_name: dict[str, tuple[Stock, Mapping[str, _Shard]]] = {}
    contents: list[tuple[Stock, Whole[dict[str, str]]]] = []
    for stock in stocks(cards, tables):
        shards = tables.together(f"shards of {stock.folder}", partial(_shards, stock))
        firsts = tables.whole(f"contents of {stock.folder}", partial(_firsts, shards))
        of_name |= dict.fromkeys(firsts.value, (stock, shards))
        tables.done_with(shards)
        contents.append((stock, firsts))
    yield KeyedMakers("previews:", of_name, lambda name: _shard_at(*of_name[name], name))
    yield KeyedMakers(
        "previews:",
        ["contents"],
        lambda _: _contents_script((stock, firsts.value) for stock, firsts in contents),
    )


def preview_scripts(cards: Cards) -> Iterator[PageSpec]:
    """Yield all scripts of previews; no more than those of one shard are held at a time."""
    contents: list[tuple[Stock, dict[str, str]]] = []
    for stock in stocks(cards):
        shards = _shards(stock)
        for name, shard in shards.items():
            yield _shard(stock, name, shard)
        contents.append((stock, _firsts(shards)))
    yield from _contents_script(contents)


def _shards(stock: Stock) -> dict[str, _Shard]:
    """Cut the entries of all previews of a kind into shards, by the names of these."""
    entries = sorted(stock.entries())
    return {
        f"{stock.folder}-{at // LARGEST_SHARD + 1}": tuple(entries[at : at + LARGEST_SHARD])
        for at in range(0, len(entries), LARGEST_SHARD)
    }


def _firsts(shards: Mapping[str, _Shard]) -> dict[str, str]:
    """Return the first key of every shard, by the shard's name."""
    return {name: shard[0][0] for name, shard in shards.items()}


def _shard_at(stock: Stock, shards: Mapping[str, _Shard], name: str) -> Iterator[PageSpec]:
    yield _shard(stock, name, shards[name])


def _shard(stock: Stock, name: str, entries: _Shard) -> PageSpec:
    """Return the script of one shard, whose previews are made now."""
    offers = {owner: stock.offers(owner) for owner in dict.fromkeys(owner for _, owner in entries)}
    previews = tuple([offers[owner][key]() for key, owner in entries])
    rows = PreviewShard(f"previews/{name}", stock.kind, previews)
    return PageSpec(f"{FOLDER}/{name}.js", "data/previews.js", rows)


def _contents_script(contents: Iterable[tuple[Stock, Mapping[str, str]]]) -> Iterator[PageSpec]:
    """Yield the script with the first keys of all shards, for each kind that has any."""
    firsts = ((stock, tuple(each.values())) for stock, each in contents)
    view = PreviewContents(tuple((stock.folder, stock.kind, own) for stock, own in firsts if own))
    yield PageSpec(f"{FOLDER}/contents.js", "data/preview_contents.js", view)
