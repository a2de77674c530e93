"""The shared views that hold an author's prose or a source's words: excerpts, judgements, cards.

Prose can show any card in its place, and cards of sources hold prose; so they live together here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from sitegen.findings.independence import origin_refs
from sitegen.kinds import Kind
from sitegen.markup import Embed, LinkRef, Resolve, Target, convert, fill, plain_text
from sitegen.model import Citation, Coverage, CoveredSentence, Ref, Use
from sitegen.notes import Assessment, Change, ClaimId, EventId, MeasureId, QuestionId, SourceId
from sitegen.pages.cards import Cards
from sitegen.pages.date_view import date_view, optional_date
from sitegen.pages.plots import nearest
from sitegen.pages.timeline import timeline
from sitegen.quotes import Span
from sitegen.references import targets_of
from sitegen.text_parts import passage_place
from sitegen.urls import evidence_anchor, note_url, text_fragment
from sitegen.views import (
    AssessmentView,
    Card,
    ChangeView,
    CoverageView,
    ExcerptView,
    NoteLink,
    Prose,
    ProsePiece,
    QuestionCard,
    SourceCard,
)

_LONGEST_CONTEXT = 400
_START = attrgetter("start")


def source_card(cards: Cards, source_id: SourceId, *, has_summary: bool = True) -> SourceCard:
    """Return a source in a few lines, among them its summary if it is to have one."""
    note = cards.site.sources[source_id].note
    owners = {citation.owner for citation in cards.site.citations_of_source[source_id]}
    coverage = cards.findings.coverage.get(source_id)
    return SourceCard(
        label=cards.labels[source_id],
        reliability_why=note.reliability_why or "",
        claims=sum(owner.kind is Kind.CLAIM for owner in owners),
        events=sum(owner.kind is Kind.EVENT for owner in owners),
        coverage=coverage_view(coverage) if coverage else None,
        summary=prose(cards, note.summary if has_summary else None, Ref(Kind.SOURCE, source_id)),
    )


def coverage_view(coverage: Coverage) -> CoverageView:
    """Return how far a text has been worked through, in whole percents rounded down."""
    quoted, ignored = coverage.count(Use.QUOTED), coverage.count(Use.IGNORED)
    content = len(coverage.sentences) - ignored
    return CoverageView(
        quoted=quoted,
        ignored=ignored,
        unused=coverage.count(Use.UNUSED),
        total=len(coverage.sentences),
        worked_through=100 * quoted // content if content else 100,
        share_quoted=100 * coverage.quoted_characters // max(coverage.all_characters, 1),
    )


def question_card(cards: Cards, question_id: QuestionId) -> QuestionCard:
    """Return a question in a few lines."""
    record = cards.site.questions[question_id]
    return QuestionCard(
        ref=str(record.ref),
        url=note_url(Kind.QUESTION, question_id),
        question=record.note.question,
        answers=len(record.note.answers),
        assessment=assessment_view(cards, record.note.assessment, record.ref),
    )


def assessment_view(cards: Cards, note: Assessment | None, owner: Ref) -> AssessmentView | None:
    """Return an author's judgement, or None where there is none."""
    if note is None:
        return None
    return AssessmentView(
        verdict=note.verdict or "",
        likelihood=note.likelihood or "",
        confidence=note.confidence or "",
        rationale=prose(cards, note.rationale, owner),
        assumptions=note.assumptions,
        gaps=note.gaps,
        would_change=note.would_change,
        assessed_on=optional_date(note.assessed_on),
    )


def change_view(cards: Cards, change: Change, claim_id: ClaimId) -> ChangeView:
    """Return a step in the history of a claim's judgement."""
    return ChangeView(
        date=date_view(change.date),
        before=change.from_ or "",
        after=change.to or "",
        why=change.why,
        claim=cards.links[Ref(Kind.CLAIM, claim_id)],
    )


# --- excerpts ---------------------------------------------------------------------------------


def excerpt_view(cards: Cards, citation: Citation, *, names_owner: bool = False) -> ExcerptView:
    """Return a quotation as pages show it; `names_owner` adds the note that rests on it."""
    evidence, excerpt = citation.evidence, citation.excerpt
    source_id, spans = excerpt.source, excerpt.segments
    source = cards.quoted[source_id]
    segments: tuple[str, ...] = (excerpt.words,)
    before, after = "", ""
    if spans:
        text = cards.site.seeds[source_id].text
        segments = tuple([text[start:end] for start, end in spans])
        if source.is_shown:
            before, after = _context(text, cards.findings.coverage[source_id].sentences, spans)
    anchor = evidence_anchor(citation.number)
    origins = source.origin_links
    if evidence.origins is not None:
        own = origin_refs(cards.site, evidence.origins)
        origins = tuple([cards.links[each] for each in own])
    translation = evidence.translation
    return ExcerptView(
        anchor=anchor,
        number=citation.number,
        state=excerpt.state,
        stance=evidence.stance,
        before=_shortened_start(before),
        segments=segments,
        omitted=excerpt.omitted if source.is_shown else ("",) * len(excerpt.omitted),
        after=_shortened_end(after),
        lang=source.lang,
        dir=source.dir,
        source=source.label,
        passage_url=passage_place(cards.text_parts, source_id, spans) if spans else "",
        live_url=_live_url(source.url, segments, before, after),
        archived_url=source.archived_url,
        credibility=evidence.credibility or "",
        basis=evidence.basis or "",
        said_by=cards.links_to(Kind.ACTOR, evidence.said_by),
        origins=origins,
        translation=translation.text if translation else "",
        translated_by=(translation.by or "") if translation else "",
        note=prose(cards, evidence.note, citation.owner) if evidence.note else (),
        rival_date=optional_date(citation.rival_date),
        statement=cards.links[citation.owner].title if names_owner else "",
        statement_url=f"{cards.links[citation.owner].url}#{anchor}" if names_owner else "",
    )


def _context(
    text: str, sentences: Sequence[CoveredSentence], spans: Sequence[Span]
) -> tuple[str, str]:
    """Return the words before and after a quote in the sentences in which it begins and ends."""
    if not sentences:  # a text of nothing but marks has none
        return "", ""
    start, end = spans[0].start, spans[-1].end
    first = _sentence_at(sentences, start)
    last = first if end <= first.end else _sentence_at(sentences, end - 1)
    before = text[first.start : start] if start <= first.end else ""
    after = text[end : last.end] if last.start < end else ""
    return before, after


def _sentence_at(sentences: Sequence[CoveredSentence], offset: int) -> CoveredSentence:
    """Return the last sentence that begins at or before an offset, or the first one."""
    return sentences[max(bisect_right(sentences, offset, key=_START) - 1, 0)]


def _shortened_start(text: str) -> str:
    return text if len(text) <= _LONGEST_CONTEXT else f"… {text[-_LONGEST_CONTEXT:]}"


def _shortened_end(text: str) -> str:
    return text if len(text) <= _LONGEST_CONTEXT else f"{text[:_LONGEST_CONTEXT]} …"


def _live_url(url: str, segments: Sequence[str], before: str, after: str) -> str:
    return (text_fragment(url, segments, before, after) or url) if url else ""


# --- an author's prose ------------------------------------------------------------------------


def prose(cards: Cards, text: str | None, owner: Ref, heading_base: int = 3) -> Prose:
    """Return an author's Markdown as safe HTML and cards; `owner` is never linked to itself."""
    if not text:
        return ()
    mentions = cards.names.mentioned_by(owner)
    pieces = fill(convert(text), _resolver(cards), mentions, (str(owner),), heading_base)
    return tuple(
        [
            ProsePiece(card_kind=piece.kind, card=_embedded(cards, piece, owner))
            if isinstance(piece, Embed)
            else ProsePiece(html=piece)
            for piece in pieces
        ]
    )


def plain_prose(cards: Cards, text: str) -> str:
    """Return an author's Markdown as words on one line."""
    return plain_text(text, _resolver(cards))


def _resolver(cards: Cards) -> Resolve:
    links, refs_of = cards.links, cards.site.refs_of

    def resolve(link: LinkRef) -> Target | None:
        # Looked up without asking first whether it is there: nearly always it is.
        meant = map(links.get, targets_of(refs_of, link.kind, link.id))
        found = [each for each in meant if each]
        if len(found) != 1:
            return None
        target = found[0]
        return Target(target.url, _within_a_sentence(target), target.ref)

    return resolve


def _within_a_sentence(link: NoteLink) -> str:
    """Return a note's title as other words can follow it: a statement without its full stop.

    That of an abbreviation ("the U.S.") stays.
    """
    title = link.title
    if not title.endswith(".") or not link.ref.startswith("claim:"):
        return title
    last = title[:-1].rpartition(" ")[2]
    return title if "." in last else title[:-1]


def _embedded(cards: Cards, embed: Embed, owner: Ref) -> Card | None:
    """Return the card that an embed asks for; None for a draft, about which `check` has warned."""
    match embed.kind:
        case "claim":
            return cards.claims.get(ClaimId(embed.id))
        case "event":
            return cards.events.get(EventId(embed.id))
        case "measure":
            measure_id = MeasureId(embed.id)
            known = cards.plots.get(measure_id)
            return nearest(known) if known else None
        case "timeline":
            return timeline(cards, embed.id)
        case _:
            source_id = SourceId(embed.id)
            is_known = source_id in cards.site.sources and owner != Ref(Kind.SOURCE, source_id)
            # Summaries may show one another's cards; without this they would do so for ever.
            has_summary = owner.kind is not Kind.SOURCE
            return source_card(cards, source_id, has_summary=has_summary) if is_known else None
