"""What holds of any estimates of a measure."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.dates import FuzzyDate, overlaps, parse_date
from sitegen.findings.disagreements import connected
from sitegen.findings.rivals import Estimate, rival_groups
from sitegen.notes import ClaimId, Quantity
from sitegen.quantities import bounds

numbers = st.integers(0, 50).map(float)
dates: st.SearchStrategy[FuzzyDate | None] = st.sampled_from(
    [None, *map(parse_date, ["2023", "2024", "2024-06", "2024/..", "../2023", "2023-12/2024-02"])]
)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    """Draw a number or a range, hedged or not."""
    hedge = draw(st.sampled_from([None, "about", "at-least", "up-to", "over"]))
    fields: dict[str, object] = {"measure": "m", "qualifier": hedge}
    shape = draw(st.sampled_from(["value", "range", "min", "max"]))
    low, high = sorted([draw(numbers), draw(numbers)])
    if shape == "value":
        fields["value"] = low
    if shape in {"range", "min"}:
        fields["min"] = low
    if shape in {"range", "max"}:
        fields["max"] = high
    return Quantity.model_validate(fields)


drawn = st.lists(
    st.tuples(quantities(), st.sampled_from(["", "east", "west"]), dates), max_size=9
).map(
    lambda given_estimates: [
        Estimate(ClaimId(f"c{number}"), *bounds(quantity), scope, date)
        for number, (quantity, scope, date) in enumerate(given_estimates)
    ]
)


def exclude_one_another(a: Estimate, b: Estimate) -> bool:
    """Return whether two estimates cannot both hold, as the rule says it of a pair."""
    if a.scope and b.scope and a.scope != b.scope:
        return False
    if a.date and b.date and not overlaps(a.date, b.date):
        return False
    return a.high < b.low or b.high < a.low


@given(drawn, st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=6))
def test_groups_are_those_of_comparing_each_with_each(
    estimates: list[Estimate], compatible: set[tuple[int, int]]
) -> None:
    """The short way gives the groups that all pairs give, those that authors reconcile left out."""
    reconciled = {frozenset({f"c{one}", f"c{other}"}) for one, other in compatible}

    def are_compatible(one: ClaimId, other: ClaimId) -> bool:
        return frozenset({one, other}) in reconciled

    pairs = [
        (a.claim, b.claim)
        for a, b in combinations(estimates, 2)
        if exclude_one_another(a, b) and not are_compatible(a.claim, b.claim)
    ]
    assert rival_groups(estimates, are_compatible) == [tuple(each) for each in connected(pairs)]
