"""Numbers of a measure that cannot both hold."""

from __future__ import annotations

import pytest

from sitegen.findings.clashes import clashes
from sitegen.findings.voices import voices_of
from sitegen.kinds import Kind
from sitegen.model import Ref
from tests.sites import site_of


def clashing(ours: dict[str, str], theirs: dict[str, str]) -> list[str]:
    """Return the pairs of claims that clash, of quantities with what else their claims say."""
    claims = "".join(
        f"-- content/claims/{name}.yaml --\nstatement: {name}.\n"
        f"quantity: {{measure: m, {fields.partition('|')[0]}}}\n{fields.partition('|')[2]}\n"
        f"evidence: [{{source: {source}, quote: x}}]\n"
        for source, said in (("a", ours), ("b", theirs))
        for name, fields in said.items()
    )
    voices = voices_of(
        site_of(
            "-- content/sources/a.yaml --\ntitle: A\n-- content/sources/b.yaml --\ntitle: B\n"
            "-- content/measures/m.yaml --\ntitle: M\nunit: things\n" + claims
        ).site
    )
    sides = [[Ref(Kind.CLAIM, name) for name in said] for said in (ours, theirs)]
    return [f"{one.id}-{other.id}" for one, other in clashes(voices, *sides)]


@pytest.mark.parametrize(
    ("ours", "theirs", "found"),
    [
        ({"p": "value: 1"}, {"q": "value: 2"}, ["p-q"]),
        ({"p": "value: 1, qualifier: over"}, {"q": "value: 2"}, []),
        ({"p": "value: 1, scope: east"}, {"q": "value: 2, scope: west"}, []),
        ({"p": "value: 1, scope: east"}, {"q": "value: 2"}, ["p-q"]),
        ({"p": "value: 1, as_of: 2023"}, {"q": "value: 2, as_of: 2024"}, []),
        ({"p": "value: 1, as_of: 2024-05"}, {"q": "value: 2, as_of: 2024"}, ["p-q"]),
    ],
)
def test_numbers_clash_where_they_count_the_same(
    ours: dict[str, str], theirs: dict[str, str], found: list[str]
) -> None:
    """Scopes that differ and dates apart do not compare; what is not said fits anything."""
    assert clashing(ours, theirs) == found


def test_of_many_numbers_those_farthest_apart_are_named() -> None:
    """Two pairs tell how two lists exclude one another: each one's lowest, the other's highest."""
    ours = {"p1": "value: 1", "p2": "value: 2", "p3": "value: 3"}
    assert clashing(ours, {"q8": "value: 8", "q9": "value: 9"}) == ["p1-q9", "p3-q8"]
    assert clashing(ours, {"q2": "value: 2"}) == ["p1-q2", "p3-q2"]


def test_what_authors_declare_counts_for_more_than_the_numbers() -> None:
    """Numbers said to be compatible do not clash, and those said to be contrary do."""
    fits = "|relations: [{type: compatible-with, claim: q}]"
    contrary = "|relations: [{type: contradicts, claim: q}]"
    assert clashing({"p": f"value: 1{fits}"}, {"q": "value: 2"}) == []
    assert clashing({"p": f"value: 1, scope: east{contrary}"}, {"q": "value: 1, scope: west"}) == [
        "p-q"
    ]
    assert clashing({"p": f"value: 1{fits}", "r": "value: 1"}, {"q": "value: 2"}) == ["r-q"]


def test_number_that_both_give_may_clash_with_what_either_says_besides() -> None:
    """Not with itself; and it does not matter who comes first."""
    voices = voices_of(
        site_of(
            "-- content/measures/m.yaml --\ntitle: M\nunit: things\n"
            "-- content/sources/a.yaml --\ntitle: A\n"
            + "".join(
                f"-- content/claims/c{value}.yaml --\nstatement: S.\n"
                f"quantity: {{measure: m, value: {value}}}\n"
                "evidence: [{source: a, quote: x}]\n"
                for value in (4, 5, 6, 9)
            )
        ).site
    )
    both, five, six, nine = (Ref(Kind.CLAIM, f"c{value}") for value in (4, 5, 6, 9))
    found = sorted(clashes(voices, [five, six, both], [both, nine]))
    assert found == [(both, nine), (five, both), (five, nine), (six, both), (six, nine)]
    turned = clashes(voices, [both, nine], [five, six, both])
    assert sorted((left, right) for right, left in turned) == found
