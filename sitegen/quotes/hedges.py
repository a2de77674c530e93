"""Words that take something back: without them a sentence says more than its author did."""

from __future__ import annotations

import re
from typing import Final

from sitegen.quotes.folding import fold
from sitegen.quotes.proof import NEGATIONS

_WORDS: Final = (
    "allegedly alleged almost apparently apparent appears appeared arguably assume assumed assumes "
    "believed believe believes claimed claims claim could denied denies deny disputed estimated "
    "if likely may maybe might nearly ostensibly perhaps possible possibly potentially presumably "
    "presumed probable probably purported purportedly reported reportedly rumoured rumored seem "
    "seemed seemingly seems should so-called supposed supposedly suspected unclear unconfirmed "
    "unless unlikely unverified would"
)
_PHRASES: Final = (
    "according to",
    "as if",
    "in theory",
    "is said to",
    "are said to",
    "was said to",
    "were said to",
    "it is thought",
    "on condition that",
)
_HEDGE: Final = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, (*_PHRASES, *_WORDS.split())))})\b(?!-)", re.IGNORECASE
)
_NEGATION: Final = re.compile(rf"\b(?:\w+n't|{'|'.join(sorted(NEGATIONS))})\b", re.IGNORECASE)
# "May" before a number, or after one, is a month.
_MONTH: Final = re.compile(r"\bMay\b(?=,? \d)|(?<=\d )May\b|\b[Ii]n May\b")


def reservations(text: str) -> tuple[str, ...]:
    """Return the English words of a text that hedge or deny, in their order, each once.

    They are in plain form and lower case: "reportedly", "according to", "not", "didn't".
    """
    plain = _MONTH.sub("", fold(text).text)
    found = sorted(
        (each.start(), each[0].lower())
        for words in (_HEDGE, _NEGATION)
        for each in words.finditer(plain)
    )
    return tuple(dict.fromkeys(word for _, word in found))
