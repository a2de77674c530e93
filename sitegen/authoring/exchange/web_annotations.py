"""Annotations of web pages as other programs export them, told in one way.

Read are the W3C Web Annotation Data Model (single, in a list, as a page or a collection) and what
Hypothesis gives, by its API (`rows`) and from its client (`annotations`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from sitegen.authoring.exchange.json_files import Json, field, many, words_of
from sitegen.authoring.refusals import Refused

_DEEPEST: Final = 20


class Target(Struct, frozen=True):
    """A passage that is annotated: where it is said to be, and its words with those around."""

    address: str
    title: str
    exact: str
    prefix: str = ""
    suffix: str = ""


class Annotation(Struct, frozen=True):
    """One annotation: its number in the file from 1, its own name, and what it says.

    `comments` are what was written on the passage, `descriptions` what it is said to state.
    `unknown` names what is in it that is not understood.
    """

    number: int
    name: str
    targets: tuple[Target, ...]
    comments: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def is_annotations(data: Json) -> bool:
    """Tell whether data look like annotations, and not like records of sources."""
    if isinstance(data, list):
        return any(_is_one(each) for each in data)
    return _is_one(data) or any(field(data, name) is not None for name in _WRAPPINGS)


_WRAPPINGS: Final = ("rows", "annotations", "items", "first", "@graph")


def annotations_of(path: str, data: Json) -> tuple[tuple[Annotation, ...], tuple[str, ...]]:
    """Return the annotations in a file, and in words what of it is elsewhere and so not here.

    Refuses data that hold none at all.
    """
    elsewhere: list[str] = []
    found = list(_unwrapped(data, elsewhere, 0))
    if not found and not elsewhere:
        help_ = "give an export of Hypothesis, or W3C Web Annotations as JSON"
        raise Refused(f"{path} holds no annotations", help_)
    read = tuple(_annotation(number, each) for number, each in enumerate(found, start=1))
    return read, tuple(elsewhere)


def _unwrapped(data: Json, elsewhere: list[str], depth: int) -> Iterator[Json]:
    """Yield the annotations in a list, a page, a collection or an answer of an API."""
    if depth > _DEEPEST:
        elsewhere.append("what is nested deeper than twenty levels")
    elif isinstance(data, list):
        for each in data:
            yield from _unwrapped(each, elsewhere, depth + 1)
    elif _is_one(data) or not isinstance(data, dict) or not _is_wrapping(data):
        yield data
    else:
        for name in (*_WRAPPINGS, "next"):
            inner = data.get(name)
            if isinstance(inner, str) and name in {"first", "next"}:
                elsewhere.append(f"its page {inner}")
            elif inner is not None and not isinstance(inner, str):
                yield from _unwrapped(inner, elsewhere, depth + 1)


def _is_one(data: Json) -> bool:
    return isinstance(data, dict) and ("target" in data or {"uri", "text"} <= data.keys())


def _is_wrapping(data: Json) -> bool:
    return any(field(data, name) is not None for name in (*_WRAPPINGS, "next"))


def _annotation(number: int, data: Json) -> Annotation:
    """Return one annotation; of one that is none, with nothing in it."""
    comments: list[str] = [words_of(field(data, "text")), words_of(field(data, "bodyValue"))]
    descriptions: list[str] = []
    tags = [words_of(each) for each in many(field(data, "tags"))]
    unknown: list[str] = []
    for body in _bodies(field(data, "body")):
        words = words_of(field(body, "value"))
        purposes = {words_of(each) for each in many(field(body, "purpose"))}
        if not words:
            unknown.append(f"a body that is no text: {words_of(body) or words_of(_id(body))}")
        elif "tagging" in purposes:
            tags.append(words)
        elif "describing" in purposes:
            descriptions.append(words)
        else:
            comments.append(words)
    return Annotation(
        number,
        words_of(_id(data)),
        tuple(_targets(data)),
        tuple(filter(None, comments)),
        tuple(descriptions),
        tuple(dict.fromkeys(filter(None, tags))),
        tuple(unknown),
    )


def _id(data: Json) -> Json:
    return field(data, "id") or field(data, "@id")


def _bodies(body: Json) -> Iterator[Json]:
    """Yield the bodies, those of a choice one by one."""
    for each in many(body):
        items = field(each, "items")
        yield from items if isinstance(items, list) else [each]


def _targets(data: Json) -> Iterator[Target]:
    """Yield the passages of an annotation; one without words has an empty `exact`."""
    title = next(map(words_of, many(field(field(data, "document"), "title"))), "")
    for target in many(field(data, "target")):
        source = field(target, "source") or _id(target)
        address = words_of(source) or words_of(_id(source))
        address = address or words_of(target) or words_of(field(data, "uri"))
        quote: Json = next(_quotes(field(target, "selector"), 0), {})
        yield Target(
            address,
            title or words_of(field(source, "title")),
            words_of(field(quote, "exact")),
            words_of(field(quote, "prefix")),
            words_of(field(quote, "suffix")),
        )


def _quotes(selector: Json, depth: int) -> Iterator[Json]:
    """Yield the text quote selectors, also those that make another one more precise."""
    if depth > _DEEPEST:
        return
    for each in many(selector):
        inner = field(each, "refinedBy")
        if inner is not None:
            yield from _quotes(inner, depth + 1)
        kind = field(each, "type") or field(each, "@type")
        if "TextQuoteSelector" in many(kind) and words_of(field(each, "exact")):
            yield each
        if isinstance(each, list):
            yield from _quotes(each, depth + 1)
