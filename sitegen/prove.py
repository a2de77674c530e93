"""Every quotation is looked up in its source's text: Corpus → Proofs.

Each text is folded once, whatever the number of its quotes, and the same quotation made by several
notes is looked for once. What a state means for the build is the business of `check`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sitegen.model import Corpus, PassageKey, Proofs, Ref
from sitegen.notes import Evidence, RivalDate, SourceId
from sitegen.quotes import NOT_HELD, QuoteMatch, find_quote
from sitegen.quotes.folding import FoldedText, Span, find_places, fold, fold_words

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


def prove(corpus: Corpus) -> Proofs:
    """Return where every quotation stands in its source, or why it does not."""
    by_source: dict[SourceId, list[tuple[PassageKey, Passage]]] = defaultdict(list)
    for key, passage in passages(corpus):
        by_source[passage.source].append((key, passage))
    matches: dict[PassageKey, QuoteMatch] = {}
    ignored: dict[SourceId, tuple[tuple[Span, ...], ...]] = {}
    for source_id, source in corpus.sources.items():
        quoted = by_source.get(source_id, [])
        seed = corpus.seeds.get(source_id)
        if seed is not None:
            text = fold(seed.text)
            known: dict[tuple[str, str | None, str | None], QuoteMatch] = {}
            for key, passage in quoted:
                words = (passage.quote, passage.prefix, passage.suffix)
                if words not in known:
                    known[words] = find_quote(
                        text, passage.quote, passage.prefix or "", passage.suffix or ""
                    )
                matches[key] = known[words]
            ignored[source_id] = tuple(_every_place(text, each) for each in source.note.ignore)
        elif source.note.text is None:
            matches.update((key, NOT_HELD) for key, _ in quoted)
    return Proofs(matches, ignored)


def _every_place(text: FoldedText, passage: str) -> tuple[Span, ...]:
    wanted = fold_words(passage)
    places = find_places(text.text, wanted) if wanted else ()
    return tuple(text.span(start, start + len(wanted)) for start in places)
