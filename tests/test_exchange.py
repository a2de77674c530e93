"""Material that comes in and goes out, by the commands as an author runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.kinds import Kind
from tests.articles import PAGE
from tests.commands import run, snapshot
from tests.web import serving

# --- add --------------------------------------------------------------------------------------


def test_article_from_the_web_can_be_quoted_at_once(
    started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One command takes it in, says what it found and what comes next; the next one works."""
    monkeypatch.setenv("no_proxy", "*")
    with serving({"/a": lambda each: each.answer(PAGE.encode(), "text/html")}) as root:
        added = run("add", f"{root}/a", "--project", started)
    assert added.exit_code == 0, added.output
    assert "title       Bridge closed to traffic\n" in added.stdout
    assert "to fill in: kind, reliability\n" in added.stdout
    assert added.stdout.endswith(
        'next: sitegen excerpt bridge-closed-to-traffic "some words of a passage"\n'
    )
    quoted = run(
        "excerpt", "bridge-closed-to-traffic", "a crack of 40 centimetres", "--project", started
    )
    assert quoted.exit_code == 0
    assert "quote: a crack of 40 centimetres" in quoted.stdout
    checked = run("check", started)
    assert checked.exit_code == 0
    assert "warning[unused-source]" in checked.stderr


def test_article_from_standard_input(started: Path) -> None:
    """A hyphen reads what another program gives; without a name its title makes the id."""
    added = run("add", "-", "--project", started, given=b"Rain again\n\nIt rained.\n")
    assert added.exit_code == 0
    assert (started / "seeds/rain-again.txt").read_bytes() == b"Rain again\n\nIt rained.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "nowhere.html"],
        ["add", "."],
        ["add", ""],
        ["add", "ftp://example.org/x"],
        ["add", "http://127.0.0.1:1/"],
        ["add", "http://user:secret@example.org/"],
        ["add", "-", "--id", "../x"],
        ["add", "-", "--collected", "yesterday"],
        ["add", "-", "--encoding", "zip"],
        ["add", "-", "--max-size", "1"],
        ["add", "-", "--max-size", "nan"],
        ["add", "x\0y"],
        ["add", b"\xff"],
    ],
)
def test_what_cannot_be_added_is_one_clear_error(
    arguments: list[str | bytes], started: Path
) -> None:
    """No traceback, no secret, and nothing is written."""
    before = snapshot(started)
    words = [os.fsdecode(each) for each in arguments]
    found = run(*words, "--project", started, given=b"Some words. " * 100_000)
    assert found.exit_code in {1, 2}
    assert "Error: " in found.stderr
    assert "secret" not in found.output
    assert snapshot(started) == before


def test_missing_library_is_named_with_the_way_to_it(started: Path) -> None:
    """Where the extra is not installed, plain text still works and a page says what to install."""
    script = (
        "import sys\nsys.modules['trafilatura'] = None\n"
        "from sitegen.cli import main\nmain(sys.argv[1:], prog_name='sitegen')\n"
    )

    def run_without(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-c", script, *map(str, arguments), "--project", str(started)]
        return subprocess.run(words, capture_output=True, text=True, check=False)

    (started / "page.html").write_text(PAGE, "utf-8")
    (started / "plain.txt").write_text("Plain words\n", "utf-8")
    assert run_without("add", started / "plain.txt").returncode == 0
    refused = run_without("add", started / "page.html")
    assert refused.returncode == 1
    assert 'python -m pip install "' in refused.stderr
    assert '"pypdf' in refused.stderr
    assert '"trafilatura' in refused.stderr


# --- import and export ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
def test_table_goes_out_and_comes_in_again(kind: Kind, started: Path) -> None:
    """A project's notes come back as they were, into an empty project too."""
    table = started / f"{kind}s.csv"
    written = run("export", "csv", started, "--kind", kind, "--output", table)
    assert written.exit_code == 0
    again = run("import", table, "--project", started)
    assert again.exit_code == 0
    assert "0 notes written" in again.stdout
    bare = started.parent / "bare"
    run("init", "--bare", bare)
    assert run("import", table, "--project", bare).exit_code == 0
    assert run("export", "csv", bare, "--kind", kind).stdout_bytes == table.read_bytes()
    assert run("export", "csv", bare, "--kind", kind, "--output", table).exit_code == 1


@pytest.mark.parametrize(
    ("style", "ending"), [("csl-json", "json"), ("bibtex", "bib"), ("ris", "ris")]
)
def test_sources_go_out_and_come_in_again(style: str, ending: str, started: Path) -> None:
    """Each format of reference managers is told by its ending or its contents."""
    file = started / f"sources.{ending}"
    file.write_bytes(run("export", style, started).stdout_bytes)
    bare = started.parent / "bare"
    run("init", "--bare", bare)
    taken = run("import", file, "--project", bare)
    assert taken.exit_code == 0
    assert taken.stderr == ""
    assert (
        taken.stdout
        == "2 notes written, 0 there already, 0 left as they are\nnext: sitegen check\n"
    )
    assert run("check", bare).exit_code == 0
    assert run("export", style, bare).stdout_bytes == file.read_bytes()


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("csl-json", "ignore (2), reliability (2), reliability_why (2), text (2)"),
        ("bibtex", "ignore (2), notes (1), reliability (2), reliability_why (2), text (2)"),
        ("annotations", "origins (4), said_by (1), translation (1)"),
    ],
)
def test_export_tells_what_a_format_cannot_say(style: str, told: str, started: Path) -> None:
    """Fields that do not go out are named, each with how often it is there; the output is whole."""
    source = started / "content/sources/mirror-bridge-shut.yaml"
    source.write_text(f"{source.read_text('utf-8')}notes: A remark.\n", "utf-8")
    event = started / "content/events/closure.yaml"
    entry = "  - source: mirror-bridge-shut\n"
    event.write_text(
        event.read_text("utf-8").replace(entry, f"{entry}    translation: {{text: Ein Riss.}}\n")
    )
    found = run("export", style, started)
    assert found.exit_code == 0
    assert found.stderr == f"not in this format: {told}\n"
    assert run("export", "csv", started, "--kind", "source").stderr == ""


def test_annotations_become_drafts_and_what_is_left_out_is_told(started: Path) -> None:
    """Exit code 1 says that one was left out; the others are taken, and the project stays sound."""
    file = started / "annotations.json"
    quote = {"type": "TextQuoteSelector", "exact": "four extra boats"}
    items = [
        {"id": "urn:1", "target": {"source": "courier-into-summer", "selector": quote}},
        {"id": "urn:2", "target": {"source": "https://example.org/", "selector": quote}},
    ]
    file.write_text(json.dumps({"items": items}), "utf-8")
    taken = run("import", file, "--project", started)
    assert taken.exit_code == 1
    assert taken.stdout == (
        "written  content/claims/four-extra-boats.yaml\n"
        "1 passage taken, 0 quoted already, 1 left out\n"
        "next: sitegen check\n"
    )
    assert "left out: annotation 2 (urn:2): no source has the address" in taken.stderr
    assert run("check", started, "--strict").exit_code == 0
    into = run("import", file, "--project", started, "--into", "claims/crack-was-known")
    assert "written  content/claims/crack-was-known.yaml\n" in into.stdout


def test_annotations_on_a_source_that_is_not_there_are_told_once(started: Path) -> None:
    """What a project gave out names its sources by id; the id, not an address, is asked for."""
    quote = {"type": "TextQuoteSelector", "exact": "four extra boats"}
    target = {"source": "urn:sitegen:source:dale-post", "selector": quote}
    items = [{"id": f"urn:{number}", "target": target} for number in (1, 2, 3)]
    (started / "a.json").write_text(json.dumps({"items": items}), "utf-8")
    taken = run("import", started / "a.json", "--project", started)
    assert taken.exit_code == 1
    assert taken.stderr == (
        'left out: 3 annotations (1, 2, 3): no source has the id "dale-post"\n'
        "  help: import its note and its article, or: sitegen new source dale-post\n"
    )


def test_words_from_outside_cannot_command_a_terminal(started: Path) -> None:
    """Escape sequences and marks of direction are shown as what they are."""
    item = {"id": "\x1b[2J", "target": {"source": "\x1b]0;x\x07\u202e", "selector": None}}
    file = started / "a.json"
    file.write_text(json.dumps([item, {"target": [], "tags": ["\x1b"]}]), "utf-8")
    taken = run("import", file, "--project", started)
    assert "<U+001B>" in taken.stderr
    records = b'[{"title": "T", "id": "a", "\\u001b": "x", "URL": "http://e.org/\\u202e"}]'
    kept = run("import", "-", "--format", "csl-json", "--project", started, given=records)
    assert kept.exit_code == 0
    assert "<U+001B>" in kept.stderr
    assert not {"\x1b", "\x07", "\u202e"} & set(taken.output + kept.output)


def test_what_is_not_kept_of_a_record_is_told(started: Path) -> None:
    """By record: what was kept and what was not."""
    taken = run(
        "import", "-", "--format", "bibtex", "--project", started,
        given=b"@book{rain, title = {Rain}, volume = 3}",
    )  # fmt: skip
    assert taken.exit_code == 0
    assert taken.stderr == "record 1 (rain): kept title; not kept volume, type\n"


def test_notes_that_are_still_to_come_are_named_in_one_line(started: Path, tmp_path: Path) -> None:
    """A table that comes before what it refers to is taken in, with a word on what is missing."""
    table = tmp_path / "claims.csv"
    assert run("export", "csv", started, "--kind", "claim", "-o", table).exit_code == 0
    assert run("init", "--bare", tmp_path / "new").exit_code == 0
    imported = run("import", table, "--project", tmp_path / "new")
    assert imported.exit_code == 0
    (line,) = imported.stderr.splitlines()
    assert line.startswith("not there yet, but referred to: sources/mirror-bridge-shut, sources/")


def test_faulty_rows_are_reported_and_nothing_is_written(started: Path) -> None:
    """Each with its file, line and column, as a check reports the mistakes of notes."""
    before = snapshot(started)
    taken = run(
        "import", "-", "--format", "csv", "--kind", "actor", "--project", started,
        given=b"id,name,kind\na,A,person\nb,B,robot\n,C,\n",
    )  # fmt: skip
    assert taken.exit_code == 1
    assert 'standard input:3:1: error[invalid-value]: column "kind": ' in taken.stderr
    assert "standard input:4:1: error[bad-file-name]: this row has no id" in taken.stderr
    assert "Error: nothing was written" in taken.stderr
    assert snapshot(started) == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["import", "nowhere.csv"], 1),
        (["import", "-"], 1),
        (["import", "-", "--format", "csv"], 2),
        (["import", "-", "--format", "ris", "--into", "claims/x"], 2),
        (["import", "-", "--format", "ris", "--kind", "claim"], 2),
        (["import", "-", "--format", "csl-json"], 1),
        (["import", "-", "--format", "csv", "--kind", "claim", "--encoding", "zip"], 1),
        (["import", "x\0y.csv"], 1),
    ],
)
def test_what_cannot_be_imported_is_one_clear_error(
    arguments: list[str], code: int, started: Path
) -> None:
    """Wrong use is told apart from a file that cannot be used; nothing is written."""
    before = snapshot(started)
    found = run(*arguments, "--project", started, given=b"\xff\xfe\x00some words")
    if "--encoding" not in arguments and arguments[1] == "-":
        found = run(*arguments, "--project", started, given=b"some words")
    assert found.exit_code == code
    assert "Error: " in found.stderr
    assert snapshot(started) == before


def test_broken_entry_is_told_once_and_in_our_words(started: Path) -> None:
    """What the library that reads BibTeX has to say of an entry is not printed beside it."""
    file = started / "open.bib"
    file.write_text("@article{a, title = {x\n", "utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "sitegen", "import", "open.bib"],
        cwd=started,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
    )
    assert ended.returncode == 1
    assert ended.stderr == (
        "open.bib:1:1: error[bibtex-syntax]: this entry cannot be read\n"
        "  help: look for a brace or a comma that is missing here or above\n"
        "Error: nothing was written\n"
    )


def test_table_that_is_no_text_says_how_to_mend_it(started: Path) -> None:
    """The way out is that of a table, not that of an article."""
    file = started / "claims.csv"
    file.write_bytes(b"id,statement\nx,a\0b\n")
    found = run("import", file, "--project", started)
    assert found.exit_code == 1
    assert "export it again, as UTF-8" in found.stderr


def test_export_of_what_cannot_be_read_is_refused(started: Path) -> None:
    """A note that is at fault would be missing, so nothing goes out."""
    (started / "content/actors/ada-lindqvist.yaml").write_text("nam: x\n", "utf-8")
    found = run("export", "csv", started, "--kind", "claim")
    assert (found.exit_code, found.stdout) == (1, "")
    assert "error[unknown-field]" in found.stderr
    assert run("export", "csv", started).exit_code == 2
    assert run("export", "ris", started, "--kind", "claim").exit_code == 2
