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
    faults = [_fault(each, done.files) for each in done.faults]
    return json.dumps({"version": done.version, "faults": faults})


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
    """What came of the latest round, and the pages that wait for the next; used by one thread.

    `version` names the site that is served now; it is empty where there is none yet. `faults` are
    what keeps the site from being built as the notes stand.
    """

    def __init__(self) -> None:
        """Begin with nothing to tell."""
        self.version = ""
        self.faults: Sequence[Diagnostic] = ()
        self._latest: str | None = None
        self._is_closed = False
        self._changed = asyncio.Event()

    def tell(self, done: Round) -> None:
        """Tell all pages what came of a round."""
        self.version, self.faults, self._latest = done.version, done.faults, news_of(done)
        self._wake()

    def close(self) -> None:
        """Let all pages go."""
        self._is_closed = True
        self._wake()

    async def follow(self) -> AsyncIterator[str]:
        """Yield the news as they stand and then of the rounds that follow, until they are closed.

        Equal news are told again: a page then takes down what it said only of the round before.
        """
        told: str | None = None
        while not self._is_closed:
            changed = self._changed
            if self._latest is not None and self._latest is not told:
                told = self._latest
                yield told
            else:
                await changed.wait()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
