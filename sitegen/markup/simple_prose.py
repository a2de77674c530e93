"""A shortcut past Markdown for texts that have only paragraphs, plain lists, links and emphasis.

Most fields of most notes are such texts, and the conversion of a text costs about the same however
little is in it. What this module does not know for certain it leaves to Markdown, and what it
converts comes out as Markdown would have it; the property tests compare the two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter
from typing import Final

from sitegen.markup.link_syntax import LinkRef, MarkupProblem, read_link
from sitegen.markup.words import HELD, Words

# Whatever could mean something to Markdown, and every control character.
_SIGN: Final = re.compile(
    r"[*_`\[\]<>&\\|~#=\t\r\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]"
)
_EDGE: Final = re.compile(r"^[^\S\n]|[^\S\n]$|^[-+:]|^\d+\.", re.MULTILINE)
_FIRST: Final = re.compile(r"[\s\-+:]|\d+\.")
_SPECIAL: Final = re.compile(r"[*\[\-]")
# The character before is checked after the first sign has matched: the search is faster this way.
_LINK: Final = re.compile(r"\[(?<!!\[)\[([^\[\]\n`\\<>&*_\x00-\x08\x0b-\x1f]*+)\]\]")
# One or two stars around words on one line, with no star among them: these pair in one way only.
_EMPHASIS: Final = re.compile(r"(\*(?<!\*\*)\*?)(?=[^\s*])([^*\n]*[^\s*])\1(?!\*)")
_EMPHASISED: Final = itemgetter(2)
_OPENED: Final = {"*": "<em>", "**": "<strong>"}
_CLOSED: Final = {"*": "</em>", "**": "</strong>"}
_BLANK_LINES: Final = re.compile(r"\n\n+")
_ITEM: Final = "- "
_NEXT_ITEM: Final = f"\n{_ITEM}"


def convert_simple(text: str) -> tuple[str, tuple[LinkRef, ...]] | None:
    """Return the HTML of a text and the links in it, or None where it is Markdown's business.

    The text has neither surrogates nor spaces at its end. In the HTML `<data value="n">` stands for
    the n-th link, as `convert_markdown` has it.
    """
    if not _SPECIAL.search(text):
        return None if _has_markup(text) else ("\n".join(map(_paragraph, _blocks(text))), ())
    split = _split_at_links(text)
    if split is None:
        return None
    pieces, links = split
    html: list[str] = []
    was_list = False
    for block in _blocks(HELD.join(pieces[::2])):
        is_list = block.startswith(_ITEM)
        if is_list and was_list:
            return None  # one list with paragraphs for items
        was_list = is_list
        converted = _list(block) if is_list else _inline(block)
        if converted is None:
            return None
        html.append(converted if is_list else f"<p>{converted}</p>")
    joined = "\n".join(html)
    if links:
        pieces[::2] = joined.split(HELD)
        pieces[1::2] = [
            f'<data value="{number}">{link.written}</data>' for number, link in enumerate(links)
        ]
        joined = "".join(pieces)
    return joined, tuple(links)


def words_of_simple(text: str) -> Words | None:
    """Return the words of paragraphs with links and emphasis, or None where that is not all.

    The text is like that of `convert_simple`. White space is as it was written.
    """
    if not _SPECIAL.search(text):
        return None if _has_markup(text) else Words(text)
    split = _split_at_links(text)
    if split is None:
        return None
    pieces, links = split
    bare = HELD.join(pieces[::2])
    if "*" in bare:
        bare = _EMPHASIS.sub(_EMPHASISED, bare)
    return None if _has_markup(bare.replace(HELD, "x")) else Words(bare, tuple(links))


def words_of_stretch(
    text: str, start: int, end: int, links: Sequence[LinkRef], places: Sequence[int]
) -> Words | None:
    """Return what `words_of_simple` does for a part of a text that `convert_simple` has converted.

    No white space stands at the edges of the part; `links` are those in it, and where they stand.
    """
    pieces = []
    for link, at in zip(links, places, strict=True):
        pieces.append(text[start:at])
        start = at + len(link.written)
    pieces.append(text[start:end])
    bare = HELD.join(pieces)
    if "*" in bare:
        bare = _EMPHASIS.sub(_EMPHASISED, bare)
    # All of the text was searched for other markup, but at this edge a new line begins.
    return None if "*" in bare or _FIRST.match(bare) else Words(bare, tuple(links))


def _has_markup(text: str) -> bool:
    """Tell whether something in a text, at the edge of a line perhaps, may be Markdown."""
    if _SIGN.search(text):
        return True
    if "\n" in text:
        return _EDGE.search(text) is not None
    return text[-1:].isspace() or _FIRST.match(text) is not None


def _blocks(text: str) -> list[str]:
    return _BLANK_LINES.split(text.strip("\n")) if text.strip() else []


def _paragraph(block: str) -> str:
    return f"<p>{block}</p>"


def _split_at_links(text: str) -> tuple[list[str], list[LinkRef]] | None:
    """Return a text's pieces, every second of them a link, and these links.

    None if it has what stands for a link later, or a bad link.
    """
    if HELD in text:
        return None
    pieces = _LINK.split(text)
    links = []
    for each in pieces[1::2]:
        link = read_link(each, embed=False, written=f"[[{each}]]")
        if isinstance(link, MarkupProblem):
            return None
        links.append(link)
    return pieces, links


def _list(block: str) -> str | None:
    if block.count("\n") > block.count(_NEXT_ITEM):
        return None
    inner = _inline(block[len(_ITEM) :].replace(_NEXT_ITEM, "\n"))
    items = inner.split("\n") if inner else [""]
    if "" in items:
        return None
    joined = "</li>\n<li>".join(items)
    return f"<ul>\n<li>{joined}</li>\n</ul>"


def _inline(words: str) -> str | None:
    """Return a paragraph's words with their emphasis, or None if there is more in them."""
    pieces = _EMPHASIS.split(words) if "*" in words else [words]
    stars = pieces[1::3]
    pieces[1::3] = [""] * len(stars)
    if _has_markup("".join(pieces).replace(HELD, "x")):
        return None
    if not stars:
        return words
    pieces[1::3] = [_OPENED[each] for each in stars]
    pieces[2::3] = [words + _CLOSED[each] for words, each in zip(pieces[2::3], stars, strict=True)]
    return "".join(pieces)
