"""Lines and places in a text, as editors see them."""

from __future__ import annotations

import re
from bisect import bisect_right

from sitegen.diagnostics import Location

LINE_BREAK = re.compile(r"\r\n|\r|\n")

_INDENT = re.compile(r"[ \t]*")


def location_of(path: str, starts: list[int], offset: int, first_line: int) -> Location:
    """Return the place of an offset, where `starts` are the text's lines in a file's."""
    line = bisect_right(starts, offset)
    return Location(path, line + first_line - 1, offset - starts[line - 1] + 1)


def starts_of_lines(text: str) -> list[int]:
    """Return the offset of each line: lines as editors see them, YAML knows three breaks more."""
    return [0, *(found.end() for found in LINE_BREAK.finditer(text))]


def start_of_line(text: str, offset: int) -> int:
    """Return the offset at which the line of an offset begins."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def indent_of(text: str, line: int) -> int:
    """Return how many spaces and tabs a line begins with, `line` being its first offset."""
    found = _INDENT.match(text, line)
    return found.end() - line if found else 0


def without_mark(text: str) -> str:
    """Return a text less its byte order mark."""
    return text.removeprefix("\ufeff")


def code_point(character: str) -> str:
    """Return a character that cannot be seen as U+0000."""
    return f"U+{ord(character):04X}"


def shortened(written: str) -> str:
    """Return words cut to what a message has room for."""
    return written if len(written) <= 40 else f"{written[:39]}…"
