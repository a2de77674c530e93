"""Source notes of which some fields are known."""

from __future__ import annotations

from sitegen.authoring.source_notes import clean, sound_fields, source_note
from sitegen.faults.found import field_names
from sitegen.file_contents import read_note
from sitegen.kinds import Kind
from sitegen.model import Ref
from sitegen.notes import Note, Source


def test_known_fields_stand_there_and_all_others_are_comments() -> None:
    """The order is the model's, and no field of a source is missing."""
    note = source_note(
        {"title": "T", "authors": ["A", "B"]},
        ["Head\nof it"],
        {"publisher": "Who?"},
        ["Foot\x07"],
        has_schemas=True,
    )
    lines = note.splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../../.schemas/source.schema.json"
    assert lines[1:5] == ["# Head of it", "title: T", "# Who?", "# publisher:  # Who published it."]
    assert lines[-1] == "# Foot<U+0007>"
    record, faults = read_note(Ref(Kind.SOURCE, "t"), "t.yaml", note)
    assert faults == ()
    assert record is not None
    assert record.note == Source(title="T", authors=("A", "B"))
    for name in set(field_names(Source)) - set(field_names(Note)):
        assert f"{name}:" in note


def test_field_that_may_not_stand_is_told_apart() -> None:
    """What the model refuses is kept as words, what is empty is in neither."""
    sound, unsound = sound_fields(
        {"published": "yesterday", "title": "T", "authors": [], "url": "", "language": "en_GB"}
    )
    assert sound == {"title": "T"}
    assert unsound == {"published": "yesterday", "language": "en_GB"}


def test_words_are_cleaned_of_what_nobody_sees() -> None:
    """Line breaks, control characters and marks of direction become one space."""
    assert clean(" a\n\tb\x00c\u202ed\u200be\ud800 ") == "a b c d e"
    assert len(clean("a" * 2000)) == 1000
