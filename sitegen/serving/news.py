"""What open pages are told: which site is served now, and what keeps the next one from it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence

from sitegen.diagnostics import Diagnostic
from sitegen.report import source_lines
from sitegen.serving.rounds import Round


def news_of(done: Round) -> str:
    """Return what a round means for pages, as JSON: `version` and `faults`."""
    files = done.built.examined.files
    return json.dumps(
        {"version": done.version, "faults": [_fault(each, files) for each in done.faults]}
    )


def _fault(fault: Diagnostic, files: Mapping[str, str]) -> dict[str, object]:
    return {
        **fault.at._asdict(),
        "rule": fault.rule,
        "message": fault.message,
        "help": fault.help,
        "source": list(source_lines(fault, files)),
        "related": [f"{at.path}:{at.line}:{at.column}: {word}" for at, word in fault.related],
    }


class News:
    """The latest round, and the pages that wait for the next; used by one thread alone."""

    def __init__(self) -> None:
        """Begin with nothing to tell."""
        self.latest: Round | None = None
        self._is_closed = False
        self._changed = asyncio.Event()

    @property
    def version(self) -> str:
        """The name of the site that is served now; empty where there is none yet."""
        return self.latest.version if self.latest else ""

    @property
    def faults(self) -> Sequence[Diagnostic]:
        """What keeps the site from being built as the notes stand."""
        return self.latest.faults if self.latest else ()

    def tell(self, done: Round) -> None:
        """Tell all pages what came of a round."""
        self.latest = done
        self._wake()

    def close(self) -> None:
        """Let all pages go."""
        self._is_closed = True
        self._wake()

    async def follow(self) -> AsyncIterator[str]:
        """Yield the news as they stand and then whenever they change, until they are closed."""
        told: Round | None = None
        while not self._is_closed:
            changed = self._changed
            if self.latest is not None and self.latest is not told:
                told = self.latest
                yield news_of(told)
            else:
                await changed.wait()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
