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
        *("all", "always", "even", "ever", "longer", "often", "quite", "so", "still", "too"),
        *("very", "yet"),
    }
)
# So does an adverb, "not publicly confirmed"; but of these words some mean no more than "only"
# behind a negation, and the others are what is denied.
_ADVERB: Final = re.compile(
    r"(?!(?:merely|only|purely|simply|solely|apply|comply|imply|rely|reply|supply)$)[a-z]{3,}ly"
)
# Right before a number these make it less than exact.
_INEXACT: Final = re.compile(
    r"\b(?:about|almost|approximately|around|at least|at most|fewer than|less than|more than|nearly"
    r"|over|roughly|some|under|up to)\Z",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"[$€£¥]?\d")
_OPENING: Final = "\"'“‘„‚«‹([*_"
_EMPHASIS: Final = "*_"
_WORD: Final = re.compile(r"\S+")
_REACH: Final = 80  # characters that hold a negation and all light words that may follow it
# "May" before a number, or after one, is a month.
_MONTH: Final = re.compile(r"\bMay\b(?=,? \d)|(?<=\d )May\b|\b[Ii]n May\b")

# What stands before a "No" that is a name: Dr. No; and Minister No, if a small letter follows.
_TITLE: Final = re.compile(r"\b(?:Capt|Col|Dr|Gen|Gov|Lt|Maj|Mr|Mrs|Ms|Prof|Sen|Sgt)\.\s\Z")
_AMID: Final = re.compile(r"\w\s\Z")
_SMALL: Final = re.compile(r"\W{1,8}[a-z]")
_BEFORE_NAME: Final = 8  # characters that hold such a title


def reservations(text: str) -> tuple[str, ...]:
    """Return the English words of a text that hedge or deny, in their order, each once.

    They are in plain form and lower case: "reportedly", "according to", "not", "didn't".
    """
    plain = _MONTH.sub("", fold(text).text)
    found = sorted(
        (each.start(), each[0].lower())
        for words in (_HEDGE, _NEGATION)
        for each in words.finditer(plain)
        if not _is_name(plain, each.start())
    )
    return tuple(dict.fromkeys(word for _, word in found))


def hedge_of_number(text: str, start: int) -> str:
    """Return the English words that hedge the number at a place, in lower case: "about", "up to".

    Empty where no number begins there, or nothing hedges it.
    """
    before = text[max(0, start - _REACH) : start]
    if not _NUMBER.match(text, start) or not before[-1:].isspace():
        return ""
    found = _INEXACT.search(" ".join(before.split()))
    return found[0].lower() if found else ""


def negation_before(text: str, start: int) -> Span | None:
    """Return the English negation right after which a quote begins; None if there is none.

    Words that add nothing may stand between, and are part of it: "doesn't", "not been a", "not
    very". "Whether or not" is none, nor is an answer in quotation marks, nor "Dr. No". Of
    paragraphs nothing is known here: a "No" at the end of the one before is found too.
    """
    first = max(0, start - _REACH)
    before = text[first:start].rstrip(_OPENING)
    if not before[-1:].isspace():
        return None
    words = before.split()
    at = len(words) - 1
    while at >= 0 and _is_light(words[at].lower()):
        at -= 1
    if at < 0 or not _denies(words[at].lstrip(_OPENING).rstrip(_EMPHASIS).lower()):
        return None
    if at == 0 and first and not text[first - 1].isspace():
        return None  # half a word
    if at and words[at - 1].lower() == "or":
        return None
    places = [*_WORD.finditer(before)]
    begin = first + places[at].start()
    return None if _is_name(text, begin) else Span(begin, first + places[-1].end())


def _is_light(word: str) -> bool:
    return word in _LIGHT or (word.endswith("ly") and _ADVERB.fullmatch(word) is not None)


def _is_name(text: str, at: int) -> bool:
    """Tell whether a word is a "No" that denies nothing: somebody's name.

    It has a capital letter amid a sentence. A headline, in which all words have one, is none.
    """
    if text[at : at + 2] != "No" or text[at + 2 : at + 3].isalnum():
        return False
    before = text[max(0, at - _BEFORE_NAME) : at]
    if _TITLE.search(before):
        return True
    return _AMID.search(before) is not None and _SMALL.match(text, at + 2) is not None


def _denies(word: str) -> bool:
    return word in NEGATIONS or (word.endswith("t") and fold(word).text.endswith("n't"))
