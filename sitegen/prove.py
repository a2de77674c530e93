"""Every quotation is looked up in its source's text: Corpus → Proofs.

Each text is folded once, whatever the number of its quotes, and the same quotation made by several
notes is looked for once. What a state means for the build is the business of `check`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from sitegen.model import Corpus, PassageKey, Proofs, Ref, Seed
from sitegen.notes import Evidence, RivalDate, SourceId
from sitegen.quotes import NOT_HELD, QuoteMatch, find_quote
from sitegen.quotes.folding import FoldedText, Span, find_stretches, fold, fold_words

Passage = Evidence | RivalDate


def passages(corpus: Corpus) -> Iterator[tuple[PassageKey, Passage]]:
    """Yield every quotation of every note, with its address."""
    owners: list[tuple[Ref, tuple[Passage, ...], tuple[Passage, ...]]] = [
        (record.ref, record.note.evidence, ()) for record in corpus.claims.values()
    ]
    owners += [
        (record.ref, record.note.evidence, record.note.rival_dates)
        for record in corpus.events.values()
    ]
    for owner, evidence, rival_dates in owners:
        for index, passage in enumerate(evidence):
            yield PassageKey(owner, "evidence", index), passage
        for index, passage in enumerate(rival_dates):
            yield PassageKey(owner, "rival_dates", index), passage


class Found(NamedTuple):
    """What was found in one text: quotations by their words, and passages to ignore by theirs."""

    matches: dict[tuple[str, str, str], QuoteMatch]  # quote, prefix, suffix
    places: dict[str, tuple[Span, ...]]


def prove(corpus: Corpus, known: dict[str, Found] | None = None) -> Proofs:
    """Return where every quotation stands in its source, or why it does not.

    `known` is what was found before, by the SHA-256 of the text, and is brought up to date: a
    quotation is looked for again only if it or the text is another.
    """
    by_source: dict[SourceId, list[tuple[PassageKey, Passage]]] = defaultdict(list)
    for key, passage in passages(corpus):
        by_source[passage.source].append((key, passage))
    matches: dict[PassageKey, QuoteMatch] = {}
    ignored: dict[SourceId, tuple[tuple[Span, ...], ...]] = {}
    texts: dict[str, _SearchedText] = {}
    for source_id, source in corpus.sources.items():
        quoted = by_source.get(source_id, [])
        seed = corpus.seeds.get(source_id)
        if seed is not None:
            text = texts.setdefault(seed.sha256, _SearchedText(seed, known or {}))
            matches.update((key, text.match(passage)) for key, passage in quoted)
            ignored[source_id] = tuple(_once(text, source.note.ignore))
        elif source.note.text is None:
            matches.update((key, NOT_HELD) for key, _ in quoted)
    if known is not None:
        known.clear()
        known.update((sha256, text.found) for sha256, text in texts.items())
    return Proofs(matches, ignored)


def _once(text: _SearchedText, passages: Sequence[str]) -> Iterator[tuple[Span, ...]]:
    """Yield the places of each passage, of one that is given again only the first."""
    seen: set[str] = set()
    for each in passages:
        yield text.places(each)[: 1 if each in seen else None]
        seen.add(each)


class _SearchedText:
    """A text in which quotations are looked up; it is folded when there is something new."""

    def __init__(self, seed: Seed, known: Mapping[str, Found]) -> None:
        self._seed = seed
        self._known = known.get(seed.sha256, Found({}, {}))
        self.found = Found({}, {})

    @cached_property
    def _folded(self) -> FoldedText:
        return fold(self._seed.text)

    def match(self, passage: Passage) -> QuoteMatch:
        """Return where a quotation stands; the same words are looked for once."""
        words = (passage.quote, passage.prefix or "", passage.suffix or "")
        match = self.found.matches.get(words) or self._known.matches.get(words)
        self.found.matches[words] = match or find_quote(self._folded, *words)
        return self.found.matches[words]

    def places(self, passage: str) -> tuple[Span, ...]:
        """Return every place of a passage, such as touch one another put together."""
        known = self.found.places.get(passage) or self._known.places.get(passage)
        self.found.places[passage] = self._every_place(passage) if known is None else known
        return self.found.places[passage]

    def _every_place(self, passage: str) -> tuple[Span, ...]:
        text, wanted = self._folded, fold_words(passage)
        return tuple(text.span(*stretch) for stretch in find_stretches(text.text, wanted))
