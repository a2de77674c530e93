"""Output paths and hrefs: the only place that makes either.

A site-relative URL is a path below the site's root, not percent-encoded, with or without a
fragment (`claims/x.html`, `sources/y.html#passage-12-90`). This module knows no note and no disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final
from unicodedata import normalize
from urllib.parse import quote, urlsplit

from sitegen.kinds import Kind

# The pages of which every site has one, or the first part of it.
INDEX: Final = "index.html"
BRIEF: Final = "brief.html"
COMPARE: Final = "compare.html"
COVERAGE: Final = "coverage.html"
DISAGREEMENTS: Final = "disagreements.html"
GALLERY: Final = "gallery.html"
MATRIX: Final = "matrix.html"
METHOD: Final = "method.html"
NOT_FOUND: Final = "404.html"
SEARCH: Final = "search.html"
TIMELINE: Final = "timeline.html"
UNKNOWNS: Final = "unknowns.html"
_CORRECTIONS: Final = "corrections.html"

# A quote of up to this many characters goes into a text fragment whole; of a longer one the first
# and the last words do, which survive small edits in between and keep the address short.
_LONGEST_WHOLE = 120
_WORDS_AT_EDGE = 6
_WORDS_OF_CONTEXT = 8

# Names and characters that Windows keeps for itself (Microsoft, "Naming Files, Paths, and
# Namespaces"); `#` would begin a fragment in every link to the file, a lone surrogate is no text.
_RESERVED_NAME = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE
)
_FORBIDDEN_CHARACTER = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\#\ud800-\udfff]')
_LONGEST_NAME = 255
# What nearly all paths are: all reserved names are shorter, or have other characters.
_PLAIN_PATH = re.compile(r"(?:[a-z0-9-]{5,200}/){0,9}[a-z0-9-]{5,200}\.(?:html|js|json)")


def note_url(kind: Kind, id: str) -> str:  # noqa: A002 - the model's word
    """Return the site-relative URL of a note: `claims/<id>.html`, `corrections.html#<id>` …

    The page `index` is the front page, `index.html`.
    """
    if kind is Kind.CORRECTION:
        return f"{_CORRECTIONS}#{id}"
    if kind is Kind.PAGE and id == "index":
        return INDEX
    return f"{kind.plural}/{id}.html"


def list_url(kind: Kind) -> str:
    """Return the site-relative URL of the page that lists all notes of a kind.

    Corrections share one page, `corrections.html`.
    """
    return _CORRECTIONS if kind is Kind.CORRECTION else f"{kind.plural}/index.html"


def passage_anchor(segments: Sequence[tuple[int, int]]) -> str:
    """Return the id of a passage on its source's page: `passage-1204-1290`.

    `segments` are the passage's (start, end) offsets in code points of the source's text, in
    order; an elided quote has several, all of which go into the id. None raises ValueError.
    """
    if not segments:
        raise ValueError("a passage has at least one segment")
    if len(segments) == 1:
        start, end = segments[0]
        return f"passage-{start}-{end}"
    return "-".join(["passage", *[f"{start}-{end}" for start, end in segments]])


def passage_url(source_id: str, segments: Sequence[tuple[int, int]]) -> str:
    """Return the site-relative URL of a passage on its source's page."""
    return f"{note_url(Kind.SOURCE, source_id)}#{passage_anchor(segments)}"


def evidence_anchor(number: int) -> str:
    """Return the id of a note's piece of evidence on the note's page, counted from 1."""
    if number < 1:
        raise ValueError(f"evidence is counted from 1, not {number}")
    return f"evidence-{number}"


def root_prefix(page_path: str) -> str:
    """Return what leads from a page to the site's root: an empty string, `../`, `../../` …"""
    return "../" * page_path.count("/")


def text_fragment(
    url: str, passages: Sequence[str], prefix: str = "", suffix: str = ""
) -> str | None:
    """Return a link to the very words in the article at `url`, or None where there can be none.

    The form is `#:~:text=[prefix-,]start[,end][,-suffix]` (WICG, "URL Fragment Text Directives").
    `passages` are the parts of a quote in order, one unless it is elided. `prefix` and `suffix`
    are whole words just before the first and just after the last. A fragment that `url` has is
    kept, a text directive in it is replaced. None is the answer where `url` is not http or https,
    or no passage has a word.
    """
    quotes = [words for words in map(_start_and_end, passages) if words]
    if not quotes or not _is_web(url):
        return None
    # A browser seeks each part inside one block of text, so context stops at a line's end.
    if before := _words_of_line(reversed(prefix.splitlines()))[-_WORDS_OF_CONTEXT:]:
        quotes[0] = f"{_encoded(before)}-,{quotes[0]}"
    if after := _words_of_line(suffix.splitlines())[:_WORDS_OF_CONTEXT]:
        quotes[-1] = f"{quotes[-1]},-{_encoded(after)}"
    page, _, fragment = url.partition("#")
    return f"{page}#{fragment.partition(':~:')[0]}:~:text={'&text='.join(quotes)}"


def path_fault(path: str) -> str:
    """Return why a path cannot be an output path on every system, or an empty string.

    The answer goes on from the path's name: `"claims/con.html" has a name that Windows reserves`.
    """
    if _PLAIN_PATH.fullmatch(path):
        return ""
    names = path.split("/")
    if path.startswith("/"):
        return "is absolute"
    if any(name in {"", ".", ".."} for name in names):
        return "has a part that names no file or folder"
    if _FORBIDDEN_CHARACTER.search(path):
        return "has a character that not every system allows in a name"
    return next((fault for name in names if (fault := _name_fault(name))), "")


def path_key(path: str) -> str:
    """Return a key that is equal for two paths which some file system takes for one.

    Case and the composition of accents are what macOS and Windows do not tell apart.
    """
    return path.lower() if path.isascii() else normalize("NFC", normalize("NFD", path).casefold())


def _name_fault(name: str) -> str:
    """Return why one part of a path cannot be a name on every system, or an empty string."""
    if name[-1] in ". ":
        return "has a name that ends in a full stop or a space"
    if _RESERVED_NAME.fullmatch(name):
        return "has a name that Windows reserves"
    if len(name) > _LONGEST_NAME // 4 and len(name.encode()) > _LONGEST_NAME:
        return f"has a name of more than {_LONGEST_NAME} bytes"
    return ""


@lru_cache(maxsize=1 << 12)
def _is_web(url: str) -> bool:
    """Tell whether the URL is one that a browser fetches over the web."""
    try:
        parts = urlsplit(url)
    except ValueError:  # such as an IPv6 host without its closing bracket
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _words_of_line(lines: Iterable[str]) -> list[str]:
    """Return the words of the first line that has any."""
    for line in lines:
        if words := line.split():
            return words
    return []


def _start_and_end(passage: str) -> str:
    """Return `start` or `start,end` for a passage, encoded; empty where it has no word."""
    lines = [words for line in passage.splitlines() if (words := line.split())]
    if len(lines) < 2:
        words = lines[0] if lines else []
        is_short = len(passage) <= _LONGEST_WHOLE or len(" ".join(words)) <= _LONGEST_WHOLE
        if is_short or len(words) < 2 * _WORDS_AT_EDGE:
            return _encoded(words)
    return f"{_encoded(lines[0][:_WORDS_AT_EDGE])},{_encoded(lines[-1][-_WORDS_AT_EDGE:])}"


def _encoded(words: Sequence[str]) -> str:
    """Return words as a part of a text directive, where `-`, `,` and `&` have a meaning."""
    return "%20".join(map(_encoded_word, words))


@lru_cache(maxsize=1 << 14)
def _encoded_word(word: str) -> str:
    return quote(word, safe="").replace("-", "%2D")
