"""Words that take something back."""

from __future__ import annotations

import pytest

from sitegen.quotes import hedge_of_number, negation_before, reservations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It reportedly may have come, according to him; it didn’t.",
         ("reportedly", "may", "according to", "didn't")),
        ("Perhaps not, perhaps never.", ("perhaps", "not", "never")),
        ("On 3 May, in May and on May 4, it came.", ()),
        ("He MAY come in May.", ("may",)),
        ("The mayor noted a knot.", ()),
        ("Then Dr. No came, and Minister No spoke.", ()),
        ("It came. No one was told.", ("no",)),
        ("A so-called would-be king", ("so-called",)),
        ("", ()),
    ],
)  # fmt: skip
def test_words_that_hedge_or_deny_are_found(text: str, expected: tuple[str, ...]) -> None:
    """Each is given once, in plain form; months and longer words are none."""
    assert reservations(text) == expected


@pytest.mark.parametrize(
    ("text", "negation"),
    [
        ("The city doesn't |expect the bridge to open.", "doesn't"),
        ("The city doesn’t |expect the bridge to open.", "doesn’t"),
        ("The bridge has\nnot been\n|opened.", "not been"),
        ("It is no longer a “|secret”.", "no longer a"),
        ("He said (not |the city) pays.", "(not"),
        ("It was *never* |planned.", "*never*"),
        ("It was not very |popular.", "not very"),
        ("The city has not publicly |confirmed it.", "not publicly"),
        ("They were not so very |far away.", "not so very"),
        ("It was not merely |planned but built.", None),
        ("They do not rely |on ferries.", None),
        ("A film about Dr. No |opened there.", None),
        ("Then Mr. No has |spoken.", None),
        ("Defence Minister No |spoke.", None),
        ("There Is No |Way Over The River", "No"),
        ("He left. No |bridge was open.", "No"),
        ("He asked Dr. Kim. No |bridge was open.", "No"),
        ("No |bridge was open.", "No"),
        ("There was NO |bridge.", "NO"),
        ("|Never planned.", None),
        ("It was not only |planned but built.", None),
        ("They asked whether or not |the bridge would open.", None),
        ("Did it open? No. |The bridge is closed.", None),
        ("No, |the bridge is closed.", None),
        ("A knot |in the rope.", None),
        ('Was it true? "No" |he said.', None),
        ("A knot " + "a " * 38 + "|x", None),
        ("They could n|ot.", None),
        ("There is no sign that |the bridge will open.", None),
    ],
)  # fmt: skip
def test_negation_right_before_a_quote_is_found(text: str, negation: str | None) -> None:
    """It denies what follows it; words without weight may stand between."""
    found = negation_before(text.replace("|", ""), text.index("|"))
    assert (found and text[slice(*found)]) == negation


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("About |12,000 soldiers came.", "about"),
        ("It cost up\nto |€12 million.", "up to"),
        ("More than |three came.", ""),
        ("He wrote about |bridges.", ""),
        ("About |", ""),
        ("It came to |12,000.", ""),
        ("Scarabout |12,000", ""),
        ("About the |12,000 soldiers", ""),
    ],
)
def test_words_that_hedge_a_number_stand_right_before_it(text: str, hedge: str) -> None:
    """They are told in plain form; before other words they may mean anything."""
    assert hedge_of_number(text.replace("|", ""), text.index("|")) == hedge
