"""The same corpus laid out for other generators, and how each of them builds it.

What goes over is what they can do with it: every claim, event, source, actor, place, question and
measure is a page with its facts, its quotations and its Markdown, links lead from page to page, and
each page lists what refers to it. Nothing is proved or worked out, and nothing is drawn.

The generators come from the package index as the extra `bench`.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

_KINDS: Final = ("claims", "events", "sources", "actors", "places", "questions", "measures")
_NAMES: Final = ("statement", "title", "name", "question")
_LINK: Final = re.compile(r"\[\[(?:[a-z]+:)?([a-z0-9-]+)(?:\|([^\]]*))?\]\]")
_REFERENCE: Final = re.compile(r"\b(?:claim|event|source|actor|place|question|measure)-\d{5}\b")


@dataclass(frozen=True, slots=True)
class Peer:
    """Another generator: its name, what lays a corpus out for it, and the command that builds.

    `command` is for a folder laid out by `write` and an output folder.
    """

    name: str
    write: Callable[[Path, Mapping[str, Plain]], None]
    command: Callable[[Path, Path], list[str]]
    change: str  # the path of a claim's file, with {} for its id


@dataclass(frozen=True, slots=True)
class Plain:
    """A note as a plain page: where it lies, its title, its text, and what it refers to."""

    kind: str
    title: str
    text: str
    refers_to: tuple[str, ...]


def plain_pages(project: Path) -> dict[str, Plain]:
    """Return the notes of a corpus by id, links in their text as `[words](id)`."""
    notes: dict[str, tuple[str, dict[str, Any]]] = {}
    for kind in _KINDS:
        for path in sorted((project / "content" / kind).glob("*.yaml")):
            loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
            note = yaml.load(path.read_text(encoding="utf-8"), loader)
            notes[path.stem] = (kind, note)
    titles = {id_: _title(note) for id_, (_, note) in notes.items()}
    referring: dict[str, list[str]] = defaultdict(list)
    named = {
        id_: tuple(
            dict.fromkeys(found for found in _REFERENCE.findall(str(note)) if found in notes)
        )
        for id_, (_, note) in notes.items()
    }
    for id_, ids in named.items():
        for other in ids:
            referring[other].append(id_)
    return {
        id_: Plain(kind, titles[id_], _text(note, named[id_], referring[id_], titles), named[id_])
        for id_, (kind, note) in notes.items()
    }


def _title(note: Mapping[str, Any]) -> str:
    return next(str(note[name]) for name in _NAMES if name in note)


def _text(
    note: Mapping[str, Any],
    named: tuple[str, ...],
    referring: list[str],
    titles: Mapping[str, str],
) -> str:
    def link(match: re.Match[str]) -> str:
        return f"[{match[2] or titles.get(match[1], match[1])}]({match[1]})"

    facts = [f"- {name}: {value}" for name, value in note.items() if isinstance(value, str)]
    quotes = [
        f"> {each['quote']}\n>\n> [{titles[each['source']]}]({each['source']})"
        for each in note.get("evidence", ())
    ]
    prose = [_LINK.sub(link, str(note[each])) for each in ("analysis", "summary") if each in note]
    lists = [
        f"## {heading}\n\n" + "\n".join(f"- [{titles[each]}]({each})" for each in ids)
        for heading, ids in (("Names", named), ("Named by", referring))
        if ids
    ]
    return "\n\n".join(["\n".join(facts[:6]), *quotes, *prose, *lists]) + "\n"


def _linked(text: str, pages: Mapping[str, Plain], address: Callable[[str, str], str]) -> str:
    """Return a text whose links lead where a generator expects them."""
    return re.sub(
        rf"\]\(({_REFERENCE.pattern})\)",
        lambda each: f"]({address(pages[each[1]].kind, each[1])})",
        text,
    )


def _write_hugo(folder: Path, pages: Mapping[str, Plain]) -> None:
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (folder / "hugo.toml").write_text('baseURL = "/"\ntitle = "Corpus"\nrelativeURLs = true\n')
    frame = "<!doctype html><title>{{ .Title }}</title><nav>{{ range site.Sections }}"
    frame += '<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav><h1>{{ .Title }}</h1>'
    (layouts / "single.html").write_text(f"{frame}{{{{ .Content }}}}\n")
    entries = (
        '<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</ul>'
    )
    (layouts / "list.html").write_text(f"{frame}{entries}\n")
    for id_, page in pages.items():
        text = _linked(page.text, pages, lambda kind, other: f"/{kind}/{other}/")
        _put(folder / "content" / page.kind / f"{id_}.md", f"{_front(page)}\n{text}")


def _write_pelican(folder: Path, pages: Mapping[str, Plain]) -> None:
    folder.mkdir(parents=True)
    (folder / "pelicanconf.py").write_text(
        'SITENAME = "Corpus"\nTIMEZONE = "UTC"\nPATH = "content"\nDEFAULT_PAGINATION = 100\n'
        "CACHE_CONTENT = True\nLOAD_CONTENT_CACHE = True\nCHECK_MODIFIED_METHOD = 'mtime'\n"
        f"CACHE_PATH = {str(folder / 'cache')!r}\n"  # else where the command is run
    )
    for id_, page in pages.items():
        text = _linked(page.text, pages, lambda kind, other: f"{{filename}}/{kind}/{other}.md")
        head = f"Title: {page.title}\nDate: 2024-01-01\nCategory: {page.kind}\nSlug: {id_}\n"
        _put(folder / "content" / page.kind / f"{id_}.md", f"{head}\n{text}")


def _write_mkdocs(folder: Path, pages: Mapping[str, Plain]) -> None:
    folder.mkdir(parents=True)
    # Its navigation would list all pages on each of them.
    settings = "site_name: Corpus\ntheme: readthedocs\nnav: [index.md]\n"
    (folder / "mkdocs.yml").write_text(
        f"{settings}validation: {{nav: {{omitted_files: ignore}}}}\n"
    )
    _put(folder / "docs" / "index.md", "# Corpus\n")
    for id_, page in pages.items():
        text = _linked(page.text, pages, lambda kind, other: f"../{kind}/{other}.md")
        _put(folder / "docs" / page.kind / f"{id_}.md", f"# {page.title}\n\n{text}")


def _front(page: Plain) -> str:
    return f"---\ntitle: {json.dumps(page.title)}\ndate: 2024-01-01\n---\n"


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


PEERS: Final = (
    Peer(
        "Hugo",
        _write_hugo,
        lambda folder, site: [_tool("hugo"), "--quiet", "-s", str(folder), "-d", str(site)],
        "content/claims/{}.md",
    ),
    Peer(
        "Pelican",
        _write_pelican,
        lambda folder, site: [
            *(_tool("pelican"), str(folder / "content"), "-q", "-o", str(site)),
            *("-s", str(folder / "pelicanconf.py")),
        ],
        "content/claims/{}.md",
    ),
    Peer(
        "MkDocs",
        _write_mkdocs,
        lambda folder, site: [
            *(_tool("mkdocs"), "build", "-q", "--dirty"),
            *("-f", str(folder / "mkdocs.yml"), "-d", str(site)),
        ],
        "docs/claims/{}.md",
    ),
)
"""What is compared: the fastest there is, and the two in Python that most people know."""
