"""The front page: what is known, how surely, what is contested, what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from sitegen.dates import sort_key
from sitegen.markup import convert
from sitegen.model import Kind, Standing
from sitegen.notes import QuestionId, SourceId
from sitegen.pages.cards import Cards
from sitegen.pages.disagreement_views import correction_views, in_brief
from sitegen.pages.disputes import disputes
from sitegen.pages.lists import page_links
from sitegen.pages.plots import nearest
from sitegen.pages.prose_views import change_view, prose, question_card, source_card
from sitegen.pages.timeline_pages import timeline_overview
from sitegen.references import link_targets
from sitegen.views import ClaimCard, DisagreementView, IndexPage, Prose, SourcesInBrief

_JUDGEMENTS: Final = 8
_DISAGREEMENTS: Final = 6
_CHANGES: Final = 5
_MEASURES: Final = 6
_QUESTIONS: Final = 12
_SOURCES: Final = 8
_PAGES: Final = 12


def index_page(cards: Cards, disagreements: Sequence[DisagreementView]) -> IndexPage:
    """Return what the front page shows; of each kind of note no more than can be taken in."""
    site, findings = cards.site, cards.findings
    disputed = disputes(cards)
    pages = page_links(cards)
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
        disagreements=tuple(in_brief(each) for each in disagreements[:_DISAGREEMENTS]),
        disagreement_count=len(disagreements),
        disputes=tuple(replace(each, plot=nearest(each.plot)) for each in disputed[:_MEASURES]),
        timeline=timeline_overview(cards),
        questions=tuple(question_card(cards, each) for each in _first_questions(cards)),
        sources=tuple(source_card(cards, each) for each in _first_sources(cards)),
        origin=_origin(cards),
        pages=pages[:_PAGES],
        more_questions=max(len(site.questions) - _QUESTIONS, 0),
        more_sources=max(len(site.sources) - _SOURCES, 0),
        more_plots=max(len(disputed) - _MEASURES, 0),
        more_pages=max(len(pages) - _PAGES, 0),
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


def _origin(cards: Cards) -> SourcesInBrief:
    """Return what the sources are like taken together: their kinds and grades, the most first."""
    notes = [cards.site.sources[each].note for each in cards.sources_by_date()]
    years = [
        day.year
        for note in notes
        if (date := note.published)
        for day in (date.earliest, date.latest)
        if day
    ]
    grades = Counter(note.reliability or "" for note in notes)
    return SourcesInBrief(
        count=len(notes),
        publishers=tuple(dict.fromkeys(note.publisher for note in notes if note.publisher)),
        unnamed=sum(not note.publisher for note in notes),
        kinds=tuple(Counter(note.kind or "" for note in notes).most_common()),
        grades=tuple(sorted(grades.items(), key=lambda each: each[0] or "Z")),
        years=tuple(dict.fromkeys((min(years), max(years)))) if years else (),
    )


def _first_questions(cards: Cards) -> list[QuestionId]:
    """Return the questions in their order; of very many those with a judgement come first."""
    questions = list(cards.site.questions)
    if len(questions) <= _QUESTIONS:
        return questions
    notes = cards.site.questions
    return sorted(questions, key=lambda each: notes[each].note.assessment is None)[:_QUESTIONS]


def _first_sources(cards: Cards) -> list[SourceId]:
    """Return the sources by date; of very many, those that are quoted most."""
    sources = cards.sources_by_date()
    if len(sources) <= _SOURCES:
        return list(sources)
    quoted = cards.site.citations_of_source
    most = sorted(sources, key=lambda each: (-len(quoted[each]), each))[:_SOURCES]
    chosen = set(most)
    return [each for each in sources if each in chosen]
