"""Where what travels with the program stands."""

from __future__ import annotations

from pathlib import Path


def built_in_templates() -> Path:
    """Return the folder of the templates: in the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"
