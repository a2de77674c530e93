"""The numbers in dispute: measures whose estimates exclude one another, the widest apart first."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from sitegen.model import Disagreement, DisagreementKind, Kind
from sitegen.notes import ClaimId, MeasureId
from sitegen.pages.cards import Cards
from sitegen.pages.plots import plot, stated_ends
from sitegen.quantities import say_number
from sitegen.views import DisputeView, EstimateView


def disputes(cards: Cards) -> tuple[DisputeView, ...]:
    """Return the disputed measures by how many times the highest rival number is the lowest.

    Of several groups of rivals in one measure the widest counts. Among equals the measure with more
    rivals comes first, then the one with more estimates.
    """
    views: dict[MeasureId, tuple[tuple[float, int, int], DisputeView]] = {}
    for found in cards.findings.disagreements:
        if found.kind is DisagreementKind.RIVAL_QUANTITIES and found.notes[0].kind is Kind.MEASURE:
            measure_id = MeasureId(found.notes[0].id)
            ranked = _ranked(cards, measure_id, found)
            if measure_id not in views or ranked[0] < views[measure_id][0]:
                views[measure_id] = ranked
    return tuple(view for _, view in sorted(views.values(), key=lambda each: each[0]))


def _ranked(
    cards: Cards, measure_id: MeasureId, found: Disagreement
) -> tuple[tuple[float, int, int], DisputeView]:
    """Return what a dispute is ranked by, the widest least, and its view."""
    drawn = plot(cards, measure_id)
    claims = cards.site.claims
    stated = [
        (each, stated_ends(quantity))
        for each in drawn.estimates
        if (quantity := claims[ClaimId(each.claim.ref.partition(":")[2])].note.quantity)
    ]
    among = {str(ref) for ref in found.notes[1:]}
    rivals = [(each, ends) for each, ends in stated if each.claim.ref in among]
    view = DisputeView(
        plot=drawn,
        lowest=say_number(min(ends[0] for _, ends in stated)),
        highest=say_number(max(ends[1] for _, ends in stated)),
        rivals=len(rivals),
        low=min(rivals, key=lambda each: each[1])[0],
        high=max(rivals, key=lambda each: each[1][::-1])[0],
        differ=_what_differs([each for each, _ in rivals]),
    )
    return (-_spread([ends for _, ends in rivals]), -len(rivals), -len(stated)), view


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
