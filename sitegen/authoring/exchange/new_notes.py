"""Notes that come from elsewhere, put into a project: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from sitegen.authoring.excerpting import read
from sitegen.authoring.note_files import note_name, write_all_new
from sitegen.authoring.refusals import Invalid
from sitegen.diagnostics import Diagnostic, Location, error
from sitegen.model import Corpus, Ref
from sitegen.notes import Note
from sitegen.references import references


class NewNote(Struct, frozen=True):
    """A note to be written: its address, what it says, its file's text, and where it comes from."""

    ref: Ref
    note: Note
    text: str
    at: Location


class Outcome(Struct, frozen=True):
    """Paths below the project: of notes that were written, and of those that were there already.

    Of the latter `same` say the same, `kept` something else and were left as they are. `missing`
    are the notes that those written refer to and that are not there yet, as `kinds/id`.
    """

    written: tuple[str, ...]
    same: tuple[str, ...]
    kept: tuple[str, ...]
    missing: tuple[str, ...] = ()


def write_notes(
    project: Path,
    notes: Sequence[NewNote],
    faults: Sequence[Diagnostic] = (),
    *,
    skip_existing: bool = False,
) -> Outcome:
    """Write notes that are not there yet; refuse, and write nothing, if anything is at fault.

    `faults` are those found before. A note that is there already and says the same is passed over;
    one that says something else is a fault, unless it is to be skipped.
    """
    corpus = read(project)
    names = {each.ref: _name_there(project, each.ref) for each in notes}
    same: list[NewNote] = []
    others: list[NewNote] = []
    for each in notes:
        if names[each.ref]:
            (same if _says_the_same(corpus, each) else others).append(each)
    found = [*faults, *_repeated(notes)]
    if not skip_existing:
        found += (_there_already(corpus, each, names[each.ref]) for each in others)
    if found:
        raise Invalid("nothing was written", found)
    passed = {each.ref for each in (*same, *others)}
    new = [each for each in notes if each.ref not in passed]
    files = {note_name(each.ref): each.text.encode() for each in new}
    write_all_new(project, files)
    return Outcome(
        tuple(files),
        tuple(names[each.ref] for each in same),
        tuple(names[each.ref] for each in others),
        tuple(_missing(corpus, new)),
    )


def _missing(corpus: Corpus, new: Sequence[NewNote]) -> Iterator[str]:
    """Yield the notes that new ones refer to and that are not there, also not among these."""
    added = {each.ref for each in new}
    missing: dict[tuple[Ref, ...], None] = {}
    for each in new:
        for reference in references(each.note):
            meant = tuple(Ref(kind, reference.id) for kind in reference.kinds)
            if not any(ref in added or ref in corpus.unread or corpus.find(ref) for ref in meant):
                missing[meant] = None
    for meant in missing:
        # An origin may be of two kinds; where one is asked for anyway, that is enough.
        if len(meant) == 1 or not any((ref,) in missing for ref in meant):
            yield f"{' or '.join(ref.kind.plural for ref in meant)}/{meant[0].id}"


def _name_there(project: Path, ref: Ref) -> str:
    """Return the path of the file that has a note's place, empty where there is none."""
    name = note_name(ref)
    spellings = (name, name.replace(".yaml", ".yml"))
    return next((each for each in spellings if (project / each).exists()), "")


def _says_the_same(corpus: Corpus, new: NewNote) -> bool:
    there = corpus.find(new.ref)
    return there is not None and there.note == new.note and new.ref not in corpus.unread


def _repeated(notes: Sequence[NewNote]) -> Iterator[Diagnostic]:
    first: dict[Ref, Location] = {}
    for each in notes:
        if each.ref in first:
            message = f'another {each.ref.kind} has the id "{each.ref.id}"'
            where = ((first[each.ref], "the other one"),)
            yield error("repeated-id", each.at, message, "give one of the two another id", where)
        first.setdefault(each.ref, each.at)


def _there_already(corpus: Corpus, new: NewNote, name: str) -> Diagnostic:
    there = corpus.find(new.ref)
    if there is None or new.ref in corpus.unread:
        message = f"{name} is there already and has faults"
    else:
        fields = ", ".join(_differing(there.note, new.note))
        message = f"{name} is there already and says something else: {fields}"
    help_ = "change one of the two, or pass over what is there: --skip-existing"
    return error("note-exists", new.at, message, help_)


def _differing(there: Note, new: Note) -> Iterator[str]:
    """Yield the fields in which two notes of a kind differ, by their names in YAML."""
    for name, info in type(there).model_fields.items():
        if getattr(there, name) != getattr(new, name):
            yield info.alias or name
