"""Who says what: the statements of a site, and what each source and each actor says of them.

A statement is an event, or a claim together with the claims that say the same. What is said of it
is numbered by independent origin, over all who speak of it, so that two voices can be told from one
that is heard twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, NamedTuple, cast

from sitegen.dates import FuzzyDate, sort_key, words
from sitegen.findings.disagreements import connected
from sitegen.findings.independence import lineage, positions_by_origin
from sitegen.ledger import Tables
from sitegen.model import Citation, Kind, Ref, Site
from sitegen.notes import ClaimId, EventId, MeasureId, RelationType, SourceId
from sitegen.quantities import bounds

SUBJECTS = (Kind.EVENT, Kind.MEASURE, Kind.QUESTION)
"""The kinds of note that statements are about, in the order in which pages show them."""

_AFRESH: Final = Tables()

# The first of these that two claims have is how they stand to one another.
_TIES: Final = (
    "contradicts",
    "compatible-with",
    "qualifies",
    "refines",
    "supports",
    "depends-on",
)
_MUTUAL: Final = frozenset({"contradicts", "compatible-with"})
_FIRST_HOME = (Kind.MEASURE, Kind.EVENT, Kind.QUESTION)


@dataclass(frozen=True, slots=True)
class Number:
    """What a statement says of a measure: from `low` to `high`, infinite where open."""

    measure: MeasureId
    low: float
    high: float
    scope: str
    date: FuzzyDate | None


class Tie(NamedTuple):
    """How a statement stands to another one.

    `is_inverse` where the other one says so of this one, unless it holds both ways in any case.
    """

    other: Ref
    type: RelationType
    is_inverse: bool
    why: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What voices can have in common: its notes, what it is about, and its ties to others.

    `subjects` begin with the one under which it is shown. `order` is its place on the site. There
    is one tie at most to each other statement.
    """

    ref: Ref
    notes: tuple[Ref, ...]
    order: int
    subjects: tuple[Ref, ...]
    number: Number | None
    ties: tuple[Tie, ...]


class Said(NamedTuple):
    """A passage in which a voice speaks of a statement.

    `stance` is the voice's own: an actor who asserts a claim stands for it. `origin` numbers the
    independent origins of all that is said of the statement. `position` is what can be held
    against another voice: the stance, or the date that it gives an event.
    """

    citation: Citation
    stance: str
    origin: int

    @property
    def position(self) -> str:
        """Return what is held against another voice."""
        rival = self.citation.rival_date
        return f"dates it {words(rival)}" if rival else self.stance


class Mention(NamedTuple):
    """What is kept of a passage in which a voice speaks: its citation, and the rest of Said."""

    owner: Ref
    number: int
    stance: str
    origin: int


Mentions = Mapping[Ref, tuple[Mention, ...]]
"""What is said of one statement, by voice."""


class _SaidBy(Mapping[Ref, tuple[Said, ...]]):
    """What one voice says, by statement; all of it is looked up when it is asked for."""

    __slots__ = ("_mentions", "_ref", "_site", "_speaking")

    def __init__(
        self,
        site: Site,
        ref: Ref,
        speaking: Mapping[Ref, tuple[Ref, ...]],
        mentions: Mapping[Ref, Mentions],
    ) -> None:
        self._site = site
        self._ref = ref
        self._speaking = speaking
        self._mentions = mentions

    def __getitem__(self, key: Ref) -> tuple[Said, ...]:
        return tuple(
            Said(self._site.citations[each.owner][each.number - 1], each.stance, each.origin)
            for each in self._mentions[key][self._ref]
        )

    def __contains__(self, key: object) -> bool:
        return key in self._mentions and self._ref in self._mentions[cast("Ref", key)]

    def __iter__(self) -> Iterator[Ref]:
        return iter(self._speaking[self._ref])

    def __len__(self) -> int:
        return len(self._speaking[self._ref])


@dataclass(frozen=True, slots=True)
class Voice:
    """A source, or an actor: what it says of each statement, in the order of the site.

    `covers` are the events, measures and questions that any of its statements is about.
    """

    ref: Ref
    said: Mapping[Ref, tuple[Said, ...]]
    covers: frozenset[Ref]


@dataclass(frozen=True, slots=True)
class Voices:
    """All that is said on a site: statements by their address, voices by theirs.

    `places` says where a subject stands in the order in which pages show them.
    """

    statements: Statements
    voices: Mapping[Ref, Voice]
    places: Mapping[Ref, int]

    def of(self, kind: Kind) -> tuple[Voice, ...]:
        """Return the sources or the actors that say anything."""
        return tuple(voice for ref, voice in self.voices.items() if ref.kind is kind)


def voices_of(site: Site, tables: Tables = _AFRESH) -> Voices:
    """Return who says what on a site."""
    places = _places(site, tables)
    statements = _statements(site, places, tables)
    lineages = tables.given("lineages of voices", lineage(site))

    def mentions(ref: Ref) -> Mentions:
        return _mentions(site, statements.notes[ref], lineages)

    said = tables.table("what is said of statements", statements, mentions)
    speaking = tables.index("statements of voices", said, iter)
    voices = {}
    for ref in (
        *(Ref(Kind.SOURCE, each) for each in site.sources),
        *(Ref(Kind.ACTOR, each) for each in site.actors),
    ):
        if own := speaking.get(ref):
            covers = frozenset(chain.from_iterable(statements.subjects[each] for each in own))
            voices[ref] = Voice(ref, _SaidBy(site, ref, speaking, said), covers)
    return Voices(statements, voices, places)


def _places(site: Site, tables: Tables) -> Mapping[Ref, int]:
    """Return the place of each subject: events by date, then measures, then questions."""
    dates = tables.table(
        "dates that order events", site.events, lambda each: sort_key(site.events[each].note.date)
    )
    events = sorted(dates, key=lambda each: (*dates[each], each))
    refs = [
        *(Ref(Kind.EVENT, each) for each in events),
        *(Ref(Kind.MEASURE, each) for each in site.measures),
        *(Ref(Kind.QUESTION, each) for each in site.questions),
    ]
    places = {ref: at for at, ref in enumerate(refs)}
    return tables.given("places of subjects", places, places)


# --- statements -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Statements(Mapping[Ref, Statement]):
    """All statements by their address; what they are made of can be looked up by itself."""

    notes: Mapping[Ref, tuple[Ref, ...]]
    order: Mapping[Ref, int]
    subjects: Mapping[Ref, tuple[Ref, ...]]
    numbers: Mapping[Ref, Number | None]
    ties: Mapping[Ref, tuple[Tie, ...]]

    def __getitem__(self, key: Ref) -> Statement:
        """Return a statement, put together from its parts."""
        return Statement(
            ref=key,
            notes=self.notes[key],
            order=self.order[key],
            subjects=self.subjects[key],
            number=self.numbers[key],
            ties=self.ties[key],
        )

    def __contains__(self, key: object) -> bool:
        """Tell whether there is such a statement."""
        return key in self.notes

    def __iter__(self) -> Iterator[Ref]:
        """Return all addresses, in the order of the site."""
        return iter(self.notes)

    def __len__(self) -> int:
        """Return how many statements there are."""
        return len(self.notes)


def _statements(site: Site, places: Mapping[Ref, int], tables: Tables) -> Statements:
    same = [
        (claim_id, relation.other)
        for claim_id, relations in site.relations.items()
        for relation in relations
        if relation.type == "same-as"
    ]
    groups = {group[0]: tuple(group) for group in connected(same)}
    firsts = {each: first for first, group in groups.items() for each in group}
    stands_for = tables.given("claims that stand for others", firsts, firsts)
    found: dict[Ref, tuple[Ref, ...]] = {}
    for event_id in site.events:
        ref = Ref(Kind.EVENT, event_id)
        found[ref] = (ref,)
    for claim_id in site.claims:
        if firsts.get(claim_id, claim_id) == claim_id:
            group = groups.get(claim_id, (claim_id,))
            found[Ref(Kind.CLAIM, claim_id)] = tuple(Ref(Kind.CLAIM, each) for each in group)
    notes = tables.given("notes of statements", found, found)
    order = {ref: at for at, ref in enumerate(found)}
    about = tables.index("subjects of claims", _claims_about(site), iter)

    def subjects(ref: Ref) -> tuple[Ref, ...]:
        if ref.kind is Kind.EVENT:
            asked = site.events[EventId(ref.id)].note.questions
            return _home_first({ref, *(Ref(Kind.QUESTION, each) for each in asked)}, places)
        own = chain.from_iterable(about.get(ClaimId(each.id), ()) for each in notes[ref])
        return _home_first({*own}, places)

    def number(ref: Ref) -> Number | None:
        return _number(site, ClaimId(ref.id)) if ref.kind is Kind.CLAIM else None

    def ties(ref: Ref) -> tuple[Tie, ...]:
        own = notes[ref] if ref.kind is Kind.CLAIM else ()
        return tuple(_ties(site, [ClaimId(each.id) for each in own], stands_for))

    return Statements(
        notes=notes,
        order=tables.given("order of statements", order, order),
        subjects=tables.table("subjects of statements", found, subjects),
        numbers=tables.table("numbers of statements", found, number),
        ties=tables.table("ties of statements", found, ties),
    )


class _Subjects(Mapping[Ref, tuple[ClaimId, ...]]):
    """The claims about each event, measure and question."""

    def __init__(self, site: Site) -> None:
        self._lists: Mapping[Kind, Mapping[Any, tuple[ClaimId, ...]]] = {
            Kind.EVENT: site.claims_of_event,
            Kind.MEASURE: site.claims_of_measure,
            Kind.QUESTION: site.claims_of_question,
        }

    def __getitem__(self, key: Ref) -> tuple[ClaimId, ...]:
        return self._lists[key.kind][key.id]

    def __iter__(self) -> Iterator[Ref]:
        return (Ref(kind, each) for kind, found in self._lists.items() for each in found)

    def __len__(self) -> int:
        return sum(map(len, self._lists.values()))


def _claims_about(site: Site) -> Mapping[Ref, tuple[ClaimId, ...]]:
    return _Subjects(site)


def _home_first(subjects: Iterable[Ref], places: Mapping[Ref, int]) -> tuple[Ref, ...]:
    """Return subjects in the order in which they are a home: a number's measure before all."""
    return tuple(sorted(subjects, key=lambda ref: (_FIRST_HOME.index(ref.kind), places[ref])))


def _number(site: Site, claim_id: ClaimId) -> Number | None:
    note = site.claims[claim_id].note
    if note.quantity is None:
        return None
    low, high = bounds(note.quantity)
    scope = (note.quantity.scope or "").casefold()
    return Number(note.quantity.measure, low, high, scope, note.quantity.as_of or note.date)


def _ties(
    site: Site, group: Sequence[ClaimId], stands_for: Mapping[ClaimId, ClaimId]
) -> Iterator[Tie]:
    """Yield for each other statement the one tie that counts; it is the same from either end."""
    if not group:
        return
    own = Ref(Kind.CLAIM, stands_for.get(group[0], group[0]))

    def strength(tie: Tie) -> tuple[int, bool, str, Ref]:
        declaring = tie.other if tie.is_inverse else own
        first = min(own, tie.other) if tie.type in _MUTUAL else declaring
        return _TIES.index(tie.type), not tie.why, tie.why, first

    found: dict[Ref, list[Tie]] = {}
    for claim_id in group:
        for each in site.relations[claim_id]:
            other = Ref(Kind.CLAIM, stands_for.get(each.other, each.other))
            if other != own:
                is_inverse = each.is_inverse and each.type not in _MUTUAL
                tie = Tie(other, each.type, is_inverse, each.why or "")
                found.setdefault(other, []).append(tie)
    yield from (min(ties, key=strength) for ties in found.values())


# --- what is said of them ---------------------------------------------------------------------


def _mentions(
    site: Site, notes: Iterable[Ref], lineages: Mapping[SourceId, frozenset[Ref]]
) -> Mentions:
    """Return what is said of a statement's notes, by those who say it, sources before actors."""
    citations = [each for note in notes for each in site.citations[note]]
    sources: dict[Ref, list[Mention]] = {}
    actors: dict[Ref, list[Mention]] = {}
    for origin, group in enumerate(positions_by_origin(site, citations, lineages)):
        for citation in (citations[at] for at in group):
            own = Said(citation, citation.evidence.stance, origin)
            source = Ref(Kind.SOURCE, citation.source)
            sources.setdefault(source, []).append(_mention(own))
            for actor, said in _speakers(site, own):
                actors.setdefault(actor, []).append(_mention(said))
    return {voice: tuple(said) for voice, said in (*sources.items(), *actors.items())}


def _mention(said: Said) -> Mention:
    return Mention(said.citation.owner, said.citation.number, said.stance, said.origin)


def _speakers(site: Site, said: Said) -> Iterator[tuple[Ref, Said]]:
    """Yield the actors whose words a passage gives.

    Where a passage names no speaker and does not dispute the claim, it speaks for those who assert
    the claim.
    """
    citation = said.citation
    owner = citation.owner
    asserting = site.claims[ClaimId(owner.id)].note.asserted_by if owner.kind is Kind.CLAIM else ()
    speaking = citation.evidence.said_by
    if not speaking and said.stance != "disputes":
        speaking = asserting
    for actor in dict.fromkeys(speaking):
        stands_for = actor in asserting and said.stance == "mentions"
        yield Ref(Kind.ACTOR, actor), said._replace(stance="supports") if stands_for else said
