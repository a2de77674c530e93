"""Words aligned with other words, and what differs between them, word by word.

Knows neither quotes nor sources; both texts are in plain form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, takewhile
from math import inf
from typing import NamedTuple

from sitegen.quotes.folding import extends

# Scripts without spaces between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_PUNCTUATION = r"!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u205e\u3000-\u303f"
_LETTER = rf"[^\s{_UNSPACED}{_PUNCTUATION}]"
# A figure, a word with the apostrophes inside it, or else one character; each with the space before
# it. In plain form a hyphen may be a dash, which parts words.
_TOKEN = rf"(?s: ?(?:\d+(?:[.,]\d+)+|{_LETTER}+(?:'{_LETTER}+)*|.))"  # compiled when needed

_LONGEST_SHOWN = 80
_TAKE, _DROP = 1, 2
_Step = tuple[int | None, int | None]


class Mark(StrEnum):
    """What became of a piece of a passage: both have it, only the quote, or only the text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """Some words in plain form; `removed` are the quote's alone, `added` the source's alone."""

    mark: Mark
    text: str


class Alignment(NamedTuple):
    """The stretch of a text that some words align with best.

    `similarity` runs from 0 to 1: the share of the words that agree, spacing apart. `pieces` lead
    from the words (kept and removed) to the stretch (kept and added).
    """

    start: int
    end: int
    similarity: float
    pieces: tuple[Piece, ...]


def align(wanted: str, text: str) -> Alignment | None:
    """Return the best alignment of words with a stretch of a text, None if nothing aligns.

    Takes time in proportion to both lengths multiplied, so give it no more than a passage.
    """
    words, others = _words(wanted), _words(text)
    steps = _cheapest_steps(words, others)
    reached = [other for _, other in steps if other is not None]
    if not reached:
        return None
    first, last = reached[0], reached[-1]
    start = sum(map(len, others[:first])) + others[first].startswith(" ")
    end = sum(map(len, others[: last + 1]))
    pairs = [
        ("" if word is None else words[word], "" if other is None else others[other])
        for word, other in steps
    ]
    return Alignment(start, end, _similarity(pairs), tuple(_pieces(pairs)))


def say_differences(pieces: Sequence[Piece], limit: int = 3) -> str:
    """Return the first differences in words, such as `"opend" differs from "opened"`.

    Characters that cannot be seen are named by their code point. White space at the end is none:
    it is where a text's last line ends.
    """
    said: list[str] = []
    if pieces and pieces[-1].text.isspace():
        pieces = pieces[:-1]
    for removed, added in _differences(pieces):
        if not added:
            said.append(f"{_in_quotes(removed)} is not there")
        elif not removed:
            said.append(f"{_in_quotes(added)} is left out")
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


def _in_quotes(text: str) -> str:
    words = text.strip()
    return f'"{_show(words)}"' if words else "white space"


def _show(text: str) -> str:
    text = text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
    hidden = {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs"}}
    return text.translate({ord(char): f"<U+{ord(char):04X}>" for char in hidden})


def _words(text: str) -> list[str]:
    """Return the words and single characters that make up a text, none begun by a mark."""
    words: list[str] = []
    for word in re.findall(_TOKEN, text):
        if words and extends(word[0]):
            words[-1] += word
        else:
            words.append(word)
    return words


def _cheapest_steps(words: Sequence[str], others: Sequence[str]) -> list[_Step]:
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


def _walk_back(moves: Sequence[Sequence[int]], end: int) -> list[_Step]:
    """Return the steps that led to the word before `end`, in the order of the words."""
    steps: list[_Step] = []
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
        theirs = other
        if index == first_other:
            # The passage begins with its first word, not with the space before it.
            theirs = other.lstrip(" ")
            if word.startswith(" "):
                yield Piece(Mark.REMOVED, " ")
                word = word[1:]  # noqa: PLW2901 - the space is dealt with
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
