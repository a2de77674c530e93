"""Words that take something back."""

from __future__ import annotations

import pytest

from sitegen.quotes import reservations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It reportedly may have come, according to him; it didn’t.",
         ("reportedly", "may", "according to", "didn't")),
        ("Perhaps not, perhaps never.", ("perhaps", "not", "never")),
        ("On 3 May, in May and on May 4, it came.", ()),
        ("He MAY come in May.", ("may",)),
        ("The mayor noted a knot.", ()),
        ("A so-called would-be king", ("so-called",)),
        ("", ()),
    ],
)  # fmt: skip
def test_words_that_hedge_or_deny_are_found(text: str, expected: tuple[str, ...]) -> None:
    """Each is given once, in plain form; months and longer words are none."""
    assert reservations(text) == expected
