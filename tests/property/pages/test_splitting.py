"""Lists that are cut for pages and for scripts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.pages.splitting import split, split_sorted

ROWS = st.lists(
    st.tuples(st.text("ab \U0010ffff", max_size=4), st.integers(0, 9)), max_size=40
).map(sorted)
STEPS = st.lists(st.sampled_from(["2024", "2024-05", "undated", "é"]), max_size=4).map(tuple)
ROWS_OF_STEPS = st.lists(st.tuples(STEPS, st.integers(0, 9)), max_size=40).map(sorted)


@given(ROWS, st.integers(1, 30))
def test_sorted_list_is_cut_as_any_other(rows: list[tuple[str, int]], limit: int) -> None:
    """To look at the places of cuts alone comes to the same as to look at every item."""
    letters, weights = [row[0] for row in rows], [row[1] for row in rows]
    found = split_sorted(rows, letters, weights, limit)
    assert found == split(rows, lambda row: tuple(row[0]), lambda row: row[1], limit=limit)


@given(ROWS_OF_STEPS, st.integers(1, 30))
def test_sorted_list_is_cut_by_steps_as_any_other(
    rows: list[tuple[tuple[str, ...], int]], limit: int
) -> None:
    """Steps are compared whole, be they words or days; some keys end where others go on."""
    keys, weights = [row[0] for row in rows], [row[1] for row in rows]
    found = split_sorted(rows, keys, weights, limit, "/".join)
    assert found == split(rows, lambda row: row[0], lambda row: row[1], "/".join, limit)
