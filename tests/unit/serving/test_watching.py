"""Which changes matter for the site."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from watchfiles import Change

from sitegen.authoring.refusals import Refused
from sitegen.serving import watching
from sitegen.serving.watching import changed_paths, is_watched


@pytest.mark.parametrize(
    ("path", "matters"),
    [
        ("content/site.yaml", True),
        ("content/claims/rain.yaml", True),
        ("seeds/deep/a.txt", True),
        ("templates/static/css/own.css", True),
        ("content", False),
        ("README.md", False),
        ("_site/index.html", False),
        (".git/index", False),
        ("content/claims/.rain.yaml.swp", False),
        ("content/claims/rain.yaml~", False),
        ("content/claims/#rain.yaml#", False),
        ("content/.obsidian/workspace", False),
        ("../elsewhere/content/a.yaml", False),
    ],
)
def test_only_what_a_build_reads_is_watched(path: str, matters: bool, tmp_path: Path) -> None:
    """Notes, articles and templates are; the output, a repository and editors' files are not."""
    root = tmp_path / "project"
    assert is_watched(root, Path(f"{root}/{path}").resolve()) is matters


def test_file_that_came_and_went_has_not_changed(tmp_path: Path) -> None:
    """An editor's file beside a note is passed over, the note that took its place is not."""
    (tmp_path / "rain.yaml").touch()
    found = [
        (Change.added, str(tmp_path / "4913")),
        (Change.deleted, str(tmp_path / "4913")),
        (Change.added, str(tmp_path / "rain.yaml")),
        (Change.deleted, str(tmp_path / "snow.yaml")),
    ]
    assert changed_paths(tmp_path, found) == {"rain.yaml", "snow.yaml"}


def test_system_that_lets_nothing_be_watched_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit of the system is a refusal with a way out, and no traceback."""

    def awatch(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(watching, "awatch", awatch)
    (tmp_path / "content").mkdir()
    # In a thread of its own: a test of a browser may leave a loop running in this one.
    with ThreadPoolExecutor() as pool:
        watched = pool.submit(asyncio.run, watching.watch(tmp_path, watching.Changes()))
        refusal = watched.exception()
    while isinstance(refusal, BaseExceptionGroup):
        refusal = refusal.exceptions[0]
    assert isinstance(refusal, Refused)
    assert "No space left" in refusal.message
    assert "WATCHFILES_FORCE_POLLING=1" in refusal.help


def test_watching_is_said_to_have_begun_once_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits for it misses no change of the folders."""
    (tmp_path / "content").mkdir()
    said: list[tuple[Path, bool]] = []

    async def first_watched() -> None:
        begun = asyncio.Event()

        async def awatch(first: Path, **_: object) -> AsyncIterator[set[object]]:
            said.append((first, begun.is_set()))
            await asyncio.Event().wait()
            yield set()

        monkeypatch.setattr(watching, "awatch", awatch)
        task = asyncio.create_task(watching.watch(tmp_path, watching.Changes(), begun))
        await begun.wait()
        assert said[0] == (tmp_path.resolve() / "content", False)
        task.cancel()

    with ThreadPoolExecutor() as pool:
        pool.submit(asyncio.run, first_watched()).result()
