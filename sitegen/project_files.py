"""The files of a project as bytes and text, and what keeps one of them from being read.

Knows no note. A file is read only if it lies in the project, whatever links lead to it. Files go by
their names: paths below the project with forward slashes, for there may be very many of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from stat import S_ISLNK, S_ISREG
from typing import Final, NamedTuple

from msgspec import Struct, field

from sitegen.diagnostics import Diagnostic, Location, error

# What editors and systems leave behind: hidden files, backups, Emacs locks, thumbnails.
_IGNORED_BEGINNINGS: Final = (".", "#")
_IGNORED_ENDINGS: Final = ("~", ".swp", ".swo", ".bak", ".orig", ".tmp")
_IGNORED_NAMES: Final = frozenset({"Thumbs.db", "desktop.ini"})


class Entry(NamedTuple):
    """What a folder holds: a file's or folder's name in two parts, in whose order ids are too."""

    stem: str
    ending: str
    leads_to_folder: bool

    @property
    def name(self) -> str:
        """Return the whole name."""
        return self.stem + self.ending


Listing = Mapping[str, Sequence[Entry]]
"""What folders hold, by their name."""


def listing_of(paths: Iterable[str]) -> Listing:
    """Return what folders hold, given the paths of all there is; those of folders end in a slash.

    Nothing of it may be a link.
    """
    found: dict[str, list[Entry]] = {}
    # Entries of sorted names are almost in order: to sort what is left takes hardly any time.
    for path in sorted(paths):
        leads_to_folder = path[-1] == "/"
        folder, _, name = (path[:-1] if leads_to_folder else path).rpartition("/")
        if leads_to_folder:
            found.setdefault(path[:-1], [])
        if not is_ignored(name):
            stem, ending = stem_and_ending(name)
            found.setdefault(folder, []).append(Entry(stem, ending, leads_to_folder))
    for entries in found.values():
        entries.sort()
    return found


class ProjectFiles(Struct):
    """The files below `root`, a resolved folder: what was read so far, and what is wrong with it.

    `texts` are those of the files that were read, by name. `closed` are the folders that could not
    be looked into; of others `known_folders` says whether they lie in the project. What `listing`
    says that folders hold is taken for true.
    """

    root: Path
    texts: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    known_folders: dict[str, bool] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    listing: Listing = field(default_factory=dict)

    def say(self, *diagnostics: Diagnostic) -> None:
        """Take down what is wrong."""
        self.diagnostics.extend(diagnostics)

    def entries(self, folder: str) -> list[Entry]:
        """Return what a folder holds but for hidden files, in the same order on every system."""
        if folder in self.listing:
            return [*self.listing[folder]]
        try:
            if not self._is_inside(folder):
                self.say(_outside(Location(folder), "folder"))
                self.closed.add(folder)
                return []
            with os.scandir(self.root / folder) as listed:
                found = [
                    Entry(*stem_and_ending(each.name), _leads_to_folder(each))
                    for each in listed
                    if not is_ignored(each.name)
                ]
        except (OSError, RuntimeError) as fault:
            self.say(_cannot_read(Location(folder), "folder", fault))
            self.closed.add(folder)
            return []
        return sorted(found)

    def bytes_of(self, name: str) -> bytes | None:
        """Return a file's bytes, or say why not."""
        at = Location(name)
        try:
            path = f"{self.root}/{name}"
            what = os.lstat(path)
            is_inside = self._is_inside(name.rpartition("/")[0])
            if S_ISLNK(what.st_mode):
                real = Path(path).resolve(strict=True)
                path, what = str(real), real.stat()
                is_inside = real.is_relative_to(self.root)
            if not is_inside:
                self.say(_outside(at, "file"))
                return None
            if not S_ISREG(what.st_mode):  # a pipe would be waited for without end
                help_ = "put an ordinary file in its place"
                self.say(error("cannot-read", at, "this is no ordinary file", help_))
                return None
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - no Path for each of them
                return file.read()
        except (OSError, RuntimeError) as fault:  # RuntimeError: a loop of links
            self.say(_cannot_read(at, "file", fault))
            return None

    def _is_inside(self, folder: str) -> bool:
        """Return whether a folder lies in the project; that is found once for all that it holds."""
        if folder not in self.known_folders:
            real = (self.root / folder).resolve(strict=True)
            self.known_folders[folder] = real.is_relative_to(self.root)
        return self.known_folders[folder]

    def text_of(self, name: str, raw: bytes) -> str | None:
        """Return the text that a file's bytes hold, less a byte order mark, or say why not."""
        try:
            text = raw.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError as fault:
            self.say(_not_utf8(name, raw, fault.start))
            return None
        self.texts[name] = text
        return text

    def read(self, name: str) -> str | None:
        """Return a file's text, less a byte order mark, or say why not."""
        raw = self.bytes_of(name)
        return None if raw is None else self.text_of(name, raw)


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def stem_and_ending(name: str) -> tuple[str, str]:
    """Return the two parts of a file's name; the second begins with a full stop or is empty."""
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending) if stem and ending else (name, "")


def is_ignored(name: str) -> bool:
    """Return whether a file or folder of this name is passed over: hidden, or left by an editor."""
    return (
        name.startswith(_IGNORED_BEGINNINGS)
        or name.endswith(_IGNORED_ENDINGS)
        or name in _IGNORED_NAMES
    )


def is_folder(path: Path) -> bool:
    """Return whether a path leads to a folder; one that cannot be looked at is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_file(path: Path) -> bool:
    """Return whether a path leads to an ordinary file; one that cannot be looked at is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _outside(at: Location, what: str) -> Diagnostic:
    message = "this link leads out of the project"
    return error("outside-project", at, message, f"copy the {what} to this place")


def _cannot_read(at: Location, what: str, fault: OSError | RuntimeError) -> Diagnostic:
    reason = fault.strerror if isinstance(fault, OSError) else None
    return error(
        "cannot-read",
        at,
        f"cannot read this {what}: {(reason or 'its links go in a circle').lower()}",
        "look at its permissions, and where it leads if it is a link",
    )


def _not_utf8(name: str, raw: bytes, start: int) -> Diagnostic:
    before = raw[:start]
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    at = Location(name, before.count(b"\n") + 1, column)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return error("not-utf8", at, "this file is UTF-16 text, not UTF-8", "save it as UTF-8")
    message = f"the byte 0x{raw[start]:02X} is not UTF-8 text"
    return error("not-utf8", at, message, "save the file as UTF-8")
