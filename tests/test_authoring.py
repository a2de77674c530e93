"""The commands for authors, run as an author runs them: what they print, write and refuse."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import pytest

from sitegen.kinds import Kind
from tests.commands import run, snapshot


def test_first_claim_in_a_few_commands(started: Path) -> None:
    """From nothing to a published claim whose words are proved, and the page that shows it."""
    assert run("build", started, "--strict").exit_code == 0
    made = run("new", "claim", "ferry-runs-more-often", started)
    assert made.stdout.strip().endswith("ferry-runs-more-often.yaml")
    note = started / "content/claims/ferry-runs-more-often.yaml"
    assert run("check", started).exit_code == 1
    added = run(
        "excerpt", "courier-into-summer", "four EXTRA boats a day",
        "--into", "claims/ferry-runs-more-often", "--project", started,
    )  # fmt: skip
    assert added.exit_code == 0
    assert 'still to do: content/claims/ferry-runs-more-often.yaml:5: the field "statement"' in (
        added.stderr
    )
    text = note.read_text("utf-8")
    statement = "statement: The ferry runs four more boats a day.\nevents: [closure]"
    note.write_text(text.replace("statement:", statement, 1), "utf-8")
    built = run("build", started, "--strict")
    assert built.exit_code == 0, built.output
    page = (started / "_site/claims/ferry-runs-more-often.html").read_text("utf-8")
    assert "four extra boats a day" in page
    assert "The ferry runs four more boats a day." in page


def test_smallest_project_passes_the_workflow_that_init_writes(tmp_path: Path) -> None:
    """A bare project, one article and a claim of two fields: what is published has no warning."""
    project = tmp_path / "bare"
    assert run("init", project, "--bare").exit_code == 0
    added = run("add", "-", "--id", "herald", "--project", project, given=b"The bridge was closed.")
    assert added.exit_code == 0
    (project / "content/claims/closed.yaml").write_text(
        "statement: The bridge was closed.\n"
        "evidence:\n  - source: herald\n    quote: bridge was closed\n"
    )
    workflow = (project / ".github/workflows/pages.yml").read_text("utf-8")
    command = re.search(r"run: sitegen build \. (--strict)", workflow)
    assert command
    built = run("build", project, command[1])
    assert built.exit_code == 0, built.output
    source = (project / "_site/sources/herald.html").read_text("utf-8")
    assert "claims/closed.html" in source


def test_init_says_what_to_do_next_and_refuses_a_second_time(started: Path) -> None:
    """A project is made once; what is there is never touched."""
    before = snapshot(started)
    again = run("init", started)
    assert again.exit_code == 1
    assert "is not empty" in again.stderr
    assert snapshot(started) == before
    fresh = run("init", started.parent / "other")
    assert "sitegen build" in fresh.stdout


@pytest.mark.parametrize("kind", Kind)
def test_new_prints_the_path_of_the_note(kind: Kind, started: Path) -> None:
    """Every kind of note can be begun; its path is printed, and a second one is refused."""
    made = run("new", kind, "another-one", started)
    path = Path(made.stdout.strip())
    assert path.is_file()
    assert path.stem == "another-one"
    again = run("new", kind, "another-one", started)
    assert again.exit_code == 1
    assert "is there already" in again.stderr
    reported = run("check", started).stderr
    assert set(re.findall(r"error\[([a-z-]+)\]", reported)) == {"missing-field"}


def test_new_with_a_bad_id_is_wrong_use(started: Path) -> None:
    """An id that cannot be one ends with the code of wrong use and the nearest good id."""
    made = run("new", "claim", "The Ferry", started)
    assert made.exit_code == 2
    assert '"the-ferry"' in made.stderr


def test_excerpt_prints_only_the_entry(started: Path) -> None:
    """Standard output is the entry alone; the place and the sentence go to standard error."""
    found = run("excerpt", "mirror-bridge-shut", "length of the crack", "--project", started)
    assert found.stdout == "  - source: mirror-bridge-shut\n    quote: length of the crack\n"
    assert found.stderr == (
        "seeds/mirror-bridge-shut.txt:5:113\n"
        "   She put the [length of the crack] at 40 centimetres.\n"
    )


def test_excerpt_asks_which_passage_is_meant(started: Path) -> None:
    """Several passages are numbered; a number takes one, with the words that tell it apart."""
    words = ("excerpt", "courier-into-summer", "The port authority", "--project", started)
    asked = run(*words)
    assert asked.exit_code == 1
    assert asked.stdout == ""
    assert "1. seeds/courier-into-summer.txt:5:1\n   [The port authority] stands" in asked.stderr
    assert "--choose" in asked.stderr
    chosen = run(*words, "--choose", "2")
    assert chosen.exit_code == 0
    assert chosen.stdout == (
        "  - source: courier-into-summer\n    quote: The port authority\n    prefix: named.\n"
    )
    assert run(*words, "--choose", "9").exit_code == 2


def test_excerpt_adds_other_words_only_when_told_to(started: Path) -> None:
    """A passage that is not what was typed is shown, and added only with --yes."""
    words = (
        "excerpt", "courier-into-summer", "ferry company extra boats", "--project", started,
        "--into", "claims/crack-was-known",
    )  # fmt: skip
    before = snapshot(started)
    shown = run(*words)
    assert shown.exit_code == 1
    assert "[ferry company has put on four extra boats]" in shown.stderr
    assert snapshot(started) == before
    assert run(*words, "--yes").exit_code == 0
    note = (started / "content/claims/crack-was-known.yaml").read_text("utf-8")
    added = (
        "  - source: courier-into-summer\n    quote: ferry company has put on four extra boats\n"
    )
    assert added in note
    assert note.replace(added, "") == before["content/claims/crack-was-known.yaml"].decode()


def test_excerpt_tells_what_hedges_and_takes_the_sentence(started: Path) -> None:
    """The word that the passage leaves out is named; with --sentence nothing is left out."""
    seed = started / "seeds/courier-into-summer.txt"
    seed.write_text(f"{seed.read_text('utf-8')}\nThe pier may reopen soon.\n", "utf-8")
    words = ("excerpt", "courier-into-summer", "reopen soon", "--project", started)
    told = run(*words)
    assert 'look at it: the sentence also has "may"; see --sentence\n' in told.stderr
    whole = run(*words, "--sentence")
    assert whole.stdout.endswith("    quote: The pier may reopen soon.\n")
    assert "look at it" not in whole.stderr


def test_excerpt_writes_nothing_that_hedges_or_denies_less_unless_told_to(started: Path) -> None:
    """The word is named before the note is touched; the sentence, or --yes, then adds it."""
    seed = started / "seeds/courier-into-summer.txt"
    seed.write_text(f"{seed.read_text('utf-8')}\nThe pier was not flooded.\n", "utf-8")
    words = (
        "excerpt", "courier-into-summer", "flooded", "--project", started,
        "--into", "claims/crack-was-known",
    )  # fmt: skip
    before = snapshot(started)
    refused = run(*words)
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert refused.stderr.endswith(
        'look at it: the sentence also has "not"; see --sentence\n'
        "Error: nothing was added: the passage leaves out what hedges or denies in its sentence\n"
        "  help: add --sentence to take all of it, or --yes to take the passage as it is\n"
    )
    assert snapshot(started) == before
    whole = run(*words, "--sentence")
    assert whole.exit_code == 0
    assert "    quote: The pier was not flooded.\n" in whole.stdout
    part = run(*words, "--yes")
    assert part.exit_code == 0
    assert "    quote: flooded\n" in part.stdout
    assert 'the sentence also has "not"' in part.stderr


def test_explain_lists_rules_and_explains_one() -> None:
    """The manual is at hand, for all rules and for one; a misspelt name leads to the nearest."""
    assert "  quote-missing " in run("explain").stdout
    assert run("explain", "quote-missing").stdout.startswith("quote-missing (error; quotations)")
    wrong = run("explain", "quote-mising")
    assert wrong.exit_code == 2
    assert '"quote-missing"' in wrong.stderr
    assert run("explain", "--markdown").stdout.startswith("| rule | weight |")


def test_explain_brings_a_document_up_to_date(tmp_path: Path) -> None:
    """The table of rules in a document is renewed in place."""
    document = tmp_path / "rules.md"
    document.write_text("<!-- rules: begin -->\n<!-- rules: end -->\n", "utf-8")
    assert run("explain", "--into", document).stdout.endswith("written\n")
    assert run("explain", "--into", document).stdout.endswith("up to date\n")
    assert "| `unknown-id` | error |" in document.read_text("utf-8")


def test_health_tells_people_and_programs(started: Path) -> None:
    """What is left to do is told in words, and as one JSON object."""
    told = run("health", started, "--today", "2026-01-01", "--stale", "30")
    assert told.exit_code == 0
    assert (
        "Judgements older than 30 days on 2026-01-01:\n  claims/bridge-was-closed:" in told.stdout
    )
    data = json.loads(run("health", started, "--format", "json", "--today", "2025-04-01").stdout)
    assert data["today"] == "2025-04-01"
    assert data["stale_assessments"] == []
    assert {each["source"] for each in data["unused_passages"]} == {
        "courier-into-summer",
        "mirror-bridge-shut",
    }


def test_health_of_a_project_with_errors_is_its_errors(started: Path) -> None:
    """Nothing follows from notes that are wrong: the report comes first."""
    (started / "content/claims/crack-was-known.yaml").write_text("statement: x\n")
    told = run("health", started)
    assert told.exit_code == 1
    assert "error[missing-field]" in told.stderr


def test_check_as_sarif_is_one_log(started: Path) -> None:
    """A sound project gives a log without results, one with a mistake a result at its place."""
    clean = json.loads(run("check", started, "--format", "sarif").stdout)
    assert clean["runs"][0]["results"] == []
    note = started / "content/claims/crack-was-known.yaml"
    note.write_text(note.read_text("utf-8").replace("since January", "since June"), "utf-8")
    found = run("check", started, "--format", "sarif")
    assert found.exit_code == 1
    (result,) = [
        each for each in json.loads(found.stdout)["runs"][0]["results"] if each["level"] == "error"
    ]
    assert result["ruleId"] == "quote-changed"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 6


def test_fix_shows_what_it_changes_and_changes_nothing_else(started: Path) -> None:
    """Only with --fix, and only what is safe: the difference is shown, then the report."""
    note = started / "content/claims/engineer-would-not-cross.yaml"
    drifted = note.read_text("utf-8").replace("“", '"').replace("”", '"')
    drifted = drifted.replace('quote: "I', 'quote: >-\n      "I')
    note.write_text(drifted, "utf-8")
    actor = started / "content/actors/ada-lindqvist.yaml"
    actor.write_text(actor.read_text("utf-8") + "aliases: [lindqvist]\n", "utf-8")
    event = started / "content/events/closure.yaml"
    event.write_text(event.read_text("utf-8").replace("actors: [", "actors: [ lindqvist,"), "utf-8")
    before = snapshot(started)
    assert run("check", started).exit_code == 1
    assert snapshot(started) == before
    fixed = run("check", started, "--fix")
    assert fixed.exit_code == 0, fixed.stderr
    assert "+      “I would not drive my own car across it,” said Ada Lindqvist\n" in fixed.stdout
    assert "+actors: [ ada-lindqvist,port-authority]\n" in fixed.stdout
    changed = {name for name, content in snapshot(started).items() if content != before[name]}
    assert changed == {
        "content/claims/engineer-would-not-cross.yaml",
        "content/events/closure.yaml",
    }
    again = run("check", started, "--fix")
    assert again.stdout == ""
    assert again.stderr.startswith("nothing to fix: ")
    assert "nothing to fix" not in fixed.stderr


def test_fix_leaves_other_formats_whole(started: Path) -> None:
    """Where standard output is for programs, the difference goes to standard error."""
    note = started / "content/claims/engineer-would-not-cross.yaml"
    drifted = note.read_text("utf-8").replace("“", '"').replace("”", '"')
    note.write_text(drifted.replace('quote: "I', 'quote: >-\n      "I'), "utf-8")
    found = run("check", started, "--fix", "--format", "sarif")
    assert json.loads(found.stdout)["version"] == "2.1.0"
    assert "+++ b/content/claims/engineer-would-not-cross.yaml" in found.stderr


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("init", ["DIR", "builds at once", "--bare", "Example:"]),
        ("new", ["KIND", "ID", "commented out", "Example:"]),
        ("excerpt", ["SOURCE", "WORDS", "--into", "--choose", "--sentence", "Example:"]),
        ("add", ["FILE", "URL", "standard input", "--id", "--max-size", "Example:"]),
        ("import", ["FILE", "CSL-JSON", "Hypothesis", "evidence.1.quote", "--into", "Example:"]),
        ("export", ["FORMAT", "bibtex", "annotations", "--kind", "--output", "Example:"]),
        ("explain", ["RULE", "--markdown", "Example:"]),
        ("health", ["--stale", "--today", "single origin", "Example:"]),
        ("check", ["sarif", "--fix", "Without --fix no file is changed", "Example:"]),
        ("build", ["--output", "--strict", "_site", "Example:"]),
        ("serve", ["--port", "--open", "Warnings", "Ctrl-C", "Example:"]),
        ("schema", ["DIR", "completes", ".schemas/", "Example:"]),
    ],
)
def test_help_explains_every_argument(command: str, words: list[str]) -> None:
    """A newcomer finds in --help what a command does and what each argument means."""
    shown = run(command, "--help").stdout
    text = " ".join(shown.split())
    for each in words:
        assert each in text
    assert text.count("Usage:") == 1
    example = shown.partition("Example: ")[2].splitlines()[:2]
    assert example[0].startswith(f"sitegen {command}")
    assert example[1:] == [""]  # on one line, to be copied


@pytest.mark.parametrize(
    "arguments",
    [
        ["new", "claim", "../../x"],
        ["new", "claim", "x" * 300],
        ["new", "claim", "x\0y"],
        ["excerpt", "courier-into-summer", ""],
        ["excerpt", "courier-into-summer", "[…]"],
        ["excerpt", "courier-into-summer", "boats", "--into", "../../../etc/passwd"],
        ["excerpt", "courier-into-summer", "boats", "--into", "claims/"],
        ["excerpt", "courier-into-summer", "boats", "--into", "claims/deep"],
        ["excerpt", "courier-into-summer", "boats", "--into", "claims/latin"],
        ["excerpt", "courier-into-summer", "boats", "--into", "claims/alias"],
        ["explain", "[[["],
        ["health", "--today", "2025-02-30"],
        ["check", "--fix"],
        ["check", "--format", "sarif"],
    ],
)
def test_bad_input_never_shows_a_traceback(arguments: list[str], started: Path) -> None:
    """Whatever is typed, and whatever stands in the notes, the answer is words and a code."""
    claims = started / "content" / "claims"
    (claims / "deep.yaml").write_text("[" * 100_000, "utf-8")
    (claims / "latin.yaml").write_bytes(b"statement: caf\xe9\n")
    (claims / "alias.yaml").write_bytes(b"evidence: &a [*a]\n")
    before = snapshot(started)
    with chdir(started):
        ended = run(*arguments)
    assert ended.exit_code in {1, 2}
    assert "Traceback" not in ended.stderr
    assert ended.output
    assert snapshot(started) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["new", "claim", b"\xff\xfe"],
        ["excerpt", b"\xff", "x"],
        ["excerpt", "courier-into-summer", b"\xff"],
    ],
)
def test_bytes_that_are_no_text_never_show_a_traceback(
    arguments: list[str | bytes], started: Path
) -> None:
    """A terminal may pass what cannot be printed on it again."""
    before = snapshot(started)
    ended = subprocess.run(
        [sys.executable, "-m", "sitegen", *map(os.fsencode, arguments)],
        cwd=started,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
    )
    assert ended.returncode in {1, 2}
    assert b"Traceback" not in ended.stderr
    assert ended.stderr or ended.stdout
    assert snapshot(started) == before
