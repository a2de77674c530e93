"""What stands before and after a place in a text, and which of it tells that place from others.

Prefixes and suffixes are compared in plain form, directly beside the place; white space between
does not count. Offsets are of a text in plain form, but of the text as read where something is cut
out of it: in `context` and `selector`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from sitegen.quotes.folding import FoldedText, Span, extends, find_places, is_boundary

_LONGEST_CONTEXT = 2_000
_LONGEST_WORD = 40
_CUT_WORD_FIRST = re.compile(r"\A\S+(?=\s)")
_CUT_WORD_LAST = re.compile(r"(?<=\s)\S+\Z")


class Selector(NamedTuple):
    """A TextQuoteSelector (W3C Web Annotation Data Model, 4.2.4), in the text's own characters."""

    prefix: str
    exact: str
    suffix: str


def context(text: str, span: Span, size: int) -> tuple[str, str]:
    """Return up to `size` characters before and after a stretch, as the text has them.

    A word cut in two is left out, unless nothing else is there; then only a letter is never
    parted from its marks.
    """
    start, end = max(0, span.start - size), min(len(text), span.end + size)
    before, after = text[start : span.start], text[span.end : end]
    if start and not text[start - 1].isspace():
        before = _CUT_WORD_FIRST.sub("", before)
        while before and extends(before[0]):
            before = before[1:]
    if end < len(text) and not text[end].isspace():
        after = _CUT_WORD_LAST.sub("", after)
        while after and extends(text[span.end + len(after)]):
            after = after[:-1]
    return before, after


def follows(text: str, start: int, prefix: str) -> bool:
    """Say whether a prefix stands directly before the offset."""
    end = _end_before(text, start)
    return text.endswith(prefix, 0, end) and is_boundary(text, end - len(prefix))


def precedes(text: str, end: int, suffix: str) -> bool:
    """Say whether a suffix stands directly after the offset."""
    start = _start_after(text, end)
    return text.startswith(suffix, start) and is_boundary(text, start + len(suffix))


def selector(source: FoldedText, segments: Sequence[Span]) -> Selector:
    """Return what finds the stretch from the first to the last segment again, and nothing else.

    Segments are of the original. `exact` is the whole stretch, so with what an elided quote leaves
    out; for a selector of its own give each segment alone. Prefix and suffix are no longer than it
    takes, and empty where the stretch stands only once (or where nothing helps, see `tell_apart`).
    """
    text = source.text
    start = source.folded_offset(segments[0].start)
    end = source.folded_offset(segments[-1].end)
    places = find_places(text, text[start:end])
    others = [Span(place, place + end - start) for place in places if place != start]
    before, after = tell_apart(text, Span(start, end), others)
    exact = source.original[segments[0].start : segments[-1].end]
    return Selector(_cut(source, before), exact, _cut(source, after))


def tell_apart(text: str, place: Span, others: Sequence[Span]) -> tuple[Span, Span]:
    """Return the stretches before and after a place that together no other place has around it.

    The shortest prefix of whole words is preferred, then the shortest suffix, then both; a stretch
    that is not needed is empty. Both are empty as well where nothing helps: where another place
    begins or ends with this one, or shares 2,000 characters of context and more.
    """
    nothing = Span(place.start, place.start), Span(place.end, place.end)
    if before := _apart_before(text, place, others):
        return before, nothing[1]
    if after := _apart_after(text, place, others):
        return nothing[0], after
    # Some have all that stands before this place, others all that stands after it.
    end = _end_before(text, place.start)
    all_before = text[max(_first(text), end - _LONGEST_CONTEXT) : end]
    twins = [other for other in others if follows(text, other.start, all_before)]
    after = _apart_after(text, place, twins)
    if after is None:
        return nothing
    rest = [other for other in others if not follows(text, other.start, all_before)]
    before = _apart_before(text, place, rest)
    return (before, after) if before else nothing


def _cut(source: FoldedText, span: Span) -> str:
    if span.start == span.end:
        return ""
    start, end = source.span(*span)
    return source.original[start:end]


def _apart_before(text: str, place: Span, others: Sequence[Span]) -> Span | None:
    """Return the shortest stretch before a place that ends in none of the texts before others."""
    if not others:
        return Span(place.start, place.start)
    end, first = _end_before(text, place.start), _first(text)
    shared = _most(_shared_before(text, end, other.start) for other in others)
    differing = end - shared - 1
    if differing < first or shared == _LONGEST_CONTEXT:
        return None
    earliest = max(first, differing - _LONGEST_WORD)
    space = text.rfind(" ", earliest, differing)
    start = earliest if space == -1 else space + 1
    while not is_boundary(text, start):
        start -= 1
    return Span(start, end)


def _apart_after(text: str, place: Span, others: Sequence[Span]) -> Span | None:
    """Return the shortest stretch after a place that begins none of the texts after others."""
    if not others:
        return Span(place.end, place.end)
    start, last = _start_after(text, place.end), _last(text)
    shared = _most(_shared_after(text, start, other.end) for other in others)
    differing = start + shared
    if differing >= last or shared == _LONGEST_CONTEXT:
        return None
    latest = min(last, differing + 1 + _LONGEST_WORD)
    space = text.find(" ", differing + 1, latest)
    end = latest if space == -1 else space
    while not is_boundary(text, end):
        end += 1
    return Span(start, end)


def _most(sizes: Iterable[int]) -> int:
    """Return the greatest size, without looking on once it is too great to help."""
    most = 0
    for size in sizes:
        most = max(most, size)
        if most == _LONGEST_CONTEXT:
            break
    return most


def _shared_before(text: str, end: int, other_start: int) -> int:
    """Return how many characters before two places are the same."""
    other = _end_before(text, other_start)
    return _longest(
        lambda size: text[end - size : end] == text[other - size : other],
        min(end, other) - _first(text),
    )


def _shared_after(text: str, start: int, other_end: int) -> int:
    """Return how many characters after two places are the same."""
    other = _start_after(text, other_end)
    return _longest(
        lambda size: text[start : start + size] == text[other : other + size],
        _last(text) - max(start, other),
    )


def _longest(is_same: Callable[[int], bool], limit: int) -> int:
    """Return the greatest size up to the limits at which two texts are still the same."""
    limit = min(limit, _LONGEST_CONTEXT)
    reach = 16
    while reach < limit and is_same(reach):
        reach *= 2
    sizes = range(1, min(reach, limit) + 1)
    return bisect_left(sizes, True, key=lambda size: not is_same(size))


def _end_before(text: str, start: int) -> int:
    return start - 1 if start and text[start - 1] == " " else start


def _start_after(text: str, end: int) -> int:
    return end + 1 if text.startswith(" ", end) else end


def _first(text: str) -> int:
    return 1 if text.startswith(" ") else 0


def _last(text: str) -> int:
    return len(text) - 1 if text.endswith(" ") else len(text)
