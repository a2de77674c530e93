"""The files of a project: which are looked at, in what order, and which cannot be read."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path

import pytest

from sitegen.diagnostics import Location
from sitegen.project_files import ProjectFiles, is_file, is_folder, listing_of


@pytest.fixture
def files(tmp_path: Path) -> ProjectFiles:
    """Return the files of an empty project."""
    return ProjectFiles(tmp_path.resolve())


def test_text_is_read_character_for_character(files: ProjectFiles) -> None:
    """Line ends and combining marks stay as they are; only a byte order mark at the start goes."""
    (files.root / "a.txt").write_bytes(b"\xef\xbb\xbfe\xcc\x81\r\n\r\xef\xbb\xbf\n")
    assert files.read("a.txt") == "e\u0301\r\n\r\ufeff\n"
    assert files.texts == {"a.txt": "e\u0301\r\n\r\ufeff\n"}
    assert files.diagnostics == []


def test_entries_come_in_the_order_of_their_names(
    files: ProjectFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever order a file system has, names decide; hidden files and backups are left out."""
    left_out = [".git", ".b.yaml.swp", "b.yaml~", "#b.yaml#", "b.orig", "Thumbs.db"]
    for name in ["b", "a", "C", "10", *left_out]:
        (files.root / name).touch()
    listed = list(os.scandir(files.root))
    first = files.entries("")
    monkeypatch.setattr(os, "scandir", lambda _: nullcontext(listed[::-1]))
    assert files.entries("") == first
    assert [each.name for each in first] == ["10", "C", "a", "b"]


def test_link_inside_the_project_is_followed(files: ProjectFiles) -> None:
    """A link that stays in the project is as good as the file."""
    (files.root / "a.txt").write_text("It rained.", encoding="utf-8")
    (files.root / "b.txt").symlink_to("a.txt")
    assert files.read("b.txt") == "It rained."


def test_link_out_of_the_project_is_not_followed(
    files: ProjectFiles, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What lies elsewhere is never read, also through a linked folder."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "a.txt").write_text("Secret.", encoding="utf-8")
    (files.root / "folder").symlink_to(outside)
    (files.root / "file.txt").symlink_to(outside / "a.txt")
    for name in ("folder/a.txt", "file.txt"):
        assert files.read(name) is None
    assert [each.rule for each in files.diagnostics] == ["outside-project"] * 2
    assert files.texts == {}


def test_what_the_system_refuses_is_reported(
    files: ProjectFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file and a folder without permission are said to be such, in the system's own words."""
    (files.root / "a.txt").touch()
    (files.root / "b").mkdir()

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "lstat", refuse)
    monkeypatch.setattr(os, "scandir", refuse)
    assert files.read("a.txt") is None
    assert files.entries("b") == []
    assert [(each.at, each.message) for each in files.diagnostics] == [
        (Location("a.txt"), "cannot read this file: permission denied"),
        (Location("b"), "cannot read this folder: permission denied"),
    ]


def test_what_cannot_be_looked_at_is_neither_file_nor_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal, or a name too long for the system, is an answer and no exception."""
    assert not is_file(tmp_path / ("a" * 5000))
    assert not is_folder(tmp_path / ("a" * 5000))

    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refuse)
    assert not is_folder(tmp_path)


@pytest.mark.parametrize(
    ("raw", "line", "column", "message"),
    [
        (b"\xff", 1, 1, "the byte 0xFF is not UTF-8 text"),
        (b"caf\xe9", 1, 4, "the byte 0xE9 is not UTF-8 text"),
        ("é€\n雨".encode() + b"\x80", 2, 2, "the byte 0x80 is not UTF-8 text"),
        (b"a\r\nb \xed\xa0\x80", 2, 3, "the byte 0xED is not UTF-8 text"),
        ("Rain".encode("utf-16"), 1, 1, "this file is UTF-16 text, not UTF-8"),
    ],
)
def test_place_of_a_byte_that_is_no_text(
    files: ProjectFiles, raw: bytes, line: int, column: int, message: str
) -> None:
    """The place is counted in characters of what can be read before it."""
    (files.root / "a.txt").write_bytes(raw)
    assert files.read("a.txt") is None
    (found,) = files.diagnostics
    assert (found.at, found.message) == (Location("a.txt", line, column), message)


def test_what_was_seen_of_files_tells_what_folders_hold(tmp_path: Path) -> None:
    """The list of a folder is the same, whether it is looked up or follows from all paths."""
    paths = ["a/", "b.c.yaml", "a/z.md", "a/b.md", "a/.hidden", "b.yaml", "b-c.yaml", "empty/"]
    for path in paths:
        if path.endswith("/"):
            (tmp_path / "content" / path).mkdir(parents=True)
        else:
            (tmp_path / "content" / path).touch()
    known = listing_of(["content/", *(f"content/{path}" for path in paths)])

    looked_up = ProjectFiles(tmp_path)
    told = ProjectFiles(tmp_path / "elsewhere", listing=known)
    for folder in ("content", "content/a", "content/empty"):
        assert told.entries(folder) == looked_up.entries(folder)
