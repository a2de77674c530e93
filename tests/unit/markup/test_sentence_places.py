"""A link in Markdown is found in the sentence in which it stands."""

from __future__ import annotations

import pytest

from sitegen.markup import convert, linked_sentences
from sitegen.markup.sentence_places import places_of


def sentences_of_links(text: str) -> list[str]:
    """Return for each link of a text the sentence in which it stands, and links as written."""
    links = convert(text).links
    return [
        said.filled(lambda each: each.written)
        for link, said in zip(links, linked_sentences(text), strict=True)
        if not link.embed
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. Kim says [[c]]\nis so. It is.", ["Kim says [[c]] is so."]),
        ("First [[c]] is so. Then [[c]] is not.", ["First [[c]] is so.", "Then [[c]] is not."]),
        ("Write `[[c]]` for a link. Kim says [[c]] is.", ["Kim says [[c]] is."]),
        ("![[claim:c]]\n\nKim said [[claim:c]] is wrong.", ["Kim said [[claim:c]] is wrong."]),
        ("He saw [[c|St. P. It poured]] then.", ["He saw [[c|St. P. It poured]] then."]),
        ("See [Kim. Jong](https://x.org/a) and [[c]] there.",
         ["See Kim. Jong and [[c]] there."]),
        ("# Heading [[c]]\nText after.", ["Heading [[c]]"]),
        ("- one [[c]]\n- two", ["one [[c]]"]),
        ("> He said.\n> [[c]] it is.", ["[[c]] it is."]),
    ],
)  # fmt: skip
def test_link_stands_in_its_sentence(text: str, expected: list[str]) -> None:
    """Whatever stands before it, within it, or on the lines around it."""
    assert [each.lstrip("#> ") for each in sentences_of_links(text)] == expected


def test_sentence_has_no_halves_of_characters() -> None:
    """No page can show them, whether the text needs Markdown or not."""
    assert sentences_of_links("So \ud800 [[c]].") == ["So \ufffd [[c]]."]
    assert sentences_of_links("# So \ud800 [[c]].") == ["So \ufffd [[c]]."]


def test_link_that_is_not_found_stands_where_the_last_one_was() -> None:
    """No text makes it an error."""
    assert list(places_of("a [[b]] c", ["[[b]]", "[[b]]", "[[d]]"])) == [2, 2, 2]
