"""Values of a YAML text with their extent in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

FieldPath: TypeAlias = tuple[str | int, ...]

Moved: TypeAlias = Mapping[FieldPath, str | int]
"""For steps that differ from what is written: by the way that is written to one, and it, the other.

Of an entry of evidence that counts as the first, and is the third: `{("evidence", 0): 2}`.
"""

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"

CHILDLESS: dict[str | int, Node] = {}  # one for all scalars: a dict for each costs time

FLOW = "[{"

QUOTES = ("'", '"')

BLOCKS = ("|", ">")


class Node(Struct):
    """A value with its extent in the text; `key` is the one that waits for its value."""

    data: Data
    start: int
    end: int
    style: str
    children: dict[str | int, Node]
    key_start: int | None = None
    key: tuple[str | None, int] | None = None


def nearest_node(root: Node, path: FieldPath) -> Node:
    """Return the node of a field, or of its nearest parent that exists."""
    node = root
    for step in path:
        if step not in node.children:
            break
        node = node.children[step]
    return node


def node_at(root: Node | None, path: FieldPath) -> Node | None:
    """Return the node of a field, or None."""
    node = root
    for step in path:
        node = node and node.children.get(step)
    return node


def as_written(moved: Moved, path: FieldPath) -> FieldPath:
    """Return the path on which that is written which has this path by now."""
    way: FieldPath = ()
    for step in path:
        way = (*way, moved.get((*way, step), step))
    return way


def value_at(data: Data, path: FieldPath) -> Data:
    """Return what is written at a path, or None where nothing is."""
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data
