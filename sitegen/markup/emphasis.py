"""Emphasis in Markdown, `*` and `_`, which loses none of the author's letters.

Python-Markdown 3.11 drops the end of some texts (`*a**b*c` becomes `*a<strong>b</strong>`), and
the releases before it can take time that grows with the square of the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, STX
from msgspec import Struct, field

_RUN = re.compile(r"\*+|_+")
_WORD = re.compile(r"\w")
_MAX_DEPTH = 24  # more emphasis within emphasis shows nothing
_MAX_SIBLINGS = 100  # Markdown looks through all siblings for each of them


class EmphasisProcessor(InlineProcessor):
    """Takes up a whole text from its first `*` or `_` on, so that each is looked at once."""

    def __init__(self, md: Markdown) -> None:
        """Replace the processors of Markdown, whose names differ between its releases."""
        super().__init__(r"[*_]", md)
        for name in ("em_strong", "em_strong2"):
            md.inlinePatterns.deregister(name, strict=False)
        md.inlinePatterns.register(self, "emphasis", 60)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """Return the rest of the text with its emphasis, in a `span`."""
        return emphasise(data, m.start()), m.start(), len(data)


class _Run(Struct):
    """Equal signs in a row: where they stand, how many there are and are left, and what they do.

    `closed` and `opened` are the names of the elements that end and begin here, in the order in
    which they were found: from the innermost outwards.
    """

    start: int
    end: int
    sign: str
    opens: bool
    closes: bool
    left: int
    closed: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    @property
    def length(self) -> int:
        """How many signs the author wrote."""
        return self.end - self.start


def emphasise(text: str, start: int = 0) -> Element:
    """Return a `span` with the text from `start` on, and `em` and `strong` in it.

    Signs that emphasise nothing stand in it as Markdown keeps escaped characters.
    """
    runs = [_read_run(text, match) for match in _RUN.finditer(text, start)]
    _pair(runs)
    return _build(text, start, runs)


def _read_run(text: str, match: re.Match[str]) -> _Run:
    """Tell whether emphasis can begin or end here: next to a word, `_` only at its edge.

    Punctuation counts as a word. CommonMark's finer rules fail where no spaces stand between words,
    as in Chinese.
    """
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if match.start() == 0:
        before = ""
    opens, closes = bool(after.strip()), bool(before.strip())
    if match[0][0] == "_":
        within = _WORD.match(before) and _WORD.match(after)
        opens = opens and not within and not _WORD.match(before)
        closes = closes and not within and not _WORD.match(after)
    return _Run(match.start(), match.end(), match[0][0], opens, closes, len(match[0]))


def _pair(runs: list[_Run]) -> None:
    """Pair the runs as CommonMark does (0.31.2, "process emphasis"), in linear time."""
    openers: list[_Run] = []
    bottoms: defaultdict[tuple[str, bool, int], int] = defaultdict(int)
    for run in runs:
        kind = (run.sign, run.opens, run.length % 3)
        while run.closes and run.left:
            at = len(openers) - 1
            while at >= bottoms[kind] and not _fit(openers[at], run):
                at -= 1
            if at < bottoms[kind]:
                bottoms[kind] = len(openers)  # nothing below can ever fit such a run
                break
            _join(openers[at], run)
            del openers[at + 1 if openers[at].left else at :]
            for each, bottom in bottoms.items():
                bottoms[each] = min(bottom, len(openers))
        if run.opens and run.left:
            openers.append(run)


def _fit(opener: _Run, closer: _Run) -> bool:
    """Tell whether two runs make a pair; the rule of three keeps `*a**b*` one emphasis."""
    if opener.sign != closer.sign:
        return False
    either = opener.closes or closer.opens
    lengths = (opener.length, closer.length)
    return not either or sum(lengths) % 3 != 0 or not any(length % 3 for length in lengths)


def _join(opener: _Run, closer: _Run) -> None:
    size = 2 if min(opener.left, closer.left) >= 2 else 1
    tag = "strong" if size == 2 else "em"
    opener.opened.append(tag)
    closer.closed.append(tag)
    opener.left -= size
    closer.left -= size


def _build(text: str, start: int, runs: list[_Run]) -> Element:
    root = Element("span")
    parents = [SubElement(root, "span")]
    words: list[str] = []
    position = start
    for run in runs:
        words.append(text[position : run.start])
        for _ in run.closed:
            _append(parents.pop(), words)
        if len(parents) == 1 and len(parents[0]) >= _MAX_SIBLINGS:
            _append(parents[0], words)
            parents[0] = SubElement(root, "span")
        words.append(f"{STX}{ord(run.sign)}{ETX}" * run.left)
        for tag in reversed(run.opened):
            _append(parents[-1], words)
            is_shown = len(parents) <= _MAX_DEPTH
            parents.append(SubElement(parents[-1], tag) if is_shown else parents[-1])
        position = run.end
    words.append(text[position:])
    _append(parents[0], words)
    return root


def _append(parent: Element, words: list[str]) -> None:
    """Put the words at the end of an element, and empty the list."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + "".join(words)
    else:
        parent.text = (parent.text or "") + "".join(words)
    words.clear()
