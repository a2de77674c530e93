"""The pages of pairs and the page of all pairs: what they show, and how long ones are cut."""

from __future__ import annotations

import pytest

from sitegen.findings.voices import voices_of
from sitegen.pages import comparison_pages as module
from sitegen.pages.comparison_pages import comparison_page_makers
from sitegen.views import ComparisonPage, ComparisonsPage
from tests.compared import BRIEFING
from tests.sites import site_of

GAZETTE_HERALD = "compare/sources/gazette.herald.html"


def pages(text: str = BRIEFING) -> dict[str, ComparisonPage]:
    """Return the pages of pairs by their paths."""
    linked = site_of(text)
    makers = comparison_page_makers(linked.cards, voices_of(linked.site))
    specs = [spec for maker in makers for spec in maker.make()]
    return {spec.path: spec.view for spec in specs if isinstance(spec.view, ComparisonPage)}


def overview(text: str = BRIEFING) -> ComparisonsPage:
    """Return the page of all pairs."""
    linked = site_of(text)
    maker = next(comparison_page_makers(linked.cards, voices_of(linked.site)))
    (spec,) = maker.make()
    assert isinstance(spec.view, ComparisonsPage)
    return spec.view


def test_each_side_gives_its_own_words_under_its_own_name() -> None:
    """A shared claim stands once, contrary ones on either side with the words that differ."""
    page = pages()[GAZETTE_HERALD]
    assert (page.left.name, page.right.name) == ("Gazette", "Herald")
    event, measure, question = page.subjects
    shared = event.findings[1]
    assert shared.shared
    assert shared.shared.title == "It rained for a week."
    assert [side[0].excerpts[0].segments for side in (shared.left, shared.right)] == [
        ("Es regnete eine Woche.",),
        ("It rained for a week.",),
    ]
    assert shared.left[0].excerpts[0].lang == "de"
    contrary = question.findings[0]
    assert contrary.why == "One denies what the other says."
    marked = [word.text.strip() for word in contrary.left[0].words if word.differs]
    assert marked == ["was looked after."]
    assert measure.findings[0].clashes == (("2,000 people", "about 900 people"),)


def test_silence_of_the_other_is_listed_by_subject() -> None:
    """What only one says on a common subject stands there; other subjects come last."""
    page = pages()[GAZETTE_HERALD]
    event, _, question = page.subjects
    assert [link.title for link in event.only_right.links] == ["The bridge held."]
    assert [link.title for link in question.only_right.links] == ["The dam was old."]
    assert [link.title for link in page.outside_right.links] == [
        "The council meets",
        "A cat was saved.",
    ]
    assert page.outside_left.links == ()


def test_long_comparison_is_cut_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts link to one another; findings and silence are on one of them, in order."""
    whole = pages()[GAZETTE_HERALD]
    monkeypatch.setattr(module, "HEAVY", 2000)
    parts = [page for path, page in pages().items() if path.startswith(GAZETTE_HERALD[:-5])]
    assert len(parts) > 2
    assert [link.url for link in parts[0].parts][:2] == [
        GAZETTE_HERALD,
        "compare/sources/gazette.herald.2.html",
    ]
    cut = [each for page in parts for subject in page.subjects for each in subject.findings]
    assert cut == [each for subject in whole.subjects for each in subject.findings]
    anchors = [subject.anchor for page in parts for subject in page.subjects]
    assert len(set(anchors)) == len(anchors)
    assert [bool(page.outside_right.links) for page in parts] == [False] * (len(parts) - 1) + [True]


def test_overview_has_all_pairs_and_all_actors_who_are_quoted() -> None:
    """Each source against those before it by date; actors whose pair has a page, and all others."""
    view = overview()
    assert [row.voice.title for row in view.rows][:2] == ["The flood: what we know", "Die Flut"]
    assert [len(row.cells) for row in view.rows] == [0, 1, 2, 3]
    first = view.rows[1].cells[0]
    assert first
    assert first.url == GAZETTE_HERALD
    assert [f"{each.left.name} {each.right.name}" for each in view.pairs] == [
        "The engineer The mayor"
    ]
    assert [each.title for each in view.actors] == ["The engineer", "The mayor"]


def test_overview_of_many_sources_lists_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit there is a list instead of a table."""
    monkeypatch.setattr(module, "MOST_SOURCES", 3)
    view = overview()
    assert view.rows == ()
    assert len(view.sources) == 4
