"""The nearest passage to words that do not stand in a text."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sitegen.quotes.alignment import Mark, Piece, say_differences
from sitegen.quotes.folding import fold, fold_words
from sitegen.quotes.near import MUCH_ALIKE, NearPassage, nearest_passage

ARTICLE = """The dam was built in 1956. It was said to be safe.

The valves were opened at noon, and nobody in the valley was told. By evening the water stood
two metres deep in the streets of Ardal; the Mayor’s office had been given no warning.
“We heard it before we saw it”, said Anna Holm, who keeps the bakery.
"""


def near(words: str, text: str = ARTICLE) -> NearPassage:
    """Return the nearest passage, which must be there."""
    passage = nearest_passage(fold(text), fold_words(words))
    assert passage is not None
    return passage


def words_of(passage: NearPassage, text: str = ARTICLE) -> str:
    """Return the passage's own words."""
    return text[passage.span.start : passage.span.end]


DIFFERENCES = [
    # what was quoted, the passage that was meant, what is said of the difference
    (
        "The valves were opend at noon",
        "The valves were opened at noon",
        '"opend" differs from "opened"',
    ),
    ("the valves were opened", "The valves were opened", '"the" differs from "The"'),
    (
        "Suddenly The valves were opened",
        "The valves were opened",
        '"Suddenly" is not there',
    ),
    (
        "It was said to be quite safe",
        "It was said to be safe",
        '"quite" is not there',
    ),
    (
        "nobody in valley was told",
        "nobody in the valley was told",
        '"the" is left out',
    ),
    (
        "The valves were opened at midnight",
        "The valves were opened at noon",
        '"midnight" differs from "noon"',
    ),
    (
        "Some valves were opened at noon",
        "The valves were opened at noon",
        '"Some" differs from "The"',
    ),
    (
        "two metres deep in the streets of Ardal, the Mayor's office",
        "two metres deep in the streets of Ardal; the Mayor’s office",
        '"," differs from ";"',
    ),
    (
        "the May\u200bor's office",
        "the Mayor’s office",
        '"May<U+200B>or\'s" differs from "Mayor\'s"',
    ),
    (
        "The dam was built in 1965.It was said",
        "The dam was built in 1956. It was said",
        '"1965" differs from "1956"; "It" differs from " It"',
    ),
    (
        "The water was one metre deep in our street",
        "the water stood\ntwo metres deep in the streets",
        '"The" differs from "the"; "was" differs from "stood"; "one" differs from "two"; 3 more',
    ),
]


@pytest.mark.parametrize(("quote", "meant", "said"), DIFFERENCES)
def test_shows_the_passage_and_what_differs(quote: str, meant: str, said: str) -> None:
    """The passage that was meant is found, and the differences are named word by word."""
    passage = near(quote)
    assert words_of(passage) == meant
    assert say_differences(passage.pieces) == said


@pytest.mark.parametrize(("quote", "meant", "_said"), DIFFERENCES)
def test_pieces_lead_from_the_quote_to_the_passage(quote: str, meant: str, _said: str) -> None:
    """Kept and removed pieces are the quote, kept and added ones the passage, in plain form."""
    pieces = near(quote).pieces
    ours = "".join(piece.text for piece in pieces if piece.mark is not Mark.ADDED)
    theirs = "".join(piece.text for piece in pieces if piece.mark is not Mark.REMOVED)
    assert (ours, theirs) == (fold_words(quote), fold_words(meant))


def test_pieces_are_joined_where_nothing_differs() -> None:
    """Spaces around a changed word are kept, not changed."""
    assert near("valves were opend at noon").pieces == (
        Piece(Mark.KEPT, "valves were "),
        Piece(Mark.REMOVED, "opend"),
        Piece(Mark.ADDED, "opened"),
        Piece(Mark.KEPT, " at noon"),
    )


EVER_WORSE = [
    "the valves were opened at noon, and nobody in the valley was told",
    "the valves were opend at noon, and nobody in the valley was told",
    "the valves were opend at noon, and nobdy in the valley was told",
    "the valves were opend at noon, and nobdy in the vally was warned",
    "the valves were shut at noon, and nobdy in the vally was warned",
    "the gates were shut at dawn, and nobdy in the vally was warned",
    "the gates got shut at dawn, and people in the vally got warned",
]


def test_ever_worse_quotes_score_ever_lower() -> None:
    """Each further change makes the passage less similar."""
    scores = [near(quote).similarity for quote in EVER_WORSE]
    assert all(better > worse for better, worse in pairwise(scores))
    assert scores[0] < 1
    assert scores[1] > MUCH_ALIKE > scores[-1]


def test_a_slip_costs_less_than_another_word() -> None:
    """A misspelt word is nearer than a different one, a different case nearer still."""
    case, slip, other = (
        near(f"nobody in the {word} was told").similarity for word in ("Valley", "vallye", "city")
    )
    assert case > slip > other


@pytest.mark.parametrize("quote", ["Zebras quietly juggle", "Q", "ÅÄÖ"])
def test_nothing_alike_is_none(quote: str) -> None:
    """Words without any likeness in the text have no nearest passage."""
    assert nearest_passage(fold(ARTICLE), quote) is None


def test_an_empty_text_has_no_passage() -> None:
    """Nothing is near in an article without text."""
    assert nearest_passage(fold(""), "words") is None


def test_words_written_without_spaces_are_compared_one_by_one() -> None:
    """In Chinese a single changed character is shown, not the whole sentence."""
    text = "人们说，他今天去了北京大学上课，然后回家。"
    passage = near("他昨天去了北京大学上课", text)
    assert words_of(passage, text) == "他今天去了北京大学上课"
    assert say_differences(passage.pieces) == '"昨" differs from "今"'


def test_letters_of_such_scripts_keep_their_marks() -> None:
    """In Thai a letter is compared with the vowels and tones above it."""
    passage = near("เขาอยู่ที", "เขาอยู่ที่นี่")
    assert words_of(passage, "เขาอยู่ที่นี่") == "เขาอยู่ที่"
    assert say_differences(passage.pieces) == '"ที" differs from "ที่"'


def test_a_missing_mark_is_a_difference() -> None:
    """A letter without its combining mark is shown as another word, and the mark stays on."""
    text = "The x\u0302 axis is long"
    passage = near("The x axis is long", text)
    assert words_of(passage, text) == text
    assert say_differences(passage.pieces) == '"x" differs from "x\u0302"'


def test_a_long_quote_shows_its_first_difference() -> None:
    """Of tens of thousands of characters those around the first difference are compared."""
    text = " ".join(f"item{number}" for number in range(5_000))
    passage = near(text.replace("item2500", "thing2500").replace("item4000", ""), text)
    assert say_differences(passage.pieces) == '"thing2500" differs from "item2500"'
    assert "item2500" in words_of(passage, text)
    assert passage.span.end - passage.span.start < 1_000


def test_the_better_of_two_passages_is_shown() -> None:
    """Where two passages are alike, the more similar one is the nearest."""
    text = "He said the bridge was shut on Monday. She said the bridge was closed on Monday."
    assert words_of(near("said the bridge was clsed on Monday", text), text) == (
        "said the bridge was closed on Monday"
    )


def test_a_change_of_length_on_turning_to_lower_case_moves_nothing() -> None:
    """The one letter whose lower case is longer (U+0130) does not shift the passage found."""
    text = "İİİİİİ " * 20 + "The valves were opened at noon."
    assert words_of(near("The valves were opend at noon", text), text) == (
        "The valves were opened at noon"
    )
