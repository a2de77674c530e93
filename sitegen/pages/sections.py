"""The main pages, to which every page links, and the kinds of notes that belong to each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sitegen.kinds import Kind
from sitegen.urls import DISAGREEMENTS, INDEX, METHOD, TIMELINE, UNKNOWNS, list_url
from sitegen.views import NoteLink


def _list_of(kind: Kind) -> NoteLink:
    return NoteLink(kind.plural, list_url(kind), kind.heading)


_OF_EVENTS: Final = NoteLink("timeline", TIMELINE, "Timeline")
_SECTIONS: Final[Mapping[Kind, NoteLink]] = {
    kind: _OF_EVENTS if kind is Kind.EVENT else _list_of(kind)
    for kind in Kind
    if kind is not Kind.CORRECTION  # which has no page of its own
}


def navigation() -> tuple[NoteLink, ...]:
    """Return the main pages in the order in which every page shows them."""
    return (
        NoteLink("index", INDEX, "Bottom line"),
        _SECTIONS[Kind.QUESTION],
        _SECTIONS[Kind.CLAIM],
        _SECTIONS[Kind.EVENT],
        NoteLink("disagreements", DISAGREEMENTS, "Disagreements"),
        _SECTIONS[Kind.MEASURE],
        NoteLink("unknowns", UNKNOWNS, "Unknowns"),
        *(_SECTIONS[kind] for kind in (Kind.SOURCE, Kind.ACTOR, Kind.PLACE, Kind.PAGE)),
        NoteLink("method", METHOD, "Method"),
    )


def section_of(kind: Kind) -> str:
    """Return the name of the main page that is marked on the pages of notes of a kind."""
    return _SECTIONS[kind].ref


def way_to(kind: Kind) -> NoteLink:
    """Return the link to the main page that stands above notes of a kind."""
    section = _SECTIONS[kind]
    return NoteLink("", section.url, section.title)
