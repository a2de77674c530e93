"""Reports in the Static Analysis Results Interchange Format, as OASIS defines it."""

from __future__ import annotations

import json
from typing import Any, Final

import jsonschema

from sitegen.authoring.rule_manual import all_rules
from sitegen.authoring.sarif import format_sarif
from sitegen.diagnostics import Location, error, warning

_WORDS: Final = {"type": "object", "required": ["text"], "additionalProperties": False,
                 "properties": {"text": {"type": "string", "minLength": 1}}}  # fmt: skip
_LEVEL: Final = {"enum": ["none", "note", "warning", "error"]}
_NUMBER: Final = {"type": "integer", "minimum": 1}
_PLACE: Final = {
    "type": "object",
    "required": ["physicalLocation"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "integer", "minimum": -1},
        "message": _WORDS,
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "additionalProperties": False,
                    "properties": {
                        "uri": {"type": "string", "pattern": "^[A-Za-z0-9%._~/-]+$"},
                        "uriBaseId": {"type": "string"},
                    },
                },
                "region": {
                    "type": "object",
                    "required": ["startLine"],
                    "additionalProperties": False,
                    "properties": dict.fromkeys(
                        ("startLine", "startColumn", "endLine", "endColumn"), _NUMBER
                    ),
                },
            },
        },
    },
}
SCHEMA: Final = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id"],
                                            "properties": {
                                                "id": {"type": "string"},
                                                "shortDescription": {"required": ["text"]},
                                                "help": {"required": ["text"]},
                                                "defaultConfiguration": {
                                                    "properties": {"level": _LEVEL}
                                                },
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "required": ["message"],
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": -1},
                                "level": _LEVEL,
                                "message": _WORDS,
                                "locations": {"type": "array", "items": _PLACE},
                                "relatedLocations": {"type": "array", "items": _PLACE},
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What SARIF 2.1.0 requires of the properties that are used here (sections 3.13 to 3.52)."""

FOUND = (
    warning("orphan-note", Location("content/claims/a b.yaml"), "nothing leads to it", "link it"),
    error(
        "repeated-id",
        Location("content/actors/é.yaml", 3, 7),
        "another actor has this id",
        related=((Location("content/actors/x.yaml", 2), "the other one"),),
    ),
    error("made-up", Location("content"), "a rule that is in no manual"),
)


def run_of(text: str) -> dict[str, Any]:
    """Return the one run of a log, which must be of version 2.1.0."""
    log = json.loads(text)
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return dict(run)


def test_log_has_what_the_standard_requires() -> None:
    """Every object has its required properties, and none has a value that cannot stand there."""
    for found in (FOUND, ()):
        log = json.loads(format_sarif(found, all_rules()))
        assert [*jsonschema.Draft202012Validator(SCHEMA).iter_errors(log)] == []


def test_every_rule_has_its_manual_as_help() -> None:
    """The tool's rules carry what the manual says, the first sentence of it and a level."""
    rules = run_of(format_sarif((), all_rules()))["tool"]["driver"]["rules"]
    assert [each["id"] for each in rules] == list(all_rules())
    for each in rules:
        assert each["help"]["text"] == all_rules()[each["id"]].manual
        assert each["shortDescription"]["text"]
        assert each["defaultConfiguration"]["level"] in {"error", "warning"}


def test_result_has_rule_level_words_and_region() -> None:
    """A diagnostic becomes a result with its place in code points, and says what to do."""
    run = run_of(format_sarif(FOUND, all_rules()))
    assert run["columnKind"] == "unicodeCodePoints"
    by_rule = {each["ruleId"]: each for each in run["results"]}
    orphan = by_rule["orphan-note"]
    assert orphan["level"] == "warning"
    assert orphan["message"]["text"] == "nothing leads to it\nlink it"
    rules = run["tool"]["driver"]["rules"]
    assert rules[orphan["ruleIndex"]]["id"] == "orphan-note"
    physical = by_rule["repeated-id"]["locations"][0]["physicalLocation"]
    assert physical["region"] == {"startLine": 3, "startColumn": 7}
    assert "ruleIndex" not in by_rule["made-up"]


def test_addresses_are_relative_and_escaped() -> None:
    """A path becomes a URI below the project's folder, whatever its name holds."""
    run = run_of(format_sarif(FOUND, all_rules()))
    places = [
        each["locations"][0]["physicalLocation"]["artifactLocation"] for each in run["results"]
    ]
    assert {each["uri"] for each in places} == {
        "content",
        "content/actors/%C3%A9.yaml",
        "content/claims/a%20b.yaml",
    }
    assert {each["uriBaseId"] for each in places} <= set(run["originalUriBaseIds"])


def test_related_places_are_kept() -> None:
    """The other place that a diagnostic names is a related location with its words."""
    run = run_of(format_sarif(FOUND, all_rules()))
    (related,) = next(each for each in run["results"] if "relatedLocations" in each)[
        "relatedLocations"
    ]
    assert related["message"]["text"] == "the other one"
    assert related["physicalLocation"]["region"]["startLine"] == 2


def test_path_that_is_no_text_can_be_reported() -> None:
    """A file name of bytes that are no text gives a log all the same."""
    found = error("bad-file-name", Location("content/claims/\udce9.yaml"), "bad", "rename it")
    run = run_of(format_sarif([found], all_rules()))
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "content/claims/%E9.yaml"
