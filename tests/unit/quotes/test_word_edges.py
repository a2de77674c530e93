"""A cut through a word or a number is told from one between two."""

from __future__ import annotations

import pytest

from sitegen.quotes.word_edges import cut_word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("he was|n’t impressed", "wasn’t"),
        ("he wasn|'t impressed", "wasn't"),
        ("spent 84|,000 crowns", "84,000"),
        ("spent 84,|000 crowns", "84,000"),
        ("spent 84,0|00 crowns", "84,000"),
        ("in 198|7.", "1987"),
        ("in Ma|y", "May"),
        ("im|possible", "impossible"),
        ("Штор|м", "Шторм"),
        ("Kim|’s plan", ""),
        ("l’|accord", ""),
        ("|May", ""),
        ("May|", ""),
        ("in 84|, of them", ""),
        ("Ulan|-Ude", ""),
        ("평양|은", ""),
        ("東|京", ""),
        ("so: |he", ""),
    ],
)
def test_word_that_is_cut(text: str, word: str) -> None:
    """The bar is the cut."""
    before, after = text.split("|")
    assert cut_word(before + after, len(before)) == word


def test_long_stretch_of_letters_is_not_gone_through() -> None:
    """Only so much to either side is looked at."""
    assert len(cut_word("a" * 100_000, 50_000)) == 128
