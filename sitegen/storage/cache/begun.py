"""Files that are begun beside the one they shall replace, and whose names tell who has begun them.

Who is ended at once leaves such a file, and the next to begin one for the same removes it.
"""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path
from zlib import crc32

from sitegen.storage.packet_file import ENDING


def beginning(path: Path) -> str:
    """Return how the names begin of those that this process begins for a file."""
    return f"{_stem(path)}{os.getpid()}."


def remove_left(path: Path) -> None:
    """Remove those that were begun for a file on this machine by processes that are no more.

    Raises OSError where one cannot be removed.
    """
    for each in path.parent.glob(f"{_stem(path)}*{ENDING}"):
        if _has_ended(each.name.removeprefix(_stem(path)).partition(".")[0]):
            each.unlink(missing_ok=True)


def _stem(path: Path) -> str:
    """Return what tells the file and this machine: others may share the folder."""
    return f"{path.stem}.{crc32(platform.node().encode()):08x}."


def _has_ended(process: str) -> bool:
    """Tell whether there is no process with this number."""
    if sys.platform == "win32" or not process.isdecimal():  # to ask for one there may end it
        return False
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:  # it is somebody else's
        return False
    return False
