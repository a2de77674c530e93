"""Changes to the text of a note that leave everything else in it as it stands, to the character.

An entry is put below the last one of a list, a value in the place of another. Where the values
stand is what the round-trip library says; where a list is written in brackets, the library writes
the whole note anew, with its comments. Whoever changes a text compares what it says afterwards.
"""

from __future__ import annotations

import io
import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from sitegen.authoring.refusals import Refused
from sitegen.quotes.folding import PLAIN_FORMS
from sitegen.yaml_nodes import NO_VALUE, Data, FieldPath, read_yaml

_WIDTH: Final = 100
_LEAST_WIDTH: Final = 40
_SPACES: Final = re.compile(f"[ {PLAIN_FORMS[' ']}]+")
_SPACED: Final = re.compile(f"([ {PLAIN_FORMS[' ']}]+)")
_BREAKS: Final = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_COMMENT: Final = re.compile(r"[ \t]*#")


def tidy(words: str) -> str:
    """Return words on one line: line breaks, tabs and spaces in a row as one space each."""
    return _SPACES.sub(_as_one, words)


def _as_one(spaces: re.Match[str]) -> str:
    """Return a lone space of any kind as it is, all else as a plain one."""
    return " " if len(spaces[0]) > 1 or spaces[0] in _BREAKS else spaces[0]


def scalar(words: str, indent: int, *, used: int = 0) -> str:
    """Return words as a YAML value: as they are if they fit on the line, else folded below it.

    `indent` is the column at which the value's key begins, `used` how far its line is filled.
    Words that would mean something else, or that nobody could see, are put in double quotes.
    """
    lines = textwrap.wrap(
        words,
        max(_WIDTH - indent - 2, _LEAST_WIDTH),
        break_long_words=False,
        break_on_hyphens=False,
    )
    folded = "".join(f"\n{' ' * (indent + 2)}{line}" for line in lines)
    forms = [words] if used + len(words) <= _WIDTH else []
    for form in (*forms, f">-{folded}"):
        data, faults = read_yaml("", f"{' ' * indent}key: {form}\n")
        if not faults and data == {"key": words}:
            return form
    return _quoted(words)


def _quoted(words: str) -> str:
    plain = json.dumps(words, ensure_ascii=False)
    if words.isprintable():
        return plain
    return "".join(char if char.isprintable() else _escaped(char) for char in plain)


def _escaped(char: str) -> str:
    """Return a character that nobody could see as YAML escapes it."""
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def entry_lines(entry: Mapping[str, str], column: int, step: int = 2) -> list[str]:
    """Return an entry of a list as lines: its dash stands at `column`, its keys `step` after."""
    lines: list[str] = []
    for key, words in entry.items():
        lead = (
            f"{' ' * (column + step)}{key}: "
            if lines
            else f"{' ' * column}-{' ' * (step - 1)}{key}: "
        )
        lines += f"{lead}{scalar(words, column + step, used=len(lead))}".split("\n")
    return lines


def with_entry(text: str, field: str, entry: Mapping[str, str]) -> str:
    """Return a note's text with an entry added to one of its lists, the last place below it.

    An entry of which nothing is filled in yet, as in a new note, is filled in instead.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    root = _compose(text)
    found = _child(root, field)
    if found is None:
        lead = "" if not text or text.endswith(("\n", "\r")) else end
        return f"{text}{lead}{field}:{end}{_joined(entry_lines(entry, 2), end)}"
    key, value = found
    if isinstance(value, ScalarNode) and not value.value:
        at = _next_line(text, key.end_mark.index)
        return _inserted(text, at, entry_lines(entry, key.start_mark.column + 2), end)
    if not isinstance(value, SequenceNode):
        raise Refused(f"`{field}` is no list", "write its entries below it, each after a hyphen")
    if not value.value:
        empty = text[: value.start_mark.index].rstrip(" "), text[value.end_mark.index :]
        return with_entry("".join(empty), field, entry)
    if value.flow_style or not isinstance(value.value[-1], MappingNode):
        return _rewritten(text, field, entry)
    last = value.value[-1]
    if all(isinstance(each, ScalarNode) and not each.value for _, each in last.value):
        return _filled(text, last, entry, end)
    dash = value.start_mark.column
    at = _after_entry(text, last, dash)
    return _inserted(text, at, entry_lines(entry, dash, last.start_mark.column - dash), end)


def with_entries(text: str, field: str, entries: Sequence[Mapping[str, str]]) -> str:
    """Return a note's text with entries added to one of its lists, in their order, at its end."""
    first, *others = entries
    text = with_entry(text, field, first)
    if not others:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    _, value = _child(_compose(text), field) or (None, None)
    if not isinstance(value, SequenceNode) or value.flow_style:
        for each in others:
            text = with_entry(text, field, each)
        return text
    last, dash = value.value[-1], value.start_mark.column
    step = last.start_mark.column - dash
    lines = [line for each in others for line in entry_lines(each, dash, step)]
    return _inserted(text, _after_entry(text, last, dash), lines, end)


def with_value(text: str, path: FieldPath, words: str) -> str:
    """Return a note's text with other words as the value of one of its fields.

    Words that only differ in their characters are changed one by one, so that lines stay as long
    as the author made them.
    """
    node, column = _node_at(text, path)
    start, end = node.start_mark.index, node.end_mark.index
    written = text[start:end]
    tail = written[len(written.rstrip()) :] if node.style in {"|", ">"} else ""
    line = "\r\n" if "\r\n" in text else "\n"
    forms = (
        _patched(written, _value_of(node), words),
        f"{scalar(words, column).replace(chr(10), line)}{tail}",
    )
    for form in forms:
        changed = f"{text[:start]}{form}{text[end:]}"
        if form is not None and _value_at(changed, path) == words:
            return changed
    return f"{text[:start]}{_quoted(words)}{tail}{text[end:]}"  # a comment stands too near


def value_span(text: str, path: FieldPath) -> tuple[int, int]:
    """Return where in a note's text the value of a field stands."""
    node, _ = _node_at(text, path)
    return node.start_mark.index, node.end_mark.index


def data_of(text: str) -> dict[str, Data]:
    """Return what a note's text says; empty where it is at fault."""
    data, faults = read_yaml("", text)
    return {} if faults else data


def _patched(written: str, old: str, words: str) -> str | None:
    """Return a value as it is written with its words exchanged one by one, None where it cannot be.

    Line breaks between words stay where they are.
    """
    if written[:1] in {'"', "'"}:
        return None
    pieces, after = (_SPACED.split(each) for each in (written, words))
    first = 2 if written[:1] in {"|", ">"} else 0
    last = len(pieces) if pieces[-1] else len(pieces) - 2
    if pieces[first:last:2] != _SPACED.split(old.strip(" \n"))[::2]:
        return None
    if last - first != len(after):
        return None
    for at, piece in enumerate(after, start=first):
        is_word = (at - first) % 2 == 0
        if is_word or pieces[at] == " " or pieces[at].strip(" \t\r\n"):
            pieces[at] = piece
    return "".join(pieces)


def _filled(text: str, entry: MappingNode, words: Mapping[str, str], end: str) -> str:
    """Return the text with the values of an entry put behind its empty keys."""
    column = entry.start_mark.column
    keys = {key.value: key for key, _ in entry.value}
    edits: list[tuple[int, str]] = []
    place = 0
    for name, value in words.items():
        lead = f"\n{' ' * column}{name}:"
        if name in keys:
            place = text.index(":", keys[name].end_mark.index) + 1
            lead = ""
        # A comment behind the key would become part of words on the lines below.
        is_free = name not in keys or not text[place : _next_line(text, place)].strip()
        used = column + len(name) + 2
        written = scalar(value, column, used=used) if is_free else _quoted(value)
        edits.append((place, f"{lead} {written}"))
    for at, piece in reversed(edits):
        text = f"{text[:at]}{piece.replace(chr(10), end)}{text[at:]}"
    return text


def _rewritten(text: str, field: str, entry: Mapping[str, str]) -> str:
    """Return the note as the round-trip library writes it, with the entry added."""
    library = _library()
    note = library.load(text)
    note[field].append(dict(entry))
    written = io.StringIO()
    library.dump(note, written)
    return written.getvalue()


def _after_entry(text: str, entry: MappingNode, dash: int) -> int:
    """Return where the line after an entry begins, its own comments counted in."""
    start, end = entry.start_mark.index, _last_end(entry)
    at = _next_line(text, start + len(text[start:end].rstrip()))
    while at < len(text):
        line = text[at : _next_line(text, at)]
        if not _COMMENT.match(line) or len(line) - len(line.lstrip()) <= dash:
            break
        at += len(line)
    return at


def _last_end(node: Node) -> int:
    """Return where the last value in a node ends; a block's own end lies after what follows it."""
    while isinstance(node, MappingNode | SequenceNode) and node.value and not node.flow_style:
        node = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
    end: int = node.end_mark.index
    return end


def _inserted(text: str, at: int, lines: list[str], end: str) -> str:
    lead = "" if not at or text[at - 1] in "\r\n" else end
    return f"{text[:at]}{lead}{_joined(lines, end)}{text[at:]}"


def _joined(lines: list[str], end: str) -> str:
    return "".join(f"{line}{end}" for line in lines)


def _next_line(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.end() if found else len(text)


def _node_at(text: str, path: FieldPath) -> tuple[ScalarNode, int]:
    """Return the scalar at a path and the column at which its key, or else itself, begins."""
    node: Node | None = _compose(text)
    column = 0
    for step in path:
        if isinstance(step, str):
            found = _child(node, step)
            column = found[0].start_mark.column if found else column
            node = found[1] if found else None
        elif isinstance(node, SequenceNode) and step < len(node.value):
            node = node.value[step]
            column = node.start_mark.column
    if not isinstance(node, ScalarNode):
        raise Refused("the place to change cannot be found")
    return node, column


def _value_at(text: str, path: FieldPath) -> str | None:
    try:
        node, _ = _node_at(text, path)
    except Refused:
        return None
    value = _value_of(node)
    return None if not node.style and value in NO_VALUE else value


def _value_of(node: ScalarNode) -> str:
    """Return a value without the library's marks for the line breaks of a folded one."""
    return str(node.value).replace("\a", "").strip()


def _child(node: Node | None, name: str) -> tuple[ScalarNode, Node] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == name:
                return key, value
    return None


def _compose(text: str) -> Node | None:
    try:
        node: Node | None = _library().compose(text)
    except (YAMLError, ValueError) as fault:
        raise Refused("this note is not YAML", "run `sitegen check` and mend it first") from fault
    return node


def _library() -> YAML:
    library = YAML()
    library.preserve_quotes = True
    library.width = 4096
    library.indent(mapping=2, sequence=4, offset=2)
    return library
