"""A text too long for one page is cut at paragraphs, and every passage has one address."""

from __future__ import annotations

import pytest

from sitegen import text_parts
from sitegen.kinds import Kind
from sitegen.model import Ref
from sitegen.notes import SourceId
from sitegen.text_parts import parts_of, passage_place
from sitegen.views import ClaimPage, ExcerptView, SourcePage, SourceTextPage
from tests.planned import planned
from tests.sites import LinkedSite, site_of

LONG = SourceId("long")


def book(rights: str = "full", claims: tuple[int, ...] = (0, 39)) -> LinkedSite:
    """Return the site of one text of many paragraphs, some of which claims quote."""
    text = "\n\n".join(f"Paragraph number {at:02}. {'x' * 60}." for at in range(40))
    notes = "".join(
        f"-- content/claims/c{at}.yaml --\nstatement: Claim {at}.\n"
        f"evidence: [{{source: long, quote: Paragraph number {at:02}}}]\n"
        for at in claims
    )
    return site_of(
        f"-- content/sources/long.yaml --\ntitle: Long\ntext: long.txt\nrights: {rights}\n"
        f"-- seeds/long.txt --\n{text}\n{notes}"
    )


def test_short_text_is_not_cut() -> None:
    """Its passages are on the source's page."""
    site = book().site
    assert parts_of(site, LONG) is None
    assert passage_place({}, LONG, [(1, 2)]) == "sources/long.html#passage-1-2"


def test_long_text_is_cut_at_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every so many characters, a power of two; a paragraph stays whole."""
    monkeypatch.setattr(text_parts, "LONG", 2000)
    cut = parts_of(book().site, LONG)
    assert cut
    assert sorted(set(cut.parts)) == [0, 1024, 2048, 3072]
    assert cut.part_of(1023) == 0
    assert all(start >= part for start, part in zip(cut.paragraphs, cut.parts, strict=True))


def test_one_claim_more_moves_no_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a part holds depends on the text, not on who quotes it."""
    monkeypatch.setattr(text_parts, "LONG", 3400)
    assert parts_of(book(claims=(0, 39)).site, LONG) == parts_of(book(claims=(0, 7, 39)).site, LONG)


@pytest.mark.parametrize("rights", ["full", "excerpts", "none"])
def test_passages_are_where_their_addresses_say(
    rights: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever of the text may be published, the source's page leads to the parts."""
    monkeypatch.setattr(text_parts, "LONG", 1800)
    linked = book(rights)
    views = {spec.path: spec.view for spec in planned(linked.site, linked.findings)}
    source = views["sources/long.html"]
    assert isinstance(source, SourcePage)
    assert (source.paragraphs, source.passages) == ((), ())
    (contents,) = source.text_parts
    assert {link.url for link in contents.parts} == {
        path for path, view in views.items() if isinstance(view, SourceTextPage)
    }
    for citation in linked.site.citations_of_source[LONG]:
        url = passage_place(linked.cards.text_parts, LONG, citation.excerpt.segments)
        page = views[url.partition("#")[0]]
        assert isinstance(page, SourceTextPage)
        assert url.partition("#")[2] in {passage.anchor for passage in page.passages}
        assert citation.owner.kind is Kind.CLAIM


def test_claim_leads_to_the_part_that_holds_its_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    """On its page as in search."""
    monkeypatch.setattr(text_parts, "LONG", 2000)
    linked = book()
    (citation,) = linked.site.citations[Ref(Kind.CLAIM, "c39")]
    (excerpt,) = (
        excerpt
        for spec in planned(linked.site, linked.findings)
        if isinstance(spec.view, ClaimPage) and spec.path == "claims/c39.html"
        for group in spec.view.groups
        for excerpt in group.excerpts
    )
    assert isinstance(excerpt, ExcerptView)
    assert excerpt.passage_url.startswith("sources/long.text/3072.html#passage-")
    assert citation.excerpt.words == "Paragraph number 39"
