"""Everything that helps to find, by every way of using it, and in silence.

By mouse, keyboard and touch, on a phone and on a wide screen, from disk with the network off and
below a path over HTTP: each of these together with each of the others, but not all three at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.axe import prepare, violations_in_both_schemes
from tests.browser.conftest import Log, served
from tests.browser.read import build_read
from tests.browser.ways import Reader


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Return the addresses of a small site: on the disk, and below a path on a server."""
    site = build_read(tmp_path_factory.mktemp("read"))
    root = tmp_path_factory.mktemp("served")
    (root / "deep").mkdir()
    (root / "deep/path").symlink_to(site)
    with served(root) as address:
        yield {"disk": site.as_uri(), "http": f"{address}/deep/path"}


# Of the twelve rows that are possible these six hold every pair.
@pytest.fixture(
    params=[
        ("mouse", "disk", 390),
        ("mouse", "http", 1440),
        ("keyboard", "disk", 1440),
        ("keyboard", "http", 390),
        ("touch", "disk", 390),
        ("touch", "http", 1440),
    ],
    ids=lambda row: "-".join(map(str, row)),
)
def reader(
    request: pytest.FixtureRequest, bases: Mapping[str, str], browser: Browser, log: Log
) -> Iterator[Reader]:
    """Return a reader; at the end nothing was said on the console, nor asked of elsewhere."""
    way, place, width = request.param
    base = bases[place]
    log.expected.append(base)
    with browser.new_context(
        offline=base.startswith("file:"),
        has_touch=way == "touch",
        viewport=ViewportSize(width=width, height=844),
        reduced_motion="reduce",
        permissions=["clipboard-read"],
    ) as context:
        context.on("console", log.on_console)
        context.on("weberror", lambda found: log.on_page_error(found.error))
        context.on("request", log.on_request)
        yield Reader(context.new_page(), way, base)
    assert (log.console, log.errors, log.requests) == ([], [], [])


def link(page: Page, name: str) -> Locator:
    """Return the first link of these words in the main part of a page."""
    return page.get_by_role("main").get_by_role("link", name=name, exact=True).first


def is_within(page: Page) -> bool:
    """Tell whether nothing has to be moved sideways."""
    found: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return found


def test_search_leads_to_the_very_words(reader: Reader) -> None:
    """From the box of any page to a passage in the article's text."""
    page = reader.page
    reader.open("timeline.html")
    box = page.get_by_role("searchbox", name="Search")
    if reader.way == "keyboard":
        page.keyboard.press("/")
        expect(box).to_be_focused()
        page.keyboard.type("rained all day")
    else:
        reader.write(box, "rained all day")
    hit = page.locator(".search-hit--excerpt a").first
    expect(hit.locator("mark")).to_have_text(["rained", "all", "day"])
    assert is_within(page)
    if reader.way == "keyboard":
        expect(page.locator(".search-status")).not_to_contain_text("still reading")
        for _ in range(page.locator(".search-panel a").count()):
            if not hit.evaluate("each => each === document.activeElement"):
                page.keyboard.press("ArrowDown")
        expect(hit).to_be_focused()
        page.keyboard.press("Enter")
    else:
        reader.press(hit)
    page.wait_for_url("**/sources/herald.html#passage-*")
    expect(page.locator("mark:target")).to_have_text("It rained all day")


def test_page_of_search_keeps_the_question_in_its_address(reader: Reader) -> None:
    """One kind is shown alone, and the address opens just that again."""
    page = reader.page
    reader.open("search.html")
    reader.write(page.get_by_role("searchbox", name="Search"), "rained")
    reader.press(page.get_by_role("button", name="Excerpts 1"))
    expect(page.locator(".search-group__title")).to_have_text(["Excerpts 1"])
    page.reload()
    expect(page.locator(".search-group__title")).to_have_text(["Excerpts 1"])
    expect(page).to_have_url(re.compile("search.html#q=rained&in=excerpt$"))
    assert is_within(page)


def test_preview_is_shown_pinned_and_closed(reader: Reader) -> None:
    """It lies on the screen, stays when it is pinned, and the next one can be sent away."""
    page = reader.page
    reader.open("index.html")
    preview = reader.point_at(link(page, "It rained"))
    expect(preview).to_contain_text("Corroborated")
    place = preview.bounding_box()
    assert place
    assert place["x"] >= 0
    assert place["y"] >= 0
    assert place["x"] + place["width"] <= page.evaluate("innerWidth")
    assert place["y"] + place["height"] <= 844
    reader.press(preview.get_by_role("button", name="Pin"))
    expect(page.locator(".preview--pinned")).to_have_count(1)
    preview = reader.point_at(link(page, "The walk"))
    if reader.way == "touch":
        preview.get_by_role("button", name="Close").tap()
    else:
        page.keyboard.press("Escape")
    expect(preview).to_have_count(0)
    assert is_within(page)
    reader.press(page.get_by_role("button", name="Unpin"))
    expect(page.locator(".preview--pinned")).to_have_count(0)


def test_list_is_filtered_and_the_view_has_an_address(reader: Reader) -> None:
    """What is left is counted; when nothing is, it says what to drop."""
    page = reader.page
    reader.open("claims/index.html")
    reader.press(page.get_by_role("button", name="Filter and sort"))
    reader.choose(page.get_by_label("Standing", exact=True), "Corroborated")
    expect(page.locator(".filter__status")).to_have_text("1 of 2 claims")
    expect(page).to_have_url(re.compile("claims/index.html#standing=corroborated$"))
    reader.write(page.get_by_label("Words"), "twelve")
    expect(page.locator(".filter__none")).to_contain_text("No claim is left.")
    page.reload()
    reader.press(page.get_by_role("button", name="standing: Corroborated (1)"))
    expect(page.locator(".filter__status")).to_have_text("1 of 2 claims")
    expect(link(page, "Twelve millimetres fell.")).to_be_visible()
    assert is_within(page)


def test_two_sources_are_compared_and_the_pair_has_an_address(reader: Reader) -> None:
    """Chosen one after the other, and still chosen when the page is opened again."""
    page = reader.page
    reader.open("compare.html")
    reader.choose(page.get_by_label("Source or actor"), "It poured")
    reader.choose(page.get_by_label("Compared with"), "비")
    heading = page.locator(".comparison").get_by_role("heading", level=2)
    expect(heading).to_contain_text("The Herald")
    page.reload()
    expect(heading).to_contain_text("The Herald")
    expect(page).to_have_url(re.compile("compare.html#source:herald,source:ilbo$"))
    assert is_within(page)


def test_claim_is_copied_with_its_reference(reader: Reader) -> None:
    """The words are in the clipboard, and it is said that they are."""
    page = reader.page
    reader.open("claims/rain.html")
    reader.press(page.get_by_role("button", name="Copy this claim"))
    reader.press(page.get_by_role("button", name="Statement with its reference"))
    expect(page.locator("[role=status]")).to_have_text("Copied: Statement with its reference.")
    assert page.evaluate("navigator.clipboard.readText()").startswith("“It rained.” In: The rain.")
    assert is_within(page)


def test_colours_and_size_are_chosen_and_kept(reader: Reader) -> None:
    """The panel tells the keys too, and what was chosen holds on the next page."""
    page = reader.page
    reader.open("index.html")
    if reader.way == "keyboard":
        page.keyboard.press("?")
    else:
        reader.press(page.get_by_role("button", name="Display and keys"))
    panel = page.get_by_role("dialog", name="Display and keys")
    expect(panel.locator("kbd", has_text="/")).to_be_visible()
    reader.press(page.get_by_label("Dark"))
    reader.press(page.get_by_label("Largest"))
    is_on_disk = reader.base.startswith("file:")
    reach = "for this page alone" if is_on_disk else "for all pages of this site"
    expect(panel.get_by_role("status")).to_contain_text(reach)
    reader.press(panel.get_by_role("button", name="Close"))
    expect(panel).to_have_count(0)
    reader.open("claims/rain.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > 19
    assert is_within(page)


def test_place_is_offered_again(reader: Reader) -> None:
    """Who comes back to a long page is offered the place where they were."""
    page = reader.page
    page.set_viewport_size({"width": page.evaluate("innerWidth"), "height": 400})
    reader.open("method.html")
    page.locator("#dates").evaluate("each => each.scrollIntoView()")
    page.wait_for_function("() => sitegen.reader.isWatching")
    down = page.evaluate("scrollY")
    reader.open("index.html")
    reader.open("method.html")
    reader.press(page.get_by_role("button", name="Go on there"))
    page.wait_for_function("down => Math.abs(scrollY - down) < 40", arg=down)
    assert page.locator(".place").count() == 0


def test_tour_leads_to_the_words(reader: Reader) -> None:
    """Its last step ends at the passage in the article's text."""
    page = reader.page
    reader.open("method.html")
    tour = page.locator(".tour")
    reader.follow(tour.get_by_role("link", name="See the same words in the article’s text"))
    expect(page.locator("mark.passage:target")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_with_results_and_lists_open(
    bases: Mapping[str, str], width: int, browser: Browser, log: Log
) -> None:
    """With the panel of search, the page of search, and a list of what can be copied."""
    with browser.new_context(
        bypass_csp=True, offline=True, viewport=ViewportSize(width=width, height=844)
    ) as context:
        context.on("console", log.on_console)
        page = context.new_page()
        reader = Reader(page, "mouse", bases["disk"])
        reader.open("claims/rain.html")
        reader.press(page.get_by_role("button", name="Copy this excerpt").first)
        page.keyboard.press("/")
        page.keyboard.type("rained walk")
        expect(page.locator(".search-near a").first).to_be_visible()
        prepare(page)
        found = violations_in_both_schemes(page)
        reader.open("search.html#q=rained+walk")
        expect(page.locator(".search-near a").first).to_be_visible()
        prepare(page)
        found += violations_in_both_schemes(page)
    assert found == []
    assert log.console == []
