"""The files of a project as bytes and text, and what keeps one of them from being read.

Knows no note. A file is read only if it lies in the project, whatever links lead to it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from sitegen.diagnostics import Diagnostic, Location, error

# What editors and systems leave behind: hidden files, backups, Emacs locks, thumbnails.
_IGNORED: Final = re.compile(r"^\.|~$|^#|\.(swp|swo|bak|orig|tmp)$|^(Thumbs\.db|desktop\.ini)$")


class ProjectFiles(Struct):
    """The files below `root`, a resolved folder: what was read so far, and what is wrong with it.

    `texts` maps paths, relative and with forward slashes, to the text of every file read. `closed`
    are the folders that could not be looked into.
    """

    root: Path
    texts: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    real_folders: dict[Path, Path] = field(default_factory=dict)
    closed: set[Path] = field(default_factory=set)

    def say(self, *diagnostics: Diagnostic) -> None:
        """Take down what is wrong."""
        self.diagnostics.extend(diagnostics)

    def name_of(self, path: Path) -> str:
        """Return a path as reports show it: below the project, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def at(self, path: Path) -> Location:
        """Return the place of a whole file or folder."""
        return Location(self.name_of(path))

    def entries(self, folder: Path) -> list[Path]:
        """Return what a folder holds but for hidden files, by stem and ending on every system."""
        try:
            if not folder.resolve(strict=True).is_relative_to(self.root):
                self.say(_outside(self.at(folder), "folder"))
                self.closed.add(folder)
                return []
            found = [each for each in folder.iterdir() if not is_ignored(each.name)]
        except (OSError, RuntimeError) as fault:
            self.say(_cannot_read(self.at(folder), "folder", fault))
            self.closed.add(folder)
            return []
        return sorted(found, key=lambda each: (each.stem, each.suffix))  # as ids are sorted

    def bytes_of(self, path: Path) -> bytes | None:
        """Return a file's bytes, or say why not."""
        at = self.at(path)
        try:
            real = self._real(path)
            if not real.is_relative_to(self.root):
                self.say(_outside(at, "file"))
                return None
            if not real.is_file():  # a pipe would be waited for without end
                help_ = "put an ordinary file in its place"
                self.say(error("cannot-read", at, "this is no ordinary file", help_))
                return None
            return real.read_bytes()
        except (OSError, RuntimeError) as fault:  # RuntimeError: a loop of links
            self.say(_cannot_read(at, "file", fault))
            return None

    def _real(self, path: Path) -> Path:
        """Return where a path leads; folders are looked up once for all that they hold."""
        if path.is_symlink():
            return path.resolve(strict=True)
        if path.parent not in self.real_folders:
            self.real_folders[path.parent] = path.parent.resolve(strict=True)
        return self.real_folders[path.parent] / path.name

    def text_of(self, path: Path, raw: bytes) -> str | None:
        """Return the text that a file's bytes hold, less a byte order mark, or say why not."""
        try:
            text = raw.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError as fault:
            self.say(_not_utf8(self.name_of(path), raw, fault.start))
            return None
        self.texts[self.name_of(path)] = text
        return text

    def read(self, path: Path) -> str | None:
        """Return a file's text, less a byte order mark, or say why not."""
        raw = self.bytes_of(path)
        return None if raw is None else self.text_of(path, raw)


def is_ignored(name: str) -> bool:
    """Return whether a file or folder of this name is passed over: hidden, or left by an editor."""
    return _IGNORED.search(name) is not None


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
