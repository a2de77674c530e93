"""Values of a YAML text with their extent in it."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

FieldPath: TypeAlias = tuple[str | int, ...]

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
