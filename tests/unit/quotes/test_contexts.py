"""Words before and after a place, and which of them tell it from others."""

from __future__ import annotations

import pytest

from sitegen.quotes.contexts import Selector, context, follows, precedes, selector, tell_apart
from sitegen.quotes.folding import Span, fold


@pytest.mark.parametrize(
    ("size", "around"),
    [
        (0, ("", "")),
        (4, ("end ", " of ")),
        (5, (" end ", " of a")),
        (6, (" end ", " of a ")),
        (10, (" the end ", " of a day.")),
        (99, ("At the end ", " of a day.")),
    ],
)
def test_context_is_of_whole_words(size: int, around: tuple[str, str]) -> None:
    """Up to so many characters are shown, without the word that the limit cuts."""
    assert context("At the end (so) of a day.", Span(11, 15), size) == around


def test_context_of_one_long_word_is_cut() -> None:
    """Where there is no space, characters are better than nothing."""
    assert context("abcdefgHIjklmnop", Span(7, 9), 3) == ("efg", "jkl")


def test_context_keeps_letters_whole() -> None:
    """A letter is never parted from its combining marks."""
    assert context("abe\u0301cX", Span(5, 6), 2) == ("c", "")
    assert context("Xabe\u0301c", Span(0, 1), 3) == ("", "ab")


def test_context_is_the_text_as_read() -> None:
    """Line ends and spaces are the text's own."""
    assert context("one\r\ntwo\u00a0 X", Span(10, 11), 20) == ("one\r\ntwo\u00a0 ", "")


@pytest.mark.parametrize(
    ("prefix", "does"),
    [
        ("he", True),
        ("so he", True),
        ("", True),
        ("o he", True),
        ("He", False),
        ("and so he", False),
    ],
)
def test_follows_looks_directly_before(prefix: str, does: bool) -> None:
    """A prefix may stand before a space, and may begin inside a word."""
    assert follows("so he said", 6, prefix) is does


def test_context_does_not_part_a_letter_from_its_marks() -> None:
    """A prefix that begins, or a suffix that ends, before a mark of the text does not fit."""
    assert not follows("x\u0302a so", 4, "\u0302a")
    assert not precedes("so x\u0302", 2, "x")
    assert precedes("so x\u0302", 2, "x\u0302")


TOLD_APART = [
    # the places of "so" in a text, the one to choose; prefix and suffix that do
    ("he so, we so", 0, ("he", "")),
    ("he so, she so", 0, ("", ",")),
    ("he so, she so", 1, ("she", "")),
    ("if he so, as he so", 1, ("as he", "")),
    ("so it, he so it", 0, ("", "it,")),
    ("so, so, so", 0, ("", ", so,")),
    ("so, so, so", 1, ("so,", ",")),
    ("so, so, so", 2, ("so, so,", "")),
    ("he so. heso", 1, ("so. he", "")),
    ("aso xso", 0, ("a", "")),
    (" so on so", 0, ("", "on")),
    ("only so", 0, ("", "")),
    (" a so, xa so", 0, ("", ",")),
    ("so c so c so c s ", 1, ("c", "c so")),
]


@pytest.mark.parametrize(("text", "index", "words"), TOLD_APART)
def test_the_shortest_context_that_decides(text: str, index: int, words: tuple[str, str]) -> None:
    """Whole words before are preferred, then words after, then both."""
    places = [Span(start, start + 2) for start in range(len(text)) if text.startswith("so", start)]
    place = places.pop(index)
    before, after = tell_apart(text, place, places)
    assert (text[slice(*before)], text[slice(*after)]) == words


def test_places_that_share_too_much_are_not_told_apart() -> None:
    """A prefix of thousands of characters helps nobody."""
    text = f"{'word ' * 1_000}so"
    twice = f"A {text} B {text} C"
    first, second = twice.index("so"), twice.rindex("so")
    before, after = tell_apart(twice, Span(first, first + 2), [Span(second, second + 2)])
    assert (twice[slice(*before)], twice[slice(*after)]) == ("", "B")
    before, after = tell_apart(text * 3, Span(5_000, 5_002), [Span(10_002, 10_004)])
    assert before.start == before.end
    twice = f"so{' word' * 1_000} A so{' word' * 1_000} B"
    _, after = tell_apart(twice, Span(0, 2), [Span(5_005, 5_007)])
    assert after.start == after.end


def test_a_long_word_is_cut_rather_than_given_whole() -> None:
    """Where no space comes soon, forty characters beyond the first difference are enough."""
    text = f"{'x' * 500}aso, {'y' * 500}bso"
    start = text.index("so")
    before, _ = tell_apart(text, Span(start, start + 2), [Span(len(text) - 2, len(text))])
    assert text[slice(*before)] == f"{'x' * 40}a"


def test_a_long_word_is_cut_between_letters() -> None:
    """Where a word is cut, its letters keep their combining marks."""
    letters = "x\u0302" * 100
    text = f"so aa{letters} so b{letters}"
    second = text.rindex("so")
    _, after = tell_apart(text, Span(0, 2), [Span(second, second + 2)])
    assert text[slice(*after)] == f"aa{letters[:40]}"
    text = f"{letters}aa so {letters}b so"
    first = text.index("so")
    before, _ = tell_apart(text, Span(first, first + 2), [Span(len(text) - 2, len(text))])
    assert text[slice(*before)] == f"{letters[:40]}aa"


def test_a_selector_finds_its_stretch_again() -> None:
    """A unique stretch needs nothing around it; another gets the text's own words."""
    text = "It’s  “so”, he wrote. It isn’t\n“so”, she said."
    source = fold(text)
    assert selector(source, [Span(12, 20)]) == Selector("", "he wrote", "")
    assert selector(source, [Span(6, 10)]) == Selector("It’s", "“so”", "")
    assert selector(source, [Span(31, 35)]) == Selector("isn’t", "“so”", "")


def test_a_selector_spans_what_a_quote_leaves_out() -> None:
    """Of several segments the whole stretch is selected."""
    source = fold("One two three. One four.")
    assert selector(source, [Span(0, 3), Span(8, 13)]) == Selector("", "One two three", "")
