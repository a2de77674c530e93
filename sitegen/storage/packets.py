"""Pickles of a few values each, of which some lie in a file; each has a sum of its own."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final
from zlib import crc32

from sitegen.storage.packet_file import PacketFile

_AT_ONCE: Final = 1 << 20  # bytes that are put into a file together

Buffer = bytes | memoryview

SUM: Final = 4
"""Bytes in which the sum of a packet stands before it in a file."""


class Damaged(Exception):  # noqa: N818 - reads as what it is where it is caught
    """Something that was kept is not what was written; whatever is made of it must not be used."""

    def __init__(self, message: str = "what was kept of a build is not what was written") -> None:
        """Take what to say where nobody catches it."""
        super().__init__(message)


def sum_of(content: Buffer) -> bytes:
    """Return the sum that tells whether a packet is what was written."""
    return crc32(content).to_bytes(SUM, "little")


class Packets(Sequence[Buffer]):
    """Pickles, of which some lie in a file, most often mapped to memory, and the others are new.

    `starts_and_sizes` are those of the former in the file, two numbers each, and before each packet
    stands its sum; `new` stand in the place of some of them or come after.
    """

    __slots__ = ("file", "new", "starts_and_sizes")

    def __init__(
        self,
        file: Buffer | PacketFile,
        starts_and_sizes: array[int],
        new: Mapping[int, Buffer] | None = None,
    ) -> None:
        """Take the bytes of the file, where in it packets lie, and new ones by their number."""
        self.file = file
        self.starts_and_sizes = starts_and_sizes
        self.new = new or {}

    @classmethod
    def of(cls, packets: Iterable[Buffer]) -> Packets:
        """Return packets none of which lies in a file."""
        return cls(b"", array("Q"), dict(enumerate(packets)))

    @classmethod
    def put_into(cls, file: PacketFile, packets: Iterable[bytes]) -> Packets:
        """Return packets that are put into a file as they come, or held if it has no room."""
        found = cls(file, array("Q"))
        some: list[bytes] = []
        size = 0
        for packet in packets:
            some.append(packet)
            size += len(packet)
            if size >= _AT_ONCE:
                found._put(file, some)
                some, size = [], 0
        found._put(file, some)
        return found

    def _put(self, file: PacketFile, packets: Sequence[bytes]) -> None:
        """Put packets that come after these into the file, or hold them here."""
        first = len(self)
        sizes = array("Q", map(len, packets))
        try:
            summed = chain.from_iterable((sum_of(each), each) for each in packets)
            start = file.append(b"".join(summed)) + SUM
        except OSError:
            self.new = {**self.new, **dict(enumerate(packets, first))}
            start, sizes = 0, array("Q", [0] * len(sizes))
        for each in sizes:
            self.starts_and_sizes.extend((start, each))
            start += each + SUM

    @classmethod
    def joined(cls, parts: Iterable[Packets]) -> Packets:
        """Return packets one after the other; those that lie in a file lie in the same one.

        Raises ValueError if they do not.
        """
        file: Buffer | PacketFile | None = None
        found = array("Q")
        new: dict[int, Buffer] = {}
        for each in parts:
            if each.starts_and_sizes:
                if file is not None and file is not each.file:
                    raise ValueError("these packets lie in different files")
                file = each.file
            before = len(found) // 2
            new |= {before + number: content for number, content in each.new.items()}
            found.extend(each.places())
        return cls(b"" if file is None else file, found, new)

    def places(self) -> array[int]:
        """Return where each of them lies in the file, and 0 of those that do not."""
        missing = 2 * len(self) - len(self.starts_and_sizes)
        return self.starts_and_sizes + array("Q", [0]) * missing

    @classmethod
    def in_file(cls, file: Buffer, starts_and_sizes: bytes) -> Packets:
        """Return packets that lie in a file."""
        return cls(file, array("Q", starts_and_sizes))

    def with_new(self, new: Mapping[int, Buffer]) -> Packets:
        """Return these with others in the place of some, and those that come after."""
        return Packets(self.file, self.starts_and_sizes, {**self.new, **new})

    def some(self, numbers: Sequence[int]) -> Packets:
        """Return some of these, numbered anew in this order."""
        found = array("Q")
        for number in numbers:
            found.extend(self.starts_and_sizes[2 * number : 2 * number + 2] or (0, 0))
        new = {at: self.new[number] for at, number in enumerate(numbers) if number in self.new}
        return Packets(self.file, found, new)

    def in_place(self, write: Callable[[Buffer], int], file: Buffer | PacketFile | None) -> bytes:
        """Write what does not lie in a file yet and return where all of them lie there.

        `write` returns where a packet starts in the file after it and its sum were written.
        """
        is_there = self.file is file
        found = self.places() if is_there else array("Q", bytes(16 * len(self)))
        for number in sorted(self.new) if is_there else range(len(self)):
            content = self[number]
            found[2 * number : 2 * number + 2] = array("Q", (write(content), len(content)))
        return found.tobytes()

    def size(self) -> int:
        """Return how many bytes they have at most."""
        return sum(self.starts_and_sizes[1::2]) + sum(map(len, self.new.values()))

    def __len__(self) -> int:
        """Return how many there are."""
        return max(len(self.starts_and_sizes) // 2, max(self.new, default=-1) + 1)

    def __getitem__(self, number: Any) -> Any:
        """Return the bytes of one of them. Raises Damaged if they are not what was written."""
        if number in self.new:
            return self.new[number]
        start, size = self.starts_and_sizes[2 * number], self.starts_and_sizes[2 * number + 1]
        content = memoryview(self.file[start - SUM : start + size])
        if sum_of(content[SUM:]) != content[:SUM]:
            raise Damaged
        return content[SUM:]

    def __reduce__(self) -> Any:
        """Return what makes the same again: anywhere, unless they lie where others are put too."""
        if isinstance(self.file, PacketFile):
            return Packets, (self.file, self.starts_and_sizes, self.new)
        return Packets.of, ([bytes(each) for each in self],)
