"""One round of the work: a build into the private folder, and what came of it.

`make_site` is the only place that calls the build; whatever is kept between two builds is handed in
there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sitegen.build import Built, build
from sitegen.diagnostics import Diagnostic, Severity
from sitegen.output.inventory import MANIFEST
from sitegen.views import PageSpec


class Stopped(Exception):  # noqa: N818 - reads as what it is where it is caught
    """The build was given up, for nobody waits for it any longer."""


@dataclass(frozen=True, slots=True)
class Round:
    """A build, the paths whose change asked for it (none for the first), and its seconds.

    `version` names the site that is served now: equal for equal sites, empty where there is none
    yet.
    """

    changed: tuple[str, ...]
    built: Built
    seconds: float
    version: str

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """What keeps the site from being built; nothing where it was built."""
        if self.built.published is not None:
            return ()
        found = self.built.examined.diagnostics
        return tuple(each for each in found if each.severity is Severity.ERROR)


def run_round(project: Path, output: Path, changed: Sequence[str], stop: threading.Event) -> Round:
    """Build the site anew and return what came of it; raises Stopped once `stop` is set."""
    started = time.monotonic()
    built = make_site(project, output, stop)
    return Round(tuple(changed), built, time.monotonic() - started, version_of(output))


def make_site(project: Path, output: Path, stop: threading.Event) -> Built:
    """Build the project's site as `sitegen build` does, but let go of it once `stop` is set."""

    def until_stopped(specs: Sequence[PageSpec]) -> Iterator[PageSpec]:
        for spec in specs:
            if stop.is_set():
                raise Stopped
            yield spec

    return build(project, output, progress=until_stopped)


def version_of(output: Path) -> str:
    """Return what names the site in a folder: made from the digests of its files."""
    try:
        return sha256((output / MANIFEST).read_bytes()).hexdigest()[:16]
    except FileNotFoundError:
        return ""
