"""Hostile words in every field of every note and in the article stay words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bad_input.full_notes import full_project
from tests.bad_input.hostile import HOSTILE
from tests.bad_input.published import PageRead, faults_of, read_site
from tests.bad_input.test_table import gave, run, write_files

_PLAIN = "Some plain words"
# Words in backquotes are code; a label that is too long for one side of its mark goes to the other.
_OTHERWISE = {
    ("code", frozenset[str]()),
    ("text", frozenset({"class", "dx", "text-anchor", "x", "y"})),
}
_NOTES = tuple(
    f"{kind}s/a.html"
    for kind in ("claim", "event", "actor", "place", "question", "measure", "source", "page")
)


def built(folder: Path, words: str) -> dict[str, PageRead]:
    """Return the pages of a project with these words everywhere."""
    write_files(folder, full_project(words))
    found = run("build", folder)
    assert gave(found).startswith("works"), found.stderr
    return read_site(folder / "_site")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PageRead]:
    """Return the pages of the project with plain words everywhere."""
    return built(tmp_path_factory.mktemp("plain"), _PLAIN)


def test_every_kind_of_note_has_its_words_on_its_page(plain: dict[str, PageRead]) -> None:
    """The project reaches the pages that it is meant to reach, many times over."""
    for name in _NOTES:
        assert plain[name].text.count(_PLAIN) >= 2, name


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_words(words: str, plain: dict[str, PageRead], tmp_path: Path) -> None:
    """No element and no attribute comes of them but what plain words have; readers see all."""
    pages = built(tmp_path / "project", words)
    assert faults_of(pages) == []
    assert pages.keys() == plain.keys()
    for name, page in pages.items():
        assert page.shapes <= plain[name].shapes | _OTHERWISE, name
    for name in _NOTES:
        assert " ".join(words.split()) in " ".join(pages[name].text.split()), name
