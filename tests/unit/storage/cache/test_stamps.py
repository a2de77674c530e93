"""Stamps show every change of a file without reading it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.storage.cache import stamp_again, stamp_files


def test_files_are_found_at_any_depth(tmp_path: Path) -> None:
    """Each file below the folders has a stamp, by its path from the root; others have none."""
    for path in ("a/one.txt", "a/b/two.txt", "c/three.txt"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")

    found = stamp_files(tmp_path, ["a", "missing"])

    assert set(found.files) == {"a/one.txt", "a/b/", "a/b/two.txt"}
    assert found.is_plain
    assert set(stamp_files(tmp_path / "a", [""]).files) == {"one.txt", "b/", "b/two.txt"}


def test_change_of_equal_size_shows(tmp_path: Path) -> None:
    """A file with other content has another stamp, also where its time is set back."""
    file = tmp_path / "a.txt"
    file.write_text("one")
    before = stamp_files(tmp_path, [""])
    times = file.stat()
    file.write_text("two")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns - 1))

    assert stamp_files(tmp_path, [""]).files != before.files


def test_what_was_just_written_is_not_settled(tmp_path: Path) -> None:
    """A file may be written twice within one moment, so a young stamp does not tell."""
    (tmp_path / "young").write_text("x")
    found = stamp_files(tmp_path, [""])
    written = found.files["young"][2]
    soon, later = (replace(found, at=written + seconds * 1_000_000_000) for seconds in (1, 3))

    assert "young" not in soon.settled()
    assert "young" in later.settled()


def test_links_are_not_plain(tmp_path: Path) -> None:
    """What lies behind a symbolic link can change unseen, and that is said."""
    (tmp_path / "real").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "real")

    assert not stamp_files(tmp_path, [""]).is_plain
    (tmp_path / "folder").symlink_to(tmp_path)
    assert not stamp_files(tmp_path, ["folder"]).is_plain


def test_changed_files_are_looked_at_again(tmp_path: Path) -> None:
    """Whoever knows which files changed and went need not look at the others."""
    (tmp_path / "a/b").mkdir(parents=True)
    for path in ("a/stays", "a/changes", "a/b/goes"):
        (tmp_path / path).write_text("x")
    before = stamp_files(tmp_path, ["a"])
    (tmp_path / "a/changes").write_text("other")
    (tmp_path / "a/b/goes").unlink()

    found = stamp_again(tmp_path, before, ["a/changes", "a/b/goes"])

    assert found is not None
    assert found.files == stamp_files(tmp_path, ["a"]).files


@pytest.mark.parametrize("path", ["a/b", "a/new", "a/link", "a/new/file", "a/never", "a/FILE"])
def test_other_changes_ask_for_a_look_at_all(path: str, tmp_path: Path) -> None:
    """What came and folders that went say too little of the files that are there now."""
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/file").touch()
    before = stamp_files(tmp_path, ["a"])
    (tmp_path / "a/b").rmdir()
    (tmp_path / "a/file").rename(tmp_path / "a/FILE")
    (tmp_path / "a/new").mkdir()
    (tmp_path / "a/new/file").touch()
    (tmp_path / "a/link").symlink_to(tmp_path / "a/new/file")

    assert stamp_again(tmp_path, before, [path]) is None
