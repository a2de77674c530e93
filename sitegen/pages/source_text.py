"""A source's text as its page shows it: as much as its rights allow, every passage marked.

The text is cut wherever a passage or a sentence begins or ends, so that each piece lies in the same
passages throughout and overlapping ones need no nesting.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from msgspec import Struct

from sitegen.findings.coverage import merged
from sitegen.kinds import Kind
from sitegen.model import Citation, CoveredSentence, Use
from sitegen.notes import ClaimId, SourceId
from sitegen.pages.cards import Cards
from sitegen.quotes import Span
from sitegen.sentences import Stretch, paragraphs
from sitegen.urls import evidence_anchor, passage_anchor
from sitegen.views import ParagraphView, PassageNote, PassageView, TextPiece


class Passage(Struct, frozen=True):
    """A passage that notes quote: its segments, and what pages show of it."""

    segments: tuple[Span, ...]
    view: PassageView


def passages_of(cards: Cards, source_id: SourceId) -> tuple[Passage, ...]:
    """Return the passages of a source's text that notes quote, each once, in order."""
    by_segments: dict[tuple[Span, ...], list[Citation]] = {}
    for citation in cards.site.citations_of_source[source_id]:
        if citation.excerpt.segments:
            by_segments.setdefault(citation.excerpt.segments, []).append(citation)
    return tuple(
        Passage(segments, _passage_view(cards, number, segments, citations))
        for number, (segments, citations) in enumerate(by_segments.items(), 1)
    )


def _passage_view(
    cards: Cards, number: int, segments: Sequence[Span], citations: Sequence[Citation]
) -> PassageView:
    said_by = dict.fromkeys([actor for each in citations for actor in each.evidence.said_by])
    return PassageView(
        anchor=passage_anchor(segments),
        number=number,
        words=citations[0].excerpt.words,
        stances=tuple(dict.fromkeys([citation.evidence.stance for citation in citations])),
        said_by=cards.links_to(Kind.ACTOR, said_by),
        notes=tuple([_passage_note(cards, citation) for citation in citations]),
    )


def _passage_note(cards: Cards, citation: Citation) -> PassageNote:
    owner = citation.owner
    link = cards.links[owner]
    is_claim = owner.kind is Kind.CLAIM
    return PassageNote(
        url=f"{link.url}#{evidence_anchor(citation.number)}",
        kind=owner.kind,
        title=link.title,
        stance=citation.evidence.stance,
        standing=cards.findings.standing[ClaimId(owner.id)] if is_claim else "",
    )


def paragraph_views(
    cards: Cards, source_id: SourceId, passages: Sequence[Passage]
) -> tuple[ParagraphView, ...]:
    """Return a source's text by paragraphs; those that rights keep back are counted together.

    `full` publishes all, `excerpts` the paragraphs that hold a quoted passage, `none` nothing.
    """
    parts = paragraphs_by_part(cards, source_id, passages, lambda _: 0)
    return parts.get(0, ())


def paragraphs_by_part(
    cards: Cards,
    source_id: SourceId,
    passages: Sequence[Passage],
    part_of: Callable[[int], int],
) -> dict[int, tuple[ParagraphView, ...]]:
    """Return the paragraphs of each part of a source's text; `part_of` has a part by an offset."""
    seed = cards.site.seeds.get(source_id)
    rights = cards.site.rights_of(source_id)
    if seed is None or rights == "none":
        return {}
    cutter = _Cutter(seed.text, cards.findings.coverage[source_id].sentences, passages)
    by_part = groupby(paragraphs(seed.text), key=lambda each: part_of(each.start))
    return {part: tuple(_views(cutter, own, is_free=rights == "full")) for part, own in by_part}


def _views(
    cutter: _Cutter, stretches: Iterable[Stretch], *, is_free: bool
) -> Iterator[ParagraphView]:
    left_out = 0
    for paragraph in stretches:
        if is_free or cutter.holds_passage(paragraph):
            if left_out:
                yield ParagraphView(pieces=(), passages=(), left_out=left_out)
                left_out = 0
            yield cutter.paragraph(paragraph)
        else:
            left_out += len(cutter.sentences_in(paragraph))
    if left_out:
        yield ParagraphView(pieces=(), passages=(), left_out=left_out)


class _Cutter:
    """Cuts paragraphs at the ends of passages and sentences; built once for each text.

    Paragraphs must be cut in their order: then passages that are still open are kept at hand and
    need not be looked for again.
    """

    def __init__(
        self, text: str, sentences: Sequence[CoveredSentence], passages: Sequence[Passage]
    ) -> None:
        self.text = text
        self.sentences = sentences
        self.sentence_starts = [sentence.start for sentence in sentences]
        self.spans = sorted(
            ((span, passage) for passage in passages for span in passage.segments),
            key=lambda each: (each[0], each[1].view.number),
        )
        self.span_starts = [span.start for span, _ in self.spans]
        self.taken = 0  # spans that have been looked at, of which some are still open
        self.open: list[tuple[Span, Passage]] = []
        self.quoted = merged(span for span, _ in self.spans)
        self.quoted_ends = [end for _, end in self.quoted]

    def holds_passage(self, paragraph: Stretch) -> bool:
        at = bisect_right(self.quoted_ends, paragraph.start)
        return at < len(self.quoted) and self.quoted[at][0] < paragraph.end

    def sentences_in(self, paragraph: Stretch) -> Sequence[CoveredSentence]:
        first = bisect_left(self.sentence_starts, paragraph.start)
        return self.sentences[first : bisect_left(self.sentence_starts, paragraph.end)]

    def spans_in(self, paragraph: Stretch) -> list[tuple[Span, Passage]]:
        """Return the passages that reach into a paragraph; paragraphs must come in their order."""
        last = max(self.taken, bisect_left(self.span_starts, paragraph.end))
        met = (*self.open, *self.spans[self.taken : last])
        self.taken, self.open = last, [each for each in met if each[0].end > paragraph.start]
        return self.open

    def paragraph(self, paragraph: Stretch) -> ParagraphView:
        first, last = paragraph.start, paragraph.end
        spans = self.spans_in(paragraph)
        cuts = {first, last}
        for start, end, _ in self.sentences_in(paragraph):
            cuts.add(start)
            cuts.add(end)
        for (start, end), _ in spans:
            cuts.add(start)
            cuts.add(end)
        inside = sorted([cut for cut in cuts if first <= cut <= last])
        between = list(pairwise(inside))
        over = _over(between, spans)
        pieces = tuple([self._piece(start, end, over.get(start, ())) for start, end in between])
        begins = dict.fromkeys([view for piece in pieces for view in piece.begins])
        return ParagraphView(pieces=pieces, passages=tuple(begins), left_out=0)

    def _piece(self, start: int, end: int, over: Sequence[tuple[Span, Passage]]) -> TextPiece:
        text = self.text[start:end]
        if not over:
            return TextPiece(text, self._use(start, end), (), (), (), ())
        views = [each.view for _, each in over]
        stances = views[0].stances
        if len(views) > 1:
            stances = tuple(dict.fromkeys([each for view in views for each in view.stances]))
        return TextPiece(
            text=text,
            use=Use.QUOTED,
            stances=stances,
            passages=tuple(views),
            begins=tuple(
                [
                    each.view
                    for span, each in over
                    if span.start == start and span == each.segments[0]
                ]
            ),
            ends=tuple(
                [each.view for span, each in over if span.end == end and span == each.segments[-1]]
            ),
        )

    def _use(self, start: int, end: int) -> str:
        """Return the use of the sentence that holds a piece; empty between sentences."""
        at = bisect_right(self.sentence_starts, start) - 1
        return self.sentences[at].use if at >= 0 and self.sentences[at].end >= end else ""


def _over(
    pieces: Sequence[tuple[int, int]], spans: Iterable[tuple[Span, Passage]]
) -> Mapping[int, Sequence[tuple[Span, Passage]]]:
    """Return for consecutive pieces the spans that cover the whole of each.

    They are keyed by the start of the piece; a piece that no span covers has no entry.
    """
    found: dict[int, list[tuple[Span, Passage]]] = {}
    starts = [start for start, _ in pieces]
    for each in spans:
        at = bisect_left(starts, each[0].start)
        while at < len(pieces) and pieces[at][1] <= each[0].end:
            found.setdefault(starts[at], []).append(each)
            at += 1
    return found


def unlocated(cards: Cards, source_id: SourceId) -> tuple[Citation, ...]:
    """Return the quotations of a source whose text is not held."""
    return tuple(
        citation
        for citation in cards.site.citations_of_source[source_id]
        if not citation.excerpt.segments
    )
