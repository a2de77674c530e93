"""Which versions of libraries are installed."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Final

_ENDINGS: Final = ("dist-info", "egg-info")


def versions_of(libraries: Collection[str]) -> dict[str, str]:
    """Return the versions of libraries by name, given in lower case; of what is not there, none.

    What describes a library stands beside it, in a folder that is called after it and its version;
    what is in that is not looked at.
    To load what can read such a folder takes longer than all that a build with nothing to do does;
    that is done only for a library that is not found in this way, as in an archive.
    """
    found: dict[str, str] = {}
    for library, version in _described():
        if library in libraries:
            found.setdefault(library, version)  # the first one is what an import finds
    for library in libraries:
        if library not in found:
            metadata = importlib.import_module("importlib.metadata")
            with suppress(metadata.PackageNotFoundError):
                found[library] = metadata.version(library)
    return {library: found[library] for library in libraries if library in found}


def _described() -> Iterator[tuple[str, str]]:
    """Yield names, in lower case, and versions as the names of folders have them."""
    for folder in sys.path:
        names: list[str] = []
        with suppress(OSError), os.scandir(folder or os.curdir) as entries:
            names = [entry.name for entry in entries]
        for name in names:
            stem, _, ending = name.rpartition(".")
            library, _, version = stem.partition("-")
            if ending in _ENDINGS and version:
                yield library.lower().replace("_", "-"), version
