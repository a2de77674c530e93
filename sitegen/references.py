"""The references in a note's fields: the one place that knows which field refers to what.

`check` proves them, `link` turns them round into backlinks. Links inside Markdown are not fields
and are the business of `markup`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from sitegen.model import Kind, Record, Ref
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


class Reference(NamedTuple):
    """One id in one field. `kinds` are the kinds of note that the id may belong to."""

    path: FieldPath
    role: str
    kinds: tuple[Kind, ...]
    id: str


def references(note: Note) -> Iterator[Reference]:
    """Yield every reference in a note's fields, in the order of the content model."""
    find = _REFERENCES.get(type(note))
    return find(note) if find else iter(())


def line_references(note: Note) -> Iterator[Reference]:
    """Yield the references by which notes of one kind stand in lines that may not return.

    A source's origins may be actors too, who are in no such line.
    """
    find = _LINES.get(type(note))
    return find(note) if find else iter(())


def origin_reference(origin: OriginId, path: FieldPath) -> Reference:
    """Return the reference that an origin makes: `actor:id`, `source:id`, or an id of either."""
    prefix, _, note_id = origin.rpartition(":")
    kinds = (Kind(prefix),) if prefix else (Kind.ACTOR, Kind.SOURCE)
    return Reference(path, "origins", kinds, note_id)


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
    kinds_of: Mapping[str, tuple[Kind, ...]], kind: str | None, note_id: str
) -> tuple[Ref, ...]:
    """Return what `link_targets` does; `kinds_of` says which kinds of note have an id."""
    found = kinds_of.get(note_id, ())
    return tuple(Ref(each, note_id) for each in found if kind is None or each == kind)


def link_kinds(kind: str | None) -> tuple[Kind, ...]:
    """Return the kinds of note that a Markdown link can mean that names this kind, or none."""
    return _KINDS.get(kind, ())


_KINDS: Final[Mapping[str | None, tuple[Kind, ...]]] = {
    None: tuple(Kind),
    **{str(kind): (kind,) for kind in Kind},
}


def _ids(role: str, kind: Kind, ids: tuple[str, ...], *at: str | int) -> Iterator[Reference]:
    for index, note_id in enumerate(ids):
        yield Reference((*at, role, index), role, (kind,), note_id)


def _origins(origins: tuple[OriginId, ...], *at: str | int) -> Iterator[Reference]:
    for index, origin in enumerate(origins):
        yield origin_reference(origin, (*at, "origins", index))


def _subjects(note: Claim | Event) -> Iterator[Reference]:
    yield from _ids("actors", Kind.ACTOR, note.actors)
    yield from _ids("places", Kind.PLACE, note.places)
    yield from _ids("questions", Kind.QUESTION, note.questions)


def _evidence(evidence: tuple[Evidence, ...]) -> Iterator[Reference]:
    for index, each in enumerate(evidence):
        at = ("evidence", index)
        yield Reference((*at, "source"), "evidence", (Kind.SOURCE,), each.source)
        yield from _origins(each.origins or (), *at)
        yield from _ids("said_by", Kind.ACTOR, each.said_by, *at)


def _rival_dates(rivals: tuple[RivalDate, ...]) -> Iterator[Reference]:
    for index, each in enumerate(rivals):
        yield Reference(
            ("rival_dates", index, "source"), "rival_dates", (Kind.SOURCE,), each.source
        )


def _of_claim(note: Claim) -> Iterator[Reference]:
    yield from _ids("asserted_by", Kind.ACTOR, note.asserted_by)
    yield from _evidence(note.evidence)
    yield from _ids("events", Kind.EVENT, note.events)
    yield from _subjects(note)
    if note.quantity:
        path = ("quantity", "measure")
        yield Reference(path, "quantity", (Kind.MEASURE,), note.quantity.measure)
    yield from _relations(note)


def _relations(note: Claim) -> Iterator[Reference]:
    for index, relation in enumerate(note.relations):
        path_to_claim = ("relations", index, "claim")
        yield Reference(path_to_claim, relation.type, (Kind.CLAIM,), relation.claim)


def _grounds(note: Claim) -> Iterator[Reference]:
    return (each for each in _relations(note) if each.role == "depends-on")


def _of_event(note: Event) -> Iterator[Reference]:
    yield from _evidence(note.evidence)
    yield from _rival_dates(note.rival_dates)
    yield from _subjects(note)
    yield from _ids("claims", Kind.CLAIM, note.claims)
    yield from _whole(note)


def _whole(note: Event) -> Iterator[Reference]:
    if note.part_of:
        yield Reference(("part_of",), "part_of", (Kind.EVENT,), note.part_of)


def _of_source(note: Source) -> Iterator[Reference]:
    yield from _origins(note.origins)


def _of_actor(note: Actor) -> Iterator[Reference]:
    yield from _ids("member_of", Kind.ACTOR, note.member_of)


def _of_question(note: Question) -> Iterator[Reference]:
    for index, answer in enumerate(note.answers):
        yield Reference(("answers", index, "claim"), "answers", (Kind.CLAIM,), answer.claim)


def _of_correction(note: Correction) -> Iterator[Reference]:
    for index, written in enumerate(note.notes):
        ref = address(written)
        yield Reference(("notes", index), "corrections", (ref.kind,), ref.id)


_REFERENCES: Final[Mapping[type[Note], Callable[..., Iterator[Reference]]]] = {
    Claim: _of_claim,
    Event: _of_event,
    Source: _of_source,
    Actor: _of_actor,
    Question: _of_question,
    Correction: _of_correction,
}

_LINES: Final[Mapping[type[Note], Callable[..., Iterator[Reference]]]] = {
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
