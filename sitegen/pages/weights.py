"""What the cards and rows of long pages weigh: estimates in bytes of HTML, from their views.

They need not be right to the byte: a page is split well below what it may weigh. What grows with an
author's words is counted, what the templates add is a constant for each kind of card.
"""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.views import (
    BacklinkView,
    ClaimCard,
    DisagreementView,
    EstimateView,
    EventCard,
    ExcerptView,
    Gap,
    MatrixRow,
    NoteLink,
    PlotView,
    Prose,
    QuestionCard,
    SourceCard,
)


def weigh_claim(card: ClaimCard) -> int:
    """Return what a claim in a list weighs."""
    marks = 260 * bool(card.verdict) + 320 * bool(card.likelihood) + 290 * bool(card.confidence)
    return 570 + len(card.statement) + 2 * len(card.ref) + marks + 110 * bool(marks)


def weigh_event(card: EventCard) -> int:
    """Return what an event in a list weighs."""
    return 420 + len(card.title) + 2 * len(card.ref) + weigh_links((*card.actors, *card.places))


def weigh_links(links: Iterable[NoteLink]) -> int:
    """Return what links to notes weigh."""
    return sum(75 + len(link.title) + 2 * len(link.ref) + len(link.detail) for link in links)


def weigh_source(card: SourceCard) -> int:
    """Return what a source in a list weighs."""
    return 1150 + 2 * len(card.label.ref) + len(card.label.title) + weigh_prose(card.summary)


def weigh_prose(prose: Prose) -> int:
    """Return what an author's text weighs; cards in it count as large ones."""
    return sum(len(piece.html) + 2000 * bool(piece.card_kind) for piece in prose)


def weigh_question(card: QuestionCard) -> int:
    """Return what a question in a list weighs."""
    return 400 + len(card.question) + 2 * len(card.ref) + 900 * bool(card.assessment)


def weigh_estimate(estimate: EstimateView) -> int:
    """Return what an estimate weighs as a row of a plot and of its table."""
    links = weigh_links(estimate.by) + 260 * len(estimate.sources)
    return 1700 + len(estimate.wording) + 2 * len(estimate.scope) + links


def weigh_plot(plot: PlotView) -> int:
    """Return what a measure's plot weighs."""
    return 900 + len(plot.estimates) * (760 + 75 * len(plot.ticks))


def weigh_excerpt(excerpt: ExcerptView) -> int:
    """Return what a quotation with all that is known of it weighs."""
    words = sum(map(len, (*excerpt.segments, *excerpt.omitted, excerpt.before, excerpt.after)))
    said = weigh_links((*excerpt.said_by, *excerpt.origins))
    return 1300 + words + said + 2 * len(excerpt.live_url) + weigh_prose(excerpt.note)


def weigh_disagreement(view: DisagreementView) -> int:
    """Return what accounts side by side weigh."""
    quotes = [weigh_quote(each) for side in view.sides for each in side.excerpts]
    titles = sum(2 * len(side.title) + 700 for side in view.sides)
    return 700 + len(view.summary) + 30 * len(view.reasons) + titles + sum(quotes)


def weigh_quote(excerpt: ExcerptView) -> int:
    """Return what the bare words of a quotation weigh, with their source."""
    return 650 + sum(map(len, (*excerpt.segments, excerpt.before, excerpt.after)))


def weigh_gap(gap: Gap) -> int:
    """Return what an admission in an author's words weighs, with the note that makes it."""
    return 110 + len(gap.text) + len(gap.note.title) + len(gap.note.ref)


def weigh_row(row: MatrixRow) -> int:
    """Return what a row of the matrix weighs."""
    said = sum(1 for cell in row.cells if cell.stance)
    return 700 + len(row.claim.statement) + 10 * len(row.cells) + 290 * said


def weigh_backlink(link: BacklinkView) -> int:
    """Return what a reference from another note weighs."""
    return 230 + len(link.url) + len(link.title) + len(link.words)
