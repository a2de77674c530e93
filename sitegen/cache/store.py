"""One file in the user's cache folder for each project and output, in parts that are read apart.

The parts are pickles. Whoever can write to that folder can as well change the programs that the
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
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, BinaryIO, Final
from zlib import crc32

from platformdirs import user_cache_path

from sitegen.cache.stamps import stamp_files

_MAGIC: Final = b"sitegen cache 2\n"
_PART: Final = struct.Struct("<QI")  # length, CRC-32
_LIBRARIES: Final = (
    "edtf", "jinja2", "markdown", "markupsafe", "msgspec", "nh3", "pydantic", "pyyaml",
)  # fmt: skip
_LEFT: Final = 24 * 3600  # seconds after which a file that was never finished goes
_END: Final = "the end"  # stands after the last part, so that none can be missing unseen
_AT_ONCE: Final = 1 << 20  # bytes
_FORGOTTEN: Final = 90 * 24 * 3600  # seconds after which the cache of an unused project goes


def program_digest(templates: Path) -> str:
    """Return what tells this program from any other that might come to another result.

    It is made from the bytes of the program's files and templates, and from the versions of the
    libraries and of Python.
    """
    package = Path(__file__).parent.parent
    digest = sha256(sys.version.encode())
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            digest.update(f"{name} {version(name)}\n".encode())
    for folder in (package, templates):
        found = stamp_files(folder, [""]).files
        for path in sorted(found):
            if "__pycache__" not in path and not path.endswith("/"):
                digest.update(f"{path} {found[path].size}\n".encode("utf-8", "surrogateescape"))
                digest.update((folder / path).read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class CacheFile:
    """Where the parts that were kept for a project and output stand, and by which program."""

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

    def read(self, part: int) -> Any:
        """Return one of the parts that were kept, counted from 0, or None where there is none."""
        found = next(iter(self._read(part, 1) or ()), None)
        return None if found == _END else found

    def read_from(self, part: int) -> list[Any]:
        """Return a part and all after it; nothing where any of them is damaged or gone."""
        *found, last = self._read(part, sys.maxsize) or [None]
        return found if last == _END else []

    def _read(self, first: int, most: int) -> list[Any] | None:
        found: list[Any] = []
        try:
            with self.path.open("rb") as file:
                stamp = os.fstat(file.fileno())
                if hasattr(os, "getuid") and stamp.st_uid != os.getuid():
                    return None
                if file.read(len(_MAGIC)) != _MAGIC or file.read(64) != self.program.encode():
                    return None
                for _ in range(first):
                    _skip_part(file)
                content = _mapped(file)
                while len(found) < most and file.tell() < stamp.st_size:
                    found.append(_read_part(file, content))
        except Exception:  # noqa: BLE001 - a damaged pickle may raise anything
            return None
        return found

    def write(self, parts: Iterable[Any]) -> bool:
        """Keep these parts in place of what was kept, and tell whether that could be done.

        Each is taken when it is its turn, so that not all of them need be there at once.
        """
        with suppress(OSError):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.path.parent, suffix=".tmp")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_MAGIC + self.program.encode())
                    for part in chain(parts, [_END]):
                        _write_part(file, part)
                Path(name).replace(self.path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
            with suppress(OSError):
                self._clear_up()
            return True
        return False

    def touch(self) -> None:
        """Note that what is kept was of use."""
        with suppress(OSError):
            os.utime(self.path)

    def _clear_up(self) -> None:
        """Remove what belongs to projects that nobody has built for months, and what was left."""
        for path in self.path.parent.iterdir():
            age = time.time() - path.stat().st_mtime
            if age > (_LEFT if path.suffix == ".tmp" else _FORGOTTEN):
                path.unlink(missing_ok=True)


def _mapped(file: BinaryIO) -> memoryview:
    """Return all bytes of a file; where a system allows, they come as they are looked at.

    Nobody writes to such a file: a new one takes its place. Whoever cuts it short by other means
    ends the programs that look at it.
    """
    if sys.platform == "win32":  # a file in use could not be replaced by the next one
        place = file.tell()
        file.seek(0)
        content = file.read()
        file.seek(place)
        return memoryview(content)
    return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _write_part(file: BinaryIO, part: object) -> None:
    """Write a pickle, and after it the buffers that it leaves outside."""
    buffers: list[pickle.PickleBuffer] = []
    head = pickle.dumps(part, pickle.HIGHEST_PROTOCOL, buffer_callback=buffers.append)
    raw = [each.raw() for each in buffers]
    sizes = array("Q", [len(head), *(len(each) for each in raw)]).tobytes()
    check = crc32(head, crc32(sizes))
    for each in raw:
        check = crc32(each, check)
    file.write(_PART.pack(len(sizes), check))
    file.write(sizes)
    file.write(head)
    file.writelines(raw)


def _sizes(file: BinaryIO) -> tuple[array[int], int]:
    """Return the sizes of a part's pickle and of its buffers, and the sum over all its bytes."""
    length, check = _PART.unpack(file.read(_PART.size))
    return array("Q", file.read(length)), check


def _skip_part(file: BinaryIO) -> None:
    sizes, _ = _sizes(file)
    file.seek(sum(sizes), os.SEEK_CUR)


def _read_part(file: BinaryIO, mapped: memoryview) -> Any:
    """Return what a part holds; its buffers stay in the file until they are looked into.

    Raises ValueError if any of its bytes is not what was written.
    """
    sizes, check = _sizes(file)
    start = file.tell()
    found = crc32(sizes.tobytes())
    left = sum(sizes)
    while left and (content := file.read(min(left, _AT_ONCE))):
        found = crc32(content, found)
        left -= len(content)
    if left or found != check:
        raise ValueError("damaged")
    ends = [start + end for end in accumulate(sizes)]
    head, *buffers = (mapped[end - size : end] for size, end in zip(sizes, ends, strict=True))
    return pickle.loads(head, buffers=buffers)  # noqa: S301 - our own
