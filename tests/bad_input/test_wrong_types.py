"""A value of another type in every field of every kind of note: what each gives, in one table."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from pydantic import BaseModel

from sitegen.file_contents import read_note
from sitegen.kinds import Kind
from sitegen.model import Ref
from sitegen.note_models import MODELS
from sitegen.notes import SiteSettings
from sitegen.schema import validate
from sitegen.yaml_nodes import Locations, read_yaml
from tests.bad_input.full_notes import Written, as_yaml, full_note, full_project
from tests.bad_input.test_table import run, write_files
from tests.conftest import CheckGolden

_SHAPES: Final[Mapping[str, Written]] = {
    "words": "some words",
    "a list": ["some words"],
    "a group": {"some": "words"},
    "an empty list": [],
    "a list in a list": [["some words"]],
    "nothing": "~",
}
_MODELS: Final[Mapping[str, type[BaseModel]]] = {
    "site": SiteSettings,
    **{str(kind): model for kind, model in MODELS.items()},
}


def paths_in(note: Written, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the paths of all fields, and of the fields of the groups in them."""
    steps: list[tuple[str | int, Written]] = []
    if isinstance(note, dict):
        steps = [*note.items()]
    elif isinstance(note, list):
        steps = [*enumerate(note)]
    for step, value in steps:
        if isinstance(step, str):
            yield (*at, step)
        yield from paths_in(value, (*at, step))


def replaced(note: Written, path: tuple[str | int, ...], value: Written) -> Written:
    """Return a copy of a note with another value at a path."""
    whole = copy.deepcopy(note)
    parent: Written = whole
    for step in path[:-1]:
        parent = parent[step]  # type: ignore[index]
    parent[path[-1]] = value  # type: ignore[index]
    return whole


def said_of(name: str, note: Written) -> str:
    """Return what is said of a note: the rule and message of each mistake."""
    assert isinstance(note, dict)
    text = as_yaml(note).replace('"~"', "~")
    if name == "site":
        data, _ = read_yaml("site.yaml", text)
        _, found = validate(SiteSettings, data, Locations("site.yaml", text))
    else:
        text = f"---\n{text}---\n" if name == "page" else text
        _, found = read_note(Ref(Kind(name), "a"), "a", text)
    return "; ".join(f"{each.rule}: {each.message}" for each in found) or "works"


def test_wrong_type_in_every_field(golden: CheckGolden) -> None:
    """Each gives what the table says: at most one mistake, which names the field."""
    lines = []
    for name, model in _MODELS.items():
        note: Written = dict(full_note(model, "words"))
        for path in paths_in(note):
            field = ".".join(step for step in (name, *path) if isinstance(step, str))
            for shape, value in _SHAPES.items():
                said = said_of(name, replaced(note, path, value))
                assert said.count("; ") == 0, (field, shape, said)
                lines.append(f"{field:<36} {shape:<18} {said}\n")
    assert len(lines) > 500
    golden("bad_input/wrong_types.txt", "".join(lines))


@pytest.mark.parametrize("shape", _SHAPES)
def test_wrong_types_everywhere_at_once(shape: str, tmp_path: Path) -> None:
    """All fields of all notes wrong in the same way are a report, and no site."""
    files = full_project("words")
    for name, model in _MODELS.items():
        wrong: dict[str, Written] = dict.fromkeys(full_note(model, "words"), _SHAPES[shape])
        text = as_yaml(wrong).replace('"~"', "~")
        path = "content/site.yaml" if name == "site" else f"content/{name}s/a.yaml"
        if name == "page":
            path, text = "content/pages/a.md", f"---\n{text}---\n"
        files[path] = text
    write_files(tmp_path, files)
    found = run("build", tmp_path)
    assert found.exit_code == 1
    assert "Traceback" not in found.output
    assert not (tmp_path / "_site").exists()
