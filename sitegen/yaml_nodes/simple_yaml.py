"""A short cut past the YAML parser for texts in the plainest of its forms, as most notes are.

The parser makes objects for each key and value with the places where they stand, which takes three
times as long as to parse. Here one search tells the lines of a text apart. What this module does
not know for certain it leaves to the parser; the property tests compare the two.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from sitegen.yaml_nodes.nodes import Data
from sitegen.yaml_nodes.parsing import MAX_DEPTH

# Only sets of characters are repeated without going back: Python before 3.11.5 mistakes all else.
# Words without quotes to the end of their line, with neither a comment nor a key among them.
_WORDS: Final = r"""
    (?:-(?=[0-9]))? [^\s\-?:,\[\]{}\#&*!|>'"%@`]
    [^\n:\#]*+ (?:(?: :(?=\S) | (?<=\S)\# ) [^\n:\#]*+)* (?<![ ])(?=\n)
"""
_ITEM: Final = r"(?!(?:null|Null|NULL)[,\]])[^\W_][^\n,\[\]{}:\#]*+(?<![ ])"
_LINE: Final = r"[^ \n][^\n]*+"
_ENTRY: Final = re.compile(
    rf"""
    ([ ]*+(?:-[ ])?) (?:([a-z_][a-z0-9_]{{0,98}}):(?:[ ](?=\S)|(?=\n)))?     # margin, key
    (?:
        (?!(?:null|Null|NULL|~)\n) ({_WORDS}) ((?:\n[ ]++{_WORDS})*)         # words, and more lines
        | "([^"\\\n]+)" | '([^'\n]+)'                                        # quoted words
        | \[({_ITEM}(?:,[ ]{_ITEM})*)\]                                      # items
        | \["([^"\\\n]*+(?:",[ ]"[^"\\\n]*+)*)"\]                            # quoted items
        | ([|>]-?)\n                                                         # sign of a block
          ((?P<margin>[ ]++){_LINE}(?:\n++(?P=margin)[ ]*+{_LINE})*)         # the block, its margin
    )?
    \n (?:[ ]*+\#[^\n]*+\n | \n)*                                            # comments
    | ([\s\S]+)                                                              # all else
    """,
    re.VERBOSE,
)
_LINE_BREAK: Final = re.compile(r"\n +")
_Entry: TypeAlias = tuple[str, str, str, str, str, str, str, str, str, str, str, str]
_MARGIN, _KEY, _VALUE, _MORE, _QUOTED, _ALL_ELSE = 0, 1, 2, 3, 4, -1  # where an entry has these


_PRINTABLE: Final = bytes(range(0x20, 0x7F)) + b"\n"


class _NotSimpleError(Exception):
    """A text is the parser's business."""


def read_simple_yaml(text: str) -> dict[str, Data] | None:
    """Return the mapping that a text holds, or None where that is the parser's business.

    It is what `read_yaml` returns, without a fault.
    """
    if not _is_printable(text):
        return None
    left: list[_Entry] = _ENTRY.findall(text.lstrip("\n"))
    if not left or left[-1][_ALL_ELSE] or left[0][_MARGIN]:
        return None
    left.reverse()
    try:
        data = _mapping(left, "")
    except _NotSimpleError:
        return None
    return None if left else data


def _is_printable(text: str) -> bool:
    """Tell whether a text but for its line breaks is printable; of ASCII that is sooner told."""
    if text.isascii():
        return not text.encode().translate(None, _PRINTABLE)
    return text.replace("\n", "").isprintable()


# Entries are taken from the end of what is left of them: the next one is the last.


def _mapping(left: list[_Entry], margin: str) -> dict[str, Data]:
    """Take a mapping, whose keys but for the first have this margin."""
    data: dict[str, Data] = {}
    while True:
        entry = left.pop()
        key = entry[_KEY]
        if not key or key in data:
            raise _NotSimpleError
        value: Data = entry[_VALUE] or entry[_QUOTED]
        if not value or entry[_MORE]:
            value = _beside(entry, len(margin)) or _below(left, len(margin))
        data[key] = value
        if not left or left[-1][_MARGIN] != margin:
            return data


def _beside(entry: _Entry, column: int) -> Data:
    """Return what stands on the line of a key or of an item, whose collection has this column."""
    _, _, words, more, quoted, simply_quoted, items, quoted_items, sign, block, margin, _ = entry
    if sign:
        return _block(sign, block, margin, column)
    if items:
        return [*items.split(", ")]
    if quoted_items:
        return [*quoted_items.split('", "')]
    if more:
        if more.count("\n") > more.count("\n" + " " * (column + 1)):
            raise _NotSimpleError
        return words + _LINE_BREAK.sub(" ", more)
    return words or quoted or simply_quoted


def _block(sign: str, block: str, margin: str, column: int) -> str:
    """Return the words of a block that has this margin."""
    line_break = "\n" + margin
    is_folded = sign[0] == ">"
    if len(margin) <= column or (is_folded and ("\n\n" in block or line_break + " " in block)):
        raise _NotSimpleError
    words = block.replace(line_break, " " if is_folded else "\n")[len(margin) :]
    return words if sign[1:] else words + "\n"


def _below(left: list[_Entry], column: int) -> Data:
    """Take the value of a key that stands in this column, on the lines below it."""
    margin = left[-1][_MARGIN] if left else ""
    if len(margin) > MAX_DEPTH - 2:  # every column may be a level
        raise _NotSimpleError
    if "-" not in margin and len(margin) > column:
        return _mapping(left, margin)
    if "-" in margin and len(margin) - 2 >= column:
        return _list(left, margin)
    raise _NotSimpleError  # there is none


def _list(left: list[_Entry], margin: str) -> list[Data]:
    """Take a list, whose items have this margin."""
    items: list[Data] = []
    while left and left[-1][_MARGIN] == margin:
        if left[-1][_KEY]:
            items.append(_mapping(left, " " * len(margin)))
        elif words := _beside(left.pop(), len(margin) - 2):
            items.append(words)
        else:
            raise _NotSimpleError
    return items
