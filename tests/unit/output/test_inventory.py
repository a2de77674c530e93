"""What stands in an output folder, and whose it is."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from sitegen.output.inventory import MANIFEST, Inventory, manifest_of, owned_in, take_inventory


def test_inventory_tells_files_folders_and_the_rest(tmp_path: Path) -> None:
    """Regular files, folders and links are kept apart, and no link is followed."""
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/x.html").write_bytes(b"x")
    (tmp_path / "link").symlink_to("a")
    (tmp_path / MANIFEST).write_bytes(manifest_of({"a/x.html": "00"}))
    found = take_inventory(tmp_path)
    assert found.files.keys() == {"a/x.html", MANIFEST}
    assert set(found.folders) == {"", "a", "a/b"}
    assert found.specials == {"link"}
    assert found.owned == frozenset({"a/x.html", MANIFEST})


def test_missing_folder_is_empty(tmp_path: Path) -> None:
    """A folder that is not there holds nothing, like one that is empty."""
    assert take_inventory(tmp_path / "missing").is_empty()
    assert take_inventory(tmp_path).is_empty()
    (tmp_path / "a").mkdir()
    assert not take_inventory(tmp_path).is_empty()


def test_foreign_is_what_the_manifest_does_not_name() -> None:
    """Folders above the site's files are the site's, even when its file is gone."""
    modes = dict.fromkeys(["", "claims", "events", "own", "own/deep"], 0o755)
    found = Inventory(
        files=dict.fromkeys(
            [MANIFEST, "claims/a.html", "claims/mine.txt", "own/deep/x"], (0, 0, 0, 0)
        ),
        folders=modes,
        specials=frozenset({"link"}),
        owned=frozenset({MANIFEST, "claims/a.html", "events/gone.html"}),
    )
    assert found.foreign() == ["claims/mine.txt", "link", "own", "own/deep", "own/deep/x"]


def test_manifest_is_sorted_and_read_back(tmp_path: Path) -> None:
    """A manifest is the same for any order of its files and names them and itself."""
    manifest = manifest_of({"b": "22", "a/ü": "11"})
    assert manifest == manifest_of({"a/ü": "11", "b": "22"})
    (tmp_path / MANIFEST).write_bytes(manifest)
    assert owned_in(tmp_path) == frozenset({MANIFEST, "a/ü", "b"})
    (tmp_path / MANIFEST).write_bytes(manifest_of({}))
    assert owned_in(tmp_path) == frozenset({MANIFEST})


def test_manifest_that_is_a_link_is_none(tmp_path: Path) -> None:
    """A link in the manifest's place proves nothing."""
    (tmp_path / "elsewhere.json").write_bytes(manifest_of({"a": "00"}))
    (tmp_path / MANIFEST).symlink_to("elsewhere.json")
    assert owned_in(tmp_path) is None


def test_folder_that_cannot_be_written_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that could be read but not replaced is found out before anything is done."""
    (tmp_path / "locked").mkdir()
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != "locked")
    with pytest.raises(PermissionError) as refused:
        take_inventory(tmp_path)
    assert refused.value.errno == errno.EACCES
    assert refused.value.filename == str(tmp_path / "locked")


def test_folder_of_another_file_system_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is mounted inside a folder is found out, since it cannot be replaced with the folder."""
    (tmp_path / "mounted").mkdir()
    real = Path.stat

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = real(path, follow_symlinks=follow_symlinks)
        if path.name != "mounted":
            return found
        return os.stat_result((*found[:2], found.st_dev + 1, *found[3:]))

    monkeypatch.setattr(Path, "stat", stat)
    with pytest.raises(OSError, match="mounted") as refused:
        take_inventory(tmp_path)
    assert refused.value.errno == errno.EXDEV
