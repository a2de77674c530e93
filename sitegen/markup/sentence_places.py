"""Where the sentences of a Markdown text stand, so that a link can be shown in the one it is in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Final

from sitegen.markup.conversion import convert, whole, words_in
from sitegen.markup.link_syntax import LinkRef
from sitegen.markup.memoised import Memoised
from sitegen.markup.simple_prose import words_of_stretch
from sitegen.markup.words import Words
from sitegen.sentences import Stretch, sentences

# A line goes on from the one before, unless one of them is blank, a heading, or begins a block.
_NEW_BLOCK: Final = re.compile(r"[ \t]*(?:[\r\n]*\Z|[-*+>|#]|\d{1,3}[.)][ \t]|!\[\[)")
_HEADING: Final = re.compile(r" {0,3}#")
# What is written for a link ends no sentence, whatever stops there are in it.
_LINK: Final = re.compile(r"\[\[[^\[\]\n]*+\]\]|\[[^\[\]\n]*+\]\([^()\s]*+\)|`[^`\n]*+`")
_CODE: Final = re.compile(r"`[^`\n]*+`")
_START: Final = itemgetter(0)


@Memoised
def linked_sentences(text: str) -> tuple[Words, ...]:
    """Return for each link of a Markdown text the words of the sentence that it stands in.

    Links in one sentence share one object.
    """
    markup = convert(text)
    if not markup.links:
        return ()
    text = whole(text)
    places = [*places_of(text, [each.written for each in markup.links])]
    split = markdown_sentences(text, places)
    said = _said_simply if markup.is_simple else _said
    return tuple(said(text, markup.links, places, split))


def _said_simply(
    text: str, links: Sequence[LinkRef], places: Sequence[int], split: Sequence[Stretch]
) -> list[Words]:
    """Return what `_said` yields, but faster, for a simple text: all its links are in sentences."""
    found: list[Words] = []
    for start, end in split:
        first = len(found)
        last = bisect_left(places, end, first)
        if first < last:
            own = slice(first, last)
            said = words_of_stretch(text, start, end, links[own], places[own])
            found += [said or words_in(text[start:end])] * (last - first)
    return found


def _said(
    text: str, links: Sequence[LinkRef], places: Sequence[int], split: Sequence[Stretch]
) -> Iterator[Words]:
    """Yield for each link of a text the words of its sentence, or its own if it is in none."""
    said, words = Stretch(0, 0), Words("")  # one sentence may have very many links
    for link, at in zip(links, places, strict=True):
        if not said.start <= at < said.end:
            said = sentence_at(split, at)
            words = words_in(text[said.start : said.end] or text[at : at + len(link.written)])
        yield words


def markdown_sentences(text: str, places: Iterable[int]) -> tuple[Stretch, ...]:
    """Return the sentences of a Markdown text in order, each of which lies in one block.

    `places` are sorted offsets; blocks in which none of them lies may be left out.
    """
    plain = _LINK.sub(lambda found: "x" * len(found[0]), text)
    return sentences(plain, _blocks(text, places))


def _blocks(text: str, places: Iterable[int]) -> Iterator[Stretch]:
    """Yield the blocks in which any of the places lies, and the last one."""
    left = iter(places)
    place = next(left, len(text))
    start = at = 0
    was_heading = False
    for line in text.splitlines(keepends=True):
        may_be_mark = not line[0].isalpha()
        if at > start and (was_heading or (may_be_mark and _NEW_BLOCK.match(line))):
            if place < at:
                yield Stretch(start, at)
                place = next((each for each in left if each >= at), len(text))
            start = at
        was_heading = "#" in line[:4] and _HEADING.match(line) is not None
        at += len(line)
    yield Stretch(start, len(text))


def places_of(text: str, written: Sequence[str]) -> Iterator[int]:
    """Yield where each of some links stands in a text; they are given as written, in their order.

    What stands in code is no link. A link that cannot be found gets the place of the one before.
    """
    bare = _CODE.sub(lambda found: " " * len(found[0]), text) if "`" in text else text
    at = end = 0
    for each in written:
        found = bare.find(each, end)
        if found >= 0:
            at, end = found, found + len(each)
        yield at


def sentence_at(split: Sequence[Stretch], at: int) -> Stretch:
    """Return the sentence that contains an offset, or an empty stretch there if none does."""
    before = bisect_right(split, at, key=_START)
    if before and at < split[before - 1].end:
        return split[before - 1]
    return Stretch(at, at)
