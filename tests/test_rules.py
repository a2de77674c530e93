"""What an author is told: every rule, every kind of note, in reports compared word for word.

A golden file is a project in the form of `tests.archive`; its last part, `report`, is what
`sitegen check` says of it. A part `command` that says `build` has it built instead, into `_site`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen import check, make, render, schema
from sitegen.build import Examined, build, check_project
from sitegen.cli import main
from sitegen.diagnostics import Severity, in_order
from sitegen.report import format_text
from tests.archive import pack, unpack
from tests.conftest import CheckGolden, MakeProject

_FOLDER = Path(__file__).parent / "golden" / "rules"
_NAMES = tuple(sorted(path.stem for path in _FOLDER.glob("*.txt")))
_MANUAL = {**check.manual(), **schema.RULES, **render.RULES, **make.RULES}
# What no text can show: links, pipes and bytes that are not UTF-8. See the tests of them below.
_NOT_IN_TEXT = frozenset({"cannot-read", "not-utf8", "outside-project"})

_TWO_MISTAKES = """
    -- content/site.yaml --
    title: Rain
    -- content/claims/rain.yaml --
    statement: It rained on Monday.
    kind: Fact
    evidence:
      - source: herold
        quote: It rained
    -- content/sources/herald.yaml --
    title: Rain on Monday
    """
_ONE_WARNING = """
    -- content/site.yaml --
    title: Rain
    -- content/sources/herald.yaml --
    title: Rain on Monday
    """
_SOUND = """
    -- content/site.yaml --
    title: Rain
    """


def rule_of(name: str) -> str:
    """Return the rule for which a golden file is named: `<rule>` or `<rule>-<variant>`."""
    return max((rule for rule in _MANUAL if f"{name}-".startswith(f"{rule}-")), key=len)


def reported(text: str) -> list[tuple[str, str]]:
    """Return the severity and rule of every diagnostic in a report."""
    return re.findall(r"^\S.*?:\d+:\d+: (error|warning)\[([a-z0-9-]+)\]: ", text, re.MULTILINE)


def say(examined: Examined, folder: Path) -> str:
    """Return the report of a run, the project's own folder written as PROJECT."""
    said = format_text(examined.diagnostics, examined.files)
    return said.replace(str(folder.resolve()), "PROJECT")


def run(*arguments: str | Path) -> Result:
    """Return what the command line did; an exception that nobody caught is raised here."""
    found = CliRunner().invoke(main, [str(each) for each in arguments])
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


@pytest.mark.parametrize("name", _NAMES)
def test_report(name: str, project: MakeProject, golden: CheckGolden) -> None:
    """An author's mistakes are reported as the golden file has it, each at its place."""
    files = unpack((_FOLDER / f"{name}.txt").read_bytes().decode("utf-8"))
    kept = {path: content for path, content in files.items() if path != "report"}
    command = kept.get("command", "check\n").strip()
    folder = project(pack({path: text for path, text in kept.items() if path != "command"}))
    if command == "build":
        found = build(folder, folder / "_site").examined
    else:
        found = check_project(folder)
    golden(f"rules/{name}.txt", pack({**kept, "report": say(found, folder)}))


@pytest.mark.parametrize("rule", sorted(_MANUAL.keys() - _NOT_IN_TEXT))
def test_every_rule_has_a_golden_file(rule: str) -> None:
    """No rule goes without an example of its report."""
    assert rule in {rule_of(name) for name in _NAMES}


@pytest.mark.parametrize("name", _NAMES)
def test_golden_file_shows_its_rule(name: str) -> None:
    """A golden file is named for a rule that its report has, and for nothing else."""
    report = unpack((_FOLDER / f"{name}.txt").read_text(encoding="utf-8"))["report"]
    assert {rule for _, rule in reported(report)} >= {rule_of(name)}


def test_every_reported_rule_is_in_the_manual() -> None:
    """What a report names in brackets can be looked up."""
    for name in _NAMES:
        report = unpack((_FOLDER / f"{name}.txt").read_text(encoding="utf-8"))["report"]
        assert {rule for _, rule in reported(report)} <= _MANUAL.keys()


def test_golden_files_show_mistakes_enough() -> None:
    """The table of mistakes holds hundreds, in every kind of note, and both severities."""
    found: Counter[str] = Counter()
    folders: set[str] = set()
    for name in _NAMES:
        report = unpack((_FOLDER / f"{name}.txt").read_text(encoding="utf-8"))["report"]
        found.update(severity for severity, _ in reported(report))
        folders |= set(re.findall(r"^content/([a-z]+)[/.][^:]*:\d+:\d+:", report, re.MULTILINE))
    assert found["error"] >= 250
    assert found["warning"] >= 20
    kinds = "actors claims corrections events measures pages places questions site sources"
    assert folders >= set(kinds.split())


@pytest.mark.parametrize("rule", sorted(_MANUAL))
def test_every_rule_is_explained(rule: str) -> None:
    """The manual says of each rule what it finds, and why it matters or how to mend it."""
    sentences = re.findall(r"[.!?:](?= [A-Z`\[]|\s*$)", " ".join(_MANUAL[rule].split()))
    assert len(sentences) >= 2, _MANUAL[rule]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule)


@pytest.mark.parametrize("name", _NAMES)
def test_messages_keep_to_the_style(name: str) -> None:
    """A message is one short fact, lower case without a full stop, with a help that follows."""
    report = unpack((_FOLDER / f"{name}.txt").read_text(encoding="utf-8"))["report"]
    blocks = re.split(r"\n(?=\S)", report.strip())
    for block in blocks:
        message = block.splitlines()[0].partition("]: ")[2]
        assert message, block
        assert not message[0].isupper(), message
        assert not message.endswith("."), message
        assert len(message) <= 160, message
        assert re.search(r"^  help: \S", block, re.MULTILINE), block


# Mistakes that no text can show


def test_links_that_lead_out_are_refused(project: MakeProject, tmp_path: Path) -> None:
    """A note or an article that is a link out of the project is not read."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        -- content/sources/herald.yaml --
        title: Rain on Monday
        text: herald.txt
        -- seeds/mail.md --
        It rained.
        """)
    (tmp_path / "outside.txt").write_text("name: The mayor\n", encoding="utf-8")
    (folder / "content" / "actors").mkdir()
    (folder / "content" / "actors" / "mayor.yaml").symlink_to(tmp_path / "outside.txt")
    (folder / "seeds" / "herald.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "seeds" / "mail.md").unlink()
    assert say(check_project(folder), folder) == (
        "content/actors/mayor.yaml:1:1: error[outside-project]: "
        "this link leads out of the project\n"
        "  help: copy the file to this place\n"
        "seeds/herald.txt:1:1: error[outside-project]: this link leads out of the project\n"
        "  help: copy the file to this place\n"
    )


def test_links_that_lead_nowhere_are_reported(project: MakeProject) -> None:
    """A dangling link, a circle of links and a folder in a file's place are said to be such."""
    folder = project(_SOUND)
    claims = folder / "content" / "claims"
    claims.mkdir()
    (claims / "dangling.yaml").symlink_to(claims / "gone.yaml")
    (claims / "ring.yaml").symlink_to(claims / "ring.yaml")
    (folder / "content" / "site.yaml").unlink()
    (folder / "content" / "site.yaml").mkdir()
    help_ = "  help: look at its permissions, and where it leads if it is a link\n"
    said = say(check_project(folder), folder)
    assert said.startswith(
        "content/claims/dangling.yaml:1:1: error[cannot-read]: "
        f"cannot read this file: no such file or directory\n{help_}"
        "content/claims/ring.yaml:1:1: error[cannot-read]: cannot read this file: "
    )
    assert said.endswith(
        "content/site.yaml:1:1: error[cannot-read]: this is no ordinary file\n"
        "  help: put an ordinary file in its place\n"
    )


def test_pipe_is_not_waited_for(project: MakeProject) -> None:
    """A pipe in a note's place is reported, and not read until somebody writes to it."""
    folder = project(_SOUND)
    (folder / "content" / "claims").mkdir()
    make_pipe = getattr(os, "mkfifo", os.mkdir)  # Windows has no pipes in folders
    make_pipe(folder / "content" / "claims" / "pipe.yaml")
    assert say(check_project(folder), folder) == (
        "content/claims/pipe.yaml:1:1: error[cannot-read]: this is no ordinary file\n"
        "  help: put an ordinary file in its place\n"
    )


@pytest.mark.parametrize(
    ("path", "raw", "place", "message"),
    [
        ("content/claims/rain.yaml", b"statement: caf\xe9\n", "1:15", "the byte 0xE9 is not UTF-8"),
        ("content/pages/index.md", b"---\nt: a\n---\n\xc3\xa9 \xff", "4:3", "the byte 0xFF is not"),
        ("content/site.yaml", "title: Rain\n".encode("utf-16"), "1:1", "this file is UTF-16 text"),
        ("seeds/herald.txt", b"It rained.\r\n\x93Yes\x94", "2:1", "the byte 0x93 is not UTF-8"),
    ],
)
def test_other_encodings_are_reported(
    path: str, raw: bytes, place: str, message: str, project: MakeProject
) -> None:
    """A file that is not UTF-8 is one diagnostic, at its first byte that is none."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        -- content/sources/herald.yaml --
        title: Rain on Monday
        text: herald.txt
        -- seeds/herald.txt --
        It rained.
        """)
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_bytes(raw)
    said = say(check_project(folder), folder)
    assert said.startswith(f"{path}:{place}: error[not-utf8]: {message}"), said
    assert len(reported(said)) == 1


def test_byte_order_mark_is_no_mistake(project: MakeProject) -> None:
    """Notes and articles may begin with a byte order mark and end their lines as Windows does."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        -- content/claims/rain.yaml --
        statement: It rained on Monday.
        kind: Fact
        evidence: [{source: herald, quote: It rained}]
        -- content/sources/herald.yaml --
        title: Rain on Monday
        text: herald.txt
        -- seeds/herald.txt --
        It rained.
        """)
    for path in [*folder.glob("content/**/*.yaml"), folder / "seeds" / "herald.txt"]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    said = say(check_project(folder), folder)
    assert said.startswith("content/claims/rain.yaml:2:7: error[invalid-value]: kind: ")
    assert len(reported(said)) == 1


def test_names_that_are_no_text_are_reported(project: MakeProject) -> None:
    """A file name with a line break, or of bytes that are no text, can be reported."""
    folder = project(_SOUND)
    (folder / "content" / "claims").mkdir()
    for name in (b"two\nlines.yaml", b"latin-\xe9.yaml", b"rain\n.yaml"):
        with suppress(OSError):  # a system that refuses such a name needs no report of it
            (folder / "content" / "claims" / os.fsdecode(name)).touch()
    names = list((folder / "content" / "claims").iterdir())
    (folder / "content" / "claims" / "It rained.yaml").touch()
    for style in ("text", "json", "github"):
        assert run("check", folder, "--format", style).exit_code == 1
    said = say(check_project(folder), folder)
    assert reported(said) == [("error", "bad-file-name")] * (len(names) + 1)
    assert "\udce9" not in said


# A run as a whole


def test_all_mistakes_are_reported_at_once(project: MakeProject) -> None:
    """Mistakes of every kind, in all files, come in one run, sorted by place."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        colour: blue
        -- content/actors/mayor.yaml --
        name: @mayor
        -- content/claims/rain.yaml --
        statement: It rained on Monday.
        evidence:
          - source: herald
            quote: It snowed
          - source: herold
            quote: It rained
        analysis: As [[the-flood]] shows.
        actors: [mayor]
        -- content/claims/Snow.yaml --
        statement: It snowed.
        -- content/events/flood.yaml --
        title: Flood
        date: 18 June 2024
        -- content/sources/herald.yaml --
        title: Rain on Monday
        text: herald.txt
        published: 2024-06-18
        collected: 2024-06-17
        -- seeds/herald.txt --
        It rained on Monday.
        """)
    found = check_project(folder).diagnostics
    assert [(each.at.path, each.at.line, each.rule) for each in found] == [
        ("content/actors/mayor.yaml", 1, "yaml-syntax"),
        ("content/claims/Snow.yaml", 1, "bad-file-name"),
        ("content/claims/rain.yaml", 4, "quote-missing"),
        ("content/claims/rain.yaml", 5, "unknown-id"),
        ("content/claims/rain.yaml", 7, "broken-link"),
        ("content/events/flood.yaml", 2, "invalid-date"),
        ("content/site.yaml", 2, "unknown-field"),
        ("content/sources/herald.yaml", 4, "collected-before-published"),
    ]
    assert found == in_order(found)


@pytest.mark.parametrize(
    "path",
    [
        "content/actors/mayor.yaml",
        "content/events/flood.yaml",
        "content/measures/rainfall.yaml",
        "content/places/gauge.yaml",
        "content/questions/why.yaml",
        "content/sources/herald.yaml",
        "content/pages/method.md",
    ],
)
@pytest.mark.parametrize("mistake", ["title: @\n", "", "colour: blue\n", b"title: \xff\n"])
def test_one_mistake_is_one_diagnostic(
    path: str, mistake: str | bytes, project: MakeProject
) -> None:
    """A file that cannot be used does not make an unknown id wherever another note names it."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        -- content/actors/mayor.yaml --
        name: The mayor
        -- content/claims/rain.yaml --
        statement: It rained on Monday.
        evidence:
          - {source: herald, quote: It rained, said_by: [mayor], origins: [mayor]}
        actors: [mayor]
        events: [flood]
        places: [gauge]
        questions: [why]
        quantity: {measure: rainfall, value: 12}
        analysis: See [[method]], [[actor:mayor]] and [[flood]].
        -- content/corrections/gauge.yaml --
        date: 2024-06-20
        was: It rained 12 millimetres.
        now: It rained 21 millimetres.
        notes: [actors/mayor, pages/method, sources/herald]
        -- content/events/flood.yaml --
        title: Flood
        date: 2024-06-18
        -- content/measures/rainfall.yaml --
        title: Rainfall
        unit: millimetres
        -- content/pages/method.md --
        ---
        title: Method
        ---
        -- content/places/gauge.yaml --
        name: The gauge
        -- content/questions/why.yaml --
        question: Why did it rain?
        -- content/sources/herald.yaml --
        title: Rain on Monday
        text: herald.txt
        -- seeds/herald.txt --
        It rained on Monday.
        """)
    raw = mistake if isinstance(mistake, bytes) else mistake.encode()
    (folder / path).write_bytes(b"---\n" + raw + b"---\n" if path.endswith(".md") else raw)
    found = [each for each in check_project(folder).diagnostics if each.at.path != path]
    assert [each for each in found if each.severity is Severity.ERROR] == []


def test_failed_build_leaves_the_old_site(project: MakeProject) -> None:
    """A build that finds errors changes no byte and no time of the site that is there."""
    folder = project(_SOUND)
    site = folder / "_site"
    assert run("build", folder).exit_code == 0
    before = {
        path: (path.stat().st_mtime_ns, path.read_bytes())
        for path in site.rglob("*")
        if path.is_file()
    }
    project(_TWO_MISTAKES)
    assert run("build", folder).exit_code == 1
    after = {
        path: (path.stat().st_mtime_ns, path.read_bytes())
        for path in site.rglob("*")
        if path.is_file()
    }
    assert before
    assert after == before


def test_failed_build_makes_no_folder(project: MakeProject) -> None:
    """Where there is no site yet, a build that finds errors leaves none behind."""
    folder = project(_TWO_MISTAKES)
    before = sorted(folder.rglob("*"))
    assert run("build", folder).exit_code == 1
    assert run("build", folder, "--output", folder / "elsewhere").exit_code == 1
    assert sorted(folder.rglob("*")) == before


def test_check_writes_nothing(project: MakeProject) -> None:
    """A check of a sound project leaves its folder as it is."""
    folder = project(_SOUND)
    before = sorted(folder.rglob("*"))
    assert run("check", folder).exit_code == 0
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize(
    ("text", "options", "exit_code"),
    [
        (_SOUND, [], 0),
        (_SOUND, ["--strict"], 0),
        (_ONE_WARNING, [], 0),
        (_ONE_WARNING, ["--strict"], 1),
        (_TWO_MISTAKES, [], 1),
        (_TWO_MISTAKES, ["--strict"], 1),
        (_SOUND, ["--colour"], 2),
    ],
)
def test_exit_code(
    command: str, text: str, options: list[str], exit_code: int, project: MakeProject
) -> None:
    """0 is clean, 1 is errors, or warnings under --strict, and 2 is wrong use."""
    assert run(command, project(text), *options).exit_code == exit_code


@pytest.mark.parametrize(
    "arguments",
    [["build", "nowhere"], ["check", "nowhere"], ["check", "--format", "xml"], ["publish"], []],
)
def test_wrong_use(arguments: list[str]) -> None:
    """A folder that is not there and a word that means nothing are wrong use."""
    assert run(*arguments).exit_code == 2


def test_strict_build_writes_nothing_for_a_warning(project: MakeProject) -> None:
    """Under --strict a warning keeps the site from being written."""
    folder = project(_ONE_WARNING)
    assert run("build", folder, "--strict").exit_code == 1
    assert not (folder / "_site").exists()


def test_text_goes_to_the_error_stream_and_ends_with_a_sum(project: MakeProject) -> None:
    """A report for people ends with how many mistakes there are in how many files."""
    found = run("check", project(_TWO_MISTAKES))
    assert found.stdout == ""
    assert found.stderr.splitlines()[-1].startswith("2 errors in 1 file")
    assert reported(found.stderr) == [("error", "invalid-value"), ("error", "unknown-id")]


def test_json_has_one_object_a_line(project: MakeProject) -> None:
    """Each line of the JSON report is an object with the same fields, for other programs."""
    found = run("check", project(_TWO_MISTAKES), "--format", "json")
    lines = [json.loads(line) for line in found.stdout.splitlines()]
    assert lines == [
        {
            "path": "content/claims/rain.yaml",
            "line": 2,
            "column": 7,
            "severity": "error",
            "rule": "invalid-value",
            "message": 'kind: "Fact" is none of the words that may stand here',
            "help": 'did you mean "fact"? (one of: fact, estimate, quotation, provision, '
            "prediction, opinion)",
            "related": [],
        },
        {
            "path": "content/claims/rain.yaml",
            "line": 4,
            "column": 13,
            "severity": "error",
            "rule": "unknown-id",
            "message": 'there is no source "herold"',
            "help": 'did you mean "herald"?',
            "related": [],
        },
    ]
    assert found.stderr == ""


def test_github_gets_annotations(project: MakeProject) -> None:
    """Each mistake is a workflow command that GitHub shows beside its line."""
    found = run("check", project(_TWO_MISTAKES), "--format", "github")
    first, second = found.stdout.splitlines()
    place = "::error file=content/claims/rain.yaml"
    assert first.startswith(f'{place},line=2,col=7,title=invalid-value::kind: "Fact" is none of ')
    assert second == (
        f'{place},line=4,col=13,title=unknown-id::there is no source "herold"'
        '%0Ahelp: did you mean "herald"?'
    )


def test_clean_project_says_nothing_to_programs(project: MakeProject) -> None:
    """No mistakes are no lines."""
    folder = project(_SOUND)
    assert run("check", folder, "--format", "json").stdout == ""
    assert run("check", folder, "--format", "github").stdout == ""


@pytest.mark.parametrize("style", ["text", "json", "github"])
def test_report_survives_a_terminal_that_knows_ascii_only(style: str, project: MakeProject) -> None:
    """A run ends with its exit code, not with a traceback, whatever the terminal's encoding."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        -- content/claims/rain.yaml --
        statement: "雨\\u202e"
        kind: "“雨”"
        evidence: [{source: herald, quote: é}]
        """)
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "check", str(folder), "--format", style],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"},
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"invalid-value" in done.stdout + done.stderr
