"""The names of actors and places that texts mention, known note by note.

A page looks up only the names that stand in the texts it shows. So a name that is new or changes
concerns those pages alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import chain
from typing import cast

from msgspec import Struct

from sitegen.kinds import Kind
from sitegen.ledger import Tables
from sitegen.markup import convert
from sitegen.markup.mentions import Mentions, build_mentions
from sitegen.markup.named import Name, by_first_word, mentions_of, names_in, names_of
from sitegen.model import Ref, Site
from sitegen.notes import Actor, Place, prose
from sitegen.pages.bundles import Bundles, by_bundle
from sitegen.urls import note_url

_Named = tuple[str, str, str]
"""A name, the ref of the actor or place that has it, and the url of that note's page."""


class NamesInTexts(Struct, frozen=True):
    """The names that stand in the Markdown of each note, and where each name leads."""

    of_notes: Mapping[Ref, tuple[str, ...]]
    names: Mapping[str, Name]

    def mentioned_by(self, ref: Ref) -> Mentions | None:
        """Return the mentions to link in a note's texts; None where they have no names."""
        if found := self.of_notes[ref]:
            return mentions_of({each: self.names[each] for each in found})
        return None


def names_in_texts(
    site: Site, refs: Iterable[Ref], bundles: Bundles, tables: Tables
) -> NamesInTexts:
    """Return the names of actors and places that the texts of some notes mention."""
    named = [
        by_bundle(tables, f"names of {kind.plural}", bundles.of(kind), partial(_named, site, kind))
        for kind in (Kind.ACTOR, Kind.PLACE)
    ]

    def names() -> dict[str, Name]:
        some = chain.from_iterable(own.values() for own in named)
        return names_of(build_mentions(chain.from_iterable(some)))

    every = tables.together("where names lead", names)
    by_first = tables.whole("names by first word", lambda: by_first_word(every))

    def in_texts(ref: Ref) -> tuple[str, ...]:
        texts = [convert(text) for _, text in prose(site.records(ref.kind)[ref.id].note)]
        return names_in(texts, by_first.value) if texts else ()

    return NamesInTexts(tables.table("names in texts", refs, in_texts), every)


def _named(site: Site, kind: Kind, ids: Iterable[str]) -> list[_Named]:
    return [
        (name, str(Ref(kind, each)), note_url(kind, each))
        for each in ids
        for note in [cast("Actor | Place", site.records(kind)[each].note)]
        for name in (note.name, *note.aliases_in_text)
    ]
