"""What is added to a page on its way to the browser, and nothing else."""

from __future__ import annotations

import pytest

from sitegen.diagnostics import Location, error
from sitegen.serving.live_pages import live_page, not_found_page, waiting_page

_SCRIPT = '<script src="/.sitegen/live.js" data-version="v1" defer></script>\n'


def test_script_comes_last_in_the_head() -> None:
    """The site's own scripts come first, and a body that speaks of heads is left alone."""
    page = "<html><head><title>T</title>\n</head><body>&lt;/head> </HEAD ></body></html>"
    assert live_page(page, "v1") == page.replace("</head>", f"{_SCRIPT}</head>", 1)


def test_page_without_a_head_gets_the_script_at_its_end() -> None:
    """A template of somebody's own may leave out what HTML lets it leave out."""
    assert live_page("<p>Rain.", "v1") == f"<p>Rain.{_SCRIPT}"


@pytest.mark.parametrize(
    ("policy", "widened"),
    [
        (
            """<meta http-equiv="Content-Security-Policy" content="default-src 'none'">""",
            """content="default-src 'none'; connect-src 'self'">""",
        ),
        (
            """<META HTTP-EQUIV='content-security-policy' CONTENT='img-src data:; '>""",
            """CONTENT='img-src data:; connect-src 'self''>""",
        ),
        (
            """<meta http-equiv="Content-Security-Policy" content="connect-src x; img-src a">""",
            """content="img-src a; connect-src 'self'">""",
        ),
    ],
)
def test_policy_is_widened_by_one_right(policy: str, widened: str) -> None:
    """The page may ask the server it came from; all else stays forbidden."""
    assert widened in live_page(f"<head>{policy}</head>", "v1").replace("&#39;", "'")


@pytest.mark.parametrize("root", ["/", "/briefing/"])
def test_page_for_missing_addresses_leads_to_the_top(root: str) -> None:
    """Wherever the site will be published, here its top is the server's."""
    page = f'<html lang="en" data-root="{root}"><head><link href="{root}a.css"></head>'
    assert not_found_page(page) == (
        '<html lang="en" data-root="/"><head><link href="/a.css"></head>'
    )


def test_page_for_missing_addresses_that_knows_no_top_is_told() -> None:
    """Relative links are meant from the top, however deep the missing address is."""
    page = '<html data-root=""><head><link href="a.css"></head>'
    assert '<head>\n<base href="/"><link href="a.css">' in not_found_page(page)


def test_page_that_waits_shows_what_is_wrong_as_text() -> None:
    """What stands in a note is shown and never run."""
    fault = error("yaml-syntax", Location("content/a<b>.yaml", 2, 3), "<script>alert(1)</script>")
    page = waiting_page([fault])
    assert "content/a&lt;b&gt;.yaml:2:3" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
