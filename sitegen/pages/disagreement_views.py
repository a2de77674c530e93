"""Disagreements and corrections as pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sitegen.dates import sort_key
from sitegen.findings.disagreements import rival_numbers
from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Citation, Disagreement, DisagreementKind, Findings, Ref, Site
from sitegen.notes import ClaimId, Correction, EventId
from sitegen.pages.cards import Cards
from sitegen.pages.comparison import differing_words
from sitegen.pages.date_view import date_view
from sitegen.pages.listing import (
    ItemGroup,
    PageIdentity,
    Row,
    SplittablePage,
    group_parts_of,
    is_light,
)
from sitegen.pages.prose_views import excerpt_view
from sitegen.pages.splitting import letters
from sitegen.pages.weights import weigh_text
from sitegen.quantities import say_number
from sitegen.references import address, display_name
from sitegen.urls import DISAGREEMENTS, note_url
from sitegen.views import (
    CorrectionView,
    DisagreementReason,
    DisagreementSide,
    DisagreementsPage,
    DisagreementView,
    Frame,
    PartsView,
    View,
)

MOST_SIDES: Final = 40
"""How many accounts are set side by side; the rest are only counted."""

_BRIEF_SIDES: Final = 2
_KINDS: Final = {
    DisagreementKind.CONTRADICTION: "Contradicting accounts",
    DisagreementKind.RIVAL_DATES: "Rival dates",
    DisagreementKind.RIVAL_QUANTITIES: "Rival numbers",
}
_IDENTITY: Final = PageIdentity(
    path=DISAGREEMENTS,
    folder="disagreements",
    template="pages/disagreements.html",
    frame=Frame(
        title="Disagreements",
        description="Where accounts conflict, inside a source and between them.",
        section="disagreements",
        crumbs=(),
    ),
    lead="Accounts that cannot all be right, by kind and by what they are about, in parts.",
    filter="disagreements",
)


class Conflicts(Struct, frozen=True):
    """All disagreements by their ids, and how pages show them, in the order of the findings.

    `filed` has the kind of each, and the row that files it in the list. `briefs` are for pages that
    only lead to it. `of_notes` has the ids of the disagreements of a note.
    """

    found: Mapping[str, Disagreement]
    filed: Mapping[str, tuple[str, Row]]
    views: Mapping[str, DisagreementView]
    briefs: Mapping[str, DisagreementView]
    of_notes: Mapping[Ref, tuple[str, ...]]


def conflicts_of(cards: Cards, tables: Tables = NOTHING_KEPT) -> Conflicts:
    """Return all disagreements with their views, each made once."""
    found = cards.findings.disagreements
    filed = _filed(cards.site, found, tables)
    urls = tables.together("addresses of disagreements", partial(_addresses, filed))
    views = tables.table(
        "views of disagreements", found, lambda each: _disagreement(cards, found[each], urls[each])
    )
    return Conflicts(
        found=found,
        filed=filed,
        views=views,
        briefs=tables.table("disagreements in brief", found, lambda each: in_brief(views[each])),
        of_notes=tables.index("disagreements of notes", found, lambda each: each.notes),
    )


def splittable_disagreements(conflicts: Conflicts) -> SplittablePage:
    """Return the page of disagreements, in parts by kind and name where it is long."""

    def page(frame: Frame, ids: Iterable[str], parts: PartsView | None = None) -> View:
        shown = tuple(conflicts.views[each] for each in ids)
        return DisagreementsPage(**frame, disagreements=shown, parts=parts)

    def together(frame: Frame, _: Sequence[tuple[str, ...]]) -> View:
        return page(frame, conflicts.found)  # in the order of the findings

    item_groups = _item_groups(conflicts.filed, page)
    return SplittablePage(_IDENTITY, lambda _: item_groups, together)


def disagreement_urls(site: Site, findings: Findings) -> dict[str, str]:
    """Return the address of each disagreement by its id, from the root: the only place to ask."""
    return _addresses(_filed(site, findings.disagreements, NOTHING_KEPT))


def _addresses(filed: Mapping[str, tuple[str, Row]]) -> dict[str, str]:
    item_groups = _item_groups(filed, _unseen)
    rows = [[*item_group.rows()] for item_group in item_groups]
    if is_light(rows):
        return {each: f"{DISAGREEMENTS}#{each}" for each in filed}
    return {
        each: f"{group_part.link.url}#{each}"
        for group_part in group_parts_of(_IDENTITY, item_groups, rows)
        for each in group_part.items
    }


def _unseen(frame: Frame, _: tuple[str, ...], parts: PartsView | None) -> View:
    return DisagreementsPage(**frame, disagreements=(), parts=parts)


def _filed(
    site: Site, found: Mapping[str, Disagreement], tables: Tables
) -> Mapping[str, tuple[str, Row]]:
    """Return the kind of each disagreement, and the row that files it under its first note's name.

    Its weight is estimated from the notes alone, so that an address can be told without a view.
    """

    def file(each: str) -> tuple[str, Row]:
        about = found[each]
        record = site.find(about.notes[0])
        name = display_name(record) if record else each
        return about.kind, Row(letters(name), (), weight(about), each)

    def weight(about: Disagreement) -> int:
        shown = [ref for ref in about.notes if ref in site.citations][:MOST_SIDES]
        quotes = sum(
            750 + 2 * weigh_text(each.excerpt.words)
            for ref in shown
            for each in site.citations[ref]
        )
        return 1000 + weigh_text(about.summary) + 700 * len(shown) + quotes

    return tables.table("places of disagreements", found, file)


def _item_groups(
    filed: Mapping[str, tuple[str, Row]],
    view: Callable[[Frame, tuple[str, ...], PartsView | None], View],
) -> tuple[ItemGroup[str], ...]:
    """Return the disagreements by kind."""

    def rows(kind: DisagreementKind) -> list[Row]:
        return [row for each, row in filed.values() if each == kind]

    return tuple(
        ItemGroup(partial(rows, kind), view, "disagreement", id=kind, title=title)
        for kind, title in _KINDS.items()
    )


def in_brief(view: DisagreementView) -> DisagreementView:
    """Return a disagreement as a page shows it that only leads to it: with its first sides."""
    sides = tuple(replace(side, excerpts=()) for side in view.sides[:_BRIEF_SIDES])
    return replace(view, sides=sides, reasons=())


def _disagreement(cards: Cards, found: Disagreement, url: str) -> DisagreementView:
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
        url=url,
        kind=found.kind,
        summary=found.summary,
        reasons=_reasons(cards, found),
        note=cards.links[first] if first.kind is not Kind.CLAIM else None,
        sides=sides[:MOST_SIDES],
        is_within_source=_is_within_source(sides),
        articles=len(set(chain.from_iterable(map(_sources, sides)))),
        count=len(sides),
    )


def _reasons(cards: Cards, found: Disagreement) -> tuple[DisagreementReason, ...]:
    """Return why claims contradict each other, for each pair of which both sides are shown."""
    if found.kind is not DisagreementKind.CONTRADICTION:
        return ()
    number_of = {ClaimId(ref.id): at for at, ref in enumerate(found.notes[:MOST_SIDES], 1)}
    reasons = [
        DisagreementReason(_in_order(number, number_of[relation.other]), relation.why)
        for claim_id, number in number_of.items()
        for relation in cards.site.relations[claim_id]
        if relation.type == "contradicts" and not relation.is_inverse
        if relation.why and relation.other in number_of
    ]
    return tuple(sorted(reasons, key=lambda each: each.numbers))


def _in_order(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _sources(side: DisagreementSide) -> list[str]:
    return [excerpt.source.ref for excerpt in side.excerpts]


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
