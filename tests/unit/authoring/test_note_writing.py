"""Fields as YAML: block style, to be read by people, and nothing lost."""

from __future__ import annotations

import pytest

from sitegen.authoring.note_writing import note_text
from sitegen.authoring.refusals import Refused
from sitegen.kinds import Kind


def test_fields_are_written_in_block_style() -> None:
    """Lists and groups stand below their field, each entry after a hyphen."""
    text = note_text(
        Kind.CLAIM,
        {
            "statement": "It rained: twice.",
            "tags": ["weather", "- odd"],
            "evidence": [
                {"source": "a", "translation": {"text": "Il pleut."}, "said_by": ["b"]},
                {"source": "c", "origins": []},
            ],
            "quantity": {"measure": "days", "value": "3"},
            "analysis": "One.\n\n  two\n",
        },
    )
    assert text == (
        "statement: >-\n  It rained: twice.\n"
        "tags:\n  - weather\n  - >-\n    - odd\n"
        "evidence:\n"
        "  - source: a\n    translation:\n      text: Il pleut.\n    said_by:\n      - b\n"
        "  - source: c\n    origins: []\n"
        "quantity:\n  measure: days\n  value: 3\n"
        "analysis: |\n  One.\n\n    two\n"
    )


def test_page_has_its_fields_above_its_words() -> None:
    """A page's fields are its front matter."""
    text = note_text(Kind.PAGE, {"title": "T"}, "# Words\n")
    assert text == "---\ntitle: T\n---\n# Words\n"


def test_what_no_yaml_can_hold_is_refused() -> None:
    """A control character is in no note, however it is written."""
    with pytest.raises(Refused, match="cannot be written"):
        note_text(Kind.ACTOR, {"name": "a\x07b"})
