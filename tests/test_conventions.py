"""The rules of this code base that no linter knows.

A rule is a function from a file's text to the faults it finds there; each is shown a planted fault
as well, for a check that cannot fail is a defect.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parent.parent
_EMPTY_NAMES = frozenset({"common", "helpers", "manager", "managers", "misc", "utils"})
# Names of functions that fail a test: `golden` is a fixture, `fail` and `raises` are pytest's.
_ASSERTING = re.compile(r"(assert|expect|check)(_|$)|(golden|fail|raises)$")
_REMOTE = re.compile(r"\s*(https?:)?//", re.IGNORECASE)
_LOADING = frozenset({"action", "data", "poster", "src", "srcset"})


def no_module_docstring(source: str) -> Iterator[str]:
    """Every module says in its first sentence what it is for."""
    if not ast.get_docstring(ast.parse(source)):
        yield "no module docstring"


def import_of_the_package(source: str) -> Iterator[str]:
    """Modules import from modules (`from sitegen.x import y`), and of the package its version."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            if any(alias.name.split(".")[0] == "sitegen" for alias in node.names):
                yield f"line {node.lineno}: import sitegen"
        elif isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            if node.level or (node.module == "sitegen" and names != {"__version__"}):
                yield f"line {node.lineno}: import from the package"


def silent_test(source: str) -> Iterator[str]:
    """A test states a behaviour in its docstring, and can fail."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            if not ast.get_docstring(node):
                yield f"line {node.lineno}: {node.name} has no docstring"
            if not any(_asserts(inner) for inner in ast.walk(node)):
                yield f"line {node.lineno}: {node.name} asserts nothing"


def _asserts(node: ast.AST) -> bool:
    """Tell whether a piece of code can fail a test."""
    if isinstance(node, ast.Assert):
        return True
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return bool(_ASSERTING.match(name))


def unsafe_markup(source: str) -> Iterator[str]:
    """Pages hold no inline script, style or handler, and load nothing from elsewhere."""
    found: list[str] = []

    class Reader(HTMLParser):
        """Looks at each start tag of a template, whatever Jinja stands around it."""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            """Collect the faults of one tag."""
            given = {name: value or "" for name, value in attrs}
            found.extend(f"line {self.getpos()[0]}: {each}" for each in _faults(tag, given))

    Reader(convert_charrefs=True).feed(re.sub(r"\{#.*?#\}", _blank, source, flags=re.DOTALL))
    yield from found


def _faults(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    """Yield what the policy has against one tag."""
    if tag == "style" or (tag == "script" and "src" not in attributes):
        yield f"inline {tag}"
    for name, value in attributes.items():
        if name == "style" or name.startswith("on"):
            yield f"inline {name}"
        if value.strip().lower().startswith("javascript:"):
            yield f"script in {name}"
        loads = name in _LOADING or (name in {"href", "xlink:href"} and tag in {"link", "use"})
        if loads and _REMOTE.match(value) and attributes.get("rel") != "canonical":
            yield f"remote {tag}"


def _blank(match: re.Match[str]) -> str:
    """Return as many lines as `match` has, without its words."""
    return "\n" * match[0].count("\n")


def remote_style(source: str) -> Iterator[str]:
    """Stylesheets load nothing from elsewhere and import no others."""
    for match in re.finditer(r"@import|url\(\s*['\"]?\s*(https?:)?//", source):
        yield f"line {source.count(chr(10), 0, match.start()) + 1}: {match[0]}"


def feature_dead_on_disk(source: str) -> Iterator[str]:
    """Scripts use nothing that browsers refuse to pages opened from disk, and no remote address."""
    banned = (
        r"\b(fetch|import|importScripts|eval)\s*\(|\b(XMLHttpRequest|EventSource|WebSocket)\b"
        r"|\bnew\s+(Worker|SharedWorker|Function)\b|\bserviceWorker\b|\bpushState\b|\bcssRules\b"
        r"|^\s*(import|export)\s|\binnerHTML\b|\bdocument\.write\b|['\"`]https?://(?!www\.w3\.org/)"
    )
    for match in re.finditer(banned, source, re.MULTILINE):
        yield f"line {source.count(chr(10), 0, match.start()) + 1}: {match[0].strip()}"


_RULES: tuple[tuple[Callable[[str], Iterator[str]], str], ...] = (
    (no_module_docstring, "sitegen/**/*.py"),
    (no_module_docstring, "tests/**/*.py"),
    (no_module_docstring, "benchmarks/**/*.py"),
    (import_of_the_package, "sitegen/**/*.py"),
    (import_of_the_package, "benchmarks/**/*.py"),
    (silent_test, "tests/**/test_*.py"),
    (unsafe_markup, "templates/**/*.html"),
    (remote_style, "templates/**/*.css"),
    (feature_dead_on_disk, "templates/**/*.js"),
)


@pytest.mark.parametrize(
    ("rule", "files"), _RULES, ids=[f"{rule.__name__}-{files}" for rule, files in _RULES]
)
def test_rule_holds(rule: Callable[[str], Iterator[str]], files: str) -> None:
    """Each rule holds in each file that it is made for."""
    faults = [
        f"{path.relative_to(_ROOT).as_posix()}: {fault}"
        for path in sorted(_ROOT.glob(files))
        if "vendor" not in path.parts  # what others wrote is looked at when it is taken in
        for fault in rule(path.read_text(encoding="utf-8"))
    ]
    assert not faults, rule.__doc__


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (no_module_docstring, "x = 1\n"),
        (import_of_the_package, "import sitegen\n"),
        (import_of_the_package, "import sitegen.model\n"),
        (import_of_the_package, "from sitegen import model\n"),
        (import_of_the_package, "from . import model\n"),
        (silent_test, "def test_a():\n    assert True\n"),
        (silent_test, "def test_a():\n    '''Says.'''\n    run()\n"),
        (silent_test, "class TestA:\n    def test_a(self):\n        '''Says.'''\n"),
        (unsafe_markup, "<p>\n<script>{{ page.data }}</script>"),
        (unsafe_markup, '<p style="{{ width }}">'),
        (unsafe_markup, "<style>p { margin: 0 }</style>"),
        (unsafe_markup, '<button onclick="go()">'),
        (unsafe_markup, '<a href="javascript:go()">'),
        (unsafe_markup, '<script src="https://example.org/a.js"></script>'),
        (unsafe_markup, '<link rel="stylesheet" href="//example.org/a.css">'),
        (unsafe_markup, '<img alt="" src="http://example.org/a.png">'),
        (remote_style, '@import "other.css";'),
        (remote_style, "p { background: url( 'https://example.org/a.png') }"),
        (feature_dead_on_disk, "fetch('a.json')"),
        (feature_dead_on_disk, "import { a } from './a.js';"),
        (feature_dead_on_disk, "const w = new Worker('a.js');"),
        (feature_dead_on_disk, "image.src = 'https://example.org/a.png';"),
    ],
)
def test_rule_finds_a_planted_fault(rule: Callable[[str], Iterator[str]], source: str) -> None:
    """Each rule finds the faults it is there to find."""
    assert list(rule(source))


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (
            import_of_the_package,
            "from sitegen import __version__\nfrom sitegen.model import Claim\n",
        ),
        (
            silent_test,
            "def test_a():\n    '''Says.'''\n    with pytest.raises(ValueError):\n        f()\n",
        ),
        (silent_test, "def test_a():\n    '''Says.'''\n    check_links(site)\n"),
        (
            unsafe_markup,
            '{# <script>x</script> #}<script defer src="{{ page.root }}core.js"></script>',
        ),
        (unsafe_markup, '<a href="https://example.org/">{{ name }}</a>'),
        (unsafe_markup, '<link rel="canonical" href="https://example.org/">'),
        (unsafe_markup, '<svg xmlns="http://www.w3.org/2000/svg"><use href="#mark"/></svg>'),
        (remote_style, "p { background: url(mark.svg) }"),
        (feature_dead_on_disk, 'sitegen.data("search", []); const important = 1;'),
    ],
)
def test_rule_lets_sound_files_pass(rule: Callable[[str], Iterator[str]], source: str) -> None:
    """No rule finds fault with what is right."""
    assert list(rule(source)) == []


def test_module_names_say_what_is_inside() -> None:
    """No module is a drawer for what found no place."""
    names = {path.stem for path in (_ROOT / "sitegen").rglob("*.py")}
    assert "diagnostics" in names
    assert names.isdisjoint(_EMPTY_NAMES)


@pytest.mark.parametrize("folder", ["unit", "property"])
def test_test_modules_match_modules(folder: str) -> None:
    """A test module is named for the module it tests, and that module exists."""
    tested = {path.stem.removeprefix("test_") for path in _tests_in(folder)}
    paths = [*(_ROOT / "sitegen").rglob("*.py")]
    modules = {path.stem for path in paths} | {path.parent.name for path in paths}
    assert tested <= modules


def _tests_in(folder: str) -> list[Path]:
    """Return the test modules of one folder of tests, also in its subfolders."""
    return sorted((_ROOT / "tests" / folder).rglob("test_*.py"))
