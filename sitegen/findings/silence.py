"""Which sources cover what a claim is about and say nothing of it.

A question may have very many claims and very many sources. A list of silent sources for each claim
would grow with the product of the two. So the sources are kept once for each event and question,
and a claim only points to these and to the claims whose sources do speak of it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import merge
from itertools import chain, islice
from operator import itemgetter
from typing import Final, NamedTuple, TypeVar

from sitegen.dates import FuzzyDate
from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Covering, Findings, Ref, Silent, Site
from sitegen.notes import ClaimId, EventId, QuestionId, SourceId

N = TypeVar("N", ClaimId, EventId)
T = TypeVar("T", SourceId, tuple[dt.date, SourceId])

_SOURCE: Final[Callable[[tuple[dt.date, SourceId]], SourceId]] = itemgetter(1)

_FEW: Final = 256
"""Up to so many sources on a claim's subjects are put into one set; more are merged in order."""

_BITS: Final = 32
"""Handling so many sources as bits of a number takes less time than handling one in a set."""


OfClaims = Mapping[ClaimId, tuple[SourceId, ...]]
"""The sources that each claim quotes."""

OfEvents = Mapping[EventId, tuple[SourceId, ...]]
"""The sources that each event quotes."""

Ends = Mapping[SourceId, dt.date | None]
"""The day by which each source had appeared at the latest, where that is known."""


def ends_of(site: Site, tables: Tables = NOTHING_KEPT) -> Ends:
    """Return the day by which each source had appeared."""
    return tables.table(
        "ends of sources", site.sources, lambda each: _end(site.sources[each].note.published)
    )


def sources_quoted(
    site: Site, kind: Kind, ids: Iterable[N], tables: Tables = NOTHING_KEPT
) -> Mapping[N, tuple[SourceId, ...]]:
    """Return the sources that claims, or events, quote, each once, in the order of their evidence.

    They have a table of their own because most that follows from a note's sources does not depend
    on the passages.
    """
    citations = site.citations

    def make(note_id: N) -> tuple[SourceId, ...]:
        own = citations[Ref(kind, note_id)]
        return tuple(dict.fromkeys([each.evidence.source for each in own]))

    return tables.table(f"sources of {kind.plural}", ids, make)


def coverings(
    site: Site, ends: Ends, of_claims: OfClaims, of_events: OfEvents, tables: Tables = NOTHING_KEPT
) -> Mapping[Ref, Covering]:
    """Return the sources that cover each event and each question.

    A source covers an event when the event itself or one of its claims quotes it, and a question
    when one of its claims or events does.
    """
    events_of = tables.index(
        "events that name a question", site.events, lambda record: record.note.questions
    )
    known: dict[tuple[SourceId, ...], Covering] = {}  # the same sources may cover many subjects

    def make(ref: Ref) -> Covering:
        if ref.kind is Kind.EVENT:
            events: Sequence[EventId] = [EventId(ref.id)]
            claims = site.claims_of_event[EventId(ref.id)]
        else:
            events = events_of.get(QuestionId(ref.id), ())
            claims = site.claims_of_question[QuestionId(ref.id)]
        own = [*[of_events[each] for each in events], *[of_claims[each] for each in claims]]
        found = _covering(ends, set[SourceId]().union(*own))
        return known.setdefault(found.ids, found)

    refs = (
        *Ref.to_each(Kind.EVENT, site.claims_of_event),
        *Ref.to_each(Kind.QUESTION, site.claims_of_question),
    )
    return tables.table("covering", refs, make)


def silences(
    site: Site,
    covering: Mapping[Ref, Covering],
    ends: Ends,
    of_claims: OfClaims,
    tables: Tables = NOTHING_KEPT,
) -> Mapping[ClaimId, Silent]:
    """Return for every claim the sources that cover its events or questions but not the claim.

    A source that is quoted for a claim that contradicts this one, or says the same, does speak of
    it.
    """
    events = tables.index("events of claims", site.claims_of_event, _as_they_are)
    questions = tables.index("questions of claims", site.claims_of_question, _as_they_are)
    by_date = tables.whole("sources by date", lambda: _by_date(ends))
    count = _counter(by_date.value, covering, of_claims)

    def silent(claim_id: ClaimId) -> Silent:
        own_events = events.get(claim_id, ())
        own_questions = questions.get(claim_id, ())
        subjects = [Ref(Kind.EVENT, each) for each in own_events]
        subjects += [Ref(Kind.QUESTION, each) for each in own_questions]
        since = _happened(site, claim_id, own_events)
        saying = _saying(site, claim_id)
        able, too_early = count(subjects, saying, since)
        return Silent(
            events=own_events,
            questions=own_questions,
            speaking=saying,
            since=since,
            able=able,
            too_early=too_early,
        )

    return tables.table("silence", site.claims, silent)


def _as_they_are(claims: tuple[ClaimId, ...]) -> tuple[ClaimId, ...]:
    return claims


def silent_ids(findings: Findings, claim_id: ClaimId, most: int) -> list[SourceId]:
    """Return at most `most` of the sources that are silent on a claim, sorted by their ids."""
    silent = findings.silence[claim_id]
    covering = [each.ids for each in chain(*_subjects(findings, silent))]
    if sum(map(len, covering)) <= _FEW:
        every = set[SourceId]().union(*covering)
        return sorted(every.difference(_spoken(findings, silent)))[:most]
    return _first_silent(findings, silent, merge(*covering), most)


def able_to_speak(findings: Findings, claim_id: ClaimId, most: int) -> list[SourceId]:
    """Return at most `most` silent sources that may have known what happened, the likeliest first.

    Those that cover the claim's events come before those that cover its questions. Of each, the
    latest come first, and those whose date is not known last.
    """
    silent = findings.silence[claim_id]
    in_order = (_latest_first(each, silent.since) for each in _subjects(findings, silent))
    return _first_silent(findings, silent, chain.from_iterable(in_order), most)


def _subjects(findings: Findings, silent: Silent) -> tuple[list[Covering], list[Covering]]:
    """Return who covers each of a claim's events, and each of its questions."""
    covering = findings.covering
    return (
        [covering[Ref(Kind.EVENT, each)] for each in silent.events],
        [covering[Ref(Kind.QUESTION, each)] for each in silent.questions],
    )


def _first_silent(
    findings: Findings, silent: Silent, sources: Iterable[SourceId], most: int
) -> list[SourceId]:
    """Return the first `most` of some sources that do not speak of a claim, each once."""
    seen = _spoken(findings, silent)
    found: list[SourceId] = []
    for each in sources:
        if each not in seen:
            if len(found) == most:
                break
            seen.add(each)
            found.append(each)
    return found


def _spoken(findings: Findings, silent: Silent) -> set[SourceId]:
    """Return the sources that do speak of a claim."""
    quoted = findings.sources_of_claims
    return set[SourceId]().union(*[quoted[each] for each in silent.speaking])


def _latest_first(covering: Sequence[Covering], since: dt.date | None) -> Iterator[SourceId]:
    """Return sources that had not certainly appeared before a day, latest first, undated last."""
    runs = [_backwards(each, since) for each in covering]
    dated = map(_SOURCE, _merged(runs, reverse=True))
    return chain(dated, _merged([each.undated for each in covering]))


def _backwards(covering: Covering, since: dt.date | None) -> Iterator[tuple[dt.date, SourceId]]:
    dated = covering.dated
    return islice(reversed(dated), len(dated) - _place(covering, since) if since else None)


def _merged(runs: Sequence[Iterable[T]], *, reverse: bool = False) -> Iterable[T]:
    """Return sorted runs as one; most claims have a single run, which need not be merged."""
    return merge(*runs, reverse=reverse) if len(runs) > 1 else chain(*runs)


def _place(covering: Covering, day: dt.date) -> int:
    """Return how many sources had certainly appeared before a day."""
    return bisect_left(covering.dated, (day,))


_Count = Callable[[Sequence[Ref], Sequence[ClaimId], "dt.date | None"], tuple[int, int]]
"""Takes a claim's subjects, the claims that speak of it, and the day from which one could speak.

Returns how many silent sources were able to speak, and how many appeared too early for it.
"""


class _ByDate(NamedTuple):
    """All sources: those with a known date, sorted by the day by which they had appeared."""

    dated: tuple[tuple[dt.date, SourceId], ...]
    undated: tuple[SourceId, ...]


def _by_date(ends: Ends) -> _ByDate:
    dated = sorted((end, each) for each, end in ends.items() if end)
    return _ByDate(tuple(dated), tuple(each for each, end in ends.items() if not end))


def _counter(
    sources: _ByDate,
    covering: Mapping[Ref, Covering],
    quoted: OfClaims,
) -> _Count:
    """Return a function that counts the silent sources of a claim.

    It represents a set of sources as an integer with one bit for each source, in the order in which
    they appeared. So a claim on several large subjects costs next to nothing. For a few sources
    among very many it makes a plain set.

    `sources` may be read here without being a look-up of each claim: where a source stands in the
    order decides no count. What decides it is when the sources on the claim's subjects appeared,
    and that is part of their `covering`, which is looked up.
    """
    dated, undated = sources
    days = [day for day, _ in dated]
    places = {each: at for at, each in enumerate((*(each for _, each in dated), *undated))}

    def bits(sources: Iterable[SourceId]) -> int:
        found = bytearray(len(places) // 8 + 1)
        for each in sources:
            found[places[each] >> 3] |= 1 << (places[each] & 7)
        return int.from_bytes(found, "little")

    @lru_cache(maxsize=1024)
    def on(subject: Ref) -> int:
        return bits(covering[subject].ids)

    @lru_cache(maxsize=1024)
    def speaking(claim_id: ClaimId) -> int:
        return bits(quoted[claim_id])

    def count(
        subjects: Sequence[Ref], saying: Sequence[ClaimId], since: dt.date | None
    ) -> tuple[int, int]:
        before = bisect_left(days, since) if since else 0
        said = [quoted[each] for each in saying]
        on_them = [covering[each].ids for each in subjects]
        if sum(map(len, on_them)) * _BITS < len(places):
            listed = set[SourceId]().union(*on_them)
            silent = listed.difference(*said)
            too_early = len([each for each in silent if places[each] < before]) if before else 0
            return len(silent) - too_early, too_early
        left = 0
        for subject in subjects:
            left |= on(subject)
        for claim_id in saying:
            left &= ~speaking(claim_id)
        too_early = (left & ((1 << before) - 1)).bit_count()
        return left.bit_count() - too_early, too_early

    return count


def _happened(site: Site, claim_id: ClaimId, events: Iterable[EventId]) -> dt.date | None:
    """Return the day before which nobody could speak of what a claim says; None if there is none.

    It is the first day of the claim's own date, else of the earliest of its events. Of a prediction
    one can always speak.
    """
    note = site.claims[claim_id].note
    if note.kind == "prediction":
        return None
    return begins([note.date] if note.date else [site.events[each].note.date for each in events])


def begins(dates: Iterable[FuzzyDate]) -> dt.date | None:
    """Return the earliest day on which what happened on these dates can have begun.

    None if there are no dates, or if one of them has no earliest day.
    """
    days = [each.earliest_possible for each in dates]
    return min((day for day in days if day), default=None) if all(days) else None


def _covering(ends: Ends, sources: Iterable[SourceId]) -> Covering:
    ids = tuple(sorted(sources))
    own = [(ends[each], each) for each in ids]
    return Covering(
        ids=ids,
        dated=tuple(sorted([(end, each) for end, each in own if end])),
        undated=tuple([each for end, each in own if not end]),
    )


def _end(published: FuzzyDate | None) -> dt.date | None:
    return published.latest_possible if published else None


def _saying(site: Site, claim_id: ClaimId) -> tuple[ClaimId, ...]:
    """Return the claim and those that say it, or its contrary, in other words."""
    related = [
        relation.other
        for relation in site.relations[claim_id]
        if relation.type in {"contradicts", "same-as"}
    ]
    return (claim_id, *related)
