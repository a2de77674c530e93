"""Nodes from the events of the YAML parser; all scalars are text."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from sitegen.yaml_nodes.lines import code_point, shortened, start_of_line
from sitegen.yaml_nodes.nodes import CHILDLESS, FLOW, Data, Node
from sitegen.yaml_nodes.syntax import (
    EXPLANATIONS,
    GLUED,
    GLUED_ITEM,
    GLUED_VALUE,
    QUOTE_IT,
    SPACE_AFTER_COLON,
    SPACE_AFTER_HYPHEN,
    Fault,
    Problem,
    syntax_fault,
)

# PyYAML built without libyaml gives the same events, ten times slower.
Loader: Final[type[Any]] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

MAX_DEPTH = 40  # levels of lists and mappings, the outermost counted

NO_VALUE = frozenset({"", "~", "null", "Null", "NULL"})

UNSOUND = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Builder:
    """Nodes from parse events, without recursion, so that no nesting can exhaust the stack.

    Events and not composed nodes, since only events tell an alias from its anchor's value.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = None
        self.open: list[Node] = []
        self.last: Node | None = None  # the scalar read last
        self.faults: list[Fault] = []
        self.anchors: set[str] = set()

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
            if event.anchor not in self.anchors:  # else the anchor is the mistake
                self._note_anchor(start, f"*{event.anchor}")
            self._put(Node(None, start, end, "", CHILDLESS), None)
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
        self.faults.append(Fault(rule, start, message, help, related))

    def _take_scalar(self, event: yaml.ScalarEvent, start: int, end: int) -> None:
        value, style = event.value, event.style or ""
        if event.anchor or event.tag:
            self._note_properties(event, start, end)
        if style == '"' and (bad := UNSOUND.search(value)):
            self._note_character(start, bad.group())
        if not style and value[:1] == "-" and GLUED_ITEM.match(value):
            self._note_glued_item(start)
        empty = not style and value in NO_VALUE
        self.last = Node(None if empty else value, start, end, style, CHILDLESS)
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
        node = Node(data, start, end, FLOW if event.flow_style else "", {})
        self._put(node, None)
        self.open.append(node)
        return True

    def _put(self, node: Node, text: str | None) -> None:
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

    def _sound_key(self, parent: Node, node: Node, text: str | None) -> str | None:
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
        message = f'the key "{shortened(text)}" is written twice'
        self.fault("repeated-key", node.start, message, "keep one of the two", written)
        return None

    def _note_properties(
        self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, start: int, end: int
    ) -> None:
        if event.anchor:
            self.anchors.add(event.anchor)
            self._note_anchor(start, f"&{event.anchor}")
        if event.tag:
            words = self.text[start:end].split(maxsplit=2)
            written = next((word for word in words if word[0] == "!"), "!")
            self.fault(
                "yaml-tag",
                start,
                f'the value begins with the tag "{shortened(written)}"',
                'every value is text here: take the tag out, or quote words that begin with "!"',
            )

    def _note_anchor(self, start: int, written: str) -> None:
        kind = "alias" if written[0] == "*" else "anchor"
        self.fault(
            "yaml-alias",
            start,
            f'the value begins with the {kind} "{shortened(written)}"',
            f'write it out, as no value has a name; quote words that begin with "{written[0]}"',
        )

    def _note_character(self, start: int, character: str) -> None:
        message = f"the value holds the control character {code_point(character)}"
        self.fault(
            "yaml-character", start, message, "in double quotes write `\\\\` for a backslash"
        )

    def _note_glued_item(self, start: int) -> None:
        # On the line of its key such a word is no mistaken list.
        before = self.text[max(start - 200, 0) : start].rstrip(" ")
        if not before or before[-1] in "\r\n":
            self.fault("yaml-syntax", start, GLUED, SPACE_AFTER_HYPHEN)


def parse_nodes(text: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """Return the outermost node and the faults; no node where what was read cannot stand."""
    builder = _Builder(text)
    try:
        for event in yaml.parse(text, Loader):
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
        glued = GLUED_VALUE.match(builder.text, root.start)
        help_ = SPACE_AFTER_COLON if glued else "write `key: value` lines"
        builder.fault("not-a-mapping", root.start, "this is text, not fields", help_)


def _note_unreadable(builder: _Builder) -> None:
    if found := UNSOUND.search(builder.text):
        message = f"the character {code_point(found.group())} cannot stand in YAML"
        help_ = "take it out; most editors do not show it"
        builder.fault("yaml-character", found.start(), message, help_)
    else:
        start = builder.last.end if builder.last else 0
        builder.fault("yaml-syntax", start, "something below cannot be read as text", QUOTE_IT)


def _note_syntax(builder: _Builder, raised: yaml.MarkedYAMLError) -> None:
    """Note a syntax error, unless a fault already noted on its line is the cause."""
    at = raised.problem_mark.index if raised.problem_mark else 0
    line = start_of_line(builder.text, at)
    if any(fault.start >= line for fault in builder.faults):
        return
    problem = Problem(
        text=builder.text,
        said=f"{raised.context or ''}; {raised.problem or ''}",
        since=raised.context_mark.index if raised.context_mark else at,
        at=at,
        last=builder.last,
        opener=next((each.start for each in reversed(builder.open) if each.style == FLOW), None),
    )
    explained = (explain(problem) for explain in EXPLANATIONS)
    unknown = syntax_fault(at, f"this is not YAML: {raised.problem}", QUOTE_IT)
    builder.faults.append(next((fault for fault in explained if fault is not None), unknown))
