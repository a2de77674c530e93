"""The words of an article out of a web page and out of a PDF."""

from __future__ import annotations

import pytest

from sitegen.authoring.intake.extracting import (
    article_of_html,
    article_of_pdf,
    first_line,
    tidy_text,
    web_address,
)
from sitegen.authoring.refusals import Refused
from tests.articles import PAGE, pdf


def test_page_gives_its_words_and_what_it_says_of_itself() -> None:
    """Paragraphs are a blank line apart, items and rows stay together, menus are left out."""
    article = article_of_html(PAGE, "https://example.org/a?from=feed")
    assert article.title == "Bridge closed to traffic"
    assert article.authors == ("Ada Lindqvist", "Bo Berg")
    assert article.publisher == "Harbour Herald"
    assert article.published == "2025-03-04"
    assert article.language == "en-GB"
    assert article.url == "https://example.org/a"
    paragraphs = article.text.split("\n\n")
    assert paragraphs[1].startswith("The harbour bridge was closed")
    assert "- The ferry runs\n- Buses do not" in article.text
    assert "Subscribe" not in article.text
    assert "<" not in article.text


@pytest.mark.parametrize(
    "html",
    ["", "<html><body><script>draw()</script></body></html>", "<html><body><div id=app></div>"],
)
def test_page_without_words_is_refused(html: str) -> None:
    """A page that a script draws has no article, and the author learns what to do."""
    with pytest.raises(Refused, match="no article's text") as refused:
        article_of_html(html)
    assert "drawn by a script" in refused.value.help


def test_control_character_in_a_page_does_not_lose_it() -> None:
    """A reference to a character that no page can show becomes a space, others stay."""
    html = PAGE.replace("Tuesday night", "&#1;&#x1B;Tuesday&#127; &#233;&#x110000; night")
    text = article_of_html(html).text
    assert "on Tuesday" in " ".join(text.split())
    assert "é" in text
    assert "\x1b" not in text


def test_page_with_a_date_in_its_text_alone_has_none() -> None:
    """A day that an article speaks of is not the day of the article."""
    html = PAGE.replace('property="article:published_time" content="2025-03-04T10:00:00Z"', "")
    assert article_of_html(html.replace("on Tuesday night", "on 4 March 2025")).published == ""


def test_pdf_gives_its_lines_and_what_it_says_of_itself() -> None:
    """Lines end as on the page, pages are a blank line apart, and parted words are counted."""
    raw = pdf([["The bridge was closed to traf-", "fic on Tuesday."], ["It rained."]])
    article = article_of_pdf(raw, 1000)
    assert article.text == "The bridge was closed to traf-\nfic on Tuesday.\n\nIt rained.\n"
    assert (article.title, article.authors) == ("Bridge closed", ("Ada Lindqvist",))
    assert article.published == "2025-03-04"
    assert "may part at the end of a line: 1;" in article.remarks[0]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (pdf([[]]), "no article's text"),
        (b"%PDF-1.7\nnothing", "cannot be read"),
        (pdf([["a"]])[:200], "cannot be read"),
        (pdf([["long " * 50]]), "too much text"),
    ],
)
def test_pdf_without_words_is_refused(raw: bytes, message: str) -> None:
    """Pictures of pages, broken files and books are each one clear error."""
    with pytest.raises(Refused, match=message) as refused:
        article_of_pdf(raw, 100)
    assert refused.value.help


def test_extracted_text_holds_nothing_that_no_page_can_show() -> None:
    """Control characters become spaces, lone surrogates a mark; words in any script stay."""
    assert tidy_text("a\x00b\x0cc\u2028d\ud800\r\n\r\n\r\n\r\nשלום\u200f 日本\n") == (
        "a b c d\ufffd\n\nשלום\u200f 日本\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n  # Bridge closed \n\nIt was.", "Bridge closed"),
        ("It rained all day.\nIt did.", ""),
        ("a" * 300, ""),
        ("", ""),
    ],
)
def test_first_line_may_be_a_title(text: str, expected: str) -> None:
    """A sentence is no title, nor is a long line."""
    assert first_line(text) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://example.org/a#b", "https://example.org/a"),
        ("javascript:alert(1)", ""),
        ("https://me:secret@example.org/", ""),
        ("/a", ""),
        ("http://[", ""),
        ("http://example.org/a b", ""),
    ],
)
def test_only_web_addresses_are_kept(written: str, expected: str) -> None:
    """What a page calls its address is kept only if it is one, without a password."""
    assert web_address(written) == expected
