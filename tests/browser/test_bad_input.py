"""Hostile words in every field of every note run nothing in a reader's browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Dialog, Frame

from tests.bad_input.full_notes import full_project
from tests.bad_input.hostile import HOSTILE
from tests.bad_input.test_table import gave, run, write_files
from tests.browser.conftest import Log, OpenPage

# What the words call, if anything takes them for more than words. An error on the console fails
# the test that it is logged in.
_CANARY = "window.canary = () => console.error('the canary sang');"

# As if somebody pointed at, focused, opened and pressed everything there is.
_STIR = """() => {
  const kinds = ["mouseover", "focus", "toggle", "load", "error", "begin", "animationstart"];
  for (const element of document.querySelectorAll("*")) {
    for (const kind of kinds) element.dispatchEvent(new Event(kind));
  }
}"""


# No more of them fit into one name.
@pytest.fixture(
    scope="module", params=(HOSTILE[::2], HOSTILE[1::2]), ids=("one half", "the other half")
)
def hostile_site(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """Return a site with half of all hostile words in every field."""
    project = tmp_path_factory.mktemp("hostile")
    write_files(project, full_project(" ".join(request.param)))
    found = run("build", project)
    assert gave(found).startswith("works"), found.stderr
    return project / "_site"


def test_canary_never_sings(
    hostile_site: Path, context: BrowserContext, open_page: OpenPage, log: Log
) -> None:
    """Nothing runs, no dialog opens, nothing is asked for and nobody is led away, on any page."""
    dialogs: list[str] = []
    places: list[str] = []

    def on_dialog(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    def on_navigated(frame: Frame) -> None:
        places.append(frame.url)

    context.add_init_script(_CANARY)
    context.on("dialog", on_dialog)
    # The page for addresses that are not there looks for its scripts where the site is published.
    others = {"b.html", "404.html"}
    paths = [path for path in sorted(hostile_site.rglob("*.html")) if path.name not in others]
    pages = [path for path in paths if b'http-equiv="refresh"' not in path.read_bytes()]
    assert len(pages) >= 25
    for path in pages:
        page = open_page(path)
        page.on("framenavigated", on_navigated)
        page.evaluate(_STIR)
        assert len(page.frames) == 1, path
        assert page.url == path.as_uri()
        page.remove_listener("framenavigated", on_navigated)
    assert (dialogs, places, context.pages) == ([], [], [page])
    assert not log.errors, "the canary sang, or something was stopped only by the policy"


def test_canary_never_sings_in_search(
    hostile_site: Path, context: BrowserContext, open_page: OpenPage
) -> None:
    """What is found is shown as words, also as somebody types."""
    context.add_init_script(_CANARY)
    page = open_page(hostile_site / "search.html")
    page.locator("main input").fill("canary")
    found = page.locator("main a", has_text="<script>canary(1)</script>").first
    found.wait_for()
    page.evaluate(_STIR)
    assert page.locator("main").locator("script, img, iframe, base, meta").count() == 0
