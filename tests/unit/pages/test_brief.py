"""The whole brief holds what is judged or answers a question, and numbers what it rests on."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sitegen.pages import brief, splitting
from sitegen.pages.brief import brief_page
from sitegen.pages.disagreement_views import conflicts_of
from sitegen.pages.survey import survey_of
from sitegen.pages.weights import weigh_brief
from sitegen.views import BriefPage
from tests.sites import LinkedSite, site_of

SITE = """
-- content/sources/late.yaml --
title: The Late
published: 2024
url: https://example.org/late
text: late.txt
-- seeds/late.txt --
It rained in May. The river rose. The mayor spoke. It was dry.
-- content/sources/early.yaml --
title: The Early
published: 2023
-- content/questions/q.yaml --
question: Did it rain?
answers: [{claim: rained, note: Yes.}]
assessment: {verdict: likely, gaps: [How much.], assumptions: [Clocks were right.]}
-- content/claims/rained.yaml --
statement: It rained.
evidence:
  - {source: late, quote: The river rose., stance: mentions}
  - {source: late, quote: It rained in May.}
  - {source: early, quote: Rain.}
-- content/claims/spoke.yaml --
statement: The mayor spoke.
evidence:
  - {source: late, quote: The mayor spoke.}
  - {source: late, quote: The river rose.}
assessment: {confidence: low}
-- content/claims/dry.yaml --
statement: It was dry.
evidence: [{source: late, quote: It was dry.}]
relations: [{type: contradicts, claim: rained, why: Either or.}]
-- content/claims/plain.yaml --
statement: Nobody asked.
evidence: [{source: early, quote: Nothing.}]
-- content/events/storm.yaml --
title: The storm
date: 2024-05
-- content/measures/m.yaml --
title: Rain
unit: mm
-- content/pages/index.md --
---
title: In short
---
It [[claim:rained|rained]].
"""


def whole(site: LinkedSite) -> BriefPage:
    """Return the brief of a site."""
    return brief_page(site.cards, survey_of(site.cards), conflicts_of(site.cards))


@pytest.fixture(scope="module")
def page() -> BriefPage:
    """Return the brief that most tests here look at."""
    return whole(site_of(SITE))


def test_sources_are_numbered_by_date(page: BriefPage) -> None:
    """Each has its number, its card and its address."""
    assert [(each.number, each.card.label.title, each.live_url) for each in page.sources] == [
        (1, "The Early", ""),
        (2, "The Late", "https://example.org/late"),
    ]


def test_excerpts_are_numbered_source_by_source_in_the_order_of_the_text(page: BriefPage) -> None:
    """A passage that two claims quote has one number; what the brief does not use has none."""
    assert [
        (each.number, each.source_number, each.excerpt.segments[0]) for each in page.excerpts
    ] == [
        (1, 1, "Rain."),
        (2, 2, "It rained in May."),
        (3, 2, "The river rose."),
        (4, 2, "The mayor spoke."),
        (5, 2, "It was dry."),
    ]


def test_claims_refer_to_the_numbers_with_their_stances(page: BriefPage) -> None:
    """An answer lists its excerpts in order of their numbers."""
    (question,) = page.questions
    (answer,) = question.answers
    assert answer.note == "Yes."
    assert [(each.number, each.stance) for each in answer.references] == [
        (1, "supports"),
        (2, "supports"),
        (3, "mentions"),
    ]


def test_judged_claims_that_answer_nothing_stand_apart(page: BriefPage) -> None:
    """What is neither judged nor an answer is counted and left to its own page."""
    (judged,) = page.judged
    assert judged.claim.statement == "The mayor spoke."
    assert [each.number for each in judged.references] == [3, 4]
    assert (page.shown, page.claims, page.left_out) == (2, 4, 0)


def test_disagreements_name_their_sides_by_number(page: BriefPage) -> None:
    """Each account refers to its words, also where its claim is not in the brief itself."""
    (found,) = page.disagreements
    assert found.summary == "Either or."
    assert {side.title: [each.number for each in side.references] for side in found.sides} == {
        "It was dry.": [5],
        "It rained.": [1, 2, 3],
    }


def test_the_rest_of_the_site_is_gathered(page: BriefPage) -> None:
    """Bottom line, events and unknowns are those of the other pages; empty measures are not."""
    assert page.lead == "In short"
    assert page.bottom_line
    assert [card.title for card in page.events] == ["The storm"]
    assert [gap.text for gap in page.gaps + page.assumptions] == ["How much.", "Clocks were right."]
    assert page.plots == ()


def test_a_brief_of_too_many_claims_says_how_many_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Answers come before other judgements."""
    monkeypatch.setattr(brief, "WHOLE", replace(brief.WHOLE, claims=1))
    page = whole(site_of(SITE))
    assert [len(question.answers) for question in page.questions] == [1]
    assert page.judged == ()
    assert (page.shown, page.left_out) == (1, 1)


def test_a_brief_of_too_many_disagreements_says_how_many_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is not shown has no numbers either."""
    monkeypatch.setattr(brief, "WHOLE", replace(brief.WHOLE, disagreements=0))
    page = whole(site_of(SITE))
    assert page.disagreements == ()
    assert page.more_disagreements == 1
    assert "It was dry." not in {each.excerpt.segments[0] for each in page.excerpts}


def test_a_brief_that_would_be_heavy_is_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds the first of each kind and counts the rest; only sources it cites are listed."""
    monkeypatch.setattr(brief, "HEAVIEST_WHOLE", 0)
    monkeypatch.setattr(brief, "SHORT", brief.Limits(1, 0, 0, 2, 0, 1))
    page = whole(site_of(SITE))
    assert (page.shown, page.left_out) == (1, 1)
    assert (page.events, page.more_events) == ((), 1)
    assert (len(page.gaps), len(page.assumptions)) == (1, 1)
    assert {each.number for each in page.sources} == {each.source_number for each in page.excerpts}


def test_a_short_brief_that_is_too_heavy_is_shorter_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It has less of each kind until it is as light as other pages."""
    monkeypatch.setattr(brief, "HEAVIEST_WHOLE", 0)
    monkeypatch.setattr(brief, "SHORT", brief.Limits(2, 1, 1, 1, 1, 1))
    light = whole(site_of(SITE))
    monkeypatch.setattr(splitting, "LIGHT", weigh_brief(light) - 1)
    shorter = whole(site_of(SITE))
    assert 0 < shorter.shown < light.shown
    assert weigh_brief(shorter) < weigh_brief(light)


def test_the_brief_of_a_large_site_is_as_light_as_other_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However few of its claims belong in a brief: that of a small site alone may be heavier."""
    monkeypatch.setattr(splitting, "LIGHT", 2000)
    assert len(whole(site_of(SITE)).sources) == 2
    monkeypatch.setattr(brief, "LARGE", 3)
    assert whole(site_of(SITE)).left_out == 1


def test_the_brief_of_a_large_site_is_weighed_even_if_it_seemed_light(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was estimated beforehand does not count."""
    monkeypatch.setattr(brief, "limits_for", lambda *_: brief.WHOLE)
    is_whole = whole(site_of(SITE))
    monkeypatch.setattr(splitting, "LIGHT", weigh_brief(is_whole) - 1)
    assert whole(site_of(SITE)) == is_whole
    monkeypatch.setattr(brief, "LARGE", 0)
    assert weigh_brief(whole(site_of(SITE))) < weigh_brief(is_whole)


def test_an_empty_site_has_a_brief() -> None:
    """The page that others link to is there whatever the site holds."""
    page = whole(site_of("-- content/site.yaml --\ntitle: Nothing yet\n"))
    assert page.lead == "Nothing yet"
    assert page.excerpts == ()
