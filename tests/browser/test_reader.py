"""What readers set for themselves: colours, text size, keys, and their place on long pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.axe import prepare, violations
from tests.browser.conftest import Log, OpenPage
from tests.browser.read import build_read

_NO_STORE = """for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, {get() { throw new DOMException("no"); }});
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a small briefing."""
    return build_read(tmp_path_factory.mktemp("read"))


@pytest.fixture
def front(site: Path, open_page: OpenPage) -> Page:
    """Return the front page."""
    return open_page(site / "index.html")


def panel(page: Page) -> Locator:
    """Return the panel for display and keys."""
    return page.get_by_role("dialog", name="Display and keys")


def paper(page: Page) -> str:
    """Return the colour of the page."""
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


# --- the panel ----------------------------------------------------------------------------------


def test_question_mark_opens_the_panel_and_escape_closes_it(front: Page) -> None:
    """The panel lists the keys, Escape closes it, and the focus is where it was."""
    front.locator("main a").first.focus()
    front.keyboard.press("?")
    expect(panel(front)).to_be_visible()
    assert [key.inner_text() for key in panel(front).locator("kbd").all()] == [
        "?", "/", "Tab", "Enter", "Esc",
    ]  # fmt: skip
    front.keyboard.press("Escape")
    expect(panel(front)).to_have_count(0)
    expect(front.locator("main a").first).to_be_focused()


def test_button_opens_the_panel_and_gets_the_focus_back(front: Page) -> None:
    """Who knows no key finds a button in the head of every page."""
    button = front.get_by_role("button", name="Display and keys")
    button.click()
    expect(panel(front)).to_be_visible()
    panel(front).get_by_role("button", name="Close").click()
    expect(panel(front)).to_have_count(0)
    expect(button).to_be_focused()


@pytest.mark.parametrize("key", ["Control+?", "Alt+?", "Meta+?"])
def test_keys_of_the_browser_are_left_alone(front: Page, key: str) -> None:
    """With another key held, the question mark is the browser's or the screen reader's."""
    front.keyboard.press(key)
    expect(front.locator("dialog")).to_have_count(0)


def test_keys_of_one_character_can_be_switched_off(site: Path, front: Page) -> None:
    """Without them `/` and `?` do nothing, on the next page too; the button still opens."""
    front.keyboard.press("?")
    front.get_by_label("Keys of a single character").uncheck()
    front.keyboard.press("Escape")
    front.goto((site / "claims/rain.html").as_uri())
    front.keyboard.press("/")
    front.keyboard.press("?")
    expect(front.locator("dialog")).to_have_count(0)
    expect(front.get_by_role("searchbox")).not_to_be_focused()
    front.get_by_role("button", name="Display and keys").click()
    expect(panel(front)).to_be_visible()
    expect(front.get_by_label("Keys of a single character")).not_to_be_checked()


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_axe_finds_nothing_with_the_panel(browser: Browser, site: Path, width: int) -> None:
    """By touch too the panel opens, lies within the screen, and axe is content."""
    with browser.new_context(
        bypass_csp=True, has_touch=True, offline=True, viewport={"width": width, "height": 700}
    ) as context:
        page = context.new_page()
        page.goto((site / "index.html").as_uri())
        page.get_by_role("button", name="Display and keys").tap()
        place = panel(page).bounding_box()
        assert place
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width
        prepare(page)
        assert violations(page) == []


# --- colours and size ---------------------------------------------------------------------------


@pytest.mark.parametrize(("device", "chosen"), [("light", "Dark"), ("dark", "Light")])
def test_chosen_colours_hold_from_page_to_page(
    site: Path, front: Page, device: str, chosen: str
) -> None:
    """What the reader chose wins over the device, until they leave it to the device again."""
    front.emulate_media(color_scheme="dark" if device == "dark" else "light")
    before = paper(front)
    front.keyboard.press("?")
    front.get_by_label(chosen).check()
    assert paper(front) != before
    expect(panel(front).get_by_role("status")).to_contain_text("Kept on this device")
    front.goto((site / "claims/rain.html").as_uri())
    assert paper(front) != before
    front.keyboard.press("?")
    expect(front.get_by_label(chosen)).to_be_checked()
    front.get_by_label("As the device").check()
    assert paper(front) == before


def test_chosen_colours_are_there_before_the_page_is_painted(site: Path, front: Page) -> None:
    """No page shows itself in other colours first: the choice is made before there is a body."""
    front.evaluate("sitegen.store.set('theme', 'dark')")
    front.add_init_script(
        """new MutationObserver((changes, observer) => {
          if (document.body) {
            window.atFirst = document.documentElement.dataset.theme;
            observer.disconnect();
          }
        }).observe(document, {childList: true, subtree: true});"""
    )
    front.goto((site / "claims/rain.html").as_uri())
    assert front.evaluate("window.atFirst") == "dark"


def test_text_grows_and_stays_within_the_screen(site: Path, front: Page) -> None:
    """The largest text is larger on every page, and nothing has to be moved sideways at 320."""
    front.set_viewport_size({"width": 320, "height": 700})
    before = front.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    front.keyboard.press("?")
    front.get_by_label("Largest").check()
    for name in ("claims/rain.html", "sources/herald.html", "measures/depth.html", "method.html"):
        front.goto((site / name).as_uri())
        after = front.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        assert after > 1.2 * before
        assert front.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_paper_is_white_whatever_was_chosen(front: Page) -> None:
    """Who reads in the dark prints in black on white."""
    front.evaluate("document.documentElement.dataset.theme = 'dark'")
    front.emulate_media(media="print")
    assert paper(front) == "rgb(255, 255, 255)"


def test_colours_of_the_system_win(browser: Browser, site: Path) -> None:
    """Where the reader's system sets the colours, a chosen theme changes none."""
    with browser.new_context(offline=True, forced_colors="active") as context:
        page = context.new_page()
        page.goto((site / "index.html").as_uri())
        before = paper(page)
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        name = "getComputedStyle(document.documentElement).getPropertyValue('--paper')"
        assert page.evaluate(name).strip() == "Canvas"
        assert before


def test_settings_are_harmless_where_nothing_is_kept(
    context: BrowserContext, site: Path, log: Log
) -> None:
    """Where the browser keeps nothing, a choice holds for the page, and the panel says so."""
    context.add_init_script(_NO_STORE)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    before = paper(page)
    page.keyboard.press("?")
    page.get_by_label("Dark").check()
    expect(panel(page).get_by_role("status")).to_contain_text("keeps nothing")
    assert paper(page) != before
    page.get_by_label("Keys of a single character").uncheck()
    page.get_by_label("Show what a link leads to").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.press("?")
    expect(panel(page)).to_have_count(0)
    expect(page.get_by_role("searchbox")).not_to_be_focused()
    assert page.evaluate("sitegen.store.get('previews')") == "off"
    assert log.console == []


# --- the place on a long page -------------------------------------------------------------------


def leave_and_return(page: Page, site: Path, name: str) -> None:
    """Go to the front page and back by links' addresses, not by the way back."""
    page.goto((site / "claims/rain.html").as_uri())
    page.goto((site / name).as_uri())


def go_down(page: Page, heading: str) -> float:
    """Scroll a heading to the top of the screen; return how far down that is."""
    page.locator(heading).evaluate("each => each.scrollIntoView({behavior: 'instant'})")
    page.wait_for_function("() => sitegen.reader.isWatching")
    down: float = page.evaluate("scrollY")
    return down


def test_reader_is_offered_the_place_and_not_taken_there(front: Page, site: Path) -> None:
    """A long page opens at its top, says where the reader was, and goes there on demand."""
    front.goto((site / "method.html").as_uri())
    down = go_down(front, "#dates")
    leave_and_return(front, site, "method.html")
    offer = front.get_by_role("complementary", name="Where you were")
    expect(offer).to_contain_text("You were reading “Dates”.")
    assert front.evaluate("scrollY") == 0
    offer.get_by_role("button", name="Go on there").click()
    expect(offer).to_have_count(0)
    front.wait_for_function("down => Math.abs(scrollY - down) < 40", arg=down)


def test_offer_that_is_declined_does_not_come_back(front: Page, site: Path) -> None:
    """Who does not want to go there is not asked again."""
    front.goto((site / "method.html").as_uri())
    go_down(front, "#dates")
    leave_and_return(front, site, "method.html")
    front.get_by_role("button", name="Not now").click()
    leave_and_return(front, site, "method.html")
    expect(front.locator("[data-module=reader]:enabled")).to_be_visible()
    assert front.evaluate("sitegen.store.get('places')") == []
    assert front.locator(".place").count() == 0


def test_no_offer_where_the_address_names_a_place(front: Page, site: Path) -> None:
    """A link to a place on the page leads to that place."""
    front.goto((site / "method.html").as_uri())
    go_down(front, "#dates")
    front.goto((site / "claims/rain.html").as_uri())
    front.goto(f"{(site / 'method.html').as_uri()}#grades")
    expect(front.locator("[data-module=reader]:enabled")).to_be_attached()
    assert front.locator(".place").count() == 0


def test_axe_finds_nothing_with_the_offer(browser: Browser, site: Path) -> None:
    """The accessibility checker is content with the offer on a phone."""
    with browser.new_context(
        bypass_csp=True, offline=True, viewport={"width": 390, "height": 844}
    ) as context:
        page = context.new_page()
        page.goto((site / "method.html").as_uri())
        go_down(page, "#dates")
        leave_and_return(page, site, "method.html")
        expect(page.locator(".place")).to_be_visible()
        prepare(page)
        assert violations(page) == []


# --- the tour -----------------------------------------------------------------------------------


def test_tour_leads_from_a_judgement_to_the_words(browser: Browser, site: Path) -> None:
    """Without script too, each of the four steps leads to the place that it speaks of."""
    with browser.new_context(java_script_enabled=False, offline=True) as context:
        page = context.new_page()
        start = (site / "method.html").as_uri()
        for step, target in (
            ("Did it rain?", "#answer"),
            ("It rained.", "#evidence"),
            ("See it among the claim’s evidence", "#evidence-1:target"),
            ("See the same words in the article’s text", "mark.passage:target"),
        ):
            page.goto(start)
            page.locator(".tour").get_by_role("link", name=step).click()
            expect(page.locator(target)).to_be_visible()
