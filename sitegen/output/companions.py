"""What stands beside an output folder while a site is put there."""

from __future__ import annotations

import os
from pathlib import Path


def beside(target: Path, role: str) -> Path:
    """Return the path of the target's companion in a role: `new-<n>`, `old`, `undo` or `lock`."""
    return target.with_name(f".{target.name}.sitegen-{role}")


def is_half_changed(target: Path) -> bool:
    """Tell whether a folder may hold some files of a site and some of the one before it."""
    return os.path.lexists(beside(Path(os.path.realpath(target)), "undo"))
