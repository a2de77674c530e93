"""The whole site, as built from this repository's content, held to the rules of the house."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest

from tests.html_checker import check_folder

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'"
)


class Page(HTMLParser):
    """What a page links to, loads, and gives ids to."""

    def __init__(self, html: str) -> None:
        """Read the page."""
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.forbidden: list[str] = []
        self.policy = ""
        self.refresh = ""
        self.levels: list[int] = []
        self._in_script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of an element."""
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag in {"link", "script", "img", "iframe", "source", "use"}:
            self.loads.append(found.get("href") or found.get("src") or "")
        if tag == "meta" and found.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = found["content"]
        if tag == "meta" and found.get("http-equiv", "").lower() == "refresh":
            self.refresh = found["content"]
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        inline = {name for name in found if name == "style" or name.startswith("on")}
        self.forbidden += [f"{tag}[{name}]" for name in inline]
        if tag == "style" or (tag == "script" and "src" not in found):
            self.forbidden.append(tag)


@pytest.fixture(scope="module")
def pages(built_site: Path) -> dict[str, Page]:
    """Return every page of the site by its path."""
    return {
        path.relative_to(built_site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(built_site.rglob("*.html"))
    }


def resolved(page: str, href: str) -> tuple[str, str]:
    """Return the file below the root and the fragment that an internal link leads to."""
    parts = urlsplit(href)
    folder = page.rpartition("/")[0]
    steps: list[str] = folder.split("/") if folder else []
    path = unquote(parts.path)
    if not path:
        return page, unquote(parts.fragment)
    for step in path.split("/"):
        if step == "..":
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/".join(steps), unquote(parts.fragment)


def is_outside(href: str) -> bool:
    """Return whether a link leads out of the site."""
    return urlsplit(href).scheme in {"http", "https", "mailto"}


def broken_links(site: Path, pages: Mapping[str, Page]) -> Iterator[str]:
    """Yield the links of a site that lead to no page or file of it, or to no place on a page."""
    places = {name: set(page.ids) for name, page in pages.items()}
    for name, page in pages.items():
        for href in page.links:
            if is_outside(href):
                continue
            path, fragment = resolved(name, href)
            if path not in pages:
                if not (site / path).is_file():
                    yield f"{name}: {href}"
            elif fragment and fragment not in places[path]:
                yield f"{name}: {href}"


def test_every_internal_link_leads_to_a_page_and_a_place_on_it(
    built_site: Path, pages: dict[str, Page]
) -> None:
    """No link of the site is broken, fragments included, and each ends in a file name."""
    assert list(broken_links(built_site, pages)) == []


def test_ids_are_unique_on_every_page(pages: dict[str, Page]) -> None:
    """No two elements of a page share an id."""
    repeated = {
        name: sorted({each for each in page.ids if page.ids.count(each) > 1})
        for name, page in pages.items()
        if len(page.ids) != len(set(page.ids))
    }
    assert repeated == {}


def without_a_way(pages: dict[str, Page]) -> set[str]:
    """Return the pages, redirects apart, to which no links lead from the front page."""
    reached = {"index.html"}
    waiting = ["index.html"]
    while waiting:
        name = waiting.pop()
        for href in pages[name].links:
            path, _ = resolved(name, href) if not is_outside(href) else ("", "")
            if path in pages and path not in reached:
                reached.add(path)
                waiting.append(path)
    return {name for name, page in pages.items() if name not in reached and not page.refresh}


def test_every_page_is_reached_by_links_from_the_front_page(pages: dict[str, Page]) -> None:
    """Whoever starts at index.html can come to every page but redirects and the 404 page."""
    assert without_a_way(pages) == {"404.html"}


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(
    built_site: Path, pages: dict[str, Page]
) -> None:
    """Each page has the strict policy, loads only files of the site and has no inline code."""
    wrong = defaultdict(list)
    for name, page in pages.items():
        if page.policy != POLICY:
            wrong[name].append(f"policy: {page.policy}")
        wrong[name] += page.forbidden
        for href in page.loads:
            path, _ = resolved(name, href)
            is_inside = (built_site / path).is_file() or name == "404.html"
            if not href.startswith("data:image/") and (urlsplit(href).netloc or not is_inside):
                wrong[name].append(href)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_headings_are_in_order(pages: dict[str, Page]) -> None:
    """Each page has one h1, first, and no level is skipped on the way down."""
    wrong = [
        name
        for name, page in pages.items()
        if page.levels.count(1) != 1
        or page.levels[0] != 1
        or any(b > a + 1 for a, b in zip(page.levels, page.levels[1:], strict=False))
    ]
    assert wrong == []


def test_html_and_css_conform(built_site: Path) -> None:
    """The Nu HTML checker finds neither errors nor warnings in any page, style sheet or drawing."""
    assert [str(finding) for finding in check_folder(built_site)][:20] == []


def test_dataset_is_valid_and_its_quotes_are_the_seeds_own_words(
    built_site: Path, repo_root: Path
) -> None:
    """The dataset keeps its schema, and every offset cuts the very quote from the article."""
    dataset = json.loads((built_site / "data/briefing.json").read_text(encoding="utf-8"))
    schema = json.loads((built_site / "data/briefing.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(dataset)
    texts = {
        source["id"]: (repo_root / "seeds" / source["text"]).read_bytes().decode("utf-8")
        for source in dataset["sources"]
    }
    notes = dataset["claims"] + dataset["events"]
    evidence = [each for note in notes for each in note.get("evidence", ())]
    assert len(evidence) > 250
    for each in evidence:
        segments = each.get("segments") or [{"start": each["start"], "end": each["end"]}]
        text = texts[each["source"]]
        cut = " […] ".join(text[segment["start"] : segment["end"]] for segment in segments)
        assert cut == each["quote"]


def test_dataset_urls_exist(built_site: Path, pages: dict[str, Page]) -> None:
    """Every note and disagreement of the dataset has the page, and the place on it, of its url."""
    dataset = json.loads((built_site / "data/briefing.json").read_text(encoding="utf-8"))
    urls = [
        note["url"]
        for kind in ("sources", "claims", "events", "actors", "places", "questions", "measures")
        for note in dataset[kind]
    ]
    for kind in ("disagreements", "pages", "corrections"):
        urls += [each["url"] for each in dataset[kind]]
    assert [url for url in urls if url.partition("#")[0] not in pages] == []
    places = [url.split("#") for url in urls if "#" in url]
    assert [place for path, place in places if place not in pages[path].ids] == []


def test_content_shows_what_the_tool_is_for(built_site: Path) -> None:
    """The briefing uses every kind of note in earnest, with elisions, doubts and rivals."""
    dataset = json.loads((built_site / "data/briefing.json").read_text(encoding="utf-8"))
    least = {"claims": 30, "events": 15, "actors": 12, "places": 6, "questions": 4, "measures": 4}
    assert [kind for kind, count in least.items() if len(dataset[kind]) < count] == []
    assert len(dataset["sources"]) == 5
    assert len(dataset["disagreements"]) >= 6
    evidence = [each for note in dataset["claims"] for each in note["evidence"]]
    assert any("segments" in each for each in evidence)
    assert any(event["date"].endswith(("~", "?")) for event in dataset["events"])
    assert any(event.get("rival_dates") for event in dataset["events"])
    groups = [group for claim in dataset["claims"] for group in claim["independent_groups"]]
    assert any(len(group) > 1 for group in groups)


def test_averages_are_spoken_of_where_there_are_several_values(built_site: Path) -> None:
    """Of one value there is none that could be given."""
    spoken: dict[bool, set[bool]] = {True: set(), False: set()}
    for file in (built_site / "measures").glob("*.html"):
        if file.name != "index.html":
            html = file.read_text(encoding="utf-8")
            spoken[html.count('<li class="plot__row') > 1].add("No average is given" in html)
    assert spoken == {True: {True}, False: {False}}


def test_pages_keep_their_weight(built_site: Path) -> None:
    """Styles stay under 15 KB and scripts under 20 KB compressed, a claim page under 30 KB.

    Of the scripts that counts which one page can come to load: no page both filters and compares.
    Search is weighed with its data.
    """

    def weight(*paths: Path) -> int:
        return sum(len(gzip.compress(path.read_bytes())) for path in paths)

    style = built_site / "static/sitegen.css"
    scripts = {path.name: path for path in (built_site / "static").glob("*.js")}
    assert weight(style) < 15_000
    assert weight(scripts["first.js"], scripts["sitegen.js"]) < 7_000
    of_one_page = {"filter.js", "compare.js"}
    common = weight(*(scripts[name] for name in scripts.keys() - {*of_one_page, "search.js"}))
    assert common + max(weight(scripts[name]) for name in of_one_page) < 20_000
    claims = [path for path in (built_site / "claims").glob("*.html") if path.stem != "index"]
    assert max(weight(path, style) for path in claims) < 30_000
