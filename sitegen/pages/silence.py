"""The sources that a claim's page names as silent: those that could have spoken of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sitegen.dates import is_before
from sitegen.model import Site
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
    """Return the silent sources of a claim that belongs to `events`, some of very many by name."""
    site = desk.cards.site
    found = desk.cards.findings.silence[claim_id]
    able = _able_to_speak(site, claim_id, events, found)
    in_order = _nearest_first(desk, able, events)
    return Silence(
        named=in_order[:MOST_SILENT],
        more=len(in_order[MOST_SILENT:]),
        too_early=len(found) - len(able),
    )


def _able_to_speak(
    site: Site, claim_id: ClaimId, events: Sequence[EventId], silent: Sequence[SourceId]
) -> Sequence[SourceId]:
    """Return the silent sources less those published before the thing happened.

    It happened when the claim says, else when its events did. A prediction can be spoken of before.
    """
    note = site.claims[claim_id].note
    dates = [note.date] if note.date else [site.events[each].note.date for each in events]
    if note.kind == "prediction" or not dates:
        return silent

    def is_too_early(source_id: SourceId) -> bool:
        published = site.sources[source_id].note.published
        return published is not None and all(is_before(published, date) for date in dates)

    return [each for each in silent if not is_too_early(each)]


def _nearest_first(
    desk: Desk, silent: Sequence[SourceId], events: Sequence[EventId]
) -> Sequence[SourceId]:
    """Return silent sources, those that write about one of the claim's own events first."""
    if len(silent) <= MOST_SILENT:
        return silent
    near = frozenset().union(*(desk.sources_on[event] for event in events))
    return sorted(silent, key=lambda each: each not in near)
