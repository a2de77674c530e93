"""Few files of a folder are exchanged where they stand, or all are put back."""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from sitegen.output import in_place
from sitegen.output.companions import beside
from sitegen.output.in_place import Change, LinksRefused, change_files, settle, small_change
from sitegen.output.inventory import MANIFEST, manifest_of, take_inventory
from tests.unit.output.test_swap import make, names, texts

OLD = {"a": "old", "claims/b": "old", "claims/c": "old"}
NEW = {"a": "new", "places/d": "new"}
CHANGE = Change(
    replaced=("a",),
    added=("places/d",),
    removed=("claims/b", "claims/c"),
    made=("places",),
    emptied=("claims",),
)


def with_manifest(files: Mapping[str, str]) -> dict[str, str]:
    """Return files with a manifest that names them."""
    return {**files, MANIFEST: manifest_of(dict.fromkeys(files, "00")).decode()}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Return a folder with an old site, alone in its parent."""
    (tmp_path / "in").mkdir()
    return make(tmp_path / "in" / "site", with_manifest(OLD))


@pytest.fixture
def staged(target: Path) -> Path:
    """Return a folder beside with what is new."""
    return make(beside(target, "new-1"), with_manifest(NEW))


def stop(*_: object, **__: object) -> None:
    """Stand in for a step of the work that the system refuses."""
    raise OSError(errno.EIO, "broken")


@pytest.fixture
def half_done(target: Path, staged: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder after a change that was stopped before its last file was removed."""
    remove = Path.unlink
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda path: stop() if path.name == "c" else remove(path))
        with pytest.raises(OSError, match="broken"):
            change_files(staged, target, CHANGE)
    assert texts(target).keys() == with_manifest({"a": "", "claims/c": "", "places/d": ""}).keys()
    return target


def test_change_is_made(target: Path, staged: Path) -> None:
    """New files stand in their places, old ones are gone, and so are folders without any."""
    change_files(staged, target, CHANGE)
    settle(target)
    assert texts(target) == with_manifest(NEW)
    assert names(target) == {"a", "places", MANIFEST}
    assert names(target.parent) == {"site", staged.name}


def test_half_a_change_is_taken_back(half_done: Path) -> None:
    """All is as it was, and nothing of it stands beside."""
    settle(half_done)
    assert texts(half_done) == with_manifest(OLD)
    assert not (half_done / "places").exists()
    assert names(half_done.parent) == {"site", ".site.sitegen-new-1"}
    settle(half_done)
    assert texts(half_done) == with_manifest(OLD)


def test_own_files_stay_where_a_change_is_taken_back(half_done: Path) -> None:
    """A file that took the place of a new one meanwhile, and one in a new folder, are kept."""
    (half_done / "places/d").unlink()
    (half_done / "places/d").write_text("mine")
    (half_done / "places/own").write_text("mine")
    settle(half_done)
    assert texts(half_done) == with_manifest(OLD) | {"places/d": "mine", "places/own": "mine"}


def test_what_has_no_place_any_more_is_not_put_back(half_done: Path, tmp_path: Path) -> None:
    """Neither into a folder that is gone, nor over one, nor through a link."""
    (half_done / "claims").rename(tmp_path / "elsewhere")
    (half_done / "claims").symlink_to(tmp_path / "elsewhere")
    (half_done / "a").unlink()
    (half_done / "a").mkdir()
    settle(half_done)
    assert texts(tmp_path / "elsewhere") == {"c": "old"}
    assert (half_done / "a").is_dir()
    assert names(half_done.parent) == {"site", ".site.sitegen-new-1"}


def test_folder_that_was_made_anew_stays_as_it_is(half_done: Path) -> None:
    """A journal is about the folder that it was begun for, which is known by its manifest."""
    half_done.rename(half_done.with_name("before"))
    make(half_done, with_manifest({"a": "another"}))
    settle(half_done)
    assert texts(half_done) == with_manifest({"a": "another"})
    assert names(half_done.parent) == {"site", "before", ".site.sitegen-new-1"}


def test_change_that_is_done_is_not_taken_back(target: Path, staged: Path) -> None:
    """A run that was killed before it had cleared up has changed the site all the same."""
    change_files(staged, target, CHANGE)
    assert (target / "claims").is_dir()
    settle(target)
    assert texts(target) == with_manifest(NEW)
    assert not (target / "claims").exists()


def test_preparations_change_nothing(
    target: Path, staged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a journal nothing has been done that were to be taken back."""
    monkeypatch.setattr(in_place, "write_new", stop)
    with pytest.raises(OSError, match="broken"):
        change_files(staged, target, CHANGE)
    settle(target)
    assert texts(target) == with_manifest(OLD)
    assert names(target.parent) == {"site", staged.name}


def test_links_that_are_refused_are_told_before_anything_changes(
    target: Path, staged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is another way, for which all that is new stands where it did."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(in_place, "link_file", refuse)
    with pytest.raises(LinksRefused):
        change_files(staged, target, CHANGE)
    assert (texts(target), texts(staged)) == (with_manifest(OLD), with_manifest(NEW))
    assert names(target.parent) == {"site", staged.name}


@pytest.mark.parametrize(
    "changed",
    [
        {"added": ["../precious"]},
        {"added": ["link/precious"]},
        {"replaced": ["../precious"]},
        {"replaced": ["link/precious"]},
        {"made": ["../empty"]},
        {"added": [7]},
        {"made": None},
        {"version": 2},
    ],
    ids=str,
)
def test_journal_of_somebody_else_does_no_harm(
    tmp_path: Path, target: Path, changed: dict[str, Any]
) -> None:
    """A folder that came with somebody's files leads to nothing outside of the site."""
    outside = make(tmp_path / "outside", {"precious": "mine"})
    (target.parent / "empty").mkdir()
    (target.parent / "precious").hardlink_to(outside / "precious")
    (target / "link").symlink_to(outside)
    replaces = "replaced" in changed
    undo = make(beside(target, "undo"), {"old-0": "bad"} if replaces else {})
    (undo / "new-0").hardlink_to(outside / "precious")
    (undo / f"old-{int(replaces)}").hardlink_to(target / MANIFEST)
    journal = {"version": 1, "manifest": "", **Change()._asdict(), **changed}
    (undo / "journal").write_text(json.dumps(journal))
    settle(target)
    assert texts(outside) == {"precious": "mine"}
    assert (target.parent / "precious").read_text() == "mine"
    assert names(target.parent) == {"site", "precious", "empty"}


def test_link_in_the_place_of_the_journals_folder_is_removed(tmp_path: Path, target: Path) -> None:
    """What it leads to stays."""
    outside = make(tmp_path / "outside", {"journal": "mine"})
    beside(target, "undo").symlink_to(outside)
    settle(target)
    assert texts(outside) == {"journal": "mine"}
    assert names(target.parent) == {"site"}


# When it is done


def site_of(count: int, changed: int = 0) -> dict[str, str]:
    """Return so many files, so many of which are new."""
    return {f"{number:04}": "new" if number < changed else "old" for number in range(count)}


@pytest.mark.parametrize(
    ("count", "changed", "is_small"),
    [(900, 10, True), (900, 100, True), (900, 101, False), (500, 1, False), (501, 1, True)],
)
def test_few_changes_to_many_files_are_small(
    tmp_path: Path, count: int, changed: int, is_small: bool
) -> None:
    """At least 500 files stay, and eight for each one that changes."""
    target = make(tmp_path / "site", with_manifest(site_of(count)))
    new = tuple(f"{number:04}" for number in range(changed))
    found = small_change(target, take_inventory(target), new, site_of(count, changed))
    assert found == (Change(replaced=new) if is_small else None)


@pytest.fixture
def _always_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_place, "_FEWEST", 0)
    monkeypatch.setattr(in_place, "_SHARE", 0)


@pytest.mark.usefixtures("_always_small")
def test_change_is_what_differs(target: Path) -> None:
    """Files that are replaced, added and removed, folders that are made and that may be emptied."""
    assert small_change(target, take_inventory(target), NEW, NEW) == CHANGE


@pytest.mark.usefixtures("_always_small")
@pytest.mark.parametrize(
    "own", ["places", "places/d", "places/d/own", "a/own"], ids=lambda each: f"own {each}"
)
def test_what_is_in_the_way_is_left_to_a_whole_folder(target: Path, own: str) -> None:
    """There it is told of, if need be; here nothing gives way but what the manifest names."""
    if own == "a/own":
        (target / "a").unlink()
    (target / own).parent.mkdir(exist_ok=True, parents=True)
    (target / own).write_text("mine")
    assert small_change(target, take_inventory(target), NEW, NEW) is None


@pytest.mark.usefixtures("_always_small")
@pytest.mark.parametrize("path", ["a", "places", "claims/b", "claims"])
def test_what_has_changed_since_it_was_looked_at_is_left_to_a_whole_folder(
    target: Path, path: str
) -> None:
    """A link in the place of a file or a folder would lead elsewhere."""
    standing = take_inventory(target)
    if (target / path).exists():
        (target / path).rename(target.parent / "elsewhere")
    (target / path).symlink_to(target.parent / "elsewhere")
    assert small_change(target, standing, NEW, NEW) is None


@pytest.mark.usefixtures("_always_small")
def test_folder_without_a_manifest_is_left_to_a_whole_one(target: Path) -> None:
    """It is new, or nobody's."""
    standing = replace(take_inventory(target), owned=None)
    assert small_change(target, standing, NEW, NEW) is None
