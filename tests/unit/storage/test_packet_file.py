"""A file that packets are put into is read like bytes, and is never the cause of a fault."""

from __future__ import annotations

import errno
import multiprocessing
import pickle
import subprocess
import sys
from io import FileIO
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from sitegen.storage.packed import Keys, Packed, pack, packets_of
from sitegen.storage.packet_file import PacketFile
from sitegen.storage.packets import Buffer, Packets


@pytest.fixture
def file(tmp_path: Path) -> PacketFile:
    """Return a file that holds a few bytes already."""
    path = tmp_path / "packets"
    path.write_bytes(b"begun")
    return PacketFile(path)


def without_room(monkeypatch: pytest.MonkeyPatch, file: PacketFile) -> None:
    """Have the disk be full."""

    def no_room(_: bytes) -> int:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(file, "append", no_room)


def test_what_is_added_stands_after_what_is_there(file: PacketFile) -> None:
    """Whoever adds is told where it starts."""
    places = [(file.append(each), len(each)) for each in (b"one", b"", b"other")]

    assert [file[start : start + size] for start, size in places] == [b"one", b"", b"other"]
    assert file.path.read_bytes() == b"begunoneother"


def test_it_is_the_same_file_for_who_is_sent_it(file: PacketFile) -> None:
    """So nothing of its content travels between processes."""
    assert pickle.loads(pickle.dumps(file)) is file

    packets = Packets.put_into(file, [b"one" * 1000, b"other"])
    sent = pickle.dumps(packets)
    assert len(sent) < 1000
    assert [*pickle.loads(sent)] == [b"one" * 1000, b"other"]


SENT_HERE = """
import pickle, sys
from pathlib import Path
from sitegen.storage.packet_file import PacketFile
own = PacketFile(Path(sys.argv[1]))
try:
    pickle.load(sys.stdin.buffer)
except ValueError as fault:
    print(fault)
"""


def test_it_goes_to_no_process_that_does_not_have_it(file: PacketFile) -> None:
    """One that has others of its own takes none of these for it."""
    done = subprocess.run(
        [sys.executable, "-c", SENT_HERE, file.path],
        input=pickle.dumps(file),
        capture_output=True,
        check=False,
    )
    assert done.stdout == b"this file of packets was opened by another process\n"


def test_file_that_cannot_be_had_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left of it, and nobody complains."""
    with pytest.raises(FileNotFoundError):
        PacketFile(tmp_path / "none")
    assert PacketFile.new(tmp_path / "no folder") is None

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr("sitegen.storage.packet_file.lockf", refuse)
    assert PacketFile.new(tmp_path) is None
    assert not [*tmp_path.iterdir()]


class TakesLittle(FileIO):
    """A file that takes a little at a time, and lets others have their turn."""

    def write(self, content: Any) -> int:
        """Write some of it."""
        sleep(0)
        return super().write(content[:200])


def test_several_processes_add_at_once(file: PacketFile) -> None:
    """All comes back as each has put it, whoever was between."""
    file._file = TakesLittle(file.path, "r+")
    fork = multiprocessing.get_context("fork")
    together, places = fork.Barrier(3), fork.SimpleQueue()

    def add(sign: bytes) -> None:
        together.wait()
        places.put([(sign, file.append(sign * 1001)) for _ in range(100)])

    adding = [fork.Process(target=add, args=(sign,)) for sign in (b"a", b"b", b"c")]
    for each in adding:
        each.start()
    found = [place for _ in adding for place in places.get()]
    for each in adding:
        each.join()
    assert {start for _, start in found} == {5 + 1001 * number for number in range(300)}
    assert all(file[start : start + 1001] == sign * 1001 for sign, start in found)
    file._file.close()


def test_file_that_has_come_to_another_name_is_not_removed(
    file: PacketFile, tmp_path: Path
) -> None:
    """One that has not, is; it can be read nevertheless."""
    kept = file.path.rename(tmp_path / "kept")
    file.discard()
    assert kept.exists()

    other = tmp_path / "other"
    other.write_bytes(b"")
    given_up = PacketFile(other)
    start = given_up.append(b"one")
    given_up.discard()
    assert not other.exists()
    assert given_up[start : start + 3] == b"one"


def test_packets_that_find_no_room_are_held(
    file: PacketFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They come after those that found some."""
    values = {each: str(each) for each in range(40)}
    first = Packets.put_into(file, [b"one", b"two"])
    without_room(monkeypatch, file)
    held = Packets.put_into(file, [b"three", b"four"])

    both = [b"one", b"two"]
    assert [*Packets.joined([first, held, first])] == [*both, b"three", b"four", *both]
    assert dict(pack(values, file=file).items()) == values


def test_packets_are_joined_wherever_they_are_held(file: PacketFile, tmp_path: Path) -> None:
    """None is lost, but no two files are taken for one."""
    held, put = Packets.of([b"a", b"b"]), Packets.put_into(file, [b"c", b"d"])
    assert [*Packets.joined([held, held])] == [b"a", b"b", b"a", b"b"]
    more = put.with_new({2: b"e"})
    joined = Packets.joined([held, more, held, put])
    assert [*joined] == [b"a", b"b", b"c", b"d", b"e", b"a", b"b", b"c", b"d"]
    written: list[bytes] = []

    def write(content: Buffer) -> int:
        written.append(bytes(content))
        return 0

    joined.in_place(write, file)
    assert written == [b"a", b"b", b"e", b"a", b"b"]

    (tmp_path / "other").touch()
    other = Packets.put_into(PacketFile(tmp_path / "other"), [b"f"])
    with pytest.raises(ValueError, match="different files"):
        Packets.joined([put, held, other])


def test_values_that_were_packed_apart_are_one_mapping(file: PacketFile) -> None:
    """Each follows the other, however many fill a packet."""
    parts = [list(range(20)), [20], list(range(21, 40))]
    packed: Packed[str, int] = Packed.joined(
        Keys(map(str, range(40))), [(len(each), packets_of(each, file)) for each in parts]
    )

    assert dict(packed.items()) == {str(each): each for each in range(40)}
    again = packed.with_new({"20": -1})
    assert (again["19"], again["20"], again["21"]) == (19, -1, 21)


def test_what_was_put_away_is_not_held_open(file: PacketFile) -> None:
    """All of it can be gone through, and little is held at a time."""
    values = {each: bytes([each]) * 500_000 for each in range(64)}
    packed = pack(values, file=file)

    assert dict(packed.items()) == values
    assert sum(len(value) for each in packed._opened.values() for value in each) < 9_000_000
