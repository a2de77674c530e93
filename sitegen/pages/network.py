"""Whom an actor is tied to in one step, by what the notes say: the same ties to draw and to list.

Two actors are tied by each claim that speaks of both, each event that both took part in, each claim
or event in which one speaks of the other, and by membership. How strong a tie is, is how many of
these there are; nothing is weighed.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, permutations
from typing import Final, NamedTuple, cast

from sitegen.ledger import Tables
from sitegen.model import Kind, Ref
from sitegen.notes import ActorId, Claim, Event
from sitegen.pages.cards import Cards
from sitegen.pages.label_lines import label_lines
from sitegen.views import NetworkNode, NetworkTie, NetworkView

_AFRESH: Final = Tables()
MOST: Final = 12
HEAVIEST: Final = 6
_WIDTH = 440
_RING = 78  # half the ring's width; what is left on both sides is for labels
_ROW = 44  # between neighbours of one side: room for a label of two lines
_LABEL = 17

Ties = Mapping[ActorId, Mapping[ActorId, Mapping[str, int]]]


def networks(cards: Cards) -> dict[ActorId, NetworkView]:
    """Return the networks of all actors that are tied to anybody."""
    return {actor: network(cards, actor, tied) for actor, tied in ties(cards).items()}


def ties(cards: Cards, tables: Tables = _AFRESH) -> Ties:
    """Return for every actor whom it is tied to, how, and how often."""
    site = cards.site
    found: dict[ActorId, dict[ActorId, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    refs = [
        *(Ref(Kind.CLAIM, each) for each in site.claims),
        *(Ref(Kind.EVENT, each) for each in site.events),
    ]

    def in_note(ref: Ref) -> _InNote:
        note = cast("Claim | Event", site.records(ref.kind)[ref.id].note)
        return _InNote(tuple(dict.fromkeys(note.actors)), tuple(_speakers(note)))

    for ref, (present, speakers) in tables.table("actors in notes", refs, in_note).items():
        code = f"{ref.kind}s"
        for one, other in permutations(present, 2):
            found[one][other][code] += 1
        for speaker in speakers:
            for subject in present:
                if speaker != subject:
                    found[speaker][subject]["speaks-of"] += 1
                    found[subject][speaker]["spoken-of-by"] += 1
    for actor, record in site.actors.items():
        for whole in dict.fromkeys(record.note.member_of):
            if whole != actor:
                found[actor][whole]["belongs-to"] += 1
                found[whole][actor]["has-member"] += 1
    return {
        actor: {other: {**counts} for other, counts in tied.items()}
        for actor, tied in found.items()
    }


class _InNote(NamedTuple):
    """The actors that a claim or an event speaks of, and those who speak in it."""

    present: tuple[ActorId, ...]
    speakers: tuple[ActorId, ...]


def _speakers(note: Claim | Event) -> Iterable[ActorId]:
    """Return who speaks in a note, each once."""
    asserting = note.asserted_by if isinstance(note, Claim) else ()
    quoted = chain.from_iterable(evidence.said_by for evidence in note.evidence)
    return dict.fromkeys(chain(asserting, quoted))


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
