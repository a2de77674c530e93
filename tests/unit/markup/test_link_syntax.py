"""What stands between two brackets is read, or refused with a way out."""

from __future__ import annotations

import pytest

from sitegen.markup.link_syntax import LinkRef, MarkupProblem, read_link


@pytest.mark.parametrize(
    ("content", "kind", "id_", "words"),
    [
        ("x", None, "x", None),
        (" x ", None, "x", None),
        ("x|a b", None, "x", "a b"),
        ("claim:x", "claim", "x", None),
        (" claim : x | a\n  b ", "claim", "x", "a b"),
        ("x|a: b | c", None, "x", "a: b | c"),
        ("x|a\u00a0b", None, "x", "a\u00a0b"),
    ],
)
def test_link_has_kind_id_and_words(
    content: str, kind: str | None, id_: str, words: str | None
) -> None:
    """Kind and words may be left out; white space around the parts does not count."""
    assert read_link(content, embed=False, written="w") == LinkRef(kind, id_, words, False, "w")


def test_embed_has_kind_and_id() -> None:
    """An embed's id may be the text of a date."""
    link = read_link("timeline:2024-06/..", embed=True, written="w")

    assert link == LinkRef("timeline", "2024-06/..", None, embed=True, written="w")


@pytest.mark.parametrize(
    ("content", "embed", "message"),
    [
        ("", False, "this link names no note"),
        ("claim:", False, "this link names no note"),
        ("|a", False, "this link names no note"),
        ("x| ", False, 'this link has no words after its "|"'),
        ("x", True, "a card is embedded by its kind and id alone"),
        (":x", True, "a card is embedded by its kind and id alone"),
        ("claim:x|a", True, "a card is embedded by its kind and id alone"),
        (":x", False, 'no kind of note that can be linked is ""'),
        ("Claim:x", False, 'no kind of note that can be linked is "Claim"'),
        ("timeline:2024", False, 'no kind of note that can be linked is "timeline"'),
        ("actor:x", True, 'no kind of note that can be embedded is "actor"'),
    ],
)
def test_malformed_link_says_what_is_wrong(content: str, embed: bool, message: str) -> None:
    """What cannot be read is a problem with the author's spelling and a hint."""
    problem = read_link(content, embed=embed, written="[[w]]")

    assert isinstance(problem, MarkupProblem)
    assert (problem.rule, problem.message) == ("malformed-link", message)
    assert problem.written == "[[w]]"
    assert problem.help
