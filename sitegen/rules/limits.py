"""Rules over how much may hang on one note, so that no site outgrows its notes.

What is shown of two lists together takes room as their product: every question's page has a table
of its claims and their sources, so that a claim of Q questions and S quotes fills Q x S cells.
Where one of the two has a limit, the product grows no faster than the notes. The limits are far
above what any subject needs; beyond them stands an error, for nobody would miss what is left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from sitegen.diagnostics import Diagnostic, error
from sitegen.findings.disagreements import connected
from sitegen.model import Corpus, Kind, Record, Ref
from sitegen.notes import ClaimId, Note, Source, SourceId
from sitegen.references import Reference, references
from sitegen.rules.tables import CorpusCheck, WholeRule

K = TypeVar("K")

MOST_OF_A_KIND: Final[Mapping[Kind, int]] = {
    Kind.QUESTION: 50,
    Kind.EVENT: 100,
    Kind.ACTOR: 200,  # more than there are states
    Kind.PLACE: 200,
}
"""Notes of each kind that one claim or one event may have to do with, named at either end."""

MOST_RELATED: Final = 200
"""Claims to which one claim may stand in relation, together with those that are the same."""

MOST_ORIGINS: Final = 100
"""Origins that a source may go back to; of those on its way each counts with all that it names."""

RULES: Final[Mapping[str, str]] = {
    "too-many-subjects": (
        "A claim or an event has to do with more notes of one kind than can be shown with all that "
        "is said of it.\n\n"
        f"At most {MOST_OF_A_KIND[Kind.QUESTION]} questions, {MOST_OF_A_KIND[Kind.EVENT]} events, "
        f"{MOST_OF_A_KIND[Kind.ACTOR]} actors and {MOST_OF_A_KIND[Kind.PLACE]} places are allowed, "
        "whichever of the two notes names the other; speakers count as actors. Each of them shows "
        "the claim with all of its sources, so that a site would grow with the one times the "
        "other. Name those that the claim is about, divide it, or sum many of them up in one note: "
        "a larger event, a group of states."
    ),
    "too-many-relations": (
        "A claim stands in relation to more claims than can be compared with it.\n\n"
        f"At most {MOST_RELATED} are allowed, whichever of the two names the other; claims that "
        "are the same (`same-as`) count as one, with the relations of all of them. Keep the "
        "relations that tell readers something, or put a claim between that sums many of them up."
    ),
    "too-many-origins": (
        "A source goes back to more origins than can be followed.\n\n"
        f"At most {MOST_ORIGINS} are allowed; counted are its own `origins` and those of every "
        "source that it goes back to. Every claim that quotes it shows the whole way of its "
        "report. Name the nearest origins only; shorten a chain of copies by naming, at one of "
        "them, where its report began; or sum many of them up in one actor."
    ),
}

_SUBJECTS: Final = frozenset({"questions", "events", "actors", "places", "asserted_by", "said_by"})
_FROM_THE_OTHER_END: Final = frozenset({"answers", "claims"})


class _Named(NamedTuple):
    """A reference together with the note that makes it."""

    record: Record[Note]
    reference: Reference


class _Count(Generic[K]):
    """How many notes each of some keys has to do with, and what names the first beyond a limit.

    One that several lists name counts once, but again for each time that a list repeats it: pages
    show what stands there.
    """

    def __init__(self) -> None:
        self.known: dict[K, set[str]] = defaultdict(set)
        self.repeats: Counter[K] = Counter()
        self.first_beyond: dict[K, _Named] = {}
        self._listed: set[tuple[K, str, object]] = set()

    def of(self, key: K) -> int:
        """Return how many there are."""
        return len(self.known[key]) + self.repeats[key]

    def add(self, key: K, note_id: str, listed_in: object, named: _Named, most: int) -> None:
        """Count what a list of a note names."""
        entry = key, note_id, listed_in
        self.repeats[key] += entry in self._listed
        self._listed.add(entry)
        self.known[key].add(note_id)
        if self.of(key) > most:
            self.first_beyond.setdefault(key, named)


def too_many_subjects(_corpus: Corpus, tied: Corpus) -> Iterator[Diagnostic]:
    """A claim or an event has to do with more notes of one kind than can be shown with it."""
    often = Counter((owner, subject.kind) for owner, subject, _ in _subjects(tied))
    many = {key for key, count in often.items() if count > MOST_OF_A_KIND[key[1]]}
    counted = _Count[tuple[Ref, Kind]]()
    for owner, subject, named in _subjects(tied):
        key = owner, subject.kind
        if key in many:
            record, reference = named
            path = reference.path[:1] if reference.role == "answers" else reference.path[:-1]
            counted.add(key, subject.id, (record.ref, path), named, MOST_OF_A_KIND[subject.kind])
    for key, (record, reference) in counted.first_beyond.items():
        owner, kind = key
        yield error(
            "too-many-subjects",
            record.at(*reference.path),
            f'the {owner.kind} "{owner.id}" has to do with {counted.of(key)} {kind}s, '
            f"and at most {MOST_OF_A_KIND[kind]} are allowed",
            f"name those that it is about, divide the {owner.kind}, or sum many of them up in one",
        )


def _subjects(tied: Corpus) -> Iterator[tuple[Ref, Ref, _Named]]:
    """Yield claims and events with each note that they have to do with, and where that is said."""
    for kind in (Kind.CLAIM, Kind.EVENT, Kind.QUESTION):
        for record in tied.records(kind).values():
            for owner, subject, reference in subjects_of(record):
                yield owner, subject, _Named(record, reference)


def subjects_of(record: Record[Note]) -> Iterator[tuple[Ref, Ref, Reference]]:
    """Yield what a note says of claims and events and what these have to do with, and where."""
    kind = record.ref.kind
    if kind not in {Kind.CLAIM, Kind.EVENT, Kind.QUESTION}:
        return
    for each in references(record.note):
        named = Ref(each.kinds[0], each.id)
        if kind is not Kind.QUESTION and each.role in _SUBJECTS:
            yield record.ref, named, each
        elif each.role in _FROM_THE_OTHER_END:
            yield named, record.ref, each


def too_many_relations(_corpus: Corpus, tied: Corpus) -> Iterator[Diagnostic]:
    """A claim stands in relation to more claims than can be compared with it."""
    related = [
        (record, each)
        for record in tied.claims.values()
        if record.note.relations
        for each in references(record.note)
        if each.path[0] == "relations"
    ]
    same = (
        (ClaimId(record.ref.id), ClaimId(each.id))
        for record, each in related
        if each.role == "same-as"
    )
    stands_for: dict[str, str] = {each: group[0] for group in connected(same) for each in group}
    counted = _Count[str]()
    for record, each in related:
        named = _Named(record, each)
        for one, other in ((record.ref.id, each.id), (each.id, record.ref.id)):
            counted.add(stands_for.get(one, one), other, (record.ref, each.id), named, MOST_RELATED)
    for group, (naming, reference) in counted.first_beyond.items():
        yield error(
            "too-many-relations",
            naming.at(*reference.path),
            f'the claim "{group}" stands in relation to {counted.of(group)} claims, '
            f"and at most {MOST_RELATED} are allowed",
            "keep the relations that tell readers something, or put a claim between that sums "
            "many of them up",
        )


def too_many_origins(_corpus: Corpus, tied: Corpus) -> Iterator[Diagnostic]:
    """A source goes back to more origins than can be followed."""
    own: dict[str, list[Reference]] = {
        source_id: list(references(record.note)) for source_id, record in tied.sources.items()
    }
    nearer = {
        source_id: {each.id: None for each in found if _is_source(tied, each)}
        for source_id, found in own.items()
    }
    # For each source how many origins are named by it and by each source on its way.
    ways: dict[str, dict[str, int]] = {}
    for source_id in _origins_first(nearer):
        if any(each not in ways for each in nearer[source_id]):
            continue  # one of these has too many itself
        way = {source_id: len(own[source_id])}
        for each in nearer[source_id]:
            way |= ways[each]
        if sum(way.values()) <= MOST_ORIGINS:
            ways[source_id] = way
        else:
            yield _too_far(tied.sources[SourceId(source_id)], own[source_id], way)


def _too_far(
    record: Record[Source], own: Sequence[Reference], way: Mapping[str, int]
) -> Diagnostic:
    at = own[MOST_ORIGINS] if len(own) > MOST_ORIGINS else own[0]
    return error(
        "too-many-origins",
        record.at(*at.path),
        f'the source "{record.ref.id}" goes back to {sum(way.values())} origins, '
        f"and at most {MOST_ORIGINS} are allowed",
        "name the nearest origins only, shorten a chain by naming where its report began, or sum "
        "many up in one actor",
    )


def _is_source(tied: Corpus, reference: Reference) -> bool:
    return Kind.SOURCE in reference.kinds and reference.id in tied.sources


def _origins_first(nearer: Mapping[str, Mapping[str, None]]) -> Iterator[str]:
    """Yield sources after all that they go back to; none that a circle keeps from that."""
    left = {source_id: len(found) for source_id, found in nearer.items()}
    named_by: dict[str, list[str]] = defaultdict(list)
    for source_id, found in nearer.items():
        for each in found:
            named_by[each].append(source_id)
    ready = [source_id for source_id, count in left.items() if not count]
    for each in ready:
        yield each
        for source_id in named_by[each]:
            left[source_id] -= 1
            if not left[source_id]:
                ready.append(source_id)


CHECKS: tuple[WholeRule[CorpusCheck], ...] = (
    WholeRule(too_many_subjects),
    WholeRule(too_many_relations),
    WholeRule(too_many_origins),
)
