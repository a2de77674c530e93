"""The folder of a server, which nobody else writes to."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.output.refusals import CannotWrite
from sitegen.serving.private_site import PrivateSite
from sitegen.views import LongFile, OutputFile, StagedFile, UnchangedFile, UnchangedFiles
from sitegen.write import File, OutputChanged, Published


def publish(site: PrivateSite, *files: File) -> Published:
    """Publish these files."""
    with site.hold(site.folder) as held:
        return held.publish(files)


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder and of what stands beside it, bytes by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    """Files that stand are left alone, others come and go, and nothing is left beside."""
    site = PrivateSite(tmp_path / "site")
    publish(site, *(OutputFile(path, b"1") for path in ("a", "b/c", "d/e")))
    same = UnchangedFiles({"a": site.digests["a"]})
    stands = UnchangedFile("b/c", site.digests["b/c"])
    found = publish(site, same, stands, OutputFile("d", b"2"))

    assert (found.written, found.removed) == (("d",), ("d/e",))
    assert set(found.unchanged) == {"a", "b/c"}
    assert found.as_published.unchanged(site.stamps) == site.digests
    assert tree(tmp_path) == {"site/a": b"1", "site/b/c": b"1", "site/d": b"2"}


def test_files_of_a_first_site_are_written_by_whoever_makes_them(tmp_path: Path) -> None:
    """So that what another process has made need not come here; of a later site there are few."""
    site = PrivateSite(tmp_path / "site")
    made = OutputFile("a/b", b"1")
    with site.hold(site.folder) as held:
        staged = held.stage(made)
        assert isinstance(staged, StagedFile)
        assert b"1" in tree(tmp_path).values()
        assert not site.folder.exists()
        held.publish([staged])
    assert tree(tmp_path) == {"site/a/b": b"1"}
    assert site.digests == {"a/b": staged.sha256}
    with site.hold(site.folder) as held:
        assert held.stage(made) is made


def test_what_an_earlier_publication_left_is_told_from_what_came_later(tmp_path: Path) -> None:
    """Who remembers another than the last one takes nothing for his own that is newer."""
    site = PrivateSite(tmp_path / "site")
    first = publish(site, *(OutputFile(path, b"1") for path in ("a", "b", "c", "d"))).as_published
    as_first = dict(site.digests)
    assert first.unchanged(site.stamps) == as_first
    publish(site, *(OutputFile(path, b"2" if path == "b" else b"1") for path in ("a", "b", "c")))
    last = publish(site, *(OutputFile(path, b"1") for path in ("a", "b", "d"))).as_published

    assert last.unchanged(site.stamps) is site.digests
    assert first.unchanged(site.stamps) == {"a": as_first["a"]}
    site.forget(["a"])
    assert last.unchanged(site.stamps).keys() == {"b", "d"}
    assert not first.unchanged(site.stamps)


def test_what_stood_in_another_folder_is_told_from_what_came_later(tmp_path: Path) -> None:
    """Publications are counted on when the folder has gone, for somebody may know of one before."""
    site = PrivateSite(tmp_path / "site")
    first = publish(site, OutputFile("a", b"1")).as_published
    shutil.rmtree(site.folder)
    publish(site, OutputFile("a", b"2"))
    assert not first.unchanged(site.stamps)


def test_many_files_stand_but_for_some(tmp_path: Path) -> None:
    """Those that are left out come by themselves, or go; others stay as they are known."""
    site = PrivateSite(tmp_path / "site")
    left = publish(site, *(OutputFile(path, b"1") for path in ("a", "b", "c"))).as_published
    many = UnchangedFiles(left.unchanged(site.stamps), {"b", "c"})
    found = publish(site, many, OutputFile("b", b"2"))
    assert (found.written, found.unchanged, found.removed) == (("b",), ("a",), ("c",))
    assert tree(tmp_path) == {"site/a": b"1", "site/b": b"2"}

    known = left.unchanged(site.stamps)
    site.forget(["a"])
    with pytest.raises(OutputChanged):
        publish(site, UnchangedFiles(known))


def test_version_is_that_of_what_stands(tmp_path: Path) -> None:
    """Equal files make equal versions, whatever came between and in whichever order they came."""
    site = PrivateSite(tmp_path / "site")
    versions = [site.version]
    for files in (("a", "b"), ("a",), ("b", "a")):
        publish(site, *(OutputFile(path, path.encode()) for path in files))
        versions.append(site.version)
    assert versions[0] == ""
    assert versions[1] == versions[3] != versions[2]


def test_version_is_that_of_what_files_hold(tmp_path: Path) -> None:
    """A file that holds what it held before makes the same site again, whatever it held between."""
    site, versions = PrivateSite(tmp_path / "site"), []
    for content in (b"1", b"2", b"1"):
        publish(site, OutputFile("a", content), OutputFile("b", b"1"))
        versions.append(site.version)
    assert versions[0] == versions[2] != versions[1]


def test_version_counts_nothing_that_went_with_the_folder(tmp_path: Path) -> None:
    """The next site is as if it were the first one."""
    site, other = PrivateSite(tmp_path / "site"), PrivateSite(tmp_path / "other")
    publish(site, OutputFile("a", b"1"), OutputFile("b", b"1"))
    shutil.rmtree(site.folder)
    for each in (site, other):
        publish(each, OutputFile("a", b"2"))
    assert site.version == other.version


def test_version_counts_nothing_that_was_forgotten(tmp_path: Path) -> None:
    """What is made again is not counted twice."""
    site, files = PrivateSite(tmp_path / "site"), [OutputFile(path, b"1") for path in "ab"]
    publish(site, *files)
    before = site.version
    site.forget(["a"])
    assert site.version != before
    publish(site, *files)
    assert site.version == before


def test_long_file_is_written_and_never_digested(tmp_path: Path) -> None:
    """It is told like other files, whatever it holds, and no page follows from it."""
    site, one, other = PrivateSite(tmp_path / "site"), LongFile("l", [b"1"]), LongFile("l", [b"2"])
    with site.hold(site.folder) as held:
        assert held.stage(one) is one
    first = publish(site, OutputFile("a", b"1"), one)
    before = site.version
    found = publish(site, UnchangedFiles(site.digests, {"l"}), other)
    assert first.written == ("a", "l")
    assert (found.written, found.unchanged, found.removed) == (("l",), ("a",), ())
    assert found.as_published.unchanged(site.stamps).keys() == {"a", "l"}
    assert first.as_published.unchanged(site.stamps).keys() == {"a"}
    assert site.version == before
    assert site.digests["l"] == ""
    assert tree(tmp_path) == {"site/a": b"1", "site/l": b"2"}
    assert publish(site, UnchangedFile("l", ""), OutputFile("a", b"1")).written == ()


def test_long_file_is_forgotten_where_a_site_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made again with the pages that were to come."""
    site, one, other = PrivateSite(tmp_path / "site"), LongFile("l", [b"1"]), LongFile("l", [b"2"])
    left = publish(site, OutputFile("a", b"1"), one).as_published
    monkeypatch.setattr(Path, "replace", _refused)
    with pytest.raises(CannotWrite):
        publish(site, OutputFile("a", b"2"), other)
    assert tree(tmp_path) == {"site/a": b"1", "site/l": b"1"}
    assert not left.unchanged(site.stamps)


def _refused(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_fault_on_the_way_changes_nothing(tmp_path: Path) -> None:
    """As long as files come, the last site stands; what was ready is thrown away."""
    site = PrivateSite(tmp_path / "site")
    publish(site, OutputFile("a", b"1"))
    before = site.version

    def files() -> Iterator[File]:
        yield OutputFile("a", b"2")
        raise ValueError

    with pytest.raises(ValueError), site.hold(site.folder) as held:
        held.publish(files())
    assert tree(tmp_path) == {"site/a": b"1"}
    assert site.version == before


def test_what_could_not_be_put_there_is_not_taken_to_stand(tmp_path: Path) -> None:
    """After a refusal of the system the files in question are made again, and no others."""
    site = PrivateSite(tmp_path / "site")
    publish(site, OutputFile("a", b"1"), OutputFile("b", b"1"))
    stands = site.digests["b"]
    (tmp_path / "site/a").unlink()
    (tmp_path / "site/a").mkdir()
    with pytest.raises(CannotWrite):
        publish(site, OutputFile("a", b"2"), OutputFile("b", b"1"))
    assert site.digests == {"a": "", "b": stands}
    assert site.stamps.keys() == {"b"}

    (tmp_path / "site/a").rmdir()
    publish(site, OutputFile("a", b"2"), UnchangedFile("b", stands))
    assert tree(tmp_path) == {"site/a": b"2", "site/b": b"1"}


@pytest.mark.parametrize(
    "said", [UnchangedFile("a", "0" * 64), UnchangedFiles({"a": "0" * 64}), UnchangedFile("c", "")]
)
def test_nothing_is_taken_to_stand_that_does_not(tmp_path: Path, said: File) -> None:
    """Whoever makes the files may know of another site than the one that is there."""
    site = PrivateSite(tmp_path / "site")
    publish(site, OutputFile("a", b"1"), OutputFile("b", b"1"))
    with pytest.raises(OutputChanged):
        publish(site, said, OutputFile("b", b"2"))
    assert tree(tmp_path) == {"site/a": b"1", "site/b": b"1"}


def test_what_a_refused_publication_has_left_goes(tmp_path: Path) -> None:
    """A new file that was put in place before the system refused another is not of the next site.

    A folder may have come in the place of a file by then, or have stayed.
    """
    site = PrivateSite(tmp_path / "site")
    publish(site, OutputFile("a", b"1"), OutputFile("c/d", b"1"))
    (tmp_path / "site/z").mkdir()
    new = [OutputFile(path, b"2") for path in ("a/b", "c", "z")]
    with pytest.raises(CannotWrite):
        publish(site, *new)
    (tmp_path / "site/z").rmdir()
    publish(site, OutputFile("a", b"1"), OutputFile("c/d", b"1"))
    assert tree(tmp_path) == {"site/a": b"1", "site/c/d": b"1"}


def test_files_that_went_with_the_folder_are_made_again(tmp_path: Path) -> None:
    """Nothing is known to stand in a folder that is gone, or in another of its name."""
    site = PrivateSite(tmp_path / "site")
    for content in (b"1", b"2", b"3"):
        publish(site, OutputFile("a", b"1"), OutputFile("b", content))
        with site.hold(site.folder) as held:
            assert held.standing.files.keys() == {"a", "b"}
        site.folder.rename(tmp_path / f"gone-{content.decode()}")
        if content == b"2":
            site.folder.mkdir()
            (site.folder / "c").write_bytes(b"somebody's")
        with site.hold(site.folder) as held:
            assert not held.standing.files
    publish(site, OutputFile("a", b"1"), OutputFile("b", b"4"))
    assert tree(tmp_path / "site") == {"a": b"1", "b": b"4"}


def test_what_cannot_be_cleared_up_does_not_spoil_a_publication(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site stands by then; what is left beside goes before the next one."""
    site, remove = PrivateSite(tmp_path / "site"), shutil.rmtree
    publish(site, OutputFile("a", b"1"))

    def refuse(folder: Path) -> None:
        if folder.exists():
            raise PermissionError(13, "no", str(folder))
        remove(folder)

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", refuse)
        publish(site, OutputFile("a", b"2"))
    assert tree(tmp_path) == {"site/a": b"2"}
    publish(site, OutputFile("a", b"3"))
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_site_that_was_never_put_in_place_has_no_version(tmp_path: Path) -> None:
    """Where the system refuses the first site of all, none stands, and the next is made whole."""
    site = PrivateSite(tmp_path / "served/site")
    with pytest.raises(CannotWrite):
        publish(site, OutputFile("a", b"1"))
    (tmp_path / "served").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(CannotWrite):
            publish(site, OutputFile("a", b"1"))
    assert site.version == ""

    publish(site, OutputFile("a", b"1"))
    assert tree(tmp_path) == {"served/site/a": b"1"}


def refuse(path: Path, *_: object) -> None:
    """Do as a full disk does."""
    raise OSError(28, "No space left on device", str(path))
