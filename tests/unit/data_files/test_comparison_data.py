"""The scripts from which a browser compares any two voices."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from sitegen.data_files import comparison_data as module
from sitegen.data_files.comparison_data import comparison_files
from sitegen.findings.voices import voices_of
from sitegen.ledger import Tables
from sitegen.model import Findings, Site
from sitegen.views import FileMaker
from tests.archive import unpack
from tests.compared import BRIEFING
from tests.rebuilds import FILES, made_again, made_by
from tests.sites import site_of


def scripts() -> dict[str, Any]:
    """Return what each script brings, by its name."""
    linked = site_of(BRIEFING)
    found = {}
    for file in made_by(comparison_files(linked.site, voices_of(linked.site))):
        call = file.content.decode()
        name, value = call.removeprefix("sitegen.data(").removesuffix(");\n").split(", ", 1)
        assert file.path == f"data/compare/{json.loads(name).removeprefix('compare-')}.js"
        found[json.loads(name)] = json.loads(value)
    return found


def test_voices_are_listed() -> None:
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
    }
    assert list(voices)[-2:] == ["actor:engineer", "actor:mayor"]


def test_statement_has_all_that_comparing_needs() -> None:
    """Its subjects, its number with open ends, its ties, and the words with their place."""
    found = scripts()
    script = found["compare-sources/herald"]
    statements = script["statements"]
    rows = {row["ref"]: row for row in script["said"]}
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
    (unheld,) = found["compare-sources/courier"]["said"][0]["said"]
    assert unheld["url"] == "claims/rain.html#evidence-4"
    assert "isHeld" not in unheld
    assert found["compare-sources/gazette"]["said"][2]["said"][0]["by"] == ["The mayor"]


def test_script_of_a_voice_has_all_that_it_speaks_of() -> None:
    """What a voice says names the statement; what it is, is written once, and no other one is."""
    found = scripts()
    voices = [voice["ref"] for voice in found["compare-voices-1"]]
    assert len(found) == len(voices) + 2
    for voice in voices:
        kind, _, name = voice.partition(":")
        script = found[f"compare-{kind}s/{name}"]
        assert all(row.keys() == {"ref", "said"} for row in script["said"])
        assert [row["ref"] for row in script["said"]] == [*script["statements"]]
        assert "more" not in script


def test_scripts_are_split_before_they_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each stays below the limit, says whether the next goes on, and nothing is lost."""
    whole = scripts()["compare-sources/herald"]["said"]
    monkeypatch.setattr(module, "LARGEST", 1500)
    found = scripts()
    assert found["compare-contents"] == {"language": "en", "lists": 1}
    parts = {name: value for name, value in found.items() if "/herald" in name}
    assert len(parts) > 2
    assert max(len(json.dumps(each, separators=(",", ":"))) for each in parts.values()) < 2000
    first, *others = parts
    assert others == [f"{first}.{number}" for number in range(2, len(parts) + 1)]
    assert [value.get("more", False) for value in parts.values()] == [True] * len(others) + [False]
    assert [row for value in parts.values() for row in value["said"]] == whole


def test_lists_of_voices_are_split_before_they_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """The contents say how many there are, and no voice is lost."""
    whole = scripts()["compare-voices-1"]
    monkeypatch.setattr(module, "LARGEST", 300)
    found = scripts()
    count = found["compare-contents"]["lists"]
    assert count > 1
    lists = [found[f"compare-voices-{number}"] for number in range(1, count + 1)]
    assert [voice for each in lists for voice in each] == whole


def test_change_reaches_the_scripts_that_show_it() -> None:
    """Words of a statement those of whoever speaks of it, a name those that give it."""
    path = "content/claims/rain.yaml"
    changed = unpack(BRIEFING)[path].replace("statement: ", "statement: Indeed ")
    found = made_again(BRIEFING, {path: changed}, _data)[FILES]
    said = scripts()
    speaking = [
        name.removeprefix("compare-")
        for name, value in said.items()
        if isinstance(value, dict) and "claim:rain" in value.get("statements", {})
    ]
    assert found == [f"data/compare/{name}.js" for name in speaking]
    assert len(speaking) < len(said) - 2


def _data(site: Site, _: Findings, tables: Tables, processes: int) -> Iterable[FileMaker]:
    return comparison_files(site, voices_of(site, tables), tables, processes)
