"""A running `sitegen serve`, as an author has it: its address and what it says."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).resolve().parent.parent
_PATIENCE: Final = 60  # seconds until a server that says nothing is taken for dead


class Served:
    """A server of one project; `address` is that of its front page."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Read along with what the process says, from now on."""
        self._process = process
        self._lines: list[str] = []
        self._seen = 0
        self._has_ended = False
        self._more = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()
        self.address = self.says(r"serving (http://127\.0\.0\.1:\d+/)")[1]

    def _read(self) -> None:
        assert self._process.stdout
        with self._process.stdout as said:  # closed by who reads it, and by nobody meanwhile
            for line in said:
                with self._more:
                    self._lines.append(line)
                    self._more.notify_all()
        with self._more:
            self._has_ended = True
            self._more.notify_all()

    def says(self, pattern: str) -> re.Match[str]:
        """Wait for a line in which the pattern is found, after those waited for before."""
        with self._more:
            while True:
                while self._seen < len(self._lines):
                    self._seen += 1
                    if found := re.search(pattern, self._lines[self._seen - 1]):
                        return found
                if self._has_ended or not self._more.wait(_PATIENCE):
                    raise AssertionError(f"never said {pattern!r} but:\n{''.join(self._lines)}")

    @property
    def said(self) -> str:
        """All that was said so far."""
        return "".join(self._lines)

    def children(self) -> list[int]:
        """Return the processes that it has made."""
        pid = self._process.pid
        return [*map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split())]

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        """End the server as Ctrl-C does and return its exit code."""
        self._process.send_signal(how)
        return self.ended()

    def ended(self) -> int:
        """Wait for its end and return its exit code.

        Whatever processes it has made must end too: any of them could say something still.
        """
        code = self._process.wait(_PATIENCE)
        with self._more:
            assert self._more.wait_for(lambda: self._has_ended, _PATIENCE)
        return code


@contextmanager
def serving(project: Path, *options: str, **environment: str) -> Iterator[Served]:
    """Serve a project on a free port; the server is ended at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sitegen", "serve", "--port", "0", *options],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", **environment},
    )
    try:
        yield Served(process)
    finally:
        process.terminate()  # and not killed: it is to take its temporary folder with it
        process.wait(_PATIENCE)
