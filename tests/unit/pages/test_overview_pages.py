"""The pages about the site as a whole gather what the notes say and what follows from them."""

from __future__ import annotations

from typing import TypeVar

import pytest

from sitegen.kinds import Kind
from sitegen.pages.makers import AllMakers
from sitegen.pages.note_page_context import make_note_page_context
from sitegen.pages.overview_pages import method_page, overview_page_makers
from sitegen.pages.sections import navigation
from sitegen.pages.survey import survey_of
from sitegen.views import (
    ClaimListPage,
    CoveragePage,
    EventListPage,
    IndexPage,
    MeasureListPage,
    NoteListPage,
    PageSpec,
    QuestionListPage,
    SourceListPage,
    TimelinePage,
    UnknownsPage,
    View,
)
from tests.sites import LinkedSite, site_of

V = TypeVar("V", bound=View)

SITE = """
-- content/site.yaml --
title: The briefing
description: What is known.
-- content/sources/late.yaml --
title: Late
published: 2024-09
reliability: B
text: late.txt
rights: full
-- seeds/late.txt --
It rained. Nobody came.
-- content/sources/early.yaml --
title: Early
published: 2024-03
reliability: F
text: early.txt
-- seeds/early.txt --
It will rain. Perhaps. It was dry.
-- content/sources/undated.yaml --
title: Undated
-- content/actors/zoe.yaml --
name: zoe
role: A witness
-- content/actors/al.yaml --
name: Al
-- content/places/town.yaml --
name: Town
country: Land
-- content/measures/m.yaml --
title: Rain
unit: mm
-- content/measures/a.yaml --
title: Snow
unit: mm
-- content/questions/open.yaml --
question: Why?
indicators: [Clouds]
-- content/questions/q.yaml --
question: Did it rain?
answers: [{claim: wet}]
assessment: {gaps: [How much?], assumptions: [Clocks were right.]}
-- content/claims/wet.yaml --
statement: it rained.
evidence: [{source: late, quote: It rained.}, {source: undated, quote: x}]
quantity: {measure: m, value: 1}
assessment: {confidence: low, gaps: [Where?]}
history:
  - {date: 2024-10, why: First.}
  - {date: 2024-11, why: Second.}
-- content/claims/single.yaml --
statement: A bird sang.
evidence: [{source: undated, quote: sang}]
quantity: {measure: m, value: 3}
assessment: {likelihood: likely}
-- content/claims/forecast.yaml --
statement: It will rain.
kind: prediction
evidence: [{source: early, quote: It will rain.}]
-- content/events/storm.yaml --
title: Storm
date: 2024-06~
-- content/events/calm.yaml --
title: Calm
date: 2024-05-01
-- content/events/twice.yaml --
title: Twice
date: 2024-05-02
rival_dates: [{date: 2024-05-03, source: undated, quote: third}]
-- content/pages/index.md --
---
title: Bottom line
---
# What we know

It rained.
-- content/pages/zeta.md --
---
title: Zeta
order: 1
summary: First of all.
---
-- content/pages/alpha.md --
---
title: Alpha
---
"""


def specs_of(site: LinkedSite) -> list[PageSpec]:
    """Return the pages about a site as a whole."""
    kinds = overview_page_makers(make_note_page_context(site.cards))
    return [spec for maker in AllMakers((), kinds) for spec in maker.make()]


def view_at(site: LinkedSite, path: str, type_: type[V]) -> V:
    """Return what the page at a path shows."""
    (view,) = (spec.view for spec in specs_of(site) if spec.path == path)
    assert isinstance(view, type_)
    return view


def test_front_page_shows_the_bottom_line() -> None:
    """The body of pages/index.md, and what is known, how surely, what is contested, what is new."""
    page = view_at(site_of(SITE), "index.html", IndexPage)
    assert (page.title, page.description) == ("Bottom line", "What is known.")
    assert page.bottom_line[0].html.startswith("<h2>What we know</h2>")
    assert dict(page.counts) == {
        "sources": 3,
        "claims": 3,
        "events": 3,
        "actors": 2,
        "places": 1,
        "questions": 2,
        "measures": 2,
        "pages": 3,
    }
    assert page.standings == (
        ("contested", 0),
        ("corroborated", 1),
        ("single-origin", 1),
        ("reported", 0),
        ("open", 1),
    )
    assert [each.ref for each in page.judgements] == ["claim:wet", "claim:single"]
    assert page.disagreement_count == len(page.disagreements) == 2
    assert [each.plot.measure.title for each in page.disputes] == ["Rain"]
    assert (page.origin.count, page.origin.years) == (3, (2024,))
    assert page.origin.grades == (("B", 1), ("F", 1), ("", 1))
    assert page.timeline.count == 3
    assert [each.why for each in page.changes] == ["Second.", "First."]
    assert [each.title for each in page.pages] == ["Zeta", "Alpha"]


def test_front_page_without_a_text_has_the_sites_title() -> None:
    """A project of two notes has a front page too."""
    site = site_of("-- content/actors/kim.yaml --\nname: Kim\n")
    page = view_at(site, "index.html", IndexPage)
    assert (page.title, page.description, page.bottom_line) == ("Test", "Test", ())


def test_unknowns_gather_all_that_is_not_known() -> None:
    """What authors admit, and what follows: single origins, open predictions, unchecked quotes."""
    page = view_at(site_of(SITE), "unknowns.html", UnknownsPage)
    assert [(gap.text, gap.note.ref) for gap in page.gaps] == [
        ("How much?", "question:q"),
        ("Where?", "claim:wet"),
    ]
    assert [gap.text for gap in page.assumptions] == ["Clocks were right."]
    assert [gap.text for gap in page.indicators] == ["Clouds"]
    assert [each.ref for each in page.single_origin] == ["claim:single"]
    assert [each.ref for each in page.open_predictions] == ["claim:forecast"]
    assert [each.question for each in page.unanswered] == ["Why?"]
    assert [each.title for each in page.ungraded] == ["Early", "Undated"]
    assert [(each.segments, each.statement) for each in page.unchecked] == [
        (("sang",), "A bird sang."),
        (("x",), "it rained."),
        (("third",), "Twice"),
    ]
    assert [each.title for each in page.doubtful_dates] == ["Twice", "Storm"]


def test_coverage_shows_unused_sentences_as_far_as_rights_allow() -> None:
    """With full rights they are shown, otherwise counted; without the text there are none."""
    page = view_at(site_of(SITE), "coverage.html", CoveragePage)
    rows = {row.source.label.title: row for row in page.rows}
    assert list(rows) == ["Early", "Late", "Undated"]
    assert (rows["Late"].unused, rows["Late"].hidden) == (("Nobody came.",), 0)
    assert (rows["Early"].unused, rows["Early"].hidden) == ((), 2)
    assert (rows["Undated"].source.coverage, rows["Undated"].hidden) == (None, 0)


def test_method_counts_quotes_by_state_and_takes_the_widest_claim() -> None:
    """Readers try the method on the claim with most independent origins."""
    cards = site_of(SITE).cards
    page = method_page(cards, survey_of(cards))
    assert page.states == (("exact", 2), ("not-held", 3))
    assert page.example is not None
    assert page.example.ref == "claim:wet"
    none = site_of("-- content/actors/k.yaml --\nname: K\n").cards
    assert method_page(none, survey_of(none)).example is None


def test_lists_are_in_an_order_readers_can_use() -> None:
    """Claims by statement and notes by name whatever the case, the rest by date or title."""
    site = site_of(SITE)
    claims = view_at(site, "claims/index.html", ClaimListPage).claims
    assert [each.statement for each in claims] == [
        "A bird sang.",
        "it rained.",
        "It will rain.",
    ]
    events = view_at(site, "events/index.html", EventListPage).events
    assert [each.title for each in events] == ["Calm", "Twice", "Storm"]
    sources = view_at(site, "sources/index.html", SourceListPage).sources
    assert [each.label.title for each in sources] == ["Early", "Late", "Undated"]
    plots = view_at(site, "measures/index.html", MeasureListPage).plots
    assert [each.measure.title for each in plots] == ["Rain", "Snow"]
    questions = view_at(site, "questions/index.html", QuestionListPage).questions
    assert [each.question for each in questions] == ["Why?", "Did it rain?"]
    assert view_at(site, "timeline.html", TimelinePage).timeline.count == 3


@pytest.mark.parametrize(
    ("kind", "notes"),
    [
        (Kind.ACTOR, [("Al", ""), ("zoe", "A witness")]),
        (Kind.PLACE, [("Town", "Land")]),
        (Kind.PAGE, [("Zeta", "First of all."), ("Alpha", "")]),
    ],
)
def test_list_of_notes_has_a_word_on_each(kind: Kind, notes: list[tuple[str, str]]) -> None:
    """A role, a country or a summary; pages in their own order, those without one last."""
    page = view_at(site_of(SITE), f"{kind}s/index.html", NoteListPage)
    assert page.kind == kind
    assert [(each.title, each.detail) for each in page.notes] == notes


def test_navigation_leads_to_pages_that_exist() -> None:
    """Every entry of the navigation is a page of the site, and every section has an entry."""
    specs = {spec.path: spec.view for spec in specs_of(site_of(SITE))}
    links = navigation()
    assert {link.url for link in links} <= set(specs)
    views = [view for view in specs.values() if isinstance(view, View)]
    assert len(views) == len(specs)
    sections = {view.section for view in views} - {"", "search"}  # its box is everywhere
    assert sections <= {link.ref for link in links}


def test_site_without_notes_has_all_its_pages() -> None:
    """An empty project makes a whole, if empty, site."""
    empty = {spec.path for spec in specs_of(site_of("-- content/site.yaml --\ntitle: T\n"))}
    full = {spec.path for spec in specs_of(site_of(SITE))}
    assert empty == full
