"""Aligning words with a text, and saying what differs."""

from __future__ import annotations

import pytest

from sitegen.quotes.alignment import Mark, Piece, align, say_differences

KEPT, REMOVED, ADDED = Mark.KEPT, Mark.REMOVED, Mark.ADDED


def aligned(words: str, text: str) -> tuple[str, list[tuple[Mark, str]]]:
    """Return the stretch that the words align with, and the pieces."""
    found = align(words, text)
    assert found is not None
    return text[found.start : found.end], [(piece.mark, piece.text) for piece in found.pieces]


@pytest.mark.parametrize(
    ("words", "text", "stretch", "pieces"),
    [
        ("one two", "so one two it is", "one two", [(KEPT, "one two")]),
        (
            "one too three",
            "one two three",
            "one two three",
            [(KEPT, "one "), (REMOVED, "too"), (ADDED, "two"), (KEPT, " three")],
        ),
        (
            "one, three",
            "one two three",
            "one two three",
            [(KEPT, "one"), (REMOVED, ","), (ADDED, " two"), (KEPT, " three")],
        ),
        ("so one two", "one two it is", "one two", [(REMOVED, "so "), (KEPT, "one two")]),
        (
            "one two so",
            "it is one two",
            "one two",
            [(KEPT, "one two"), (REMOVED, " so")],
        ),
        (
            "one.Two",
            "one. Two",
            "one. Two",
            [(KEPT, "one."), (REMOVED, "Two"), (ADDED, " Two")],
        ),
        (
            "10,500 men",
            "some 12,500 men",
            "12,500 men",
            [(REMOVED, "10,500"), (ADDED, "12,500"), (KEPT, " men")],
        ),
    ],
)
def test_words_are_paired_with_a_stretch(
    words: str, text: str, stretch: str, pieces: list[tuple[Mark, str]]
) -> None:
    """Words are kept, put for others, dropped or taken in; text around the stretch is free."""
    assert aligned(words, text) == (stretch, pieces)


def test_similar_words_are_paired_rather_than_others() -> None:
    """A slip of the pen is put for the word it was meant to be."""
    _, pieces = aligned("the bridg opened", "the old bridge was opened")
    assert (REMOVED, "bridg") in pieces
    assert (ADDED, "bridge") in pieces


def test_equal_words_alone_are_wholly_similar() -> None:
    """Only words that all agree reach the top of the scale."""
    same, near = align("one two", "one two"), align("one Two", "one two")
    assert same is not None
    assert near is not None
    assert same.similarity == 1 > near.similarity


@pytest.mark.parametrize(("words", "text"), [("word", ""), ("word", "."), ("word", "...")])
def test_nothing_aligns_with_nothing(words: str, text: str) -> None:
    """A word is never put for a punctuation mark."""
    assert align(words, text) is None


def test_what_differs_is_said() -> None:
    """Words put for others, dropped and taken in are told apart, and only the first are said."""
    pieces = (
        Piece(REMOVED, "opend"),
        Piece(ADDED, "opened"),
        Piece(KEPT, " at "),
        Piece(REMOVED, "about "),
        Piece(KEPT, "noon"),
        Piece(ADDED, " sharp"),
        Piece(KEPT, " "),
        Piece(REMOVED, "today"),
        Piece(REMOVED, "a\u00adb"),
    )
    assert say_differences(pieces, limit=2) == (
        '"opend" differs from "opened"; "about" is not there; 3 more'
    )
    assert say_differences(pieces[4:], limit=9) == (
        '"sharp" is left out; "today" is not there; "a<U+00AD>b" is not there'
    )
    assert say_differences(pieces[2:3]) == ""


def test_white_space_is_named_unless_it_ends_a_text() -> None:
    """Who left out a space between words is told so, and nobody of the end of the last line."""
    pieces = (Piece(REMOVED, "in"), Piece(ADDED, "on"), Piece(KEPT, "a:"), Piece(ADDED, " "))
    assert say_differences(pieces) == '"in" differs from "on"'
    assert say_differences((*pieces, Piece(KEPT, "b"))) == (
        '"in" differs from "on"; white space is left out'
    )


def test_long_words_are_cut_when_said() -> None:
    """A word without end does not fill the report."""
    said = say_differences((Piece(REMOVED, "a" * 500), Piece(ADDED, "b")))
    assert said == f'"{"a" * 80}…" differs from "b"'
