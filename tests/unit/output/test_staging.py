"""A new folder beside the one that it will replace."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.output.staging import Staged, holds


def test_nothing_is_made_before_the_first_file(tmp_path: Path) -> None:
    """The folder appears with its first file, and the folders above that file with it."""
    staged = Staged(tmp_path / "new", {})
    assert not staged.folder.exists()
    staged.write("a/b/c.html", b"bytes")
    assert (tmp_path / "new/a/b/c.html").read_bytes() == b"bytes"


def test_folders_keep_their_modes(tmp_path: Path) -> None:
    """A folder that the output has too gets its mode."""
    (tmp_path / "site/a").mkdir(parents=True)
    (tmp_path / "site/a").chmod(0o711)
    staged = Staged(tmp_path / "new", {"a": (tmp_path / "site/a").stat().st_mode})
    staged.write("a/x.html", b"")
    assert (tmp_path / "new/a").stat().st_mode == (tmp_path / "site/a").stat().st_mode


def test_nothing_is_written_twice(tmp_path: Path) -> None:
    """A place that is taken is an error, for bytes, for carried files and for folders."""
    (tmp_path / "x").write_bytes(b"other")
    staged = Staged(tmp_path / "new", {})
    staged.write("x", b"first")
    with pytest.raises(FileExistsError):
        staged.write("x", b"second")
    with pytest.raises(FileExistsError):
        staged.carry(tmp_path, "x")
    with pytest.raises(FileExistsError):
        staged.make_folder("x")
    assert (tmp_path / "new/x").read_bytes() == b"first"


def test_carried_file_is_the_same_file(tmp_path: Path) -> None:
    """A carried file is one file with two names, and a carried link stays a link."""
    (tmp_path / "x").write_bytes(b"bytes")
    (tmp_path / "link").symlink_to("nowhere")
    staged = Staged(tmp_path / "new", {})
    staged.carry(tmp_path, "x")
    staged.carry(tmp_path, "link")
    assert (tmp_path / "new/x").samefile(tmp_path / "x")
    assert (tmp_path / "new/link").readlink() == Path("nowhere")


@pytest.mark.parametrize(
    ("content", "answer"),
    [(b"bytes", True), (b"byte", False), (b"bytes!", False), (b"", False)],
)
def test_file_holds_these_bytes(tmp_path: Path, content: bytes, answer: bool) -> None:
    """Only all bytes and no more are the same."""
    (tmp_path / "x").write_bytes(b"bytes")
    assert holds(str(tmp_path / "x"), content) is answer


def test_what_cannot_be_read_holds_nothing(tmp_path: Path) -> None:
    """A missing file, a link and a folder hold no bytes."""
    (tmp_path / "x").write_bytes(b"bytes")
    (tmp_path / "link").symlink_to("x")
    assert not holds(str(tmp_path / "missing"), b"")
    assert not holds(str(tmp_path / "link"), b"bytes")
    assert not holds(str(tmp_path), b"")


def test_two_may_make_the_same_folder_but_nothing_stands_in_for_one(tmp_path: Path) -> None:
    """What another process has made is used; a link is none, wherever it leads."""
    (tmp_path / "elsewhere").mkdir()
    for number in range(2):
        Staged(tmp_path / "new", {}).write(f"a/b/{number}.html", b"")
    (tmp_path / "new/link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        Staged(tmp_path / "new", {}).write("link/x.html", b"")
    assert len([*(tmp_path / "new/a/b").iterdir()]) == 2
