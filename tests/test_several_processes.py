"""Whatever several processes share out among them, the site is that of one that knows nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpus import write_corpus
from sitegen import read, work_pieces
from sitegen.build import build
from sitegen.cli import main, site
from sitegen.cli.console import ended_politely
from sitegen.data_files import list_rows
from sitegen.incremental.memory import open_memory
from sitegen.incremental.reuse import PageMemory
from sitegen.ledger import ledger, tables
from sitegen.processes import pool
from sitegen.render import render_page
from sitegen.views import SiteFile
from sitegen.write import Held, hold
from tests.commands import snapshot

CLAIM = "content/claims/claim-00005.yaml"
NEW = "content/claims/claim-00005-a.yaml"


def swap(file: Path, old: str, new: str) -> None:
    """Put other words in place of the first that are some words; fail where there are none."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def name_a_new_place(project: Path) -> None:
    """Have a claim name another place: lists hear of it through the run of the claim alone."""
    (project / "content/places/place-new.yaml").write_text("name: Newport\n", encoding="utf-8")
    swap(project / CLAIM, "places: [", "places: [place-new, ")


def rename_an_actor(project: Path) -> None:
    """Give another name to an actor whom many texts mention."""
    swap(project / "content/actors/actor-00002.yaml", 'name: "', 'name: "New ')


def say_something_else(project: Path) -> None:
    """Give a claim another statement."""
    swap(project / CLAIM, "went to", "was sent to")


def add_a_note(project: Path) -> None:
    """Write a claim that contradicts another and stands in the middle of all."""
    relation = "relations: [{type: contradicts, claim: claim-00001, why: Not both.}]\n"
    text = (project / CLAIM).read_text(encoding="utf-8")
    (project / NEW).write_text(text + relation, encoding="utf-8")


def remove_a_note(project: Path) -> None:
    """Take that claim away."""
    (project / NEW).unlink()


def move_all_quotations(project: Path) -> None:
    """Put a paragraph in front of an article, and write its new digest into its source."""
    seed, source = project / "seeds/source-00001.txt", "content/sources/source-00001.yaml"
    before = sha256(seed.read_bytes()).hexdigest()
    swap(seed, "\n\n", "\n\nThis was put in front.\n\n")
    swap(project / source, before, sha256(seed.read_bytes()).hexdigest())


def write_a_template(project: Path) -> None:
    """Write a template of the project's own: what makes all pages is no longer the same."""
    file = project / "templates/pages/place.html"
    file.parent.mkdir(parents=True)
    file.write_text("{{ page.title }}\n", encoding="utf-8")


EDITS: tuple[Callable[[Path], None], ...] = (
    name_a_new_place,
    rename_an_actor,
    say_something_else,
    add_a_note,
    remove_a_note,
    move_all_quotations,
    write_a_template,
)


def noted(log: Path, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return what does what a function does, and notes in a file which process did it."""

    def noting(*arguments: Any, **named: Any) -> Any:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{name} {os.getpid()}\n")
        return function(*arguments, **named)

    return noting


def share_everything() -> None:
    """Have processes share their work as if there were very many notes."""
    ledger._WORTH_IT = 1  # type: ignore[misc]
    tables._WORTH_SHARING = read._WORTH_SHARING = 20  # type: ignore[misc]


def build_together(folder: Path) -> None:
    """Build with two processes and what is known of the last build."""
    project, output = folder / "project", folder / "site"
    memory = open_memory(project, output)
    assert build(project, output, processes=2, memory=memory).published


def check_same(folder: Path) -> None:
    """Build with one process that knows nothing, and see that the site is the same."""
    assert build(folder / "project", folder / "alone", processes=1).published
    assert snapshot(folder / "site") == snapshot(folder / "alone")


def build_at_first(folder: str) -> None:
    """Build a project that nobody knows; note who does what.

    `here` is this process. Another makes the rows of lists; then this one and a third pack tables
    for the next build and write pages.
    """
    share_everything()
    log = Path(folder, "log")
    noted(log, "here", lambda: None)()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(list_rows, "_row", noted(log, "rows", list_rows._row))
        patch.setattr(PageMemory, "pack", noted(log, "packing", PageMemory.pack))
        patch.setattr(work_pieces, "render_page", noted(log, "pages", render_page))
        build_together(Path(folder))


def build_after_edits(folder: str) -> None:
    """Build again after one edit and another."""
    share_everything()
    for edit in EDITS:
        edit(Path(folder, "project"))
        build_together(Path(folder))
        check_same(Path(folder))


def be_interrupted(folder: str) -> None:
    """Interrupt a build between two of its files; print who works as the output is let go of."""
    share_everything()

    @contextmanager
    def holding(output: Path, keep_out: Sequence[Path]) -> Iterator[Held]:
        with hold(output, keep_out) as held:
            try:
                yield held
            finally:
                print(active_children(), flush=True)  # noqa: T201

    def interrupt(files: Iterator[SiteFile], _: int) -> Iterator[SiteFile]:
        yield next(files)
        print(len(active_children()))  # noqa: T201
        raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        build(
            Path(folder, "project"),
            Path(folder, "site"),
            processes=2,
            progress=interrupt,
            holding=holding,
        )


def be_ended(folder: str) -> None:
    """End a build between two of its files as `timeout` does: itself, and then all its group."""
    share_everything()

    def end(pages: Iterator[SiteFile], count: int) -> Iterator[SiteFile]:
        yield next(pages)
        print(len(active_children()), count > 1, flush=True)  # noqa: T201
        os.kill(os.getpid(), signal.SIGTERM)
        os.killpg(os.getpgrp(), signal.SIGTERM)
        yield from pages

    site._show_progress = end
    main(["build", f"{folder}/project", "--output", f"{folder}/site", "--jobs", "2"])


def tell_what_workers_block(_: str) -> None:
    """Print the signals that wait while another process works."""

    def blocked() -> list[str]:
        waiting = signal.pthread_sigmask(signal.SIG_BLOCK, [])
        return [each.name for each in (signal.SIGINT, signal.SIGTERM) if each in waiting]

    with pool.meanwhile(blocked) as result:
        print(*(result() or ()))  # noqa: T201


def run_alone(program: str, folder: Path, code: int = 0, errors: str = "") -> str:
    """Run a function of this module in a process that has no other threads, and a group of its own.

    It is to end with an exit code, and `errors` on standard error. What it keeps is below `folder`.
    """
    told = subprocess.run(
        [sys.executable, "-c", f"from {__name__} import {program}; {program}({str(folder)!r})"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        start_new_session=True,
        env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache")},
    )
    assert (told.returncode, told.stderr) == (code, errors)
    return told.stdout


def test_what_processes_make_together_is_what_one_makes_alone(tmp_path: Path) -> None:
    """Tables come from one process, are packed by others too, and hold for every later build."""
    write_corpus(tmp_path / "project", 100)
    run_alone("build_at_first", tmp_path)
    check_same(tmp_path)
    who = defaultdict(set)
    for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines():
        what, _, process = line.partition(" ")
        who[what].add(process)
    assert len(who["rows"]) == 1
    assert who["packing"]
    assert len(who["pages"]) == 2
    assert who["here"] <= who["pages"]
    assert who["packing"] <= who["pages"]
    assert who["rows"].isdisjoint(who["pages"])
    run_alone("build_after_edits", tmp_path)


def test_nobody_writes_any_more_when_the_output_is_let_go_of(tmp_path: Path) -> None:
    """Whoever comes next may stage files in the same place."""
    write_corpus(tmp_path / "project", 100)
    assert run_alone("be_interrupted", tmp_path).split() == ["1", "[]"]
    assert [each.name for each in tmp_path.iterdir() if "sitegen-new" in each.name] == []


def test_build_that_is_ended_clears_up(tmp_path: Path) -> None:
    """SIGTERM leaves neither what was begun, in either place, nor anybody who works on.

    It is said as Ctrl-C is.
    """
    write_corpus(tmp_path / "project", 100)
    told = run_alone("be_ended", tmp_path, code=128 + signal.SIGTERM, errors="\nAborted!\n")
    assert told == "1 True\n"
    left = sorted(each.name for each in tmp_path.iterdir())
    assert left == [".site.sitegen-lock", "cache", "project"]
    assert [*(tmp_path / "cache").rglob("*.tmp")] == []


def test_end_is_heard_once() -> None:
    """Whoever clears up is left to it, and so is who ends then with the code of the first."""

    @ended_politely()
    def be_ended_twice() -> None:
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            signal.raise_signal(signal.SIGTERM)
            cleared.append(True)

    cleared: list[bool] = []
    former = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        with pytest.raises(SystemExit, match="143"):
            be_ended_twice()
        signal.raise_signal(signal.SIGTERM)
        assert cleared
    finally:
        signal.signal(signal.SIGTERM, former)


def test_workers_leave_to_who_made_them_what_ends_them(tmp_path: Path) -> None:
    """One that ended in the middle of its answer would be waited for without end."""
    blocked = run_alone("tell_what_workers_block", tmp_path)
    assert blocked.split() == ["SIGINT", "SIGTERM"]


def test_end_that_is_ignored_stays_so() -> None:
    """Whoever starts a build decides; what is there is left alone, and is there afterwards."""
    former = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with ended_politely():
            signal.raise_signal(signal.SIGTERM)
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        with ended_politely():
            pass
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, former)
