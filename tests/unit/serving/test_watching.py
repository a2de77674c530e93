"""Which changes matter for the site."""

from __future__ import annotations

from pathlib import Path

import pytest
from watchfiles import Change

from sitegen.serving.watching import changed_paths, is_watched


@pytest.mark.parametrize(
    ("path", "matters"),
    [
        ("content/site.yaml", True),
        ("content/claims/rain.yaml", True),
        ("seeds/deep/a.txt", True),
        ("templates/static/css/own.css", True),
        ("content", False),
        ("README.md", False),
        ("_site/index.html", False),
        (".git/index", False),
        ("content/claims/.rain.yaml.swp", False),
        ("content/claims/rain.yaml~", False),
        ("content/claims/#rain.yaml#", False),
        ("content/.obsidian/workspace", False),
        ("../elsewhere/content/a.yaml", False),
    ],
)
def test_only_what_a_build_reads_is_watched(path: str, matters: bool, tmp_path: Path) -> None:
    """Notes, articles and templates are; the output, a repository and editors' files are not."""
    root = tmp_path / "project"
    assert is_watched(root, Path(f"{root}/{path}").resolve()) is matters


def test_file_that_came_and_went_has_not_changed(tmp_path: Path) -> None:
    """An editor's file beside a note is passed over, the note that took its place is not."""
    (tmp_path / "rain.yaml").touch()
    found = [
        (Change.added, str(tmp_path / "4913")),
        (Change.deleted, str(tmp_path / "4913")),
        (Change.added, str(tmp_path / "rain.yaml")),
        (Change.deleted, str(tmp_path / "snow.yaml")),
    ]
    assert changed_paths(tmp_path, found) == {"rain.yaml", "snow.yaml"}
