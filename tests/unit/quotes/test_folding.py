"""The plain form of texts, and the way back to the text as read."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from sitegen.quotes.folding import (
    PLAIN_FORMS,
    Span,
    extends,
    find_places,
    find_stretches,
    fold,
    fold_words,
    is_boundary,
    trim,
)

FORGIVEN = [
    ("“Never”, «never», „never‟", '"Never", "never", "never"'),
    ("「はい」『いいえ』", "\"はい\"'いいえ'"),
    ("it’s ‘so‛ ‚so ‹so› itʼs", "it's 'so' 'so 'so' it's"),
    ("a‐b‑c‒d–e—f―g−h", "a-b-c-d-e-f-g-h"),
    ("12\u00a0000\u202f000\u2007000\u2009km", "12 000 000 000 km"),
    ("one\r\ntwo\n\n\tthree\u2028four\x85five\u3000six", "one two three four five six"),
    ("co\u00adope\u00ad\u00adra\u00adtion", "cooperation"),
    ("end \u00ad of\u00ad\nline", "end of line"),
    ("e\u0301te\u0301 n\u0303", "été ñ"),
    ("e\u00ad\u0301", "é"),
    ("a\u0301\u0323 = a\u0323\u0301", "ạ́ = ạ́"),
    ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
    ("\u212bngstr\u00f6m \u2126", "Ångström Ω"),
    ("\u0958", "\u0915\u093c"),
]

NOT_FORGIVEN = [
    "zero\u200bwidth\u200d",
    "inner\ufeffmark",
    "5′ 6″",
    "`accents´",
    "wait…",
    "ﬁve",
    "Ⅳ ½ ² ™",
    "left\u200eright\u202a",
    "ＡＢＣ",
    "i ı İ",
    "؟ ـ",
]


@pytest.mark.parametrize(("text", "plain"), FORGIVEN)
def test_forgiven_forms_become_plain(text: str, plain: str) -> None:
    """Typographic marks, white space, soft hyphens and decomposed letters have one plain form."""
    assert fold(text).text == plain


@pytest.mark.parametrize("text", NOT_FORGIVEN)
def test_everything_else_stays(text: str) -> None:
    """Zero-width characters, primes, accents, ligatures, widths and digits are not forgiven."""
    assert fold(text).text == text


def test_white_space_is_the_unicode_property() -> None:
    """All White_Space characters are spaces; what Python adds, the ASCII separators, are not."""
    spaces = {char for char in map(chr, range(sys.maxunicode + 1)) if char.isspace()}
    assert {" ", *PLAIN_FORMS[" "]} == spaces - set("\x1c\x1d\x1e\x1f")


def test_every_plain_form_is_one_character_and_final() -> None:
    """No character has two plain forms, and folding a plain form changes nothing."""
    chars = "".join(PLAIN_FORMS.values())
    assert len(set(chars)) == len(chars)
    assert not set(chars) & PLAIN_FORMS.keys()


def test_what_nfc_joins_or_moves_extends() -> None:
    """Every character that NFC joins to an earlier one, or reorders, counts as part of it."""
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    apart = [unicodedata.normalize("NFD", char) for char in every]
    joined = {
        part[1]
        for char, part in zip(every, apart, strict=True)
        if len(part) > 1 and unicodedata.normalize("NFC", part) == char
    }
    moved = {char for char in every if unicodedata.combining(char)}
    assert [char for char in sorted(joined | moved) if not extends(char)] == []


@pytest.mark.parametrize("char", "aé한ᄒ -'א\u200d😀")
def test_other_characters_do_not_extend(char: str) -> None:
    """Letters, leading consonants, spaces and joiners begin something of their own."""
    assert not extends(char)


PLACES = [
    # the text, words of its plain form, their stretch in the text
    ("one\r\n\r\ntwo three", "two", (7, 10)),
    ("one\r\n\r\ntwo three", "one two", (0, 10)),
    ("\n \n one", "one", (4, 7)),
    ("one  ", "one", (0, 3)),
    ("co\u00adope\u00adrate now", "cooperate", (0, 11)),
    ("so \u00ad co\u00ad", "co", (5, 7)),
    ("\u00ad\u00adso", "so", (2, 4)),
    ("a \u00ad b", "a b", (0, 5)),
    ("cafe\u0301 et the\u0301", "thé", (9, 13)),
    ("e\u0301 e\u0301 fin", "fin", (6, 9)),
    ("e\u00ad\u0301\u00ad fin", "é", (0, 3)),
    ("😀 e\u0301 🔗 fin", "fin", (7, 10)),
    ("“so” 12\u00a0\u00a0km fin", "12 km", (5, 11)),
    ("\u0958\u0958 fin", "fin", (3, 6)),
    ("\u0958\u0958 fin", "\u0915\u093c fin", (1, 6)),
    ("\u1112\u1161\u11ab\u1100\u1173\u11af fin", "글", (3, 6)),
    ("שָׁלוֹם  עולם", "עולם", (9, 13)),
    ("مرحبا\u00a0\u00a0بالعالم", "بالعالم", (7, 14)),
    ("x\u0301\u0323 y", "x\u0323\u0301", (0, 3)),
    ("a \n\u0301 b", "b", (5, 6)),
]


@pytest.mark.parametrize(("text", "words", "span"), PLACES)
def test_offsets_lead_back(text: str, words: str, span: tuple[int, int]) -> None:
    """Folded offsets map to code points of the text as read, and those map back again."""
    folded = fold(text)
    start = folded.text.rindex(words)
    end = start + len(words)
    assert folded.span(start, end) == Span(*span)
    assert (folded.folded_offset(span[0]), folded.folded_offset(span[1])) == (start, end)


def test_offsets_inside_what_is_folded_stay_before_what_follows() -> None:
    """Inside white space and soft hyphens, the folded offset is that of their end at most."""
    folded = fold("a\r\n\r\n\u00ad\u00adb")
    assert [folded.folded_offset(offset) for offset in range(9)] == [0, 1, 2, 2, 2, 2, 2, 2, 3]


@pytest.mark.parametrize(
    "text", ["", "plain words, no more", "“typographic”\nbut — even", "한글 है"]
)
def test_even_texts_need_no_table(text: str) -> None:
    """Where folding changes no length, one entry says that both texts run side by side."""
    folded = fold(text)
    assert (list(folded.folded_at), list(folded.original_at)) == ([0], [0])


def test_tables_grow_with_the_uneven_places_only() -> None:
    """Each place that became longer or shorter is one entry."""
    folded = fold("a long, even stretch of words\r\n" * 3)
    assert list(folded.folded_at) == [0, 30, 60, 90]
    assert list(folded.original_at) == [0, 31, 62, 93]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        (" \n words \u00a0", "words"),
        ("\u00adwords\u00ad ", "words"),
        ("\u200bwords", "\u200bwords"),
        (" \u0301words ", " \u0301words"),
        (" \u00ad\n", ""),
    ],
)
def test_trim_takes_white_space_and_soft_hyphens(text: str, bare: str) -> None:
    """Only what cannot be seen at the ends goes; a space under a combining mark is seen."""
    assert trim(text) == bare


def test_fold_words_is_the_plain_form_without_ends() -> None:
    """An author's words are compared without the line end of a YAML block."""
    assert fold_words("  “So\nbe it”\n") == '"So be it"'


@pytest.mark.parametrize(
    ("text", "wanted", "places"),
    [
        ("ana banana", "ana", [0, 5, 7]),
        ("aaaa", "aa", [0, 1, 2]),
        ("abababa ababa", "ababa", [0, 2, 8]),
        ("aabaabaab", "aabaab", [0, 3]),
        ("none", "some", []),
        ("none", "", []),
        ("xx\u0301x x", "x", [0, 3, 5]),
        ("\u0301a a", "a", [1, 3]),
    ],
)
def test_places_overlap_and_keep_letters_whole(text: str, wanted: str, places: list[int]) -> None:
    """Every place counts, overlapping ones too, but none that parts a letter from its marks."""
    assert list(find_places(text, wanted)) == places


def test_places_in_a_text_that_repeats_itself() -> None:
    """Words of half a text's length are found at each of its many overlapping places."""
    assert sum(1 for _ in find_places("ab" * 50_000, "ab" * 25_000)) == 25_001


def test_boundaries_lie_between_whole_letters() -> None:
    """Both ends of a text are boundaries, the place before a combining mark is none."""
    text = "ax\u0301b"
    assert [is_boundary(text, offset) for offset in range(5)] == [True, True, False, True, True]


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("ababa, aba", "aba", [(0, 5), (7, 10)]),
        ("aaaa", "a", [(0, 4)]),
        ("ab ab", "ab", [(0, 2), (3, 5)]),
        ("abab", "ab", [(0, 4)]),
        ("ae\u0301a", "a", [(0, 1), (3, 4)]),
        ("ae\u0301ae", "ae", [(3, 5)]),
        ("abc", "", []),
        ("abc", "d", []),
    ],
)
def test_places_that_touch_are_one_stretch(
    text: str, wanted: str, found: list[tuple[int, int]]
) -> None:
    """Stretches are the places of the words, put together; none is inside a letter with marks."""
    assert list(find_stretches(text, wanted)) == found
