"""Pages that shall exist, and files as they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from sitegen.views.frames import View


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the site: its path below the output folder, and its bytes."""

    path: Annotated[str, "Relative, with forward slashes."]
    content: Annotated[bytes, "What the file holds."]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page that shall exist: where, by which template, from what."""

    path: Annotated[str, "Output path; its depth decides how links begin."]
    template: Annotated[str, "Name of the template below templates/."]
    view: Annotated[View, "All that the template may see of the site's content."]
