"""A build gives one whole site for one input, or leaves the last one as it was and says why."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from sitegen import backlinks
from sitegen.build import Built, build, check_project, examine, protected_folders
from sitegen.incremental.memory import Memory
from sitegen.make import make_files
from sitegen.model import Record
from sitegen.notes import Note
from sitegen.render import render_page
from sitegen.views import PageSpec, SiteFile
from tests.archive import unpack
from tests.conftest import MakeProject
from tests.planned import planned

SITE = """
-- content/site.yaml --
title: The briefing
-- content/sources/a.yaml --
title: The A
text: a.txt
aliases: [old-a]
origins: [agency, kim]
-- seeds/a.txt --
It rained all day. Nobody came, said Kim of the Agency. Then 12 people came. Then 13 people came.
-- content/sources/b.yaml --
title: The B
origins: [kim, agency]
-- content/actors/agency.yaml --
name: Agency
-- content/actors/kim.yaml --
name: Kim
member_of: [agency]
-- content/places/town.yaml --
name: Town
-- content/measures/m.yaml --
title: Crowd
unit: people
-- content/questions/q.yaml --
question: Did it rain?
answers: [{claim: c}, {claim: twelve}]
-- content/claims/c.yaml --
statement: It rained.
evidence: [{source: a, quote: It rained, said_by: [kim, agency]}, {source: b, quote: x}]
events: [e]
actors: [kim, agency]
-- content/claims/twelve.yaml --
statement: Twelve came.
evidence: [{source: a, quote: Then 12 people came.}]
quantity: {measure: m, value: 12}
events: [e]
-- content/claims/thirteen.yaml --
statement: Thirteen came.
evidence: [{source: a, quote: Then 13 people came.}]
quantity: {measure: m, value: 13}
relations: [{type: contradicts, claim: twelve}]
-- content/events/e.yaml --
title: Rain
date: 2024-06-19
actors: [kim, agency]
places: [town]
-- content/corrections/fix.yaml --
date: 2024-09
was: dry
now: wet
notes: [claims/c]
-- content/pages/index.md --
---
title: Bottom line
---
Kim of the Agency saw [[c]].

![[measure:m]]
"""
CLAIM = "content/claims/c.yaml"


def files_in(folder: Path) -> dict[str, bytes]:
    """Return all that a folder holds, bytes by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def stamps_in(folder: Path) -> dict[str, tuple[int, int]]:
    """Return for every file which one it is on the disk and when it was last changed."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rules(built: Built) -> list[str]:
    """Return the rules of what was found."""
    return [each.rule for each in built.examined.diagnostics]


def built_by_command(
    project: Path, output: Path, cwd: Path, environment: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the site that another process builds in these surroundings."""
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "build", str(project), "--output", str(output)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return files_in(output)


# --- the same bytes ---------------------------------------------------------------------------


def test_same_input_gives_the_same_bytes_anywhere(project: MakeProject, tmp_path: Path) -> None:
    """Time zone, language, hash seed, working folder, project folder and file order do not show."""
    here = project(SITE, "here")
    elsewhere = tmp_path / "else where"
    for path, content in reversed(unpack(SITE).items()):
        file = elsewhere / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="")
    first = built_by_command(
        here, tmp_path / "one", tmp_path, {"TZ": "UTC", "LANG": "C", "PYTHONHASHSEED": "1"}
    )
    other = built_by_command(
        elsewhere,
        tmp_path / "two",
        elsewhere / "content",
        {"TZ": "Asia/Seoul", "LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "77"},
    )
    assert first == other
    assert len(first) > 30


def test_project_can_be_named_in_any_way(project: MakeProject, tmp_path: Path) -> None:
    """A relative path, one with dots and a link lead to the same site."""
    folder = project(SITE)
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    build(folder, tmp_path / "plain")
    build(tmp_path / "project" / ".." / "link", tmp_path / "odd")
    assert files_in(tmp_path / "plain") == files_in(tmp_path / "odd")


# --- whole or as it was -----------------------------------------------------------------------


def test_build_publishes_all_of_the_site(project: MakeProject, tmp_path: Path) -> None:
    """Pages, dataset, schema and style are there, and the summary names every file."""
    built = build(project(SITE), tmp_path / "site")
    assert built.published is not None
    found = files_in(tmp_path / "site")
    assert {
        "index.html",
        "claims/c.html",
        "sources/old-a.html",
        "404.html",
        "data/briefing.json",
        "data/briefing.schema.json",
        "static/sitegen.css",
        ".nojekyll",
    } <= set(found)
    assert set(built.published.written) == found.keys() - {".sitegen-manifest.json"}
    assert built.examined.notes == {
        "sources": 2,
        "claims": 3,
        "events": 1,
        "actors": 2,
        "places": 1,
        "questions": 1,
        "measures": 1,
        "corrections": 1,
        "pages": 1,
    }
    assert built.examined.quotes == {"exact": 3, "not-held": 1}


@pytest.mark.parametrize(
    ("path", "content", "rule"),
    [
        (CLAIM, "statement: It rained.\nevidence: [{source: a, quote: It snowed}]\n", "quote-"),
        (CLAIM, "statement: It rained.\nevidence: [{source: z, quote: x}]\n", "unknown-id"),
        (CLAIM, "statement: [", "yaml-"),
        ("content/site.yaml", "titel: T\n", "unknown-field"),
        ("templates/pages/claim.html", "{{ page.titel }}\n", "template-fault"),
        ("templates/pages/claim.html", "{% if %}\n", "template-fault"),
    ],
    ids=[
        "a misquote",
        "an unknown id",
        "no YAML",
        "no settings",
        "unknown name in a template",
        "broken template",
    ],
)
def test_errors_leave_the_last_site_untouched(
    project: MakeProject, tmp_path: Path, path: str, content: str, rule: str
) -> None:
    """Not a byte of it changes, no file is replaced, nothing is left beside it."""
    folder, output = project(SITE), tmp_path / "out" / "site"
    build(folder, output)
    before, stamps = files_in(output), stamps_in(output)
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(content, encoding="utf-8")
    built = build(folder, output)
    assert built.published is None
    assert any(each.startswith(rule) for each in rules(built))
    assert files_in(output) == before
    assert stamps_in(output) == stamps
    assert {each.name for each in output.parent.iterdir()} <= {"site", ".site.sitegen-lock"}


def test_errors_make_no_first_site_either(project: MakeProject, tmp_path: Path) -> None:
    """Where there was no site there is none afterwards."""
    folder = project(SITE.replace("quote: It rained", "quote: Penguins"))
    assert build(folder, tmp_path / "site").published is None
    assert not (tmp_path / "site").exists()


def test_a_dispute_says_no_more_of_its_time_than_the_numbers_do(
    project: MakeProject, tmp_path: Path
) -> None:
    """Numbers without a date may be of different times; a single disagreement is not called all."""

    def front(name: str, *dates: str) -> str:
        claims = "".join(
            f"-- content/claims/n{at}.yaml --\nstatement: Some came.\nevidence: "
            f"[{{source: a, quote: {at} came}}]\nquantity: {{measure: m, value: {at}{date}}}\n"
            for at, date in enumerate(dates, 12)
        )
        text = " ".join(f"{at} came." for at, _ in enumerate(dates, 12))
        source = f"-- content/sources/a.yaml --\ntitle: A\ntext: a.txt\n-- seeds/a.txt --\n{text}\n"
        measure = "-- content/measures/m.yaml --\ntitle: Crowd\nunit: people\n"
        site = f"-- content/site.yaml --\ntitle: The briefing\n{source}{measure}{claims}"
        assert build(project(site), tmp_path / name).published
        return (tmp_path / name / "index.html").read_text("utf-8")

    dated = ", as_of: 2024"
    same, unless = (
        "speak of the same time and cannot",
        "hold, unless they speak of different times,",
    )
    assert f"Two of them {same} both hold: " in front("dated", dated, dated)
    assert "The disagreement, side by side" in front("one", dated, dated)
    assert f"Two of them cannot both {unless} which neither states: " in front("two", "", "")
    assert f"{unless} which one does not state: " in front("half", dated, "")
    assert f"3 of them cannot all {unless} which none of them states: " in front(
        "three", "", "", ""
    )
    assert f"{unless} which some do not state: " in front("some", dated, "", "")


def test_front_page_says_why_rival_numbers_are_no_contested_claims(
    project: MakeProject, tmp_path: Path
) -> None:
    """No claim is contested there, and yet accounts disagree: the count tells where to look."""
    rival = SITE.replace("contradicts", "qualifies")
    alone = rival.replace("quantity: {measure: m, value: 13}\n", "")
    for name, text, is_told in (("rival", rival, True), ("alone", alone, False)):
        assert build(project(text), tmp_path / name).published
        page = (tmp_path / name / "index.html").read_text("utf-8")
        assert ", 0 are contested," in page
        assert ('<a href="#contested">listed apart</a>' in page) is is_told
        assert ('<h2 id="contested">' in page) is is_told


def test_warnings_stop_a_strict_build_alone(project: MakeProject, tmp_path: Path) -> None:
    """A site with warnings is built unless they are to count."""
    folder = project(SITE + "-- content/actors/nobody.yaml --\nname: Nobody\n")
    assert "orphan-note" in rules(build(folder, tmp_path / "strict", strict=True))
    assert not (tmp_path / "strict").exists()
    assert build(folder, tmp_path / "loose").published is not None


def test_unchanged_build_writes_nothing(project: MakeProject, tmp_path: Path) -> None:
    """Every file stays the one it was, with its time."""
    folder = project(SITE)
    build(folder, tmp_path / "site")
    stamps = stamps_in(tmp_path / "site")
    built = build(folder, tmp_path / "site")
    assert built.published is not None
    assert (built.published.written, built.published.removed) == ((), ())
    assert stamps_in(tmp_path / "site") == stamps


def test_changed_note_changes_its_own_pages_alone(project: MakeProject, tmp_path: Path) -> None:
    """Pages that do not show the note stay as they are."""
    folder = project(SITE)
    build(folder, tmp_path / "site")
    project(SITE.replace("now: wet", "now: very wet"))
    built = build(folder, tmp_path / "site")
    assert built.published is not None
    assert "corrections.html" in built.published.written
    assert "places/town.html" in built.published.unchanged
    assert "static/sitegen.css" in built.published.unchanged


def test_page_of_a_removed_note_is_removed(project: MakeProject, tmp_path: Path) -> None:
    """With its redirects; what somebody else put into the folder stays."""
    folder = project(SITE + "-- content/places/gone.yaml --\nname: Gone\naliases: [went]\n")
    build(folder, tmp_path / "site")
    (tmp_path / "site" / "places" / "own.txt").write_text("mine")
    (folder / "content/places/gone.yaml").unlink()
    built = build(folder, tmp_path / "site")
    assert built.published is not None
    assert built.published.removed == ("places/gone.html", "places/went.html")
    assert (tmp_path / "site" / "places" / "own.txt").read_text() == "mine"


def test_draft_takes_its_page_away(project: MakeProject, tmp_path: Path) -> None:
    """A note that becomes a draft leaves the site with the next build."""
    folder = project(SITE + "-- content/places/early.yaml --\nname: Early\n")
    build(folder, tmp_path / "site")
    project("-- content/places/early.yaml --\nname: Early\ndraft: true\n")
    built = build(folder, tmp_path / "site")
    assert built.published is not None
    assert built.published.removed == ("places/early.html",)


def test_two_builds_at_once_give_one_whole_site(project: MakeProject, tmp_path: Path) -> None:
    """One waits for the other; both succeed, and the site is as if there had been one."""
    folder = project(SITE)
    build(folder, tmp_path / "alone")
    command = [sys.executable, "-m", "sitegen", "build", str(folder), "-o", str(tmp_path / "both")]

    def run(_: int) -> int:
        return subprocess.run(command, capture_output=True, check=False, timeout=120).returncode

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(run, range(2))) == [0, 0]
    assert files_in(tmp_path / "both") == files_in(tmp_path / "alone")


@pytest.mark.parametrize("name", ["content", "seeds", "templates", "content/_site", "."])
def test_output_may_not_be_what_the_site_is_made_from(project: MakeProject, name: str) -> None:
    """Neither one of the project's folders, nor in one, nor around them."""
    folder = project(SITE + "-- templates/parts/own.html --\nx\n")
    before = files_in(folder)
    built = build(folder, folder / name)
    assert (built.published, rules(built)[-1:]) == (None, ["cannot-write"])
    assert files_in(folder) == before
    assert (folder / "content").resolve() in protected_folders(folder)


# --- places that clash ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "more",
    [
        "-- content/places/x.yaml --\nname: X\naliases: [index]\n",
        "-- content/places/x.yaml --\nname: X\naliases: [con]\n",
        "-- templates/static/sitegen.css --\np {}\n",
        "-- templates/static/Sitegen.CSS --\np {}\n",
        "-- templates/static/nul.txt --\nx\n",
    ],
    ids=[
        "alias of the list's address",
        "alias that Windows reserves",
        "style sheet of the joined one's name",
        "the same in other letters",
        "static file that Windows reserves",
    ],
)
def test_two_files_in_one_place_are_told(project: MakeProject, tmp_path: Path, more: str) -> None:
    """They are mistakes of the author like others, found by a check too, and break nothing."""
    folder = project(SITE + more)
    built = build(folder, tmp_path / "site")
    assert built.published is None
    assert {each.severity for each in built.examined.diagnostics} >= {"error"}
    assert not check_project(folder).is_sound(strict=False)
    assert not (tmp_path / "site").exists()


# --- drafts -----------------------------------------------------------------------------------

DRAFTS = """
-- content/claims/hush-claim.yaml --
statement: SECRET statement.
draft: true
aliases: [hush-alias]
tags: [hush-tag]
evidence: [{source: hush-source, quote: SECRET article, note: SECRET note}]
events: [e]
questions: [q]
actors: [kim]
quantity: {measure: m, value: 99}
relations: [{type: contradicts, claim: c, why: SECRET why}]
analysis: SECRET analysis of [[c]] by Kim.
-- content/sources/hush-source.yaml --
title: SECRET source
publisher: SECRET publisher
draft: true
text: hush-seed.txt
origins: [a]
-- seeds/hush-seed.txt --
SECRET article text.
-- content/actors/hush-actor.yaml --
name: SECRET actor
aliases_in_text: [Agency spokesman]
draft: true
member_of: [kim]
-- content/places/hush-place.yaml --
name: SECRET place
draft: true
-- content/questions/hush-question.yaml --
question: SECRET question?
draft: true
answers: [{claim: c}]
-- content/measures/hush-measure.yaml --
title: SECRET measure
unit: SECRET unit
draft: true
-- content/events/hush-event.yaml --
title: SECRET event
date: 2033-03-03
draft: true
part_of: e
claims: [c]
rival_dates: [{date: 2033-03-04, source: a, quote: Nobody came}]
-- content/corrections/hush-correction.yaml --
date: 2033
was: SECRET was
now: SECRET now
notes: [claims/c]
draft: true
-- content/pages/hush-page.md --
---
title: SECRET page
draft: true
---
SECRET body with [[c]].
-- content/claims/public.yaml --
statement: A public claim.
asserted_by: [hush-actor]
evidence:
  - {source: a, quote: Nobody came, said_by: [hush-actor]}
events: [hush-event]
actors: [hush-actor]
places: [hush-place]
questions: [hush-question]
quantity: {measure: hush-measure, value: 7}
relations: [{type: refines, claim: hush-claim}]
analysis: |
  As [[hush-claim]] and [[event:hush-event|they]] say of SEC\u200bRET things.

  ![[claim:hush-claim]]

  ![[source:hush-source]]
assessment: {rationale: "By [[page:hush-page]]."}
-- content/events/public-event.yaml --
title: A public event
date: 2024
part_of: hush-event
actors: [hush-actor, kim]
claims: [hush-claim]
summary: See [[hush-event]].
-- content/corrections/public-correction.yaml --
date: 2024
was: "1"
now: "2"
notes: [claims/hush-claim, claims/c]
"""


def test_drafts_leak_nowhere(project: MakeProject, tmp_path: Path) -> None:
    """No file of the site has a word or an id of a draft, whatever published notes say of it."""
    folder = project(SITE + DRAFTS)
    built = build(folder, tmp_path / "site")
    assert built.published is not None, built.examined.diagnostics
    leaks = [
        f"{path}: {word}"
        for path, content in files_in(tmp_path / "site").items()
        for word in ("SECRET", "hush", "2033-03", "March 2033", "spokesman", " 99 ")
        if word in path or word.encode() in content
    ]
    assert leaks == []
    assert (tmp_path / "site/claims/public.html").is_file()


def test_drafts_are_not_even_handed_to_templates(project: MakeProject) -> None:
    """What a page may see holds nothing of a draft, so that no template can show it."""
    examined = examine(project(SITE + DRAFTS))
    assert examined.site is not None
    assert examined.findings is not None
    leaks = [
        spec.path
        for spec in planned(examined.site, examined.findings)
        if any(word in repr(spec) for word in ("SECRET", "hush", "2033"))
    ]
    assert leaks == []


# --- templates of the project's own -----------------------------------------------------------


def test_project_overrides_templates_file_by_file(project: MakeProject, tmp_path: Path) -> None:
    """Its own part is used by the built-in pages; all that it does not have stays built-in."""
    plain, own = project(SITE, "plain"), project(SITE, "own")
    project("-- templates/pages/place.html --\nOWN {{ page.title }} {{ root }}\n", "own")
    build(plain, tmp_path / "plain-site")
    build(own, tmp_path / "own-site")
    before, after = files_in(tmp_path / "plain-site"), files_in(tmp_path / "own-site")
    assert after["places/town.html"] == b"OWN Town ../\n"
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {"places/town.html", ".sitegen-manifest.json"}


@pytest.mark.parametrize(
    ("settings", "given", "root"),
    [
        ("", "", b'href="index.html"'),
        ("base_url: https://example.org/sub/\n", "", b'href="/sub/index.html"'),
        (
            "base_url: https://example.org/sub/\n",
            "https://x.org/o",
            b'href="/o/index.html"',
        ),
        ("", "https://x.org", b'href="/index.html"'),
    ],
    ids=["not known", "from the settings", "given instead", "given"],
)
def test_page_for_missing_addresses_knows_where_the_site_is(
    project: MakeProject, tmp_path: Path, settings: str, given: str, root: bytes
) -> None:
    """Its links begin with the path of the site's address; the other pages' are relative."""
    folder = project(SITE.replace("title: The briefing\n", f"title: The briefing\n{settings}"))
    build(folder, tmp_path / "site", base_url=given)
    files = files_in(tmp_path / "site")
    assert root in files["404.html"]
    assert b'href="../index.html"' in files["claims/c.html"]


# --- check ------------------------------------------------------------------------------------


def test_check_finds_what_a_build_finds_and_writes_nothing(project: MakeProject) -> None:
    """Also a template that cannot be used."""
    folder = project(SITE + "-- templates/pages/claim.html --\n{{ page.titel }}\n")
    before = files_in(folder)
    examined = check_project(folder)
    assert [each.rule for each in examined.diagnostics] == ["template-fault"]
    assert (examined.diagnostics[0].at.path, examined.diagnostics[0].at.line) == (
        "templates/pages/claim.html",
        1,
    )
    assert files_in(folder) == before


def test_sound_project_has_nothing_to_report(project: MakeProject) -> None:
    """No diagnostics, and site and findings to go on with."""
    examined = check_project(project(SITE))
    assert examined.diagnostics == ()
    assert examined.is_sound(strict=True)
    assert examined.site is not None


def test_project_without_content_is_one_diagnostic(tmp_path: Path) -> None:
    """There is nothing to go on with, and nothing else to say."""
    examined = examine(tmp_path)
    assert [each.rule for each in examined.diagnostics] == ["no-content"]
    assert not examined.is_sound(strict=False)


def test_progress_sees_every_page(project: MakeProject) -> None:
    """It is handed the pages as they are made, and told about how many they will be."""
    examined = examine(project(SITE))
    assert examined.site is not None
    assert examined.findings is not None
    seen: list[str] = []
    counts: list[int] = []

    def progress(pages: Iterator[SiteFile], count: int) -> Iterator[SiteFile]:
        counts.append(count)
        for page in pages:
            seen.append(page.path)
            yield page

    files = make_files(examined.site, examined.findings, Path(), progress=progress)
    assert getattr(next(files), "path", "") == seen[0]
    assert len(seen) == 1
    list(files)
    assert counts[0] > 5
    assert "claims/c.html" in seen


def test_output_that_changes_during_a_first_build_is_built_again(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found in it is forgotten, and all is made anew, however many tables that takes."""
    folder, output = project(SITE), tmp_path / "site"
    build(folder, output)
    whole = files_in(output)
    (output / "claims/c.html").unlink()  # so that something is to be put in place
    met: list[str] = []

    def meddling(spec: PageSpec, *options: Any) -> bytes:
        met.append(spec.path)
        if len(met) == 9:  # most of the others were found to stand as they should
            for path in met[:-1]:
                (output / path).write_bytes(b"mine")
        return render_page(spec, *options)

    monkeypatch.setattr("sitegen.work_pieces.render_page", meddling)
    built = build(folder, output, processes=1, memory=Memory(folder, output))
    assert built.published is not None
    assert len({*met}) < len(met), "nothing was made anew"
    assert files_in(output) == whole


def test_output_that_keeps_changing_is_told_of(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found in it twice is no longer true: the person who builds must see to that."""
    folder, output = project(SITE), tmp_path / "site"
    build(folder, output)
    (output / "claims/c.html").unlink()
    met: list[str] = []
    turns = iter((0, 4))

    def meddling(spec: PageSpec, *options: Any) -> bytes:
        if spec.path in met:
            met.clear()
        met.append(spec.path)
        if len(met) == 9:  # in either turn, others that were found to stand as they should
            first = next(turns)
            for path in met[first : first + 4]:
                (output / path).write_bytes(b"mine")
        return render_page(spec, *options)

    monkeypatch.setattr("sitegen.work_pieces.render_page", meddling)
    built = build(folder, output, processes=1)
    assert built.published is None
    assert [each.rule for each in built.examined.diagnostics][-1:] == ["cannot-write"]
    assert "somebody changes files" in built.examined.diagnostics[-1].message


def run_with_jobs(folder: Path, output: Path, jobs: int) -> subprocess.CompletedProcess[str]:
    """Build in a process that has no other threads, so that it may share its work."""
    command = [sys.executable, "-m", "sitegen", "build", str(folder), "--output", str(output)]
    return subprocess.run(
        [*command, "--no-cache", "--jobs", str(jobs)], capture_output=True, text=True, check=False
    )


def test_processes_make_the_site_that_one_makes(project: MakeProject, tmp_path: Path) -> None:
    """However many processes share the work, the files have the same bytes."""
    folder = project(SITE)
    for jobs in (1, 2, 3):
        assert run_with_jobs(folder, tmp_path / f"{jobs}", jobs).returncode == 0

    alone, two, three = (files_in(tmp_path / f"{each}") for each in (1, 2, 3))
    assert alone == two == three


def test_who_is_given_work_gives_none(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables of a build without memory are made where the data are, however many there are."""
    monkeypatch.setattr("sitegen.ledger.tables._WORTH_SHARING", 1)
    folder = project(SITE)
    several = build(folder, tmp_path / "several", processes=2)
    build(folder, tmp_path / "one", processes=1)
    assert several.published is not None
    assert files_in(tmp_path / "several") == files_in(tmp_path / "one")


def test_backlinks_are_found_by_another_process_and_waited_for(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them, once: whoever needs them here waits instead of finding them again."""
    monkeypatch.setattr("sitegen.ledger.ledger._WORTH_IT", 0)
    monkeypatch.setattr("sitegen.ledger.ledger.can_share", lambda: True)
    log = tmp_path / "log"
    links = backlinks._links

    def noting(notes: backlinks.Published, record: Record[Note]) -> Any:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{record.ref} {os.getpid()}\n")
        return links(notes, record)

    monkeypatch.setattr(backlinks, "_links", noting)
    folder, output = project(SITE), tmp_path / "site"
    built = build(folder, output, processes=2, memory=Memory(folder, output))
    assert built.published is not None
    lines = log.read_text(encoding="utf-8").splitlines()
    assert len({*lines}) == len(lines) == sum(built.examined.notes.values())
    (maker,) = {line.rpartition(" ")[2] for line in lines}
    assert maker != str(os.getpid())
    build(folder, tmp_path / "alone", processes=1)
    assert files_in(output) == files_in(tmp_path / "alone")


def test_fault_in_another_process_is_told_as_if_there_were_one(
    project: MakeProject, tmp_path: Path
) -> None:
    """A template that cannot be used is reported with file and line, wherever it was used."""
    folder = project(f"{SITE}-- templates/pages/claim.html --\n\n{{{{ page.nothing }}}}\n")
    alone, two = (run_with_jobs(folder, tmp_path / "site", jobs) for jobs in (1, 2))

    assert (alone.returncode, alone.stderr) == (two.returncode, two.stderr)
    assert alone.returncode == 1
    assert "templates/pages/claim.html:2" in alone.stderr


def test_static_file_that_cannot_be_read_is_told(
    project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is one error that names the file, and no site is written."""
    folder = project(f"{SITE}-- templates/static/own.txt --\nmine\n")
    read_bytes = Path.read_bytes

    def closed(path: Path) -> bytes:
        if path.name == "own.txt":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", closed)
    built = build(folder, tmp_path / "site")

    assert built.published is None
    assert [str(each.at.path) for each in built.examined.diagnostics][-1:] == [
        "templates/static/own.txt"
    ]
    assert not (tmp_path / "site").exists()
