"""How a list that is too long for one page is cut: by what its items are called or dated.

A cut follows a natural key, first letters or years, months and days, and never a count: so a note
that is added or taken away changes the page that it stands on, and hardly ever another one.
Neighbours that are light together share a page. Only items that no key tells apart are counted off.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final, Generic, TypeVar
from unicodedata import combining, normalize

from msgspec import Struct

from sitegen.dates import FuzzyDate, Precision, parse_date
from sitegen.dates import words as date_in_words

T = TypeVar("T")
K = TypeVar("K", str, tuple[str, ...])

Key = tuple[str, ...] | str
"""What an item is filed under, from the coarsest step to the finest; letters are a plain text."""

LIGHT: Final = 290_000
"""Estimated bytes of HTML that one page may hold before it is split."""

UNDATED: Final = "undated"

_LONGEST_SLUG: Final = 60
_MOST_CUTS: Final = 50  # names that differ ever later; beyond that they are counted off
_AS_WRITTEN: Final = "\0"
_DATE: Final = re.compile(rf"[\d-]{{2,}}|{UNDATED}")
_FIRST_LETTER: Final = re.compile(r"\w")


class Part(Struct, Generic[T], frozen=True):
    """One page's share of a list: its name in addresses, what readers call it, its items."""

    slug: str
    label: str
    items: tuple[T, ...]


class _Run(Struct, Generic[T]):
    """Neighbouring keys that share a part, while it grows."""

    first: Key
    last: Key
    weight: int
    items: list[T]
    number: int = 1  # among parts that no key tells apart


def letters(text: str) -> str:
    """Return the letters by which a list files a text: without case, accents or opening marks."""
    bare = text.casefold()
    if not bare.isascii():  # else there are no accents
        plain = normalize("NFD", bare)
        bare = normalize("NFC", "".join([sign for sign in plain if not combining(sign)]))
    found = _FIRST_LETTER.search(bare)
    return bare[found.start() :] if found else bare


def words(text: str, part: int = 0) -> tuple[str, ...]:
    """Return a text's beginnings, longer by a word each, to file it where many begin alike.

    Each is given as `letters` has it and, after a sign that no text holds, as it is written.
    `part` is a number for one of several items with the same text; 0 for none.
    """
    filed = accumulate(letters(text).split(), "{} {}".format)
    found = _FIRST_LETTER.search(text)
    written = accumulate(text[found.start() if found else 0 :].split(), "{} {}".format)
    key = tuple(map(_AS_WRITTEN.join, zip(filed, written, strict=False)))
    if not part:
        return key
    last, _, shown = key[-1].partition(_AS_WRITTEN) if key else ("", "", "")
    return (*key, f"{last} {part:04}{_AS_WRITTEN}{shown} ({part})")


def days(date: FuzzyDate | None) -> tuple[str, ...]:
    """Return year, month and day by which a list files a date, as far as it says them.

    What lasts is filed under its beginning, or under its end where that is all that is known.
    """
    day = (date.earliest or date.latest) if date else None
    if date is None or day is None:
        return (UNDATED,)
    year = f"{day.year:04}"
    month = f"{year}-{day.month:02}"
    if date.precision is Precision.INTERVAL:
        return (year, month, day.isoformat())
    last = date.latest
    if last is None or (last.year, last.month) != (day.year, day.month):
        return (year,)
    return (year, month, day.isoformat()) if last == day else (year, month)


def say_letters(key: Key) -> str:
    """Return what readers call the items whose names begin so."""
    text = "".join(key)
    return f"{text[:1].upper()}{text[1:]}…" if len(text) > 1 else text.upper()


def say_words(key: Key) -> str:
    """Return the words with which the items begin, as they are written."""
    return key[-1].partition(_AS_WRITTEN)[2] if key else ""


def say_days(key: Key) -> str:
    """Return what readers call the items of a year, a month or a day."""
    return "Undated" if key == (UNDATED,) else date_in_words(parse_date(key[-1])) if key else "All"


def split(
    items: Iterable[T],
    key: Callable[[T], Key],
    weight: Callable[[T], int],
    say: Callable[[Key], str] = say_letters,
    limit: int | None = None,
) -> tuple[Part[T], ...]:
    """Return a list in parts, each of at most `limit` (`LIGHT`) together or of a single item.

    The items of a part keep their order. What needs no cut is one part, `all`, even if it is empty,
    so that a list has a page in any case, and one whose name does not depend on what is in it.
    """
    most = LIGHT if limit is None else limit
    keyed = [(key(item), weight(item), item) for item in items]
    runs = list(_cut(keyed, (0, 0), most))
    if len(runs) <= 1:
        return (Part("all", "", tuple(item for *_, item in keyed)),)
    return tuple(_part(run, say) for run in runs)


def split_sorted(
    items: Sequence[T],
    filed: Sequence[K],
    weights: Sequence[int],
    limit: int | None = None,
    say: Callable[[Key], str] = say_letters,
) -> tuple[Part[T], ...]:
    """Return what `split` returns for items that are sorted by the keys that they are filed under.

    Only the places where it may be cut are looked at, and not each item.
    """
    most = LIGHT if limit is None else limit
    sums = [0, *accumulate(weights)]
    runs = list(_cut_sorted(filed, sums, (0, len(items)), (0, 0), most))
    if len(runs) <= 1:
        return (Part("all", "", tuple(items)),)
    parts = (_part(run, say) for run in runs)
    return tuple(Part(each.slug, each.label, tuple(items[slice(*each.items)])) for each in parts)


def _cut_sorted(
    filed: Sequence[K],
    sums: Sequence[int],
    within: tuple[int, int],
    at: tuple[int, int],
    most: int,
) -> Iterator[_Run[int]]:
    """Yield runs as `_cut` does; each has as items the places where it begins and ends.

    `sums` are what all items before a place weigh together.
    """
    start, last = within
    if start == last:
        return
    pairs = enumerate(zip(filed[start], filed[last - 1], strict=False))
    shared = next((place for place, (one, other) in pairs if one != other), len(filed[start]))
    depth, cuts = max(at[0], shared), at[1]
    run: _Run[int] | None = None
    while start < last:
        own = filed[start][: depth + 1]
        end = bisect_right(filed, own, start, last, key=lambda each: each[: depth + 1])
        heavy = sums[end] - sums[start]
        if heavy > most and end - start > 1:
            if run:
                yield run
            run = None
            is_finer = len(own) > depth and cuts < _MOST_CUTS
            yield from (
                _cut_sorted(filed, sums, (start, end), (depth + 1, cuts + 1), most)
                if is_finer
                else _counted_sorted(own, sums, (start, end), most)
            )
        elif run and run.weight + heavy <= most:
            run.last, run.weight, run.items[1] = own, run.weight + heavy, end
        else:
            if run:
                yield run
            run = _Run(own, own, heavy, [start, end])
        start = end
    if run:
        yield run


def _counted_sorted(
    own: Key, sums: Sequence[int], within: tuple[int, int], most: int
) -> Iterator[_Run[int]]:
    start, last = within
    number = 1
    while start < last:
        end = max(start + 1, bisect_right(sums, sums[start] + most, start, last + 1) - 1)
        yield _Run(own, own, sums[end] - sums[start], [start, end], number)
        start, number = end, number + 1


def _cut(keyed: Sequence[tuple[Key, int, T]], at: tuple[int, int], most: int) -> Iterator[_Run[T]]:
    """Yield runs of neighbours that fit together; what alone is too heavy is cut one step finer.

    `at` is how many steps all keys are known to share, and how many cuts led here.
    """
    if not keyed:
        return
    depth, cuts = max(at[0], _common(keyed)), at[1]
    groups: dict[Key, list[tuple[Key, int, T]]] = {}
    for each in keyed:
        groups.setdefault(each[0][: depth + 1], []).append(each)
    run: _Run[T] | None = None
    for own, group in groups.items():
        heavy = sum(weight for _, weight, _ in group)
        if heavy > most and len(group) > 1:
            if run:
                yield run
            run = None
            # A key that ends here has nothing finer to be told apart by.
            is_finer = len(own) > depth and cuts < _MOST_CUTS
            yield from (
                _cut(group, (depth + 1, cuts + 1), most) if is_finer else _counted(own, group, most)
            )
        elif run and run.weight + heavy <= most:
            run.last, run.weight = own, run.weight + heavy
            run.items += (item for *_, item in group)
        else:
            if run:
                yield run
            run = _Run(own, own, heavy, [item for *_, item in group])
    if run:
        yield run


def _common(keyed: Sequence[tuple[Key, int, T]]) -> int:
    """Return how many steps all keys share."""
    least, most = min(each[0] for each in keyed), max(each[0] for each in keyed)
    pairs = zip(least, most, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), len(least))


def _counted(own: Key, keyed: Sequence[tuple[Key, int, T]], most: int) -> Iterator[_Run[T]]:
    """Yield runs of items that no key tells apart, in their order."""
    run = _Run[T](own, own, 0, [])
    for _, weight, item in keyed:
        if run.items and run.weight + weight > most:
            yield run
            run = _Run[T](own, own, 0, [], run.number + 1)
        run.items.append(item)
        run.weight += weight
    yield run


def _part(run: _Run[T], say: Callable[[Key], str]) -> Part[T]:
    first, last = say(run.first), say(run.last)
    label = first if run.first == run.last else f"{first} – {last}"
    if run.number > 1:
        return Part(f"{_slug(run.first)}_{run.number}", f"{label} ({run.number})", (*run.items,))
    return Part(_slug(run.first), label, (*run.items,))


def _slug(key: Key) -> str:
    """Return a name for addresses that no other key has: ASCII, the rest as code points."""
    text = key[-1] if key and len(key[-1]) > 1 else "".join(key)
    text = text.partition(_AS_WRITTEN)[0]
    if _DATE.fullmatch(text):  # a name by itself
        return text
    steps = (
        sign if _is_plain(sign) else "-" if sign == " " else f"_{ord(sign):x}_" for sign in text
    )
    slug = "".join(steps) or "all"
    if len(slug) <= _LONGEST_SLUG:
        return slug
    return f"{slug[: _LONGEST_SLUG - 10]}_{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _is_plain(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()
