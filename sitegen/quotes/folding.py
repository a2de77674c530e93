"""Text in its plain form, with the way back to the text as it was read.

Which differences between a quote and its source are forgiven is decided here and nowhere else.
What a quote is, this module does not know.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

SOFT_HYPHEN = "\u00ad"

PLAIN_FORMS = {
    # White space: the Unicode property White_Space, so with the non-breaking, figure and thin
    # spaces, line ends and tabs, but without the zero-width characters, which are letters of
    # some scripts' spelling.
    " ": (
        "\t\n\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
        "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
    ),
    # Double quotation marks: the Unicode property Quotation_Mark, with the corner brackets that
    # Chinese and Japanese quote with. Primes are measures and accents are accents: not forgiven.
    '"': (
        "\u00ab\u00bb\u201c\u201d\u201e\u201f\u2e42\u300c\u300d\u301d\u301e\u301f\ufe41\ufe42"
        "\uff02\uff62\uff63"
    ),
    # Single quotation marks by the same property, and the two letters set as apostrophes.
    "'": "\u02bb\u02bc\u2018\u2019\u201a\u201b\u2039\u203a\u300e\u300f\ufe43\ufe44\uff07",
    # Hyphens, dashes and the minus sign, with their small and full-width forms.
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d",
}
"""The characters that count as each plain one. Soft hyphens count as nothing at all."""

_PLAIN_BYTES = bytes(range(0x20, 0x7F))
_PLAIN = {char: plain for plain, chars in PLAIN_FORMS.items() for char in chars}
_FIRST_MARK = "\u0300"  # no character before it belongs to another
_ASCII_SPACES = "\t\n\v\f\r"
_EDGE = " " + PLAIN_FORMS[" "] + SOFT_HYPHEN

# Spaces in a row, soft hyphens between them or not.
_SPACES = " [ \u00ad]* "


class Span(NamedTuple):
    """A stretch of text: offsets in Unicode code points, the end one past the last."""

    start: int
    end: int


class FoldedText(Struct, frozen=True, eq=False):
    """A text as it was read (`original`) and in its plain form (`text`).

    Between two entries of the tables both texts run side by side: entry k says that the folded
    offset `folded_at[k]` is the original offset `original_at[k]`. There is one entry for the
    start and one after each place that folding made longer or shorter, so the tables are as long
    as the text is uneven, not as the text.
    """

    original: str
    text: str
    folded_at: array[int]
    original_at: array[int]

    def start_of(self, offset: int) -> int:
        """Return where in the original the folded character at `offset` begins."""
        entry = bisect_right(self.folded_at, offset) - 1
        return self.original_at[entry] + offset - self.folded_at[entry]

    def end_of(self, offset: int) -> int:
        """Return where in the original the folded text before `offset` ends.

        Soft hyphens between two characters belong to neither.
        """
        end = self.start_of(offset)
        while end and self.original[end - 1] == SOFT_HYPHEN:
            end -= 1
        return end

    def span(self, start: int, end: int) -> Span:
        """Return the original stretch of a folded one; both ends must be boundaries."""
        return Span(self.start_of(start), self.end_of(end))

    def folded_offset(self, offset: int) -> int:
        """Return the folded offset of a boundary of the original text."""
        entry = bisect_right(self.original_at, offset) - 1
        folded = self.folded_at[entry] + offset - self.original_at[entry]
        following = entry + 1
        # Inside white space or soft hyphens the original runs on where the folded text stands.
        return min(folded, self.folded_at[following]) if following < len(self.folded_at) else folded


def fold(text: str) -> FoldedText:
    """Return a text with its plain form, as the content model compares quotes.

    Unicode NFC (UAX #15), runs of white space as one space, typographic quotation marks,
    apostrophes and dashes as their plain forms, soft hyphens removed. Takes time linear in the
    text, and little more than copying it where nothing changes.
    """
    plain, pattern = _replace_one_by_one(text)
    folded_at, original_at = array("I", (0,)), array("I", (0,))
    if pattern is None:
        return FoldedText(text, plain, folded_at, original_at)
    pieces: list[str] = []
    done = length = 0
    for match in pattern.finditer(plain):
        start, end = match.span()
        piece = _fold_piece(match.group())
        pieces += plain[done:start], piece
        length += start - done + len(piece)
        if len(piece) != end - start:
            folded_at.append(length)
            original_at.append(end)
        done = end
    pieces.append(plain[done:])
    return FoldedText(text, "".join(pieces), folded_at, original_at)


def fold_words(text: str) -> str:
    """Return the plain form of an author's words, without white space around them."""
    bare = trim(text) if text else ""
    plain, uneven = _replace_one_by_one(bare)
    return plain if uneven is None else fold(bare).text


def trim(text: str) -> str:
    """Return a text without white space and soft hyphens at its ends.

    A space that carries a combining mark is a character of its own and stays.
    """
    text = text.rstrip(_EDGE)
    bare = text.lstrip(_EDGE)
    return text if bare and extends(bare[0]) else bare


def extends(char: str) -> bool:
    """Say whether a character belongs to the one before it.

    These are the combining marks, the vowels and finals of Hangul written in single letters and
    one Kirat Rai vowel sign: among them is every character that Unicode NFC joins to, or moves
    around after, an earlier one.
    """
    return char >= _FIRST_MARK and (
        unicodedata.category(char)[0] == "M"
        or "\u1160" <= char <= "\u11ff"
        or "\ud7b0" <= char <= "\ud7fb"
        or char == "\U00016d67"
    )


def is_boundary(text: str, offset: int) -> bool:
    """Say whether a quote may begin or end here: not between a letter and its marks."""
    return offset <= 0 or offset >= len(text) or not extends(text[offset])


def find_places(text: str, wanted: str) -> Iterator[int]:
    """Yield every offset at which `wanted` stands in `text`, overlapping places too.

    Places that begin or end inside a letter with its marks do not count. Linear also where the
    words repeat themselves: an overlap shows their period, and then only one period is compared.
    """
    size = len(wanted)
    at = text.find(wanted) if wanted else -1
    while at != -1:
        if is_boundary(text, at) and is_boundary(text, at + size):
            yield at
        after = text.find(wanted, at + 1)
        period = after - at
        if 0 < period <= size // 2:
            last = wanted[size - period :]
            while text.startswith(last, at + size):
                at += period
                if is_boundary(text, at) and is_boundary(text, at + size):
                    yield at
            after = text.find(wanted, at + 1)
        at = after


def find_stretches(text: str, wanted: str) -> Iterator[Span]:
    """Yield the stretches of a text that some words make up, those that touch as one.

    These are the places of `find_places` put together. In each step a stretch grows by the last
    place that touches it, so that words which repeat themselves take no longer than others.
    """
    size = len(wanted)
    start = _place_after(text, wanted, 0)
    while start != -1:
        end = start + size
        while (last := _last_place(text, wanted, end - size + 1, end)) != -1:
            end = last + size
        yield Span(start, end)
        start = _place_after(text, wanted, end + 1)


def _place_after(text: str, wanted: str, at: int) -> int:
    """Return the first place from an offset on, -1 if there is none."""
    found = text.find(wanted, at) if wanted else -1
    while found != -1 and not _is_place(text, found, len(wanted)):
        found = text.find(wanted, found + 1)
    return found


def _last_place(text: str, wanted: str, first: int, last: int) -> int:
    """Return the last place between two offsets, both included; -1 if there is none."""
    found = text.rfind(wanted, first, last + len(wanted))
    while found != -1 and not _is_place(text, found, len(wanted)):
        found = text.rfind(wanted, first, found + len(wanted) - 1)
    return found


def _is_place(text: str, at: int, size: int) -> bool:
    return is_boundary(text, at) and is_boundary(text, at + size)


def _replace_one_by_one(text: str) -> tuple[str, re.Pattern[str] | None]:
    """Return the text with plain forms of equal length, and what is still to be folded in it."""
    if text.isascii():
        for char in () if text.isprintable() else _ASCII_SPACES:
            text = text.replace(char, " ")
        return text, re.compile(_SPACES) if "  " in text else None
    others = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN_BYTES)
    alphabet = set(others.decode("utf-8", "surrogatepass"))  # but for what stays as it is
    for char in alphabet & _PLAIN.keys():
        text = text.replace(char, _PLAIN[char])
    return text, _uneven_pattern(text, alphabet)


def _uneven_pattern(text: str, alphabet: set[str]) -> re.Pattern[str] | None:
    """Return a pattern for the stretches that folding may still change, or None."""
    in_nfc = unicodedata.is_normalized("NFC", text)
    has_soft_hyphens = SOFT_HYPHEN in alphabet
    choices: list[str] = []
    # A soft hyphen may stand between a letter and its mark, and they join when it goes.
    are_joined = has_soft_hyphens or not in_nfc
    marks = "".join(sorted(filter(extends, alphabet))) if are_joined else ""
    if marks:
        choices.append(rf"(?:{_SPACES}|[^{marks}{SOFT_HYPHEN}])(?:{SOFT_HYPHEN}*[{marks}])+")
        choices.append(rf"[{marks}](?:{SOFT_HYPHEN}*[{marks}])*")
    if has_soft_hyphens or "  " in text:
        choices.append(_SPACES)
    if has_soft_hyphens:
        choices.append(f"{SOFT_HYPHEN}+")
    if not in_nfc:
        singles = (char for char in alphabet if not unicodedata.is_normalized("NFC", char))
        if single := "".join(sorted(singles)):
            choices.append(f"[{single}]")
    return re.compile("|".join(choices)) if choices else None


def _fold_piece(piece: str) -> str:
    bare = piece.replace(SOFT_HYPHEN, "")
    if bare.startswith(" "):
        bare = " " + bare.lstrip(" ")
    return unicodedata.normalize("NFC", bare)
