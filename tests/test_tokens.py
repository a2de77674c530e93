"""The colours of the style sheets: what the gallery says of them, and that they can be read."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[1] / "templates"
ROWS = re.findall(
    r'\("([\w-]+)", "[^"]+", "([\w-]+)", "([\d.]+)", "([\d.]+)"\)',
    (TEMPLATES / "pages/gallery.html").read_text(encoding="utf-8"),
)


def colours(scheme: str) -> dict[str, str]:
    """Return the custom properties that are colours, in the light or the dark scheme."""
    css = (TEMPLATES / "static/css/tokens.css").read_text(encoding="utf-8")
    light, dark = css.split("prefers-color-scheme: dark")
    return dict(re.findall(r"--([\w-]+): (#\w{6});", light if scheme == "light" else dark))


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_gallery_states_the_contrast_that_the_colours_have(scheme: str) -> None:
    """What the gallery writes down is worked out from the tokens, to a tenth."""
    tokens = colours(scheme)
    stated = {name: (light, dark)[scheme == "dark"] for name, _, light, dark in ROWS}
    measured = {name: f"{contrast(tokens[name], tokens[other]):.1f}" for name, other, _, _ in ROWS}
    assert stated
    assert stated == measured


def test_chosen_dark_is_the_dark_of_the_device() -> None:
    """Who chooses dark gets the very colours that a dark device gets."""
    css = (TEMPLATES / "static/css/tokens.css").read_text(encoding="utf-8")
    asked, chosen = css.split("prefers-color-scheme: dark")[1].split(':root[data-theme="dark"]')
    colour = re.compile(r"--([\w-]+): (#\w{6});")
    assert colour.findall(asked)
    assert colour.findall(asked) == colour.findall(chosen)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["ink", "ink-soft", "accent", "support", "dispute", "mention"])
def test_every_colour_of_text_can_be_read_on_every_paper(scheme: str, name: str) -> None:
    """Text has a contrast of 4.5 at least on the page and on what is raised from it."""
    tokens = colours(scheme)
    assert min(contrast(tokens[name], tokens[on]) for on in ("paper", "paper-raised")) >= 4.5


# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation
# of Color Vision Deficiency", 2009: matrices for linear RGB at full severity.
_SEEN_BY = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def lab_as_seen(colour: str, reader: str) -> tuple[float, float, float]:
    """Return CIE L*a*b* (D65) of a colour as a reader sees it who lacks one kind of cone."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    red, green, blue = (
        min(max(sum(weight * part for weight, part in zip(row, linear, strict=True)), 0), 1)
        for row in _SEEN_BY[reader]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (
        each ** (1 / 3) if each > 216 / 24389 else (24389 / 27 * each + 16) / 116
        for each in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("reader", _SEEN_BY)
def test_support_and_dispute_stay_apart_for_colour_blind_readers(reader: str, scheme: str) -> None:
    """So do the washes behind passages; about 2 is what can just be told apart side by side."""
    tokens = colours(scheme)
    for one, other, least in (("support", "dispute", 30), ("support-wash", "dispute-wash", 8)):
        seen = (lab_as_seen(tokens[name], reader) for name in (one, other))
        assert math.dist(*seen) > least, (one, other)
