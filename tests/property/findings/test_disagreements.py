"""What holds of any pairs of claims."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.findings.disagreements import connected
from sitegen.notes import ClaimId

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
