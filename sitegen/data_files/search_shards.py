"""How the documents of search are divided into shards: by the first letters of their notes' ids.

Like a list that is too long for one page, they are cut by keys and never by counts: so a document
that grows, comes or goes changes the shard that it stands in, and hardly ever another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from sitegen.pages.splitting import split_sorted

LARGEST_SHARD: Final = 2000
"""Documents in a shard; a browser reads and indexes that many without a pause that is felt."""

HEAVIEST_SHARD: Final = 280_000
"""Bytes of a shard's documents, unless a single one has more."""

_BATCHES: Final = 16  # in a full shard, at least
_BETWEEN: Final = b",\n"


class Batch(NamedTuple):
    """Consecutive documents: how many, what they weigh, and their JSON with commas between."""

    documents: int
    weight: int
    content: bytes


class Shard(NamedTuple):
    """A script: its name among those of its kind, and how many documents and batches it has.

    Its batches are the next ones of the kind, in their order, after those of the shards before it.
    """

    slug: str
    documents: int
    batches: int


def batches_of(documents: Iterable[bytes]) -> tuple[Batch, ...]:
    """Return JSON documents in batches that are small enough to fill shards well."""
    return tuple(
        [Batch(len(some), weight, _BETWEEN.join(some)) for some, weight in _few(documents)]
    )


def _few(documents: Iterable[bytes]) -> Iterator[tuple[list[bytes], int]]:
    """Yield the documents of each batch, with their weight.

    A document weighs its bytes, but at least so much that no shard has more than `LARGEST_SHARD`.
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

    The three sequences have one item for each batch: the id of the note that files it, how many
    documents it has, and what it weighs. They are sorted by those ids.
    """
    if not filed:
        return
    letters = [each.replace("-", " ") for each in filed]  # hyphen and space sort alike among ids
    for part in split_sorted(documents, letters, weights, HEAVIEST_SHARD):
        yield Shard(part.slug, sum(part.items), len(part.items))


def joined(batches: Iterable[Batch]) -> bytes:
    """Return a shard's documents as they stand in its script."""
    return b"[\n%b\n]" % _BETWEEN.join([each.content for each in batches])
