"""The pages of single notes: which facts each of them may see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final, get_args

from msgspec.structs import replace

from sitegen.findings.silence import able_to_speak
from sitegen.kinds import Kind
from sitegen.model import LinkedRelation, OriginGroup, Ref
from sitegen.notes import (
    ActorId,
    ClaimId,
    EventId,
    MeasureId,
    PlaceId,
    QuestionId,
    RelationType,
    SourceId,
)
from sitegen.pages.cards import Cards
from sitegen.pages.chains import chain_view
from sitegen.pages.citing import cite_claim, cite_page
from sitegen.pages.comparison import differing_words
from sitegen.pages.disagreement_views import in_brief
from sitegen.pages.hubs import hub_pages
from sitegen.pages.hypotheses import hypotheses, telling_sources
from sitegen.pages.makers import KeyedMakers
from sitegen.pages.matrix import cells_of
from sitegen.pages.note_page_context import NotePageContext, named_by, note_frame
from sitegen.pages.plots import nearest
from sitegen.pages.prose_views import (
    assessment_view,
    change_view,
    excerpt_view,
    plain_prose,
    prose,
)
from sitegen.pages.source_pages import source_page, text_pages
from sitegen.pages.splitting import LIGHT
from sitegen.pages.weights import weigh_disagreement
from sitegen.urls import note_url
from sitegen.views import (
    ActorPage,
    AnswerView,
    ClaimPage,
    EventPage,
    EvidenceGroup,
    MeasurePage,
    NarrativePage,
    PageSpec,
    PlacePage,
    QuestionPage,
    RelationView,
    SourceLabel,
    View,
)

MOST_ANSWERS = 40
"""How many answers a question's page sets against one another; the rest stand below, as a list."""

MOST_SILENT: Final = 12
"""How many silent sources a claim's page names; the rest, and those too early, are counted."""

_TYPES: Final = {name: at for at, name in enumerate(get_args(RelationType))}


def note_page_makers(context: NotePageContext) -> Iterator[KeyedMakers]:
    """Yield for each kind what makes the pages of its notes, and of their long sections."""
    site = context.cards.site
    for kind, make in _MAKERS.items():
        ids = site.records(kind)
        own = [each for each in ids if each != "index"] if kind is Kind.PAGE else ids
        yield KeyedMakers(f"{kind}:", own, partial(_note_page, context, kind, make))
    yield KeyedMakers("text:", context.cards.text_parts, partial(text_pages, context.cards))


def _note_page(
    context: NotePageContext, kind: Kind, make: Callable[[NotePageContext, Any], View], note_id: str
) -> Iterator[PageSpec]:
    spec = PageSpec(note_url(kind, note_id), f"pages/{kind}.html", make(context, note_id))
    return hub_pages(spec)


# --- claims and events ------------------------------------------------------------------------


def claim_page(context: NotePageContext, claim_id: ClaimId) -> ClaimPage:
    """Return what the page of a claim shows."""
    cards, site = context.cards, context.cards.site
    record = site.claims[claim_id]
    note = record.note
    linked = sorted(site.relations[claim_id], key=lambda each: (_TYPES[each.type], each.is_inverse))
    relations = [_relation(cards, claim_id, each) for each in linked]
    measured = context.plots[note.quantity.measure] if note.quantity else None
    place = context.places_on_plots[note.quantity.measure].get(claim_id) if note.quantity else None
    own = (
        replace(measured.estimates[place], is_current=True)
        if measured and place is not None
        else None
    )
    naming = (EventId(each) for each in named_by(context, record.ref, Kind.EVENT, "claims"))
    events = (*note.events, *naming)
    silent = cards.findings.silence[claim_id]
    named = _named_silent(cards, claim_id)
    return ClaimPage(
        **note_frame(context, record, note.statement),
        card=cards.claims[claim_id],
        assessment=assessment_view(cards, note.assessment, record.ref),
        groups=tuple([_group(cards, record.ref, each) for each in cards.findings.groups[claim_id]]),
        contradictions=tuple([each for each in relations if each.type == "contradicts"]),
        relations=tuple([each for each in relations if each.type != "contradicts"]),
        disagreements=context.disagreements_of(record.ref),
        plot=nearest(measured, place) if measured else None,
        estimate=own,
        silent=named,
        silent_more=silent.able - len(named),
        silent_too_early=silent.too_early,
        events=cards.events_by_date(events),
        actors=cards.links_to(Kind.ACTOR, note.actors),
        places=cards.links_to(Kind.PLACE, note.places),
        questions=cards.links_to(Kind.QUESTION, note.questions),
        history=tuple([change_view(cards, each, claim_id) for each in note.history]),
        analysis=prose(cards, note.analysis, record.ref),
        cite=cite_claim(cards, claim_id),
    )


def _named_silent(cards: Cards, claim_id: ClaimId) -> tuple[SourceLabel, ...]:
    """Return the silent sources that a page names: all, sorted by id, or some if there are many."""
    able = cards.findings.silence[claim_id].able
    if not able:
        return ()
    named = able_to_speak(cards.findings, claim_id, MOST_SILENT)
    if able <= len(named):
        named.sort()
    labels = cards.labels
    return tuple([labels[each] for each in named])


def _group(cards: Cards, owner: Ref, group: OriginGroup) -> EvidenceGroup:
    every = cards.site.citations[owner]
    citations = [every[number - 1] for number in group.citations]
    excerpts = tuple([excerpt_view(cards, each) for each in citations])
    origins = dict.fromkeys([origin for excerpt in excerpts for origin in excerpt.origins])
    return EvidenceGroup(
        excerpts=excerpts,
        sources=tuple([cards.labels[source_id] for source_id in group.sources]),
        ties=group.ties,
        origins=tuple(origins),
        supports=group.supports,
        chain=chain_view(cards, citations),
    )


def _relation(cards: Cards, claim_id: ClaimId, relation: LinkedRelation) -> RelationView:
    ours, theirs = cards.claims[claim_id].statement, cards.claims[relation.other].statement
    is_contrary = relation.type in {"contradicts", "compatible-with"}
    here, there = differing_words(ours, theirs) if is_contrary else ((), ())
    return RelationView(
        type=relation.type,
        is_inverse=relation.is_inverse,
        why=relation.why or "",
        claim=cards.claims[relation.other],
        here=here,
        there=there,
    )


def event_page(context: NotePageContext, event_id: EventId) -> EventPage:
    """Return what the page of an event shows."""
    cards, site = context.cards, context.cards.site
    record = site.events[event_id]
    note = record.note
    previous, following = context.neighbours[event_id]
    citations = site.citations[record.ref]
    return EventPage(
        **note_frame(context, record, plain_prose(cards, note.summary or note.title)),
        card=cards.events[event_id],
        summary=prose(cards, note.summary, record.ref),
        notes=prose(cards, note.notes, record.ref),
        evidence=tuple(excerpt_view(cards, each) for each in citations if not each.rival_date),
        rivals=tuple(excerpt_view(cards, each) for each in citations if each.rival_date),
        disagreements=context.disagreements_of(record.ref),
        claims=cards.cards_of(site.claims_of_event[event_id]),
        questions=cards.links_to(Kind.QUESTION, note.questions),
        part_of=cards.events[note.part_of] if note.part_of else None,
        parts=cards.events_by_date(site.parts_of_event[event_id]),
        previous=cards.events[previous] if previous else None,
        following=cards.events[following] if following else None,
    )


# --- questions and measures -------------------------------------------------------------------


def question_page(context: NotePageContext, question_id: QuestionId) -> QuestionPage:
    """Return what the page of a question shows."""
    cards, site = context.cards, context.cards.site
    record = site.questions[question_id]
    note = record.note
    answers = [answer.claim for answer in note.answers[:MOST_ANSWERS]]
    compared = set(answers)
    bearing = site.claims_of_question[question_id]
    told = telling_sources(cards, answers)
    return QuestionPage(
        **note_frame(context, record, note.question),
        why=prose(cards, note.why, record.ref),
        sources=tuple(cards.labels[source_id] for source_id in told),
        answers=tuple(
            AnswerView(
                claim=cards.claims[answer.claim],
                note=answer.note or "",
                cells=cells_of(cards, answer.claim, told),
            )
            for answer in note.answers[:MOST_ANSWERS]
        ),
        more_answers=max(len(note.answers) - MOST_ANSWERS, 0),
        others=cards.cards_of(each for each in bearing if each not in compared),
        events=cards.events_by_date(
            EventId(link.origin.id)
            for link in cards.findings.backlinks[record.ref]
            if link.origin.kind is Kind.EVENT
        ),
        indicators=note.indicators,
        assessment=assessment_view(cards, note.assessment, record.ref),
        hypotheses=hypotheses(cards, answers, context.lineages),
    )


def measure_page(context: NotePageContext, measure_id: MeasureId) -> MeasurePage:
    """Return what the page of a measure shows."""
    record = context.cards.site.measures[measure_id]
    note = record.note
    conflicts = context.disagreements_of(record.ref)
    is_brief = sum(map(weigh_disagreement, conflicts)) > LIGHT // 3
    return MeasurePage(
        **note_frame(context, record, plain_prose(context.cards, note.definition or note.title)),
        plot=context.plots[measure_id],
        definition=prose(context.cards, note.definition, record.ref),
        dispute=context.dispute_of(measure_id),
        disagreements=tuple(map(in_brief, conflicts)) if is_brief else conflicts,
        is_brief=is_brief,
    )


# --- actors, places, narrative pages ----------------------------------------------------------


def actor_page(context: NotePageContext, actor_id: ActorId) -> ActorPage:
    """Return what the page of an actor shows."""
    cards, site = context.cards, context.cards.site
    record = site.actors[actor_id]
    note = record.note
    return ActorPage(
        **note_frame(context, record, note.role or note.name),
        kind=note.kind or "",
        role=note.role or "",
        names=note.aliases_in_text,
        wikidata=note.wikidata or "",
        summary=prose(cards, note.summary, record.ref),
        member_of=cards.links_to(Kind.ACTOR, note.member_of),
        members=cards.links_to(Kind.ACTOR, named_by(context, record.ref, Kind.ACTOR, "member_of")),
        said=tuple(
            excerpt_view(cards, each, names_owner=True)
            for each in context.words_of.get(actor_id, ())
        ),
        asserted=cards.cards_of(context.asserted_by.get(actor_id, ())),
        claims=cards.cards_of(
            ClaimId(each) for each in named_by(context, record.ref, Kind.CLAIM, "actors")
        ),
        events=cards.events_by_date(
            EventId(each) for each in named_by(context, record.ref, Kind.EVENT, "actors")
        ),
        origin_of=tuple(
            cards.labels[SourceId(each)]
            for each in named_by(context, record.ref, Kind.SOURCE, "origins")
        ),
        roles=_roles(context, actor_id),
        network=context.networks.get(actor_id),
    )


def _roles(context: NotePageContext, actor_id: ActorId) -> tuple[tuple[str, int], ...]:
    """Return the roles in which an actor appears in the notes, and how often in each.

    `quoted` counts passages, `asserting` and `subject` claims, `present` events, `origin` sources.
    """
    ref = Ref(Kind.ACTOR, actor_id)
    counts = {
        "quoted": len(context.words_of.get(actor_id, ())),
        "asserting": len(context.asserted_by.get(actor_id, ())),
        "subject": len(list(named_by(context, ref, Kind.CLAIM, "actors"))),
        "present": len(list(named_by(context, ref, Kind.EVENT, "actors"))),
        "origin": len(list(named_by(context, ref, Kind.SOURCE, "origins"))),
    }
    return tuple((role, count) for role, count in counts.items() if count)


def place_page(context: NotePageContext, place_id: PlaceId) -> PlacePage:
    """Return what the page of a place shows."""
    cards = context.cards
    record = cards.site.places[place_id]
    note = record.note
    return PlacePage(
        **note_frame(context, record, plain_prose(cards, note.summary or note.name)),
        country=note.country or "",
        names=note.aliases_in_text,
        latitude=note.latitude,
        longitude=note.longitude,
        wikidata=note.wikidata or "",
        summary=prose(cards, note.summary, record.ref),
        events=cards.events_by_date(
            EventId(each) for each in named_by(context, record.ref, Kind.EVENT, "places")
        ),
        claims=cards.cards_of(
            ClaimId(each) for each in named_by(context, record.ref, Kind.CLAIM, "places")
        ),
        locator=context.atlas.map_of(place_id),
    )


def narrative_page(context: NotePageContext, page_id: str) -> NarrativePage:
    """Return what a narrative page shows."""
    record = context.cards.site.pages[page_id]
    note = record.note
    return NarrativePage(
        **note_frame(context, record, note.summary or note.title),
        summary=note.summary or "",
        body=prose(context.cards, note.body, record.ref, heading_base=2),
        cite=cite_page(context.cards, page_id),
    )


_MAKERS: Final[Mapping[Kind, Callable[[NotePageContext, Any], View]]] = {
    Kind.CLAIM: claim_page,
    Kind.EVENT: event_page,
    Kind.SOURCE: source_page,
    Kind.ACTOR: actor_page,
    Kind.PLACE: place_page,
    Kind.QUESTION: question_page,
    Kind.MEASURE: measure_page,
    Kind.PAGE: narrative_page,
}
