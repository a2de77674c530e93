"""New notes: every field with its meaning, from the models alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.authoring.refusals import Refused
from sitegen.authoring.scaffold import DIVIDER, new_note, scaffold
from sitegen.faults.found import field_names, field_of
from sitegen.file_contents import read_note
from sitegen.kinds import Kind
from sitegen.model import Ref
from sitegen.note_models import MODELS
from sitegen.yaml_nodes import read_yaml, split_front_matter

KINDS = tuple(Kind)


def fields_of(text: str) -> str:
    """Return the YAML of a scaffold, of a page its front matter."""
    front, _ = split_front_matter("", text)
    return front.yaml_text or text


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_stands_there_with_its_description(kind: Kind) -> None:
    """No field of a model is left out, and what is said of it is the model's own description."""
    text = scaffold(Ref(kind, "x"))
    for name in field_names(MODELS[kind]):
        info = field_of(MODELS[kind], name)
        assert info is not None
        assert len(re.findall(rf"^(?:# )?{name}:", text, re.MULTILINE)) == 1, name
        assert info.description
        assert info.description in text


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_missing_is_what_must_be_filled_in(kind: Kind) -> None:
    """A fresh note has no fault but that its needed fields are empty."""
    text = scaffold(Ref(kind, "x"), has_schemas=True)
    _, faults = read_note(Ref(kind, "x"), "note", text)
    assert faults
    assert {each.rule for each in faults} == {"missing-field"}


@pytest.mark.parametrize("kind", KINDS)
def test_fields_can_be_commented_in(kind: Kind) -> None:
    """Without its signs of comment every field is known, and all of it is YAML."""
    written = fields_of(scaffold(Ref(kind, "x")))
    fields = re.compile(r"^( *)# ( *(?:- )?[a-z0-9_]+:.*)$", re.MULTILINE)
    data, faults = read_yaml("", fields.sub(r"\1\2", written))
    assert not faults
    assert set(data) == set(field_names(MODELS[kind]))


@pytest.mark.parametrize("kind", KINDS)
def test_no_comment_has_a_quotation_mark(kind: Kind) -> None:
    """A mark that an author forgets to close is not closed by a comment further down."""
    assert '"' not in scaffold(Ref(kind, "x"), has_schemas=True)


def test_what_matters_comes_first() -> None:
    """Above one line stands what a note needs and what most have, below it everything else."""
    first, divider, rest = scaffold(Ref(Kind.CLAIM, "x")).partition(f"{DIVIDER}\n")
    assert divider
    fields = re.compile(r"^ *(?:# )? *(?:- )?([a-z_]+):", re.MULTILINE)
    assert fields.findall(first) == [
        *("statement", "evidence", "source", "quote", "stance", "credibility"),
        *("events", "actors", "places", "questions"),
    ]
    assert rest.startswith("# An entry of `evidence` may also have:\n#   `basis`  How ")
    assert "# The note may also have:\n# kind: fact" in rest


def test_closed_lists_and_defaults_are_shown() -> None:
    """Where only some words may stand they are listed, and the default stands in."""
    text = scaffold(Ref(Kind.CLAIM, "x"))
    assert "# kind: fact  # What sort of statement it is. One of: fact, estimate," in text
    assert "    # stance: supports  # " in text
    assert "# relations:" in text
    assert "#   - type:" in text
    assert "#   `origins: []`  Whom " in text
    assert "#   `said_by: []`  Whose " in text


def test_schema_line_comes_first_where_there_are_schemas(tmp_path: Path) -> None:
    """A project with schemas gets the line by which the YAML language server finds them."""
    (tmp_path / "content").mkdir()
    plain = new_note(tmp_path, Kind.ACTOR, "mayor").read_text()
    (tmp_path / ".schemas").mkdir()
    (tmp_path / ".schemas/actor.schema.json").write_text("{}")
    wired = new_note(tmp_path, Kind.ACTOR, "council").read_text()
    line = "# yaml-language-server: $schema=../../.schemas/actor.schema.json\n"
    assert wired == line + plain


def test_note_that_is_there_is_not_touched(tmp_path: Path) -> None:
    """A note of this id is never overwritten, whatever its file ends in."""
    claims = tmp_path / "content" / "claims"
    claims.mkdir(parents=True)
    for name in ("rain.yaml", "snow.yml"):
        (claims / name).write_text("statement: mine\n")
        with pytest.raises(Refused, match="is there already"):
            new_note(tmp_path, Kind.CLAIM, name.partition(".")[0])
    assert sorted(each.name for each in claims.iterdir()) == ["rain.yaml", "snow.yml"]


def test_folder_without_content_is_no_project(tmp_path: Path) -> None:
    """Nothing is written where there is no project."""
    with pytest.raises(Refused) as refused:
        new_note(tmp_path, Kind.CLAIM, "rain")
    assert "sitegen init" in refused.value.help
    assert list(tmp_path.iterdir()) == []
