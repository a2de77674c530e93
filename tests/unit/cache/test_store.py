"""What is kept comes back whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.cache import CacheFile, program_digest

PARTS = [{"a": 1}, ["b", "c"]]


def kept_in(folder: Path, program: str = "1" * 64) -> CacheFile:
    """Return a cache file in a folder."""
    return CacheFile(folder / "kept" / "a.cache", program)


def test_parts_come_back(tmp_path: Path) -> None:
    """Each part can be had by itself; one that was never kept is not there."""
    kept = kept_in(tmp_path)
    kept.write(PARTS)

    assert [kept.read(part) for part in range(3)] == [*PARTS, None]


def test_nothing_is_kept_at_first(tmp_path: Path) -> None:
    """Without a file there are no parts."""
    assert kept_in(tmp_path).read(0) is None


def test_another_program_reads_nothing(tmp_path: Path) -> None:
    """What another version has kept is not read."""
    kept_in(tmp_path).write(PARTS)

    assert kept_in(tmp_path, "2" * 64).read(0) is None


@given(st.data())
def test_damaged_file_is_not_there(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """However a file is cut or changed, a part is what was kept or None, and nothing is raised."""
    kept = kept_in(tmp_path_factory.mktemp("damaged"))
    kept.write(PARTS)
    content = bytearray(kept.path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content[at] ^= data.draw(st.integers(1, 255))
    else:
        del content[at:]
    kept.path.write_bytes(bytes(content))

    assert kept.read(0) in (PARTS[0], None)
    assert kept.read(1) in (PARTS[1], None)


def test_file_of_somebody_else_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the user has kept is read."""
    kept_in(tmp_path).write(PARTS)
    monkeypatch.setattr(os, "getuid", lambda: -1)

    assert kept_in(tmp_path).read(0) is None


def test_where_nothing_can_be_kept_nothing_is(tmp_path: Path) -> None:
    """A folder that cannot be made is no fault."""
    (tmp_path / "kept").write_text("in the way")
    kept_in(tmp_path).write(PARTS)

    assert kept_in(tmp_path).read(0) is None


def test_only_the_user_can_read_what_is_kept(tmp_path: Path) -> None:
    """The folder is the user's own."""
    kept_in(tmp_path).write(PARTS)

    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_cache_of_a_project_that_nobody_builds_goes(tmp_path: Path) -> None:
    """What has not been written for months is removed, what is in use is not."""
    old, young = (CacheFile(tmp_path / f"{name}.cache", "1" * 64) for name in ("old", "young"))
    old.write(PARTS)
    young.write(PARTS)
    os.utime(old.path, (0, 0))
    young.write(PARTS)

    assert not old.path.exists()
    assert young.read(0) == PARTS[0]


def test_each_project_and_output_has_its_own(tmp_path: Path) -> None:
    """Neither two projects nor two outputs of one share what is kept."""
    places = [(tmp_path / "a", tmp_path / "x"), (tmp_path / "a", tmp_path / "y")]
    places.append((tmp_path / "b", tmp_path / "x"))

    files = [CacheFile.of(*each, "1") for each in places]
    assert len({each.path for each in files if each}) == 3


def test_user_without_a_home_has_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system knows no folder for it, nothing is kept and nothing is raised."""

    def no_home(*_: object) -> Path:
        raise RuntimeError("could not determine home directory")

    monkeypatch.setattr("sitegen.cache.store.user_cache_path", no_home)

    assert CacheFile.of(tmp_path, tmp_path, "1") is None


def test_templates_are_part_of_the_program(tmp_path: Path) -> None:
    """Another template makes another program."""
    before = program_digest(tmp_path)
    (tmp_path / "page.html").write_text("x")

    assert program_digest(tmp_path) != before
    assert program_digest(tmp_path) == program_digest(tmp_path)


def test_file_that_was_cut_short_holds_nothing(tmp_path: Path) -> None:
    """Wherever that was, between two parts too."""
    kept = kept_in(tmp_path)
    assert kept.write(PARTS)
    whole = kept.path.read_bytes()
    assert kept.read_from(0) == PARTS
    assert kept.read_from(1) == PARTS[1:]
    for length in range(len(whole)):
        kept.path.write_bytes(whole[:length])
        assert kept.read_from(0) == []


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    """Then nothing is known of it, rather than half."""
    (tmp_path / "kept").write_text("a file where the folder should be")
    assert not kept_in(tmp_path).write(PARTS)
