"""`sitegen serve` with a page open: it follows the notes while they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect

from tests.archive import unpack
from tests.browser.axe import prepare, violations_in_both_schemes
from tests.browser.conftest import DESK, PHONE, Log
from tests.served import Served, serving
from tests.test_serving import PROJECT

OLD, NEW = "statement: It rained.", "statement: It rained a lot."
Edit = Callable[[str, str], None]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with one claim, long enough to be scrolled."""
    files = unpack(PROJECT)
    files["content/claims/rain.yaml"] += "analysis: |\n" + "  Rain.\n\n" * 200
    for path, content in files.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    return tmp_path


@pytest.fixture
def served(project: Path, context: BrowserContext, log: Log) -> Iterator[Served]:
    """Return a server of that project that the browser may reach."""
    with serving(project) as server:
        server.says("^built")
        log.expected.append(server.address)
        context.set_offline(False)
        yield server
        for page in context.pages:  # else it would tell the log that nobody answers any longer
            page.close()


@pytest.fixture
def claim(page: Page, served: Served) -> Page:
    """Return the page of the claim."""
    page.goto(f"{served.address}claims/rain.html")
    expect(title(page)).to_have_text("It rained.")
    return page


@pytest.fixture
def edit(project: Path) -> Edit:
    """Return a function that replaces words in the claim's note."""
    note = project / "content/claims/rain.yaml"

    def replace(old: str, new: str) -> None:
        text = note.read_text("utf-8")
        assert old in text
        beside = note.with_name(".rain.new")  # in one step: nobody reads half of a note
        beside.write_text(text.replace(old, new), "utf-8")
        beside.replace(note)

    return replace


def title(page: Page) -> Locator:
    """Return the heading of a page."""
    return page.get_by_role("heading", level=1)


def errors(page: Page) -> Locator:
    """Return what is shown at the lower edge of a page while the notes have errors."""
    return page.get_by_role("region", name="Errors in the notes")


def test_page_follows_the_note(claim: Page, edit: Edit) -> None:
    """What is written in the editor stands on the page, without anybody loading it anew."""
    edit(OLD, NEW)
    expect(title(claim)).to_have_text("It rained a lot.")
    edit(NEW, OLD)
    expect(title(claim)).to_have_text("It rained.")


def test_broken_note_shows_the_error_on_top_of_the_last_good_site(claim: Page, edit: Edit) -> None:
    """The error tells file, line, what and the way out; mended, it goes, and the page is new."""
    edit("quote: It rained", "quote: It snowed")
    expect(errors(claim)).to_contain_text("content/claims/rain.yaml:2:31")
    expect(errors(claim)).to_contain_text("these words are not quite those of the source")
    expect(errors(claim)).to_contain_text('"snowed" differs from "rained"')
    expect(errors(claim)).to_contain_text("2 | evidence: [{source: a, quote: It snowed all day}]")
    said = claim.get_by_role("alert")
    expect(said).to_have_text("1 error in the notes. This is the last good site.")
    expect(title(claim)).to_have_text("It rained.")
    edit(OLD, NEW)
    edit("quote: It snowed", "quote: It rained")
    expect(title(claim)).to_have_text("It rained a lot.")
    expect(errors(claim)).to_be_hidden()


def test_note_mended_to_what_it_was_clears_the_error(claim: Page, edit: Edit) -> None:
    """Where the site is again the one that is shown, the error goes and that is said."""
    edit("quote: It rained", "quote: It snowed")
    expect(errors(claim)).to_be_visible()
    edit("quote: It snowed", "quote: It rained")
    expect(errors(claim)).to_be_hidden()
    expect(claim.get_by_text("The notes are in order again.")).to_be_visible()


def test_error_can_be_sent_away_and_called_back(claim: Page, edit: Edit, served: Served) -> None:
    """An error that was hidden stays so on other pages; another one shows itself."""
    edit("quote: It rained", "quote: It snowed")
    errors(claim).get_by_role("button", name="Hide").press("Enter")
    expect(errors(claim)).to_be_hidden()
    show = claim.get_by_role("button", name="Show 1 error")
    expect(show).to_be_focused()
    claim.goto(served.address)
    expect(show).to_be_visible()
    expect(errors(claim)).to_be_hidden()
    show.press("Enter")
    expect(errors(claim)).to_be_visible()
    errors(claim).get_by_role("button", name="Hide").press("Enter")
    edit("quote: It snowed", "quote: Penguins marched")
    expect(errors(claim)).to_contain_text("these words are not in the source")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_errors_leave_the_page_to_be_used(claim: Page, edit: Edit, size: ViewportSize) -> None:
    """The head is to be had, the last line can be scrolled clear, and nothing moves meanwhile."""
    claim.set_viewport_size(size)
    edit("quote: It rained", "quote: It snowed")
    expect(errors(claim)).to_be_visible()

    def top_of_errors() -> float:
        box = errors(claim).bounding_box()
        assert box is not None
        return box["y"]

    claim.wait_for_function("() => document.documentElement.style.scrollPaddingBottom !== '0px'")
    assert top_of_errors() >= size["height"] / 2
    claim.get_by_role("link", name="Claims", exact=True).first.click(trial=True)
    claim.evaluate("scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})")
    last = claim.get_by_role("contentinfo").bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= top_of_errors() + 1
    claim.evaluate("scrollTo({top: 500, behavior: 'instant'})")
    errors(claim).get_by_role("button", name="Hide").press("Enter")
    claim.get_by_role("button", name="Show 1 error").press("Enter")
    expect(errors(claim)).to_be_visible()
    assert claim.evaluate("scrollY") == 500


@pytest.mark.parametrize(("asked", "chosen"), [("light", "dark"), ("dark", "light")])
def test_errors_have_the_colours_of_the_page(
    claim: Page, edit: Edit, asked: Literal["light", "dark"], chosen: str
) -> None:
    """Those that the reader chose there, whatever the device asks for."""
    claim.emulate_media(color_scheme=asked)
    edit("quote: It rained", "quote: It snowed")
    expect(errors(claim)).to_be_visible()
    in_colours = {"light": "rgb(255, 250, 242)", "dark": "rgb(41, 33, 26)"}
    expect(errors(claim)).to_have_css("background-color", in_colours[asked])
    claim.evaluate("theme => { document.documentElement.dataset.theme = theme; }", chosen)
    expect(errors(claim)).to_have_css("background-color", in_colours[chosen])


def test_reload_keeps_place_and_fragment(claim: Page, edit: Edit, served: Served) -> None:
    """The page stands where it was scrolled to, and its address keeps what follows the #."""
    claim.goto(f"{served.address}claims/rain.html#main")
    claim.evaluate("scrollTo({top: 1500, behavior: 'instant'})")
    edit(OLD, NEW)
    expect(title(claim)).to_have_text("It rained a lot.")
    expect(claim).to_have_url(re.compile("#main$"))
    claim.wait_for_function("() => Math.abs(scrollY - 1500) < 50")
    assert claim.evaluate("history.scrollRestoration") == "auto"


def test_first_site_takes_the_place_of_the_page_that_waits(
    page: Page, edit: Edit, project: Path, context: BrowserContext, log: Log
) -> None:
    """A page asked for before there is a site shows itself once there is one."""
    edit("quote: It rained", "quote: It snowed")
    with serving(project) as server:
        log.expected.append(server.address)
        context.set_offline(False)
        page.goto(f"{server.address}claims/rain.html")
        expect(title(page)).to_have_text("There is no site yet")
        expect(page.get_by_role("alert")).to_contain_text("There is no site yet.")
        edit("quote: It snowed", "quote: It rained")
        expect(title(page)).to_have_text("It rained.")
    expect(page.get_by_text("Nobody answers")).to_be_visible()
    log.clear()


def test_page_that_nobody_sees_holds_no_connection(claim: Page, edit: Edit) -> None:
    """A hidden page gives its connection back, and catches up when it is looked at again."""
    pretend = """isHidden => {
      Object.defineProperty(document, "hidden", {value: isHidden, configurable: true});
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    edit("quote: It rained", "quote: It snowed")
    expect(errors(claim)).to_be_visible()
    claim.evaluate(pretend, True)
    edit("quote: It snowed", "quote: It rained")
    edit(OLD, NEW)
    claim.evaluate(pretend, False)
    expect(title(claim)).to_have_text("It rained a lot.")


def test_what_is_on_top_is_for_everyone(claim: Page, edit: Edit) -> None:
    """What shows the errors has no finding of axe, and fits a narrow screen."""
    claim.set_viewport_size({"width": 320, "height": 640})
    edit("quote: It rained", "quote: It snowed")
    expect(errors(claim)).to_be_visible()
    prepare(claim)
    assert violations_in_both_schemes(claim) == []
    assert claim.evaluate("document.documentElement.scrollWidth") <= 320
    box = errors(claim).bounding_box()
    assert box is not None
    assert box["width"] <= 320
    assert box["height"] <= 320
    claim.emulate_media(media="print")
    expect(errors(claim)).to_be_hidden()
