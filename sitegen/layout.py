"""Where a project has what a site is made from: its folders, and the file of its settings."""

from __future__ import annotations

from typing import Final

CONTENT: Final = "content"
SETTINGS: Final = f"{CONTENT}/site.yaml"
SEEDS: Final = "seeds"
TEMPLATES: Final = "templates"
INPUTS: Final = (CONTENT, SEEDS, TEMPLATES)
"""The folders that a site is made from, of which none may hold it."""
