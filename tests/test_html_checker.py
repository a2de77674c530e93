"""That the HTML checker finds what is wrong, and nothing where nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import MakeProject
from tests.html_checker import check_folder, without_layers

_GOOD = """
    -- index.html --
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <title>A good page</title>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'">
    <link rel="stylesheet" href="static/a%20style.css">
    </head>
    <body>
    <main>
    <h1>A good page</h1>
    <p><time datetime="2024-06">June 2024</time>, <a href="claims/rain.html#said">it rained</a>.</p>
    <details name="more"><summary>More</summary><div popover id="tip">More</div></details>
    </main>
    </body>
    </html>
    -- static/a style.css --
    @layer tokens, parts;
    @layer tokens { :root { --ink: #222; color-scheme: light dark; } }
    @layer parts {
      .claim:is(.open, .shut) { margin-inline: auto; color: var(--ink); }
      .claim { &:hover { text-wrap: balance; } }
      .claim { color: light-dark(#222, #eee); background: oklch(50% 0.1 20); }
      .claim { margin: calc(var(--gap) * -1); text-decoration: underline 1px; }
    }
    -- static/mark.svg --
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>
"""


def test_good_site_has_no_finding(project: MakeProject) -> None:
    """Sound files pass, with features that are newer than the checker among them."""
    assert check_folder(project(_GOOD)) == []


def test_planted_errors_are_found_at_their_places(project: MakeProject) -> None:
    """One fault in each of many files, also inside a layer, is reported with file and line."""
    site = project(_GOOD)
    project("""
        -- claims/rain.html --
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Rain</title></head>
        <body>
        <h1>Rain</h2>
        <p id="said">It rained.</p>
        <p id="said">It rained.</p>
        </body>
        </html>
        -- static/parts/claim.css --
        @layer parts {
          .claim { colour: red; }
          .claim { color: rde; }
        }
        -- static/parts/claim.svg --
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">
        <rect width="1"/>
        </svg>
    """)
    found = [(each.path, each.line, each.message) for each in check_folder(site) if each.is_error]
    assert found == [
        ("claims/rain.html", 5, "End tag “h2” seen, but there were open elements."),
        ("claims/rain.html", 7, "Duplicate ID “said”."),
        ("static/parts/claim.css", 2, "CSS: “colour”: Property “colour” doesn't exist."),
        ("static/parts/claim.css", 3, "CSS: “color”: “rde” is not a “color” value."),
        (
            "static/parts/claim.svg",
            2,
            "Element “rect” is missing required attribute “height”.",
        ),
    ]


def test_folder_without_files_to_check_is_refused(tmp_path: Path) -> None:
    """An empty folder is no success: whoever calls has looked in the wrong place."""
    with pytest.raises(ValueError, match="nothing to check"):
        check_folder(tmp_path)


@pytest.mark.parametrize(
    ("css", "rest"),
    [
        ("@layer a, b.c;p { margin: 0 }", "p { margin: 0 }"),
        ("@layer a{p{margin:0}}q{margin:0}", "p{margin:0}q{margin:0}"),
        ("@layer a{@media print{p{margin:0}}}", "@media print{p{margin:0}}"),
        ("@layer a{@layer b{p{margin:0}}}", "p{margin:0}"),
        ('@layer a{p::after{content:"}"}}', 'p::after{content:"}"}'),
        ("@layer a{/* } */p{margin:0}}", "/* } */p{margin:0}"),
        ("@media print{p{margin:0}}", "@media print{p{margin:0}}"),
        ("p::after{content:'@layer a{'}", "p::after{content:'@layer a{'}"),
    ],
)
def test_layers_are_taken_off_in_place(css: str, rest: str) -> None:
    """Only the layer's own words and braces become spaces; all else keeps its place."""
    bare = without_layers(css)
    assert bare.replace(" ", "") == rest.replace(" ", "")
    assert len(bare) == len(css)
    assert all(now in {was, " "} for was, now in zip(css, bare, strict=True))
