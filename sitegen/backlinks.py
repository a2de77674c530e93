"""What refers to each note: the links of all notes' fields and Markdown, turned round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain

from sitegen.ledger import Tables
from sitegen.markup import LinkRef, Target, convert, linked_sentences, plain_text
from sitegen.model import Backlink, Corpus, Kind, Record, Ref
from sitegen.notes import Note, prose
from sitegen.references import Reference, display_name, of_kinds, references, targets_of


def backlinks_of(
    corpus: Corpus,
    notes: Mapping[Kind, Mapping[str, Record[Note]]],
    tables: Tables,
    processes: int = 1,
) -> Mapping[Ref, tuple[Backlink, ...]]:
    """Return for each of the published `notes` what refers to it, by kind and id of who does."""
    refs = [Ref(kind, note_id) for kind in Kind for note_id in notes[kind]]

    def title(ref: Ref) -> str:
        return display_name(notes[ref.kind][ref.id])

    def links(ref: Ref) -> dict[Ref, tuple[Backlink, ...]]:
        return _links(corpus, notes[ref.kind][ref.id], title)

    named = tables.table("links of notes", refs, links, processes)
    naming = tables.index("notes that link to a note", named, lambda links: links)

    def make(ref: Ref) -> tuple[Backlink, ...]:
        return tuple(chain.from_iterable([named[each][ref] for each in naming.get(ref, ())]))

    return tables.table("backlinks", named, make)


def _links(
    corpus: Corpus, record: Record[Note], title_of: Callable[[Ref], str]
) -> dict[Ref, tuple[Backlink, ...]]:
    """Return what a note's fields and Markdown refer to, each with the backlinks it gets."""
    note, drafts = record.note, corpus.drafts
    found: dict[Ref, list[Backlink]] = {}

    def targets(link: LinkRef) -> tuple[Ref, ...]:
        refs = targets_of(corpus.refs_of, link.kind, link.id)
        return tuple(ref for ref in refs if ref not in drafts) if drafts else refs

    def title(link: LinkRef) -> Target | None:
        meant = targets(link)
        return Target("", title_of(meant[0]), "") if meant else None

    for reference in references(note):
        for ref in of_kinds(corpus.refs_of.get(reference.id, ()), reference.kinds):
            if ref not in drafts:
                found.setdefault(ref, []).append(_backlink(record, reference))
    for path, text in prose(note):
        links = convert(text).links
        if not links:
            continue
        role = next(str(step) for step in reversed(path) if isinstance(step, str))
        words_of: dict[str, str] = {}  # a sentence often has several links
        for written, said in zip(links, linked_sentences(text), strict=True):
            for target in targets(written):
                if said not in words_of:
                    words_of[said] = plain_text(said, title)
                found.setdefault(target, []).append(Backlink(record.ref, role, words_of[said]))
    return {ref: tuple(dict.fromkeys(each)) for ref, each in found.items()}


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
