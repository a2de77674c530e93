"""A first project: complete, sound, and never over somebody's files."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import pytest
import yaml

from sitegen.authoring import project_template
from sitegen.authoring.project_template import install_requirement, make_project
from sitegen.authoring.refusals import Refused
from sitegen.build import examine
from sitegen.kinds import Kind
from sitegen.quotes import QuoteState
from sitegen.schema import schema_files


def test_project_has_notes_of_every_kind_and_nothing_wrong(tmp_path: Path) -> None:
    """The first project has no warning, quotes of its own and a disagreement to look at."""
    make_project(tmp_path)
    examined = examine(tmp_path)
    assert examined.diagnostics == ()
    assert examined.site is not None
    assert examined.findings is not None
    assert all(examined.site.records(kind) for kind in Kind)
    assert len(examined.site.sources) == 2
    assert set(examined.quotes) == {QuoteState.EXACT}
    assert {each.kind for each in examined.findings.disagreements.values()} >= {"contradiction"}
    assert {"corroborated", "contested", "single-origin"} <= set(
        examined.findings.standing.values()
    )


def test_every_file_is_written_and_named(tmp_path: Path) -> None:
    """What is returned is what was written, hidden files included."""
    names = make_project(tmp_path / "new" / "project")
    written = [path for path in (tmp_path / "new" / "project").rglob("*") if path.is_file()]
    assert {path.relative_to(tmp_path / "new" / "project").as_posix() for path in written} == set(
        names
    )
    wanted = {".gitignore", ".vscode/settings.json", ".github/workflows/pages.yml"}
    assert wanted <= set(names)
    assert not any("dot-" in name or "@" in path.read_text("utf-8") for name in names
                   for path in written if path.suffix in {".json", ".yaml"})  # fmt: skip


def test_schemas_are_wired_for_editors(tmp_path: Path) -> None:
    """Every schema is there, and settings and first lines lead to those that are."""
    make_project(tmp_path)
    for name, content in schema_files().items():
        assert (tmp_path / ".schemas" / name).read_bytes() == content
    wired = json.loads((tmp_path / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert set(wired) == {f".schemas/{name}" for name in schema_files() if "page" not in name}
    for note in tmp_path.glob("content/**/*.yaml"):
        first = note.read_text("utf-8").partition("\n")[0]
        assert first.startswith("# yaml-language-server: $schema=")
        assert (note.parent / first.partition("=")[2]).is_file(), note


def test_every_note_explains_itself(tmp_path: Path) -> None:
    """Each kind of note has a comment that teaches, beside the line for editors."""
    make_project(tmp_path)
    for folder in (tmp_path / "content").iterdir():
        notes = [folder] if folder.is_file() else list(folder.iterdir())
        lines = [line.strip() for note in notes for line in note.read_text("utf-8").splitlines()]
        taught = [line for line in lines if line.startswith("# ") and "yaml-language" not in line]
        assert taught, folder


def test_workflow_installs_and_builds(tmp_path: Path) -> None:
    """The workflow is YAML, installs what its one setting names, and builds strictly."""
    make_project(tmp_path)
    text = (tmp_path / ".github/workflows/pages.yml").read_text("utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    steps = [step.get("run", "") for step in jobs["build"]["steps"]]
    assert any('pip install "$SITEGEN"' in step for step in steps)
    assert any(step.startswith("sitegen build . --strict") for step in steps)
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert "constraint" not in text


@pytest.mark.parametrize(
    ("origin", "requirement"),
    [
        (
            {
                "url": "https://example.org/sitegen.git",
                "vcs_info": {"vcs": "git", "commit_id": "abc123"},
            },
            "sitegen @ git+https://example.org/sitegen.git@abc123",
        ),
        (
            {
                "url": "https://me:secret@example.org/sitegen.git",
                "vcs_info": {"vcs": "git", "commit_id": "abc123"},
            },
            "",
        ),
        ({"url": "file:///home/me/sitegen", "dir_info": {"editable": True}}, ""),
        ("no mapping", ""),
        (None, ""),
    ],
)
def test_requirement_is_where_sitegen_came_from(
    origin: object, requirement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only an address that others can use, and that holds no secret, goes into the workflow."""

    class Installed(metadata.Distribution):
        """A package that says where it came from."""

        def read_text(self, filename: str) -> str | None:
            """Return what is recorded."""
            assert filename == "direct_url.json"
            return None if origin is None else json.dumps(origin)

        def locate_file(self, path: object) -> Path:
            """Return nothing of use."""
            return Path(str(path))

    monkeypatch.setattr(project_template, "distribution", lambda _name: Installed())
    assert install_requirement() == requirement


def test_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    """Somebody's files are neither replaced nor joined; a fresh repository is empty enough."""
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Refused, match=r"mine\.txt"):
        make_project(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    (tmp_path / "mine.txt").unlink()
    (tmp_path / ".git").mkdir()
    assert make_project(tmp_path)


def test_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    """A file is no folder to put a project in."""
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused):
        make_project(tmp_path / "file")
    assert (tmp_path / "file").read_text() == ""


def test_bare_project_has_settings_and_folders_alone(tmp_path: Path) -> None:
    """It builds without a warning, and has what the other has but for articles and notes."""
    names = make_project(tmp_path, bare=True)
    assert examine(tmp_path).diagnostics == ()
    assert {f"content/{kind}s/.gitkeep" for kind in Kind} <= set(names)
    assert not list(tmp_path.glob("content/*/*.yaml"))
    assert not list(tmp_path.glob("seeds/*.txt"))
    whole = set(make_project(tmp_path / "whole"))
    example = ("content/", "seeds/")
    assert {each for each in whole if not each.startswith(example)} == {
        each for each in names if not each.startswith(example)
    }
    assert "harbour" not in (tmp_path / "content/site.yaml").read_text("utf-8")


def test_hidden_files_are_not_in_the_way(tmp_path: Path) -> None:
    """What is named is what an author sees; hidden files count only where the project has them."""
    (tmp_path / ".lock").write_text("")
    (tmp_path / ".venv").mkdir()
    for name in "dcba":
        (tmp_path / name).write_text("mine")
    with pytest.raises(Refused, match=r"it holds a, b, c and 1 more$"):
        make_project(tmp_path)
    for name in "dcba":
        (tmp_path / name).unlink()
    (tmp_path / ".gitignore").write_text("mine")
    with pytest.raises(Refused, match=r"it holds \.gitignore$"):
        make_project(tmp_path)
    (tmp_path / ".gitignore").unlink()
    assert make_project(tmp_path)


def test_failed_start_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a file cannot be written, those before it go again, and the folders made for them."""
    open_ = Path.open

    def fail_late(path: Path, *rest: str, **named: str) -> object:
        if path.name == "site.yaml" and "xb" in rest:
            raise OSError(28, "No space left on device")
        return open_(path, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", fail_late)
    with pytest.raises(Refused, match="no space left"):
        make_project(tmp_path / "new" / "project")
    assert list(tmp_path.iterdir()) == []
