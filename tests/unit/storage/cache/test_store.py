"""What is kept comes back whole, or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.storage.cache import CacheFile, program_digest
from sitegen.storage.packets import Damaged, Packets

SECTIONS = {"first": {"a": 1}, "second": ["b", "c"]}


def kept_in(folder: Path, program: str = "1" * 64) -> CacheFile:
    """Return a cache file in a folder."""
    return CacheFile(folder / "kept" / "a.cache", program)


def read(kept: CacheFile) -> dict[str, Any] | None:
    """Return all sections, or None where there are none."""
    sections = kept.read()
    return None if sections is None else {**sections}


def packets(*contents: bytes) -> Packets:
    """Return packets none of which lies in a file."""
    return Packets.of(contents)


def test_sections_come_back(tmp_path: Path) -> None:
    """Each section can be had by itself; one that was never kept is not there."""
    kept = kept_in(tmp_path)
    kept.write(SECTIONS.items())

    sections = kept.read()
    assert sections is not None
    assert [sections.get(name) for name in ("second", "first", "third")] == [
        ["b", "c"],
        {"a": 1},
        None,
    ]
    assert read(kept) == SECTIONS


def test_what_has_not_changed_is_not_written_again(tmp_path: Path) -> None:
    """Neither sections nor packets; all of it comes back."""
    kept = kept_in(tmp_path)
    heavy = b"h" * 10_000
    kept.write({"light": 1, "heavy": heavy, "packets": packets(heavy, b"one", heavy)}.items())
    for turn in range(3):
        size, last = kept.path.stat().st_size, kept.read()
        assert last is not None
        changed = last["packets"].with_new({1: b"two", 3 + turn: b"more"})
        sections = {"light": turn, "heavy": last.as_it_is("heavy"), "packets": changed}
        assert kept.write(sections.items(), last)
        assert kept.path.stat().st_size < size + 1000
        found = read(kept)
        assert found is not None
        assert (found["light"], found["heavy"]) == (turn, heavy)
        assert [*found["packets"]] == [heavy, b"two", heavy, *[b"more"] * (turn + 1)]


def test_file_that_is_mostly_of_no_use_is_written_anew(tmp_path: Path) -> None:
    """So that it does not grow for ever."""
    kept = kept_in(tmp_path)
    kept.write([("same", packets(b"s" * 100)), ("other", b"")])
    sizes = []
    for turn in range(6):
        last = kept.read()
        assert last is not None
        kept.write([("same", last.as_it_is("same")), ("other", bytes([turn]) * 8_000_000)], last)
        sizes.append(kept.path.stat().st_size)
        found = read(kept)
        assert found is not None
        assert [*found["same"]] == [b"s" * 100]
        assert found["other"] == bytes([turn]) * 8_000_000
    assert max(sizes) < 6 * 8_000_000


@pytest.mark.parametrize("has_gone", [True, False])
def test_file_that_another_build_has_written_is_replaced(tmp_path: Path, *, has_gone: bool) -> None:
    """What was read before is of use all the same."""
    kept = kept_in(tmp_path)
    kept.write(SECTIONS.items())
    last = kept.read()
    assert last is not None
    kept.write([("first", "of another build")])
    if has_gone:
        kept.path.unlink()
    assert kept.write([("first", last.as_it_is("first")), ("second", "new")], last)
    assert read(kept) == {"first": {"a": 1}, "second": "new"}


def test_two_builds_do_not_write_over_each_other(tmp_path: Path) -> None:
    """Both have found the file as they read it, and what they add takes the same room."""
    kept = kept_in(tmp_path)
    kept.write([("packets", packets(b"one"))])
    last = kept.read()
    assert last is not None

    old: Packets = last["packets"]

    def sections() -> Iterator[tuple[str, Any]]:
        yield "packets", old.with_new({1: b"two"})
        assert kept.write([("packets", old.with_new({1: b"and"})), ("more", "b")], kept.read())
        yield "more", "a"

    assert kept.write(sections(), last)
    found = read(kept)
    assert found is not None
    assert ([*found["packets"]], found["more"]) == ([b"one", b"and"], "b")
    assert [*kept.path.parent.iterdir()] == [kept.path]


def test_where_nothing_can_be_locked_all_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On such a file system what has changed is kept all the same."""
    kept = kept_in(tmp_path)
    kept.write(SECTIONS.items())
    last = kept.read()
    assert last is not None
    monkeypatch.setattr("sitegen.storage.cache.alone.flock", no_locks)
    before = kept.path.stat().st_ino
    assert kept.write([("first", 1), ("second", last.as_it_is("second"))], last)
    assert read(kept) == {"first": 1, "second": ["b", "c"]}
    assert kept.path.stat().st_ino != before


def no_locks(*_: object) -> None:
    """Refuse a lock, as some file systems do."""
    raise OSError(errno.ENOLCK, "no locks available")


def test_failure_leaves_what_was_kept(tmp_path: Path) -> None:
    """Whatever happens while something is added."""
    kept = kept_in(tmp_path)
    kept.write(SECTIONS.items())

    def sections() -> Iterator[tuple[str, Any]]:
        yield "first", packets(b"x" * 100_000)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.write(sections(), kept.read())
    assert read(kept) == SECTIONS


def test_sections_that_lie_in_no_file(tmp_path: Path) -> None:
    """They stand in the place of others, and are written like them."""
    kept = kept_in(tmp_path)
    kept.write(SECTIONS.items())
    last = kept.read()
    assert last is not None
    sections = last.with_new({"second": 2, "third": 3})
    assert {**sections} == {"first": {"a": 1}, "second": 2, "third": 3}
    assert len(sections) == 3
    kept.write([(name, sections.as_it_is(name)) for name in sections], sections)
    assert read(kept) == {**sections}


def test_packets_in_the_file_that_was_begun_are_kept(tmp_path: Path) -> None:
    """It takes the place of the former one, with whatever else is kept; nothing else is left."""
    kept = kept_in(tmp_path)
    kept.write(SECTIONS.items())
    begun = kept.begin()
    assert begun is not None
    before = Packets.put_into(begun, [b"one" * 1000, b"two"])

    def sections() -> Iterator[tuple[str, Any]]:
        yield "before", before
        yield "meanwhile", Packets.put_into(begun, [b"three"])
        yield "new", packets(b"four")

    assert kept.write(sections(), None, begun)
    assert begun.path.exists() is False
    found = read(kept)
    assert found is not None
    assert {name: [*each] for name, each in found.items()} == {
        "before": [b"one" * 1000, b"two"],
        "meanwhile": [b"three"],
        "new": [b"four"],
    }
    assert [*kept.path.parent.iterdir()] == [kept.path]
    assert kept.path.stat().st_size < 5000


def test_file_that_was_begun_goes_where_nothing_comes_of_it(tmp_path: Path) -> None:
    """What was kept before stays."""
    kept = kept_in(tmp_path)
    kept.write(SECTIONS.items())
    begun = kept.begin()
    assert begun is not None

    def sections() -> Iterator[tuple[str, Any]]:
        yield "first", Packets.put_into(begun, [b"one"])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.write(sections(), None, begun)
    assert read(kept) == SECTIONS
    assert [*kept.path.parent.iterdir()] == [kept.path]


def test_where_no_file_can_be_begun_there_is_none(tmp_path: Path) -> None:
    """A build then does without."""
    (tmp_path / "kept").write_text("in the way")
    assert kept_in(tmp_path).begin() is None


def test_where_nothing_can_be_locked_no_file_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several processes could not add to it; what is kept is written at the end."""
    kept = kept_in(tmp_path)
    monkeypatch.setattr("sitegen.storage.packet_file.lockf", no_locks)
    begun = kept.begin()
    assert begun is None
    assert not [*kept.path.parent.iterdir()]
    assert kept.write(SECTIONS.items(), None, begun)
    assert read(kept) == SECTIONS


BEGIN = """
import os, signal, sys
from pathlib import Path
from sitegen.storage.cache import CacheFile
begun = [CacheFile(Path(path), "1" * 64).begin() for path in sys.argv[1:]]
print(*(each.path.name for each in begun), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_build_that_was_ended_has_begun_goes(tmp_path: Path) -> None:
    """With the next build of the same; what others have begun, or live processes, stays."""
    kept = kept_in(tmp_path)
    other = kept.path.with_name("other.cache")
    killed = subprocess.run(
        [sys.executable, "-c", BEGIN, kept.path, other], capture_output=True, text=True, check=False
    )
    left, of_other = (kept.path.with_name(name) for name in killed.stdout.split())
    assert left.exists()
    machine, process = left.name.split(".")[1:3]
    of_elsewhere = left.with_name(left.name.replace(machine, "elsewhere"))
    of_elsewhere.touch()
    of_somebody = left.with_name(left.name.replace(f".{process}.", ".1."))
    of_somebody.touch()
    begun = [kept.begin(), kept.begin()]
    stay = {of_other, of_elsewhere, of_somebody, *(each.path for each in begun if each)}
    assert len(stay) == 5
    assert {*kept.path.parent.iterdir()} == stay


def test_nothing_is_kept_at_first(tmp_path: Path) -> None:
    """Without a file there are no sections."""
    assert kept_in(tmp_path).read() is None


def test_another_program_reads_nothing(tmp_path: Path) -> None:
    """What another version has kept is not read."""
    kept_in(tmp_path).write(SECTIONS.items())

    assert kept_in(tmp_path, "2" * 64).read() is None


@given(st.data())
def test_damaged_file_is_not_there(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """However a file is cut or changed, whatever is read is what was kept, or known not to be."""
    kept = kept_in(tmp_path_factory.mktemp("damaged"))
    kept.write([*SECTIONS.items(), ("packets", packets(b"one", b"", b"three"))])
    content = bytearray(kept.path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content[at] ^= data.draw(st.integers(1, 255))
    else:
        del content[at:]
    kept.path.write_bytes(bytes(content))

    unreadable = 0
    sections = kept.read()
    if sections is None:
        return
    assert {*sections} == {*SECTIONS, "packets"}
    for name in sections:
        try:
            assert name == "packets" or sections[name] == SECTIONS[name]
            assert name != "packets" or [*sections[name]] == [b"one", b"", b"three"]
        except Damaged:
            unreadable += 1
    assert unreadable == 1


@pytest.mark.parametrize("content", [b"Heavy", b"Light"])
def test_what_is_damaged_is_not_copied(tmp_path: Path, content: bytes) -> None:
    """Neither a packet nor a section finds its way to a new file as if it were whole."""
    kept = kept_in(tmp_path)
    kept.write([("heavy", packets(b"Heavy")), ("light", "Light")])
    kept.path.write_bytes(kept.path.read_bytes().replace(content, b"Other"))
    last = kept.read()
    assert last is not None
    kept.path.unlink()
    with pytest.raises(Damaged):
        kept.write([(name, last.as_it_is(name)) for name in ("heavy", "light")], last)
    assert not [*kept.path.parent.iterdir()]


def test_file_of_somebody_else_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the user has kept is read."""
    kept_in(tmp_path).write(SECTIONS.items())
    monkeypatch.setattr(os, "getuid", lambda: -1)

    assert kept_in(tmp_path).read() is None


def test_where_nothing_can_be_kept_nothing_is(tmp_path: Path) -> None:
    """A folder that cannot be made is no fault."""
    (tmp_path / "kept").write_text("in the way")
    kept_in(tmp_path).write(SECTIONS.items())

    assert kept_in(tmp_path).read() is None


def test_only_the_user_can_read_what_is_kept(tmp_path: Path) -> None:
    """The folder is the user's own."""
    kept_in(tmp_path).write(SECTIONS.items())

    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_cache_of_a_project_that_nobody_builds_goes(tmp_path: Path) -> None:
    """What has not been written for months is removed, what is in use is not."""
    old, young = (CacheFile(tmp_path / f"{name}.cache", "1" * 64) for name in ("old", "young"))
    old.write(SECTIONS.items())
    young.write(SECTIONS.items())
    os.utime(old.path, (0, 0))
    young.write(SECTIONS.items())

    assert not old.path.exists()
    assert read(young) == SECTIONS


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

    monkeypatch.setattr("sitegen.storage.cache.store.user_cache_path", no_home)

    assert CacheFile.of(tmp_path, tmp_path, "1") is None


def test_templates_are_part_of_the_program(tmp_path: Path) -> None:
    """Another template makes another program."""
    before = program_digest(tmp_path)
    (tmp_path / "page.html").write_text("x")

    assert program_digest(tmp_path) != before
    assert program_digest(tmp_path) == program_digest(tmp_path)


def test_file_that_was_cut_short_holds_nothing(tmp_path: Path) -> None:
    """Wherever that was, between two sections or just before something was added too."""
    kept = kept_in(tmp_path)
    kept.write(SECTIONS.items())
    last = kept.read()
    before = kept.path.stat().st_size
    kept.write([("first", "new")], last)
    whole = kept.path.read_bytes()
    for length in range(len(whole)):
        kept.path.write_bytes(whole[:length])
        assert read(kept) == (SECTIONS if length == before else None)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    """Then nothing is known of it, rather than half."""
    (tmp_path / "kept").write_text("a file where the folder should be")
    assert not kept_in(tmp_path).write(SECTIONS.items())
