"""The folder of a server stays as long as the server runs."""

from __future__ import annotations

import fcntl
import os

import pytest

from sitegen.serving.private_site import private_folder


def test_folder_of_a_server_is_locked_as_long_as_it_is_there() -> None:
    """Who clears up old temporary files leaves alone what is locked."""
    with private_folder() as folder:
        (folder / "a").write_text("x")
        opened = os.open(folder, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(opened)
    assert not folder.exists()
