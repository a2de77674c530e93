"""What an author may write between `[[` and `]]`, and how a Markdown text can be at fault.

Knows the spelling of links alone: neither Markdown nor the notes that they lead to.
"""

from __future__ import annotations

import re
from sys import intern
from typing import NamedTuple

from msgspec import Struct

from sitegen.diagnostics import did_you_mean
from sitegen.kinds import Kind

LINK_KINDS = (
    Kind.CLAIM,
    Kind.EVENT,
    Kind.SOURCE,
    Kind.ACTOR,
    Kind.PLACE,
    Kind.QUESTION,
    Kind.MEASURE,
    Kind.PAGE,
    Kind.CORRECTION,
)
"""All kinds, in the order in which an author is told of them: what is linked most comes first."""

EMBED_KINDS = (Kind.CLAIM, Kind.EVENT, Kind.SOURCE, Kind.MEASURE, "timeline")

_WIDE_SPACE = re.compile(r"[ \t\n]{2,}|[\t\n]")


class LinkRef(Struct, frozen=True, gc=False):
    """A `[[…]]` or `![[…]]` as written: what it names, in which words, and whether it embeds.

    `kind` is one of `LINK_KINDS` (of `EMBED_KINDS` for an embed), or None where only an id was
    written. The id of a timeline is an EDTF text. `words` are plain text. `written` is the author's
    spelling, to find its place in the file.
    """

    kind: str | None
    id: str
    words: str | None
    embed: bool
    written: str


class TooMuchWorkError(Exception):
    """The ends of brackets that never close were looked for too often."""


class MarkupProblem(NamedTuple):
    """A mistake in a Markdown text; whoever knows the file makes a diagnostic of it."""

    rule: str
    message: str
    help: str
    written: str


def read_link(content: str, *, embed: bool, written: str) -> LinkRef | MarkupProblem:
    """Return the link that the text between `[[` and `]]` names, or what is wrong with it."""
    if "  " in content or "\t" in content or "\n" in content:
        content = _WIDE_SPACE.sub(" ", content)
    target, bar, words = content.partition("|")
    before, colon, after = target.partition(":")
    words = words.strip(" ")
    kind, id_ = (before.strip(" "), after.strip(" ")) if colon else (None, before.strip(" "))
    kinds = EMBED_KINDS if embed else LINK_KINDS
    message, way_out = "", "write [[id]], [[id|words]] or [[kind:id]]"
    if not id_:
        message = "this link names no note"
    elif bar and not words:
        message = 'this link has no words after its "|"'
    elif embed and (bar or not kind):
        message, way_out = "a card is embedded by its kind and id alone", "write ![[claim:id]]"
    elif kind is not None and kind not in kinds:
        message = f'no kind of note that can be {"embedded" if embed else "linked"} is "{kind}"'
        way_out = did_you_mean(kind, kinds) or f"the kinds are {', '.join(kinds)}"
    if message:
        return MarkupProblem("malformed-link", message, way_out, written)
    return LinkRef(kind and intern(kind), intern(id_), words or None, embed, written)
