"""Where the words of a quotation stand that its own source does not have."""

from __future__ import annotations

from sitegen.build import examine
from tests.conftest import MakeProject

SITE = """
-- content/site.yaml --
title: Rain
-- content/sources/herald.yaml --
title: Herald
text: herald.txt
-- content/sources/mirror.yaml --
title: Mirror
text: mirror.txt
-- seeds/herald.txt --
It was dry.
-- seeds/mirror.txt --
Nobody was seen on Monday.
"""


def claim(name: str) -> str:
    """Return a claim that quotes the Mirror's words as the Herald's."""
    return (
        f"-- content/claims/{name}.yaml --\n"
        f"statement: {name}\n"
        "evidence:\n  - source: herald\n    quote: Nobody was  seen on Monday\n"
    )


def helps(project: MakeProject, text: str) -> list[str]:
    """Return the help on every quotation that is not in its source."""
    found = examine(project(text)).diagnostics
    return [each.help for each in found if each.rule in {"quote-missing", "quote-changed"}]


def test_article_that_has_the_words_is_named(project: MakeProject) -> None:
    """Spaces count as little as in a proof; the way out of before is still told."""
    (said,) = helps(project, SITE + claim("one"))
    assert said == (
        "these very words stand in seeds/mirror.txt:1:1 (`source: mirror`); "
        "or copy the words from seeds/herald.txt"
    )


def test_words_that_are_merely_alike_are_in_no_other_article(project: MakeProject) -> None:
    """Near is not equal in other articles either."""
    text = SITE.replace("Nobody was seen on Monday", "Nobody was heard on Monday")
    assert helps(project, text + claim("one")) == ["copy the words from seeds/herald.txt"]


def test_only_so_many_quotations_are_looked_for(project: MakeProject) -> None:
    """Where a whole source is wrong, the first twenty tell it."""
    found = helps(project, SITE + "".join(claim(f"c{number:02}") for number in range(25)))
    assert ["mirror" in each for each in found] == [True] * 20 + [False] * 5
