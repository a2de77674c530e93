"""Numbers are read out of sentences; dates, ordinals and names are no numbers."""

from __future__ import annotations

import pytest

from sitegen.numbers import numbers_in


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12,000 soldiers", [12000]),
        ("12000 soldiers", [12000]),
        ("12\u00a0000 soldiers", [12000]),
        ("12\u202f000 soldiers", [12000]),
        ("1,234,567 rounds", [1234567]),
        ("3.5 million rounds", [3.5e6]),
        ("2,024 rounds", [2024]),
        ("$20 billion", [2e10]),
        ("40% of it", [40]),
        ("0.5 tonnes", [0.5]),
        ("5 thousand", [5000]),
        ("five thousand", [5000]),
        ("Two hundred thousand", [200000]),
        ("twenty-five men", [25]),
        ("sixteen men", [16]),
        ("a dozen", [12]),
        ("10,000-12,000 men", [10000, 12000]),
        ("10,000–12,000 men", [10000, 12000]),
        ("10 to 12 men.", [10, 12]),
        ("(11)", [11]),
        ("5,000, they say", [5000]),
        ("It was 12.", [12]),
        ("a 12-day march", [12]),
        ("a two-thirds majority", [2]),
    ],
)
def test_counts_are_found(text: str, values: list[float]) -> None:
    """Figures with separators and scales and the common words are read as what they mean."""
    assert [number.value for number in numbers_in(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "on 19 June 2024",
        "on June 19, 2024",
        "on June 19",
        "on 3rd May",
        "in 2024",
        "in the 1950s",
        "the 11th Corps",
        "the 38th parallel",
        "F-16 jets",
        "a MiG-29",
        "170mm guns",
        "1.5m shells",
        "12,000m away",
        "B2 bombers",
        "version 1.5.3",
        "at 12:30",
        "1,7000",
        "tens of thousands",
        "someone",
        "weighty",
        "",
    ],
)
def test_what_counts_nothing_is_left_out(text: str) -> None:
    """Dates, years, ordinals, times, names and what is not whole are no counts."""
    assert numbers_in(text) == ()


def test_number_knows_its_place_and_its_writing() -> None:
    """The place holds the scale too; figures and words are told apart."""
    text = "About 3 million shells and ten men."
    shells, men = numbers_in(text)
    assert (text[shells.start : shells.end], shells.is_figure) == ("3 million", True)
    assert (text[men.start : men.end], men.is_figure) == ("ten", False)


def test_year_beside_a_count_is_left_out_alone() -> None:
    """A date takes nothing with it but itself."""
    values = [number.value for number in numbers_in("In May 2024, 12,000 men; on 3 May 500 more.")]
    assert values == [12000, 500]
