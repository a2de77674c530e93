"""A quantity allows a stretch of numbers, and is said as its source hedges it."""

from __future__ import annotations

import math

import pytest

from sitegen.notes import Quantity
from sitegen.quantities import bounds, say_number, say_quantity


def quantity(**fields: object) -> Quantity:
    """Return a quantity of some measure."""
    return Quantity.model_validate({"measure": "troops", **fields})


@pytest.mark.parametrize(
    ("fields", "low", "high"),
    [
        ({"value": 100}, 100, 100),
        ({"value": 100, "qualifier": "about"}, 90, 110),
        ({"value": -100, "qualifier": "about"}, -110, -90),
        ({"value": 100, "qualifier": "at-least"}, 100, math.inf),
        ({"value": 100, "qualifier": "up-to"}, -math.inf, 100),
        ({"min": 100, "max": 200}, 100, 200),
        ({"min": 100, "max": 200, "qualifier": "about"}, 90, 220),
        ({"min": 100}, 100, math.inf),
        ({"max": 200}, -math.inf, 200),
        ({"min": 100, "qualifier": "about"}, 90, math.inf),
        ({"max": 200, "qualifier": "over"}, -math.inf, math.inf),
    ],
)
def test_bounds_are_what_a_quantity_allows(
    fields: dict[str, object], low: float, high: float
) -> None:
    """Ranges have their ends, "about" reaches a tenth to either side, the others are open."""
    assert bounds(quantity(**fields)) == pytest.approx((low, high))


def test_over_leaves_out_the_number_itself() -> None:
    """Over 100 is more than 100, by however little."""
    low, high = bounds(quantity(value=100, qualifier="over"))
    assert 100 < low < 100.001
    assert high == math.inf


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"value": 12000}, "12,000"),
        ({"value": 0}, "0"),
        ({"value": 2.5}, "2.5"),
        ({"value": 12000, "qualifier": "about"}, "about 12,000"),
        ({"value": 12000, "qualifier": "at-least"}, "at least 12,000"),
        ({"value": 12000, "qualifier": "up-to"}, "up to 12,000"),
        ({"value": 12000, "qualifier": "over"}, "over 12,000"),
        ({"min": 1500, "max": 2000}, "1,500–2,000"),
        ({"min": 1500, "max": 2000, "qualifier": "about"}, "about 1,500–2,000"),
        ({"min": 1500}, "at least 1,500"),
        ({"max": 2000}, "at most 2,000"),
        ({"min": 1500, "qualifier": "at-least"}, "at least 1,500"),
        ({"min": 1500, "qualifier": "over"}, "over 1,500"),
        ({"min": 1500, "qualifier": "about"}, "at least about 1,500"),
        ({"max": 2000, "qualifier": "up-to"}, "up to 2,000"),
        ({"max": 2000, "qualifier": "about"}, "at most about 2,000"),
    ],
)
def test_quantity_is_said_as_its_source_hedges_it(fields: dict[str, object], said: str) -> None:
    """Readers see one hedge, never two, and ranges with a dash."""
    assert say_quantity(quantity(**fields)) == said


def test_no_quantity_is_said_as_nothing() -> None:
    """A claim without a number has no words for one."""
    assert say_quantity(None) == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [(1234567.0, "1,234,567"), (1000.5, "1,000.5"), (-2000.0, "-2,000"), (1e15, "1" + 5 * ",000")],
)
def test_number_is_said_with_separators(value: float, said: str) -> None:
    """Thousands are set apart, and whole numbers have no decimals."""
    assert say_number(value) == said
