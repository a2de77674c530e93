"""Scripts of previews, loaded on first need.

Each kind has shards of its own, `data/previews/claims-1.js` …, in the order of their keys and of
a bounded size; `data/previews/contents.js` has the first key of each, so that a page finds the one
shard that a link's address asks for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Any, Final, TypeVar

from sitegen.digests import digest_of
from sitegen.ledger import Tables
from sitegen.model import Ref
from sitegen.pages.cards import Cards
from sitegen.pages.makers import PageMaker
from sitegen.pages.previews import Stock, stocks
from sitegen.views import PageSpec, Preview, PreviewContents, PreviewShard

T = TypeVar("T")

FOLDER: Final = "data/previews"
LARGEST_SHARD: Final = 100_000
"""About how many bytes a shard may have: one is loaded while a pointer rests on a link."""

_Shard = tuple[tuple[str, T], ...]
_Owner = Ref | str
_Contents = tuple[str, str, tuple[str, ...]]


def preview_makers(cards: Cards, tables: Tables, processes: int = 1) -> Iterator[PageMaker]:
    """Yield what makes the shards of every kind of preview, and the contents that lead to them.

    Where tables are kept, each shard has a maker of its own, and so many `processes` weigh what
    goes in. The previews are not kept: to make one again costs less than to store it.
    """
    if not tables.is_kept:
        yield PageMaker(partial(preview_scripts, cards))
        return
    every = [*stocks(cards, tables)]
    entries = _weighed(every, tables, processes)
    shards = {stock.folder: dict(_shards(stock, entries[stock.folder])) for stock in every}
    filed = dict(chain.from_iterable(each.items() for each in shards.values()))
    held = tables.given("shards of previews", filed, digest_of)
    for stock in every:
        for name in shards[stock.folder]:
            yield PageMaker(partial(_shard, stock, name, held), f"previews:{name}")
    contents = (_contents(stock, shards[stock.folder].values()) for stock in every)
    row = tables.row("contents of previews", tuple(chain.from_iterable(contents)))
    yield PageMaker(lambda: (_contents_script(row),), "previews:contents")


def preview_scripts(cards: Cards) -> Iterator[PageSpec]:
    """Yield all scripts of previews; no more than the previews of one kind are held at a time."""
    contents: list[_Contents] = []
    for stock in stocks(cards):
        previews = (make() for owner in stock.owners for make in stock.offers(owner).values())
        shards = dict(_shards(stock, ((each.key, _weigh(each), each) for each in previews)))
        for name, shard in shards.items():
            yield _script(stock, name, [preview for _, preview in shard])
        contents += _contents(stock, shards.values())
    yield _contents_script(contents)


def _weighed(
    every: Iterable[Stock], tables: Tables, processes: int
) -> Mapping[str, Sequence[tuple[str, int, _Owner]]]:
    """Return for each folder the keys and weights of its previews, with what brings them.

    All that one note brings is weighed together: it looks up the same things.
    """
    bringing: dict[_Owner, list[Stock]] = defaultdict(list)
    for stock in every:
        for owner in stock.owners:
            bringing[owner].append(stock)

    def weigh(owner: _Owner) -> tuple[tuple[str, str, int], ...]:
        return tuple(
            (stock.folder, key, _weigh(make()))
            for stock in bringing[owner]  # which depends on the kind of note alone
            for key, make in stock.offers(owner).items()
        )

    entries: dict[str, list[tuple[str, int, _Owner]]] = defaultdict(list)
    for owner, own in tables.table("weights of previews", bringing, weigh, processes).items():
        for folder, key, weight in own:
            entries[folder].append((key, weight, owner))
    return entries


def _weigh(preview: Preview) -> int:
    """Return how many bytes a preview may have. What stands in a view takes less in a script."""
    return len(repr(preview).encode("utf-8", "replace"))


def _shards(stock: Stock, entries: Iterable[tuple[str, int, T]]) -> Iterator[tuple[str, _Shard[T]]]:
    """Cut entries, which are keys, weights and what belongs to them, into shards with names."""
    shard: list[tuple[str, T]] = []
    number, size = 1, 0
    for key, weight, item in sorted(entries, key=itemgetter(0)):
        if shard and size + weight > LARGEST_SHARD:
            yield f"{stock.folder}-{number}", tuple(shard)
            shard, number, size = [], number + 1, 0
        shard.append((key, item))
        size += weight
    if shard:
        yield f"{stock.folder}-{number}", tuple(shard)


def _shard(stock: Stock, name: str, held: Mapping[str, _Shard[_Owner]]) -> Iterator[PageSpec]:
    """Yield one shard, its previews made from what brings them."""
    entries = held[name]
    offers = {owner: stock.offers(owner) for owner in dict.fromkeys(owner for _, owner in entries)}
    yield _script(stock, name, [offers[owner][key]() for key, owner in entries])


def _script(stock: Stock, name: str, previews: Sequence[Preview]) -> PageSpec:
    rows = PreviewShard(f"previews/{name}", stock.kind, tuple(previews))
    return PageSpec(f"{FOLDER}/{name}.js", "data/previews.js", rows)


def _contents(stock: Stock, shards: Iterable[_Shard[Any]]) -> Iterator[_Contents]:
    """Yield what the contents say of one kind, if there are any previews of it."""
    if firsts := tuple(shard[0][0] for shard in shards):
        yield stock.folder, stock.kind, firsts


def _contents_script(contents: Iterable[_Contents]) -> PageSpec:
    view = PreviewContents(tuple(contents))
    return PageSpec(f"{FOLDER}/contents.js", "data/preview_contents.js", view)
