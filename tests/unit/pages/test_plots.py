"""The plot of a measure puts every estimate on one scale and averages nothing."""

from __future__ import annotations

import pytest

from sitegen.notes import MeasureId
from sitegen.pages import plots
from sitegen.pages.plots import nearest, plot
from sitegen.views import EstimateView, PlotView
from tests.sites import site_of


def plotted(*quantities: str) -> PlotView:
    """Return the plot of claims c1, c2 … with these quantities."""
    claims = "".join(
        f"-- content/claims/c{number}.yaml --\nstatement: Claim {number}.\n"
        f"evidence: [{{source: a, quote: x}}]\nquantity: {{measure: m, {quantity}}}\n"
        for number, quantity in enumerate(quantities, 1)
    )
    linked = site_of(
        "-- content/sources/a.yaml --\ntitle: A\n"
        f"-- content/measures/m.yaml --\ntitle: Troops\nunit: soldiers\n{claims}"
    )
    return plot(linked.cards, MeasureId("m"))


def only(*quantities: str) -> EstimateView:
    """Return the first estimate of a plot."""
    return plotted(*quantities).estimates[0]


def test_estimates_stand_in_the_order_of_their_numbers() -> None:
    """Ranges are ordered by their lower end, then by the upper one, then by id."""
    view = plotted("value: 300", "min: 100, max: 300", "value: 100", "max: 50", "value: 100")
    assert [each.claim.ref for each in view.estimates] == [
        "claim:c4",
        "claim:c3",
        "claim:c5",
        "claim:c2",
        "claim:c1",
    ]


@pytest.mark.parametrize(
    ("quantities", "is_logarithmic"),
    [
        (["value: 10", "value: 499"], False),
        (["value: 10", "value: 500"], True),
        (["min: 10, max: 500"], True),
        (["value: 0", "value: 500"], False),
        (["value: -1", "value: 500"], False),
        (["value: 500"], False),
        ([], False),
        (["max: 500"], False),
    ],
)
def test_scale_is_logarithmic_for_numbers_far_apart(
    quantities: list[str], is_logarithmic: bool
) -> None:
    """From a ratio of fifty on, if all numbers are above zero."""
    assert plotted(*quantities).is_logarithmic is is_logarithmic


def test_linear_scale_begins_at_zero() -> None:
    """A bar twice as long is a number twice as large."""
    low, high = plotted("value: 100", "value: 200").estimates
    assert low.dot is not None
    assert high.dot == pytest.approx(2 * low.dot, abs=0.02)
    assert plotted("value: 100", "value: 200").ticks[0].x == 0


def test_logarithmic_scale_has_equal_steps_for_equal_ratios() -> None:
    """Ten to a hundred is as far as a hundred to a thousand."""
    dots = [each.dot or 0 for each in plotted("value: 10", "value: 100", "value: 1000").estimates]
    assert dots[1] - dots[0] == pytest.approx(dots[2] - dots[1], abs=0.02)


@pytest.mark.parametrize(
    ("quantity", "is_open_below", "is_open_above", "has_dot"),
    [
        ("value: 100", False, False, True),
        ("value: 100, qualifier: about", False, False, True),
        ("value: 100, qualifier: at-least", False, True, True),
        ("value: 100, qualifier: over", False, True, True),
        ("value: 100, qualifier: up-to", True, False, True),
        ("min: 80, max: 120", False, False, False),
        ("min: 80", False, True, False),
        ("max: 120", True, False, False),
    ],
)
def test_open_ends_reach_to_the_edge(
    quantity: str, is_open_below: bool, is_open_above: bool, has_dot: bool
) -> None:
    """What has no limit is drawn to the end of the plot and says that it goes on."""
    view = only(quantity)
    assert (view.is_open_below, view.is_open_above) == (is_open_below, is_open_above)
    assert (view.low == 0) is is_open_below
    assert (view.high == 100) is is_open_above
    assert (view.dot is not None) is has_dot


def test_plain_number_is_a_dot_and_about_is_a_bar_around_it() -> None:
    """Both ends of a plain number are where it is; "about" has room on either side, uncut."""
    plain, about = only("value: 100"), only("value: 100, qualifier: about")
    assert plain.low == plain.dot == plain.high
    assert about.dot is not None
    assert about.dot - about.low == pytest.approx(about.high - about.dot, abs=0.02)
    assert about.low < about.dot < about.high < 100


@pytest.mark.parametrize(
    ("quantities", "labels"),
    [
        (["value: 100"], ["0", "50", "100"]),
        (["value: 12000"], ["0", "5,000", "10,000"]),
        (["value: 10", "value: 5000"], ["10", "100", "1,000", "10,000"]),
        (["value: 0.4"], ["0", "0.2", "0.4"]),
        ([], ["0", "0.25", "0.5", "0.75", "1"]),
    ],
)
def test_ticks_are_round_numbers(quantities: list[str], labels: list[str]) -> None:
    """Steps are 1, 2, 2.5 or 5 times a power of ten; on a logarithmic scale powers of ten."""
    assert [tick.label for tick in plotted(*quantities).ticks] == labels


@pytest.mark.parametrize("value", ["5e-324", "1e-320", "1.7976931348623157e308", "-1e308"])
def test_extreme_numbers_have_a_place(value: str) -> None:
    """No number that can be written breaks the plot."""
    view = plotted(f"value: {value}", "value: 1")
    assert all(0 <= (each.dot or 0) <= 100 for each in view.estimates)
    assert all(0 <= tick.x <= 100 for tick in view.ticks)


def test_current_claim_is_marked() -> None:
    """The page of a claim shows which estimate is its own."""
    view = nearest(plotted("value: 1", "value: 2"), 1)
    assert [each.is_current for each in view.estimates] == [False, True]
    assert not any(each.is_current for each in plotted("value: 1").estimates)


def test_estimate_says_who_where_and_of_what() -> None:
    """Speakers are who asserts it, else whose words the quotes are; the date may be the claim's."""
    linked = site_of(
        """
-- content/sources/a.yaml --
title: A
-- content/actors/kim.yaml --
name: Kim
-- content/actors/lee.yaml --
name: Lee
-- content/measures/m.yaml --
title: Troops
unit: soldiers
-- content/claims/asserted.yaml --
statement: Asserted.
asserted_by: [kim]
evidence: [{source: a, quote: x, said_by: [lee]}, {source: a, quote: y}]
date: 2023
quantity: {measure: m, value: 1, scope: in training, wording: a single one, as_of: 2024}
-- content/claims/said.yaml --
statement: Said.
evidence: [{source: a, quote: x, said_by: [lee]}]
date: 2023
quantity: {measure: m, value: 2}
"""
    )
    asserted, said = plot(linked.cards, MeasureId("m")).estimates
    assert [each.title for each in asserted.by] == ["Kim"]
    assert [each.title for each in said.by] == ["Lee"]
    assert (asserted.scope, asserted.wording) == ("in training", "a single one")
    assert [each.as_of.words if each.as_of else "" for each in (asserted, said)] == ["2024", "2023"]
    assert [each.title for each in asserted.sources] == ["A"]


def test_other_pages_show_the_nearest_estimates_and_count_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Around the claim at hand, as many as fit; without one, from the lowest to the highest."""
    monkeypatch.setattr(plots, "MOST_DRAWN", 3)
    view = plotted(*(f"value: {number}" for number in range(1, 8)))

    def shown(current: int | None) -> tuple[list[str], int]:
        near = nearest(view, current)
        return [each.number for each in near.estimates], near.left_out

    assert shown(0) == (["1", "2", "3"], 4)
    assert shown(4) == (["4", "5", "6"], 4)
    assert shown(6) == (["5", "6", "7"], 4)
    assert shown(None) == (["1", "4", "7"], 4)
    assert nearest(view, 4).ticks == view.ticks
    assert nearest(view, 4).estimates[1].is_current
