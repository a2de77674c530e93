"""Emphasis by asterisks and underscores: pairs are found as readers would, no letter is lost."""

from __future__ import annotations

from xml.etree.ElementTree import tostring

import pytest

from sitegen.markup.emphasis import emphasise


def _html(text: str) -> str:
    """Return the emphasised text, its escaped signs as signs again, without the outer spans."""
    html = tostring(emphasise(text), encoding="unicode").replace("\x0242\x03", "*")
    return html.replace("\x0295\x03", "_").replace("<span>", "").replace("</span>", "")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* _b_", "<em>a</em> <em>b</em>"),
        ("**a** __b__", "<strong>a</strong> <strong>b</strong>"),
        ("***a***", "<em><strong>a</strong></em>"),
        ("***a** b*", "<em><strong>a</strong> b</em>"),
        ("**a *b***", "<strong>a <em>b</em></strong>"),
        ("*a **b** c*", "<em>a <strong>b</strong> c</em>"),
        ("*a _b_ c*", "<em>a <em>b</em> c</em>"),
        ("a*b*c", "a<em>b</em>c"),
        ("*a*b*", "<em>a</em>b*"),
        ("*(a)*, **“b”**.", "<em>(a)</em>, <strong>“b”</strong>."),
        ("重要**「a」**は", "重要<strong>「a」</strong>は"),
    ],
)
def test_signs_emphasise(text: str, html: str) -> None:
    """One sign emphasises, two do so strongly, three do both."""
    assert _html(text) == html


@pytest.mark.parametrize(
    "text",
    ["2 * 3 * 4", "*a", "a*", "* a *", "snake_case_word", "_a", "a_ _b", "__a b", "*a_", "**"],
)
def test_other_signs_stay(text: str) -> None:
    """Signs without a partner, beside a space, or `_` within a word, are signs."""
    assert _html(text) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a**b*c", "<em>a**b</em>c"),
        ("*a**b**c*", "<em>a<strong>b</strong>c</em>"),
        ("**a*b**c*", "<strong>a*b</strong>c*"),
        ("*a _b* c_", "<em>a _b</em> c_"),
        ("****a***", "*<em><strong>a</strong></em>"),
    ],
)
def test_crossing_signs_lose_no_letter(text: str, html: str) -> None:
    """Where pairs would cross, the first closed wins, and the other signs stay."""
    assert _html(text) == html


def test_text_before_the_start_is_only_looked_at() -> None:
    """Emphasis begins at the start given, but the letter before it counts."""
    assert _text_and_html("a_b_", 1) == "_b_"
    assert _text_and_html("a *b*", 2) == "<em>b</em>"


def _text_and_html(text: str, start: int) -> str:
    html = tostring(emphasise(text, start), encoding="unicode").replace("\x0295\x03", "_")
    return html.replace("<span>", "").replace("</span>", "")


def test_deep_emphasis_is_cut_off() -> None:
    """A thousand levels of emphasis are not written; the text is."""
    element = emphasise("*a _b " * 500 + "c_ d* " * 500)

    assert "".join(element.itertext()).count("c") == 500
    assert tostring(element, encoding="unicode").count("<em>") <= 1_000
    depth = 0
    while len(element):
        element, depth = element[0], depth + 1
    assert depth < 30
