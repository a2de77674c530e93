"""Tables of notes: what goes out comes in again, and nothing else ever happens than a refusal."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.authoring.exchange.note_tables import notes_of_table, table_of
from sitegen.authoring.refusals import Refused
from sitegen.file_contents import read_note
from sitegen.kinds import Kind
from tests.notes_made import IDS, notes_of


@pytest.mark.parametrize("kind", Kind)
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])  # large notes
@given(data=st.data())
def test_table_gives_the_notes_it_was_made_of(kind: Kind, data: st.DataObject) -> None:
    """Notes of any kind are equal after a way out and in, and so is what their files say."""
    notes = data.draw(st.dictionaries(IDS, notes_of(kind), max_size=2))
    back, faults = notes_of_table(kind, "notes.csv", table_of(kind, notes))
    assert faults == ()
    assert {each.ref.id: each.note for each in back} == notes
    for each in back:
        record, wrong = read_note(each.ref, "note", each.text)
        assert wrong == ()
        assert record is not None
        assert record.note == each.note


@given(
    kind=st.sampled_from(Kind),
    text=st.text()
    | st.lists(
        st.lists(st.sampled_from(["id", "title", "tags", "tags.1", "x", '"', "=", ""]) | st.text())
        .map(",".join)
    ).map("\n".join),
)  # fmt: skip
def test_any_text_gives_notes_faults_or_a_refusal(kind: Kind, text: str) -> None:
    """No text makes anything else happen."""
    with suppress(Refused):
        notes, faults = notes_of_table(kind, "notes.csv", text)
        assert {each.at.path for each in notes} | {each.at.path for each in faults} <= {"notes.csv"}
