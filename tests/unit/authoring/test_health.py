"""What a project lacks, though nothing in it is wrong."""

from __future__ import annotations

import json
from datetime import date

from sitegen.authoring.health import Health, as_json, as_text, take_stock
from tests.sites import site_of

FILES = """
-- content/site.yaml --
title: Rain
publication:
  max_quoted_share: 40
-- content/sources/herald.yaml --
title: Rain on Monday
text: herald.txt
reliability: B
published: 2024-06-18
-- content/sources/courier.yaml --
title: No rain
text: courier.txt
rights: full
-- content/claims/rain.yaml --
statement: It rained on Monday.
evidence:
  - source: herald
    quote: It rained on Monday.
  - source: courier
    quote: Rain fell on Monday.
assessment:
  verdict: confirmed
  assessed_on: 2024-06-20
-- content/claims/flood.yaml --
statement: The river rose.
evidence:
  - source: herald
    quote: The river rose
-- content/questions/why.yaml --
question: Why did the river rise?
answers:
  - claim: flood
-- seeds/herald.txt --
It rained on Monday. The river rose. Nobody was hurt, as far as anybody knows today.
-- seeds/courier.txt --
Rain fell on Monday.
"""


def stock(today: date | None = None, stale_after: int = 180, files: str = FILES) -> Health:
    """Return what a project in one text lacks."""
    made = site_of(files)
    return take_stock(made.site, made.findings, today, stale_after)


def test_claims_and_sources_that_ask_for_work_are_named() -> None:
    """Single origins, ungraded sources and unjudged answers are each found, and nothing else."""
    found = stock()
    assert [(each.id, each.why) for each in found.single_origin] == [("flood", "only from herald")]
    assert [each.id for each in found.ungraded_sources] == ["courier"]
    assert [(each.id, each.why) for each in found.unassessed_answers] == [("flood", "answers why")]


def test_claims_to_which_only_their_sources_lead_are_named() -> None:
    """One that a question answers or that names an event is led to; the smallest claim is not."""
    found = stock().lone_claims
    why = "only on the page of courier, herald"
    assert [(each.id, each.why) for each in found] == [("rain", why)]


def test_judgements_grow_stale_from_a_given_day() -> None:
    """A judgement is stale once more days than allowed have passed since it was made."""
    assert stock(date(2024, 6, 30), 10).stale_assessments == ()
    (found,) = stock(date(2024, 7, 1), 10).stale_assessments
    assert (found.kind, found.id) == ("claim", "rain")
    assert found.why == "judged on 2024-06-20, 11 days ago"


def test_without_a_day_the_newest_date_in_the_notes_stands_in() -> None:
    """No clock is read: the same notes give the same answer on any day."""
    assert stock().today == "2024-06-20"
    assert stock(stale_after=0).stale_assessments == ()


def test_unquoted_sentences_are_listed_with_their_lines() -> None:
    """Each source tells which of its sentences no note quotes."""
    herald = next(each for each in stock().unused_passages if each.source == "herald")
    assert herald.sentences == 3
    assert [(each.line, each.text) for each in herald.unused] == [
        (1, "Nobody was hurt, as far as anybody knows today.")
    ]


def test_quoted_share_is_held_against_the_policy() -> None:
    """A share from four fifths of the limit on is near it; full rights know no limit."""
    states = {each.source: each.state for each in stock().quoted_shares}
    assert states == {"herald": "above", "courier": "free"}
    for limit, state in ((43, "near"), (90, "below")):
        found = stock(files=FILES.replace("share: 40", f"share: {limit}"))
        assert {each.source: each.state for each in found.quoted_shares}["herald"] == state
    found = stock(files=FILES.replace("  max_quoted_share: 40", "  rights: excerpts"))
    assert {each.state for each in found.quoted_shares} == {"free"}


def test_report_for_people_says_what_to_do() -> None:
    """Every section that names something ends with advice; an empty one is left out."""
    text = as_text(stock())
    assert "  claims/flood: The river rose. (only from herald)\n  → look for a source" in text
    assert "Judgements older" not in text
    assert "  herald: 1 of 3 sentences\n    line 1: Nobody was hurt" in text
    assert "percent, at most 40 may be\n" in text


def test_report_as_json_holds_all_of_it() -> None:
    """The JSON has the names of the sections as keys, and every entry whole."""
    data = json.loads(as_json(stock(date(2025, 1, 1))))
    assert set(data) == set(Health.__dataclass_fields__)
    assert data["today"] == "2025-01-01"
    assert data["stale_assessments"][0]["id"] == "rain"
    assert data["unused_passages"][0]["unused"] == []


def test_empty_project_lacks_nothing() -> None:
    """A site without notes has nothing to list, and no day to look from."""
    found = stock(files="-- content/site.yaml --\ntitle: T\n")
    assert found.today is None
    assert as_text(found) == "nothing is left to do\n"
