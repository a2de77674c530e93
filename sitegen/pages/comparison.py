"""Two statements side by side: which words of each the other one lacks."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from sitegen.views import Word


def differing_words(one: str, other: str) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Return both texts in stretches of words, marking those that the other text lacks."""
    ours, theirs = (re.findall(r"\S+\s*", text) for text in (one, other))
    plain_ours, plain_theirs = ([_plain(word) for word in words] for words in (ours, theirs))
    matcher = SequenceMatcher(None, plain_ours, plain_theirs, autojunk=False)
    here: list[Word] = []
    there: list[Word] = []
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        differs = tag != "equal"
        if start < end:
            here.append(Word("".join(ours[start:end]), differs))
        if other_start < other_end:
            there.append(Word("".join(theirs[other_start:other_end]), differs))
    return tuple(here), tuple(there)


def _plain(word: str) -> str:
    """Return a word as it is compared: without case and the punctuation around it."""
    return word.strip().strip(".,;:!?\"'“”‘’()").casefold()
