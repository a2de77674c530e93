"""Names are found in texts, however these are written."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.markup import mentions
from sitegen.markup.mentions import build_mentions, link_mentions


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_words_of_ascii_are_those_of_any_text(text: str) -> None:
    """What finds the words of ASCII finds there what is found in any script."""
    assert mentions._ASCII_TOKEN.findall(text) == mentions._TOKEN.findall(text)


_HTML = st.sampled_from(
    [
        *("Ann Lee", "Ann", "Lee", "R&amp;D", "x", " ", "\n", "&quot;", "O'Brien", "é"),
        *("<p>", "</p>", "<em>", "</em>", "<code>", "</code>", "<h4>", "</h4>"),
        *('<a class="ref" data-ref="actor:b" href="site:b">', "</a>"),
    ]
)
_NAMES = build_mentions(
    [
        ("Ann Lee", "actor:a", "actors/a.html"),
        ("Lee", "place:l", "places/l.html"),
        ("R&D", "actor:r", "actors/r.html"),
        ("O'Brien", "actor:b", "actors/b.html"),
    ]
)


@given(st.lists(_HTML, max_size=14).map("".join))
@example("<p>Lee</p><code>Ann Lee</code><p>Ann Lee</p>")
def test_a_character_written_out_changes_no_other_link(html: str) -> None:
    """A text that must be read to be searched has the same names linked as one as it is."""
    written_out = link_mentions(f"{html}<p>&amp;</p>", _NAMES, ())
    assert written_out == link_mentions(f"{html}<p>+</p>", _NAMES, ()).replace("+", "&amp;")
