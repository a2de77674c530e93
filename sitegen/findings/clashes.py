"""Which numbers of a measure, given by two voices, cannot both hold."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from sitegen.findings.statements import statement_order
from sitegen.findings.voices import Voices
from sitegen.model import Ref

_DECLARED: Final = ("contradicts", "compatible-with")

_Days = tuple[dt.date | None, dt.date | None]
_Bin = tuple[str, _Days, Ref | None]
"""What numbers are binned by: their scope, their days, and the number itself if its ties decide."""


def clashes(
    voices: Voices, ours: Sequence[Ref], theirs: Sequence[Ref]
) -> Iterator[tuple[Ref, Ref]]:
    """Yield pairs of numbers that cannot both hold: of each pair of bins the two farthest apart.

    Bins are compared, not single numbers: a measure has few scopes and dates, however many numbers
    it has. Two numbers that both voices give are common ground, not a clash.
    """
    known = {*ours} & {*theirs}
    here = [ref for ref in ours if ref not in known]
    common = [ref for ref in ours if ref in known]
    there = [ref for ref in theirs if ref not in known]
    sides = ((here, there), (common, there), (here, common))
    found = dict.fromkeys(pair for one, other in sides for pair in _between(voices, one, other))
    yield from sorted(found, key=lambda pair: sorted(map(statement_order, pair)))


def _between(
    voices: Voices, ours: Sequence[Ref], theirs: Sequence[Ref]
) -> dict[tuple[Ref, Ref], None]:
    found: dict[tuple[Ref, Ref], None] = {}
    there = _binned(voices, theirs)
    for (scope, days, own), here in _binned(voices, ours).items():
        for (other_scope, other_days, others_own), rivals in there.items():
            is_alike = not (scope and other_scope and scope != other_scope) and (
                _starts_by(days, other_days) and _starts_by(other_days, days)
            )
            tie = _declared(voices, own, others_own)
            if tie == "contradicts" and own and others_own:
                found[own, others_own] = None
            elif is_alike and tie != "compatible-with":
                found |= dict.fromkeys(_farthest(voices, here, rivals))
    return found


def _binned(voices: Voices, refs: Sequence[Ref]) -> dict[_Bin, list[Ref]]:
    bins: dict[_Bin, list[Ref]] = defaultdict(list)
    for ref in refs:
        statement = voices.statements[ref]
        if number := statement.number:
            is_own = any(tie.type in _DECLARED for tie in statement.ties)
            days = (number.date.earliest, number.date.latest) if number.date else (None, None)
            bins[number.scope, days, ref if is_own else None].append(ref)
    return bins


def _starts_by(days: _Days, others: _Days) -> bool:
    """Return whether some days begin before others end; what is not known has no bound."""
    return days[0] is None or others[1] is None or days[0] <= others[1]


def _declared(voices: Voices, one: Ref | None, other: Ref | None) -> str:
    """Return `contradicts` or `compatible-with` where authors tie two numbers so, else nothing."""
    if one is None or other is None:
        return ""
    types = (tie.type for tie in voices.statements[one].ties if tie.other == other)
    return next((each for each in types if each in _DECLARED), "")


def _farthest(
    voices: Voices, ours: Sequence[Ref], theirs: Sequence[Ref]
) -> Iterator[tuple[Ref, Ref]]:
    lowest, highest = _extremes(voices, ours)
    their_lowest, their_highest = _extremes(voices, theirs)
    for one, other in ((lowest, their_highest), (highest, their_lowest)):
        here, there = voices.statements[one].number, voices.statements[other].number
        if here and there and (here.high < there.low or there.high < here.low):
            yield one, other


def _extremes(voices: Voices, refs: Sequence[Ref]) -> tuple[Ref, Ref]:
    """Return the number that ends lowest, and the one that begins highest."""

    def end(ref: Ref) -> float:
        number = voices.statements[ref].number
        return number.high if number else 0

    def beginning(ref: Ref) -> float:
        number = voices.statements[ref].number
        return number.low if number else 0

    return min(refs, key=end), max(refs, key=beginning)
