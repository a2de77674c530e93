"""Who is silent on a claim: counted and listed without a list for each claim."""

from __future__ import annotations

import datetime as dt

import pytest

from sitegen.dates import parse_date
from sitegen.findings import silence
from sitegen.findings.silence import begins, count_silent, latest_first, silent_ids
from sitegen.model import Kind, Ref, Silent
from sitegen.notes import ClaimId
from tests.sites import LinkedSite, site_of

_NOTES = """
-- content/questions/q.yaml --
question: Did it rain?
-- content/questions/r.yaml --
question: How much?
-- content/events/storm.yaml --
title: Storm
date: 2024
evidence: [{source: dec, quote: x}, {source: jan, quote: x}]
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
questions: [r]
evidence: [{source: mar, quote: x}, {source: jul, quote: x}]
-- content/sources/dec.yaml --
title: December
published: 2023-12
-- content/sources/jan.yaml --
title: January
published: 2024-01
-- content/sources/mar.yaml --
title: March
published: 2024-03
-- content/sources/jul.yaml --
title: July
published: 2024-07
-- content/sources/never.yaml --
title: Undated
"""
_MARCH = dt.date(2024, 3, 1)


def silent_on(linked: LinkedSite, claim: str) -> Silent:
    """Return who is silent on a claim."""
    return linked.findings.silence[ClaimId(claim)]


@pytest.fixture(params=[0, 1, 2, 64])
def linked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> LinkedSite:
    """Return the site, with lists shared from different numbers of sources on."""
    monkeypatch.setattr(silence, "_MANY", request.param)
    return site_of(_NOTES)


def test_all_subjects_of_a_claim_count_once_each_source(linked: LinkedSite) -> None:
    """However the sources are kept, each is one, and who speaks of the claim is none."""
    assert list(silent_ids(silent_on(linked, "c"))) == ["dec", "jul", "mar", "never"]
    assert count_silent(silent_on(linked, "c")) == 4
    assert list(silent_ids(silent_on(linked, "d"))) == ["jan"]
    assert count_silent(silent_on(linked, "d")) == 1


def test_those_that_came_too_early_are_counted(linked: LinkedSite) -> None:
    """Too early is what had certainly appeared before the day; what has no date never is."""
    assert count_silent(silent_on(linked, "c"), before=_MARCH) == 1
    assert count_silent(silent_on(linked, "d"), before=_MARCH) == 1
    assert count_silent(silent_on(linked, "e"), before=_MARCH) == 1  # jan, of r
    assert count_silent(silent_on(linked, "c"), before=dt.date(2023, 12, 1)) == 0


def test_the_latest_come_first_and_the_undated_last() -> None:
    """From a day on; the silent and the others alike."""
    linked = site_of(_NOTES)
    covering = linked.findings.covering[Ref(Kind.QUESTION, "q")]
    assert list(latest_first([covering], None)) == ["mar", "jan", "never"]
    assert list(latest_first([covering], _MARCH)) == ["mar", "never"]


def test_what_happened_begins_with_the_first_of_its_dates() -> None:
    """A date without a beginning leaves no day before which nobody could speak of it."""
    march, june, any_time = map(parse_date, ("2024-03", "2024-06", "../2024"))
    assert begins([june, march]) == _MARCH
    assert begins([june, any_time]) is None
    assert begins([]) is None


def test_lists_are_shared_where_many_claims_belong_to_one_question() -> None:
    """Twice as many claims and sources make twice as much of them, and not four times."""

    def size(count: int) -> int:
        linked = site_of(
            "-- content/questions/q.yaml --\nquestion: Did it rain?\n"
            + "".join(
                f"-- content/sources/s{each}.yaml --\ntitle: S\n"
                f"-- content/claims/c{each}.yaml --\nstatement: It rained {each}.\n"
                f"questions: [q]\nevidence: [{{source: s{each}, quote: x}}]\n"
                for each in range(count)
            )
        )
        kept = {id(each.covering): each.covering for each in linked.findings.silence.values()}
        own = [len(each.also.ids) for each in linked.findings.silence.values()]
        assert {count_silent(each) for each in linked.findings.silence.values()} == {count - 1}
        return sum(len(each.ids) for each in kept.values()) + sum(own)

    assert size(200) == 2 * size(100)
