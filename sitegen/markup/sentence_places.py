"""Where the sentences of a Markdown text stand, so that a link can be shown in the one it is in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from sitegen.markup.conversion import convert
from sitegen.markup.kept import Kept
from sitegen.sentences import Stretch, sentences

# A line goes on from the one before, unless one of them is blank, a heading, or begins a block.
_NEW_BLOCK: Final = re.compile(r"[ \t]*(?:[\r\n]*\Z|[-*+>|#]|\d{1,3}[.)][ \t]|!\[\[)")
_HEADING: Final = re.compile(r" {0,3}#")
# What is written for a link ends no sentence, whatever stops there are in it.
_LINK: Final = re.compile(r"\[\[[^\[\]\n]*\]\]|\[[^\[\]\n]*\]\([^()\s]*\)|`[^`\n]*`")
_CODE: Final = re.compile(r"`[^`\n]*`")
_START: Final = itemgetter(0)


@Kept
def linked_sentences(text: str) -> tuple[str, ...]:
    """Return for each link of a Markdown text the sentence that carries it, as it is written."""
    links = convert(text).links
    if not links:
        return ()
    split = markdown_sentences(text)
    places = places_of(text, [each.written for each in links])
    found = []
    said, words = Stretch(0, 0), ""  # one sentence may have very many links
    for link, at in zip(links, places, strict=True):
        if not said.start <= at < said.end:
            said = sentence_at(split, at)
            words = text[said.start : said.end]
        found.append(words or text[at : at + len(link.written)])
    return tuple(found)


def markdown_sentences(text: str) -> tuple[Stretch, ...]:
    """Return the sentences of a Markdown text in order, those of each of its blocks in turn."""
    plain = _LINK.sub(lambda found: "x" * len(found[0]), text)
    return sentences(plain, _blocks(text))


def _blocks(text: str) -> list[Stretch]:
    blocks = []
    start = at = 0
    was_heading = False
    for line in text.splitlines(keepends=True):
        may_be_mark = not line[0].isalpha()
        if at > start and (was_heading or (may_be_mark and _NEW_BLOCK.match(line))):
            blocks.append(Stretch(start, at))
            start = at
        was_heading = may_be_mark and _HEADING.match(line) is not None
        at += len(line)
    return [*blocks, Stretch(start, len(text))]


def places_of(text: str, written: Sequence[str]) -> Iterator[int]:
    """Yield where each of some links stands that are written in a text, in this order.

    What stands in code is no link. One that cannot be found is where the last one was.
    """
    bare = _CODE.sub(lambda found: " " * len(found[0]), text) if "`" in text else text
    at = end = 0
    for each in written:
        found = bare.find(each, end)
        if found >= 0:
            at, end = found, found + len(each)
        yield at


def sentence_at(split: Sequence[Stretch], at: int) -> Stretch:
    """Return the sentence in which something stands; an empty stretch where there is none."""
    before = bisect_right(split, at, key=_START)
    if before and at < split[before - 1].end:
        return split[before - 1]
    return Stretch(at, at)
