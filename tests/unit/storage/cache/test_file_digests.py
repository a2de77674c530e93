"""Digests of files are found out when they are wanted."""

from __future__ import annotations

import pickle
from hashlib import sha256
from pathlib import Path

from sitegen.storage.cache import FileDigests


def sha(text: str) -> bytes:
    """Return the SHA-256 of a text."""
    return sha256(text.encode()).digest()


def test_digest_is_that_of_the_bytes_when_it_is_first_asked_for(tmp_path: Path) -> None:
    """Nothing is read before; and nothing is read again."""
    digests = FileDigests(tmp_path, ["a", "b"], {})
    (tmp_path / "a").write_text("one")
    (tmp_path / "b").write_text("one")
    assert digests.of(["a"]) == {"a": sha("one")}
    (tmp_path / "a").write_text("two")
    (tmp_path / "b").write_text("two")

    assert digests.every() == {"a": sha("one"), "b": sha("two")}


def test_what_is_known_or_told_is_not_read(tmp_path: Path) -> None:
    """Who has read a file tells its digest, unless there is one; who could not tells nothing."""
    (tmp_path / "c").write_text("three")
    digests = FileDigests(tmp_path, ["a", "b", "c"], {"a": b"A"})
    digests.tell({"a": b"other", "b": b"B", "c": b"", "elsewhere": b"E"})

    assert digests.every() == {"a": b"A", "b": b"B", "c": sha("three")}


def test_what_cannot_be_read_has_an_empty_digest(tmp_path: Path) -> None:
    """So has a folder; of what was not named there is none."""
    (tmp_path / "folder").mkdir()
    digests = FileDigests(tmp_path, ["folder/", "gone"], {})

    assert digests.of(["gone", "never named"]) == {"gone": b""}
    assert digests.every() == {"folder/": b"", "gone": b""}


def test_pickle_holds_all_digests(tmp_path: Path) -> None:
    """In another process nothing is left to read."""
    (tmp_path / "a").write_text("one")
    digests = pickle.loads(pickle.dumps(FileDigests(tmp_path, ["a", "b"], {"b": b"B"})))
    (tmp_path / "a").unlink()

    assert digests.every() == {"a": sha("one"), "b": b"B"}
