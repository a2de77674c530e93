"""What stands in an output folder, and which of it sitegen wrote: its manifest says so.

The manifest holds paths and SHA-256 only, sorted, so that two builds of one input are equal byte
for byte. It says what is sitegen's, never what a file holds: that is read from the file.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec import Struct

from sitegen.storage.cache import Stamp, stamp_of

MANIFEST = ".sitegen-manifest.json"
"""The file in an output folder that names every other file of the site."""

_FORMAT = "sitegen-manifest"
_VERSION = 1
_LACKS_NUMBERS: Final = sys.platform == "win32"  # what a folder says of its files there


class Inventory(Struct, frozen=True):
    """The regular files (with stamps), folders (with modes) and all else in an output folder.

    Paths are relative to it, with forward slashes; the folder itself is the path "". `owned` are
    the paths that its manifest names, itself among them; None says that none can be read.
    """

    files: Mapping[str, Stamp]
    folders: Mapping[str, int]
    specials: frozenset[str]
    owned: frozenset[str] | None

    def is_empty(self) -> bool:
        """Tell whether there is nothing at all."""
        return not self.files and not self.specials and len(self.folders) < 2

    def foreign(self) -> list[str]:
        """Return the paths that sitegen did not write, folders before what they hold."""
        owned = self.owned or frozenset()
        others = self.folders.keys() - folders_above(owned)
        return sorted([*(self.files.keys() - owned), *self.specials, *others])


def folders_above(paths: Iterable[str]) -> set[str]:
    """Return the folders that hold some paths, and those that hold these; "" is always one."""
    above = {""}
    for folder in {path.rpartition("/")[0] for path in paths}:
        while folder not in above:
            above.add(folder)
            folder = folder.rpartition("/")[0]  # noqa: PLW2901 - on the way up
    return above


def take_inventory(folder: Path) -> Inventory:
    """Return what stands in a folder, which may be missing; no symbolic link is followed.

    Raises OSError also where the folder could be read but not replaced: EACCES for one that may
    not be written, EXDEV for one that another file system is mounted on.
    """
    files: dict[str, Stamp] = {}
    specials: set[str] = set()
    modes: dict[str, int] = {}
    device = folder.stat().st_dev if folder.exists() else None
    waiting = [] if device is None else [""]
    while waiting:
        path = waiting.pop()
        here = folder / path
        found = here.stat()
        if found.st_dev != device:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(here))
        if not os.access(here, os.R_OK | os.W_OK | os.X_OK):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(here))
        modes[path] = found.st_mode
        waiting += _look_into(str(here), f"{path}/" if path else "", files, specials)
    return Inventory(files, modes, frozenset(specials), owned_in(folder))


def _look_into(folder: str, above: str, files: dict[str, Stamp], specials: set[str]) -> list[str]:
    """Enter what stands in a folder, each by its path, and return the folders in it."""
    folders = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file(follow_symlinks=False):
                try:
                    found = entry.stat(follow_symlinks=False)
                    files[above + entry.name] = stamp_of(
                        os.lstat(entry.path) if _LACKS_NUMBERS else found
                    )
                except FileNotFoundError:  # somebody has just removed it
                    continue
            elif entry.is_dir(follow_symlinks=False):
                folders.append(above + entry.name)
            else:
                specials.add(above + entry.name)
    return folders


def look_at_files(folder: Path) -> dict[str, Stamp]:
    """Return the stamps of the regular files below a folder, by path, as far as one may look."""
    files: dict[str, Stamp] = {}
    waiting = [""]
    while waiting:
        path = waiting.pop()
        with suppress(OSError):
            waiting += _look_into(str(folder / path), f"{path}/" if path else "", files, set())
    return files


def owned_in(folder: Path) -> frozenset[str] | None:
    """Return the paths that a folder's manifest names, itself among them, or None without one."""
    file = folder / MANIFEST
    if file.is_symlink() or not file.is_file():
        return None
    try:
        manifest: object = json.loads(file.read_bytes())
    except ValueError:  # neither JSON nor UTF-8
        return None
    match manifest:
        case {"format": "sitegen-manifest", "version": 1, "files": dict(files)}:
            return frozenset([MANIFEST, *files])
        case _:
            return None


def manifest_of(digests: Mapping[str, str]) -> bytes:
    """Return the manifest of a site, given the SHA-256 of each file in hexadecimal by path."""
    files = json.dumps(dict(sorted(digests.items())), separators=(",\n", ": "))[1:-1]
    return f'{{"format": "{_FORMAT}", "version": {_VERSION}, "files": {{\n{files}\n}}}}\n'.encode()
