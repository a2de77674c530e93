"""The passages of a text that an author may mean by some words, however loosely they are given.

Exact ways are tried before loose ones, and the first that finds anything decides. Nothing here
says that a passage may be quoted: that is proved anew from its own words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice
from typing import Final

from msgspec import Struct

from sitegen.quotes import (
    FoldedText,
    QuoteState,
    Span,
    find_places,
    find_quote,
    fold_words,
    nearest_passage,
)
from sitegen.sentences import sentences

MOST_LISTED: Final = 20

_WORD: Final = re.compile(r"\w+(?:['-]\w+)*")
_FARTHEST: Final = 200  # characters of plain text between two of the words
_ENOUGH: Final = 0.6  # of the words, or of what is alike
_ELISION: Final = re.compile(r"\[(?:…|\.\.\.)\]")
_SENTENCES_LISTED: Final = 3


class Way(StrEnum):
    """How a passage was found, from the very words to words that are only like them."""

    EXACT = "exact"
    NORMALISED = "normalised"
    CASE = "the same in other letters"
    WORDS = "them with others between"
    NEAR = "the nearest passage"
    SENTENCE = "what has most of them"

    @property
    def is_sure(self) -> bool:
        """Whether the author gave the passage's own words, capitals apart."""
        return self in {Way.EXACT, Way.NORMALISED, Way.CASE}


class Passages(Struct, frozen=True):
    """What words may mean: the passages (each in one or, if elided, several segments), and how.

    At most `MOST_LISTED` of them, best or first in the text first; `count` counts all.
    """

    way: Way
    found: tuple[tuple[Span, ...], ...]
    count: int


def find_passages(source: FoldedText, words: str) -> Passages | None:
    """Return the passages that some words may mean; None where nothing is like them."""
    for search in (_verbatim, _in_other_letters, _with_words_between):
        if found := search(source, words):
            return found
    near = nearest_passage(source, fold_words(words))
    if near and near.similarity >= _ENOUGH:
        return Passages(Way.NEAR, ((_whole_words(source, near.span),),), 1)
    if by_sentence := _in_sentences(source, words):
        return by_sentence
    return Passages(Way.NEAR, ((_whole_words(source, near.span),),), 1) if near else None


def _verbatim(source: FoldedText, words: str) -> Passages | None:
    match = find_quote(source, words)
    if match.state in {QuoteState.EXACT, QuoteState.NORMALISED}:
        return Passages(Way(match.state.value), (match.segments,), 1)
    if match.state is not QuoteState.AMBIGUOUS:
        return None
    if _ELISION.search(words):
        return Passages(
            Way.NORMALISED, tuple(each.segments for each in match.candidates), match.places
        )
    return _all_of(source, Way.NORMALISED, source.text, fold_words(words))


def _in_other_letters(source: FoldedText, words: str) -> Passages | None:
    return _all_of(source, Way.CASE, _lower(source.text), _lower(fold_words(words)))


def _all_of(source: FoldedText, way: Way, text: str, wanted: str) -> Passages | None:
    places = find_places(text, wanted) if wanted else iter(())
    first = list(islice(places, MOST_LISTED))
    if not first:
        return None
    found = tuple((source.span(at, at + len(wanted)),) for at in first)
    return Passages(way, found, len(first) + sum(1 for _ in places))


def _with_words_between(source: FoldedText, words: str) -> Passages | None:
    """Return the stretches that hold all the words in their order, the shortest first."""
    wanted = _words(words)
    if len(wanted) < 2:
        return None
    stretches = sorted(_stretches(_places(source.text, wanted), wanted), key=_length)
    kept: list[Span] = []
    for each in stretches[:MOST_LISTED]:
        if not any(each.start < other.end and other.start < each.end for other in kept):
            kept.append(each)
    if not kept:
        return None
    return Passages(Way.WORDS, tuple((source.span(*each),) for each in kept), len(kept))


def _stretches(places: dict[str, list[Span]], wanted: Sequence[str]) -> Iterator[Span]:
    """Yield from every place of the first word the stretch to the nearest places of the others."""
    for first in places[wanted[0]]:
        end = first.end
        for word in wanted[1:]:
            at = bisect_left(places[word], Span(end, end))
            if at == len(places[word]) or places[word][at].start - end > _FARTHEST:
                break
            end = places[word][at].end
        else:
            yield Span(first.start, end)


def _places(text: str, wanted: Iterable[str]) -> dict[str, list[Span]]:
    places: dict[str, list[Span]] = {word: [] for word in wanted}
    for found in _WORD.finditer(_lower(text)):
        if found[0] in places:
            places[found[0]].append(Span(*found.span()))
    return places


def _in_sentences(source: FoldedText, words: str) -> Passages | None:
    """Return the sentences that hold most of the words, in whatever order."""
    wanted = set(_words(words))
    ranked: list[tuple[float, int, Span]] = []
    for each in sentences(source.original):
        text = fold_words(source.original[each.start : each.end])
        held = len(wanted & Counter(_words(text)).keys())
        if held > 1 and held >= _ENOUGH * len(wanted):
            ranked.append((-held, each.start, Span(each.start, each.end)))
    best = sorted(ranked)[:_SENTENCES_LISTED]
    return Passages(Way.SENTENCE, tuple((span,) for *_, span in best), len(best)) if best else None


def _whole_words(source: FoldedText, span: Span) -> Span:
    """Return a stretch of the original, widened so that it cuts no word in two."""
    text, (start, end) = source.original, span
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end)


def _words(text: str) -> list[str]:
    return _WORD.findall(_lower(fold_words(text)))


def _lower(text: str) -> str:
    """Return the text in lower case and of the same length (only U+0130 would become longer)."""
    return text.replace("\u0130", "I").lower()


def _length(span: Span) -> tuple[int, int]:
    return span.end - span.start, span.start
