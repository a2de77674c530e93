"""Which pairs of sources and of actors have a page without script, and at which address."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import combinations
from typing import Final

from msgspec import Struct

from sitegen.findings.common_ground import Accord, CommonGround, closest_pairs, common_ground
from sitegen.findings.voices import Voices
from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Ref, Site
from sitegen.notes import ActorId, SourceId
from sitegen.pages.cards import Cards
from sitegen.pages.date_view import optional_date
from sitegen.references import display_name
from sitegen.views import PairCounts, VoiceView

MOST_SOURCES: Final = 30
"""If there are no more sources, every pair with anything in common has a page."""

MOST_ACTOR_PAIRS: Final = 20
"""How many pairs of actors have a page at most: those with most in common."""

_LONGEST_NAME: Final = 40

Pair = tuple[Ref, Ref]


class Pairs(Struct, frozen=True):
    """All that is said on a site, and what the pairs that may have a page have in common.

    The addresses of a pair are sorted. A pair with nothing in common (None) has no page.
    """

    cards: Cards
    voices: Voices
    found: Mapping[Pair, CommonGround | None]


def pairs_of(cards: Cards, voices: Voices, tables: Tables = NOTHING_KEPT) -> Pairs:
    """Return the pairs of sources and of actors that may have a page, sources first."""
    site = cards.site
    chosen: list[Pair] = []
    if len(site.sources) <= MOST_SOURCES:
        chosen += combinations(sorted([voice.ref for voice in voices.of(Kind.SOURCE)]), 2)
    closest = tables.whole(
        "closest pairs of actors", lambda: closest_pairs(voices, Kind.ACTOR, MOST_ACTOR_PAIRS)
    )
    chosen += closest.value
    return Pairs(
        cards, voices, tables.table("common ground of pairs", chosen, partial(_ground, voices))
    )


def _ground(voices: Voices, pair: Pair) -> CommonGround | None:
    left, right = (voices.voices[ref] for ref in pair)
    ground = common_ground(voices, left, right)
    return ground if ground.subjects else None


def pair_url(left: Ref, right: Ref, part: int = 1) -> str:
    """Return the address of a pair's page, from the root; `part` counts the pages of a long one.

    Ids hold hyphens but no full stop, so that no two pairs look alike. Where a source and an actor
    share an id, their pairs are kept apart by the folder.
    """
    one, other = sorted((left, right))
    name = f"{one.id}.{other.id}" if part == 1 else f"{one.id}.{other.id}.{part}"
    return f"compare/{one.kind.plural}/{name}.html"


def pair_counts(ground: CommonGround) -> PairCounts:
    """Return how much two voices agree and differ."""
    counts = ground.counts()
    return PairCounts(
        pair_url(ground.left, ground.right),
        tuple((str(accord), counts[accord]) for accord in Accord if counts[accord]),
        *ground.silent(),
    )


def voice_view(pairs: Pairs, ref: Ref, other: Ref | None = None) -> VoiceView:
    """Return a source or an actor, with a name that differs from that of `other`."""
    site, link = pairs.cards.site, pairs.cards.links[ref]
    voice = pairs.voices.voices.get(ref)
    is_source = ref.kind is Kind.SOURCE
    note = site.sources[SourceId(ref.id)].note if is_source else None
    return VoiceView(
        ref=str(ref),
        url=link.url,
        title=link.title,
        name=voice_name(site, ref, other),
        detail=(note.publisher if note else site.actors[ActorId(ref.id)].note.role) or "",
        published=optional_date(note.published) if note else None,
        reliability=(note.reliability or "") if note else "",
        statements=len(voice.said) if voice else 0,
    )


def voice_name(site: Site, ref: Ref, other: Ref | None = None) -> str:
    """Return the shortest name of a voice that the other one does not have.

    For an actor that is its name; for a source its publisher, else the beginning of its title, else
    the whole title.
    """
    names = [voice_names(site, each) for each in (ref, other or ref)]
    return next(
        (own for own, others in zip(*names, strict=True) if own and (own != others or not other)),
        names[0][-1],
    )


def voice_names(site: Site, ref: Ref) -> tuple[str, str, str]:
    """Return what a voice can be called, from short to long; the first may be empty."""
    record = site.find(ref)
    title = display_name(record) if record else ref.id
    if ref.kind is not Kind.SOURCE:
        return title, title, title
    beginning = title.partition(": ")[0]
    if len(beginning) > _LONGEST_NAME:
        beginning = f"{beginning[:_LONGEST_NAME].rpartition(' ')[0] or beginning[:_LONGEST_NAME]}…"
    return site.sources[SourceId(ref.id)].note.publisher or "", beginning, title
