"""From some words to a piece of evidence: the passage they mean, shown and written down.

The entry holds the source's own words, and of the words around them the fewest that lead back to
this place and no other. It is proved like any quotation before anybody sees it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, cast

from msgspec import Struct
from msgspec.structs import replace

from sitegen.authoring.note_files import (
    meant_ref,
    note_names,
    printable,
    replace_text,
    require_project,
)
from sitegen.authoring.note_text import data_of, entry_lines, tidy, with_entries
from sitegen.authoring.passages import Passages, Way, find_passages
from sitegen.authoring.refusals import Invalid, Refused
from sitegen.check import check_corpus
from sitegen.diagnostics import Diagnostic, Location, Severity, did_you_mean
from sitegen.file_contents import read_note
from sitegen.kinds import Kind
from sitegen.model import Corpus, Record, Ref, Seed
from sitegen.notes import Claim, ClaimId, Event, EventId, Note, SourceId
from sitegen.prove import prove
from sitegen.quotes import (
    FoldedText,
    QuoteState,
    Span,
    context,
    excerpt_words,
    find_quote,
    fold,
    hedge_of_number,
    reservations,
    selector,
)
from sitegen.read import read_project
from sitegen.sentences import sentences
from sitegen.yaml_nodes import read_yaml

_CONTEXT: Final = 200  # characters on each side, where a sentence is longer
_BREAK: Final = re.compile(r"\s+")
_QUOTABLE: Final = (Kind.CLAIM, Kind.EVENT)


class Choice(Struct, frozen=True):
    """A passage that may be meant: where it begins, and it in brackets within its sentence.

    `sentence` is all of the sentence that it lies in, or of those; `left_out` are the words of it
    that hedge or deny and that the passage leaves out.
    """

    at: Location
    shown: str
    segments: tuple[Span, ...]
    sentence: Span
    left_out: tuple[str, ...] = ()


class Search(Struct, frozen=True):
    """What was looked for in a source, and what may be meant by it.

    `count` is how many there are, of which `choices` may be the first.
    """

    source: SourceId
    way: Way
    choices: tuple[Choice, ...]
    count: int
    text: FoldedText


def search(project: Path, source: str, words: str) -> Search:
    """Return the passages of a source that some words may mean; refuse where there are none."""
    corpus = read(project)
    seed = _seed(corpus, source)
    try:
        words.encode()
    except UnicodeEncodeError:
        raise Refused("these words are not UTF-8 text", is_wrong_use=True) from None
    if not any(char.isalnum() for char in words):
        raise Refused("there are no words to look for", is_wrong_use=True)
    text = fold(seed.text)
    passages = find_passages(text, words)
    if passages is None:
        help_ = f"open {seed.path} and copy a few words of the passage"
        raise Refused(f'nothing in the source "{source}" is like these words', help_)
    return Search(
        SourceId(source), passages.way, tuple(_choices(seed, passages)), passages.count, text
    )


def evidence_entry(found: Search, choice: Choice) -> dict[str, str]:
    """Return the evidence for a passage: `source`, `quote` and, where needed, the words around.

    Refuses a passage that nothing near it tells from another one.
    """
    quote = tidy(excerpt_words(found.text.original, choice.segments))
    match = find_quote(found.text, quote)
    around = ("", "")
    if match.state is QuoteState.AMBIGUOUS:
        around = _around(found, choice, quote)
    proved = find_quote(found.text, quote, *around)
    if proved.segments != choice.segments:
        help_ = "give more of its words, so that the quote is longer"
        raise Refused("this passage cannot be told from another with the same words", help_)
    prefix, suffix = around
    entry = {"source": str(found.source), "quote": quote, "prefix": prefix, "suffix": suffix}
    return {name: value for name, value in entry.items() if value}


def entry_text(entry: Mapping[str, str]) -> str:
    """Return an entry as it stands below `evidence:` in a note."""
    return "".join(f"{line}\n" for line in entry_lines(entry, 2))


def add_evidence(project: Path, into: str, entry: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Append an entry to a note's evidence and return what is still wrong with the note.

    Everything else in the file stays as it is, comments included. Where the entry would bring a
    fault that was not there before, the file is left as it was.
    """
    name, added, faults = add_entries(project, into, [entry])
    if not added:
        raise Refused(f"{name} quotes this passage already")
    return faults


def add_entries(
    project: Path, into: str, entries: Sequence[Mapping[str, str]]
) -> tuple[str, int, tuple[Diagnostic, ...]]:
    """Append entries to a note's evidence, all or none; those that it has already are passed over.

    Returns the note's file, how many were added, and what is still wrong with the note. Refuses,
    as `add_evidence` does, what would bring a new fault.
    """
    corpus = read(project)
    ref = _address(project, corpus, into)
    name = next(name for name in note_names(ref) if name in corpus.files)
    before = corpus.files[name]
    _, unsound = read_yaml(name, before)
    if any(each.rule != "empty-note" for each in unsound):
        raise Invalid(f"{name} was not changed: it is at fault", unsound)
    there = _passages(data_of(before))
    new = [each for each in entries if _passage(each) not in there]
    if not new:
        return name, 0, ()
    after = with_entries(before, "evidence", new)
    old = {_fault(each) for each in _faults(corpus, ref, name, before)}
    faults = _faults(corpus, ref, name, after)
    wrong = [each for each in faults if _fault(each) not in old]
    if wrong or not {_passage(each) for each in new} <= _passages(data_of(after)):
        raise Invalid(f"{name} was not changed: it would be at fault", wrong)
    replace_text(project, name, before, after)
    return name, len(new), faults


def read(project: Path) -> Corpus:
    """Return the notes of a project; refuse a folder that is none."""
    require_project(project)
    corpus, diagnostics = read_project(project)
    if corpus is None:
        raise Invalid("the project cannot be read", diagnostics)
    return corpus


def _seed(corpus: Corpus, source: str) -> Seed:
    if seed := corpus.seeds.get(SourceId(source)):
        return seed
    if Ref(Kind.SOURCE, source) in corpus.unread:
        help_ = "run `sitegen check` to see what is wrong"
        raise Refused(f'the note of the source "{source}" has an error', help_)
    if source in corpus.sources:
        help_ = "put the text below seeds/ and name it in the source's `text` field"
        raise Refused(f'the text of the source "{source}" is not held', help_)
    help_ = did_you_mean(source, corpus.sources) or f"the sources are: {', '.join(corpus.sources)}"
    if not corpus.sources:
        help_ = "write one first: sitegen new source ID"
    raise Refused(f'there is no source "{printable(source)}"', help_)


def _choices(seed: Seed, passages: Passages) -> list[Choice]:
    places = sentences(seed.text)
    choices = []
    for segments in passages.found:
        start, end = segments[0].start, segments[-1].end
        held = [each for each in places if each.start < end and start < each.end]
        first = min([start, *(each.start for each in held)])
        last = max([end, *(each.end for each in held)])
        before, after = context(seed.text, Span(start, end), _CONTEXT)
        shown = (
            f"{seed.text[max(first, start - len(before)) : start]}"
            f"[{seed.text[start:end]}]"
            f"{seed.text[end : min(last, end + len(after))]}"
        )
        line = seed.text.count("\n", 0, start) + 1
        column = start - (seed.text.rfind("\n", 0, start) + 1) + 1
        flat = printable(_BREAK.sub(" ", shown).strip())
        at, sentence = Location(seed.path, line, column), Span(first, last)
        left_out = _left_out(seed.text, sentence, segments)
        choices.append(Choice(at, flat, segments, sentence, left_out))
    return choices


def _left_out(text: str, sentence: Span, segments: tuple[Span, ...]) -> tuple[str, ...]:
    """Return the words of a sentence that hedge or deny and that no segment holds.

    Of a number that is quoted, what hedges it right before it is among them.
    """
    words: list[str] = []
    at = sentence.start
    for segment in segments:
        words += reservations(text[at : segment.start])
        words.append(hedge_of_number(text, segment.start))
        at = segment.end
    words += reservations(text[at : sentence.end])
    return tuple(dict.fromkeys(filter(None, words)))


def whole_sentence(choice: Choice) -> Choice:
    """Return the passage widened to all of its sentence, or of those that it reaches into."""
    return replace(choice, segments=(choice.sentence,), left_out=())


def _around(found: Search, choice: Choice, quote: str) -> tuple[str, str]:
    """Return the shortest prefix and suffix that lead to a passage whose words stand elsewhere."""
    if len(choice.segments) > 1:
        for each in find_quote(found.text, quote).candidates:
            if each.segments == choice.segments:
                return each.prefix, each.suffix
    chosen = selector(found.text, choice.segments)
    return tidy(chosen.prefix), tidy(chosen.suffix)


def _address(project: Path, corpus: Corpus, into: str) -> Ref:
    """Return the note that `claims/ID` means; refuse what can hold no evidence or is not there."""
    ref = meant_ref(into)
    if not ref or ref.kind not in _QUOTABLE:
        help_ = "write claims/ID or events/ID: only these have evidence"
        raise Refused(f'"{printable(into)}" is no claim and no event', help_, is_wrong_use=True)
    if not any(name in corpus.files for name in note_names(ref)):
        for name in note_names(ref):
            if (project / name).exists():
                raise Refused(f"{name} cannot be read", "run `sitegen check` to see why")
        nearest = did_you_mean(ref.id, corpus.records(ref.kind))
        help_ = nearest or f"write it first: sitegen new {ref.kind} {ref.id}"
        raise Refused(f'there is no {ref.kind} "{ref.id}"', help_)
    return ref


def _passages(data: Mapping[str, object]) -> set[tuple[object, ...]]:
    """Return the passages that a note's evidence quotes."""
    evidence = data.get("evidence")
    entries = evidence if isinstance(evidence, list) else []
    return {_passage(each) for each in entries if isinstance(each, dict)}


def _passage(entry: Mapping[str, object]) -> tuple[object, ...]:
    """Return what makes two pieces of evidence the same: source, words and place."""
    values = (entry.get(name) for name in ("source", "quote", "prefix", "suffix"))
    return tuple(value if isinstance(value, str) else None for value in values)


def _faults(corpus: Corpus, ref: Ref, name: str, text: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the fields of a note, and with what can be used of them."""
    record, faults = read_note(ref, name, text)
    return (*faults, *(_errors_of(corpus, record) if record else ()))


def _errors_of(corpus: Corpus, record: Record[Note]) -> tuple[Diagnostic, ...]:
    """Return what a build would find wrong with this one note, its quotations included."""
    if isinstance(record.note, Claim):
        claim = cast("Record[Claim]", record)
        whole = replace(corpus, claims={**corpus.claims, ClaimId(record.ref.id): claim})
    else:
        event = cast("Record[Event]", record)
        whole = replace(corpus, events={**corpus.events, EventId(record.ref.id): event})
    found = check_corpus(whole, prove(whole))
    path = record.locations.path
    return tuple(each for each in found if each.at.path == path and each.severity is Severity.ERROR)


def _fault(diagnostic: Diagnostic) -> tuple[str, str]:
    """Return what makes two faults the same, wherever they stand."""
    return diagnostic.rule, diagnostic.message
