"""The vocabulary between the stages: what was read, what was linked, what follows from it.

Everything here is frozen data. A `Corpus` holds what the authors wrote, with links still as ids; a
`Site` holds only checked, published notes, with every relation known from both ends; `Findings`
holds what `derive` worked out. Nothing here reads, decides or renders.
"""

from __future__ import annotations

import datetime as dt
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial
from itertools import chain, repeat
from typing import Any, Final, Generic, NamedTuple, TypeVar

from msgspec import Struct, field

from sitegen.dates import FuzzyDate
from sitegen.diagnostics import Location
from sitegen.kinds import Kind
from sitegen.ledger import KeysOf
from sitegen.notes import (
    Actor,
    ActorId,
    Claim,
    ClaimId,
    Correction,
    Event,
    EventId,
    Evidence,
    Measure,
    MeasureId,
    Note,
    Page,
    Place,
    PlaceId,
    Question,
    QuestionId,
    RelationType,
    Rights,
    SiteSettings,
    Source,
    SourceId,
)
from sitegen.quotes import QuoteMatch, QuoteState, Span
from sitegen.yaml_nodes import Locations

N_co = TypeVar("N_co", bound=Note, covariant=True)


class Ref(NamedTuple):
    """The address of a note: an id is unique within its kind only."""

    kind: Kind
    id: str

    def __str__(self) -> str:
        """Return `kind:id`, as it is written in a Markdown link."""
        return f"{self.kind}:{self.id}"

    def __reduce__(self) -> Any:
        """Return how to unpickle it: as the one object that stands for this address."""
        return _ref, (*self,)

    @classmethod
    def to_each(cls, kind: Kind, ids: Iterable[str]) -> Iterator[Ref]:
        """Yield the addresses of notes of one kind, without a call in Python for each of them."""
        return map(partial(tuple.__new__, cls), zip(repeat(kind), ids, strict=False))


def _ref(kind: Kind, note_id: str) -> Ref:
    known = _REFS.get((kind, note_id))  # as a tuple, it is equal to the address
    if known is None:
        known = Ref(Kind(kind), sys.intern(note_id))
        _REFS[known] = known
    return known


_REFS: Final[dict[tuple[Kind, str], Ref]] = {}


class Record(Struct, Generic[N_co], frozen=True):
    """A note with its address and the places of its fields in its file."""

    ref: Ref
    note: N_co
    locations: Locations
    body_at: Location | None = None  # where a page's body begins

    def at(self, *field_path: str | int) -> Location:
        """Return where a field's value stands, or else its nearest parent that was written."""
        return self.locations.at(*field_path)


class Seed(Struct, frozen=True):
    """An article's text, decoded as UTF-8; only a byte order mark is removed.

    `path` is relative to the project, `sha256` that of the file's bytes, in hexadecimal.
    """

    path: str
    text: str
    sha256: str


class Corpus(Struct, frozen=True):
    """Everything read from a project, by kind and id, links still as ids.

    - `seeds`: the texts that could be read, by the id of their source.
    - `unread`: notes whose files exist but could not be understood, or only in part. A mistake in
      such a file is not reported again wherever its id is used.
    - `drafts`: notes that are not to be published yet.
    - `allowing`: notes that accept warnings.
    - `files_of`: for each kind and id, the path of the note's file and its SHA-256.
    - `texts_of`: the same for the text of every source in `seeds`.
    - `refs_of`: the notes that have an id, for every id; `kinds_of`: their kinds.
    - `files`: the text of every file by its path, for reports.
    """

    settings: SiteSettings
    sources: Mapping[SourceId, Record[Source]]
    claims: Mapping[ClaimId, Record[Claim]]
    events: Mapping[EventId, Record[Event]]
    actors: Mapping[ActorId, Record[Actor]]
    places: Mapping[PlaceId, Record[Place]]
    questions: Mapping[QuestionId, Record[Question]]
    measures: Mapping[MeasureId, Record[Measure]]
    corrections: Mapping[str, Record[Correction]]
    pages: Mapping[str, Record[Page]]
    seeds: Mapping[SourceId, Seed]
    unread: frozenset[Ref] = frozenset()
    drafts: frozenset[Ref] = frozenset()
    allowing: frozenset[Ref] = frozenset()
    files_of: Mapping[Kind, Mapping[str, tuple[str, bytes]]] = field(default_factory=dict)
    texts_of: Mapping[SourceId, tuple[str, str]] = field(default_factory=dict)
    refs_of: Mapping[str, tuple[Ref, ...]] = field(default_factory=dict)
    kinds_of: Mapping[str, tuple[Kind, ...]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def records(self, kind: Kind) -> Mapping[str, Record[Note]]:
        """Return the notes of one kind by id."""
        found: Mapping[str, Record[Note]] = getattr(self, kind.plural)
        return found

    def all_records(self) -> Iterator[Record[Note]]:
        """Yield every note, kind by kind, ids in order."""
        for kind in Kind:
            yield from self.records(kind).values()

    def find(self, ref: Ref) -> Record[Note] | None:
        """Return the note at an address, or None."""
        return self.records(ref.kind).get(ref.id)


def refs_to(notes: Corpus | Site, kinds: Sequence[Kind] = tuple(Kind)) -> KeysOf[Ref]:
    """Return the addresses of all notes of some kinds, kind by kind."""
    tables = [*map(notes.records, kinds)]
    return KeysOf(tables, lambda: chain.from_iterable(map(Ref.to_each, kinds, tables)))


class PassageKey(NamedTuple):
    """Which quotation of which note: `field` is `evidence` or `rival_dates`."""

    owner: Ref
    field: str
    at: int


class Proofs(Struct, frozen=True):
    """What came of looking every quotation up in its source.

    In `matches`, a quotation whose source is unknown has no entry, and one whose source's text is
    not held has the state `not-held`. `ignored` has an entry for each `ignore` passage of a source:
    all its places in the text, those that touch made one, and none if it does not stand there.
    `states` has one word for each quotation of a note, even for one that was not looked up.
    """

    matches: Mapping[PassageKey, QuoteMatch]
    ignored: Mapping[SourceId, tuple[tuple[Span, ...], ...]]
    states: Mapping[Ref, tuple[str, ...]]


class Excerpt(Struct, frozen=True, gc=False):
    """A located quotation: the text's own words and where they stand.

    Where the text is not held, `segments` is empty and `words` are the author's.
    """

    source: SourceId
    state: QuoteState
    segments: tuple[Span, ...]
    words: str
    omitted: tuple[str, ...] = ()


class Citation(Struct, frozen=True):
    """One piece of evidence in its place: whose it is, what it says, where it was found.

    A rival date is a citation too; `rival_date` then holds the date, and its stance is `disputes`.
    `number` counts from 1 among the citations of its note.
    """

    owner: Ref
    number: int
    evidence: Evidence
    excerpt: Excerpt
    rival_date: FuzzyDate | None = None

    @property
    def source(self) -> SourceId:
        """Return the id of the source that is quoted."""
        return self.evidence.source


class Backlink(Struct, frozen=True, gc=False):  # there are very many, and none in a circle
    """A reference to a note, seen from that note.

    `role` names the field that refers (`actors`, `said_by`, `analysis` …); for a claim's relation
    it is the relation's type. `words` is the sentence that carries the reference, empty where a
    field does. `stance` is that of the evidence, where it is evidence.
    """

    origin: Ref
    role: str
    words: str = ""
    stance: str | None = None
    number: int | None = None  # of the citation, where the reference is one


class LinkedRelation(Struct, frozen=True):
    """A relation seen from one of its two claims; `is_inverse` where the other one declared it."""

    type: RelationType
    other: ClaimId
    is_inverse: bool
    why: str | None


class Site(Struct, frozen=True):
    """The published notes, linked: every list is complete from both ends and in stable order.

    `refs_of` has the notes with an id, for every id, published or not; `drafts` are those that are
    not published.
    """

    settings: SiteSettings
    sources: Mapping[SourceId, Record[Source]]
    claims: Mapping[ClaimId, Record[Claim]]
    events: Mapping[EventId, Record[Event]]
    actors: Mapping[ActorId, Record[Actor]]
    places: Mapping[PlaceId, Record[Place]]
    questions: Mapping[QuestionId, Record[Question]]
    measures: Mapping[MeasureId, Record[Measure]]
    corrections: Mapping[str, Record[Correction]]
    pages: Mapping[str, Record[Page]]
    seeds: Mapping[SourceId, Seed]
    citations: Mapping[Ref, tuple[Citation, ...]]
    citations_of_source: Mapping[SourceId, tuple[Citation, ...]]
    ignored: Mapping[SourceId, tuple[Span, ...]]
    relations: Mapping[ClaimId, tuple[LinkedRelation, ...]]
    claims_of_event: Mapping[EventId, tuple[ClaimId, ...]]
    claims_of_question: Mapping[QuestionId, tuple[ClaimId, ...]]
    claims_of_measure: Mapping[MeasureId, tuple[ClaimId, ...]]
    parts_of_event: Mapping[EventId, tuple[EventId, ...]]
    refs_of: Mapping[str, tuple[Ref, ...]]
    drafts: frozenset[Ref] = frozenset()

    def records(self, kind: Kind) -> Mapping[str, Record[Note]]:
        """Return the published notes of one kind by id."""
        found: Mapping[str, Record[Note]] = getattr(self, kind.plural)
        return found

    def find(self, ref: Ref) -> Record[Note] | None:
        """Return the published note at an address, or None."""
        return self.records(ref.kind).get(ref.id)

    def rights_of(self, source_id: SourceId) -> Rights:
        """Return how much of a source's text may be published, by its note or the policy."""
        return self.sources[source_id].note.rights or self.settings.publication.rights


class Standing(StrEnum):
    """What the evidence for and against a claim amounts to, by the rules of the content model."""

    CONTESTED = "contested"
    CORROBORATED = "corroborated"
    SINGLE_ORIGIN = "single-origin"
    REPORTED = "reported"
    OPEN = "open"


class OriginGroup(Struct, frozen=True):
    """Evidence that may go back to one origin and therefore counts once.

    `citations` are the numbers of the claim's citations, `sources` the ids they come from, `ties`
    what binds them: shared publishers and origins, as readers would name them.
    """

    citations: tuple[int, ...]
    sources: tuple[SourceId, ...]
    ties: tuple[str, ...]
    supports: bool


class DisagreementKind(StrEnum):
    """The three ways in which accounts conflict."""

    CONTRADICTION = "contradiction"
    RIVAL_DATES = "rival-dates"
    RIVAL_QUANTITIES = "rival-quantities"


class Disagreement(Struct, frozen=True):
    """Accounts that cannot all be right. `notes` are claims, or one event, or one measure first."""

    id: str
    kind: DisagreementKind
    notes: tuple[Ref, ...]
    summary: str


class Use(StrEnum):
    """What the notes make of a sentence of a source."""

    QUOTED = "quoted"
    IGNORED = "ignored"
    UNUSED = "unused"


_BEYOND: Final = sys.maxsize  # more than the end of any sentence


class CoveredSentence(NamedTuple):
    """A sentence of a source's text, by its offsets, and whether a note speaks of it."""

    start: int
    end: int
    use: Use


class Coverage(Struct, frozen=True):
    """How much of a source's text the notes have worked through, sentence by sentence."""

    sentences: tuple[CoveredSentence, ...]
    quoted_characters: int
    all_characters: int

    def touched_by(self, spans: Sequence[tuple[int, int]]) -> list[CoveredSentence]:
        """Return the sentences that any of the spans, given in order, lies in or reaches into."""
        found: list[CoveredSentence] = []
        sentences = self.sentences
        for start, end in spans:
            first = max(bisect_right(sentences, (start, _BEYOND)) - 1, 0)
            last = bisect_left(sentences, (end,))
            found += [each for each in sentences[first:last] if each.end > start]
        return found

    @property
    def quoted_share(self) -> float:
        """Return how much of the text the notes quote, in percent."""
        return 100 * self.quoted_characters / self.all_characters if self.all_characters else 0.0

    def count(self, use: Use) -> int:
        """Return how many sentences the notes make this use of."""
        return sum(sentence.use is use for sentence in self.sentences)


class Covering(Struct, frozen=True):
    """The sources that are quoted on an event or a question.

    `ids` are all of them, in order. `dated` are those whose latest possible day of publication is
    known, sorted by that day; `undated` are the others, in the order of `ids`.
    """

    ids: tuple[SourceId, ...]
    dated: tuple[tuple[dt.date, SourceId], ...]
    undated: tuple[SourceId, ...]


class Silent(Struct, frozen=True):
    """Which sources say nothing of a claim, without a list of them.

    They are the sources that cover the claim's `events` and `questions` and are not quoted on one
    of the claims `speaking`, which say the same or its contrary; the claim itself is among these.
    `sitegen.findings.silence` makes the list. `since` is the day before which nobody could speak of
    the claim, if there is one: `too_early` counts the sources that had certainly appeared before
    it, `able` all others.
    """

    events: tuple[EventId, ...]
    questions: tuple[QuestionId, ...]
    speaking: tuple[ClaimId, ...]
    since: dt.date | None
    able: int
    too_early: int


class Findings(Struct, frozen=True):
    """What follows from a site's notes; nothing in here was written by an author."""

    standing: Mapping[ClaimId, Standing]
    lineages: Mapping[SourceId, frozenset[Ref]]  # all that a source's reporting goes back to
    groups: Mapping[ClaimId, tuple[OriginGroup, ...]]
    disagreements: Mapping[str, Disagreement]  # by id, in stable order
    coverage: Mapping[SourceId, Coverage]
    sources_of_claims: Mapping[ClaimId, tuple[SourceId, ...]]  # that each quotes, each once
    sources_of_events: Mapping[EventId, tuple[SourceId, ...]]
    covering: Mapping[Ref, Covering]  # of every event and question
    silence: Mapping[ClaimId, Silent]
    backlinks: Mapping[Ref, tuple[Backlink, ...]]  # by kind and id of who refers
