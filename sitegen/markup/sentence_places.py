"""Where the sentences of a Markdown text stand, so that a link can be shown in the one it is in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from sitegen.sentences import Stretch, sentences

# A line goes on from the one before, unless it is blank or begins a block of its own.
_NEW_BLOCK: Final = re.compile(r"\n[ \t]*(?=\n|[-*+>|#]|\d{1,3}[.)][ \t]|!\[\[)")


def markdown_sentences(text: str) -> tuple[Stretch, ...]:
    """Return the sentences of a Markdown text in order, those of each of its blocks in turn."""
    ends = [each.start() for each in _NEW_BLOCK.finditer(text)]
    blocks = (Stretch(*each) for each in zip([0, *ends], [*ends, len(text)], strict=True))
    return sentences(text, blocks)


def sentence_with(text: str, split: Sequence[Stretch], written: str) -> Stretch:
    """Return where the sentence stands that has some words in it, such as a link.

    `split` are the sentences of `text`. Words that are in none of them stand alone.
    """
    at = max(text.find(written), 0)
    before = bisect_right(split, at, key=lambda each: each.start)
    if before and at < split[before - 1].end:
        return split[before - 1]
    return Stretch(at, at + len(written))
