"""One file in the user's cache folder for each project and output, in sections read one by one.

What has changed is written after what is there, with a new list of the sections, and an end that
tells where the list is. Once most of a file is of no use any more, a new one takes its place. Each
thing that can be read by itself has a sum, which is looked at when it is read: a build that changes
little reads little, and to go through all the rest would take longer than that.

The sections are pickles. Whoever can write to that folder can as well change the programs that the
user runs, so that reading them gives nobody anything; a file of another owner is not read.
"""

from __future__ import annotations

import mmap
import os
import pickle
import struct
import sys
import tempfile
import time
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import repeat
from pathlib import Path
from pickle import PickleBuffer
from typing import Any, BinaryIO, Final, NamedTuple
from zlib import crc32

from platformdirs import user_cache_path

from sitegen.libraries import versions_of
from sitegen.storage.cache.alone import alone_with
from sitegen.storage.cache.begun import beginning, remove_left
from sitegen.storage.cache.stamps import stamp_files
from sitegen.storage.packet_file import ENDING, PacketFile
from sitegen.storage.packets import SUM, Buffer, Damaged, Packets, sum_of
from sitegen.storage.pickling import pickled

_MAGIC: Final = b"sitegen cache 4\n"
_PROGRAM: Final = 64  # bytes: a SHA-256 in hexadecimal
_END: Final = struct.Struct("<QQI16s")  # start, size and sum of the list; mark
_MARK: Final = b"\nthe end of all\n"
_LIBRARIES: Final = (
    "edtf", "jinja2", "markdown", "markupsafe", "msgspec", "nh3", "pydantic", "pyyaml",
)  # fmt: skip
_LEFT: Final = 24 * 3600  # seconds after which a file that was never finished goes
_NOTHING: Final = memoryview(b"")
_SPARE: Final = 16 << 20  # bytes of no use that a file may have whatever its size
_FORGOTTEN: Final = 90 * 24 * 3600  # seconds after which the cache of an unused project goes


def program_digest(templates: Path) -> str:
    """Return what tells this program from any other that might come to another result.

    It is made from the bytes of the program's files and templates, and from the versions of the
    libraries and of Python.
    """
    package = Path(__file__).parents[2]
    digest = sha256(sys.version.encode())
    for name, version in versions_of(_LIBRARIES).items():
        digest.update(f"{name} {version}\n".encode())
    for folder in (package, templates):
        found = stamp_files(folder, [""]).files
        for path in sorted(found):
            if "__pycache__" not in path and not path.endswith("/"):
                digest.update(f"{path} {found[path][0]}\n".encode("utf-8", "surrogateescape"))
                digest.update((folder / path).read_bytes())
    return digest.hexdigest()


class SectionSpan(NamedTuple):
    """Where a section lies in the file: its pickle, the sum of that, and all bytes in use."""

    start: int
    size: int
    check: int
    in_use: int


class Sections(Mapping[str, Any]):
    """What was kept, by name; each section is loaded when it is asked for.

    `content` is the file, `spans` tell where in it sections lie, and `values` are what has been
    loaded or lies in no file.
    """

    def __init__(
        self,
        values: Mapping[str, Any] | None = None,
        content: memoryview = _NOTHING,
        spans: Mapping[str, SectionSpan] | None = None,
    ) -> None:
        """Take values, and where others lie in a file."""
        self.content = content
        self._values = {**(values or {})}
        self._spans = {**(spans or {})}

    def __getitem__(self, name: str) -> Any:
        """Return a section. Raises Damaged if it is not what was written."""
        if name not in self._values:
            span = self._spans[name]
            content = self.content[span.start : span.start + span.size]
            if crc32(content) != span.check:
                raise Damaged
            buffers = repeat(self.content)
            self._values[name] = pickle.loads(content, buffers=buffers)  # noqa: S301 - our own
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        """Return the names of all sections."""
        return iter({**self._spans, **self._values})

    def __len__(self) -> int:
        """Return how many sections there are."""
        return len(self._spans.keys() | self._values)

    def with_new(self, values: Mapping[str, Any]) -> Sections:
        """Return these with others in the place of some."""
        spans = {name: each for name, each in self._spans.items() if name not in values}
        return Sections({**self._values, **values}, self.content, spans)

    def as_it_is(self, name: str) -> Any:
        """Return what `CacheFile.write` takes for a section that has not changed."""
        return self._spans.get(name) or self._values[name]

    def is_worth_keeping(self) -> bool:
        """Tell whether most of the file is in use."""
        in_use = sum(each.in_use for each in self._spans.values())
        return len(self.content) < 2 * in_use + _SPARE


@dataclass(frozen=True, slots=True)
class CacheFile:
    """Where the sections that were kept for a project and output stand, and by which program."""

    path: Path
    program: str

    @classmethod
    def of(cls, project: Path, output: Path, program: str) -> CacheFile | None:
        """Return the file for a project's site in an output folder; it need not exist.

        None where the user has no folder for such files, as in some containers.
        """
        places = f"{project.resolve()}\0{output.resolve()}"
        name = sha256(places.encode("utf-8", "surrogateescape")).hexdigest()[:32]
        try:
            folder = user_cache_path("sitegen") / "projects"
        except RuntimeError:
            return None
        return cls(folder / f"{name}.cache", program)

    def read(self) -> Sections | None:
        """Return the sections that were kept; None without any, or where their list is damaged."""
        try:
            with self.path.open("rb") as file:
                if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                    return None
                return self._sections(_mapped(file))
        except Exception:  # noqa: BLE001 - a damaged pickle may raise anything
            return None

    def _sections(self, content: memoryview) -> Sections | None:
        if content[: len(_MAGIC) + _PROGRAM] != _MAGIC + self.program.encode():
            return None
        start, size, check, mark = _END.unpack(content[-_END.size :])
        listed = content[start : start + size]
        if mark != _MARK or crc32(listed) != check:
            return None
        return Sections(None, content, pickle.loads(listed))  # noqa: S301 - our own

    def begin(self) -> PacketFile | None:
        """Return what packets can be put into before anything else is written; see `write`.

        None where there can be no such file.
        """
        with suppress(OSError):
            self._make_room()
            return PacketFile.new(self.path.parent, beginning(self.path), self._head())
        return None

    def _new(self) -> Path:
        """Return a new file that will be what is kept. Raises OSError."""
        self._make_room()
        folder, prefix = self.path.parent, beginning(self.path)
        handle, name = tempfile.mkstemp(dir=folder, prefix=prefix, suffix=ENDING)
        with os.fdopen(handle, "wb") as file:
            file.write(self._head())
        return Path(name)

    def _head(self) -> bytes:
        return _MAGIC + self.program.encode()

    def _make_room(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        remove_left(self.path)

    def write(
        self,
        sections: Iterable[tuple[str, Any]],
        last: Sections | None = None,
        begun: PacketFile | None = None,
    ) -> bool:
        """Keep these sections by name in place of what was kept; tell whether that could be done.

        Each is taken when it is its turn, so that not all of them need be there at once. What
        stands in `last`, which was read from this file, and has not changed, is not written again;
        nor are packets in the file that was `begun`, which takes the place of this one. Raises
        Damaged if something of `last` that is to be copied is not what was written.
        """
        with suppress(OSError):
            if last is None or not last.is_worth_keeping() or not self._grow(sections, last):
                self._replace(sections, Sections() if last is None else last, begun)
            with suppress(OSError):
                self._clear_up()
            return True
        return False

    def _grow(self, sections: Iterable[tuple[str, Any]], last: Sections) -> bool:
        """Write after the end; tell whether the file was still the one that was read.

        It is not if another build writes to it: what that adds would be taken for what this does.
        """
        if not self.path.exists():
            return False
        with self.path.open("r+b") as file, alone_with(file) as is_alone:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _END.size))
            is_as_read = size == len(last.content) and file.read() == last.content[-_END.size :]
            if not (is_alone and is_as_read):
                return False
            try:
                _Writer(file, last.content, size).write_all(sections)
                file.flush()
            except BaseException:
                with suppress(OSError):
                    file.truncate(size)
                raise
        return True

    def _replace(
        self, sections: Iterable[tuple[str, Any]], last: Sections, begun: PacketFile | None
    ) -> None:
        path = begun.path if begun else self._new()
        try:
            with path.open("r+b") as file:
                _Writer(file, begun, file.seek(0, os.SEEK_END)).write_all(
                    (name, last[name] if isinstance(section, SectionSpan) else section)
                    for name, section in sections
                )
            path.replace(self.path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def remove(self) -> None:
        """Keep nothing any longer."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def touch(self) -> None:
        """Note that what is kept was of use."""
        with suppress(OSError):
            os.utime(self.path)

    def _clear_up(self) -> None:
        """Remove what belongs to projects that nobody has built for months, and what was left."""
        for path in self.path.parent.iterdir():
            age = time.time() - path.stat().st_mtime
            if age > (_LEFT if path.suffix == ENDING else _FORGOTTEN):
                path.unlink(missing_ok=True)


class _Writer:
    """Writes sections to a file that has `size` bytes so far.

    Packets that lie in `content` lie in the file. If others are put there meanwhile, all that is
    written goes the same way.
    """

    def __init__(self, file: BinaryIO, content: Buffer | PacketFile | None, size: int) -> None:
        self._file = file
        self._content = content
        self._size = size

    def append(self, content: Buffer) -> int:
        """Write some bytes and return where they start."""
        if isinstance(self._content, PacketFile):
            return self._content.append(content)
        start = self._size
        self._file.write(content)
        self._size += len(content)
        return start

    def _append_packet(self, content: Buffer) -> int:
        return self.append(sum_of(content) + content) + SUM

    def write_all(self, sections: Iterable[tuple[str, Any]]) -> None:
        """Write sections, the list of them, and the end."""
        spans = {
            name: section if isinstance(section, SectionSpan) else self._write(section)
            for name, section in sections
        }
        listed = pickle.dumps(spans, pickle.HIGHEST_PROTOCOL)
        start = self.append(listed)
        if isinstance(self._content, PacketFile):
            self._file.seek(0, os.SEEK_END)
        self._file.write(_END.pack(start, len(listed), crc32(listed), _MARK))

    def _write(self, section: object) -> SectionSpan:
        """Write the packets of a section that do not lie in the file yet, and then its pickle."""
        in_use = 0

        def reduced(packets: Packets) -> Any:
            nonlocal in_use
            places = packets.in_place(self._append_packet, self._content)
            in_use += sum(array("Q", places)[1::2])
            # Whoever loads this gives the whole file for the empty buffer.
            return Packets.in_file, (PickleBuffer(b""), places)

        content = pickled(section, {Packets: reduced}, lambda _: None)
        start = self.append(content)
        return SectionSpan(start, len(content), crc32(content), len(content) + in_use)


def _mapped(file: BinaryIO) -> memoryview:
    """Return all bytes of a file; where a system allows, they come as they are looked at.

    Nobody writes to what lies in such a file: it grows, or a new one takes its place. Whoever cuts
    it short by other means ends the programs that look at it.
    """
    if sys.platform == "win32":  # a file in use could not be replaced by the next one
        return memoryview(file.read())
    return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
