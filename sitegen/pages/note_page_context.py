"""What the pages of notes are made from: shared views, indices over them, what all show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from sitegen.dates import sort_key
from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Citation, Record, Ref, Site
from sitegen.notes import ActorId, ClaimId, EventId, MeasureId, Note, SourceId
from sitegen.pages.bundles import by_bundle
from sitegen.pages.cards import Cards
from sitegen.pages.disagreement_views import Conflicts, conflicts_of, corrections_of
from sitegen.pages.disputes import Disputes, disputes_of
from sitegen.pages.hypotheses import Lineages, lineages_of
from sitegen.pages.locator import Atlas, make_atlas
from sitegen.pages.network import network, ties
from sitegen.pages.plots import claims_in_order
from sitegen.pages.sections import section_of, way_to
from sitegen.urls import evidence_anchor
from sitegen.views import (
    BacklinkGroup,
    BacklinkView,
    CorrectionView,
    DisagreementView,
    DisputeView,
    NetworkView,
    NoteFrame,
    PlotView,
)

_LONGEST_DESCRIPTION = 200


class NotePageContext(Struct, frozen=True):
    """What the pages of notes are made from: the shared views, and indices over them."""

    cards: Cards
    conflicts: Conflicts
    corrections: Mapping[Ref, tuple[CorrectionView, ...]]
    words_of: Mapping[ActorId, tuple[Citation, ...]]
    asserted_by: Mapping[ActorId, tuple[ClaimId, ...]]
    neighbours: Mapping[EventId, tuple[EventId | None, EventId | None]]
    lineages: Lineages
    networks: Mapping[ActorId, NetworkView | None]
    atlas: Atlas
    plots: Mapping[MeasureId, PlotView]
    places_on_plots: Mapping[MeasureId, Mapping[ClaimId, int]]
    disputes: Disputes

    def disagreements_of(self, ref: Ref) -> tuple[DisagreementView, ...]:
        """Return the disagreements that a note is part of.

        Only a measure's page sets accounts side by side; others lead to them.
        """
        conflicts = self.conflicts
        shown = conflicts.views if ref.kind is Kind.MEASURE else conflicts.briefs
        return tuple(shown[each] for each in conflicts.of_notes.get(ref, ()))

    def dispute_of(self, measure_id: MeasureId) -> DisputeView | None:
        """Return the dispute about a measure for its own page, without the plot shown there."""
        if measure_id not in self.disputes.views:
            return None
        view = self.disputes.views[measure_id]
        plot = self.plots[measure_id]
        count = len(plot.estimates) + plot.left_out
        return replace(view, plot=replace(view.plot, left_out=count))


def make_note_page_context(cards: Cards, tables: Tables = NOTHING_KEPT) -> NotePageContext:
    """Return the indices that pages of notes need, each made once."""
    site = cards.site
    tied = ties(cards, tables)
    return NotePageContext(
        cards=cards,
        conflicts=conflicts_of(cards, tables),
        corrections=tables.given("corrections of notes", corrections_of(cards)),
        words_of=_words_of(site, tables),
        asserted_by=tables.index(
            "claims of actors", site.claims, lambda record: record.note.asserted_by
        ),
        neighbours=_neighbours(cards, tables),
        lineages=tables.given("lineages of sources", lineages_of(cards)),
        networks=tables.table("networks", tied, lambda each: network(cards, each, tied[each])),
        atlas=make_atlas(cards, tables),
        plots=cards.plots,
        places_on_plots=tables.table(
            "places on plots",
            site.measures,
            lambda each: {claim: at for at, claim in enumerate(claims_in_order(site, each))},
        ),
        disputes=disputes_of(cards, tables),
    )


def _words_of(site: Site, tables: Tables) -> Mapping[ActorId, tuple[Citation, ...]]:
    """Return for each actor the passages that quote them, in the order of the sources."""

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


def _neighbours(
    cards: Cards, tables: Tables
) -> Mapping[EventId, tuple[EventId | None, EventId | None]]:
    """Return the events before and after each on the timeline."""
    site = cards.site
    filed = by_bundle(
        tables,
        "days of events",
        cards.bundles.events,
        lambda ids: [(*sort_key(site.events[each].note.date), each) for each in ids],
    )

    def around() -> dict[EventId, tuple[EventId | None, EventId | None]]:
        order: list[EventId | None] = [
            each for *_, each in sorted(chain.from_iterable(filed.values()))
        ]
        found = zip([None, *order[:-1]], order, [*order[1:], None], strict=True) if order else ()
        return {event: (before, after) for before, event, after in found if event}

    return tables.together("neighbours", around)


def note_frame(context: NotePageContext, record: Record[Note], description: str) -> NoteFrame:
    """Return what every page of a note shows: its name, the way to it, what refers to it."""
    ref = record.ref
    words = " ".join(description.split())
    return NoteFrame(
        title=context.cards.links[ref].title,
        description=words if len(words) <= _LONGEST_DESCRIPTION else f"{words[:199]}…",
        section=section_of(ref.kind),
        crumbs=(way_to(ref.kind),),
        ref=str(ref),
        backlinks=backlink_groups(context, ref),
        corrections=context.corrections.get(ref, ()),
        tags=record.note.tags,
    )


def backlink_groups(context: NotePageContext, ref: Ref) -> tuple[BacklinkGroup, ...]:
    """Return what refers to a note, by kind."""
    groups: dict[Kind, list[BacklinkView]] = defaultdict(list)
    links = context.cards.links
    for link in context.cards.findings.backlinks[ref]:
        origin, number = link.origin, link.number
        target = links[origin]
        groups[origin.kind].append(
            BacklinkView(
                url=f"{target.url}#{evidence_anchor(number)}" if number else target.url,
                title=target.title,
                role=link.role,
                words="" if link.words == target.title else link.words,
                stance=link.stance or "",
            )
        )
    return tuple([BacklinkGroup(kind, tuple(own), len(own)) for kind, own in groups.items()])


def named_by(context: NotePageContext, ref: Ref, kind: Kind, role: str) -> Collection[str]:
    """Return the ids of the notes of one kind that name a note in a given field, each once."""
    links = context.cards.findings.backlinks[ref]
    return dict.fromkeys(
        link.origin.id for link in links if link.origin.kind is kind and link.role == role
    )
