"""Answers are ranked by what counts against them, again without weak and single evidence."""

from __future__ import annotations

import pytest

from sitegen.notes import ClaimId
from sitegen.pages.hypotheses import hypotheses, lineages_of, telling_sources
from sitegen.views import HypothesesView, RankView
from tests.sites import site_of

SOURCES = """
-- content/actors/agency.yaml --
name: Agency
-- content/sources/good.yaml --
title: Good
reliability: B
-- content/sources/fair.yaml --
title: Fair
reliability: C
-- content/sources/weak.yaml --
title: Weak
reliability: E
-- content/sources/unrated.yaml --
title: Unrated
-- content/sources/echo.yaml --
title: Echo
reliability: B
origins: [agency]
-- content/sources/copy.yaml --
title: Copy
reliability: B
origins: [agency]
"""


def claim(name: str, *evidence: str, contradicts: str = "") -> str:
    """Return a claim; each piece of evidence is `source`, `source stance` or with a digit too."""
    lines = [f"-- content/claims/{name}.yaml --", f"statement: {name}.", "evidence:"]
    for piece in evidence:
        source, stance, digit = (*piece.split(), "", "")[:3]
        fields = f"source: {source}, quote: Words., stance: {stance or 'supports'}"
        lines.append(f"  - {{{fields}, credibility: {digit or 2}}}")
    if contradicts:
        lines.append(f"relations: [{{type: contradicts, claim: {contradicts}}}]")
    return "\n".join([*lines, ""])


def ranked(text: str, *answers: str) -> HypothesesView | None:
    """Return the answers to a question, ranked."""
    cards = site_of(SOURCES + text).cards
    return hypotheses(cards, [ClaimId(each) for each in answers], lineages_of(cards))


def ranks(view: HypothesesView | None, ranking: str) -> dict[str, RankView]:
    """Return the places of all answers in one ranking."""
    assert view is not None
    at = {"all": 0, "without-weak": 1, "without-single": 2}[ranking]
    return {answer.claim.ref.removeprefix("claim:"): answer.ranks[at] for answer in view.answers}


def positions(view: HypothesesView | None, ranking: str) -> dict[str, int | None]:
    """Return the positions of all answers in one ranking."""
    return {name: each.position for name, each in ranks(view, ranking).items()}


def test_one_answer_is_no_competition() -> None:
    """A ranking needs two answers."""
    assert ranked(claim("a", "good"), "a") is None


def test_least_against_comes_before_most_for() -> None:
    """What nothing disputes stands before what three support and one disputes."""
    text = claim("loud", "good", "fair", "weak", "unrated disputes") + claim("quiet", "good")
    view = ranked(text, "loud", "quiet")
    assert positions(view, "all") == {"quiet": 1, "loud": 2}
    assert view is not None
    assert [answer.letter for answer in view.answers] == ["A", "B"]


def test_where_as_much_is_against_support_decides() -> None:
    """Of two undisputed answers the one with more independent support stands first."""
    text = claim("one", "good") + claim("two", "good", "fair")
    assert positions(ranked(text, "one", "two"), "all") == {"two": 1, "one": 2}


def test_equal_counts_share_a_position() -> None:
    """Nobody is ranked by what was not counted."""
    text = claim("a", "good") + claim("b", "fair") + claim("c", "good", "weak disputes")
    view = ranked(text, "a", "b", "c")
    assert positions(view, "all") == {"a": 1, "b": 1, "c": 3}
    assert [each.is_shared for each in ranks(view, "all").values()] == [True, True, False]
    assert [each.row for each in ranks(view, "all").values()] == [0, 1, 2]


def test_support_for_the_contrary_counts_against() -> None:
    """Evidence for a claim that contradicts an answer is evidence against it."""
    text = claim("a", "good") + claim("b", "fair") + claim("rival", "weak", contradicts="a")
    found = ranks(ranked(text, "a", "b"), "all")
    assert (found["a"].against, found["a"].support) == (1, 1)
    assert (found["b"].against, found["b"].support) == (0, 1)


def test_articles_of_one_origin_count_once_on_each_side() -> None:
    """Two articles that have it from one agency are one group, also over several claims."""
    text = (
        claim("a", "echo", "copy")
        + claim("b", "good")
        + claim("rival", "echo", contradicts="b")
        + claim("other-rival", "copy", contradicts="b")
    )
    found = ranks(ranked(text, "a", "b"), "all")
    assert found["a"].support == 1
    assert found["b"].against == 1


@pytest.mark.parametrize("weak", ["weak disputes 2", "good disputes 4", "fair disputes 6"])
def test_without_weak_evidence_the_order_may_change(weak: str) -> None:
    """Letters D to F and digits 4 to 6 are left out, and who gains by it is said."""
    text = claim("a", "echo", "fair supports 3", weak) + claim("b", "good")
    view = ranked(text, "a", "b")
    assert positions(view, "all") == {"b": 1, "a": 2}
    found = ranks(view, "without-weak")
    assert (found["a"].position, found["a"].moved) == (1, 1)
    assert (found["b"].position, found["b"].moved) == (2, -1)
    assert view is not None
    assert view.has_moves
    assert view.weak == 1


def test_what_nobody_graded_is_kept_and_said() -> None:
    """A missing grade is not a weak one; it is shown apart."""
    view = ranked(claim("a", "unrated") + claim("b", "good"), "a", "b")
    found = ranks(view, "without-weak")
    assert (found["a"].support, found["a"].unrated) == (1, 1)
    assert found["b"].unrated == 0


def test_a_group_whose_binding_article_is_weak_stays_one_group() -> None:
    """Leaving evidence out never makes what is left look more independent."""
    text = """
-- content/sources/bridge.yaml --
title: Bridge
reliability: E
publisher: Press
origins: [agency]
-- content/sources/press.yaml --
title: Press
reliability: B
publisher: Press
"""
    text += claim("a", "echo", "bridge", "press") + claim("b", "good")
    view = ranked(text, "a", "b")
    assert ranks(view, "all")["a"].support == 1
    assert ranks(view, "without-weak")["a"].support == 1


def test_without_single_origins_a_side_with_one_origin_is_left_out() -> None:
    """Two articles of one agency are still one origin; two independent ones stay."""
    text = claim("a", "echo", "copy") + claim("b", "good", "fair", "weak disputes")
    view = ranked(text, "a", "b")
    found = ranks(view, "without-single")
    assert (found["b"].position, found["b"].against, found["b"].support) == (1, 0, 2)
    assert found["a"].position is None
    assert view is not None
    assert view.single == 2


def test_an_answer_does_not_move_because_another_drops_out() -> None:
    """Moves are counted among the answers that keep some evidence."""
    text = claim("a", "weak") + claim("b", "good", "fair disputes")
    view = ranked(text, "a", "b")
    assert positions(view, "all") == {"a": 1, "b": 2}
    found = ranks(view, "without-weak")
    assert found["a"].position is None
    assert (found["b"].position, found["b"].moved) == (1, 0)
    assert view is not None
    assert not view.has_moves


def test_an_answer_that_is_only_mentioned_has_no_position() -> None:
    """Passages that neither support nor dispute rank nothing."""
    view = ranked(claim("a", "good mentions") + claim("b", "good"), "a", "b")
    assert positions(view, "all") == {"b": 1, "a": None}


def test_an_answer_with_evidence_only_against_it_has_no_position() -> None:
    """It stands after every answer that somebody gives, and before one with no evidence."""
    text = (
        claim("denied", "good disputes")
        + claim("given", "good", "fair disputes", "weak disputes")
        + claim("named", "good mentions")
    )
    view = ranked(text, "named", "denied", "given")
    assert positions(view, "all") == {"given": 1, "denied": None, "named": None}
    found = ranks(view, "all")
    assert [found[each].row for each in ("given", "denied", "named")] == [0, 1, 2]
    assert (found["denied"].against, found["denied"].support) == (1, 0)


def test_a_source_tells_answers_apart_by_bearing_one_out_against_another() -> None:
    """Pairs are counted: one answer borne out times two that it counts against."""
    text = (
        claim("a", "good", "fair")
        + claim("b", "good disputes", "fair")
        + claim("c", "unrated")
        + claim("rival", "good", contradicts="c")
    )
    cards = site_of(SOURCES + text).cards
    found = telling_sources(cards, [ClaimId(each) for each in "abc"])
    assert [(name, each.pairs, each.bears_out, each.against) for name, each in found.items()] == [
        ("good", 2, 1, 2),
        ("fair", 0, 2, 0),
        ("unrated", 0, 1, 0),
    ]


def test_a_source_that_says_both_of_an_answer_tells_nothing_by_it() -> None:
    """An article in conflict with itself bears an answer neither out nor down."""
    text = claim("a", "good", "good disputes") + claim("b", "good")
    (found,) = telling_sources(site_of(SOURCES + text).cards, [ClaimId("a"), ClaimId("b")]).values()
    assert (found.pairs, found.bears_out, found.against) == (0, 1, 0)
