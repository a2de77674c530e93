"""Where the parts of a quote stand that leaves something out, and how they follow one another.

A quote that leaves nothing out is the case of one part. All offsets are of the plain text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from sitegen.quotes.folding import FoldedText, Span, find_places

LONGEST_OMISSION = 600
"""How many code points of the text as read `[…]` may stand for."""


class PartPositions(Struct, frozen=True):
    """The places of a quote's parts, rising: `places[k]` are the folded offsets of part k."""

    source: FoldedText
    parts: tuple[str, ...]
    places: tuple[Sequence[int], ...]

    def within_reach(self) -> PartPositions:
        """Return the places from which the last part can be reached by omissions short enough.

        Worked out from the back, so that no choice made early leads nowhere later.
        """
        if len(self.parts) == 1:
            return self
        kept = [self.places[-1]]
        for part, places in zip(self.parts[-2::-1], self.places[-2::-1], strict=True):
            following = kept[-1]
            kept.append([at for at in places if self._reaches(at + len(part), following)])
        return PartPositions(self.source, self.parts, tuple(reversed(kept)))

    def count(self) -> int:
        """Return how many readings there are: one for each place of the first part."""
        return len(self.places[0])

    def readings(self) -> Iterator[tuple[Span, ...]]:
        """Yield the spans of the parts, reading by reading, for places within reach.

        Each part stands at the nearest place after the part before it.
        """
        for first in self.places[0]:
            spans = [Span(first, first + len(self.parts[0]))]
            for part, places in zip(self.parts[1:], self.places[1:], strict=True):
                start = places[bisect_left(places, spans[-1].end)]
                spans.append(Span(start, start + len(part)))
            yield tuple(spans)

    def in_order(self) -> tuple[Span, ...] | None:
        """Return parts that follow one another at any distance, None where they never do.

        Of the readings that end first it is the one whose parts stand closest to their next.
        """
        end = 0
        for part, places in zip(self.parts, self.places, strict=True):
            place = bisect_left(places, end)
            if place == len(places):
                return None
            end = places[place] + len(part)
        spans: list[Span] = []
        for part, places in zip(reversed(self.parts), reversed(self.places), strict=True):
            start = places[bisect_right(places, end - len(part)) - 1]
            spans.append(Span(start, start + len(part)))
            end = start
        return tuple(reversed(spans))

    def _reaches(self, end: int, following: Sequence[int]) -> bool:
        nearest = bisect_left(following, end)
        if nearest == len(following):
            return False
        gap = self.source.start_of(following[nearest]) - self.source.end_of(end)
        return gap <= LONGEST_OMISSION


def places_of(source: FoldedText, parts: Sequence[str]) -> tuple[Sequence[int], ...]:
    """Return the places of every part, wherever in the text they are."""
    return tuple(array("I", find_places(source.text, part)) for part in parts)
