"""What the cards and rows of long pages weigh: estimates in bytes of HTML, from their views.

They need not be right to the byte: a page is split well below the limit. An author's words are
counted in bytes, for a Korean letter takes three; what templates add is a constant for each kind of
card.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from sitegen.views import (
    BacklinkView,
    BriefPage,
    ClaimCard,
    ComparedSubject,
    DisagreementView,
    EstimateView,
    EventCard,
    ExcerptView,
    FindingView,
    Gap,
    NoteLink,
    PlotView,
    Prose,
    QuestionCard,
    SourceCard,
    SourceLabel,
)

MOST_NAMED: Final = 12
"""How many actors and places an event's card names; `parts/event_card.html` has the same number."""


def weigh_text(*texts: str) -> int:
    """Return how many bytes some texts take in a page."""
    text = "".join(texts)
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def weigh_claim(card: ClaimCard) -> int:
    """Return what a claim in a list weighs."""
    marks = 260 * bool(card.verdict) + 320 * bool(card.likelihood) + 290 * bool(card.confidence)
    return 570 + weigh_text(card.statement) + 2 * len(card.ref) + marks + 110 * bool(marks)


def weigh_event(card: EventCard) -> int:
    """Return what an event in a list weighs."""
    links = weigh_links((*card.actors[:MOST_NAMED], *card.places[:MOST_NAMED]))
    return 420 + weigh_text(card.title) + 2 * len(card.ref) + links


def weigh_links(links: Iterable[NoteLink]) -> int:
    """Return what links to notes weigh."""
    return sum(75 + weigh_text(link.title, link.detail) + 2 * len(link.ref) for link in links)


def weigh_source(card: SourceCard) -> int:
    """Return what a source in a list weighs."""
    words = weigh_text(card.label.title) + weigh_prose(card.summary)
    return 1150 + 2 * len(card.label.ref) + words


def weigh_prose(prose: Prose) -> int:
    """Return what an author's text weighs; cards in it count as large ones."""
    return sum(weigh_text(piece.html) + 2000 * bool(piece.card_kind) for piece in prose)


def weigh_question(card: QuestionCard) -> int:
    """Return what a question in a list weighs."""
    return 400 + weigh_text(card.question) + 2 * len(card.ref) + 900 * bool(card.assessment)


def weigh_estimate(estimate: EstimateView) -> int:
    """Return what an estimate weighs as a row of a plot and of its table."""
    links = weigh_links(estimate.by) + 260 * len(estimate.sources)
    return 1700 + weigh_text(estimate.wording) + 2 * weigh_text(estimate.scope) + links


def weigh_plot(plot: PlotView) -> int:
    """Return what a measure's plot weighs."""
    return 900 + len(plot.estimates) * (760 + 75 * len(plot.ticks))


def weigh_excerpt(excerpt: ExcerptView) -> int:
    """Return what a quotation with all that is known of it weighs."""
    words = weigh_text(*excerpt.segments, *excerpt.omitted, excerpt.before, excerpt.after)
    said = weigh_links((*excerpt.said_by, *excerpt.origins))
    return 1300 + words + said + 2 * len(excerpt.live_url) + weigh_prose(excerpt.note)


def weigh_disagreement(view: DisagreementView) -> int:
    """Return what accounts side by side weigh."""
    quotes = [weigh_quote(each) for side in view.sides for each in side.excerpts]
    titles = sum(2 * weigh_text(side.title) + 700 for side in view.sides)
    return 700 + weigh_text(view.summary) + 30 * len(view.reasons) + titles + sum(quotes)


def weigh_quote(excerpt: ExcerptView) -> int:
    """Return what the bare words of a quotation weigh, with their source."""
    return 650 + weigh_text(*excerpt.segments, excerpt.before, excerpt.after)


def weigh_gap(gap: Gap) -> int:
    """Return what an admission in an author's words weighs, with the note that makes it."""
    return 110 + weigh_text(gap.text, gap.note.title) + len(gap.note.ref)


def weigh_section(
    title: str, sources: Sequence[SourceLabel], rows: Iterable[tuple[ClaimCard, int]]
) -> int:
    """Return what a table of the matrix weighs, with what the lists above it say of it.

    Its columns are `sources`; `rows` has for each row the claim and how many cells are not empty.
    """
    columns = sum(map(_weigh_column, sources))
    width = 10 * len(sources)
    weight = sum(_weigh_row(claim) + width + 270 * said for claim, said in rows)
    return 700 + 3 * weigh_text(title) + columns + weight


def _weigh_column(source: SourceLabel) -> int:
    """Return what a source weighs as a column, and in the list of the page's sources."""
    return 550 + 4 * len(source.ref) + weigh_text(source.title, source.title, source.publisher)


def _weigh_row(claim: ClaimCard) -> int:
    return 520 + weigh_text(claim.statement) + 2 * len(claim.ref)


def weigh_backlink(link: BacklinkView) -> int:
    """Return what a reference from another note weighs."""
    return 230 + weigh_text(link.url, link.title, link.words)


def weigh_subject(subject: ComparedSubject) -> int:
    """Return what two voices say of a subject weighs on the page of the two."""
    alone = (*subject.only_left.links, *subject.only_right.links)
    links = sum(60 + weigh_text(link.title) + 2 * len(link.ref) for link in alone)
    return 700 + links + sum(map(weigh_finding, subject.findings))


def weigh_finding(finding: FindingView) -> int:
    """Return what a row of a comparison weighs, with the quotations on both sides."""
    sides = (*finding.left, *finding.right)
    quotes = sum(_weigh_compared(each) for side in sides for each in side.excerpts)
    titles = sum(150 + 2 * weigh_text(side.link.title) for side in sides)
    return 400 + len(finding.why) + quotes + titles


def _weigh_compared(excerpt: ExcerptView) -> int:
    words = (*excerpt.segments, excerpt.before, excerpt.after, excerpt.translation)
    return 750 + 130 * len(excerpt.said_by) + weigh_text(*words)


def weigh_brief(page: BriefPage) -> int:
    """Return what the whole brief weighs."""
    claims = [*page.judged, *chain.from_iterable(each.answers for each in page.questions)]
    sides = [side for each in page.disagreements for side in each.sides]
    referring = chain((each.references for each in claims), (each.references for each in sides))
    weight = weigh_prose(page.bottom_line) + 90 * sum(map(len, referring))
    weight += sum(weigh_question(each.card) for each in page.questions)
    weight += sum(weigh_claim(each.claim) + weigh_text(each.note) for each in claims)
    weight += sum(300 + weigh_text(each.summary) for each in page.disagreements)
    weight += sum(40 + weigh_text(each.title) for each in sides)
    weight += sum(map(weigh_event, page.events))
    weight += sum(
        weigh_plot(each) + sum(map(weigh_estimate, each.estimates)) for each in page.plots
    )
    weight += sum(map(weigh_gap, (*page.gaps, *page.assumptions)))
    weight += sum(650 + weigh_text(each.card.reliability_why) for each in page.sources)
    return weight + sum(_weigh_numbered(each.excerpt) for each in page.excerpts)


def _weigh_numbered(excerpt: ExcerptView) -> int:
    """Return what a quotation weighs in the appendix of the brief."""
    words = (*excerpt.segments, *excerpt.omitted, excerpt.before, excerpt.after)
    return 800 + weigh_text(*words, excerpt.translation)
