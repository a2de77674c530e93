"""Every piece of evidence as a W3C Web Annotation (Recommendation of 23 February 2017)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from sitegen.authoring.exchange.annotated_claims import GRADES
from sitegen.authoring.exchange.json_files import Json
from sitegen.authoring.exchange.matching import URN
from sitegen.model import Corpus, Kind, PassageKey, Proofs, Record
from sitegen.notes import Claim, Event, Evidence
from sitegen.quotes import Span, context

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_AROUND: Final = 32


def annotations_json(corpus: Corpus, proofs: Proofs) -> str:
    """Return the evidence of all claims and events as an annotation collection, in JSON.

    Positions count Unicode code points of the source's text as it is held. A quote that does not
    stand in its text, or whose text is not held, has none.
    """
    items = [*_items(corpus, proofs)]
    name = f"urn:sitegen:annotations:{corpus.settings.base_url or ''}"
    collection = {
        "@context": _CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": corpus.settings.title,
        "total": len(items),
        "first": {"id": f"{name}:1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return f"{json.dumps(collection, ensure_ascii=False, indent=2)}\n"


def _items(corpus: Corpus, proofs: Proofs) -> Iterator[Json]:
    for claim in corpus.claims.values():
        yield from _of_note(corpus, proofs, claim, claim.note.statement)
    for event in corpus.events.values():
        yield from _of_note(corpus, proofs, event, event.note.title)


def _of_note(
    corpus: Corpus, proofs: Proofs, record: Record[Claim] | Record[Event], statement: str
) -> Iterator[Json]:
    for index, entry in enumerate(record.note.evidence):
        match = proofs.matches.get(PassageKey(record.ref, "evidence", index))
        segments = match.segments if match else ()
        targets = list(_targets(corpus, entry, segments))
        yield {
            "id": _address(corpus, record.ref.kind, record.ref.id, index + 1),
            "type": "Annotation",
            "motivation": "assessing",
            "body": [
                *([_body("commenting", entry.note, "text/markdown")] if entry.note else []),
                _body("describing", statement),
                _body("tagging", f"stance: {entry.stance}"),
                *(
                    [_body("tagging", f"credibility: {entry.credibility}")]
                    * bool(entry.credibility)
                ),
                *([_body("tagging", f"basis: {entry.basis}")] * bool(entry.basis)),
                *(_body("tagging", tag) for tag in record.note.tags),
            ],
            "target": targets[0] if len(targets) == 1 else targets,
        }


def _grades(entry: Evidence) -> Iterator[str]:
    """Yield what a piece of evidence is worth as tags, by which it is known when it comes back."""
    for name in GRADES:
        if value := getattr(entry, name):
            yield f"{name}: {value}"


def _targets(corpus: Corpus, entry: Evidence, segments: tuple[Span, ...]) -> Iterator[Json]:
    """Yield the passage of a piece of evidence, each part of an elided one for itself."""
    source = corpus.sources.get(entry.source)
    note = source.note if source else None
    address = (note.url or note.archived_url) if note else None
    seed = corpus.seeds.get(entry.source)
    if seed is None or not segments:
        around = {"prefix": entry.prefix, "suffix": entry.suffix}
        words = {name: value for name, value in around.items() if value}
        selectors: list[Json] = [{"type": "TextQuoteSelector", "exact": entry.quote, **words}]
        yield _target(address or f"{URN}{entry.source}", selectors)
        return
    for span in segments:
        prefix, suffix = context(seed.text, span, _AROUND)
        exact = seed.text[span.start : span.end]
        yield _target(
            address or f"{URN}{entry.source}",
            [
                {
                    "type": "TextQuoteSelector",
                    "exact": exact,
                    "prefix": prefix,
                    "suffix": suffix,
                },
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            ],
        )


def _target(address: str, selectors: list[Json]) -> Json:
    return {"type": "SpecificResource", "source": address, "selector": selectors}


def _body(purpose: str, value: str, format_: str = "text/plain") -> Json:
    return {"type": "TextualBody", "purpose": purpose, "format": format_, "value": value}


def _address(corpus: Corpus, kind: Kind, note_id: str, number: int) -> str:
    """Return the annotation's own name: its place on the site where its address is known."""
    if base := corpus.settings.base_url:
        return f"{base.rstrip('/')}/{kind}s/{note_id}.html#evidence-{number}"
    return f"urn:sitegen:{kind}:{note_id}:evidence:{number}"
