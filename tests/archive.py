"""Many files in one text, so that a test shows a whole project where it uses it.

A line `-- path --` starts a file; what follows, up to the next such line, is its content. The idea
is that of Go's txtar.

    -- content/claims/rain.yaml --
    statement: It rained.
    -- seeds/weather.txt (no final newline) --
    It rained.

Rules:

- Every file ends as it stands in the text, so with a newline; `(no final newline)` after the path
  takes the last one away. A file with no line at all is empty.
- The indentation of the first `-- path --` line is taken from every line that has it, so that the
  text can be indented with the code around it.
- Only line feeds end lines: a carriage return stays where it is.
- Nothing but blank lines may stand before the first file; a path is given once, is relative and
  uses forward slashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

_HEADER = re.compile(r"([ \t]*)-- (\S.*?)( \(no final newline\))? --\n")


def unpack(text: str) -> dict[str, str]:
    """Return the files of `text`, content by path, in their order.

    Raises ValueError for a text that breaks the rules of this module.
    """
    contents: dict[str, list[str]] = {}
    cut: set[str] = set()
    indent: str | None = None
    path = ""
    for line in _lines(text):
        header = _HEADER.fullmatch(line)
        if header and indent in {None, header[1]}:
            indent, path = header[1], _safe(header[2])
            if path in contents:
                raise ValueError(f"{path} is there twice")
            contents[path] = []
            if header[3]:
                cut.add(path)
        elif path:
            contents[path].append(line.removeprefix(indent or ""))
        elif line.strip():
            raise ValueError(f"before the first file stands {line!r}")
    return {
        path: "".join(lines).removesuffix("\n") if path in cut else "".join(lines)
        for path, lines in contents.items()
    }


def pack(files: Mapping[str, str]) -> str:
    """Return the text that `unpack` reads as `files`."""
    parts = []
    for path, content in files.items():
        whole = not content or content.endswith("\n")
        parts.append(f"-- {path}{'' if whole else ' (no final newline)'} --\n{content}")
        parts.append("" if whole else "\n")
    return "".join(parts)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of `text` with their line feeds; blanks after the last one are no line."""
    *lines, rest = text.split("\n")
    if rest.strip():
        raise ValueError("the text must end with a newline")
    for line in lines:
        yield line + "\n"


def _safe(path: str) -> str:
    """Return `path` if it stays inside the folder it is written to."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or "\\" in path or ":" in path:
        raise ValueError(f"{path} leaves the project")
    return path
