"""What holds for every text and every quote cut from it."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

from hypothesis import assume, example, given
from hypothesis import strategies as st

from sitegen.quotes import QuoteFault, QuoteMatch, QuoteState, find_quote
from sitegen.quotes.contexts import selector
from sitegen.quotes.elisions import LONGEST_OMISSION
from sitegen.quotes.folding import PLAIN_FORMS, Span, find_places, fold, is_boundary, trim

# Whole letters, each with ways to write it that are forgiven.
LETTERS = [
    ("a",),
    ("b",),
    ("A",),
    (".",),
    ("7",),
    ("é", "e\u0301", "e\u00ad\u0301"),
    ("ạ́", "a\u0301\u0323", "a\u0323\u0301", "\u1ea1\u0301"),
    ("x\u0302", "x\u00ad\u0302"),
    ("Å", "\u212b", "A\u030a"),
    ("\u0915\u093c", "\u0958"),
    ("각", "\u1100\u1161\u11a8", "가\u11a8"),
    ("שׁ", "ש\u05c1"),
    ("🌊",),
    ("\u200b",),
    (" ", "\n", "\r\n", "\u00a0", " \t\u2009", "\u3000"),
    ("'", "’", "‘", "ʼ", "‹"),
    ('"', "“", "„", "»", "「"),
    ("-", "–", "—", "\u2011", "−"),
]


class Writing(NamedTuple):
    """The same letters written twice, each list in pieces that belong together."""

    text: list[str]
    other: list[str]


@st.composite
def writings(draw: st.DrawFn, min_size: int = 1) -> Writing:
    """Draw letters and two ways to write them, soft hyphens between some of them."""
    letters = draw(st.lists(st.sampled_from(LETTERS), min_size=min_size, max_size=24))
    hyphens = st.sampled_from(["", "", "", "\u00ad", "\u00ad\u00ad"])
    return Writing(
        *([draw(st.sampled_from(forms)) + draw(hyphens) for forms in letters] for _ in range(2))
    )


@st.composite
def cuts(draw: st.DrawFn) -> tuple[str, Span, str]:
    """Draw a text, a stretch of it that begins and ends with words, and other words like it."""
    writing = draw(writings())
    start = draw(st.integers(0, len(writing.text) - 1))
    end = draw(st.integers(start + 1, len(writing.text)))
    text = "".join(writing.text)
    quote = "".join(writing.text[start:end])
    bare = trim(quote)
    assume(plain(bare).strip(" ."))
    at = len("".join(writing.text[:start])) + quote.index(bare)
    return text, Span(at, at + len(bare)), "".join(writing.other[start:end])


def plain(text: str) -> str:
    """Return the plain form of a text by the words of the rule, one step after the other."""
    text = unicodedata.normalize("NFC", text.replace("\u00ad", ""))
    for char, forms in PLAIN_FORMS.items():
        text = re.sub(f"[{forms}]", char, text)
    return re.sub(" +", " ", text)


def chosen(text: str, quote: str, place: Span) -> QuoteMatch:
    """Return the answer for a quote, told by context where it is meant to stand."""
    source = fold(text)
    match = find_quote(source, quote)
    if match.state is QuoteState.AMBIGUOUS:
        around = selector(source, [place])
        match = find_quote(source, quote, around.prefix, around.suffix)
    return match


@given(st.text())
@example("e\u00ad\u0301 \u00ad\r\n\u0301\u00ad")
@example("\u1100\u00ad\u1161\u11a8 \u0958\u212b")
@example("\u0301\u0323\u00ad a\u0323\u00ad\u0301")
def test_folding_is_the_rule_s_plain_form(text: str) -> None:
    """Folding in one pass gives what the steps of the rule give one after the other."""
    assert fold(text).text == plain(text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """A plain form is its own plain form."""
    once = fold(text).text
    assert fold(once).text == once


@given(writings(min_size=2), st.data())
def test_folded_offsets_lead_to_the_same_words(writing: Writing, data: st.DataObject) -> None:
    """The original stretch of a folded one folds to just that, and its ends map back."""
    source = fold("".join(writing.text))
    ends = [at for at in range(len(source.text) + 1) if is_boundary(source.text, at)]
    start, end = sorted(data.draw(st.lists(st.sampled_from(ends), min_size=2, max_size=2)))
    assume(start < end)
    span = source.span(start, end)
    assert fold(source.original[slice(*span)]).text == source.text[start:end]
    assert (source.folded_offset(span.start), source.folded_offset(span.end)) == (start, end)


@given(st.text(alphabet="ab", max_size=60), st.text(alphabet="ab", min_size=1, max_size=12))
@example("ab" * 30, "ab" * 5)
@example("aab" * 20, "aabaab")
def test_every_place_is_found(text: str, wanted: str) -> None:
    """The places are those at which the words stand, one by one."""
    expected = [at for at in range(len(text)) if text.startswith(wanted, at)]
    assert list(find_places(text, wanted)) == expected


@given(cuts())
def test_a_quote_cut_from_a_text_is_found_there(cut: tuple[str, Span, str]) -> None:
    """Words copied from anywhere stand there exactly, with context where they stand twice."""
    text, place, _ = cut
    match = chosen(text, text[place.start : place.end], place)
    assert (match.state, match.segments) == (QuoteState.EXACT, (place,))
    assert not match.context_mismatch


@given(cuts())
def test_a_quote_is_found_after_any_forgiven_change(cut: tuple[str, Span, str]) -> None:
    """The same words written with other marks, spaces, hyphens and code points stand there too."""
    text, place, rewritten = cut
    match = chosen(text, rewritten, place)
    is_same = trim(rewritten) == text[place.start : place.end]
    assert match.state is (QuoteState.EXACT if is_same else QuoteState.NORMALISED)
    assert match.segments == (place,)


@given(cuts(), st.data())
def test_a_quote_is_never_found_there_after_another_change(
    cut: tuple[str, Span, str], data: st.DataObject
) -> None:
    """A changed letter, case or mark is never passed over: only equal words are ever found."""
    text, place, quote = cut
    at = data.draw(st.integers(0, len(quote) - 1))
    changed = data.draw(
        st.sampled_from(
            [
                quote[:at] + quote[at:].swapcase(),
                quote[:at] + "," + quote[at:],
                quote[:at] + "\u200b" + quote[at:],
                quote[:at] + "c" + quote[at + 1 :],
                quote[:at] + quote[at + 1 :],
            ]
        )
    )
    assume(plain(trim(changed)) != plain(trim(quote)))
    match = find_quote(fold(text), changed)
    assert match.segments != (place,)
    for segment in match.segments:
        assert plain(text[segment.start : segment.end]) == plain(trim(changed))
    for candidate in match.candidates:
        assert candidate.segments != (place,)


@given(cuts())
def test_a_selector_is_found_only_at_its_stretch(cut: tuple[str, Span, str]) -> None:
    """Prefix, words and suffix together stand at one place, and none of them is cut wrongly."""
    text, place, _ = cut
    prefix, exact, suffix = selector(fold(text), [place])
    match = find_quote(fold(text), exact, prefix, suffix)
    assert (match.segments, exact) == ((place,), text[place.start : place.end])
    assert prefix in text
    assert suffix in text


@given(cuts())
def test_candidates_hints_choose_them(cut: tuple[str, Span, str]) -> None:
    """Wherever a quote is ambiguous, a candidate's own prefix and suffix lead to it alone."""
    text, place, _ = cut
    source = fold(text)
    quote = text[place.start : place.end]
    for candidate in find_quote(source, quote).candidates:
        match = find_quote(source, quote, candidate.prefix, candidate.suffix)
        assert match.segments == candidate.segments


@given(writings(min_size=5), st.data())
def test_elided_quotes_are_read_in_order(writing: Writing, data: st.DataObject) -> None:
    """Parts cut one after the other are found in order, with what is between as omissions."""
    ends = data.draw(
        st.lists(st.integers(0, len(writing.text)), min_size=4, max_size=4).map(sorted)
    )
    first, second = ("".join(writing.other[start:end]) for start, end in (ends[:2], ends[2:]))
    assume(plain(trim(first)).strip(" .") and plain(trim(second)).strip(" ."))
    text = "".join(writing.text)
    match = find_quote(fold(text), f"{first} […] {second}")
    assert match.state in {QuoteState.EXACT, QuoteState.NORMALISED, QuoteState.AMBIGUOUS}
    for segments in [match.segments, *(candidate.segments for candidate in match.candidates)]:
        for (start, end), words in zip(segments, (first, second), strict=False):
            assert plain(text[start:end]) == plain(trim(words))
        assert all(before.end <= after.start for before, after in pairwise(segments))
    for candidate in match.candidates:
        if candidate.prefix or candidate.suffix:
            around = candidate.prefix, candidate.suffix
            again = find_quote(fold(text), f"{first} […] {second}", *around)
            assert again.segments == candidate.segments
    for omission in match.omissions:
        assert omission.text == text[slice(*omission.span)]
        assert len(omission.text) <= LONGEST_OMISSION


@given(st.text(), st.text(), st.text(), st.text())
@example("a b", "a […] b", "[…]", "\u0301")
def test_any_strings_have_an_answer(text: str, quote: str, prefix: str, suffix: str) -> None:
    """Whatever is asked of whatever text, there is an answer, and found words are equal words."""
    match = find_quote(fold(text), quote, prefix, suffix)
    is_found = match.state in {QuoteState.EXACT, QuoteState.NORMALISED}
    assert is_found == bool(match.segments)
    assert (match.state in {QuoteState.CHANGED, QuoteState.MISSING}) == (match.fault is not None)
    assert (match.state is QuoteState.AMBIGUOUS) == (match.places > 1)
    if match.fault is QuoteFault.EMPTY:
        assert not re.sub(r"\[(…|\.\.\.)\]", "", plain(quote)).strip(" .…")
