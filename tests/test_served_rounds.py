"""What a server knows of the files that have changed never shows: its site is that of a build."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.build import build
from sitegen.cache import stamp_files
from sitegen.memory import INPUTS, Memory, Watched, untold
from sitegen.output.inventory import MANIFEST
from sitegen.serving.private_site import PrivateSite
from sitegen.serving.rounds import run_round
from tests.test_rebuild import CHANGES, Change, said, start, tree


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
        st.tuples(st.lists(st.sampled_from(CHANGES), max_size=3), st.booleans()),
        min_size=1,
        max_size=5,
    )
)
def test_served_site_is_that_of_a_build_from_nothing(
    room: Path, rounds: list[tuple[list[Change], bool]]
) -> None:
    """After any changes, whether they were told of at once or found later, the bytes agree.

    So does what is said; and where nothing was built, the last site stands.
    """
    project, fresh = start(room)
    (room / "served").mkdir(exist_ok=True)
    with TemporaryDirectory(dir=room / "served") as folder:
        site, watched = PrivateSite(Path(folder) / "site"), Watched()
        memory = Memory(project, site.folder, watched=watched)
        run_round(memory, site, threading.Event())
        for changes, is_told in rounds:
            before = stamp_files(project, INPUTS).files
            for change in changes:
                change(project, room / "nothing")  # the folder of a server is its own
            now = stamp_files(project, INPUTS).files
            told = {path.rstrip("/") for path, _ in before.items() ^ now.items()}
            watched.changed |= told if is_told else untold(memory)
            served = run_round(memory, site, threading.Event())
            cold = build(project, fresh)

            assert said(served.built) == said(cold)
            assert bool(served.faults) == (cold.published is None)
            if cold.published:
                others = {
                    path: content for path, content in tree(fresh).items() if path != MANIFEST
                }
                assert tree(site.folder) == others
