"""Names that stand in texts are known beforehand, and to know only these makes no difference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.markup import convert, fill
from sitegen.markup.mentions import build_mentions
from sitegen.markup.named import by_first_word, mentions_of, names_in, names_of

NAMES = (
    *(
        "Kim",
        "Kim Jong Un",
        "The Hague",
        "The Agency",
        "O'Brien",
        "Ås & Co",
        "김정은",
        "金",
        "Bo_b",
    ),
    *("North  Korea", "北京", "St. Mary", "x", "(UN) Office", "'t Hooft"),
)
MENTIONS = build_mentions([(each, f"actor:{at}", f"{at}.html") for at, each in enumerate(NAMES)])
KNOWN = names_of(MENTIONS)
BY_FIRST = by_first_word(KNOWN)


def linked(text: str, names: tuple[str, ...] | None = None) -> object:
    """Return a text with its mentions linked: all that there are, or those of some names."""
    mentions = MENTIONS if names is None else mentions_of({each: KNOWN[each] for each in names})
    return fill(convert(text), lambda _: None, mentions)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kim came.", ("Kim",)),
        ("**Kim** said, Kim Jong  Un", ("Kim", "Kim Jong Un")),
        ("K*im* and Kimono", ()),
        ("the Hague", ()),
        ("The  Hague, _x_", ("The Hague", "x")),
        ("O’Brien of &Aring;s &amp; Co", ("O'Brien", "Ås & Co")),
        ("김정은은 北京에", ("北京", "김정은")),
        ("[[kim-x|Kim]] and [[x]]", ("Kim", "x")),
        ("North Korea", ("North Korea",)),
        ("Seen by the (UN) Office.", ("(UN) Office",)),
        ("Gerard 't Hooft", ("'t Hooft",)),
    ],
)
def test_names_that_stand_in_a_text_are_found(text: str, found: tuple[str, ...]) -> None:
    """In whatever typography, beside markup, and in the words of links that lead nowhere."""
    assert set(found) <= set(names_in([convert(text)], BY_FIRST))
    assert linked(text, names_in([convert(text)], BY_FIRST)) == linked(text)


def test_names_that_do_not_stand_in_a_text_are_left_out() -> None:
    """One of many that begin alike is not taken for all."""
    assert names_in([convert("The Hague is by the sea.")], BY_FIRST) == ("The Hague",)


@given(
    st.lists(
        st.sampled_from(
            [
                *NAMES,
                " ",
                " ",
                "*",
                "_",
                "`",
                "\n\n",
                "[[",
                "]]",
                "|",
                "&amp;",
                "&",
                "’",
                "는",
                ".",
                "s",
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_to_know_the_names_of_a_text_makes_no_difference(text: str) -> None:
    """Links stand where they stand when all names are known."""
    assert linked(text, names_in([convert(text)], BY_FIRST)) == linked(text)
