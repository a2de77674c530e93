"""What is stated on a site: events, and claims together with those that say the same.

Voices are compared by what they say of statements. What a statement is made of stands in several
tables, so that a change makes only those parts again that looked it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, filterfalse, pairwise
from typing import Any, Final, NamedTuple

from sitegen.dates import FuzzyDate, sort_key
from sitegen.findings.disagreements import connected
from sitegen.kinds import Kind
from sitegen.ledger import KeysOf, Tables
from sitegen.model import Ref, Site
from sitegen.notes import ClaimId, EventId, MeasureId, RelationType
from sitegen.quantities import bounds
from sitegen.runs import Run

# Where two claims have several relations, the first of these is the one that counts.
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
_SUBJECTS: Final = (Kind.EVENT, Kind.MEASURE, Kind.QUESTION)


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

    `is_inverse` where the other one declares it; never for a type that holds both ways.
    """

    other: Ref
    type: RelationType
    is_inverse: bool
    why: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What voices can have in common: its notes, what it is about, and its ties to others.

    `subjects` begin with the one under which the statement is shown. There is at most one tie to
    any other statement.
    """

    ref: Ref
    notes: tuple[Ref, ...]
    subjects: tuple[Ref, ...]
    number: Number | None
    ties: tuple[Tie, ...]


def statement_order(ref: Ref) -> tuple[bool, str]:
    """Return the sort key of a statement on the site: events come first, then claims, by id."""
    return ref.kind is Kind.CLAIM, ref.id


class SubjectOrder(Mapping[Ref, str]):
    """The sort key of each subject: events by date, then measures, then questions.

    A key follows from its subject alone, so that a new subject changes no other key. `dates` has
    the part of the key that is an event's date.
    """

    __slots__ = ("_site", "dates")

    def __init__(self, site: Site, dates: Mapping[EventId, str]) -> None:
        """Take the notes, and the sort keys of events' dates."""
        self._site = site
        self.dates = dates

    def __getitem__(self, key: Ref) -> str:
        """Return the sort key of a subject."""
        date = self.dates[EventId(key.id)] if key.kind is Kind.EVENT else ""
        return f"{key.kind} {date} {key}"

    def __iter__(self) -> Iterator[Ref]:
        """Return all subjects."""
        every = self._site.records
        return chain.from_iterable(Ref.to_each(kind, every(kind)) for kind in _SUBJECTS)

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(len(self._site.records(kind)) for kind in _SUBJECTS)


def subject_order_of(site: Site, tables: Tables) -> SubjectOrder:
    """Return the sort keys of the subjects of a site."""

    def date(event_id: EventId) -> str:
        first, last, text = sort_key(site.events[event_id].note.date)
        return f"{first:06x}{last:06x}{text}"

    return SubjectOrder(site, tables.table("dates that order events", site.events, date))


def statements_of(
    site: Site, subject_order: Mapping[Ref, str], runs: Iterable[Run], tables: Tables
) -> Mapping[Ref, Statement]:
    """Return all statements of a site by their addresses, in the order of the site.

    `subject_order` has the sort keys of subjects; `runs` are those of all claims.
    """
    found = _groups(site, runs, tables)
    groups = tables.given("claims that say the same", found, found)
    firsts = {each: first for first, group in found.items() for each in group}
    stands_for = tables.given("claims that stand for others", firsts, firsts)
    others = firsts.keys() - found.keys()

    def refs() -> Iterator[Ref]:
        stated = filterfalse(others.__contains__, site.claims)
        return chain(Ref.to_each(Kind.EVENT, site.events), Ref.to_each(Kind.CLAIM, stated))

    about = tables.index("subjects of claims", _Subjects(site), iter)

    def event(ref: Ref) -> Statement:
        asked = site.events[EventId(ref.id)].note.questions
        subjects = {ref, *(Ref(Kind.QUESTION, each) for each in asked)}
        return Statement(ref, (ref,), _home_first(subjects, subject_order), None, ())

    def claim(ref: Ref) -> Statement:
        group = groups.get(ClaimId(ref.id), (ClaimId(ref.id),))
        return Statement(
            ref=ref,
            notes=tuple(Ref(Kind.CLAIM, each) for each in group),
            subjects=_home_first({*chain(*(about.get(each, ()) for each in group))}, subject_order),
            number=_number(site, ClaimId(ref.id)),
            ties=_ties(site, group, stands_for),
        )

    every = tables.table(
        "statements",
        KeysOf([site.events, site.claims, groups, stands_for], refs),
        lambda ref: event(ref) if ref.kind is Kind.EVENT else claim(ref),
    )
    tables.done_with(every)
    return every


def _groups(
    site: Site, runs: Iterable[Run], tables: Tables
) -> Mapping[ClaimId, tuple[ClaimId, ...]]:
    """Return the claims that say the same, by the first of each group."""

    def pairs(run: Run) -> tuple[tuple[ClaimId, ClaimId], ...]:
        return tuple(
            (ClaimId(claim_id), relation.other)
            for claim_id in run.ids
            for relation in site.relations[ClaimId(claim_id)]
            if relation.type == "same-as"
        )

    same = tables.table("relations of claims that say the same", runs, pairs)

    def groups() -> dict[ClaimId, tuple[ClaimId, ...]]:
        return {group[0]: tuple(group) for group in connected(chain.from_iterable(same.values()))}

    return tables.whole("groups of claims that say the same", groups).value


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


def _home_first(subjects: Iterable[Ref], subject_order: Mapping[Ref, str]) -> tuple[Ref, ...]:
    """Return subjects in the order in which a statement is shown under one: measures first."""
    found = sorted(subjects, key=lambda ref: _FIRST_HOME.index(ref.kind))
    if any(one.kind is other.kind for one, other in pairwise(found)):
        found.sort(key=lambda ref: (_FIRST_HOME.index(ref.kind), subject_order[ref]))
    return tuple(found)


def _number(site: Site, claim_id: ClaimId) -> Number | None:
    note = site.claims[claim_id].note
    if note.quantity is None:
        return None
    low, high = bounds(note.quantity)
    scope = (note.quantity.scope or "").casefold()
    return Number(note.quantity.measure, low, high, scope, note.quantity.as_of or note.date)


def _ties(
    site: Site, group: Sequence[ClaimId], stands_for: Mapping[ClaimId, ClaimId]
) -> tuple[Tie, ...]:
    """Return for each other statement the one tie that counts; it is the same from both ends."""
    relations = [each for claim_id in group for each in site.relations[claim_id]]
    if not relations:
        return ()
    own = Ref(Kind.CLAIM, stands_for.get(group[0], group[0]))

    def strength(tie: Tie) -> tuple[int, bool, str, Ref]:
        declaring = tie.other if tie.is_inverse else own
        first = min(own, tie.other) if tie.type in _MUTUAL else declaring
        return _TIES.index(tie.type), not tie.why, tie.why, first

    found: dict[Ref, list[Tie]] = {}
    for each in relations:
        other = Ref(Kind.CLAIM, stands_for.get(each.other, each.other))
        if other != own:
            is_inverse = each.is_inverse and each.type not in _MUTUAL
            tie = Tie(other, each.type, is_inverse, each.why or "")
            found.setdefault(other, []).append(tie)
    return tuple([min(ties, key=strength) for ties in found.values()])
