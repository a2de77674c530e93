"""What search loads on this repository's own site: what it weighs, and where it leads."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

# The fields of a document that hold words to be found: title, text, detail, names, translation.
_WORDS = (1, 2, 3, 8, 9)


def value_of(script: Path) -> Any:
    """Return what a script of search data brings."""
    return json.loads(script.read_text(encoding="utf-8").partition(", ")[2].removesuffix(");\n"))


def documents(site: Path) -> Iterator[tuple[str, list[Any]]]:
    """Yield each document with the pattern of its kind's addresses."""
    folder = site / "data/search"
    for kind, pattern, shards in value_of(folder / "contents.js")["kinds"]:
        for slug, _ in shards:
            for document in value_of(folder / f"{kind}s-{slug}.js"):
                yield pattern, document


def words_of(document: list[Any]) -> Iterator[str]:
    """Yield all texts of a document that can be searched."""
    for at in _WORDS:
        if at < len(document) and document[at]:
            yield from [document[at]] if isinstance(document[at], str) else document[at]


def test_search_weighs_less_than_the_text_it_covers(built_site: Path) -> None:
    """All that search loads, library and script too, has at most 60 % of the weight of its text."""
    library = built_site / "static/vendor/minisearch/minisearch.js"
    loaded = [*(built_site / "data/search").iterdir(), library, built_site / "static/search.js"]
    weight = sum(len(gzip.compress(path.read_bytes())) for path in loaded)
    texts = (text for _, document in documents(built_site) for text in words_of(document))
    assert weight <= 0.6 * len(" ".join(texts).encode("utf-8"))


def test_every_address_of_search_exists(built_site: Path) -> None:
    """Whatever is found leads to a page, and on the page to the very place."""

    @cache
    def page(path: str) -> str:
        file = built_site / path
        return file.read_text(encoding="utf-8") if file.is_file() else ""

    broken = []
    for pattern, (address, *_) in documents(built_site):
        url = address if ".html" in address else pattern.replace("*", address)
        path, _, fragment = url.partition("#")
        if not page(path) or (fragment and f'id="{fragment}"' not in page(path)):
            broken.append(url)
    assert broken == []
