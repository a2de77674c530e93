"""The matrix shows every claim against the sources that speak of it, in pages of bearable size."""

from __future__ import annotations

import pytest

from sitegen.notes import ClaimId, SourceId
from sitegen.pages import matrix, splitting
from sitegen.pages.cards import Cards
from sitegen.pages.listing import SplittablePage, pages_of
from sitegen.pages.matrix import cells_of, splittable_matrix
from sitegen.views import MatrixPage
from tests.sites import LinkedSite, site_of


def sources(*names: str) -> str:
    """Return sources, each published in a later year than the one before."""
    return "".join(
        f"-- content/sources/{name}.yaml --\ntitle: The {name}\npublished: {2000 + at}\n"
        for at, name in enumerate(names)
    )


def claim(name: str, *quoted: str, question: str = "") -> str:
    """Return a claim that quotes some sources."""
    evidence = "".join(f"  - {{source: {each}, quote: Words.}}\n" for each in quoted)
    about = f"questions: [{question}]\n" if question else ""
    return f"-- content/claims/{name}.yaml --\nstatement: {name}.\n{about}evidence:\n{evidence}"


def splittable_matrix_of(cards: Cards) -> SplittablePage:
    """Return the matrix of a site."""
    return splittable_matrix(cards, lambda _: cards.numbers_by_date())


def only_page(site: LinkedSite) -> MatrixPage:
    """Return the matrix of a site that needs one page."""
    (spec,) = pages_of(splittable_matrix_of(site.cards))
    assert spec.path == "matrix.html"
    assert isinstance(spec.view, MatrixPage)
    return spec.view


def test_claims_stand_under_each_question_they_bear_on_and_the_others_last() -> None:
    """Answers come first in their section; a claim that bears on two questions is in both."""
    text = (
        sources("a")
        + "-- content/questions/q.yaml --\nquestion: Why?\nanswers: [{claim: two}]\n"
        + "-- content/questions/r.yaml --\nquestion: When?\nanswers: [{claim: two}]\n"
        + claim("one", "a", question="q")
        + claim("two", "a")
        + claim("three", "a")
    )
    page = only_page(site_of(text))
    assert [
        (
            section.question.title if section.question else "",
            [(row.claim.statement, row.is_answer) for row in section.rows],
        )
        for section in page.sections
    ] == [
        ("Why?", [("two.", True), ("one.", False)]),
        ("When?", [("two.", True)]),
        ("", [("three.", False)]),
    ]


def test_only_sources_that_speak_in_a_section_are_its_columns() -> None:
    """The others are counted as silent; numbers are those of the whole site, by date."""
    text = (
        sources("early", "middle", "late")
        + "-- content/questions/q.yaml --\nquestion: Why?\n"
        + claim("one", "late", "early", question="q")
        + claim("two", "middle")
    )
    page = only_page(site_of(text))
    first, last = page.sections
    assert [(each.number, each.source.title) for each in first.columns] == [
        (1, "The early"),
        (3, "The late"),
    ]
    assert (first.silent, last.silent) == (1, 2)
    assert [each.number for each in page.sources] == [1, 2, 3]


def test_of_very_many_sources_those_that_speak_most_have_columns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The others are counted, so that a claim on many questions is not repeated whole in each."""
    monkeypatch.setattr(matrix, "COLUMNS_OF_A_TABLE", 2)
    text = (
        sources("early", "middle", "late", "latest")
        + claim("one", "late", "early", "middle")
        + claim("two", "late")
    )
    (section,) = only_page(site_of(text)).sections
    assert [each.number for each in section.columns] == [1, 3]
    assert (section.more, section.silent) == (1, 1)
    assert [len(row.cells) for row in section.rows] == [2, 2]


def test_a_cell_shows_the_passage_that_matters_most_and_leads_to_it() -> None:
    """Of several passages of one source a dispute is shown before a support."""
    text = (
        sources("a", "b")
        + "-- content/claims/c.yaml --\nstatement: S.\nevidence:\n"
        + "  - {source: a, quote: Wet., stance: mentions}\n"
        + "  - {source: a, quote: Dry., stance: disputes, credibility: 3}\n"
        + "  - {source: a, quote: Rain.}\n"
    )
    ours, theirs = cells_of(site_of(text).cards, ClaimId("c"), [SourceId("a"), SourceId("b")])
    assert (ours.stance, ours.credibility, ours.words) == ("disputes", "3", "Dry.")
    assert ours.url == "claims/c.html#evidence-2"
    assert (theirs.stance, theirs.url) == ("", "")


@pytest.mark.parametrize(("count", "is_numbered"), [(20, False), (21, True)])
def test_many_columns_are_headed_by_numbers(count: int, is_numbered: bool) -> None:
    """More than twenty titles have no room above their columns."""
    names = [f"s{at:02}" for at in range(count)]
    page = only_page(site_of(sources(*names) + claim("c", *names)))
    assert page.sections[0].is_numbered is is_numbered


def test_a_long_section_goes_on_in_parts_and_a_long_matrix_on_further_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A question's tables are numbered, and pages are split by the questions."""
    monkeypatch.setattr(matrix, "ROWS_OF_A_TABLE", 2)
    monkeypatch.setattr(splitting, "LIGHT", 6000)
    text = (
        sources("a")
        + "-- content/questions/q.yaml --\nquestion: Why?\n"
        + "".join(claim(f"c{at}", "a", question="q") for at in range(3))
        + claim("other", "a")
        + claim("third", "a")
    )
    contents, *parts = pages_of(splittable_matrix_of(site_of(text).cards))
    assert (contents.path, contents.template) == ("matrix.html", "pages/contents.html")
    views = {spec.path: spec.view for spec in parts}
    assert {
        path: [(each.anchor, each.part, each.parts, len(each.rows)) for each in view.sections]
        for path, view in views.items()
        if isinstance(view, MatrixPage)
    } == {
        "matrix/questions/all.html": [("matrix-q", 1, 2, 2), ("matrix-q-2", 2, 2, 1)],
        "matrix/others/all.html": [("matrix-no-question", 1, 1, 2)],
    }


def test_a_table_that_many_sources_speak_in_is_shorter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every source is a column in all rows, so it is cells that a table is cut by."""
    monkeypatch.setattr(matrix, "CELLS_OF_A_TABLE", 4)
    text = sources("a", "b", "c") + claim("x", "a", "b") + claim("y", "a", "b") + claim("z", "c")
    page = only_page(site_of(text))
    assert [len(section.rows) for section in page.sections] == [2, 1]


def test_a_site_without_claims_has_an_empty_matrix() -> None:
    """The page that others link to is there whatever the site holds."""
    page = only_page(site_of(sources("a")))
    assert page.sections == ()
