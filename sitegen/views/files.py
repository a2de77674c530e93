"""Pages that shall exist, and files as they are written."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from sitegen.cache import Stamp
from sitegen.views.frames import View
from sitegen.views.previews import PreviewContents, PreviewShard


class OutputFile(Struct, frozen=True):
    """A file of the site: its path below the output folder, and its bytes."""

    path: Annotated[str, "Relative, with forward slashes."]
    content: Annotated[bytes, "What the file holds."]
    sha256: Annotated[str, "Of its bytes, in hexadecimal, if it is known already."] = ""


class StandingFile(Struct, frozen=True):
    """A file of the site that is in the output folder already, with the right bytes."""

    path: Annotated[str, "Relative, with forward slashes."]
    sha256: Annotated[str, "Of its bytes, in hexadecimal."]
    stamp: Annotated[Stamp, "How the system describes it, by which a change would show."]


class PageSpec(Struct, frozen=True):
    """A page, or a script with data, that shall exist: where, by which template, from what."""

    path: Annotated[str, "Output path; its depth decides how links begin."]
    template: Annotated[str, "Name of the template below templates/."]
    view: Annotated[
        View | PreviewShard | PreviewContents,
        "All that the template may see of the site's content.",
    ]
