"""What is told of one round of the work: of a build after something has changed."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from sitegen.diagnostics import Diagnostic, Severity


class Round(Struct, frozen=True):
    """What came of a build, and the seconds it took.

    `files` are the texts of the files in which something was found, by path. `differing` counts the
    files of the site that were written or removed; it is None where none could be built and what is
    served is the last good one. `version` names what is served now: equal for equal sites, empty
    where there is none yet.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[str, str]
    differing: int | None
    seconds: float
    version: str

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """What keeps the site from being built; nothing where it was built."""
        if self.differing is not None:
            return ()
        return tuple(each for each in self.diagnostics if each.severity is Severity.ERROR)


class Overlooked(Struct, frozen=True):
    """Paths below the project that have changed although nobody told of it."""

    paths: tuple[str, ...]
