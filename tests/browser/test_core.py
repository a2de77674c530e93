"""What all scripts share: starting, loading by tag, building elements, speaking, keeping, keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sitegen.resources import SCRIPT, static_files, template_folders
from tests.browser.conftest import Log, OpenPage

PAGE = """<!doctype html><html lang="en" data-root="../"><meta charset="utf-8"><title>Page</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">
<script defer src="../static/sitegen.js"></script>
<p data-module="greet">One</p><p data-module="other greet">Two</p>
<input aria-label="Field"><button>Button</button>
"""


@pytest.fixture
def page_of_scripts(tmp_path: Path, open_page: OpenPage) -> Page:
    """Return a page in a folder of a site that has the built-in script, and data to load."""
    files = {file.path: file.content for file in static_files(template_folders(tmp_path))}
    (tmp_path / "static").mkdir()
    (tmp_path / SCRIPT).write_bytes(files[SCRIPT])
    (tmp_path / "one.js").write_text('sitegen.data("one", [1, "eins"]);')
    (tmp_path / "empty.js").write_text("")
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "page.html").write_text(PAGE)
    return open_page(tmp_path / "claims" / "page.html")


def test_behaviours_start_on_the_elements_that_ask_for_them(page_of_scripts: Page) -> None:
    """Each element that names a behaviour gets it, and one that fails keeps none from theirs."""
    texts = page_of_scripts.evaluate(
        """() => {
          const seen = [];
          window.addEventListener("error", (event) => event.preventDefault());
          sitegen.start("greet", (element) => {
            seen.push(element.textContent);
            if (seen.length === 1) throw new Error("the first fails");
          });
          return new Promise((resolve) => setTimeout(() => resolve(seen), 50));
        }"""
    )
    assert texts == ["One", "Two"]


def test_data_come_by_script_tag_from_the_root(page_of_scripts: Page, log: Log) -> None:
    """A value is loaded once from the site's root, however often it is asked for."""
    value = page_of_scripts.evaluate(
        """async () => [await sitegen.load("one.js", "one"), await sitegen.load("one.js", "one")]"""
    )
    assert value == [[1, "eins"], [1, "eins"]]
    assert [path for path in log.files if path.endswith("/one.js")] == log.files[-1:]
    assert page_of_scripts.locator("script").count() == 1


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("missing.js", "missing.js could not be loaded"),
        ("empty.js", "empty.js does not bring one"),
    ],
)
def test_data_that_do_not_come_are_named(
    page_of_scripts: Page, log: Log, url: str, said: str
) -> None:
    """Whoever asks for data that are not there learns which, and may ask again."""
    answers = page_of_scripts.evaluate(
        """async (url) => {
          const ask = () => sitegen.load(url, "one").then(() => "came", (fault) => fault.message);
          return [await ask(), await ask()];
        }""",
        url,
    )
    log.clear()
    assert answers == [said, said]


def test_elements_are_built_without_markup(page_of_scripts: Page) -> None:
    """Text stays text, functions listen, false and null leave an attribute out."""
    html = page_of_scripts.evaluate(
        """() => {
          const {el} = sitegen;
          const made = el("p", {class: "a", hidden: true, id: null, lang: false}, "<b>", [el("i", null, 1), null]);
          made.append(el("button", {onclick: () => { made.dataset.pressed = "yes"; }}, "Press"));
          made.querySelector("button").click();
          made.append(el("svg:path", {d: "M0 0"}));
          return [made.outerHTML, made.lastChild.namespaceURI];
        }"""  # noqa: E501
    )
    assert html[0] == (
        '<p class="a" hidden="" data-pressed="yes">&lt;b&gt;<i>1</i><button>Press</button>'
        '<path d="M0 0"></path></p>'
    )
    assert html[1] == "http://www.w3.org/2000/svg"


def test_what_is_announced_stands_in_a_live_region(page_of_scripts: Page) -> None:
    """A screen reader is told politely, the same words twice too."""
    region = page_of_scripts.get_by_role("status")
    for words in ("Copied", "Copied", "3 results"):
        page_of_scripts.evaluate("(words) => sitegen.announce(words)", words)
        expect(region).to_have_text(words)
    assert region.count() == 1


def test_settings_are_kept_where_the_browser_allows_it(page_of_scripts: Page) -> None:
    """What is kept is there after a reload; what is not there has the value that was asked for."""
    kept = page_of_scripts.evaluate('sitegen.store.set("size", {text: 2})')
    page_of_scripts.reload()
    found = page_of_scripts.evaluate(
        '[sitegen.store.get("size"), sitegen.store.get("theme", "light"), sitegen.store.get("x")]'
    )
    assert kept is True
    assert found == [{"text": 2}, "light", None]


def test_settings_do_no_harm_where_nothing_can_be_kept(page_of_scripts: Page) -> None:
    """A browser that keeps nothing, or has kept something broken, makes no script fail."""
    found = page_of_scripts.evaluate(
        """() => {
          localStorage.setItem("sitegen:broken", "{");
          const broken = sitegen.store.get("broken", "default");
          const refuse = () => { throw new Error("refused"); };
          Object.defineProperty(window, "localStorage", {get: refuse});
          return [broken, sitegen.store.get("size", "default"), sitegen.store.set("size", 1)];
        }"""
    )
    assert found == ["default", "default", False]


def test_single_keys_are_for_readers_who_are_not_typing(page_of_scripts: Page) -> None:
    """A shortcut runs unless a field has the focus, another key is held, or it is switched off."""
    page = page_of_scripts
    page.evaluate("window.runs = 0")
    page.evaluate('sitegen.shortcut("k", "Count", () => { window.runs += 1; })')
    page.keyboard.press("k")
    page.get_by_role("button").press("k")
    page.get_by_label("Field").press("k")
    page.get_by_role("button").press("Control+k")
    page.evaluate('sitegen.store.set("keys", "off")')
    page.get_by_role("button").press("k")
    assert page.evaluate("window.runs") == 2
    assert page.get_by_label("Field").input_value() == "k"
    assert page.evaluate('sitegen.shortcuts.get("k").says') == "Count"
