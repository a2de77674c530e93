"""Rules over how much may hang on one note, so that no site outgrows its notes.

What is shown of two lists together takes room as their product: every question's page has a table
of its claims and their sources, so that a claim of Q questions and S quotes fills Q x S cells.
Where one of the two has a limit, the product grows no faster than the notes. The limits are far
above what any subject needs; beyond them stands an error, for nobody would miss what is left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, Generic, TypeVar

from sitegen.diagnostics import Diagnostic, error
from sitegen.findings.disagreements import connected
from sitegen.kinds import Kind
from sitegen.model import Corpus, Record, Ref
from sitegen.notes import ClaimId, Note, Source, SourceId
from sitegen.references import Reference, references
from sitegen.rules.tables import CorpusCheck, WholeRule
from sitegen.rules.ties import MOST_OF_A_KIND, Tied, subjects_of

K = TypeVar("K")
N = TypeVar("N")

_TELLING: Final = (Kind.CLAIM, Kind.EVENT, Kind.QUESTION)

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


class _Count(Generic[K, N]):
    """How many notes each of some keys has to do with, and what names the first beyond a limit.

    One that several lists name counts once, but again for each time that a list repeats it: pages
    show what stands there.
    """

    def __init__(self) -> None:
        self.known: dict[K, set[str]] = defaultdict(set)
        self.repeats: Counter[K] = Counter()
        self.first_beyond: dict[K, N] = {}
        self._listed: set[tuple[K, str, object]] = set()

    def of(self, key: K) -> int:
        """Return how many there are."""
        return len(self.known[key]) + self.repeats[key]

    def add(self, key: K, note_id: str, listed_in: object, named: N, most: int) -> None:
        """Count what a list of a note names."""
        entry = key, note_id, listed_in
        self.repeats[key] += entry in self._listed
        self._listed.add(entry)
        self.known[key].add(note_id)
        if self.of(key) > most:
            self.first_beyond.setdefault(key, named)


def too_many_subjects(corpus: Corpus, tied: Tied) -> Iterator[Diagnostic]:
    """A claim or an event has to do with more notes of one kind than can be shown with it."""
    counted = _Count[tuple[Ref, Kind], tuple[Record[Note], Reference]]()
    for record in _that_may_name_too_many(corpus, tied):
        for owner, subject, reference in subjects_of(record):
            path = reference.path[:1] if reference.role == "answers" else reference.path[:-1]
            most, named = MOST_OF_A_KIND[subject.kind], (record, reference)
            counted.add((owner, subject.kind), subject.id, (record.ref, path), named, most)
    for key, (record, reference) in counted.first_beyond.items():
        owner, kind = key
        yield error(
            "too-many-subjects",
            record.at(*reference.path),
            f'the {owner.kind} "{owner.id}" has to do with {counted.of(key)} {kind.plural}, '
            f"and at most {MOST_OF_A_KIND[kind]} are allowed",
            f"name those that it is about, divide the {owner.kind}, or sum many of them up in one",
        )


def _that_may_name_too_many(corpus: Corpus, tied: Tied) -> Iterator[Record[Note]]:
    """Yield all notes that say something of what may have to do with too many: most often none."""
    subjects = [
        (Ref(kind, note_id), owner, subject, count)
        for kind in _TELLING
        for note_id, each in tied[kind].items()
        for owner, subject, count in each.subjects
    ]
    often: Counter[tuple[Ref, Kind]] = Counter()
    for _, owner, subject, count in subjects:
        often[owner, subject] += count
    # What a note says of itself may be half of what is allowed before it is counted here.
    many = {owner for (owner, kind), count in often.items() if count > MOST_OF_A_KIND[kind] // 2}
    telling = many | {ref for ref, owner, _, _ in subjects if owner in many}
    for kind in _TELLING if telling else ():
        records = corpus.records(kind)
        yield from (records[each] for each in records if Ref(kind, each) in telling)


def too_many_relations(corpus: Corpus, tied: Tied) -> Iterator[Diagnostic]:
    """A claim stands in relation to more claims than can be compared with it."""
    related = [
        (note_id, place, *relation)
        for note_id, each in tied[Kind.CLAIM].items()
        for place, relation in enumerate(each.relations)
    ]
    same = (
        (ClaimId(note_id), ClaimId(other))
        for note_id, _, relation, other in related
        if relation == "same-as"
    )
    stands_for: dict[str, str] = {each: group[0] for group in connected(same) for each in group}
    counted = _Count[str, tuple[str, int]]()
    for note_id, place, _, named in related:
        for one, other in ((note_id, named), (named, note_id)):
            key, listed_in = stands_for.get(one, one), (note_id, named)
            counted.add(key, other, listed_in, (note_id, place), MOST_RELATED)
    for group, (naming, place) in counted.first_beyond.items():
        yield error(
            "too-many-relations",
            corpus.claims[ClaimId(naming)].at("relations", place, "claim"),
            f'the claim "{group}" stands in relation to {counted.of(group)} claims, '
            f"and at most {MOST_RELATED} are allowed",
            "keep the relations that tell readers something, or put a claim between that sums "
            "many of them up",
        )


def too_many_origins(corpus: Corpus, tied: Tied) -> Iterator[Diagnostic]:
    """A source goes back to more origins than can be followed."""
    sources = tied[Kind.SOURCE]
    nearer = {
        source_id: dict.fromkeys(each for each in ties.line if each in sources)
        for source_id, ties in sources.items()
    }
    # For each source how many origins are named by it and by each source on its way.
    ways: dict[str, dict[str, int]] = {}
    for source_id in _origins_first(nearer):
        if any(each not in ways for each in nearer[source_id]):
            continue  # one of these has too many itself
        way = {source_id: sources[source_id].origins}
        for each in nearer[source_id]:
            way |= ways[each]
        if sum(way.values()) <= MOST_ORIGINS:
            ways[source_id] = way
        else:
            yield _too_far(corpus.sources[SourceId(source_id)], way)


def _too_far(record: Record[Source], way: Mapping[str, int]) -> Diagnostic:
    own = references(record.note)
    at = own[MOST_ORIGINS] if len(own) > MOST_ORIGINS else own[0]
    return error(
        "too-many-origins",
        record.at(*at.path),
        f'the source "{record.ref.id}" goes back to {sum(way.values())} origins, '
        f"and at most {MOST_ORIGINS} are allowed",
        "name the nearest origins only, shorten a chain by naming where its report began, or sum "
        "many up in one actor",
    )


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
