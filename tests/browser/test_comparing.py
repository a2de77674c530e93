"""Comparing two voices, as a reader does it: by script on one page, without script on many."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, ViewportSize, expect

from tests.browser.axe import prepare, violations_in_both_schemes
from tests.browser.conftest import DESK, PHONE, Log, OpenPage
from tests.compared import build_compared

TWO = "source:gazette,source:herald"

# What both versions of a comparison tell, in order: findings, words, and what only one says.
_TOLD = """(root) => {
  const parts = "tbody th, figure b, blockquote strong, figure q, details";
  return [...root.querySelectorAll(parts)].map(each => each.textContent.replace(/\\s+/g, ""));
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a briefing on a flood."""
    return build_compared(tmp_path_factory.mktemp("compared"))


@pytest.fixture
def compare(site: Path, page: Page, open_page: OpenPage) -> Page:
    """Return the page of comparisons on a wide screen, before anything is chosen."""
    page.set_viewport_size(DESK)
    return open_page(site / "compare.html")


@pytest.fixture
def phone(browser: Browser, log: Log) -> Iterator[BrowserContext]:
    """Return a phone."""
    with browser.new_context(
        has_touch=True, is_mobile=True, offline=True, viewport=PHONE, reduced_motion="reduce"
    ) as context:
        context.on("console", log.on_console)
        context.on("weberror", lambda found: log.on_page_error(found.error))
        yield context
    assert log.console == []


def first(page: Page) -> Locator:
    """Return the field of the one to compare."""
    return page.get_by_label("Source or actor")


def second(page: Page) -> Locator:
    """Return the field of the other one."""
    return page.get_by_label("Compared with")


def result(page: Page) -> Locator:
    """Return the comparison that script has made."""
    return page.locator(".comparison")


def told(place: Locator) -> list[str]:
    """Return what a comparison tells, line by line."""
    lines: list[str] = place.evaluate(_TOLD)
    return lines


# --- what is compared ---------------------------------------------------------------------------


def test_script_tells_of_every_pair_what_its_page_tells(
    site: Path, open_page: OpenPage, context: BrowserContext
) -> None:
    """Findings, words, names and silence are the same and in the same order."""
    page = open_page(site / "compare.html")
    still = context.new_page()
    pages = sorted((site / "compare").rglob("*.html"))
    assert len(pages) == 7
    for file in pages:
        kind, (one, other) = file.parent.name[:-1], file.stem.split(".")
        still.goto(file.as_uri())
        page.goto(f"{(site / 'compare.html').as_uri()}#{kind}:{one},{kind}:{other}")
        names = still.title().partition(" – ")[0].replace(" and ", " – ")
        expect(result(page).get_by_role("heading", level=2)).to_have_text(names)
        assert told(result(page)) == told(still.locator("main")), file.stem


def test_words_differ_where_claims_contradict_and_keep_their_language(
    site: Path, open_page: OpenPage
) -> None:
    """Marked is what the other claim lacks; foreign words say that they are."""
    page = open_page(site / "compare.html", TWO)
    expect(result(page).locator("mark").first).to_be_visible()
    row = result(page).locator("tr", has_text="One denies what the other says.")
    assert [each.strip() for each in row.locator("mark").all_inner_texts()] == [
        "was",
        "Nobody",
        "had",
    ]
    assert row.locator("blockquote[lang=de]").inner_text() == "Der Damm wurde gepflegt."


# --- choosing -------------------------------------------------------------------------------------


def test_two_are_chosen_by_keyboard_and_the_address_keeps_them(compare: Page, log: Log) -> None:
    """Keys choose in the fields, as in any; the address then leads back to the same pair."""
    first(compare).focus()
    compare.keyboard.press("D")
    compare.keyboard.press("Tab")
    expect(second(compare)).to_be_focused()
    for _ in range(second(compare).locator("option").count()):
        if second(compare).input_value() != "source:herald":
            compare.keyboard.press("ArrowDown")
    expect(result(compare).get_by_role("heading", level=2)).to_have_text("Gazette – Herald")
    expect(compare).to_have_url(re.compile(f"#{TWO}$"))
    expect(compare.get_by_role("status")).to_have_text("They differ: 4; They agree: 1")
    compare.reload()
    expect(result(compare).get_by_role("heading", level=2)).to_have_text("Gazette – Herald")
    assert log.console == []


def test_second_field_offers_what_can_be_compared(compare: Page) -> None:
    """With a source other sources, with an actor other actors, and never the same again."""
    first(compare).select_option("source:herald")
    assert sorted(second(compare).locator("option").all_inner_texts()) == [
        "Choose one…",
        "Die Flut",
        "The flood, again",
        "The flood: from the wire",
    ]
    first(compare).select_option("actor:mayor")
    assert second(compare).locator("option").all_inner_texts() == ["Choose one…", "The engineer"]
    second(compare).select_option("actor:engineer")
    expect(result(compare).get_by_text("They differ").first).to_be_visible()
    expect(result(compare).locator("figcaption").first).to_contain_text("The mayor, in Die Flut")


def test_only_what_two_voices_need_is_loaded(compare: Page, log: Log) -> None:
    """The lists come with the page, what is said when two are chosen."""
    expect(first(compare)).to_be_visible()
    before = [path.rpartition("/")[2] for path in log.files if "data/" in path]
    first(compare).select_option("source:herald")
    second(compare).select_option("source:post")
    expect(result(compare)).to_be_visible()
    after = [path.rpartition("/")[2] for path in log.files if "data/" in path]
    assert (before, after[len(before) :]) == (
        ["contents.js", "voices-1.js"],
        ["herald.js", "post.js"],
    )


def test_source_leads_to_its_comparisons(site: Path, open_page: OpenPage) -> None:
    """The link on a source's page has it chosen, and the other field waits."""
    page = open_page(site / "sources/gazette.html")
    page.get_by_role("link", name="Compare with another article").click()
    expect(second(page)).to_be_focused()
    assert first(page).input_value() == "source:gazette"
    second(page).select_option("source:post")
    expect(result(page)).to_contain_text("They agree")


def test_lists_that_come_late_leave_the_focus(site: Path, page: Page, open_page: OpenPage) -> None:
    """Who has gone to another field before the lists are there stays in it."""
    box = page.get_by_role("searchbox")

    def go_there(route: Route) -> None:
        box.focus()
        route.continue_()

    page.route("**/voices-1.js", go_there)
    open_page(site / "compare.html", "source:gazette")
    expect(first(page)).to_have_value("source:gazette")
    expect(box).to_be_focused()


def test_change_of_the_address_changes_the_pair(compare: Page) -> None:
    """A link to another pair works on the open page; nobody is shown for an unknown name."""
    expect(first(compare)).to_be_visible()
    compare.evaluate(f"location.hash = '{TWO}'")
    expect(result(compare)).to_contain_text("Die Flut")
    compare.evaluate("location.hash = 'source:nobody,source:herald'")
    expect(result(compare)).to_have_count(0)
    assert first(compare).input_value() == "source:herald"


def test_voices_without_common_subject_are_told_so(compare: Page) -> None:
    """What each says stands there all the same."""
    first(compare).select_option("source:courier")
    second(compare).select_option("source:post")
    expect(result(compare)).to_contain_text("Same, from one origin")


# --- where it is read -----------------------------------------------------------------------------


def test_pair_is_chosen_by_touch_and_read_one_under_the_other(
    site: Path, phone: BrowserContext
) -> None:
    """On a phone the words stand in turn, each with its source, and nothing sticks out."""
    page = phone.new_page()
    page.goto((site / "compare.html").as_uri())
    first(page).tap()
    first(page).select_option("source:gazette")
    second(page).select_option("source:herald")
    expect(result(page)).to_be_visible()
    expect(page).to_have_url(re.compile("#source:gazette,source:herald$"))
    for place in (page.url, (site / "compare/sources/gazette.herald.html").as_uri()):
        page.goto(place)
        row = page.locator("tr", has_text="It rained for a week.").filter(has=page.locator("td"))
        expect(row.locator("figcaption b").first).to_have_text("Gazette")
        boxes = [row.locator("td").nth(at).bounding_box() for at in (0, 1)]
        assert boxes[0]
        assert boxes[1]
        assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_pair_stands_side_by_side_on_a_wide_screen(compare: Page) -> None:
    """Both say it on one line, under their names as heads of columns."""
    first(compare).select_option("source:gazette")
    second(compare).select_option("source:herald")
    table = result(compare).get_by_role("table").first
    expect(table.get_by_role("columnheader")).to_have_text(["Both speak of", "Gazette", "Herald"])
    boxes = [table.get_by_role("cell").nth(at).bounding_box() for at in (0, 1)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]


def test_comparison_works_below_a_path_over_http(
    site: Path, page: Page, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    """On a server, below a path of its own, it compares and leads as it does from disk."""
    (tmp_path / "deep").mkdir()
    shutil.copytree(site, tmp_path / "deep/path")
    page.goto(f"{serve(tmp_path)}/deep/path/compare.html#{TWO}")
    result(page).get_by_role("link", name="in the article’s text").first.click()
    page.wait_for_url("**/deep/path/sources/gazette.html#passage-*")
    expect(page.locator("mark:target")).to_have_text("the dam gave way on 5 May")


def test_without_script_pages_of_pairs_do(browser: Browser, site: Path) -> None:
    """There is no field that does nothing, and the table leads to the same comparison."""
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((site / "compare.html").as_uri())
    expect(page.get_by_role("main").locator("select, button, form")).to_have_count(0)
    page.get_by_role("cell", name="4 differ 1 agree").get_by_role("link").click()
    expect(page).to_have_url(re.compile("/compare/sources/gazette.herald.html$"))
    expect(page.locator("tbody th").first).to_contain_text("Different dates")
    context.close()


@pytest.mark.parametrize("missing", ["contents.js", "sources/herald.js"])
def test_comparison_that_cannot_work_says_so(
    missing: str, site: Path, tmp_path: Path, open_page: OpenPage, log: Log
) -> None:
    """Without its data it says which file is lacking, and the table stays."""
    copy = shutil.copytree(site, tmp_path / "copy")
    (copy / "data/compare" / missing).unlink()
    page = open_page(copy / "compare.html", TWO)
    expect(page.get_by_text("Comparing cannot work here").first).to_contain_text(missing)
    expect(page.get_by_role("table").first).to_be_visible()
    log.clear()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_comparison_is_for_everyone(
    size: ViewportSize, site: Path, browser: Browser, log: Log
) -> None:
    """axe finds nothing wrong in a comparison made by script, all of it open."""
    with browser.new_context(bypass_csp=True, offline=True, viewport=size) as context:
        context.on("console", log.on_console)
        page = context.new_page()
        page.goto(f"{(site / 'compare.html').as_uri()}#{TWO}")
        expect(result(page)).to_be_visible()
        result(page).locator("summary").first.click()
        prepare(page)
        assert violations_in_both_schemes(page) == []
    assert log.console == []
