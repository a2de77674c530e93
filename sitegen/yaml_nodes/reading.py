"""YAML text as plain data whose scalars are all text, and the places of its fields on demand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct, structs

from sitegen.diagnostics import Diagnostic, Location, error
from sitegen.yaml_nodes.lines import LINE_BREAK, location_of, starts_of_lines, without_mark
from sitegen.yaml_nodes.nodes import (
    BLOCKS,
    Data,
    FieldPath,
    Moved,
    Node,
    as_written,
    nearest_node,
    node_at,
)
from sitegen.yaml_nodes.parsing import parse_nodes

_WORD = re.compile(r"\S")

_WORDS_AS_COMMENT = re.compile(r" (#[^\s#][^\r\n]*)")

_ESCAPE = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|(?:\r\n|[\r\n])[ \t]*|.)", re.DOTALL
)

_ESCAPED = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f"} | {
    "r": "\r", "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"
}  # fmt: skip


class _Read(Struct, frozen=True):
    """A text as it was parsed, without its byte order mark."""

    text: str
    root: Node | None
    line_starts: list[int]


class Locations(Struct, frozen=True):
    """Where the fields of one YAML text stand.

    `text` is what was given to `read_yaml` and `first_line` the line of the file `path` on which
    it begins. The text is parsed again when a place is asked for, since few files need that; so it
    may be put away, and `written` is what brings the text of a path. Where the fields are asked for
    by other paths than they have in the text, `moved` says by which.
    """

    path: str
    written: str | Callable[[str], str]
    first_line: int = 1
    moved: Moved | None = None

    @property
    def text(self) -> str:
        """Return the text, from wherever it is."""
        return self.written if isinstance(self.written, str) else self.written(self.path)

    def put_away(self, texts: Callable[[str], str]) -> Locations:
        """Return the same without its text, which is brought by its path.

        A text with what may be a comment is looked at in any case, and stays.
        """
        return self if " #" in self.text else structs.replace(self, written=texts)

    def may_have_comments(self) -> bool:
        """Tell whether there may be a comment behind a value; no text is brought for that."""
        return isinstance(self.written, str) and " #" in self.written

    def __reduce__(self) -> Any:
        """Return what makes the same anywhere."""
        return Locations, (self.path, self.text, self.first_line, *filter(None, [self.moved]))

    def at(self, *field: str | int) -> Location:
        """Return where a field's value begins, or its nearest parent's where it is missing.

        Of a `|` or `>` block that is the first of its words, one line below the sign.
        """
        read = _read(self.text)
        if not read.root:
            return self._location(0)
        return self._location(_words_start(read, nearest_node(read.root, self._way(field))))

    def at_key(self, *field: str | int) -> Location:
        """Return where a field's key begins; for a list's item and a missing field as `at`."""
        node = node_at(_read(self.text).root, self._way(field))
        if node is None or node.key_start is None:
            return self.at(*field)
        return self._location(node.key_start)

    def at_text(self, field: FieldPath, words: str) -> Location:
        """Return where words first stand in a field's value, or `at` where they do not.

        White space is compared as one space and escapes as what they stand for, so the words may
        be cut from the value that `read_yaml` gave.
        """
        read = _read(self.text)
        node = node_at(read.root, self._way(field))
        wanted = " ".join(words.split())
        if node is None or not isinstance(node.data, str) or not wanted:
            return self.at(*field)
        start = _words_start(read, node)
        shown, offsets = _shown(read.text[start : node.end], node.style)
        found = shown.find(wanted)
        return self.at(*field) if found < 0 else self._location(start + offsets[found])

    def comments(self) -> Iterator[tuple[FieldPath, Location, str]]:
        """Yield comments that stand one space after a plain value and begin with a word.

        Each with the field of that value, the place of its sign, and its words with the sign.
        """
        read = _read(self.text)
        for path, node in _plain_values(read.root):
            if found := _WORDS_AS_COMMENT.match(read.text, node.end):
                yield path, self._location(found.start(1)), found[1]

    def _way(self, field: FieldPath) -> FieldPath:
        return as_written(self.moved, field) if self.moved else field

    def _location(self, offset: int) -> Location:
        return location_of(self.path, _read(self.text).line_starts, offset, self.first_line)


def read_yaml(
    path: str, text: str, first_line: int = 1
) -> tuple[dict[str, Data], tuple[Diagnostic, ...]]:
    """Return the mapping that a YAML text holds, and what is wrong with it.

    Every scalar stays text; one that is plain and empty, `~` or `null` is None. Any text is
    accepted and nothing is raised. The data is empty where the text could not be read to its end
    or is no mapping. Otherwise it holds all but the fault: the first of repeated keys, None for an
    alias, a value without its tag or anchor.
    """
    bare = without_mark(text)
    root, faults = parse_nodes(bare)
    data = root.data if root and isinstance(root.data, dict) else {}
    if not faults:
        return data, ()
    starts = starts_of_lines(bare)

    def place(offset: int) -> Location:
        return location_of(path, starts, offset, first_line)

    return data, tuple(
        error(
            fault.rule,
            place(fault.start),
            fault.message,
            fault.help,
            tuple((place(offset), word) for offset, word in fault.related),
        )
        for fault in faults
    )


def _plain_values(root: Node | None) -> Iterator[tuple[FieldPath, Node]]:
    """Yield the values that are written without quotes, also where nothing is written."""
    nodes: list[tuple[FieldPath, Node]] = [((), root)] if root else []
    for path, node in nodes:
        nodes += [((*path, step), child) for step, child in node.children.items()]
        if not node.style and (node.data is None or isinstance(node.data, str)):
            yield path, node


@lru_cache(maxsize=16)
def _read(text: str) -> _Read:
    bare = without_mark(text)
    return _Read(bare, parse_nodes(bare)[0], starts_of_lines(bare))


def _words_start(read: _Read, node: Node) -> int:
    """Return where a node's own words begin: in a block, below its sign."""
    if node.style not in BLOCKS:
        return node.start
    header = LINE_BREAK.search(read.text, node.start, node.end)
    words = _WORD.search(read.text, header.end(), node.end) if header else None
    return words.start() if words else node.start


@lru_cache(maxsize=16)
def _shown(raw: str, style: str) -> tuple[str, list[int]]:
    """Return the words that a raw scalar stands for, and the offset in it of each character.

    Runs of white space become one space, as folding may have made them.
    """
    shown: list[str] = []
    offsets: list[int] = []
    position = 0
    while position < len(raw):
        character, length = raw[position], 1
        if style == '"' and (escape := _ESCAPE.match(raw, position)):
            character, length = _unescape(escape.group()[1:]), len(escape.group())
        elif style == "'" and raw.startswith("''", position):
            length = 2
        if character.isspace():
            character = "" if shown and shown[-1] == " " else " "
        if character:
            shown.append(character)
            offsets.append(position)
        position += length
    return "".join(shown), offsets


def _unescape(code: str) -> str:
    if code[0] in "xuU" and len(code) > 1:
        return chr(min(int(code[1:], 16), 0x10FFFF))
    return "" if code[0] in "\r\n" else _ESCAPED.get(code, code)
