"""Names in drawings take one or two short lines."""

from __future__ import annotations

import pytest

from sitegen.pages.label_lines import label_lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Russia", ("Russia",)),
        ("Carnegie Center", ("Carnegie", "Center")),
        ("six senior U.S. officials", ("six senior", "U.S. offi…")),
        ("Donaudampfschiff", ("Donaudamp…",)),
        ("Donaudampfschiff AG", ("Donaudamp…", "AG")),
    ],
)
def test_a_name_is_broken_at_a_word_and_cut_at_its_second_line(
    text: str, lines: tuple[str, ...]
) -> None:
    """No line has more than the given number of characters."""
    assert label_lines(text, 10) == lines
