"""The front page: what is known, how surely, what is contested, what is new."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from sitegen.kinds import Kind
from sitegen.ledger import Whole
from sitegen.markup import convert
from sitegen.model import Standing
from sitegen.notes import ClaimId, QuestionId
from sitegen.pages.cards import Cards
from sitegen.pages.disagreement_views import correction_views
from sitegen.pages.disputes import dispute_with_plot
from sitegen.pages.in_brief import MOST_JUDGED, MOST_SOURCES
from sitegen.pages.lists import page_link
from sitegen.pages.note_page_context import NotePageContext
from sitegen.pages.prose_views import change_view, prose, question_card, source_card
from sitegen.pages.survey import Survey
from sitegen.references import link_targets
from sitegen.views import ClaimCard, IndexPage, Prose, TimelineView

_DISAGREEMENTS: Final = 6
_CORRECTIONS: Final = 5
_MEASURES: Final = 6
_QUESTIONS: Final = 12
_PAGES: Final = 12


def index_page(context: NotePageContext, survey: Survey, drawn: Whole[TimelineView]) -> IndexPage:
    """Return what the front page shows, of each kind of note no more than a reader can take in.

    `drawn` is the timeline of all events.
    """
    cards, site, conflicts = context.cards, context.cards.site, context.conflicts
    disputed = context.disputes.in_order.value
    pages = survey.pages.value
    index = site.pages.get("index")
    standings = survey.standings.value
    return IndexPage(
        title=index.note.title if index else site.settings.title,
        description=site.settings.description or site.settings.title,
        section="index",
        crumbs=(),
        bottom_line=_body(cards),
        counts=tuple((kind.plural, len(site.records(kind))) for kind in Kind if site.records(kind)),
        standings=tuple((standing, standings.get(standing, 0)) for standing in Standing),
        judgements=tuple(_judgements(cards, survey)),
        disagreements=tuple(
            conflicts.briefs[each] for each in islice(conflicts.found, _DISAGREEMENTS)
        ),
        disagreement_count=len(conflicts.found),
        disputes=tuple(
            dispute_with_plot(cards, context.disputes, each) for each in disputed[:_MEASURES]
        ),
        timeline=drawn.value,
        questions=tuple(question_card(cards, each) for each in _first_questions(survey)),
        sources=tuple(source_card(cards, each) for each in survey.most_quoted.value),
        origin=survey.taken_together.value,
        pages=tuple(page_link(cards, each) for each in pages[:_PAGES]),
        more_questions=max(len(site.questions) - _QUESTIONS, 0),
        more_sources=max(len(site.sources) - MOST_SOURCES, 0),
        more_plots=max(len(disputed) - _MEASURES, 0),
        more_pages=max(len(pages) - _PAGES, 0),
        changes=tuple(
            change_view(cards, site.claims[claim_id].note.history[at], claim_id)
            for _, claim_id, at in survey.changes.value
        ),
        corrections=correction_views(cards)[:_CORRECTIONS],
    )


def _body(cards: Cards) -> Prose:
    index = cards.site.pages.get("index")
    return prose(cards, index.note.body, index.ref, heading_base=2) if index else ()


def _judgements(cards: Cards, survey: Survey) -> list[ClaimCard]:
    """Return the claims that the author judged: first those that the bottom line names.

    These come in the order in which it names them, the others by how widely they are evidenced.
    """
    index = cards.site.pages.get("index")
    links = convert(index.note.body).links if index else ()
    named = [ref for link in links for ref in link_targets(cards.site.records, link.kind, link.id)]
    refs = dict.fromkeys((*map(str, named), *survey.judged.value))
    claims = (cards.claims.get(ClaimId(ref.partition(":")[2])) for ref in refs if _is_claim(ref))
    judged = (each for each in claims if each and (each.likelihood or each.confidence))
    return [*islice(judged, MOST_JUDGED)]


def _is_claim(ref: str) -> bool:
    return ref.startswith(f"{Kind.CLAIM}:")


def _first_questions(survey: Survey) -> Sequence[QuestionId]:
    """Return the questions in their order; if there are very many, those with a judgement first."""
    questions = survey.judged_first.value
    return questions[:_QUESTIONS] if len(questions) > _QUESTIONS else [*survey.answers.value]
