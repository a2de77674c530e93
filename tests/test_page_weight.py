"""Pages stay light however much a site holds: what would be too heavy for one page is split."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.corpus import write_corpus
from sitegen import text_parts
from sitegen.build import build
from sitegen.pages import brief, comparison_pages, matrix, splitting
from tests.test_site import Page, broken_links, without_a_way

LIGHT = 45_000
FRAME = 15_000  # what a page has beside its list: masthead, filters, parts, footer
ALIKE = re.compile(r"(claims|events|sources|measures|pages)/[^/]+\.html")
"""Pages of notes that do not grow with the number of notes, or only with their own text."""


LIMITED = {"index.html": 0, "brief.html": 0, "gallery.html": 0}
"""Pages that hold so many of each kind and no more; under 300 KB they are whatever comes."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a made-up site in which all claims hang on two actors, places, questions and measures.

    Only a fraction of what a page may really hold is let on it, so that few notes are many.
    """
    folder = tmp_path_factory.mktemp("heavy")
    with pytest.MonkeyPatch.context() as patch:
        write_corpus(folder / "project", 200, hubs=2)
        patch.setattr(splitting, "LIGHT", LIGHT)
        patch.setattr(matrix, "ROWS_OF_A_TABLE", 20)
        patch.setattr(brief, "HEAVIEST_WHOLE", LIGHT)
        patch.setattr(comparison_pages, "HEAVY", LIGHT * 2 // 3)
        patch.setattr(text_parts, "LONG", 6000)
        assert build(folder / "project", folder / "site").published
    return folder / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    """Return every page by its path."""
    return {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


def test_no_list_outgrows_what_a_page_may_hold(site: Path, pages: dict[str, Page]) -> None:
    """Lists, timeline, matrix, disagreements, unknowns, coverage, and what hangs on a note."""
    weights = {
        name: (site / name).stat().st_size
        for name in pages
        if name not in LIMITED and not ALIKE.fullmatch(name)
    }
    assert {name: weight for name, weight in weights.items() if weight > LIGHT + FRAME} == {}
    split = {
        name.partition("/")[0] for name in pages if name.count("/") > 1 or "." in Path(name).stem
    }
    assert {"claims", "matrix", "unknowns", "actors", "places", "questions", "measures"} <= split
    assert {"timeline", "disagreements"} <= {name.partition("/")[0] for name in pages}


def test_every_link_between_parts_leads_somewhere(site: Path, pages: dict[str, Page]) -> None:
    """Nor does an address of a place on a page that was split lead astray."""
    assert list(broken_links(site, pages)) == []


def test_every_part_is_reached_from_the_front_page(pages: dict[str, Page]) -> None:
    """Through the contents that every part is listed in."""
    assert without_a_way(pages) == {"404.html"}


def test_facts_of_lists_come_in_shards_of_bounded_weight(site: Path) -> None:
    """What filters load is never more than 300 KB at a time."""
    weights = [path.stat().st_size for path in (site / "data/lists").glob("*.js")]
    assert weights
    assert max(weights) < 300_000
