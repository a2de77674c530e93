"""Linking: every relation and reference is known from both ends, every quote is located."""

from __future__ import annotations

import pytest

from sitegen.link import SYMMETRIC
from sitegen.notes import ClaimId, EventId, MeasureId, QuestionId, SourceId
from tests.sites import site_of

SOURCE = """
-- content/sources/a.yaml --
title: A
text: a.txt
-- seeds/a.txt --
It rained all day. Nobody came. Then it did not rain any more. Somebody came.
"""


# --- citations --------------------------------------------------------------------------------


def test_citation_has_the_texts_own_words() -> None:
    """What is published is cut from the text, whatever the author's quotation marks and spaces."""
    linked = site_of(
        """
-- content/sources/a.yaml --
title: A
text: a.txt
-- seeds/a.txt --
He said: “It  rained – hard”.
-- content/claims/c.yaml --
statement: It rained.
evidence: [{source: a, quote: 'said: "It rained - hard"'}]
"""
    )
    (citation,) = linked.citations("claim", "c")
    assert citation.excerpt.words == "said: “It  rained – hard”"
    assert citation.excerpt.state == "normalised"
    assert citation.number == 1


def test_elided_quote_keeps_what_it_leaves_out() -> None:
    """The segments, the words with the mark between them, and the omission are all there."""
    linked = site_of(
        SOURCE
        + "-- content/claims/c.yaml --\nstatement: It rained.\n"
        + 'evidence: [{source: a, quote: "It rained […] Then it did"}]\n'
    )
    (citation,) = linked.citations("claim", "c")
    assert citation.excerpt.words == "It rained […] Then it did"
    assert citation.excerpt.segments == ((0, 9), (32, 43))
    assert citation.excerpt.omitted == (" all day. Nobody came. ",)


def test_quote_of_a_text_that_is_not_held_stays_the_authors() -> None:
    """Nobody can check it, so the author's words are shown and have no place."""
    linked = site_of(
        """
-- content/sources/a.yaml --
title: A
-- content/claims/c.yaml --
statement: It rained.
evidence: [{source: a, quote: "It rained […] all day."}]
"""
    )
    (citation,) = linked.citations("claim", "c")
    assert citation.excerpt.state == "not-held"
    assert citation.excerpt.words == "It rained […] all day."
    assert citation.excerpt.segments == ()


def test_rival_dates_are_citations_that_dispute() -> None:
    """They are numbered on after the event's own evidence."""
    linked = site_of(
        SOURCE
        + """
-- content/events/e.yaml --
title: Rain
date: 2024-06-19
evidence: [{source: a, quote: It rained}]
rival_dates:
  - {date: 2024-06-18, source: a, quote: Nobody came}
  - {date: 2024-06-17, source: a, quote: Somebody came}
"""
    )
    found = linked.citations("event", "e")
    assert [(each.number, each.evidence.stance) for each in found] == [
        (1, "supports"),
        (2, "disputes"),
        (3, "disputes"),
    ]
    assert [each.rival_date.text if each.rival_date else "" for each in found] == [
        "",
        "2024-06-18",
        "2024-06-17",
    ]


def test_citations_of_a_source_stand_in_the_order_of_its_text() -> None:
    """Whoever quotes what, a source's quotations follow the text."""
    linked = site_of(
        SOURCE
        + """
-- content/claims/c.yaml --
statement: It rained.
evidence: [{source: a, quote: Somebody came}, {source: a, quote: It rained}]
-- content/events/e.yaml --
title: Rain
date: 2024
evidence: [{source: a, quote: Nobody came}]
"""
    )
    found = linked.site.citations_of_source[SourceId("a")]
    assert [each.excerpt.words for each in found] == ["It rained", "Nobody came", "Somebody came"]


# --- relations --------------------------------------------------------------------------------

TYPES = [
    "contradicts",
    "qualifies",
    "refines",
    "supports",
    "depends-on",
    "same-as",
    "compatible-with",
]


@pytest.mark.parametrize("type_", TYPES)
def test_relation_is_known_from_both_ends_once(type_: str) -> None:
    """The claim that declares it has it as declared, the other one as its inverse."""
    linked = site_of(
        SOURCE
        + f"""
-- content/claims/one.yaml --
statement: One.
evidence: [{{source: a, quote: It rained}}]
relations: [{{type: {type_}, claim: other, why: So.}}]
-- content/claims/other.yaml --
statement: Other.
evidence: [{{source: a, quote: It rained}}]
"""
    )
    (here,) = linked.site.relations[ClaimId("one")]
    (there,) = linked.site.relations[ClaimId("other")]
    assert (here.type, here.other, here.is_inverse, here.why) == (type_, "other", False, "So.")
    assert (there.type, there.other, there.is_inverse, there.why) == (type_, "one", True, "So.")


@pytest.mark.parametrize("type_", TYPES)
def test_relation_that_both_declare(type_: str) -> None:
    """A symmetric relation stands once at each end; of the others each end has two."""
    linked = site_of(
        SOURCE
        + f"""
-- content/claims/one.yaml --
statement: One.
evidence: [{{source: a, quote: It rained}}]
relations: [{{type: {type_}, claim: other, why: I say.}}]
-- content/claims/other.yaml --
statement: Other.
evidence: [{{source: a, quote: It rained}}]
relations: [{{type: {type_}, claim: one, why: I say too.}}]
"""
        if type_ != "depends-on"
        else SOURCE
        + """
-- content/claims/one.yaml --
statement: One.
evidence: [{source: a, quote: It rained}]
relations: [{type: depends-on, claim: other}, {type: supports, claim: other}]
-- content/claims/other.yaml --
statement: Other.
evidence: [{source: a, quote: It rained}]
"""
    )
    ends = {
        str(claim): [(each.type, each.is_inverse) for each in relations]
        for claim, relations in linked.site.relations.items()
    }
    if type_ in SYMMETRIC:
        assert ends == {"one": [(type_, False)], "other": [(type_, False)]}
    elif type_ == "depends-on":  # in a circle it would be an error
        assert ends["other"] == [("depends-on", True), ("supports", True)]
    else:
        assert ends == {
            "one": [(type_, False), (type_, True)],
            "other": [(type_, False), (type_, True)],
        }


def test_claims_events_and_questions_know_one_another() -> None:
    """Whichever note names the other, and whether or not both do, each is listed once."""
    linked = site_of(
        SOURCE
        + """
-- content/claims/naming.yaml --
statement: Naming.
evidence: [{source: a, quote: It rained}]
events: [e]
questions: [q]
quantity: {measure: m, value: 1}
-- content/claims/named.yaml --
statement: Named.
evidence: [{source: a, quote: It rained}]
-- content/claims/both.yaml --
statement: Both.
evidence: [{source: a, quote: It rained}]
events: [e]
questions: [q]
-- content/events/e.yaml --
title: Rain
date: 2024
claims: [named, both]
-- content/events/shower.yaml --
title: Shower
date: 2024
part_of: e
-- content/questions/q.yaml --
question: Did it rain?
answers: [{claim: named}, {claim: both}]
-- content/measures/m.yaml --
title: Rain
unit: mm
"""
    )
    assert linked.site.claims_of_event[EventId("e")] == ("both", "naming", "named")
    assert linked.site.claims_of_event[EventId("shower")] == ()
    assert linked.site.claims_of_question[QuestionId("q")] == ("named", "both", "naming")
    assert linked.site.claims_of_measure[MeasureId("m")] == ("naming",)
    assert linked.site.parts_of_event == {"e": ("shower",), "shower": ()}
