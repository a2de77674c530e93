"""Data in scripts is JSON as Python writes it, and nothing in it can end a script."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.data_files.script_data import as_number, script_json, shown_json
from sitegen.kinds import Kind

# Without the signs that a script writes in another way.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="<\u2028\u2029"))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda each: st.lists(each) | st.dictionaries(texts, each),
)


def in_python(value: Any) -> bytes:
    """Return a value as Python's own encoder writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


@given(values)
def test_data_is_written_as_python_does(value: Any) -> None:
    """Texts and whole numbers, in whatever they stand, have the bytes that Python gives them."""
    assert script_json(value) == in_python(value)


def test_every_character_is_written_as_python_does() -> None:
    """Control characters, line ends, quotes and letters of all scripts are no exception."""
    text = "".join(map(chr, (*range(0x2028), *range(0x202A, 0xD800), *range(0xE000, 0x110000))))
    assert script_json(text) == in_python(text)


def test_tuples_and_codes_are_lists_and_texts() -> None:
    """A tuple is a list, a member of an enumeration its value, also as a name."""
    assert script_json({Kind.CLAIM: (Kind.EVENT, 1)}) == b'{"claim":["event",1]}'


@pytest.mark.parametrize(
    "number", [0.0, 12.0, 0.1, 1e-5, 1e15, 1e16, 1.7e308, 5e-324, math.inf, -math.inf]
)
def test_numbers_keep_their_digits(number: float) -> None:
    """A number with decimals is written as Python does, one without end as scripts name it."""
    assert script_json([as_number(number)]) == in_python([number])


def test_nothing_ends_a_script_or_a_line() -> None:
    """The end of a script, the start of a comment and the rare line ends are written in escapes."""
    written = script_json("</script> <!-- \u2028 \u2029")
    assert written == rb'"<\/script> \u003c!-- \u2028 \u2029"'


def test_unseen_characters_are_shown_where_asked() -> None:
    """A character that could deceive is a mark in data that is shown, and itself in other data."""
    assert shown_json(["a\u202eb"]) == b'["a[U+202E]b"]'
    assert script_json(["a\u202eb"]) == '["a\u202eb"]'.encode()


def test_half_a_character_is_refused() -> None:
    """A lone surrogate, which no file can hold, never becomes wrong bytes."""
    with pytest.raises(UnicodeEncodeError):
        script_json("\ud800")
