"""Linking: every relation and reference is known from both ends, every quote is located."""

from __future__ import annotations

import pytest

from sitegen.link import SYMMETRIC
from sitegen.model import Backlink, Kind, Ref
from sitegen.notes import ClaimId, EventId, MeasureId, QuestionId, SourceId
from tests.sites import LinkedSite, site_of

SOURCE = """
-- content/sources/a.yaml --
title: A
text: a.txt
-- seeds/a.txt --
It rained all day. Nobody came. Then it did not rain any more. Somebody came.
"""


def backlinks(linked: LinkedSite, kind: str, note_id: str) -> list[tuple[str, str]]:
    """Return what refers to a note, and in which role."""
    found = linked.findings.backlinks[Ref(Kind(kind), note_id)]
    return [(str(each.origin), each.role) for each in found]


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


# --- backlinks --------------------------------------------------------------------------------

EVERYTHING = (
    SOURCE
    + """
-- content/sources/copy.yaml --
title: Copy
origins: [a, agency]
-- content/actors/agency.yaml --
name: Agency
-- content/actors/speaker.yaml --
name: Speaker
member_of: [agency]
-- content/places/town.yaml --
name: Town
-- content/measures/m.yaml --
title: Rain
unit: mm
-- content/questions/q.yaml --
question: Did it rain?
answers: [{claim: c}]
-- content/events/e.yaml --
title: Storm
date: 2024
evidence: [{source: a, quote: Nobody came}]
rival_dates: [{date: 2023, source: a, quote: Somebody came}]
actors: [agency]
places: [town]
questions: [q]
claims: [c]
-- content/events/shower.yaml --
title: Shower
date: 2024
part_of: e
-- content/claims/c.yaml --
statement: It rained.
asserted_by: [speaker]
evidence:
  - {source: copy, quote: It rained}
  - {source: a, quote: It rained, stance: mentions, said_by: [speaker], origins: [agency]}
events: [e]
actors: [speaker]
places: [town]
questions: [q]
quantity: {measure: m, value: 1}
relations: [{type: qualifies, claim: d}]
-- content/claims/d.yaml --
statement: It was dry.
evidence: [{source: a, quote: did not rain}]
-- content/corrections/fix.yaml --
date: 2024
was: wrong
now: right
notes: [claims/c, events/e]
"""
)


@pytest.mark.parametrize(
    ("kind", "note_id", "expected"),
    [
        (
            "source",
            "a",
            [
                ("source:copy", "origins"),
                ("claim:c", "evidence"),
                ("claim:d", "evidence"),
                ("event:e", "evidence"),
                ("event:e", "rival_dates"),
            ],
        ),
        ("source", "copy", [("claim:c", "evidence")]),
        (
            "actor",
            "agency",
            [
                ("source:copy", "origins"),
                ("claim:c", "origins"),
                ("event:e", "actors"),
                ("actor:speaker", "member_of"),
            ],
        ),
        (
            "actor",
            "speaker",
            [("claim:c", "asserted_by"), ("claim:c", "said_by"), ("claim:c", "actors")],
        ),
        ("place", "town", [("claim:c", "places"), ("event:e", "places")]),
        ("question", "q", [("claim:c", "questions"), ("event:e", "questions")]),
        ("measure", "m", [("claim:c", "quantity")]),
        (
            "event",
            "e",
            [("claim:c", "events"), ("event:shower", "part_of"), ("correction:fix", "corrections")],
        ),
        ("event", "shower", []),
        (
            "claim",
            "c",
            [("event:e", "claims"), ("question:q", "answers"), ("correction:fix", "corrections")],
        ),
        ("claim", "d", [("claim:c", "qualifies")]),
        ("correction", "fix", []),
    ],
)
def test_every_reference_is_a_backlink(
    kind: str, note_id: str, expected: list[tuple[str, str]]
) -> None:
    """Each field that names a note shows at that note, by kind, with its role."""
    assert backlinks(site_of(EVERYTHING), kind, note_id) == expected


def test_backlink_of_evidence_has_stance_and_number() -> None:
    """A quotation's backlinks say which piece of evidence it is, and what it does."""
    linked = site_of(EVERYTHING)
    found = linked.findings.backlinks[Ref(Kind.SOURCE, "a")]
    claim, event = Ref(Kind.CLAIM, "c"), Ref(Kind.EVENT, "e")
    assert Backlink(claim, "evidence", stance="mentions", number=2) in found
    assert Backlink(event, "evidence", stance="supports", number=1) in found
    assert Backlink(event, "rival_dates", stance="disputes", number=2) in found
    (said,) = [
        each
        for each in linked.findings.backlinks[Ref(Kind.ACTOR, "speaker")]
        if each.role == "said_by"
    ]
    assert (said.stance, said.number) == ("mentions", 2)


def test_markdown_link_is_a_backlink_with_its_sentence() -> None:
    """The role is the field, also of a part of a note; the words are its sentence for readers."""
    linked = site_of(
        SOURCE
        + """
-- content/claims/c.yaml --
statement: It rained.
evidence:
  - source: a
    quote: It rained
    note: As “[[d]]” says.
analysis: |
  A first line.

  Before it. This is *contrary* to [[claim:d|the
  other]], see
  below. After it.
  - That was on no. 5, of [[claim:d|one]].
  - Another.

  ![[claim:d]]
assessment: {rationale: "See [[d]]"}
-- content/claims/d.yaml --
statement: It was dry.
evidence: [{source: a, quote: did not rain}]
-- content/pages/index.md --
---
title: Front
---
All of [[d]]
"""
    )
    found = linked.findings.backlinks[Ref(Kind.CLAIM, "d")]
    assert sorted((str(each.origin), each.role, each.words) for each in found) == [
        ("claim:c", "analysis", ""),
        ("claim:c", "analysis", "That was on no. 5, of one."),
        ("claim:c", "analysis", "This is contrary to the other, see below."),
        ("claim:c", "note", "As “It was dry.” says."),
        ("claim:c", "rationale", "See It was dry."),
        ("page:index", "body", "All of It was dry."),
    ]
