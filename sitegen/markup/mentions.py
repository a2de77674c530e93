"""Links to actors and places at their first mention in a piece of HTML.

Finds names in text in time linear in the text, however many names there are. Knows no notes: a name
leads to a `kind:id` and a url.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, KeysView, Mapping, Sequence
from functools import partial
from html import escape, unescape
from itertools import accumulate, islice
from typing import Final

from msgspec import Struct

from sitegen.quotes.folding import PLAIN_FORMS

_FEW: Final = 64
"""Up to so many first tokens are searched for one by one; for more, each token is looked up."""


class NameConflict(Struct, frozen=True):
    """A name that several notes claim, so that it is linked to none of them."""

    name: str
    refs: tuple[str, ...]


class Mentions(Struct, frozen=True):
    """All names that texts may mention.

    `targets` has the (ref, url) to which each name leads, in its plain form, or None where it could
    be several. `lengths` has for each first token the numbers of tokens of names that begin with
    it, longest first. `conflicts` are the names that are not linked, for a warning.
    """

    targets: Mapping[str, tuple[str, str] | None]
    lengths: Mapping[str, tuple[int, ...]]
    conflicts: tuple[NameConflict, ...]

    def link(self, html: str, exclude: Collection[str]) -> str:
        """Return the HTML with its first mentions linked; see `link_mentions`."""
        return link_mentions(html, self, exclude)


def build_mentions(names: Iterable[tuple[str, str, str]]) -> Mentions:
    """Return the index of (name, ref, url); a ref comes once for each of its names.

    A ref is `kind:id`, a url leads from the site's root.
    """
    targets: defaultdict[str, dict[str, str]] = defaultdict(dict)
    spellings: defaultdict[str, set[str]] = defaultdict(set)
    for name, ref, url in names:
        plain = plain_form(unicodedata.normalize("NFC", name)).strip()
        if plain:
            targets[plain].setdefault(ref, url)
            spellings[plain].add(name)
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for plain in targets:
        first, *others = tokens_of(plain)
        lengths[first].add(1 + len(others))
    conflicts = (
        NameConflict(min(spellings[plain]), tuple(sorted(refs)))
        for plain, refs in sorted(targets.items())
        if len(refs) > 1
    )
    return Mentions(
        {
            plain: next(iter(refs.items())) if len(refs) == 1 else None
            for plain, refs in targets.items()
        },
        {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
        tuple(conflicts),
    )


def link_mentions(html: str, mentions: Mentions, exclude: Collection[str]) -> str:
    """Return a field's HTML with each note linked at its first mention, and no more than once.

    Left alone are refs in `exclude`, ambiguous names, and whatever stands in links, code and
    headings. The longest name wins. Links are written as `markup.fill` writes them.
    """
    read = html
    if "&" in html:  # a character of a name may be written out
        read = "".join(_read(_TAG.split(html)))
    places = _places(read if read.isascii() else _plain(read), mentions)
    if not places:  # as in many texts
        return html
    left = {target[0] for target in mentions.targets.values() if target}
    left.difference_update(exclude)
    if not left:
        return html
    pieces = _TAG.split(html)  # text, tag, text, …
    ends = [*accumulate(map(len, pieces if read is html else _read(pieces)))]
    closed = at = 0
    for number, (start, _) in enumerate(places):
        index = bisect_right(ends, start)
        if index < at or index % 2:
            continue
        for sign in _CLOSED.findall(_BETWEEN.join(["", *pieces[at | 1 : index : 2]])):
            closed = max(0, closed + (-1 if sign else 1))
        at = index + 1
        if not closed:
            text, end = unescape(pieces[index]), ends[index]
            own = places[number : bisect_left(places, (end, ""), number)]
            own = [(place - end + len(text), first) for place, first in own]
            around = partial(_around, pieces, index)
            found = _mentions_in(_plain(text), own, around, mentions)
            pieces[index] = _linked(text, found, left) or pieces[index]
            if not left:
                break
    return "".join(pieces)


def _read(pieces: Sequence[str]) -> list[str]:
    """Return text, tag, text, … with the texts unescaped and the tags as they are."""
    read = [*pieces]
    read[::2] = map(unescape, pieces[::2])
    return read


_TAG = re.compile(r'(<[^<>"]*+(?:"[^"]*+"[^<>"]*+)*>)')
_LONGEST_CONTEXT: Final = 20  # characters that tell whether a name ends before them
_BETWEEN: Final = "\0"  # stands in no HTML that is made here
_CLOSED = re.compile(_BETWEEN + r"<(/?)(?:a|code|pre|data|h[1-6])(?=[\s>])", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|code|em|strong)(?=[\s>])", re.IGNORECASE)


def _around(pieces: Sequence[str], index: int) -> tuple[str, str]:
    """Return the running text just before and after a piece, in its plain form."""
    before = pieces[index - 2][-1:] if _is_inline(pieces, index - 1) else ""
    after = pieces[index + 2] if _is_inline(pieces, index + 1) else ""
    return _plain(before), _plain(unescape(after[:_LONGEST_CONTEXT]))


def _is_inline(pieces: Sequence[str], index: int) -> bool:
    """Tell whether a tag stands amid running text, so that a word may go on behind it."""
    return 0 < index < len(pieces) and bool(_INLINE.match(pieces[index]))


def _linked(
    text: str, found: Iterable[tuple[int, int, tuple[str, str] | None]], left: set[str]
) -> str:
    """Return a text as HTML in which the first mention of each ref in `left` is a link.

    `found` are all mentions in the text. Refs that are linked are removed from `left`. The result
    is empty where nothing is linked.
    """
    linked, end = "", 0
    for start, stop, target in found:
        if target is not None and target[0] in left:
            left.remove(target[0])
            ref, url = map(escape, target)
            words = _escape(text[start:stop])
            linked += _escape(text[end:start])
            linked += f'<a class="ref" data-ref="{ref}" href="site:{url}">{words}</a>'
            end = stop
    return linked and linked + _escape(text[end:])


def _places(plain: str, mentions: Mentions) -> list[tuple[int, str]]:
    """Return where first tokens of names stand in a text, each with its offset, in order."""
    firsts: Collection[str] = mentions.lengths
    if len(firsts) > _FEW:
        firsts = firsts_in(plain, mentions.lengths.keys())
    found = []
    for first in firsts:
        at = plain.find(first)
        while at >= 0:
            found.append((at, first))
            at = plain.find(first, at + 1)
    return sorted(found)


def _mentions_in(
    plain: str,
    places: Iterable[tuple[int, str]],
    around: Callable[[], tuple[str, str]],
    mentions: Mentions,
) -> Iterator[tuple[int, int, tuple[str, str] | None]]:
    """Yield start, end and target of each name in a text, in order; names do not overlap.

    `places` are those of `_places`; `around` returns what stands before and after the text.
    """
    token = _token(plain)
    free = 0  # the end of the name that was found last
    for start, first in places:
        if start < free:
            continue
        lengths = mentions.lengths[first]
        tokens = [each[0] for each in islice(token.finditer(plain, start), lengths[0])]
        if tokens[0] != first:
            continue
        for length in lengths:
            name = "".join(_with_single_spaces(tokens[:length]))
            if length <= len(tokens) and name in mentions.targets:
                end = start + sum(map(len, tokens[:length]))
                # `_places` also has tokens that stand inside a longer word.
                if _is_whole_in(plain, start, end, around):
                    yield start, end, mentions.targets[name]
                    free = end
                    break


def _is_whole_in(plain: str, start: int, end: int, around: Callable[[], tuple[str, str]]) -> bool:
    """Tell whether the name at these offsets of a text is no part of a longer word."""
    if start and end + _LONGEST_CONTEXT <= len(plain):
        return _is_whole(plain, start, end)
    before, after = around()
    return _is_whole(before + plain + after, start + len(before), end + len(before))


def _escape(text: str) -> str:
    """Write text as HTML; `site:` must stand for the site's root alone, as `markup` sees to."""
    return escape(text, quote=False).replace("site:", "site&#58;")


# Words

_PLAIN_FORM = str.maketrans({char: plain for plain, chars in PLAIN_FORMS.items() for char in chars})

# Scripts that set no spaces between words: each character is a token, for a name can begin at any.
# Katakana, which spells foreign names, is one word as far as it goes. Korean sets spaces, but
# appends particles to its words.
_OPEN = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3041-\u3096\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HANGUL = "\uac00-\ud7a3"
_TOKEN = re.compile(
    rf"[{_OPEN}{_KATAKANA}{_HANGUL}]|[^\W{_OPEN}{_KATAKANA}{_HANGUL}]+| +|.", re.DOTALL
)
_SPACES = re.compile("  +")
_ASCII_TOKEN = re.compile(r"\w+| +|.", re.DOTALL | re.ASCII)  # the same there, and sooner found
_MARKS = frozenset(char for char in map(chr, range(0x80)) if not (char.isalnum() or char == "_"))
_NO_MARKS = str.maketrans(dict.fromkeys(_MARKS, " "))
_FIRST = "\u0e00"  # all these scripts come after it
_SCRIPT = rf"(?P<open>[{_OPEN}])|(?P<katakana>[{_KATAKANA}])|(?P<hangul>[{_HANGUL}])"
_PARTICLE = re.compile(
    r"(?:은|는|이|가|을|를|의|도|만|와|과|에|로|으로|께|께서|에서|에게|에게서|한테|한테서|부터|까지"
    r"|보다|처럼|마저|조차|하고|이나|나|이라|라|이란|란|이며|며|이고|고|측|씨)"
    r"(?:은|는|이|가|을|를|의|도|만|와|과|로|부터|까지)?"
    rf"(?![{_HANGUL}])"
)


def text_of(html: str) -> str:
    """Return the text of HTML, a line for every stretch of it between tags."""
    return unescape("\n".join(_TAG.split(html)[::2]))


def plain_form(text: str) -> str:
    """Return a text as names in it are compared, with one space wherever it has several."""
    return _SPACES.sub(" ", plain) if "  " in (plain := _plain(text)) else plain


def tokens_of(plain: str) -> list[str]:
    """Return the words of a plain form, of a name or of a text, and what is between them."""
    return _token(plain).findall(plain)


def firsts_in(plain: str, firsts: KeysView[str]) -> set[str]:
    """Return the first words of names that a text in its plain form has.

    A mark with which a name begins, as a bracket, is among them wherever it stands.
    """
    if not plain.isascii():
        return firsts & tokens_of(plain)
    # To part words at marks takes a third of the time that it takes to find them and the marks.
    return firsts & plain.translate(_NO_MARKS).split() | firsts & _MARKS


def _token(plain: str) -> re.Pattern[str]:
    """Return what finds the words of a plain form, and what is between them."""
    return _ASCII_TOKEN if plain.isascii() else _TOKEN


def _plain(text: str) -> str:
    if text.isascii() and (line := text.replace("\n", " ")).isprintable():
        return line  # no other character of it has a plain form
    return text.translate(_PLAIN_FORM)  # one character for one, so that offsets stay


def _with_single_spaces(tokens: Iterable[str]) -> list[str]:
    return [" " if token[0] == " " else token for token in tokens]


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether the name at these offsets is no part of a longer word."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if after and unicodedata.category(after).startswith("M"):
        return False
    first, last = _script(text[start]), _script(text[end - 1])
    if last == "hangul" == _script(after):
        if not _PARTICLE.match(text, end):
            return False
    elif _goes_on(last, after) or (last == "" and _is_contraction(text, end)):
        return False
    if end - start == 1 and first == "open":  # one character is too little to tell a name by
        return "open" not in (_script(before), _script(after))
    return not _goes_on(first, before)


def _script(char: str) -> str:
    """Return `open`, `katakana` or `hangul`; nothing for the scripts that set spaces."""
    # Most texts have no such characters, and to compile what tells them apart takes milliseconds.
    match = re.match(_SCRIPT, char) if char >= _FIRST else None
    return match.lastgroup or "" if match else ""


def _goes_on(script: str, char: str) -> bool:
    """Tell whether a word in this script goes on with the character."""
    is_word = char.isalnum() or char == "_" or unicodedata.category(char or " ")[0] == "M"
    return is_word and script != "open" and script == _script(char)


def _is_contraction(text: str, end: int) -> bool:
    """Tell whether an apostrophe here is within a word (Don't, O'Brien), not after it (Putin's)."""
    following = text[end + 1 : end + 3]
    return text[end : end + 1] == "'" and (
        following[:1].isupper() or (following[:1] == "t" and not following[1:].isalpha())
    )
