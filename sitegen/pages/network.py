"""The actors to whom an actor is directly tied, by what the notes say: as a drawing and as a list.

Two actors are tied by each claim that speaks of both, each event that both took part in, each claim
or event in which one speaks of the other, and by membership. The strength of a tie is the number of
these, without any weights.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain, permutations
from typing import Any, Final

from sitegen.kinds import Kind
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.model import Ref, Site
from sitegen.notes import ActorId, ClaimId, EventId, Evidence
from sitegen.pages.bundles import by_bundle
from sitegen.pages.cards import Cards
from sitegen.pages.label_lines import label_lines
from sitegen.views import NetworkNode, NetworkTie, NetworkView

MOST: Final = 12
HEAVIEST: Final = 6
_WIDTH = 440
_RING = 78  # half the ring's width; what is left on both sides is for labels
_ROW = 44  # between neighbours of one side: room for a label of two lines
_LABEL = 17

_Counts = dict[ActorId, dict[str, int]]

Ties = Mapping[ActorId, Mapping[ActorId, Mapping[str, int]]]


def ties(cards: Cards, tables: Tables = NOTHING_KEPT) -> Ties:
    """Return for every actor with ties the other actors, and how and how often it is tied to each.

    Ties are counted in bundles of notes, and put together for each actor.
    """
    found, naming = [], []
    for kind, ties_in in _TIES_IN.items():
        own = by_bundle(
            tables, f"ties in {kind.plural}", cards.bundles.of(kind), partial(ties_in, cards.site)
        )
        tables.done_with(own)
        found.append(own)
        naming.append(tables.index(f"bundles of {kind.plural} with ties", own, lambda each: each))

    def tied(actor: ActorId) -> _Counts:
        sums: _Counts = {}
        for own, bundles in zip(found, naming, strict=True):
            for bundle in bundles.get(actor, ()):
                for other, counts in own[bundle][actor].items():
                    known = sums.setdefault(other, {})
                    for code, count in counts.items():
                        known[code] = known.get(code, 0) + count
        return sums

    actors = dict.fromkeys(chain.from_iterable(naming))
    every = tables.table("ties", actors, tied)
    tables.done_with(every)
    return every


def _ties_in_claims(site: Site, claims: Iterable[ClaimId]) -> dict[ActorId, _Counts]:
    found = _Found()
    for each in claims:
        note = site.claims[each].note
        _tie(found, "claims", note.actors, chain(note.asserted_by, _quoted(note.evidence)))
    return found.plain()


def _ties_in_events(site: Site, events: Iterable[EventId]) -> dict[ActorId, _Counts]:
    found = _Found()
    for each in events:
        note = site.events[each].note
        _tie(found, "events", note.actors, _quoted(note.evidence))
    return found.plain()


def _ties_of_members(site: Site, actors: Iterable[ActorId]) -> dict[ActorId, _Counts]:
    found = _Found()
    for actor in actors:
        for whole in dict.fromkeys(site.actors[actor].note.member_of):
            if whole != actor:
                found[actor][whole]["belongs-to"] += 1
                found[whole][actor]["has-member"] += 1
    return found.plain()


_TIES_IN: Final[Mapping[Kind, Callable[[Site, Iterable[Any]], dict[ActorId, _Counts]]]] = {
    Kind.CLAIM: _ties_in_claims,
    Kind.EVENT: _ties_in_events,
    Kind.ACTOR: _ties_of_members,
}


class _Found(defaultdict[ActorId, defaultdict[ActorId, Counter[str]]]):
    """Ties while they are counted."""

    def __init__(self) -> None:
        super().__init__(lambda: defaultdict(Counter))

    def plain(self) -> dict[ActorId, _Counts]:
        """Return the same as plain dictionaries."""
        return {
            actor: {other: {**counts} for other, counts in tied.items()}
            for actor, tied in self.items()
        }


def _tie(found: _Found, code: str, actors: Iterable[ActorId], speaking: Iterable[ActorId]) -> None:
    """Count the ties between the actors that a note speaks of and those who speak in it."""
    present = dict.fromkeys(actors)
    for one, other in permutations(present, 2):
        found[one][other][code] += 1
    for speaker in dict.fromkeys(speaking):
        for subject in present:
            if speaker != subject:
                found[speaker][subject]["speaks-of"] += 1
                found[subject][speaker]["spoken-of-by"] += 1


def _quoted(evidence: Iterable[Evidence]) -> Iterable[ActorId]:
    return chain.from_iterable(each.said_by for each in evidence)


def network(cards: Cards, actor: ActorId, tied: Mapping[ActorId, Mapping[str, int]]) -> NetworkView:
    """Return an actor's network, the strongest ties first; of equal ones, by name."""

    def rank(other: ActorId) -> tuple[int, str, str]:
        return -sum(tied[other].values()), cards.links[Ref(Kind.ACTOR, other)].title, other

    shown = sorted(tied, key=rank)[:MOST]
    places = ring(len(shown))
    height = _height(len(shown))
    title = cards.links[Ref(Kind.ACTOR, actor)].title
    return NetworkView(
        width=_WIDTH,
        height=height,
        x=_WIDTH / 2,
        y=height / 2,
        label=label_lines(title, _LABEL),
        nodes=tuple(
            _node(cards, other, tied[other], place)
            for other, place in zip(shown, places, strict=True)
        ),
        left_out=len(tied) - len(shown),
    )


def _node(
    cards: Cards, actor: ActorId, tied: Mapping[str, int], place: tuple[float, float]
) -> NetworkNode:
    link = cards.links[Ref(Kind.ACTOR, actor)]
    count = sum(tied.values())
    by_number = sorted(tied.items(), key=lambda each: (-each[1], each[0]))
    return NetworkNode(
        link=link,
        ties=tuple(NetworkTie(code, number) for code, number in by_number),
        count=count,
        weight=min(count.bit_length(), HEAVIEST),
        x=place[0],
        y=place[1],
        anchor="start" if place[0] >= _WIDTH / 2 else "end",
        label=label_lines(link.title, _LABEL),
    )


def ring(count: int) -> Sequence[tuple[float, float]]:
    """Return places round the middle of the drawing, clockwise from the upper right.

    Each side of the ring has its places at equal heights, so that no two labels meet; nobody stands
    straight above or below the middle, where a label would lie on the line to it.
    """
    right = math.ceil(count / 2)
    height = _height(count)
    downward = [_place(at, right, height, 1) for at in range(right)]
    upward = [_place(at, count - right, height, -1) for at in reversed(range(count - right))]
    return [*downward, *upward]


def _place(at: int, of: int, height: int, side: int) -> tuple[float, float]:
    rise = (2 * at + 1) / of - 1  # from -1 at the top to 1 at the bottom, ends left free
    out = _RING * math.sqrt(1 - (0.9 * rise) ** 2)
    return round(_WIDTH / 2 + side * out, 1), round(height / 2 * (1 + rise), 1)


def _height(count: int) -> int:
    return max(math.ceil(count / 2), 2) * _ROW
