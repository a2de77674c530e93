"""Characters that cannot be seen are shown on pages, where they could deceive."""

from __future__ import annotations

import pytest

from sitegen.unseen import has_unseen, show_in_html, show_in_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – text, “quoted”\n\tand more", None),
        ("exe\u202egnp.", "exe[U+202E]gnp."),
        ("\u2066isolated\u2069", "[U+2066]isolated[U+2069]"),
        ("pay\u200bpal", "pay[U+200B]pal"),
        ("pay\u200cpal \u2060 \ufeff", "pay[U+200C]pal [U+2060] [U+FEFF]"),
        ("tag\U000e0041", "tag[U+E0041]"),
        ("bell\x07 escape\x1b null\x00 del\x7f next\x85", None),
        ("soft\u00adhyphen, no\u00a0break", None),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("ภาษา\u200bไทย", "ภาษา\u200bไทย"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", None),
    ],
)
def test_what_deceives_is_shown(text: str, shown: str | None) -> None:
    """Controls and signs of direction are shown, joiners only where no script needs them."""
    if "\x07" in text:
        shown = "bell[U+0007] escape[U+001B] null[U+0000] del[U+007F] next[U+0085]"
    assert show_in_text(text) == (text if shown is None else shown)
    if show_in_text(text) != text:
        assert has_unseen(text.encode())


def test_page_gets_marks_where_they_can_stand() -> None:
    """Words get an element, titles, drawings and attributes plain text, addresses an escape."""
    html = (
        "<title>a\u202eb</title>\n"
        '<p title="a\u200bb">x\u202e<a href="https://x.org/\u202e">y</a></p>\n'
        "<svg><title>s</title><text>a\u202eb</text></svg><p>\u2066</p>"
    )
    assert show_in_html(html) == (
        "<title>a[U+202E]b</title>\n"
        '<p title="a[U+200B]b">x<bdi class="unseen" title="right-to-left override, which cannot '
        'be seen">U+202E</bdi><a href="https://x.org/%E2%80%AE">y</a></p>\n'
        "<svg><title>s</title><text>a[U+202E]b</text></svg>"
        '<p><bdi class="unseen" title="left-to-right isolate, which cannot be seen">U+2066</bdi>'
        "</p>"
    )


@pytest.mark.parametrize("page", ["<p>All is seen.</p>", "<p>“So” – é 漢 \u00a0 \u00ad</p>"])
def test_page_without_such_characters_is_known_as_one(page: str) -> None:
    """Nothing need be looked at further, and nothing would be changed."""
    assert not has_unseen(page.encode())
    assert show_in_html(page) == page
