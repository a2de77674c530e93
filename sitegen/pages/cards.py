"""The small views that many pages share: labels, links, cards of claims and events.

Each is made once for the whole site; pages only pick. Nothing here knows which pages exist.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache, partial
from typing import Final, NamedTuple

from msgspec import Struct, field

from sitegen.dates import sort_key, words
from sitegen.findings.independence import origin_refs
from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Findings, Record, Ref, Site
from sitegen.notes import (
    ClaimId,
    EventId,
    MeasureId,
    Note,
    Source,
    SourceId,
)
from sitegen.pages.bundles import Bundles, bundles_of
from sitegen.pages.date_view import date_view, optional_date
from sitegen.pages.names import NamesInTexts, names_in_texts
from sitegen.quantities import say_quantity
from sitegen.references import display_name
from sitegen.text_parts import TextParts, parts_of
from sitegen.urls import note_url
from sitegen.views import (
    ClaimCard,
    EventCard,
    NoteLink,
    PlotView,
    SourceLabel,
)

_RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"]
)
_MOST_AUTHORS: Final = 20  # beside a passage, of which an article may have many
LINKS: Final = "links"
"""The name of the table of links to notes."""
CLAIM_CARDS: Final = "claim cards"
"""The name of the table of what lists show of each claim."""


class Admitted(NamedTuple):
    """What the author of a claim does not know and takes for granted, in words."""

    gaps: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()


class QuotedSource(Struct, frozen=True):
    """What a passage shows of its source, beside the passage's own words.

    If a source changes in any other way, the pages that quote it are not made again.
    """

    label: SourceLabel
    lang: str
    dir: str
    is_shown: bool  # around its quotations, too
    url: str
    archived_url: str
    origins: tuple[Ref, ...]
    origin_links: tuple[NoteLink, ...]
    cited: str  # as references to passages name it


class Cards(Struct, frozen=True):
    """The shared views of a whole site, by id, with what they were made from."""

    site: Site
    findings: Findings
    links: Mapping[Ref, NoteLink]
    labels: Mapping[SourceId, SourceLabel]
    quoted: Mapping[SourceId, QuotedSource]
    claims: Mapping[ClaimId, ClaimCard]
    events: Mapping[EventId, EventCard]
    admitted: Mapping[ClaimId, Admitted]  # so that lists of it need not open the notes
    names: NamesInTexts
    text_parts: Mapping[SourceId, TextParts]  # of texts that are too long for one page
    bundles: Bundles
    base_url: str = ""  # where the site is published, if known
    plots: Mapping[MeasureId, PlotView] = field(default_factory=dict)  # see `with_plots`

    def links_to(self, kind: Kind, ids: Collection[str]) -> tuple[NoteLink, ...]:
        """Return links to notes of one kind; most lists of them are empty."""
        return tuple([self.links[Ref(kind, note_id)] for note_id in ids]) if ids else ()

    def cards_of(self, claims: Iterable[ClaimId]) -> tuple[ClaimCard, ...]:
        """Return the cards of claims."""
        cards = self.claims
        return tuple([cards[claim_id] for claim_id in claims])

    def events_by_date(self, events: Iterable[EventId]) -> tuple[EventCard, ...]:
        """Return the cards of events in the order in which they happened."""
        notes, cards = self.site.events, self.events
        in_order: Collection[EventId] = {*events}
        if len(in_order) > 1:
            in_order = sorted(in_order, key=lambda each: (*sort_key(notes[each].note.date), each))
        return tuple([cards[event_id] for event_id in in_order])

    def sources_by_date(self) -> tuple[SourceId, ...]:
        """Return all sources by date of publication, those without one last."""
        return tuple(sorted(self.site.sources, key=self.place_by_date))

    def numbers_by_date(self) -> dict[SourceId, int]:
        """Return the numbers by which long pages refer to sources: from 1, by date."""
        return {source_id: at for at, source_id in enumerate(self.sources_by_date(), 1)}

    def place_by_date(self, source_id: SourceId) -> tuple[bool, tuple[int, int, str], str]:
        """Return the sort key of a source by its date of publication."""
        published = self.site.sources[source_id].note.published
        return published is None, sort_key(published) if published else (0, 0, ""), source_id


def make_cards(
    site: Site, findings: Findings, base_url: str = "", tables: Tables = NOTHING_KEPT
) -> Cards:
    """Return the shared views of a site; `base_url` stands in for the one in its settings."""
    bundles = bundles_of(site, tables)
    links = tables.table(
        LINKS, findings.backlinks, lambda ref: note_link(site.records(ref.kind)[ref.id])
    )
    base_url = base_url or site.settings.base_url or ""
    tables.everywhere("base url", base_url)
    labels = tables.table("labels", site.sources, partial(_label, site))
    parts = tables.table("parts of texts", site.seeds, partial(parts_of, site))
    return Cards(
        site=site,
        findings=findings,
        links=links,
        labels=labels,
        quoted=tables.table("quoted sources", site.sources, partial(_quoted, site, links, labels)),
        claims=tables.table(CLAIM_CARDS, site.claims, partial(_claim_card, site, findings, links)),
        events=tables.table(
            "event cards", site.events, partial(_event_card, site, findings, links)
        ),
        admitted=tables.table("what claims admit", site.claims, partial(_admitted, site)),
        names=names_in_texts(site, links, bundles, tables),
        text_parts=tables.given("long texts", {key: cut for key, cut in parts.items() if cut}),
        bundles=bundles,
        base_url=base_url,
    )


def note_link(record: Record[Note], detail: str = "") -> NoteLink:
    """Return a link to a note."""
    ref = record.ref
    return NoteLink(str(ref), note_url(ref.kind, ref.id), display_name(record), detail)


@cache
def direction(lang: str) -> str:
    """Return in which direction a language is written: `ltr` or `rtl`."""
    primary, *subtags = lang.lower().split("-")
    is_rtl = primary in _RIGHT_TO_LEFT or bool({"arab", "hebr"} & set(subtags))
    return "rtl" if is_rtl and "latn" not in subtags else "ltr"


def _label(site: Site, source_id: SourceId) -> SourceLabel:
    note = site.sources[source_id].note
    return SourceLabel(
        ref=f"source:{source_id}",
        url=note_url(Kind.SOURCE, source_id),
        title=note.title,
        publisher=note.publisher or "",
        published=optional_date(note.published),
        kind=note.kind or "",
        reliability=note.reliability or "",
    )


def _quoted(
    site: Site,
    links: Mapping[Ref, NoteLink],
    labels: Mapping[SourceId, SourceLabel],
    source_id: SourceId,
) -> QuotedSource:
    note = site.sources[source_id].note
    lang = note.language or site.settings.language
    origins = origin_refs(site, note.origins)
    return QuotedSource(
        label=labels[source_id],
        lang=lang,
        dir=direction(lang),
        is_shown=site.rights_of(source_id) != "none",
        url=note.url or "",
        archived_url=note.archived_url or "",
        origins=origins,
        origin_links=tuple([links[each] for each in origins]),
        cited=_cited(note),
    )


def _cited(note: Source) -> str:
    """Return an article as references to its passages name it."""
    more = len(note.authors) - _MOST_AUTHORS
    named = [*note.authors[:_MOST_AUTHORS], *([f"{more} more"] if more > 0 else [])]
    before = f"{', '.join(named)}: " if named else ""
    when = words(note.published) if note.published else ""
    return f"{before}{', '.join(filter(None, (note.title, note.publisher, when)))}."


def _claim_card(
    site: Site, findings: Findings, links: Mapping[Ref, NoteLink], claim_id: ClaimId
) -> ClaimCard:
    record = site.claims[claim_id]
    note = record.note
    judged = note.assessment
    groups = findings.groups[claim_id]
    quantity = note.quantity
    unit = site.measures[quantity.measure].note.unit if quantity else ""
    return ClaimCard(
        ref=str(record.ref),
        url=note_url(Kind.CLAIM, claim_id),
        statement=note.statement,
        kind=note.kind,
        date=optional_date(note.date),
        standing=findings.standing[claim_id],
        verdict=(judged and judged.verdict) or "",
        likelihood=(judged and judged.likelihood) or "",
        confidence=(judged and judged.confidence) or "",
        articles=len(findings.sources_of_claims[claim_id]),
        origins=sum([group.supports for group in groups]),
        asserted_by=tuple([links[Ref(Kind.ACTOR, actor)] for actor in note.asserted_by]),
        quantity=f"{say_quantity(quantity)} {unit}" if quantity else "",
    )


def _admitted(site: Site, claim_id: ClaimId) -> Admitted:
    judged = site.claims[claim_id].note.assessment
    return Admitted(judged.gaps, judged.assumptions) if judged else Admitted()


def _event_card(
    site: Site, findings: Findings, links: Mapping[Ref, NoteLink], event_id: EventId
) -> EventCard:
    record = site.events[event_id]
    citations = site.citations[record.ref]
    claims = site.claims_of_event[event_id]
    own, of_claims = findings.sources_of_events[event_id], findings.sources_of_claims
    sources = set[SourceId](own).union(*[of_claims[each] for each in claims])
    return EventCard(
        ref=str(record.ref),
        url=note_url(Kind.EVENT, event_id),
        title=record.note.title,
        kind=record.note.kind,
        date=date_view(record.note.date),
        rival_dates=tuple(date_view(each.rival_date) for each in citations if each.rival_date),
        actors=tuple(links[Ref(Kind.ACTOR, actor)] for actor in record.note.actors),
        places=tuple(links[Ref(Kind.PLACE, place)] for place in record.note.places),
        claims=len(claims),
        sources=len(sources),
    )
