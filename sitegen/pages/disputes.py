"""The numbers in dispute: measures with estimates that exclude each other, widest apart first."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables, Whole
from sitegen.model import Disagreement, DisagreementKind
from sitegen.notes import ClaimId, MeasureId
from sitegen.pages.cards import Cards
from sitegen.pages.plots import nearest, stated_ends
from sitegen.quantities import say_number
from sitegen.views import DisputeView, EstimateView, PlotView

Rank = tuple[float, int, int]
"""The sort key of a dispute; the widest apart comes first."""


class Disputes(Struct, frozen=True):
    """The disputed measures, each with its rank and a view without the plot, which `Cards` has.

    `in_order` are the measures in the order of their ranks.
    """

    views: Mapping[MeasureId, DisputeView]
    ranks: Mapping[MeasureId, Rank]
    in_order: Whole[tuple[MeasureId, ...]]


def disputes_of(cards: Cards, tables: Tables = NOTHING_KEPT) -> Disputes:
    """Return the disputed measures, ranked by the ratio of the highest rival number to the lowest.

    If a measure has several groups of rivals, the widest counts. Among equals the measure with more
    rivals comes first, then the one with more estimates.
    """
    disagreements = cards.findings.disagreements
    rivals = tables.index("rivals of measures", disagreements, _measures)

    def widest(measure_id: MeasureId) -> tuple[Rank, DisputeView]:
        drawn, stated = cards.plots[measure_id], _stated(cards, measure_id)
        ranked = (_ranked(drawn, stated, disagreements[each]) for each in rivals[measure_id])
        rank, view = min(ranked, key=itemgetter(0))
        return rank, replace(view, plot=replace(drawn, estimates=()))

    ranked = tables.table("ranked disputes", rivals, widest)
    ranks = tables.table("ranks of disputes", rivals, lambda each: ranked[each][0])
    return Disputes(
        views=tables.table("disputes", rivals, lambda each: ranked[each][1]),
        ranks=ranks,
        in_order=tables.whole(
            "disputes in order", lambda: tuple(sorted(ranks, key=ranks.__getitem__))
        ),
    )


def _measures(found: Disagreement) -> Iterator[MeasureId]:
    """Yield the measure whose numbers a disagreement is about, if it is about any."""
    first = found.notes[0]
    if found.kind is DisagreementKind.RIVAL_QUANTITIES and first.kind is Kind.MEASURE:
        yield MeasureId(first.id)


def dispute_with_plot(cards: Cards, disputes: Disputes, measure_id: MeasureId) -> DisputeView:
    """Return a dispute with the shortened plot of its measure that other pages show."""
    return replace(disputes.views[measure_id], plot=nearest(cards.plots[measure_id]))


class _Stated(Struct, frozen=True):
    """The estimates of a measure, each with its place and its ends, and the limits of all ends."""

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


def _ranked(drawn: PlotView, stated: _Stated, found: Disagreement) -> tuple[Rank, DisputeView]:
    """Return the rank of a dispute, and its view."""
    among = sorted((stated.of_claim[str(ref)] for ref in found.notes[1:]), key=itemgetter(0))
    rivals = [(each, ends) for _, each, ends in among]
    view = DisputeView(
        plot=drawn,
        lowest=say_number(stated.lowest),
        highest=say_number(stated.highest),
        rivals=len(rivals),
        undated=sum(each.as_of is None for each, _ in rivals),
        low=min(rivals, key=lambda each: each[1])[0],
        high=max(rivals, key=lambda each: each[1][::-1])[0],
        differ=_what_differs([each for each, _ in rivals]),
    )
    return (-_spread([ends for _, ends in rivals]), -len(rivals), -len(stated.of_claim)), view


def _spread(ends: Sequence[tuple[float, float]]) -> float:
    """Return the ratio of the highest number to the lowest; infinite if the lowest is 0 or less."""
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
