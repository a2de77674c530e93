"""How the parts of an elided quote follow one another."""

from __future__ import annotations

import pytest

from sitegen.quotes.elisions import LONGEST_OMISSION, PartPositions, places_of
from sitegen.quotes.folding import fold


def positions(text: str, *parts: str) -> PartPositions:
    """Return all places of the parts in a text."""
    source = fold(text)
    return PartPositions(source, parts, places_of(source, parts))


def test_places_of_every_part() -> None:
    """Each part's places are listed, wherever they are."""
    found = positions("b a b a", "a", "b", "c")
    assert [list(places) for places in found.places] == [[2, 6], [0, 4], []]


def test_one_part_has_a_reading_for_each_place() -> None:
    """A quote that leaves nothing out is read at every place."""
    found = positions("so so", "so").within_reach()
    assert found.count() == 2
    assert list(found.readings()) == [((0, 2),), ((3, 5),)]


def test_only_places_from_which_the_rest_can_be_reached_stay() -> None:
    """A place too far from the next part, or after it, is no beginning."""
    far = "-" * LONGEST_OMISSION
    found = positions(f"a {far} a b a", "a", "b").within_reach()
    assert list(found.readings()) == [((603, 604), (605, 606))]


def test_a_nearer_part_that_leads_nowhere_is_passed_over() -> None:
    """The nearest part is taken among those from which the rest can be reached."""
    far = "-" * 400
    found = positions(f"a b {far} b {far} c", "a", "b", "c").within_reach()
    assert list(found.readings()) == [((0, 1), (405, 406), (808, 809))]


def test_parts_do_not_overlap() -> None:
    """The next part begins where the one before has ended, or later."""
    assert positions("abab", "aba", "ab").within_reach().count() == 0
    assert list(positions("abab", "ab", "ab").within_reach().readings()) == [((0, 2), (2, 4))]


def test_the_limit_counts_the_text_as_read() -> None:
    """White space that folds to one space counts with all its characters."""
    just = [" " * 600, "e\u0301" * 300, "\u00ad" * 600]
    assert [positions(f"a{gap}b", "a", "b").within_reach().count() for gap in just] == [1, 1, 1]
    assert [positions(f"a{gap} b", "a", "b").within_reach().count() for gap in just] == [0, 0, 0]


@pytest.mark.parametrize(
    ("text", "starts"),
    [("a b c", [0, 2, 4]), ("a a b c", [2, 4, 6]), ("c b a", None), ("a c b", None)],
)
def test_order_without_regard_to_distance(text: str, starts: list[int] | None) -> None:
    """Parts in order are given as close together as they stand."""
    spans = positions(text, "a", "b", "c").in_order()
    assert (spans and [span.start for span in spans]) == starts


def test_parts_in_order_do_not_overlap() -> None:
    """A place that runs into the next part is not before it."""
    spans = positions("ab aba", "ab", "ba").in_order()
    assert spans == ((0, 2), (4, 6))
