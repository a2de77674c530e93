"""What pages about the whole site say of all notes: counts, the first few, the widest.

Everything here is put together from bundles of notes. So if a note changes in a way that matters
to nothing of this, only its own bundle is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from sitegen.ledger import NOTHING_KEPT, Tables, Whole
from sitegen.notes import ActorId, ClaimId, EventId, MeasureId, QuestionId, SourceId
from sitegen.pages.cards import Cards
from sitegen.pages.in_brief import ChangeAt, notes_in_brief
from sitegen.pages.tour import Way
from sitegen.pages.unknowns import Admissions, Unknowns, admissions_of, unknowns_of
from sitegen.views import SourcesInBrief


class Survey(Struct, frozen=True):
    """What is said of all notes; each value is made again only when one of its bundles changes."""

    standings: Whole[Mapping[str, int]]  # how many claims have each
    states: Whole[Mapping[str, int]]  # how many quotations have each
    judged: Whole[tuple[str, ...]]  # the refs of judged claims, those first with most origins
    assessed: Whole[tuple[ClaimId, ...]]  # all with an assessment
    widest: Whole[ClaimId | None]  # the claim with most origins
    changes: Whole[tuple[ChangeAt, ...]]  # the latest
    asserting: Whole[ActorId | None]  # the first who asserts anything
    way: Whole[Way | None]  # that of the tour
    events: Whole[tuple[EventId, ...]]  # by date
    years: Whole[tuple[int, int] | None]  # of the first event and of the last
    sources: Whole[Mapping[SourceId, int]]  # numbered by date
    publisher: Whole[str | None]  # the first that a source names
    taken_together: Whole[SourcesInBrief]
    most_quoted: Whole[tuple[SourceId, ...]]  # by date
    answers: Whole[Mapping[QuestionId, tuple[ClaimId, ...]]]
    judged_first: Whole[tuple[QuestionId, ...]]  # questions, those first that are judged
    measures: Whole[tuple[MeasureId, ...]]  # by title
    estimates: Whole[int]  # how many there are of all measures
    pages: Whole[tuple[str, ...]]  # the narrative ones, in their order
    admissions: Whole[Mapping[str, Admissions]]
    unknowns: Unknowns


def survey_of(cards: Cards, tables: Tables = NOTHING_KEPT) -> Survey:
    """Return what is said of all notes of a site."""
    notes, whole = notes_in_brief(cards, tables), tables.whole
    unknowns = unknowns_of(cards, tables)
    return Survey(
        standings=whole("standings", notes.standings),
        states=whole("how quotations were found", notes.states),
        judged=whole("first judgements", notes.judged),
        assessed=whole("claims with an assessment", notes.assessed),
        widest=whole("widest claim", notes.widest),
        changes=whole("latest changes", notes.changes),
        asserting=whole("first who asserts", notes.asserting),
        way=whole("best way", notes.way),
        events=whole("events by date", notes.events_by_date),
        years=whole("years of events", notes.years),
        sources=whole("numbers of all sources", notes.numbers),
        publisher=whole("first publisher", notes.publisher),
        taken_together=whole("sources taken together", notes.taken_together),
        most_quoted=whole("most quoted sources", notes.most_quoted),
        answers=whole("answers to questions", notes.answers),
        judged_first=whole("questions in order", notes.judged_first),
        measures=whole("measures by title", notes.measures_by_title),
        estimates=whole("count of estimates", notes.estimates),
        pages=whole("pages in order", notes.pages_in_order),
        admissions=admissions_of(cards, unknowns, tables),
        unknowns=unknowns,
    )
