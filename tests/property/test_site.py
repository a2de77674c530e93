"""From random words to published bytes: no exception but ours, nothing outside, nothing that runs.

Few examples are tried each time; `make fuzz` tries many. Whatever once broke stands as an example.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sitegen.build import build
from tests.bad_input.full_notes import full_project
from tests.bad_input.hostile import HOSTILE
from tests.bad_input.published import faults_of, read_site
from tests.property.test_read import ARTICLE, SITES, Written

_SIGNS = st.sampled_from(
    [
        *("<", ">", "</", "/>", '"', "'", "`", "&", "=", "<!--", "-->", "<script>", "</script>"),
        *("<svg", " onload=", "javascript:", "data:", "{{", "}}", "{%", "%}", "[[", "]]", "![["),
        *("](", "[", "]", "(", ")", "*", "_", "#", "- ", "> ", "\n", "\n\n", "|", ":", "\t", "\r"),
        *("\u202e", "\u200b", "\u2066", "\u00ad", "\u00a0", "\ufeff", "\u2028", "\x00", "\x1b"),
        *(
            "\x85",
            "\ufffe",
            "\ud800",
            "😀",
            "e\u0301",
            "é",
            "[…]",
            "…",
            "“",
            "---",
            "...",
            "a",
            "1",
        ),
    ]
)
_WORDS = st.lists(_SIGNS | st.sampled_from(HOSTILE) | st.text(max_size=4), max_size=12).map("".join)
_BYTES = st.binary(max_size=40) | _WORDS.map(lambda text: text.encode("utf-8", "surrogatepass"))
_EXAMPLES = int(os.environ.get("FUZZ", "8"))  # of each test; each is a build
_QUIET = settings(
    suppress_health_check=list(HealthCheck), deadline=None, max_examples=_EXAMPLES, print_blob=True
)
_LOCK = "._site.sitegen-lock"


def faults_in(files: Mapping[str, str | bytes]) -> list[str]:
    """Build a project of these files and return what in its pages is not ours.

    Fails where anything but a whole site or none was written, or something beside it.
    """
    with tempfile.TemporaryDirectory() as name:
        around = Path(name)
        project = around / "project"
        for path, content in files.items():
            file = project / path
            file.parent.mkdir(parents=True, exist_ok=True)
            raw = (
                content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
            )
            file.write_bytes(raw)
        before = sorted(around.rglob("*"))
        built = build(project, project / "_site", processes=1)
        site = project / "_site"
        assert sorted(set(around.rglob("*")) - {site, project / _LOCK, *site.rglob("*")}) == before
        assert (built.published is not None) == site.is_dir()
        return faults_of(read_site(site)) if built.published is not None else []


@_QUIET
@given(_WORDS)
@example("\ud800")
@example("\x85")
def test_any_words_in_every_field(words: str) -> None:
    """Words that stand in every field and in the article are errors, or are shown and no more."""
    assert faults_in(full_project(words)) == []


@_QUIET
@given(SITES, _WORDS)
def test_any_notes(site: Mapping[str, Written], words: str) -> None:
    """Notes of any shape, and pages with any words below them."""
    files: dict[str, str | bytes] = {"seeds/article.txt": ARTICLE}
    for path, note in site.items():
        text = yaml.safe_dump(note, allow_unicode=True, sort_keys=False)
        files[f"content/{path}"] = f"---\n{text}---\n{words}\n" if path.endswith(".md") else text
    assert faults_in(files) == []


@_QUIET
@given(_WORDS, _WORDS)
def test_any_page(front: str, body: str) -> None:
    """Any text as front matter, and any as Markdown."""
    files: dict[str, str | bytes] = {
        "content/site.yaml": "title: Rain\n",
        "content/pages/index.md": f"---\ntitle: Rain\n---\n{body}",
        "content/pages/other.md": f"---\ntitle: {front}\n---\n{body}\n{front}",
        "content/pages/third.md": front,
    }
    assert faults_in(files) == []


@_QUIET
@given(_BYTES, _WORDS)
def test_any_article_and_quote(article: bytes, quote: str) -> None:
    """Any bytes as an article, and any words quoted from it, which may stand in it."""
    words = quote.encode("utf-8", "surrogatepass")
    note = yaml.safe_dump(
        {"statement": "It rained.", "evidence": [{"source": "a", "quote": quote}]}
    )
    files: dict[str, str | bytes] = {
        "content/site.yaml": "title: Rain\npublication: {rights: full}\n",
        "content/sources/a.yaml": "title: Rain\ntext: a.txt\n",
        "content/claims/a.yaml": note,
        "seeds/a.txt": article + words + b"\n\n" + article,
    }
    assert faults_in(files) == []
