"""How much of a source's text the notes have worked through, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sitegen.model import Coverage, CoveredSentence, Site, Use
from sitegen.notes import SourceId
from sitegen.sentences import sentences


def source_coverage(site: Site, source_id: SourceId) -> Coverage:
    """Return what the published notes make of every sentence of a source whose text is held.

    A sentence is quoted when a quotation holds a letter or digit of it, otherwise ignored when an
    `ignore` passage does.
    """
    text = site.seeds[source_id].text
    quoted = merged(
        segment for each in site.citations_of_source[source_id] for segment in each.excerpt.segments
    )
    ignored = merged(site.ignored[source_id])
    stretches = sentences(text)
    is_quoted = _touched(text, stretches, quoted)
    is_ignored = _touched(text, stretches, ignored)
    of_quoted, of_ignored, of_others = Use.QUOTED, Use.IGNORED, Use.UNUSED
    return Coverage(
        sentences=tuple(
            [
                CoveredSentence(
                    start, end, of_quoted if by_quote else of_ignored if by_ignore else of_others
                )
                for (start, end), by_quote, by_ignore in zip(
                    stretches, is_quoted, is_ignored, strict=True
                )
            ]
        ),
        quoted_characters=_common(stretches, quoted),
        all_characters=sum([end - start for start, end in stretches]),
    )


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, with those that touch or overlap made one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _common(stretches: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> int:
    """Return how many characters of the stretches lie in spans.

    Both are sorted, and neither has two that overlap.
    """
    common = first = 0
    for start, end in stretches:
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        here = first
        while here < len(spans) and spans[here][0] < end:
            common += min(end, spans[here][1]) - max(start, spans[here][0])
            here += 1
    return common


def _touched(
    text: str, stretches: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]
) -> list[bool]:
    """Return for each stretch whether any span holds a letter or digit of it; both are sorted."""
    touched = []
    first = 0
    for start, end in stretches:
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        hit, here = False, first
        while not hit and here < len(spans) and spans[here][0] < end:
            common = text[max(start, spans[here][0]) : min(end, spans[here][1])]
            hit = any(map(str.isalnum, common))
            here += 1
        touched.append(hit)
    return touched
