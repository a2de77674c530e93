"""Files as they were left, and which of them still stand."""

from __future__ import annotations

import os
import pickle
from hashlib import sha256
from pathlib import Path

import pytest

from sitegen.output.published_files import PublishedFiles
from sitegen.storage.cache import stamp_of

DIGESTS = {path: sha256(path.encode()).hexdigest() for path in ("b", "a/ü", "a/c")}
STAMPS = {"b": (1, -2, 3, 4), "a/ü": (5, 6, 7, (1 << 63) - 1), "a/c": (0, 0, 0, 0)}


def test_files_are_known_by_their_stamps() -> None:
    """What stands as it was left is told with its digest, whatever is kept of it in between."""
    left = pickle.loads(pickle.dumps(PublishedFiles.of(STAMPS, DIGESTS)))
    assert left.unchanged(STAMPS) == DIGESTS
    assert left.unchanged({}) == {}
    assert PublishedFiles().unchanged(STAMPS) == {}


@pytest.mark.parametrize("number", range(4))
def test_any_other_number_is_another_file(number: int) -> None:
    """Size, both times and the number of a file tell it from what it was."""
    other = [*STAMPS["b"]]
    other[number] += 1
    now = {**STAMPS, "b": (other[0], other[1], other[2], other[3]), "new": (1, 1, 1, 1)}
    assert PublishedFiles.of(STAMPS, DIGESTS).unchanged(now).keys() == {"a/ü", "a/c"}


def test_order_of_files_makes_no_difference() -> None:
    """What is kept is the same for the same files."""
    turned = dict(reversed(STAMPS.items()))
    assert PublishedFiles.of(turned, DIGESTS) == PublishedFiles.of(STAMPS, DIGESTS)


def test_large_numbers_are_cut(tmp_path: Path) -> None:
    """Some systems number files with 128 bits."""
    (tmp_path / "x").write_bytes(b"abc")
    found = (tmp_path / "x").lstat()
    assert stamp_of(found) == (3, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    large = os.stat_result((0, (1 << 100) + 5, *[0] * 8))
    assert stamp_of(large)[3] == 5
