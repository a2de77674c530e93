"""The page of search: the lists it leads to, and examples that find something."""

from __future__ import annotations

from sitegen.pages.search_page import search_page
from sitegen.pages.survey import survey_of
from sitegen.views import SearchPage
from tests.sites import LinkedSite, site_of

SITE = """
-- content/sources/a.yaml --
title: A
publisher: The Gazette
text: a.txt
-- seeds/a.txt --
It rained all day. Nobody came.
-- content/actors/ann.yaml --
name: Ann
-- content/events/flood.yaml --
title: The flood
date: 2024-06-02
-- content/claims/rain.yaml --
statement: It rained.
asserted_by: [ann]
evidence: [{source: a, quote: It rained all day}]
"""


def page_of(site: LinkedSite) -> SearchPage:
    """Return the page of search of a site."""
    return search_page(site.cards, survey_of(site.cards))


def test_lists_say_how_many_notes_they_have() -> None:
    """Whoever cannot search sees where every kind of note is listed, and how many there are."""
    page = page_of(site_of(SITE))
    assert [(each.ref, each.url, each.detail) for each in page.lists][:4] == [
        ("claim", "claims/index.html", "1"),
        ("event", "events/index.html", "1"),
        ("question", "questions/index.html", "0"),
        ("actor", "actors/index.html", "1"),
    ]


def test_examples_are_taken_from_the_site() -> None:
    """Each field is shown with an example that finds something; words with spaces are quoted."""
    page = page_of(site_of(SITE))
    assert dict(page.examples) == {
        "by": "by:Ann",
        "source": 'source:"The Gazette"',
        "before": "before:2025",
        "after": "after:2023",
        "is": "is:single-origin",
        "kind": "kind:fact",
    }


def test_years_of_examples_part_the_events() -> None:
    """Where events lie in several years, the examples find some of them and not the others."""
    linked = site_of(SITE + "-- content/events/war.yaml --\ntitle: War\ndate: 1950/1953\n")
    examples = dict(page_of(linked).examples)
    assert (examples["before"], examples["after"]) == ("before:2024", "after:1950")


def test_site_without_notes_has_no_examples() -> None:
    """No field is explained by an example that would find nothing."""
    assert page_of(site_of("-- content/site.yaml --\ntitle: T\n")).examples == ()
