"""Forms of date that are read by the library."""

from __future__ import annotations

import pytest

from sitegen.dates.fuzzy_date import Doubt, InvalidDate, Precision, Qualifier
from sitegen.dates.library import read_rare_form


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("2024-06-~19", [(Precision.DAY, "~")]),
        ("2024-%06-19", [(Precision.MONTH, "%")]),
        ("2024?-06-19", [(Precision.YEAR, "?")]),
        ("?2024-06", [(Precision.YEAR, "?")]),
        ("2024-06~-19", [(Precision.YEAR, "~"), (Precision.MONTH, "~")]),
        ("?2024-~06-%19", [(Precision.YEAR, "?"), (Precision.MONTH, "~"), (Precision.DAY, "%")]),
        ("2024-06-1X?", [(Precision.MONTH, "?")]),
        ("202X~", [(Precision.DECADE, "~")]),
        ("2024-06-XX", []),
    ],
)
def test_marks_are_kept_by_component(text: str, doubts: list[tuple[Precision, str]]) -> None:
    """A mark left of a component is about it, one right of it about all to its left."""
    expected = tuple(Doubt(component, Qualifier(mark)) for component, mark in doubts)
    assert read_rare_form(text).doubts == expected


@pytest.mark.parametrize(
    "text",
    [
        "~2024-06~",
        "2024~-~06~",
        "2024-06-1X~~",
        "X",
        "2024-06-XXX",
        "202X-",
        "2024-~21",
        "-202X",
        "2024-06-19T12:00:00",
        "2024-06-19",
    ],
)
def test_other_forms_are_refused(text: str) -> None:
    """What is no rare single date is an error with the usual advice, never a wrong date."""
    with pytest.raises(InvalidDate, match="is no date") as caught:
        read_rare_form(text)
    assert caught.value.help.startswith("write a day as 2024-06-19")


def test_a_29_february_that_does_not_exist_is_refused() -> None:
    """The library accepts 29 February of any year; the calendar decides."""
    with pytest.raises(InvalidDate, match="February 2023 has 28 days"):
        read_rare_form("2023-02-~29")


def test_the_library_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Reading the forms that the library stumbles over writes nothing to the terminal."""
    for text in ("2024-1X-XX", "202X-06", "2024-XX"):
        assert read_rare_form(text).text == text
    assert capsys.readouterr().out == ""
