"""Which fields refer to which notes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec import structs

from sitegen.diagnostics import Location
from sitegen.file_contents import read_note
from sitegen.kinds import Kind
from sitegen.model import Record, Ref
from sitegen.notes import Actor, Note
from sitegen.references import (
    address,
    display_name,
    link_targets,
    origin_reference,
    references,
)
from sitegen.yaml_nodes import Locations


def note_of(kind: Kind, text: str) -> Record[Note]:
    """Return the note that a sound text holds."""
    record, faults = read_note(Ref(kind, "a"), f"content/{kind}s/a.yaml", text)
    assert record is not None, faults
    return record


def test_references_of_a_claim() -> None:
    """Each id in a claim's fields is found, with its place, its role and its kind."""
    claim = note_of(
        Kind.CLAIM,
        """\
statement: It rained.
asserted_by: [mayor]
evidence:
  - {source: herald, quote: It rained, said_by: [clerk], origins: [actor:office, mail]}
events: [flood]
actors: [council]
places: [gauge]
questions: [why]
quantity: {measure: rainfall, value: 12}
relations: [{type: contradicts, claim: snow}, {type: depends-on, claim: cloud}]
""",
    )
    either = (Kind.ACTOR, Kind.SOURCE)
    assert [structs.astuple(each) for each in references(claim.note)] == [
        (("asserted_by", 0), "asserted_by", (Kind.ACTOR,), "mayor"),
        (("evidence", 0, "source"), "evidence", (Kind.SOURCE,), "herald"),
        (("evidence", 0, "origins", 0), "origins", (Kind.ACTOR,), "office"),
        (("evidence", 0, "origins", 1), "origins", either, "mail"),
        (("evidence", 0, "said_by", 0), "said_by", (Kind.ACTOR,), "clerk"),
        (("events", 0), "events", (Kind.EVENT,), "flood"),
        (("actors", 0), "actors", (Kind.ACTOR,), "council"),
        (("places", 0), "places", (Kind.PLACE,), "gauge"),
        (("questions", 0), "questions", (Kind.QUESTION,), "why"),
        (("quantity", "measure"), "quantity", (Kind.MEASURE,), "rainfall"),
        (("relations", 0, "claim"), "contradicts", (Kind.CLAIM,), "snow"),
        (("relations", 1, "claim"), "depends-on", (Kind.CLAIM,), "cloud"),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (
            Kind.EVENT,
            """\
title: a
date: 2024
part_of: storm
claims: [rain]
rival_dates: [{date: 2023, source: herald, quote: b}]
""",
            [("rival_dates", "herald"), ("claims", "rain"), ("part_of", "storm")],
        ),
        (Kind.SOURCE, "title: a\norigins: [mail]\n", [("origins", "mail")]),
        (Kind.ACTOR, "name: a\nmember_of: [council]\n", [("member_of", "council")]),
        (Kind.QUESTION, "question: a\nanswers: [{claim: rain}]\n", [("answers", "rain")]),
        (
            Kind.CORRECTION,
            "date: 2024\nwas: a\nnow: b\nnotes: [claims/c]\n",
            [("corrections", "c")],
        ),
        (Kind.PLACE, "name: a\n", []),
        (Kind.MEASURE, "title: a\nunit: b\n", []),
    ],
)
def test_references_of_other_notes(kind: Kind, text: str, found: list[tuple[str, str]]) -> None:
    """Each kind of note has its own references, and places and measures have none."""
    assert [(each.role, each.id) for each in references(note_of(kind, text).note)] == found


def test_origin_may_name_its_kind() -> None:
    """Before an origin's id may stand what it is; without that it may be either."""
    assert origin_reference("actor:a", ()).kinds == (Kind.ACTOR,)
    assert origin_reference("source:a", ()).kinds == (Kind.SOURCE,)
    assert origin_reference("a", ()).kinds == (Kind.ACTOR, Kind.SOURCE)
    assert {origin_reference(each, ()).id for each in ("actor:a", "source:a", "a")} == {"a"}


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CORRECTION])
def test_address_in_singular_and_plural(kind: Kind) -> None:
    """A correction may write `claim/id` or `claims/id`."""
    assert address(f"{kind}/a") == address(f"{kind}s/a") == Ref(kind, "a")


def test_link_means_the_notes_of_its_id() -> None:
    """A link without a kind means every note with its id, one with a kind at most one."""
    actor = Record(Ref(Kind.ACTOR, "a"), Actor(name="A"), Locations("f", ""))
    found: Mapping[Kind, Mapping[str, Record[Note]]] = {
        Kind.ACTOR: {"a": actor},
        Kind.SOURCE: {"a": note_of(Kind.SOURCE, "title: A\n")},
    }

    def records(kind: Kind) -> Mapping[str, Record[Note]]:
        return found.get(kind, {})

    assert link_targets(records, None, "a") == (Ref(Kind.SOURCE, "a"), Ref(Kind.ACTOR, "a"))
    assert link_targets(records, "actor", "a") == (Ref(Kind.ACTOR, "a"),)
    assert link_targets(records, "place", "a") == ()


def test_notes_are_called_by_what_readers_see() -> None:
    """A note's name is its title, statement, name or question."""
    claim = note_of(Kind.CLAIM, "statement: It rained.\nevidence: [{source: a, quote: b}]\n")
    assert display_name(claim) == "It rained."
    assert display_name(note_of(Kind.QUESTION, "question: Why?\n")) == "Why?"
    assert display_name(note_of(Kind.CORRECTION, "date: 2024\nwas: dry\nnow: wet\n")) == "dry"
    assert claim.at("statement") == Location("content/claims/a.yaml", 1, 12)
