"""Where the program stands, what travels with it, and how more comes to it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

if sys.platform == "win32":
    from subprocess import list2cmdline as join
else:
    from shlex import join


def built_in_templates() -> Path:
    """Return the folder of the templates: in the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def install_command(*requirements: str) -> str:
    """Return the command that installs libraries where this program finds them.

    It names the interpreter that runs the program: the one that a shell finds may be another, and
    know nothing of it.
    """
    wanted = " ".join(f'"{each}"' for each in requirements)
    return f"{_interpreter()} -m pip install {wanted}"


def _interpreter() -> str:
    """Return what a shell in this folder calls the running interpreter, as short as may be."""
    own = sys.executable or "python"
    found = shutil.which("python")
    if found and _is_same(found, own):
        return "python"
    below = own.removeprefix(f"{Path.cwd()}{os.sep}")
    own = below if os.sep in below else own  # a bare name is looked for elsewhere
    return join([own])


def _is_same(one: str, other: str) -> bool:
    """Tell whether two commands are one: that of a virtual environment is a link to another."""
    try:
        return Path(one).samefile(other) and Path(one).parent.samefile(Path(other).parent)
    except OSError:
        return False
