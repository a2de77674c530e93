"""The vocabulary between the stages answers the few questions that all of them ask."""

from __future__ import annotations

import pickle

import pytest

from sitegen.kinds import Kind
from sitegen.model import Coverage, CoveredSentence, Ref, Use
from sitegen.notes import SourceId
from sitegen.storage.pickling import pickled
from tests.sites import site_of

TWO = """
-- content/actors/kim.yaml --
name: Kim
-- content/places/seoul.yaml --
name: Seoul
-- content/actors/an.yaml --
name: An
"""


def test_ref_is_written_as_in_a_link() -> None:
    """The address of a note reads kind:id."""
    assert str(Ref(Kind.CLAIM, "it-rained")) == "claim:it-rained"


def test_unpickled_address_comes_but_once() -> None:
    """There are very many of them; one is the same wherever it comes from."""
    ref = Ref(Kind.CLAIM, "it-rained")
    one, other = (pickle.loads(pickled(ref)) for _ in range(2))
    assert one == ref
    assert isinstance(one, Ref)
    assert one is other


def test_corpus_finds_notes_by_kind_and_id() -> None:
    """An id is unique within its kind only, so both are needed."""
    corpus = site_of(TWO).corpus
    found = corpus.find(Ref(Kind.ACTOR, "kim"))
    assert found is not None
    assert found.ref == Ref(Kind.ACTOR, "kim")
    assert corpus.find(Ref(Kind.PLACE, "kim")) is None


def test_all_records_come_kind_by_kind_and_ids_in_order() -> None:
    """The order is that of the kinds, then of the ids, not that of the files."""
    assert [str(each.ref) for each in site_of(TWO).corpus.all_records()] == [
        "actor:an",
        "actor:kim",
        "place:seoul",
    ]


def test_site_finds_published_notes_alone() -> None:
    """A draft is in the corpus and not on the site."""
    linked = site_of(TWO + "-- content/actors/secret.yaml --\nname: Secret\ndraft: true\n")
    ref = Ref(Kind.ACTOR, "secret")
    assert linked.corpus.find(ref) is not None
    assert linked.site.find(ref) is None
    assert list(linked.site.records(Kind.ACTOR)) == ["an", "kim"]


def test_coverage_counts_sentences_by_use() -> None:
    """Each use is counted for itself."""
    uses = [Use.QUOTED, Use.UNUSED, Use.QUOTED]
    coverage = Coverage(tuple(CoveredSentence(0, 1, use) for use in uses), 2, 3)
    assert [coverage.count(use) for use in Use] == [2, 0, 1]


def test_what_crosses_a_stage_is_frozen_and_can_be_sent() -> None:
    """Nobody changes a site on the way, and it can go to another process as it is."""
    linked = site_of(TWO)
    with pytest.raises(AttributeError, match="immutable"):
        linked.site.settings = linked.site.settings  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(linked.site)) == linked.site
    assert pickle.loads(pickle.dumps(linked.findings)) == linked.findings


@pytest.mark.parametrize(
    ("policy", "own", "rights"),
    [
        ("", "", "excerpts"),
        ("publication: {rights: none}", "", "none"),
        ("publication: {rights: none}", "rights: full", "full"),
        ("", "rights: none", "none"),
    ],
)
def test_rights_are_the_sources_own_or_the_policys(policy: str, own: str, rights: str) -> None:
    """What a source says goes before the site's policy, which goes before the default."""
    linked = site_of(
        f"-- content/site.yaml --\ntitle: T\n{policy}\n"
        f"-- content/sources/a.yaml --\ntitle: A\n{own}\n"
    )
    assert linked.site.rights_of(SourceId("a")) == rights
