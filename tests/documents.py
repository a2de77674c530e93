"""The documents for authors as programs: their blocks are run in order, as a reader would.

In a fenced block of the kind

- `console`, a line that begins with `$ ` is a command, and what stands below it, up to the next
  one, is what it prints: to standard output and error together. A line `…` stands for any lines,
  and `…` in a line for any characters.
- `sh`, every line is a command, and nothing is said of what it prints.
- any other with a path after its kind, as in `yaml content/claims/rain.yaml`, what stands there is
  written to that file.

Commands must end well, unless what is shown of them is an error. Every document has a folder of its
own, which is empty at first; `cd` goes on from block to block.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from click.testing import CliRunner

from sitegen.cli import main
from tests.served import serving

_FENCE: Final = re.compile(r"( *)```(\w*) ?(.*)")
_COMMENT: Final = re.compile(r"\s+#\s.*$")
_FAILURE: Final = re.compile(r"error\[|^Error:", re.MULTILINE)
_SCRIPT: Final = f'#!/bin/sh\nexec "{sys.executable}" -m sitegen "$@"\n'


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its kind, what else stands in its first line, its lines and where it is."""

    kind: str
    path: str
    lines: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it is written; `shown` is what it prints, or None where that is not said."""

    text: str
    shown: str | None
    line: int


def blocks_in(document: str) -> Iterator[Block]:
    """Yield the fenced blocks of a document in Markdown."""
    lines: list[str] | None = None
    kind, path, indent, begin = "", "", "", 0
    for number, line in enumerate(document.splitlines(), start=1):
        fence = _FENCE.fullmatch(line)
        if lines is None and fence:
            indent, kind, path = fence.groups()
            lines, begin = [], number
        elif lines is not None and line.strip() == "```":
            yield Block(kind, path, tuple(lines), begin)
            lines = None
        elif lines is not None:
            lines.append(line.removeprefix(indent))
    assert lines is None, f"line {begin}: this block is not closed"


def commands_of(block: Block) -> Iterator[Command]:
    """Yield the commands of a block; none where it is no `console` or `sh`."""
    if block.kind == "sh":
        joined = "\n".join(block.lines).replace("\\\n", " ")
        for line in joined.splitlines():
            if text := _COMMENT.sub("", line).strip():
                yield Command(text, None, block.line)
    elif block.kind == "console":
        assert block.lines[0].startswith("$ "), f"line {block.line}: this is no command"
        for part in re.split(r"^\$ ", "\n".join(block.lines), flags=re.MULTILINE)[1:]:
            text, _, shown = part.partition("\n")
            yield Command(_COMMENT.sub("", text), shown, block.line)


def commands_in(document: str) -> list[Command]:
    """Return all commands of a document."""
    return [command for block in blocks_in(document) for command in commands_of(block)]


class Reader:
    """Somebody who follows a document in a folder; `not_run` are commands to be passed over."""

    def __init__(self, folder: Path, not_run: Collection[str] = ()) -> None:
        """Begin in a folder; commands find `sitegen` as they would where it is installed."""
        self.folder = folder
        self._not_run = not_run
        tools = folder.parent / f"{folder.name}-tools"
        tools.mkdir()
        script = tools / "sitegen"
        script.write_text(_SCRIPT)
        script.chmod(0o755)
        root = str(Path(__file__).resolve().parent.parent)
        self._environment = {
            **os.environ,
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": root,
        }

    def follow(self, document: str) -> int:
        """Do what a document says, in its order, and return how many commands it has.

        Fails where something is not as the document says.
        """
        count = 0
        for block in blocks_in(document):
            if block.path:
                file = self.folder / block.path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text("".join(f"{line}\n" for line in block.lines), "utf-8")
            for command in commands_of(block):
                count += 1
                if command.text not in self._not_run:
                    self.run(command)
        return count

    def run(self, command: Command) -> None:
        """Run one command and compare what it prints with what is shown of it."""
        where = f"line {command.line}: $ {command.text}"
        words = shlex.split(command.text)
        if words[0] == "cd":
            self.folder = self.folder / words[1]
            assert self.folder.is_dir(), f"{where}\nthere is no such folder"
            return
        code, printed = self._outcome(command.text, words)
        fails = command.shown is not None and bool(_FAILURE.search(command.shown))
        assert (code != 0) == fails, f"{where}\nends with {code}:\n{printed}"
        if command.shown is not None:
            assert is_like(command.shown, printed), f"{where}\nprints:\n{printed}"

    def _outcome(self, text: str, words: list[str]) -> tuple[int, str]:
        if words[0] == "sitegen" and words[1] == "serve":
            with serving(self.folder, *words[2:]) as server:
                server.says("^built")
                assert server.end() == 0
                return 0, re.sub(r":\d+/", ":8000/", server.said)
        if words[0] == "sitegen" and not re.search(r"[|<>&;$*]", text):
            with chdir(self.folder):
                found = CliRunner().invoke(main, words[1:], prog_name="sitegen")
            if found.exception is not None and not isinstance(found.exception, SystemExit):
                raise found.exception
            return found.exit_code, found.output
        done = subprocess.run(
            ["bash", "-c", text],
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout


def is_like(shown: str, printed: str) -> bool:
    """Tell whether something printed is what a document shows, with `…` for what it leaves out."""
    pattern = ""
    for line in shown.strip("\n").splitlines():
        pieces = map(re.escape, line.rstrip().split("…"))
        pattern += r"(?:.*\n)*?" if line.strip() == "…" else ".*?".join(pieces) + "\n"
    lines = "".join(f"{line.rstrip()}\n" for line in printed.strip("\n").splitlines())
    return re.fullmatch(pattern, lines if printed.strip() else "") is not None
