"""That pages are weighed and chosen as the report says, and that it says which limit is broken."""

from __future__ import annotations

from pathlib import Path

from benchmarks.pages import (
    Layout,
    Measured,
    Weight,
    as_markdown,
    choose,
    kind_of,
    over_limits,
    weigh,
)


def test_every_page_and_all_data_are_weighed(tmp_path: Path) -> None:
    """Pages in bytes and elements, data in bytes, by their paths in the site."""
    (tmp_path / "data/lists").mkdir(parents=True)
    (tmp_path / "data/lists/claims.js").write_text("0123456789")
    (tmp_path / "index.html").write_text("<p>북 <b>x</b></p><!-- no element -->")
    pages, data = weigh(tmp_path)
    assert pages == [Weight("index.html", 38, 2)]
    assert data == [Weight("data/lists/claims.js", 10)]


def test_kinds_are_folders() -> None:
    """What stands alone is its own kind; what belongs to a note is of one kind for all notes."""
    assert kind_of("index.html") == "index.html"
    assert kind_of("claims/list/a.html") == "claims/list/"
    assert kind_of("actors/kim.claims/a.html") == "actors/*.claims/"
    assert kind_of("data/search/claims-1.js") == "data/search/"
    assert kind_of("data/briefing.json") == "data/briefing.json"


def test_of_each_kind_the_heaviest_and_the_largest_are_opened() -> None:
    """Each once, even where it is both."""
    pages = [Weight(f"claims/{at}.html", 100 - at, at % 10) for at in range(20)]
    found = choose([*pages, Weight("index.html", 1, 1)])
    assert sorted(found) == sorted(
        ["index.html", *(f"claims/{at}.html" for at in (0, 1, 2, 9, 19, 8))]
    )


def measured(layout: Layout) -> Measured:
    """Return a corpus with a page, a shard and a download that are all too heavy."""
    pages = [Weight("claims/a.html", 312_400, 900), Weight("claims/b.html", 200_000, 1000)]
    data = [Weight("data/search/claims-1.js", 301_000), Weight("data/briefing.json", 9_000_000)]
    return Measured("Evenly", pages, data, [layout])


def test_broken_limits_are_named() -> None:
    """A page's time is the median of its loads; what no page loads may weigh anything."""
    slow = Layout("claims/b.html", "390 px", [150, 201, 900], [1, 1, 1], [1, 1, 1])
    assert [*over_limits([measured(slow)])] == [
        "claims/a.html weighs 312 KB",
        "data/search/claims-1.js weighs 301 KB",
        "claims/b.html takes 201 ms at 390 px",
    ]


def test_table_has_a_row_for_each_kind() -> None:
    """Weights in KB, times of each screen in milliseconds; a dash where nothing was opened."""
    seen = Layout("claims/b.html", "1440 px", [50, 61, 52], [20, 31, 22], [70, 64, 90])
    report = as_markdown("1 claim", "2 cores", [measured(seen)]).splitlines()
    assert "| `claims/` | 2 | 312 | 1,000 | 52 | 61 | 31 | 64 | – | – | – | – |" in report
    assert "| `data/search/` | 1 | 301 | 301 |" in report
    assert "- claims/a.html weighs 312 KB" in report
