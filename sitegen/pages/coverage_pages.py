"""How much of each source has been worked through, and what of it nobody has used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sitegen.ledger import Tables
from sitegen.model import Use
from sitegen.notes import SourceId
from sitegen.pages.cards import Cards
from sitegen.pages.listing import ItemGroup, PageIdentity, Row, SplittablePage
from sitegen.pages.prose_views import source_card
from sitegen.pages.splitting import days, say_days
from sitegen.pages.weights import weigh_text
from sitegen.urls import COVERAGE
from sitegen.views import CoveragePage, CoverageRow, Frame, PartsView, View

MOST_UNUSED: Final = 100_000
"""How many characters of a source's unused sentences are listed; its own page shows all."""


_IDENTITY: Final = PageIdentity(
    path=COVERAGE,
    folder="coverage",
    template="pages/coverage.html",
    frame=Frame(
        title="Coverage",
        description="How much of each source has been worked through.",
        section="sources",
        crumbs=(),
    ),
    lead="How much of each article the notes have worked through, by date, in parts.",
)


def splittable_coverage(cards: Cards) -> SplittablePage:
    """Return the page on coverage, in parts by the dates of the sources where it is long."""

    def file(source_id: SourceId) -> Row:
        published = cards.site.sources[source_id].note.published
        weight = _weigh(cards.labels[source_id].title, *_unused(cards, source_id)[0])
        return Row(days(published), cards.place_by_date(source_id), weight, source_id)

    def view(frame: Frame, ids: tuple[SourceId, ...], parts: PartsView | None) -> View:
        rows = tuple(coverage_row(cards, each) for each in ids)
        return CoveragePage(**frame, rows=rows, parts=parts)

    def item_groups(tables: Tables) -> tuple[ItemGroup[Any]]:
        filed = tables.table("places on the page on coverage", cards.site.sources, file)
        return (ItemGroup(filed.values, view, "article", say_days),)

    return SplittablePage(_IDENTITY, item_groups)


def coverage_row(cards: Cards, source_id: SourceId) -> CoverageRow:
    """Return a source with its unused sentences, which are hidden without `full` rights to it."""
    shown, more, hidden = _unused(cards, source_id)
    return CoverageRow(source_card(cards, source_id), unused=shown, hidden=hidden, more=more)


def _unused(cards: Cards, source_id: SourceId) -> tuple[tuple[str, ...], int, int]:
    """Return a source's first unused sentences, the number of others, and of those hidden."""
    coverage = cards.findings.coverage.get(source_id)
    seed = cards.site.seeds.get(source_id)
    unused = [each for each in coverage.sentences if each.use is Use.UNUSED] if coverage else []
    is_free = cards.site.rights_of(source_id) == "full"
    texts = [seed.text[each.start : each.end] for each in unused] if is_free and seed else []
    shown = _first(texts)
    return shown, len(texts) - len(shown), 0 if is_free else len(unused)


def _first(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the first sentences, as many as one row may show."""
    room = MOST_UNUSED
    shown = []
    for text in texts:
        room -= len(text) + 12
        if room < 0:
            break
        shown.append(text)
    return tuple(shown)


def _weigh(title: str, *unused: str) -> int:
    return 1300 + weigh_text(title, *unused) + 12 * len(unused)
