"""An actor's network counts what the notes say of two actors together, and draws it apart."""

from __future__ import annotations

from itertools import combinations

import pytest

from sitegen.notes import ActorId
from sitegen.pages.network import MOST, network, ring
from sitegen.pages.network import ties as ties_of
from sitegen.views import NetworkView
from tests.sites import site_of

ACTORS = "".join(
    f"-- content/actors/{name}.yaml --\nname: {name.title()}\n" for name in ("ann", "bo", "cy")
)
SOURCE = "-- content/sources/a.yaml --\ntitle: A\n"


def network_of(actor: str, text: str) -> NetworkView | None:
    """Return the network of an actor."""
    cards = site_of(SOURCE + text).cards
    tied = ties_of(cards).get(ActorId(actor))
    return network(cards, ActorId(actor), tied) if tied else None


def ties(view: NetworkView | None) -> dict[str, dict[str, int]]:
    """Return the counts of all kinds of tie by the other actor."""
    assert view is not None
    return {
        node.link.ref.removeprefix("actor:"): {tie.code: tie.count for tie in node.ties}
        for node in view.nodes
    }


def claim(name: str, fields: str, evidence: str = "") -> str:
    """Return a claim."""
    return (
        f"-- content/claims/{name}.yaml --\nstatement: {name}.\n{fields}\n"
        f"evidence: [{{source: a, quote: Wet.{evidence}}}]\n"
    )


def test_claims_and_events_tie_those_they_name_together() -> None:
    """Each claim and each event counts once for every pair."""
    text = (
        ACTORS
        + claim("one", "actors: [ann, bo]")
        + claim("two", "actors: [ann, bo, cy]")
        + "-- content/events/e.yaml --\ntitle: E\ndate: 2024\nactors: [ann, bo]\n"
    )
    assert ties(network_of("ann", text)) == {
        "bo": {"claims": 2, "events": 1},
        "cy": {"claims": 1},
    }


def test_who_speaks_of_whom_is_seen_from_both_ends() -> None:
    """Asserting a claim and being quoted for it is speaking once."""
    text = ACTORS + claim("one", "asserted_by: [ann]\nactors: [bo]", ", said_by: [ann]")
    assert ties(network_of("ann", text)) == {"bo": {"speaks-of": 1}}
    assert ties(network_of("bo", text)) == {"ann": {"spoken-of-by": 1}}


def test_nobody_is_tied_to_themselves() -> None:
    """Who speaks of themselves has no tie by it."""
    text = ACTORS + claim("one", "asserted_by: [ann]\nactors: [ann]")
    assert network_of("ann", text) is None


def test_membership_is_a_tie() -> None:
    """The member and the whole are tied, each in its own word."""
    text = (
        "-- content/actors/club.yaml --\nname: Club\n"
        "-- content/actors/ann.yaml --\nname: Ann\nmember_of: [club]\n"
    )
    assert ties(network_of("ann", text)) == {"club": {"belongs-to": 1}}
    assert ties(network_of("club", text)) == {"ann": {"has-member": 1}}


def test_the_strongest_come_first_and_the_rest_is_a_number() -> None:
    """Of equal ties those come first whose names do."""
    names = [f"n{at:02}" for at in range(15)]
    actors = "".join(
        f"-- content/actors/{each}.yaml --\nname: {each}\n" for each in ("hub", *names)
    )
    claims = "".join(claim(f"c-{each}", f"actors: [hub, {each}]") for each in names)
    view = network_of("hub", actors + claims + claim("again", "actors: [hub, n14]"))
    assert view is not None
    assert [node.link.title for node in view.nodes] == ["n14", *names[: MOST - 1]]
    assert view.left_out == 3
    assert view.nodes[0].weight == 2
    assert view.nodes[1].weight == 1


@pytest.mark.parametrize("count", range(1, MOST + 1))
def test_labels_have_room(count: int) -> None:
    """On each side of the ring two neighbours are at least a label of two lines apart."""
    places = ring(count)
    assert len(set(places)) == count
    for (x, y), (other_x, other_y) in combinations(places, 2):
        on_one_side = (x > 220) == (other_x > 220)
        assert not on_one_side or abs(y - other_y) >= 30
    assert all(x != 220 for x, _ in places)
