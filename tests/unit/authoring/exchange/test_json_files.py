"""JSON from other programs."""

from __future__ import annotations

import pytest

from sitegen.authoring.exchange.json_files import Json, read_json, words_of
from sitegen.authoring.refusals import Refused


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{\n  "a": }', r"x\.json:2:8: this is no JSON"),
        ("", r"x\.json:1:1"),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 5000, "number that is too long"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(text: str, message: str) -> None:
    """Line and column are given where the parser knows them."""
    with pytest.raises(Refused, match=message) as refused:
        read_json("x.json", text)
    assert refused.value.help


def test_words_are_text_that_can_be_written() -> None:
    """Numbers are words too; lone surrogates are no text, and groups are no words."""
    assert words_of(read_json("x", '\ufeff"\\ud800 a "')) == "\ufffd a"
    others: list[Json] = [3, True, None, [], {}]
    assert [words_of(each) for each in others] == ["3", "", "", "", ""]
