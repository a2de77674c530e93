"""Who adds to a file that several builds may add to does it alone, and nobody waits for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO

if sys.platform == "win32":
    from filelock import FileLock
else:
    from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock


@contextmanager
def alone_with(file: BinaryIO) -> Iterator[bool]:
    """Tell whether nobody else who asks for it has an open file to himself until the end.

    If so, we have. False, too, where the file system knows no locks. Whoever ends gives it free.
    """
    with ExitStack() as held:
        try:
            _lock(file, held)
        except OSError:
            yield False
        else:
            yield True


def _lock(file: BinaryIO, held: ExitStack) -> None:
    """Lock a file for as long as something is held. Raises OSError where that is not to be had."""
    if sys.platform == "win32":  # a lock on the file itself would keep others from reading it
        held.enter_context(FileLock(f"{file.name}.lock", timeout=0))
    else:  # what lockf locks would be free once the file, opened anew, is closed
        flock(file, LOCK_EX | LOCK_NB)
        held.callback(flock, file, LOCK_UN)
