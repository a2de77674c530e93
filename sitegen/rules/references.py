"""Rules over the ids by which notes name one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from sitegen.diagnostics import Diagnostic, Missing, did_you_mean, error, warning
from sitegen.kinds import Kind
from sitegen.layout import CONTENT
from sitegen.model import Corpus, Record, Ref
from sitegen.notes import Note, id_like, is_reserved
from sitegen.references import Reference, line_references, of_kinds, references
from sitegen.rules.tables import CorpusCheck, Rule, WholeRule, by_kind
from sitegen.rules.ties import Tied

_LINES: Final = (Kind.EVENT, Kind.ACTOR, Kind.SOURCE, Kind.CLAIM)
_IF_RENAMED: Final = (
    "if it was renamed, list its earlier id under `aliases`, then sitegen check --fix"
)
_MOST_ADVISED: Final = 100  # ids that are compared with all others to find what they may mean
_OFTEN: Final = 3  # places that name one missing note, which speak for a note that was renamed


class Named(NamedTuple):
    """A reference of a note, and the notes that it means: none where there is no file."""

    reference: Reference
    targets: tuple[Ref, ...]


def check_references(corpus: Corpus, record: Record[Note]) -> Iterator[Diagnostic]:
    """Yield what the rules find in the references of one note; each is looked up once.

    No rule finds fault with one that means a single note, another one, while there are no drafts.
    """
    found, own_id = references(record.note), record.ref.id
    targets = [_targets(corpus, each) for each in found]
    if (
        {*map(len, targets)} <= {1}
        and not corpus.drafts
        and own_id not in [each.id for each in found]
    ):
        return
    named = [*map(Named, found, targets)]
    for find in _OF_NOTES[record.ref.kind]:
        yield from find(corpus, record, named)


def unknown_id(
    _corpus: Corpus, record: Record[Note], named: Sequence[Named]
) -> Iterator[Diagnostic]:
    """A field names a note that does not exist.

    A briefing with loose ends cannot be followed. Correct the id (the report gives the nearest
    ones), or write the note that is missing. An id is the name of a note's file: neither an earlier
    id (`aliases`) nor a name in texts (`aliases_in_text`) stands in for it. Where the note was
    renamed, list its earlier id under its `aliases`: `sitegen check --fix` then writes the new one
    in all places.
    """
    for reference, targets in named:
        if not targets:
            missing = Missing(reference.kinds, reference.id)
            message = f'there is no {" or ".join(missing.kinds)} "{missing.id}"'
            at, help_ = record.at(*reference.path), write_missing(missing)
            yield error("unknown-id", at, message, help_, missing=missing)


def write_missing(missing: Missing) -> str:
    """Return where the note is to be written that an id means which no note has, and how."""
    return f"write {' or '.join(_file_of(kind, missing.id) for kind in missing.kinds)}"


def _file_of(kind: Kind, note_id: str) -> str:
    """Return the file of a note that is yet to be written, and the command that begins it."""
    suffix = ".md" if kind is Kind.PAGE else ".yaml"
    return f"{CONTENT}/{kind.plural}/{note_id}{suffix} (sitegen new {kind} {note_id})"


def tell_missing(corpus: Corpus, found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield what was found in all notes, and say of ids that no note has what they may mean.

    A field and a link in Markdown that name the same missing note get the same help.
    """
    often = Counter(
        (kind, each.missing.id) for each in found if each.missing for kind in each.missing.kinds
    )
    advice = Advice(corpus)
    for each in found:
        if not each.missing:
            yield each
            continue
        hint = advice.on(each.missing)
        help_ = hint.words or each.help
        is_often = any(often[kind, each.missing.id] >= _OFTEN for kind in each.missing.kinds)
        if is_often and not hint.is_of_renamed:
            between = " Or " if help_.endswith("?") else "; "
            help_ = f"{help_}{between}{_IF_RENAMED}"
        yield replace(each, help=help_)


class Hint(NamedTuple):
    """What an id may mean that no note has, if anything; and whether a note had it earlier."""

    words: str = ""
    is_of_renamed: bool = False


class Advice:
    """What ids may mean that no note has: each is looked into once, and only so many of them.

    Where hundreds are missing, a whole folder is, and what is nearest to each helps nobody.
    """

    def __init__(self, corpus: Corpus) -> None:
        """Take the notes that there are."""
        self._corpus = corpus
        self._known: dict[Missing, Hint] = {}

    def on(self, missing: Missing) -> Hint:
        """Return what an id that no note of these kinds has may mean; empty if nobody knows."""
        if missing not in self._known:
            is_one_too_many = len(self._known) >= _MOST_ADVISED
            self._known[missing] = Hint() if is_one_too_many else _advise(self._corpus, missing)
        return self._known[missing]


def _advise(corpus: Corpus, missing: Missing) -> Hint:
    if meant := _by_other_name(corpus, missing):
        return meant
    known = [each for kind in missing.kinds for each in corpus.records(kind)]
    if nearest := did_you_mean(missing.id, known):
        return Hint(nearest)
    others = [kind for kind in Kind if missing.id in corpus.records(kind)]
    if not others:
        return Hint()
    return Hint(f'"{missing.id}" is the id of another kind of note: {" and ".join(others)}')


def _by_other_name(corpus: Corpus, missing: Missing) -> Hint | None:
    """Return what to say of an earlier id of a note, or of a name that is none of its ids."""
    for record in (each for kind in missing.kinds for each in corpus.records(kind).values()):
        own_id = record.ref.id
        if missing.id in record.note.aliases:
            words = f'that was its earlier id: write "{own_id}", as sitegen check --fix does'
            return Hint(words, is_of_renamed=True)
        names = getattr(record.note, "aliases_in_text", ())
        if name := next((each for each in names if id_like(each) == missing.id), None):
            return Hint(f'“{name}” is a name in texts and no id: write "{own_id}"')
    return None


def _targets(corpus: Corpus, reference: Reference) -> tuple[Ref, ...]:
    """Return the notes that there are, or would be if their files could be read."""
    known = of_kinds(corpus.refs_of.get(reference.id, ()), reference.kinds)
    if not corpus.unread or len(known) == len(reference.kinds):
        return known
    refs = (Ref(kind, reference.id) for kind in reference.kinds)
    return tuple(ref for ref in refs if ref in known or ref in corpus.unread)


def ambiguous_origin(
    _corpus: Corpus, record: Record[Note], named: Sequence[Named]
) -> Iterator[Diagnostic]:
    """An origin's id belongs to an actor and to a source as well.

    Which of them is meant decides what counts as independent. Write `actor:id` or `source:id`.
    """
    for reference, targets in named:
        if len(targets) > 1 and reference.role == "origins":
            yield error(
                "ambiguous-origin",
                record.at(*reference.path),
                f'"{reference.id}" is an actor and a source',
                f'write "actor:{reference.id}" or "source:{reference.id}"',
            )


def self_reference(
    _corpus: Corpus, record: Record[Note], named: Sequence[Named]
) -> Iterator[Diagnostic]:
    """A note names itself where another note must stand.

    A claim cannot contradict itself, nor an event be part of itself. Name the other note, or take
    the entry out.
    """
    for reference, targets in named:
        if reference.id == record.ref.id and targets == (record.ref,):
            yield error(
                "self-reference",
                record.at(*reference.path),
                f"this {record.ref.kind} names itself",
                "name the other note, or take the entry out",
            )


def circular_reference(corpus: Corpus, tied: Tied) -> Iterator[Diagnostic]:
    """Notes name one another in a circle where only a line makes sense.

    An event cannot be part of its own part, an actor no member of its own member, and a source
    cannot have its reporting from one that has it from there. Take one of the links out.
    """
    for kind in _LINES:
        names = {
            note_id: {each for each in ties.line if each != note_id}
            for note_id, ties in tied[kind].items()
            if ties.line
        }
        yield from (_circle(corpus.records(kind), each) for each in _circles(names))


def _circles(names: Mapping[str, Collection[str]]) -> Iterator[Sequence[str]]:
    """Yield every circle met by following, from note to note, the first id that can return."""
    following = _first_that_return(names)
    seen: set[str] = set()
    for start in following:
        path: dict[str, None] = {}
        here = start
        while here not in seen:
            seen.add(here)
            path[here] = None
            here = following[here]
        if here in path:
            steps = list(path)
            yield steps[steps.index(here) :]


def _first_that_return(names: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Return for every note from which a walk need never end the smallest id to go on to."""
    left = {
        note_id: sum(target in names for target in targets) for note_id, targets in names.items()
    }
    named_by: dict[str, list[str]] = {}
    for note_id, targets in names.items():
        for target in targets:
            named_by.setdefault(target, []).append(note_id)
    ends = [note_id for note_id, count in left.items() if not count]
    for end in ends:
        del left[end]
        for note_id in named_by.get(end, ()):
            left[note_id] -= 1
            if not left[note_id]:
                ends.append(note_id)
    return {note_id: min(left.keys() & names[note_id]) for note_id in sorted(left)}


def _circle(records: Mapping[str, Record[Note]], circle: Sequence[str]) -> Diagnostic:
    first = circle.index(min(circle))
    ring = [*circle[first:], *circle[: first + 1]]
    record = records[ring[0]]
    *_, naming = (
        each
        for each in line_references(record.note)
        if each.id == ring[1] and record.ref.kind in each.kinds
    )
    return error(
        "circular-reference",
        record.at(*naming.path),
        f"these name one another in a circle: {' → '.join(ring)}",
        "take one of the links out",
    )


def alias_taken(corpus: Corpus, tied: Tied) -> Iterator[Diagnostic]:
    """An alias is an id or alias of another note of its kind, or a name that no page may have.

    An alias becomes a page that leads to the note, and two pages cannot have one address: `index`
    lists all notes of a kind, and Windows keeps names such as `con` for itself. Choose which of the
    notes keeps the alias, or take it out.
    """
    for kind in Kind:
        records = corpus.records(kind)
        owners: dict[str, str] = {}
        for note_id, ties in tied[kind].items():
            for index, alias in enumerate(ties.aliases):
                owner = alias if alias in records else owners.get(alias)
                if owner or is_reserved(alias):
                    yield _alias_fault(records[note_id], index, alias, records[owner or note_id])
                owners.setdefault(alias, note_id)


def _alias_fault(record: Record[Note], index: int, alias: str, owner: Record[Note]) -> Diagnostic:
    at, rule = record.at("aliases", index), "alias-taken"
    if owner is not record:
        message = f'"{alias}" belongs to the {owner.ref.kind} "{owner.ref.id}"'
        related = ((owner.at(), "the other one"),)
        return error(rule, at, message, "take the alias out here or there", related)
    if is_reserved(alias):
        message = f'"{alias}" is reserved'
    elif alias == record.ref.id:
        message = f'"{alias}" is this note\'s own id'
    else:
        message = f'"{alias}" stands here twice'
    return error(rule, at, message, "take the alias out")


def draft_reference(
    corpus: Corpus, record: Record[Note], named: Sequence[Named]
) -> Iterator[Diagnostic]:
    """A published note names a draft.

    A draft is kept out of the site, and so is what this field says of it. Publish the draft, make
    this note one too, or take the entry out. A draft source cannot be quoted by a published note
    at all, and a draft origin cannot be left out, since evidence would then look independent that
    is not: both are errors.
    """
    if record.note.draft or not corpus.drafts:
        return
    for reference, targets in named:
        for ref in targets:
            if ref in corpus.drafts:
                is_needed = reference.role in {"evidence", "rival_dates", "origins"}
                yield (error if is_needed else warning)(
                    "draft-reference",
                    record.at(*reference.path),
                    f'the {ref.kind} "{ref.id}" is a draft',
                    "publish the draft, or make this note a draft"
                    if is_needed
                    else "the entry is left out of the site until the draft is published",
                )


_ReferenceCheck = Callable[[Corpus, Record[Note], Sequence[Named]], Iterator[Diagnostic]]

CHECKS: tuple[Rule[_ReferenceCheck] | WholeRule[CorpusCheck], ...] = (
    Rule(unknown_id),
    Rule(ambiguous_origin),
    Rule(self_reference),
    WholeRule(circular_reference),
    WholeRule(alias_taken),
    Rule(draft_reference),
)

_OF_NOTES: Final = by_kind(CHECKS)
