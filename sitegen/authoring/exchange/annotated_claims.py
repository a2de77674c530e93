"""Annotations become evidence: of one claim or event, or each of a draft claim of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from sitegen.authoring.excerpting import add_entries, read
from sitegen.authoring.exchange.matching import Sources, Unmatched, entries_for
from sitegen.authoring.exchange.web_annotations import Annotation
from sitegen.authoring.note_files import note_name, write_all_new
from sitegen.authoring.note_text import tidy
from sitegen.authoring.note_writing import note_text
from sitegen.authoring.refusals import Invalid, Refused
from sitegen.authoring.source_notes import clean
from sitegen.faults.found import choices
from sitegen.file_contents import read_note
from sitegen.kinds import Kind
from sitegen.model import Corpus, Ref
from sitegen.notes import Evidence, id_like, is_id, is_reserved
from sitegen.prove import passages
from sitegen.quotes import fold_words
from sitegen.yaml_nodes import Data

GRADES: Final = ("stance", "credibility", "basis")
"""The fields of evidence that may come as tags, as in `stance: disputes`."""

RIVAL_DATE: Final = "rival_date"
"""The tag that an event's rival date goes out with, as in `rival_date: 2024-05`."""

_WORDS_OF_ID: Final = 8
_LONGEST_ID: Final = 60
_HEAD: Final = "# From an annotation. Say in one neutral sentence of your own what it comes to.\n"


class Taken(Struct, frozen=True):
    """What became of the annotations of a file.

    `written` are the files of new claims, or the one that was added to; `added` counts pieces of
    evidence, `there` those that were there already. `unmatched` says by annotation why it was left
    out, `remarks` what of one that was taken was left out.
    """

    written: tuple[str, ...]
    added: int
    there: int
    unmatched: tuple[tuple[Annotation, Refused], ...]
    remarks: tuple[tuple[Annotation, str], ...]


class _Matched(Struct, frozen=True):
    annotation: Annotation
    entries: tuple[dict[str, str], ...]
    tags: tuple[str, ...]


def take_annotations(
    project: Path, annotations: Sequence[Annotation], into: str | None = None
) -> Taken:
    """Write annotations as evidence into a note, or as draft claims, and say what became of them.

    Nothing is written if what would be written is at fault. An annotation that cannot be matched
    is left out and said to be so.
    """
    corpus = read(project)
    matched: list[_Matched] = []
    unmatched: list[tuple[Annotation, Refused]] = []
    sources = Sources.of(corpus)
    quoted = set(_quoted(corpus))
    for each in annotations:
        try:
            found = _matched(sources, each)
            _refuse_rival_date(found, quoted)
            matched.append(found)
        except Unmatched as refusal:
            unmatched.append((each, refusal))
    remarks = [(each.annotation, words) for each in matched for words in each.annotation.unknown]
    written: tuple[str, ...]
    if into is not None:
        entries = [entry for each in matched for entry in each.entries]
        remarks += [
            (each.annotation, f"tags: {', '.join(each.tags)}") for each in matched if each.tags
        ]
        name, added, _ = add_entries(project, into, _once(entries)) if entries else ("", 0, ())
        written, there = ((name,) if added else ()), len(entries) - added
    else:
        files, there = _drafts(corpus, matched)
        write_all_new(project, files)
        written, added = tuple(files), sum(len(each.entries) for each in matched) - there
    return Taken(written, added, there, tuple(unmatched), tuple(remarks))


def _matched(sources: Sources, annotation: Annotation) -> _Matched:
    """Return the evidence that an annotation gives; its grades are tags such as `stance: x`."""
    grades: dict[str, str] = {}
    tags: list[str] = []
    for tag in annotation.tags:
        name, _, word = (part.strip() for part in tag.partition(":"))
        if name in GRADES and word in choices(Evidence, name):
            grades[name] = word
        else:
            tags.append(clean(tag))
    found = list(entries_for(sources, annotation.targets))
    if not found:
        raise Unmatched("it is on no page", "only an annotation of some words can be evidence")
    note = "\n\n".join(_readable(each) for each in annotation.comments)
    more = {**grades, **({"note": note} if note else {})}
    return _Matched(
        annotation, tuple({**each, **more} for each in found), tuple(filter(None, tags))
    )


def _refuse_rival_date(matched: _Matched, quoted: Collection[tuple[str, ...]]) -> None:
    """Raise Unmatched for what dates an event and stands in no note yet: it supports no claim."""
    is_new = any(_passage(entry) not in quoted for entry in matched.entries)
    if is_new and any(tag.partition(":")[0].strip() == RIVAL_DATE for tag in matched.tags):
        raise Unmatched(
            "it is for a rival date of an event, not for a claim",
            "write it under `rival_dates` of that event",
        )


def _readable(words: str) -> str:
    """Return words of several lines without what no note can hold."""
    return "\n".join(clean(line) for line in words.splitlines()).strip()


def _once(entries: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Return entries, those of the same passage once."""
    return list({_passage(each): each for each in reversed(entries)}.values())[::-1]


def _drafts(corpus: Corpus, matched: Sequence[_Matched]) -> tuple[dict[str, bytes], int]:
    """Return the files of the draft claims, and how many passages are quoted already."""
    quoted = set(_quoted(corpus))
    taken = set(corpus.claims) | {each.id for each in corpus.unread if each.kind is Kind.CLAIM}
    alike: Counter[str] = Counter()
    files: dict[str, bytes] = {}
    there = 0
    for each in matched:
        new = [entry for entry in _once(each.entries) if _passage(entry) not in quoted]
        there += len(each.entries) - len(new)
        if not new:
            continue
        quoted |= {_passage(entry) for entry in new}
        found = stem = _stem(new[0]["quote"], each.annotation)
        while found in taken:
            alike[stem] += 1
            found = f"{stem}-{alike[stem] + 1}"
        taken.add(found)
        ref = Ref(Kind.CLAIM, found)
        files[note_name(ref)] = _draft(ref, each, new).encode()
    return files, there


def _quoted(corpus: Corpus) -> Iterator[tuple[str, ...]]:
    """Yield every passage that a note quotes."""
    for _, entry in passages(corpus):
        yield _passage(
            {
                "source": entry.source,
                "quote": entry.quote,
                "prefix": entry.prefix or "",
                "suffix": entry.suffix or "",
            }
        )


def _passage(entry: Mapping[str, str]) -> tuple[str, ...]:
    words = (entry["quote"], entry.get("prefix", ""), entry.get("suffix", ""))
    return entry["source"], *map(fold_words, words)


def _stem(quote: str, annotation: Annotation) -> str:
    """Return an id that is like the first words of a quote."""
    stem = id_like(" ".join(quote.split()[:_WORDS_OF_ID]))[:_LONGEST_ID].strip("-")
    is_good = is_id(stem) and not is_reserved(stem)
    return stem if is_good else f"annotation-{annotation.number}"


def _draft(ref: Ref, matched: _Matched, entries: Sequence[dict[str, str]]) -> str:
    """Return a draft claim; refuse one that would be at fault."""
    statement = clean(next(iter(matched.annotation.descriptions), "")) or tidy(entries[0]["quote"])
    evidence: list[Data] = [dict(each) for each in entries]
    data: dict[str, Data] = {"draft": "true", "statement": statement, "evidence": evidence}
    if matched.tags:
        data["tags"] = list(matched.tags)
    text = f"{_HEAD}{note_text(ref.kind, data)}"
    _, faults = read_note(ref, note_name(ref), text)
    if faults:
        raise Invalid(f"annotation {matched.annotation.number} gives no sound claim", faults)
    return text
