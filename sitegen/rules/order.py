"""Rules over dates that cannot all be right. A doubtful date never makes a warning by itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sitegen.dates import FuzzyDate, is_before, words
from sitegen.diagnostics import Diagnostic, warning
from sitegen.kinds import Kind
from sitegen.model import Corpus, Record
from sitegen.notes import Claim, Event, Source, SourceId
from sitegen.rules.tables import CLAIMS, EVENTS, SOURCES, NoteCheck, Rule


def _published(corpus: Corpus, source_id: SourceId) -> FuzzyDate | None:
    source = corpus.sources.get(source_id)
    return source.note.published if source else None


def part_outside_whole(corpus: Corpus, record: Record[Event]) -> Iterator[Diagnostic]:
    """An event is dated wholly before or after the event it is part of.

    One of the two dates is wrong, or the one is no part of the other. Correct the date, or take
    `part_of` out.
    """
    whole = corpus.events.get(record.note.part_of) if record.note.part_of else None
    if whole is None:
        return
    part, all_of_it = record.note.date, whole.note.date
    if is_before(part, all_of_it) or is_before(all_of_it, part):
        yield warning(
            "part-outside-whole",
            record.at("date"),
            f'{words(part)} lies outside "{whole.ref.id}", which is dated {words(all_of_it)}',
            "correct one of the dates, or take `part_of` out",
            ((whole.at("date"), "the date of the whole"),),
        )


def source_older_than_event(corpus: Corpus, record: Record[Event]) -> Iterator[Diagnostic]:
    """A source was published before the event that it reports.

    A text cannot report what had not happened yet. Correct one of the dates; where the passage only
    announces the event, write `stance: mentions`.
    """
    for index, evidence in enumerate(record.note.evidence):
        published = _published(corpus, evidence.source)
        if published and evidence.stance == "supports" and is_before(published, record.note.date):
            yield _too_early(record, index, evidence.source, published, record.note.date)


def source_older_than_claim(corpus: Corpus, record: Record[Claim]) -> Iterator[Diagnostic]:
    """A claim quotes a source that was published before the date for which the claim holds.

    Unless it is a prediction, nobody can have known. Correct one of the dates, or write
    `kind: prediction`.
    """
    if record.note.date is None or record.note.kind == "prediction":
        return
    for index, evidence in enumerate(record.note.evidence):
        published = _published(corpus, evidence.source)
        if published and is_before(published, record.note.date):
            yield _too_early(record, index, evidence.source, published, record.note.date)


def _too_early(
    record: Record[Claim] | Record[Event],
    index: int,
    source_id: SourceId,
    published: FuzzyDate,
    date: FuzzyDate,
) -> Diagnostic:
    is_event = record.ref.kind is Kind.EVENT
    return warning(
        f"source-older-than-{record.ref.kind}",
        record.at("evidence", index, "source"),
        f'"{source_id}" was published {words(published)}, before {words(date)}',
        "correct one of the dates; a passage that only announces the event has `stance: mentions`"
        if is_event
        else "correct one of the dates, or write `kind: prediction`",
        ((record.at("date"), f"the {record.ref.kind}'s date"),),
    )


def history_out_of_order(_corpus: Corpus, record: Record[Claim]) -> Iterator[Diagnostic]:
    """The steps of a judgement's history do not follow one another in time.

    Readers take the last step for the present one. Put the oldest first, or correct a date.
    """
    for index, (earlier, later) in enumerate(pairwise(record.note.history)):
        if is_before(later.date, earlier.date):
            yield warning(
                "history-out-of-order",
                record.at("history", index + 1, "date"),
                f"{words(later.date)} stands after {words(earlier.date)}",
                "put the oldest step first, or correct a date",
            )


def collected_before_published(_corpus: Corpus, record: Record[Source]) -> Iterator[Diagnostic]:
    """A source's text was collected before it was published.

    One of the two dates is wrong.
    """
    published, collected = record.note.published, record.note.collected
    if published and collected and is_before(collected, published):
        yield warning(
            "collected-before-published",
            record.at("collected"),
            f"collected {words(collected)}, but published {words(published)}",
            "correct one of the dates",
        )


CHECKS: tuple[Rule[NoteCheck], ...] = (
    Rule(part_outside_whole, EVENTS),
    Rule(source_older_than_event, EVENTS),
    Rule(source_older_than_claim, CLAIMS),
    Rule(history_out_of_order, CLAIMS),
    Rule(collected_before_published, SOURCES),
)
