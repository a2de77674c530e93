"""What refers to each note: the links in notes' fields and Markdown, seen from their targets."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Final

from sitegen.ledger import Tables
from sitegen.markup import (
    LinkRef,
    convert,
    forget_sentences,
    linked_sentences,
)
from sitegen.model import Backlink, Corpus, Record, Ref, Site, refs_to
from sitegen.notes import Note, prose
from sitegen.references import Reference, display_name, of_kinds, references, targets_of

BACKLINKS: Final = "backlinks"
LINKS_OF_NOTES: Final = "links of notes"

Published = Corpus | Site
"""The notes that are for readers, linked or not."""


def backlinks_of(notes: Published, tables: Tables) -> Mapping[Ref, tuple[Backlink, ...]]:
    """Return for each note what refers to it, in the order of the kinds and ids of the origins."""

    def links(ref: Ref) -> dict[Ref, tuple[Backlink, ...]]:
        return _links(notes, notes.records(ref.kind)[ref.id])

    named = tables.table(LINKS_OF_NOTES, refs_to(notes), links)
    naming = tables.index("notes that link to a note", named, lambda links: links)

    def make(ref: Ref) -> tuple[Backlink, ...]:
        return tuple(chain.from_iterable([named[each][ref] for each in naming.get(ref, ())]))

    found = tables.table(BACKLINKS, named, make)
    tables.done_with(named)
    forget_sentences()
    return found


def _links(notes: Published, record: Record[Note]) -> dict[Ref, tuple[Backlink, ...]]:
    """Return the notes that a note's fields and Markdown refer to, each with its backlinks."""
    note, drafts = record.note, notes.drafts
    found: dict[Ref, list[Backlink]] = {}

    def targets(link: LinkRef) -> tuple[Ref, ...]:
        refs = targets_of(notes.refs_of, link.kind, link.id)
        return tuple(ref for ref in refs if ref not in drafts) if drafts else refs

    def say(link: LinkRef) -> str:
        if link.words or link.embed:
            return link.words or ""
        meant = targets(link)
        if not meant:
            return link.id
        kind, note_id = meant[0]
        return display_name(notes.records(kind)[note_id])

    for reference in references(note):
        for ref in of_kinds(notes.refs_of.get(reference.id, ()), reference.kinds):
            if ref not in drafts:
                found.setdefault(ref, []).append(_backlink(record, reference))
    for path, text in prose(note):
        links = convert(text).links
        if not links:
            continue
        role = next(str(step) for step in reversed(path) if isinstance(step, str))
        last, words = None, ""  # a sentence often has several links
        for written, said in zip(links, linked_sentences(text), strict=True):
            for target in targets(written):
                if said is not last:
                    last, words = said, said.filled(say)
                found.setdefault(target, []).append(Backlink(record.ref, role, words))
    return {
        ref: (*dict.fromkeys(each),) if len(each) > 1 else (each[0],) for ref, each in found.items()
    }


def _backlink(record: Record[Note], reference: Reference) -> Backlink:
    """Return the backlink that a field makes; with a stance and a number where it is evidence.

    It has no word of the note's own, so that a note may change its words and not its backlinks.
    """
    field = reference.path[0]
    if field in {"evidence", "rival_dates"}:
        index = int(reference.path[1])
        entries = getattr(record.note, field)
        before = len(record.note.evidence) if field == "rival_dates" else 0  # type: ignore[attr-defined]
        return Backlink(
            origin=record.ref,
            role=reference.role,
            stance=getattr(entries[index], "stance", "disputes"),
            number=before + index + 1,
        )
    return Backlink(record.ref, reference.role)
