"""Characters that cannot be seen, made visible on pages where they could deceive a reader.

A right-to-left override turns words around, a zero-width space makes two names differ that look
alike, a control character is not shown by any browser. What is published stays verbatim in the
dataset; on a page a small mark with the character's number stands in its place (Unicode Technical
Report 36, "Unicode Security Considerations", section 2.10.2; CVE-2021-42574).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

# Controls but for tabs and the ends of lines and pages, signs of direction, what is no character.
_NEVER_SEEN: Final = (
    "\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u180e\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)
# What joins, parts or turns letters in the scripts that need it, and does nothing in others.
_HELPERS: Final = "\u061c\u200b\u200c\u200d\u200e\u200f"
_UNSEEN: Final = re.compile(f"[{_NEVER_SEEN}{_HELPERS}]")
# Only these bytes of a page can belong to such a character: all others are ASCII and seen.
_SEEN_BYTES: Final = bytes(code for code in range(0x80) if not _UNSEEN.match(chr(code)))

_TAG: Final = re.compile(r'(<[^<>"]*+(?:"[^"]*+"[^<>"]*+)*>)')
_ATTRIBUTE: Final = re.compile(r'([^\s"=<>]+)="([^"]*)"')
_ADDRESSES: Final = frozenset({"action", "cite", "href", "src"})
# Elements that hold text alone, or drawings in which no mark can stand.
_TEXT_ONLY: Final = re.compile(r"<(/?)(?:option|svg|textarea|title)\b")

# Letters without capitals (Arabic, Indic, Thai …), their marks, and pictures.
_HELPED: Final = frozenset({"Lo", "Lm", "Mn", "Mc", "Me", "So", "Sk"})
_TAGGED_FLAG: Final = "\U0001f3f4"  # flags of regions are spelt with tag characters


def has_unseen(page: bytes) -> bool:
    """Return whether UTF-8 text may hold a character that cannot be seen; soon done if not."""
    rest = page.translate(None, _SEEN_BYTES)
    return bool(rest) and _UNSEEN.search(rest.decode("utf-8", "replace")) is not None


def show_in_html(html: str) -> str:
    """Return a page with a mark in place of each character that could deceive.

    `html` is well-formed, with double quotes around attributes. In attributes, titles and drawings
    the mark is plain text, in addresses it is the escape that browsers send anyway.
    """
    depth = 0
    parts = _TAG.split(html)
    for index, part in enumerate(parts):
        if index % 2 == 0:
            parts[index] = _show(part, _plain_mark if depth else _mark)
            continue
        if found := _TEXT_ONLY.match(part):
            depth += -1 if found[1] else 1
        if _UNSEEN.search(part):
            parts[index] = _ATTRIBUTE.sub(_show_in_attribute, part)
    return "".join(parts)


def show_in_text(text: str) -> str:
    """Return words with a plain mark, as `[U+202E]`, in place of each such character."""
    return text if text.isprintable() else _show(text, _plain_mark)


def show_in_bytes(text: bytes) -> bytes:
    """Return UTF-8 text with such marks."""
    return show_in_text(text.decode("utf-8")).encode("utf-8") if has_unseen(text) else text


def _show_in_attribute(found: re.Match[str]) -> str:
    name, value = found.groups()
    is_address = name.lower() in _ADDRESSES
    shown = _UNSEEN.sub(lambda each: quote(each[0]), value) if is_address else show_in_text(value)
    return f'{name}="{shown}"'


def _show(text: str, mark: Callable[[str], str]) -> str:
    return _UNSEEN.sub(
        lambda found: found[0] if _is_of_use(text, found.start()) else mark(found[0]), text
    )


def _mark(character: str) -> str:
    return (
        f'<bdi class="unseen" title="{_name(character)}, which cannot be seen">'
        f"{_number(character)}</bdi>"
    )


def _plain_mark(character: str) -> str:
    return f"[{_number(character)}]"


def _number(character: str) -> str:
    return f"U+{ord(character):04X}"


def _name(character: str) -> str:
    return unicodedata.name(character, "control character").lower()


def _is_of_use(text: str, at: int) -> bool:
    """Tell whether a character does there what it is for: beside a letter or picture that needs it.

    Persian and Indic words, emoji and lines of Hebrew are written with such characters, Thai is
    parted by them.
    """
    character = text[at]
    if "\U000e0020" <= character <= "\U000e007f":
        start = at
        while start and "\U000e0020" <= text[start - 1] <= "\U000e007f" and at - start < 8:
            start -= 1
        return text[start - 1 : start] == _TAGGED_FLAG
    if character not in _HELPERS:
        return False
    beside = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return any(unicodedata.category(each) in _HELPED for each in beside)
