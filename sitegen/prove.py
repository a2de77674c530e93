"""Every quotation is looked up in its source's text: Corpus → Proofs.

Each text is folded once, whatever the number of its quotes, and the same quotation made by several
notes is looked for once. What a state means for the build is the business of `check`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Final

from sitegen.kinds import Kind
from sitegen.layout import CONTENT
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Corpus, PassageKey, Proofs, Ref, Seed, refs_to
from sitegen.notes import Evidence, Note, RivalDate, SourceId, quotations
from sitegen.quotes import NOT_HELD, QuoteMatch, find_quote
from sitegen.quotes.folding import FoldedText, Span, find_stretches, fold, fold_words
from sitegen.yaml_nodes import read_yaml

Passage = Evidence | RivalDate
IgnoredSpans = tuple[tuple[Span, ...], ...]

NOT_LOOKED_UP: Final = "not looked up"
"""What is counted of a quotation that has no state: its source, or its entry, is at fault."""

_QUOTING: Final = (Kind.CLAIM, Kind.EVENT)
_FIELDS: Final = ("evidence", "rival_dates")

_OfNote = tuple[tuple[QuoteMatch | None, ...], ...]
"""What came of the quotations of one note, field by field; None of a source that is unknown."""


def prove(corpus: Corpus, tables: Tables = NOTHING_KEPT, processes: int = 1) -> Proofs:
    """Return where every quotation stands in its source, or why it does not.

    What `tables` know of a note is taken over as long as neither it nor a text that it quotes has
    changed.
    """
    texts: dict[str, _SearchedText] = {}

    def text_of(source_id: SourceId) -> _SearchedText | None:
        seed = corpus.seeds.get(source_id)
        if seed is None:
            return None
        if seed.sha256 not in texts:
            texts[seed.sha256] = _SearchedText(seed)
        return texts[seed.sha256]

    def match(passage: Passage) -> QuoteMatch | None:
        source = corpus.sources.get(passage.source)
        if text := text_of(passage.source) if source else None:
            return text.match(passage)
        return NOT_HELD if source and source.note.text is None else None

    def found(owner: Ref) -> _OfNote:
        note = corpus.records(owner.kind)[owner.id].note
        return tuple([tuple(map(match, quotations(note, field))) for field in _FIELDS])

    def ignored(source_id: SourceId) -> IgnoredSpans:
        text = text_of(source_id)
        return tuple(_once(text, corpus.sources[source_id].note.ignore)) if text else ()

    held = [each for each in corpus.sources if each in corpus.seeds]
    matches = tables.table("matches", refs_to(corpus, _QUOTING), found, processes)
    tables.done_with(matches)

    def states(owner: Ref) -> tuple[str, ...]:
        every = chain.from_iterable(matches[owner])
        return tuple([each.state.value if each else NOT_LOOKED_UP for each in every])

    return Proofs(
        _Matches(matches),
        tables.table("places to ignore", held, ignored),
        tables.table("states of quotations", matches, states),
    )


def left_out(corpus: Corpus) -> tuple[int, int]:
    """Return how many quotations the faults of notes kept from being read.

    The first number counts those that stand in notes which could not be used, or only in part; the
    second the notes that are not even YAML, of which nobody knows how many they hold.
    """
    missing = unread = 0
    for ref in corpus.unread:
        if ref.kind in _QUOTING:
            record, written = corpus.find(ref), _written(corpus, ref)
            if written is None:
                unread += 1
            else:
                read = (len(quotations(record.note, each)) for each in _FIELDS) if record else ()
                missing += max(written - sum(read), 0)  # a list may have a name that is misspelt
    return missing, unread


def _written(corpus: Corpus, ref: Ref) -> int | None:
    """Return how many quotations stand in the file of a note; None where that cannot be told."""
    names = (f"{CONTENT}/{ref.kind.plural}/{ref.id}{ending}" for ending in (".yaml", ".yml"))
    texts = [corpus.files[name] for name in names if name in corpus.files]
    written = 0 if texts else None
    for text in texts:
        data, faults = read_yaml("", text)
        if not data and any(each.rule != "empty-note" for each in faults):
            return None
        lists = (data.get(each) for each in _FIELDS)
        written = (written or 0) + sum(len(each) for each in lists if isinstance(each, list))
    return written


def passages(corpus: Corpus) -> Iterator[tuple[PassageKey, Passage]]:
    """Yield every quotation of every note, with its address."""
    for kind in _QUOTING:
        for record in corpus.records(kind).values():
            yield from _passages_of(record.ref, record.note)


def _passages_of(owner: Ref, note: Note) -> Iterator[tuple[PassageKey, Passage]]:
    for field in _FIELDS:
        for at, passage in enumerate(quotations(note, field)):
            yield PassageKey(owner, field, at), passage


class _Matches(Mapping[PassageKey, QuoteMatch]):
    """What came of each quotation; kept note by note."""

    __slots__ = ("_of_notes",)

    def __init__(self, of_notes: Mapping[Ref, _OfNote]) -> None:
        self._of_notes = of_notes

    def __getitem__(self, key: PassageKey) -> QuoteMatch:
        owner, field, at = key
        match = self._of_notes[owner][_FIELDS.index(field)][at]
        if match is None:
            raise KeyError(key)
        return match

    def __iter__(self) -> Iterator[PassageKey]:
        for owner, found in self._of_notes.items():
            for field, matches in zip(_FIELDS, found, strict=True):
                for at, each in enumerate(matches):
                    if each:
                        yield PassageKey(owner, field, at)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _once(text: _SearchedText, passages: Sequence[str]) -> Iterator[tuple[Span, ...]]:
    """Yield the places of each passage, of one that is given again only the first."""
    seen: set[str] = set()
    for each in passages:
        yield text.places(each)[: 1 if each in seen else None]
        seen.add(each)


class _SearchedText:
    """A text in which quotations are looked up; it is folded when it is first asked."""

    def __init__(self, seed: Seed) -> None:
        self._seed = seed
        self._found: dict[tuple[str, str, str], QuoteMatch] = {}
        self._places: dict[str, tuple[Span, ...]] = {}

    @cached_property
    def _folded(self) -> FoldedText:
        return fold(self._seed.text)

    def match(self, passage: Passage) -> QuoteMatch:
        """Return where a quotation stands; the same words are looked for once."""
        words = (passage.quote, passage.prefix or "", passage.suffix or "")
        if words not in self._found:
            self._found[words] = find_quote(self._folded, *words)
        return self._found[words]

    def places(self, passage: str) -> tuple[Span, ...]:
        """Return every place of a passage, such as touch one another put together."""
        if passage not in self._places:
            text, wanted = self._folded, fold_words(passage)
            stretches = find_stretches(text.text, wanted)
            self._places[passage] = tuple(text.span(*each) for each in stretches)
        return self._places[passage]
