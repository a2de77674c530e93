"""Accounts that cannot all be right are found, and accounts that can are left alone."""

from __future__ import annotations

import pytest

from sitegen.findings.disagreements import connected, rival_numbers
from sitegen.model import DisagreementKind
from sitegen.notes import ClaimId, Quantity
from tests.sites import LinkedSite, site_of

SOURCES = """
-- content/sources/a.yaml --
title: A
-- content/sources/b.yaml --
title: B
-- content/measures/troops.yaml --
title: Troops
unit: soldiers
-- content/measures/shells.yaml --
title: Shells
unit: rounds
"""


def claims(**fields: str) -> str:
    """Return a claim's file for each keyword, with these fields besides what a claim needs."""
    return "".join(
        f"-- content/claims/{name.replace('_', '-')}.yaml --\nstatement: {name}.\n"
        f"evidence: [{{source: a, quote: x}}]\n{lines}\n"
        for name, lines in fields.items()
    )


def contradicting(*ids: str) -> str:
    """Return the relations of a claim that contradicts others."""
    return f"relations: [{', '.join(f'{{type: contradicts, claim: {each}}}' for each in ids)}]"


# --- contradictions ---------------------------------------------------------------------------


def test_claims_that_contradict_one_another_are_grouped() -> None:
    """Claims hang together by their contradictions, however far; others stand apart."""
    linked = site_of(
        SOURCES
        + claims(
            a=contradicting("c"),
            b="",
            c=contradicting("e"),
            d=contradicting("f"),
            e="",
            f="",
            g="relations: [{type: qualifies, claim: a}]",
        )
    )
    assert linked.disagreements() == {
        "contradiction-a": ["claim:a", "claim:c", "claim:e"],
        "contradiction-d": ["claim:d", "claim:f"],
    }
    assert {each.kind for each in linked.findings.disagreements.values()} == {"contradiction"}


def test_contradiction_that_both_declare_is_one() -> None:
    """It makes no difference whether one of two claims says that they contradict, or both do."""
    once = site_of(SOURCES + claims(a=contradicting("b"), b=""))
    other = site_of(SOURCES + claims(a="", b=contradicting("a")))
    both = site_of(SOURCES + claims(a=contradicting("b"), b=contradicting("a")))
    assert once.disagreements() == other.disagreements() == both.disagreements()


def test_contradiction_says_why() -> None:
    """The summary is what the authors say of the contradiction, else the statements."""
    said = site_of(
        SOURCES
        + claims(
            a='relations: [{type: contradicts, claim: b, why: "One saw it, one did not."}]', b=""
        )
    )
    silent = site_of(SOURCES + claims(a=contradicting("b"), b=""))
    assert [each.summary for each in said.findings.disagreements.values()] == [
        "One saw it, one did not."
    ]
    assert [each.summary for each in silent.findings.disagreements.values()] == [
        "“a.” against “b.”"
    ]


def test_contradiction_with_a_draft_is_none() -> None:
    """What is not published disagrees with nothing."""
    linked = site_of(SOURCES + claims(a=contradicting("b"), b="draft: true"))
    assert linked.findings.disagreements == {}


# --- rival dates ------------------------------------------------------------------------------


def event(rivals: str) -> LinkedSite:
    """Return a site of one event of 19 June 2024 with these rival dates."""
    return site_of(
        SOURCES
        + f"-- content/events/e.yaml --\ntitle: Treaty\ndate: 2024-06-19\nrival_dates: {rivals}\n"
    )


def test_event_with_a_rival_date_is_a_disagreement() -> None:
    """It has the event as its note, and its summary says each date once."""
    linked = event(
        "[{date: 2024-06-18, source: a, quote: x}, {date: 2024-06, source: b, quote: x}, "
        "{date: 2024-06-18, source: b, quote: y}]"
    )
    (found,) = linked.findings.disagreements.values()
    assert found.kind is DisagreementKind.RIVAL_DATES
    assert linked.disagreements() == {"rival-dates-e": ["event:e"]}
    assert found.summary == "Treaty: 19 June 2024 or 18 June 2024 or June 2024."


@pytest.mark.parametrize("rivals", ["[]", "[{date: 2024-06-19, source: a, quote: x}]"])
def test_same_date_is_no_rival(rivals: str) -> None:
    """Without another date there is nothing to disagree about."""
    assert event(rivals).findings.disagreements == {}


# --- rival estimates --------------------------------------------------------------------------


def estimates(one: str, other: str, fields: str = "") -> LinkedSite:
    """Return a site of two claims with these quantities of one measure."""
    return site_of(
        SOURCES
        + claims(
            one=f"quantity: {{measure: troops, {one}}}\n{fields}",
            other=f"quantity: {{measure: troops, {other}}}",
        )
    )


@pytest.mark.parametrize(
    ("one", "other", "is_rival"),
    [
        ("value: 10000", "value: 12000", True),
        ("value: 10000", "value: 10000", False),
        ("value: 10000, qualifier: about", "value: 12000", True),
        ("value: 10000, qualifier: about", "value: 11000", False),
        ("value: 10000, qualifier: about", "value: 12000, qualifier: about", False),
        ("value: 10000, qualifier: at-least", "value: 12000", False),
        ("value: 10000, qualifier: at-least", "value: 9000", True),
        ("value: 10000, qualifier: at-least", "value: 10000", False),
        ("value: 10000, qualifier: over", "value: 10001", False),
        ("value: 10000, qualifier: over", "value: 10000", True),
        ("value: 10000, qualifier: over", "value: 10000, qualifier: at-least", False),
        ("value: 10000, qualifier: up-to", "value: 9000", False),
        ("value: 10000, qualifier: up-to", "value: 10001", True),
        ("value: 10000, qualifier: up-to", "value: 10000, qualifier: over", True),
        ("value: 10000, qualifier: up-to", "value: 8000, qualifier: at-least", False),
        ("min: 8000, max: 10000", "min: 10000, max: 12000", False),
        ("min: 8000, max: 10000", "min: 10001, max: 12000", True),
        ("min: 8000, max: 10000", "value: 9000", False),
        ("min: 8000", "value: 7000", True),
        ("min: 8000", "value: 1000000", False),
        ("max: 8000", "value: 7000", False),
        ("max: 8000", "value: 9000", True),
        ("min: 8000", "max: 7999", True),
        ("value: 0", "value: 0, qualifier: over", True),
    ],
)
def test_estimates_that_exclude_one_another_disagree(one: str, other: str, is_rival: bool) -> None:
    """Two numbers disagree where no number is allowed by both, qualifiers and open ends heeded."""
    assert bool(estimates(one, other).findings.disagreements) is is_rival
    assert bool(estimates(other, one).findings.disagreements) is is_rival


@pytest.mark.parametrize(
    ("one", "other", "fields", "is_rival"),
    [
        ("as_of: 2024-10", "as_of: 2024-10", "", True),
        ("as_of: 2024-10", "as_of: 2024-11", "", False),
        ("as_of: 2024-10/2024-11", "as_of: 2024-11", "", True),
        ("as_of: 2024", "as_of: 2024-11", "", True),
        ("as_of: 2024-10", "", "", True),
        ("as_of: 2024-10/..", "as_of: 2025", "", True),
        ("as_of: ../2024-09", "as_of: 2024-10/..", "", False),
        ("", "as_of: 2024-11", "date: 2024-10", False),
        ("", "as_of: 2024-11", "date: 2024-11-05", True),
        ("as_of: 2024-11", "as_of: 2024-11", "date: 2024-10", True),
    ],
    ids=[
        "same month",
        "one month after the other",
        "overlapping",
        "within a year",
        "one of them undated",
        "open end",
        "open beginning and open end, apart",
        "the claim's date stands in",
        "the claim's date stands in, and falls within",
        "the quantity's date goes before the claim's",
    ],
)
def test_estimates_are_compared_for_overlapping_dates(
    one: str, other: str, fields: str, is_rival: bool
) -> None:
    """What is said of another time excludes nothing; without a date it may be said of any."""
    linked = estimates(f"value: 10000, {one}", f"value: 12000, {other}", fields)
    assert bool(linked.findings.disagreements) is is_rival


@pytest.mark.parametrize(
    ("one", "other", "is_rival"),
    [
        ("scope: in training", "scope: in training", True),
        ("scope: In Training", "scope: in training", True),
        ("scope: in training", "scope: at the front", False),
        ("scope: in training", "", True),
    ],
)
def test_estimates_of_different_scope_do_not_compare(one: str, other: str, is_rival: bool) -> None:
    """Numbers of different things can both hold; a scope that is not given may be the same."""
    linked = estimates(f"value: 10000, {one}", f"value: 12000, {other}")
    assert bool(linked.findings.disagreements) is is_rival


def test_estimates_of_different_measures_do_not_compare() -> None:
    """Soldiers and shells are counted apart."""
    linked = site_of(
        SOURCES
        + claims(
            one="quantity: {measure: troops, value: 1}",
            other="quantity: {measure: shells, value: 2}",
        )
    )
    assert linked.findings.disagreements == {}


@pytest.mark.parametrize("declared_by", ["one", "other"])
def test_compatible_estimates_do_not_disagree(declared_by: str) -> None:
    """Two numbers that look contrary are left alone where either claim says that they are not."""
    relation = "relations: [{{type: compatible-with, claim: {}}}]"
    linked = site_of(
        SOURCES
        + claims(
            one="quantity: {measure: troops, value: 1}\n"
            + (relation.format("other") if declared_by == "one" else ""),
            other="quantity: {measure: troops, value: 2}\n"
            + (relation.format("one") if declared_by == "other" else ""),
        )
    )
    assert linked.findings.disagreements == {}


def test_rival_estimates_are_grouped_by_what_excludes_what() -> None:
    """Groups hang together as contradictions do; a number that fits all stands in none."""
    linked = site_of(
        SOURCES
        + claims(
            low="quantity: {measure: troops, value: 1, as_of: 2023}",
            high="quantity: {measure: troops, value: 2, as_of: 2023}",
            later_low="quantity: {measure: troops, value: 1, as_of: 2024}",
            later_high="quantity: {measure: troops, value: 2, as_of: 2024}",
            open="quantity: {measure: troops, min: 1, max: 2}",
        )
    )
    assert linked.disagreements() == {
        "rival-quantities-troops.high": ["measure:troops", "claim:high", "claim:low"],
        "rival-quantities-troops.later-high": [
            "measure:troops",
            "claim:later-high",
            "claim:later-low",
        ],
    }
    assert [each.summary for each in linked.findings.disagreements.values()] == [
        "Troops: 2 or 1 soldiers.",
        "Troops: 2 or 1 soldiers.",
    ]


def test_ids_of_disagreements_are_unique() -> None:
    """Ids made of two ids do not run together: a-b and c is not a and b-c."""
    linked = site_of(
        SOURCES
        + """
-- content/measures/troops-east.yaml --
title: Troops in the east
unit: soldiers
-- content/measures/troops-east-b.yaml --
title: Troops in sector B
unit: soldiers
"""
        + claims(
            east_b_low="quantity: {measure: troops, value: 1}",
            east_b_top="quantity: {measure: troops, value: 2}",
            b_low="quantity: {measure: troops-east, value: 1}",
            b_top="quantity: {measure: troops-east, value: 2}",
            low="quantity: {measure: troops-east-b, value: 1}",
            top="quantity: {measure: troops-east-b, value: 2}",
        )
    )
    assert len(linked.findings.disagreements) == 3


def test_ids_of_disagreements_stay_when_others_come() -> None:
    """An id is made of the notes' own ids, so that new notes elsewhere do not change it."""
    before = claims(m=contradicting("n"), n="")
    after = before + claims(a=contradicting("z"), z="", b="quantity: {measure: troops, value: 1}")
    assert set(site_of(SOURCES + before).disagreements()) <= set(
        site_of(SOURCES + after).disagreements()
    )


# --- evidence against its own claim -----------------------------------------------------------


def counted(quantity: str, *quotes: str, stance: str = "supports") -> LinkedSite:
    """Return a site of one claim with this quantity of soldiers, and these quotes."""
    evidence = "".join(f"  - {{source: a, quote: '{each}', stance: {stance}}}\n" for each in quotes)
    return site_of(
        SOURCES
        + f"-- content/claims/c.yaml --\nstatement: They sent troops.\nevidence:\n{evidence}"
        + f"quantity: {{measure: troops, {quantity}}}\n"
    )


@pytest.mark.parametrize(
    ("quantity", "quote", "others"),
    [
        ("value: 12000", "Some 10,000 soldiers came.", ["10,000"]),
        ("value: 12000", "Some 12,000 soldiers came.", []),
        ("value: 12000", "Soldiers came.", []),
        ("value: 12000", "Twelve thousand soldiers came.", []),
        ("value: 12000", "Ten thousand soldiers came.", ["10,000"]),
        ("value: 12000", "Soldiers came on 3 trains.", []),
        ("value: 2000", "Some 2000 soldiers came, 30 a day.", []),
        ("value: 50", "Half of the 40 percent came.", []),
        ("value: 12000", "Twelve thousand soldiers came in 3 weeks.", []),
        ("value: 12000", "12,000 soldiers, then 3,000 more.", []),
        ("value: 12000", "Between 10,000 and 11,000 soldiers came.", ["10,000", "11,000"]),
        ("value: 12000, qualifier: about", "Some 11,000 soldiers came.", []),
        ("value: 12000, qualifier: at-least", "Some 15,000 soldiers came.", []),
        ("value: 12000, qualifier: up-to", "Some 15,000 soldiers came.", ["15,000"]),
        ("min: 10000, max: 12000", "Some 11,000 soldiers came.", []),
        ("min: 10000, max: 12000", "Some 9,000 soldiers came.", ["9,000"]),
        ("value: 300, wording: several hundred", "Several hundred men in 11 units came.", []),
        ("value: 12000", "On 19 June 2024 soldiers came.", []),
        ("value: 12000", "Under Article 4 soldiers came.", []),
        ("value: 12000", "Soldiers of the 11th Corps with F-16 jets came.", []),
    ],
    ids=[
        "another number",
        "the same number",
        "no number",
        "the same in words",
        "another in words",
        "a number far from it",
        "the same, which looks like a year",
        "a share",
        "the same in words, beside a figure of something else",
        "the same and another",
        "two others",
        "near enough for about",
        "above at-least",
        "above up-to",
        "within the range",
        "below the range",
        "the wording itself, beside a figure of something else",
        "a date",
        "the number of an article",
        "an ordinal and a name",
    ],
)
def test_evidence_that_states_another_number_is_a_disagreement(
    quantity: str, quote: str, others: list[str]
) -> None:
    """A claim disagrees with its evidence that gives a figure, and none that the claim allows."""
    linked = counted(quantity, quote)
    assert bool(linked.findings.disagreements) is bool(others)
    for found in linked.findings.disagreements.values():
        assert linked.disagreements() == {"rival-evidence-c": ["claim:c"]}
        assert found.kind is DisagreementKind.RIVAL_QUANTITIES
        assert found.summary.endswith(f" or {' or '.join(others)}.")


def test_mention_disagrees_with_nothing() -> None:
    """Evidence that only mentions a matter does not state its number."""
    linked = counted("value: 12000", "Some 10,000 soldiers came.", stance="mentions")
    assert linked.findings.disagreements == {}


def test_disputing_evidence_with_another_number_disagrees() -> None:
    """Evidence against a claim may state the number that it should have."""
    linked = counted("value: 12000", "Only 10,000 soldiers came.", stance="disputes")
    assert list(linked.disagreements()) == ["rival-evidence-c"]


def test_rival_numbers_are_told_for_each_passage() -> None:
    """Which of a claim's passages disagrees, and by which numbers, can be asked for each."""
    linked = counted("value: 12000", "Some 12,000 came.", "Some 10,000 came, 9,000 by rail.")
    quantity = linked.site.claims[ClaimId("c")].note.quantity
    assert isinstance(quantity, Quantity)
    found = [rival_numbers(quantity, each) for each in linked.citations("claim", "c")]
    assert found == [(), (10000.0, 9000.0)]
    (disagreement,) = linked.findings.disagreements.values()
    assert disagreement.summary == (
        "They sent troops. Its own evidence says 12,000 or 10,000 or 9,000."
    )


# --- groups -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pairs", "groups"),
    [
        ("", []),
        ("ab", [["a", "b"]]),
        ("ba", [["a", "b"]]),
        ("ab ab ba", [["a", "b"]]),
        ("ab cd", [["a", "b"], ["c", "d"]]),
        ("dc ab bc", [["a", "b", "c", "d"]]),
        ("xa xb xc", [["a", "b", "c", "x"]]),
        ("ab bc ca", [["a", "b", "c"]]),
    ],
)
def test_connected_groups_are_sorted(pairs: str, groups: list[list[str]]) -> None:
    """Pairs hang together transitively, whatever their order; groups and members are sorted."""
    assert connected((ClaimId(each[0]), ClaimId(each[1])) for each in pairs.split()) == groups


def test_summary_of_very_many_numbers_names_the_ends() -> None:
    """A dozen are told one by one; of more, how many there are, from the lowest to the highest."""
    claims = "".join(
        f"-- content/claims/c{number:02}.yaml --\nstatement: Claim {number}.\n"
        f"evidence: [{{source: a, quote: x}}]\nquantity: {{measure: m, value: {number}}}\n"
        for number in range(1, 14)
    )
    linked = site_of(
        "-- content/sources/a.yaml --\ntitle: A\n"
        f"-- content/measures/m.yaml --\ntitle: Rain\nunit: mm\n{claims}"
    )
    (found,) = linked.findings.disagreements.values()
    assert found.summary == "Rain: 13 numbers from 1 to 13 mm."
