"""Versions of libraries are found by the names of the folders that describe them."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from sitegen.libraries import versions_of
from sitegen.storage.cache.store import _LIBRARIES


def test_versions_are_those_that_the_library_for_it_tells() -> None:
    """That one is not loaded, unless something is not found, which may be nowhere."""
    told = {name: version(name) for name in _LIBRARIES}

    assert versions_of(_LIBRARIES) == told
    assert versions_of([*_LIBRARIES, "no-such-library"]) == told
    with pytest.raises(PackageNotFoundError):
        version("no-such-library")


def test_version_is_that_of_the_copy_that_would_be_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two the first on the path counts; names may be written in several ways."""
    for name in ("first/Two_Words-2.0.dist-info", "second/two_words-1.0.dist-info", "second/x"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "second/own-3.1-py3.11.egg-info").write_text("")
    folders = ["no such folder", "first", "second"]
    monkeypatch.setattr(sys, "path", [str(tmp_path / each) for each in folders])

    assert versions_of(["own", "two-words"]) == {"own": "3.1-py3.11", "two-words": "2.0"}


def test_library_in_an_archive_is_found_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in no folder is left to the library that knows all places."""
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr("importlib.metadata.version", lambda name: f"{name} 5")

    assert versions_of(["packed"]) == {"packed": "packed 5"}
