"""Who says what: statements, what they are about, and whose words passages are."""

from __future__ import annotations

from sitegen.findings.voices import Voices, voices_of
from sitegen.kinds import Kind
from sitegen.model import Ref
from tests.compared import BRIEFING
from tests.sites import site_of


def voices(text: str = BRIEFING) -> Voices:
    """Return who says what in a project."""
    return voices_of(site_of(text).site)


def said(found: Voices, kind: str, name: str) -> dict[str, list[str]]:
    """Return of what a voice speaks, and its stances there."""
    voice = found.voices[Ref(Kind(kind), name)]
    return {ref.id: [each.stance for each in passages] for ref, passages in voice.said.items()}


def test_source_says_what_any_note_quotes_from_it() -> None:
    """Claims and events count alike; a rival date disputes the event's own."""
    assert said(voices(), "source", "gazette") == {
        "break": ["disputes"],
        "care": ["supports"],
        "gates-open": ["supports"],
        "rain": ["supports"],
        "two-thousand": ["supports"],
    }


def test_actor_says_what_passages_name_it_for_and_what_it_asserts() -> None:
    """A passage speaks for its speakers, or without any for those who assert the claim."""
    assert said(voices(), "actor", "mayor") == {"gates-open": ["supports"], "old": ["supports"]}
    assert said(voices(), "actor", "engineer") == {"gates-shut": ["supports"]}
    assert Ref(Kind.ACTOR, "cat") not in voices().voices


def test_who_asserts_a_claim_stands_for_it_where_it_is_only_mentioned() -> None:
    """A passage that disputes the claim, or gives another's words, is not the asserter's."""
    found = voices("""
-- content/actors/ann.yaml --
name: Ann
-- content/actors/bob.yaml --
name: Bob
-- content/sources/s.yaml --
title: S
-- content/claims/c.yaml --
statement: It rained.
asserted_by: [ann]
evidence:
  - {source: s, quote: Rain., stance: mentions}
  - {source: s, quote: No rain., stance: disputes}
  - {source: s, quote: "Rain, says Bob.", said_by: [bob]}
""")
    assert said(found, "actor", "ann") == {"c": ["supports"]}
    assert said(found, "actor", "bob") == {"c": ["supports"]}


def test_claims_that_say_the_same_are_one_statement() -> None:
    """What is said of either is said of both, and origins are counted over all of it."""
    found = voices("""
-- content/sources/a.yaml --
title: A
publisher: Herald
-- content/sources/b.yaml --
title: B
publisher: Herald
-- content/claims/one.yaml --
statement: It rained.
evidence: [{source: a, quote: Rain.}]
relations: [{type: same-as, claim: two}]
-- content/claims/two.yaml --
statement: Rain fell.
evidence: [{source: b, quote: Rain fell.}]
""")
    ref = Ref(Kind.CLAIM, "one")
    assert list(found.statements) == [ref]
    assert found.statements[ref].notes == (ref, Ref(Kind.CLAIM, "two"))
    spoken = [voice.said[ref][0].origin for voice in found.of(Kind.SOURCE)]
    assert spoken == [0, 0]


def test_statement_is_shown_under_its_measure_then_its_events_then_its_questions() -> None:
    """The home of a number is its measure, that of any other claim its first event."""
    statements = voices().statements
    assert statements[Ref(Kind.CLAIM, "rain")].subjects == (
        Ref(Kind.EVENT, "break"),
        Ref(Kind.QUESTION, "why"),
    )
    assert statements[Ref(Kind.CLAIM, "two-thousand")].subjects == (Ref(Kind.MEASURE, "homeless"),)
    assert statements[Ref(Kind.CLAIM, "cat-saved")].subjects == ()


def test_two_claims_have_one_tie_and_a_contradiction_comes_first() -> None:
    """Of several relations the strongest counts, whichever of the claims declares it."""
    found = voices("""
-- content/sources/a.yaml --
title: A
-- content/claims/one.yaml --
statement: It rained.
evidence: [{source: a, quote: Rain.}]
relations: [{type: qualifies, claim: two, why: More or less.}]
-- content/claims/two.yaml --
statement: It was dry.
evidence: [{source: a, quote: Dry.}]
relations: [{type: contradicts, claim: one}]
""")
    ties = {ref.id: statement.ties for ref, statement in found.statements.items()}
    assert [(tie.type, tie.is_inverse) for tie in ties["one"]] == [("contradicts", False)]
    assert [(tie.type, tie.is_inverse) for tie in ties["two"]] == [("contradicts", False)]
