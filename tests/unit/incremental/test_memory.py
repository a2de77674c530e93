"""A build does not do again what it knows to come to the same."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import build as build_stages
from sitegen import file_contents, prove, read, render, work_pieces
from sitegen.build import build
from sitegen.check import JUDGED, check_findings
from sitegen.data_files.export import LINES
from sitegen.data_files.list_facts import ORDERS
from sitegen.data_files.search import WEIGHTS
from sitegen.incremental import kept_files, memory
from sitegen.incremental.last_build import index_beforehand, open_beforehand
from sitegen.incremental.memory import open_memory, recall
from sitegen.ledger import Ledger
from sitegen.ledger.packing import Packing
from sitegen.ledger.traces import numbers_in
from sitegen.ledger.watched import WatchedTable
from sitegen.link import CITATIONS
from sitegen.make import make_files
from sitegen.markup import Conversions, conversions_of
from sitegen.model import Site
from sitegen.notes import SourceId
from sitegen.output import swap
from sitegen.processes import workers
from sitegen.quotes import QuoteMatch, find_quote
from sitegen.quotes.folding import FoldedText
from sitegen.serving.private_site import PrivateSite
from sitegen.storage.cache import CacheFile, Sections, Stamped, file_digests, stamps
from sitegen.storage.packed import Packed
from sitegen.storage.packet_file import PacketFile
from sitegen.storage.packets import Damaged
from sitegen.views import OutputFile, PageSpec, SiteFile
from sitegen.write import File, Held, Published
from tests.archive import unpack
from tests.conftest import MakeProject

OPTIONS = (False, "")
SITE = """
-- content/site.yaml --
title: The briefing
-- content/sources/a.yaml --
title: The A
text: a.txt
-- seeds/a.txt --
It rained.
-- content/claims/c.yaml --
statement: It rained.
evidence: [{source: a, quote: It rained.}]
-- content/places/town.yaml --
name: Town
"""


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that tells which notes are read and which pages are rendered."""
    done: list[str] = []
    read_note, render_page = file_contents.read_note, render.render_page

    def reading(ref, path, text):  # type: ignore[no-untyped-def]
        done.append(path)
        return read_note(ref, path, text)

    def rendering(spec, *others):  # type: ignore[no-untyped-def]
        done.append(spec.path)
        return render_page(spec, *others)

    monkeypatch.setattr(file_contents, "read_note", reading)
    monkeypatch.setattr(work_pieces, "render_page", rendering)
    return done


def test_only_what_changed_is_done_again(
    project: MakeProject, tmp_path: Path, work: list[str]
) -> None:
    """After a change to one note, that note is read and the pages that show it are rendered."""
    folder, output = project(SITE), tmp_path / "site"
    build(folder, output, processes=1, memory=open_memory(folder, output))
    work.clear()
    town = folder / "content/places/town.yaml"
    town.write_text(f"{town.read_text()}country: Elsewhere\n")
    build(folder, output, processes=1, memory=open_memory(folder, output))

    assert "content/places/town.yaml" in work
    assert "places/town.html" in work
    assert "places/index.html" in work
    assert not {"content/claims/c.yaml", "claims/c.html", "sources/a.html"} & set(work)


def test_what_texts_and_quotes_come_to_is_taken_over(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Worked out again is that of the changed note; the rest comes from the file."""
    worked_out: list[str] = []
    known: list[str] = []
    looked_for: list[str] = []

    def noting(texts: Iterable[str]) -> Conversions:
        held = [*texts]
        worked_out.extend(held)
        return conversions_of(held)

    def knowing(conversions: Iterable[Conversions]) -> None:
        known.extend(text for each in conversions for text in each.markups)

    def finding(text: FoldedText, quote: str, prefix: str, suffix: str) -> QuoteMatch:
        looked_for.append(quote)
        return find_quote(text, quote, prefix, suffix)

    monkeypatch.setattr(file_contents, "conversions_of", noting)
    for module in (kept_files, read):
        monkeypatch.setattr(module, "know_conversions", knowing)
    monkeypatch.setattr(prove, "find_quote", finding)
    folder, output = project(SITE), tmp_path / "site"
    note = folder / "content/claims/c.yaml"
    note.write_text(f"{note.read_text()}analysis: It *rained* [[c]].\n")
    build(folder, output, processes=1, memory=open_memory(folder, output))
    assert looked_for
    for noted in (worked_out, known, looked_for):
        noted.clear()
    (folder / "content/places/town.yaml").write_text("name: City\nsummary: By the *sea*.\n")
    build(folder, output, processes=1, memory=open_memory(folder, output))

    assert worked_out == ["By the *sea*."]
    assert {"By the *sea*.", "It *rained* [[c]]."} <= set(known)
    assert looked_for == []


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list of the files that are made, which are traced, unlike those that stand."""
    paths: list[str] = []
    trace = Ledger.trace

    def noting(self: Ledger, make: Callable[[], Any]) -> tuple[Any, bytes]:
        made, looked_up = trace(self, make)
        paths.extend(
            each.path
            for each in (made if isinstance(made, list) else ())
            if isinstance(each, OutputFile | PageSpec)
        )
        return made, looked_up

    monkeypatch.setattr(Ledger, "trace", noting)
    return paths


def test_nobody_is_asked_for_pages_that_show_nothing_of_a_change(
    project: MakeProject, tmp_path: Path, asked: list[str]
) -> None:
    """The views of such pages are not made again, not even to see that they are as they were."""
    folder, output = project(SITE), tmp_path / "site"
    build(folder, output, processes=1, memory=open_memory(folder, output))
    assert {"claims/c.html", "places/town.html", "sources/a.html"} <= set(asked)
    asked.clear()
    change_to(folder / "content/claims/c.yaml", "It rained.", "It did rain.")
    build(folder, output, processes=1, memory=open_memory(folder, output))

    assert {"claims/c.html", "sources/a.html"} <= set(asked)
    assert "places/town.html" not in asked


def test_a_page_is_rendered_from_its_view_alone(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others are asked for their views in between, so that nobody would note what it looks up."""
    folder, output = project(SITE), tmp_path / "site"
    rendered: list[str] = []
    render_page = render.render_page

    def watched(spec: PageSpec, *others: Any) -> bytes:
        with monkeypatch.context() as patch:
            for name in ("_note", "__missing__"):
                patch.setattr(WatchedTable, name, lambda *_: pytest.fail(spec.path))
            rendered.append(spec.path)
            return render_page(spec, *others)

    monkeypatch.setattr(work_pieces, "render_page", watched)
    build(folder, output, processes=1, memory=open_memory(folder, output))

    assert "claims/c.html" in rendered


TWO_OF_EACH = f"""{SITE}
-- content/sources/b.yaml --
title: The B
text: b.txt
-- seeds/b.txt --
It snowed.
-- content/claims/d.yaml --
statement: It snowed.
evidence: [{{source: b, quote: It snowed.}}]
"""


def test_previews_are_made_again_where_they_show_a_change(
    project: MakeProject, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim's words stand in its own shard, in that of its evidence and of what it quotes."""
    monkeypatch.setattr("sitegen.pages.preview_shards.LARGEST_SHARD", 1)
    folder, output = project(TWO_OF_EACH), tmp_path / "site"
    build(folder, output, processes=1, memory=open_memory(folder, output))
    every = {path for path in asked if path.startswith("data/previews/")}
    asked.clear()
    change_to(folder / "content/claims/d.yaml", "It snowed.", "It did snow.")
    build(folder, output, processes=1, memory=open_memory(folder, output))
    again = {path for path in asked if path.startswith("data/previews/")}

    assert every == {path.relative_to(output).as_posix() for path in output.glob("data/previews/*")}
    assert again == {
        f"data/previews/{name}.js" for name in ("claims-2", "excerpts-2", "excerpts-4")
    }


def test_parts_of_lists_are_made_again_where_they_show_a_change(
    project: MakeProject, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim that is filed under other letters leaves one part of each list and enters another."""
    monkeypatch.setattr("sitegen.pages.splitting.LIGHT", 1)
    folder, output = project(TWO_OF_EACH), tmp_path / "site"
    build(folder, output, processes=1, memory=open_memory(folder, output))
    lists = ("claims/list/it-r.html", "sources/list/undated.html", "places/list/all.html")
    assert {*lists, "unknowns/ungraded/the-a.html", "coverage/undated.html"} <= set(asked)
    asked.clear()
    change_to(folder / "content/claims/d.yaml", "It snowed.", "Did it snow?")
    build(folder, output, processes=1, memory=open_memory(folder, output))
    again = {path for path in asked if not path.startswith("data/")}

    assert again == {
        *("claims/d.html", "sources/b.html"),
        *("claims/index.html", "claims/list/d.html", "claims/list/i.html"),
        *("unknowns.html", "unknowns/single/d.html", "unknowns/single/i.html"),
        # These two name the parts that follow them.
        *("unknowns/ungraded/the-a.html", "unknowns/ungraded/the-b.html"),
        "matrix/others/all.html",
        "method.html",  # it shows a claim of each judgement
    }


def change_to(file: Path, before: str, after: str) -> None:
    """Write other words in place of the first occurrence of some in a file."""
    file.write_text(file.read_text().replace(before, after, 1))


def test_files_in_one_place_are_told_as_by_a_build_from_nothing(
    project: MakeProject, tmp_path: Path
) -> None:
    """Of several such mistakes it is the same that is named, whatever was taken over before."""
    folder, output = project(TWO_OF_EACH), tmp_path / "site"
    build(folder, output, processes=1, memory=open_memory(folder, output))
    before = {path: path.read_bytes() for path in output.rglob("*") if path.is_file()}
    project("".join(f"-- templates/static/{name} --\nx\n" for name in ("Sitegen.JS", "nul.txt")))
    warm = build(folder, output, processes=1, memory=open_memory(folder, output))
    cold = build(folder, tmp_path / "cold", processes=1)

    assert warm.published is None
    assert [str(each) for each in warm.examined.diagnostics] == [
        str(each) for each in cold.examined.diagnostics
    ]
    assert "static/sitegen.js" in str(cold.examined.diagnostics)
    assert {path: path.read_bytes() for path in output.rglob("*") if path.is_file()} == before


def test_pages_that_stand_are_not_among_those_that_are_made(
    project: MakeProject, tmp_path: Path
) -> None:
    """Whoever shows how far a build is sees the pages that are being made, and how many."""
    folder, output = project(SITE), tmp_path / "site"
    seen: list[set[str]] = []
    counts: list[int] = []

    def progress(pages: Iterator[SiteFile], count: int) -> Iterator[SiteFile]:
        made = [*pages]
        counts.append(count)
        seen.append({page.path for page in made})
        return iter(made)

    for _ in range(2):
        build(folder, output, processes=1, memory=open_memory(folder, output), progress=progress)
        change_to(folder / "content/places/town.yaml", "name:", "country: Elsewhere\nname:")
    assert "claims/c.html" in seen[0] - seen[1]
    assert "places/town.html" in seen[0] & seen[1]
    assert counts[1] < counts[0]


def test_same_bytes_with_another_time_are_no_change(
    project: MakeProject, tmp_path: Path, work: list[str]
) -> None:
    """A file counts by its content: a fresh checkout of the same notes is not read again."""
    folder, output = project(SITE), tmp_path / "site"
    build(folder, output, memory=open_memory(folder, output))
    os.utime(folder / "content/claims/c.yaml", (1, 1))
    work.clear()

    assert recall(open_memory(folder, output), OPTIONS)
    build(folder, output, memory=open_memory(folder, output))
    assert not work


def test_unchanged_project_is_recalled(project: MakeProject, tmp_path: Path) -> None:
    """What the last build had to say comes back without another build."""
    folder, output = project(SITE), tmp_path / "site"
    built = build(folder, output, memory=open_memory(folder, output))
    outcome = recall(open_memory(folder, output), OPTIONS)

    assert outcome is not None
    assert outcome.diagnostics == built.examined.diagnostics
    assert outcome.quotes == {"exact": 1}
    assert built.published is not None
    assert outcome.files == len(built.published.written)


@pytest.mark.parametrize("path", ["site/index.html", "project/content/claims/c.yaml"])
def test_any_change_is_noticed(project: MakeProject, tmp_path: Path, path: str) -> None:
    """Neither another note nor another page than the last build left is taken for the same."""
    folder, output = project(SITE), tmp_path / "site"
    build(folder, output, memory=open_memory(folder, output))
    with (tmp_path / path).open("a") as file:
        file.write("# more\n")

    assert recall(open_memory(folder, output), OPTIONS) is None


def test_half_a_change_is_noticed(project: MakeProject, tmp_path: Path) -> None:
    """What a killed build left is put right by another, though no page differs from the last."""
    folder, output = project(SITE), tmp_path / "site"
    build(folder, output, memory=open_memory(folder, output))
    (tmp_path / ".site.sitegen-undo").mkdir()

    assert recall(open_memory(folder, output), OPTIONS) is None
    build(folder, output, memory=open_memory(folder, output))
    assert recall(open_memory(folder, output), OPTIONS)


def test_other_options_are_another_build(project: MakeProject, tmp_path: Path) -> None:
    """What was built for one address, or with warnings let pass, is not what is asked for."""
    folder, output = project(SITE), tmp_path / "site"
    build(folder, output, memory=open_memory(folder, output))

    assert recall(open_memory(folder, output), (True, "")) is None
    assert recall(open_memory(folder, output), (False, "https://a.org/")) is None


def test_project_with_links_is_read_anew(
    project: MakeProject, tmp_path: Path, work: list[str]
) -> None:
    """What a symbolic link leads to can change unseen, so nothing is taken over."""
    folder, output = project(SITE), tmp_path / "site"
    (folder / "content/claims/c.yaml").rename(folder / "kept.yaml")
    (folder / "content/claims/c.yaml").symlink_to(folder / "kept.yaml")
    build(folder, output, memory=open_memory(folder, output))
    with (folder / "kept.yaml").open("a") as file:
        file.write("tags: [new]\n")
    work.clear()

    assert recall(open_memory(folder, output), OPTIONS) is None
    build(folder, output, memory=open_memory(folder, output))
    assert "claims/c.html" in work


def test_note_that_changes_before_it_is_read_is_not_taken_for_built(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site shows what was read, and not what was there when the files were looked at."""
    folder, output = project(SITE), tmp_path / "site"
    claim = folder / "content/claims/c.yaml"
    before = claim.read_text()
    read_project = read.read_project

    def meddling(*arguments):  # type: ignore[no-untyped-def]
        claim.write_text(f"{before}tags: [new]\n")
        return read_project(*arguments)

    monkeypatch.setattr(build_stages, "read_project", meddling)
    build(folder, output, processes=1, memory=open_memory(folder, output))
    claim.write_text(before)

    assert recall(open_memory(folder, output), OPTIONS) is None


def test_note_that_is_put_back_after_it_was_read_is_as_it_was_built(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a note held while pages were made does not matter: they show what was read."""
    folder, output = project(SITE), tmp_path / "site"
    claim = folder / "content/claims/c.yaml"
    before = claim.read_text()
    render_page = render.render_page

    def meddling(*arguments):  # type: ignore[no-untyped-def]
        claim.write_text(f"{before}tags: [new]\n")
        return render_page(*arguments)

    monkeypatch.setattr(work_pieces, "render_page", meddling)
    build(folder, output, processes=1, memory=open_memory(folder, output))

    assert "new" not in (output / "claims/c.html").read_text()
    assert recall(open_memory(folder, output), OPTIONS) is None
    claim.write_text(before)
    assert recall(open_memory(folder, output), OPTIONS) is not None


@pytest.mark.parametrize("path", ["content/site.yaml", "templates/static/own.txt"])
def test_what_else_changes_during_a_build_is_not_taken_for_built(
    path: str, project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can say which contents of settings and templates a site shows."""
    folder, output = project(f"{SITE}-- templates/static/own.txt --\nmine\n"), tmp_path / "site"
    file = folder / path
    before = file.read_text()
    render_page = render.render_page

    def meddling(*arguments):  # type: ignore[no-untyped-def]
        file.write_text(f"{before}# new\n")
        return render_page(*arguments)

    monkeypatch.setattr(work_pieces, "render_page", meddling)
    build(folder, output, processes=1, memory=open_memory(folder, output))
    file.write_text(before)

    assert recall(open_memory(folder, output), OPTIONS) is None


def test_who_builds_right_after_recalling_does_not_look_again(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files are looked at once before a build and once after it, with a recall or without."""
    folder, output = project(SITE), tmp_path / "site"
    build(folder, output, memory=open_memory(folder, output))
    (folder / "content/places/town.yaml").write_text("name: City\n")
    looked: list[Path] = []
    stamp_files = stamps.stamp_files

    def looking(root: Path, folders: Iterable[str]) -> Stamped:
        looked.append(root)
        return stamp_files(root, folders)

    monkeypatch.setattr(memory, "stamp_files", looking)
    known = open_memory(folder, output)
    assert recall(known, OPTIONS) is None
    build(folder, output, memory=known)
    assert looked.count(folder) == 2


@pytest.mark.parametrize(
    "changed",
    [
        ("templates/pages/place.html", "{}\n"),
        ("content/places/town.yaml", "name: {}\n"),
        ("content/site.yaml", "title: {}\n"),
    ],
)
@pytest.mark.parametrize("is_first", [False, True])
def test_page_of_what_was_put_back_does_not_stay(
    changed: tuple[str, str],
    is_first: bool,
    project: MakeProject,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file that changes after it was looked at, and back after the build, leaves no page."""
    path, words = changed
    folder, output = project(SITE), tmp_path / "site"
    file, page = folder / path, output / "places/town.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    if not is_first:
        file.write_text(words.format("older"))
        build(folder, output, memory=open_memory(folder, output))
    file.write_text(words.format("AAA"))
    read_project = read.read_project

    def reading(*arguments: Any) -> Any:
        file.write_text(words.format("BBB"))
        return read_project(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(build_stages, "read_project", reading)
        build(folder, output, memory=open_memory(folder, output))
    file.write_text(words.format("AAA"))
    assert recall(open_memory(folder, output), OPTIONS) is None
    build(folder, output, memory=open_memory(folder, output))

    assert "AAA" in page.read_text()
    assert "BBB" not in page.read_text()


def test_first_build_reads_each_note_and_article_once(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its digest is that of the bytes that were read; nobody tells that of settings."""
    folder, output = project(SITE), tmp_path / "site"
    found_out: list[Path] = []
    digest = file_digests._digest

    def reading(path: Path) -> bytes:
        found_out.append(path.relative_to(folder))
        return digest(path)

    monkeypatch.setattr(file_digests, "_digest", reading)
    build(folder, output, memory=open_memory(folder, output))

    assert [each for each in found_out if each.suffix] == [Path("content/site.yaml")]


def test_page_that_is_touched_right_after_the_build_is_not_the_builds_own(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that waits for new pages and changes them does not pass for the build."""
    folder, output = project(SITE), tmp_path / "site"
    put_in_place = swap.put_in_place

    def touching(staged: Path, target: Path) -> Path | None:
        left = put_in_place(staged, target)
        (target / "places/town.html").write_text("touched")
        return left

    with monkeypatch.context() as patch:
        patch.setattr("sitegen.write.put_in_place", touching)
        build(folder, output, memory=open_memory(folder, output))

    assert recall(open_memory(folder, output), OPTIONS) is None
    build(folder, output, memory=open_memory(folder, output))
    assert (output / "places/town.html").read_text() != "touched"


def test_who_is_told_of_changes_looks_at_nothing_else(project: MakeProject, tmp_path: Path) -> None:
    """A change that was told is seen; one that was not waits until somebody looks for it."""
    folder, output = project(SITE), tmp_path / "site"
    watched = memory.Watched()
    known = memory.Memory(folder, output, watched=watched)
    build(folder, output, processes=1, memory=known)
    for name in ("content/places/town.yaml", "content/claims/c.yaml"):
        file = folder / name
        file.write_text(f"{file.read_text()}tags: [wet]\n")
    watched.changed.add("content/places/town.yaml")
    before = memory.look_at_inputs(known).digests.every()

    assert memory.untold(known) == {"content/claims/c.yaml"}
    watched.changed |= memory.untold(known)
    after = memory.look_at_inputs(known).digests.every()
    assert {path for path, _ in before.items() ^ after.items()} == {"content/claims/c.yaml"}


def test_memory_of_changes_is_of_those_since_files_were_looked_at(
    project: MakeProject, tmp_path: Path
) -> None:
    """Once looked at, a file is told from what was read of it by its bytes, whatever comes of it.

    A round that reads nothing, for there are no notes just then, makes nobody forget an article.
    """
    folder, output = project(SITE), tmp_path / "site"
    watched = memory.Watched()
    known = memory.Memory(folder, output, watched=watched)
    build(folder, output, processes=1, memory=known)
    (folder / "content").rename(folder / "away")
    (folder / "seeds/a.txt").write_text("It rained. Then it snowed.\n")
    watched.changed |= {"content", "seeds/a.txt"}
    assert build(folder, output, processes=1, memory=known).published is None
    assert not watched.changed
    (folder / "away").rename(folder / "content")
    watched.changed.add("content")
    build(folder, output, processes=1, memory=known)

    assert "Then it snowed." in (output / "sources/a.html").read_text()


def test_link_that_comes_is_seen_by_who_is_told_of_changes(
    project: MakeProject, tmp_path: Path
) -> None:
    """What folders hold is asked of them anew, though there are the same files as before."""
    folder, output = project(SITE), tmp_path / "site"
    watched = memory.Watched()
    known = memory.Memory(folder, output, watched=watched)
    build(folder, output, processes=1, memory=known)
    (folder / "kept.yaml").write_text("name: Village\n")
    (folder / "content/places/village.yaml").symlink_to(folder / "kept.yaml")
    watched.changed.add("content/places/village.yaml")
    build(folder, output, processes=1, memory=known)

    assert (output / "places/village.html").exists()


def test_what_is_not_kept_to_its_end_is_not_remembered(
    project: MakeProject, tmp_path: Path
) -> None:
    """If what keeps the work of a build fails, all that is remembered is of the build before."""
    folder, output = project(SITE), tmp_path / "site"
    known = memory.Memory(folder, output)
    build(folder, output, processes=1, memory=known)
    outcome, sections = known.outcome, known.sections
    assert outcome is not None

    def work() -> Iterator[tuple[str, Any]]:
        yield "notes", {}
        raise MemoryError

    with pytest.raises(MemoryError):
        known.keep(replace(outcome, files=0), work())
    assert known.outcome is outcome
    assert known.sections is sections


@pytest.mark.parametrize(
    "name",
    [
        "notes",
        *(f"table {each}" for each in (LINES, *WEIGHTS, ORDERS["claims"], JUDGED, CITATIONS)),
    ],
)
def test_what_every_build_looks_into_is_opened_beforehand(
    name: str, project: MakeProject, tmp_path: Path
) -> None:
    """So that the first change under a server is not waited for longer than others."""
    known = memory.Memory(project(SITE), tmp_path / "site", aside=tmp_path)
    build(known.project, known.output, processes=1, memory=known)
    section = known.sections[name]
    values = section if isinstance(section, Packed) else section.values
    values._opened.clear()
    opened: list[bytes] = []
    values.on_opening = opened.extend
    deque(open_beforehand(known), maxlen=0)
    assert opened
    opened.clear()
    assert [*values.values()]
    assert not opened


def test_pages_are_indexed_beforehand_for_the_next_builds(
    project: MakeProject, tmp_path: Path
) -> None:
    """The index is of all that they looked up when they were made."""
    known = memory.Memory(project(SITE), tmp_path / "site", aside=tmp_path)
    index_beforehand(known)  # nothing is known yet
    build(known.project, known.output, processes=1, memory=known)
    index_beforehand(known)
    pages = known.sections["pages"]
    assert pages.index.renewed == frozenset()
    for number in {*numbers_in(pages.traces.numbers)}:
        assert pages.index.places_of({number}, pages.traces) == pages.traces.places_of({number})


def test_first_build_leaves_less_open_than_those_that_look_into_it_again(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is put away is looked through once; under a server it is asked for in every round."""
    known = memory.Memory(project(SITE), tmp_path / "site", aside=tmp_path)
    begun = known.begin()
    assert begun is not None
    assert begun.most_open <= 1 << 20
    monkeypatch.setattr(memory.Memory, "begin", lambda _: begun)
    build(known.project, known.output, processes=1, memory=known)

    lines_of_ten_thousand_claims = 30 << 20  # bytes
    assert begun.most_open > lines_of_ten_thousand_claims


def test_what_is_damaged_is_left_to_the_next_build(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who opens it beforehand hears nothing of it; the build makes all once more."""
    known = memory.Memory(project(SITE), tmp_path / "site", aside=tmp_path)
    build(known.project, known.output, processes=1, memory=known)
    known.sections[f"table {LINES}"].values._opened.clear()
    with monkeypatch.context() as patched:
        patched.setattr(PacketFile, "__getitem__", other_bytes)
        index_beforehand(known)
        deque(open_beforehand(known), maxlen=0)
        (known.project / "content/places/town.yaml").write_text("name: City\n")
        built = build(known.project, known.output, processes=1, memory=known)
    assert built.published is not None
    build(known.project, tmp_path / "fresh", processes=1)
    assert files_below(known.output) == files_below(tmp_path / "fresh")


def other_bytes(_: PacketFile, places: slice) -> bytes:
    """Give back what was not written."""
    return b"\xff" * len(range(places.start, places.stop))


def damage(kept: CacheFile | None, at: int) -> None:
    """Change one byte of what was kept, counted from the end."""
    assert kept is not None
    content = bytearray(kept.path.read_bytes())
    content[-1 - at % len(content)] ^= 1
    kept.path.write_bytes(content)


@pytest.fixture(scope="module")
def kept_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a small project, and a folder for its site."""
    folder, output = (tmp_path_factory.mktemp(name) for name in ("project", "site"))
    for path, text in unpack(SITE).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder, output


@settings(max_examples=15)
@given(at=st.integers(0, 1 << 20))
def test_build_from_damaged_memory_is_that_from_nothing(
    kept_site: tuple[Path, Path], at: int
) -> None:
    """Whichever byte of what was kept is another, and whenever that is seen."""
    folder, output = kept_site
    town = folder / "content/places/town.yaml"
    town.write_text("name: Town\n")
    build(folder, output, processes=1, memory=open_memory(folder, output))
    town.write_text("name: Town\ncountry: Elsewhere\n")
    damage(open_memory(folder, output).file, at)
    built = build(folder, output, processes=1, memory=open_memory(folder, output))

    assert built.published is not None
    with TemporaryDirectory() as fresh:
        build(folder, Path(fresh), processes=1)
        assert files_below(output) == files_below(Path(fresh))


def test_memory_that_turns_out_to_be_damaged_when_it_is_kept_goes(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site stands, and the next build begins from nothing."""
    folder, output = project(SITE), tmp_path / "site"
    build(folder, output, processes=1, memory=open_memory(folder, output))
    (folder / "content/places/new.yaml").write_text("name: New\n")
    known = open_memory(folder, output)
    monkeypatch.setattr(Sections, "is_worth_keeping", lambda _: False)
    monkeypatch.setattr(CacheFile, "_replace", failing)
    built = build(folder, output, processes=1, memory=known)

    assert built.published is not None
    assert (output / "places/new.html").exists()
    assert known.file is not None
    assert not known.file.path.exists()
    assert known.outcome is None


def test_build_does_without_a_file_that_gives_back_something_else(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a disk is not sound, all is made once more and nothing is put away."""
    folder, output = project(SITE), tmp_path / "site"
    begun: list[PacketFile] = []

    def noting(file: PacketFile, places: slice) -> bytes:
        begun.append(file)
        return other_bytes(file, places)

    monkeypatch.setattr(PacketFile, "__getitem__", noting)
    known = memory.Memory(folder, output, CacheFile(tmp_path / "kept/a.cache", "1" * 64))
    built = build(folder, output, processes=1, memory=known)

    assert built.published is not None
    assert len({*begun}) == 1
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["a.cache"]
    assert known.sections
    build(folder, tmp_path / "fresh", processes=1)
    assert files_below(output) == files_below(tmp_path / "fresh")


def failing(*_: object) -> None:
    """Come upon something that is damaged."""
    raise Damaged


def files_below(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder by path."""
    found = filter(Path.is_file, folder.rglob("*"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_packets_are_put_away_where_nothing_is_known(tmp_path: Path) -> None:
    """They lie beside what is kept, or else wherever there is a folder for them."""
    file = CacheFile(tmp_path / "kept/a.cache", "1" * 64)
    aside = tmp_path / "aside"
    aside.mkdir()
    kept = memory.Memory(tmp_path, tmp_path, file)
    private = memory.Memory(tmp_path, tmp_path, aside=aside)
    begun = [kept.begin(), private.begin()]
    assert [each and each.path.parent for each in begun] == [file.path.parent, aside]
    for each in (kept, private):
        each.note({"notes": {}})
        assert each.begin() is None
    assert memory.Memory(tmp_path, tmp_path).begin() is None


def test_tables_are_put_away_as_soon_as_hardly_anybody_needs_them(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that those of one stage need no memory while the next is at work."""
    folder, output = project(SITE), tmp_path / "site"
    stages: list[set[str]] = []
    put_away = Packing.put_away

    def noting(packing: Packing) -> None:
        before = {*packing.left()}
        put_away(packing)
        stages.append(before - {*packing.left()})

    monkeypatch.setattr(Packing, "put_away", noting)
    file = CacheFile(tmp_path / "kept/a.cache", "1" * 64)
    build(folder, output, processes=1, memory=memory.Memory(folder, output, file))

    stage = {name: number for number, away in enumerate(stages) for name in away}
    expected = ["matches", "statements", "ties", "excerpts of claims", LINES, "documents of search"]
    numbers = [stage[name] for name in expected]
    assert numbers == sorted({*numbers})


def test_articles_are_let_go_of_before_pages_are_made(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Findings are checked with all of them at hand; a page wants its own."""
    folder, output = project(SITE), tmp_path / "site"
    open_texts: list[object] = []

    def checking(site: Site, *given: Any) -> Any:
        open_texts.append(site.seeds[SourceId("a")])
        assert site.seeds[SourceId("a")] is open_texts[0]
        return check_findings(site, *given)

    def making(site: Site, *given: Any, **settings: Any) -> Any:
        open_texts.append(site.seeds[SourceId("a")])
        return make_files(site, *given, **settings)

    monkeypatch.setattr(build_stages, "check_findings", checking)
    monkeypatch.setattr(build_stages, "make_files", making)
    file = CacheFile(tmp_path / "kept/a.cache", "1" * 64)
    build(folder, output, processes=1, memory=memory.Memory(folder, output, file))

    before, after = open_texts
    assert after == before
    assert after is not before


@pytest.mark.parametrize("most_held", [1, 1 << 30])
def test_pages_wait_for_each_other_up_to_some_size(
    most_held: int, project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some are rendered before the first of them is staged, but no more than can be held."""
    folder, output = project(SITE), tmp_path / "site"
    done: list[str] = []
    render_page, stage = render.render_page, Held.stage

    def rendering(*given: Any) -> bytes:
        done.append("render")
        return render_page(*given)

    def staging(held: Held, file: OutputFile) -> SiteFile:
        done.append("stage")
        return stage(held, file)

    monkeypatch.setattr(work_pieces, "render_page", rendering)
    monkeypatch.setattr(Held, "stage", staging)
    monkeypatch.setattr(work_pieces, "_MOST_HELD", most_held)
    monkeypatch.setattr(workers, "_BATCHES_PER_PROCESS", 1)
    file = CacheFile(tmp_path / "kept/a.cache", "1" * 64)
    build(folder, output, processes=1, memory=memory.Memory(folder, output, file))

    in_a_row = [len([*row]) for what, row in groupby(done) if what == "render"]
    assert sum(in_a_row) > len(SITE.split("-- content"))
    assert in_a_row == ([sum(in_a_row)] if most_held > 1 else [1] * len(in_a_row))


def test_build_that_comes_to_nothing_leaves_nothing_behind(
    project: MakeProject, tmp_path: Path
) -> None:
    """What it has packed for the next one goes; one that succeeds keeps one file."""
    folder, output = project(SITE), tmp_path / "site"
    note = folder / "content/claims/c.yaml"
    sound = note.read_text()
    file = CacheFile(tmp_path / "kept/a.cache", "1" * 64)
    for text, left in ((f"{sound}nonsense: 1\n", []), (sound, [file.path])):
        note.write_text(text)
        build(folder, output, processes=1, memory=memory.Memory(folder, output, file))
        assert [*file.path.parent.iterdir()] == left


def test_publication_that_is_tried_again_is_of_the_same_kind(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where something in the output has changed meanwhile, it is held once more in the same way."""
    folder, site = project(SITE), PrivateSite(tmp_path / "served/site")
    site.folder.parent.mkdir()
    known = memory.Memory(folder, site.folder)
    lost: list[list[str]] = [[], ["places/town.html"], []]
    count = 0

    @contextmanager
    def holding(output: Path, keep_out: Sequence[Path]) -> Iterator[Held]:
        nonlocal count
        with site.hold(output, keep_out) as held:
            count += 1
            yield held

    def publish(held: Held, files: Iterable[File]) -> Published:
        site.forget(lost[count - 1])
        return publish_known(held, files)

    with site.hold(site.folder) as held:
        publish_known = type(held).publish
        monkeypatch.setattr(type(held), "publish", publish)
    for words in ("It rained.", "It poured."):
        change_to(folder / "content/claims/c.yaml", "statement: It rained.", f"statement: {words}")
        done = build(folder, site.folder, processes=1, memory=known, holding=holding)
    assert count == 3
    assert done.published is not None
    assert "places/town.html" in done.published.written
    assert [path.name for path in site.folder.parent.iterdir()] == ["site"]
    assert not (site.folder / ".sitegen-manifest.json").exists()
