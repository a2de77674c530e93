"""A checked Corpus becomes a Site: drafts leave, quotes become excerpts, relations show both ends.

It cannot fail: `check` has seen to it that every id means a note and every quote was found.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, TypeVar

from msgspec import structs

from sitegen.drafts import without_drafts
from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import (
    Citation,
    Corpus,
    Excerpt,
    LinkedRelation,
    PassageKey,
    Proofs,
    Record,
    Ref,
    Seed,
    Site,
    refs_to,
)
from sitegen.notes import (
    Claim,
    ClaimId,
    Event,
    EventId,
    Evidence,
    MeasureId,
    Note,
    Question,
    QuestionId,
    RivalDate,
    SourceId,
)
from sitegen.quotes import QuoteMatch, QuoteState, Span, excerpt_words
from sitegen.storage.packed import Keys, Layered

CITATIONS: Final = "citations"
CITATIONS_OF_SOURCES: Final = "citations of sources"

SYMMETRIC: Final = frozenset({"contradicts", "same-as", "compatible-with"})

T = TypeVar("T")


def published(corpus: Corpus, tables: Tables = NOTHING_KEPT) -> Corpus:
    """Return a checked corpus with the notes that are for readers, less what they say of drafts."""
    if not corpus.drafts:
        return corpus
    notes = {kind.plural: _published(corpus, kind, tables) for kind in Kind}
    return structs.replace(corpus, **notes)


def _published(corpus: Corpus, kind: Kind, tables: Tables) -> Mapping[str, Record[Note]]:
    records = corpus.records(kind)
    ids = [note_id for note_id in records if Ref(kind, note_id) not in corpus.drafts]
    return tables.table(
        f"published {kind.plural}", ids, lambda each: without_drafts(records[each], corpus)
    )


def link(corpus: Corpus, proofs: Proofs, tables: Tables = NOTHING_KEPT) -> Site:
    """Return the notes of a `published` corpus, linked in both directions.

    What `tables` know to be as it was in the last build is not worked out again.
    """
    citations = _citations(corpus, proofs, tables)
    return Site(
        settings=corpus.settings,
        **{kind.plural: corpus.records(kind) for kind in Kind},  # type: ignore[arg-type]
        seeds=_seeds(corpus, tables),
        citations=citations,
        citations_of_source=_by_source(corpus.sources, citations, tables),
        ignored=_ignored(proofs, corpus.sources, tables),
        relations=_relations(corpus.claims, tables),
        claims_of_event=_claims_of_event(corpus.claims, corpus.events, tables),
        claims_of_question=_claims_of_question(corpus.claims, corpus.questions, tables),
        claims_of_measure=_claims_of_measure(corpus.claims, corpus.measures, tables),
        parts_of_event=_parts_of_event(corpus.events, tables),
        refs_of=corpus.refs_of,
        drafts=corpus.drafts,
    )


def _seeds(corpus: Corpus, tables: Tables) -> Mapping[SourceId, Seed]:
    if not corpus.drafts:
        return corpus.seeds
    signs = {each: sign for each, sign in corpus.texts_of.items() if each in corpus.sources}
    return tables.given("texts of sources", Layered(Keys(signs), {}, corpus.seeds), signs)


def _ignored(
    proofs: Proofs, sources: Container[SourceId], tables: Tables
) -> Mapping[SourceId, tuple[Span, ...]]:
    ids = [each for each in proofs.ignored if each in sources]
    return tables.table(
        "ignored", ids, lambda each: tuple(chain.from_iterable(proofs.ignored[each]))
    )


def _citations(
    corpus: Corpus, proofs: Proofs, tables: Tables
) -> Mapping[Ref, tuple[Citation, ...]]:
    def make(ref: Ref) -> tuple[Citation, ...]:
        if ref.kind is Kind.EVENT:
            return tuple(_event_citations(corpus, proofs, corpus.events[EventId(ref.id)]))
        claim = corpus.claims[ClaimId(ref.id)]
        return tuple(_evidence_citations(corpus, proofs, ref, claim.note.evidence))

    return tables.table(CITATIONS, refs_to(corpus, (Kind.CLAIM, Kind.EVENT)), make)


def _event_citations(corpus: Corpus, proofs: Proofs, event: Record[Event]) -> Iterator[Citation]:
    yield from _evidence_citations(corpus, proofs, event.ref, event.note.evidence)
    for index, rival in enumerate(event.note.rival_dates):
        key = PassageKey(event.ref, "rival_dates", index)
        yield Citation(
            owner=event.ref,
            number=len(event.note.evidence) + index + 1,
            evidence=_as_evidence(rival),
            excerpt=_excerpt(corpus, proofs, key, rival),
            rival_date=rival.date,
        )


def _evidence_citations(
    corpus: Corpus, proofs: Proofs, owner: Ref, evidence: Sequence[Evidence]
) -> Iterator[Citation]:
    for index, each in enumerate(evidence):
        excerpt = _excerpt(corpus, proofs, PassageKey(owner, "evidence", index), each)
        yield Citation(owner, index + 1, each, excerpt)


def _as_evidence(rival: RivalDate) -> Evidence:
    return Evidence(
        source=rival.source,
        quote=rival.quote,
        stance="disputes",
        prefix=rival.prefix,
        suffix=rival.suffix,
    )


def _excerpt(
    corpus: Corpus, proofs: Proofs, key: PassageKey, passage: Evidence | RivalDate
) -> Excerpt:
    match: QuoteMatch = proofs.matches[key]
    if match.state is QuoteState.NOT_HELD:
        return Excerpt(passage.source, match.state, (), passage.quote)
    text, quote = corpus.seeds[passage.source].text, passage.quote
    words = excerpt_words(text, match.segments)
    return Excerpt(
        source=passage.source,
        state=match.state,
        segments=match.segments,
        words=quote if words == quote else words,  # most are the same, and need not be kept twice
        omitted=tuple([each.text for each in match.omissions]),
    )


def _by_source(
    sources: Iterable[SourceId], citations: Mapping[Ref, tuple[Citation, ...]], tables: Tables
) -> Mapping[SourceId, tuple[Citation, ...]]:
    """Return the citations of every source, in the order of its text."""
    quoting = tables.index(
        "notes that quote a source", citations, lambda own: [each.evidence.source for each in own]
    )

    def make(source_id: SourceId) -> tuple[Citation, ...]:
        own = chain.from_iterable([citations[owner] for owner in quoting.get(source_id, ())])
        return tuple(
            sorted(
                [each for each in own if each.evidence.source == source_id],
                key=lambda each: (each.excerpt.segments, each.owner, each.number),
            )
        )

    return tables.table(CITATIONS_OF_SOURCES, sources, make)


def _relations(
    claims: Mapping[ClaimId, Record[Claim]], tables: Tables
) -> Mapping[ClaimId, tuple[LinkedRelation, ...]]:
    """Return every claim's relations; a symmetric one that both declare stands once at each."""
    declaring = tables.index(
        "claims that name a claim",
        claims,
        lambda record: [relation.claim for relation in record.note.relations],
    )

    def make(claim_id: ClaimId) -> tuple[LinkedRelation, ...]:
        own = claims[claim_id].note.relations
        declared = {(each.type, each.claim) for each in own}
        inverse = (
            LinkedRelation(each.type, other, is_inverse=True, why=each.why)
            for other in declaring.get(claim_id, ())
            for each in claims[other].note.relations
            if each.claim == claim_id
            and not (each.type in SYMMETRIC and (each.type, other) in declared)
        )
        return (
            *(
                LinkedRelation(each.type, each.claim, is_inverse=False, why=each.why)
                for each in own
            ),
            *inverse,
        )

    return tables.table("relations", claims, make)


def _claims_of_event(
    claims: Mapping[ClaimId, Record[Claim]],
    events: Mapping[EventId, Record[Event]],
    tables: Tables,
) -> Mapping[EventId, tuple[ClaimId, ...]]:
    named = tables.index("claims that name an event", claims, lambda record: record.note.events)

    def make(event_id: EventId) -> tuple[ClaimId, ...]:
        return _each_once(named.get(event_id, ()), events[event_id].note.claims)

    return tables.table("claims of events", events, make)


def _claims_of_question(
    claims: Mapping[ClaimId, Record[Claim]],
    questions: Mapping[QuestionId, Record[Question]],
    tables: Tables,
) -> Mapping[QuestionId, tuple[ClaimId, ...]]:
    named = tables.index("claims that name a question", claims, lambda each: each.note.questions)

    def make(question_id: QuestionId) -> tuple[ClaimId, ...]:
        answers = (answer.claim for answer in questions[question_id].note.answers)
        return _each_once(answers, named.get(question_id, ()))

    return tables.table("claims of questions", questions, make)


def _claims_of_measure(
    claims: Mapping[ClaimId, Record[Claim]], measures: Iterable[MeasureId], tables: Tables
) -> Mapping[MeasureId, tuple[ClaimId, ...]]:
    def measure(record: Record[Claim]) -> tuple[MeasureId, ...]:
        return (record.note.quantity.measure,) if record.note.quantity else ()

    named = tables.index("claims that name a measure", claims, measure)
    return tables.table("claims of measures", measures, lambda each: named.get(each, ()))


def _parts_of_event(
    events: Mapping[EventId, Record[Event]], tables: Tables
) -> Mapping[EventId, tuple[EventId, ...]]:
    def whole(record: Record[Event]) -> tuple[EventId, ...]:
        return (record.note.part_of,) if record.note.part_of else ()

    named = tables.index("events that are part of an event", events, whole)
    return tables.table("parts of events", events, lambda each: named.get(each, ()))


def _each_once(*ids: Iterable[T]) -> tuple[T, ...]:
    """Return ids in the order in which they first come."""
    return tuple(dict.fromkeys(chain.from_iterable(ids)))
