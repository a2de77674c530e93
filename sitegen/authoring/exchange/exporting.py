"""A project's notes in the formats of other programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from sitegen.authoring.exchange.annotated_claims import GRADES
from sitegen.authoring.exchange.annotation_export import annotations_json
from sitegen.authoring.exchange.bibtex_records import bibtex_of
from sitegen.authoring.exchange.csl_records import csl_of
from sitegen.authoring.exchange.importing import Exchange
from sitegen.authoring.exchange.note_tables import table_of
from sitegen.authoring.exchange.ris_records import ris_of
from sitegen.authoring.note_files import require_project
from sitegen.authoring.refusals import Invalid, Refused
from sitegen.diagnostics import Severity
from sitegen.kinds import Kind
from sitegen.layout import CONTENT
from sitegen.model import Corpus
from sitegen.prove import passages, prove
from sitegen.read import read_project

_IN_ANNOTATIONS: Final = frozenset({"source", "quote", "prefix", "suffix", "date", "note", *GRADES})
_IN_RECORDS: Final = frozenset(
    {"title", "publisher", "authors", "url", "published", "collected", "language", "kind"}
    | {"draft", "allow"}  # how a note is kept, not what it says
)


class Exported(Struct, frozen=True):
    """What goes out; and by field, in how many notes or passages, what the format cannot say."""

    content: str
    left: Mapping[str, int]


def export_notes(project: Path, form: Exchange, kind: Kind | None = None) -> Exported:
    """Return a project's material in a format, drafts too; `kind` is that of a table's notes.

    Refuses a project with notes that cannot be read: they would be missing.
    """
    if (form is Exchange.CSV) != (kind is not None):
        what = "a table holds notes of one kind" if kind is None else "--kind is for csv alone"
        help_ = f"name it: --kind, one of {', '.join(Kind)}" if kind is None else ""
        raise Refused(what, help_, is_wrong_use=True)
    require_project(project)
    corpus, diagnostics = read_project(project)
    errors = [
        each
        for each in diagnostics
        if each.severity is Severity.ERROR
        and each.at.path.startswith(CONTENT)
        and each.rule != "seed-not-found"  # the note itself is there
    ]
    if corpus is None or errors:
        raise Invalid("nothing was exported: these would be missing", errors)
    if kind is not None:
        notes = {name: each.note for name, each in corpus.records(kind).items()}
        return Exported(table_of(kind, notes), {})
    return Exported(_written(form, corpus), _left(form, corpus))


def _left(form: Exchange, corpus: Corpus) -> Counter[str]:
    """Return what a format leaves out: fields with how many notes or passages have them."""
    if form is Exchange.ANNOTATIONS:
        entries = [each for _, each in passages(corpus)]
        return Counter(
            name
            for each in entries
            for name in (*each.model_fields_set - _IN_ANNOTATIONS,)
            if getattr(each, name) not in (None, ())
        )
    left: Counter[str] = Counter()
    for record in corpus.sources.values():
        note = record.note
        carried = _IN_RECORDS | ({"tags", "notes"} if form is not Exchange.BIBTEX else set())
        own = carried | ({"archived_url"} if not note.url else set())
        left.update(
            name for name in note.model_fields_set - own if getattr(note, name) not in (None, ())
        )
    return left


def _written(form: Exchange, corpus: Corpus) -> str:
    sources = {str(name): each.note for name, each in corpus.sources.items()}
    if form is Exchange.ANNOTATIONS:
        return annotations_json(corpus, prove(corpus))
    if form is Exchange.BIBTEX:
        return bibtex_of(sources)
    if form is Exchange.RIS:
        return ris_of(sources)
    return csl_of(sources)
