"""One folder takes another's place, and what a killed run left is put right."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.output.companions import beside
from sitegen.output.swap import discard, put_in_place, recover, successor_of


def make(folder: Path, files: Mapping[str, str]) -> Path:
    """Make a folder with files, given their texts by path; return it."""
    folder.mkdir()
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def texts(folder: Path) -> dict[str, str]:
    """Return the texts of a folder's files by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def names(folder: Path) -> set[str]:
    """Return what stands in a folder."""
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system refuse to exchange folders."""
    monkeypatch.setattr("sitegen.output.swap._exchange", lambda *_: False)


def test_first_folder_takes_its_place(tmp_path: Path) -> None:
    """Where there is no folder yet, none is left over."""
    target = tmp_path / "site"
    assert put_in_place(make(successor_of(target), {"a": "new"}), target) is None
    assert texts(target) == {"a": "new"}
    assert names(tmp_path) == {"site"}


def test_folder_takes_the_place_of_another(tmp_path: Path) -> None:
    """The new folder stands at the target, the former one where the answer says."""
    target = make(tmp_path / "site", {"a": "old"})
    left = put_in_place(make(successor_of(target), {"a": "new"}), target)
    assert texts(target) == {"a": "new"}
    assert left is not None
    assert texts(left) == {"a": "old"}


@pytest.mark.usefixtures("without_exchange")
def test_folder_takes_the_place_without_exchange(tmp_path: Path) -> None:
    """Two renames do the same where the system cannot exchange folders."""
    target = make(tmp_path / "site", {"a": "old"})
    left = put_in_place(make(successor_of(target), {"a": "new"}), target)
    assert texts(target) == {"a": "new"}
    assert left == beside(target, "old")
    assert texts(left) == {"a": "old"}


@pytest.mark.usefixtures("without_exchange")
def test_refused_rename_is_undone(tmp_path: Path) -> None:
    """If the new folder cannot take the place, the old one gets it back."""
    target = make(tmp_path / "site", {"a": "old"})
    with pytest.raises(FileNotFoundError):
        put_in_place(tmp_path / "missing", target)
    assert texts(target) == {"a": "old"}
    assert names(tmp_path) == {"site"}


def test_old_folder_is_brought_back(tmp_path: Path) -> None:
    """A run killed between two renames left no target: its predecessor becomes it again."""
    target = tmp_path / "site"
    make(beside(target, "old"), {"a": "old"})
    make(beside(target, "new-12"), {"a": "new"})
    recover(target, lambda _: frozenset({"a"}))
    assert texts(target) == {"a": "old"}
    assert names(tmp_path) == {"site"}


def test_unfinished_successor_is_removed_whole(tmp_path: Path) -> None:
    """What a killed run staged goes, copies of somebody's own files included, half ones too."""
    target = make(tmp_path / "site", {"own": "mine, whole"})
    os.utime(target / "own", (0, 0))
    make(successor_of(target), {"a": "new", "own": "mi", "gone": "removed since"})
    recover(target, lambda _: frozenset({"a"}))
    assert texts(target) == {"own": "mine, whole"}
    assert names(tmp_path) == {"site"}


def test_predecessor_gives_up_what_only_it_has(tmp_path: Path) -> None:
    """After an exchange and a kill, own files that came late move on; the site's old ones go."""
    target = make(tmp_path / "site", {"a": "old", "b": "old", "own/late": "mine"})
    put_in_place(make(successor_of(target), {"a": "new"}), target)
    recover(target, lambda _: frozenset({"a", "b"}))
    assert texts(target) == {"a": "new", "own/late": "mine"}
    assert names(tmp_path) == {"site"}


def test_newer_of_two_own_files_is_kept(tmp_path: Path) -> None:
    """Of an own file in both folders the one that was saved last stays."""
    target = make(tmp_path / "site", {"x": "in the target", "y": "in the target"})
    left = make(tmp_path / "left", {"x": "in the left", "y": "in the left"})
    os.utime(target / "x", (1, 1))
    os.utime(left / "x", (2, 2))
    os.utime(target / "y", (2, 2))
    os.utime(left / "y", (1, 1))
    discard(left, target, frozenset())
    assert texts(target) == {"x": "in the left", "y": "in the target"}
    assert not left.exists()


def test_link_in_the_place_of_a_left_folder_is_not_followed(tmp_path: Path) -> None:
    """A link with the name of a staged folder goes, and what it points to stays."""
    target = make(tmp_path / "site", {"a": "old"})
    elsewhere = make(tmp_path / "elsewhere", {"precious": "1"})
    successor_of(target).symlink_to(elsewhere)
    recover(target, lambda _: frozenset())
    assert texts(elsewhere) == {"precious": "1"}
    assert names(tmp_path) == {"site", "elsewhere"}


def test_links_inside_a_left_folder_are_not_followed(tmp_path: Path) -> None:
    """A link in a folder that goes is removed itself."""
    target = make(tmp_path / "site", {})
    elsewhere = make(tmp_path / "elsewhere", {"precious": "1"})
    left = make(tmp_path / "left", {})
    (left / "link").symlink_to(elsewhere)
    discard(left, target, None)
    assert texts(elsewhere) == {"precious": "1"}
    assert not left.exists()
