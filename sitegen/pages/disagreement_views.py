"""Disagreements and corrections as pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sitegen.dates import sort_key
from sitegen.findings.disagreements import rival_numbers
from sitegen.model import Citation, Disagreement, DisagreementKind, Kind, Ref
from sitegen.notes import ClaimId, Correction, EventId
from sitegen.pages.cards import Cards
from sitegen.pages.comparison import differing_words
from sitegen.pages.date_view import date_view
from sitegen.pages.prose_views import excerpt_view
from sitegen.quantities import say_number
from sitegen.references import address
from sitegen.urls import list_url, note_url
from sitegen.views import CorrectionView, DisagreementSide, DisagreementView

DISAGREEMENTS = "disagreements.html"


def disagreement_url(disagreement: Disagreement) -> str:
    """Return a disagreement's address, from the root."""
    return f"{DISAGREEMENTS}#{disagreement.id}"


def disagreement_views(cards: Cards) -> tuple[DisagreementView, ...]:
    """Return all disagreements as pages show them, in the order of the findings."""
    return tuple(_disagreement(cards, each) for each in cards.findings.disagreements)


def _disagreement(cards: Cards, found: Disagreement) -> DisagreementView:
    if found.kind is DisagreementKind.RIVAL_DATES:
        sides = _date_sides(cards, found.notes[0])
    elif len(found.notes) == 1:
        sides = _evidence_sides(cards, found.notes[0])
    else:
        claims = [ClaimId(ref.id) for ref in found.notes if ref.kind is Kind.CLAIM]
        sides = _claim_sides(cards, claims)
    first = found.notes[0]
    return DisagreementView(
        id=found.id,
        url=disagreement_url(found),
        kind=found.kind,
        summary=found.summary,
        note=cards.links[first] if first.kind is not Kind.CLAIM else None,
        sides=sides,
        is_within_source=_is_within_source(sides),
        articles=len({each.source.ref for side in sides for each in side.excerpts}),
    )


def _is_within_source(sides: Sequence[DisagreementSide]) -> bool:
    """Return whether one article stands on more than one side."""
    seen: set[str] = set()
    for side in sides:
        own = {excerpt.source.ref for excerpt in side.excerpts}
        if own & seen:
            return True
        seen |= own
    return False


def _claim_sides(cards: Cards, claims: Sequence[ClaimId]) -> tuple[DisagreementSide, ...]:
    sides = []
    for claim_id in claims:
        card = cards.claims[claim_id]
        words, _ = (
            differing_words(card.statement, cards.claims[_other(claims, claim_id)].statement)
            if len(claims) == 2
            else ((), ())
        )
        citations = cards.site.citations[Ref(Kind.CLAIM, claim_id)]
        excerpts = tuple(excerpt_view(cards, each) for each in citations)
        sides.append(DisagreementSide(card.statement, card, words, excerpts))
    return tuple(sides)


def _other(claims: Sequence[ClaimId], claim_id: ClaimId) -> ClaimId:
    return next(each for each in claims if each != claim_id)


def _date_sides(cards: Cards, event: Ref) -> tuple[DisagreementSide, ...]:
    """Return one side for the event's own date and one for each rival date."""
    citations = cards.site.citations[event]
    own_date = cards.site.events[EventId(event.id)].note.date
    sides: dict[str, list[Citation]] = {date_view(own_date).words: []}
    for each in citations:
        sides.setdefault(date_view(each.rival_date or own_date).words, []).append(each)
    return tuple(
        DisagreementSide(title, None, (), tuple(excerpt_view(cards, each) for each in quoted))
        for title, quoted in sides.items()
    )


def _evidence_sides(cards: Cards, claim: Ref) -> tuple[DisagreementSide, ...]:
    """Return the side of a claim, and one for each other number that its own evidence states."""
    card = cards.claims[ClaimId(claim.id)]
    quantity = cards.site.claims[ClaimId(claim.id)].note.quantity
    if quantity is None:
        return ()
    unit = cards.site.measures[quantity.measure].note.unit
    sides: dict[str, list[Citation]] = {card.quantity: []}
    for each in cards.site.citations[claim]:
        others = " or ".join(map(say_number, dict.fromkeys(rival_numbers(quantity, each))))
        sides.setdefault(f"{others} {unit}" if others else card.quantity, []).append(each)
    return tuple(
        DisagreementSide(
            title=title,
            claim=card if title == card.quantity else None,
            words=(),
            excerpts=tuple(excerpt_view(cards, each) for each in quoted),
        )
        for title, quoted in sides.items()
    )


def correction_views(cards: Cards) -> tuple[CorrectionView, ...]:
    """Return all corrections, latest first."""
    in_order = sorted(
        cards.site.corrections.values(),
        key=lambda each: (*sort_key(each.note.date), each.ref.id),
        reverse=True,
    )
    return tuple(_correction(cards, each.ref.id, each.note) for each in in_order)


def corrections_of(cards: Cards) -> dict[Ref, tuple[CorrectionView, ...]]:
    """Return for every note the corrections that concern it, latest first."""
    found: dict[Ref, list[CorrectionView]] = defaultdict(list)
    for view in correction_views(cards):
        for written in cards.site.corrections[view.id].note.notes:
            found[address(written)].append(view)
    return {ref: tuple(views) for ref, views in found.items()}


def _correction(cards: Cards, note_id: str, note: Correction) -> CorrectionView:
    return CorrectionView(
        id=note_id,
        url=note_url(Kind.CORRECTION, note_id),
        date=date_view(note.date),
        was=note.was,
        now=note.now,
        since=note.since or "",
        notes=tuple(cards.links[address(written)] for written in note.notes),
    )


CORRECTIONS = list_url(Kind.CORRECTION)
