"""What a server knows of the files that have changed never shows: its site is that of a build."""

from __future__ import annotations

import errno
import os
import stat
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen import render
from sitegen.build import build
from sitegen.incremental.last_build import index_beforehand, open_beforehand
from sitegen.incremental.memory import Memory, Watched, untold
from sitegen.layout import INPUTS
from sitegen.output.inventory import MANIFEST
from sitegen.serving.builder_process import Later, run_round
from sitegen.serving.private_site import PrivateSite
from sitegen.serving.rounds import Round
from sitegen.storage.cache import stamp_files
from sitegen.templating import FastEnvironment
from tests.test_rebuild import CHANGES, Change, come_and_go, put, rename, said, start, swap, tree


def link(path: str, to: str) -> Change:
    """Return a change that puts a link in a place, or takes it away and puts back what was there.

    It leads to a path beside the project's folders.
    """

    def change(project: Path, _: Path) -> None:
        place, former = project / path, project / "former" / path
        if place.is_symlink():
            place.unlink()
            if former.exists():
                former.rename(place)
            return
        former.parent.mkdir(parents=True, exist_ok=True)
        if place.exists():
            place.rename(former)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(project / to)

    return change


POURED = swap("content/claims/c.yaml", "It rained.", "It poured.")
MORE = swap("seeds/a.txt", "Agency.", "Agency. More of it.")
ANOTHER = swap("content/site.yaml", "The briefing", "Another")
NEW = come_and_go("content/places/other.yaml", "name: Other\n")
GONE = rename("content", "away")
NO_SEEDS = rename("seeds", "seeds-away")
LINKED = link("content/places/linked.yaml", "kept.yaml")
IN_PLACE_OF_ONE = link("content/places/town.yaml", "kept.yaml")
FOLDER = link("content/places", "kept")
OUT = link("content/actors/out.yaml", "../out.yaml")  # an error
CLOSED = link("content/corrections", "..")  # another
NOWHERE = link("content/questions/nowhere.yaml", "nothing")
STYLES = link("templates/static", "kept")
TO_TOWN = swap("content/claims/thirteen.yaml", "statement:", "analysis: In [[town]].\nstatement:")
TO_KIM = swap("content/events/e.yaml", "title:", "summary: Of [[kim]].\ntitle:")
CITY = swap("content/places/town.yaml", "name: Town", "name: City")
LINKS = (LINKED, IN_PLACE_OF_ONE, OUT, CLOSED, NOWHERE, STYLES)
AWAY = (None, None, GONE, NO_SEEDS)


class Server:
    """A server's rounds, one after the other, and builds of the same project from nothing."""

    def __init__(self, room: Path, folder: Path) -> None:
        """Take a folder to work in, and one for the site."""
        self.room = room
        self.project, self.fresh = start(room)
        put("kept.yaml", "name: Kept\n")(self.project, room)
        put("kept/town.yaml", "name: Old Town\n")(self.project, room)
        put("out.yaml", "name: Out\n")(room, room)
        self.site, self.watched = PrivateSite(folder / "site"), Watched()
        self.memory = Memory(
            self.project, self.site.folder, watched=self.watched, aside=self.site.folder.parent
        )
        self.later = Later(self.memory)
        self.run()

    def run(self, *, is_quiet: bool = True) -> Round:
        """Do a round, then what is left of it, and what is done beforehand if it is quiet then."""
        done = run_round(self.memory, self.site, self.later.leave)
        self.later.do()
        if is_quiet:
            index_beforehand(self.memory)
            deque(open_beforehand(self.memory), maxlen=0)
        return done

    def change(self, changes: Sequence[Change], *, is_told: bool = True) -> None:
        """Change the project; the server is told of it, or finds it as it does when nobody waits.

        Links it does not find.
        """
        before = seen_in(self.project)
        for change in changes:
            change(self.project, self.room / "nothing")  # the folder of a server is its own
        told = {path for path, _ in before.items() ^ seen_in(self.project).items()}
        if is_told or not stamp_files(self.project, INPUTS).is_plain:
            self.watched.changed |= {
                path for path in told if told.isdisjoint(map(str, Path(path).parents))
            }
        else:
            self.watched.changed |= untold(self.memory)

    def check(self, *, is_quiet: bool = True) -> None:
        """Do a round, and see that it comes to what a build from nothing comes to."""
        served, cold = self.run(is_quiet=is_quiet), build(self.project, self.fresh)
        assert [str(each) for each in served.diagnostics] == said(cold)
        assert bool(served.faults) == (cold.published is None)
        if cold.published:
            others = {path: each for path, each in tree(self.fresh).items() if path != MANIFEST}
            assert tree(self.site.folder) == others


def seen_in(project: Path) -> dict[str, tuple[int, ...]]:
    """Return what tells each file, folder and link from what was there before, by path."""
    found = {}
    for name in INPUTS:
        for path in [project / name, *(project / name).rglob("*")]:
            if os.path.lexists(path):
                each = path.lstat()
                is_file = stat.S_ISREG(each.st_mode)
                number = (each.st_ino, each.st_mtime_ns, each.st_size) if is_file else ()
                found[path.relative_to(project).as_posix()] = (each.st_mode, *number)
    return found


@contextmanager
def full_disk(at: int) -> Iterator[None]:
    """Have the system refuse to change files of a site from the nth on, counted from 0."""
    count = 0

    def refusing(method: Any) -> Any:
        def refuse(path: Path, *arguments: Any) -> Any:
            nonlocal count
            count += 1
            if count > at:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            return method(path, *arguments)

        return refuse

    with pytest.MonkeyPatch.context() as patch:
        for name in ("replace", "unlink", "rename"):
            patch.setattr(Path, name, refusing(getattr(Path, name)))
        yield


@pytest.fixture(scope="module")
def room() -> Iterator[Path]:
    """Return a folder for the projects of one example after the other."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from([*CHANGES, *LINKS * 2]), max_size=3),
            st.booleans(),
            st.sampled_from(AWAY),
            st.one_of(st.none(), st.integers(0, 8)),
            st.booleans(),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_served_site_is_that_of_a_build_from_nothing(
    room: Path, rounds: list[tuple[list[Change], bool, Change | None, int | None, bool]]
) -> None:
    """After any changes, whether they were told of at once or found later, the bytes agree.

    So does what is said; and where nothing was built, the last site stands. A folder may be away
    for a round, and the system may refuse to put a site in place: the next round makes up for it.
    """
    (room / "served").mkdir(exist_ok=True)
    with TemporaryDirectory(dir=room / "served") as folder:
        server = Server(room, Path(folder))
        for changes, is_told, away, full_at, is_quiet in rounds:
            server.change([*changes, away] if away else changes, is_told=is_told)
            if full_at is None:
                server.check(is_quiet=is_quiet)
            else:
                with full_disk(full_at):
                    server.run(is_quiet=is_quiet)
            if away:
                server.change([away], is_told=is_told)
        server.check()


@pytest.mark.parametrize(
    "rounds",
    [
        ([GONE, MORE], [GONE]),
        ([GONE, POURED], [GONE]),
        ([NO_SEEDS, POURED], [NO_SEEDS]),
        ([LINKED], [LINKED]),
        ([LINKED, POURED], [POURED], [LINKED]),
        ([IN_PLACE_OF_ONE], [IN_PLACE_OF_ONE]),
        ([IN_PLACE_OF_ONE], [POURED], [IN_PLACE_OF_ONE, POURED]),
        ([FOLDER], [FOLDER]),
        ([OUT, MORE], [OUT]),
        ([CLOSED, MORE, POURED], [CLOSED]),
        ([NOWHERE, MORE], [NOWHERE]),
        ([STYLES], [STYLES]),
    ],
)
def test_nothing_goes_unseen_while_a_project_is_unsettled(
    rounds: Sequence[Sequence[Change]], room: Path, tmp_path: Path
) -> None:
    """A folder that is missing or closed for a round hides no change, nor does a link."""
    server = Server(room, tmp_path)
    for changes in rounds:
        server.change(changes)
        server.check()


def test_page_follows_what_it_has_shown_only_for_some_rounds(room: Path, tmp_path: Path) -> None:
    """Also if other pages have come to show something else in the meantime."""
    server = Server(room, tmp_path)
    for change in (TO_TOWN, TO_KIM, CITY):
        server.change([change])
        server.check()


@pytest.mark.parametrize("at", [0, 1, 3])
@pytest.mark.parametrize("change", [POURED, ANOTHER, NEW])
def test_site_that_was_put_in_place_by_half_is_not_taken_for_whole(
    change: Change, at: int, room: Path, tmp_path: Path
) -> None:
    """Where an author undoes what led to it, the pages go back too."""
    server = Server(room, tmp_path)
    server.change([change])
    with full_disk(at):
        assert server.run().faults
    server.change([change])
    server.check()
    server.change([change])
    server.check()


def test_template_is_shown_as_it_is(room: Path, tmp_path: Path) -> None:
    """It is loaded again when it changes, and where it was another one only while it was loaded."""
    server, path = Server(room, tmp_path), "templates/pages/place.html"
    mine, other = put(path, "{{ page.title }}"), put(path, "Another {{ page.title }}")
    for change in (mine, other, mine):
        server.change([change])
        server.check()
    server.change([put(path, "{{ page.title }}, mine")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "FastEnvironment", partial(changed_and_made, server, other))
        server.run()
    server.change([put(path, "{{ page.title }}, mine")])
    server.check()


def changed_and_made(server: Server, change: Change, **options: Any) -> FastEnvironment:
    """Return what loads templates, after one has changed that a round has looked at already."""
    change(server.project, server.room)
    return FastEnvironment(**options)
