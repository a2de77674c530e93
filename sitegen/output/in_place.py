"""A few files of a folder are exchanged where they stand, or all are put back as they were.

Beside a folder `site` stands `.site.sitegen-undo` meanwhile. First each file that is to be replaced
or removed gets a second name in it, and so does each new one; then a journal appears there, which
says what is about to happen; only then does anything in `site` change. While there is a journal,
all can be taken back, however far it came and however often that is begun. Once the journal has
another name, all stays: that moment divides the old site from the new.

Taking back touches nothing but what the journal names. A file that was to be new goes only if it
is the very file that came from there, and folders only if they are empty.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterable, Mapping, Sequence, Set
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

from sitegen.output.companions import beside
from sitegen.output.inventory import MANIFEST, Inventory, folders_above
from sitegen.output.staging import LINK_REFUSED, link_file, write_new
from sitegen.output.swap import discard
from sitegen.urls import path_fault

_FEWEST: Final = 500  # files that stay: fewer are linked in a moment, and a whole folder is safer
_SHARE: Final = 8  # so many times as many files must stay as change: to change one takes longer
_NOT_EMPTY_OR_GONE: Final = {errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR}
_JOURNAL: Final = "journal"
_DONE: Final = "journal-done"


class LinksRefused(Exception):  # noqa: N818 - reads as what it is where it is caught
    """Files cannot have a second name here; nothing has changed."""


class Change(NamedTuple):
    """What changes in a folder besides its manifest, by paths below it.

    Folders are `made` from the first on. Those that may be `emptied` go from the last on, if
    nothing is left in them.
    """

    replaced: Sequence[str] = ()
    added: Sequence[str] = ()
    removed: Sequence[str] = ()
    made: Sequence[str] = ()
    emptied: Sequence[str] = ()


def small_change(
    target: Path, standing: Inventory, written: Iterable[str], site: Mapping[str, object]
) -> Change | None:
    """Return what is to change in a folder, if that should be done file by file and can be.

    `written` are the new files of a `site` with these paths. It should be done where many files
    stay and few change: to make a whole new folder, each that stays must be linked, and its old
    name removed. It can be done where the folder is a site's, has no file of somebody else's in the
    way nor a folder in the place of a file, and is as it was found.
    """
    new = frozenset(written)
    gone = (standing.owned or frozenset()) - site.keys() - {MANIFEST}
    removed = gone & standing.files.keys()
    stay = len(site) - len(new)
    if stay < _FEWEST or stay < _SHARE * (len(new) + len(removed)):
        return None
    change = _change_of(standing, new, gone, site)
    is_possible = _is_free(standing, change, site) and _is_as_found(target, change)
    return change if is_possible else None


def _change_of(
    standing: Inventory, new: Set[str], gone: Set[str], site: Mapping[str, object]
) -> Change:
    files, folders = standing.files.keys(), standing.folders.keys()
    left = (folders_above(gone) & folders) - folders_above(site) if gone else set()
    return Change(
        replaced=tuple(sorted(new & files)),
        added=tuple(sorted(new - files)),
        removed=tuple(sorted(gone & files)),
        made=tuple(sorted(folders_above(new) - folders)),
        emptied=tuple(sorted(left)),
    )


def _is_free(standing: Inventory, change: Change, site: Mapping[str, object]) -> bool:
    """Tell whether nothing but the site's own files gives way, and no folder takes a file's place.

    What is removed is named by the manifest alone, which anybody could have written.
    """
    owned, files = standing.owned or frozenset(), standing.files.keys()
    taken = {*files, *standing.folders, *standing.specials}
    return (
        MANIFEST in files
        and (files & site.keys()) <= owned
        and taken.isdisjoint([*change.added, *change.made])
        and not any(map(path_fault, chain(*change)))
    )


def _is_as_found(target: Path, change: Change) -> bool:
    """Tell whether what is to change is what it was when the folder was looked at."""
    old, new = [*change.replaced, *change.removed], [*change.added, *change.made]
    places = {*old, *new}
    folders = folders_above(places).union(change.emptied) - {*change.made}
    return (
        all(stat.S_ISDIR(_mode(target, folder)) for folder in folders)
        and all(stat.S_ISREG(_mode(target, path)) for path in old)
        and not any(_mode(target, path) for path in new)
    )


def _mode(target: Path, path: str) -> int:
    """Return the mode of what stands at a path, 0 where nothing does; no link is followed."""
    try:
        return os.lstat(f"{target}/{path}").st_mode
    except OSError:
        return 0


def change_files(staged: Path, target: Path, change: Change) -> None:
    """Make a change with the new files of a folder beside, the new manifest among them.

    Afterwards, and after any exception, `settle` is to be called, which after an exception makes
    the folder what it was. Raises LinksRefused before anything has changed.
    """
    undo = beside(target, "undo")
    undo.mkdir()
    _begin(undo, staged, target, change)
    for folder in change.made:
        (target / folder).mkdir()
    for name, path in _numbered("new", change.added):
        link_file(f"{undo}/{name}", f"{target}/{path}")  # replaces nothing that came meanwhile
    for path in change.replaced:
        (staged / path).replace(target / path)
    for path in change.removed:
        (target / path).unlink()
    (staged / MANIFEST).replace(target / MANIFEST)
    (undo / _JOURNAL).rename(undo / _DONE)


def _begin(undo: Path, staged: Path, target: Path, change: Change) -> None:
    """Make all that is needed to take a change back, and then the journal."""
    try:
        for name, path in _numbered("old", [*change.replaced, *change.removed, MANIFEST]):
            link_file(f"{target}/{path}", f"{undo}/{name}")
        for name, path in _numbered("new", change.added):
            link_file(f"{staged}/{path}", f"{undo}/{name}")
    except OSError as refusal:
        if refusal.errno not in LINK_REFUSED:
            raise
        discard(undo, target, None)
        raise LinksRefused from refusal
    digest = sha256((staged / MANIFEST).read_bytes()).hexdigest()
    journal = {"version": 1, "manifest": digest, **change._asdict()}
    # On the disk before anything changes: after a power cut, too, all can be taken back.
    write_new(f"{undo}/{_JOURNAL}-new", json.dumps(journal).encode(), to_the_disk=True)
    (undo / f"{_JOURNAL}-new").rename(undo / _JOURNAL)


def _numbered(word: str, paths: Iterable[str]) -> list[tuple[str, str]]:
    """Return names for files that stand in one folder, each with the path it is about."""
    return [(f"{word}-{number}", path) for number, path in enumerate(paths)]


def _last_of(change: Change) -> str:
    """Return the name of the old manifest beside the folder."""
    return f"old-{len(change.replaced) + len(change.removed)}"


def settle(target: Path) -> None:
    """Take back a change of files that has not come to its end, and clear up after any other.

    What somebody has done to the folder since, so that a file has no place there any more, stays.
    """
    undo = beside(target, "undo")
    if undo.is_symlink():
        undo.unlink()
    if not undo.is_dir():
        return
    if change := _change_in(undo / _JOURNAL, target):
        _take_back(change, undo, target)
        (undo / _JOURNAL).unlink()
    elif change := _change_in(undo / _DONE, target):
        _remove_empty(change.emptied, target)
    discard(undo, target, None)


def _change_in(journal: Path, target: Path) -> Change | None:
    """Return the change that a journal tells of, if the folder is still the one that it is about.

    It is if its manifest is the old or the new one; somebody may have removed it since and made
    another in its place. Where all has been put back, the old manifest has lost its second name.
    """
    try:
        digest, change = _parsed(json.loads(journal.read_bytes()))
        there = target / MANIFEST
        is_old = os.path.samestat(there.lstat(), (journal.parent / _last_of(change)).lstat())
        is_new = sha256(there.read_bytes()).hexdigest() == digest
    except (FileNotFoundError, ValueError):
        return None
    return change if is_old or is_new else None


def _parsed(journal: object) -> tuple[str, Change]:
    """Return the SHA-256 of the new manifest, and the change. Raises ValueError."""
    match journal:
        case {
            "version": 1,
            "manifest": str(digest),
            "replaced": [*replaced],
            "added": [*added],
            "removed": [*removed],
            "made": [*made],
            "emptied": [*emptied],
        }:
            parts: list[list[Any]] = [replaced, added, removed, made, emptied]
            if all(isinstance(each, str) and not path_fault(each) for each in chain(*parts)):
                return digest, Change(*parts)
    raise ValueError("not a journal")


def _take_back(change: Change, undo: Path, target: Path) -> None:
    """Put every file back, the manifest last; what has been put back already is left alone."""
    for name, path in _numbered("new", change.added):
        if _is_one_file(undo / name, target / path) and _is_reached(path, target):
            (target / path).unlink()
    for name, path in _numbered("old", [*change.replaced, *change.removed]):
        is_there = _mode(undo, name) and not stat.S_ISDIR(_mode(target, path))
        if is_there and _is_reached(path, target):
            (undo / name).replace(target / path)
    _remove_empty(change.made, target)
    (undo / _last_of(change)).replace(target / MANIFEST)


def _remove_empty(folders: Sequence[str], target: Path) -> None:
    """Remove folders that were made, or whose files are gone, unless something is in them."""
    for folder in reversed(folders):
        if not _is_reached(folder, target):
            continue
        try:
            (target / folder).rmdir()
        except OSError as refusal:
            if refusal.errno not in _NOT_EMPTY_OR_GONE:
                raise


def _is_reached(path: str, target: Path) -> bool:
    """Tell whether a path leads through folders alone, and not by a link out of the target."""
    return all(stat.S_ISDIR(_mode(target, folder)) for folder in folders_above([path]))


def _is_one_file(one: Path, other: Path) -> bool:
    try:
        return os.path.samestat(one.lstat(), other.lstat())
    except OSError:
        return False
