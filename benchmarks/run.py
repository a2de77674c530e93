"""How long builds take at some sizes: cold, with nothing changed, and after one note changed.

Every run has a project, an output folder and a cache of its own, so that a cold build finds nothing
of an earlier one. sitegen and other generators take turns on the same corpus, build by build, so
that a slow minute of the machine hits all: the ratios count, not the times. Each build is a process
of its own, and what it used is what the system says of it when it ends.

    python -m benchmarks.run

writes `benchmarks/RESULTS.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from itertools import pairwise, product
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.corpus import SMALLEST, write_corpus
from benchmarks.peers import PEERS, Peer, plain_pages
from benchmarks.serving import time_saved_notes
from benchmarks.shape import note_id

_SAVED: Final = 5  # notes that are saved while the site is served

RESULTS = Path(__file__).with_name("RESULTS.md")
CASES = ("cold", "nothing changed", "one note changed")
SERVED = "serve: one note saved"


@dataclass(frozen=True, slots=True)
class Usage:
    """What one build took. `wall` and `cpu` (user and system) in seconds, `peak` in megabytes.

    `cpu` includes processes that the build started and waited for; `peak` is that of the largest
    single process among them. Of a saved note, `wall` runs until its page shows it.
    """

    wall: float
    cpu: float
    peak: float


Timings = Mapping[tuple[int, str, str], Sequence[Usage]]
"""Usage of each run, by the number of claims, the generator and the case."""

OURS = "sitegen"
REFERENCE = "Hugo"


def main() -> int:
    """Time builds as the command line asks, and write the table."""
    parser = argparse.ArgumentParser(description="Time builds and write benchmarks/RESULTS.md.")
    parser.add_argument("--claims", type=int, nargs="+", default=[1000, 10000], help="the sizes")
    parser.add_argument("--runs", type=int, default=3, help="how often each is built")
    parser.add_argument(
        "--alone", type=int, nargs="*", default=[100_000], help="sizes for sitegen alone, once each"
    )
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file to write")
    names = [peer.name for peer in PEERS]
    parser.add_argument(
        "--peers", nargs="*", choices=names, default=[REFERENCE], help="whom to run beside it"
    )
    options = parser.parse_args()
    peers = [peer for peer in PEERS if peer.name in options.peers]
    timings: dict[tuple[int, str, str], list[Usage]] = defaultdict(list)
    # Some file systems are slow to make files where many have just been removed: nothing goes
    # before all is done.
    with tempfile.TemporaryDirectory(prefix="benchmark-") as rooms:
        every = [*product(range(1, options.runs + 1), options.claims)]
        every += product([1], options.alone)
        for run, claims in every:
            room = Path(rooms) / f"{claims}-{run}"
            is_alone = claims in options.alone
            builds = time_one_run(claims, () if is_alone else peers, room, serves=not is_alone)
            for name, case, usage in builds:
                timings[claims, name, case].append(usage)
                print(
                    f"run {run}, {claims:,} claims, {name}, {case}: "
                    f"{usage.wall:.2f} s, {usage.cpu:.2f} s of processor, {usage.peak:.0f} MB",
                    flush=True,
                )
        spent = time_stages(max(options.claims), Path(rooms) / "stages")
    report = as_markdown(timings) + stages_as_markdown(max(options.claims), spent)
    options.results.write_text(report, encoding="utf-8")
    return 0


def time_stages(claims: int, room: Path) -> dict[str, Mapping[str, float]]:
    """Return what each stage of sitegen takes in a cold build and after a change of one note."""
    spent: dict[str, Mapping[str, float]] = {}
    project = room / OURS
    write_corpus(project, claims)
    note = project / "content" / "claims" / f"{note_id('claim', claims // 2)}.yaml"
    command = [sys.executable, "-m", "benchmarks.stages", str(project), str(room / "site")]
    _compile(room)
    for case in ("cold", "one note changed"):
        if case != "cold":
            _change(note)
        found = subprocess.run(command, env=_environment(room), stdout=subprocess.PIPE, check=True)
        spent[case] = json.loads(found.stdout)
    return spent


def stages_as_markdown(claims: int, spent: Mapping[str, Mapping[str, float]]) -> str:
    """Return what the time goes to, as a table with a row for each stage."""
    stages = dict.fromkeys(stage for each in spent.values() for stage in each)
    lines = [
        "",
        f"## What the time goes to, at {claims:,} claims",
        "",
        "Processor time in one process, in seconds, of one build each; a stage's time is its own.",
        "",
        f"| stage | {' | '.join(spent)} |",
        f"| --- | {' | '.join('---:' for _ in spent)} |",
    ]
    for stage in stages:
        values = " | ".join(f"{each.get(stage, 0):.2f}" for each in spent.values())
        lines.append(f"| {stage} | {values} |")
    totals = " | ".join(f"{sum(each.values()):.2f}" for each in spent.values())
    return "\n".join([*lines, f"| in all | {totals} |"]) + "\n"


def time_one_run(
    claims: int, peers: Sequence[Peer], room: Path, *, serves: bool = True
) -> Iterator[tuple[str, str, Usage]]:
    """Yield the usage of each generator in each case, in turns, on a corpus of its own.

    With `serves`, some notes are saved afterwards while sitegen serves the site.
    """
    project, site = room / OURS, room / "site"
    write_corpus(project, claims)
    pages = plain_pages(project) if peers else {}
    claim = note_id("claim", claims // 2)
    command = [sys.executable, "-m", "sitegen", "build", str(project), "--output", str(site)]
    builds = [(OURS, command, project / "content" / "claims" / f"{claim}.yaml")]
    for peer in peers:
        folder = room / peer.name
        peer.write(folder, pages)
        laid_out = peer.command(folder, room / f"{peer.name}-site")
        builds.append((peer.name, laid_out, folder / peer.change.format(claim)))
    _compile(room)
    for case in CASES:
        for name, command, note in builds:
            if case == "one note changed":
                _change(note)
            yield name, case, _run(command, room)
    if not serves:
        return
    saved = [note_id("claim", claims // 2 + number) for number in range(_SAVED)]
    for each in time_saved_notes(project, saved, _environment(room), room):
        yield OURS, SERVED, Usage(each.wall, each.cpu, each.held)


def as_markdown(timings: Timings) -> str:
    """Return the report: what was timed, on what, and the table with its ratios."""
    sizes = sorted({claims for claims, _, _ in timings})
    names = list(dict.fromkeys(name for _, name, _ in timings))
    figures = f"runs | clock, s | processor, s | peak, MB | {REFERENCE} = 1"
    lines = [
        "# How long builds take",
        "",
        "Written by `make bench`. Made-up corpora with claims, events, sources and actors in the",
        "ratio 100 : 25 : 5 : 2; medians of so many runs, the lowest and highest in brackets. Time",
        "on the clock, time of processors (user and system), peak memory of the largest process;",
        f"then the time on the clock as a share of that of {REFERENCE} in the same run. Others get",
        "the same notes as plain pages, with links and backlinks, as `benchmarks/peers.py` says.",
        "Cold: nothing is known of the project; modules and templates were compiled before.",
        f"Served: while `sitegen serve` runs, {_SAVED} notes are saved each after the other; until",
        "its page, fetched over HTTP, shows it; memory is what all its processes hold then.",
        "",
        f"{_machine(names)}.",
        "",
        f"| claims | generator | build | {figures} |",
        "| ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for claims in sizes:
        for case in (*CASES, SERVED):
            for name in names:
                if (claims, name, case) not in timings:
                    continue
                used = timings[claims, name, case]
                clock = _spread([each.wall for each in used], ".2f")
                processor = _spread([each.cpu for each in used], ".2f")
                peak = _spread([each.peak for each in used], ".0f")
                share = _share(used, timings.get((claims, REFERENCE, case), ()))
                figures = f"{len(used)} | {clock} | {processor} | {peak} | {share}"
                lines.append(f"| {claims:,} | {name} | {case} | {figures} |")
    for small, large in pairwise(sizes):
        lines += ["", f"Ratios {large:,} : {small:,} (claims {large / small:g} : 1)", ""]
        lines += ["| generator | build | clock | processor | peak |"]
        lines += ["| --- | --- | ---: | ---: | ---: |"]
        for name in names:
            lines += [
                f"| {name} {_ratios(case, timings[small, name, case], timings[large, name, case])}"
                for case in (*CASES, SERVED)
                if (small, name, case) in timings and (large, name, case) in timings
            ]
    return "\n".join(lines) + "\n"


def _share(used: Sequence[Usage], reference: Sequence[Usage]) -> str:
    """Return the median of the ratios of runs that stood side by side."""
    pairs = zip(used, reference, strict=False)
    ratios = [ours.wall / theirs.wall for ours, theirs in pairs]
    return f"{median(ratios):.2f}" if ratios else "–"


def _ratios(case: str, small: Sequence[Usage], large: Sequence[Usage]) -> str:
    """Return the row that compares two sizes by their medians."""
    clock = median(each.wall for each in large) / median(each.wall for each in small)
    processor = median(each.cpu for each in large) / median(each.cpu for each in small)
    peak = median(each.peak for each in large) / median(each.peak for each in small)
    return f"| {case} | {clock:.1f} | {processor:.1f} | {peak:.1f} |"


def _change(note: Path) -> None:
    """Change one claim the way an author does: its statement and its analysis."""
    text = note.read_text(encoding="utf-8")
    changed = text.replace(" went to ", " was sent to ", 1).rstrip("\n") + " That was in spring.\n"
    note.write_text(changed, encoding="utf-8", newline="")


def _environment(room: Path) -> dict[str, str]:
    """Return the variables of a build: with a cache of its own, and compiled modules kept in it."""
    own = {"XDG_CACHE_HOME": str(room / "cache"), "PYTHONPYCACHEPREFIX": str(room / "modules")}
    return {**os.environ, **own, "PYTHONDONTWRITEBYTECODE": ""}


def _compile(room: Path) -> None:
    """Have modules and templates compiled, as they are after the first build with a version."""
    project = room / "first"
    write_corpus(project, SMALLEST)
    _run([sys.executable, "-m", "sitegen", "build", str(project)], room)


def _run(command: Sequence[str], room: Path) -> Usage:
    """Run a build in a process of its own and return what that took."""
    log, result = room / "log", room / "result"
    launch = [sys.executable, "-S", "-m", "benchmarks.launch", str(result), *command]
    with log.open("wb") as out:
        done = subprocess.run(
            launch, stdout=out, stderr=subprocess.STDOUT, env=_environment(room), check=False
        )
    if done.returncode:
        sys.exit(f"the build failed:\n{log.read_text(encoding='utf-8', errors='replace')}")
    return Usage(*json.loads(result.read_text(encoding="utf-8")))


def _spread(values: Sequence[float], form: str) -> str:
    """Return the median with the lowest and the highest value."""
    return f"{median(values):{form}} ({min(values):{form}}–{max(values):{form}})"


def _machine(generators: Sequence[str]) -> str:
    """Return what the times depend on, and nothing that names the machine."""
    names = [re.split(r"[^A-Za-z0-9._-]", each, maxsplit=1)[0] for each in _runtime_requirements()]
    libraries = ", ".join(f"{name} {version(name)}" for name in sorted(names))
    others = "".join(f"; {each} {_version_of(each)}" for each in generators if each != OURS)
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"{platform.python_implementation()} {platform.python_version()}, "
        f"sitegen {version('sitegen')}, {libraries}{others}"
    )


def _version_of(generator: str) -> str:
    try:
        return version(generator.lower())
    except PackageNotFoundError:
        return "of a version that is not known"


def _runtime_requirements() -> list[str]:
    """Return what sitegen needs when it runs, as its metadata say."""
    return [each for each in requires("sitegen") or () if "extra ==" not in each]


if __name__ == "__main__":
    sys.exit(main())
