"""The references in a note's fields: the one place that knows which field refers to what.

`check` proves them, `backlinks` turns them round. Links inside Markdown are not fields
and are the business of `markup`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from sitegen.kinds import Kind
from sitegen.model import Record, Ref
from sitegen.notes import (
    Actor,
    Claim,
    Correction,
    Event,
    Evidence,
    Note,
    OriginId,
    Place,
    Question,
    RivalDate,
    Source,
)
from sitegen.yaml_nodes import FieldPath

_SOURCE: Final = (Kind.SOURCE,)


class Reference(Struct, frozen=True, gc=False):
    """One id in one field. `kinds` are the kinds of note that the id may belong to."""

    path: FieldPath
    role: str
    kinds: tuple[Kind, ...]
    id: str


def references(note: Note) -> Sequence[Reference]:
    """Return every reference in a note's fields, in the order of the content model."""
    find = _REFERENCES.get(type(note))
    return find(note) if find else ()


def line_references(note: Note) -> Sequence[Reference]:
    """Return the references by which notes of one kind stand in lines that may not return.

    A source's origins may be actors too, who are in no such line.
    """
    find = _LINES.get(type(note))
    return find(note) if find else ()


def origin_reference(origin: OriginId, path: FieldPath) -> Reference:
    """Return the reference that an origin makes: `actor:id`, `source:id`, or an id of either."""
    return Reference(path, "origins", *origin_meaning(origin))


@lru_cache(maxsize=1 << 12)  # every passage of an article has them
def origin_meaning(origin: OriginId) -> tuple[tuple[Kind, ...], str]:
    """Return of which kinds the note may be that an origin means, and its id."""
    prefix, _, note_id = origin.rpartition(":")
    return (Kind(prefix),) if prefix else (Kind.ACTOR, Kind.SOURCE), note_id


def address(written: str) -> Ref:
    """Return the address that `kind/id` means; the kind may be written in the plural."""
    kind, _, note_id = written.partition("/")
    return Ref(Kind(kind.removesuffix("s")), note_id)


def link_targets(
    records: Callable[[Kind], Mapping[str, Record[Note]]], kind: str | None, note_id: str
) -> tuple[Ref, ...]:
    """Return the notes that a Markdown link means: one if it is right, several if kinds share it.

    `records` gives the notes of a kind by id. A stretch of the timeline means no note.
    """
    return tuple(Ref(each, note_id) for each in link_kinds(kind) if note_id in records(each))


def targets_of(
    refs_of: Mapping[str, tuple[Ref, ...]], kind: str | None, note_id: str
) -> tuple[Ref, ...]:
    """Return what `link_targets` does; `refs_of` says which notes have an id."""
    found = refs_of.get(note_id, ())
    return found if kind is None else of_kinds(found, (kind,))


def of_kinds(refs: tuple[Ref, ...], kinds: tuple[str, ...]) -> tuple[Ref, ...]:
    """Return those of some notes, of a kind each, that are of one of these kinds, in their order.

    Of most ids there is one note, and it is that which is meant.
    """
    if len(refs) == 1 and refs[0].kind in kinds:
        return refs
    return tuple([ref for kind in kinds for ref in refs if ref.kind == kind])


def link_kinds(kind: str | None) -> tuple[Kind, ...]:
    """Return the kinds of note that a Markdown link can mean that names this kind, or none."""
    return _KINDS.get(kind, ())


_KINDS: Final[Mapping[str | None, tuple[Kind, ...]]] = {
    None: tuple(Kind),
    **{str(kind): (kind,) for kind in Kind},
}


# Lists and no generators within generators: there are very many references.


def _ids(role: str, kind: Kind, ids: tuple[str, ...], *at: str | int) -> list[Reference]:
    if not ids:  # as most lists are
        return []
    kinds = _KINDS[kind]
    return [
        Reference((*at, role, index), role, kinds, note_id) for index, note_id in enumerate(ids)
    ]


def _origins(origins: tuple[OriginId, ...], *at: str | int) -> list[Reference]:
    return [
        origin_reference(origin, (*at, "origins", index)) for index, origin in enumerate(origins)
    ]


def _subjects(note: Claim | Event) -> list[Reference]:
    return [
        *_ids("actors", Kind.ACTOR, note.actors),
        *_ids("places", Kind.PLACE, note.places),
        *_ids("questions", Kind.QUESTION, note.questions),
    ]


def _evidence(evidence: tuple[Evidence, ...]) -> list[Reference]:
    found = []
    for index, each in enumerate(evidence):
        found.append(Reference(("evidence", index, "source"), "evidence", _SOURCE, each.source))
        if each.origins:
            found += _origins(each.origins, "evidence", index)
        if each.said_by:
            found += _ids("said_by", Kind.ACTOR, each.said_by, "evidence", index)
    return found


def _rival_dates(rivals: tuple[RivalDate, ...]) -> list[Reference]:
    return [
        Reference(("rival_dates", index, "source"), "rival_dates", _SOURCE, each.source)
        for index, each in enumerate(rivals)
    ]


def _of_claim(note: Claim) -> list[Reference]:
    path = ("quantity", "measure")
    measure = note.quantity.measure if note.quantity else None
    return [
        *_ids("asserted_by", Kind.ACTOR, note.asserted_by),
        *_evidence(note.evidence),
        *_ids("events", Kind.EVENT, note.events),
        *_subjects(note),
        *([Reference(path, "quantity", (Kind.MEASURE,), measure)] if measure else ()),
        *_relations(note),
    ]


def _relations(note: Claim) -> list[Reference]:
    return [
        Reference(("relations", index, "claim"), relation.type, (Kind.CLAIM,), relation.claim)
        for index, relation in enumerate(note.relations)
    ]


def _grounds(note: Claim) -> list[Reference]:
    return [each for each in _relations(note) if each.role == "depends-on"]


def _of_event(note: Event) -> list[Reference]:
    return [
        *_evidence(note.evidence),
        *_rival_dates(note.rival_dates),
        *_subjects(note),
        *_ids("claims", Kind.CLAIM, note.claims),
        *_whole(note),
    ]


def _whole(note: Event) -> list[Reference]:
    return [Reference(("part_of",), "part_of", (Kind.EVENT,), note.part_of)] if note.part_of else []


def _of_source(note: Source) -> list[Reference]:
    return _origins(note.origins)


def _of_actor(note: Actor) -> list[Reference]:
    return _ids("member_of", Kind.ACTOR, note.member_of)


def _of_question(note: Question) -> list[Reference]:
    return [
        Reference(("answers", index, "claim"), "answers", (Kind.CLAIM,), answer.claim)
        for index, answer in enumerate(note.answers)
    ]


def _of_correction(note: Correction) -> list[Reference]:
    refs = map(address, note.notes)
    return [
        Reference(("notes", index), "corrections", (ref.kind,), ref.id)
        for index, ref in enumerate(refs)
    ]


_REFERENCES: Final[Mapping[type[Note], Callable[..., list[Reference]]]] = {
    Claim: _of_claim,
    Event: _of_event,
    Source: _of_source,
    Actor: _of_actor,
    Question: _of_question,
    Correction: _of_correction,
}

_LINES: Final[Mapping[type[Note], Callable[..., list[Reference]]]] = {
    Event: _whole,
    Actor: _of_actor,
    Source: _of_source,
    Claim: _grounds,
}


def display_name(record: Record[Note]) -> str:
    """Return what readers call a note: its statement, title, name or question."""
    field = _NAMED_BY[record.ref.kind]
    return str(getattr(record.note, field) or record.ref.id)


def names_in_texts(note: Note) -> tuple[str, ...]:
    """Return the names under which texts may mention an actor or a place; no others are linked."""
    return (note.name, *note.aliases_in_text) if isinstance(note, (Actor, Place)) else ()


_NAMED_BY: Final[Mapping[Kind, str]] = {
    Kind.SOURCE: "title",
    Kind.CLAIM: "statement",
    Kind.EVENT: "title",
    Kind.ACTOR: "name",
    Kind.PLACE: "name",
    Kind.QUESTION: "question",
    Kind.MEASURE: "title",
    Kind.CORRECTION: "was",
    Kind.PAGE: "title",
}
