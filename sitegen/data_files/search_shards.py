"""How the documents of search are shared out to scripts: by what the ids of their notes begin with.

Like a list that is too long for one page, they are cut where a key says so and never by their
number: so a document that grows, comes or goes changes the script that it stands in, and hardly
ever another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from sitegen.pages.splitting import split_sorted

LARGEST_SHARD: Final = 2000
"""Documents in a shard; a browser reads and indexes that many without a pause that is felt."""

HEAVIEST_SHARD: Final = 280_000
"""Bytes of a shard's documents, unless one alone has more."""

_BATCHES: Final = 16  # in a shard at least, if it is full
_BETWEEN: Final = b",\n"


class Batch(NamedTuple):
    """Documents that follow one another, as they stand in a script."""

    documents: int
    weight: int
    content: bytes


class Shard(NamedTuple):
    """A script: what tells it from the others of its kind, how many documents and batches it has.

    The batches of a kind are shared out in their order.
    """

    slug: str
    documents: int
    batches: int


def batches_of(documents: Iterable[bytes]) -> tuple[Batch, ...]:
    """Return documents in batches, so small that shards can be filled with them."""
    return tuple(
        [Batch(len(some), weight, _BETWEEN.join(some)) for some, weight in _few(documents)]
    )


def _few(documents: Iterable[bytes]) -> Iterator[tuple[list[bytes], int]]:
    """Yield documents that share a batch, with their weight.

    However light a document is, it weighs so much that there are never too many.
    """
    batch: list[bytes] = []
    weight = 0
    for text in documents:
        own = max(len(text) + len(_BETWEEN), HEAVIEST_SHARD // LARGEST_SHARD)
        if batch and weight + own > HEAVIEST_SHARD // _BATCHES:
            yield batch, weight
            batch, weight = [], 0
        batch.append(text)
        weight += own
    if batch:
        yield batch, weight


def shards_of(
    filed: Sequence[str], documents: Sequence[int], weights: Sequence[int]
) -> Iterator[Shard]:
    """Yield all shards of a kind, none if it has no batches.

    Of each batch it is said what files it, the id of a note, how many documents it has and what it
    weighs. They are sorted by what files them.
    """
    if not filed:
        return
    letters = [each.replace("-", " ") for each in filed]  # which sorts as ids do
    for part in split_sorted(documents, letters, weights, HEAVIEST_SHARD):
        yield Shard(part.slug, sum(part.items), len(part.items))


def joined(batches: Iterable[Batch]) -> bytes:
    """Return a shard's documents as they stand in its script."""
    return b"[\n%b\n]" % _BETWEEN.join([each.content for each in batches])
