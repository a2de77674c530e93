"""How much may hang on one note: all that the limit allows, and an error at what goes beyond it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from sitegen.check import check_corpus
from sitegen.diagnostics import Diagnostic
from sitegen.kinds import Kind
from sitegen.prove import prove
from sitegen.rules.limits import (
    MOST_ORIGINS,
    MOST_RELATED,
    RULES,
)
from sitegen.rules.ties import MOST_OF_A_KIND
from tests.sites import SETTINGS, read_files

_HERALD = {"content/sources/herald.yaml": "title: Rain on Monday\n"}
_QUOTED = "evidence: [{source: herald, quote: It rained}]\n"
_NOTES = {
    Kind.QUESTION: "question: Why?\n",
    Kind.EVENT: "title: Storm\ndate: 2024\n",
    Kind.ACTOR: "name: The council\n",
    Kind.PLACE: "name: The river\n",
}


def faults(files: Mapping[str, str]) -> list[Diagnostic]:
    """Return what the limits say of a project."""
    corpus, _ = read_files({SETTINGS: "title: Rain\n", **_HERALD, **files})
    return [each for each in check_corpus(corpus, prove(corpus)) if each.rule in RULES]


def notes(kind: Kind, count: int, more: str = "") -> dict[str, str]:
    """Return so many notes of a kind: `n0`, `n1` … with some more in each."""
    return {f"content/{kind}s/n{each}.yaml": _NOTES[kind] + more for each in range(count)}


def listed(field: str, count: int) -> str:
    """Return a field that names so many notes."""
    return f"{field}: [{', '.join(f'n{each}' for each in range(count))}]\n"


def claim(more: str) -> dict[str, str]:
    """Return a claim with some more fields."""
    return {"content/claims/rain.yaml": f"statement: It rained.\n{_QUOTED}{more}"}


@pytest.mark.parametrize("kind", MOST_OF_A_KIND)
def test_claim_names_as_many_notes_as_are_allowed_and_no_more(kind: Kind) -> None:
    """The first note beyond the limit is an error where it stands, with both numbers."""
    most = MOST_OF_A_KIND[kind]
    some = notes(kind, most + 1)
    assert faults(some | claim(listed(f"{kind}s", most))) == []
    (fault,) = faults(some | claim(listed(f"{kind}s", most + 1)))
    before = listed(f"{kind}s", most)
    assert fault.at == ("content/claims/rain.yaml", 3, len(before) + 1)
    assert fault.message == (
        f'the claim "rain" has to do with {most + 1} {kind}s, and at most {most} are allowed'
    )


@pytest.mark.parametrize("kind", [Kind.ACTOR, Kind.PLACE, Kind.QUESTION])
def test_event_has_the_limits_of_a_claim(kind: Kind) -> None:
    """An event may have to do with as many notes of a kind as a claim."""
    most = MOST_OF_A_KIND[kind]
    event = "content/events/storm.yaml"
    some = notes(kind, most + 1)
    assert faults(some | {event: _NOTES[Kind.EVENT] + listed(f"{kind}s", most)}) == []
    (fault,) = faults(some | {event: _NOTES[Kind.EVENT] + listed(f"{kind}s", most + 1)})
    assert (fault.rule, fault.at.path, fault.at.line) == ("too-many-subjects", event, 3)


@pytest.mark.parametrize(
    ("kind", "naming"),
    [(Kind.QUESTION, "answers: [{claim: rain}]\n"), (Kind.EVENT, "claims: [rain]\n")],
)
def test_notes_that_name_a_claim_count_too(kind: Kind, naming: str) -> None:
    """Where others name the claim, the error stands at the first of them beyond the limit."""
    most = MOST_OF_A_KIND[kind]
    both = claim(listed(f"{kind}s", most))  # named at both ends: each counts once
    assert faults(notes(kind, most, naming) | both) == []
    one_more = {f"content/{kind}s/z.yaml": _NOTES[kind] + naming}
    (fault,) = faults(notes(kind, most, naming) | both | one_more)
    assert fault.at.path == f"content/{kind}s/z.yaml"
    assert fault.message.startswith(f'the claim "rain" has to do with {most + 1} {kind}s')


@pytest.mark.parametrize(
    ("path", "field", "most"),
    [
        ("claims/rain", "places: [{}]\n", MOST_OF_A_KIND[Kind.PLACE]),
        ("sources/herald", "origins: [{}]\n", MOST_ORIGINS),
    ],
)
def test_one_note_named_again_and_again_counts_each_time(path: str, field: str, most: int) -> None:
    """Where a list repeats a note, pages show it as often as it stands there."""
    some = notes(Kind.PLACE, 1) | notes(Kind.ACTOR, 1) | claim("") | _HERALD
    text = some[f"content/{path}.yaml"]
    named = ", ".join(["n0"] * most)
    assert faults(some | {f"content/{path}.yaml": text + field.format(named)}) == []
    (fault,) = faults(some | {f"content/{path}.yaml": text + field.format(f"{named}, n0")})
    assert f"{most + 1} " in fault.message


def test_answers_that_repeat_a_claim_count_each_time() -> None:
    """A question that names one claim as its answer over and over is like so many questions."""
    most = MOST_OF_A_KIND[Kind.QUESTION]
    question = "content/questions/q.yaml"

    def answers(count: int) -> dict[str, str]:
        return {question: "question: Why?\nanswers:\n" + "  - claim: rain\n" * count}

    assert faults(claim("") | answers(most)) == []
    (fault,) = faults(claim("") | answers(most + 1))
    assert fault.at == (question, most + 3, 12)


def test_speakers_count_as_actors() -> None:
    """Who is spoken of, who asserts a claim and whose words it quotes count together, each once."""
    most = MOST_OF_A_KIND[Kind.ACTOR]
    told = listed("actors", most - 1) + "asserted_by: [n0, teller]\n"
    said = "evidence: [{source: herald, quote: It rained, said_by: [n1, speaker]}]\n"
    some = notes(Kind.ACTOR, most) | {
        f"content/actors/{each}.yaml": "name: Who speaks\n" for each in ("teller", "speaker")
    }
    assert faults(some | claim(told)) == []
    (fault,) = faults(some | {"content/claims/rain.yaml": f"statement: It rained.\n{told}{said}"})
    assert f"{most + 1} actors" in fault.message


def related(count: int, named: str) -> dict[str, str]:
    """Return claims that each name another one as what they depend on."""
    more = f"relations: [{{type: depends-on, claim: {named}}}]\n"
    return {
        f"content/claims/n{each}.yaml": f"statement: It was wet.\n{_QUOTED}{more}"
        for each in range(count)
    }


def test_relations_count_from_either_end() -> None:
    """What a claim names and what names it count together, and each other claim once."""
    own = "".join(f"  - {{type: supports, claim: n{each}}}\n" for each in range(MOST_RELATED))
    hub = claim(f"relations:\n{own}")
    assert faults(related(MOST_RELATED, "rain") | hub) == []
    (fault,) = faults(related(MOST_RELATED + 1, "rain") | hub)
    last = max(related(MOST_RELATED + 1, "rain"))  # notes come in the order of their ids
    assert fault.at == (last, 3, 39)
    assert fault.message == (
        f'the claim "rain" stands in relation to {MOST_RELATED + 1} claims, '
        f"and at most {MOST_RELATED} are allowed"
    )


def test_claims_that_are_the_same_count_as_one() -> None:
    """A claim cannot be cut in two that are the same, to have twice as many relations."""
    same = claim("relations: [{type: same-as, claim: wet}]\n")
    wet = {"content/claims/wet.yaml": f"statement: It was wet.\n{_QUOTED}"}
    most = MOST_RELATED - 2  # with the two of them
    half = related(most // 2, "rain")
    other = {path.replace("/n", "/o"): text for path, text in related(most // 2, "wet").items()}
    assert faults(same | wet | half | other) == []
    (fault,) = faults(same | wet | related(most // 2 + 1, "rain") | other)
    assert fault.message.startswith(f'the claim "rain" stands in relation to {MOST_RELATED + 1} ')


def chain(length: int) -> dict[str, str]:
    """Return sources that have it each from the one before: the last goes back to all others."""
    return {
        f"content/sources/s{each}.yaml": "title: Rain\n"
        + (f"origins: [s{each - 1}]\n" if each else "")
        for each in range(length)
    }


def test_long_line_of_origins_is_told_of_once() -> None:
    """A source may go back to so many others and no more; those that follow it are not told of."""
    assert faults(chain(MOST_ORIGINS + 1)) == []
    (fault,) = faults(chain(MOST_ORIGINS + 50))
    first = f"s{MOST_ORIGINS + 1}"
    assert fault.at == (f"content/sources/{first}.yaml", 2, 11)
    assert fault.message == (
        f'the source "{first}" goes back to {MOST_ORIGINS + 1} origins, '
        f"and at most {MOST_ORIGINS} are allowed"
    )


def test_origins_of_a_source_itself_have_the_same_limit() -> None:
    """Of too many origins of its own the first beyond the limit is shown."""
    some = notes(Kind.ACTOR, MOST_ORIGINS + 1)
    source = "content/sources/herald.yaml"
    assert faults(some | {source: "title: Rain\n" + listed("origins", MOST_ORIGINS)}) == []
    (fault,) = faults(some | {source: "title: Rain\n" + listed("origins", MOST_ORIGINS + 1)})
    assert fault.at == (source, 2, len(listed("origins", MOST_ORIGINS)) + 1)


def test_circle_of_origins_is_left_to_its_own_rule() -> None:
    """Sources that go back to one another, and what hangs on them, are not counted for ever."""
    circle = chain(3) | {"content/sources/s0.yaml": "title: Rain\norigins: [s2]\n"}
    after = {"content/sources/late.yaml": "title: Rain\norigins: [s0, s1]\n"}
    assert faults(circle | after) == []


@pytest.mark.parametrize(
    ("rule", "limits"),
    [
        ("too-many-subjects", MOST_OF_A_KIND.values()),
        ("too-many-relations", [MOST_RELATED]),
        ("too-many-origins", [MOST_ORIGINS]),
    ],
)
def test_manual_names_the_limits(rule: str, limits: Collection[int]) -> None:
    """An author can look the numbers up before meeting them."""
    assert all(f"{each} " in RULES[rule] for each in limits)
