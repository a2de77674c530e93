"""What links, passages and dates show before they are followed: scripts loaded on first need.

Each kind has shards of its own, `data/previews/claims-1.js` …, in the order of their keys and of
a bounded size; `data/previews/contents.js` has the first key of each, so that a page finds the one
shard that a link's address asks for. Of articles nothing goes in but words that pages quote.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Final

from sitegen.dates import FuzzyDate, Precision, Qualifier, machine, parse_date, words
from sitegen.model import Citation, Kind, Ref
from sitegen.notes import Assessment, ClaimId, Note, SourceId
from sitegen.pages.cards import Cards
from sitegen.pages.citing import cite_source, forms_of_claim
from sitegen.pages.prose_views import plain_prose
from sitegen.urls import FOLDER_BY_KIND, evidence_anchor, passage_anchor
from sitegen.views import (
    ClaimPreview,
    DatePreview,
    EventPreview,
    ExcerptPreview,
    OwnerPreview,
    PageSpec,
    Preview,
    PreviewContents,
    PreviewShard,
    QuestionPreview,
    QuotePreview,
    ReferencePreview,
    SourcePreview,
    SubjectPreview,
)

FOLDER: Final = "data/previews"
LARGEST_SHARD: Final = 100_000
"""About how many bytes a shard may have: one is loaded while a pointer rests on a link."""

_LONGEST_TITLE = 300
_LONGEST_TEXT = 280
_LONGEST_PASSAGE = 500
_OWNERS = 3
_NAMES = 6
_DOUBTS: Final = {
    Qualifier.APPROXIMATE: "approximate",
    Qualifier.UNCERTAIN: "uncertain",
    Qualifier.BOTH: "uncertain and approximate",
}


def preview_scripts(cards: Cards) -> Iterator[PageSpec]:
    """Yield the shards of every kind of preview, and the contents that lead to them."""
    desk = _Desk(cards)
    contents: list[tuple[str, str, tuple[str, ...]]] = []
    for folder, kind, make in desk.kinds():
        firsts: list[str] = []
        for number, shard in enumerate(_shards(sorted(make(), key=lambda each: each.key)), 1):
            name = f"{folder}-{number}"
            firsts.append(shard[0].key)
            rows = PreviewShard(f"previews/{name}", kind, shard)
            yield PageSpec(f"{FOLDER}/{name}.js", "data/previews.js", rows)
        if firsts:
            contents.append((folder, kind, tuple(firsts)))
    view = PreviewContents(tuple(contents))
    yield PageSpec(f"{FOLDER}/contents.js", "data/preview_contents.js", view)


def _shards(previews: Iterable[Preview]) -> Iterator[tuple[Preview, ...]]:
    """Cut previews into shards. What stands in a view takes less room in a script."""
    shard: list[Preview] = []
    size = 0
    for preview in previews:
        weight = len(repr(preview).encode("utf-8", "replace"))
        if shard and size + weight > LARGEST_SHARD:
            yield tuple(shard)
            shard, size = [], 0
        shard.append(preview)
        size += weight
    if shard:
        yield tuple(shard)


def clipped(text: str, length: int) -> str:
    """Return a text on one line, or its beginning up to a word's end and an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head = line[:length]
    # A text without spaces is cut anywhere; so is one whose last word would take most of it.
    return f"{head.rsplit(' ', 1)[0] if ' ' in head[length // 2 :] else head} …"


class _Desk:
    """Makes previews from the shared views of a site."""

    def __init__(self, cards: Cards) -> None:
        self.cards = cards
        self.site = cards.site

    def kinds(self) -> Iterator[tuple[str, str, Callable[[], Iterable[Preview]]]]:
        """Yield each kind's folder, its name and what makes its previews."""
        makers: Mapping[Kind, Callable[[], Iterable[Preview]]] = {
            Kind.CLAIM: self.claims,
            Kind.EVENT: self.events,
            Kind.SOURCE: self.sources,
            Kind.QUESTION: self.questions,
        }
        for kind in Kind:
            folder = "corrections" if kind is Kind.CORRECTION else FOLDER_BY_KIND[kind]
            yield folder, kind, makers.get(kind, partial(self.subjects, kind))
        yield "excerpts", "excerpt", lambda: chain(self.evidence(), self.passages())
        yield "dates", "date", lambda: date_previews(self.dates())
        yield "references", "reference", self.references

    def plain(self, text: str | None) -> str:
        """Return the beginning of an author's Markdown, as words."""
        return clipped(plain_prose(self.cards, text), _LONGEST_TEXT) if text else ""

    def language(self, source_id: SourceId) -> str:
        return self.site.sources[source_id].note.language or self.site.settings.language

    def quote(self, citation: Citation, length: int) -> QuotePreview:
        evidence = citation.evidence
        translation = evidence.translation.text if evidence.translation else ""
        speakers = self.cards.links_to(Kind.ACTOR, evidence.said_by[:_NAMES])
        return QuotePreview(
            words=clipped(citation.excerpt.words, length),
            lang=self.language(citation.source),
            source=self.cards.labels[citation.source],
            stance=evidence.stance,
            state=citation.excerpt.state,
            credibility=evidence.credibility or "",
            basis=evidence.basis or "",
            said_by=tuple(link.title for link in speakers),
            translation=clipped(translation, length),
        )

    def claims(self) -> Iterator[Preview]:
        for claim_id, card in self.cards.claims.items():
            citations = self.site.citations[Ref(Kind.CLAIM, claim_id)]
            first = min(citations, key=lambda each: each.evidence.stance != "supports")
            yield ClaimPreview(claim_id, card, self.quote(first, _LONGEST_TEXT))

    def events(self) -> Iterator[Preview]:
        for event_id, card in self.cards.events.items():
            yield EventPreview(event_id, card, self.plain(self.site.events[event_id].note.summary))

    def sources(self) -> Iterator[Preview]:
        for source_id, record in self.site.sources.items():
            owners = {each.owner for each in self.site.citations_of_source[source_id]}
            yield SourcePreview(
                key=source_id,
                label=self.cards.labels[source_id],
                lang=self.language(source_id),
                claims=sum(owner.kind is Kind.CLAIM for owner in owners),
                events=sum(owner.kind is Kind.EVENT for owner in owners),
                text=self.plain(record.note.summary)
                or clipped(record.note.reliability_why or "", _LONGEST_TEXT),
            )

    def questions(self) -> Iterator[Preview]:
        for question_id, record in self.site.questions.items():
            assessment = record.note.assessment or Assessment()
            yield QuestionPreview(
                key=question_id,
                title=record.note.question,
                answers=len(record.note.answers),
                verdict=assessment.verdict or "",
                likelihood=assessment.likelihood or "",
                confidence=assessment.confidence or "",
                text=self.plain(record.note.why),
            )

    def subjects(self, kind: Kind) -> Iterator[Preview]:
        for note_id, record in self.site.records(kind).items():
            origins = {link.origin for link in self.site.backlinks.get(record.ref, ())}
            yield SubjectPreview(
                key=note_id,
                title=clipped(self.cards.links[record.ref].title, _LONGEST_TITLE),
                kind=getattr(record.note, "kind", None) or "",
                detail=_detail(record.note),
                claims=sum(origin.kind is Kind.CLAIM for origin in origins),
                events=sum(origin.kind is Kind.EVENT for origin in origins),
                text=self.plain(_text_of(record.note)),
            )

    def evidence(self) -> Iterator[Preview]:
        """Yield every passage at its place among a note's evidence."""
        for owner, citations in self.site.citations.items():
            for citation in citations:
                yield ExcerptPreview(
                    key=f"{FOLDER_BY_KIND[owner.kind]}/{owner.id}"
                    f"#{evidence_anchor(citation.number)}",
                    is_evidence=True,
                    quote=self.quote(citation, _LONGEST_PASSAGE),
                    owners=(self.owner(citation),),
                    more=0,
                )

    def passages(self) -> Iterator[Preview]:
        """Yield every passage at its place in its article."""
        for source_id in self.site.sources:
            by_place: dict[str, list[Citation]] = defaultdict(list)
            for citation in self.site.citations_of_source[source_id]:
                if citation.excerpt.segments:
                    by_place[passage_anchor(citation.excerpt.segments)].append(citation)
            for place, citations in by_place.items():
                yield self.passage(f"sources/{source_id}#{place}", citations)

    def passage(self, key: str, citations: Sequence[Citation]) -> ExcerptPreview:
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

    def references(self) -> Iterator[Preview]:
        """Yield how to cite each article, and each claim that gives a number."""
        for source_id in self.site.sources:
            forms = cite_source(self.cards, source_id).forms
            yield ReferencePreview(f"sources/{source_id}", forms)
        counted = (claims for claims in self.site.claims_of_measure.values())
        for claim_id in dict.fromkeys(chain.from_iterable(counted)):
            forms = forms_of_claim(self.cards, ClaimId(claim_id))
            yield ReferencePreview(f"claims/{claim_id}", forms)

    def dates(self) -> Iterator[FuzzyDate | None]:
        """Yield every date that a note gives."""
        site = self.site
        for claim in site.claims.values():
            yield claim.note.date
            yield claim.note.quantity.as_of if claim.note.quantity else None
            yield claim.note.assessment.assessed_on if claim.note.assessment else None
            yield from (change.date for change in claim.note.history)
        for event in site.events.values():
            yield event.note.date
            yield from (rival.date for rival in event.note.rival_dates)
        for source in site.sources.values():
            yield from (source.note.published, source.note.collected)
        for question in site.questions.values():
            yield question.note.assessment.assessed_on if question.note.assessment else None
        yield from (correction.note.date for correction in site.corrections.values())


def _detail(note: Note) -> str:
    for field in ("role", "country", "unit"):
        if value := getattr(note, field, None):
            return str(value)
    date = getattr(note, "date", None)
    return words(date) if isinstance(date, FuzzyDate) else ""


def _text_of(note: Note) -> str | None:
    fields = ("summary", "definition", "now")
    return next((text for field in fields if (text := getattr(note, field, None))), None)


# --- dates --------------------------------------------------------------------------------------


def date_previews(dates: Iterable[FuzzyDate | None]) -> Iterator[DatePreview]:
    """Yield each date once that a machine cannot read as it stands: doubts, seasons, stretches."""
    found = {date.text: date for date in dates if date and machine(date) is None}
    for text, date in found.items():
        yield DatePreview(
            key=text,
            words=words(date),
            precision=date.precision,
            first=_day(date.earliest),
            last=_day(date.latest),
            doubts=tuple(dict.fromkeys(_doubts(date))),
        )


def _day(day: dt.date | None) -> str:
    return words(parse_date(day.isoformat())) if day else ""


def _doubts(date: FuzzyDate) -> Iterator[tuple[str, str]]:
    """Yield what of a date or of its ends is in doubt, and how; what both ends share, once."""
    for doubt in date.doubts:
        yield str(doubt.component), _DOUBTS[doubt.qualifier]
    parts = [list(_doubts(part)) for part in date.parts]
    if date.precision is not Precision.INTERVAL:
        yield from chain.from_iterable(parts)
    elif parts[0] == parts[1]:
        yield from ((f"{component} at either end", how) for component, how in parts[0])
    else:
        for end, found in zip(("start", "end"), parts, strict=True):
            yield from ((f"{component} of its {end}", how) for component, how in found)
