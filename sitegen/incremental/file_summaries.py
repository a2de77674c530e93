"""What is to be known of every file that was read, so that most of them can stay closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from sitegen.incremental.roster import Roster


class FileSummary(NamedTuple):
    """What of a file is wanted of all files: so little that the others stay closed.

    `digest` is the SHA-256 of the file's bytes. `is_sound` says that there is nothing wrong with it
    and that it holds a text and, where it is the file of a note, that note. `quotable` is the path
    below seeds/ of the text that a source has.
    """

    digest: bytes
    is_sound: bool
    is_draft: bool = False
    allows: bool = False
    quotable: str | None = None

    def is_like(self, last: FileSummary) -> bool:
        """Tell whether all but the digest is as it was."""
        return self[1:] == last[1:]


class FileSummaries(dict[str, FileSummary]):
    """The summaries of files by path, and the roster that was made of them, if it is lasting.

    A pickle has a row for each of their fields: to load one for each of them takes much longer.
    The roster is not in it.
    """

    __slots__ = ("roster",)

    def __init__(self, summaries: Iterable[tuple[str, FileSummary]] = ()) -> None:
        """Take paths and summaries."""
        super().__init__(summaries)
        self.roster: Roster | None = None

    def __reduce__(self) -> Any:
        """Return what makes the same again."""
        return _summaries, (tuple(self), tuple(zip(*self.values(), strict=True)))


def _summaries(paths: Iterable[str], rows: Sequence[Iterable[Any]]) -> FileSummaries:
    make = partial(tuple.__new__, FileSummary)  # as a named tuple does it, without a call in Python
    return FileSummaries(zip(paths, map(make, zip(*rows, strict=True)), strict=True))
