"""What pages weigh at 10,000 claims, and how long a browser takes to lay them out.

    python -m benchmarks.pages

builds two made-up corpora, one of them so that all notes hang on a few, weighs every page and all
data, opens the heaviest pages from disk in Chromium with the network off, on a wide screen and on a
phone's, and writes `benchmarks/PAGES.md`. Ends with 1 if a limit is broken. Needs the development
tools and a Chromium.

Layout is what Chromium says it took, styles included, until the page is drawn and its scripts have
run. It is told twice of the same load: in time of the processor, which a busy machine hardly
stretches, and by the clock. A trace of the load says what took longest at a stretch.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from statistics import median

from playwright.sync_api import Browser, BrowserContext, CDPSession, sync_playwright

from benchmarks.corpus import write_corpus

RESULTS = Path(__file__).with_name("PAGES.md")
HEAVIEST = 300_000
"""Bytes, uncompressed, that no page and no file that a page loads may outweigh."""

SLOWEST = 200.0
"""Milliseconds that no page may take to lay out."""

MOST = 3  # pages of a kind that are opened for their weight, and as many for their elements
HUBS = 2  # actors, places, questions and measures on which all hangs in the lopsided corpus
LARGEST = 12  # pages of that corpus that are opened: those with most elements
SCREENS: Mapping[str, tuple[int, int]] = {"1440 px": (1440, 900), "390 px": (390, 844)}
DOWNLOADS = frozenset({"data/briefing.json", "data/briefing.schema.json"})
"""Data for other programs; no page loads them."""

_ELEMENT = re.compile(rb"<[a-z]")
_OF_A_NOTE = re.compile(r"/[^/.]+\.")
_TASKS = frozenset({"Layout", "UpdateLayoutTree"})
_DURATIONS = frozenset({"LayoutDuration", "RecalcStyleDuration"})
_COLUMNS = ("kind of page", "pages", "heaviest, KB", "most elements")
_TIMES = ("median, ms", "most, ms", "at a stretch, ms", "clock, ms")

# Until the page is drawn and has nothing left to do.
_SETTLED = """() => new Promise((resolve) => requestIdleCallback(
  () => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 20))),
  {timeout: 2000},
))"""


@dataclass(frozen=True, slots=True)
class Weight:
    """One file of the site: what it weighs in bytes, and for a page how many elements it has."""

    path: str
    size: int
    elements: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """What laying out one page on one screen took: for each load, in milliseconds.

    `processor` and `clock` are all of it together, `stretch` the longest piece.
    """

    path: str
    screen: str
    processor: Sequence[float]
    stretch: Sequence[float]
    clock: Sequence[float]


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured of one corpus."""

    title: str
    pages: Sequence[Weight]
    data: Sequence[Weight]
    layouts: Sequence[Layout]


def main() -> int:
    """Measure as the command line asks, and write the tables."""
    parser = argparse.ArgumentParser(description="Measure pages, write benchmarks/PAGES.md.")
    parser.add_argument("--claims", type=int, default=10_000, help="the size of the corpus")
    parser.add_argument("--loads", type=int, default=5, help="how often each page is opened")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file to write")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        measured = [_measure(browser, options.claims, hubs, options.loads) for hubs in (0, HUBS)]
        machine = _machine(browser.version)
        browser.close()
    subject = f"{options.claims:,} claims; {options.loads} loads of each page that was opened"
    options.results.write_text(as_markdown(subject, machine, measured), encoding="utf-8")
    broken = [*over_limits(measured)]
    print("\n".join(broken) or "all is within the limits")
    return 1 if broken else 0


def _measure(browser: Browser, claims: int, hubs: int, loads: int) -> Measured:
    with tempfile.TemporaryDirectory(prefix="benchmark-") as room:
        project, site = Path(room) / "project", Path(room) / "site"
        write_corpus(project, claims, hubs=hubs)
        command = [sys.executable, "-m", "sitegen", "build", str(project), "--output", str(site)]
        quiet = subprocess.DEVNULL  # the made-up notes are without faults, not without warnings
        subprocess.run(command, check=True, stdout=quiet, stderr=quiet)
        pages, data = weigh(site)
        if not hubs:
            layouts = [*_lay_out(browser, site, choose(pages), loads)]
            return Measured("Notes evenly spread", pages, data, layouts)
        largest = sorted(pages, key=lambda page: -page.elements)[:LARGEST]
        layouts = [*_lay_out(browser, site, [page.path for page in largest], loads)]
        title = f"All on {hubs} actors, {hubs} places, {hubs} questions and {hubs} measures"
        return Measured(title, pages, data, layouts)


# --- weights ----------------------------------------------------------------------------------


def weigh(site: Path) -> tuple[list[Weight], list[Weight]]:
    """Return the weights of all pages and of all data, in the order of their paths."""
    pages = []
    for file in sorted(site.rglob("*.html")):
        content = file.read_bytes()
        path = file.relative_to(site).as_posix()
        pages.append(Weight(path, len(content), len(_ELEMENT.findall(content))))
    data = sorted((site / "data").rglob("*.*"))
    return pages, [Weight(file.relative_to(site).as_posix(), file.stat().st_size) for file in data]


def kind_of(path: str) -> str:
    """Return a file's folder, for those of a note whichever the note; or a lone file's path."""
    folder = PurePosixPath(path).parent
    if path in DOWNLOADS or not folder.name:
        return path
    return _OF_A_NOTE.sub("/*.", f"{folder}/")


def by_kind(weights: Iterable[Weight]) -> dict[str, list[Weight]]:
    """Return files by their kind, the kind with the heaviest of all first."""
    kinds: dict[str, list[Weight]] = defaultdict(list)
    for each in sorted(weights, key=lambda weight: -weight.size):
        kinds[kind_of(each.path)].append(each)
    return kinds


def choose(pages: Iterable[Weight]) -> list[str]:
    """Return which pages are opened: of each kind the heaviest, and those with most elements."""
    chosen: dict[str, None] = {}
    for group in by_kind(pages).values():
        largest = sorted(group, key=lambda page: -page.elements)
        chosen |= dict.fromkeys(page.path for page in (*group[:MOST], *largest[:MOST]))
    return [*chosen]


def over_limits(measured: Iterable[Measured]) -> Iterator[str]:
    """Yield a line for each file that is too heavy and each page that takes too long."""
    for corpus in measured:
        for each in (*corpus.pages, *corpus.data):
            if each.size > HEAVIEST and each.path not in DOWNLOADS:
                yield f"{each.path} weighs {each.size / 1e3:.0f} KB"
        for page in corpus.layouts:
            if median(page.processor) > SLOWEST:
                yield f"{page.path} takes {median(page.processor):.0f} ms at {page.screen}"


# --- layout -----------------------------------------------------------------------------------


def _lay_out(browser: Browser, site: Path, paths: Sequence[str], loads: int) -> Iterator[Layout]:
    """Yield what layout takes of each page on each screen."""
    for at, path in enumerate(paths, 1):
        for screen, (width, height) in SCREENS.items():
            context = browser.new_context(offline=True, viewport={"width": width, "height": height})
            times = [_load(browser, context, (site / path).as_uri()) for _ in range(loads)]
            context.close()
            yield Layout(path, screen, *zip(*times, strict=True))
        print(f"{at} of {len(paths)}: {path}", flush=True)


def _load(browser: Browser, context: BrowserContext, url: str) -> tuple[float, float, float]:
    """Open a page once; return what layout took of the processor, at a stretch, by the clock."""
    page = context.new_page()
    processor, clock = context.new_cdp_session(page), context.new_cdp_session(page)
    processor.send("Performance.enable", {"timeDomain": "threadTicks"})
    clock.send("Performance.enable", {"timeDomain": "timeTicks"})
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    page.goto(url, wait_until="load")
    page.evaluate(_SETTLED)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    tasks = [each["tdur"] / 1e3 for each in events if each["name"] in _TASKS and "tdur" in each]
    times = _taken(processor), max(tasks), _taken(clock)
    page.close()
    return times


def _taken(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1e3 * sum(float(each["value"]) for each in metrics if each["name"] in _DURATIONS)


# --- report -----------------------------------------------------------------------------------


def as_markdown(subject: str, machine: str, measured: Sequence[Measured]) -> str:
    """Return the report: what was measured, on what, and the tables of each corpus."""
    broken = [*over_limits(measured)]
    lines = [
        "# What pages weigh, and what it takes to lay them out",
        "",
        f"Written by `python -m benchmarks.pages`. Made-up corpora of {subject}.",
        f"No page and no data that a page loads may weigh more than {HEAVIEST / 1e3:.0f} KB",
        f"uncompressed, and no page take more than {SLOWEST:.0f} ms to lay out: the median of its",
        f"loads. {'These limits are broken:' if broken else 'All is within these limits.'}",
        *(f"\n- {each}" for each in broken),
        "",
        f"Opened were of the first corpus the {MOST} heaviest pages of each kind and the {MOST}",
        f"with most elements, of the other the {LARGEST} with most elements: from disk, the",
        "network off, each time in a fresh tab. Layout is all that Chromium says layout and styles",
        "took until the page was drawn and its scripts had run, in time of the processor: median",
        "and most of the page that took longest. At a stretch: the longest piece of any load.",
        "Clock: the same work by the clock, with what else the machine did in between; of each",
        "page the best load, of these the longest. On a phone what is far below waits its turn.",
        "",
        f"{machine}.",
    ]
    for corpus in measured:
        lines += ["", f"## {corpus.title}", "", *_page_rows(corpus), "", *_data_rows(corpus.data)]
    return "\n".join(lines) + "\n"


def _page_rows(corpus: Measured) -> Iterator[str]:
    columns = [*_COLUMNS, *(f"{screen}: {each}" for screen in SCREENS for each in _TIMES)]
    yield f"| {' | '.join(columns)} |"
    yield f"| --- |{' ---: |' * (len(columns) - 1)}"
    for kind, group in by_kind(corpus.pages).items():
        most = max(each.elements for each in group)
        cells = [f"`{kind}`", f"{len(group):,}", f"{group[0].size / 1e3:.0f}", f"{most:,}"]
        for screen in SCREENS:
            own = [each for each in corpus.layouts if kind_of(each.path) == kind]
            cells += _times([each for each in own if each.screen == screen])
        yield f"| {' | '.join(cells)} |"


def _times(seen: Sequence[Layout]) -> list[str]:
    if not seen:
        return ["–"] * len(_TIMES)
    slowest = max(seen, key=lambda each: median(each.processor))
    times = (
        median(slowest.processor),
        max(slowest.processor),
        max(max(each.stretch) for each in seen),
        max(min(each.clock) for each in seen),
    )
    return [f"{each:.0f}" for each in times]


def _data_rows(data: Sequence[Weight]) -> Iterator[str]:
    yield "| data | files | heaviest, KB | in all, KB |"
    yield "| --- | ---: | ---: | ---: |"
    for kind, group in by_kind(data).items():
        note = ", for other programs" if kind in DOWNLOADS else ""
        total = sum(each.size for each in group) / 1e3
        heaviest = group[0].size / 1e3
        yield f"| `{kind}`{note} | {len(group):,} | {heaviest:,.0f} | {total:,.0f} |"


def _machine(browser: str) -> str:
    """Return what the times depend on, and nothing that names the machine."""
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"{platform.python_implementation()} {platform.python_version()}, "
        f"sitegen {version('sitegen')}, Chromium {browser}, Playwright {version('playwright')}"
    )


if __name__ == "__main__":
    sys.exit(main())
