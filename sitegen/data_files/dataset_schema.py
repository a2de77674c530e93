"""The JSON Schema of the dataset, made from the models of the notes.

It depends on nothing but the program, and making it takes longer than making fifty pages. So it is
kept in a file beside this module, which `make reference` writes anew when the models have changed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from sitegen.kinds import Kind
from sitegen.note_models import MODELS

FORMAT: Final = "sitegen-briefing"
VERSION: Final = 1
LISTS: Final = (
    Kind.SOURCE,
    Kind.CLAIM,
    Kind.EVENT,
    Kind.ACTOR,
    Kind.PLACE,
    Kind.QUESTION,
    Kind.MEASURE,
    Kind.PAGE,
    Kind.CORRECTION,
)
"""The kinds of note in the order of their lists."""

MOST_SOURCES: Final = 100
"""How many silent or covering sources an entry names at most.

Without this, the dataset would grow with the number of claims times the number of sources.
"""

PRIVATE: Final = {"draft", "allow"}
"""Fields that say how the notes are kept, not what they say."""

_KEPT: Final = Path(__file__).with_name("briefing.schema.json")
_IDS: Final = {"type": "array", "items": {"type": "string"}}
_SILENT: Final = (
    f"The first {MOST_SOURCES} of the sources that cover its events or questions and say nothing "
    "of it; silent_sources_count counts all of them."
)
_COVERING: Final = (
    f"The first {MOST_SOURCES} of the sources that are quoted on it, here or in one of its claims; "
    "covering_sources_count counts all of them."
)
_REF: Final = {
    "type": "object",
    "required": ["kind", "id"],
    "properties": {"kind": {"enum": [str(kind) for kind in Kind]}, "id": {"type": "string"}},
    "additionalProperties": False,
}
_SEGMENT: Final = {
    "type": "object",
    "required": ["start", "end"],
    "properties": {
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 0},
    },
    "additionalProperties": False,
}
_PLACE: Final = {
    "state": {"enum": ["exact", "normalised", "not-held"]},
    "stance": {"enum": ["supports", "disputes", "mentions"]},
    "start": {"type": "integer", "minimum": 0},
    "end": {"type": "integer", "minimum": 0},
    "segments": {"type": "array", "items": _SEGMENT, "minItems": 2},
}


def kept_schema() -> bytes:
    """Return the schema as it is published."""
    return _KEPT.read_bytes()


def written_schema() -> bytes:
    """Return the schema as it is to be kept, made anew from the models."""
    schema = json.dumps(dataset_schema(), ensure_ascii=False, indent=1)
    return f"{schema}\n".encode()


def dataset_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the dataset, made from the models of the notes."""
    definitions: dict[str, Any] = {}
    lists: dict[str, Any] = {}
    for kind in LISTS:
        schema = MODELS[kind].model_json_schema(mode="serialization", by_alias=True)
        definitions |= schema.pop("$defs", {})
        definitions[f"{kind}-note"] = _published(kind, schema)
        lists[kind.plural] = {"type": "array", "items": {"$ref": f"#/$defs/{kind}-note"}}
    for name in ("Evidence", "RivalDate"):
        definitions[name] = _with_place(definitions[name])
    disagreement = {
        "type": "object",
        "required": ["id", "kind", "notes", "summary", "url"],
        "properties": {
            "id": {"type": "string"},
            "kind": {"enum": ["contradiction", "rival-dates", "rival-quantities"]},
            "notes": {"type": "array", "items": _REF, "minItems": 1},
            "summary": {"type": "string"},
            "url": {"type": "string"},
        },
        "additionalProperties": False,
    }
    properties = {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "site": {"type": "object", "required": ["title"]},
        **lists,
        "disagreements": {"type": "array", "items": disagreement},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A sitegen briefing: every published note, and what follows from them.",
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
        "$defs": definitions,
    }


def _published(kind: Kind, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a published note: without private fields, with derived facts."""
    own = {name: each for name, each in schema["properties"].items() if name not in PRIVATE}
    required = [name for name in schema.get("required", ()) if name in own]
    derived: dict[str, Any] = {
        "id": {"type": "string"},
        "url": {"type": "string"},
        "backlinks": {"type": "array", "items": _REF},
    }
    match kind:
        case Kind.CLAIM:
            derived |= {
                "standing": {
                    "enum": ["contested", "corroborated", "single-origin", "reported", "open"]
                },
                "independent_groups": {"type": "array", "items": _IDS},
                "silent_sources": {**_IDS, "maxItems": MOST_SOURCES, "description": _SILENT},
                "silent_sources_count": {"type": "integer", "minimum": 0},
            }
        case Kind.EVENT | Kind.QUESTION:
            derived |= {
                "covering_sources": {**_IDS, "maxItems": MOST_SOURCES, "description": _COVERING},
                "covering_sources_count": {"type": "integer", "minimum": 0},
            }
        case Kind.SOURCE:
            derived |= {
                "sha256": {"type": ["string", "null"]},
                "coverage": {"type": "object"},
                "live_url": own["url"],
            }
        case Kind.PAGE:
            derived |= {"body": {"type": "string"}}
    optional = {"coverage", "body", "live_url"}
    needed: Sequence[str] = [each for each in derived if each not in optional]
    return {
        **schema,
        "required": sorted({*required, *needed}),
        "properties": {**own, **derived},
    }


def _with_place(schema: dict[str, Any]) -> dict[str, Any]:
    return {
        **schema,
        "required": sorted({"source", "quote", "state", "stance", *schema.get("required", ())}),
        "properties": {**schema["properties"], **_PLACE},
        "if": {"properties": {"state": {"const": "not-held"}}},
        "else": {"required": ["start", "end"]},
    }


if __name__ == "__main__":
    _KEPT.write_bytes(written_schema())
