"""Copying, as a reader meets it: what lands in the clipboard, and what is said of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sitegen.pages.citing import in_marks
from tests.browser.axe import prepare, violations
from tests.browser.conftest import Log, OpenPage
from tests.browser.read import BASE_URL, build_read


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a small briefing."""
    return build_read(tmp_path_factory.mktemp("read"))


@pytest.fixture
def reads_clipboard(context: BrowserContext) -> Iterator[None]:
    """Let the test look into the clipboard."""
    context.grant_permissions(["clipboard-read"])
    yield
    context.clear_permissions()


def copied(page: Page, what: str, form: str) -> str:
    """Copy a form of the first object of a kind; return what is in the clipboard then."""
    button = page.get_by_role("button", name=f"Copy this {what}").first
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    button.locator("xpath=..").get_by_role("button", name=form, exact=True).click()
    expect(page.locator("[role=status]")).to_have_text(f"Copied: {form}.")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


@pytest.mark.usefixtures("reads_clipboard")
def test_claim_is_copied_in_every_form(site: Path, open_page: OpenPage) -> None:
    """A claim gives its address, its statement with reference, and three formats."""
    page = open_page(site / "claims/rain.html")
    address = (site / "claims/rain.html").as_uri()
    assert copied(page, "claim", "Link") == address
    words = copied(page, "claim", "Statement with its reference")
    assert words == "“It rained.” In: The rain. claims/rain.html"
    assert copied(page, "claim", "Markdown") == "[“It rained.”](<claims/rain.html>) In: *The rain*."
    assert copied(page, "claim", "BibTeX").splitlines()[:2] == [
        "@misc{claim-rain,",
        "  title = {{It rained.}},",
    ]
    assert json.loads(copied(page, "claim", "CSL-JSON"))[0]["id"] == "claim-rain"


@pytest.mark.usefixtures("reads_clipboard")
def test_excerpt_is_copied_with_its_article(site: Path, open_page: OpenPage) -> None:
    """A quotation brings who wrote it, where and when, and the place where it is proved."""
    page = open_page(site / "claims/rain.html")
    place = "claims/rain.html#evidence-1"
    article = "Ann Author: It poured. The Herald. 20 June 2024."
    assert copied(page, "excerpt", "Link") == f"{(site / 'claims').as_uri()}/rain.html#evidence-1"
    assert copied(page, "excerpt", "Quotation with its reference") == (
        f"“It rained all day” Ann, quoted in {article} Quoted in: The rain. {place}"
    )
    assert copied(page, "excerpt", "Markdown").startswith(
        "> It rained all day\n>\n> Ann, quoted in Ann Author: "
    )
    assert copied(page, "excerpt", "BibTeX").startswith("@article{source-herald,")


@pytest.mark.usefixtures("reads_clipboard")
def test_excerpt_on_the_page_of_another_note_leads_to_its_own(
    site: Path, open_page: OpenPage
) -> None:
    """Among an actor's words, a quotation's address is that of the claim that rests on it."""
    page = open_page(site / "actors/ann.html")
    link = copied(page, "excerpt", "Link")
    assert link == f"{(site / 'claims/rain.html').as_uri()}#evidence-1"


@pytest.mark.usefixtures("reads_clipboard")
def test_value_is_copied_with_what_it_counts(site: Path, open_page: OpenPage) -> None:
    """A number brings its unit, the source's words for it, its date, and the claim."""
    page = open_page(site / "measures/depth.html")
    assert copied(page, "value", "Link") == (site / "claims/twelve.html").as_uri()
    assert copied(page, "value", "Value with its reference") == (
        "about 12 mm (in the source’s words: “some 12”; for when: 19 June 2024; who says so: the "
        "article; 1 article, 1 independent origin). “Twelve millimetres fell.” In: The rain. "
        "claims/twelve.html"
    )
    assert copied(page, "value", "CSL-JSON").startswith("[")


@pytest.mark.usefixtures("reads_clipboard")
def test_address_of_the_published_site_is_copied_where_it_is_known(
    tmp_path: Path, open_page: OpenPage
) -> None:
    """Read from disk, a site that is published gives its public addresses."""
    page = open_page(build_read(tmp_path, BASE_URL) / "claims/rain.html")
    assert copied(page, "claim", "Link") == f"{BASE_URL}claims/rain.html"
    assert copied(page, "excerpt", "Link") == f"{BASE_URL}claims/rain.html#evidence-1"


@pytest.mark.usefixtures("reads_clipboard")
def test_address_on_a_server_is_that_of_the_page(
    site: Path, tmp_path: Path, serve: Callable[[Path], str], page: Page, log: Log
) -> None:
    """Over HTTP links and references have the address at which the page is read."""
    (tmp_path / "deep").mkdir()
    shutil.copytree(site, tmp_path / "deep/path")
    address = f"{serve(tmp_path)}/deep/path/claims/rain.html"
    page.goto(address)
    assert copied(page, "claim", "Link") == address
    words = copied(page, "claim", "Statement with its reference")
    assert words == f"“It rained.” In: The rain. {address}"
    assert log.console == []


@pytest.mark.usefixtures("reads_clipboard")
def test_any_note_is_copied_from_its_preview(site: Path, open_page: OpenPage) -> None:
    """Wherever a claim is linked to, its preview gives its address and its statement."""
    page = open_page(site / "index.html")
    page.get_by_role("link", name="It rained").first.hover()
    card = page.locator(".preview--open").bounding_box()
    assert card
    assert card["y"] + card["height"] <= page.evaluate("innerHeight")
    link = (site / "claims/rain.html").as_uri()
    assert copied(page, "preview", "Link") == link
    words = copied(page, "preview", "Words with their reference")
    assert words == "“It rained.” In: The rain. claims/rain.html"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It rained.", "“It rained.”"),
        ("“It rained.”", "“It rained.”"),
        ("“From a", "“From a”"),
        ("“It,” he said, “rained", "“It,” he said, “rained”"),
        ('"It rained', '"It rained"'),
        ("„Ja“, sagte er", "“„Ja“, sagte er”"),
    ],
)
def test_quotation_marks_are_not_doubled(
    words: str, expected: str, site: Path, open_page: OpenPage
) -> None:
    """Words that bring their own marks get none but what they lack, in pages as in references."""
    page = open_page(site / "index.html")
    assert page.evaluate("words => sitegen.quoted(words)", words) == expected
    assert in_marks(words) == expected


@pytest.mark.usefixtures("reads_clipboard")
def test_passage_is_copied_from_its_preview_with_its_speaker(
    site: Path, open_page: OpenPage
) -> None:
    """Words from an article's text bring who said them and the article."""
    page = open_page(site / "claims/rain.html")
    page.get_by_role("link", name="in the article’s text").first.hover()
    words = copied(page, "preview", "Words with their reference")
    assert words.startswith(
        "“It rained all day” Ann, quoted in It poured, The Herald, 20 June 2024. In: The rain. "
        "sources/herald.html#passage-"
    )


def test_without_a_clipboard_a_selection_is_copied(context: BrowserContext, site: Path) -> None:
    """Where a browser gives pages no clipboard, copying takes the older way."""
    context.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.addEventListener('copy', () => {"
        "  const {activeElement: field} = document; window.taken = field.value; });"
    )
    page = context.new_page()
    page.goto((site / "claims/rain.html").as_uri())
    page.get_by_role("button", name="Copy this claim").click()
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.locator("[role=status]")).to_have_text("Copied: Link.")
    expect(page.get_by_role("group", name="What to copy").locator("button").first).to_be_focused()
    assert page.evaluate("window.taken") == (site / "claims/rain.html").as_uri()
    assert page.locator("textarea").count() == 0


def test_text_is_shown_where_nothing_can_be_copied(context: BrowserContext, site: Path) -> None:
    """Where the browser lets no page copy, the text is there to be copied by hand."""
    context.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.execCommand = () => false;"
    )
    page = context.new_page()
    page.goto((site / "claims/rain.html").as_uri())
    page.get_by_role("button", name="Copy this claim").click()
    page.get_by_role("button", name="Link", exact=True).click()
    field = page.get_by_role("textbox", name="Link, to be copied by hand")
    expect(field).to_be_focused()
    expect(field).to_have_value((site / "claims/rain.html").as_uri())
    expect(page.locator("[role=status]")).to_contain_text("copy it by hand")


def test_list_opens_and_closes_by_keyboard(site: Path, open_page: OpenPage) -> None:
    """Enter opens what can be copied, Tab goes through it, Escape closes it and goes back."""
    page = open_page(site / "claims/rain.html")
    button = page.get_by_role("button", name="Copy this claim")
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("group", name="What to copy")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Link", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(page.get_by_role("group", name="What to copy")).to_have_count(0)


def test_copying_that_fails_says_so(site: Path, open_page: OpenPage) -> None:
    """A fault is said, and the button is as it was."""
    page = open_page(site / "claims/rain.html")
    page.evaluate("document.querySelector('.excerpt__source').remove()")
    button = page.get_by_role("button", name="Copy this excerpt").first
    button.click()
    expect(page.locator("[role=status]")).to_contain_text("Copying cannot work here")
    expect(button).to_have_attribute("aria-expanded", "false")


def test_copies_by_touch_on_a_phone(browser: Browser, site: Path, log: Log) -> None:
    """By touch at 390 pixels the list lies within the screen, and axe is content."""
    with browser.new_context(
        has_touch=True, bypass_csp=True, offline=True, viewport={"width": 390, "height": 844}
    ) as context:
        context.on("console", log.on_console)
        page = context.new_page()
        page.clock.install(time=0)
        page.goto((site / "claims/rain.html").as_uri())
        page.clock.pause_at(60_000)  # the button says that it has copied for two seconds
        page.get_by_role("button", name="Copy this excerpt").first.tap()
        page.get_by_role("button", name="Link", exact=True).tap()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        page.clock.resume()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        prepare(page)
        assert violations(page) == []
    assert log.console == []


def test_buttons_exist_with_script_alone(browser: Browser, site: Path) -> None:
    """Where scripts are off there is no button that does nothing."""
    with browser.new_context(java_script_enabled=False, offline=True) as context:
        page = context.new_page()
        page.goto((site / "claims/rain.html").as_uri())
        assert [each for each in page.get_by_role("button").all() if each.is_visible()] == []
