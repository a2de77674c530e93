"""Each file of a site has a place of its own, on every system."""

from __future__ import annotations

from collections.abc import Collection, Container

from sitegen.output.inventory import folders_above
from sitegen.urls import path_fault, path_key


class UnfitPath(ValueError):  # noqa: N818 - reads as what it is where it is caught
    """A file cannot have a path in a site; `reason` goes on from the path's name."""

    def __init__(self, path: str, reason: str) -> None:
        """Take the path and what is wrong with it."""
        super().__init__(f'"{path}" {reason}')
        self.path = path
        self.reason = reason


class TakenPaths:
    """The paths that files of a site have taken so far.

    `sound` are paths that have been looked at before, each of them and all of them together. As
    long as no others are taken, there is nothing to look at.
    """

    def __init__(self, sound: Container[str] = frozenset()) -> None:
        """Take what is known; nothing is taken yet."""
        self._sound = sound
        self._paths: dict[str, None] = {}
        self._together: Collection[str] = ()
        self._but: Container[str] = ()
        self._is_sound = True
        self._by_key: dict[str, str] = {}  # folders too: these end in a slash
        self._folders: set[str] = set()

    def take_sound(self, paths: Collection[str], but: Container[str] = ()) -> None:
        """Take many paths that are sound, but for some; together, if that is done once alone."""
        if self._is_sound and not self._together and self._paths.keys().isdisjoint(paths):
            self._together, self._but = paths, but
            return
        for path in paths:
            if path not in but:
                self.take(path)

    def take(self, path: str) -> None:
        """Take a path.

        Raises UnfitPath for one that not every system allows, or that has been taken, by a file or
        by a folder, also in other letters. Of all that cannot be together the last in order is
        named, whichever came first, once all have been taken.
        """
        if path in self._paths or (path in self._together and path not in self._but):
            raise _clash(path)
        if self._is_sound and path not in self._sound:
            self._is_sound = False
            self._know_keys()
        if not self._is_sound:
            self._enter(path)
        self._paths[path] = None

    def _know_keys(self) -> None:
        """Make what other paths are compared with: the keys of all that have been taken."""
        together = [path for path in self._together if path not in self._but]
        self._folders = folders_above([*together, *self._paths]) - {""}
        for folder in self._folders:
            self._by_key[path_key(folder)] = f"{folder}/"
        for paths in (together, self._paths):
            self._by_key.update(zip(map(path_key, paths), paths, strict=True))

    def _enter(self, path: str) -> None:
        folder, _, name = path.rpartition("/")
        if fault := path_fault(name if folder in self._folders else path):
            raise UnfitPath(path, fault)
        key = path_key(path)
        if key in self._by_key:
            raise _clash(path, self._by_key[key])
        self._by_key[key] = path
        while folder and folder not in self._folders:
            other = self._by_key.setdefault(path_key(folder), f"{folder}/")
            if other != f"{folder}/":
                raise _clash(folder, other)
            self._folders.add(folder)
            folder = folder.rpartition("/")[0]


def _clash(path: str, other: str = "") -> UnfitPath:
    return UnfitPath(max(path, other.rstrip("/")), "is the address of another file of the site")
