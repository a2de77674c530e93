"""Words that take something back: without them a sentence says more than its author did."""

from __future__ import annotations

import re
from typing import Final

from sitegen.quotes.folding import Span, fold
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
# Between a negation and what it denies these change nothing: "has not been sent", "isn't a secret".
# "Not only" and "not just" deny nothing of what follows, so "only" and "just" are none of them.
_LIGHT: Final = frozenset(
    {
        *("a", "an", "any", "the", "to", "be", "been", "being", "had", "has", "have"),
        *("even", "ever", "longer", "really", "yet"),
    }
)
_OPENING: Final = "\"'“‘„‚«‹([*_"
_EMPHASIS: Final = "*_"
_WORD: Final = re.compile(r"\S+")
_REACH: Final = 80  # characters that hold a negation and all light words that may follow it
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


def negation_before(text: str, start: int) -> Span | None:
    """Return the English negation right after which a quote begins; None if there is none.

    Words that add nothing may stand between, and are part of it: "doesn't", "not been a". "Whether
    or not" is none, nor is an answer in quotation marks. Of paragraphs nothing is known here: a
    "No" at the end of the one before is found too.
    """
    first = max(0, start - _REACH)
    before = text[first:start].rstrip(_OPENING)
    if not before[-1:].isspace():
        return None
    words = before.split()
    at = len(words) - 1
    while at >= 0 and words[at].lower() in _LIGHT:
        at -= 1
    if at < 0 or not _denies(words[at].lstrip(_OPENING).rstrip(_EMPHASIS).lower()):
        return None
    if at == 0 and first and not text[first - 1].isspace():
        return None  # half a word
    if at and words[at - 1].lower() == "or":
        return None
    places = [*_WORD.finditer(before)]
    return Span(first + places[at].start(), first + places[-1].end())


def _denies(word: str) -> bool:
    return word in NEGATIONS or (word.endswith("t") and fold(word).text.endswith("n't"))
