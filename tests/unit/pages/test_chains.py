"""The chain of a report leads from its first origins to the articles, column by column."""

from __future__ import annotations

import inspect
import sys

from sitegen.pages.chains import chain_view
from sitegen.rules.limits import MOST_ORIGINS
from sitegen.views import ChainView
from tests.sites import site_of

CLAIM = """
-- content/claims/c.yaml --
statement: It rained.
evidence:
"""


def drawn(text: str, claim: str) -> ChainView | None:
    """Return the chain of a claim's whole evidence."""
    site = site_of(text + CLAIM + claim)
    return chain_view(site.cards, site.citations("claim", "c"))


def columns(view: ChainView | None) -> list[list[str]]:
    """Return the refs of every column, top down."""
    assert view is not None
    return [
        [node.ref for node in view.nodes if node.column == column] for column in range(view.columns)
    ]


def ties(view: ChainView | None) -> set[tuple[str, str]]:
    """Return who feeds whom."""
    assert view is not None
    return {(node.ref, view.nodes[to].ref) for node in view.nodes for to in node.feeds}


def test_articles_without_origins_have_no_chain() -> None:
    """There is nothing to draw where nobody names an origin."""
    text = "-- content/sources/a.yaml --\ntitle: A\n"
    assert drawn(text, "  - {source: a, quote: Wet.}\n") is None


def test_one_article_of_one_origin_has_no_chain() -> None:
    """There is nothing to draw that its title does not say."""
    text = """
-- content/actors/agency.yaml --
name: Agency
-- content/sources/a.yaml --
title: A
origins: [agency]
"""
    assert drawn(text, "  - {source: a, quote: Wet.}\n") is None


def test_two_articles_of_one_origin_stand_in_one_column() -> None:
    """The origin stands before both, at half their height."""
    text = """
-- content/actors/agency.yaml --
name: Agency
-- content/sources/a.yaml --
title: A
origins: [agency]
-- content/sources/b.yaml --
title: B
origins: [agency]
"""
    view = drawn(text, "  - {source: a, quote: Wet.}\n  - {source: b, quote: Wet.}\n")
    assert columns(view) == [["actor:agency"], ["source:a", "source:b"]]
    assert ties(view) == {("actor:agency", "source:a"), ("actor:agency", "source:b")}
    assert view is not None
    assert [(node.row, view.rows) for node in view.nodes] == [(0.5, 2), (0.0, 2), (1.0, 2)]


def test_origins_of_origins_are_followed() -> None:
    """What an article has from another one comes from that one's origins too."""
    text = """
-- content/actors/official.yaml --
name: Official
-- content/sources/wire.yaml --
title: Wire
origins: [official]
-- content/sources/a.yaml --
title: A
origins: ["source:wire", official]
"""
    view = drawn(text, "  - {source: a, quote: Wet.}\n")
    assert columns(view) == [["actor:official"], ["source:wire"], ["source:a"]]
    assert ("actor:official", "source:a") in ties(view)


def test_a_passage_that_names_its_own_origin_has_that_one() -> None:
    """The passage's origins stand in for its article's."""
    text = """
-- content/actors/official.yaml --
name: Official
-- content/actors/agency.yaml --
name: Agency
-- content/sources/a.yaml --
title: A
origins: [agency]
-- content/sources/b.yaml --
title: B
origins: [official]
"""
    own = "  - {source: a, quote: Wet., origins: [official]}\n"
    view = drawn(text, own + "  - {source: b, quote: Wet.}\n")
    assert columns(view) == [["actor:official"], ["source:a", "source:b"]]


def test_an_article_that_feeds_another_stands_before_it() -> None:
    """Evidence may hold both an article and its origin."""
    text = """
-- content/sources/wire.yaml --
title: Wire
-- content/sources/a.yaml --
title: A
origins: ["source:wire"]
-- content/sources/b.yaml --
title: B
origins: ["source:wire"]
"""
    quotes = "".join(f"  - {{source: {each}, quote: Wet.}}\n" for each in ("a", "b", "wire"))
    assert columns(drawn(text, quotes)) == [["source:wire"], ["source:a", "source:b"]]


def test_a_passage_may_name_an_article_that_has_it_from_its_own() -> None:
    """Such a circle of origins neither hangs nor loses an article."""
    text = """
-- content/actors/agency.yaml --
name: Agency
-- content/sources/a.yaml --
title: A
-- content/sources/b.yaml --
title: B
origins: ["source:a", agency]
"""
    view = drawn(text, '  - {source: a, quote: Wet., origins: ["source:b"]}\n')
    circle = {("source:a", "source:b"), ("source:b", "source:a")}
    assert ties(view) == {*circle, ("actor:agency", "source:b")}


def test_a_very_long_chain_is_no_trouble() -> None:
    """As many articles as are allowed have it from one another, whatever Python's stack holds."""
    sources = "".join(
        f'-- content/sources/s{at}.yaml --\ntitle: S\norigins: ["source:s{at + 1}"]\n'
        for at in range(MOST_ORIGINS)
    )
    text = f"{sources}-- content/sources/s{MOST_ORIGINS}.yaml --\ntitle: S\n"
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 90)
    try:
        view = drawn(text, "  - {source: s0, quote: Wet.}\n")
    finally:
        sys.setrecursionlimit(limit)
    assert view is not None
    assert view.columns == MOST_ORIGINS + 1
