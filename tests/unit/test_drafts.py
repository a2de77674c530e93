"""What a published note says of drafts is taken out of it, and nothing else is."""

from __future__ import annotations

from sitegen.kinds import Kind
from sitegen.model import Ref
from sitegen.notes import ActorId, ClaimId, EventId, QuestionId, SourceId
from tests.sites import site_of

SOURCE = """
-- content/sources/a.yaml --
title: A
-- content/actors/public.yaml --
name: Public
-- content/actors/secret.yaml --
name: Hidden
draft: true
-- content/claims/secret.yaml --
statement: Nobody shall read this yet.
draft: true
evidence: [{source: a, quote: x}]
-- content/events/secret.yaml --
title: Not announced
date: 2030
draft: true
-- content/measures/secret.yaml --
title: Uncounted
unit: things
draft: true
"""


def test_fields_lose_what_names_a_draft() -> None:
    """Entries of lists go, single fields and whole parts become absent, the rest stays."""
    linked = site_of(
        SOURCE
        + """
-- content/sources/b.yaml --
title: B
origins: [public]
-- content/claims/c.yaml --
statement: It rained.
asserted_by: [secret, public]
evidence:
  - {source: a, quote: x, said_by: [secret], origins: [public]}
  - {source: b, quote: y, said_by: [public]}
events: [secret]
quantity: {measure: secret, value: 1}
relations: [{type: contradicts, claim: secret}]
-- content/events/e.yaml --
title: Rain
date: 2024
part_of: secret
claims: [secret, c]
-- content/questions/q.yaml --
question: Did it rain?
answers: [{claim: secret, note: Perhaps.}, {claim: c}]
-- content/actors/member.yaml --
name: Member
member_of: [secret, public]
-- content/corrections/fix.yaml --
date: 2024
was: wrong
now: right
notes: [claims/secret, claims/c]
"""
    )
    claim = linked.site.claims[ClaimId("c")].note
    assert claim.asserted_by == ("public",)
    assert [each.said_by for each in claim.evidence] == [(), ("public",)]
    assert [each.origins for each in claim.evidence] == [("public",), None]
    assert (claim.events, claim.quantity, claim.relations) == ((), None, ())
    event = linked.site.events[EventId("e")].note
    assert (event.part_of, event.claims) == (None, ("c",))
    assert [each.claim for each in linked.site.questions[QuestionId("q")].note.answers] == ["c"]
    assert linked.site.sources[SourceId("b")].note.origins == ("public",)
    assert linked.site.actors[ActorId("member")].note.member_of == ("public",)
    assert linked.site.corrections["fix"].note.notes == ("claims/c",)


def test_note_that_names_no_draft_is_the_same_object() -> None:
    """Nothing is copied where nothing is to be taken out."""
    linked = site_of(SOURCE)
    assert linked.site.actors[ActorId("public")] is linked.corpus.actors[ActorId("public")]


def test_drafts_and_their_texts_are_not_on_the_site() -> None:
    """Neither a draft nor the article of a draft source is there to be published."""
    linked = site_of(
        SOURCE
        + """
-- content/sources/hidden.yaml --
title: Hidden article
text: hidden.txt
ignore: [Unpublished]
draft: true
-- seeds/hidden.txt --
Unpublished words.
-- content/claims/early.yaml --
statement: Too early.
draft: true
evidence: [{source: hidden, quote: words}]
"""
    )
    assert list(linked.site.claims) == []
    assert list(linked.site.sources) == ["a"]
    assert dict(linked.site.seeds) == {}
    assert dict(linked.site.ignored) == {}
    assert list(linked.site.citations) == []
    assert set(linked.findings.backlinks) == {Ref(Kind.SOURCE, "a"), Ref(Kind.ACTOR, "public")}


def test_links_to_drafts_leave_their_words() -> None:
    """A link keeps the words it has, one without any leaves an ellipsis, a card leaves nothing."""
    linked = site_of(
        SOURCE
        + """
-- content/claims/c.yaml --
statement: It rained.
evidence:
  - {source: a, quote: x, note: "As [[claim:secret|somebody]] says."}
assessment: {rationale: "Like [[claim:secret]] and [[actor:public]]."}
analysis: |
  Before.

  ![[claim:secret]]

  After, by [[public]].
-- content/pages/about.md --
---
title: About
---
![[event:secret]]
"""
    )
    note = linked.site.claims[ClaimId("c")].note
    assert note.evidence[0].note == "As somebody says."
    assert note.assessment is not None
    assert note.assessment.rationale == "Like … and [[actor:public]]."
    assert note.analysis is not None
    assert note.analysis.split() == ["Before.", "After,", "by", "[[public]]."]
    assert linked.site.pages["about"].note.body.strip() == ""


def test_field_that_held_nothing_else_is_absent() -> None:
    """A remark that was only a card of a draft is no remark."""
    linked = site_of(
        SOURCE
        + """
-- content/claims/c.yaml --
statement: It rained.
evidence: [{source: a, quote: x, note: "![[claim:secret]]"}]
analysis: "![[claim:secret]]"
"""
    )
    note = linked.site.claims[ClaimId("c")].note
    assert note.analysis is None
    assert note.evidence[0].note is None


def test_link_and_card_of_one_draft_leave_nothing_broken() -> None:
    """Where a text has both, the link leaves its words and the card nothing at all."""
    linked = site_of("""
-- content/claims/d.yaml --
statement: Hidden.
draft: true
evidence: [{source: s, quote: x}]
-- content/sources/s.yaml --
title: S
-- content/pages/index.md --
---
title: T
---
See [[claim:d]] here.

![[claim:d]]
""")
    assert linked.site.pages["index"].note.body.split() == ["See", "…", "here."]
