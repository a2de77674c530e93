"""The numbers in dispute: measures whose estimates exclude one another, the widest apart first."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter

from msgspec import Struct

from sitegen.model import Disagreement, DisagreementKind, Kind
from sitegen.notes import ClaimId, MeasureId
from sitegen.pages.cards import Cards
from sitegen.pages.plots import stated_ends
from sitegen.quantities import say_number
from sitegen.views import DisputeView, EstimateView, PlotView


def disputes(cards: Cards) -> tuple[DisputeView, ...]:
    """Return the disputed measures by how many times the highest rival number is the lowest.

    Of several groups of rivals in one measure the widest counts. Among equals the measure with more
    rivals comes first, then the one with more estimates.
    """
    views: dict[MeasureId, tuple[tuple[float, int, int], DisputeView]] = {}
    stated: dict[MeasureId, _Stated] = {}
    for found in cards.findings.disagreements:
        if found.kind is DisagreementKind.RIVAL_QUANTITIES and found.notes[0].kind is Kind.MEASURE:
            measure_id = MeasureId(found.notes[0].id)
            if measure_id not in stated:  # one measure may have very many groups of rivals
                stated[measure_id] = _stated(cards, measure_id)
            ranked = _ranked(cards.plots[measure_id], stated[measure_id], found)
            if measure_id not in views or ranked[0] < views[measure_id][0]:
                views[measure_id] = ranked
    return tuple(view for _, view in sorted(views.values(), key=lambda each: each[0]))


class _Stated(Struct, frozen=True):
    """What the estimates of a measure state: each with its place and its ends; all ends' limits."""

    of_claim: Mapping[str, tuple[int, EstimateView, tuple[float, float]]]
    lowest: float
    highest: float


def _stated(cards: Cards, measure_id: MeasureId) -> _Stated:
    claims = cards.site.claims
    of_claim = {
        each.claim.ref: (at, each, stated_ends(quantity))
        for at, each in enumerate(cards.plots[measure_id].estimates)
        if (quantity := claims[ClaimId(each.claim.ref.partition(":")[2])].note.quantity)
    }
    ends = [each for _, _, each in of_claim.values()]
    return _Stated(of_claim, min(low for low, _ in ends), max(high for _, high in ends))


def _ranked(
    drawn: PlotView, stated: _Stated, found: Disagreement
) -> tuple[tuple[float, int, int], DisputeView]:
    """Return what a dispute is ranked by, the widest least, and its view."""
    among = sorted((stated.of_claim[str(ref)] for ref in found.notes[1:]), key=itemgetter(0))
    rivals = [(each, ends) for _, each, ends in among]
    view = DisputeView(
        plot=drawn,
        lowest=say_number(stated.lowest),
        highest=say_number(stated.highest),
        rivals=len(rivals),
        low=min(rivals, key=lambda each: each[1])[0],
        high=max(rivals, key=lambda each: each[1][::-1])[0],
        differ=_what_differs([each for each, _ in rivals]),
    )
    return (-_spread([ends for _, ends in rivals]), -len(rivals), -len(stated.of_claim)), view


def _spread(ends: Sequence[tuple[float, float]]) -> float:
    """Return how many times the highest number is the lowest; infinite from zero or below."""
    low, high = min(each[0] for each in ends), max(each[1] for each in ends)
    return high / low if low > 0 else math.inf


def _what_differs(rivals: Sequence[EstimateView]) -> tuple[str, ...]:
    """Return by which of `who`, `scope` and `date` rival estimates are told apart."""
    speakers = {
        tuple(link.ref for link in each.by) or tuple(label.ref for label in each.sources)
        for each in rivals
    }
    told: dict[str, Collection[object]] = {
        "who": speakers,
        "scope": {each.scope.casefold() for each in rivals},
        "date": {each.as_of.edtf if each.as_of else "" for each in rivals},
    }
    return tuple(name for name, values in told.items() if len(values) > 1)
