"""The kinds of note, and what each is called: in paths, in data and on pages."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """The kinds of note, in the order in which lists and summaries show them."""

    SOURCE = "source"
    CLAIM = "claim"
    EVENT = "event"
    ACTOR = "actor"
    PLACE = "place"
    QUESTION = "question"
    MEASURE = "measure"
    CORRECTION = "correction"
    PAGE = "page"

    # Both are made once for each kind: they are asked for with every note.

    @cached_property
    def plural(self) -> str:
        """What several are called: their folder, their list in data, the field that holds them."""
        return f"{self}s"

    @cached_property
    def heading(self) -> str:
        """What readers see above several of them."""
        match self:
            case Kind.MEASURE:
                return "Numbers"
            case Kind.PAGE:
                return "Background"
            case _:
                return self.plural.capitalize()
