"""Properties of splitting."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from sitegen.sentences import paragraphs, sentences

PIECES = [
    "The", "U.S.", "treaty", "Dr.", "Kim", "e.g.", "2024", "3.5", ".", "!", "?", "…", "...", "。",
    "“", "”", '"', "(", ")", "[", "]", " ", "  ", "\n", "\r\n", "\n\n", "- ", "• ", "1. ", "|",
    " | ", "# ", "\u00a0", "\u2028", "é", "e\u0301", "🔗", "平壌", "–", "*", "A.", "No.",
]  # fmt: skip
texts = st.one_of(
    st.text(), st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.lists(st.sampled_from(["word", "It", "is.", "a", "longer"]), min_size=40).map(
        lambda words: re.sub(r"(.{30,50}) ", r"\1\n", " ".join(words))
    ),
)  # fmt: skip


@given(texts)
def test_paragraphs_hold_all_but_white_space(text: str) -> None:
    """Paragraphs are trimmed, in order, apart, and miss only white space."""
    end = 0
    for paragraph in paragraphs(text):
        assert text[end : paragraph.start].strip() == ""
        words = text[paragraph.start : paragraph.end]
        assert words
        assert words == words.strip()
        end = paragraph.end
    assert text[end:].strip() == ""


@given(texts)
def test_sentences_lie_in_order_within_one_paragraph_each(text: str) -> None:
    """Sentences are trimmed, in order, do not overlap, and none crosses a paragraph's end."""
    whole = paragraphs(text)
    end = 0
    for sentence in sentences(text):
        assert end <= sentence.start < sentence.end
        words = text[sentence.start : sentence.end]
        assert words == words.strip()
        assert any(each.start <= sentence.start and sentence.end <= each.end for each in whole)
        end = sentence.end


@given(texts)
def test_sentences_cover_every_letter(text: str) -> None:
    """No letter is outside of sentences, nor a digit but for the numbers of lists."""
    covered = [False] * len(text)
    for start, end in sentences(text):
        covered[start:end] = [True] * (end - start)
    missed = [
        character
        for character, inside in zip(text, covered, strict=True)
        if not inside and character.isalnum()
    ]
    assert not [character for character in missed if character.isalpha()]
    assert not missed or re.search(r"\d{1,3}[.)]", text)


@given(texts)
def test_splitting_paragraph_by_paragraph_is_the_same(text: str) -> None:
    """Sentences depend on their own paragraph alone."""
    each = [sentence for part in paragraphs(text) for sentence in sentences(text, [part])]
    assert tuple(each) == sentences(text)


@given(texts, st.integers(1, 5))
def test_offsets_move_with_the_text(text: str, count: int) -> None:
    """Blank lines before a text move its offsets and change nothing else."""
    moved = sentences("\n" * count + text)
    assert [(start - count, end - count) for start, end in moved] == list(sentences(text))
