"""What all pages have in common, and what the pages of notes do."""

from __future__ import annotations

from typing import Annotated, TypedDict

from msgspec import Struct

from sitegen.views.evidence import BacklinkGroup, CorrectionView
from sitegen.views.labels import NoteLink


class View(Struct, frozen=True, kw_only=True):
    """What every page has."""

    title: Annotated[str, "The page's name, for its heading and the browser's tab."]
    description: Annotated[str, "In a sentence, for search engines and previews."]
    section: Annotated[str, "The entry of the navigation that it belongs to; may be empty."]
    crumbs: Annotated[tuple[NoteLink, ...], "The way here from the front page, itself left out."]


class Frame(TypedDict):
    """The fields that every page has, to be passed on as keywords."""

    title: str
    description: str
    section: str
    crumbs: tuple[NoteLink, ...]


class NoteView(View, frozen=True, kw_only=True):
    """What every page of a note has."""

    ref: Annotated[str, "kind:id."]
    backlinks: Annotated[tuple[BacklinkGroup, ...], "What refers to the note."]
    corrections: Annotated[tuple[CorrectionView, ...], "Corrections that concern it."]
    tags: Annotated[tuple[str, ...], "Words the author groups notes by."]
    more: Annotated[
        tuple[NoteLink, ...], "Pages of sections too long for this one; ref is the section."
    ] = ()


class NoteFrame(Frame):
    """The fields that every page of a note has, to be passed on as keywords."""

    ref: str
    backlinks: tuple[BacklinkGroup, ...]
    corrections: tuple[CorrectionView, ...]
    tags: tuple[str, ...]
