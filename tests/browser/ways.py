"""The ways in which a reader uses a page: by mouse, by keyboard, by touch."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

# The element before another in the order of the Tab key takes the focus.
_FOCUS_BEFORE = """target => {
  const stops = [...document.querySelectorAll("a[href], button, input, select, [tabindex='0']")]
    .filter(each => each.checkVisibility() && !each.disabled);
  stops[stops.indexOf(target) - 1].focus();
}"""


def press_tab_to(page: Page, target: Locator) -> None:
    """Move the focus to an element as the keyboard does."""
    target.evaluate(_FOCUS_BEFORE)
    page.keyboard.press("Tab")
    expect(target).to_be_focused()


@dataclass(frozen=True)
class Reader:
    """Somebody who reads a site at `base` in `page`, by one `way`: mouse, keyboard or touch."""

    page: Page
    way: str
    base: str

    def open(self, address: str) -> None:
        """Open a page of the site."""
        self.page.goto(f"{self.base}/{address}")

    def press(self, target: Locator) -> None:
        """Use a button, a choice or a link."""
        if self.way == "touch":
            target.tap()
        elif self.way == "mouse":
            target.click()
        else:
            target.focus()
            is_choice = target.get_attribute("type") in {"radio", "checkbox"}
            target.press("Space" if is_choice else "Enter")

    def write(self, field: Locator, words: str) -> None:
        """Go to a field and type."""
        if self.way == "keyboard":
            field.focus()
        else:
            self.press(field)
        self.page.keyboard.type(words)

    def point_at(self, link: Locator) -> Locator:
        """Have the preview of a link shown, and return it."""
        if self.way == "touch":
            link.tap()
        elif self.way == "mouse":
            link.hover()
        else:
            press_tab_to(self.page, link)
        preview = self.page.locator(".preview--open")
        expect(preview.locator(".preview__kind")).to_be_visible()
        return preview

    def follow(self, link: Locator) -> None:
        """Go where a link with a preview leads: of two taps the first shows the preview."""
        if self.way == "touch":
            self.point_at(link)
        self.press(link)

    def choose(self, select: Locator, words: str) -> None:
        """Choose what begins with some words."""
        expect(select.locator("option", has_text=words)).not_to_have_count(0)
        options = [text.strip() for text in select.locator("option").all_inner_texts()]
        at = next(place for place, text in enumerate(options) if text.startswith(words))
        if self.way == "keyboard":
            select.focus()
            for _ in range(at):
                self.page.keyboard.press("ArrowDown")
        else:
            select.select_option(index=at)
