"""The words of a text without its markup; those of its links are filled in later."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from sitegen.markup.link_syntax import LinkRef

HELD: Final = "\x02"
"""Stands for a link; the words of no text have it."""

_SPACE: Final = re.compile(r"[ \t\r\n](?:[ \t\r\n]+|(?<! ))")  # more or other than one space


class Words(Struct, frozen=True, gc=False):
    """The words of a text: `HELD` stands in them for each of `links`, in order.

    They do not change with where links lead, so that they can be kept.
    """

    held: str
    links: tuple[LinkRef, ...] = ()

    def filled(self, say: Callable[[LinkRef], str]) -> str:
        """Return the words on one line, with what is said for each of the links."""
        if not self.links:
            return _one_line(self.held)
        pieces = self.held.split(HELD)
        both = [""] * (2 * len(pieces) - 1)
        both[::2] = pieces
        both[1::2] = map(say, self.links)
        return _one_line("".join(both))


def _one_line(text: str) -> str:
    if "  " in text or "\n" in text or "\t" in text or "\r" in text:
        text = _SPACE.sub(" ", text)
    return text.strip(" ")
