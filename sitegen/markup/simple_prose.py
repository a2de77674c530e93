"""A short cut past Markdown for texts of paragraphs, plain lists, links and emphasis alone.

Most fields of most notes are such texts, and the conversion of a text costs about the same however
little is in it. What this module does not know for certain it leaves to Markdown, and what it
converts comes out as Markdown would have it; the property tests compare the two.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from sitegen.markup.link_syntax import LinkRef, MarkupProblem, read_link

# Whatever could mean something to Markdown, and every control character.
_MARKUP: Final = re.compile(
    r"[*_`\[\]<>&\\|~#=\t\r\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]"
    r"|^[^\S\n]|[^\S\n]$|^[-+:]|^\d+\.",
    re.MULTILINE,
)
_SPECIAL: Final = re.compile(r"[*\[\-]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f]")
_LINK: Final = re.compile(r"(?<!!)\[\[([^\[\]\n`\\<>&*_]*)\]\]")
_HELD: Final = re.compile("\x02(\\d+)\x03")
# One or two stars around words on one line, with no star among them: these pair in one way only.
_EMPHASIS: Final = re.compile(r"(?<!\*)(\*\*?)(?=[^\s*])([^*\n]*[^\s*])\1(?!\*)")
_TAGS: Final = {"*": r"<em>\2</em>", "**": r"<strong>\2</strong>"}
_BLANK_LINES: Final = re.compile(r"\n\n+")
_ITEM: Final = "- "


def convert_simple(text: str) -> tuple[str, tuple[LinkRef, ...]] | None:
    """Return the HTML of a text and the links in it, or None where it is Markdown's business.

    The text has neither surrogates nor spaces at its end. In the HTML `<data value="n">` stands for
    the n-th link, as `convert_markdown` has it.
    """
    if not _SPECIAL.search(text):
        return None if _MARKUP.search(text) else ("\n".join(map(_paragraph, _blocks(text))), ())
    if _CONTROL.search(text):
        return None
    links: list[LinkRef] = []
    held = _hold_links(text, links) if "[" in text else text
    if held is None:
        return None
    blocks = _blocks(held)
    are_lists = [block.startswith(_ITEM) for block in blocks]
    if any(one and other for one, other in pairwise(are_lists)):
        return None  # one list with paragraphs for items
    html = []
    for block, is_list in zip(blocks, are_lists, strict=True):
        converted = _list(block) if is_list else _inline(block)
        if converted is None:
            return None
        html.append(converted if is_list else f"<p>{converted}</p>")
    return _HELD.sub(lambda each: _placeholder(int(each[1]), links), "\n".join(html)), tuple(links)


def _blocks(text: str) -> list[str]:
    return _BLANK_LINES.split(text.strip("\n")) if text.strip() else []


def _paragraph(block: str) -> str:
    return f"<p>{block}</p>"


def _hold_links(text: str, links: list[LinkRef]) -> str | None:
    """Return the text with its links held by number, or None if one of them is no good."""
    pieces = _LINK.split(text)
    for at in range(1, len(pieces), 2):
        written = f"[[{pieces[at]}]]"
        link = read_link(pieces[at], embed=False, written=written)
        if isinstance(link, MarkupProblem):
            return None
        links.append(link)
        pieces[at] = f"\x02{len(links) - 1}\x03"
    return "".join(pieces)


def _list(block: str) -> str | None:
    items = []
    for line in block.split("\n"):
        item = _inline(line[len(_ITEM) :]) if line.startswith(_ITEM) else None
        if not item:
            return None
        items.append(f"<li>{item}</li>\n")
    return f"<ul>\n{''.join(items)}</ul>"


def _inline(words: str) -> str | None:
    """Return a paragraph's words with their emphasis, or None if there is more in them."""
    bare = _EMPHASIS.sub(r"\2", words) if "*" in words else words
    if _MARKUP.search(_HELD.sub("x", bare)):
        return None
    if "*" not in words:
        return words
    return _EMPHASIS.sub(lambda each: each.expand(_TAGS[each[1]]), words)


def _placeholder(number: int, links: list[LinkRef]) -> str:
    return f'<data value="{number}">{links[number].written}</data>'
