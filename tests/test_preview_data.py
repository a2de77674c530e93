"""What previews load on this repository's own site: how much it weighs, and that nothing lacks."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

_LINK = re.compile(r'<a [^>]*?href="((?:\.\./)*)([a-z]+)/([a-z0-9-]+)\.html(?:#([^"]*))?"')
_DATE = re.compile(r'data-edtf="([^"]+)"')
_LARGEST = 300_000


def keys(site: Path) -> dict[str, set[str]]:
    """Return the keys of all previews by their folders."""
    found: dict[str, set[str]] = {}
    for path in (site / "data/previews").glob("*-*.js"):
        text = path.read_text(encoding="utf-8")
        rows: list[list[Any]] = json.loads(text[text.index("[\n") :].rstrip().removesuffix(");"))
        found.setdefault(path.stem.rpartition("-")[0], set()).update(row[0] for row in rows)
    return found


def test_every_reference_has_a_preview(built_site: Path) -> None:
    """Each link to a note, each to a passage or evidence, and each dotted date has its row."""
    found = keys(built_site)
    lacking = set()
    for path in built_site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        main = html[html.find('id="main"') : html.find("<footer")]
        for _, folder, note, place in _LINK.findall(main):
            is_place = place.startswith(("passage-", "evidence-"))
            key = (f"{folder}/{note}#{place}", "excerpts") if is_place else (note, folder)
            if note != "index" and key[0] not in found[key[1]]:
                lacking.add(key)
        if path.name == "gallery.html":  # its dates are those of no note
            continue
        lacking |= {(edtf, "dates") for edtf in _DATE.findall(main) if edtf not in found["dates"]}
    assert lacking == set()
    assert sum(map(len, found.values())) > 1000


def test_no_script_of_previews_is_large(built_site: Path) -> None:
    """A preview loads the contents and one shard, neither of them large."""
    sizes = {path.name: path.stat().st_size for path in (built_site / "data/previews").iterdir()}
    assert {name: size for name, size in sizes.items() if size > _LARGEST} == {}
    assert sizes["contents.js"] < 20_000
