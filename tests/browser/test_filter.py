"""Filters, as a reader meets them: on lists that are whole and on lists in parts, from disk."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from sitegen.build import build
from sitegen.pages import splitting
from tests.archive import unpack
from tests.browser.axe import prepare, violations
from tests.browser.conftest import Log, OpenPage

BRIEFING = """
-- content/site.yaml --
title: The port
-- content/sources/herald.yaml --
title: The Herald on the port
kind: news
reliability: B
published: 2024-05
-- content/sources/mirror.yaml --
title: The Mirror on the port
kind: blog
reliability: D
published: 2024-06
-- content/actors/ada.yaml --
name: Ada Lind
kind: person
-- content/actors/bruno.yaml --
name: Bruno Karg
kind: person
-- content/places/quay.yaml --
name: The quay
country: Land
-- content/questions/who.yaml --
question: Who ordered the closure?
answers: [{claim: ada-ordered}, {claim: bruno-ordered}]
-- content/claims/ada-ordered.yaml --
statement: Ada Lind ordered the closure.
actors: [ada]
date: 2024-05-03
evidence: [{source: herald, quote: a}]
relations: [{type: contradicts, claim: bruno-ordered}]
-- content/claims/bruno-ordered.yaml --
statement: Bruno Karg ordered the closure.
actors: [bruno]
date: 2024-05-04
evidence: [{source: mirror, quote: b}]
-- content/claims/cranes-stood.yaml --
statement: The cranes stood still.
places: [quay]
date: 2024-05
evidence: [{source: herald, quote: c}, {source: mirror, quote: d}]
-- content/claims/dockers-went.yaml --
statement: Dockers went home.
kind: estimate
date: 2024-07
evidence: [{source: herald, quote: e}]
-- content/claims/ships-waited.yaml --
statement: Ships waited.
kind: estimate
evidence: [{source: mirror, quote: f, stance: mentions}]
-- content/events/closure.yaml --
title: The closure
date: 2024-05-03
kind: legal-act
actors: [ada]
claims: [ada-ordered]
-- content/events/meeting.yaml --
title: The meeting on the quay
date: 2023-02
kind: meeting
places: [quay]
actors: [ada, bruno]
-- content/events/opening.yaml --
title: The opening
date: 2024-08-01
kind: other
"""
WAYS = (("mouse", 1440), ("keyboard", 390), ("touch", 390))  # `test_finding` has all of them
EVERY_WAY = pytest.mark.parametrize(("way", "width"), WAYS)
EVERY_SITE = pytest.mark.parametrize("kind", ["whole", "parted"])


@dataclass(frozen=True)
class Sites:
    """The same briefing with lists on one page each, and with lists in parts."""

    whole: Path
    parted: Path


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Build the briefing twice."""
    project = tmp_path_factory.mktemp("filtered")
    for path, content in unpack(BRIEFING).items():
        file = project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="")
    made = Sites(project / "whole", project / "parted")
    assert build(project, made.whole).published
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(splitting, "LIGHT", 700)
        assert build(project, made.parted).published
    return made


@pytest.fixture
def start(browser: Browser, log: Log) -> Iterator[Callable[[str, int], Page]]:
    """Return a function that gives an empty page of a width, for a way of using it."""
    contexts: list[BrowserContext] = []

    def make(way: str, width: int) -> Page:
        context = browser.new_context(
            offline=True,
            has_touch=way == "touch",
            bypass_csp=way == "axe",
            viewport=ViewportSize(width=width, height=900),
        )
        context.on("console", log.on_console)
        context.on("weberror", lambda found: log.on_page_error(found.error))
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    assert not log.errors
    assert not log.console


def press(target: Locator, way: str) -> None:
    """Use a button or a link by mouse, by key or by touch."""
    if way == "touch":
        target.tap()
    elif way == "keyboard":
        target.focus()
        target.press("Enter")
    else:
        target.click()


def choose(page: Page, field: str, words: str, way: str = "mouse") -> None:
    """Choose what begins with some words in a field of the filters."""
    select = page.get_by_label(field, exact=True)
    if way == "keyboard":  # by one letter: where the next one is late, browsers begin a new word
        select.focus()
        page.keyboard.press(words[0])
        expect(select.locator("option:checked")).to_contain_text(words)
    else:
        value = select.locator("option", has_text=words).first.get_attribute("value")
        select.select_option(value)


def opened(page: Page, way: str = "mouse") -> Page:
    """Open the filters."""
    press(page.get_by_role("button", name="Filter and sort"), way)
    expect(page.locator(".filter__form")).to_be_visible()
    return page


def left(page: Page) -> list[str]:
    """Return what is left of the list, in order, from the page or from its facts.

    What is far from the window has no text that is laid out, so it is read as it is written.
    """
    shown = page.locator(
        ".claim-list > li:visible a, .event-list > li:visible .event-card__title a"
    )
    rows = page.locator(".filter__results > li > a")
    texts = rows.all_text_contents() or shown.all_text_contents()
    return [" ".join(each.split()) for each in texts]


def status(page: Page) -> Locator:
    """Return the words on how much is left."""
    return page.locator(".filter__status")


@EVERY_SITE
@EVERY_WAY
def test_choice_leaves_what_it_fits_and_stands_in_the_address(
    kind: str, way: str, width: int, sites: Sites, start: Callable[[str, int], Page]
) -> None:
    """By mouse, keyboard and touch; how many of how many is shown and said."""
    page = start(way, width)
    page.goto((getattr(sites, kind) / "claims/index.html").as_uri())
    opened(page, way)
    choose(page, "Standing", "Contested", way)
    expect(status(page)).to_have_text("2 of 5 claims")
    assert left(page) == ["Ada Lind ordered the closure.", "Bruno Karg ordered the closure."]
    expect(page.locator("[role=status]")).to_have_text("2 of 5 claims")
    expect(page).to_have_url(re.compile("claims/index.html#standing=contested$"))
    choose(page, "Actor", "Bruno", way)
    expect(status(page)).to_have_text("1 of 5 claims")
    link = page.get_by_role("link", name="Bruno Karg ordered the closure.")
    press(link, way)
    if way == "touch":  # the first tap shows what the link leads to
        expect(page.locator(".preview--open")).to_be_visible()
        press(link.first, way)
    page.wait_for_url("**/claims/bruno-ordered.html")
    page.go_back()
    expect(status(page)).to_have_text("1 of 5 claims")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@EVERY_SITE
@EVERY_WAY
def test_when_nothing_is_left_it_says_what_to_drop(
    kind: str, way: str, width: int, sites: Sites, start: Callable[[str, int], Page]
) -> None:
    """Each choice that stands in the way, with how much would be left without it."""
    page = start(way, width)
    address = "claims/index.html#standing=contested&kind=estimate&source=herald"
    page.goto(f"{getattr(sites, kind).as_uri()}/{address}")
    none = page.locator(".filter__none")
    expect(none).to_have_text(
        "No claim is left. Drop standing: Contested (1) or kind: Estimate (1)."
    )
    expect(page.locator("[role=status]")).to_have_text(none.inner_text())
    press(page.get_by_role("button", name="kind: Estimate (1)"), way)
    expect(status(page)).to_have_text("1 of 5 claims")
    assert left(page) == ["Ada Lind ordered the closure."]
    expect(page.get_by_label("Kind", exact=True)).to_be_focused()
    press(page.get_by_role("button", name="Clear all"), way)
    expect(status(page)).to_have_text("5 of 5 claims")


@EVERY_SITE
def test_back_undoes_a_choice(kind: str, sites: Sites, start: Callable[[str, int], Page]) -> None:
    """Each choice is a step for the back button; what is typed is none."""
    page = start("mouse", 1440)
    page.goto((getattr(sites, kind) / "claims/index.html").as_uri())
    opened(page)
    choose(page, "Kind", "Estimate")
    choose(page, "Source", "The Mirror")
    page.get_by_label("Words").type("waited")
    expect(status(page)).to_have_text("1 of 5 claims")
    page.go_back()
    expect(status(page)).to_have_text("2 of 5 claims")
    expect(page.get_by_label("Source", exact=True)).to_have_value("")
    page.go_back()
    expect(status(page)).to_have_text("5 of 5 claims")
    page.go_forward()
    expect(status(page)).to_have_text("2 of 5 claims")


@EVERY_SITE
def test_span_of_dates_and_order(
    kind: str, sites: Sites, start: Callable[[str, int], Page]
) -> None:
    """A year, a month or a day; what has no date is in no span. What is left can be sorted."""
    page = start("mouse", 1440)
    page.goto((getattr(sites, kind) / "claims/index.html").as_uri())
    opened(page)
    page.get_by_label("From").fill("2024-05-04")
    page.get_by_label("Until").fill("2024")
    expect(status(page)).to_have_text("3 of 5 claims")
    choose(page, "Sort by", "Date, last to first")
    assert left(page) == [
        "Dockers went home.",
        "The cranes stood still.",
        "Bruno Karg ordered the closure.",
    ]
    choose(page, "Sort by", "Date, first to last")
    assert left(page)[0].startswith("The cranes")
    page.get_by_role("button", name="Clear all").click()
    choose(page, "Sort by", "Date, first to last")
    assert left(page)[-1] == "Ships waited."  # nobody says when
    page.get_by_label("From").fill("2024-05-04")
    page.get_by_label("Until").fill("soon")
    expect(page.get_by_label("Until")).to_have_attribute("aria-invalid", "")
    expect(status(page)).to_have_text("3 of 5 claims")
    choose(page, "Sort by", "As listed")
    assert left(page)[0].startswith("Bruno")


@EVERY_SITE
def test_timeline_is_filtered_in_list_and_drawing(
    kind: str, sites: Sites, open_page: OpenPage
) -> None:
    """Years without any event left go too."""
    page = open_page(getattr(sites, kind) / "timeline.html")
    opened(page)
    choose(page, "Actor", "Bruno")
    expect(status(page)).to_have_text("1 of 3 events")
    assert left(page) == ["The meeting on the quay"]
    if kind == "whole":
        expect(page.locator(".timeline__year:visible")).to_have_count(1)
        expect(page.locator(".year-links li:visible")).to_have_text(["2023"])
        expect(page.locator(".timeline__drawing a:not([hidden])")).to_have_count(1)
        page.set_viewport_size({"width": 390, "height": 844})
        expect(page.locator(".timeline__glance g:visible")).to_have_count(1)
    else:
        expect(page.locator(".timeline__drawing")).to_be_hidden()


@EVERY_SITE
def test_matrix_is_filtered_by_its_claims(kind: str, sites: Sites, open_page: OpenPage) -> None:
    """Rows go, and with them tables that have none left."""
    page = open_page(getattr(sites, kind) / "matrix.html")
    opened(page)
    choose(page, "Question", "Who ordered")
    expect(status(page)).to_have_text("2 of 5 claims")
    if kind == "whole":
        expect(page.locator(".source-matrix__table tbody tr:visible")).to_have_count(2)
        expect(page.locator(".matrix-section:visible")).to_have_count(1)
    else:
        assert len(left(page)) == 2


@EVERY_SITE
@pytest.mark.parametrize(
    ("path", "field", "words", "said"),
    [
        ("events/index.html", "Place", "The quay", "1 of 3 events"),
        ("sources/index.html", "Grade", "B", "1 of 2 articles"),
        ("actors/index.html", "Question", "Who", "2 of 2 actors"),
        ("places/index.html", "Country", "Land", "1 of 1 place"),
        ("disagreements.html", "Kind", "Contradicting", "1 of 1 disagreement"),
    ],
)
def test_every_list_has_filters(  # noqa: PLR0917 - what is chosen where, and what comes of it
    kind: str, path: str, field: str, words: str, said: str, sites: Sites, open_page: OpenPage
) -> None:
    """Each by what applies to it."""
    page = open_page(getattr(sites, kind) / path)
    opened(page)
    choose(page, field, words)
    expect(status(page)).to_have_text(said)


@EVERY_SITE
@pytest.mark.parametrize("asked", ["toString=x", "constructor=1", "sort=valueOf", "sort=x"])
def test_address_that_asks_for_no_field_asks_for_nothing(
    asked: str, kind: str, sites: Sites, open_page: OpenPage
) -> None:
    """What every object has by nature is no field of the form, and no order."""
    page = open_page(getattr(sites, kind) / "claims/index.html", f"words=the&{asked}")
    expect(status(page)).to_have_text("3 of 5 claims")
    assert page.evaluate("location.hash") == f"#words=the&{asked}"


def test_part_of_a_list_filters_the_whole_of_it(sites: Sites, open_page: OpenPage) -> None:
    """Wherever one stands; and when nothing is chosen any more, the part is there again."""
    part = next((sites.parted / "claims/list").glob("a*.html"))
    page = open_page(part)
    expect(page.locator("h1")).to_contain_text("Claims: ")
    own = page.locator(".claim-list")
    opened(page)
    choose(page, "Kind", "Estimate")
    expect(own).to_be_hidden()
    assert left(page) == ["Dockers went home.", "Ships waited."]
    page.get_by_role("button", name="Clear all").click()
    expect(own).to_be_visible()
    page.get_by_role("navigation", name="Parts", exact=True).get_by_role("link").first.click()
    page.wait_for_url("**/claims/index.html")


def test_nothing_of_filters_is_loaded_before_they_are_used(
    sites: Sites, open_page: OpenPage, log: Log
) -> None:
    """A page that nobody filters loads none of it."""
    page = open_page(sites.parted / "claims/index.html")
    before = {path.rpartition("/")[2] for path in log.files}
    opened(page)
    after = {path.rpartition("/")[2] for path in log.files}
    assert before == {"index.html", "sitegen.css", "sitegen.js", "first.js"}
    assert {"filter.js", "claims.js"} <= after


def test_filters_that_cannot_work_say_so(
    sites: Sites, tmp_path: Path, open_page: OpenPage, log: Log
) -> None:
    """Without its facts a list is whole, and a word says what is missing."""
    copy = shutil.copytree(sites.whole, tmp_path / "copy")
    (copy / "data/lists/claims.js").unlink()
    page = open_page(copy / "claims/index.html")
    page.get_by_role("button", name="Filter and sort").click()
    expect(status(page)).to_contain_text("data/lists/claims.js could not be loaded")
    assert len(left(page)) == 5
    log.clear()


@EVERY_SITE
def test_without_script_lists_are_whole_and_show_no_dead_control(
    kind: str, sites: Sites, browser: Browser
) -> None:
    """The place of the filters takes no room, and all claims are there or a link away."""
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((getattr(sites, kind) / "claims/index.html").as_uri())
    assert page.locator(".filter:visible, main button:visible, main select:visible").count() == 0
    parts = page.locator(".contents__list a")
    found = left(page)
    for url in [link.evaluate("link => link.href") for link in parts.all()]:
        page.goto(url)
        found += left(page)
    assert len(found) == 5
    context.close()


@pytest.mark.parametrize(
    ("kind", "width", "chosen"),  # each with each of the others
    [
        ("whole", 390, "standing=contested"),
        ("whole", 1440, "standing=contested&kind=estimate"),
        ("parted", 390, "standing=contested&kind=estimate"),
        ("parted", 1440, "standing=contested"),
    ],
)
def test_open_filters_have_no_finding_of_axe(
    kind: str, width: int, chosen: str, sites: Sites, start: Callable[[str, int], Page]
) -> None:
    """With something left, and with nothing left but what to drop."""
    page = start("axe", width)
    page.goto(f"{getattr(sites, kind).as_uri()}/claims/index.html#{chosen}")
    expect(status(page)).to_have_text(re.compile("[02] of 5 claims"))
    prepare(page)
    expect(page.get_by_label("Until")).to_be_visible()
    assert violations(page) == []


@EVERY_SITE
def test_filters_work_below_a_path_over_http(
    kind: str, sites: Sites, tmp_path: Path, page: Page, serve: Callable[[Path], str]
) -> None:
    """On a server, below a path of its own, as from disk."""
    (tmp_path / "deep").mkdir()
    shutil.copytree(getattr(sites, kind), tmp_path / "deep/path")
    page.goto(f"{serve(tmp_path)}/deep/path/claims/index.html#actor=ada")
    expect(status(page)).to_have_text("1 of 5 claims")
    page.get_by_role("link", name="Ada Lind ordered the closure.").click()
    page.wait_for_url(re.compile(r"/deep/path/claims/ada-ordered\.html$"))
