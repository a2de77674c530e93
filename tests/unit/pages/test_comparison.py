"""Two statements side by side show which words differ."""

from __future__ import annotations

import pytest

from sitegen.pages.comparison import differing_words


def marked(one: str, other: str) -> tuple[str, str]:
    """Return both texts with differing stretches in braces."""
    here, there = differing_words(one, other)
    return (
        "".join(f"{{{each.text}}}" if each.differs else each.text for each in here),
        "".join(f"{{{each.text}}}" if each.differs else each.text for each in there),
    )


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("It rained.", "It rained.", ("It rained.", "It rained.")),
        ("It rained.", "It snowed.", ("It {rained.}", "It {snowed.}")),
        ("It rained hard.", "It rained.", ("It rained {hard.}", "It rained.")),
        ("It rained.", "It “rained”, Kim said.", ("It rained.", "It “rained”, {Kim said.}")),
        ("It RAINED", "it rained", ("It RAINED", "it rained")),
        ("Rain", "Snow", ("{Rain}", "{Snow}")),
        ("", "Snow", ("", "{Snow}")),
    ],
)
def test_words_that_the_other_lacks_are_marked(
    one: str, other: str, shown: tuple[str, str]
) -> None:
    """Case and the punctuation around a word make no difference."""
    assert marked(one, other) == shown
