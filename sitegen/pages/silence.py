"""The sources that a claim's page names as silent: those that could have spoken of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from sitegen.findings.silence import begins, count_silent, latest_first
from sitegen.model import Kind, Ref, Site
from sitegen.notes import ClaimId, EventId, SourceId
from sitegen.pages.desk import Desk

MOST_SILENT: Final = 12
"""Silent sources that a claim's page names; more are counted."""


@dataclass(frozen=True, slots=True)
class Silence:
    """The sources on a claim's subject that say nothing of it: named, and counted."""

    named: Sequence[SourceId]
    more: int
    too_early: int


def silence(desk: Desk, claim_id: ClaimId, events: Sequence[EventId]) -> Silence:
    """Return the silent sources of a claim that belongs to `events`, some of very many by name.

    Those published before the thing happened are only counted.
    """
    found = desk.cards.findings.silence[claim_id]
    since = _happened(desk.cards.site, claim_id, events)
    too_early = count_silent(found, before=since) if since else 0
    able = count_silent(found) - too_early
    named = list(islice(_able_to_speak(desk, claim_id, events, since), MOST_SILENT))
    return Silence(
        named=named if able > MOST_SILENT else sorted(named),
        more=able - len(named),
        too_early=too_early,
    )


def _happened(site: Site, claim_id: ClaimId, events: Sequence[EventId]) -> dt.date | None:
    """Return the day before which nobody could speak of it; None if there is none.

    It happened when the claim says, else when its events did. A prediction can be spoken of before.
    """
    note = site.claims[claim_id].note
    dates = [note.date] if note.date else [site.events[each].note.date for each in events]
    return None if note.kind == "prediction" else begins(dates)


def _able_to_speak(
    desk: Desk, claim_id: ClaimId, events: Sequence[EventId], since: dt.date | None
) -> Iterator[SourceId]:
    """Yield silent sources, those that write about one of the claim's own events first.

    Of these and of the others, the latest come first: they could have known most.
    """
    findings = desk.cards.findings
    found = findings.silence[claim_id]
    near = [findings.covering[Ref(Kind.EVENT, each)] for each in events]
    in_order = chain(latest_first(near, since), latest_first((found.covering, found.also), since))
    seen = set(found.speaking)
    for each in in_order:
        if each not in seen:
            seen.add(each)
            yield each
