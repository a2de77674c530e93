"""Previews, as a reader meets them: by mouse, by keyboard, by touch; from disk and over HTTP."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from sitegen import text_parts
from tests.browser.axe import prepare, violations
from tests.browser.conftest import DESK, PHONE, Log, OpenPage
from tests.browser.read import build_read
from tests.browser.ways import press_tab_to


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a small briefing."""
    return build_read(tmp_path_factory.mktemp("read"))


@pytest.fixture
def front(site: Path, page: Page, open_page: OpenPage) -> Page:
    """Return the front page on a wide screen."""
    page.set_viewport_size(DESK)
    page.emulate_media(reduced_motion="reduce")  # what is measured does not glide
    return open_page(site / "index.html")


@pytest.fixture
def phone(browser: Browser, log: Log, site: Path) -> Iterator[Page]:
    """Return the front page on a phone."""
    with browser.new_context(
        has_touch=True, is_mobile=True, offline=True, viewport=PHONE, reduced_motion="reduce"
    ) as context:
        context.on("console", log.on_console)
        context.on("weberror", lambda found: log.on_page_error(found.error))
        page = context.new_page()
        page.goto((site / "index.html").as_uri())
        yield page
    assert log.errors == []


def link(page: Page, name: str) -> Locator:
    """Return the first link of these words in the main part of a page."""
    return page.get_by_role("main").get_by_role("link", name=name, exact=True).first


def preview(page: Page) -> Locator:
    """Return the preview that is open."""
    return page.locator(".preview--open")


# --- what is shown ------------------------------------------------------------------------------


def test_nothing_of_previews_is_loaded_before_a_link_is_pointed_at(front: Page, log: Log) -> None:
    """A page loads no preview, and then the contents and the one shard that may have it."""
    before = {path.rpartition("/")[2] for path in log.files}
    link(front, "It rained").hover()
    expect(preview(front)).to_be_visible()
    after = [path.rpartition("/")[2] for path in log.files if "previews/" in path]
    assert "preview.js" not in before
    assert sorted(after) == ["claims-1.js", "contents.js"]


def test_every_kind_of_note_has_a_preview(front: Page) -> None:
    """Whatever a link leads to, its preview says what that is and what matters of it."""
    for name, kind, words in (
        ("It rained", "Claim", "Corroborated"),
        ("The walk", "Event", "Meeting · 19 June 2024"),
        ("Ann", "Actor", "Witness"),
        ("Town", "Place", "Land"),
        ("how much", "Number", "mm"),
        ("whether", "Question", "1 competing answer"),
        ("the article", "Source", "The Herald"),
        ("the background", "Background", "What came before."),
    ):
        link(front, name).hover()
        expect(preview(front).locator(".preview__kind")).to_have_text(kind)
        expect(preview(front)).to_contain_text(words)


def test_passage_shows_its_words_before_one_goes_there(site: Path, open_page: OpenPage) -> None:
    """The link from evidence to the article shows the passage; the one back shows the evidence."""
    page = open_page(site / "claims/rain.html")
    page.get_by_role("link", name="in the article’s text").first.hover()
    expect(preview(page)).to_contain_text("“It rained all day”")
    expect(preview(page)).to_contain_text("Supports: It rained.")
    page.goto((site / "sources/herald.html").as_uri())
    page.locator(".margin-note__note a").first.hover()
    expect(preview(page).locator(".preview__mark")).to_have_text("Supports")


def test_passage_of_a_text_in_parts_shows_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: OpenPage
) -> None:
    """Where a long text has pages of its own, links to its passages show them all the same."""
    monkeypatch.setattr(text_parts, "LONG", 100)
    page = open_page(build_read(tmp_path) / "claims/rain.html")
    way = page.get_by_role("link", name="in the article’s text").first
    assert "/herald.text/" in (way.get_attribute("href") or "")
    way.hover()
    expect(preview(page)).to_contain_text("“It rained all day”")


def test_words_in_another_language_are_given_as_such(site: Path, open_page: OpenPage) -> None:
    """A quotation has the language of its article."""
    page = open_page(site / "claims/rain.html")
    page.get_by_role("link", name="in the article’s text").last.hover()
    expect(preview(page).locator("blockquote")).to_have_attribute("lang", "ko")


def test_date_in_doubt_is_explained(site: Path, open_page: OpenPage) -> None:
    """A date says what is in doubt, which days its words allow, and its code."""
    page = open_page(site / "claims/rain.html")
    page.locator("main [data-edtf]").first.hover()
    expect(preview(page)).to_contain_text("The month is approximate")
    expect(preview(page)).to_contain_text("2024-06~")


def test_ways_around_the_site_have_no_preview(front: Page) -> None:
    """Navigation, links on the page itself and links out of the site just lead there."""
    found = front.evaluate(
        """() => {
          const at = [...document.querySelectorAll("nav a, .skip, .colophon a")];
          at.forEach(each => each.dispatchEvent(
            new PointerEvent("pointerover", {pointerType: "mouse", bubbles: true})));
          return at.length;
        }"""
    )
    link(front, "It rained").hover()
    expect(preview(front).locator(".preview__kind")).to_have_text("Claim")
    assert found > 10
    assert preview(front).count() == 1


# --- by mouse -----------------------------------------------------------------------------------


def test_preview_stays_while_the_pointer_is_in_it_and_goes_with_it(front: Page) -> None:
    """One can go into a preview; it closes when the pointer leaves it and its link."""
    link(front, "It rained").hover()
    preview(front).hover()
    front.wait_for_timeout(400)  # more than it lingers
    expect(preview(front)).to_be_visible()
    front.locator(".masthead__title").hover()
    expect(preview(front)).to_have_count(0)


def test_click_follows_the_link(front: Page) -> None:
    """Links stay links: a click leads there, preview or not."""
    link(front, "It rained").hover()
    expect(preview(front)).to_be_visible()
    link(front, "It rained").click()
    front.wait_for_url("**/claims/rain.html")
    expect(front.locator("h1")).to_have_text("It rained.")


def test_no_preview_inside_a_preview(front: Page) -> None:
    """What stands in a pinned preview leads on, but opens no further one."""
    pin(front, "It rained")
    front.locator(".pins a").hover()
    front.wait_for_timeout(500)  # more than a pointer must rest
    expect(preview(front)).to_have_count(0)


# --- by keyboard --------------------------------------------------------------------------------


def test_focus_shows_a_preview_and_keeps_its_place(front: Page) -> None:
    """The preview of a focused link opens and is said; Escape closes it; the focus never moves."""
    target = link(front, "It rained")
    press_tab_to(front, target)
    expect(preview(front)).to_be_visible()
    expect(target).to_be_focused()
    expect(front.locator("[role=status]")).to_contain_text("Claim: It rained. Corroborated.")
    front.keyboard.press("Escape")
    expect(preview(front)).to_have_count(0)
    expect(target).to_be_focused()


def test_tab_goes_into_a_preview_and_on(front: Page) -> None:
    """From the link Tab reaches the preview's buttons, then what follows the link."""
    target = link(front, "It rained")
    press_tab_to(front, target)
    expect(preview(front)).to_be_visible()
    front.keyboard.press("Tab")
    expect(preview(front).get_by_role("button", name="Pin")).to_be_focused()
    front.keyboard.press("Shift+Tab")
    expect(target).to_be_focused()
    for name in ("Pin", "Copy this preview"):
        front.keyboard.press("Tab")
        expect(preview(front).get_by_role("button", name=name)).to_be_focused()
    front.keyboard.press("Tab")
    expect(link(front, "The walk")).to_be_focused()


def test_escape_inside_a_preview_gives_the_focus_back_for_good(front: Page) -> None:
    """The link has the focus again, and its preview does not open a second time for that."""
    target = link(front, "It rained")
    press_tab_to(front, target)
    expect(preview(front)).to_be_visible()
    front.keyboard.press("Tab")
    front.keyboard.press("Escape")
    expect(target).to_be_focused()
    front.wait_for_timeout(700)  # more than the focus must rest
    expect(preview(front)).to_have_count(0)


def test_date_is_explained_by_keyboard(site: Path, open_page: OpenPage) -> None:
    """A dotted date takes the focus and is a button; Enter explains it at once."""
    page = open_page(site / "claims/rain.html")
    date = page.get_by_role("main").get_by_role("button", name="about June 2024").first
    date.focus()
    page.keyboard.press("Enter")
    expect(preview(page)).to_contain_text("The month is approximate")
    page.keyboard.press("Escape")
    expect(preview(page)).to_have_count(0)
    expect(date).to_be_focused()


def test_what_is_explained_at_once_is_not_made_anew(site: Path, open_page: OpenPage) -> None:
    """Who has gone into it stays in it when the date has had the focus for a while."""
    page = open_page(site / "claims/rain.html")
    date = page.get_by_role("main").get_by_role("button", name="about June 2024").first
    date.focus()
    page.keyboard.press("Enter")
    expect(preview(page).locator(".preview__kind")).to_be_visible()
    page.keyboard.press("Tab")
    inside = preview(page).get_by_role("button", name="Pin")
    expect(inside).to_be_focused()
    page.wait_for_timeout(700)  # more than the focus must rest
    expect(inside).to_be_focused()


# --- by touch -----------------------------------------------------------------------------------


def test_first_tap_shows_and_second_follows(phone: Page) -> None:
    """On a touch screen a tap shows what a link leads to, another on the same link goes there."""
    link(phone, "It rained").tap()
    expect(preview(phone)).to_be_visible()
    assert phone.url.endswith("/index.html")
    link(phone, "It rained").tap()
    phone.wait_for_url("**/claims/rain.html")
    expect(phone.locator("h1")).to_have_text("It rained.")


def test_tapped_preview_has_a_way_in_and_a_way_out(phone: Page) -> None:
    """Open leads there, Close and a tap elsewhere close."""
    link(phone, "It rained").tap()
    preview(phone).get_by_role("button", name="Close").tap()
    expect(preview(phone)).to_have_count(0)
    link(phone, "It rained").tap()
    expect(preview(phone)).to_be_visible()
    phone.locator("h1").tap()
    expect(preview(phone)).to_have_count(0)
    link(phone, "The walk").tap()
    preview(phone).get_by_role("link", name="Open").tap()
    phone.wait_for_url("**/events/walk.html")
    expect(phone.locator("h1")).to_have_text("The walk")


def test_tap_follows_where_there_is_nothing_to_show(
    site: Path, tmp_path: Path, browser: Browser
) -> None:
    """Without the data, or its script, a tap is what it always was."""
    copy = shutil.copytree(site, tmp_path / "copy")
    (copy / "data/previews/claims-1.js").unlink()
    with browser.new_context(has_touch=True, offline=True, viewport=PHONE) as context:
        page = context.new_page()
        page.goto((copy / "index.html").as_uri())
        link(page, "It rained").tap()
        page.wait_for_url("**/claims/rain.html")
        (copy / "static/preview.js").unlink()
        page.goto((copy / "index.html").as_uri())
        link(page, "The walk").tap()
        page.wait_for_url("**/events/walk.html")
        assert page.locator("h1").inner_text() == "The walk"


# --- where it is shown --------------------------------------------------------------------------


# Where the open preview and its link are at the same moment.
_BOTH = """link => [document.querySelector(".preview--open"), link]
  .map(each => each.getBoundingClientRect().toJSON())"""


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_preview_is_within_the_screen_and_clear_of_its_link(front: Page, width: int) -> None:
    """Wherever its link stands, a preview lies on the screen whole and leaves the link to see."""
    front.set_viewport_size({"width": width, "height": 600})
    for name in ("It rained", "the article", "at the end"):
        target = link(front, name)
        target.hover()
        expect(preview(front)).to_be_visible()
        card, words = target.evaluate(_BOTH)
        assert card["left"] >= 0
        assert card["right"] <= width
        assert card["top"] >= 0
        assert card["bottom"] <= 600
        assert card["bottom"] <= words["top"] or card["top"] >= words["bottom"]
        front.keyboard.press("Escape")
        expect(preview(front)).to_have_count(0)
    assert front.evaluate("document.documentElement.scrollWidth") <= width


# --- pins ---------------------------------------------------------------------------------------


def pin(page: Page, name: str) -> None:
    """Pin the preview of a link, by mouse."""
    link(page, name).hover()
    expect(preview(page).locator(".preview__title")).to_be_visible()
    preview(page).get_by_role("button", name="Pin").click()
    page.mouse.move(0, 0)  # else it may rest on what lay below, whose preview comes then
    expect(preview(page)).to_have_count(0)


def test_pinned_preview_stands_beside_the_text(front: Page) -> None:
    """On a wide screen pins are beside the text, which gives way and does not jump."""
    target = link(front, "at the end")
    target.scroll_into_view_if_needed()
    target.hover()
    before = target.bounding_box()
    pin(front, "at the end")
    after, shelf = target.bounding_box(), front.locator(".pins").bounding_box()
    main = front.locator("main").bounding_box()
    assert before
    assert after
    assert shelf
    assert main
    assert abs(before["y"] - after["y"]) <= 1
    assert main["x"] + main["width"] <= shelf["x"]
    assert front.evaluate("document.documentElement.scrollWidth") <= 1440


def test_pinned_preview_lies_below_the_text_on_a_phone(phone: Page) -> None:
    """On a narrow screen pins lie at the bottom, leave most of the screen, and stay there."""
    link(phone, "It rained").tap()
    preview(phone).get_by_role("button", name="Pin").tap()
    phone.mouse.wheel(0, 300)
    shelf = phone.locator(".pins").bounding_box()
    assert shelf
    assert round(shelf["y"] + shelf["height"]) == PHONE["height"]
    assert shelf["height"] < PHONE["height"] / 2
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_pins_stay_from_page_to_page_until_they_are_taken_down(front: Page) -> None:
    """What is pinned is there on the next page, each can be taken down, and the focus goes on."""
    pin(front, "It rained")
    pin(front, "The walk")
    link(front, "Ann").click()
    expect(front.locator(".preview--pinned")).to_have_count(2)
    front.get_by_role("button", name="Unpin").first.click()
    expect(front.locator(".preview--pinned")).to_have_count(1)
    expect(front.get_by_role("button", name="Unpin")).to_be_focused()
    front.get_by_role("button", name="Unpin").click()
    expect(front.locator(".pins")).to_have_count(0)
    assert front.evaluate("document.documentElement.className") == ""


def test_pin_that_cannot_be_shown_now_is_not_lost(
    site: Path, tmp_path: Path, page: Page, log: Log
) -> None:
    """What does not load on one page is there again on the next; other sites have other pins."""
    copy = shutil.copytree(site, tmp_path / "copy")
    page.set_viewport_size(DESK)
    page.goto((copy / "index.html").as_uri())
    pin(page, "It rained")
    pin(page, "The walk")
    shard = copy / "data/previews/claims-1.js"
    shard.rename(copy / "away.js")
    page.goto((copy / "actors/ann.html").as_uri())
    expect(page.locator(".preview--pinned")).to_have_text([re.compile("The walk")])
    (copy / "away.js").rename(shard)
    page.goto((copy / "method.html").as_uri())
    expect(page.locator(".preview--pinned")).to_have_count(2)
    page.goto((site / "method.html").as_uri())
    assert page.evaluate("sitegen.tab.get('pins', [])") == []
    log.clear()


def test_there_is_an_end_to_pinning(front: Page) -> None:
    """Six previews can be pinned; then the button says so instead of taking one away."""
    for name in ("It rained", "The walk", "Ann", "Town", "how much", "whether"):
        pin(front, name)
    link(front, "the article").hover()
    button = preview(front).get_by_role("button", name="6 are pinned")
    expect(button).to_be_disabled()


def test_the_same_is_pinned_once(front: Page) -> None:
    """Pinning what is pinned changes nothing."""
    pin(front, "It rained")
    pin(front, "It rained")
    expect(front.locator(".preview--pinned")).to_have_count(1)


# --- for everyone -------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_axe_finds_nothing_with_preview_and_pin(
    site: Path, browser: Browser, size: ViewportSize, scheme: str
) -> None:
    """The accessibility checker is content while a preview is open and another pinned."""
    with browser.new_context(bypass_csp=True, offline=True, viewport=size) as context:
        page = context.new_page()
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto((site / "index.html").as_uri())
        pin(page, "It rained")
        link(page, "The walk").hover()
        expect(preview(page)).to_be_visible()
        prepare(page)
        assert violations(page) == []


def test_previews_are_not_printed(front: Page) -> None:
    """On paper there is neither a preview nor a pin, and the text has its full width."""
    pin(front, "It rained")
    link(front, "The walk").hover()
    expect(preview(front)).to_be_visible()
    front.emulate_media(media="print")
    expect(preview(front)).to_be_hidden()
    expect(front.locator(".pins")).to_be_hidden()
    assert front.evaluate("getComputedStyle(document.body).paddingRight") == "0px"


def test_previews_are_told_from_the_page_in_forced_colours(browser: Browser, site: Path) -> None:
    """Where the reader's system sets the colours, a preview has a border."""
    with browser.new_context(offline=True, forced_colors="active") as context:
        page = context.new_page()
        page.goto((site / "index.html").as_uri())
        link(page, "It rained").hover()
        width = preview(page).evaluate("card => getComputedStyle(card).borderTopWidth")
        assert width == "1px"


def test_previews_can_be_switched_off(front: Page) -> None:
    """Who wants none gets none, and links are as they were."""
    front.evaluate("sitegen.store.set('previews', 'off')")
    link(front, "It rained").hover()
    front.wait_for_timeout(500)  # more than a pointer must rest
    expect(preview(front)).to_have_count(0)


def test_previews_work_without_any_store(context: BrowserContext, site: Path, log: Log) -> None:
    """Where the browser keeps nothing, previews show and pins hold for the page."""
    context.add_init_script(
        """for (const name of ["localStorage", "sessionStorage"]) {
          Object.defineProperty(window, name, {get() { throw new DOMException("no"); }});
        }"""
    )
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    pin(page, "It rained")
    expect(page.locator(".preview--pinned")).to_have_count(1)
    assert log.console == []
