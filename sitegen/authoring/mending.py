"""Repairs that are safe: what a note says stays the same, only its writing is put right.

Two things are mended. A quote that differs from its source in nothing but the forms of quotation
marks, dashes, spaces and the like gets the source's own characters. An id that another note had
once, and lists among its `aliases`, becomes the id that note has now.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from sitegen.authoring.excerpting import read
from sitegen.authoring.note_files import replace_text
from sitegen.authoring.note_text import tidy, value_span, with_value
from sitegen.authoring.refusals import Refused
from sitegen.file_contents import read_note
from sitegen.kinds import Kind
from sitegen.markup import convert
from sitegen.model import Corpus, Proofs, Record, Ref
from sitegen.notes import Note, prose
from sitegen.prove import passages, prove
from sitegen.quotes import QuoteState, fold_words
from sitegen.references import link_targets, references
from sitegen.yaml_nodes import FieldPath

_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_ELISION: Final = re.compile(r"\s*(\[(?:…|\.\.\.)\])\s*")


class Mended(Struct, frozen=True):
    """A file that was or could be mended: its path below the project, its text before and after."""

    path: str
    before: str
    after: str

    @property
    def diff(self) -> str:
        """What changes, as a unified diff."""
        lines = difflib.unified_diff(
            _LINE.findall(self.before),
            _LINE.findall(self.after),
            f"a/{self.path}",
            f"b/{self.path}",
        )
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in lines
        )


class _Repair(Struct, frozen=True):
    """Other words for one field; `old` and `new` where only a part of a Markdown text changes."""

    path: FieldPath
    words: str
    old: str = ""


def mend(project: Path, only: Container[str] | None = None) -> tuple[Mended, ...]:
    """Apply all safe repairs to a project's notes and return the files that changed.

    `only` are the files that may be, by their path below the project; else all may.
    """
    mended = tuple(each for each in repaired(read(project)) if only is None or each.path in only)
    for each in mended:
        replace_text(project, each.path, each.before, each.after)
    return mended


def repaired(corpus: Corpus) -> Iterator[Mended]:
    """Yield every note's file that safe repairs would change, with its text after them."""
    quotes = _drifted_quotes(corpus, prove(corpus))
    for record in corpus.all_records():
        path = record.locations.path
        after = before = corpus.files[path]
        for each in [*quotes[record.ref], *_renamed_ids(corpus, record), *_links(corpus, record)]:
            after = _apply(record, path, after, each)
        if after != before:
            yield Mended(path, before, after)


def _apply(record: Record[Note], path: str, text: str, repair: _Repair) -> str:
    """Return the text with one repair; as it was where that would change more than its field."""
    try:
        if repair.path == ("body",):
            changed = _in_body(record, text, repair)
        elif repair.old:
            start, end = value_span(text, repair.path)
            value = text[start:end].replace(repair.old, repair.words)
            changed = f"{text[:start]}{value}{text[end:]}"
        else:
            changed = with_value(text, repair.path, repair.words)
    except Refused:
        return text
    now, faults = read_note(record.ref, path, changed)
    was, _ = read_note(record.ref, path, text)
    if now is None or was is None or faults:
        return text
    expected = _dumped(was.note)
    _set(expected, repair)
    return changed if _dumped(now.note) == expected else text


def _in_body(record: Record[Note], text: str, repair: _Repair) -> str:
    first = record.body_at.line - 1 if record.body_at else 0
    start = sum(map(len, re.findall(r"[^\r\n]*(?:\r\n|\r|\n)", text)[:first]))
    return text[:start] + text[start:].replace(repair.old, repair.words)


def _dumped(note: Note) -> dict[str, object]:
    return note.model_dump(mode="json", by_alias=True)


def _set(data: dict[str, object], repair: _Repair) -> None:
    """Put a repair's words where its path leads in plain data."""
    here: object = data
    *way, last = repair.path
    for step in way:
        here = here[step]  # type: ignore[index]
    new = here[last].replace(repair.old, repair.words) if repair.old else repair.words  # type: ignore[index]
    here[last] = new  # type: ignore[index]


def _drifted_quotes(corpus: Corpus, proofs: Proofs) -> dict[Ref, list[_Repair]]:
    """Return for each note its quotes that are not in the text's own characters."""
    repairs: dict[Ref, list[_Repair]] = defaultdict(list)
    for key, passage in passages(corpus):
        match = proofs.matches.get(key)
        if match is None or match.state is not QuoteState.NORMALISED:
            continue
        text = corpus.seeds[passage.source].text
        own = [tidy(text[span.start : span.end]) for span in match.segments]
        words = _rejoined(passage.quote, own)
        if words is not None and words != passage.quote:
            repairs[key.owner].append(_Repair((key.field, key.at, "quote"), words))
    return repairs


def _rejoined(quote: str, own: Sequence[str]) -> str | None:
    """Return the text's own words with the author's marks of omission between them."""
    if len(own) == 1:
        return own[0] if fold_words(own[0]) == fold_words(quote) else None
    marks = [found.group(1) for found in _ELISION.finditer(quote)]
    parts = [part for part in _ELISION.split(quote)[::2] if part.strip()]
    if len(marks) != len(own) - 1 or list(map(fold_words, parts)) != list(map(fold_words, own)):
        return None
    pieces = [own[0]]
    for mark, words in zip(marks, own[1:], strict=True):
        pieces += [mark, words]
    return " ".join(pieces)


def _renamed_ids(corpus: Corpus, record: Record[Note]) -> Iterator[_Repair]:
    """Yield the references of a note that name others by ids they had once."""
    for each in references(record.note):
        now = _present_id(corpus, each.kinds, each.id)
        if now is not None and now.id != each.id:
            written = _value(record.note, each.path)
            yield _Repair(each.path, f"{written.removesuffix(each.id)}{now.id}")


def _links(corpus: Corpus, record: Record[Note]) -> Iterator[_Repair]:
    """Yield the links in a note's Markdown that name others by ids they had once."""
    for path, text in prose(record.note):
        for link in dict.fromkeys(convert(text).links):
            if link.kind == "timeline" or link_targets(corpus.records, link.kind, link.id):
                continue
            kinds = tuple(Kind) if link.kind is None else (Kind(link.kind),)
            now = _present_id(corpus, kinds, link.id)
            if now and len(link_targets(corpus.records, link.kind, now.id)) == 1:
                start = link.written.find(":") + 1 if link.kind else 0
                new = link.written[:start] + link.written[start:].replace(link.id, now.id, 1)
                yield _Repair(path, new, link.written)


def _present_id(corpus: Corpus, kinds: Sequence[Kind], old: str) -> Ref | None:
    """Return the one note that had an id once; None where it is in use or more than one had it."""
    if any(Ref(kind, old) in corpus.unread or old in corpus.records(kind) for kind in kinds):
        return None
    found = [
        record.ref
        for kind in kinds
        for record in corpus.records(kind).values()
        if old in record.note.aliases
    ]
    return found[0] if len(found) == 1 else None


def _value(note: Note, path: FieldPath) -> str:
    here: object = note
    for step in path:
        here = getattr(here, step) if isinstance(step, str) else here[step]  # type: ignore[index]
    return str(here)
