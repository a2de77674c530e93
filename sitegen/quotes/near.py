"""The passage of a text that is nearest to words which do not stand in it, and what differs.

Only ever a hint to the author: nothing here accepts a quote. It runs on failures alone, and its
time is bounded by a few searches through the text, however long text and quote are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from sitegen.quotes.alignment import Mark, Piece, align, say_differences
from sitegen.quotes.folding import FoldedText, Span, find_places, is_boundary

__all__ = ["MUCH_ALIKE", "Mark", "NearPassage", "Piece", "nearest_passage", "say_differences"]

MUCH_ALIKE = 0.6
"""From this similarity on, a passage is much like a quote: the quote was changed, not made up."""

_CLEARLY_IT = 0.85
_SOMEWHAT_ALIKE = 0.35
_LONGEST_ALIGNED = 800
_SEED_SIZES = (16, 8, 4, 2)
_SEEDS = 48
_SEARCHED = 20_000_000
_PLACES_PER_SEED = 300
_WINDOWS = 3


class NearPassage(Struct, frozen=True):
    """The passage nearest to a quote.

    `similarity` runs from 0 to 1 and only ranks: it is the share of the words that agree, spacing
    apart. `pieces` lead word by word from the quote (kept and removed) to the passage (kept and
    added).
    """

    span: Span
    similarity: float
    pieces: tuple[Piece, ...]


def nearest_passage(source: FoldedText, wanted: str) -> NearPassage | None:
    """Return the passage of the source nearest to words in plain form, None if none is like them.

    Stretches that share many short runs of characters with the words are found first, then
    aligned word by word. Of words longer than 800 characters only those around the first
    difference are compared.
    """
    wanted = _around_first_difference(source.text, wanted)
    lowered, lowered_words = _lower(source.text), _lower(wanted)
    best: NearPassage | None = None
    tried: set[Span] = set()
    for size in _SEED_SIZES:
        for window in _likely_windows(lowered, lowered_words, size):
            passage = None if window in tried else _passage_in(source, window, wanted)
            tried.add(window)
            if passage and (best is None or passage.similarity > best.similarity):
                best = passage
        if best and best.similarity >= _CLEARLY_IT:
            break
    return best if best and best.similarity >= _SOMEWHAT_ALIKE else None


def _lower(text: str) -> str:
    """Return the text in lower case and of the same length (only U+0130 would become longer)."""
    return text.replace("\u0130", "I").lower()


def _around_first_difference(text: str, wanted: str) -> str:
    """Return the words, or whole ones around their first difference if they are too long."""
    if len(wanted) <= _LONGEST_ALIGNED:
        return wanted
    lengths = range(1, len(wanted) + 1)
    verbatim = bisect_left(lengths, True, key=lambda length: wanted[:length] not in text)
    start = max(0, verbatim - _LONGEST_ALIGNED // 3)
    part = wanted[start : start + _LONGEST_ALIGNED]
    if start and " " in wanted[start:verbatim]:
        part = part.partition(" ")[2]
    if start + _LONGEST_ALIGNED < len(wanted):
        part = part.rpartition(" ")[0] or part
    return part


def _likely_windows(text: str, wanted: str, size: int) -> Iterator[Span]:
    """Yield the few stretches that have most runs of `size` characters in common with the words.

    Each place of such a run votes for where the words would begin; rare runs count for more.
    """
    last = len(wanted) - size
    if last < 0:
        return
    # A text of many megabytes is searched for fewer runs, so that the time stays bounded.
    seeds = max(6, min(_SEEDS, _SEARCHED // (len(text) + 1)))
    step = max(8, len(wanted) // 4)
    votes: defaultdict[int, float] = defaultdict(float)
    for offset in sorted({last * index // (seeds - 1) for index in range(seeds)}):
        seed = wanted[offset : offset + size]
        places = list(islice(find_places(text, seed), _PLACES_PER_SEED))
        for place in places:
            votes[(place - offset) // step] += 1 / len(places)
    for index in sorted(votes, key=lambda index: (-votes[index], index))[:_WINDOWS]:
        start = max(0, (index - 1) * step)
        yield Span(start, min(len(text), (index + 3) * step + len(wanted)))


def _passage_in(source: FoldedText, window: Span, wanted: str) -> NearPassage | None:
    """Return the passage in a window of the folded text that the words align with best."""
    text, (start, end) = source.text, window
    start = text.rfind(" ", max(0, start - 30), start) + 1 or start
    end += (text[end : end + 30] + " ").find(" ")
    while not is_boundary(text, start):
        start -= 1
    while not is_boundary(text, end):
        end += 1
    aligned = align(wanted, text[start:end])
    if aligned is None:
        return None
    span = source.span(start + aligned.start, start + aligned.end)
    return NearPassage(span, aligned.similarity, aligned.pieces)
