"""What the pages of notes are made from: shared views, indices over them, what all show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sitegen.dates import sort_key
from sitegen.ledger import Tables
from sitegen.model import Citation, Kind, Record, Ref, Site
from sitegen.notes import ActorId, ClaimId, EventId, MeasureId, Note, SourceId
from sitegen.pages.cards import Cards
from sitegen.pages.disagreement_views import corrections_of, disagreement_views, in_brief
from sitegen.pages.disputes import disputes
from sitegen.pages.hypotheses import Lineages, lineages_of
from sitegen.pages.locator import Atlas, make_atlas
from sitegen.pages.network import network, ties
from sitegen.urls import evidence_anchor, list_url
from sitegen.views import (
    BacklinkGroup,
    BacklinkView,
    CorrectionView,
    DisagreementView,
    DisputeView,
    NetworkView,
    NoteFrame,
    NoteLink,
    PlotView,
)

_AFRESH: Final = Tables()
_SECTIONS: Mapping[Kind, tuple[str, str]] = {
    Kind.CLAIM: ("claims", "Claims"),
    Kind.EVENT: ("timeline", "Timeline"),
    Kind.SOURCE: ("sources", "Sources"),
    Kind.ACTOR: ("actors", "Actors"),
    Kind.PLACE: ("places", "Places"),
    Kind.QUESTION: ("questions", "Questions"),
    Kind.MEASURE: ("measures", "Numbers"),
    Kind.PAGE: ("pages", "Background"),
}
_TIMELINE = "timeline.html"
_LONGEST_DESCRIPTION = 200


class Desk(Struct, frozen=True):
    """What the pages of notes are made from: the shared views, and indices over them."""

    cards: Cards
    disagreements: Mapping[Ref, tuple[DisagreementView, ...]]
    corrections: Mapping[Ref, tuple[CorrectionView, ...]]
    words_of: Mapping[ActorId, tuple[Citation, ...]]
    asserted_by: Mapping[ActorId, tuple[ClaimId, ...]]
    neighbours: Mapping[EventId, tuple[EventId | None, EventId | None]]
    lineages: Lineages
    networks: Mapping[ActorId, NetworkView]
    atlas: Atlas
    plots: Mapping[MeasureId, PlotView]
    places_on_plots: Mapping[str, int]  # of claims, by `claim:id`
    disputes: Mapping[str, DisputeView]  # of measures, by `measure:id`, with no estimate in plots


def make_desk(
    cards: Cards,
    disagreements: Sequence[DisagreementView] | None = None,
    tables: Tables = _AFRESH,
) -> Desk:
    """Return the indices that pages of notes need, each made once."""
    site = cards.site
    views = disagreement_views(cards) if disagreements is None else disagreements
    plots = cards.plots
    places_on_plots = {
        estimate.claim.ref: at
        for view in plots.values()
        for at, estimate in enumerate(view.estimates)
    }
    atlas = make_atlas(cards)
    tables.everywhere("places on maps", atlas.by_longitude)
    tied = tables.given("ties", ties(cards, tables))
    return Desk(
        cards=cards,
        disagreements=tables.given("disagreements of notes", _by_note(cards, views)),
        corrections=tables.given("corrections of notes", corrections_of(cards)),
        words_of=_words_of(site, tables),
        asserted_by=tables.index(
            "claims of actors", site.claims, lambda record: record.note.asserted_by
        ),
        neighbours=tables.given("neighbours", _neighbours(site)),
        lineages=lineages_of(cards),
        networks=tables.table("networks", tied, lambda each: network(cards, each, tied[each])),
        atlas=atlas,
        plots=plots,
        places_on_plots=tables.given("places on plots", places_on_plots),
        disputes=tables.given(
            "disputes", {each.plot.measure.ref: _without_plot(each) for each in disputes(cards)}
        ),
    )


def _by_note(
    cards: Cards, views: Sequence[DisagreementView]
) -> dict[Ref, tuple[DisagreementView, ...]]:
    found: dict[Ref, list[DisagreementView]] = defaultdict(list)
    for disagreement, view in zip(cards.findings.disagreements, views, strict=True):
        brief = in_brief(view)
        for ref in disagreement.notes:  # only a measure's page sets accounts side by side
            found[ref].append(view if ref.kind is Kind.MEASURE else brief)
    return {ref: tuple(each) for ref, each in found.items()}


def _words_of(site: Site, tables: Tables) -> Mapping[ActorId, tuple[Citation, ...]]:
    """Return what actors say in the sources, in the order of these."""

    def spoken(source_id: SourceId) -> dict[ActorId, tuple[Citation, ...]]:
        found: dict[ActorId, list[Citation]] = defaultdict(list)
        for citation in site.citations_of_source[source_id]:
            for actor in citation.evidence.said_by:
                found[actor].append(citation)
        return {actor: tuple(each) for actor, each in found.items()}

    in_source = tables.table("words in sources", site.sources, spoken)
    sources = tables.index("sources with somebody's words", in_source, lambda each: each)

    def words(actor: ActorId) -> tuple[Citation, ...]:
        own = (in_source[source_id][actor] for source_id in sources[actor])
        return tuple(chain.from_iterable(own))

    return tables.table("words of actors", sources, words)


def _neighbours(site: Site) -> dict[EventId, tuple[EventId | None, EventId | None]]:
    """Return the events before and after each on the timeline."""
    order: list[EventId | None] = [
        *sorted(site.events, key=lambda each: (*sort_key(site.events[each].note.date), each))
    ]
    around = zip([None, *order[:-1]], order, [*order[1:], None], strict=True) if order else ()
    return {event: (before, after) for before, event, after in around if event}


def _without_plot(view: DisputeView) -> DisputeView:
    """Return a dispute whose estimates are only counted, for a page that shows them already."""
    count = len(view.plot.estimates) + view.plot.left_out
    return replace(view, plot=replace(view.plot, estimates=(), left_out=count))


def note_frame(desk: Desk, record: Record[Note], description: str) -> NoteFrame:
    """Return what every page of a note shows: its name, the way to it, what refers to it."""
    ref = record.ref
    section, title = _SECTIONS[ref.kind]
    words = " ".join(description.split())
    return NoteFrame(
        title=desk.cards.links[ref].title,
        description=words if len(words) <= _LONGEST_DESCRIPTION else f"{words[:199]}…",
        section=section,
        crumbs=(NoteLink("", _TIMELINE if section == "timeline" else list_url(ref.kind), title),),
        ref=str(ref),
        backlinks=backlink_groups(desk, ref),
        corrections=desk.corrections.get(ref, ()),
        tags=record.note.tags,
    )


def backlink_groups(desk: Desk, ref: Ref) -> tuple[BacklinkGroup, ...]:
    """Return what refers to a note, by kind."""
    groups: dict[Kind, list[BacklinkView]] = defaultdict(list)
    for link in desk.cards.site.backlinks[ref]:
        target = desk.cards.links[link.origin]
        place = f"#{evidence_anchor(link.number)}" if link.number else ""
        groups[link.origin.kind].append(
            BacklinkView(
                url=f"{target.url}{place}",
                title=target.title,
                role=link.role,
                words="" if link.words == target.title else link.words,
                stance=link.stance or "",
            )
        )
    return tuple(BacklinkGroup(kind, tuple(links), len(links)) for kind, links in groups.items())


def named_by(desk: Desk, ref: Ref, kind: Kind, role: str) -> Collection[str]:
    """Return the ids of the notes of one kind that name a note in one field, each once."""
    links = desk.cards.site.backlinks[ref]
    return dict.fromkeys(
        link.origin.id for link in links if link.origin.kind is kind and link.role == role
    )
