"""What is wrong, where, and what to do next, as plain values.

Nothing here prints, decides an exit code or knows what a note holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple

from sitegen.kinds import Kind


class Severity(StrEnum):
    """How much a diagnostic weighs: an error stops the build, a warning only under `--strict`."""

    ERROR = "error"
    WARNING = "warning"


class Location(NamedTuple):
    """A place in one of the project's files.

    `path` is relative to the project, with forward slashes. `line` and `column` count from 1, in
    characters. A diagnostic about a whole file stands at 1:1.
    """

    path: str
    line: int = 1
    column: int = 1


class Missing(NamedTuple):
    """A note that is named and does not exist: of which kinds it may be, and its id."""

    kinds: tuple[Kind, ...]
    id: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake: a rule's name, one short fact, its place, and the way out.

    `message` is lower case without a full stop and can stand alone; `help` says what to do next.
    `related` are further places with a word on each (the other of two clashing files, the passage
    that was probably meant).
    """

    rule: str
    severity: Severity
    message: str
    at: Location
    help: str = ""
    related: tuple[tuple[Location, str], ...] = ()
    missing: Missing | None = None


def error(
    rule: str,
    at: Location,
    message: str,
    help: str = "",  # noqa: A002 - the field's name
    related: tuple[tuple[Location, str], ...] = (),
    *,
    missing: Missing | None = None,
) -> Diagnostic:
    """Return a diagnostic that stops the build."""
    return Diagnostic(rule, Severity.ERROR, message, at, help, related, missing)


def warning(
    rule: str,
    at: Location,
    message: str,
    help: str = "",  # noqa: A002 - the field's name
    related: tuple[tuple[Location, str], ...] = (),
) -> Diagnostic:
    """Return a diagnostic that stops the build only under `--strict`."""
    return Diagnostic(rule, Severity.WARNING, message, at, help, related)


def is_sound(diagnostics: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Return whether a site may be made nevertheless: no errors and, if strict, no warnings."""
    severities = {diagnostic.severity for diagnostic in diagnostics}
    return not severities or (severities == {Severity.WARNING} and not strict)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics as a report shows them: by path, line, column, rule, message."""
    return tuple(
        sorted(dict.fromkeys(diagnostics), key=lambda each: (each.at, each.rule, each.message))
    )


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `did you mean "…"?` with up to three nearest known words, or an empty string."""
    nearest = get_close_matches(word, sorted(set(known)), n=3, cutoff=0.6)
    if not nearest:
        return ""
    *others, last = [f'"{name}"' for name in nearest]
    return f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"
