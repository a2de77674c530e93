"""What is remembered of files, and which of them are taken over."""

from __future__ import annotations

import pytest

from sitegen.incremental.reuse import PageMemory, Remembered
from sitegen.ledger import Ledger, Trace
from sitegen.ledger.traces import as_trace
from tests.ledgers import kept_of


def looking_at(numbers: dict[str, list[int]]) -> dict[str, tuple[Trace, tuple[str, ...]]]:
    """Return the work of makers, each of a file of its name, that looked up these entries."""
    return {name: (as_trace(each), (f"{name}.html",)) for name, each in numbers.items()}


def renewed(known: Remembered, numbers: dict[str, list[int]]) -> Remembered:
    """Return what is known after a round in which makers looked up other entries."""
    found = known.with_new(looking_at(numbers))
    assert found is not None
    return found


def found(known: Remembered, number: int) -> list[int]:
    """Return which makers are found, by their places, that looked up an entry."""
    assert known.index is not None
    return known.index.places_of({number}, known.traces)


def test_index_goes_with_what_makers_look_up_in_round_after_round() -> None:
    """What is new in one round is still known to be in the next, in which other work is new."""
    first = Remembered.of(looking_at({"a": [1], "b": [1, 2], "c": [3]})).indexed()
    second = renewed(first, {"a": [2]})
    third = renewed(second, {"b": [3]})
    assert [found(first, number) for number in (1, 2, 3)] == [[0, 1], [1], [2]]
    assert [found(second, number) for number in (1, 2, 3)] == [[1], [0, 1], [2]]
    assert [found(third, number) for number in (1, 2, 3)] == [[], [0], [1, 2]]


def test_index_is_made_anew_once_much_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until then it is left as it is, for making it goes through all traces."""
    monkeypatch.setattr("sitegen.incremental.reuse._MANY", 1)
    known = Remembered.of(looking_at({"a": [1], "b": [2]}))
    assert known.index is None
    first = known.indexed()
    assert first.indexed() is first
    one = renewed(first, {"a": [3]})
    assert one.indexed() is one
    both = renewed(one, {"b": [3]})
    anew = both.indexed()
    assert anew.index is not both.index
    assert found(anew, 3) == found(both, 3) == [0, 1]
    assert anew == both


def test_files_of_a_maker_that_nobody_asks_any_longer_are_not_taken_over() -> None:
    """Though they stand, and nothing that it looked up has changed."""
    first = Ledger()
    first.given("notes", {"x": 1})
    ledger = Ledger(kept_of(first))
    ledger.given("notes", {"x": 1})
    known = Remembered.of(looking_at({"a": [], "b": []}))
    memory = PageMemory(known=known, unchanged={"a.html": "1", "b.html": "2"}, ledger=ledger)
    files, left = memory.take_over(["new", "a"])
    assert left == [0]
    assert files.each() == {"a.html": "1"}
