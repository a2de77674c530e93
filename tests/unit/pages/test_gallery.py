"""The gallery shows every form of every part, so none can be forgotten in the design."""

from __future__ import annotations

from typing import get_args

from sitegen.model import Standing
from sitegen.notes import Confidence, Likelihood, Verdict
from sitegen.pages.gallery import gallery_page
from sitegen.urls import GALLERY


def test_every_standing_and_verdict_is_on_a_card() -> None:
    """Cards show all marks of evidence, and all verdicts beside them."""
    claims = gallery_page().claims
    assert {card.standing for card in claims} == {str(each) for each in Standing}
    assert {card.verdict for card in claims if card.verdict} == set(get_args(Verdict))


def test_likelihood_and_confidence_are_terms_of_the_model() -> None:
    """No example has a term that no author could write."""
    claims = gallery_page().claims
    assert {card.likelihood for card in claims} - {""} <= set(get_args(Likelihood))
    assert {card.confidence for card in claims} - {""} == set(get_args(Confidence))


def test_evidence_shows_all_stances_and_states() -> None:
    """Found word for word, found after folding, and not checked."""
    excerpts = [each for group in gallery_page().groups for each in group.excerpts]
    assert {each.stance for each in excerpts} == {"supports", "disputes", "mentions"}
    assert {each.state for each in excerpts} == {"exact", "normalised", "not-held"}


def test_drawings_show_all_their_marks() -> None:
    """Soft, rival and open dates; both scales; open ends; answers that rise, fall and drop out."""
    page = gallery_page()
    marks = [mark for lane in page.timeline.lanes for item in lane.items for mark in item.marks]
    assert any(mark.is_soft for mark in marks)
    assert any(mark.is_rival for mark in marks)
    assert any(mark.is_open_after for mark in marks)
    assert any(mark.is_imprecise for mark in marks)
    assert any(item.count > 1 for lane in page.timeline.lanes for item in lane.items)
    assert (page.linear.is_logarithmic, page.logarithmic.is_logarithmic) == (False, True)
    assert any(each.is_open_above for each in page.logarithmic.estimates)
    assert any(each.is_open_below for each in page.logarithmic.estimates)
    ranks = [rank for answer in page.hypotheses.answers for rank in answer.ranks]
    assert {(rank.moved > 0) - (rank.moved < 0) for rank in ranks} == {-1, 0, 1}
    assert None in {rank.position for rank in ranks}


def test_examples_lead_nowhere_but_to_the_gallery() -> None:
    """An invented flood has no pages of its own."""
    page = gallery_page()
    links = [card.url for card in page.claims] + [page.event.url, page.source.label.url]
    assert {url.partition("#")[0] for url in links} == {GALLERY}
