"""Take the README's pictures of the built site: `make pictures`, after `make site`."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.chromium import find_chromium

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_site"
PICTURES = ROOT / ".github" / "pictures"

# picture: page, width, height, colour scheme
VIEWS = {
    "front": ("index.html", 1200, 760, "light"),
    "claim": ("claims/twelve-thousand-training-in-eastern-russia.html", 1200, 860, "light"),
    "source": ("sources/partnership-explainer.html", 1200, 760, "light"),
    "numbers": ("measures/nk-troops-in-russia.html", 1200, 760, "dark"),
    "timeline": ("timeline.html", 1200, 760, "light"),
    "phone": ("claims/twelve-thousand-training-in-eastern-russia.html", 390, 760, "dark"),
}


def main() -> None:
    """Write every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (page_path, width, height, scheme) in VIEWS.items():
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                reduced_motion="reduce",
            )
            page.goto((SITE / page_path).as_uri())
            if name == "source":
                page.locator("#text").evaluate("heading => heading.scrollIntoView()")
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
