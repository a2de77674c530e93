"""Notes from elsewhere are written all together, and never over others."""

from __future__ import annotations

import pytest

from sitegen.authoring.exchange.new_notes import write_notes
from sitegen.authoring.exchange.note_tables import notes_of_table
from sitegen.authoring.refusals import Invalid
from sitegen.diagnostics import Location, error
from sitegen.kinds import Kind
from tests.conftest import MakeProject

FILES = """
    -- content/site.yaml --
    title: T
    -- content/actors/kim.yml --
    # Mine
    name: Kim
    """
TABLE = "id,name\nkim,Kim\nlee,Lee\n"


def test_same_note_is_passed_over(project: MakeProject) -> None:
    """What says the same already stays as its author wrote it."""
    folder = project(FILES)
    notes, _ = notes_of_table(Kind.ACTOR, "t.csv", TABLE)
    outcome = write_notes(folder, notes)
    assert outcome.written == ("content/actors/lee.yaml",)
    assert outcome.same == ("content/actors/kim.yml",)
    assert (folder / "content/actors/kim.yml").read_text() == "# Mine\nname: Kim\n"


def test_note_that_says_something_else_stops_all(project: MakeProject) -> None:
    """Nothing is written, unless what is there is to be passed over."""
    folder = project(FILES)
    notes, _ = notes_of_table(Kind.ACTOR, "t.csv", TABLE.replace("Kim", "Kimberley"))
    with pytest.raises(Invalid) as invalid:
        write_notes(folder, notes)
    (fault,) = invalid.value.diagnostics
    assert (fault.rule, fault.at) == ("note-exists", Location("t.csv", 2))
    assert fault.message.endswith("kim.yml is there already and says something else: name")
    assert not (folder / "content/actors/lee.yaml").exists()
    outcome = write_notes(folder, notes, skip_existing=True)
    assert outcome.kept == ("content/actors/kim.yml",)
    assert outcome.written == ("content/actors/lee.yaml",)


def test_repeated_ids_and_other_faults_stop_all(project: MakeProject) -> None:
    """All that is wrong is told at once."""
    folder = project(FILES)
    notes, _ = notes_of_table(Kind.ACTOR, "t.csv", "id,name\nlee,Lee\nlee,Li\n")
    with pytest.raises(Invalid) as invalid:
        write_notes(folder, notes, [error("ris-syntax", Location("t"), "x")])
    assert {each.rule for each in invalid.value.diagnostics} == {"repeated-id", "ris-syntax"}
    assert not (folder / "content/actors/lee.yaml").exists()


def test_notes_that_are_referred_to_and_not_there_are_named_once(project: MakeProject) -> None:
    """What is in the project, also unread, or comes with the others is not missing."""
    folder = project(FILES)
    project("-- content/actors/torn.yaml --\nnam: Torn\n")
    table = (
        "id,statement,evidence.1.source,evidence.1.quote,evidence.1.origins,actors,relations.1.type,"
        "relations.1.claim\n"
        "rain,It rained.,herald,It rained,lee,kim; torn; max,refines,snow\n"
        "snow,It snowed.,herald,It snowed,,max,,\n"
    )
    notes, wrong = notes_of_table(Kind.CLAIM, "t.csv", table)
    assert not wrong
    outcome = write_notes(folder, notes)
    assert outcome.missing == ("sources/herald", "actors or sources/lee", "actors/max")
