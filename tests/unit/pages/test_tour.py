"""The tour takes the way that shows most, and shorter ways where there is less."""

from __future__ import annotations

from sitegen.pages.survey import survey_of
from sitegen.pages.tour import tour
from sitegen.views import TourView
from tests.sites import site_of

SOURCES = """
-- content/sources/a.yaml --
title: A
text: a.txt
-- seeds/a.txt --
It rained. It was wet.
-- content/sources/b.yaml --
title: B
text: b.txt
-- seeds/b.txt --
It rained hard.
"""
CLAIMS = """
-- content/claims/rain.yaml --
statement: It rained.
evidence: [{source: a, quote: It rained}, {source: b, quote: rained hard}]
assessment: {verdict: confirmed}
-- content/claims/wet.yaml --
statement: It was wet.
evidence: [{source: a, quote: It was wet}]
"""
QUESTION = """
-- content/questions/weather.yaml --
question: How was the weather?
answers: [{claim: wet}, {claim: rain}]
assessment: {verdict: likely, confidence: high}
"""


def tour_of(text: str) -> TourView:
    """Return the tour of a site that has one."""
    cards = site_of(text).cards
    found = tour(cards, survey_of(cards).way.value)
    assert found
    return found


def test_way_leads_from_a_question_through_its_best_answer_to_the_words() -> None:
    """A judged question comes first, then the answer with most origins, then words one can find."""
    found = tour_of(SOURCES + CLAIMS + QUESTION)
    assert found.judgement
    assert found.judgement.url == "questions/weather.html"
    assert (found.verdict, found.confidence) == ("likely", "high")
    assert found.claim.url == "claims/rain.html"
    assert found.evidence_url == "claims/rain.html#evidence-1"
    assert found.excerpt.passage_url == "sources/a.html#passage-0-9"


def test_question_without_a_judgement_is_passed_over() -> None:
    """Where no question is judged, the way begins at a claim that is."""
    unjudged = QUESTION.partition("assessment")[0]
    found = tour_of(SOURCES + CLAIMS + unjudged)
    assert found.judgement
    assert found.judgement.url == "claims/rain.html#assessment"
    assert found.verdict == "confirmed"


def test_without_any_judgement_the_way_begins_at_a_claim() -> None:
    """Where nothing is judged, there is no first station."""
    found = tour_of(SOURCES + CLAIMS.replace("assessment: {verdict: confirmed}\n", ""))
    assert found.judgement is None
    assert found.claim.url == "claims/rain.html"


def test_passage_that_can_be_looked_up_is_preferred() -> None:
    """Evidence whose text is not held is shown only where there is no other."""
    held = SOURCES + "-- content/sources/c.yaml --\ntitle: C\n"
    claim = (
        "-- content/claims/rain.yaml --\nstatement: It rained.\nevidence:\n"
        "  - {source: c, quote: It rained and rained}\n"
    )
    assert tour_of(held + claim).excerpt.passage_url == ""
    assert tour_of(held + claim + "  - {source: b, quote: rained hard}\n").excerpt.number == 2


def test_same_notes_give_the_same_way() -> None:
    """Where several ways are as good, it is always the same one."""
    twins = "".join(
        f"-- content/claims/c{n}.yaml --\nstatement: S{n}.\nevidence: [{{source: a, quote: wet}}]\n"
        for n in range(3)
    )
    assert {tour_of(SOURCES + twins).claim.ref for _ in range(3)} == {"claim:c2"}


def test_site_without_claims_has_no_tour() -> None:
    """Without a claim there is nothing to follow."""
    cards = site_of(SOURCES).cards
    assert tour(cards, survey_of(cards).way.value) is None
