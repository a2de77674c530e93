"""The accessibility checker axe-core, run in a page.

It is the script that the package axe-playwright-python brings; a page that takes it needs a context
with `bypass_csp`, because the pages' own policy lets no foreign script run.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Any, Final, Literal

from playwright.sync_api import Page

# `target-size` is the rule of WCAG 2.2 that axe has, but runs only when told to.
_OPTIONS = {
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,
}
# The rules whose outcome can change with the colours alone.
_COLOUR_RULES = ("color-contrast", "link-in-text-block")
_SCHEMES: Final[tuple[tuple[Literal["light", "dark"], tuple[str, ...]], ...]] = (
    ("light", ()),
    ("dark", _COLOUR_RULES),
)


# Long lists repeat themselves, and axe measures the colours of every word: of a list's entries, a
# table's rows and a page's parts the first eight stand for the rest.
_SHORTEN = """() => {
  for (const each of document.querySelectorAll("main :is(ul, ol, dl, tbody, section, div)")) {
    [...each.children].slice(8).forEach(child => child.remove());
  }
}"""


# What is far below a phone's screen has no layout, so that there would be nothing to measure.
_LAY_OUT = """() => {
  const style = new CSSStyleSheet();
  style.replaceSync("* { content-visibility: visible !important; }");
  document.adoptedStyleSheets.push(style);
}"""


def lay_out_all(page: Page) -> None:
    """Have all of an open page laid out, what is far from the screen too."""
    page.evaluate(_LAY_OUT)


def prepare(page: Page) -> None:
    """Load axe into a page that is open, lay all of it out, and cut its long lists short."""
    lay_out_all(page)
    page.evaluate(_SHORTEN)
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    page.evaluate(script)


def violations(page: Page, only: Sequence[str] = ()) -> list[str]:
    """Return what axe finds wrong in a prepared page, one line for each element.

    `only` names the rules to run; without it all run, those for good practice included.
    """
    options: dict[str, Any] = {**_OPTIONS, **({"runOnly": list(only)} if only else {})}
    report = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{found['id']}: {node['html'][:120]} {' '.join(node['failureSummary'].split())[:200]}"
        for found in report["violations"]
        for node in found["nodes"]
    ]


def violations_in_both_schemes(page: Page) -> list[str]:
    """Return what axe finds wrong in a prepared page in light and in dark colours."""
    found: list[str] = []
    for scheme, only in _SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {each}" for each in violations(page, only)]
    return found
