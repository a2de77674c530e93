"""Which pairs have a page, where it is, and what voices are called on it."""

from __future__ import annotations

import pytest

from sitegen.findings.voices import voices_of
from sitegen.kinds import Kind
from sitegen.model import Ref
from sitegen.pages import pairs as module
from sitegen.pages.pairs import pair_counts, pair_url, pairs_of, voice_name
from sitegen.urls import path_fault
from tests.compared import BRIEFING
from tests.sites import site_of


def test_pair_has_one_address_whoever_comes_first() -> None:
    """The order of ids decides, and parts are numbered from the second on."""
    one, other = Ref(Kind.SOURCE, "post"), Ref(Kind.SOURCE, "herald")
    assert pair_url(one, other) == "compare/sources/herald.post.html"
    assert pair_url(other, one) == pair_url(one, other)
    assert pair_url(one, other, 2) == "compare/sources/herald.post.2.html"


def test_no_two_pairs_share_an_address_and_each_fits_every_system() -> None:
    """Hyphens in ids, also two of them, keep apart what is not the same; long ids fit."""
    ids = ["a", "a--b", "b", "b--c", "c", "x" * 80, "y" * 80]
    refs = [Ref(kind, each) for kind in (Kind.SOURCE, Kind.ACTOR) for each in ids]
    urls = [pair_url(a, b) for a in refs for b in refs if a.kind is b.kind and a < b]
    assert len(set(urls)) == len(urls) == 42
    assert {path_fault(url) for url in urls} == {""}


def test_all_pairs_of_few_sources_have_a_page_if_they_have_anything_in_common() -> None:
    """And of actors those that share a claim or contradict one another."""
    linked = site_of(BRIEFING)
    found = pairs_of(linked.cards, voices_of(linked.site)).found
    assert [f"{one.id} {other.id}" for (one, other), ground in found.items() if ground] == [
        "courier gazette",
        "courier herald",
        "courier post",
        "gazette herald",
        "gazette post",
        "herald post",
        "engineer mayor",
    ]


def test_pairs_of_many_sources_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit only actors have pages of pairs."""
    monkeypatch.setattr(module, "MOST_SOURCES", 3)
    linked = site_of(BRIEFING)
    found = pairs_of(linked.cards, voices_of(linked.site)).found
    assert [left.kind for (left, _), ground in found.items() if ground] == [Kind.ACTOR]


def test_counts_tell_agreement_difference_and_silence() -> None:
    """Kinds of which there are none are left out."""
    linked = site_of(BRIEFING)
    found = pairs_of(linked.cards, voices_of(linked.site)).found
    ground = found[Ref(Kind.SOURCE, "gazette"), Ref(Kind.SOURCE, "herald")]
    assert ground
    counts = pair_counts(ground)
    assert counts.url == "compare/sources/gazette.herald.html"
    assert counts.accords == (("differ", 4), ("agree", 1))
    assert (counts.only_left, counts.only_right) == (0, 2)


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ("title: T\npublisher: Herald", "title: T\npublisher: Post", "Herald"),
        ("title: 'One: more'\npublisher: Herald", "title: Two\npublisher: Herald", "One"),
        ("title: 'One: more'", "title: 'One: less'", "One: more"),
        (f"title: {'word ' * 12}", "title: Two", "word word word word word word word word…"),
    ],
)
def test_source_is_called_by_what_the_other_has_not(one: str, other: str, name: str) -> None:
    """Its publisher if it can, else the beginning of its title, else all of it."""
    text = f"-- content/sources/a.yaml --\n{one}\n-- content/sources/b.yaml --\n{other}\n"
    refs = (Ref(Kind.SOURCE, "a"), Ref(Kind.SOURCE, "b"))
    assert voice_name(site_of(text).site, *refs) == name
