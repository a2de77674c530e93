"""The scripts from which a browser compares any two voices."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.findings.voices import voices_of
from sitegen.pages import comparison_data as module
from sitegen.pages.comparison_data import comparison_files
from tests.compared import BRIEFING
from tests.sites import site_of


def scripts() -> dict[str, Any]:
    """Return what each script brings, by its name."""
    linked = site_of(BRIEFING)
    found = {}
    for file in comparison_files(linked.site, voices_of(linked.site)):
        call = file.content.decode()
        name, value = call.removeprefix("sitegen.data(").removesuffix(");\n").split(", ", 1)
        assert file.path == f"data/compare/{json.loads(name).removeprefix('compare-')}.js"
        found[json.loads(name)] = json.loads(value)
    return found


def test_voices_say_in_which_scripts_their_words_are() -> None:
    """Sources come before actors, each with its names from short to long."""
    found = scripts()
    assert found["compare-contents"] == {"language": "en", "lists": 1}
    voices = {voice["ref"]: voice for voice in found["compare-voices-1"]}
    assert voices["source:herald"] == {
        "ref": "source:herald",
        "names": ["Herald", "The flood", "The flood: what we know"],
        "detail": "Herald, 1 June 2024",
        "letter": "B",
        "count": 9,
        "first": 1,
        "last": 1,
    }
    assert list(voices)[-2:] == ["actor:engineer", "actor:mayor"]


def test_statement_has_all_that_comparing_needs() -> None:
    """Its subjects, its number with open ends, its ties, and the words with their place."""
    shard = scripts()["compare-said-1"]
    said, statements = shard["said"], shard["statements"]
    rows = {row["ref"]: row for row in said["source:herald"]}
    assert statements["claim:neglect"]["ties"] == [
        {"other": "claim:care", "type": "contradicts", "why": "One denies what the other says."}
    ]
    assert statements["claim:nine-hundred"]["number"] == {
        "measure": "homeless",
        "low": 810.0,
        "high": 990.0,
        "words": "about 900 people",
    }
    (passage,) = rows["claim:rain"]["said"]
    assert passage["url"].startswith("sources/herald.html#passage-")
    assert passage == {
        "stance": "supports",
        "origin": 0,
        "words": "It rained for a week.",
        "url": passage["url"],
        "isHeld": True,
        "source": "herald",
        "digit": "2",
    }
    (unheld,) = said["source:courier"][0]["said"]
    assert unheld["url"] == "claims/rain.html#evidence-4"
    assert "isHeld" not in unheld
    assert said["source:gazette"][2]["said"][0]["by"] == ["The mayor"]


def test_statement_stands_once_however_many_speak_of_it() -> None:
    """What voices say names the statement; what it is, is written once in a script."""
    shard = scripts()["compare-said-1"]
    rain = [row for rows in shard["said"].values() for row in rows if row["ref"] == "claim:rain"]
    assert len(rain) > 2
    assert all(row.keys() == {"ref", "said"} for row in rain)
    assert {row["ref"] for rows in shard["said"].values() for row in rows} == {*shard["statements"]}


def test_scripts_are_split_before_they_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each stays below the limit, a voice says where it goes on, and nothing is lost."""
    whole = scripts()["compare-said-1"]["said"]
    monkeypatch.setattr(module, "LARGEST", 1500)
    found = scripts()
    shards = [value for name, value in found.items() if name.startswith("compare-said-")]
    assert len(shards) > 3
    assert max(len(json.dumps(shard, separators=(",", ":"))) for shard in shards) < 2000
    lists = [value for name, value in found.items() if name.startswith("compare-voices-")]
    for voice in (voice for each in lists for voice in each):
        rows = [
            row
            for number in range(voice["first"], voice["last"] + 1)
            for row in found[f"compare-said-{number}"]["said"].get(voice["ref"], [])
        ]
        assert rows == whole[voice["ref"]]
