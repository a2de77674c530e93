"""Disagreements stand side by side, each account with the words it rests on."""

from __future__ import annotations

from sitegen.kinds import Kind
from sitegen.model import Ref
from sitegen.pages.disagreement_views import conflicts_of, correction_views, corrections_of
from sitegen.views import DisagreementView
from tests.sites import site_of

SOURCES = """
-- content/sources/a.yaml --
title: The A
text: a.txt
-- seeds/a.txt --
It rained. It was dry. Some 10,000 came, or 12,000. Then 12,000 came.
-- content/sources/b.yaml --
title: The B
-- content/measures/m.yaml --
title: Crowd
unit: people
"""


def only(text: str) -> DisagreementView:
    """Return the one disagreement of a site."""
    (view,) = conflicts_of(site_of(SOURCES + text).cards).views.values()
    return view


def test_contradicting_claims_stand_side_by_side() -> None:
    """Each side is a claim with its evidence; of two, the differing words are marked."""
    view = only(
        """
-- content/claims/wet.yaml --
statement: It was wet.
evidence: [{source: b, quote: wet}]
relations: [{type: contradicts, claim: dry}]
-- content/claims/dry.yaml --
statement: It was dry.
evidence: [{source: a, quote: It was dry.}]
"""
    )
    assert view.url == "disagreements.html#contradiction-dry"
    assert view.note is None
    assert [side.title for side in view.sides] == ["It was dry.", "It was wet."]
    assert [[(word.text, word.differs) for word in side.words] for side in view.sides] == [
        [("It was ", False), ("dry.", True)],
        [("It was ", False), ("wet.", True)],
    ]
    assert [[each.segments for each in side.excerpts] for side in view.sides] == [
        [("It was dry.",)],
        [("wet",)],
    ]
    assert not view.is_within_source


def test_three_claims_are_not_compared_word_by_word() -> None:
    """Where more than two conflict there is no one other statement to compare with."""
    view = only(
        """
-- content/claims/one.yaml --
statement: One.
evidence: [{source: b, quote: x}]
relations: [{type: contradicts, claim: two}, {type: contradicts, claim: three}]
-- content/claims/two.yaml --
statement: Two.
evidence: [{source: b, quote: x}]
-- content/claims/three.yaml --
statement: Three.
evidence: [{source: b, quote: x}]
"""
    )
    assert [side.words for side in view.sides] == [(), (), ()]


def test_each_contradiction_of_a_group_keeps_its_reason() -> None:
    """A reason stands with the numbers of its two sides, in their order; what gives none is out."""
    view = only(
        """
-- content/claims/one.yaml --
statement: One.
evidence: [{source: b, quote: x}]
relations: [{type: contradicts, claim: two, why: "One is less."}]
-- content/claims/two.yaml --
statement: Two.
evidence: [{source: b, quote: x}]
relations: [{type: contradicts, claim: three, why: "Three is more."}]
-- content/claims/three.yaml --
statement: Three.
evidence: [{source: b, quote: x}]
relations: [{type: contradicts, claim: one}]
"""
    )
    assert [side.title for side in view.sides] == ["One.", "Three.", "Two."]
    assert [(each.numbers, each.why) for each in view.reasons] == [
        ((1, 3), "One is less."),
        ((2, 3), "Three is more."),
    ]


def test_article_on_both_sides_conflicts_with_itself() -> None:
    """A disagreement inside one source is told from one between sources."""
    view = only(
        """
-- content/claims/wet.yaml --
statement: It was wet.
evidence: [{source: a, quote: It rained.}]
relations: [{type: contradicts, claim: dry}]
-- content/claims/dry.yaml --
statement: It was dry.
evidence: [{source: a, quote: It was dry.}, {source: b, quote: dry}]
"""
    )
    assert (view.is_within_source, view.articles) == (True, 2)


def test_rival_dates_have_a_side_each() -> None:
    """The event's own date comes first, with its evidence; a date that two give is one side."""
    view = only(
        """
-- content/events/e.yaml --
title: Rain
date: 2024-06-19
evidence: [{source: a, quote: It rained.}]
rival_dates:
  - {date: 2024-06-18, source: b, quote: x}
  - {date: 2024-06-17, source: b, quote: y}
  - {date: 2024-06-18, source: b, quote: z}
  - {date: 2024-06-19, source: b, quote: same}
"""
    )
    assert view.note is not None
    assert view.note.ref == "event:e"
    assert {side.title: [each.segments[0] for each in side.excerpts] for side in view.sides} == {
        "19 June 2024": ["It rained.", "same"],
        "18 June 2024": ["x", "z"],
        "17 June 2024": ["y"],
    }


def test_rival_estimates_have_a_side_each() -> None:
    """The measure is the note in question; the sides are the claims."""
    view = only(
        """
-- content/claims/ten.yaml --
statement: Ten came.
evidence: [{source: b, quote: x}]
quantity: {measure: m, value: 10}
-- content/claims/twelve.yaml --
statement: Twelve came.
evidence: [{source: b, quote: x}]
quantity: {measure: m, value: 12}
"""
    )
    assert view.note is not None
    assert view.note.ref == "measure:m"
    assert [side.claim.ref if side.claim else "" for side in view.sides] == [
        "claim:ten",
        "claim:twelve",
    ]


def test_claim_and_its_own_evidence_are_sides() -> None:
    """What agrees stands with the claim, each other number on a side of its own."""
    view = only(
        """
-- content/claims/c.yaml --
statement: Many came.
evidence:
  - {source: a, quote: "Then 12,000 came."}
  - {source: b, quote: "Some 9,000 came."}
  - {source: a, quote: "Some 10,000 came", suffix: ", or"}
  - {source: b, quote: "Many came."}
quantity: {measure: m, value: 12000, qualifier: about}
"""
    )
    assert [(side.title, side.claim is not None) for side in view.sides] == [
        ("about 12,000 people", True),
        ("9,000 people", False),
        ("10,000 people", False),
    ]
    assert [[each.number for each in side.excerpts] for side in view.sides] == [[1, 4], [2], [3]]
    assert view.is_within_source


def test_claim_without_evidence_that_agrees_still_has_its_side() -> None:
    """There are two sides at least: what the claim says, and what its evidence does."""
    view = only(
        """
-- content/claims/c.yaml --
statement: Many came.
evidence: [{source: b, quote: "Some 9,000 came."}]
quantity: {measure: m, value: 12000}
"""
    )
    assert [(side.title, len(side.excerpts)) for side in view.sides] == [
        ("12,000 people", 0),
        ("9,000 people", 1),
    ]


CORRECTIONS = """
-- content/corrections/first.yaml --
date: 2024-01-01
was: It was wet.
now: It was dry.
notes: [sources/a, source/b]
since: first edition
-- content/corrections/second.yaml --
date: 2024-02
was: 10
now: 12
notes: [measures/m, sources/a]
"""


def test_corrections_are_shown_latest_first() -> None:
    """Each has an address on the page that all share, and links to what it concerns."""
    latest, first = correction_views(site_of(SOURCES + CORRECTIONS).cards)
    assert (latest.id, first.id) == ("second", "first")
    assert (first.url, first.since, latest.since) == (
        "corrections.html#first",
        "first edition",
        "",
    )
    assert [link.title for link in first.notes] == ["The A", "The B"]


def test_corrections_are_known_at_the_notes_they_concern() -> None:
    """Whether the kind is written in the singular or in the plural."""
    found = corrections_of(site_of(SOURCES + CORRECTIONS).cards)
    assert {str(ref): [each.id for each in views] for ref, views in found.items()} == {
        "source:a": ["second", "first"],
        "source:b": ["first"],
        "measure:m": ["second"],
    }
    assert Ref(Kind.SOURCE, "a") in found
