"""The command line: what it prints where, how it ends, and how little it loads."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from sitegen import __version__
from sitegen.build import Examined, check_project
from sitegen.cli import main
from sitegen.kinds import Kind
from tests.conftest import MakeProject

SOUND = """
-- content/site.yaml --
title: The briefing
-- content/sources/a.yaml --
title: The A
text: a.txt
-- seeds/a.txt --
It rained. Nobody came.
-- content/actors/kim.yaml --
name: Kim
-- content/claims/c.yaml --
statement: It rained.
evidence: [{source: a, quote: It rained}, {source: a, quote: "Nobody  came"}]
actors: [kim]
"""
WARNED = SOUND + "-- content/actors/nobody.yaml --\nname: Nobody\n"
BROKEN = SOUND.replace("quote: It rained}", "quote: Penguins marched}")


def run(*arguments: str | Path) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(each) for each in arguments])


# --- how little it loads ----------------------------------------------------------------------

HEAVY = {
    *("pydantic", "jinja2", "markdown", "yaml", "edtf", "nh3", "frontmatter"),
    *("starlette", "uvicorn", "watchfiles"),
}


@pytest.mark.parametrize(
    "arguments",
    [
        *(["--help"], ["--version"], ["build", "--help"], ["check", "--help"], ["serve", "--help"]),
        ["nonsense"],
    ],
)
def test_answer_that_needs_no_project_loads_nothing_heavy(arguments: list[str]) -> None:
    """Help comes at once: the libraries that a build needs are imported only by a build."""
    script = (
        "import sys\nfrom sitegen.cli import main\n"
        "try:\n    main(sys.argv[1:], prog_name='sitegen')\n"
        "except SystemExit:\n    pass\n"
        "print('LOADED', *sorted(name for name in sys.modules if '.' not in name))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert "click" in loaded
    assert not HEAVY & loaded


def test_module_can_be_run_as_the_command() -> None:
    """`python -m sitegen` is `sitegen`."""
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"sitegen, version {__version__}\n"


def test_help_names_the_commands_and_their_exit_codes() -> None:
    """Each command says what it does in its first line, and when it ends with what."""
    assert {"build", "check", "schema"} <= set(
        re.findall(r"^  (\w+) ", run("-h").output, re.MULTILINE)
    )
    for command in ("build", "check"):
        words = " ".join(run(command, "--help").output.split())
        assert "Exit code 0" in words
        assert "2: wrong use" in words


# --- build ------------------------------------------------------------------------------------


def test_build_says_what_it_did(project: MakeProject) -> None:
    """Notes by kind, quotes by state, files by what became of them, the time; nothing else."""
    folder = project(SOUND)
    result = run("build", folder)
    assert result.exit_code == 0
    assert result.stderr == ""
    notes, quotes, files, built = result.stdout.splitlines()
    assert notes == "notes   1 source, 1 claim, 1 actor"
    assert quotes == "quotes  1 exact, 1 normalised"
    assert re.fullmatch(r"files   \d+ written, 0 unchanged, 0 removed", files)
    assert re.fullmatch(r"built   .*_site.index\.html in \d+\.\d s", built)
    assert (folder / "_site" / "index.html").is_file()


def test_second_build_says_that_nothing_changed(project: MakeProject) -> None:
    """All files are unchanged."""
    folder = project(SOUND)
    first, second = run("build", folder), run("build", folder)
    written = int(re.findall(r"(\d+) written", first.stdout)[0])
    assert f"files   0 written, {written} unchanged, 0 removed" in second.stdout


def test_output_goes_where_it_is_told(project: MakeProject, tmp_path: Path) -> None:
    """Into the folder that is named, whose parents are made."""
    assert run("build", project(SOUND), "--output", tmp_path / "a" / "b").exit_code == 0
    assert (tmp_path / "a" / "b" / "index.html").is_file()


def test_project_is_this_folder_by_default(
    project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without arguments the folder one stands in is built, and paths are told from there."""
    monkeypatch.chdir(project(SOUND))
    result = run("build")
    assert result.exit_code == 0
    assert f"built   {Path('_site') / 'index.html'} in " in result.stdout


def test_build_with_errors_reports_them_and_ends_with_1(project: MakeProject) -> None:
    """The report goes to the error stream, with the line and a caret; nothing is written."""
    folder = project(BROKEN)
    result = run("build", folder)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "content/claims/c.yaml:2:31: error[quote-missing]: " in result.stderr
    assert "^" in result.stderr
    assert result.stderr.endswith("1 error in 1 file; nothing was written\n")
    assert not (folder / "_site").exists()


def test_build_with_warnings_reports_them_and_builds(project: MakeProject) -> None:
    """Unless they are to count."""
    folder = project(WARNED)
    result = run("build", folder)
    assert result.exit_code == 0
    assert "warning[orphan-note]" in result.stderr
    assert "built " in result.stdout
    strict = run("build", folder, "--strict")
    assert strict.exit_code == 1
    verdict = "1 warning in 1 file; nothing was written: --strict lets warnings stop the build\n"
    assert strict.stderr.endswith(verdict)


def test_refused_output_is_an_error(project: MakeProject) -> None:
    """A folder with somebody's own files is left alone, and the way out is told."""
    folder = project(SOUND)
    (folder / "mine").mkdir()
    (folder / "mine" / "thesis.txt").write_text("mine")
    result = run("build", folder, "-o", folder / "mine")
    assert result.exit_code == 1
    assert "error[cannot-write]" in result.stderr
    assert "help:" in result.stderr
    assert [path.name for path in (folder / "mine").iterdir()] == ["thesis.txt"]


def test_base_url_reaches_the_page_for_missing_addresses(project: MakeProject) -> None:
    """A host can say where it will publish."""
    folder = project(SOUND)
    assert run("build", folder, "--base-url", "https://example.org/sub/").exit_code == 0
    assert 'href="/sub/index.html"' in (folder / "_site/404.html").read_text(encoding="utf-8")


# --- check ------------------------------------------------------------------------------------


def test_check_of_a_sound_project_ends_with_0(project: MakeProject) -> None:
    """It says that there are no faults, counts the quotes, and writes nothing."""
    folder = project(SOUND)
    result = run("check", folder)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "no faults; 1 exact, 1 normalised\n"
        "normalised: signs or spaces differ from the source's; "
        "sitegen check --fix mends what it can\n"
    )
    assert "--fix" not in run("check", folder, "--fix").stderr
    assert not (folder / "_site").exists()


def test_check_says_which_quotes_it_could_not_look_up(project: MakeProject) -> None:
    """What faults hide is not passed over: neither entries nor notes that nobody could read."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        -- content/sources/herald.yaml --
        title: Rain on Monday
        text: herald.txt
        -- content/claims/dry.yaml --
        statement: It: was dry.
        evidence: [{source: herald, quote: It was dry}]
        -- seeds/herald.txt --
        It rained on Monday.
        """)

    def last_line() -> str:
        return run("check", folder).stderr.splitlines()[-1]

    assert last_line() == "1 error in 1 file; the quotes of 1 note could not be read"
    (folder / "content" / "claims" / "rain.yaml").write_text(
        "statement: It rained.\n"
        "evidence:\n"
        "  - {source: herald, quote: It rained}\n"
        "  - {source: nobody, quote: It rained}\n"
        "  - {source: herald, stance: disputes}\n"
        "  - {source: herald, qoute: on Monday}\n"
        "  - {source: herald, quote: rained on Monday}\n",
        encoding="utf-8",
    )
    (folder / "content" / "events").mkdir()
    (folder / "content" / "events" / "rain.yaml").write_text(
        "date: 2024\nevidence: [{source: herald, quote: It rained}]\n", encoding="utf-8"
    )
    assert last_line() == (
        "5 errors in 3 files; 4 exact, 2 not looked up; those of 1 note could not be read"
    )


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [(SOUND, [], 0), (WARNED, [], 0), (WARNED, ["--strict"], 1), (BROKEN, [], 1)],
)
def test_check_ends_as_a_build_would(
    project: MakeProject, text: str, options: list[str], code: int
) -> None:
    """0 clean, 1 the content has errors, or warnings under --strict."""
    assert run("check", project(text), *options).exit_code == code


def test_check_after_a_build_says_what_the_build_found(
    project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without looking for it again, in any format; after a change everything is looked at."""
    folder = project(WARNED)
    before = {style: run("check", folder, "--format", style) for style in ("text", "json")}
    run("build", folder)
    asked: list[str] = []

    def looking(folder: Path) -> Examined:
        asked.append("everything")
        return check_project(folder)

    monkeypatch.setattr("sitegen.build.check_project", looking)
    for style, expected in before.items():
        found = run("check", folder, "--format", style)
        assert (found.stdout, found.stderr) == (expected.stdout, expected.stderr)
        assert found.exit_code == expected.exit_code
    assert run("check", folder, "--strict").exit_code == 1
    assert asked == []
    (folder / "content/actors/nobody.yaml").unlink()
    assert "no faults" in run("check", folder).stderr
    assert asked == ["everything"]


def test_check_speaks_json(project: MakeProject) -> None:
    """One object a line on the output stream, and nothing beside it."""
    result = run("check", project(BROKEN), "--format", "json")
    (line,) = result.stdout.splitlines()
    found = json.loads(line)
    assert (found["path"], found["line"], found["rule"], found["severity"]) == (
        "content/claims/c.yaml",
        2,
        "quote-missing",
        "error",
    )
    assert (result.exit_code, result.stderr) == (1, "")
    assert run("check", project(SOUND, "sound"), "--format", "json").output == ""


def test_check_speaks_to_github(project: MakeProject) -> None:
    """Annotations that a workflow shows beside the line."""
    result = run("check", project(BROKEN), "--format", "github")
    assert result.stdout.startswith("::error file=content/claims/c.yaml,line=2,col=31,")
    assert (result.exit_code, result.stderr) == (1, "")


TWO_BROKEN = (
    BROKEN
    + """
-- content/actors/mayor.yaml --
name:
-- content/claims/other.yaml --
statement: It rained again.
evidence:
  - {source: a, quote: It rained}
"""
)


def test_check_of_notes_tells_what_concerns_them(
    project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All is read, but of the rest it is only said how much is wrong; the exit code is theirs."""
    folder = project(TWO_BROKEN)
    claims = folder / "content/claims"
    wrong = run("check", claims / "c.yaml", "--format", "json")
    assert wrong.exit_code == 1
    assert [json.loads(line)["path"] for line in wrong.stdout.splitlines()] == [
        "content/claims/c.yaml"
    ]
    sound = run("check", claims / "other.yaml")
    assert sound.exit_code == 0
    assert sound.stderr == (
        "no faults; elsewhere 2 errors in 2 files\n"
        "what the notes amount to is looked at once no note has errors\n"
    )
    assert run("check", claims / "c.yaml", claims / "other.yaml", folder).exit_code == 1
    monkeypatch.chdir(claims)
    assert "content/actors/mayor.yaml:1:6: " in run("check", "../actors/mayor.yaml").stderr


def test_check_of_a_note_tells_what_another_says_of_it(project: MakeProject) -> None:
    """A fault that stands elsewhere and points to the note concerns it too."""
    twin = "-- content/actors/a.yaml --\nname: Ann\n-- content/actors/b.yaml --\nname: Ann\n"
    folder = project(SOUND + twin)
    for name in "ab":
        said = run("check", folder / f"content/actors/{name}.yaml").stderr
        assert "warning[ambiguous-name]" in said


def test_check_of_a_folder_of_notes_tells_what_concerns_them(
    project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder within a project stands for all that lies in it, also where it is this folder."""
    folder = project(TWO_BROKEN)
    actors = "content/actors/mayor.yaml"
    for paths, found in (
        (["content/actors"], {actors}),
        (["content/actors", "."], {actors}),
        (["content"], {actors, "content/claims/c.yaml"}),
        (["content/sources", "seeds"], set()),
    ):
        monkeypatch.chdir(folder)
        told = run("check", *paths, "--format", "json")
        assert {json.loads(line)["path"] for line in told.stdout.splitlines()} == found
        assert told.exit_code == bool(found)
    monkeypatch.chdir(folder / "content/actors")
    for arguments in ((), (".",)):
        told = run("check", *arguments)
        assert "content/actors/mayor.yaml:1:6: " in told.stderr
        assert "1 error in 1 file; elsewhere 1 error in 1 file\n" in told.stderr


def test_check_takes_a_note_by_its_address(
    project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `sitegen excerpt --into` does; in this folder, or in the project that is named."""
    page = "-- content/pages/about.md --\n---\ntitle: About\n---\nIt rained.\n"
    folder = project(TWO_BROKEN + page)
    (folder / "content/claims/other.yaml").rename(folder / "content/claims/other.yml")
    assert "content/claims/c.yaml:" in run("check", folder, "claims/c").stderr
    monkeypatch.chdir(folder)
    for name in ("claims/c", "claim/c", "claims/c.yaml"):
        assert "\n1 error in 1 file; elsewhere 1 error in 1 file\n" in run("check", name).stderr
    for name in ("claims/other", "pages/about"):
        assert run("check", name).stderr.startswith("no faults; elsewhere 2 errors")
    missing = run("check", "claims/nobody")
    assert missing.exit_code == 2
    address, path = Path("claims/nobody"), Path("content/claims/nobody.yaml")
    assert f"Path '{address}' does not exist, and there is no '{path}'." in missing.stderr


def test_fix_of_a_note_leaves_the_others(project: MakeProject) -> None:
    """Mended is what was named, and no more."""
    folder = project(SOUND)
    names = [path for path in (folder / "content/claims").iterdir() if path.is_file()]
    before = {path: path.read_bytes() for path in names}
    said = run("check", folder / "content/sources/a.yaml", "--fix").stderr
    assert said.startswith("nothing to fix")
    assert {path: path.read_bytes() for path in names} == before
    assert run("check", *names, "--fix").stdout.startswith("--- a/content/claims/")
    assert {path: path.read_bytes() for path in names} != before


def test_check_of_what_is_no_note_is_wrong_use(project: MakeProject) -> None:
    """A file elsewhere, or of another project, says nothing of this one."""
    folder, other = project(SOUND), project(SOUND, "other")
    for paths in (
        [Path(__file__)],
        [folder / "content/site.yaml", other / "content/site.yaml"],
        [folder, other],
        [folder / "content/claims/nobody.yaml"],
    ):
        assert run("check", *paths).exit_code == 2


def test_check_of_two_projects_names_what_lies_in_them(project: MakeProject) -> None:
    """Sound notes of two projects are not said to be in none."""
    folder, other = project(SOUND), project(SOUND, "other")
    note, note_elsewhere = folder / "content/claims/c.yaml", other / "content/claims/c.yaml"
    for one, two, are in (
        (note, note_elsewhere, "are in"),
        (other, folder / "seeds/a.txt", "are in"),
        (folder / "content/claims", note_elsewhere, "are in"),
        (folder, other, "are"),
    ):
        found = run("check", one, two)
        assert found.exit_code == 2
        assert f"Error: '{one}' and '{two}' {are} two projects; name one." in found.stderr


def test_check_knows_a_project_by_two_names(project: MakeProject, tmp_path: Path) -> None:
    """A link to its folder does not make it two."""
    folder = project(SOUND)
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    found = run("check", tmp_path / "link", folder / "content/claims/c.yaml")
    assert found.stderr.startswith("no faults; elsewhere ")


# --- wrong use --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["bild"],
        ["build", "/nowhere/at/all"],
        ["build", "--nonsense"],
        ["check", ".", "--format", "xml"],
        ["schema"],
        ["build", __file__],
        ["build", ".", "--output", __file__],
    ],
    ids=[
        "unknown command",
        "no such project",
        "unknown option",
        "unknown format",
        "missing argument",
        "project is a file",
        "output is a file",
    ],
)
def test_wrong_use_ends_with_2(arguments: list[str]) -> None:
    """It is told apart from faulty content, and shows how it is meant."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


def test_folder_without_content_is_no_traceback(tmp_path: Path) -> None:
    """It is one error that says what to do."""
    result = run("build", tmp_path)
    assert result.exit_code == 1
    assert "error[no-content]" in result.stderr
    assert "Traceback" not in result.output


# --- schema -----------------------------------------------------------------------------------


def test_schema_writes_one_for_each_kind(tmp_path: Path) -> None:
    """And one for site.yaml; each is a valid JSON Schema."""
    result = run("schema", tmp_path / "schemas")
    names = {path.name for path in (tmp_path / "schemas").iterdir()}
    assert names == {f"{name}.schema.json" for name in (*Kind, "site")}
    assert result.exit_code == 0
    assert f"{len(names)} schemas in " in result.stdout
    for path in (tmp_path / "schemas").iterdir():
        jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_schemas_accept_the_repositorys_own_notes(tmp_path: Path, repo_root: Path) -> None:
    """An editor that follows them finds no fault with notes that sitegen accepts."""
    run("schema", tmp_path)
    checked = 0
    for kind in (each for each in Kind if each is not Kind.PAGE):
        schema = json.loads((tmp_path / f"{kind}.schema.json").read_text(encoding="utf-8"))
        validator = jsonschema.Draft202012Validator(schema)
        for path in sorted((repo_root / "content" / f"{kind}s").glob("*.yaml")):
            note = yaml.load(path.read_text(encoding="utf-8"), _AsInAnEditor)
            assert not list(validator.iter_errors(note)), path.name
            checked += 1
    assert checked > 50


class _AsInAnEditor(yaml.SafeLoader):
    """Reads YAML as editors do: numbers are numbers, but dates stay the text they are."""


_AsInAnEditor.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize(
    "note",
    [
        "statement: It rained.",
        "statement: It rained.\nevidence: []",
        "statement: It rained.\nevidence: [{source: a, quote: x}]\ntitel: x",
        "statement: It rained.\nevidence: [{source: a, quote: x, stance: agrees}]",
        "statement: It rained.\nevidence: [{source: A b, quote: x}]",
    ],
)
def test_schemas_refuse_what_sitegen_refuses(tmp_path: Path, note: str) -> None:
    """A schema that accepts anything would help nobody."""
    run("schema", tmp_path)
    schema = json.loads((tmp_path / "claim.schema.json").read_text(encoding="utf-8"))
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(yaml.safe_load(note)))


def test_schema_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Without a traceback, and with the folder's name."""
    (tmp_path / "file").write_text("x")
    result = run("schema", tmp_path / "file" / "below")
    assert result.exit_code == 1
    assert "cannot write to" in result.stderr


def test_states_of_quotes_are_named_as_they_are(project: MakeProject) -> None:
    """One ambiguous quote is counted under its whole name."""
    twice = SOUND.replace("It rained. Nobody came.", "It rained. It rained. Nobody came.")
    assert "1 ambiguous, 1 normalised" in run("check", project(twice, "twice")).stderr


@pytest.mark.parametrize(("text", "code", "said"), [(SOUND, 0, "built "), (BROKEN, 1, "nothing")])
def test_a_process_that_ends_as_it_stands_has_said_all(
    project: MakeProject, text: str, code: int, said: str
) -> None:
    """A build of its own process takes nothing apart at its end, and neither words nor code go."""
    command = [sys.executable, "-m", "sitegen", "build", str(project(text))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert said in (done.stdout + done.stderr).splitlines()[-1]


@pytest.mark.parametrize("command", ["build", "check"])
def test_who_has_closed_what_a_command_prints_to_has_its_work_done(
    project: MakeProject, command: str
) -> None:
    """There is nobody to be told anything, and that is no fault."""
    call = f'"{sys.executable}" -m sitegen {command} "{project(SOUND)}" >&-'
    done = subprocess.run(call, shell=True, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
