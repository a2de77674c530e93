"""What two voices say about the same things: where they agree, differ, and one is silent.

Compared are two sources, or the words of two actors. The rules are symmetrical: who comes first
decides on which side something stands, and nothing else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations
from typing import Final

from msgspec import Struct

from sitegen.findings.clashes import clashes
from sitegen.findings.statements import Statement, statement_order
from sitegen.findings.voices import Said, Voice, Voices
from sitegen.kinds import Kind
from sitegen.model import Ref

MOST_VOICES: Final = 30
"""A statement of which more voices speak says nothing about any two of them: no pair is counted."""


_LAST: Final = "~"  # sorts after all subjects


class Accord(StrEnum):
    """How what two voices say goes together, in the order in which pages show it."""

    DIFFER = "differ"
    AGREE = "agree"
    ONE_ORIGIN = "one-origin"
    COMPATIBLE = "compatible"
    BESIDE = "beside"


class Finding(Struct, frozen=True):
    """Something that both voices speak of.

    `left` and `right` are the statements on either side: one and the same, two that are tied, or
    all numbers of a measure. `ground` says what binds them: `same`, `dates`, `numbers`, or the type
    of a tie from left to right, or from right to left where `is_inverse`. `clashes` are pairs of
    numbers, one of each side, that cannot both hold.
    """

    accord: Accord
    ground: str
    left: tuple[Ref, ...]
    right: tuple[Ref, ...]
    is_inverse: bool = False
    why: str = ""
    clashes: tuple[tuple[Ref, Ref], ...] = ()


class SubjectFindings(Struct, frozen=True):
    """An event, a measure or a question that both voices speak of.

    `subject` is None for findings that belong to none of these. `only_left` are the statements
    about it that only the left voice makes, `only_right` likewise.
    """

    subject: Ref | None
    findings: tuple[Finding, ...]
    only_left: tuple[Ref, ...] = ()
    only_right: tuple[Ref, ...] = ()


class CommonGround(Struct, frozen=True):
    """What two voices have in common.

    `outside_left` are the left voice's statements on subjects of which the right one says nothing;
    `outside_right` likewise.
    """

    left: Ref
    right: Ref
    subjects: tuple[SubjectFindings, ...]
    outside_left: tuple[Ref, ...]
    outside_right: tuple[Ref, ...]

    def counts(self) -> Mapping[Accord, int]:
        """Return how many findings there are of each kind."""
        return Counter(each.accord for subject in self.subjects for each in subject.findings)

    def silent(self) -> tuple[int, int]:
        """Return how many statements on common subjects only the left, or only the right, makes."""
        return (
            sum(len(subject.only_left) for subject in self.subjects),
            sum(len(subject.only_right) for subject in self.subjects),
        )


def common_ground(voices: Voices, left: Voice, right: Voice) -> CommonGround:
    """Return what two voices say about the same things."""
    both = [*_same(left, right), *_tied(voices, left, right), *_numbers(voices, left, right)]
    found: dict[Ref | None, list[Finding]] = defaultdict(list)
    for each in both:
        found[_home(voices, each)].append(each)
    alone, outside = [], []
    for voice, other, side in ((left, right, "left"), (right, left, "right")):
        told = {ref for each in both for ref in getattr(each, side)}
        on_subject: dict[Ref | None, list[Ref]] = defaultdict(list)
        off_subject: list[Ref] = []
        covers = other.covers()
        for ref in voice.said:
            if ref not in told:
                shared = (one for one in voices.statements[ref].subjects if one in covers)
                subject = next(shared, None)
                (on_subject[subject] if subject else off_subject).append(ref)
        alone.append(on_subject)
        outside.append(tuple(off_subject))
    subjects = sorted({*found, *alone[0], *alone[1]}, key=lambda ref: _place(voices, ref))
    return CommonGround(
        left.ref,
        right.ref,
        tuple(
            SubjectFindings(
                subject,
                tuple(sorted(found[subject], key=_rank)),
                tuple(alone[0][subject]),
                tuple(alone[1][subject]),
            )
            for subject in subjects
        ),
        *outside,
    )


def _place(voices: Voices, subject: Ref | None) -> str:
    return _LAST if subject is None else voices.subject_order[subject]


def _home(voices: Voices, finding: Finding) -> Ref | None:
    """Return the subject under which a finding stands: one that both sides share, if any."""
    if finding.ground == "numbers":
        number = voices.statements[finding.left[0]].number
        return Ref(Kind.MEASURE, number.measure) if number else None
    ours, theirs = (voices.statements[side[0]].subjects for side in (finding.left, finding.right))
    common = [subject for subject in ours if subject in theirs]
    if common or not (ours and theirs):
        return next(iter([*common, *ours, *theirs]), None)
    return min(ours[0], theirs[0], key=lambda ref: _place(voices, ref))


def _rank(finding: Finding) -> tuple[int, list[tuple[bool, str]]]:
    orders = map(statement_order, (*finding.left, *finding.right))
    return list(Accord).index(finding.accord), sorted(orders)


# --- one statement, two voices ----------------------------------------------------------------


def _same(left: Voice, right: Voice) -> Iterator[Finding]:
    for ref, ours in left.said.items():
        if theirs := right.said.get(ref):
            accord = accord_on_one(ours, theirs)
            is_dated = any(each.citation.rival_date for each in (*ours, *theirs))
            yield Finding(accord, "dates" if is_dated else "same", (ref,), (ref,))


def accord_on_one(ours: Sequence[Said], theirs: Sequence[Said]) -> Accord:
    """Return how what two voices say of one statement goes together.

    They agree where they take one position and what they say has more than one origin. A voice
    that also says the contrary differs from one that does not.
    """
    here, there = ({each.position for each in side} - {"mentions"} for side in (ours, theirs))
    if not here or not there:
        return Accord.BESIDE
    if here != there:
        return Accord.DIFFER
    origins = {each.origin for each in (*ours, *theirs) if each.position != "mentions"}
    return Accord.AGREE if len(origins) > 1 else Accord.ONE_ORIGIN


def stands_for(said: Iterable[Said]) -> bool:
    """Return whether a voice supports a statement."""
    return any(each.stance == "supports" for each in said)


# --- two statements that are tied -------------------------------------------------------------


def _tied(voices: Voices, left: Voice, right: Voice) -> Iterator[Finding]:
    for ref, ours in left.said.items():
        statement = voices.statements[ref]
        for tie in statement.ties:
            theirs = right.said.get(tie.other)
            # Where both make both statements, each is shown as what they have in common.
            is_shared = tie.other in left.said and ref in right.said
            if (
                theirs
                and not is_shared
                and not _are_counted(statement, voices.statements[tie.other])
            ):
                is_meant = stands_for(ours) and stands_for(theirs)
                accord = _ACCORDS.get(tie.type, Accord.BESIDE) if is_meant else Accord.BESIDE
                yield Finding(accord, tie.type, (ref,), (tie.other,), tie.is_inverse, tie.why)


_ACCORDS: Final = {"contradicts": Accord.DIFFER, "compatible-with": Accord.COMPATIBLE}


def _are_counted(one: Statement, other: Statement) -> bool:
    """Return whether two statements give numbers for one measure, which are compared as such."""
    return bool(one.number and other.number and one.number.measure == other.number.measure)


# --- numbers of one measure -------------------------------------------------------------------


def _numbers(voices: Voices, left: Voice, right: Voice) -> Iterator[Finding]:
    ours, theirs = (_by_measure(voices, voice) for voice in (left, right))
    for measure, here in ours.items():
        there = theirs.get(measure, [])
        if there and {*here} != {*there}:
            clashing = tuple(clashes(voices, here, there))
            accord = Accord.DIFFER if clashing else Accord.COMPATIBLE
            yield Finding(accord, "numbers", tuple(here), tuple(there), clashes=clashing)


def _by_measure(voices: Voices, voice: Voice) -> dict[str, list[Ref]]:
    found: dict[str, list[Ref]] = defaultdict(list)
    for ref, said in voice.said.items():
        number = voices.statements[ref].number
        if number and stands_for(said):
            found[number.measure].append(ref)
    return found


# --- who has most in common -------------------------------------------------------------------


def closest_pairs(voices: Voices, kind: Kind, most: int) -> tuple[tuple[Ref, Ref], ...]:
    """Return at most `most` pairs of sources or of actors, those with most in common first.

    What counts is each statement that both make, and each pair of contradictory statements of which
    each makes one.
    """
    speaking: defaultdict[Ref, list[Ref]] = defaultdict(list)
    for voice in voices.of(kind):
        for ref in voice.said:
            speaking[ref].append(voice.ref)
    shared: Counter[tuple[Ref, Ref]] = Counter()
    for ref, here in speaking.items():
        if len(here) > MOST_VOICES:
            continue
        shared.update(combinations(sorted(here), 2))
        rivals = {
            rival
            for tie in voices.statements[ref].ties
            if tie.type == "contradicts" and ref < tie.other
            for rival in speaking.get(tie.other, ())[:MOST_VOICES]
        }
        shared.update(
            {(min(one, two), max(one, two)) for one in here for two in rivals if one != two}
        )
    ranked = sorted(shared, key=lambda pair: (-shared[pair], pair))
    return tuple(ranked[:most])
