"""What of a note can break a rule only together with other notes.

It is kept note by note, apart from the notes: rules over all of them need not open any, and what
most authors change in a note is none of their business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from sitegen.kinds import Kind
from sitegen.model import Record, Ref
from sitegen.notes import Claim, Note
from sitegen.references import Reference, line_references, names_in_texts, references

MOST_OF_A_KIND: Final[Mapping[Kind, int]] = {
    Kind.QUESTION: 50,
    Kind.EVENT: 100,
    Kind.ACTOR: 200,  # more than there are states
    Kind.PLACE: 200,
}
"""Notes of each kind that one claim or one event may have to do with, named at either end."""

_MUCH: Final = min(MOST_OF_A_KIND.values()) // 2
_SUBJECTS: Final = frozenset({"questions", "events", "actors", "places", "asserted_by", "said_by"})
_FROM_THE_OTHER_END: Final = frozenset({"answers", "claims"})


class Ties(NamedTuple):
    """What a note has to do with others, in short; there is nothing of it in most notes.

    `names` are those under which texts may mention it. `line` are the notes of its kind that it
    follows where nothing may return to itself, and `origins` counts a source's. `relations` are a
    claim's, each with its type. `subjects` counts what it says claims and events have to do with,
    by these and by the kind; of itself only where that is more than half of what is allowed.
    """

    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    line: tuple[str, ...] = ()
    origins: int = 0
    relations: tuple[tuple[str, str], ...] = ()
    subjects: tuple[tuple[Ref, Kind, int], ...] = ()


Tied = Mapping[Kind, Mapping[str, Ties]]
"""The ties of the notes that have any, by kind and id, in the order of the notes."""

_NONE: Final = Ties()


def ties_of(record: Record[Note]) -> Ties:
    """Return what a note has to do with others."""
    note, kind = record.note, record.ref.kind
    line = line_references(note)
    ties = Ties(
        aliases=note.aliases,
        names=names_in_texts(note),
        line=tuple([each.id for each in line if kind in each.kinds]) if line else (),
        origins=len(references(note)) if kind is Kind.SOURCE else 0,
        relations=tuple([(each.type, each.claim) for each in note.relations])
        if isinstance(note, Claim)
        else (),
        subjects=_subjects(record) if _may_say_much(note) else (),
    )
    return _NONE if ties == _NONE else ties


def _may_say_much(note: Note) -> bool:
    """Tell whether a note says anything of others, or of itself very much: claims seldom do."""
    if not isinstance(note, Claim):
        return True
    lists = [note.questions, note.events, note.actors, note.places, note.asserted_by]
    lists += [each.said_by for each in note.evidence if each.said_by]
    return sum(map(len, lists)) > _MUCH


def _subjects(record: Record[Note]) -> tuple[tuple[Ref, Kind, int], ...]:
    counts = Counter((owner, subject.kind) for owner, subject, _ in subjects_of(record))
    return tuple(
        (owner, subject, count)
        for (owner, subject), count in counts.items()
        if owner != record.ref or count > MOST_OF_A_KIND[subject] // 2
    )


def subjects_of(record: Record[Note]) -> Iterator[tuple[Ref, Ref, Reference]]:
    """Yield what a note says of claims and events and what these have to do with, and where."""
    kind = record.ref.kind
    if kind not in {Kind.CLAIM, Kind.EVENT, Kind.QUESTION}:
        return
    for each in references(record.note):
        if kind is not Kind.QUESTION and each.role in _SUBJECTS:
            yield record.ref, Ref(each.kinds[0], each.id), each
        elif each.role in _FROM_THE_OTHER_END:
            yield Ref(each.kinds[0], each.id), record.ref, each


def tied_among(ties: Mapping[Ref, Ties]) -> Tied:
    """Return the ties of notes by kind and id, of those that have any."""
    tied: dict[Kind, dict[str, Ties]] = {kind: {} for kind in Kind}
    for ref, each in ties.items():
        if each != _NONE:
            tied[ref.kind][ref.id] = each
    return tied
