"""What a published note says of drafts is taken out of it before anything follows from it.

A draft's id, title and words are not for readers, nor for those who read the dataset.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from pydantic import BaseModel

from sitegen.markup import convert
from sitegen.model import Corpus, Record, Ref
from sitegen.notes import Note, prose
from sitegen.references import Reference, link_targets, references
from sitegen.yaml_nodes import FieldPath

N = TypeVar("N", bound=Note)
B = TypeVar("B", bound=BaseModel)


def without_drafts(record: Record[N], corpus: Corpus) -> Record[N]:
    """Return the record less all that names drafts, which `check` has warned about.

    A link in Markdown leaves its words, or an ellipsis where it has none of its own: the draft's
    id and title are not for readers. A card leaves nothing.
    """
    if not corpus.drafts:
        return record
    note = record.note
    for path, text in prose(note):
        shown = _without_draft_links(text, corpus)
        if shown != text:
            note = _with_text(note, path, shown)
    hidden = [each.path for each in references(note) if _is_draft(corpus, each)]
    if hidden:
        note = _less(note, hidden)
    if note is record.note:
        return record
    return Record(record.ref, note, record.locations, record.body_at)


def _is_draft(corpus: Corpus, reference: Reference) -> bool:
    return _holds_draft(corpus, [Ref(kind, reference.id) for kind in reference.kinds])


def _holds_draft(corpus: Corpus, refs: Iterable[Ref]) -> bool:
    return not corpus.drafts.isdisjoint(refs)


def _without_draft_links(text: str, corpus: Corpus) -> str:
    # Cards first: what is written for a link stands inside what is written for its card.
    for each in sorted(convert(text).links, key=lambda link: not link.embed):
        if _holds_draft(corpus, link_targets(corpus.records, each.kind, each.id)):
            text = text.replace(each.written, "" if each.embed else each.words or "…")
    return text


def _with_text(part: B, path: FieldPath, text: str) -> B:
    """Return a note or part of one with another text in one of its Markdown fields."""
    name, *rest = path
    value = getattr(part, str(name))
    if not rest:
        value = text or type(part).model_fields[str(name)].default
    elif isinstance(value, tuple):
        index, *inner = rest
        value = tuple(
            _with_text(entry, tuple(inner), text) if place == index else entry
            for place, entry in enumerate(value)
        )
    else:
        value = _with_text(value, tuple(rest), text)
    return part.model_copy(update={str(name): value})


def _less(part: B, paths: Sequence[FieldPath]) -> B:
    """Return a note or part of one without the entries that hold the given fields."""
    changes: dict[str, object] = {}
    for name in {str(path[0]) for path in paths}:
        inner = [path[1:] for path in paths if path[0] == name]
        value = getattr(part, name)
        if not isinstance(value, tuple):  # one id, or a part such as `quantity`: gone as a whole
            changes[name] = None
            continue
        deeper = {index: [path[1:] for path in inner if path[0] == index] for index, *_ in inner}
        changes[name] = tuple(
            entry if index not in deeper else _less(entry, deeper[index])
            for index, entry in enumerate(value)
            if index not in deeper or all(len(path) > 1 for path in deeper[index])
        )
    return part.model_copy(update=changes)
