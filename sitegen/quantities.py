"""What a claim's quantity allows, and how readers see it."""

from __future__ import annotations

import math
from typing import Final

from sitegen.notes import Quantity

ABOUT: Final = 0.1  # "about 12,000" is taken to reach 10 % to either side


def bounds(quantity: Quantity) -> tuple[float, float]:
    """Return the lowest and highest number that a quantity allows."""
    if quantity.value is None:
        low = -math.inf if quantity.min is None else quantity.min
        high = math.inf if quantity.max is None else quantity.max
    else:
        low = high = quantity.value
    match quantity.qualifier:
        case "about":
            return low - ABOUT * abs(low), high + ABOUT * abs(high)
        case "at-least":
            return low, math.inf
        case "over":
            return low if math.isinf(low) else math.nextafter(low, math.inf), math.inf
        case "up-to":
            return -math.inf, high
        case _:
            return low, high


def say_number(value: float) -> str:
    """Return a number with separators and no needless decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def say_quantity(quantity: Quantity | None) -> str:
    """Return a quantity as readers see it: "about 12,000", "1,500–2,000", "at least 10"."""
    if quantity is None:
        return ""
    hedge = f"{quantity.qualifier.replace('-', ' ')} " if quantity.qualifier else ""
    match (quantity.value, quantity.min, quantity.max):
        case (None, low, None) if low is not None:
            limit = "" if quantity.qualifier in {"at-least", "over"} else "at least "
            return f"{limit}{hedge}{say_number(low)}"
        case (None, None, high) if high is not None:
            limit = "" if quantity.qualifier == "up-to" else "at most "
            return f"{limit}{hedge}{say_number(high)}"
        case (None, low, high) if low is not None and high is not None:
            return f"{hedge}{say_number(low)}–{say_number(high)}"
        case (value, _, _):
            return f"{hedge}{say_number(value or 0)}"
