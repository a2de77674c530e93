"""References are made from what the notes say, in four forms, and never from a clock."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.dates import parse_date
from sitegen.notes import ClaimId, SourceId
from sitegen.pages.cards import make_cards
from sitegen.pages.citing import (
    Work,
    as_bibtex,
    as_csl,
    as_markdown,
    as_text,
    cite_claim,
    cite_page,
    cite_source,
)
from tests.sites import LinkedSite, site_of

SITE = """
-- content/site.yaml --
title: The Rain Brief
-- content/sources/a.yaml --
title: The A
publisher: Herald
authors: [Ann Ash, Bo Birch]
published: 2024-06-19
kind: news
url: https://example.org/a
-- content/sources/b.yaml --
title: The B?
-- content/claims/judged.yaml --
statement: It rained.
evidence:
  - {source: a, quote: It rained and rained.}
  - {source: b, quote: Wet.}
assessment: {verdict: likely, assessed_on: 2024-07}
history: [{date: 2024-08, why: New.}]
-- content/claims/changed.yaml --
statement: It poured.
evidence: [{source: b, quote: Wet.}]
history: [{date: 2024-08, why: New.}, {date: 2023, why: Old.}]
-- content/claims/bare.yaml --
statement: It snowed.
evidence: [{source: b, quote: Wet.}]
-- content/pages/essay.md --
---
title: On rain
---
Rain.
"""


@pytest.fixture(scope="module")
def site() -> LinkedSite:
    """Return the site that all tests here cite from."""
    return site_of(SITE)


def forms(view: Any) -> dict[str, str]:
    """Return a view's forms by their codes."""
    return {form.code: form.text for form in view.forms}


def work(**given: Any) -> Work:
    """Return a page of a site, with what a test says of it."""
    fields: dict[str, Any] = {
        "key": "claim-x",
        "title": "It rained.",
        "kind": "webpage",
        "container": "Brief",
        "authors": (),
        "date": None,
        "date_word": "assessed",
        "address": "claims/x.html",
        "is_quoted": True,
    }
    return Work(**{**fields, **given})


def test_a_claim_has_the_date_of_its_assessment(site: LinkedSite) -> None:
    """The day of the judgement comes before any step of the history."""
    text = forms(cite_claim(site.cards, ClaimId("judged")))["text"]
    assert text == "“It rained.” In: The Rain Brief. Assessed July 2024. claims/judged.html"


def test_a_claim_without_assessment_has_the_date_of_its_latest_change(site: LinkedSite) -> None:
    """The latest step counts, in whatever order the steps are written."""
    assert "Assessed August 2024." in forms(cite_claim(site.cards, ClaimId("changed")))["text"]


def test_a_claim_without_any_date_has_none(site: LinkedSite) -> None:
    """No clock fills in what the notes do not say."""
    found = forms(cite_claim(site.cards, ClaimId("bare")))
    assert found["text"] == "“It snowed.” In: The Rain Brief. claims/bare.html"
    assert "year" not in found["bibtex"]
    assert "issued" not in found["csl-json"]


def test_an_address_begins_with_that_of_the_site_where_it_is_known(site: LinkedSite) -> None:
    """Without it the address is relative, and the view says so."""
    known = make_cards(site.site, site.findings, "https://rain.example/brief/")
    view = cite_claim(known, ClaimId("bare"))
    assert view.has_address
    assert "https://rain.example/brief/claims/bare.html" in forms(view)["text"]
    assert not cite_claim(site.cards, ClaimId("bare")).has_address


def test_each_passage_is_cited_with_its_article_and_its_place(site: LinkedSite) -> None:
    """Whoever quotes the excerpt names the article first and then where it was proved."""
    first, second = cite_claim(site.cards, ClaimId("judged")).passages
    assert first == (
        "“It rained and rained.” Ann Ash, Bo Birch: The A, Herald, 19 June 2024. "
        "Quoted in: The Rain Brief. claims/judged.html#evidence-1"
    )
    assert second.startswith("“Wet.” The B?. Quoted in:")


def test_a_passage_is_cited_with_its_speaker_and_its_own_marks() -> None:
    """Who said the words stands before the article; their own quotation mark is not doubled."""
    site = site_of(
        "-- content/sources/a.yaml --\ntitle: A\n-- content/actors/bo.yaml --\nname: Bo\n"
        "kind: person\n-- content/claims/c.yaml --\nstatement: S.\n"
        'evidence: [{source: a, quote: "“It rained", said_by: [bo]}]\n'
    )
    (passage,) = cite_claim(site.cards, ClaimId("c")).passages
    assert passage.startswith("“It rained” Bo, quoted in A. Quoted in:")


def test_a_passage_is_cited_with_the_first_of_very_many_authors() -> None:
    """Beside each of its passages an article names twenty authors; of its own reference all are."""
    authors = ", ".join(f"A{each}" for each in range(1, 24))
    linked = site_of(f"""
-- content/sources/herald.yaml --
title: The flood
authors: [{authors}]
-- content/claims/rain.yaml --
statement: It rained.
evidence: [{{source: herald, quote: Wet.}}]
""")
    (passage,) = cite_claim(linked.cards, ClaimId("rain")).passages
    assert "A19, A20, 3 more: The flood." in passage
    assert f"{authors}: " in forms(cite_source(linked.cards, SourceId("herald")))["text"]


def test_a_long_passage_is_given_by_its_beginning() -> None:
    """A reference is no copy: it ends after some three hundred characters, at a word."""
    words = "rain " * 200
    site = site_of(
        f"-- content/sources/a.yaml --\ntitle: A\n-- content/claims/c.yaml --\n"
        f"statement: S.\nevidence: [{{source: a, quote: {words.strip()}}}]\n"
    )
    (passage,) = cite_claim(site.cards, ClaimId("c")).passages
    quoted = passage.partition("”")[0]
    assert quoted.endswith("rain […]")
    assert len(quoted) < 320


def test_an_article_is_cited_at_its_own_address(site: LinkedSite) -> None:
    """The reference is to the article, not to this site's page on it."""
    found = forms(cite_source(site.cards, SourceId("a")))
    assert found["text"] == (
        "Ann Ash, Bo Birch: The A. Herald. 19 June 2024. https://example.org/a"
    )
    (item,) = json.loads(found["csl-json"])
    assert item["type"] == "article-newspaper"
    assert item["author"] == [{"literal": "Ann Ash"}, {"literal": "Bo Birch"}]
    assert item["issued"] == {"date-parts": [[2024, 6, 19]]}


def test_an_article_without_anything_known_is_its_title(site: LinkedSite) -> None:
    """What is not stated is left out; a title that ends a sentence gets no second stop."""
    view = cite_source(site.cards, SourceId("b"))
    assert forms(view)["text"] == "The B?"
    assert not view.has_address


def test_a_page_is_cited_by_its_title(site: LinkedSite) -> None:
    """A narrative page is no sentence and stands without quotation marks."""
    found = forms(cite_page(site.cards, "essay"))
    assert found["text"] == "On rain. In: The Rain Brief. pages/essay.html"
    assert found["markdown"] == "[On rain](<pages/essay.html>). In: *The Rain Brief*."


def test_markdown_signs_in_a_title_are_plain() -> None:
    """A title cannot begin emphasis or end its own link."""
    text = as_markdown(work(title="A *b* [c] `d`"))
    assert text.startswith(r"[“A \*b\* \[c\] \`d\`”](<claims/x.html>)")


def test_bibtex_signs_in_a_title_are_plain() -> None:
    """What has a meaning in TeX is written so that it is printed."""
    entry = as_bibtex(work(title="5 % of {x} & y_z"))
    assert r"title = {{5 \% of \{x\} \& y\_z}}" in entry
    assert entry.startswith("@misc{claim-x,\n")
    assert entry.endswith("\n}")


def test_bibtex_takes_a_date_apart() -> None:
    """Year, month and day stand in fields of their own."""
    entry = as_bibtex(work(date=parse_date("2024-06-19"), kind="article"))
    assert "year = {2024}" in entry
    assert "month = {6}" in entry
    assert "day = {19}" in entry
    assert entry.startswith("@article{")


@pytest.mark.parametrize("written", ["2024-06~", "2024-06/2024-08", "2024-21"])
def test_a_date_that_has_no_parts_is_given_in_words(written: str) -> None:
    """A doubtful date, a range or a season is never made exact."""
    dated = work(date=parse_date(written))
    (item,) = json.loads(as_csl(dated))
    assert list(item["issued"]) == ["literal"]
    assert "year" not in as_bibtex(dated)
    assert "note = {Assessed" in as_bibtex(dated)


def test_csl_keeps_letters_as_they_are() -> None:
    """Names in any script stay readable."""
    assert "Пхеньян" in as_csl(work(title="Пхеньян"))


def test_text_of_a_question_keeps_its_sign() -> None:
    """A title that is a question is not followed by a full stop."""
    assert as_text(work(title="Why?", is_quoted=False)) == "Why? In: Brief. claims/x.html"
