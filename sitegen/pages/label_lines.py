"""Names in drawings: SVG breaks no lines, so they are broken here."""

from __future__ import annotations


def label_lines(text: str, width: int) -> tuple[str, ...]:
    """Return a text in one or two lines of at most `width` characters; the rest is cut off.

    The second line begins at a word; a word that is longer than a line is cut.
    """
    if len(text) <= width:
        return (text,)
    words = text.split()
    first = words[0]
    taken = 1
    while taken < len(words) and len(first) + 1 + len(words[taken]) <= width:
        first = f"{first} {words[taken]}"
        taken += 1
    rest = " ".join(words[taken:])
    return tuple(_cut(line, width) for line in (first, rest) if line)


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else f"{line[: width - 1].rstrip()}…"
