"""Who is silent on a claim: counted and listed without a list for each claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.dates import parse_date
from sitegen.findings import silence
from sitegen.findings.silence import able_to_speak, begins, silent_ids
from sitegen.kinds import Kind
from sitegen.model import Covering, Ref, Silent
from sitegen.notes import ClaimId, SourceId
from tests.sites import LinkedSite, site_of

_NOTES = """
-- content/questions/q.yaml --
question: Did it rain?
-- content/questions/r.yaml --
question: How much?
-- content/events/storm.yaml --
title: Storm
date: 2024
evidence: [{source: dec, quote: x}, {source: jan, quote: x}, {source: feb, quote: x}]
-- content/claims/c.yaml --
statement: It rained.
questions: [q, r]
events: [storm]
evidence: [{source: jan, quote: x}]
-- content/claims/d.yaml --
statement: It was wet.
questions: [q]
evidence: [{source: mar, quote: x}, {source: never, quote: x}]
-- content/claims/e.yaml --
statement: A metre fell.
date: 2024-03
questions: [r]
evidence: [{source: mar, quote: x}, {source: jul, quote: x}]
-- content/claims/f.yaml --
statement: Hardly a drop fell.
questions: [r]
evidence: [{source: never, quote: x}]
-- content/sources/dec.yaml --
title: December
published: 2023-12
-- content/sources/jan.yaml --
title: January
published: 2024-01
-- content/sources/feb.yaml --
title: February
published: 2024-02
-- content/sources/mar.yaml --
title: March
published: 2024-03
-- content/sources/jul.yaml --
title: July
published: 2024-07
-- content/sources/never.yaml --
title: Undated
"""


def silent_on(linked: LinkedSite, claim: str) -> Silent:
    """Return who is silent on a claim."""
    return linked.findings.silence[ClaimId(claim)]


def all_silent(linked: LinkedSite, claim: str) -> list[str]:
    """Return the ids of all sources that are silent on a claim."""
    return [*silent_ids(linked.findings, ClaimId(claim), len(linked.site.sources))]


def able(linked: LinkedSite, claim: str) -> list[str]:
    """Return the ids of those that may have known."""
    return [*able_to_speak(linked.findings, ClaimId(claim), len(linked.site.sources))]


@pytest.fixture(params=[(0, 0), (1, 1), (2, 2), (256, 32)])
def linked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> LinkedSite:
    """Return the site, with sources counted and listed in different ways from some number on."""
    few, bits = request.param
    monkeypatch.setattr(silence, "_FEW", few)
    monkeypatch.setattr(silence, "_BITS", bits)
    return site_of(_NOTES)


def test_all_subjects_of_a_claim_count_once_each_source(linked: LinkedSite) -> None:
    """However the sources are counted, each is one, and who speaks of the claim is none."""
    on_c, on_d = silent_on(linked, "c"), silent_on(linked, "d")
    assert all_silent(linked, "c") == ["dec", "feb", "jul", "mar", "never"]
    assert (on_c.able, on_c.too_early) == (4, 1)
    assert all_silent(linked, "d") == ["jan"]
    assert (on_d.able, on_d.too_early) == (1, 0)


def test_those_that_came_too_early_are_counted_apart(linked: LinkedSite) -> None:
    """Too early is what had certainly appeared before the day; what has no date never is."""
    on_e = silent_on(linked, "e")
    assert on_e.since == dt.date(2024, 3, 1)
    assert (on_e.able, on_e.too_early) == (1, 1)
    assert all_silent(linked, "e") == ["jan", "never"]
    assert able(linked, "e") == ["never"]


def test_the_first_are_those_of_all(linked: LinkedSite) -> None:
    """However many are asked for, they are the first of all that there are."""
    for find in (silent_ids, able_to_speak):
        every = find(linked.findings, ClaimId("c"), 9)
        assert 3 < len(every) < 9
        for most in range(len(every) + 1):
            assert find(linked.findings, ClaimId("c"), most) == every[:most]


_SOURCES = [SourceId(each) for each in "abcdefgh"]
_DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 6))
_ENDS = st.fixed_dictionaries(dict.fromkeys(_SOURCES, st.none() | _DAYS))
_SOME = st.lists(st.frozensets(st.sampled_from(_SOURCES)), max_size=3)


@pytest.mark.parametrize("bits", [0, 1, 10**6], ids=["as a set", "as is shorter", "bit by bit"])
@given(_ENDS, st.data())
def test_every_way_of_counting_comes_to_the_same(
    bits: int, ends: Mapping[SourceId, dt.date | None], data: st.DataObject
) -> None:
    """Whatever a claim is about, whoever speaks of it, also a source of the very day."""
    on_them = {Ref(Kind.QUESTION, f"q{at}"): each for at, each in enumerate(data.draw(_SOME))}
    said = {ClaimId(f"c{at}"): each for at, each in enumerate(data.draw(_SOME))}
    since = data.draw(st.none() | _DAYS)
    count = silence._counter(
        silence._by_date(ends),
        {ref: silence._covering(ends, each) for ref, each in on_them.items()},
        {claim_id: tuple(each) for claim_id, each in said.items()},
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(silence, "_BITS", bits)
        found = count([*on_them], [*said], since)
    silent = frozenset[SourceId]().union(*on_them.values()).difference(*said.values())
    days = [ends[each] for each in silent]
    too_early = [day for day in days if day and since and day < since]
    assert found == (len(silent) - len(too_early), len(too_early))


class Followed(tuple[SourceId, ...]):
    """Sources that count how often somebody goes through them."""

    times = 0

    def __iter__(self) -> Iterator[SourceId]:
        """Return them, and count that."""
        self.times += 1
        return super().__iter__()


@pytest.mark.parametrize(("covering", "times"), [(1, 5), (3, 5), (4, 1), (100, 1)])
def test_sources_of_a_large_subject_are_gone_through_once_for_all_claims(
    covering: int, times: int
) -> None:
    """Of few among very many, once for each claim: nothing as large as all sources is made."""
    ends = dict.fromkeys(SourceId(f"s{at}") for at in range(100))
    sources, subject = Followed([*ends][:covering]), Ref(Kind.QUESTION, "q")
    held = {subject: Covering(ids=sources, dated=(), undated=())}
    claims = [ClaimId(f"c{at}") for at in range(5)]
    count = silence._counter(silence._by_date(ends), held, dict.fromkeys(claims, sources[:1]))
    found = [count([subject], [each], None) for each in claims]
    assert found == [(covering - 1, 0)] * len(claims)
    assert sources.times == times


def test_the_silent_on_the_event_come_first_then_the_latest() -> None:
    """Those on the claim's events, then those on its questions; the undated last of each."""
    linked = site_of(_NOTES)
    assert silent_on(linked, "c").since == dt.date(2024, 1, 1)
    assert able(linked, "c") == ["feb", "jul", "mar", "never"]
    assert able(linked, "f") == ["jul", "mar", "jan"]


def test_what_happened_begins_with_the_first_of_its_dates() -> None:
    """A date without a beginning leaves no day before which nobody could speak of it."""
    march, june, any_time = map(parse_date, ("2024-03", "2024-06", "../2024"))
    assert begins([june, march]) == dt.date(2024, 3, 1)
    assert begins([june, any_time]) is None
    assert begins([]) is None


def size(linked: LinkedSite) -> int:
    """Return how many ids are kept to tell who is silent."""
    covering = {id(each): each for each in linked.findings.covering.values()}
    return sum(len(each.ids) for each in covering.values()) + sum(
        len(each.events) + len(each.questions) + len(each.speaking)
        for each in linked.findings.silence.values()
    )


def test_sources_are_kept_once_for_many_claims_on_one_question() -> None:
    """Twice as many claims and sources make twice as much of them, and not four times."""

    def on_one_question(count: int) -> LinkedSite:
        linked = site_of(
            "-- content/questions/q.yaml --\nquestion: Did it rain?\n"
            + "".join(
                f"-- content/sources/s{each}.yaml --\ntitle: S\n"
                f"-- content/claims/c{each}.yaml --\nstatement: It rained {each}.\n"
                f"questions: [q]\nevidence: [{{source: s{each}, quote: x}}]\n"
                for each in range(count)
            )
        )
        assert {each.able for each in linked.findings.silence.values()} == {count - 1}
        return linked

    assert size(on_one_question(200)) == 2 * size(on_one_question(100))


def test_sources_are_kept_once_where_every_claim_has_subjects_of_its_own_choice() -> None:
    """Four times as many claims, each with another pair of subjects, make four times as much."""

    def grid(side: int) -> LinkedSite:
        linked = site_of(
            "".join(
                f"-- content/questions/q{each}.yaml --\nquestion: Did it rain at {each}?\n"
                f"-- content/events/e{each}.yaml --\ntitle: Rain {each}\ndate: 2024\n"
                for each in range(side)
            )
            + "".join(
                f"-- content/sources/s{each}.yaml --\ntitle: S\n"
                f"-- content/claims/c{each}.yaml --\nstatement: It rained {each}.\n"
                f"questions: [q{each % side}]\nevents: [e{each // side}]\n"
                f"evidence: [{{source: s{each}, quote: x}}]\n"
                for each in range(side * side)
            )
        )
        assert {each.able for each in linked.findings.silence.values()} == {2 * (side - 1)}
        return linked

    assert size(grid(12)) == 4 * size(grid(6))


def test_sources_are_kept_once_where_many_claims_contradict_one() -> None:
    """Each contrary claim points to the sources of that one, and has no list of its own."""

    def contradicted(count: int) -> LinkedSite:
        quoted = ", ".join(f"{{source: s{each}, quote: x}}" for each in range(count))
        return site_of(
            f"-- content/claims/hub.yaml --\nstatement: It rained.\nevidence: [{quoted}]\n"
            + "".join(
                f"-- content/sources/s{each}.yaml --\ntitle: S\n"
                f"-- content/claims/c{each}.yaml --\nstatement: It did not rain {each}.\n"
                "relations: [{type: contradicts, claim: hub, why: Rain.}]\n"
                f"evidence: [{{source: s{each}, quote: x}}]\n"
                for each in range(count)
            )
        )

    assert size(contradicted(200)) <= 2 * size(contradicted(100))
