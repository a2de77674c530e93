"""The facts that lists are filtered by are complete, compact and of one shape."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.data_files import list_facts
from sitegen.kinds import Kind
from sitegen.model import Ref
from sitegen.runs import Run
from tests.archive import unpack
from tests.rebuilds import FILES, made_again, made_by
from tests.sites import LinkedSite, site_of

SITE = """
-- content/sources/herald.yaml --
title: Herald
kind: news
reliability: B
published: 2024-09
-- content/sources/mirror.yaml --
title: Mirror
-- content/actors/kim.yaml --
name: Kim
kind: person
-- content/actors/lee.yaml --
name: Lee
-- content/places/port.yaml --
name: Port
country: Land
-- content/questions/why.yaml --
question: Why?
answers: [{claim: wet}]
-- content/claims/wet.yaml --
statement: It rained.
date: 2024-06
asserted_by: [kim]
places: [port]
evidence: [{source: herald, quote: x, said_by: [lee]}]
assessment: {verdict: likely}
relations: [{type: contradicts, claim: dry}]
-- content/claims/dry.yaml --
statement: A dry day </script>.
kind: estimate
evidence: [{source: mirror, quote: y}]
-- content/events/storm.yaml --
title: Storm
date: ../2024-06-19
actors: [kim]
claims: [wet]
"""


def facts(site: LinkedSite) -> dict[str, Any]:
    """Return what each script brings, by the name it brings it under."""
    found = {}
    for file in made_by(list_facts.list_facts(site.site, site.findings)):
        name, _, value = file.content.decode().removeprefix("sitegen.data(").partition(", ")
        assert file.path == f"data/lists/{json.loads(name).removeprefix('list-')}.js"
        found[json.loads(name)] = json.loads(value.removesuffix(");\n"))
    return found


def rows(list_: str, text: str = SITE) -> dict[str, dict[str, Any]]:
    """Return the rows of a list by id, with names for the ids they point to."""
    brought = facts(site_of(text))
    contents = brought[f"list-{list_}"]
    found = {}
    for shard in contents["shards"]:
        value = brought[f"list-{list_}-{shard}"]
        for note_id, title, words, first, last, codes, *pointed, count in value["rows"]:
            found[note_id] = {
                "title": title,
                "date": (words, first, last),
                **dict(zip(contents["codes"], codes, strict=True)),
                **{
                    kind: [value["names"][kind][place][1] for place in places]
                    for kind, places in zip(
                        ("actor", "place", "question", "source"), pointed, strict=True
                    )
                },
                "count": count,
            }
    return found


def test_claims_know_who_where_which_question_and_which_source() -> None:
    """Whoever asserts it or is quoted for it counts; so does a question it answers."""
    assert rows("claims") == {
        "wet": {
            "title": "It rained.",
            "date": ("June 2024", "2024-06-01", "2024-06-30"),
            "kind": "fact",
            "standing": "contested",
            "verdict": "likely",
            "actor": ["Kim", "Lee"],
            "place": ["Port"],
            "question": ["Why?"],
            "source": ["Herald"],
            "count": 1,
        },
        "dry": {
            "title": "A dry day </script>.",
            "date": ("", "", ""),
            "kind": "estimate",
            "standing": "contested",
            "verdict": "",
            "actor": [],
            "place": [],
            "question": [],
            "source": ["Mirror"],
            "count": 1,
        },
    }


def test_other_lists_know_what_their_claims_and_events_know() -> None:
    """An event has the sources of its claims, an actor the places of its claims."""
    assert rows("events")["storm"]["source"] == ["Herald"]
    assert rows("events")["storm"]["date"] == ("until 19 June 2024", "0000", "2024-06-19")
    assert (rows("sources")["herald"]["grade"], rows("sources")["herald"]["actor"]) == (
        "B",
        ["Kim", "Lee"],
    )
    assert (rows("actors")["kim"]["place"], rows("actors")["kim"]["count"]) == (["Port"], 1)
    assert (rows("places")["port"]["country"], rows("places")["port"]["actor"]) == (
        "Land",
        ["Kim", "Lee"],
    )
    (found,) = rows("disagreements").items()
    assert found[0] == "disagreements.html#contradiction-dry"
    assert found[1]["source"] == ["Mirror", "Herald"]


def test_script_cannot_end_the_page_it_stands_in() -> None:
    """Whatever a statement says, no tag is closed by it."""
    site = site_of(SITE)
    files = made_by(list_facts.list_facts(site.site, site.findings))
    assert not any(b"</script" in file.content for file in files)


def test_long_list_comes_in_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each names all that its own rows point to, so that none needs another."""
    monkeypatch.setattr(list_facts, "LARGEST_SHARD", 200)
    contents = facts(site_of(SITE))["list-claims"]
    assert contents["shards"] == ["a", "i"]
    assert set(rows("claims")) == {"wet", "dry"}


def after(note: str, old: str, new: str) -> dict[str, list[Any]]:
    """Return what is made again for lists, by table, after a change to a note."""
    path = f"content/{note}.yaml"
    changed = unpack(SITE)[path].replace(old, new)
    return made_again(SITE, {path: changed}, list_facts.list_facts)


def claims(*ids: str) -> list[Run]:
    """Return what claims are known by."""
    return [Run(Kind.CLAIM, (each,)) for each in ids]


def test_row_is_made_again_for_what_a_list_shows_of_its_note() -> None:
    """What no list shows changes no file; a title goes into the note's own list and no other."""
    made = after("claims/wet", "assessment: {", "assessment: {rationale: So., ")
    assert made["rows of claims"] == claims("wet")
    assert not {"parts of lists", "rows of sources", FILES} & set(made)
    storm = [Run(Kind.EVENT, ("storm",))]
    assert after("events/storm", "title: Storm", "title: A gale") == {
        "facets of claims and events": storm,
        "rows of events": storm,
        "order of events": storm,
        "parts of lists": ["events"],
        FILES: ["data/lists/events-all.js"],
    }


def test_other_facets_reach_whatever_has_to_do_with_the_note() -> None:
    """A claim that names somebody else changes the rows of both, and of its source and places."""
    made = after("claims/wet", "asserted_by: [kim]", "asserted_by: []")
    assert made["facets of claims and events"] == claims("wet")
    assert made["rows of claims"] == claims("wet")
    assert made["rows of sources"] == [Run(Kind.SOURCE, ("herald",))]
    assert made["rows of actors"] == [Run(Kind.ACTOR, ("kim",)), Run(Kind.ACTOR, ("lee",))]
    assert made["rows of places"] == [Run(Kind.PLACE, ("port",))]
    assert "rows of events" not in made


def test_name_reaches_the_shards_that_show_it() -> None:
    """Rows have the ids of what they point to, so that they stay as they are."""
    made = after("questions/why", "question: Why?", "question: Why not?")
    assert [table for table in made if table.startswith("rows")] == []
    assert "data/lists/claims-all.js" in made[FILES]
    made = after("actors/kim", "kind: person", "kind: person\nsummary: Known.")
    kim = Run(Kind.ACTOR, ("kim",))
    assert made == {"rows of actors": [kim], "names in lists": [Ref(Kind.ACTOR, "kim")]}


def test_change_in_one_shard_leaves_the_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as the list is cut as before."""
    monkeypatch.setattr(list_facts, "LARGEST_SHARD", 200)
    made = after("claims/wet", "It rained.", "It poured.")
    assert [name for name in made[FILES] if "claims" in name] == ["data/lists/claims-i.js"]


OTHER = """
-- content/claims/cold.yaml --
statement: It was cold.
evidence: [{source: mirror, quote: y}]
relations: [{type: contradicts, claim: warm, why: Cold is not warm.}]
-- content/claims/warm.yaml --
statement: It was warm.
evidence: [{source: mirror, quote: y}]
"""


def test_disagreement_that_changes_leaves_the_rows_of_others_alone() -> None:
    """Each is looked up for itself, and its row is found by its id."""
    changed = unpack(OTHER)["content/claims/cold.yaml"].replace("Cold is not", "Nobody was")
    made = made_again(SITE + OTHER, {"content/claims/cold.yaml": changed}, list_facts.list_facts)
    assert made["rows of disagreements"] == ["contradiction-cold"]
    assert "data/lists/disagreements-all.js" in made[FILES]
