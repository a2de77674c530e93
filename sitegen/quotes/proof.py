"""The proof of quotations: where a quote stands in a text, or why it does not.

Plain strings in, spans out; what a note or a source is, this module does not know. The rules are
those of the content model, section "Evidence".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import islice, pairwise
from typing import NamedTuple

from msgspec import Struct

from sitegen.quotes.contexts import context, follows, precedes, tell_apart
from sitegen.quotes.elisions import PartPositions, places_of
from sitegen.quotes.folding import FoldedText, Span, fold, fold_words, is_boundary, trim
from sitegen.quotes.near import MUCH_ALIKE, NearPassage, nearest_passage

NEGATIONS = frozenset(
    {
        "cannot",
        "hardly",
        "neither",
        "never",
        "no",
        "nobody",
        "none",
        "nor",
        "not",
        "nothing",
        "nowhere",
        "without",
    }
)
"""The English words that make leaving them out a warning; words in `n't` belong to them."""

_ELISION = re.compile(r"\[(?:…|\.\.\.)\]")
_WORD = re.compile(r"\w+(?:'\w+)*")
_CANDIDATES_LISTED = 5
_PLACES_TOLD_APART = 1_000
_CONTEXT = 60


class QuoteState(StrEnum):
    """The six answers to whether a quote stands in its source."""

    EXACT = "exact"
    NORMALISED = "normalised"
    AMBIGUOUS = "ambiguous"
    CHANGED = "changed"
    MISSING = "missing"
    NOT_HELD = "not-held"


class QuoteFault(StrEnum):
    """Why a quote is changed or missing."""

    EMPTY = "empty"
    """It has no words, or nothing but marks of omission."""
    WORDING = "wording"
    """Its words, or those of one of its parts, do not stand in the text."""
    GAP = "gap"
    """Its parts stand in order, but too much is left out between two of them."""
    ORDER = "order"
    """Its parts stand in the text, but not in this order."""


class Omission(NamedTuple):
    """What `[…]` stands for: its place, the text's own words, their negations in plain form."""

    span: Span
    text: str
    negations: tuple[str, ...]


class Candidate(Struct, frozen=True):
    """One of several places of a quote.

    `before` and `after` are the text around it. `prefix` and `suffix`, in plain form, would choose
    it: the shortest prefix, a suffix where no prefix can, both where it takes both. They are empty
    where no context can, and where there are over a thousand places: then the quote is too short.
    """

    segments: tuple[Span, ...]
    before: str
    after: str
    prefix: str = ""
    suffix: str = ""


class QuoteMatch(Struct, frozen=True, gc=False):
    """The answer for one quote.

    `segments` are the quote's parts in the text, and empty unless it stands there (`exact`,
    `normalised`). `omissions` lie between them; with the fault `gap` they show what is too long.
    `context_mismatch` says that prefix and suffix fit no place although the quote stands
    somewhere. `places` counts those that were left to choose from, `candidates` are the first of
    them when there are several. `scattered` are the parts' places for the faults `gap` and
    `order`; `nearest` belongs to the fault `wording` and to the part that is worst off.
    """

    state: QuoteState
    segments: tuple[Span, ...] = ()
    omissions: tuple[Omission, ...] = ()
    fault: QuoteFault | None = None
    context_mismatch: bool = False
    places: int = 0
    candidates: tuple[Candidate, ...] = ()
    scattered: tuple[Span, ...] = ()
    nearest: NearPassage | None = None


NOT_HELD = QuoteMatch(QuoteState.NOT_HELD)
"""The answer for every quote from a source whose text is not held."""


def find_quote(source: FoldedText, quote: str, prefix: str = "", suffix: str = "") -> QuoteMatch:
    """Return where a quote stands in a source.

    A place is `exact` when it has the quote's very characters, else `normalised`; what is one
    place or several is decided after folding. White space around quote, prefix and suffix does not
    count. Brackets of omission that stand in the source itself are found as they are. Otherwise
    each part follows the one before at the nearest place from which the rest can be reached; an
    elided quote stands more than once when its first part does.
    """
    whole = fold_words(quote)
    if not (prefix or suffix or "[" in whole) and (once := _found_once(source, whole, quote)):
        return once
    parts = _parts_of(whole)
    if not parts:
        return QuoteMatch(QuoteState.MISSING, fault=QuoteFault.EMPTY)
    found = _find_written(source, quote, whole, parts, (prefix, suffix))
    return found or _explain(source, parts)


def find_place(source: FoldedText, quote: str) -> Span | None:
    """Return the first place of a quote or of its first part, None where it does not stand there.

    Nothing that is merely like it is looked for, so that many texts can be asked.
    """
    whole = fold_words(quote)
    parts = _parts_of(whole)
    found = _find_written(source, quote, whole, parts) if parts else None
    if found is None:
        return None
    return (found.segments or found.candidates[0].segments)[0]


def _parts_of(whole: str) -> tuple[str, ...]:
    """Return the parts of a folded quote between its marks of omission; none if it has no words."""
    parts = tuple(part for part in (part.strip(" ") for part in _ELISION.split(whole)) if part)
    return parts if any(part.strip(" .…") for part in parts) else ()


def _find_written(
    source: FoldedText,
    quote: str,
    whole: str,
    parts: tuple[str, ...],
    around: tuple[str, str] = ("", ""),
) -> QuoteMatch | None:
    """Return the match of a quote as it is written, or else of its parts; None where none is."""
    if parts != (whole,):
        literal = _find_parts(source, (whole,), (trim(quote),), *around)
        if literal is not None:
            return literal
    written = tuple(part for part in map(trim, _ELISION.split(quote)) if part)
    return _find_parts(source, parts, written, *around)


def excerpt_words(text: str, segments: Sequence[Span]) -> str:
    """Return the text's own words at a quote's segments, with `[…]` for what lies between."""
    return " […] ".join([text[start:end] for start, end in segments])


def _found_once(source: FoldedText, whole: str, quote: str) -> QuoteMatch | None:
    """Return the match of a quote that leaves nothing out and stands once, as most do; else None.

    It is what `_find_parts` would return.
    """
    text, end = source.text, len(whole)
    start = text.find(whole)
    if start < 0 or not whole.strip(" .…") or text.find(whole, start + 1) >= 0:
        return None
    end += start
    if not (is_boundary(text, start) and is_boundary(text, end)):
        return None
    segment = source.span(start, end)
    is_exact = source.original[segment.start : segment.end] == trim(quote)
    state = QuoteState.EXACT if is_exact else QuoteState.NORMALISED
    return QuoteMatch(state, (segment,), places=1)


def _find_parts(
    source: FoldedText, parts: tuple[str, ...], written: tuple[str, ...], prefix: str, suffix: str
) -> QuoteMatch | None:
    """Return the match of parts in plain form, None where they do not stand in the source."""
    everywhere = PartPositions(source, parts, places_of(source, parts)).within_reach()
    if not everywhere.count():
        return None
    beside = _beside(everywhere, fold_words(prefix), fold_words(suffix))
    mismatch = not beside.count()
    chosen = everywhere if mismatch else beside
    if chosen.count() > 1:
        return QuoteMatch(
            QuoteState.AMBIGUOUS,
            context_mismatch=mismatch,
            places=chosen.count(),
            candidates=tuple(_candidates(chosen, everywhere)),
        )
    segments = _originals(source, next(chosen.readings()))
    is_exact = written == tuple(source.original[start:end] for start, end in segments)
    return QuoteMatch(
        QuoteState.EXACT if is_exact else QuoteState.NORMALISED,
        segments,
        tuple(_omissions(source, segments)),
        context_mismatch=mismatch,
        places=1,
    )


def _beside(positions: PartPositions, prefix: str, suffix: str) -> PartPositions:
    """Return the readings that stand between a prefix and a suffix in plain form."""
    if not prefix and not suffix:
        return positions
    text, places = positions.source.text, list(positions.places)
    if prefix:
        places[0] = [at for at in places[0] if follows(text, at, prefix)]
    if suffix:
        size = len(positions.parts[-1])
        places[-1] = [at for at in places[-1] if precedes(text, at + size, suffix)]
    return PartPositions(positions.source, positions.parts, tuple(places)).within_reach()


def _candidates(chosen: PartPositions, everywhere: PartPositions) -> Iterator[Candidate]:
    """Yield the first places to choose from, each with what would choose it among all."""
    source = chosen.source
    outlines: list[Span] = []
    if everywhere.count() <= _PLACES_TOLD_APART:
        outlines = [Span(spans[0].start, spans[-1].end) for spans in everywhere.readings()]
    for spans in islice(chosen.readings(), _CANDIDATES_LISTED):
        segments = _originals(source, spans)
        place = Span(spans[0].start, spans[-1].end)
        prefix, suffix = (
            source.text[start:end]
            for start, end in tell_apart(source.text, place, [o for o in outlines if o != place])
        )
        # Parts of an elided quote can be reached in other ways once a suffix is asked for.
        helps = list(islice(_beside(everywhere, prefix, suffix).readings(), 2)) == [spans]
        yield Candidate(
            segments,
            *context(source.original, Span(segments[0].start, segments[-1].end), _CONTEXT),
            prefix=prefix if helps else "",
            suffix=suffix if helps else "",
        )


def _originals(source: FoldedText, spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(source.span(*span) for span in spans)


def _omissions(source: FoldedText, segments: Sequence[Span]) -> Iterator[Omission]:
    for before, after in pairwise(segments):
        text = source.original[before.end : after.start]
        yield Omission(Span(before.end, after.start), text, _negations(text))


def _negations(text: str) -> tuple[str, ...]:
    words = _WORD.findall(fold(text).text)
    return tuple(
        word for word in words if word.lower() in NEGATIONS or word.lower().endswith("n't")
    )


def _explain(source: FoldedText, parts: tuple[str, ...]) -> QuoteMatch:
    """Return why a quote is not there: its words, a gap too long, or the order of its parts."""
    positions = PartPositions(source, parts, places_of(source, parts))
    if not all(positions.places):
        return _nearest(positions)
    spans = positions.in_order()
    if spans is None:
        firsts = (places[0] for places in positions.places)
        spans = tuple(Span(at, at + len(part)) for at, part in zip(firsts, parts, strict=True))
        return QuoteMatch(
            QuoteState.CHANGED, fault=QuoteFault.ORDER, scattered=_originals(source, spans)
        )
    segments = _originals(source, spans)
    return QuoteMatch(
        QuoteState.CHANGED,
        omissions=tuple(_omissions(source, segments)),
        fault=QuoteFault.GAP,
        scattered=segments,
    )


def _nearest(positions: PartPositions) -> QuoteMatch:
    """Return the passage nearest to the part that is worst off; all parts together decide."""
    worst: NearPassage | None = None
    lowest, alike = 1.0, 0.0
    for part, places in zip(positions.parts, positions.places, strict=True):
        passage = None if places else nearest_passage(positions.source, part)
        similarity = 1.0 if places else passage.similarity if passage else 0.0
        alike += similarity * len(part)
        if passage and (worst is None or similarity < lowest):
            worst, lowest = passage, similarity
    is_much_alike = alike >= MUCH_ALIKE * sum(map(len, positions.parts))
    state = QuoteState.CHANGED if is_much_alike else QuoteState.MISSING
    return QuoteMatch(state, fault=QuoteFault.WORDING, nearest=worst)
