"""`sitegen serve`, run as an author runs it: what it answers, refuses and says."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from sitegen.build import build
from sitegen.cli import main
from tests.archive import unpack
from tests.served import Served, serving

PROJECT = """
-- content/site.yaml --
title: Weather
-- content/sources/a.yaml --
title: The Almanac
text: a.txt
-- seeds/a.txt --
It rained all day. Nobody came.
-- content/claims/rain.yaml --
statement: It rained.
evidence: [{source: a, quote: It rained all day}]
-- secret.txt --
Nobody's business.
"""
BROKEN = "statement: It rained.\nevidence: [{source: a, quote: It snowed all day}]\n"


def write(folder: Path) -> Path:
    """Write the project and return its folder."""
    for path, content in unpack(PROJECT).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that no test changes."""
    return write(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def served(project: Path) -> Iterator[Served]:
    """Return a server of that project, with its site built."""
    with serving(project) as server:
        server.says("^built")
        yield server


def ask(
    served: Served, path: str, method: str = "GET", host: str | None = None
) -> tuple[http.client.HTTPResponse, str]:
    """Ask for a path, character for character, and return the answer and its text."""
    address = urlsplit(served.address)
    connection = http.client.HTTPConnection(address.netloc)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", address.netloc if host is None else host)
    connection.endheaders()
    answer = connection.getresponse()
    text = answer.read().decode("utf-8")
    connection.close()
    return answer, text


# --- what is answered -------------------------------------------------------------------------


def test_pages_are_those_of_a_build_with_a_script_that_follows(
    served: Served, project: Path, tmp_path: Path
) -> None:
    """Served pages differ from built ones by one script; the policy lets it ask the server."""
    build(project, tmp_path / "site")
    built = (tmp_path / "site/claims/rain.html").read_text("utf-8")
    _, page = ask(served, "/claims/rain.html")
    script = next(line for line in page.splitlines() if "/.sitegen/live.js" in line)
    assert page.replace(f"{script}\n", "") == built
    assert page.count("connect-src 'self'") == 1
    for name in ("static/sitegen.js", "static/sitegen.css", "data/briefing.json"):
        assert ask(served, f"/{name}")[1] == (tmp_path / "site" / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/claims/rain.html", "text/html; charset=utf-8"),
        ("/static/sitegen.css", "text/css; charset=utf-8"),
        ("/static/sitegen.js", "text/javascript; charset=utf-8"),
        ("/static/icon.svg", "image/svg+xml"),
        ("/data/briefing.json", "application/json"),
        ("/.sitegen/live.js", "text/javascript; charset=utf-8"),
        ("/.sitegen/live.css", "text/css; charset=utf-8"),
    ],
)
def test_files_are_sent_as_what_they_are_and_never_kept(
    path: str, kind: str, served: Served
) -> None:
    """Every answer names its type, stays out of caches and away from pages of other origins."""
    answer, text = ask(served, path)
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    head, nothing = ask(served, path, "HEAD")
    assert (head.status, nothing) == (200, "")
    assert head.headers["content-length"] == str(len(text.encode()))


def test_missing_page_is_the_sites_own_at_every_depth(served: Served) -> None:
    """An address that has no page gives the site's page for that, with links that lead back."""
    answer, page = ask(served, "/no/such/page.html")
    assert answer.status == 404
    assert "There is no page at this address" in page
    assert '<base href="/">' in page
    assert "/.sitegen/live.js" in page


def test_question_about_the_news_alone_is_answered_at_once(served: Served) -> None:
    """Who only asks for the head of the news is not kept waiting for any."""
    answer, text = ask(served, "/.sitegen/events", "HEAD")
    assert (answer.status, text) == (200, "")
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"


def test_folder_leads_to_its_index(served: Served) -> None:
    """An address without its final slash leads to the one with it."""
    answer, _ = ask(served, "/claims")
    assert answer.status == 307
    assert answer.headers["location"] == f"{served.address}claims/"
    assert "It rained." in ask(served, "/claims/")[1]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent_to_it(method: str, served: Served) -> None:
    """It answers questions and takes nothing in."""
    assert ask(served, "/", method)[0].status == 405
    assert ask(served, "/.sitegen/events", method)[0].status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/claims/../../../../../../etc/passwd",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/..%5c..%5csecret.txt",
        "/static/....//....//secret.txt",
        "/.sitegen/../../session.py",
        "/.sitegen/session.py",
        "/.sitegen/%2e%2e/live_pages.py",
        "/claims/rain.html%00.txt",
        f"/{'x' * 5000}",
        f"/{'x/' * 2000}",
        "/%ff%fe",
    ],
)
def test_nothing_but_the_site_can_be_reached(path: str, served: Served) -> None:
    """However an address is written, what is not of the site is not there."""
    answer, text = ask(served, path)
    assert answer.status == 404
    assert "root:" not in text
    assert "Nobody's business" not in text
    assert "def " not in text


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "[::1]", "", "x:y:z"]
)
def test_other_names_for_this_machine_are_refused(host: str, served: Served) -> None:
    """A page from elsewhere that leads its own name to this machine gets nothing (rebinding)."""
    for path in ("/", "/data/briefing.json", "/.sitegen/events"):
        answer, text = ask(served, path, host=host)
        assert answer.status == 400
        assert "Weather" not in text


def test_localhost_is_a_name_for_it(served: Served) -> None:
    """The usual name of this machine does as well as its number."""
    port = urlsplit(served.address).port
    assert ask(served, "/", host=f"localhost:{port}")[0].status == 200


def test_no_other_machine_can_ask(served: Served) -> None:
    """It listens on the loopback address and on no other."""
    port = urlsplit(served.address).port
    assert port is not None
    with socket.socket() as other:
        other.bind(("127.0.0.2", port))  # would be taken if it listened everywhere
        assert other.getsockname() == ("127.0.0.2", port)


# --- what it does and says --------------------------------------------------------------------


def test_it_says_what_happened(tmp_path: Path) -> None:
    """The terminal tells of each change what came of it, errors in full and warnings once."""
    project = write(tmp_path)
    note = project / "content/claims/rain.yaml"
    with serving(project) as server:
        server.says(r"built   \d+ files in \d+\.\d s")
        sound = note.read_text("utf-8")
        note.write_text(BROKEN, "utf-8")
        server.says("changed content/claims/rain.yaml")
        server.says(r"rain.yaml:2:31: error\[quote-changed\]")
        server.says(r"broken  1 error in \d+\.\d s; the last good site is still shown")
        assert "It rained." in ask(server, "/claims/rain.html")[1]
        note.write_text(sound.replace("It rained.", "It rained a lot."), "utf-8")
        server.says(r"mended  \d+ files differ in \d+\.\d s")
        assert "It rained a lot." in ask(server, "/claims/rain.html")[1]
        assert not (project / "_site").exists()
        assert server.end() == 0
        assert server.said.endswith("stopped\n")
        assert "Traceback" not in server.said


def test_folders_that_come_and_go_are_followed(tmp_path: Path) -> None:
    """A folder may be taken away and put back, and templates/ may come later."""
    project = write(tmp_path)
    with serving(project) as server:
        server.says("^built")
        (project / "seeds").rename(project / "away")
        server.says(r"error\[seed-not-found\]")
        (project / "away").rename(project / "seeds")
        server.says("^mended")
        style = project / "templates/static/css/own.css"
        (project / "own/static/css").mkdir(parents=True)
        (project / "own").rename(project / "templates")  # all of it at once
        server.says("changed .*templates")
        style.write_text(".own { margin: 0 }\n", "utf-8")
        server.says("changed .*templates/static/css/own.css")
        server.says("differs")
        assert ".own {" in ask(server, "/static/sitegen.css")[1]


def test_what_editors_leave_behind_starts_no_build(tmp_path: Path) -> None:
    """Hidden files, backups and the project's other files are passed over."""
    project = write(tmp_path)
    with serving(project) as server:
        server.says("^built")
        for name in ("content/claims/.rain.yaml.swp", "content/claims/rain.yaml~", "notes.md"):
            (project / name).write_text("x", "utf-8")
        (project / "_site").mkdir()
        note = project / "content/claims/rain.yaml"
        beside = note.with_name(".rain.new")
        beside.write_text(note.read_text("utf-8").replace("It rained.", "Rain."), "utf-8")
        beside.replace(note)
        assert server.says("changed (.*)")[1] == "content/claims/rain.yaml"
        server.says("files differ")


def test_many_changes_at_once_are_one_build(tmp_path: Path) -> None:
    """A checkout of another branch is a burst of changes and one build, or few."""
    project = write(tmp_path)
    sound = (project / "content/claims/rain.yaml").read_text("utf-8")
    with serving(project) as server:
        server.says("^built")
        for number in range(200):
            (project / f"content/claims/rain-{number}.yaml").write_text(sound, "utf-8")
        server.says("changed .* more$")
        server.says("files differ")
        note = project / "content/claims/rain-199.yaml"
        note.write_text(sound.replace("It rained.", "The last."), "utf-8")
        while "The last." not in ask(server, "/claims/rain-199.html")[1]:
            server.says("^(built|mended)")
        assert server.said.count("changed ") < 20


def test_project_that_is_broken_from_the_start_is_waited_for(tmp_path: Path) -> None:
    """Without any site yet, a page says what is wrong, until there is one."""
    project = write(tmp_path)
    note = project / "content/claims/rain.yaml"
    sound = note.read_text("utf-8")
    note.write_text(BROKEN, "utf-8")
    with serving(project) as server:
        server.says("broken  1 error in .*; no site to show yet")
        answer, page = ask(server, "/claims/rain.html")
        assert answer.status == 503
        assert "content/claims/rain.yaml:2:31" in page
        note.write_text(sound, "utf-8")
        server.says("^mended")
        assert ask(server, "/claims/rain.html")[0].status == 200


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly_with_pages_open_and_leaves_nothing(
    how: signal.Signals, tmp_path: Path
) -> None:
    """Open pages do not hold it, and its temporary folder goes with it."""
    project, place = write(tmp_path / "project"), tmp_path / "temporary"
    place.mkdir()
    with serving(project, TMPDIR=str(place)) as server:
        server.says("^built")
        address = urlsplit(server.address)
        page = http.client.HTTPConnection(address.netloc)
        page.request("GET", "/.sitegen/events")
        following = page.getresponse()
        assert following.readline().startswith(b'data: {"version": "')
        assert list(place.iterdir())
        assert server.end(how) == 0
        assert server.said.endswith("stopped\n")
        assert list(place.iterdir()) == []
        page.close()


def test_server_whose_process_for_builds_is_ended_says_so_and_ends(tmp_path: Path) -> None:
    """It does not go on to show a site that follows no change."""
    with serving(write(tmp_path)) as server:
        server.says("^built")
        (builder,) = server.children()
        os.kill(builder, signal.SIGKILL)
        server.says(r"^Error: the system has ended the process that builds the site \(signal 9\)")
        server.says("help: most often there was no memory left")
        assert server.ended() == 1
        assert "Traceback" not in server.said


def test_all_its_processes_can_be_ended_at_once(tmp_path: Path) -> None:
    """As `timeout` and supervisors do it: nothing failed, and nothing else is said."""
    with serving(write(tmp_path)) as server:
        server.says("^built")
        for each in server.children():
            os.kill(each, signal.SIGTERM)
        assert server.end(signal.SIGTERM) == 0
        assert server.said.endswith("stopped\n")
        assert "Error" not in server.said


def test_server_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    """What builds for it ends with it; only its temporary folder stays, below this test's own."""
    place = tmp_path / "temporary"
    place.mkdir()
    with serving(write(tmp_path / "project"), TMPDIR=str(place)) as server:
        server.says("^built")
        assert len(server.children()) == 1
        assert server.end(signal.SIGKILL) == -signal.SIGKILL


def test_taken_port_is_refused_with_a_free_one(project: Path) -> None:
    """A port that another program has is not shared; the refusal names one that is free."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        found = CliRunner().invoke(main, ["serve", str(project), "--port", str(port)])
    assert found.exit_code == 1
    assert f"port {port} is taken by another program" in found.stderr
    assert "help: the next free one: --port " in found.stderr


def test_folder_without_a_project_is_refused(tmp_path: Path) -> None:
    """Where there are no notes, nothing is served."""
    found = CliRunner().invoke(main, ["serve", str(tmp_path)])
    assert found.exit_code == 1
    assert "there is no folder content/" in found.stderr


def test_browser_is_opened_when_asked_for(project: Path, tmp_path: Path) -> None:
    """With --open the front page is opened once it is there."""
    with socket.socket() as waiting:
        waiting.bind(("127.0.0.1", 0))
        waiting.listen()
        waiting.settimeout(60)
        browser = tmp_path / "browser.py"
        browser.write_text(
            "import socket, sys\n"
            f"with socket.create_connection({waiting.getsockname()!r}) as called:\n"
            "    called.sendall(sys.argv[1].encode())\n"
        )
        with serving(project, "--open", BROWSER=f"{sys.executable} {browser} %s") as server:
            call, _ = waiting.accept()
            with call:
                assert call.makefile().read() == server.address
