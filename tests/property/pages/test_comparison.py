"""What holds of any two statements side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.pages.comparison import differing_words

texts = st.text("ab .,“”\n", max_size=30).map(str.strip)


@given(texts, texts)
def test_nothing_of_either_text_is_lost(one: str, other: str) -> None:
    """The stretches of each side put together are its text."""
    here, there = differing_words(one, other)
    assert "".join(word.text for word in here) == one
    assert "".join(word.text for word in there) == other


@given(texts, texts)
def test_what_does_not_differ_is_on_both_sides(one: str, other: str) -> None:
    """Words that are not marked are as many, and the same but for case and punctuation."""
    sides = differing_words(one, other)
    same = [
        [word for each in side if not each.differs for word in each.text.split()] for side in sides
    ]
    plain = [[word.strip(".,“”").casefold() for word in words] for words in same]
    assert plain[0] == plain[1]


@given(texts)
def test_equal_texts_do_not_differ(text: str) -> None:
    """No word of a text is one that it lacks."""
    here, there = differing_words(text, text)
    assert not any(word.differs for word in (*here, *there))
