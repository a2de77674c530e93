"""What two voices have in common: agreement, difference, silence."""

from __future__ import annotations

import pytest

from sitegen.findings.common_ground import Accord, CommonGround, closest_pairs, common_ground
from sitegen.findings.voices import voices_of
from sitegen.kinds import Kind
from sitegen.model import Ref
from tests.compared import BRIEFING
from tests.sites import site_of

EVIDENCE = """
-- content/sources/a.yaml --
title: A
{a}
-- content/sources/b.yaml --
title: B
{b}
-- content/claims/c.yaml --
statement: It rained.
evidence:
  - {{source: a, quote: Rain., stance: {ours}}}
  - {{source: b, quote: Rain!, stance: {theirs}}}
"""


def ground(left: str, right: str, text: str = BRIEFING) -> CommonGround:
    """Return what two voices, as `kind:id`, have in common."""
    voices = voices_of(site_of(text).site)
    one, other = (
        voices.voices[Ref(Kind(kind), name)]
        for kind, _, name in (ref.partition(":") for ref in (left, right))
    )
    return common_ground(voices, one, other)


def told(found: CommonGround) -> list[tuple[str, str, list[str], list[str]]]:
    """Return every finding: accord, ground, and the statements of either side."""
    return [
        (each.accord, each.ground, [ref.id for ref in each.left], [ref.id for ref in each.right])
        for subject in found.subjects
        for each in subject.findings
    ]


def test_two_articles_on_one_flood() -> None:
    """Events come first, then numbers, then questions; in each, differences before agreement."""
    found = ground("source:herald", "source:gazette")
    assert told(found) == [
        ("differ", "dates", ["break"], ["break"]),
        ("agree", "same", ["rain"], ["rain"]),
        ("differ", "numbers", ["nine-hundred"], ["two-thousand"]),
        ("differ", "contradicts", ["neglect"], ["care"]),
        ("differ", "contradicts", ["gates-shut"], ["gates-open"]),
    ]
    assert found.counts() == {Accord.DIFFER: 4, Accord.AGREE: 1}


def test_silence_counts_on_common_subjects_and_stands_apart_from_other_subjects() -> None:
    """What one says on an event or question of both is silence of the other; the rest is not."""
    found = ground("source:herald", "source:gazette")
    silent = {
        subject.subject.id: ([ref.id for ref in subject.only_left], list(subject.only_right))
        for subject in found.subjects
        if subject.subject
    }
    assert silent == {"break": (["bridge"], []), "homeless": ([], []), "why": (["old"], [])}
    assert found.silent() == (2, 0)
    assert [ref.id for ref in found.outside_left] == ["meeting", "cat-saved"]
    assert found.outside_right == ()


def test_one_origin_is_never_agreement() -> None:
    """Two who have it from one agency are one voice heard twice."""
    assert told(ground("source:post", "source:courier")) == [
        ("one-origin", "same", ["rain"], ["rain"])
    ]


def test_actors_are_compared_in_their_own_words() -> None:
    """What they are quoted for, and what they assert, counts as theirs."""
    found = ground("actor:mayor", "actor:engineer")
    assert told(found) == [("differ", "contradicts", ["gates-open"], ["gates-shut"])]
    assert [[ref.id for ref in subject.only_left] for subject in found.subjects] == [["old"]]


@pytest.mark.parametrize(
    ("ours", "theirs", "fields", "accord"),
    [
        ("supports", "supports", {}, Accord.AGREE),
        ("disputes", "disputes", {}, Accord.AGREE),
        ("supports", "disputes", {}, Accord.DIFFER),
        ("supports", "mentions", {}, Accord.BESIDE),
        ("mentions", "mentions", {}, Accord.BESIDE),
        ("supports", "supports", {"a": "origins: [b]"}, Accord.ONE_ORIGIN),
        ("supports", "supports", {"a": "publisher: P", "b": "publisher: P"}, Accord.ONE_ORIGIN),
        ("supports", "disputes", {"a": "origins: [b]"}, Accord.DIFFER),
    ],
)
def test_accord_on_one_claim(
    ours: str, theirs: str, fields: dict[str, str], accord: Accord
) -> None:
    """Stances and origins decide, and who only mentions takes no side."""
    text = EVIDENCE.format(**{"a": "", "b": "", **fields}, ours=ours, theirs=theirs)
    assert [each[0] for each in told(ground("source:a", "source:b", text))] == [accord]


TWO_CLAIMS = """
-- content/sources/a.yaml --
title: A
-- content/sources/b.yaml --
title: B
-- content/measures/m.yaml --
title: M
unit: things
-- content/claims/one.yaml --
statement: One.
{one}
evidence: [{{source: a, quote: One.{stance}}}]
-- content/claims/two.yaml --
statement: Two.
{two}
evidence: [{{source: b, quote: Two.}}]
"""


@pytest.mark.parametrize(
    ("relation", "stance", "accord"),
    [
        ("contradicts", "", Accord.DIFFER),
        ("contradicts", ", stance: mentions", Accord.BESIDE),
        ("compatible-with", "", Accord.COMPATIBLE),
        ("refines", "", Accord.BESIDE),
        ("depends-on", "", Accord.BESIDE),
    ],
)
def test_accord_on_two_claims_that_are_tied(relation: str, stance: str, accord: Accord) -> None:
    """A contradiction is a difference only between those who stand for the two claims."""
    text = TWO_CLAIMS.format(
        one=f"relations: [{{type: {relation}, claim: two}}]", two="", stance=stance
    )
    assert told(ground("source:a", "source:b", text)) == [(accord, relation, ["one"], ["two"])]


def test_who_makes_both_of_two_contrary_claims_is_compared_on_each() -> None:
    """Where both voices make both claims, these are common to them, and no difference."""
    text = """
-- content/sources/a.yaml --
title: A
-- content/sources/b.yaml --
title: B
-- content/claims/one.yaml --
statement: One.
evidence: [{source: a, quote: One.}, {source: b, quote: One.}]
relations: [{type: contradicts, claim: two}]
-- content/claims/two.yaml --
statement: Two.
evidence: [{source: a, quote: Two.}, {source: b, quote: Two.}]
"""
    assert [each[:2] for each in told(ground("source:a", "source:b", text))] == [
        ("agree", "same"),
        ("agree", "same"),
    ]


@pytest.mark.parametrize(
    ("one", "two", "accord"),
    [
        ("value: 10", "value: 20", Accord.DIFFER),
        ("min: 5", "value: 20", Accord.COMPATIBLE),
        ("value: 10, scope: east", "value: 20, scope: west", Accord.COMPATIBLE),
        ("value: 10, as_of: 2024", "value: 20, as_of: 2025", Accord.COMPATIBLE),
    ],
)
def test_numbers_differ_only_where_both_cannot_hold(one: str, two: str, accord: Accord) -> None:
    """Numbers of one measure are set side by side, whatever comes of it."""
    fields = [f"quantity: {{measure: m, {each}}}" for each in (one, two)]
    text = TWO_CLAIMS.format(one=fields[0], two=fields[1], stance="")
    found = ground("source:a", "source:b", text)
    assert told(found) == [(accord, "numbers", ["one"], ["two"])]
    assert found.subjects[0].subject == Ref(Kind.MEASURE, "m")


def test_closest_pairs_share_most_claims_or_contradict_most() -> None:
    """Those with nothing in common are no pair, and no more are named than asked for."""
    voices = voices_of(site_of(BRIEFING).site)
    actors = closest_pairs(voices, Kind.ACTOR, 5)
    sources = closest_pairs(voices, Kind.SOURCE, 1)
    assert [[ref.id for ref in pair] for pair in actors] == [["engineer", "mayor"]]
    assert [[ref.id for ref in pair] for pair in sources] == [["gazette", "herald"]]
