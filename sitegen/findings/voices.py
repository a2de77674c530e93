"""Who says what: the statements of a site, and what each source and each actor says of them.

A statement is an event, or a claim together with the claims that say the same. What is said of it
is numbered by independent origin, over all who speak of it, so that two voices can be told from one
that is heard twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sitegen.dates import FuzzyDate, sort_key, words
from sitegen.findings.disagreements import connected
from sitegen.findings.independence import lineage, positions_by_origin
from sitegen.model import Citation, Kind, Ref, Site
from sitegen.notes import ClaimId, MeasureId, RelationType
from sitegen.quantities import bounds

SUBJECTS = (Kind.EVENT, Kind.MEASURE, Kind.QUESTION)
"""The kinds of note that statements are about, in the order in which pages show them."""

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

    statements: Mapping[Ref, Statement]
    voices: Mapping[Ref, Voice]
    places: Mapping[Ref, int]

    def of(self, kind: Kind) -> tuple[Voice, ...]:
        """Return the sources or the actors that say anything."""
        return tuple(voice for ref, voice in self.voices.items() if ref.kind is kind)


def voices_of(site: Site) -> Voices:
    """Return who says what on a site."""
    places = _places(site)
    statements = _statements(site, places)
    said = _said(site, statements)
    return Voices(
        statements,
        {
            ref: Voice(ref, {key: tuple(each) for key, each in found.items()}, _covered(found, at))
            for ref, found, at in ((ref, found, statements) for ref, found in said.items())
        },
        places,
    )


def _covered(said: Iterable[Ref], statements: Mapping[Ref, Statement]) -> frozenset[Ref]:
    return frozenset(subject for key in said for subject in statements[key].subjects)


def _places(site: Site) -> dict[Ref, int]:
    """Return the place of each subject: events by date, then measures, then questions."""
    events = sorted(site.events, key=lambda each: (*sort_key(site.events[each].note.date), each))
    refs = [
        *(Ref(Kind.EVENT, each) for each in events),
        *(Ref(Kind.MEASURE, each) for each in site.measures),
        *(Ref(Kind.QUESTION, each) for each in site.questions),
    ]
    return {ref: at for at, ref in enumerate(refs)}


# --- statements -------------------------------------------------------------------------------


def _statements(site: Site, places: Mapping[Ref, int]) -> dict[Ref, Statement]:
    same = [
        (claim_id, relation.other)
        for claim_id, relations in site.relations.items()
        for relation in relations
        if relation.type == "same-as"
    ]
    groups = {group[0]: tuple(group) for group in connected(same)}
    stands_for = {each: first for first, group in groups.items() for each in group}
    subjects = _subjects_of_claims(site)
    found: dict[Ref, Statement] = {}
    for event_id in site.events:
        ref = Ref(Kind.EVENT, event_id)
        asked = (Ref(Kind.QUESTION, each) for each in site.events[event_id].note.questions)
        about = _home_first({ref, *asked}, places)
        found[ref] = Statement(ref, (ref,), len(found), about, None, ())
    for claim_id in site.claims:
        if stands_for.get(claim_id, claim_id) == claim_id:
            group = groups.get(claim_id, (claim_id,))
            ref = Ref(Kind.CLAIM, claim_id)
            found[ref] = Statement(
                ref=ref,
                notes=tuple(Ref(Kind.CLAIM, each) for each in group),
                order=len(found),
                subjects=_home_first({about for each in group for about in subjects[each]}, places),
                number=_number(site, claim_id),
                ties=tuple(_ties(site, group, stands_for)),
            )
    return found


def _subjects_of_claims(site: Site) -> dict[ClaimId, set[Ref]]:
    found: dict[ClaimId, set[Ref]] = {claim_id: set() for claim_id in site.claims}
    for kind, lists in (
        (Kind.EVENT, site.claims_of_event),
        (Kind.MEASURE, site.claims_of_measure),
        (Kind.QUESTION, site.claims_of_question),
    ):
        for note_id, claims in lists.items():
            for claim_id in claims:
                found[claim_id].add(Ref(kind, note_id))
    return found


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


def _said(site: Site, statements: Mapping[Ref, Statement]) -> dict[Ref, dict[Ref, list[Said]]]:
    """Return for each voice and statement the passages, sources before actors."""
    lineages = lineage(site)
    sources: dict[Ref, dict[Ref, list[Said]]] = {
        Ref(Kind.SOURCE, each): {} for each in site.sources
    }
    actors: dict[Ref, dict[Ref, list[Said]]] = {Ref(Kind.ACTOR, each): {} for each in site.actors}
    for ref, statement in statements.items():
        citations = [each for note in statement.notes for each in site.citations[note]]
        for origin, group in enumerate(positions_by_origin(site, citations, lineages)):
            for citation in (citations[at] for at in group):
                own = Said(citation, citation.evidence.stance, origin)
                voice = sources[Ref(Kind.SOURCE, citation.source)]
                voice.setdefault(ref, []).append(own)
                for actor, said in _speakers(site, own):
                    actors[actor].setdefault(ref, []).append(said)
    return {voice: said for voice, said in (*sources.items(), *actors.items()) if said}


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
