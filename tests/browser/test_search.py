"""Search, as a reader meets it: from disk with the network off, and below a path over HTTP."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import Log, OpenPage
from tests.browser.searched import build_briefing

PUNCTUATION = "“”… "


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the briefing in seven languages."""
    return build_briefing(tmp_path_factory.mktemp("searched"))


@pytest.fixture(scope="module")
def asked(site: Path, browser: Browser) -> Iterator[Page]:
    """Return a front page that is asked one question after the other: it reads the data once."""
    log = Log()
    with browser.new_context(offline=True) as context:
        context.on("console", log.on_console)
        context.on("weberror", lambda found: log.on_page_error(found.error))
        page = context.new_page()
        page.goto((site / "index.html").as_uri())
        yield page
    assert (log.console, log.errors) == ([], [])


@pytest.fixture
def front(site: Path, open_page: OpenPage) -> Page:
    """Return the front page."""
    return open_page(site / "index.html")


def box(page: Page) -> Locator:
    """Return the box of search."""
    return page.get_by_role("searchbox", name="Search")


def ask(page: Page, query: str) -> Locator:
    """Type a query, wait until all has been read and asked, and return the titles found."""
    said = page.locator(".search-status")
    if box(page).input_value():  # what was found before goes first
        box(page).fill("")
        expect(said).to_have_text("")
    box(page).fill(query)
    expect(said).to_have_text(re.compile(r"result|Nothing found"))
    expect(said).not_to_contain_text("still reading")
    return page.locator(".search-hit__title")


def found(page: Page, query: str, kind: str = "") -> list[str]:
    """Return the titles that a query finds, or those of one kind, without their quotation marks."""
    ask(page, query)
    titles = page.locator(
        f".search-hit--{kind} .search-hit__title" if kind else ".search-hit__title"
    )
    return [title.strip(PUNCTUATION) for title in titles.all_inner_texts()]


# --- what is loaded, and when -----------------------------------------------------------------


def test_nothing_of_search_is_loaded_before_the_box_is_used(front: Page, log: Log) -> None:
    """A page loads neither library nor data until somebody goes to the box."""
    before = {path.rpartition("/")[2] for path in log.files}
    ask(front, "limousine")
    after = {path.rpartition("/")[2] for path in log.files}
    assert before == {"index.html", "sitegen.css", "first.js", "sitegen.js"}
    assert {"minisearch.js", "search.js", "contents.js", "claims-l.js", "claims-t.js"} <= after


def test_file_that_is_missing_is_named_and_the_rest_is_found(
    site: Path, tmp_path: Path, open_page: OpenPage, log: Log
) -> None:
    """Where a part of the data cannot be loaded, the box says which, and finds what is left."""
    copy = shutil.copytree(site, tmp_path / "copy")
    (copy / "data/search/excerpts-a.js").unlink()
    page = open_page(copy / "index.html")
    titles = found(page, "limousine")
    said = page.locator(".search-status").inner_text()
    log.clear()
    assert "Putin gave Kim Jong Un a limousine." in titles
    assert "could not be loaded: data/search/excerpts-a.js" in said


@pytest.mark.parametrize("missing", ["static/search.js", "data/search/contents.js"])
def test_search_that_cannot_work_says_so(
    missing: str, site: Path, tmp_path: Path, open_page: OpenPage, log: Log
) -> None:
    """Without its script or its table of contents search says that it cannot work, and why."""
    copy = shutil.copytree(site, tmp_path / "copy")
    (copy / missing).unlink()
    page = open_page(copy / "index.html")
    box(page).fill("limousine")
    expect(page.get_by_text("Search cannot work here").first).to_contain_text(missing)
    log.clear()


def test_without_script_the_box_says_so_and_lists_lead_on(browser: Browser, site: Path) -> None:
    """Where scripts are off, the box is shut and says why; search.html leads to all lists."""
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((site / "search.html").as_uri())
    shut = page.locator("#search-box")
    assert shut.is_disabled()
    assert shut.get_attribute("placeholder") == "Search needs script"
    assert page.get_by_text("Searching needs script,").is_visible()
    page.get_by_role("main").get_by_role("link", name="Claims").click()
    expect(page).to_have_url(re.compile("/claims/index.html$"))
    context.close()


# --- what is found ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("limousine", "Putin gave Kim Jong Un a limousine."),
        ("LIMOUS", "Putin gave Kim Jong Un a limousine."),
        ("limosuine", "Putin gave Kim Jong Un a limousine."),
        ("putni", "Putin gave Kim Jong Un a limousine."),
        ("10000", "Some 10,000 soldiers were sent."),
        ("10,000 soldier", "Some 10,000 soldiers were sent."),
        ("treaties signed naive", "A treaty was signed."),
        ("cafe", "A treaty was signed."),
        ("muller", "A summit reported"),
        ('"no mere pleasantry"', "A treaty was signed."),
        ("김정은", "김정은은 평양에서 푸틴을 만났다"),
        ("김정은이", "김정은은 평양에서 푸틴을 만났다"),
        ("김", "Kim Jong Un"),
        ("북한은", "북한이 조약에 서명했다"),
        ("조약", "북한이 조약에 서명했다"),
        ("pyeongyang", "김정은은 평양에서 푸틴을 만났다"),
        ("战略伙伴", "双方签署了全面战略伙伴关系条约"),
        ("朝", "朝俄会晤"),
        ("かれんだー", "両首脳はカレンダーに残る条約に署名した"),
        ("ｶﾚﾝﾀﾞｰ", "両首脳はカレンダーに残る条約に署名した"),
        ("putin", "Путин посетил Северную Корею"),
        ("путин", "Putin gave Kim Jong Un a limousine."),
        ("zelensky", "Зеленский осудил договор"),
        ("СЕВЕРНУЮ", "Путин посетил Северную Корею"),
        ("معاهدة", "وقّع الزعيمان المعاهدة في العاصمة الكورية"),
        ("وقع", "وقّع الزعيمان المعاهدة في العاصمة الكورية"),
        ("المعاهده", "وقّع الزعيمان المعاهدة في العاصمة الكورية"),
    ],
)
def test_query_finds_what_its_typist_expects(asked: Page, query: str, title: str) -> None:
    """Any script, any accent, any form, with a slip of the pen: the note or passage is found."""
    assert title in found(asked, query)


@pytest.mark.parametrize(
    ("query", "title"),
    [('"soldiers 10,000"', "Some 10,000 soldiers were sent."), ("nobody", "A summit reported")],
)
def test_query_does_not_find_what_is_not_there(asked: Page, query: str, title: str) -> None:
    """A phrase keeps its order, and sentences that nobody quotes are not searched."""
    assert title not in found(asked, query)


def test_what_has_some_words_follows_what_has_all(asked: Page) -> None:
    """It stands under a heading of its own, says which words it lacks, and is counted apart."""
    titles = found(asked, "putin limousine")
    said = asked.locator(".search-status").inner_text()
    near = asked.locator(".search-near")
    assert titles[0] == "Putin gave Kim Jong Un a limousine."
    assert titles.count(titles[0]) == 1
    assert near.locator("h2").inner_text() == "With some of these words"
    count = near.locator(".search-hit").count()
    assert count == len(titles) - 1
    assert said.startswith(f"1 result; {count} more for some of these words")
    lacking = near.locator(".search-hit", has_text="Путин посетил Северную Корею")
    assert "without “limousine”" in lacking.inner_text()
    assert near.get_by_text("without “putin”").count() == 1


def test_where_nothing_has_all_words_the_best_of_the_rest_is_shown(asked: Page) -> None:
    """What has half of the words keeps out what has fewer; if nothing has, any word will do."""
    assert found(asked, "gave limousine treaty") == ["Putin gave Kim Jong Un a limousine."]
    said = asked.locator(".search-status")
    expect(said).to_have_text("1 result for some of these words, none for all of them.")
    assert "A treaty was signed." in found(asked, "limousine soldiers treaty")


def test_words_that_only_ask_do_not_sink_a_question(asked: Page) -> None:
    """They are passed over, which is said, unless nothing else is typed or a phrase has them."""
    titles = found(asked, "who sent the soldiers?")
    said = asked.locator(".search-status")
    expect(said).to_contain_text("; passed over: “who”, “the”.")
    assert titles == found(asked, "sent soldiers")
    assert found(asked, "who is kim")[0] == "Kim Jong Un"
    assert "Some 10,000 soldiers were sent." in found(asked, "were")
    assert found(asked, '"the naïve" reader') == ["A treaty was signed."]
    assert "A treaty was signed." not in found(asked, '"a naïve" reader')


def test_other_forms_join_where_little_has_the_very_words(asked: Page) -> None:
    """What has the word as it was typed comes first, and the box says that there are others."""
    titles = found(asked, "leaders")
    said = asked.locator(".search-status").inner_text()
    assert titles[0] == "The leaders met in the capital."
    assert "Kim Jong Un" in titles
    assert "some of them for other forms of these words" in said
    assert found(asked, "treaties", "claim") == ["A treaty was signed."]
    expect(asked.locator(".search-status")).to_contain_text("for other forms of these words")


def test_other_names_are_looked_for_and_named(asked: Page) -> None:
    """Whoever goes by several names is found by each, and the box says what else it looked for."""
    titles = found(asked, "金正恩")
    said = asked.locator(".search-status").inner_text()
    assert "Putin gave Kim Jong Un a limousine." in titles
    assert "김정은은 평양에서 푸틴을 만났다" in titles
    assert "also looked for" in said
    assert "“Kim Jong Un”" in said


def test_namesake_is_not_taken_for_another(asked: Page) -> None:
    """The son's name finds the son: a particle that is part of a name is not cut off."""
    assert found(asked, "김정은", "actor") == ["Kim Jong Un"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("is:contested", {"A treaty was signed."}),
        ("kind:event", {"The visit to Pyongyang", "The old war"}),
        ("kind:meetings", {"The visit to Pyongyang"}),
        ("kind:claims by:путин", {"Putin gave Kim Jong Un a limousine."}),
        ('by:"kim jong"', {"Some 10,000 soldiers will follow, an analyst said"}),
        ("by:author", {"A summit reported"}),
        ("kind:claim source:gazette", {
            "Putin gave Kim Jong Un a limousine.", "Some 10,000 soldiers were sent.",
        }),
        ("before:1960", {"The old war"}),
        ("kind:event after:1952", {"The visit to Pyongyang", "The old war"}),
        ("kind:event after:1953", {"The visit to Pyongyang"}),
        ("after:2024-09", {"Some 10,000 soldiers were sent."}),
        ("kind:source after:2024-06-20 before:2024-07-02", {"북러 정상회담", "朝俄会晤"}),
        ("kind:event visit after:2024-05", {"The visit to Pyongyang"}),
    ],
)  # fmt: skip
def test_fields_narrow_it_down(asked: Page, query: str, titles: set[str]) -> None:
    """Each field keeps what it names, alone or beside words and other fields."""
    assert set(found(asked, query)) == titles


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("before:spring", "“before:” wants a year, a month or a day"),
        ("treaty is:doubtful", "“is:” knows contested, corroborated"),
    ],
)
def test_field_that_is_not_understood_is_explained(asked: Page, query: str, said: str) -> None:
    """The box says what a field wants instead of finding nothing."""
    box(asked).fill(query)
    expect(asked.locator(".search-status")).to_contain_text(said)


def test_nothing_found_is_said(asked: Page) -> None:
    """Where nothing is found, the box says so and for what."""
    ask(asked, "zzzzqqqq")
    expect(asked.locator(".search-status")).to_have_text("Nothing found for “zzzzqqqq”.")


# --- how it is shown --------------------------------------------------------------------------


def test_results_stand_under_headings_with_the_words_marked(front: Page) -> None:
    """Each kind has a heading with its count; what was found is marked in title and snippet."""
    ask(front, "limousine")
    assert front.locator(".search-group__title").all_inner_texts() == ["Claims 1", "Excerpts 1"]
    assert front.locator(".search-hit mark").all_inner_texts() == ["limousine", "limousine"]


def test_hit_lands_on_the_very_passage(front: Page) -> None:
    """A found excerpt leads to its words in the article's text."""
    ask(front, "战略伙伴")
    front.locator(".search-hit--excerpt a").click()
    front.wait_for_url("**/sources/chinese.html#passage-12-27")
    assert front.locator("#passage-12-27").inner_text() == "双方签署了全面战略伙伴关系条约"


def test_result_that_is_pressed_stays_until_it_is_let_go(front: Page) -> None:
    """A click is not lost where more has been read between its two halves."""
    ask(front, "战略伙伴")
    front.locator(".search-hit--excerpt a").hover()
    front.mouse.down()
    front.evaluate("""async () => {
        document.querySelector("#search-box").dispatchEvent(new Event("input"));  // asks again
        await sitegen.search.engine.find("战略伙伴", 3, () => true);
    }""")
    front.mouse.up()
    expect(front).to_have_url(re.compile("/sources/chinese.html#passage-12-27$"))


def test_results_wait_for_what_is_pressed_and_come_then(front: Page) -> None:
    """What was held back while something was pressed is shown when it is let go."""
    ask(front, "treaty")
    front.locator(".search-group__title").first.hover()
    front.mouse.down()
    box(front).evaluate("""box => {
        box.value = "limousine";
        box.dispatchEvent(new Event("input"));
    }""")
    front.mouse.up()
    expect(front.locator(".search-status")).to_contain_text("2 results")


def test_excerpt_has_the_language_of_its_words(front: Page) -> None:
    """Words in another language are given as such, with where they are from."""
    ask(front, "조약")
    hit = front.locator(".search-hit--excerpt").first
    assert hit.locator("a").get_attribute("lang") == "ko"
    assert "북러 정상회담" in hit.inner_text()


def test_slash_leads_to_the_box(front: Page) -> None:
    """The key goes to the box from anywhere on a page, and is a letter in the box itself."""
    front.keyboard.press("/")
    expect(box(front)).to_be_focused()
    front.keyboard.type("a/b")
    assert box(front).input_value() == "a/b"


@pytest.mark.parametrize("key", ["Control+/", "Alt+/", "Meta+/"])
def test_keys_of_the_browser_are_left_alone(front: Page, key: str) -> None:
    """With another key held, the slash is the browser's or the screen reader's."""
    front.keyboard.press(key)
    expect(box(front)).not_to_be_focused()


def test_arrows_walk_and_escape_closes(front: Page) -> None:
    """Down goes to the first result and on, up comes back, Escape closes and keeps the words."""
    titles = ask(front, "treaty")
    front.keyboard.press("ArrowDown")
    expect(titles.first).to_be_focused()
    front.keyboard.press("ArrowUp")
    expect(box(front)).to_be_focused()
    front.keyboard.press("ArrowDown")
    front.keyboard.press("Escape")
    expect(front.locator(".search-panel")).to_be_hidden()
    expect(box(front)).to_be_focused()
    assert box(front).input_value() == "treaty"


def test_what_is_read_late_does_not_reopen_what_was_closed(front: Page) -> None:
    """Results sent away stay away when another part of the data has been read."""
    box(front).press_sequentially("treaty")
    panel = front.locator(".search-panel")
    expect(panel.locator("a").first).to_be_visible()
    front.keyboard.press("Escape")
    front.evaluate("sitegen.search.engine.open()")  # kept when everything has been read
    front.wait_for_timeout(300)  # more than results rest between two parts
    expect(panel).to_be_hidden()


def test_script_that_comes_late_shows_nothing_to_who_has_gone(front: Page) -> None:
    """Who types and goes on before search is there finds no panel over what they read."""
    box(front).evaluate("""box => {
        box.focus();
        box.value = "treaty";
        document.querySelector("main a").focus();
    }""")
    front.wait_for_function("() => sitegen.search.engine?.isComplete()")
    panel = front.locator(".search-panel")
    expect(panel).to_be_attached()
    expect(panel).to_be_hidden()
    box(front).focus()
    expect(panel.locator("a").first).to_be_visible()


def test_panel_closes_when_the_reader_goes_elsewhere(front: Page) -> None:
    """A click beside it, or the focus on another element, closes the results."""
    panel = front.locator(".search-panel")
    ask(front, "treaty")
    front.locator("h1").click()
    expect(panel).to_be_hidden()
    box(front).focus()
    expect(panel).to_be_visible()
    front.locator(".masthead__title a").focus()
    expect(panel).to_be_hidden()


def test_number_of_results_is_said_to_screen_readers(front: Page) -> None:
    """When typing rests, a live region says how many there are."""
    ask(front, "limousine")
    expect(front.locator("[role=status]")).to_have_text("2 results.")


# --- the page of search -----------------------------------------------------------------------


def test_enter_leads_to_the_page_of_search(site: Path, open_page: OpenPage) -> None:
    """From the box of any page Enter goes to search.html with the question."""
    page = open_page(site / "claims/treaty.html")
    box(page).fill("limousine")
    box(page).press("Enter")
    page.wait_for_url("**/search.html?q=limousine")
    expect(page.locator(".search-hit--claim")).to_have_count(1)
    assert box(page).input_value() == "limousine"


def test_question_and_kind_stay_in_the_address(site: Path, open_page: OpenPage) -> None:
    """One kind is shown alone at a button's press, and the address opens just that from disk."""
    page = open_page(site / "search.html")
    ask(page, "limousine")
    page.get_by_role("button", name="Excerpts 1").click()
    expect(page.locator(".search-group__title")).to_have_text(["Excerpts 1"])
    pressed = page.get_by_role("button", name="Excerpts 1")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    expect(pressed).to_be_focused()
    expect(page).to_have_url(re.compile(r"search\.html#q=limousine&in=excerpt$"))
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator(".search-group__title")).to_have_text(["Excerpts 1"])


def test_script_that_comes_late_keeps_what_was_typed(
    site: Path, context: BrowserContext, open_page: OpenPage
) -> None:
    """Who has typed before search is there is not thrown back to the question of the address."""
    context.add_init_script("""addEventListener("DOMContentLoaded", () => {
        document.querySelector("#search-box").value = "treaty";
    })""")
    page = open_page(site / "search.html", "q=limousine&in=excerpt")
    expect(page.locator(".search-hit--claim").first).to_contain_text("A treaty was signed.")
    expect(box(page)).to_have_value("treaty")


def test_focus_that_is_kept_does_not_move_the_page(site: Path, open_page: OpenPage) -> None:
    """Who has scrolled on from a result that has the focus stays there when all is made anew."""
    page = open_page(site / "search.html")
    page.set_viewport_size({"width": 390, "height": 300})
    page.emulate_media(reduced_motion="reduce")
    ask(page, "kind:excerpt").first.focus()
    page.evaluate("scrollTo(0, scrollY + 700)")
    before = page.evaluate("scrollY")
    page.evaluate("""() => {
        document.activeElement.id = "old";
        dispatchEvent(new HashChangeEvent("hashchange"));
    }""")
    expect(page.locator("#old")).to_have_count(0)
    expect(page.locator(".search-hit__title").first).to_be_focused()
    assert page.evaluate("scrollY") == before > 700


def test_the_focus_stays_on_a_kind_while_results_are_made_anew(
    site: Path, open_page: OpenPage
) -> None:
    """Whoever picks a kind while parts are still read stays there, however often results change."""
    page = open_page(site / "search.html")
    ask(page, "limousine")
    page.evaluate("""() => {
        document.querySelector("[data-name='only excerpt']").click();
        dispatchEvent(new HashChangeEvent("hashchange"));  // asks again, at once
    }""")
    expect(page.locator(".search-group__title")).to_have_text(["Excerpts 1"])
    pressed = page.get_by_role("button", name="Excerpts 1")
    expect(pressed).to_be_focused()
    page.evaluate("""() => {
        document.querySelector("[data-name='only excerpt']").id = "old";
        dispatchEvent(new HashChangeEvent("hashchange"));
    }""")
    expect(page.locator("#old")).to_have_count(0)
    expect(pressed).to_be_focused()


def test_all_of_a_kind_can_be_shown(site: Path, open_page: OpenPage) -> None:
    """The panel shows the first few of a kind and leads to all of them on the page of search."""
    page = open_page(site / "index.html")
    ask(page, "kind:excerpt")
    shown = page.locator(".search-hit").count()
    page.get_by_role("link", name=re.compile("All 11 excerpts")).click()
    expect(page.locator(".search-hit")).to_have_count(11)
    assert shown == 3


def test_two_pages_of_one_profile_do_not_disturb_each_other(
    site: Path, context: BrowserContext
) -> None:
    """Search keeps nothing on the device that another page could trip over."""
    pages = [context.new_page(), context.new_page()]
    for page in pages:
        page.goto((site / "index.html").as_uri())
    titles = [found(page, "limousine", "claim") for page in pages]
    assert titles[0] == titles[1] == ["Putin gave Kim Jong Un a limousine."]
    assert pages[0].evaluate("Object.keys(localStorage)") == []
