"""What is equal is one."""

from __future__ import annotations

import pytest
from msgspec import structs

from sitegen.dates import parse_date
from sitegen.storage.one_of_each import one_of_each


@pytest.mark.parametrize("words", [["kim-jong-un"], ["kim-jong-un", "an-actor"], []])
def test_texts_and_tuples_of_texts_are_one(words: list[str]) -> None:
    """So are the texts in a tuple and those that stand alone."""
    one, other = (one_of_each(tuple("".join([*each]) for each in words)) for _ in range(2))
    assert one is other
    assert one == tuple(words)
    assert all(each is one_of_each("".join([*each])) for each in one)


def test_dates_are_one() -> None:
    """A date is as it was written: one that states the same in other words is another."""
    exact, about = parse_date("2024-06-19"), parse_date("2024-06-19~")
    first = one_of_each(structs.replace(exact))
    assert one_of_each(structs.replace(exact)) is first
    assert one_of_each(about) == about
