"""Evidence counts once for each independent origin, by the four ties of the content model."""

from __future__ import annotations

import pytest

from sitegen.findings.independence import lineage, origin_ref
from sitegen.kinds import Kind
from sitegen.model import Ref
from sitegen.notes import OriginId, SourceId
from sitegen.pages.prose_views import excerpt_view
from tests.sites import site_of

THREE = """
-- content/claims/c.yaml --
statement: It rained.
evidence:
  - {source: a, quote: Rain.}
  - {source: b, quote: Rain!}
  - {source: c, quote: Rain?}
"""


def sources(**fields: str) -> str:
    """Return a source's file for each keyword, its fields as given but for the title."""
    return "".join(
        f"-- content/sources/{name}.yaml --\ntitle: The {name.upper()}\n{lines}\n"
        for name, lines in fields.items()
    )


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        (sources(a="", b="", c=""), [[1], [2], [3]]),
        (sources(a="publisher: Herald", b="", c="publisher: Herald"), [[1, 3], [2]]),
        (sources(a="publisher: Herald", b="publisher: HERALD", c=""), [[1, 2], [3]]),
        (sources(a="publisher: Herald", b="publisher: Herald Asia", c=""), [[1], [2], [3]]),
        (sources(a="origins: [b]", b="", c=""), [[1, 2], [3]]),
        (sources(a="", b="origins: [a]", c=""), [[1, 2], [3]]),
        (sources(a="origins: [c]", b="origins: [c]", c=""), [[1, 2, 3]]),
        (sources(a="kind: wire", b="kind: wire", c="kind: wire"), [[1], [2], [3]]),
        (sources(a="authors: [Kim]", b="authors: [Kim]", c=""), [[1], [2], [3]]),
    ],
    ids=[
        "nothing in common",
        "same publisher",
        "same publisher in other letters",
        "publishers of like names",
        "one has it from the other",
        "the other has it from the one",
        "two have it from the third",
        "same kind is no tie",
        "same author is no tie",
    ],
)
def test_sources_that_may_share_an_origin_count_once(text: str, groups: list[list[int]]) -> None:
    """Publisher and origins bind sources, in either direction; nothing else does."""
    assert site_of(text + THREE).groups("c") == groups


def test_passages_of_one_source_count_once() -> None:
    """Two passages of one article are one group, also with another source's between them."""
    linked = site_of(
        sources(a="", b="")
        + """
-- content/claims/c.yaml --
statement: It rained.
evidence:
  - {source: a, quote: Rain.}
  - {source: b, quote: Rain.}
  - {source: a, quote: "Wet, too."}
"""
    )
    assert linked.groups("c") == [[1, 3], [2]]


def test_shared_actor_is_a_shared_origin() -> None:
    """Two articles that have it from one agency count once, a third from another stands alone."""
    linked = site_of(
        """
-- content/actors/agency.yaml --
name: The Agency
-- content/actors/ministry.yaml --
name: The Ministry
"""
        + sources(a="origins: [agency]", b="origins: [agency]", c="origins: [ministry]")
        + THREE
    )
    assert linked.groups("c") == [[1, 2], [3]]
    assert [group.ties for group in linked.all_groups("c")] == [("The Agency",), ()]


def test_origins_of_origins_bind() -> None:
    """What a source has from another one, it has from that one's origins too, however far back."""
    linked = site_of(
        """
-- content/actors/agency.yaml --
name: The Agency
-- content/sources/wire.yaml --
title: The Wire
origins: [relay]
-- content/sources/relay.yaml --
title: The Relay
origins: [agency]
"""
        + sources(a="origins: [wire]", b="origins: [agency]", c="")
        + THREE
    )
    assert linked.groups("c") == [[1, 2], [3]]


def test_publisher_that_binds_is_named_as_it_is_first_written() -> None:
    """One publisher in capitals and in small letters is one, by the name that stands first."""
    linked = site_of(
        sources(a="publisher: HERALD", b="publisher: Herald", c="publisher: herald") + THREE
    )
    assert [group.ties for group in linked.all_groups("c")] == [("HERALD",)]


def test_groups_are_transitive() -> None:
    """A and B share a publisher, B and C an origin: the three count once."""
    linked = site_of(
        """
-- content/actors/agency.yaml --
name: The Agency
"""
        + sources(
            a="publisher: Herald",
            b="publisher: Herald\norigins: [agency]",
            c="origins: [agency]",
        )
        + THREE
    )
    assert linked.groups("c") == [[1, 2, 3]]
    (group,) = linked.all_groups("c")
    assert group.sources == ("a", "b", "c")
    assert group.ties == ("Herald", "The Agency")


AGENCIES = """
-- content/actors/agency.yaml --
name: The Agency
-- content/actors/witness.yaml --
name: The Witness
-- content/sources/a.yaml --
title: The A
origins: [agency]
-- content/sources/b.yaml --
title: The B
origins: [agency]
"""


@pytest.mark.parametrize(
    ("a", "b", "groups"),
    [
        ("", "", [[1, 2]]),
        (", origins: [witness]", "", [[1], [2]]),
        (", origins: []", "", [[1], [2]]),
        (", origins: [witness]", ", origins: [witness]", [[1, 2]]),
        (", origins: [witness, agency]", "", [[1, 2]]),
        (", origins: [b]", "", [[1, 2]]),
        (", origins: [b]", ", origins: []", [[1, 2]]),
    ],
    ids=[
        "the sources' own hold",
        "another one instead",
        "an empty list: none at all",
        "both from the same witness",
        "the source's named again",
        "from the other source",
        "from the other source, which has it from nobody",
    ],
)
def test_passage_that_names_its_origins_overrides_its_source(
    a: str, b: str, groups: list[list[int]]
) -> None:
    """The origins of a piece of evidence stand in for those of its source, also when empty."""
    claim = f"""
-- content/claims/c.yaml --
statement: It rained.
evidence:
  - {{source: a, quote: Rain.{a}}}
  - {{source: b, quote: Rain.{b}}}
"""
    assert site_of(AGENCIES + claim).groups("c") == groups


def test_override_holds_for_its_passage_alone() -> None:
    """Two claims may group the same two sources differently."""
    linked = site_of(
        AGENCIES
        + """
-- content/claims/seen.yaml --
statement: It was seen.
evidence:
  - {source: a, quote: Seen., origins: [witness]}
  - {source: b, quote: Said.}
-- content/claims/told.yaml --
statement: It was told.
evidence:
  - {source: a, quote: Told.}
  - {source: b, quote: Said.}
"""
    )
    assert linked.groups("seen") == [[1], [2]]
    assert linked.groups("told") == [[1, 2]]


def test_groups_stand_in_the_order_of_their_first_citation() -> None:
    """Order follows the note, not the ids of sources or the names of publishers."""
    linked = site_of(
        sources(a="publisher: Alpha", z="publisher: Zulu", b="publisher: Alpha", m="")
        + """
-- content/claims/c.yaml --
statement: It rained.
evidence:
  - {source: z, quote: One.}
  - {source: b, quote: Two.}
  - {source: m, quote: Three.}
  - {source: a, quote: Four.}
"""
    )
    assert linked.groups("c") == [[1], [2, 4], [3]]


def test_group_supports_if_any_of_it_does() -> None:
    """A group that only mentions or disputes is there, but does not support."""
    linked = site_of(
        sources(a="publisher: Herald", b="publisher: Herald", c="", d="")
        + """
-- content/claims/c.yaml --
statement: It rained.
evidence:
  - {source: a, quote: One., stance: mentions}
  - {source: b, quote: Two.}
  - {source: c, quote: Three., stance: disputes}
  - {source: d, quote: Four., stance: mentions}
"""
    )
    groups = linked.all_groups("c")
    assert [(group.citations, group.supports) for group in groups] == [
        ((1, 2), True),
        ((3,), False),
        ((4,), False),
    ]


def test_ties_are_named_as_readers_know_them() -> None:
    """A publisher is named as first written, an origin by its name, a lone source by nothing."""
    linked = site_of(
        """
-- content/actors/agency.yaml --
name: The Agency
"""
        + sources(
            a="publisher: The Herald\norigins: [agency]",
            b="publisher: the herald",
            c="publisher: Post",
        )
        + THREE
    )
    assert [group.ties for group in linked.all_groups("c")] == [("The Herald",), ()]


def test_same_publisher_and_id_of_an_actor_are_no_tie() -> None:
    """A publisher's name that happens to be an origin's id binds nothing."""
    linked = site_of(
        """
-- content/actors/herald.yaml --
name: The Herald
"""
        + sources(a="publisher: herald", b="origins: [herald]", c="")
        + THREE
    )
    assert linked.groups("c") == [[1], [2], [3]]


def test_origin_with_its_kind_is_found() -> None:
    """`actor:id` and `source:id` tell apart what a bare id could not."""
    linked = site_of(
        """
-- content/actors/wire.yaml --
name: The Agency
-- content/sources/wire.yaml --
title: The Wire
-- content/sources/a.yaml --
title: A
origins: ["actor:wire"]
-- content/sources/b.yaml --
title: B
origins: ["source:wire"]
"""
    )
    assert origin_ref(linked.site, OriginId("actor:wire")) == Ref(Kind.ACTOR, "wire")
    assert origin_ref(linked.site, OriginId("source:wire")) == Ref(Kind.SOURCE, "wire")
    assert lineage(linked.site) == {
        "a": frozenset({Ref(Kind.ACTOR, "wire")}),
        "b": frozenset({Ref(Kind.SOURCE, "wire")}),
        "wire": frozenset(),
    }


def test_origins_that_hold_for_a_passage_are_its_own_or_its_sources() -> None:
    """What readers see as the origin of a passage is what grouping goes by."""
    linked = site_of(
        AGENCIES
        + """
-- content/claims/c.yaml --
statement: It rained.
evidence:
  - {source: a, quote: One.}
  - {source: a, quote: Two., origins: [witness]}
  - {source: a, quote: Three., origins: []}
"""
    )
    shown = [excerpt_view(linked.cards, each) for each in linked.citations("claim", "c")]
    found = [[link.ref for link in each.origins] for each in shown]
    assert found == [["actor:agency"], ["actor:witness"], []]
    assert linked.site.sources[SourceId("a")].note.origins == ("agency",)
