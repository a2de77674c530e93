"""What holds of any estimates and any pairs of claims."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen.dates import FuzzyDate, parse_date
from sitegen.findings.disagreements import Estimate, connected, exclude_one_another
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


def estimate(quantity: Quantity, scope: str, date: FuzzyDate | None) -> Estimate:
    """Return what a claim with this quantity allows."""
    return Estimate(ClaimId("c"), *bounds(quantity), scope, date)


estimates = st.builds(estimate, quantities(), st.sampled_from(["", "east", "west"]), dates)


@given(estimates, estimates)
def test_exclusion_is_mutual_and_never_of_itself(one: Estimate, other: Estimate) -> None:
    """Two exclude each other or neither does; nothing excludes what allows the same."""
    assert exclude_one_another(one, other) == exclude_one_another(other, one)
    assert not exclude_one_another(one, one)


@given(estimates, estimates, st.integers(0, 50))
def test_number_that_both_allow_reconciles_them(
    one: Estimate, other: Estimate, number: int
) -> None:
    """Where there is a number that both allow, they do not exclude each other."""
    assume(one.low <= number <= one.high and other.low <= number <= other.high)
    assert not exclude_one_another(one, other)


@given(estimates, estimates)
def test_widening_an_estimate_never_makes_it_exclude_more(one: Estimate, other: Estimate) -> None:
    """What allows more conflicts with less."""
    wider = Estimate(one.claim, one.low - 5, one.high + 5, one.scope, one.date)
    assert exclude_one_another(wider, other) <= exclude_one_another(one, other)


ids = st.sampled_from([ClaimId(each) for each in "abcdefgh"])
pairs = st.lists(st.tuples(ids, ids).filter(lambda pair: pair[0] != pair[1]), max_size=10)


@given(pairs, st.data())
def test_groups_of_pairs_do_not_depend_on_their_order(
    given_pairs: list[tuple[ClaimId, ClaimId]], data: st.DataObject
) -> None:
    """Neither on the order of the pairs nor on that within a pair."""
    turned = [
        (other, one) if data.draw(st.booleans()) else (one, other)
        for one, other in data.draw(st.permutations(given_pairs))
    ]
    assert connected(turned) == connected(given_pairs)


@given(pairs)
def test_pair_is_in_one_group_and_groups_share_nothing(
    given_pairs: list[tuple[ClaimId, ClaimId]],
) -> None:
    """Both of a pair stand together, and everybody stands once."""
    groups = connected(given_pairs)
    members = [each for group in groups for each in group]
    assert sorted(members) == sorted({each for pair in given_pairs for each in pair})
    assert all(any({*pair} <= {*group} for group in groups) for pair in given_pairs)
