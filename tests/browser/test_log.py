"""That the browser's log sees what it is there to see."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import DESK, PHONE, Log, Look, OpenPage

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Before</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">
"""


def test_quiet_page_runs_its_script_from_disk(
    tmp_path: Path, open_page: OpenPage, log: Log
) -> None:
    """A page opened from disk runs a script beside it, and the log holds what it printed."""
    (tmp_path / "a page.html").write_text(_PAGE + '<script defer src="after.js"></script>')
    (tmp_path / "after.js").write_text('document.title = "After"; console.log("done");')
    page = open_page(tmp_path / "a page.html", "top")
    assert page.title() == "After"
    assert page.url.endswith("/a%20page.html#top")
    assert log == Log(console=["log: done"])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<script>document.title = 'After'</script>", "inline script violates"),
        ('<p style="color: red">', "inline style violates"),
        ('<p onclick="print()">', "inline event handler violates"),
        ('<script src="broken.js"></script>', "out of order"),
        ('<script src="missing.js"></script>', "ERR_FILE_NOT_FOUND"),
    ],
)
def test_faults_are_logged_as_errors(
    body: str, said: str, tmp_path: Path, open_page: OpenPage, log: Log
) -> None:
    """An exception, a missing file and each breach of the security policy is an error."""
    (tmp_path / "index.html").write_text(_PAGE + body)
    (tmp_path / "broken.js").write_text('throw new Error("out of order");')
    open_page(tmp_path / "index.html")
    errors = "\n".join(log.errors)
    log.clear()
    assert said in errors


def test_requests_to_the_network_are_logged(tmp_path: Path, open_page: OpenPage, log: Log) -> None:
    """A page that asks for something outside the disk is found out, though nothing answers."""
    (tmp_path / "index.html").write_text('<!doctype html><img src="https://example.org/a.png">')
    open_page(tmp_path / "index.html")
    requests = list(log.requests)
    log.clear()
    assert requests == ["https://example.org/a.png"]


def test_page_that_is_kept_is_logged_and_begins_anew(tmp_path: Path, look: Look, log: Log) -> None:
    """A page that is used again is as wide, as lively and as forgetful as a new one."""
    (tmp_path / "index.html").write_text(_PAGE + '<script src="kept.js"></script>')
    (tmp_path / "kept.js").write_text(
        "const isStill = matchMedia('(prefers-reduced-motion)').matches;"
        "const stored = localStorage.length + sessionStorage.length;"
        "console.log(innerWidth, isStill, matchMedia('print').matches, stored);"
        "localStorage.setItem('a', 'b'); sessionStorage.setItem('a', 'b');"
    )
    look(tmp_path / "index.html", PHONE, is_still=True).emulate_media(media="print")
    look(tmp_path / "index.html", DESK)
    assert log.console == ["log: 390 true false 0", "log: 1440 false false 0"]
    (tmp_path / "kept.js").write_text('throw new Error("out of order");')
    look(tmp_path / "index.html")
    errors = list(log.errors)
    log.clear()
    assert errors == ["out of order"]


def test_what_a_test_wanted_is_forgotten_for_good(
    tmp_path: Path, open_page: OpenPage, log: Log
) -> None:
    """After the log was cleared, what fails once more or late fails no test."""
    (tmp_path / "index.html").write_text(_PAGE)
    page = open_page(tmp_path / "index.html")
    log.clear()
    page.evaluate("console.error('once more')")
    page.evaluate("setTimeout(() => { throw new Error('late'); })")
    page.evaluate("new Promise(done => setTimeout(done))")
    assert log == Log()
