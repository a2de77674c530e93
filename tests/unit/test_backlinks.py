"""What refers to a note, in its fields and in its words, is known at the note."""

from __future__ import annotations

import pytest

from sitegen.kinds import Kind
from sitegen.model import Backlink, Ref
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
