"""Where a passage of a source is shown: on the source's page, or in a part of a long text.

A text that is too long for one page, with the notes beside it, is cut every so many characters, at
the beginning of a paragraph. How many is a power of two, so that a note more or less moves no
passage to another page but at the rare moment at which the parts have to be made shorter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from sitegen.kinds import Kind
from sitegen.model import Site
from sitegen.notes import SourceId
from sitegen.sentences import paragraphs
from sitegen.urls import note_url, passage_anchor, passage_url

LONG: Final = 220_000
"""Estimated bytes of HTML that a text may take on its source's own page, or on one part."""

NOTE_BESIDE: Final = 560
"""Estimated bytes of HTML that a note beside a text takes, and the marks in it."""

_SHORTEST: Final = 1024  # characters of a part
_KEPT: Final = 800  # bytes of text around a passage, where only that may be published


class TextParts(Struct, frozen=True):
    """How a long text is cut: the first characters of its paragraphs, and of each one's part."""

    paragraphs: tuple[int, ...]
    parts: tuple[int, ...]

    def part_of(self, offset: int) -> int:
        """Return where the part begins that shows the paragraph which holds a character."""
        return self.parts[max(bisect_right(self.paragraphs, offset) - 1, 0)]


def parts_of(site: Site, source_id: SourceId) -> TextParts | None:
    """Return how a source's text is cut; None where it needs no cut."""
    text = site.seeds[source_id].text
    quoted = [
        each.excerpt.segments[0].start
        for each in site.citations_of_source[source_id]
        if each.excerpt.segments
    ]
    is_free = site.rights_of(source_id) == "full"
    whole = len(text.encode("utf-8", "replace"))
    wide = whole / max(len(text), 1)  # bytes of a character: one of Latin, three of Korean
    shown = whole if is_free else min(whole, _KEPT * len(quoted))
    if shown + NOTE_BESIDE * len(quoted) <= LONG:
        return None
    starts = tuple(each.start for each in paragraphs(text))
    own = [max(bisect_right(starts, offset) - 1, 0) for offset in quoted]
    size = 1 << max(len(text) - 1, 1).bit_length()
    while size > _SHORTEST:
        size //= 2
        weights: Counter[int] = Counter()
        for at in own:
            weights[starts[at] // size] += NOTE_BESIDE
        if max(weights.values(), default=0) + size * wide <= LONG:
            break
    return TextParts(starts, tuple(start // size * size for start in starts))


def passage_place(
    parts: Mapping[SourceId, TextParts], source_id: SourceId, segments: Sequence[tuple[int, int]]
) -> str:
    """Return the address of a passage, from the root: the only place to ask."""
    cut = parts.get(source_id)
    if cut is None:
        return passage_url(source_id, segments)
    page = text_part_url(source_id, cut.part_of(segments[0][0]))
    return f"{page}#{passage_anchor(segments)}"


def text_part_url(source_id: SourceId, start: int) -> str:
    """Return the address of the part of a source's text that begins about a character."""
    page = note_url(Kind.SOURCE, source_id).removesuffix(".html")
    return f"{page}.text/{start}.html"
