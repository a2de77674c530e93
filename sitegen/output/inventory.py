"""What stands in an output folder, and which of it sitegen wrote: its manifest says so.

The manifest holds paths and SHA-256 only, sorted, so that two builds of one input are equal byte
for byte. It says what is sitegen's, never what a file holds: that is read from the file.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

MANIFEST = ".sitegen-manifest.json"
"""The file in an output folder that names every other file of the site."""

_FORMAT = "sitegen-manifest"
_VERSION = 1


class Inventory(Struct, frozen=True):
    """The regular files, folders (with their modes) and all else in an output folder.

    Paths are relative to it, with forward slashes; the folder itself is the path "". `owned` are
    the paths that its manifest names, itself among them; None says that none can be read.
    """

    files: frozenset[str]
    folders: Mapping[str, int]
    specials: frozenset[str]
    owned: frozenset[str] | None

    def is_empty(self) -> bool:
        """Tell whether there is nothing at all."""
        return not self.files and not self.specials and len(self.folders) < 2

    def foreign(self) -> list[str]:
        """Return the paths that sitegen did not write, folders before what they hold."""
        owned = self.owned or frozenset()
        above = {""}
        for path in owned:
            while (path := path.rpartition("/")[0]) not in above:
                above.add(path)
        return sorted([*(self.files - owned), *self.specials, *(self.folders.keys() - above)])


def take_inventory(folder: Path) -> Inventory:
    """Return what stands in a folder, which may be missing; no symbolic link is followed.

    Raises OSError also where the folder could be read but not replaced: EACCES for one that may
    not be written, EXDEV for one that another file system is mounted on.
    """
    files: set[str] = set()
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
        with os.scandir(here) as entries:
            for entry in entries:
                name = f"{path}/{entry.name}" if path else entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(name)
                else:
                    (files if entry.is_file(follow_symlinks=False) else specials).add(name)
    return Inventory(frozenset(files), modes, frozenset(specials), owned_in(folder))


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
            return frozenset([MANIFEST, *(path for path in files if isinstance(path, str))])
        case _:
            return None


def manifest_of(digests: Mapping[str, str]) -> bytes:
    """Return the manifest of a site, given the SHA-256 of each file in hexadecimal by path."""
    files = ",\n".join(
        f"{json.dumps(path)}: {json.dumps(digests[path])}" for path in sorted(digests)
    )
    return f'{{"format": "{_FORMAT}", "version": {_VERSION}, "files": {{\n{files}\n}}}}\n'.encode()
