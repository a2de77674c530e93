"""The plot of a measure: every estimate on a common scale, never an average."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import Final

from msgspec.structs import replace

from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Ref, Site
from sitegen.notes import ClaimId, MeasureId, Quantity
from sitegen.pages.cards import Cards
from sitegen.pages.date_view import optional_date
from sitegen.quantities import bounds, say_number, say_quantity
from sitegen.views import EstimateView, PlotView, Tick

MOST_DRAWN: Final = 40
"""How many estimates a plot shows on pages other than the measure's own."""

_LOGARITHMIC_FROM = 50  # ratio of the largest to the smallest number
_SMALLEST, _LARGEST = 1e-290, 1e290  # arithmetic on the ends of a scale is safe between them


def plot(cards: Cards, measure_id: MeasureId) -> PlotView:
    """Return the plot of a measure, its estimates in the order of their numbers.

    The scale begins at zero. If the numbers differ too much to be told apart on such a scale, it is
    logarithmic.
    """
    site = cards.site
    counted = _counted(site, measure_id)
    scale = _Scale([quantity for _, quantity in counted])
    return PlotView(
        measure=cards.links[Ref(Kind.MEASURE, measure_id)],
        unit=site.measures[measure_id].note.unit,
        is_logarithmic=scale.is_logarithmic,
        ticks=scale.ticks(),
        estimates=tuple(
            _estimate(cards, claim_id, quantity, scale) for claim_id, quantity in counted
        ),
    )


def claims_in_order(site: Site, measure_id: MeasureId) -> tuple[ClaimId, ...]:
    """Return the claims whose numbers a measure's plot shows, in the order of the numbers."""
    return tuple(claim_id for claim_id, _ in _counted(site, measure_id))


def _counted(site: Site, measure_id: MeasureId) -> list[tuple[ClaimId, Quantity]]:
    counted = [
        (claim_id, quantity)
        for claim_id in site.claims_of_measure[measure_id]
        if (quantity := site.claims[claim_id].note.quantity)
    ]
    return sorted(counted, key=lambda each: (stated_ends(each[1]), each[0]))


def with_plots(cards: Cards, tables: Tables = NOTHING_KEPT) -> Cards:
    """Return shared views with the plots of all measures, each of which many pages may show."""
    return replace(cards, plots=tables.table("plots", cards.site.measures, partial(plot, cards)))


def nearest(view: PlotView, current: int | None = None, most: int | None = None) -> PlotView:
    """Return a plot with no more than `most` (`MOST_DRAWN`) of its estimates, on the same scale.

    `current` is the place of the claim whose page shows the plot: that one is marked, and those
    nearest to it stand around it. Without it the lowest, the highest and some between are shown.
    """
    count = len(view.estimates)
    room = MOST_DRAWN if most is None else most
    if count <= room:
        shown = list(range(count))
    elif current is None:
        shown = sorted({at * (count - 1) // (room - 1) for at in range(room)})
    else:
        first = min(max(current - room // 2, 0), count - room)
        shown = list(range(first, first + room))
    estimates = (
        replace(view.estimates[at], is_current=True) if at == current else view.estimates[at]
        for at in shown
    )
    return replace(view, estimates=tuple(estimates), left_out=count - len(shown))


def stated_ends(quantity: Quantity) -> tuple[float, float]:
    """Return the lowest and highest number that a quantity states."""
    stated = [each for each in (quantity.value, quantity.min, quantity.max) if each is not None]
    return min(stated), max(stated)


class _Scale:
    """From numbers to percent of the plot's width."""

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        stated = [number for quantity in quantities for number in stated_ends(quantity)]
        allowed = [end for each in quantities for end in bounds(each) if math.isfinite(end)]
        numbers = [min(max(each, -_LARGEST), _LARGEST) for each in (0.0, *stated, *allowed)]
        self.is_logarithmic = (
            min(stated, default=0.0) > _SMALLEST and max(stated) / min(stated) >= _LOGARITHMIC_FROM
        )
        if self.is_logarithmic:
            self.low = 10.0 ** math.floor(math.log10(min(each for each in numbers if each > 0)))
            self.high = 10.0 ** math.ceil(math.log10(max(numbers) * 1.05))
        else:
            self.low, self.high = min(numbers), max(numbers) * 1.05
            self.high = self.high if self.high - self.low > _SMALLEST else self.low + 1

    def x(self, number: float) -> float:
        """Return where a number lies, 0 to 100; one beyond an end is drawn at that end."""
        if self.is_logarithmic:
            if number <= self.low:
                return 0.0
            span = math.log10(self.high) - math.log10(self.low)
            share = (math.log10(min(number, self.high)) - math.log10(self.low)) / span
        else:
            share = (number - self.low) / (self.high - self.low)
        return round(100 * min(max(share, 0.0), 1.0), 2)

    def ticks(self) -> tuple[Tick, ...]:
        """Return round numbers along the scale, four to six of them."""
        if self.is_logarithmic:
            powers = range(round(math.log10(self.low)), round(math.log10(self.high)) + 1)
            return tuple(Tick(self.x(10.0**power), say_number(10.0**power)) for power in powers)
        step = _round_step((self.high - self.low) / 4)
        first = math.ceil(self.low / step)
        numbers = [step * count for count in range(first, math.floor(self.high / step) + 1)]
        return tuple(Tick(self.x(number), say_number(round(number, 10))) for number in numbers)


def _round_step(step: float) -> float:
    """Return the nearest of 1, 2, 2.5, 5 and 10 times a power of ten that is not smaller."""
    power: float = 10.0 ** math.floor(math.log10(step))
    return next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= step * 0.999)


def _estimate(cards: Cards, claim_id: ClaimId, quantity: Quantity, scale: _Scale) -> EstimateView:
    low, high = bounds(quantity)
    note = cards.site.claims[claim_id].note
    citations = cards.site.citations[Ref(Kind.CLAIM, claim_id)]
    speakers = note.asserted_by or dict.fromkeys(
        actor for evidence in note.evidence for actor in evidence.said_by
    )
    return EstimateView(
        claim=cards.claims[claim_id],
        number=say_quantity(quantity),
        wording=quantity.wording or "",
        scope=quantity.scope or "",
        as_of=optional_date(quantity.as_of or note.date),
        by=cards.links_to(Kind.ACTOR, speakers),
        sources=tuple(cards.labels[each] for each in dict.fromkeys(c.source for c in citations)),
        low=scale.x(low) if math.isfinite(low) else 0.0,
        high=scale.x(high) if math.isfinite(high) else 100.0,
        dot=None if quantity.value is None else scale.x(quantity.value),
        is_open_below=math.isinf(low),
        is_open_above=math.isinf(high),
        is_current=False,
    )
