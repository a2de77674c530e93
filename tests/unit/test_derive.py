"""Standing and silence follow from evidence, by the rules of the content model."""

from __future__ import annotations

import pytest

from sitegen.findings.silence import silent_ids
from sitegen.notes import ClaimId
from tests.sites import LinkedSite, site_of

SOURCES = """
-- content/sources/a.yaml --
title: A
published: 2024-03-01
-- content/sources/b.yaml --
title: B
published: 2024-06-01
-- content/sources/c.yaml --
title: C
published: 2024-09-01
-- content/sources/undated.yaml --
title: Undated
"""


def silent_on(linked: LinkedSite, claim: str) -> tuple[str, ...]:
    """Return the sources that say nothing of a claim."""
    return tuple(silent_ids(linked.findings, ClaimId(claim), len(linked.site.sources)))


TWO = "{source: a, quote: x}, {source: b, quote: x}"


@pytest.mark.parametrize(
    ("evidence", "standing"),
    [
        (f"[{TWO}]", "corroborated"),
        ("[{source: a, quote: x}]", "single-origin"),
        ("[{source: a, quote: x}, {source: a, quote: y}]", "single-origin"),
        ("[{source: a, quote: x}, {source: b, quote: x, origins: [a]}]", "single-origin"),
        ("[{source: a, quote: x}, {source: b, quote: x, stance: mentions}]", "single-origin"),
        ("[{source: a, quote: x, stance: mentions}]", "reported"),
        (
            "[{source: a, quote: x, stance: mentions}, {source: b, quote: x, stance: mentions}]",
            "reported",
        ),
        ("[{source: a, quote: x, stance: disputes}]", "contested"),
        (f"[{TWO}, {{source: c, quote: x, stance: disputes}}]", "contested"),
        ("[{source: a, quote: x}, {source: a, quote: y, stance: disputes}]", "contested"),
        (
            "[{source: a, quote: x, stance: mentions}, {source: b, quote: x, stance: disputes}]",
            "contested",
        ),
    ],
    ids=[
        "two origins support it",
        "one supports it",
        "one supports it twice",
        "two that are not independent support it",
        "a mention is no support",
        "one mention",
        "two mentions",
        "one disputes it",
        "two support it, one disputes it",
        "one article says both",
        "mentioned and disputed",
    ],
)
def test_standing_follows_from_the_stances(evidence: str, standing: str) -> None:
    """Disputing evidence weighs first, then how many independent groups support."""
    linked = site_of(
        SOURCES + f"-- content/claims/c.yaml --\nstatement: It rained.\nevidence: {evidence}\n"
    )
    assert linked.standing("c") == standing


@pytest.mark.parametrize("declared_by", ["wet", "dry", "both"])
def test_contradiction_contests_both_ends(declared_by: str) -> None:
    """Two supported claims contest each other, whichever of them says that they contradict."""
    relation = "relations: [{{type: contradicts, claim: {}}}]"
    wet = relation.format("dry") if declared_by in {"wet", "both"} else ""
    dry = relation.format("wet") if declared_by in {"dry", "both"} else ""
    linked = site_of(
        SOURCES
        + f"""
-- content/claims/wet.yaml --
statement: It rained.
evidence: [{{source: a, quote: x}}, {{source: b, quote: x}}]
{wet}
-- content/claims/dry.yaml --
statement: It did not rain.
evidence: [{{source: c, quote: x}}]
{dry}
"""
    )
    assert linked.standing("wet") == "contested"
    assert linked.standing("dry") == "contested"


@pytest.mark.parametrize("declared_by", ["wet", "dry"])
def test_claim_that_is_only_mentioned_contests_nothing(declared_by: str) -> None:
    """A contradicting claim needs supporting evidence of its own to contest another one."""
    relation = "relations: [{{type: contradicts, claim: {}}}]"
    linked = site_of(
        SOURCES
        + f"""
-- content/claims/wet.yaml --
statement: It rained.
evidence: [{{source: a, quote: x}}, {{source: b, quote: x}}]
{relation.format("dry") if declared_by == "wet" else ""}
-- content/claims/dry.yaml --
statement: It did not rain.
evidence: [{{source: c, quote: x, stance: mentions}}]
{relation.format("wet") if declared_by == "dry" else ""}
"""
    )
    assert linked.standing("wet") == "corroborated"
    assert linked.standing("dry") == "contested"


@pytest.mark.parametrize(
    "type_",
    ["qualifies", "refines", "supports", "depends-on", "same-as", "compatible-with"],
)
def test_other_relations_contest_nothing(type_: str) -> None:
    """Only a contradiction bears on standing."""
    linked = site_of(
        SOURCES
        + f"""
-- content/claims/wet.yaml --
statement: It rained.
evidence: [{{source: a, quote: x}}]
relations: [{{type: {type_}, claim: dry}}]
-- content/claims/dry.yaml --
statement: It did not rain.
evidence: [{{source: c, quote: x}}]
"""
    )
    assert linked.standing("wet") == "single-origin"
    assert linked.standing("dry") == "single-origin"


def test_contradiction_does_not_spread() -> None:
    """What contradicts a rival of a claim says nothing of the claim itself."""
    linked = site_of(
        SOURCES
        + """
-- content/claims/one.yaml --
statement: One.
evidence: [{source: a, quote: x}]
-- content/claims/two.yaml --
statement: Two.
evidence: [{source: b, quote: x, stance: mentions}]
relations: [{type: contradicts, claim: one}, {type: contradicts, claim: three}]
-- content/claims/three.yaml --
statement: Three.
evidence: [{source: c, quote: x}]
"""
    )
    assert [linked.standing(each) for each in ("one", "two", "three")] == [
        "single-origin",
        "contested",
        "single-origin",
    ]


def test_draft_contests_nothing() -> None:
    """A claim that is not published does not bear on one that is."""
    linked = site_of(
        SOURCES
        + """
-- content/claims/wet.yaml --
statement: It rained.
evidence: [{source: a, quote: x}]
relations: [{type: contradicts, claim: dry}]
-- content/claims/dry.yaml --
draft: true
statement: It did not rain.
evidence: [{source: b, quote: x}]
relations: [{type: contradicts, claim: wet}]
"""
    )
    assert linked.standing("wet") == "single-origin"


@pytest.mark.parametrize(
    "assessment",
    [
        "{verdict: refuted}",
        "{verdict: contested}",
        "{verdict: confirmed, confidence: high}",
        "{likelihood: almost-no-chance, confidence: low}",
    ],
)
@pytest.mark.parametrize(
    ("evidence", "standing"),
    [
        ("[{source: a, quote: x}, {source: b, quote: x}]", "corroborated"),
        ("[{source: a, quote: x}]", "single-origin"),
        ("[{source: a, quote: x, stance: disputes}]", "contested"),
    ],
)
def test_assessment_plays_no_part(evidence: str, standing: str, assessment: str) -> None:
    """Whatever the author judges, standing stays what the evidence makes it."""
    linked = site_of(
        SOURCES
        + f"-- content/claims/c.yaml --\nstatement: It rained.\nevidence: {evidence}\n"
        + f"assessment: {assessment}\n"
    )
    assert linked.standing("c") == standing


def test_grades_play_no_part() -> None:
    """An article of the worst grade corroborates like any other: grades are shown beside it."""
    linked = site_of(
        """
-- content/sources/a.yaml --
title: A
reliability: E
-- content/sources/b.yaml --
title: B
reliability: F
-- content/claims/c.yaml --
statement: It rained.
evidence:
  - {source: a, quote: x, credibility: 5}
  - {source: b, quote: x, credibility: 6}
"""
    )
    assert linked.standing("c") == "corroborated"


# --- predictions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("evidence", "date", "standing"),
    [
        ("[{source: a, quote: x}]", "", "open"),
        ("[{source: a, quote: x}, {source: a, quote: y}]", "", "open"),
        ("[{source: a, quote: x, stance: mentions}]", "", "open"),
        ("[{source: a, quote: x}, {source: b, quote: x, stance: mentions}]", "", "open"),
        ("[{source: a, quote: x}, {source: b, quote: x}]", "", "corroborated"),
        ("[{source: b, quote: x}, {source: a, quote: x}]", "", "corroborated"),
        ("[{source: a, quote: x}, {source: b, quote: x, origins: [a]}]", "", "single-origin"),
        ("[{source: a, quote: x}, {source: c, quote: x, stance: disputes}]", "", "contested"),
        ("[{source: a, quote: x, stance: mentions}, {source: b, quote: x}]", "", "single-origin"),
        ("[{source: b, quote: x}, {source: a, quote: x, stance: disputes}]", "", "open"),
        ("[{source: a, quote: x}, {source: undated, quote: x}]", "", "open"),
        ("[{source: undated, quote: x}, {source: c, quote: x}]", "", "open"),
        ("[{source: a, quote: x}, {source: b, quote: x}]", "2024-08", "open"),
        ("[{source: a, quote: x}, {source: c, quote: x}]", "2024-08", "corroborated"),
        ("[{source: a, quote: x}, {source: b, quote: x}]", "2024-05/2024-12", "corroborated"),
        ("[{source: a, quote: x}, {source: c, quote: x}]", "2025", "open"),
        ("[{source: a, quote: x}, {source: c, quote: x}]", "../2024-12", "corroborated"),
    ],
    ids=[
        "only the article that makes it",
        "said twice in the article that makes it",
        "only mentioned",
        "mentioned later",
        "supported later",
        "supported later, whatever the order",
        "supported later by one that has it from the first",
        "disputed later",
        "mentioned first, supported later",
        "disputed before it was made",
        "supported nobody knows when",
        "made nobody knows when",
        "repeated before its time begins",
        "borne out when its time has begun",
        "borne out within its time",
        "its time has not begun yet",
        "its time has no beginning",
    ],
)
def test_prediction_is_open_until_it_is_answered(evidence: str, date: str, standing: str) -> None:
    """A prediction has another standing only from what came later and bears on it."""
    linked = site_of(
        SOURCES
        + "-- content/claims/c.yaml --\nstatement: It will rain.\nkind: prediction\n"
        + f"evidence: {evidence}\ndate: {date}\n"
    )
    assert linked.standing("c") == standing


@pytest.mark.parametrize(
    ("made", "answered", "standing"),
    [
        ("2024-03-01", "2024-03-02", "corroborated"),
        ("2024-03-01", "2024-03-01", "open"),
        ("2024-03", "2024-03-20", "open"),
        ("2024-03", "2024-04", "corroborated"),
        ("2024-03~", "2024-04-15", "open"),
        ("2024-03~", "2024-06", "corroborated"),
        ("2024-03-01", "2024-03-05?", "open"),
        ("2024-03-01", "2024-03-20?", "corroborated"),
        ("2024", "2024-12-31", "open"),
        ("2024-03-01", "2024-02/2024-05", "open"),
        ("2024-03-01", "2024-04/..", "corroborated"),
        ("2024-03/..", "2024-06-01", "open"),
    ],
)
def test_doubtful_dates_answer_no_prediction(made: str, answered: str, standing: str) -> None:
    """Only what was certainly published after the prediction answers it."""
    linked = site_of(
        f"""
-- content/sources/early.yaml --
title: Early
published: {made}
-- content/sources/late.yaml --
title: Late
published: {answered}
-- content/claims/c.yaml --
statement: It will rain.
kind: prediction
evidence: [{{source: early, quote: x}}, {{source: late, quote: x}}]
"""
    )
    assert linked.standing("c") == standing


@pytest.mark.parametrize(
    ("rival", "standing"),
    [
        ("{source: c, quote: x}", "contested"),
        ("{source: c, quote: x, stance: mentions}", "open"),
        ("{source: c, quote: x, stance: disputes}", "open"),
        ("{source: a, quote: x}", "open"),
    ],
    ids=["supported later", "mentioned later", "disputed later", "supported when it was made"],
)
def test_rival_claim_answers_a_prediction(rival: str, standing: str) -> None:
    """A claim that contradicts a prediction answers it if it was supported later."""
    linked = site_of(
        SOURCES
        + f"""
-- content/claims/prediction.yaml --
statement: It will rain.
kind: prediction
evidence: [{{source: a, quote: x}}]
-- content/claims/dry.yaml --
statement: It did not rain.
evidence: [{rival}]
relations: [{{type: contradicts, claim: prediction}}]
"""
    )
    assert linked.standing("prediction") == standing


@pytest.mark.parametrize("kind", ["fact", "estimate", "quotation", "provision", "opinion"])
def test_only_predictions_are_open(kind: str) -> None:
    """Every other kind of claim has its standing at once."""
    linked = site_of(
        SOURCES
        + f"-- content/claims/c.yaml --\nstatement: It rains.\nkind: {kind}\n"
        + "evidence: [{source: a, quote: x}]\ndate: 2099\n"
    )
    assert linked.standing("c") == "single-origin"


# --- silence ----------------------------------------------------------------------------------


def rain_and(hail: str = "", rain: str = "", storm: str = "", wet: str = "") -> str:
    """Return a claim, another one, an event and a question, with these fields besides their own."""
    return f"""
-- content/claims/rain.yaml --
statement: It rained.
evidence: [{{source: a, quote: x}}]
{rain}
-- content/claims/hail.yaml --
statement: It hailed.
{hail}
-- content/events/storm.yaml --
title: Storm
date: 2024
{storm}
-- content/events/flood.yaml --
title: Flood
date: 2024
-- content/questions/wet.yaml --
question: Was it wet?
{wet}
"""


BY_B = "evidence: [{source: b, quote: x}]\n"
BY_B_AND_C = "evidence: [{source: c, quote: x}, {source: b, quote: x}]\n"
BY_A = "evidence: [{source: a, quote: x}]\n"


@pytest.mark.parametrize(
    ("notes", "silent"),
    [
        (rain_and(hail=BY_B), ()),
        (rain_and(rain="events: [storm]", hail=BY_B + "events: [storm]"), ("b",)),
        (rain_and(storm="claims: [rain, hail]", hail=BY_B), ("b",)),
        (rain_and(storm="claims: [rain]\n" + BY_B_AND_C, hail=BY_A), ("b", "c")),
        (
            rain_and(
                storm="claims: [rain]\nrival_dates: [{date: 2023, source: c, quote: x}]", hail=BY_A
            ),
            ("c",),
        ),
        (rain_and(rain="questions: [wet]", hail=BY_B + "questions: [wet]"), ("b",)),
        (rain_and(wet="answers: [{claim: rain}, {claim: hail}]", hail=BY_B_AND_C), ("b", "c")),
        (rain_and(rain="events: [storm]", hail=BY_B + "events: [flood]"), ()),
        (rain_and(rain="events: [storm]", hail=BY_A + "events: [storm]"), ()),
        (rain_and(rain="events: [storm]", hail=BY_B + "events: [storm]\ndraft: true"), ()),
    ],
    ids=[
        "no event, no question",
        "another claim of the event quotes it",
        "the event names both claims",
        "the event itself quotes it",
        "a rival date quotes it",
        "another claim of the question quotes it",
        "another answer to the question quotes two",
        "it covers another event",
        "it speaks of this claim too",
        "only a draft quotes it",
    ],
)
def test_silent_are_sources_on_the_subject_that_do_not_speak(
    notes: str, silent: tuple[str, ...]
) -> None:
    """A source is silent on a claim if it covers the claim's event or question, not the claim."""
    assert silent_on(site_of(SOURCES + notes), "rain") == silent


def test_source_that_disputes_a_claim_is_not_silent() -> None:
    """Whoever speaks of a claim, in whatever stance, is not silent on it."""
    linked = site_of(
        SOURCES
        + """
-- content/events/storm.yaml --
title: Storm
date: 2024
evidence: [{source: a, quote: x}, {source: b, quote: x}, {source: c, quote: x}]
-- content/claims/rain.yaml --
statement: It rained.
events: [storm]
evidence: [{source: a, quote: x, stance: disputes}, {source: b, quote: x, stance: mentions}]
"""
    )
    assert silent_on(linked, "rain") == ("c",)


PREDICTION = """
-- content/sources/a.yaml --
title: A
published: 2024-03
-- content/sources/b.yaml --
title: B
published: 2024-06
-- content/claims/c.yaml --
statement: It will rain in 2025.
kind: prediction
date: 2025
evidence:
{evidence}
"""


@pytest.mark.parametrize(
    ("evidence", "standing"),
    [
        ("  - {source: a, quote: x}\n  - {source: b, quote: y}", "open"),
        ("  - {source: a, quote: x}\n  - {source: b, quote: y, stance: disputes}", "contested"),
        ("  - {source: b, quote: y, stance: disputes}", "contested"),
    ],
    ids=["repeated before its time", "denied before its time", "known from its denial alone"],
)
def test_prediction_can_be_denied_before_its_time_but_not_confirmed(
    evidence: str, standing: str
) -> None:
    """What was published before the predicted time cannot confirm, though it can dispute."""
    assert site_of(PREDICTION.format(evidence=evidence)).standing("c") == standing


def test_sources_of_events_and_of_contrary_claims_count_for_silence() -> None:
    """An event covers the question it names; who is quoted for a contrary claim is not silent."""
    linked = site_of("""
-- content/sources/a.yaml --
title: A
-- content/sources/b.yaml --
title: B
-- content/sources/d.yaml --
title: D
-- content/questions/q.yaml --
question: Did it rain?
-- content/events/e.yaml --
title: Rain
date: 2024
questions: [q]
evidence: [{source: b, quote: x}]
-- content/claims/c.yaml --
statement: It rained.
questions: [q]
evidence: [{source: a, quote: x}]
relations: [{type: contradicts, claim: dry}]
-- content/claims/dry.yaml --
statement: It was dry.
questions: [q]
evidence: [{source: d, quote: x}]
""")
    assert (silent_on(linked, "c"), silent_on(linked, "dry")) == (("b",), ("b",))
