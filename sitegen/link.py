"""A checked Corpus becomes a Site: drafts leave, quotes become excerpts, relations show both ends.

It cannot fail: `check` has seen to it that every id means a note and every quote was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, TypeVar, cast

from sitegen.drafts import without_drafts
from sitegen.markup import (
    LinkRef,
    Target,
    convert,
    linked_sentences,
    plain_text,
)
from sitegen.model import (
    Backlink,
    Citation,
    Corpus,
    Excerpt,
    Kind,
    LinkedRelation,
    PassageKey,
    Proofs,
    Record,
    Ref,
    Site,
)
from sitegen.notes import (
    Claim,
    ClaimId,
    Event,
    EventId,
    Evidence,
    MeasureId,
    Note,
    QuestionId,
    RivalDate,
    SourceId,
    prose,
)
from sitegen.quotes import QuoteMatch, QuoteState, excerpt_words
from sitegen.references import Reference, display_name, link_targets, references

SYMMETRIC: Final = frozenset({"contradicts", "same-as", "compatible-with"})

K = TypeVar("K")
V = TypeVar("V")


def link(corpus: Corpus, proofs: Proofs) -> Site:
    """Return the published notes of a checked corpus, linked in both directions."""
    published = {
        kind: {
            note_id: without_drafts(record, corpus)
            for note_id, record in corpus.records(kind).items()
            if not record.note.draft
        }
        for kind in Kind
    }
    claims = cast("dict[ClaimId, Record[Claim]]", published[Kind.CLAIM])
    events = cast("dict[EventId, Record[Event]]", published[Kind.EVENT])
    citations = _citations(corpus, proofs, claims.values(), events.values())
    every_citation = tuple(chain.from_iterable(citations.values()))
    records = [record for kind in Kind for record in published[kind].values()]
    return Site(
        settings=corpus.settings,
        **{f"{kind}s": published[kind] for kind in Kind},  # type: ignore[arg-type]
        seeds={each: seed for each, seed in corpus.seeds.items() if each in published[Kind.SOURCE]},
        citations=citations,
        citations_of_source=_by_source(published[Kind.SOURCE], every_citation),
        ignored={
            source_id: tuple(chain.from_iterable(places))
            for source_id, places in proofs.ignored.items()
            if source_id in published[Kind.SOURCE]
        },
        relations=_relations(claims),
        claims_of_event=_claims_of_event(claims, events),
        claims_of_question=_claims_of_question(claims, published[Kind.QUESTION]),
        claims_of_measure=_claims_of_measure(claims, published[Kind.MEASURE]),
        parts_of_event=_parts_of_event(events),
        backlinks=_backlinks(records, published),
    )


def _citations(
    corpus: Corpus,
    proofs: Proofs,
    claims: Iterable[Record[Claim]],
    events: Iterable[Record[Event]],
) -> dict[Ref, tuple[Citation, ...]]:
    found: dict[Ref, tuple[Citation, ...]] = {}
    for claim in claims:
        found[claim.ref] = tuple(
            _evidence_citations(corpus, proofs, claim.ref, claim.note.evidence)
        )
    for event in events:
        own = tuple(_evidence_citations(corpus, proofs, event.ref, event.note.evidence))
        rivals = (
            Citation(
                owner=event.ref,
                number=len(own) + index + 1,
                evidence=_as_evidence(rival),
                excerpt=_excerpt(
                    corpus, proofs, PassageKey(event.ref, "rival_dates", index), rival
                ),
                rival_date=rival.date,
            )
            for index, rival in enumerate(event.note.rival_dates)
        )
        found[event.ref] = (*own, *rivals)
    return found


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
    text = corpus.seeds[passage.source].text
    return Excerpt(
        source=passage.source,
        state=match.state,
        segments=match.segments,
        words=excerpt_words(text, match.segments),
        omitted=tuple(omission.text for omission in match.omissions),
    )


def _by_source(
    sources: Iterable[str], citations: Iterable[Citation]
) -> dict[SourceId, tuple[Citation, ...]]:
    """Return the citations of every source in the order in which its text has them."""
    found: dict[str, list[Citation]] = {source_id: [] for source_id in sources}
    for citation in citations:
        found[citation.source].append(citation)
    return {
        SourceId(source_id): tuple(
            sorted(quoted, key=lambda each: (each.excerpt.segments, each.owner, each.number))
        )
        for source_id, quoted in found.items()
    }


def _relations(
    claims: Mapping[ClaimId, Record[Claim]],
) -> dict[ClaimId, tuple[LinkedRelation, ...]]:
    """Return every claim's relations; a symmetric one that both declare stands once at each."""
    found: dict[ClaimId, list[LinkedRelation]] = {claim_id: [] for claim_id in claims}
    for claim_id, record in claims.items():
        for relation in record.note.relations:
            found[claim_id].append(
                LinkedRelation(relation.type, relation.claim, is_inverse=False, why=relation.why)
            )
    for claim_id, record in claims.items():
        for relation in record.note.relations:
            declared = {(each.type, each.claim) for each in claims[relation.claim].note.relations}
            if relation.type in SYMMETRIC and (relation.type, claim_id) in declared:
                continue
            found[relation.claim].append(
                LinkedRelation(relation.type, claim_id, is_inverse=True, why=relation.why)
            )
    return {claim_id: tuple(relations) for claim_id, relations in found.items()}


def _grouped(keys: Iterable[K], pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Return for every key its values, each once, in the order in which they first come."""
    found: dict[K, dict[V, None]] = {key: {} for key in keys}
    for key, value in pairs:
        found[key][value] = None
    return {key: tuple(values) for key, values in found.items()}


def _claims_of_event(
    claims: Mapping[ClaimId, Record[Claim]], events: Mapping[EventId, Record[Event]]
) -> dict[EventId, tuple[ClaimId, ...]]:
    named = [(event, claim) for claim, record in claims.items() for event in record.note.events]
    naming = [(event, claim) for event, record in events.items() for claim in record.note.claims]
    return _grouped(events, chain(named, naming))


def _claims_of_question(
    claims: Mapping[ClaimId, Record[Claim]], questions: Mapping[str, Record[Note]]
) -> dict[QuestionId, tuple[ClaimId, ...]]:
    answers = (
        (QuestionId(question), answer.claim)
        for question, record in questions.items()
        for answer in record.note.answers  # type: ignore[attr-defined]
    )
    named = (
        (question, claim) for claim, record in claims.items() for question in record.note.questions
    )
    return _grouped((QuestionId(each) for each in questions), chain(answers, named))


def _claims_of_measure(
    claims: Mapping[ClaimId, Record[Claim]], measures: Iterable[str]
) -> dict[MeasureId, tuple[ClaimId, ...]]:
    counted = (
        (record.note.quantity.measure, claim)
        for claim, record in claims.items()
        if record.note.quantity
    )
    return _grouped((MeasureId(each) for each in measures), counted)


def _parts_of_event(
    events: Mapping[EventId, Record[Event]],
) -> dict[EventId, tuple[EventId, ...]]:
    parts = (
        (record.note.part_of, event) for event, record in events.items() if record.note.part_of
    )
    return _grouped(events, parts)


def _backlinks(
    records: Sequence[Record[Note]], published: Mapping[Kind, Mapping[str, Record[Note]]]
) -> dict[Ref, tuple[Backlink, ...]]:
    found: dict[Ref, dict[Backlink, None]] = {record.ref: {} for record in records}

    def title(link: LinkRef) -> Target | None:
        for ref in link_targets(published.__getitem__, link.kind, link.id):
            return Target("", display_name(published[ref.kind][ref.id]), str(ref))
        return None

    for record in records:
        for reference in references(record.note):
            for kind in reference.kinds:
                target = Ref(kind, reference.id)
                if target in found:
                    found[target][_backlink(record, reference)] = None
        for path, text in prose(record.note):
            words_of: dict[str, str] = {}  # a sentence often has several links
            for written, said in zip(convert(text).links, linked_sentences(text), strict=True):
                for target in link_targets(published.__getitem__, written.kind, written.id):
                    if said not in words_of:
                        words_of[said] = plain_text(said, title)
                    role = next(str(step) for step in reversed(path) if isinstance(step, str))
                    found[target][Backlink(record.ref, role, words_of[said])] = None
    order = {kind: place for place, kind in enumerate(Kind)}
    return {
        ref: tuple(sorted(links, key=lambda each: (order[each.origin.kind], each.origin.id)))
        for ref, links in found.items()
    }


def _backlink(record: Record[Note], reference: Reference) -> Backlink:
    """Return the backlink that a field makes, with the evidence's words where it is evidence."""
    if reference.path[0] in {"evidence", "rival_dates"}:
        field, index = str(reference.path[0]), int(reference.path[1])
        entries = getattr(record.note, field)
        before = len(record.note.evidence) if field == "rival_dates" else 0  # type: ignore[attr-defined]
        return Backlink(
            origin=record.ref,
            role=reference.role,
            words=display_name(record),
            stance=getattr(entries[index], "stance", "disputes"),
            number=before + index + 1,
        )
    return Backlink(record.ref, reference.role, display_name(record))
