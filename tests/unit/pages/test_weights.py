"""What pages are thought to weigh before they are written is no less than what they weigh."""

from __future__ import annotations

from collections import Counter

import pytest

from sitegen import text_parts
from sitegen.installed import built_in_templates
from sitegen.notes import SourceId
from sitegen.pages import splitting
from sitegen.pages.weights import weigh_text
from sitegen.plan import site_view
from sitegen.render import make_environment, render_page
from tests.planned import planned
from tests.sites import LinkedSite, site_of

LIGHT = 40_000
FRAME = 10_000  # what a page has beside its list: masthead, filters, parts, footer
ENGLISH = "Twelve crates of spare parts for harbour cranes went north on the night train"
KOREAN = "항구 기중기의 예비 부품을 담은 상자 열두 개가 밤 열차로 북쪽으로 갔다고 역무원이 말했다"


def briefing(words: str, count: int) -> LinkedSite:
    """Return a site of so many questions, with two claims, an event and three sources each.

    All that an author can write at length says the same words.
    """
    return site_of("".join(_question(at, words) for at in range(count)))


def _question(at: int, words: str) -> str:
    sources = "".join(
        f"-- content/sources/s{at}-{each}.yaml --\n"
        f"title: {at} {words}\npublisher: {words}\npublished: 2024-01-{1 + at % 28:02}\n"
        f"summary: {words}\ntext: s{at}-{each}.txt\nrights: full\n"
        f"-- seeds/s{at}-{each}.txt --\n{words}.\n"
        for each in range(3)
    )
    evidence = "".join(f"  - {{source: s{at}-{each}, quote: '{words}'}}\n" for each in range(3))
    claims = "".join(
        f"-- content/claims/c{at}{each}.yaml --\nstatement: {each}{at} {words}\n"
        f"questions: [q{at}]\nassessment:\n  verdict: likely\n  confidence: low\n"
        f"  rationale: {words}\n  gaps: ['{words}']\n  assumptions: ['{words}']\n"
        f"evidence:\n{evidence}"
        for each in "ab"
    )
    return (
        f"{sources}{claims}-- content/questions/q{at}.yaml --\nquestion: {words} {at}?\n"
        f"-- content/events/e{at}.yaml --\n"
        f"title: {at} {words}\ndate: 2024-02-{1 + at % 28:02}\n"
    )


@pytest.mark.parametrize("words", [ENGLISH, KOREAN], ids=["english", "korean"])
def test_no_part_of_a_list_weighs_more_than_a_page_may(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the script, and however many small tables with sources of their own there are."""
    monkeypatch.setattr(splitting, "LIGHT", LIGHT)
    linked = briefing(words, 40)
    site = site_view(linked.site, (), (), "")
    environment = make_environment([built_in_templates()])
    parts = [
        spec
        for spec in planned(linked.site, linked.findings)
        if spec.path.count("/") > 1 and spec.path.endswith(".html")
    ]
    folders = {spec.path.rpartition("/")[0] for spec in parts}
    assert {"claims/list", "sources/list", "matrix/questions", "unknowns/gaps"} <= folders
    weights = {spec.path: len(render_page(spec, site, environment)) for spec in parts}
    assert {path: weight for path, weight in weights.items() if weight > LIGHT + FRAME} == {}


def test_texts_weigh_what_they_take_in_a_file() -> None:
    """A Latin letter takes one byte, a Korean one three."""
    assert weigh_text("north", "북쪽") == 5 + 6


@pytest.mark.parametrize("letter", ["x", "북"], ids=["latin", "korean"])
def test_a_part_of_a_text_is_bounded_by_what_it_weighs(
    letter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by how many letters it has."""
    monkeypatch.setattr(text_parts, "LONG", 4000)
    paragraphs = [f"{at:02} {letter * 50}\n\n" for at in range(80)]
    linked = site_of(
        "-- content/sources/long.yaml --\ntitle: Long\ntext: long.txt\nrights: full\n"
        f"-- seeds/long.txt --\n{''.join(paragraphs)}"
    )
    cut = text_parts.parts_of(linked.site, SourceId("long"))
    assert cut is not None
    weights: Counter[int] = Counter()
    for paragraph, part in zip(paragraphs, cut.parts, strict=True):
        weights[part] += len(paragraph.encode())
    assert 2000 < max(weights.values()) <= 4000
