"""The converter proper: places for links, and limits on the work."""

from __future__ import annotations

import pytest

from sitegen.markup.link_syntax import LinkRef, TooMuchWorkError
from sitegen.markup.site_markdown import convert_markdown


def test_links_stand_as_numbered_places() -> None:
    """Each link leaves a numbered place with the author's spelling in the HTML."""
    html, links, problems = convert_markdown("a [[b]]\n\n![[claim:c]]")

    assert html == ('<p>a <data value="0">[[b]]</data></p>\n<data value="1">![[claim:c]]</data>')
    assert links == (
        LinkRef(None, "b", None, embed=False, written="[[b]]"),
        LinkRef("claim", "c", None, embed=True, written="![[claim:c]]"),
    )
    assert problems == ()


def test_brackets_that_never_close_cost_too_much() -> None:
    """Looking for the ends of thousands of open brackets is given up."""
    with pytest.raises(TooMuchWorkError):
        convert_markdown("[" * 5_000)


def test_brackets_that_close_cost_nothing_of_the_limit() -> None:
    """Thousands of omissions and links in one paragraph are no hostile text."""
    html, links, _ = convert_markdown("He […] said [a](https://x.org) and [[b]]. " * 2_000)

    assert html.count("[…]") == 2_000
    assert html.count("<a ") == len(links) == 2_000


def test_problems_come_in_the_order_of_the_text_and_once() -> None:
    """What is wrong in several ways is reported from top to bottom, the same mistake once."""
    _, _, problems = convert_markdown("[[ x\n\n![a](b)\n\n[c](d) [c](d)\n\ne ![[claim:f]]")

    assert [problem.rule for problem in problems] == [
        "malformed-link",
        "image-not-allowed",
        "relative-link",
        "embed-not-alone",
    ]


@pytest.mark.parametrize(
    ("written", "start"), [("1.", ""), ("07.", "7"), ("٣.", "3"), ("9" * 20 + ".", "")]
)
def test_list_begins_with_a_number_that_html_knows(written: str, start: str) -> None:
    """The first number of a list is written in plain digits, where it is one to show."""
    html, _, _ = convert_markdown(f"{written} a")

    assert html.startswith(f'<ol start="{start}">' if start else "<ol>")
