"""Finds the paragraphs and sentences of an article, as offsets into its text.

English first: other scripts are split at their own sentence marks. Every function is linear in
the text, as each look around a full stop is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple


class Stretch(NamedTuple):
    """A part of a text: `start` and `end` count Unicode code points, `end` is exclusive."""

    start: int
    end: int


_stretch = partial(tuple.__new__, Stretch)  # as a named tuple does it, without a call in Python

_LINE_BREAK = re.compile(r"\n")  # sooner found than any of several signs
_LINE_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_RARE_BREAKS = "\r\v\f\x85\u2028\u2029"
_BULLET = re.compile(r"[-*+•‣◦▪●○■□►>]\s+")
_LIST_MARK = re.compile(_BULLET.pattern + r"|(?:[–—]|\d{1,3}[.)]|\(\d{1,3}\))\s+")
_HEADING_MARK = re.compile(r"#{1,6}\s+")
_WORD_CHARACTER = re.compile(r"[^\W_]")
_LONG_WORD = re.compile(r"[^\W\d_][\w’']{3,}")

_MARKS = frozenset(".!?…。！？｡؟۔।॥։።။។")
_MARK = f"[{''.join(sorted(_MARKS))}]"
_END = re.compile(
    rf"({_MARK}{_MARK}*+)"  # the first by itself: what begins so is sooner found
    r"((?:[\"'”’»›)\]}」』）】》〉*_]|[\u00a0\u202f](?=[»›])|\[\d{1,3}\]|[¹²³⁰⁴-⁹])*)"
)
_CONTINUATIONS = (".", "!", "?", "…", ",", ";", ":")
_WIDE_MARKS = frozenset("。！？｡")  # set without a space after them
_BEFORE_WORD = re.compile(r"[\s\"'“”‘’„‚«»‹›()\[\]{}¿¡–—*_\-]{0,16}")
_NEXT_WORD = re.compile(r"[^\W\d_]{1,20}")
_LAST_WORD = re.compile(r"[\w.&’'-]{1,40}\Z")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_INITIAL = re.compile(r"[^\W\d_]")


def _word_set(line: str) -> frozenset[str]:
    return frozenset(line.split())


_OPENERS = _word_set(
    "a according after also although among an and another any as at because before both but by "
    "despite during each even every few finally first for from furthermore he her here his how "
    "however i if in indeed instead it its just last later less like many meanwhile more "
    "moreover most much my neither no nobody none nor not now of on once one only or other our "
    "over perhaps she since so some still such that the their then there these they this those "
    "though through thus to today two under unlike until we what when where whether which while "
    "who why with without yet you your"
)
"""Words that begin a sentence far more often than they follow an abbreviation in one."""

_NEVER_LAST = _word_set(
    "adm amb brig capt cmdr col dr e.g fr gen gov hon i.e lieut lt maj messrs mr mrs ms mt pres "
    "prof rep rev sen sgt st supt viz vs"
)
"""Abbreviations that always have their word after them: titles, "e.g." and the like."""

_BEFORE_NUMBER = _word_set("art ch chap cl fig figs no nos p para paras pp sec vol vols")
"""Abbreviations only if a number follows: "No. 5", but "No. That is wrong"."""

_PERHAPS_LAST = _word_set(
    "al approx apr aug ave bros ca cf co corp dec dept ed eds esp est etc feb govt inc incl intl "
    "jan jr jul jun ltd mar nov oct ph.d sep sept sr univ"
)
"""Abbreviations that may also end a sentence: what follows decides."""


@lru_cache(maxsize=1 << 6)  # who asks for a text does so several times; it is held meanwhile
def paragraphs(text: str) -> tuple[Stretch, ...]:
    """Return the paragraphs in order, without white space around them.

    A line is a paragraph, unless the text is hard-wrapped: then lines are joined until a blank
    line, a list item, a table row, or a line that ends early. A text is taken as hard-wrapped if
    no line is longer than 120 characters, and of the lines followed directly by another that is no
    list item, at least three and two in three are full: the next word would not have fitted.
    """
    lines = _lines(text)
    width = _wrap_width(text, lines)
    if not width:
        return tuple(line for line in lines if line.start < line.end)
    return tuple(_joined(text, lines, width))


def sentences(text: str, within: Iterable[Stretch] | None = None) -> tuple[Stretch, ...]:
    """Return the sentences in order, without white space or list marks around them.

    `within` gives the paragraphs to split, all of the text by default. Headings and rows of
    tables are one sentence each; lines without a letter or digit are none. A full stop after an
    abbreviation, an initial or "U.S." ends a sentence only before a word that commonly begins
    one (The, It, In, He …).
    """
    may_be_table = "|" in text
    return tuple(
        [
            each
            for start, end in (paragraphs(text) if within is None else within)
            for each in _split(text, *_trimmed(text, start, end), may_be_table=may_be_table)
            if text[each[0]].isalnum() or _WORD_CHARACTER.search(text, *each)
        ]
    )


def _trimmed(text: str, start: int, end: int) -> Stretch:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return _stretch((start, end))


def _lines(text: str) -> list[Stretch]:
    """Return every line, trimmed; a blank one as an empty stretch."""
    lines = []
    start = 0
    breaks = _LINE_BREAKS if any(each in text for each in _RARE_BREAKS) else _LINE_BREAK
    for found in breaks.finditer(text):
        lines.append(_trimmed(text, start, found.start()))
        start = found.end()
    return [*lines, _trimmed(text, start, len(text))]


def _wrap_width(text: str, lines: list[Stretch]) -> int:
    """Return the width at which the text was wrapped by hand, 0 if it was not."""
    width = max(end - start for start, end in lines)
    if width > 120:
        return 0
    followed = [
        (line, after)
        for line, after in pairwise(lines)
        if line.start < line.end and after.start < after.end
        if not _LIST_MARK.match(text, *after)
    ]
    full = sum(_is_full(text, line, after, width) for line, after in followed)
    return width if full >= 3 and full * 3 >= len(followed) * 2 else 0


def _is_full(text: str, line: Stretch, after: Stretch, width: int) -> bool:
    """Whether the first word of the line after would have gone beyond the width."""
    word_end = after.start
    while word_end < after.end and not text[word_end].isspace():
        word_end += 1
    return width >= 30 and line.end - line.start + 1 + word_end - after.start > width


def _joined(text: str, lines: list[Stretch], width: int) -> Iterator[Stretch]:
    """Yield the paragraphs of a hard-wrapped text."""
    current: Stretch | None = None
    previous = Stretch(0, 0)
    for line in lines:
        blank = line.start == line.end
        if current and (blank or _breaks_paragraph(text, previous, line, width)):
            yield current
            current = None
        if not blank:
            current = Stretch(current.start if current else line.start, line.end)
        previous = line
    if current:
        yield current


def _breaks_paragraph(text: str, line: Stretch, after: Stretch, width: int) -> bool:
    if _BULLET.match(text, *after) or _HEADING_MARK.match(text, *after):
        return True
    if _is_table_row(text, *line) or _is_table_row(text, *after):
        return True
    ends = text[line.end - 1] == ":" or text[line.end - 1] in _MARKS
    full = _is_full(text, line, after, width)
    if _LIST_MARK.match(text, *after):  # "on November" / "11. The treaty" is no list
        return ends or not full
    short = (line.end - line.start) * 2 < width
    return not full and (short or ends)


def _split(text: str, start: int, end: int, *, may_be_table: bool) -> list[Stretch]:
    """Return the stretches of a paragraph, which is trimmed; none where nothing is left of it."""
    if start == end:
        return []
    begin, is_heading = start, False
    if not text[start].isalpha():
        heading = _HEADING_MARK.match(text, start, end)
        is_heading = heading is not None
        if mark := heading or _LIST_MARK.match(text, start, end):
            start = mark.end()
    found = _END.search(text, start, end)
    if found is None or found.end() == end:  # there is but one, whatever it is
        return [_stretch((start, end))]
    is_row = may_be_table and _is_table_row(text, begin, end)
    if is_heading or is_row or _is_heading(text, start, end):
        return [_stretch((start, end))]
    stretches = []
    while found is not None and (stop := found.end()) < end:
        if _ends_sentence(text, start, end, found):
            stretches.append(_trimmed(text, start, stop))
            start = stop
        found = _END.search(text, stop, end)
    return [*stretches, _trimmed(text, start, end)]


def _is_table_row(text: str, start: int, end: int) -> bool:
    """Whether the line has cells: two bars, or one at an end of it."""
    bars = text.count("|", start, end)
    return bars > 1 or (bars == 1 and "|" in (text[start], text[end - 1]))


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether a short line ends without a mark, and its words of four letters have capitals."""
    if end - start > 120 or text[end - 1] in _MARKS:
        return False
    words = _LONG_WORD.findall(text, start, end)
    return bool(words) and all(word[0].isupper() for word in words)


def _ends_sentence(text: str, start: int, end: int, found: re.Match[str]) -> bool:
    """Whether a sentence of the paragraph from `start` to `end` ends with these marks."""
    marks, closers = found.groups()
    after = found.end()
    if not _WIDE_MARKS.isdisjoint(marks):
        return not (closers and "\u3041" <= text[after] <= "\u309f")  # 「…。」と
    if not text[after].isspace() or (closers and _is_left_out(text, start, found)):
        return False
    word_at = after + 1
    if not text[word_at : word_at + 1].isalnum():
        skipped = _BEFORE_WORD.match(text, after, end)
        word_at = skipped.end() if skipped else after
    if text[word_at : word_at + 1].islower() or text.startswith(_CONTINUATIONS, word_at):
        return False
    if marks == "." and not closers:
        return _ends_after_word(text, start, found.start(), word_at, end)
    return True


def _is_left_out(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether the marks, with what closes after them, are the dots of "[…]" or "(...)"."""
    return found.start() > start and text[found.start() - 1] in "[("


def _ends_after_word(text: str, start: int, stop: int, word_at: int, end: int) -> bool:
    """Whether a single full stop ends the sentence, by the last word before and the first after."""
    words = text[max(start, stop - 40) : stop]
    word = words[words.rfind(" ") + 1 :]
    if not word.isalpha():
        last = _LAST_WORD.search(word)
        word = last[0].strip("'’-") if last else ""
    word = word.lower()
    if word in _NEVER_LAST:
        return False
    if word in _BEFORE_NUMBER:
        return not text[word_at : word_at + 1].isdigit()
    is_short = len(word) == 1 and _INITIAL.match(word)
    if is_short or word in _PERHAPS_LAST or ("." in word and _DOTTED.fullmatch(word)):
        opener = _NEXT_WORD.match(text, word_at, end)
        return opener is not None and opener[0].lower() in _OPENERS
    return True
