"""YAML text as plain data whose scalars are all text, and the places of its fields on demand.

Nothing here knows what a note is or which fields it has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import yaml
from frontmatter.default_handlers import YAMLHandler

from sitegen.diagnostics import Diagnostic, Location, error

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # PyYAML built without libyaml: the same events, ten times slower
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

FieldPath: TypeAlias = tuple[str | int, ...]
Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"

MAX_DEPTH = 40  # levels of lists and mappings, the outermost counted

_NO_VALUE = frozenset({"", "~", "null", "Null", "NULL"})
_CHILDLESS: dict[str | int, _Node] = {}  # one for all scalars: a dict for each costs time
_FLOW = "[{"
_QUOTES = ("'", '"')
_BLOCKS = ("|", ">")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_UNSOUND = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GLUED_ITEM = re.compile(r"-(?:[^\W\d_]|[\"'\[{])")
_GLUED_VALUE = re.compile(r"[ \t]*(?:- +)?[\w.-]+(:)[^\s:/]")  # no web address
_KEY_AND_VALUE = re.compile(r"[ -]*+(?:\"[^\"]*\"|'[^']*'|[^\s:][^:]*+):\s")
_INDENT = re.compile(r"[ \t]*")
_WORD = re.compile(r"\S")
_ESCAPE = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|(?:\r\n|[\r\n])[ \t]*|.)", re.DOTALL
)
_ESCAPED = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f"} | {
    "r": "\r", "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"
}  # fmt: skip

_QUOTE_IT = "put the value in quotes, or on the lines below after `|`"
_GLUED = 'a space is missing after "-"'
_SPACE_AFTER_HYPHEN = 'write "- " before each item, or quote words that begin with "-"'
_SPACE_AFTER_COLON = "write a space after the colon that ends a key"


@dataclass(slots=True)
class _Node:
    """A value with its extent in the text; `key` is the one that waits for its value."""

    data: Data
    start: int
    end: int
    style: str
    children: dict[str | int, _Node]
    key_start: int | None = None
    key: tuple[str | None, int] | None = None


@dataclass(frozen=True, slots=True)
class _Fault:
    """A diagnostic whose places are still offsets into the text."""

    rule: str
    start: int
    message: str
    help: str
    related: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """A text as it was parsed, without its byte order mark."""

    text: str
    root: _Node | None
    line_starts: list[int]


@dataclass(frozen=True, slots=True)
class Places:
    """The places of the fields of one YAML text.

    `text` is what was given to `read_yaml` and `first_line` the line of the file `path` on which
    it begins. The text is parsed again when a place is asked for, since few files need that.
    """

    path: str
    text: str
    first_line: int = 1

    def at(self, *field: str | int) -> Location:
        """Return where a field's value begins, or its nearest parent's where it is missing.

        Of a `|` or `>` block that is the first of its words, one line below the sign.
        """
        read = _read(self.text)
        return self._location(_words_start(read, _find(read.root, field)) if read.root else 0)

    def at_key(self, *field: str | int) -> Location:
        """Return where a field's key begins; for a list's item and a missing field as `at`."""
        node = _get(_read(self.text).root, field)
        if node is None or node.key_start is None:
            return self.at(*field)
        return self._location(node.key_start)

    def at_text(self, field: FieldPath, words: str) -> Location:
        """Return where words first stand in a field's value, or `at` where they do not.

        White space is compared as one space and escapes as what they stand for, so the words may
        be cut from the value that `read_yaml` gave.
        """
        read = _read(self.text)
        node = _get(read.root, field)
        wanted = " ".join(words.split())
        if node is None or not isinstance(node.data, str) or not wanted:
            return self.at(*field)
        start = _words_start(read, node)
        shown, offsets = _shown(read.text[start : node.end], node.style)
        found = shown.find(wanted)
        return self.at(*field) if found < 0 else self._location(start + offsets[found])

    def _location(self, offset: int) -> Location:
        return _location(self.path, _read(self.text).line_starts, offset, self.first_line)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A page in two parts, each with the line of the file on which it begins.

    `yaml_text` is empty where the page has no front matter. `body` is what follows the closing
    line, to the character.
    """

    yaml_text: str
    yaml_first_line: int
    body: str
    body_first_line: int


def read_yaml(
    path: str, text: str, first_line: int = 1
) -> tuple[dict[str, Data], tuple[Diagnostic, ...]]:
    """Return the mapping that a YAML text holds, and what is wrong with it.

    Every scalar stays text; one that is plain and empty, `~` or `null` is None. Any text is
    accepted and nothing is raised. The data is empty where the text could not be read to its end
    or is no mapping. Otherwise it holds all but the fault: the first of repeated keys, None for an
    alias, a value without its tag or anchor.
    """
    bare = _bare(text)
    root, faults = _parse(bare)
    data = root.data if root and isinstance(root.data, dict) else {}
    if not faults:
        return data, ()
    starts = _line_starts(bare)

    def place(offset: int) -> Location:
        return _location(path, starts, offset, first_line)

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


def split_front_matter(path: str, text: str) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    """Return a page's front matter and body, and a diagnostic if the front matter has no end.

    Front matter opens with a first line of three or more hyphens and ends with the next such
    line. A leading byte order mark is dropped.
    """
    text = _bare(text)
    handler = YAMLHandler()
    opening = handler.FM_BOUNDARY.match(text)
    if opening is None:
        return FrontMatter("", 1, text, 1), ()
    try:
        yaml_text, _ = handler.split(text)
    except ValueError:  # there is no second boundary
        fault = error(
            "front-matter-unclosed",
            Location(path),
            "the front matter that opens here is never closed",
            "write a line `---` below its last field",
        )
        return FrontMatter("", 1, "", 1), (fault,)
    # The library's boundary takes blank lines with it, so the body is cut from the text itself.
    starts = _line_starts(text)
    closing_line = bisect_right(starts, opening.end() + len(yaml_text))
    body = text[starts[closing_line] :] if closing_line < len(starts) else ""
    first_line = bisect_right(starts, opening.end())
    return FrontMatter(yaml_text, first_line, body, closing_line + 1), ()


class _Builder:
    """Nodes from parse events, without recursion, so that no nesting can exhaust the stack.

    Events and not composed nodes, since only events tell an alias from its anchor's value.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: _Node | None = None
        self.open: list[_Node] = []
        self.last: _Node | None = None  # the scalar read last
        self.faults: list[_Fault] = []

    def take(self, event: yaml.Event) -> bool:
        """Take the next event in; False where reading must stop."""
        start = event.start_mark.index if event.start_mark else 0
        end = event.end_mark.index if event.end_mark else start
        if isinstance(event, yaml.ScalarEvent):
            self._take_scalar(event, start, end)
        elif isinstance(event, yaml.CollectionStartEvent):
            return self._open_collection(event, start, end)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop().end = end
        elif isinstance(event, yaml.AliasEvent):
            self._note_anchor(start, f"*{event.anchor}")
            self._put(_Node(None, start, end, "", _CHILDLESS), None)
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            help_ = "write one note per file; take this line out"
            self.fault("yaml-syntax", start, "a second document begins here", help_)
            self.root = None
            return False
        return True

    def fault(
        self,
        rule: str,
        start: int,
        message: str,
        help: str,  # noqa: A002 - the field's name
        *related: tuple[int, str],
    ) -> None:
        """Note a fault."""
        self.faults.append(_Fault(rule, start, message, help, related))

    def _take_scalar(self, event: yaml.ScalarEvent, start: int, end: int) -> None:
        value, style = event.value, event.style or ""
        if event.anchor or event.tag:
            self._note_properties(event, start, end)
        if style == '"' and (bad := _UNSOUND.search(value)):
            self._note_character(start, bad.group())
        if not style and value[:1] == "-" and _GLUED_ITEM.match(value):
            self._note_glued_item(start)
        empty = not style and value in _NO_VALUE
        self.last = _Node(None if empty else value, start, end, style, _CHILDLESS)
        self._put(self.last, value)

    def _open_collection(self, event: yaml.CollectionStartEvent, start: int, end: int) -> bool:
        if len(self.open) >= MAX_DEPTH:
            message = f"this is nested deeper than {MAX_DEPTH} levels"
            self.fault("yaml-depth", start, message, "make lists and mappings flatter")
            self.root = None
            return False
        if event.anchor or event.tag:
            self._note_properties(event, start, end)
        data: Data = {} if isinstance(event, yaml.MappingStartEvent) else []
        node = _Node(data, start, end, _FLOW if event.flow_style else "", {})
        self._put(node, None)
        self.open.append(node)
        return True

    def _put(self, node: _Node, text: str | None) -> None:
        """Put a node where it belongs; `text` is what it would be as a key."""
        parent = self.open[-1] if self.open else None
        if parent is None:
            self.root = node
        elif isinstance(parent.data, list):
            parent.children[len(parent.data)] = node
            parent.data.append(node.data)
        elif parent.key is None:
            parent.key = (self._sound_key(parent, node, text), node.start)
        elif isinstance(parent.data, dict):
            name, node.key_start = parent.key
            parent.key = None
            if name is not None:
                parent.children[name] = node
                parent.data[name] = node.data

    def _sound_key(self, parent: _Node, node: _Node, text: str | None) -> str | None:
        """Return a key's text, or None where its value must be left out."""
        if not text:
            if text is not None or node.data is not None:  # an alias has been noted already
                message = "a key is plain text, not a list, a mapping or nothing"
                self.fault("yaml-key", node.start, message, "write `key: value`")
            return None
        first = parent.children.get(text)
        if first is None:
            return text
        written = (first.key_start or 0, "first written here")
        message = f'the key "{_short(text)}" is written twice'
        self.fault("repeated-key", node.start, message, "keep one of the two", written)
        return None

    def _note_properties(
        self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, start: int, end: int
    ) -> None:
        if event.anchor:
            self._note_anchor(start, f"&{event.anchor}")
        if event.tag:
            words = self.text[start:end].split(maxsplit=2)
            written = next((word for word in words if word[0] == "!"), "!")
            self.fault(
                "yaml-tag",
                start,
                f'the value begins with the tag "{_short(written)}"',
                'every value is text here: take the tag out, or quote words that begin with "!"',
            )

    def _note_anchor(self, start: int, written: str) -> None:
        kind = "alias" if written[0] == "*" else "anchor"
        self.fault(
            "yaml-alias",
            start,
            f'the value begins with the {kind} "{_short(written)}"',
            f'write it out, as no value has a name; quote words that begin with "{written[0]}"',
        )

    def _note_character(self, start: int, character: str) -> None:
        message = f"the value holds the control character {_code(character)}"
        self.fault(
            "yaml-character", start, message, "in double quotes write `\\\\` for a backslash"
        )

    def _note_glued_item(self, start: int) -> None:
        # On the line of its key such a word is no mistaken list.
        before = self.text[max(start - 200, 0) : start].rstrip(" ")
        if not before or before[-1] in "\r\n":
            self.fault("yaml-syntax", start, _GLUED, _SPACE_AFTER_HYPHEN)


def _parse(text: str) -> tuple[_Node | None, tuple[_Fault, ...]]:
    """Return the outermost node and the faults; no node where what was read cannot stand."""
    builder = _Builder(text)
    try:
        for event in yaml.parse(text, _Loader):
            if not builder.take(event):
                return builder.root, tuple(builder.faults)
    except yaml.MarkedYAMLError as problem:
        builder.root = None
        _note_syntax(builder, problem)
    except (yaml.YAMLError, ValueError):  # a character that no YAML may hold
        builder.root = None
        _note_unreadable(builder)
    else:
        _note_shape(builder)
    return builder.root, tuple(builder.faults)


@lru_cache(maxsize=16)
def _read(text: str) -> _Read:
    bare = _bare(text)
    return _Read(bare, _parse(bare)[0], _line_starts(bare))


def _note_shape(builder: _Builder) -> None:
    """Note an outermost node that is no mapping."""
    root = builder.root
    if root is None or root.data is None:
        if not builder.faults:
            help_ = "write its fields, each as `key: value`"
            builder.fault("empty-note", 0, "there is nothing in it", help_)
    elif isinstance(root.data, list):
        help_ = 'write `key: value` lines, without "- " before them'
        builder.fault("not-a-mapping", root.start, "this is a list, not fields", help_)
    elif isinstance(root.data, str) and not builder.faults:
        glued = _GLUED_VALUE.match(builder.text, root.start)
        help_ = _SPACE_AFTER_COLON if glued else "write `key: value` lines"
        builder.fault("not-a-mapping", root.start, "this is text, not fields", help_)


def _note_unreadable(builder: _Builder) -> None:
    if found := _UNSOUND.search(builder.text):
        message = f"the character {_code(found.group())} cannot stand in YAML"
        help_ = "take it out; most editors do not show it"
        builder.fault("yaml-character", found.start(), message, help_)
    else:
        start = builder.last.end if builder.last else 0
        builder.fault("yaml-syntax", start, "something below cannot be read as text", _QUOTE_IT)


def _note_syntax(builder: _Builder, raised: yaml.MarkedYAMLError) -> None:
    """Note a syntax error, unless a fault already noted on its line is the cause."""
    at = raised.problem_mark.index if raised.problem_mark else 0
    line = _line_start(builder.text, at)
    if any(fault.start >= line for fault in builder.faults):
        return
    problem = _Problem(
        text=builder.text,
        said=f"{raised.context or ''}; {raised.problem or ''}",
        since=raised.context_mark.index if raised.context_mark else at,
        at=at,
        quoted=builder.last if builder.last and builder.last.style in _QUOTES else None,
        opener=next((each.start for each in reversed(builder.open) if each.style == _FLOW), None),
    )
    explained = (explain(problem) for explain in _EXPLANATIONS)
    unknown = _syntax(at, f"this is not YAML: {raised.problem}", _QUOTE_IT)
    builder.faults.append(next((fault for fault in explained if fault is not None), unknown))


@dataclass(frozen=True, slots=True)
class _Problem:
    """A syntax error as the parser reports it, and what was read before it.

    `since` and `at` are the offsets of the parser's context and problem, `quoted` the scalar read
    last if it was quoted, `opener` the bracket that is still open.
    """

    text: str
    said: str
    since: int
    at: int
    quoted: _Node | None
    opener: int | None

    @property
    def line(self) -> int:
        """The offset at which the line of the problem starts."""
        return _line_start(self.text, self.at)


def _syntax(start: int, message: str, help: str, *related: tuple[int, str]) -> _Fault:  # noqa: A002
    return _Fault("yaml-syntax", start, message, help, related)


def _invisible_break(problem: _Problem) -> _Fault | None:
    """YAML breaks lines also where no editor does."""
    text = problem.text
    for offset in (problem.since, problem.at):
        before = max(text.rfind(sign, 0, offset) for sign in "\x85\u2028\u2029")
        if before >= _line_start(text, offset):
            message = f"the invisible character {_code(text[before])} breaks the line here"
            return _syntax(before, message, "put a space in its place")
    return None


def _tab(problem: _Problem) -> _Fault | None:
    width = _indent(problem.text, problem.line)
    tab = problem.text.find("\t", problem.line, problem.line + width)
    if tab < 0:
        return None
    return _syntax(tab, "a tab stands in the indentation", "indent with spaces only")


def _first_sign(problem: _Problem) -> _Fault | None:
    causes = ("start any token", "an anchor", "an alias", "tag", "directive", "mapping keys are")
    if not any(cause in problem.said for cause in causes):
        return None
    sign = problem.text[problem.since : problem.since + 1]
    return _syntax(problem.since, f'a value cannot begin with "{sign}"', _QUOTE_IT)


def _in_quotes(problem: _Problem) -> _Fault | None:
    if "quoted scalar" not in problem.said:
        return None
    if not any(word in problem.said for word in ("escape", "hexdec")):
        sign = problem.text[problem.since]
        message = f"the quotation mark {sign} that opens here is never closed"
        return _syntax(problem.since, message, _closing(sign))
    start = max(problem.text.rfind("\\", problem.since, problem.at + 1), problem.since)
    written = _short(problem.text[start : start + 2])
    help_ = "write `\\\\` for a backslash, or use single quotes"
    return _syntax(start, f'"{written}" means nothing inside double quotes', help_)


def _after_quotes(problem: _Problem) -> _Fault | None:
    text, quoted = problem.text, problem.quoted
    if quoted is None or problem.at >= len(text):
        return None
    if problem.at < quoted.end or text[quoted.end : problem.at].strip(" \t"):
        return None
    message = "more words follow the closing quotation mark"
    if _LINE_BREAK.search(text, quoted.start, quoted.end):
        opened = (quoted.start, "it closes the mark that opens here")
        return _syntax(problem.at, message, _closing(quoted.style), opened)
    return _syntax(problem.at, message, _closing(quoted.style))


def _closing(sign: str) -> str:
    inside = "`''` for an apostrophe" if sign == "'" else '`\\"` for a quotation mark'
    return (
        f"put the mark after the last word and inside write {inside}, "
        "or put the words on the lines below after `|`"
    )


def _brackets(problem: _Problem) -> _Fault | None:
    text, at, opener = problem.text, problem.at, problem.opener
    quoting = "put a value that begins with a bracket in quotes"
    if opener is not None:
        if problem.line <= opener and at < len(text):
            return _syntax(at, "a comma or a closing bracket is missing here", quoting)
        sign = "]" if text[opener : opener + 1] == "[" else "}"
        message = f'the "{text[opener : opener + 1]}" that opens here is never closed'
        return _syntax(opener, message, f'close it with "{sign}", or {quoting}')
    if "node content" in problem.said and at < len(text):
        return _syntax(at, f'a value cannot begin with "{text[at]}"', _QUOTE_IT)
    if text[problem.line : at].rstrip(" ")[-1:] in ("]", "}"):
        return _syntax(at, "more words follow the closing bracket", quoting)
    return None


def _misplaced(problem: _Problem) -> _Fault | None:
    if "block scalar" in problem.said:
        message = "nothing but a line break may follow `|` or `>`"
        return _syntax(problem.at, message, "begin the words on the next line, indented")
    if "sequence entries" in problem.said:
        help_ = 'begin the list on the line below its key, or quote a value that begins with "- "'
        return _syntax(problem.at, "a list item cannot stand here", help_)
    return None


def _keyless(problem: _Problem) -> _Fault | None:
    if "expected ':" not in problem.said:
        return None
    glued = _GLUED_VALUE.match(problem.text, _line_start(problem.text, problem.since))
    if glued is not None:
        return _syntax(glued.start(1), 'a space is missing after ":"', _SPACE_AFTER_COLON)
    if _GLUED_ITEM.match(problem.text, problem.since):
        return _syntax(problem.since, _GLUED, _SPACE_AFTER_HYPHEN)
    help_ = "write `key: value`, or indent the line if it belongs to the value above"
    return _syntax(problem.since, "this line has no key", help_)


def _colon(problem: _Problem) -> _Fault | None:
    if "mapping values" not in problem.said:
        return None
    text, start = problem.text, problem.line
    if _KEY_AND_VALUE.match(text[start : problem.at]):
        return _syntax(problem.at, '": " stands inside a value', _QUOTE_IT)
    above = _line_start(text, len(text[:start].rstrip()))
    glued = _GLUED_VALUE.match(text, above)
    if glued is not None and above < start:
        return _syntax(glued.start(1), 'a space is missing after ":"', _SPACE_AFTER_COLON)
    if _indent(text, start) > _indent(text, above):
        help_ = f"{_QUOTE_IT}; a field of its own begins in the column of the field above"
        return _syntax(problem.at, '": " stands inside the value that began above', help_)
    key = above + _indent(text, above)
    return _syntax(key, "this line has no key", "write `key: value`")


def _layout(problem: _Problem) -> _Fault | None:
    if not any(word in problem.said for word in ("expected key", "'-' ", "block end", "document")):
        return None
    message = "this line fits neither the fields above nor their indentation"
    help_ = "begin all fields of a mapping, and all items of a list, in one column"
    if problem.since == problem.at:
        return _syntax(problem.at, message, help_)
    return _syntax(problem.at, message, help_, (problem.since, "these begin here"))


_EXPLANATIONS = (
    _invisible_break,
    _in_quotes,
    _tab,
    _first_sign,
    _brackets,
    _after_quotes,
    _misplaced,
    _keyless,
    _colon,
    _layout,
)


def _find(root: _Node, path: FieldPath) -> _Node:
    """Return the node of a field, or of its nearest parent that exists."""
    node = root
    for step in path:
        if step not in node.children:
            break
        node = node.children[step]
    return node


def _get(root: _Node | None, path: FieldPath) -> _Node | None:
    node = root
    for step in path:
        node = node and node.children.get(step)
    return node


def _words_start(read: _Read, node: _Node) -> int:
    """Return where a node's own words begin: in a block, below its sign."""
    if node.style not in _BLOCKS:
        return node.start
    header = _LINE_BREAK.search(read.text, node.start, node.end)
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


def _location(path: str, starts: list[int], offset: int, first_line: int) -> Location:
    line = bisect_right(starts, offset)
    return Location(path, line + first_line - 1, offset - starts[line - 1] + 1)


def _line_starts(text: str) -> list[int]:
    """Return the offset of each line: lines as editors see them, YAML knows three breaks more."""
    return [0, *(found.end() for found in _LINE_BREAK.finditer(text))]


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _indent(text: str, line: int) -> int:
    found = _INDENT.match(text, line)
    return found.end() - line if found else 0


def _bare(text: str) -> str:
    return text.removeprefix("\ufeff")


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _short(written: str) -> str:
    return written if len(written) <= 40 else f"{written[:39]}…"
