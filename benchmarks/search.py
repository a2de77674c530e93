"""What search costs a reader: its weight, the time to the first result, memory in the browser.

    python -m benchmarks.search

builds made-up corpora with texts in Korean, Russian, Chinese and Arabic, opens each site from disk
in Chromium with the network off, types, and writes `benchmarks/SEARCH.md`. Needs the development
tools and a Chromium.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.corpus import write_corpus
from benchmarks.languages import articles_in_languages

RESULTS = Path(__file__).with_name("SEARCH.md")
QUERIES = (
    "harbour generators",
    "consignment 123",
    "genaretors harbuor",
    "is:contested kind:claim crates",
    "who saw harbour zebras",
    "평양에서",
    "хасан ящиков",
    "丹东设备",
    "ميناء بيروت",
)
COLD_STARTS = 7
_COLUMNS = (
    "claims",
    "documents",
    "text, KB",
    "data, KB",
    "loaded, share of text",
    "all read, s",
    "first result, ms: median (most)",
    "cold, ms: median (most)",
    "longest, ms",
    "memory, MB",
)
_WORDS = (1, 2, 3, 8, 9)  # the fields of a document that hold words to be found

# Notes when a letter came and when the first result for what is then in the box is shown, and
# every stretch of work so long that a key would have to wait for it.
_WATCH = """() => {
  window.watched = {key: null, first: [], long: []};
  document.addEventListener("beforeinput", () => { watched.key = performance.now(); }, true);
  new MutationObserver(() => {
    if (watched.key !== null && document.querySelector(".search-hit")) {
      watched.first.push(performance.now() - watched.key);
      watched.key = null;
    }
  }).observe(document.body, {childList: true, subtree: true});
  new PerformanceObserver((list) => {
    watched.long.push(...list.getEntries().map((entry) => entry.duration));
  }).observe({entryTypes: ["longtask"]});
}"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What was measured at one size. Weights in bytes, times in milliseconds, memory in MB.

    `first` are the times from a key to the first result once all is read, `cold` those from the
    first key to the first result when nothing was loaded before, `longest` the longest work at a
    stretch while typing.
    """

    claims: int
    documents: int
    text: int
    data: int
    loaded: int
    read: float
    cold: Sequence[float]
    first: Sequence[float]
    longest: float
    memory: float


def main() -> int:
    """Measure as the command line asks, and write the table."""
    parser = argparse.ArgumentParser(description="Measure search, write benchmarks/SEARCH.md.")
    parser.add_argument("--claims", type=int, nargs="+", default=[1000, 10000], help="the sizes")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file to write")
    options = parser.parse_args()
    costs = [_measure(claims) for claims in options.claims]
    options.results.write_text(as_markdown(costs), encoding="utf-8")
    return 0


def as_markdown(costs: Sequence[Cost]) -> str:
    """Return the report."""
    lines = [
        "# What search costs a reader",
        "",
        "Written by `python -m benchmarks.search`: made-up corpora, and for every ten claims four",
        "more that quote articles in Korean, Russian, Chinese and Arabic; Chromium, from disk.",
        "Loaded: data, library and script, compressed; none of it before the box is used. First",
        f"result: from the key to the first hit shown, every letter of {len(QUERIES)} queries;",
        f"cold: the first letter on a fresh page, {COLD_STARTS} times. Longest: the longest work",
        "at one stretch while typing, if over 50 ms. Memory: what all scripts then hold.",
        "",
        f"| {' | '.join(_COLUMNS)} |",
        f"|{' ---: |' * len(_COLUMNS)}",
    ]
    lines += [
        f"| {each.claims:,} | {each.documents:,} | {each.text / 1e3:,.0f} | {each.data / 1e3:,.0f} "
        f"| {each.loaded / each.text:.0%} | {each.read / 1e3:.1f} "
        f"| {_spread(each.first)} | {_spread(each.cold)} | {each.longest:.0f} | {each.memory:.0f} |"
        for each in costs
    ]
    return "\n".join(lines) + "\n"


def _spread(times: Sequence[float]) -> str:
    return f"{median(times):.0f} ({max(times):.0f})"


def _measure(claims: int) -> Cost:
    with tempfile.TemporaryDirectory(prefix="benchmark-") as room, sync_playwright() as playwright:
        project, site = Path(room) / "project", Path(room) / "site"
        write_corpus(project, claims)
        for path, content in articles_in_languages(claims):
            (project / path).write_text(content, encoding="utf-8", newline="")
        command = [sys.executable, "-m", "sitegen", "build", str(project), "--output", str(site)]
        quiet = subprocess.DEVNULL  # the made-up notes are without faults, not without warnings
        subprocess.run(command, check=True, stdout=quiet, stderr=quiet)
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        arguments = ["--no-sandbox", "--enable-precise-memory-info"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        cold = [_first_key(browser, site) for _ in range(COLD_STARTS)]
        read, first, longest, memory = _type_queries(browser, site)
        browser.close()
        data = sorted((site / "data" / "search").glob("*.js"))
        library = site / "static" / "vendor" / "minisearch" / "minisearch.js"
        weights = [_weight(path) for path in data]
        script = _weight(library) + _weight(site / "static" / "search.js")
        texts = [*_documents(data)]
        cost = Cost(
            claims=claims + 4 * (claims // 10),
            documents=len(texts),
            text=sum(len(text.encode("utf-8")) for text in texts),
            data=sum(weights),
            loaded=sum(weights) + script,
            read=read,
            cold=cold,
            first=first,
            longest=longest,
            memory=memory,
        )
    print(as_markdown([cost]).splitlines()[-1], flush=True)
    return cost


def _open(browser: Browser, site: Path) -> Page:
    asked: list[str] = []
    page = browser.new_context(offline=True).new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "index.html").as_uri(), wait_until="networkidle")
    if early := [url for url in asked if url.endswith(".js") and "search" in url]:
        raise SystemExit(f"search is loaded before its box is used: {', '.join(early)}")
    page.evaluate(_WATCH)
    return page


def _first_key(browser: Browser, site: Path) -> float:
    page = _open(browser, site)
    page.keyboard.press("/")
    page.keyboard.press("h")
    page.wait_for_selector(".search-hit")
    first = float(page.evaluate("watched.first[0]"))
    page.context.close()
    return first


def _type_queries(browser: Browser, site: Path) -> tuple[float, list[float], float, float]:
    """Return the time until all was read, the times to first results, the longest work, memory."""
    page = _open(browser, site)
    began = time.perf_counter()
    page.keyboard.press("/")
    while not page.evaluate("Boolean(sitegen.search.engine && sitegen.search.engine.isComplete())"):
        time.sleep(0.02)
    read = 1000 * (time.perf_counter() - began)
    page.evaluate("watched.long.length = 0")
    first: list[float] = []
    for query in QUERIES:
        page.fill("#search-box", "")
        page.evaluate("watched.first.length = 0")
        page.keyboard.type(query, delay=150)
        page.wait_for_timeout(500)
        first += page.evaluate("watched.first")
    longest = float(page.evaluate("Math.max(0, ...watched.long)"))
    memory = float(page.evaluate("performance.memory.usedJSHeapSize / 1e6"))
    return read, first, longest, memory


def _weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))


def _documents(data: Sequence[Path]) -> Iterator[str]:
    """Yield all words of each document."""
    for path in data:
        if path.stem != "contents":
            script = path.read_text(encoding="utf-8").partition(", ")[2].removesuffix(");\n")
            for document in json.loads(script):
                found = [document[at] for at in _WORDS if at < len(document) and document[at]]
                yield " ".join(text if isinstance(text, str) else " ".join(text) for text in found)


if __name__ == "__main__":
    sys.exit(main())
