"""Labels, links and cards say in a few lines what notes and findings say."""

from __future__ import annotations

import pytest

from sitegen.kinds import Kind
from sitegen.notes import ClaimId, EventId, SourceId
from sitegen.pages.cards import direction
from sitegen.views import ClaimCard, DateView, EventCard, NoteLink, SourceLabel
from tests.sites import site_of

SITE = """
-- content/sources/a.yaml --
title: The A
publisher: Herald
published: 2024-06~
kind: news
reliability: B
-- content/sources/b.yaml --
title: The B
-- content/sources/c.yaml --
title: The C
-- content/actors/kim.yaml --
name: Kim
-- content/places/seoul.yaml --
name: Seoul
-- content/measures/rain.yaml --
title: Rain
unit: mm
-- content/claims/c.yaml --
statement: It rained.
kind: estimate
date: 2024-06-19
asserted_by: [kim]
evidence:
  - {source: a, quote: x}
  - {source: b, quote: x}
  - {source: b, quote: y}
  - {source: c, quote: x, stance: mentions}
quantity: {measure: rain, value: 12, qualifier: about}
assessment: {verdict: likely, likelihood: very-likely, confidence: moderate}
-- content/claims/plain.yaml --
statement: It was wet.
evidence: [{source: a, quote: x}]
-- content/events/e.yaml --
title: Storm
kind: other
date: 2024-06-19
evidence: [{source: a, quote: x}]
rival_dates: [{date: 2024-06-18, source: a, quote: y}]
actors: [kim]
places: [seoul]
claims: [c]
-- content/events/earlier.yaml --
title: Earlier
date: 2023
"""
KIM = NoteLink("actor:kim", "actors/kim.html", "Kim")


def test_claim_card_shows_standing_beside_the_authors_judgement() -> None:
    """The two are never merged; articles and supporting origins are counted apart."""
    assert site_of(SITE).cards.claims[ClaimId("c")] == ClaimCard(
        ref="claim:c",
        url="claims/c.html",
        statement="It rained.",
        kind="estimate",
        date=DateView("19 June 2024", "2024-06-19", "2024-06-19", is_doubtful=False),
        standing="corroborated",
        verdict="likely",
        likelihood="very-likely",
        confidence="moderate",
        articles=3,
        origins=2,
        asserted_by=(KIM,),
        quantity="about 12 mm",
    )


def test_claim_that_nobody_judged_shows_no_default() -> None:
    """What the author did not say is empty, never a middle value."""
    card = site_of(SITE).cards.claims[ClaimId("plain")]
    assert (card.verdict, card.likelihood, card.confidence, card.quantity) == ("", "", "", "")
    assert (card.date, card.standing) == (None, "single-origin")


def test_event_card_counts_what_speaks_of_it() -> None:
    """Sources of its own evidence and of its claims are counted, each once."""
    card = site_of(SITE).cards.events[EventId("e")]
    assert isinstance(card, EventCard)
    assert (card.claims, card.sources) == (1, 3)
    assert [each.words for each in card.rival_dates] == ["18 June 2024"]
    assert card.actors == (KIM,)
    assert [each.title for each in card.places] == ["Seoul"]


def test_source_label_leaves_what_is_not_known_empty() -> None:
    """An ungraded source has no letter, and no publisher is made up."""
    labels = site_of(SITE).cards.labels
    assert labels[SourceId("a")] == SourceLabel(
        ref="source:a",
        url="sources/a.html",
        title="The A",
        publisher="Herald",
        published=DateView("about June 2024", "2024-06~", "", is_doubtful=True),
        kind="news",
        reliability="B",
    )
    assert labels[SourceId("b")] == SourceLabel(
        "source:b", "sources/b.html", "The B", "", None, "", ""
    )


def test_cards_can_be_picked() -> None:
    """Links by kind and cards by id come in the order asked for, events by date and once."""
    cards = site_of(SITE).cards
    assert cards.links_to(Kind.ACTOR, ["kim", "kim"]) == (KIM, KIM)
    assert [each.ref for each in cards.cards_of([ClaimId("plain"), ClaimId("c")])] == [
        "claim:plain",
        "claim:c",
    ]
    ids = [EventId("e"), EventId("earlier"), EventId("e")]
    assert [each.title for each in cards.events_by_date(ids)] == ["Earlier", "Storm"]


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "ltr"),
        ("ko-KR", "ltr"),
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("FA", "rtl"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("arn", "ltr"),
    ],
)
def test_direction_follows_language_and_script(lang: str, written: str) -> None:
    """A script that is named goes before what the language is usually written in."""
    assert direction(lang) == written
