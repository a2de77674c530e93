"""The documents for authors are true: what they show is run, and what they list is all there is."""

from __future__ import annotations

import ast
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
import pytest
from click.testing import CliRunner

from sitegen.authoring.reference import fields_page, rules_page
from sitegen.authoring.rule_manual import all_rules
from sitegen.cli import main
from sitegen.cli.reference import commands_page
from sitegen.schema import schema_files
from tests.documents import Reader, blocks_in, commands_in, is_like

_ROOT: Final = Path(__file__).resolve().parent.parent
_DOCUMENTS: Final = [_ROOT / "README.md", *sorted((_ROOT / "docs").rglob("*.md"))]
_NAMES: Final = [path.relative_to(_ROOT).as_posix() for path in _DOCUMENTS]
_TUTORIAL: Final = "docs/tutorial.md"
_IN_A_PROJECT: Final = _ROOT / "templates/project/README.md"


def text_of(path: Path) -> str:
    """Return the text of a document."""
    return path.read_text(encoding="utf-8")


def not_run() -> list[str]:
    """Return the commands that docs/README.md lists as not run."""
    table = text_of(_ROOT / "docs/README.md").partition("| how it is tested instead |")[2]
    return re.findall(r"^\| `([^`]+)` \| \S", table, re.MULTILINE)


# --- what they show is so ---------------------------------------------------------------------


def test_tutorial_ends_with_a_claim_that_can_be_audited(tmp_path: Path) -> None:
    """Its commands, in order, make a page that leads to the quoted words, and from there back.

    This is the way of somebody who has never seen sitegen.
    """
    folder = tmp_path / "reader"
    folder.mkdir()
    Reader(folder, not_run()).follow(text_of(_ROOT / _TUTORIAL))
    site = folder / "my-briefing/_site"
    page = text_of(site / "claims/ferry-runs-more-boats.html")
    assert "<h1" in page
    assert "The Selmer ferry runs four more boats a day while the bridge is closed." in page
    assert "2 articles, 2 independent origins in support" in page
    excerpts = re.findall(r'<figure class="excerpt.*?</figure>', page, re.DOTALL)
    quotes = ["four extra boats a day", "has put on four extra boats a day"]
    assert [in_words(each) for each in excerpts] == quotes
    for excerpt, quote in zip(excerpts, quotes, strict=True):
        assert "Found word for word" in excerpt
        link = re.search(r'href="\.\./(sources/[^"#]+)#([^"]+)">in the article’s text', excerpt)
        assert link
        article = text_of(site / link[1])
        marked = re.search(rf'<mark[^>]* id="{link[2]}"[^>]*>(.*?)</mark>', article, re.DOTALL)
        assert marked
        assert plain(marked[1]) == quote
        assert 'href="../claims/ferry-runs-more-boats.html' in article


def in_words(excerpt: str) -> str:
    """Return the words that an excerpt quotes."""
    found = re.search(r'<strong class="excerpt__words">(.*?)</strong>', excerpt, re.DOTALL)
    return plain(found[1]) if found else ""


def plain(html: str) -> str:
    """Return the text of some markup."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


@pytest.mark.parametrize("name", [each for each in _NAMES if each != _TUTORIAL])
def test_commands_do_what_is_shown(name: str, tmp_path: Path) -> None:
    """A reader who follows a document from its top gets what it promises, command by command."""
    folder = tmp_path / "reader"
    folder.mkdir()
    document = text_of(_ROOT / name)
    assert Reader(folder, not_run()).follow(document) == len(commands_in(document))


@pytest.mark.parametrize("name", _NAMES)
def test_no_command_hides_in_a_block_that_is_not_run(name: str) -> None:
    """What looks like a command stands in a block of commands."""
    for block in blocks_in(text_of(_ROOT / name)):
        if block.kind not in {"console", "sh"}:
            hidden = [each for each in block.lines if re.match(r"\s*(\$ |sitegen |make )", each)]
            assert not hidden, f"line {block.line}"


def test_commands_of_a_new_projects_own_readme_work(tmp_path: Path) -> None:
    """What a new project says of itself can be done in it, from top to bottom."""
    project = tmp_path / "reader"
    assert CliRunner().invoke(main, ["init", str(project)]).exit_code == 0
    Reader(project).follow(text_of(_IN_A_PROJECT))
    assert (project / "_site/index.html").is_file()


def test_list_of_what_is_not_run_is_exact() -> None:
    """Each command that is passed over stands in a document, and only those stand in the list."""
    commands = {command.text for path in _DOCUMENTS for command in commands_in(text_of(path))}
    passed_over = not_run()
    assert passed_over
    assert len(set(passed_over)) == len(passed_over)
    assert set(passed_over) <= commands
    assert not [each for each in passed_over if each.startswith("sitegen ")]


def test_architecture_speaks_of_what_there_is() -> None:
    """Every class, function and file that it names is in the code, and so is every link."""
    path = _ROOT / "docs/architecture.md"
    text = text_of(path)
    said = re.findall(r"`([^`\s]+)`", text)
    drawn = " ".join(re.findall(r"```(.*?)```", text, re.DOTALL))
    defined = {
        node.name
        for source in (_ROOT / "sitegen").rglob("*.py")
        for node in ast.walk(ast.parse(text_of(source)))
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
    }
    names = {each.removesuffix("s") for each in re.findall(r"\b[A-Z]\w+", drawn)}
    names |= {part for each in said if re.search("[A-Z]|_", each) for part in each.split(".")}
    assert "Ledger" in names
    assert {each for each in names if not defined & {each, f"{each}s"}} == set()
    files = [each for each in said if re.match(r"(?:sitegen|templates|tests)/", each)]
    links = re.findall(r"\]\(([^)#]+)\)", text)
    for each in [*(_ROOT / name for name in files), *(path.parent / link for link in links)]:
        assert each.exists(), each


# --- what they list is all there is -----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("fields", fields_page),
        ("rules", rules_page),
        ("commands", lambda: commands_page(main)),
    ],
)
def test_reference_is_current(name: str, page: object) -> None:
    """The reference is what the program says of itself; `make reference` writes it anew."""
    assert callable(page)
    assert text_of(_ROOT / f"docs/reference/{name}.md") == page(), "run `make reference`"


def test_reference_command_writes_these_pages(tmp_path: Path) -> None:
    """`sitegen reference DIR` writes the three pages, and nothing else."""
    done = CliRunner().invoke(main, ["reference", str(tmp_path / "new")])
    assert done.exit_code == 0
    written = {path.name: text_of(path) for path in (tmp_path / "new").iterdir()}
    pages = {path.name: text_of(path) for path in (_ROOT / "docs/reference").iterdir()}
    assert written == pages


def test_fields_say_what_the_schemas_say() -> None:
    """Every description in a JSON Schema is in the reference of the fields, word for word."""
    page = text_of(_ROOT / "docs/reference/fields.md")
    for content in schema_files().values():
        schema = json.loads(content)
        for model in (schema, *schema.get("$defs", {}).values()):
            for name, field in model["properties"].items():
                assert f"{name}`" in page
                assert f" | {field['description']} |" in page


def test_fields_say_every_limit_that_the_schemas_have() -> None:
    """The longest text and the bounds of a number stand beside the field."""
    page = text_of(_ROOT / "docs/reference/fields.md")
    limited = 0
    for content in schema_files().values():
        schema = json.loads(content)
        for model in (schema, *schema.get("$defs", {}).values()):
            for name, field in model["properties"].items():
                said = json.dumps(field)
                row = rf"{name}`(?:\*\*)? \| [^|\n]*%s[^|\n]* \| {re.escape(field['description'])} "
                for most in re.findall(r'"maxLength": (\d+)', said):
                    limited += 1
                    assert re.search(row % f"at most {int(most):,} characters", page), name
                for least, most in re.findall(r'"maximum": (\d+).*"minimum": (-?\d+)', said):
                    limited += 1
                    assert re.search(row % f"from {most} to {least}", page), name
    assert limited > 20


def test_rules_are_all_in_the_reference() -> None:
    """Each rule has its heading, and no other has one."""
    page = text_of(_ROOT / "docs/reference/rules.md")
    assert re.findall(r"^### `([a-z0-9-]+)`$", page, re.MULTILINE) == list(all_rules())


def options_of(command: click.Command) -> set[str]:
    """Return the options of a command as they are typed."""
    return {
        *("--help", "-h"),
        *(opt for each in command.params if isinstance(each, click.Option) for opt in each.opts),
    }


def named_commands(document: str) -> Iterator[tuple[str, list[str]]]:
    """Yield every use of a command in a document: its name and its words."""
    for text in re.findall(r"`(sitegen [^`\n]+)`", document):
        yield text.split()[1], text.split()[2:]
    for command in commands_in(document):
        for part in re.split(r"[|;&]+", command.text):
            words = shlex.split(part)
            if words[:1] == ["sitegen"]:
                yield words[1], words[2:]


@pytest.mark.parametrize("name", [*_NAMES, "templates/project/README.md"])
def test_documents_name_only_commands_and_options_that_exist(name: str) -> None:
    """No document speaks of a command or an option that `--help` does not know."""
    for command, words in named_commands(text_of(_ROOT / name)):
        if command.startswith("-") or command == "COMMAND":
            continue
        assert command in main.commands, f"sitegen {command}"
        given = {re.split(r"[=\]]", word.lstrip("["))[0] for word in words if "--" in word}
        options = {each for each in given if each.startswith("--")}
        assert options <= options_of(main.commands[command]), f"sitegen {command} {words}"


def test_help_lists_every_command_once_in_the_order_of_the_work() -> None:
    """`sitegen --help` has sections; every command stands in one, the first ones first."""
    shown = CliRunner().invoke(main, ["--help"]).stdout
    listed = re.findall(r"^  ([a-z]+) {2,}[A-Z]", shown.partition("Begin:")[2], re.MULTILINE)
    assert sorted(listed) == sorted(main.commands)
    assert len(main.commands) == len(listed)
    assert listed.index("init") < listed.index("excerpt") < listed.index("build")
    assert "..." not in shown.partition("Begin:")[2]


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_is_for_newcomers(name: str) -> None:
    """A command's help explains every argument and option it shows."""
    command = main.commands[name]
    text = " ".join(CliRunner().invoke(main, [name, "--help"]).stdout.split())
    for each in command.params:
        if isinstance(each, click.Option):
            assert each.help, each.name
        else:
            context = click.Context(command)
            metavar = each.make_metavar(context).strip("[]").partition("|")[0].strip("{")
            assert text.count(metavar) > 1 or name == "new", metavar


def test_every_document_is_reached_from_the_first() -> None:
    """docs/README.md leads to every document, and every link between documents leads somewhere."""
    first = text_of(_ROOT / "docs/README.md")
    for path in (_ROOT / "docs").rglob("*.md"):
        below = path.relative_to(_ROOT / "docs").as_posix()
        assert below == "README.md" or f"]({below})" in first, below
    for path in _DOCUMENTS:
        for target in re.findall(r"\]\((?!https?:|#)([^)\s]+)\)", text_of(path)):
            address, _, fragment = target.partition("#")
            assert (path.parent / address).exists(), f"{path.name}: {target}"
            if fragment:
                assert fragment in anchors(text_of(path.parent / address)), f"{path.name}: {target}"


def anchors(document: str) -> set[str]:
    """Return the fragments that GitHub makes of a document's headings."""
    headings = re.findall(r"^#+ (.+)$", document, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}


# --- how they are run -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "printed", "is_so"),
    [
        ("one\ntwo", "one\ntwo\n", True),
        ("one", "one\ntwo\n", False),
        ("one\n…", "one\ntwo\nthree\n", True),
        ("…\nthree", "one\ntwo\nthree\n", True),
        ("o…e\ntwo", "one\ntwo\n", True),
        ("in … s", "in 0.4 s\nmore\n", False),
        ("", "one\n", False),
        ("", "", True),
        ("a.c", "abc\n", False),
    ],
)
def test_shown_output_is_compared_line_by_line(shown: str, printed: str, is_so: bool) -> None:
    """An ellipsis stands for characters in a line, or alone for lines; all else must be equal."""
    assert is_like(shown, printed) is is_so


@pytest.mark.parametrize(
    "document",
    [
        "```console\n$ sitegen init x\nnothing like it\n```\n",
        "```sh\nsitegen check .\n```\n",
        "```sh\nfalse\n```\n",
        "```console\n$ true\nError: it fails\n```\n",
        "```sh\ncd nowhere\n```\n",
        "```console\nsitegen --help\n```\n",
        "```sh\nsitegen init x\n",
    ],
)
def test_document_that_is_wrong_is_found_out(document: str, tmp_path: Path) -> None:
    """A command that fails, prints something else, or is written wrong, fails the test."""
    folder = tmp_path / "reader"
    folder.mkdir()
    with pytest.raises(AssertionError):
        Reader(folder).follow(document)
