"""Every piece of evidence as a W3C Web Annotation (Recommendation of 23 February 2017)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Final

from sitegen.authoring.exchange.annotated_claims import GRADES, RIVAL_DATE
from sitegen.authoring.exchange.json_files import Json
from sitegen.authoring.exchange.matching import URN
from sitegen.model import Corpus, Proofs, Ref
from sitegen.notes import Evidence, RivalDate
from sitegen.prove import Passage, passages
from sitegen.quotes import Span, context
from sitegen.urls import evidence_anchor, note_url

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_AROUND: Final = 32


def annotations_json(corpus: Corpus, proofs: Proofs) -> str:
    """Return the evidence of all claims and events as an annotation collection, in JSON.

    The words for an event's rival dates are among it, each with its date as a tag. Positions count
    Unicode code points of the source's text as it is held. A quote that does not stand in its text,
    or whose text is not held, has none.
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
    about = {each.ref: each.note.statement for each in corpus.claims.values()}
    about |= {each.ref: each.note.title for each in corpus.events.values()}
    numbers: Counter[Ref] = Counter()
    for key, passage in passages(corpus):
        owner = key.owner
        numbers[owner] += 1
        match = proofs.matches.get(key)
        targets = list(_targets(corpus, passage, match.segments if match else ()))
        note = passage.note if isinstance(passage, Evidence) else None
        tags = (*_tags(passage), *corpus.records(owner.kind)[owner.id].note.tags)
        yield {
            "id": _address(corpus, owner, numbers[owner]),
            "type": "Annotation",
            "motivation": "assessing",
            "body": [
                *([_body("commenting", note, "text/markdown")] if note else []),
                _body("describing", about[owner]),
                *(_body("tagging", tag) for tag in tags),
            ],
            "target": targets[0] if len(targets) == 1 else targets,
        }


def _tags(passage: Passage) -> Iterator[str]:
    """Yield what is said of a passage as tags, by which it is known when it comes back."""
    if isinstance(passage, RivalDate):
        yield f"{RIVAL_DATE}: {passage.date.text}"
        return
    for name in GRADES:
        if value := getattr(passage, name):
            yield f"{name}: {value}"


def _targets(corpus: Corpus, entry: Passage, segments: tuple[Span, ...]) -> Iterator[Json]:
    """Yield a passage, each part of an elided one for itself."""
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


def _address(corpus: Corpus, owner: Ref, number: int) -> str:
    """Return the annotation's own name: its place on the site where its address is known."""
    if base := corpus.settings.base_url:
        return f"{base.rstrip('/')}/{note_url(*owner)}#{evidence_anchor(number)}"
    return f"urn:sitegen:{owner.kind}:{owner.id}:evidence:{number}"
