"""What may be in a published site, read the way a browser reads it: as elements, not as text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final, TypeAlias

Shape: TypeAlias = tuple[str, frozenset[str]]
"""An element's name and the names of its attributes."""

_ADDRESSES: Final = {"action", "cite", "data", "formaction", "href", "src", "srcset", "xlink:href"}
_SCHEME: Final = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES: Final = {"http", "https", "mailto"}
_SCRIPT: Final = re.compile(r"(/|(\.\./)*)static/[a-z0-9./-]+\.js")
_REFRESH: Final = re.compile(r"0; ?url=[a-z0-9./#-]+")
_NEVER: Final = {"applet", "base", "embed", "frame", "iframe", "object", "style"}
_TEMPLATES: Final[tuple[dict[str, str], ...]] = (
    {},
    {"id": "compare-parts"},
)  # of filters, and of the comparison
_POLICY: Final = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"


@dataclass
class PageRead(HTMLParser):
    """A page's elements, its words, and what in it is not ours."""

    text: str = ""
    shapes: set[Shape] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin as the parser that this is."""
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element."""
        values = {name: value or "" for name, value in attrs}
        self.shapes.add((tag, frozenset(values)))
        if tag in _NEVER:
            self.faults.append(f"<{tag}>")
        if tag == "template" and values not in _TEMPLATES:
            self.faults.append(f"a template that is not ours: {values}")
        if tag == "script" and not _SCRIPT.fullmatch(values.get("src", "")):
            self.faults.append(f"a script that is not ours: {values}")
        if tag == "meta" and "http-equiv" in values:
            self._look_at_meta(values)
        for name, value in values.items():
            found = _SCHEME.match(re.sub(r"[\x00-\x20]", "", value))
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.faults.append(f"{name}={value}")
            if name in _ADDRESSES and found and found[1].lower() not in _SCHEMES:
                self.faults.append(f"{name}={value}")

    def _look_at_meta(self, values: dict[str, str]) -> None:
        ours = _POLICY if values["http-equiv"] == "Content-Security-Policy" else ""
        content = values.get("content", "")
        if content != ours and not _REFRESH.fullmatch(content):
            self.faults.append(f"meta {content}")

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.text += data


def read_page(html: str) -> PageRead:
    """Return a page as it was read."""
    page = PageRead()
    page.feed(html)
    page.close()
    return page


def read_site(site: Path) -> dict[str, PageRead]:
    """Return all pages of a site by path, after a look at its other files.

    Fails where a file is not what its name says: pages and scripts are UTF-8, data is JSON.
    """
    pages: dict[str, PageRead] = {}
    for path in sorted(each for each in site.rglob("*") if each.is_file()):
        name = path.relative_to(site).as_posix()
        if path.suffix == ".html":
            text = path.read_bytes().decode("utf-8")
            assert text.count("Content-Security-Policy") >= 1, name
            pages[name] = read_page(text)
        elif path.suffix == ".json":
            json.loads(path.read_bytes().decode("utf-8"))
        elif name.startswith("data/"):
            _check_data_script(name, path.read_bytes().decode("utf-8"))
    return pages


def _check_data_script(name: str, text: str) -> None:
    """Fail unless a script of data is one call with plain values, safe in any place of a page."""
    found = re.fullmatch(r'sitegen\.data\("[a-z0-9/-]+", (.*)\);\n', text, re.DOTALL)
    assert found, name
    json.loads(found[1])
    assert "</script" not in text.lower(), name
    assert "<!--" not in text, name


def faults_of(pages: dict[str, PageRead]) -> list[str]:
    """Return what in these pages is not ours, each with its page."""
    return [f"{name}: {fault}" for name, page in pages.items() for fault in page.faults]
