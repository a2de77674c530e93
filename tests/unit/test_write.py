"""Publishing: a whole new site or the last one, and never anybody else's files."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from sitegen.output import in_place
from sitegen.output.inventory import look_at_files
from sitegen.output.refusals import CannotWrite
from sitegen.output.taken_paths import UnfitPath
from sitegen.processes.workers import share_out
from sitegen.views import LongFile, OutputFile, SiteFile, UnchangedFile, UnchangedFiles
from sitegen.write import File, Held, OutputChanged, Published, hold, publish

MANIFEST = ".sitegen-manifest.json"

OLD = {
    "index.html": b"front",
    "claims/a.html": b"claim a",
    "claims/b.html": b"claim b",
    "events/e.html": b"event",
    "static/css/base.css": b"body {}",
    ".nojekyll": b"",
}
NEW = {
    "index.html": b"front, new",
    "claims/a.html": b"claim a",
    "claims/c.html": b"claim c",
    "places/p.html": b"place",
    "static/css/base.css": b"body {}",
    ".nojekyll": b"",
}


def files(site: Mapping[str, bytes]) -> list[OutputFile]:
    """Return a site's files, given their contents by path."""
    return [OutputFile(path, content) for path, content in site.items()]


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return what a folder holds: bytes by path, the manifest and places of links included."""
    return {
        path.relative_to(folder).as_posix(): (
            os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
        )
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def pages(folder: Path) -> dict[str, bytes]:
    """Return what a folder holds but for the manifest."""
    return {path: content for path, content in snapshot(folder).items() if path != MANIFEST}


def whole(site: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return what a folder holds after the site alone was published there."""
    publish(files(site), folder)
    return snapshot(folder)


def identities(folder: Path) -> dict[Path, tuple[int, int, int]]:
    """Return, for a folder and all in it, what changes when it is written: inode and times."""
    found = {path: path.stat() for path in [folder, *folder.rglob("*")]}
    return {path: (at.st_ino, at.st_mtime_ns, at.st_ctime_ns) for path, at in found.items()}


def companions(output: Path) -> set[str]:
    """Return what stands beside an output folder, but for the lock."""
    found = {path.name for path in output.parent.iterdir()}
    return found - {output.name, f".{output.name}.sitegen-lock"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return the path of an output folder that is not there yet, alone in its parent."""
    parent = tmp_path / "project"
    parent.mkdir()
    return parent / "site"


@pytest.fixture(params=["whole", "in place"])
def _either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have each change made by a whole new folder, and then file by file where that can be."""
    monkeypatch.setattr(in_place, "_FEWEST", 0 if request.param == "in place" else 1000)
    monkeypatch.setattr(in_place, "_SHARE", 0)


either_way = pytest.mark.usefixtures("_either_way")


def test_long_file_is_published_as_one(output: Path) -> None:
    """Whatever its parts are, it stands with its bytes, and is known again by them."""
    first = publish([LongFile("long", [b"1", b"23"])], output)
    same = publish([LongFile("long", [b"12", b"3"])], output)
    other = publish([LongFile("long", [b"12", b"4"])], output)
    assert (first.written, same.unchanged, other.written) == (("long",),) * 3
    assert pages(output) == {"long": b"124"}


def test_site_is_published(output: Path) -> None:
    """Every file stands at its path with its bytes, and all count as written."""
    done = publish(files(OLD), output)
    assert pages(output) == OLD
    assert done == Published(output, tuple(sorted(OLD)), (), ())
    assert companions(output) == set()


@either_way
def test_only_what_changed_is_touched(output: Path) -> None:
    """A file with the same bytes stays the same file on the disk; others are written or removed."""
    publish(files(OLD), output)
    before = {path: (output / path).stat() for path in OLD}
    done = publish(files(NEW), output)
    assert pages(output) == NEW
    assert done.written == ("claims/c.html", "index.html", "places/p.html")
    assert done.unchanged == (".nojekyll", "claims/a.html", "static/css/base.css")
    assert done.removed == ("claims/b.html", "events/e.html")
    assert not (output / "events").exists()
    for path in done.unchanged:
        after = (output / path).stat()
        assert (after.st_ino, after.st_mtime_ns, after.st_nlink) == (
            before[path].st_ino,
            before[path].st_mtime_ns,
            1,
        )
    assert companions(output) == set()


@either_way
def test_nothing_is_written_when_nothing_changed(output: Path) -> None:
    """The same site again leaves every file and folder as it is."""
    publish(files(OLD), output)
    before = identities(output)
    done = publish(reversed(files(OLD)), output)
    assert done == Published(output, (), tuple(sorted(OLD)), ())
    assert identities(output) == before


@either_way
def test_same_files_give_the_same_folder(tmp_path: Path) -> None:
    """Two folders of one site are equal byte for byte, whatever stood there and in what order."""
    publish(files(NEW), tmp_path / "one")
    publish(reversed(files(OLD)), tmp_path / "two")
    publish(reversed(files(NEW)), tmp_path / "two")
    assert snapshot(tmp_path / "one") == snapshot(tmp_path / "two")


def test_manifest_names_every_file_with_its_hash(output: Path) -> None:
    """The manifest is JSON with the SHA-256 of each file by path, sorted."""
    publish(files(OLD), output)
    manifest = json.loads((output / MANIFEST).read_bytes())
    assert manifest == {
        "format": "sitegen-manifest",
        "version": 1,
        "files": {path: sha256(content).hexdigest() for path, content in OLD.items()},
    }
    assert list(manifest["files"]) == sorted(OLD)


@either_way
def test_site_may_be_empty(output: Path) -> None:
    """No files at all are a site too, which a later one replaces."""
    assert publish([], output).written == ()
    assert pages(output) == {}
    publish(files(OLD), output)
    assert publish([], output).removed == tuple(sorted(OLD))
    assert pages(output) == {}


def test_missing_parents_are_made(output: Path) -> None:
    """An output folder may lie in folders that are not there yet."""
    publish(files(OLD), output / "deep" / "er")
    assert pages(output / "deep" / "er") == OLD


def test_empty_folder_is_taken(output: Path) -> None:
    """An empty folder becomes the site and keeps its mode."""
    output.mkdir()
    output.chmod(0o750)
    publish(files(OLD), output)
    assert pages(output) == OLD
    assert output.stat().st_mode & 0o777 == 0o750


def test_modes_follow_the_umask(output: Path) -> None:
    """Files are 0644 and folders 0755 less what the umask takes."""
    umask = os.umask(0o027)
    try:
        publish(files(OLD), output)
    finally:
        os.umask(umask)
    assert (output / "claims/a.html").stat().st_mode & 0o777 == 0o640
    assert (output / "claims").stat().st_mode & 0o777 == 0o750


@either_way
@pytest.mark.parametrize("site", [OLD, NEW])
def test_what_was_changed_by_hand_is_put_right(output: Path, site: dict[str, bytes]) -> None:
    """The disk is believed, not the manifest: edits and deletions are undone."""
    publish(files(OLD), output)
    (output / "claims/a.html").write_bytes(b"edited!")
    (output / "index.html").unlink()
    (output / "events/e.html").unlink()
    assert {"claims/a.html", "index.html"} <= set(publish(files(site), output).written)
    assert pages(output) == site


@either_way
def test_manifest_that_was_changed_by_hand_is_put_right(output: Path) -> None:
    """A wrong hash in the manifest fools nobody and is corrected."""
    publish(files(OLD), output)
    right = (output / MANIFEST).read_bytes()
    (output / MANIFEST).write_bytes(right.replace(b'"claims/a.html": "', b'"claims/a.html": "0'))
    assert publish(files(OLD), output).written == ()
    assert (output / MANIFEST).read_bytes() == right


# Somebody's own files


def add_foreign(output: Path) -> dict[str, bytes]:
    """Put files of somebody's own into an output folder; return them as a snapshot has them."""
    own = {"CNAME": b"example.org", ".git/objects/1": b"blob", "claims/notes.txt": b"mine"}
    for path, content in own.items():
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_bytes(content)
    (output / ".git/refs/tags").mkdir(parents=True)
    (output / "away").symlink_to("../elsewhere")
    return {**own, "away": b"../elsewhere"}


@either_way
def test_own_files_survive(output: Path) -> None:
    """Files, empty folders and links that sitegen did not write outlive every publication."""
    publish(files(OLD), output)
    own = add_foreign(output)
    inode = (output / "CNAME").stat().st_ino
    done = publish(files(NEW), output)
    assert "CNAME" not in done.unchanged + done.removed
    publish([], output)
    publish(files(NEW), output)
    assert pages(output) == {**NEW, **own}
    assert (output / ".git/refs/tags").is_dir()
    assert (output / "CNAME").stat().st_ino == inode


@either_way
@pytest.mark.parametrize(
    ("own", "content", "named"),
    [
        ("places/p.html", b"mine", "places/p.html"),
        ("places/p.html", NEW["places/p.html"], "places/p.html"),
        ("places", b"mine", "places"),
        ("claims/c.html/x", b"mine", "claims/c.html"),
    ],
)
def test_own_file_in_the_way_is_an_error(
    output: Path, own: str, content: bytes, named: str
) -> None:
    """A file that sitegen did not write is never taken over, nor is anything else changed."""
    publish(files(OLD), output)
    (output / own).parent.mkdir(parents=True, exist_ok=True)
    (output / own).write_bytes(content)
    before = snapshot(output)
    with pytest.raises(CannotWrite, match="in the way") as refused:
        publish(files(NEW), output)
    assert f"{output}/{named}" in refused.value.reason
    assert "move it" in refused.value.help
    assert snapshot(output) == before
    assert companions(output) == set()


@either_way
def test_links_are_never_followed(output: Path, tmp_path: Path) -> None:
    """A link in the output to a folder outside is not a way to write there."""
    outside = tmp_path / "outside"
    outside.mkdir()
    publish(files(OLD), output)
    (output / "places").symlink_to(outside)
    with pytest.raises(CannotWrite, match="in the way"):
        publish(files(NEW), output)
    (output / "places").unlink()
    (output / "index.html").unlink()
    (output / "index.html").symlink_to(outside / "index.html")
    with pytest.raises(CannotWrite, match=r"index\.html.* in the way"):
        publish(files(NEW), output)
    assert list(outside.iterdir()) == []


@either_way
def test_file_that_arrives_meanwhile_is_kept(output: Path) -> None:
    """What somebody adds or saves during a build is not lost with the old folder."""
    publish(files(OLD), output)
    (output / "CNAME").write_bytes(b"example.org")

    def meanwhile() -> Iterator[OutputFile]:
        yield from files(NEW)
        (output / "own").mkdir()
        (output / "own/late.txt").write_bytes(b"late")
        (output / "CNAME").write_bytes(b"example.net")

    publish(meanwhile(), output)
    assert pages(output) == {**NEW, "own/late.txt": b"late", "CNAME": b"example.net"}


@either_way
def test_own_file_that_arrives_meanwhile_in_the_place_of_a_page_is_kept(output: Path) -> None:
    """What somebody saves where a new page is to be is not written over."""
    publish(files(OLD), output)

    def meanwhile() -> Iterator[OutputFile]:
        yield from files(NEW)
        (output / "places").mkdir()
        (output / "places/p.html").write_bytes(b"mine")

    publish(meanwhile(), output)
    assert pages(output) == {**NEW, "places/p.html": b"mine"}


@either_way
def test_link_that_arrives_meanwhile_is_not_followed(output: Path, tmp_path: Path) -> None:
    """Nothing is written to where a folder of the site has begun to lead."""
    outside = tmp_path / "outside"
    publish(files(OLD), output)

    def meanwhile() -> Iterator[OutputFile]:
        yield from files(NEW)
        (output / "claims").rename(outside)
        (output / "claims").symlink_to(outside)

    with suppress(CannotWrite):
        publish(meanwhile(), output)
    assert snapshot(outside) == {"a.html": b"claim a", "b.html": b"claim b"}


# What is known to stand


@either_way
def test_files_that_stand_are_told_by_their_digests(output: Path) -> None:
    """They stay as they are, and the manifest names them with the others."""
    publish(files(OLD), output)
    one, *others = sorted(OLD.keys() & NEW.keys() - {"index.html"})
    digests = {path: sha256(NEW[path]).hexdigest() for path in [one, *others]}
    new = [each for each in files(NEW) if each.path not in digests]
    known = UnchangedFiles({path: digests[path] for path in others})
    done = publish([known, *new, UnchangedFile(one, digests[one])], output)
    assert done.unchanged == (one, *others)
    assert done.written == tuple(sorted(each.path for each in new))
    assert snapshot(output) == whole(NEW, output.with_name("fresh"))


def test_what_was_left_is_known_again(output: Path) -> None:
    """The files as they were left are those that stand, but for what somebody changes."""
    done = publish(files(OLD), output)
    with hold(output) as held:
        assert done.as_published.unchanged(held.standing.files) == {
            path: sha256(content).hexdigest() for path, content in OLD.items()
        }
    (output / "index.html").write_bytes(b"mine!")
    with hold(output) as held:
        assert done.as_published.unchanged(held.standing.files).keys() == OLD.keys() - {
            "index.html"
        }


@either_way
def test_what_was_written_is_known_again_after_a_change(output: Path) -> None:
    """New files, and those that got another link, are known by the stamps that they have now."""
    publish(files(OLD), output)
    done = publish(files(NEW), output)
    with hold(output) as held:
        assert done.as_published.unchanged(held.standing.files).keys() == NEW.keys()


def test_file_that_stands_no_longer_stops_the_publication(output: Path) -> None:
    """One that is gone, or changes before a whole new folder is made, is not taken for the same."""
    publish(files(OLD), output)
    before = snapshot(output)
    with pytest.raises(OutputChanged):
        publish([UnchangedFiles({"gone.html": "0" * 64})], output)

    def meanwhile() -> Iterator[OutputFile | UnchangedFiles]:
        yield UnchangedFiles({"claims/a.html": sha256(OLD["claims/a.html"]).hexdigest()})
        (output / "claims/a.html").write_bytes(b"mine")

    with pytest.raises(OutputChanged):
        publish(meanwhile(), output)
    assert snapshot(output) == {**before, "claims/a.html": b"mine"}
    assert companions(output) == set()


# Where a site may not go


def test_folder_of_somebody_else_is_refused(output: Path) -> None:
    """A folder with files and without a manifest is nobody's site and stays as it is."""
    output.mkdir()
    (output / "thesis.txt").write_bytes(b"five years")
    with pytest.raises(CannotWrite, match="not empty") as refused:
        publish(files(OLD), output)
    assert "empty folder" in refused.value.help
    assert snapshot(output) == {"thesis.txt": b"five years"}


@pytest.mark.parametrize(
    "manifest", [b"", b"{}", b"[]", b"\xff", b'{"format": "sitegen-manifest", "version": 2}']
)
def test_unreadable_manifest_is_none(output: Path, manifest: bytes) -> None:
    """A manifest that does not say what sitegen wrote protects every file."""
    publish(files(OLD), output)
    (output / MANIFEST).write_bytes(manifest)
    with pytest.raises(CannotWrite, match="not empty"):
        publish(files(NEW), output)
    assert pages(output) == OLD


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("content", "is or holds"),
        ("content/claims/site", "lies in"),
        ("", "is or holds"),
        ("..", "is or holds"),
        ("content/../content", "is or holds"),
        ("linked", "is or holds"),
        ("linked/site", "lies in"),
        ("templates", "is or holds"),
    ],
)
def test_folders_that_the_site_is_made_from_are_refused(
    tmp_path: Path, place: str, words: str
) -> None:
    """An output that is, holds or lies in a protected folder is refused, links resolved."""
    project = tmp_path / "outer" / "project"
    (project / "content/claims").mkdir(parents=True)
    (project / "content/claims/a.yaml").write_bytes(b"statement: A.")
    (project / "linked").symlink_to("content")
    before = snapshot(tmp_path)
    with pytest.raises(CannotWrite, match=words) as refused:
        publish(files(OLD), project / place, [project / "content", project / "templates"])
    assert "which the site is made from" in refused.value.reason
    assert snapshot(tmp_path) == before
    assert publish(files(OLD), project / "contents", [project / "content"]).written


def test_home_folder_is_refused(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The home folder and those above it are never a site, empty as they may be."""
    monkeypatch.setenv("HOME", str(output / "person"))
    monkeypatch.setenv("USERPROFILE", str(output / "person"))
    (output / "person").mkdir(parents=True)
    for place in (output / "person", output):
        with pytest.raises(CannotWrite, match="home folder"):
            publish(files(OLD), place)
    assert publish(files(OLD), output / "person" / "site").written


def test_root_of_a_file_system_is_refused(output: Path) -> None:
    """The root is no place for a site."""
    with pytest.raises(CannotWrite, match="root of a file system"):
        publish(files(OLD), Path(output.anchor))


def test_file_is_no_output_folder(output: Path) -> None:
    """A file at the output's path, or above it, is refused and stays."""
    output.write_bytes(b"a file")
    with pytest.raises(CannotWrite, match="is a file, not a folder"):
        publish(files(OLD), output)
    with pytest.raises(CannotWrite, match=r"not a directory|file exists"):
        publish(files(OLD), output / "site")
    assert output.read_bytes() == b"a file"


@either_way
def test_link_to_a_folder_stands_for_it(output: Path, tmp_path: Path) -> None:
    """An output that is a link stays a link; the folder that it points to becomes the site."""
    output.symlink_to(tmp_path / "real")
    assert publish(files(OLD), output).output == tmp_path / "real"
    assert publish(files(NEW), output).output == tmp_path / "real"
    assert output.is_symlink()
    assert pages(tmp_path / "real") == NEW


# Paths


@either_way
@pytest.mark.parametrize(
    "paths",
    [
        ["/etc/passwd"],
        ["../x.html"],
        ["a\\b.html"],
        ["con.html"],
        ["x.html", "x.html"],
        ["x.html", "X.html"],
        ["a/x.html", "A/y.html"],
        ["a", "a/x.html"],
        ["a/x.html", "a"],
        [MANIFEST],
    ],
)
def test_paths_that_no_site_may_have(output: Path, paths: list[str]) -> None:
    """A path that some system cannot store is a programming error, and nothing is changed."""
    publish(files(OLD), output)
    with pytest.raises(ValueError, match=r"has a|is absolute|is the address"):
        publish([*files(NEW), *(OutputFile(path, b"") for path in paths)], output)
    assert pages(output) == OLD
    assert companions(output) == set()


# What goes wrong


@either_way
def test_failure_of_the_files_leaves_the_last_site(output: Path) -> None:
    """An exception from what makes the files passes through, and the last site stays."""
    before = whole(OLD, output)

    def broken() -> Iterator[OutputFile]:
        yield OutputFile("index.html", b"half a site")
        raise OSError(errno.ENOSPC, "from elsewhere")

    with pytest.raises(OSError, match="from elsewhere"):
        publish(broken(), output)
    assert snapshot(output) == before
    assert companions(output) == set()


Refusal = Callable[..., object]


def refuse(real: Refusal, code: int, after: int) -> Refusal:
    """Return a system call that fails with an error number after so many calls."""
    calls = iter(range(after))

    def call(*args: object, **options: object) -> object:
        if next(calls, None) is None:
            raise OSError(code, os.strerror(code), "some/path")
        return real(*args, **options)

    return call


@either_way
@pytest.mark.parametrize(
    "fault",
    [
        (errno.ENOSPC, "no space left on the disk"),
        (errno.EDQUOT, "quota"),
        (errno.EACCES, "permission denied"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "error"),
    ],
)
@pytest.mark.parametrize(
    "step",
    [("write", 0), ("write", 2), ("fsync", 0), ("mkdir", 0), ("mkdir", 2), ("rename", 0)],
)
def test_refusal_of_the_system_leaves_the_last_site(
    output: Path, monkeypatch: pytest.MonkeyPatch, step: tuple[str, int], fault: tuple[int, str]
) -> None:
    """A disk that is full, read-only, broken or somebody else's is told of; the last site stays."""
    (call, after), (code, words) = step, fault
    before = whole(OLD, output)
    with monkeypatch.context() as patched:
        patched.setattr("sitegen.output.swap._exchange", lambda *_: False)
        patched.setattr(os, call, refuse(getattr(os, call), code, after))
        with pytest.raises(CannotWrite, match=words) as refused:
            publish(files(NEW), output)
    assert str(output) in refused.value.reason
    assert refused.value.help
    assert snapshot(output) == before
    assert companions(output) == set()
    publish(files(NEW), output)
    assert pages(output) == NEW


def test_path_that_is_too_long_is_told_of(output: Path) -> None:
    """An output folder with a name that no file system takes is refused."""
    with pytest.raises(CannotWrite, match="too long"):
        publish(files(OLD), output / ("x" * 300))


def test_limit_on_file_size_is_told_of(output: Path) -> None:
    """A file that the system itself cuts off makes no half site."""
    before = whole(OLD, output)
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from sitegen.views import LongFile, OutputFile; from sitegen.write import publish\n"
        "from sitegen.output.refusals import CannotWrite\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
        "try: publish([OutputFile('index.html', b'x' * 9000)], Path(sys.argv[1]))\n"
        "except CannotWrite as refusal: print(refusal.reason)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", script, str(output)], check=True, capture_output=True, text=True
    )
    assert "a file is larger than may be written here" in said.stdout
    assert said.stderr == ""
    assert snapshot(output) == before
    assert companions(output) == set()


@either_way
def test_links_that_are_refused_become_copies(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the file system has no hard links, the site and own files are copied, times kept."""
    publish(files(OLD), output)
    own = add_foreign(output)
    before = {path: (output / path).stat().st_mtime_ns for path in ("claims/a.html", "CNAME")}
    monkeypatch.setattr("sitegen.output.staging._link", refuse(os.link, errno.EPERM, 0))
    publish(files(NEW), output)
    assert pages(output) == {**NEW, **own}
    assert {path: (output / path).stat().st_mtime_ns for path in before} == before


@either_way
def test_folder_of_another_file_system_is_refused(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is mounted inside the output is not copied, since it would be emptied afterwards."""
    publish(files(OLD), output)
    own = add_foreign(output)
    monkeypatch.setattr("sitegen.output.staging._link", refuse(os.link, errno.EXDEV, 3))
    with pytest.raises(CannotWrite, match="another file system"):
        publish(files(NEW), output)
    assert pages(output) == {**OLD, **own}
    assert companions(output) == set()


# Two at once


def test_second_build_waits_only_so_long(output: Path) -> None:
    """While another build holds the folder, a build waits, then says so."""
    script = (
        "import sys, time; from filelock import FileLock\n"
        "with FileLock(sys.argv[1]): print('held', flush=True); sys.stdin.read()\n"
    )
    lock = output.with_name(f".{output.name}.sitegen-lock")
    with subprocess.Popen(
        [sys.executable, "-c", script, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(CannotWrite, match="another build") as refused:
            publish(files(OLD), output, wait=0.1)
        holder.communicate("")
    assert "wait" in refused.value.help
    assert not output.exists()
    assert publish(files(OLD), output, wait=0).written


LOOP = """
import sys
from pathlib import Path
from sitegen.views import LongFile, OutputFile
from sitegen.write import publish

output, word, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
def site(word):
    own = [OutputFile(f"{word}/{n}.html", word.encode() * n) for n in range(150)]
    common = [OutputFile(f"pages/{n}.html", b"x" * n) for n in range(150)]
    changed = [OutputFile(f"claims/{n}.html", word.encode()) for n in range(150)]
    return own + common + changed
print("ready", flush=True)
for number in range(rounds):
    publish(site(word), output)
    if "flip" in sys.argv:
        publish(site(word + "-flip"), output)
"""


def loop_site(word: str) -> dict[str, bytes]:
    """Return the site that the script LOOP publishes for a word."""
    own = {f"{word}/{n}.html": word.encode() * n for n in range(150)}
    common = {f"pages/{n}.html": b"x" * n for n in range(150)}
    return own | common | {f"claims/{n}.html": word.encode() for n in range(150)}


def test_two_builds_at_once_give_one_whole_site(output: Path) -> None:
    """Builds that run at the same time follow one another; the last one's site is whole."""
    builds = [
        subprocess.Popen([sys.executable, "-c", LOOP, str(output), word, "4"])
        for word in ("one", "two")
    ]
    assert [build.wait() for build in builds] == [0, 0]
    assert pages(output) in (loop_site("one"), loop_site("two"))
    assert companions(output) == set()


# Killed


def test_killed_at_random_moments(output: Path, tmp_path: Path) -> None:
    """A build killed at any moment leaves one whole site, and the next build goes on from there."""
    sites = [loop_site("word"), loop_site("word-flip")]
    wholes = [whole(site, tmp_path / f"whole-{number}") for number, site in enumerate(sites)]
    own = {"CNAME": b"example.org"}
    publish(files(sites[0]), output)
    (output / "CNAME").write_bytes(own["CNAME"])
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", LOOP, str(output), "word", "1000000", "flip"],
            stdout=subprocess.PIPE,
            text=True,
        ) as build:
            assert build.stdout is not None
            assert build.stdout.readline() == "ready\n"
            time.sleep(random.uniform(0, 0.4))
            build.kill()
        assert build.returncode == -signal.SIGKILL
        assert snapshot(output) in [{**each, **own} for each in wholes]
    publish(files(OLD), output)
    assert pages(output) == {**OLD, **own}
    assert companions(output) == set()


# Forks a build for each moment at which it touches the disk, and kills it there.
KILLER = """
import os, signal, sys
from pathlib import Path
from sitegen.output import staging, swap
from sitegen.views import LongFile, OutputFile
from sitegen.write import publish

base, old, new = Path(sys.argv[1]), *map(eval, sys.argv[2:4])
if "no-exchange" in sys.argv:
    swap._exchange = lambda *_: False
if "no-links" in sys.argv:
    def refuse(*_):
        raise PermissionError(1, "no links here")
    staging._link = refuse
EVENTS = {"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.scandir",
          "os.chmod", "os.utime", "shutil.copyfile", "shutil.copystat"}

def files(site):
    return [OutputFile(path, content) for path, content in site.items()]

def die_at(moment):
    left = iter(range(moment))
    def hook(event, _):
        if event in EVENTS and next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)

moment, killed = 0, True
while killed:
    output = base / str(moment) / "site"
    publish(files(old), output)
    (output / "CNAME").write_bytes(b"example.org" * 9000)
    (output / "own/deep").mkdir(parents=True)
    (output / "own/deep/file").write_bytes(b"own")
    child = os.fork()
    if not child:
        die_at(moment)
        publish(files(new), output)
        os._exit(0)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    moment += 1
print(moment - 1)
"""


@pytest.mark.parametrize(
    "options", [(), ("no-links",), ("no-exchange",), ("no-exchange", "no-links")], ids=str
)
def test_killed_at_every_moment(tmp_path: Path, options: tuple[str, ...]) -> None:
    """Killed before any of its steps on the disk, a build leaves the old or the new site whole.

    Only where folders cannot be exchanged there is a moment with neither, and the next build
    brings the old site back first.
    """
    ran = subprocess.run(
        [sys.executable, "-c", KILLER, str(tmp_path), repr(OLD), repr(NEW), *options],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    moments = int(ran.stdout)
    own = {"CNAME": b"example.org" * 9000, "own/deep/file": b"own"}
    old = {**whole(OLD, tmp_path / "old"), **own}
    new = {**whole(NEW, tmp_path / "new"), **own}
    found = [snapshot(tmp_path / str(moment) / "site") for moment in range(moments)]
    assert moments > 30
    assert old in found
    assert new in found
    assert found.count({}) == (1 if "no-exchange" in options else 0)
    assert all(each in (old, new, {}) for each in found)
    for moment in range(moments):
        output = tmp_path / str(moment) / "site"
        publish(files(OLD if moment % 2 else NEW), output)
        assert snapshot(output) == (old if moment % 2 else new)
        assert companions(output) == set()


# Stopped in the midst of a change file by file

# Stops a build at each moment at which it touches the disk, and what puts right too.
STOPPER = """
import os, signal, sys
from pathlib import Path
from sitegen.output import in_place
from sitegen.output.refusals import CannotWrite
from sitegen.views import LongFile, OutputFile
from sitegen.write import hold, publish

base, old, new = Path(sys.argv[1]), *map(eval, sys.argv[2:4])
way = sys.argv[4]
in_place._FEWEST = in_place._SHARE = 0
os.fsync = lambda _: None
EVENTS = {"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.scandir"}

def files(site):
    return [OutputFile(path, content) for path, content in site.items()]

def stop_at(moment):
    moments = iter(range(moment))
    def hook(event, _):
        if event in EVENTS and next(moments, None) is None:
            global stopped
            if way == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            if way == "refused" or not stopped:
                stopped = True
                raise OSError(28, "No space left on device")
    sys.addaudithook(hook)

def stopped_at(moment, work):
    child = os.fork()
    if not child:
        stop_at(moment)
        try:
            work()
        except CannotWrite:
            pass
        os._exit(stopped)
    return os.waitpid(child, 0)[1] != 0

def put_right():
    with hold(output):
        pass

moment, stopped = 0, False
while True:
    output = base / str(moment) / "site"
    publish(files(old), output)
    for path in ("CNAME", "own/deep/file", "claims/notes.txt"):
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_bytes(b"mine")
    if not stopped_at(moment, lambda: publish(files(new), output)):
        break
    again = 0
    journal = output.with_name(".site.sitegen-undo") / "journal"
    while way == "killed" and journal.exists() and stopped_at(again, put_right):
        again += 1
    moment += 1
print(moment)
"""


def everything(folder: Path) -> dict[str, bytes | None]:
    """Return bytes by path, and None for each folder."""
    folders = [path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink()]
    return {
        **snapshot(folder),
        **{path.relative_to(folder).as_posix(): None for path in folders},
    }


def snapshot_of(site: Mapping[str, bytes | None]) -> dict[str, bytes]:
    """Return the files alone."""
    return {path: content for path, content in site.items() if content is not None}


@pytest.mark.parametrize("way", ["killed", "refused", "refused once"])
def test_stopped_at_every_moment(tmp_path: Path, way: str) -> None:
    """Stopped before any of its steps on the disk, a change leads to the old or the new site whole.

    It is killed there, or the system refuses that step, or it refuses all from there on. Whoever
    puts right what a killed one left is killed too, again and again, each time one step later.
    """
    ran = subprocess.run(
        [sys.executable, "-c", STOPPER, str(tmp_path), repr(OLD), repr(NEW), way],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    own = dict.fromkeys(["CNAME", "own/deep/file", "claims/notes.txt"], b"mine")
    folders = dict.fromkeys(["own", "own/deep"])
    for name, site in (("old", OLD), ("new", NEW)):
        publish(files(site), tmp_path / name)
    old, new = ({**everything(tmp_path / each), **own, **folders} for each in ("old", "new"))
    found = []
    for moment in range(int(ran.stdout)):
        output = tmp_path / str(moment) / "site"
        if way == "refused once":  # that very run puts right what it did
            assert snapshot(output) in (snapshot_of(old), snapshot_of(new))
        with hold(output):
            pass
        found.append(everything(output))
        publish(files(OLD if moment % 2 else NEW), output)
        assert everything(output) == (old if moment % 2 else new)
        assert companions(output) == set()
    assert len(found) > 40
    assert old in found
    assert new in found
    assert all(each in (old, new) for each in found)


def staged_by_a_fork(held: Held, staged: list[OutputFile]) -> list[SiteFile]:
    """Return what another process, forked from this one, has made of some files."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
        return [*pool.map(held.stage, staged)]


def test_files_that_another_process_has_staged_are_published(tmp_path: Path) -> None:
    """Whoever makes a file may write it; only what became of it comes to the one who publishes."""
    output = tmp_path / "site"
    publish(files(OLD), output)
    with hold(output) as held:
        done = held.publish(staged_by_a_fork(held, files(NEW)))
    assert done.written == ("claims/c.html", "index.html", "places/p.html")
    assert done.unchanged == (".nojekyll", "claims/a.html", "static/css/base.css")
    assert done.removed == ("claims/b.html", "events/e.html")
    assert done.as_published.unchanged(look_at_files(output)).keys() == NEW.keys()
    assert {path: found for path, found in snapshot(output).items() if path != MANIFEST} == NEW


@pytest.mark.parametrize(
    "wrong", ["../out.html", "/out.html", "index.html", "index.html/deep.html", "con.html"]
)
def test_what_cannot_have_its_place_is_not_staged(tmp_path: Path, wrong: str) -> None:
    """It is passed on as it is to the one who sees all files, and who then refuses the site."""
    output = tmp_path / "deep" / "site"
    fault = OutputFile(wrong, b"other")
    staged: list[SiteFile] = []

    def stage_both(held: Held) -> Iterator[File]:
        for file in (OutputFile("index.html", b"front"), fault):
            staged.append(held.stage(file))
            yield staged[-1]

    def publish_both() -> None:
        with hold(output) as held:
            held.publish(stage_both(held))

    with pytest.raises(UnfitPath):
        publish_both()
    assert staged[1] is fault
    assert sorted(each.name for each in tmp_path.rglob("*") if each.suffix == ".html") == []


def test_those_who_make_files_end_before_a_failed_publication_is_cleared_away(
    tmp_path: Path,
) -> None:
    """Nothing is staged any more when what was staged is removed."""
    output = tmp_path / "site"
    left: list[Path] = []

    def making(held: Held) -> Iterator[File]:
        try:
            yield held.stage(OutputFile("index.html", b"front"))
            yield OutputFile("index.html", b"again")
            yield OutputFile("other.html", b"other")
        finally:
            left.extend(tmp_path.rglob("index.html"))

    def publish_it() -> None:
        with hold(output) as held:
            held.publish(making(held))

    with pytest.raises(UnfitPath):
        publish_it()
    assert len(left) == 1
    assert not left[0].exists()


def run_apart(program: str, output: Path) -> list[str]:
    """Run a function of this module in a process without other threads; return what it prints."""
    command = f"import sys; from tests.unit.test_write import {program}; {program}(sys.argv[1])"
    told = subprocess.run(
        [sys.executable, "-c", command, str(output)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert told.stderr == ""
    return told.stdout.splitlines()


def publish_though_a_worker_is_killed(output: str) -> None:
    """Publish files that workers stage, one of whom is ended by the system after it has done so."""
    here = os.getpid()

    def stage_some(held: Held, numbers: Sequence[int]) -> list[SiteFile]:
        staged: list[SiteFile] = []
        for each in numbers:
            if each == numbers[-1] == 49 and os.getpid() != here:  # after another of its batch
                held.staged.write("49.html", b"half")
                os.kill(os.getpid(), signal.SIGKILL)
            staged.append(held.stage(OutputFile(f"{each}.html", b"%d" % each)))
        return staged

    with hold(Path(output)) as held:
        done = held.publish(share_out(partial(stage_some, held), range(100), 2))
    print(len(done.written))  # noqa: T201


def test_what_a_killed_worker_has_staged_is_made_again(output: Path) -> None:
    """Nobody knows of its files, whole or half: the site is published all the same."""
    assert run_apart("publish_though_a_worker_is_killed", output) == ["100"]
    expected = {f"{each}.html": b"%d" % each for each in range(100)}
    assert {path: held for path, held in snapshot(output).items() if path != MANIFEST} == expected


def publish_to_a_full_disk(output: str) -> None:
    """Publish files that workers stage, with a limit on the size of files; print what is said."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
    files = [OutputFile(f"{each}.html", bytes(9000)) for each in range(100)]

    def stage_some(held: Held, some: Sequence[OutputFile]) -> list[SiteFile]:
        return [held.stage(each) for each in some]

    try:
        with hold(Path(output)) as held:
            held.publish(share_out(partial(stage_some, held), files, 2))
    except CannotWrite as refusal:
        print(refusal.reason, refusal.help, sep="\n")  # noqa: T201


def test_what_the_system_refuses_a_worker_is_told_as_ever(output: Path) -> None:
    """The reason and the way out come from the process that met them, and nothing is left."""
    reason, help_ = run_apart("publish_to_a_full_disk", output)
    assert "a file is larger than may be written here" in reason
    assert help_ == "raise the limit on file sizes"
    assert not output.exists()
    assert {each.name for each in output.parent.iterdir()} <= {f".{output.name}.sitegen-lock"}
