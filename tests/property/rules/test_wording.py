"""Sentences are looked through for names wherever they may have one."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.rules import wording

_WORDS = st.sampled_from(
    [
        *("A", "b", "Of", "of", "de", "É", "é", "一", "ǅ", "𝐀", "Bank", "for", "al", "Korea"),
        *(" ", "  ", "\n", "-", "'", "’", ".", "1", "_", "\u2009"),
    ]
)


@given(st.lists(_WORDS, max_size=14).map("".join))
@example("The Bank of Korea")
@example("A of of B")
def test_no_stretch_of_capitals_is_missed(sentence: str) -> None:
    """Sentences in which two words may have capitals in a row are all those that have a name."""
    every = tuple(
        (start, " ".join(words))
        for start, words in wording._capitalised(sentence)
        if wording._is_long(words)
    )
    assert wording._long_stretches(sentence) == every
