"""The passage of a text that is nearest to words which do not stand in it, and what differs.

Only ever a hint to the author: nothing here accepts a quote. It runs on failures alone, and its
time is bounded by a few searches through the text, however long text and quote are.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, islice, takewhile
from math import inf
from typing import NamedTuple

from sitegen.folding import FoldedText, Span, find_places, is_boundary

MUCH_ALIKE = 0.6
"""From this similarity on, a passage is much like a quote: the quote was changed, not made up."""

_CLEARLY_IT = 0.85
_SOMEWHAT_ALIKE = 0.35
_LONGEST_ALIGNED = 800
_LONGEST_SHOWN = 80
_SEED_SIZES = (16, 8, 4, 2)
_SEEDS = 48
_SEARCHED = 20_000_000
_PLACES_PER_SEED = 300
_WINDOWS = 3
_TAKE, _DROP = 1, 2

# Scripts without spaces between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_PUNCTUATION = r"!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u205e\u3000-\u303f"
_LETTER = rf"[^\s{_UNSPACED}{_PUNCTUATION}]"
# A figure, a word with the apostrophes and hyphens inside it, or else one character; each with
# the space before it.
_TOKEN = re.compile(rf" ?(?:\d+(?:[.,]\d+)+|{_LETTER}+(?:['-]{_LETTER}+)*|.)", re.DOTALL)


class Mark(StrEnum):
    """What became of a piece of a passage: both have it, only the quote, or only the text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """Some words in plain form; `removed` are the quote's alone, `added` the source's alone."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class NearPassage:
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


def say_differences(pieces: Sequence[Piece], limit: int = 3) -> str:
    """Return the first differences in words, such as `"opend" differs from "opened"`.

    Characters that cannot be seen are named by their code point.
    """
    said: list[str] = []
    for removed, added in _differences(pieces):
        if not added:
            said.append(f'"{_show(removed.strip())}" is not there')
        elif not removed:
            said.append(f'"{_show(added.strip())}" is left out')
        else:
            said.append(f'"{_show(removed)}" differs from "{_show(added)}"')
    more = [f"{len(said) - limit} more"] if len(said) > limit else []
    return "; ".join(said[:limit] + more)


def _differences(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """Yield what the quote has and what the text has instead, one of them possibly empty."""
    removed = ""
    for piece in pieces:
        if piece.mark is Mark.ADDED:
            yield removed, piece.text
        elif removed:
            yield removed, ""
        removed = piece.text if piece.mark is Mark.REMOVED else ""
    if removed:
        yield removed, ""


def _show(text: str) -> str:
    text = text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
    hidden = {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs"}}
    return text.translate({ord(char): f"<U+{ord(char):04X}>" for char in hidden})


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
    scores = {index: votes[index] + max(votes[index - 1], votes[index + 1]) for index in [*votes]}
    for index in sorted(scores, key=lambda index: (-scores[index], index))[:_WINDOWS]:
        start = max(0, (index - 1) * step)
        yield Span(start, min(len(text), (index + 3) * step + len(wanted)))


def _passage_in(source: FoldedText, window: Span, wanted: str) -> NearPassage | None:
    """Return the passage in a window of the folded text that the words align with best."""
    text, (start, end) = source.text, window
    start = text.rfind(" ", max(0, start - 30), start) + 1 or start
    end += (text[end : end + 30] + " ").find(" ")
    words = _TOKEN.findall(wanted)
    tokens = list(_TOKEN.finditer(text, start, end))
    others = [token.group() for token in tokens]
    steps = _align(words, others)
    reached = [tokens[other] for _, other in steps if other is not None]
    if not reached:
        return None
    begin, finish = reached[0].start() + reached[0].group().startswith(" "), reached[-1].end()
    while not is_boundary(text, begin):
        begin -= 1
    while not is_boundary(text, finish):
        finish += 1
    pairs = [
        ("" if word is None else words[word], "" if other is None else others[other])
        for word, other in steps
    ]
    return NearPassage(source.span(begin, finish), _similarity(pairs), tuple(_pieces(pairs)))


def _align(words: Sequence[str], others: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Return the cheapest way to turn the words into some stretch of the other words.

    Each step names a word, the word that stands for it, or one of them and None. This is the edit
    distance in Sellers' form: text before and after the stretch costs nothing.
    """
    costs = [0.0] * (len(others) + 1)
    weights = [_weight(other) for other in others]
    moves: list[list[int]] = []
    for word in words:
        gone = _weight(word)
        row, row_moves = [costs[0] + gone], [_DROP]
        for index, other in enumerate(others):
            choices = (
                costs[index] + _swap_cost(word, other),
                row[index] + weights[index],
                costs[index + 1] + gone,
            )
            cheapest = min(choices)
            row.append(cheapest)
            row_moves.append(choices.index(cheapest))
        costs = row
        moves.append(row_moves)
    end = costs.index(min(costs))
    while end < len(others) and costs[end + 1] == costs[end]:
        # A last word that is not there may just as well stand for the text's next one: show it.
        end += 1
    return _walk_back(moves, end)


def _walk_back(moves: Sequence[Sequence[int]], end: int) -> list[tuple[int | None, int | None]]:
    """Return the steps that led to the word before `end`, in the order of the words."""
    steps: list[tuple[int | None, int | None]] = []
    word, other = len(moves), end
    while word:
        move = moves[word - 1][other]
        word -= move != _TAKE
        other -= move != _DROP
        steps.append((None if move == _TAKE else word, None if move == _DROP else other))
    return steps[::-1]


def _weight(word: str) -> float:
    """Return what a word counts for; a punctuation mark counts for less."""
    bare = word.lstrip(" ")
    return 0.0 if not bare else 1.0 if bare[0].isalnum() else 0.4


@lru_cache(maxsize=1 << 14)
def _swap_cost(word: str, other: str) -> float:
    """Return what it costs to put one word for another.

    Words that begin and end alike cost less, so that a slip of the pen meets the right word; a
    word never stands for a punctuation mark.
    """
    word, other = word.lstrip(" "), other.lstrip(" ")
    weight = _weight(word)
    if word == other:
        return 0.0
    if weight != _weight(other):
        return inf
    word, other = word.lower(), other.lower()
    if word == other:
        return 0.2 * weight
    head = _shared_head(word, other)
    tail = _shared_head(word[head:][::-1], other[head:][::-1])
    alike = (head + tail) / max(len(word), len(other))
    return weight * (1.1 - alike if alike >= 0.5 else 1.0)


def _shared_head(word: str, other: str) -> int:
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False))
    )


def _similarity(pairs: Sequence[tuple[str, str]]) -> float:
    whole = sum(max(_weight(word), _weight(other)) for word, other in pairs)
    lost = sum(
        _swap_cost(word, other) if word and other else _weight(word) + _weight(other)
        for word, other in pairs
    )
    return 1 - lost / whole if whole else 0.0


def _pieces(pairs: Sequence[tuple[str, str]]) -> Iterator[Piece]:
    """Yield the aligned words as pieces, neighbours of one mark joined."""
    for mark, run in groupby(_marked(pairs), key=lambda piece: piece.mark):
        yield Piece(mark, "".join(piece.text for piece in run))


def _marked(pairs: Sequence[tuple[str, str]]) -> Iterator[Piece]:
    first_other = next(index for index, (_, other) in enumerate(pairs) if other)
    for index, (word, other) in enumerate(pairs):
        # The passage begins with its first word, not with the space before it.
        theirs = other.lstrip(" ") if index == first_other else other
        if word.startswith(" ") and theirs.startswith(" "):
            yield Piece(Mark.KEPT, " ")
            word, theirs = word[1:], theirs[1:]  # noqa: PLW2901 - the space is dealt with
        if word == theirs:
            yield Piece(Mark.KEPT, word)
            continue
        if word:
            yield Piece(Mark.REMOVED, word)
        if theirs:
            yield Piece(Mark.ADDED, theirs)
