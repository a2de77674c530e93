"""Who says what: what each source and each actor says of the statements of a site.

A statement is an event, or a claim together with the claims that say the same. The independent
origins of all that is said of a statement are numbered, so that two voices can be told from one
that is heard twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple, cast

from msgspec import Struct

from sitegen.dates import words
from sitegen.findings.independence import lineage, positions_by_origin
from sitegen.findings.statements import Statement, SubjectOrder, statements_of, subject_order_of
from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables, Whole
from sitegen.model import Citation, OriginGroup, Ref, Site
from sitegen.notes import ActorId, ClaimId, SourceId
from sitegen.runs import Run, runs_of

ATTRIBUTIONS: Final = "what is said of statements"


class Said(NamedTuple):
    """A passage in which a voice speaks of a statement.

    `stance` is the voice's own: an actor who asserts a claim supports it. Passages with the same
    `origin` may go back to one origin; the numbers hold for one statement, over all voices.
    """

    citation: Citation
    stance: str
    origin: int

    @property
    def position(self) -> str:
        """Return what is compared with another voice: the stance, or the date it gives an event."""
        rival = self.citation.rival_date
        return f"dates it {words(rival)}" if rival else self.stance


class Attribution(NamedTuple):
    """What is kept of a `Said`: the owner and number of its citation in place of the citation."""

    owner: Ref
    number: int
    stance: str
    origin: int


Groups = Mapping[ClaimId, Sequence[OriginGroup]]
"""The independent groups of each claim's evidence."""

Attributions = Mapping[Ref, tuple[Attribution, ...]]
"""What is said of one statement, by voice."""


class _SaidBy(Mapping[Ref, tuple[Said, ...]]):
    """What one voice says, by statement; all of it is looked up when it is asked for."""

    __slots__ = ("_attributions", "_ref", "_site", "_speaking")

    def __init__(
        self,
        site: Site,
        ref: Ref,
        speaking: Mapping[Ref, tuple[Ref, ...]],
        attributions: Mapping[Ref, Attributions],
    ) -> None:
        self._site = site
        self._ref = ref
        self._speaking = speaking
        self._attributions = attributions

    def __getitem__(self, key: Ref) -> tuple[Said, ...]:
        citations = self._site.citations
        return tuple(
            [
                Said(citations[owner][number - 1], stance, origin)
                for owner, number, stance, origin in self._attributions[key][self._ref]
            ]
        )

    def __contains__(self, key: object) -> bool:
        return key in self._attributions and self._ref in self._attributions[cast("Ref", key)]

    def __iter__(self) -> Iterator[Ref]:
        return iter(self._speaking[self._ref])

    def __len__(self) -> int:
        return len(self._speaking[self._ref])


class Voice(Struct, frozen=True):
    """A source, or an actor: what it says of each statement, in the order of the site.

    `statements` are all of them, whoever speaks.
    """

    ref: Ref
    said: Mapping[Ref, tuple[Said, ...]]
    statements: Mapping[Ref, Statement]

    def covers(self) -> frozenset[Ref]:
        """Return the events, measures and questions that any of its statements is about."""
        return frozenset(chain.from_iterable(self.statements[each].subjects for each in self.said))


class _Voices(Mapping[Ref, Voice]):
    """All voices, sources before actors; each is looked up when it is asked for."""

    __slots__ = ("_said", "_site", "_speaking", "_statements")

    def __init__(
        self,
        site: Site,
        statements: Mapping[Ref, Statement],
        speaking: Mapping[Ref, tuple[Ref, ...]],
        said: Mapping[Ref, Attributions],
    ) -> None:
        self._site = site
        self._statements = statements
        self._speaking = speaking
        self._said = said

    def __getitem__(self, key: Ref) -> Voice:
        if key not in self._speaking:
            raise KeyError(key)
        said = _SaidBy(self._site, key, self._speaking, self._said)
        return Voice(key, said, self._statements)

    def __contains__(self, key: object) -> bool:
        return key in self._speaking

    def __iter__(self) -> Iterator[Ref]:
        for kind in (Kind.SOURCE, Kind.ACTOR):
            for each in self._site.records(kind):
                if (ref := Ref(kind, each)) in self._speaking:
                    yield ref

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Voices(Struct, frozen=True):
    """All that is said on a site: statements by their address, voices by theirs.

    `subject_order` sorts subjects as pages show them. `asserting` are the actors of whom a claim
    says that they assert it.
    """

    statements: Mapping[Ref, Statement]
    voices: Mapping[Ref, Voice]
    subject_order: SubjectOrder
    asserting: Whole[tuple[ActorId, ...]]

    def of(self, kind: Kind) -> tuple[Voice, ...]:
        """Return the sources or the actors that say anything."""
        return tuple(self.voices[ref] for ref in self.voices if ref.kind is kind)


def voices_of(
    site: Site,
    tables: Tables = NOTHING_KEPT,
    lineages: Mapping[SourceId, frozenset[Ref]] | None = None,
    groups: Groups | None = None,
) -> Voices:
    """Return who says what on a site.

    `lineages` and `groups` are those of the findings; where they are not given, they are worked out
    again.
    """
    known = lineage(site) if lineages is None else lineages
    subject_order = subject_order_of(site, tables)
    runs = runs_of(site, [Kind.CLAIM])
    statements = statements_of(site, subject_order, runs, tables)

    def attributions(ref: Ref) -> Attributions:
        notes = statements[ref].notes
        citations = [each for note in notes for each in site.citations[note]]
        if groups is not None and notes == (ref,) and ref.kind is Kind.CLAIM:
            origins = _positions(groups[ClaimId(ref.id)])
        else:
            origins = positions_by_origin(site, citations, known)
        return _attributions(site, citations, origins)

    said = tables.table(ATTRIBUTIONS, statements, attributions)
    speaking = tables.index("statements of voices", said, iter)
    voices = _Voices(site, statements, speaking, said)
    return Voices(statements, voices, subject_order, _asserting(site, runs, tables))


def _asserting(site: Site, runs: Iterable[Run], tables: Tables) -> Whole[tuple[ActorId, ...]]:
    def actors(run: Run) -> tuple[ActorId, ...]:
        claims = (site.claims[ClaimId(each)].note for each in run.ids)
        return tuple(dict.fromkeys(actor for claim in claims for actor in claim.asserted_by))

    by_run = tables.table("actors who assert claims", runs, actors)
    return tables.whole(
        "all who assert claims", lambda: tuple(sorted({*chain.from_iterable(by_run.values())}))
    )


# --- what is said of them ---------------------------------------------------------------------


def _positions(groups: Iterable[OriginGroup]) -> list[list[int]]:
    """Return what `positions_by_origin` would return for a claim's own evidence."""
    return [[number - 1 for number in group.citations] for group in groups]


def _attributions(
    site: Site, citations: Sequence[Citation], origins: Iterable[Iterable[int]]
) -> Attributions:
    """Return what is said of a statement, by voice, sources before actors.

    `origins` has for each independent origin the positions of its passages in `citations`.
    """
    sources: dict[Ref, list[Attribution]] = {}
    actors: dict[Ref, list[Attribution]] = {}
    for origin, group in enumerate(origins):
        for citation in [citations[at] for at in group]:
            owner, number, evidence = citation.owner, citation.number, citation.evidence
            own = Attribution(owner, number, evidence.stance, origin)
            sources.setdefault(Ref(Kind.SOURCE, evidence.source), []).append(own)
            for actor, stance in _speakers(site, citation):
                said = own if stance == own.stance else Attribution(owner, number, stance, origin)
                actors.setdefault(actor, []).append(said)
    return {voice: tuple(said) for voice, said in (*sources.items(), *actors.items())}


def _speakers(site: Site, citation: Citation) -> list[tuple[Ref, str]]:
    """Return the actors whose words a passage gives, and the stance of each.

    Where a passage names no speaker and does not dispute the claim, it speaks for those who assert
    the claim.
    """
    owner, stance = citation.owner, citation.evidence.stance
    asserting = site.claims[ClaimId(owner.id)].note.asserted_by if owner.kind is Kind.CLAIM else ()
    speaking = citation.evidence.said_by
    if not speaking and stance != "disputes":
        speaking = asserting
    return [
        (
            Ref(Kind.ACTOR, actor),
            "supports" if stance == "mentions" and actor in asserting else stance,
        )
        for actor in dict.fromkeys(speaking)
    ]
