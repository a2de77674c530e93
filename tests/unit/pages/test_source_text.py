"""A source's text is shown as far as its rights allow, cut so that every passage can be marked."""

from __future__ import annotations

import pytest

from sitegen.notes import SourceId
from sitegen.pages.source_text import paragraph_views, passages_of, unlocated
from sitegen.views import ParagraphView
from tests.sites import LinkedSite, site_of

TEXT = """It rained all day. Nobody came.

The river rose. Read more!

Then it fell. People came. They spoke.

The end.
"""
A = SourceId("a")


def source_with(*quotes: str, rights: str = "excerpts", more: str = "") -> LinkedSite:
    """Return a site of the text and a claim that quotes it so, all with the stance `supports`."""
    evidence = "".join(f"  - {{source: a, quote: '{quote}'}}\n" for quote in quotes)
    return site_of(
        f"-- content/sources/a.yaml --\ntitle: A\ntext: a.txt\nrights: {rights}\n"
        f"ignore: [Read more!]\n-- seeds/a.txt --\n{TEXT}"
        f"-- content/claims/c.yaml --\nstatement: Claim.\nevidence:\n{evidence}{more}"
    )


def shown(linked: LinkedSite) -> list[ParagraphView]:
    """Return the text as its page shows it."""
    return list(paragraph_views(linked.cards, A, passages_of(linked.cards, A)))


def told(paragraphs: list[ParagraphView]) -> list[str | int]:
    """Return the text of each paragraph, or how many sentences are left out in its place."""
    return [each.left_out or "".join(piece.text for piece in each.pieces) for each in paragraphs]


@pytest.mark.parametrize(
    ("rights", "quotes", "expected"),
    [
        (
            "full",
            ["People came."],
            [
                "It rained all day. Nobody came.",
                "The river rose. Read more!",
                "Then it fell. People came. They spoke.",
                "The end.",
            ],
        ),
        ("excerpts", ["People came."], [4, "Then it fell. People came. They spoke.", 1]),
        ("excerpts", ["The end."], [7, "The end."]),
        (
            "excerpts",
            ["Nobody came. The river"],
            ["It rained all day. Nobody came.", "The river rose. Read more!", 4],
        ),
        (
            "excerpts",
            ["It rained […] They spoke"],
            ["It rained all day. Nobody came.", 2, "Then it fell. People came. They spoke.", 1],
        ),
        ("none", ["People came."], []),
    ],
    ids=[
        "full: all of it",
        "excerpts: the paragraph around the quote",
        "excerpts: all before it left out",
        "excerpts: a quote over two paragraphs",
        "excerpts: an elided quote in two paragraphs",
        "none: nothing",
    ],
)
def test_rights_decide_how_much_is_shown(
    rights: str, quotes: list[str], expected: list[str | int]
) -> None:
    """Paragraphs without a quoted passage are left out unless all may be published."""
    assert told(shown(source_with(*quotes, rights=rights))) == expected


def test_text_that_is_not_held_is_not_shown() -> None:
    """Its quotations are listed instead, as nobody can say where they stand."""
    linked = site_of(
        """
-- content/sources/a.yaml --
title: A
rights: full
-- content/claims/c.yaml --
statement: Claim.
evidence: [{source: a, quote: It rained}]
"""
    )
    assert shown(linked) == []
    assert passages_of(linked.cards, A) == ()
    assert [each.excerpt.words for each in unlocated(linked.cards, A)] == ["It rained"]


def test_pieces_know_what_the_notes_make_of_them() -> None:
    """Quoted, ignored and unused stretches are told apart, and white space is none of them."""
    linked = source_with("The river", rights="full")
    pieces = [(piece.text, piece.use) for piece in shown(linked)[1].pieces]
    assert pieces == [
        ("The river", "quoted"),
        (" rose.", "quoted"),
        (" ", ""),
        ("Read more!", "ignored"),
    ]
    assert [piece.use for piece in shown(linked)[3].pieces] == ["unused"]


def test_marks_are_only_around_the_words_that_are_quoted() -> None:
    """The rest of a quoted sentence counts as worked through, but belongs to no passage."""
    linked = source_with("river rose")
    (paragraph,) = [each for each in shown(linked) if each.pieces]
    assert [(piece.text, len(piece.passages)) for piece in paragraph.pieces] == [
        ("The ", 0),
        ("river rose", 1),
        (".", 0),
        (" ", 0),
        ("Read more!", 0),
    ]


def test_overlapping_passages_are_cut_where_they_begin_and_end() -> None:
    """Each piece lies in the same passages throughout; each passage begins and ends once."""
    linked = source_with("Then it fell. People", "fell. People came", "People came. They")
    (paragraph,) = [each for each in shown(linked) if each.pieces]
    assert [
        (piece.text, "".join(str(each.number) for each in piece.passages))
        for piece in paragraph.pieces
    ] == [
        ("Then it ", "1"),
        ("fell.", "12"),
        (" ", "12"),
        ("People", "123"),
        (" came", "23"),
        (".", "3"),
        (" ", "3"),
        ("They", "3"),
        (" spoke.", ""),
    ]
    begins = [each.number for piece in paragraph.pieces for each in piece.begins]
    ends = [each.number for piece in paragraph.pieces for each in piece.ends]
    assert (begins, ends) == ([1, 2, 3], [1, 2, 3])
    assert [each.number for each in paragraph.passages] == [1, 2, 3]


def test_elided_passage_is_one_with_several_stretches() -> None:
    """What it leaves out is not marked; it begins with the first part and ends with the last."""
    linked = source_with("Then it […] They")
    (paragraph,) = [each for each in shown(linked) if each.pieces]
    assert [piece.text for piece in paragraph.pieces if piece.passages] == ["Then it", "They"]
    assert [piece.text for piece in paragraph.pieces if piece.begins] == ["Then it"]
    assert [piece.text for piece in paragraph.pieces if piece.ends] == ["They"]
    (passage,) = passages_of(linked.cards, A)
    assert passage.view.words == "Then it […] They"


def test_passage_over_two_paragraphs_begins_once() -> None:
    """Only the paragraph where it begins has it in its margin, and only there is its address."""
    linked = source_with("Nobody came. The river")
    first, second, _ = shown(linked)
    assert [len(each.passages) for each in (first, second)] == [1, 0]
    assert [piece.text for each in (first, second) for piece in each.pieces if piece.begins] == [
        "Nobody came."
    ]
    assert [piece.text for piece in second.pieces if piece.ends] == ["The river"]


def test_passage_that_several_notes_quote_is_one() -> None:
    """Its notes, stances and speakers are gathered, each speaker once, in the order of the text."""
    linked = site_of(
        f"""
-- content/actors/kim.yaml --
name: Kim
-- content/sources/a.yaml --
title: A
text: a.txt
-- seeds/a.txt --
{TEXT}
-- content/claims/c.yaml --
statement: Claim.
evidence:
  - {{source: a, quote: The end., said_by: [kim]}}
  - {{source: a, quote: People came., said_by: [kim]}}
-- content/claims/d.yaml --
statement: Doubt.
evidence: [{{source: a, quote: People  came., stance: disputes, said_by: [kim]}}]
-- content/events/e.yaml --
title: Event
date: 2024
evidence: [{{source: a, quote: People came., stance: mentions}}]
"""
    )
    people, end = (each.view for each in passages_of(linked.cards, A))
    assert (people.number, people.words, people.stances) == (
        1,
        "People came.",
        ("supports", "disputes", "mentions"),
    )
    assert [(note.url, note.kind, note.stance, note.standing) for note in people.notes] == [
        ("claims/c.html#evidence-2", "claim", "supports", "single-origin"),
        ("claims/d.html#evidence-1", "claim", "disputes", "contested"),
        ("events/e.html#evidence-1", "event", "mentions", ""),
    ]
    assert [link.title for link in people.said_by] == ["Kim"]
    assert (end.number, end.stances) == (2, ("supports",))


def test_every_passage_has_an_address_of_its_own() -> None:
    """Also passages that begin or end together, and an elided one beside its first part."""
    linked = source_with("Then it fell", "Then it", "it fell", "Then it […] They", "Then")
    anchors = [each.view.anchor for each in passages_of(linked.cards, A)]
    assert len(set(anchors)) == 5
