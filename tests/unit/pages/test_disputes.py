"""The numbers in dispute stand in the order of how far apart they are, and say why."""

from __future__ import annotations

from sitegen.pages.cards import Cards
from sitegen.pages.disputes import dispute_with_plot, disputes_of
from sitegen.views import DisputeView
from tests.sites import site_of

SITE = """
-- content/actors/mayor.yaml --
name: Mayor
-- content/sources/a.yaml --
title: A
-- content/measures/close.yaml --
title: Close
unit: people
-- content/measures/far.yaml --
title: Far
unit: people
-- content/measures/agreed.yaml --
title: Agreed
unit: people
"""


def estimate(name: str, quantity: str, said_by: str = "") -> str:
    """Return a claim with a quantity, as the flow mapping's inside."""
    speaker = f"asserted_by: [{said_by}]\n" if said_by else ""
    return (
        f"-- content/claims/{name}.yaml --\nstatement: {name}.\n{speaker}"
        f"evidence: [{{source: a, quote: {name}}}]\nquantity: {{{quantity}}}\n"
    )


def disputes(cards: Cards) -> list[DisputeView]:
    """Return the disputes of a site in their order."""
    found = disputes_of(cards)
    return [dispute_with_plot(cards, found, each) for each in found.in_order.value]


def test_the_widest_spread_comes_first() -> None:
    """Ten times as many is further apart than twice as many; agreed numbers are not in dispute."""
    cards = site_of(
        SITE
        + estimate("c1", "measure: close, value: 1000")
        + estimate("c2", "measure: close, value: 2000")
        + estimate("f1", "measure: far, value: 1")
        + estimate("f2", "measure: far, value: 10")
        + estimate("g1", "measure: agreed, value: 5")
    ).cards
    assert [each.plot.measure.title for each in disputes(cards)] == ["Far", "Close"]


def test_a_dispute_says_which_accounts_exclude_one_another_and_how_they_differ() -> None:
    """The range is that of all accounts; rivals are those that cannot hold for one time."""
    cards = site_of(
        SITE
        + estimate("low", "measure: far, min: 200, max: 900, as_of: 2024-05", "mayor")
        + estimate("high", "measure: far, min: 2000, scope: In all, as_of: 2024-05")
        + estimate("other", "measure: far, value: 50000, scope: planned, as_of: 2023")
    ).cards
    (found,) = disputes(cards)
    assert (found.lowest, found.highest, found.rivals) == ("200", "50,000", 2)
    assert (found.low.number, found.high.number) == ("200–900", "at least 2,000")
    assert found.differ == ("who", "scope")


def test_a_dispute_counts_the_rivals_that_say_nothing_of_when_they_hold() -> None:
    """Numbers without a date need not be of one time; one for the claim itself is a date too."""
    cards = site_of(
        SITE
        + estimate("c1", "measure: close, value: 1000")
        + estimate("c2", "measure: close, value: 2000")
        + "date: 2024\n"
        + estimate("f1", "measure: far, value: 1")
        + estimate("f2", "measure: far, value: 10")
        + estimate("g1", "measure: agreed, value: 5, as_of: 2024")
        + estimate("g2", "measure: agreed, value: 6, as_of: 2024")
    ).cards
    undated = {each.plot.measure.title: each.undated for each in disputes(cards)}
    assert undated == {"Far": 2, "Close": 1, "Agreed": 0}
