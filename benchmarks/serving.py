"""How long `sitegen serve` takes from a saved note to the page that shows it.

A note is saved as an editor does it: written beside, then put in the place of the old one. The
clock runs from there until an open page has been told to load itself anew, and the note's page,
fetched over HTTP, has the new statement.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Final, NamedTuple

import psutil

_ADDRESS: Final = re.compile(r"serving http://([^:/]+):(\d+)/")
_PATIENCE: Final = 600  # seconds after which an answer is not waited for any longer
_STEP: Final = 0.1  # seconds between two looks at whether the server is there
_PAUSE: Final = 4.0  # seconds between two saved notes, in which the server may clear up
_WORDS: Final = ("loudly", "softly", "slowly", "again", "later", "often", "twice", "seldom")
_STATEMENT: Final = re.compile(r"^statement: .*$", re.MULTILINE)


class Saved(NamedTuple):
    """What one saved note took: seconds on the clock and of processors, and megabytes held.

    `afterwards` are the seconds of processors that were used once the page was there.
    """

    wall: float
    cpu: float
    held: float
    afterwards: float


def time_saved_notes(
    project: Path, notes: Sequence[str], environment: Mapping[str, str], room: Path
) -> Iterator[Saved]:
    """Serve a project, save some of its claims, given by id, and yield what each took.

    `room` is a folder for what the server says.
    """
    with _served(project, environment, room) as (process, host, port), _news(host, port) as heard:
        _next_version(heard, "")
        time.sleep(_PAUSE)
        for note_id, word in zip(notes, _WORDS, strict=False):
            statement = f"This was said anew, and {word}."
            started = _used(process)
            version = _version_on(host, port, note_id)
            _save(project / "content" / "claims" / f"{note_id}.yaml", statement)
            since = time.perf_counter()
            _next_version(heard, version)
            page = _fetched(host, port, f"/claims/{note_id}.html")
            wall = time.perf_counter() - since
            if statement not in page:
                sys.exit(f"the page of {note_id} does not show what was saved")
            used = _used(process)
            held = _held(process)
            time.sleep(_PAUSE)
            later = _used(process)
            yield Saved(wall, used - started, held, later - used)


def _used(server: psutil.Process) -> float:
    """Return the seconds of processors that the server and the process that builds have used.

    Those of processes that have ended count as their parents'.
    """
    return sum(sum(each.cpu_times()[:4]) for each in (server, *server.children()))


def _held(server: psutil.Process) -> float:
    """Return the megabytes that both hold together; what they share is counted once."""
    return sum(each.memory_full_info().pss for each in (server, *server.children())) / 2**20


@contextmanager
def _served(
    project: Path, environment: Mapping[str, str], room: Path
) -> Iterator[tuple[psutil.Process, str, int]]:
    """Serve a project in a process of its own; yield that, the host and the port."""
    command = [sys.executable, "-m", "sitegen", "serve", str(project), "--port", "0"]
    log = room / "served"
    with (
        log.open("wb") as out,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**environment, "PYTHONUNBUFFERED": "1"},
        ) as server,
    ):
        try:
            found = None
            while found is None:
                if server.poll() is not None:
                    sys.exit(f"nothing is served:\n{log.read_text(encoding='utf-8')}")
                time.sleep(_STEP)
                found = _ADDRESS.search(log.read_text(encoding="utf-8"))
            yield psutil.Process(server.pid), found[1], int(found[2])
        finally:
            server.terminate()


@contextmanager
def _news(host: str, port: int) -> Iterator[HTTPResponse]:
    """Follow what open pages are told."""
    connection = HTTPConnection(host, port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/.sitegen/events")
        yield connection.getresponse()
    finally:
        connection.close()


def _next_version(heard: HTTPResponse, last: str) -> str:
    """Wait until pages are told of a site of another version and return that."""
    for line in iter(heard.readline, b""):
        if line.startswith(b"data: "):
            news = json.loads(line.removeprefix(b"data: "))
            if news["faults"]:
                sys.exit(f"the notes have errors: {news['faults'][0]['message']}")
            if news["version"] != last:
                return str(news["version"])
    sys.exit("the server has ended")


def _version_on(host: str, port: int, note_id: str) -> str:
    """Return the version of the site that a page says it is of."""
    found = re.search(r'data-version="(\w*)"', _fetched(host, port, f"/claims/{note_id}.html"))
    return found[1] if found else ""


def _fetched(host: str, port: int, address: str) -> str:
    connection = HTTPConnection(host, port, timeout=_PATIENCE)
    try:
        connection.request("GET", address)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def _save(note: Path, statement: str) -> None:
    """Give a claim another statement, as an editor saves it."""
    text = _STATEMENT.sub(f"statement: {statement}", note.read_text(encoding="utf-8"), count=1)
    beside = note.with_name(f".{note.name}.swp")
    beside.write_text(text, encoding="utf-8", newline="")
    os.replace(beside, note)  # noqa: PTH105


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        for each in time_saved_notes(Path(sys.argv[1]), sys.argv[2:], os.environ, Path(folder)):
            print(
                f"{each.wall:.2f} s, {each.cpu:.2f} s of processor, {each.afterwards:.2f} s after,"
                f" {each.held:.0f} MB",
                flush=True,
            )
