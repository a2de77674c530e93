"""All rules, run over what was read and over what follows from it; changes nothing.

What can be told of one note is worked out note by note, from that and from what is looked up for it
by key: it holds as long as these do. What only all notes together show is worked out from what was
found in each, or from all of them.
"""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Final, NamedTuple

from sitegen.diagnostics import Diagnostic, Severity, did_you_mean, warning
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Corpus, Findings, Proofs, Record, Ref, Site, refs_to
from sitegen.notes import Note
from sitegen.references import names_in_texts
from sitegen.rules import (
    comments,
    files,
    judgements,
    limits,
    order,
    prose,
    quotations,
    references,
    wording,
)
from sitegen.rules.comments import cut_in_settings
from sitegen.rules.elsewhere import tell_elsewhere
from sitegen.rules.prose import check_prose
from sitegen.rules.quotations import check_quotations
from sitegen.rules.references import check_references, tell_missing
from sitegen.rules.severities import WARNINGS
from sitegen.rules.tables import by_kind, of_whole
from sitegen.rules.ties import Ties, tied_among, ties_of
from sitegen.rules.wording import MENTIONED, Capitals, capitals_in, unknown_name
from sitegen.schema import RULES as FIELD_RULES

JUDGED: Final = "faults of findings"
"""The table of what the findings have against each note."""

_PARTS: Final = ("markdown-fault", "cut-in-settings")  # checks that find what other rules say
_OF_NOTES: Final = by_kind((*comments.CHECKS, *order.CHECKS))
_OF_CORPUS: Final = of_whole((*references.CHECKS, *limits.CHECKS, *prose.CHECKS))
_OF_FINDINGS: Final = by_kind((*judgements.CHECKS, *wording.CHECKS))

# Names under which notes may still accept a warning, and the rules' present ones.
_FORMER_NAMES: Final[Mapping[str, str]] = {"confirmed-without-evidence": "verdict-not-borne-out"}


def check_corpus(
    corpus: Corpus, proofs: Proofs, processes: int = 1, tables: Tables = NOTHING_KEPT
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the notes as written and with their quotations.

    What `tables` know to be as it was in the last build is not worked out again.
    """

    def check(ref: Ref) -> Checked:
        record = corpus.records(ref.kind)[ref.id]
        return Checked(check_note(corpus, proofs, record), ties_of(record))

    checked = tables.table("faults of notes", refs_to(corpus), check, processes)
    tables.done_with(checked)
    together = tables.whole("faults of notes together", lambda: check_together(corpus, checked))
    faulty = together.value.faulty
    yield from tell_missing(
        corpus, [*tell_elsewhere(corpus, {ref: checked[ref].diagnostics for ref in faulty})]
    )
    yield from together.value.diagnostics
    yield from cut_in_settings(corpus)


class Checked(NamedTuple):
    """What came of one note: what is wrong with it, and what it has to do with others."""

    diagnostics: tuple[Diagnostic, ...]
    ties: Ties


def check_note(corpus: Corpus, proofs: Proofs, record: Record[Note]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with one note as written and with its quotations.

    Of a note that was read in part only, that is its errors: a warning may rest on what is missing.
    """
    found = chain(
        check_references(corpus, record),
        check_prose(corpus, record),
        check_quotations(corpus, proofs, record),
        chain.from_iterable(find(corpus, record) for find in _OF_NOTES[record.ref.kind]),
    )
    is_in_part = record.ref in corpus.unread
    return tuple(each for each in found if not is_in_part or each.severity is Severity.ERROR)


class Together(NamedTuple):
    """What all notes show: which are faulty by themselves, and what is wrong with them together."""

    faulty: tuple[Ref, ...]
    diagnostics: tuple[Diagnostic, ...]


def check_together(corpus: Corpus, checked: Mapping[Ref, Checked]) -> Together:
    """Return what all notes show, given in their order.

    Nothing but errors is said of notes that were read in part.
    """
    tied = tied_among({ref: each.ties for ref, each in checked.items()})
    found = [*chain.from_iterable(find(corpus, tied) for find in _OF_CORPUS)]
    if found:
        records = (corpus.find(ref) for ref in corpus.unread)
        in_part = {record.locations.path for record in records if record}
        found = [
            each for each in found if each.severity is Severity.ERROR or each.at.path not in in_part
        ]
    return Together(tuple(ref for ref, each in checked.items() if each.diagnostics), tuple(found))


class Judged(NamedTuple):
    """What came of one published note: what does not fit, and the capitals in its quotes."""

    diagnostics: tuple[Diagnostic, ...]
    capitals: tuple[Capitals, ...]


def check_findings(
    site: Site, findings: Findings, processes: int = 1, tables: Tables = NOTHING_KEPT
) -> Iterator[Diagnostic]:
    """Yield what does not fit together in the linked notes and in what follows from them.

    What `tables` know to be as it was in the last build is not worked out again.
    """

    def judge(ref: Ref) -> Judged:
        return check_findings_of(site, findings, site.records(ref.kind)[ref.id])

    def named(ref: Ref) -> tuple[str, ...]:
        return names_in_texts(site.records(ref.kind)[ref.id].note)

    refs = findings.backlinks  # of all notes, kind by kind
    judged = tables.table(JUDGED, refs, judge, processes)
    tables.done_with(judged)
    mentioned = [each for each in refs if each.kind in MENTIONED]
    names = tables.table("names of actors and places", mentioned, named)
    together = tables.whole(
        "faults of findings together", lambda: check_findings_together(site, judged, names)
    )
    for ref in together.value.faulty:
        yield from judged[ref].diagnostics
    yield from together.value.diagnostics


def check_findings_of(site: Site, findings: Findings, record: Record[Note]) -> Judged:
    """Return what does not fit together in one linked note and in what follows for it."""
    found = (find(site, findings, record) for find in _OF_FINDINGS[record.ref.kind])
    return Judged(tuple(chain.from_iterable(found)), capitals_in(site, findings, record))


def check_findings_together(
    site: Site, judged: Mapping[Ref, Judged], names: Mapping[Ref, tuple[str, ...]]
) -> Together:
    """Return what all notes show, given in their order; `names` are those of actors and places."""
    known = {*site.settings.names, *chain.from_iterable(names.values())}
    quoted = {ref: each.capitals for ref, each in judged.items() if each.capitals}
    return Together(
        tuple(ref for ref, each in judged.items() if each.diagnostics),
        tuple(unknown_name(site, quoted, known)),
    )


def present_name(rule: str) -> str:
    """Return the name that a rule has now, whatever it was called when it was written down."""
    return _FORMER_NAMES.get(rule, rule)


def accept(
    diagnostics: Iterable[Diagnostic], corpus: Corpus, *, is_complete: bool = True
) -> Iterator[Diagnostic]:
    """Yield the diagnostics less the warnings that their notes allow.

    An allowance that accepts nothing is a warning itself: what it was for is gone, and it would
    hide the next mistake. Of a warning that is known only if all checks were run, else
    `is_complete` is False; an error, or what is no rule at all, can never be accepted.
    """
    records = (corpus.find(ref) for ref in sorted(corpus.allowing))
    allowing = {record.locations.path: record for record in records if record}
    found_in: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in diagnostics:
        if diagnostic.at.path in allowing:
            found_in[diagnostic.at.path].append(diagnostic)
        else:
            yield diagnostic
    for path, record in allowing.items():
        yield from accept_in(record, found_in[path], is_complete=is_complete)


def accept_in(
    record: Record[Note], found: Iterable[Diagnostic], *, is_complete: bool = True
) -> Iterator[Diagnostic]:
    """Yield what was found in one note's file less the warnings that the note allows."""
    allowed = {present_name(each.rule) for each in record.note.allow}
    used = set()
    for diagnostic in found:
        if diagnostic.severity is Severity.WARNING and diagnostic.rule in allowed:
            used.add(diagnostic.rule)
        else:
            yield diagnostic
    is_judged = is_complete and not record.note.draft  # not all rules look at drafts
    for index, each in enumerate(record.note.allow):
        if present_name(each.rule) not in used and (said := _useless(each.rule, is_judged)):
            yield warning("unused-allowance", record.at("allow", index, "rule"), *said)


def _useless(rule: str, is_judged: bool) -> tuple[str, str] | None:
    """Return why nothing was accepted by a rule's name, and what to do; None if it may be yet.

    What can never be accepted is told in any case, and all else where `is_judged`.
    """
    nothing = f'there is no warning "{rule}" here to accept'
    name = present_name(rule)
    if name in WARNINGS:
        return (nothing, "take the entry out") if is_judged else None
    if name in manual() or name in FIELD_RULES:
        message = f'"{rule}" is an error, and only warnings can be accepted'
        return message, "take the entry out; an error has to be mended"
    return nothing, did_you_mean(rule, WARNINGS) or "no warning has this name: take it out"


@cache
def manual() -> Mapping[str, str]:
    """Return what each rule finds, why it matters and how to mend it, by name.

    `schema` and `render` keep the manuals of their own rules.
    """
    table = chain(
        comments.CHECKS,
        references.CHECKS,
        limits.CHECKS,
        prose.CHECKS,
        order.CHECKS,
        quotations.CHECKS,
        judgements.CHECKS,
        wording.CHECKS,
    )
    texts = {
        getattr(each.find, "__name__", "").replace("_", "-"): inspect.getdoc(each.find) or ""
        for each in table
    }
    for name in _PARTS:
        texts.pop(name)
    return {
        **files.RULES,
        **texts,
        **limits.RULES,
        **prose.RULES,
        "unused-allowance": (
            "An `allow` entry accepts a warning that does not occur, or an error, which cannot be "
            "accepted. Take it out, or it would hide the next mistake of this kind; an error has "
            "to be mended."
        ),
    }
