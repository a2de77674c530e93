"""The kinds of page that a site has, and the one page that stands for each in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

# Where several pages match, the longest stands for its kind: it has the most that can go wrong.
KINDS: Mapping[str, str] = {
    "front": "index.html",
    "question list": "questions/index.html",
    "question": "questions/*.html",
    "claim list": "claims/index.html",
    "claim": "claims/*.html",
    "event list": "events/index.html",
    "event": "events/*.html",
    "timeline": "timeline.html",
    "disagreements": "disagreements.html",
    "measure list": "measures/index.html",
    "measure": "measures/*.html",
    "unknowns": "unknowns.html",
    "source list": "sources/index.html",
    "source": "sources/*.html",
    "actor list": "actors/index.html",
    "actor": "actors/*.html",
    "place list": "places/index.html",
    "place": "places/*.html",
    "narrative list": "pages/index.html",
    "narrative": "pages/*.html",
    "coverage": "coverage.html",
    "matrix contents": "matrix.html",
    "matrix": "matrix/*/*.html",
    "compare": "compare.html",
    "comparison": "compare/*/*.html",
    "brief": "brief.html",
    "corrections": "corrections.html",
    "method": "method.html",
    "gallery": "gallery.html",
    "search": "search.html",
    "not found": "404.html",
}


def pages_of(site: Path, kind: str) -> list[Path]:
    """Return the pages of `kind` below `site`, the longest first; redirects are none.

    A pattern does not match the list of its folder, which is a kind of its own.
    """
    pattern = KINDS[kind]
    found = [
        path
        for path in site.glob(pattern)
        if ("*" not in pattern or path.name != "index.html") and not is_redirect(path)
    ]
    return sorted(found, key=lambda path: (-path.stat().st_size, path.name))


def is_redirect(path: Path) -> bool:
    """Tell whether a page only sends its reader on, as one under a former name does."""
    return b'http-equiv="refresh"' in path.read_bytes()
