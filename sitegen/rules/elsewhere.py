"""Where the words of a quotation stand that its own source does not have, if in another article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from sitegen.diagnostics import Diagnostic, Location
from sitegen.model import Corpus, Record, Ref
from sitegen.notes import Note, quotations
from sitegen.quotes import find_place, fold, fold_words
from sitegen.rules.quotations import place_in

_NOT_THERE: Final = frozenset({"quote-missing", "quote-changed"})
_MOST_SOUGHT: Final = 20  # quotations; where more are wrong, something else is than a name
_MOST_FOUND: Final = 3  # articles; words that more have are nobody's own
_TELLING: Final = 4  # of the words of a quote, for which a text is looked through first
_WORD: Final = re.compile(r"\w+")


class _Sought(NamedTuple):
    """A quotation that is not in its source: its words, and those that an article must have."""

    source: str
    quote: str
    telling: tuple[str, ...]


def tell_elsewhere(
    corpus: Corpus, found: Mapping[Ref, Sequence[Diagnostic]]
) -> Iterator[Diagnostic]:
    """Yield what was found in each note, and say of quotes in which other articles they stand.

    Then it is most often the name of the source that is wrong. All texts are looked through once,
    for the first twenty such quotations.
    """
    sought: dict[Diagnostic, _Sought] = {}
    for ref, diagnostics in found.items():
        wrong = [each for each in diagnostics if each.rule in _NOT_THERE]
        if wrong and len(sought) < _MOST_SOUGHT:
            quotes = _quotes_at(corpus.records(ref.kind)[ref.id])
            sought |= {each: quotes[each.at] for each in wrong[: _MOST_SOUGHT - len(sought)]}
    places = _places(corpus, dict.fromkeys(sought.values())) if sought else {}
    for diagnostics in found.values():
        for each in diagnostics:
            there = places.get(sought[each], ()) if each in sought else ()
            yield _with_places(each, there) if 0 < len(there) <= _MOST_FOUND else each


def _quotes_at(record: Record[Note]) -> dict[Location, _Sought]:
    """Return the quotations of a note by the place of their words."""
    found = {}
    for field in ("evidence", "rival_dates"):
        for index, entry in enumerate(quotations(record.note, field)):
            words = sorted(set(_WORD.findall(fold_words(entry.quote))), key=len)
            sought = _Sought(entry.source, entry.quote, tuple(words[-_TELLING:]))
            found[record.at(field, index, "quote")] = sought
    return found


def _places(corpus: Corpus, sought: Iterable[_Sought]) -> dict[_Sought, list[tuple[str, Location]]]:
    """Return the sources in whose texts the words of each quotation stand, and where.

    Only a text that has the longest of the words is folded, and that once.
    """
    places: dict[_Sought, list[tuple[str, Location]]] = defaultdict(list)
    for source_id, seed in corpus.seeds.items():
        text = seed.text
        likely = [
            each
            for each in sought
            if each.source != source_id
            and each.telling
            and len(places[each]) <= _MOST_FOUND
            and all(word in text for word in each.telling)
        ]
        folded = fold(text) if likely else None
        for each in likely:
            if folded and (place := find_place(folded, each.quote)):
                places[each].append((source_id, place_in(seed, place.start)))
    return places


def _with_places(diagnostic: Diagnostic, places: Sequence[tuple[str, Location]]) -> Diagnostic:
    words = " and ".join(
        f"{at.path}:{at.line}:{at.column} (`source: {source_id}`)" for source_id, at in places
    )
    help_ = f"these very words stand in {words}; or {diagnostic.help}"
    return replace(diagnostic, help=help_)
