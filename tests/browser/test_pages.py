"""Pages of every kind in a browser, opened from disk: whole, quiet and for everyone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.axe import lay_out_all, prepare, violations_in_both_schemes
from tests.browser.conftest import DESK, PHONE, Log, Look
from tests.browser.page_kinds import KINDS, is_redirect, pages_of

_EVERY_KIND = pytest.mark.parametrize("kind", KINDS)
_NARROW = ViewportSize(width=320, height=640)

# Text on the screen, piece by piece, but for fields, buttons and what is said about them: that is
# what script may add, and what `noscript` may excuse.
_SHOWN = """() => {
  const controls = "button, form, label, output, select, [role=status], [role=search], noscript";
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const shown = [];
  while (texts.nextNode()) {
    const {data, parentElement} = texts.currentNode;
    const isShown = data.trim() && !parentElement.closest(controls);
    if (isShown && parentElement.checkVisibility({visibilityProperty: true})) {
      shown.push(data.replace(/\\s+/g, " ").trim());
    }
  }
  return shown;
}"""

# Elements that take the focus, one for each kind of tag, class and parent's class.
_UNMARKED_FOCUS = """() => {
  const style = element => {
    const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(element);
    return `${outlineStyle} ${outlineWidth} ${outlineColor}`;
  };
  const seen = new Set(), wrong = [];
  const focusable = "a[href], button, input, select, summary, [tabindex]";
  for (const element of document.querySelectorAll(focusable)) {
    const parent = element.parentElement.getAttribute("class");
    const kind = `${element.tagName} ${element.getAttribute("class")} in ${parent}`;
    if (element.matches("main") || seen.has(kind) || !element.checkVisibility()) continue;
    seen.add(kind);
    const before = style(element);
    element.focus();
    const after = style(element);
    const isMarked = before !== after && !/^none|^\\w+ [01]px/.test(after);
    if (document.activeElement !== element || !isMarked) wrong.push(`${kind}: ${after}`);
  }
  return wrong;
}"""

# How much room there is at the end of each marked passage, beside its last letter.
_GAPS = """() => [...document.querySelectorAll(".excerpt__words, .differs")].map(mark => {
  const letters = document.createRange();
  letters.selectNodeContents(mark);
  const end = rects => [...rects].at(-1).right;
  return end(mark.getClientRects()) - end(letters.getClientRects());
})"""

# Goes to every anchor of a passage; tells which of them show no outlined mark on the screen.
_UNSEEN_PASSAGES = """() => {
  const marks = [...document.querySelectorAll(".margin-note__number")];
  const unseen = [];
  for (const {hash} of marks) {
    location.hash = hash;
    const target = document.querySelector(":target");
    const outlined = [...document.querySelectorAll(".passage")].filter(mark => {
      const {outlineStyle, outlineWidth} = getComputedStyle(mark);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    });
    const isSeen = outlined.some(mark => {
      const {top, bottom, width} = mark.getClientRects()[0];
      return top >= 0 && bottom <= innerHeight && width > 0;
    });
    if (!target || !isSeen) unseen.push(hash);
  }
  return {count: marks.length, unseen};
}"""

# Goes to every tenth place that has an id; tells which of them do not come to the screen's top.
_MISSED = """async () => {
  const next = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const all = [...document.querySelectorAll("main [id]")].filter(each => !each.closest("svg"));
  const step = Math.max(1, Math.floor(all.length / 10)), missed = [];
  for (let at = 0; at < all.length; at += step) {
    location.hash = all[at].id;
    await next();
    const {top} = all[at].getBoundingClientRect();
    const isEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const isHidden = !all[at].checkVisibility();
    if (!isHidden && (top < -2 || top > 60) && !(isEnd && top < innerHeight)) {
      missed.push(`${all[at].id} at ${top}`);
    }
  }
  return missed;
}"""

# What is laid out only when it comes near the screen.
_LEFT_FOR_LATER = """() => [...document.querySelectorAll("main *")]
  .filter(each => getComputedStyle(each).contentVisibility === "auto").length"""

# How far what is on the screen was moved since the page was opened, as browsers reckon it.
_MOVED = """() => new Promise(done => {
  const add = (all, shift) => all + shift.value;
  new PerformanceObserver(list => done(list.getEntries().reduce(add, 0)))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(0), 200);
})"""

_MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
  const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(element);
  const isSmooth = scrollBehavior === "smooth";
  return /[1-9]/.test(transitionDuration) || animationName !== "none" || isSmooth;
}).map(element => element.tagName + "." + element.getAttribute("class"))"""


def longest(site: Path, kind: str) -> Path:
    """Return the page that stands for `kind`."""
    return pages_of(site, kind)[0]


def test_every_page_is_of_a_kind(built_site: Path) -> None:
    """No page of the site is of a kind that this module does not open."""
    known = {path for kind in KINDS for path in pages_of(built_site, kind)}
    pages = {path for path in built_site.rglob("*.html") if not is_redirect(path)}
    assert sorted(path.name for path in pages - known) == []
    assert [kind for kind in KINDS if not pages_of(built_site, kind)] == []


@_EVERY_KIND
def test_axe_finds_nothing(built_site: Path, look: Look, kind: str) -> None:
    """The accessibility checker is content, narrow and wide, in light and in dark."""
    page = look(longest(built_site, kind), PHONE, has_policy=False)
    prepare(page)
    assert violations_in_both_schemes(page) == []
    page.set_viewport_size(DESK)
    assert violations_in_both_schemes(page) == []


@_EVERY_KIND
def test_opens_in_silence_and_fits_a_small_screen(
    built_site: Path, look: Look, log: Log, kind: str
) -> None:
    """Nothing is said on the console or asked of the network; at 320 px nothing sticks out."""
    page = look(longest(built_site, kind), _NARROW)
    page.wait_for_load_state("networkidle")
    lay_out_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert (log.console, log.errors, log.requests) == ([], [], [])


@_EVERY_KIND
def test_whole_without_script(built_site: Path, look: Look, kind: str) -> None:
    """With script off the page shows the same text, in the same order; script adds controls."""
    file = longest(built_site, kind)
    without = look(file, has_script=False).evaluate(_SHOWN)
    page = look(file)
    page.wait_for_load_state("networkidle")
    assert without
    assert page.evaluate(_SHOWN) == without


@_EVERY_KIND
def test_keyboard_leads_everywhere(built_site: Path, look: Look, kind: str) -> None:
    """The first Tab shows the skip link, Enter goes to the content, and focus is always seen."""
    page = look(longest(built_site, kind))
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    assert skip.evaluate("link => link.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(_UNMARKED_FOCUS) == []


@_EVERY_KIND
def test_landmarks_lead_through_the_page(built_site: Path, look: Look, kind: str) -> None:
    """There is one banner, one main part and one footer, and each navigation has its own name."""
    page = look(longest(built_site, kind))
    assert page.get_by_role("banner").count() == 1
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("contentinfo").count() == 1
    names = page.get_by_role("navigation").evaluate_all(
        "all => all.map(each => each.getAttribute('aria-label'))"
    )
    assert names
    assert None not in names
    assert len(names) == len(set(names))


@_EVERY_KIND
def test_nothing_moves_for_who_wants_no_motion(built_site: Path, look: Look, kind: str) -> None:
    """With reduced motion asked for there is no transition, no animation, no smooth scrolling."""
    page = look(longest(built_site, kind), is_still=True)
    assert page.evaluate(_MOVING) == []


@_EVERY_KIND
def test_words_of_others_name_their_language_and_direction(
    built_site: Path, look: Look, kind: str
) -> None:
    """Each excerpt and each paragraph of an article has `lang` and `dir`."""
    page = look(longest(built_site, kind))
    bare = page.evaluate(
        """() => [...document.querySelectorAll(
          "main blockquote, .excerpt__quote, .excerpt__omitted p, .source-text__paragraph"
        )].filter(each => !each.closest(".prose > blockquote")
          && !(each.closest("main [lang]") && each.closest("main [dir]"))
        ).map(each => each.outerHTML.slice(0, 120))"""
    )
    assert bare == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_evidence_stands_on_the_first_screen_of_a_claim(
    built_site: Path, look: Look, size: ViewportSize
) -> None:
    """The first quoted words of a claim are seen without scrolling, however much it has to say."""
    below = {}
    for file in most_above_evidence(built_site, 12):
        line = look(file, size, is_still=True).locator(".excerpt__words").first
        bottom = line.evaluate("words => words.getClientRects()[0].bottom")
        if bottom > size["height"]:
            below[file.stem] = bottom
    assert below == {}


def most_above_evidence(site: Path, count: int) -> list[Path]:
    """Return the claims with the most words between heading and evidence, the most first."""

    def words_above(path: Path) -> int:
        html = path.read_text(encoding="utf-8")
        above = html[html.index('id="main"') : html.index('id="evidence"')]
        return len(re.sub(r"<[^>]*>|\s+", "", above))

    claims = pages_of(site, "claim")
    return sorted(claims, key=lambda path: (-words_above(path), path.name))[:count]


def test_nothing_parts_quoted_words_from_the_sign_after_them(built_site: Path, look: Look) -> None:
    """No room is left for a mark's colour: words before a full stop look as they do in print."""
    for kind in ("claim", "event", "disagreements"):
        gaps = look(longest(built_site, kind)).evaluate(_GAPS)
        assert gaps
        assert max(gaps) < 0.5, kind


def test_every_link_to_a_passage_shows_its_mark(built_site: Path, look: Look) -> None:
    """In each source, the address of a passage brings its mark onto the screen, outlined."""
    unseen = {}
    for file in pages_of(built_site, "source"):
        found = look(file, is_still=True).evaluate(_UNSEEN_PASSAGES)
        assert found["count"], f"{file.name} has no passage"
        unseen[file.stem] = found["unseen"]
    assert {name: hashes for name, hashes in unseen.items() if hashes} == {}


@pytest.mark.parametrize("kind", ["brief", "source", "actor", "unknowns", "matrix", "gallery"])
def test_addresses_hold_where_much_is_laid_out_late(
    built_site: Path, look: Look, kind: str
) -> None:
    """On a phone a jump comes to its place over what has no layout yet; on paper all has one."""
    page = look(longest(built_site, kind), PHONE, is_still=True)
    assert page.evaluate(_LEFT_FOR_LATER)
    assert page.evaluate(_MISSED) == []
    page.emulate_media(media="print")
    assert page.evaluate(_LEFT_FOR_LATER) == 0


@pytest.mark.parametrize(
    "kind", ["claim list", "claim", "event", "brief", "matrix", "compare", "search"]
)
def test_nothing_on_the_screen_moves_when_scripts_come(
    built_site: Path, look: Look, kind: str
) -> None:
    """What scripts add has its place from the start, or is too small to be noticed."""
    page = look(longest(built_site, kind), PHONE, is_still=True)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(_MOVED) < 0.005


def test_marks_stay_apart_in_forced_colours(built_site: Path, look: Look) -> None:
    """Where the reader's system sets the colours, marked words and signs still stand out."""
    for kind, marks in (("source", ".passage"), ("claim", ".excerpt__words")):
        page = look(longest(built_site, kind))
        page.emulate_media(forced_colors="active")
        plain = page.evaluate(
            """marks => {
              const paper = getComputedStyle(document.body).backgroundColor;
              return [...document.querySelectorAll(marks)].filter(mark => {
                const {backgroundColor, textDecorationLine} = getComputedStyle(mark);
                const isBare = ["rgba(0, 0, 0, 0)", paper].includes(backgroundColor);
                return isBare && textDecorationLine === "none";
              }).length;
            }""",
            marks,
        )
        unseen = page.evaluate(
            """() => {
              const paper = getComputedStyle(document.body).backgroundColor;
              const signs = "main svg .is-support, main svg .is-dispute";
              return [...document.querySelectorAll(signs)]
                .filter(sign => getComputedStyle(sign).fill === paper).length;
            }"""
        )
        assert (plain, unseen) == (0, 0), kind


@pytest.mark.parametrize("kind", ["front", "claim", "source", "brief"])
def test_prints_without_navigation(built_site: Path, look: Look, kind: str) -> None:
    """On paper there is no way around the site, and no quote is split from its source."""
    page = look(longest(built_site, kind))
    page.emulate_media(media="print")
    shown = page.evaluate(
        """() => [...document.querySelectorAll(
          "nav:not(.brief-contents), .skip, .crumbs, [role=search], button"
        )].filter(each => each.checkVisibility()).map(each => each.outerHTML.slice(0, 80))"""
    )
    split = page.evaluate(
        """() => [...document.querySelectorAll(
          ".excerpt, .brief-excerpt, .source-text__paragraph, .margin-note, .contradiction"
        )].filter(each => getComputedStyle(each).breakInside !== "avoid").length"""
    )
    assert shown == []
    assert split == 0
    assert page.pdf().startswith(b"%PDF-")
