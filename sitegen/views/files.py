"""Pages that shall exist, and files as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from sitegen.views.frames import View
from sitegen.views.previews import PreviewContents, PreviewShard


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the site: its path below the output folder, and its bytes."""

    path: Annotated[str, "Relative, with forward slashes."]
    content: Annotated[bytes, "What the file holds."]
    sha256: Annotated[str, "Of its bytes, in hexadecimal, if it is known already."] = ""


@dataclass(frozen=True, slots=True)
class StandingFile:
    """A file of the site that is in the output folder already, with the right bytes."""

    path: Annotated[str, "Relative, with forward slashes."]
    sha256: Annotated[str, "Of its bytes, in hexadecimal."]


@dataclass(frozen=True, slots=True)
class StandingFiles:
    """Many files of the site that are in the output folder already, with the right bytes."""

    digests: Annotated[Mapping[str, str], "The SHA-256 of each, in hexadecimal, by path."]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page, or a script with data, that shall exist: where, by which template, from what."""

    path: Annotated[str, "Output path; its depth decides how links begin."]
    template: Annotated[str, "Name of the template below templates/."]
    view: Annotated[
        View | PreviewShard | PreviewContents,
        "All that the template may see of the site's content.",
    ]
