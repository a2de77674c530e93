"""What is taken over from the last build never shows: the site is that of a build from nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.build import Built, build
from sitegen.incremental.memory import open_memory, recall
from sitegen.output import in_place
from sitegen.pages import bundles, splitting
from tests.archive import unpack

SITE = """
-- content/site.yaml --
title: The briefing
-- content/sources/a.yaml --
title: The A
text: a.txt
origins: [agency]
-- content/sources/b.yaml --
title: The B
text: b.txt
-- seeds/a.txt --
It rained all day. Then 12 people came, said Kim of the Agency.
-- seeds/b.txt --
It rained all day, by all accounts. Then 13 people came.
-- content/actors/agency.yaml --
name: Agency
-- content/actors/kim.yaml --
name: Kim
member_of: [agency]
-- content/places/town.yaml --
name: Town
-- content/questions/q.yaml --
question: Did it rain?
answers: [{claim: c}]
-- content/measures/m.yaml --
title: People
unit: people
-- content/claims/c.yaml --
statement: It rained.
evidence: [{source: a, quote: It rained all day.}, {source: b, quote: It rained all day}]
events: [e]
actors: [kim]
questions: [q]
analysis: See [[twelve]] of Kim.
-- content/claims/twelve.yaml --
statement: Twelve came.
evidence: [{source: a, quote: Then 12 people came, said_by: [kim]}]
quantity: {measure: m, value: 12}
events: [e]
-- content/claims/thirteen.yaml --
statement: Thirteen came.
evidence: [{source: b, quote: Then 13 people came.}]
quantity: {measure: m, value: 13}
relations: [{type: contradicts, claim: twelve}]
-- content/events/e.yaml --
title: Rain
date: 2024-06-19
places: [town]
-- content/pages/index.md --
---
title: Bottom line
---
Kim of the Agency saw [[c]].
"""
ORIGINAL = unpack(SITE)
JUDGED = "assessment: {verdict: likely, confidence: low, gaps: [Much.]}\n"

Change = Callable[[Path, Path], None]


def put(path: str, text: str) -> Change:
    """Return a change that writes a file of the project."""

    def change(project: Path, _: Path) -> None:
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, encoding="utf-8")

    return change


def make_folder(path: str) -> Change:
    """Return a change that makes an empty folder, or removes it if it is there."""

    def change(project: Path, _: Path) -> None:
        if (project / path).is_dir():
            (project / path).rmdir()
        else:
            (project / path).mkdir()

    return change


def swap(path: str, old: str, new: str) -> Change:
    """Return a change that puts other words into a file, or the first back."""

    def change(project: Path, _: Path) -> None:
        file = project / path
        if file.exists():
            text = file.read_text(encoding="utf-8")
            there, back = (old, new) if old in text else (new, old)
            file.write_text(text.replace(there, back), encoding="utf-8")

    return change


def come_and_go(path: str, text: str) -> Change:
    """Return a change that writes a file, or removes it if it is there."""

    def change(project: Path, _: Path) -> None:
        if (project / path).exists():
            (project / path).unlink()
        else:
            put(path, text)(project, project)

    return change


def rename(path: str, other: str) -> Change:
    """Return a change that gives a file another name, or its first again."""

    def change(project: Path, _: Path) -> None:
        before, after = project / path, project / other
        if after.exists():
            before, after = after, before
        if before.exists():
            before.rename(after)

    return change


def spoil(path: str) -> Change:
    """Return a change that somebody makes to a file of the site."""

    def change(_: Path, output: Path) -> None:
        if (output / path).exists():
            (output / path).write_text("spoilt", encoding="utf-8")

    return change


def lose(path: str) -> Change:
    """Return a change that takes a file of the site away."""

    def change(_: Path, output: Path) -> None:
        (output / path).unlink(missing_ok=True)

    return change


CHANGES: tuple[Change, ...] = (
    swap("content/claims/c.yaml", "It rained.", "It poured."),
    swap("content/claims/c.yaml", "See [[twelve]]", "Not [[thirteen|so]]"),
    swap("content/claims/twelve.yaml", "value: 12", "value: 11"),
    swap("content/actors/kim.yaml", "Kim", "Kim Jong"),
    swap("content/actors/kim.yaml", "member_of: [agency]", "aliases: [agency]"),  # an error
    swap(
        "content/actors/agency.yaml", "name: Agency", "name: Agency\nmember_of: [kim]"
    ),  # an error
    swap("content/places/town.yaml", "name: Town", "name: Agency"),  # a name of two notes
    swap("content/site.yaml", "The briefing", "Another"),
    swap("content/site.yaml", "The briefing", "The briefing #1"),  # cut short by a comment
    swap("content/sources/a.yaml", "origins: [agency]", "reliability: B"),
    swap("content/events/e.yaml", "2024-06-19", "2024-07"),
    swap("content/pages/index.md", "saw [[c]]", "saw nothing"),
    swap("content/claims/thirteen.yaml", "contradicts", "compatible-with"),
    swap("content/claims/c.yaml", "questions: [q]", "questions: [none]"),  # an error
    swap("content/claims/twelve.yaml", "quantity:", "quantity"),  # not even YAML
    swap("seeds/b.txt", "by all accounts", "they said"),
    swap("seeds/a.txt", "Agency.", "Agency. More of it."),  # behind all quotations
    swap("content/claims/c.yaml", "quote: It rained all day}", "quote: It rained}"),
    swap("content/claims/c.yaml", "day.}", "day., said_by: [kim]}"),
    swap("content/events/e.yaml", "date: 2024-06-19", "date: 2024-06"),
    swap("content/claims/thirteen.yaml", "contradicts", "same-as"),
    swap("content/sources/b.yaml", "title:", "publisher: The Sun\ntitle:"),
    swap("content/measures/m.yaml", "unit: people", "unit: guests"),
    swap("seeds/a.txt", "12", "12 and more"),  # a quotation that no longer stands there
    come_and_go(
        "content/claims/new.yaml", "statement: New.\nevidence: [{source: a, quote: rained}]\n"
    ),
    come_and_go("content/claims/draft.yaml", "statement: D.\ndraft: true\nevidence: []\n"),
    come_and_go("content/claims/c.yml", "statement: Twice.\nevidence: []\n"),
    come_and_go("content/places/other.yaml", "name: Other\n"),
    come_and_go("content/sources/0.yaml", "title: Nought\n"),  # before all others
    come_and_go("content/events/a.yaml", "title: Dawn\ndate: 2024-06-18\nquestions: [q]\n"),
    swap("content/claims/thirteen.yaml", "relations:", "asserted_by: [agency]\nrelations:"),
    swap("content/claims/c.yaml", "statement:", "tags: [wet]\nstatement:"),
    come_and_go("templates/static/Sitegen.CSS", "p { margin: 0 }"),  # an error
    come_and_go("templates/static/nul.txt", "mine"),  # another
    swap("content/places/town.yaml", "name: Town", "aliases: [hamlet]\nname: Town"),
    come_and_go("content/stray.txt", "x"),
    make_folder("content/clams"),
    make_folder("content/places/inner"),
    come_and_go("templates/pages/place.html", "{{ page.title }}"),
    come_and_go("templates/pages/claim.html", "{{ page.nothing }}"),  # an error
    come_and_go("templates/static/own.txt", "mine"),
    come_and_go("templates/static/css/own.css", "p { margin: 0 }"),
    rename("content/places/town.yaml", "content/places/city.yaml"),
    rename("content/actors/agency.yaml", "content/actors/agency.yml"),
    rename("seeds/b.txt", "seeds/c.txt"),
    come_and_go("content/actors/saw.yaml", "name: saw\n"),  # a word of a text
    come_and_go("content/pages/about.md", "---\ntitle: About\norder: 1\n---\nKim, of [[q]].\n"),
    swap("content/actors/kim.yaml", "member_of: [agency]", "aliases: [old-kim]"),
    swap("content/places/town.yaml", "Town", "Town\nlatitude: 1.5\nlongitude: 2"),
    swap("content/claims/c.yaml", ", {source: b, quote: It rained all day}", ""),
    swap("content/claims/twelve.yaml", "value: 12", "value: 12, as_of: 2024-06~"),
    swap("content/claims/thirteen.yaml", "statement: T", f"{JUDGED}statement: T"),
    swap("content/questions/q.yaml", "[{claim: c}]", f"[{{claim: twelve}}]\n{JUDGED}"),
    come_and_go(
        "content/claims/forty.yaml",
        "statement: Forty came.\nevidence: [{source: b, quote: people came}]\n"
        "quantity: {measure: m, value: 40}\n",
    ),
    spoil("claims/c.html"),
    spoil("index.html"),
    lose("claims/twelve.html"),
    lose(".sitegen-manifest.json"),
)


def tree(folder: Path) -> dict[str, bytes]:
    """Return all that a folder holds, bytes by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(autouse=True)
def _in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have files exchanged where they stand, as in a large site, wherever that can be."""
    monkeypatch.setattr(in_place, "_FEWEST", 0)
    monkeypatch.setattr(in_place, "_SHARE", 0)


@pytest.fixture(scope="module")
def room() -> Iterator[Path]:
    """Return a folder for the projects of one example after the other."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


def said(built: Built) -> list[str]:
    """Return all that a build has to say."""
    return [str(each) for each in built.examined.diagnostics]


@pytest.fixture(autouse=True)
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put no more than a few notes into a bundle, as if there were very many."""
    monkeypatch.setattr(bundles, "_SIZE", 2)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(CHANGES), max_size=3), st.sampled_from(["", "https://a.org/"])
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from([splitting.LIGHT, 2500]),
)
def test_site_is_that_of_a_build_from_nothing(
    room: Path, rounds: list[tuple[list[Change], str]], light: int
) -> None:
    """After any changes to notes, texts, templates, options and the site itself, the bytes agree.

    So does what is said; and where nothing was built, the last site stands. Lists may be `light`.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(splitting, "LIGHT", light)
        project, output = start(room / f"{light}")  # what is kept knows nothing of this
        for changes, base_url in rounds:
            for change in changes:
                change(project, output)
            check_same(project, output, base_url)


@pytest.mark.parametrize("change", CHANGES)
def test_site_is_that_of_a_build_from_nothing_after_one_change(
    change: Change, tmp_path: Path
) -> None:
    """Each change alone makes just the difference that it makes to a build from nothing."""
    project, output = start(tmp_path)
    change(project, output)
    check_same(project, output, "")


def start(room: Path) -> tuple[Path, Path]:
    """Build the site that is changed, and return the folders of the project and of the site."""
    project, output = room / "project", room / "site"
    for folder in (project, output, room / "fresh"):
        shutil.rmtree(folder, ignore_errors=True)
    for path, text in ORIGINAL.items():
        put(path, text)(project, output)
    build(project, output, memory=open_memory(project, output))
    return project, output


def check_same(project: Path, output: Path, base_url: str) -> None:
    """Build the site again, and see that one from nothing is the same."""
    fresh = output.with_name("fresh")
    if not (output / ".sitegen-manifest.json").exists():
        shutil.rmtree(output, ignore_errors=True)
    warm = build_warm(project, output, base_url)
    cold = build(project, fresh, base_url=base_url)

    assert (said(warm), warm.published is None) == (said(cold), cold.published is None)
    if cold.published:
        assert tree(output) == tree(fresh)


def build_warm(project: Path, output: Path, base_url: str) -> Built:
    """Build with what is known of the last build, as a new process would."""
    memory = open_memory(project, output)
    if same := recall(memory, (False, base_url)):
        cold = build(project, output.with_name("compared"), base_url=base_url)
        assert same.diagnostics == cold.examined.diagnostics
        assert tree(output) == tree(output.with_name("compared"))
    return build(project, output, base_url=base_url, memory=memory)
