"""What links, passages and dates show before they are followed: facts that their pages have.

An article's own words are shown only where pages quote them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

from msgspec import Struct

from sitegen.dates import FuzzyDate, words
from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Citation, Ref, Site
from sitegen.notes import Assessment, ClaimId, EventId, Note, QuestionId, SourceId
from sitegen.pages.bundles import by_bundle
from sitegen.pages.cards import Cards
from sitegen.pages.citing import cite_source, forms_of_claim
from sitegen.pages.date_previews import date_preview, dates_with_previews
from sitegen.pages.prose_views import plain_prose
from sitegen.urls import evidence_anchor, passage_anchor
from sitegen.views import (
    CiteForm,
    ClaimPreview,
    EventPreview,
    ExcerptPreview,
    OwnerPreview,
    Preview,
    QuestionPreview,
    QuotePreview,
    ReferencePreview,
    SourcePreview,
    SubjectPreview,
)

Offers = Mapping[str, Callable[[], Preview]]
"""Functions that make previews, by the keys of these."""

_LONGEST_TITLE = 300
_LONGEST_TEXT = 280
_LONGEST_PASSAGE = 500
_OWNERS = 3
_NAMES = 6


Owner = Ref | str
"""What has previews: a note, or the text of a date."""

Entry = tuple[str, Owner]
"""The key of a preview, and its owner."""


class Stock(Struct, frozen=True):
    """All previews of one kind, none of them made yet."""

    folder: str
    kind: str
    entries: Callable[[], Iterable[Entry]]  # looks the keys up, in no particular order
    offers: Callable[[Any], Offers]  # the previews of one owner


def stocks(cards: Cards, tables: Tables = NOTHING_KEPT) -> Iterator[Stock]:
    """Yield the previews of each kind; none of them is made yet."""
    maker = _PreviewMaker(cards)
    makers: Mapping[Kind, Callable[[Any], Preview]] = {
        Kind.CLAIM: maker.claim,
        Kind.EVENT: maker.event,
        Kind.SOURCE: maker.source,
        Kind.QUESTION: maker.question,
    }
    for kind in Kind:
        make = makers.get(kind, partial(maker.subject, kind))
        yield Stock(kind.plural, kind, partial(_notes, cards.site, kind), partial(_of_note, make))
    yield Stock("excerpts", "excerpt", _excerpts(maker, tables), maker.excerpts)
    dates = dates_with_previews(cards.site, cards.bundles, tables)
    yield Stock("dates", "date", lambda: ((text, text) for text in dates()), _of_date)
    yield Stock("references", "reference", _references(maker, tables), maker.reference)


def _notes(site: Site, kind: Kind) -> Iterator[Entry]:
    return ((each, Ref(kind, each)) for each in site.records(kind))


def _excerpts(maker: _PreviewMaker, tables: Tables) -> Callable[[], Iterable[Entry]]:
    """Return a function that yields the entries of all passages."""

    def keys(ref: Ref) -> list[Entry]:
        return [(key, ref) for key in maker.places(ref)]

    def of(kind: Kind) -> Callable[[tuple[str, ...]], list[Entry]]:
        return lambda ids: [each for note_id in ids for each in keys(Ref(kind, note_id))]

    bundles = maker.cards.bundles
    found = (
        by_bundle(tables, "excerpts of claims", bundles.claims, of(Kind.CLAIM)),
        by_bundle(tables, "excerpts of events", bundles.events, of(Kind.EVENT)),
        tables.table(
            "excerpts of sources", maker.site.sources, lambda each: keys(Ref(Kind.SOURCE, each))
        ),
    )
    tables.done_with(*found)
    return lambda: (entry for own in found for some in own.values() for entry in some)


def _references(maker: _PreviewMaker, tables: Tables) -> Callable[[], Iterable[Entry]]:
    """Return a function that yields the entries of articles, and of claims that give a number."""
    claims = maker.site.claims
    counted = by_bundle(
        tables,
        "claims with a number",
        maker.cards.bundles.claims,
        lambda ids: [each for each in ids if claims[each].note.quantity],
    )

    def entries() -> Iterator[Entry]:
        sources = (Ref(Kind.SOURCE, each) for each in maker.site.sources)
        counting = chain.from_iterable(counted.values())
        for ref in chain(sources, (Ref(Kind.CLAIM, each) for each in counting)):
            yield f"{ref.kind.plural}/{ref.id}", ref

    return entries


def _of_note(make: Callable[[Any], Preview], ref: Ref) -> Offers:
    return {ref.id: partial(make, ref.id)}


def _of_date(text: str) -> Offers:
    return {text: partial(date_preview, text)}


def clipped(text: str, length: int) -> str:
    """Return a text on one line, or its beginning up to a word's end and an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head = line[:length]
    # A text without spaces is cut anywhere; so is one whose last word would take most of it.
    return f"{head.rsplit(' ', 1)[0] if ' ' in head[length // 2 :] else head} …"


class _PreviewMaker:
    """Makes previews from the shared views of a site."""

    def __init__(self, cards: Cards) -> None:
        self.cards = cards
        self.site = cards.site

    def plain(self, text: str | None) -> str:
        """Return the beginning of an author's Markdown, as words."""
        return clipped(plain_prose(self.cards, text), _LONGEST_TEXT) if text else ""

    def quote(self, citation: Citation, length: int) -> QuotePreview:
        evidence, excerpt, cards = citation.evidence, citation.excerpt, self.cards
        source = cards.quoted[evidence.source]
        translation, said_by = evidence.translation, evidence.said_by
        speakers = cards.links_to(Kind.ACTOR, said_by[:_NAMES]) if said_by else ()
        return QuotePreview(
            words=clipped(excerpt.words, length),
            lang=source.lang,
            source=source.label,
            stance=evidence.stance,
            state=excerpt.state,
            credibility=evidence.credibility or "",
            basis=evidence.basis or "",
            said_by=tuple([link.title for link in speakers]),
            translation=clipped(translation.text, length) if translation else "",
        )

    def claim(self, claim_id: ClaimId) -> Preview:
        citations = self.site.citations[Ref(Kind.CLAIM, claim_id)]
        supporting = (each for each in citations if each.evidence.stance == "supports")
        first = next(supporting, citations[0])
        return ClaimPreview(claim_id, self.cards.claims[claim_id], self.quote(first, _LONGEST_TEXT))

    def event(self, event_id: EventId) -> Preview:
        summary = self.plain(self.site.events[event_id].note.summary)
        return EventPreview(event_id, self.cards.events[event_id], summary)

    def source(self, source_id: SourceId) -> Preview:
        note = self.site.sources[source_id].note
        owners = {each.owner for each in self.site.citations_of_source[source_id]}
        return SourcePreview(
            key=source_id,
            label=self.cards.labels[source_id],
            lang=self.cards.quoted[source_id].lang,
            claims=sum(owner.kind is Kind.CLAIM for owner in owners),
            events=sum(owner.kind is Kind.EVENT for owner in owners),
            text=self.plain(note.summary) or clipped(note.reliability_why or "", _LONGEST_TEXT),
        )

    def question(self, question_id: QuestionId) -> Preview:
        note = self.site.questions[question_id].note
        assessment = note.assessment or Assessment()
        return QuestionPreview(
            key=question_id,
            title=note.question,
            answers=len(note.answers),
            verdict=assessment.verdict or "",
            likelihood=assessment.likelihood or "",
            confidence=assessment.confidence or "",
            text=self.plain(note.why),
        )

    def subject(self, kind: Kind, note_id: str) -> Preview:
        record = self.site.records(kind)[note_id]
        origins = {link.origin for link in self.cards.findings.backlinks.get(record.ref, ())}
        return SubjectPreview(
            key=note_id,
            title=clipped(self.cards.links[record.ref].title, _LONGEST_TITLE),
            kind=getattr(record.note, "kind", None) or "",
            detail=_detail(record.note),
            claims=sum(origin.kind is Kind.CLAIM for origin in origins),
            events=sum(origin.kind is Kind.EVENT for origin in origins),
            text=self.plain(_text_of(record.note)),
        )

    def places(self, ref: Ref) -> Mapping[str, Sequence[Citation]]:
        """Return what is cited at each place in an article, or among a note's evidence."""
        if ref.kind is not Kind.SOURCE:
            page = f"{ref.kind.plural}/{ref.id}"
            own = self.site.citations[ref]
            return {f"{page}#{evidence_anchor(each.number)}": (each,) for each in own}
        by_place: dict[str, list[Citation]] = defaultdict(list)
        for citation in self.site.citations_of_source[SourceId(ref.id)]:
            if citation.excerpt.segments:
                place = passage_anchor(citation.excerpt.segments)
                by_place[f"sources/{ref.id}#{place}"].append(citation)
        return by_place

    def excerpts(self, ref: Ref) -> Offers:
        """Return every passage in an article, or at its place among a note's evidence."""
        make = self.passage if ref.kind is Kind.SOURCE else self.evidence
        return {key: partial(make, key, found) for key, found in self.places(ref).items()}

    def evidence(self, key: str, citations: Sequence[Citation]) -> Preview:
        (citation,) = citations
        quote = self.quote(citation, _LONGEST_PASSAGE)
        return ExcerptPreview(key, True, quote, (self.owner(citation),), 0)

    def passage(self, key: str, citations: Sequence[Citation]) -> Preview:
        return ExcerptPreview(
            key=key,
            is_evidence=False,
            quote=self.quote(citations[0], _LONGEST_PASSAGE),
            owners=tuple(map(self.owner, citations[:_OWNERS])),
            more=len(citations[_OWNERS:]),
        )

    def owner(self, citation: Citation) -> OwnerPreview:
        title = clipped(self.cards.links[citation.owner].title, _LONGEST_TITLE)
        return OwnerPreview(citation.evidence.stance, title)

    def reference(self, ref: Ref) -> Offers:
        """Return how to cite an article, or a claim that gives a number."""
        key = f"{ref.kind.plural}/{ref.id}"
        return {key: lambda: ReferencePreview(key, self.forms(ref))}

    def forms(self, ref: Ref) -> tuple[CiteForm, ...]:
        if ref.kind is Kind.SOURCE:
            return cite_source(self.cards, SourceId(ref.id)).forms
        return forms_of_claim(self.cards, ClaimId(ref.id))


def _detail(note: Note) -> str:
    for field in ("role", "country", "unit"):
        if value := getattr(note, field, None):
            return str(value)
    date = getattr(note, "date", None)
    return words(date) if isinstance(date, FuzzyDate) else ""


def _text_of(note: Note) -> str | None:
    fields = ("summary", "definition", "now")
    return next((text for field in fields if (text := getattr(note, field, None))), None)
