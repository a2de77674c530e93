"""How much of each source has been worked through, and what of it nobody has used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sitegen.model import Use
from sitegen.notes import SourceId
from sitegen.pages.cards import Cards, rights_of
from sitegen.pages.listing import Shelf, Whole, pages_of_list
from sitegen.pages.prose_views import source_card
from sitegen.pages.splitting import Key, days, say_days
from sitegen.pages.weights import weigh_text
from sitegen.views import CoveragePage, CoverageRow, Frame, PageSpec

COVERAGE: Final = "coverage.html"
MOST_UNUSED: Final = 100_000
"""Characters of unused sentences that are listed of one source; its own page shows all."""


def coverage_pages(cards: Cards) -> Iterator[PageSpec]:
    """Yield the page on coverage, in parts by the dates of the sources where it is long."""

    def date_of(row: CoverageRow) -> Key:
        return days(cards.site.sources[_id_of(row)].note.published)

    whole = Whole(
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
    shelf = Shelf(
        items=tuple(coverage_row(cards, each) for each in cards.sources_by_date()),
        key=date_of,
        weight=_weigh,
        view=lambda frame, rows, parts: CoveragePage(**frame, rows=rows, parts=parts),
        noun="article",
        say=say_days,
    )
    yield from pages_of_list(whole, shelf)


def coverage_row(cards: Cards, source_id: SourceId) -> CoverageRow:
    """Return a source with its unused sentences; only `full` rights allow to show them all."""
    coverage = cards.findings.coverage.get(source_id)
    seed = cards.site.seeds.get(source_id)
    unused = [each for each in coverage.sentences if each.use is Use.UNUSED] if coverage else []
    is_free = rights_of(cards.site, source_id) == "full"
    texts = [seed.text[each.start : each.end] for each in unused] if is_free and seed else []
    shown = _first(texts)
    return CoverageRow(
        source=source_card(cards, source_id),
        unused=shown,
        hidden=0 if is_free else len(unused),
        more=len(texts) - len(shown),
    )


def _first(texts: Sequence[str]) -> tuple[str, ...]:
    """Return as many of the first sentences as one row may show."""
    room = MOST_UNUSED
    shown = []
    for text in texts:
        room -= len(text) + 12
        if room < 0:
            break
        shown.append(text)
    return tuple(shown)


def _weigh(row: CoverageRow) -> int:
    return 1300 + weigh_text(row.source.label.title, *row.unused) + 12 * len(row.unused)


def _id_of(row: CoverageRow) -> SourceId:
    return SourceId(row.source.label.ref.partition(":")[2])
