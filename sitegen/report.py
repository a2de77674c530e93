"""Diagnostics as text: for a reader, for a program, for a pull request.

Nothing here prints, reads a file or decides an exit code.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from sitegen.diagnostics import Diagnostic, Location, Severity, in_order

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_BEFORE, _AFTER = 50, 50  # characters of a long line shown on each side of the caret
_TAB_STOP = 4
_ZERO_WIDTH_JOINERS = "\u200c\u200d"  # they shape letters and emoji, and hide nothing
_ARABIC_SIGNS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2"  # visible, though Cf
_RESET = "\x1b[0m"
_STYLES = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "rest": "\x1b[36m"}

_Paint = Callable[[str, str], str]


def format_text(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], color: bool = False
) -> str:
    """Return a report for a reader, with the line of each place and a caret below its column.

    `texts` holds files by their path; a place in a file that is missing there shows no line.
    Characters that would hide or reorder others are shown as `<U+202E>`. The caret stands right
    where a terminal draws wide characters on two cells; a tab ends at every fourth.
    """
    paint = _painted if color else _plain
    lines_by_path: dict[str, list[str]] = {}
    blocks = []
    for diagnostic in in_order(diagnostics):
        path = diagnostic.at.path
        if path in texts and path not in lines_by_path:
            lines_by_path[path] = _LINE_BREAK.split(texts[path].removeprefix("\ufeff"))
        blocks.append("\n".join(_block(diagnostic, lines_by_path.get(path, ()), paint)))
    return "".join(f"{block}\n" for block in blocks)


def format_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Return one JSON object a line, in ASCII, with the keys of `Diagnostic` and its `Location`."""
    return "".join(f"{json.dumps(_as_json(each))}\n" for each in in_order(diagnostics))


def format_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Return workflow commands that put each diagnostic beside its line in a pull request.

    The escapes are those of GitHub's `@actions/core` command: percent sign and line breaks, in
    properties colons and commas too.
    """
    return "".join(f"{_as_command(each)}\n" for each in in_order(diagnostics))


def source_lines(diagnostic: Diagnostic, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the line of a diagnostic's place and the caret below it, or nothing if it is not held.

    `texts` holds files by their path, as for `format_text`.
    """
    at = diagnostic.at
    lines = _LINE_BREAK.split(texts.get(at.path, "").removeprefix("\ufeff"))
    return tuple(_source(at, lines, _plain, diagnostic.severity.value))


def summary_line(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many errors and warnings there are in how many files, as words."""
    found = in_order(diagnostics)
    counts = [
        _count(sum(each.severity is severity for each in found), severity)
        for severity in Severity
        if any(each.severity is severity for each in found)
    ]
    if not counts:
        return "no errors, no warnings"
    return f"{', '.join(counts)} in {_count(len({each.at.path for each in found}), 'file')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _block(diagnostic: Diagnostic, lines: Sequence[str], paint: _Paint) -> Iterable[str]:
    severity = diagnostic.severity.value
    name = paint(severity, f"{severity}[{_visible(diagnostic.rule)}]")
    yield f"{_place(diagnostic.at)}: {name}: {_visible(diagnostic.message)}"
    yield from _source(diagnostic.at, lines, paint, severity)
    for place, word in diagnostic.related:
        yield f"  {paint('rest', 'note:')} {_place(place)}: {_visible(word)}"
    if diagnostic.help:
        first, *more = _LINE_BREAK.split(diagnostic.help)
        yield f"  {paint('rest', 'help:')} {_visible(first)}"
        yield from (f"        {_visible(line)}".rstrip() for line in more)


def _source(at: Location, lines: Sequence[str], paint: _Paint, severity: str) -> Iterable[str]:
    """Yield the line of a place and a caret; nothing where that line is missing or empty."""
    if not 1 <= at.line <= len(lines) or not lines[at.line - 1]:
        return
    line = lines[at.line - 1]
    caret = min(max(at.column - 1, 0), len(line))
    start, stop = max(caret - _BEFORE, 0), min(caret + _AFTER, len(line))
    while 0 < start < caret and _width(line[start]) == 0:
        start += 1  # a mark without its letter would sit on the ellipsis
    lead = "…" if start else ""
    before = _visible(lead + line[start:caret])
    after = _visible(line[caret:stop], _cells(before)) + ("…" if stop < len(line) else "")
    number = str(at.line)
    gutter = " " * len(number)
    yield f"  {number} | {before}{after}".rstrip()
    yield f"  {gutter} | {' ' * _cells(before)}{paint(severity, '^')}"


def _visible(text: str, cell: int = 0) -> str:
    """Return a text that shows every character it holds, its tabs as spaces to the next stop.

    `cell` is the cell on which the text begins.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = []
    for character in text:
        if character == "\t":
            piece = " " * (_TAB_STOP - cell % _TAB_STOP)
        elif _is_hidden(character):
            piece = f"<U+{ord(character):04X}>"
        else:
            piece = character
        cell += _cells(piece)
        shown.append(piece)
    return "".join(shown)


def _is_hidden(character: str) -> bool:
    """Whether a character is invisible or changes how others are shown."""
    category = unicodedata.category(character)
    if category == "Cf":
        return character not in _ZERO_WIDTH_JOINERS and character not in _ARABIC_SIGNS
    return category in ("Cc", "Cs", "Zl", "Zp")


def _cells(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if character in _ZERO_WIDTH_JOINERS or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    if "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff":
        return 0  # the later parts of a Hangul syllable
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _place(at: Location) -> str:
    return f"{_visible(at.path)}:{at.line}:{at.column}"


def _plain(_style: str, text: str) -> str:
    return text


def _painted(style: str, text: str) -> str:
    return f"{_STYLES[style]}{text}{_RESET}"


def _as_json(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        **diagnostic.at._asdict(),
        "severity": diagnostic.severity.value,
        "rule": diagnostic.rule,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "related": [{**at._asdict(), "message": word} for at, word in diagnostic.related],
    }


def _as_command(diagnostic: Diagnostic) -> str:
    properties = {
        "file": diagnostic.at.path,
        "line": diagnostic.at.line,
        "col": diagnostic.at.column,
        "title": diagnostic.rule,
    }
    notes = [f"note: {_place(at)}: {word}" for at, word in diagnostic.related]
    helps = [f"help: {diagnostic.help}"] if diagnostic.help else []
    words = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    message = "\n".join([diagnostic.message, *notes, *helps])
    return f"::{diagnostic.severity.value} {words}::{_escape_data(message)}"


def _escape_property(value: object) -> str:
    return _escape_data(str(value)).replace(":", "%3A").replace(",", "%2C")


def _escape_data(text: str) -> str:
    # What is still not printable after the escapes would be lost in a log, or break its encoding.
    return _visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))
