"""The pages about the site as a whole: front page, lists, timeline, disagreements, unknowns …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from sitegen.dates import sort_key
from sitegen.markup import convert
from sitegen.model import DisagreementKind, Kind, Ref, Standing, Use
from sitegen.notes import MeasureId, Note, SourceId
from sitegen.pages.brief import BRIEF, brief_page
from sitegen.pages.cards import Cards, rights_of
from sitegen.pages.disagreement_views import DISAGREEMENTS, correction_views, disagreement_views
from sitegen.pages.gallery import GALLERY, gallery_page
from sitegen.pages.matrix import matrix_pages
from sitegen.pages.plots import plot
from sitegen.pages.prose_views import (
    change_view,
    excerpt_view,
    prose,
    question_card,
    source_card,
)
from sitegen.pages.search_page import SEARCH, search_page
from sitegen.pages.timeline import timeline
from sitegen.pages.tour import tour
from sitegen.references import link_targets
from sitegen.urls import list_url, note_url
from sitegen.views import (
    ClaimCard,
    ClaimListPage,
    CorrectionsPage,
    CoveragePage,
    CoverageRow,
    DisagreementsPage,
    EventListPage,
    Frame,
    Gap,
    IndexPage,
    MeasureListPage,
    MethodPage,
    NoteLink,
    NoteListPage,
    NotFoundPage,
    PageSpec,
    Prose,
    QuestionListPage,
    SourceListPage,
    TimelinePage,
    UnknownsPage,
)

INDEX = "index.html"
TIMELINE = "timeline.html"
UNKNOWNS = "unknowns.html"
COVERAGE = "coverage.html"
METHOD = "method.html"
NOT_FOUND = "404.html"

_JUDGEMENTS = 8
_DISAGREEMENTS = 6
_CHANGES = 5


def navigation() -> tuple[NoteLink, ...]:
    """Return the main pages in the order in which every page shows them."""
    return tuple(
        NoteLink(section, url, title)
        for section, url, title in (
            ("index", INDEX, "Bottom line"),
            ("questions", list_url(Kind.QUESTION), "Questions"),
            ("claims", list_url(Kind.CLAIM), "Claims"),
            ("timeline", TIMELINE, "Timeline"),
            ("disagreements", DISAGREEMENTS, "Disagreements"),
            ("measures", list_url(Kind.MEASURE), "Numbers"),
            ("unknowns", UNKNOWNS, "Unknowns"),
            ("sources", list_url(Kind.SOURCE), "Sources"),
            ("actors", list_url(Kind.ACTOR), "Actors"),
            ("places", list_url(Kind.PLACE), "Places"),
            ("pages", list_url(Kind.PAGE), "Background"),
            ("method", METHOD, "Method"),
        )
    )


def overview_pages(cards: Cards) -> Iterator[PageSpec]:
    """Yield the pages about the site as a whole."""
    yield PageSpec(INDEX, "pages/index.html", index_page(cards))
    yield PageSpec(TIMELINE, "pages/timeline.html", timeline_page(cards))
    yield PageSpec(DISAGREEMENTS, "pages/disagreements.html", disagreements_page(cards))
    yield PageSpec(UNKNOWNS, "pages/unknowns.html", unknowns_page(cards))
    yield PageSpec(COVERAGE, "pages/coverage.html", coverage_page(cards))
    yield PageSpec(
        BRIEF,
        "pages/brief.html",
        brief_page(cards, disagreement_views(cards), unknowns_page(cards)),
    )
    for path, view in matrix_pages(cards):
        yield PageSpec(path, "pages/matrix.html", view)
    yield PageSpec(GALLERY, "pages/gallery.html", gallery_page())
    yield PageSpec(METHOD, "pages/method.html", method_page(cards))
    yield PageSpec(list_url(Kind.CORRECTION), "pages/corrections.html", corrections_page(cards))
    yield PageSpec(SEARCH, "pages/search.html", search_page(cards))
    yield PageSpec(NOT_FOUND, "pages/not_found.html", not_found_page())
    yield PageSpec(list_url(Kind.CLAIM), "pages/claims.html", claim_list(cards))
    yield PageSpec(list_url(Kind.EVENT), "pages/events.html", event_list(cards))
    yield PageSpec(list_url(Kind.SOURCE), "pages/sources.html", source_list(cards))
    yield PageSpec(list_url(Kind.QUESTION), "pages/questions.html", question_list(cards))
    yield PageSpec(list_url(Kind.MEASURE), "pages/measures.html", measure_list(cards))
    for kind in (Kind.ACTOR, Kind.PLACE, Kind.PAGE):
        yield PageSpec(list_url(kind), "pages/notes.html", note_list(cards, kind))


def index_page(cards: Cards) -> IndexPage:
    """Return what the front page shows."""
    site, findings = cards.site, cards.findings
    disagreements = disagreement_views(cards)
    index = site.pages.get("index")
    standings = Counter(findings.standing.values())
    return IndexPage(
        title=index.note.title if index else site.settings.title,
        description=site.settings.description or site.settings.title,
        section="index",
        crumbs=(),
        bottom_line=_body(cards),
        counts=tuple((f"{kind}s", len(site.records(kind))) for kind in Kind if site.records(kind)),
        standings=tuple((standing, standings[standing]) for standing in Standing),
        judgements=tuple(_judgements(cards)[:_JUDGEMENTS]),
        disagreements=disagreements[:_DISAGREEMENTS],
        disagreement_count=len(disagreements),
        plots=tuple(plot(cards, each) for each in _disputed_measures(cards)),
        timeline=timeline(cards),
        questions=tuple(question_card(cards, each) for each in site.questions),
        sources=tuple(source_card(cards, each) for each in cards.sources_by_date()),
        pages=_page_links(cards),
        changes=tuple(
            change_view(cards, change, claim_id)
            for change, claim_id in sorted(
                (
                    (change, claim_id)
                    for claim_id, record in site.claims.items()
                    for change in record.note.history
                ),
                key=lambda each: (*sort_key(each[0].date), each[1]),
                reverse=True,
            )[:_CHANGES]
        ),
        corrections=correction_views(cards)[:_CHANGES],
    )


def _body(cards: Cards) -> Prose:
    index = cards.site.pages.get("index")
    return prose(cards, index.note.body, index.ref, heading_base=2) if index else ()


def _judgements(cards: Cards) -> list[ClaimCard]:
    """Return the claims that the author judged, those first that the bottom line rests on.

    They come in the order in which it names them, the others by how widely they are evidenced.
    """
    index = cards.site.pages.get("index")
    links = convert(index.note.body).links if index else ()
    named = [ref for link in links for ref in link_targets(cards.site.records, link.kind, link.id)]
    place = {str(ref): position for position, ref in reversed(list(enumerate(named)))}
    judged = [each for each in cards.claims.values() if each.likelihood or each.confidence]
    return sorted(
        judged,
        key=lambda each: (place.get(each.ref, len(named)), -each.origins, -each.articles, each.ref),
    )


def _disputed_measures(cards: Cards) -> list[MeasureId]:
    disputed = [
        MeasureId(found.notes[0].id)
        for found in cards.findings.disagreements
        if found.kind is DisagreementKind.RIVAL_QUANTITIES and found.notes[0].kind is Kind.MEASURE
    ]
    return list(dict.fromkeys(disputed))


def _page_links(cards: Cards) -> tuple[NoteLink, ...]:
    pages = [record for record in cards.site.pages.values() if record.ref.id != "index"]
    pages.sort(
        key=lambda each: (
            each.note.order is None,
            each.note.order or 0,
            each.note.title,
            each.ref.id,
        )
    )
    return tuple(
        NoteLink(
            str(each.ref),
            note_url(Kind.PAGE, each.ref.id),
            each.note.title,
            each.note.summary or "",
        )
        for each in pages
    )


def timeline_page(cards: Cards) -> TimelinePage:
    """Return what the timeline shows."""
    return TimelinePage(
        **_frame("Timeline", "What happened in which order.", "timeline"),
        timeline=timeline(cards),
    )


def disagreements_page(cards: Cards) -> DisagreementsPage:
    """Return what the page of disagreements shows."""
    return DisagreementsPage(
        **_frame(
            "Disagreements",
            "Where accounts conflict, inside a source and between them.",
            "disagreements",
        ),
        disagreements=disagreement_views(cards),
    )


def unknowns_page(cards: Cards) -> UnknownsPage:
    """Return what is not known: all that the notes admit and all that follows from them."""
    site = cards.site
    judged = [
        (each.ref, each.note.assessment) for each in site.questions.values() if each.note.assessment
    ]
    judged += [
        (each.ref, each.note.assessment) for each in site.claims.values() if each.note.assessment
    ]
    return UnknownsPage(
        **_frame("What is not known", "Gaps, assumptions, and what nobody can check.", "unknowns"),
        gaps=_gaps(cards, ((ref, each.gaps) for ref, each in judged)),
        assumptions=_gaps(cards, ((ref, each.assumptions) for ref, each in judged)),
        indicators=_gaps(
            cards, ((record.ref, record.note.indicators) for record in site.questions.values())
        ),
        single_origin=_standing(cards, Standing.SINGLE_ORIGIN),
        open_predictions=_standing(cards, Standing.OPEN),
        unanswered=tuple(
            question_card(cards, question_id)
            for question_id, record in site.questions.items()
            if not record.note.answers
        ),
        ungraded=tuple(
            cards.labels[source_id]
            for source_id, record in site.sources.items()
            if record.note.reliability in {None, "F"}
        ),
        unchecked=tuple(
            excerpt_view(cards, citation, names_owner=True)
            for citation in chain.from_iterable(site.citations.values())
            if not citation.excerpt.segments
        ),
        doubtful_dates=cards.events_by_date(
            event_id
            for event_id, card in cards.events.items()
            if card.date.is_doubtful or card.rival_dates
        ),
    )


def _gaps(cards: Cards, said: Iterator[tuple[Ref, tuple[str, ...]]]) -> tuple[Gap, ...]:
    return tuple(Gap(text, cards.links[ref]) for ref, texts in said for text in texts)


def _standing(cards: Cards, standing: Standing) -> tuple[ClaimCard, ...]:
    return tuple(card for card in cards.claims.values() if card.standing == standing)


def coverage_page(cards: Cards) -> CoveragePage:
    """Return how much of each source has been worked through."""
    return CoveragePage(
        **_frame("Coverage", "How much of each source has been worked through.", "sources"),
        rows=tuple(_coverage_row(cards, source_id) for source_id in cards.sources_by_date()),
    )


def _coverage_row(cards: Cards, source_id: SourceId) -> CoverageRow:
    """Return a source with its unused sentences; only `full` rights allow to show them all."""
    coverage = cards.findings.coverage.get(source_id)
    seed = cards.site.seeds.get(source_id)
    unused = [each for each in coverage.sentences if each.use is Use.UNUSED] if coverage else []
    is_free = rights_of(cards.site, source_id) == "full"
    return CoverageRow(
        source=source_card(cards, source_id),
        unused=tuple(seed.text[each.start : each.end] for each in unused)
        if is_free and seed
        else (),
        hidden=0 if is_free else len(unused),
    )


def method_page(cards: Cards) -> MethodPage:
    """Return what the page on method shows of this site."""
    states = Counter(
        citation.excerpt.state for citation in chain.from_iterable(cards.site.citations.values())
    )
    widest = max(
        cards.claims.values(), key=lambda each: (each.origins, each.articles), default=None
    )
    return MethodPage(
        **_frame("Method", "How this site works out what it says, and how to check it.", "method"),
        states=tuple(sorted((str(state), count) for state, count in states.items())),
        example=widest,
        tour=tour(cards),
    )


def corrections_page(cards: Cards) -> CorrectionsPage:
    """Return what was published wrong and how it was put right."""
    return CorrectionsPage(
        **_frame("Corrections", "What was published wrong, and how it was put right.", "method"),
        corrections=correction_views(cards),
    )


def not_found_page() -> NotFoundPage:
    """Return what a server shows for an address that does not exist."""
    return NotFoundPage(**_frame("Page not found", "There is no page at this address.", ""))


def claim_list(cards: Cards) -> ClaimListPage:
    """Return all claims, by statement."""
    in_order = sorted(cards.claims.values(), key=lambda each: (each.statement.casefold(), each.ref))
    frame = _frame("Claims", "Every claim, with what its evidence amounts to.", "claims")
    return ClaimListPage(**frame, claims=tuple(in_order))


def event_list(cards: Cards) -> EventListPage:
    """Return all events, by date."""
    frame = _frame("Events", "Every event, in the order in which they happened.", "timeline")
    return EventListPage(**frame, events=cards.events_by_date(cards.events))


def source_list(cards: Cards) -> SourceListPage:
    """Return all sources, by date."""
    frame = _frame("Sources", "Every article, how far it is trusted and worked through.", "sources")
    return SourceListPage(
        **frame, sources=tuple(source_card(cards, each) for each in cards.sources_by_date())
    )


def question_list(cards: Cards) -> QuestionListPage:
    """Return all questions."""
    frame = _frame("Questions", "The key questions, and what answers them.", "questions")
    return QuestionListPage(
        **frame, questions=tuple(question_card(cards, each) for each in cards.site.questions)
    )


def measure_list(cards: Cards) -> MeasureListPage:
    """Return all measures with their plots, by title."""
    measures = sorted(cards.site.measures.values(), key=lambda each: (each.note.title, each.ref.id))
    frame = _frame("Numbers", "Every number that is counted, according to whom.", "measures")
    return MeasureListPage(
        **frame, plots=tuple(plot(cards, MeasureId(each.ref.id)) for each in measures)
    )


def note_list(cards: Cards, kind: Kind) -> NoteListPage:
    """Return all actors, places or narrative pages."""
    titles = {
        Kind.ACTOR: ("Actors", "Everybody whom claims and events speak of.", "actors"),
        Kind.PLACE: ("Places", "Everywhere that claims and events speak of.", "places"),
        Kind.PAGE: ("Background", "What the notes tell when read together.", "pages"),
    }
    return NoteListPage(
        **_frame(*titles[kind]),
        kind=kind,
        notes=_page_links(cards) if kind is Kind.PAGE else _note_links(cards, kind),
    )


def _note_links(cards: Cards, kind: Kind) -> tuple[NoteLink, ...]:
    records = cards.site.records(kind).values()
    links = [_detailed(cards.links[record.ref], record.note) for record in records]
    return tuple(sorted(links, key=lambda each: (each.title.casefold(), each.ref)))


def _detailed(link: NoteLink, note: Note) -> NoteLink:
    detail = getattr(note, "role", None) or getattr(note, "country", None) or ""
    return NoteLink(link.ref, link.url, link.title, detail)


def _frame(title: str, description: str, section: str) -> Frame:
    return Frame(title=title, description=description, section=section, crumbs=())
