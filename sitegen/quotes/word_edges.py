"""Where a quote would cut a word or a number in two."""

from __future__ import annotations

import re
from typing import Final

# Letters of scripts that put spaces between words and write particles apart (Latin, Greek,
# Cyrillic), and digits.
_SIGN: Final = (
    "[0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u052f\u1e00-\u1fff]"
)
# What holds two signs together: the point or comma of a number, the apostrophe of "wasn't". The one
# of "Kim's" does not: "Kim" may be quoted from it.
_HOLDING: Final = r"(?<=[0-9])[.,](?=[0-9])|(?<=n)['\u2019](?=t\b)"
_WORD: Final = re.compile(rf"{_SIGN}+(?:(?:{_HOLDING}){_SIGN}+)*")
# What stands around an offset that lies inside a word.
_INSIDE: Final = re.compile(rf"{_SIGN}(?:{_SIGN}|{_HOLDING})|(?:{_HOLDING}){_SIGN}")
_LONGEST: Final = 64  # characters of a word that are looked at to either side


def cut_word(text: str, offset: int) -> str:
    """Return the word or number inside which an offset lies; empty where it lies between two."""
    if offset < 1 or " " in text[offset - 1 : offset + 1] or not _INSIDE.match(text, offset - 1):
        return ""
    around = _WORD.finditer(text, max(offset - _LONGEST, 0), offset + _LONGEST)
    return next((each[0] for each in around if each.start() < offset < each.end()), "")
