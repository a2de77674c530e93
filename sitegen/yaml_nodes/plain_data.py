"""A short cut for texts in which nothing is wrong, as most are: their data and nothing else.

Where a value stands is not noted, which takes half the time. Whatever could be a mistake is left to
`parsing`, which knows the words for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import yaml

from sitegen.yaml_nodes.lines import without_mark
from sitegen.yaml_nodes.nodes import Data
from sitegen.yaml_nodes.parsing import MAX_DEPTH, NO_VALUE, UNSOUND, Loader
from sitegen.yaml_nodes.simple_yaml import read_simple_yaml
from sitegen.yaml_nodes.syntax import GLUED_ITEM

_NextEvent: TypeAlias = Callable[[], Any]


class _DoubtError(Exception):
    """Something may be wrong with a text."""


def read_sound_yaml(text: str) -> dict[str, Data] | None:
    """Return the mapping that a text holds, or None unless nothing is wrong and no field is empty.

    It is what `read_yaml` returns.
    """
    text = without_mark(text)
    return read_simple_yaml(text) or _parsed(text)


def _parsed(text: str) -> dict[str, Data] | None:
    try:
        take: _NextEvent = Loader(text).get_event
        for expected in (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.MappingStartEvent):
            event = take()
            if not isinstance(event, expected):
                return None
        if event.anchor or event.tag:
            return None
        data = _mapping(take, 1)
        is_all = isinstance(take(), yaml.DocumentEndEvent)
        return data if is_all and isinstance(take(), yaml.StreamEndEvent) else None
    except (_DoubtError, yaml.YAMLError, ValueError):
        return None


def _mapping(take: _NextEvent, depth: int) -> dict[str, Data]:
    data: dict[str, Data] = {}
    while (event := take()).__class__ is not yaml.MappingEndEvent:
        if event.__class__ is not yaml.ScalarEvent:
            raise _DoubtError
        _scalar(event)
        key = event.value
        if not key or key in data:
            raise _DoubtError
        value = data[key] = _value(take, take(), depth)
        if value is None:  # the key may be the rest of another value, cut off by a comma
            raise _DoubtError
    return data


def _value(take: _NextEvent, event: Any, depth: int) -> Data:
    kind = event.__class__
    if kind is yaml.ScalarEvent:
        return _scalar(event)
    if depth >= MAX_DEPTH or kind is yaml.AliasEvent or event.anchor or event.tag:
        raise _DoubtError
    if kind is yaml.MappingStartEvent:
        return _mapping(take, depth + 1)
    found: list[Data] = []
    while (event := take()).__class__ is not yaml.SequenceEndEvent:
        found.append(_value(take, event, depth + 1))
    return found


def _scalar(event: yaml.ScalarEvent) -> str | None:
    value: str = event.value
    style = event.style
    if event.anchor or event.tag or (style == '"' and UNSOUND.search(value)):
        raise _DoubtError
    if not style:
        if value in NO_VALUE:
            return None
        if value[0] == "-" and GLUED_ITEM.match(value):
            raise _DoubtError
    return value
