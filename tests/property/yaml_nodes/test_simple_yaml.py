"""The short cut past the YAML parser gives what the parser gives, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.schema import without_empty_fields
from sitegen.yaml_nodes import Data, plain_data, read_yaml
from sitegen.yaml_nodes.simple_yaml import read_simple_yaml

CONTENT = Path(__file__).parents[3] / "content"

WORD = st.text("abcé漢😀.,;()?“”’1-", min_size=1, max_size=6).map(lambda word: f"w{word}w")
WORDS = st.lists(WORD, min_size=1, max_size=4)
KEY = st.from_regex(r"[a-c_][a-c0-9_]{0,3}", fullmatch=True)
WORDS_IN_LINES = st.lists(WORDS.map(" ".join), min_size=1, max_size=3)


@st.composite
def written_words(draw: st.DrawFn) -> tuple[str, str]:
    """Return words, and how they may be written behind a key or a hyphen."""
    lines = draw(WORDS_IN_LINES)
    one_line = " ".join(lines)
    margin = "\n" + " " * draw(st.integers(20, 22))
    return draw(
        st.sampled_from(
            [
                (one_line, one_line),
                (one_line, f'"{one_line}"'),
                (f'"{one_line}: #', f"'\"{one_line}: #'"),
                (one_line, margin.join(lines)),
                (one_line + "\n", ">" + margin + margin.join(lines)),
                (one_line, ">-" + margin + margin.join(lines)),
                ("\n\n".join(lines) + "\n", "|" + margin + f"\n{margin}".join(lines) + "\n"),
                ("\n - ".join(lines), "|-" + margin + f"{margin} - ".join(lines)),
            ]
        )
    )


@st.composite
def written_lists(draw: st.DrawFn) -> tuple[list[Data], str]:
    """Return a list of words, and how it may be written behind a key."""
    quoted = draw(st.booleans())
    item = WORDS.map(" ".join)
    item = item if quoted else item.map(lambda words: words.replace(",", ""))
    items = draw(st.lists(item, min_size=1, max_size=3))
    written = [f'"{each}"' for each in items] if quoted else items
    return [*items], f"[{', '.join(written)}]"


def written_mappings(depth: int) -> st.SearchStrategy[tuple[dict[str, Data], str]]:
    """Return a mapping, and its lines."""
    values: st.SearchStrategy[tuple[Data, str]] = st.one_of(
        st.tuples(st.just(" "), written_words() | written_lists()).map(
            lambda written: (written[1][0], written[0] + written[1][1])
        ),
        *([_below(depth - 1)] if depth else []),
    )

    def joined(fields: Mapping[str, tuple[Data, str]]) -> tuple[dict[str, Data], str]:
        data = {key: value for key, (value, _) in fields.items()}
        return data, "\n".join(f"{key}:{text}" for key, (_, text) in fields.items())

    return st.dictionaries(KEY, values, min_size=1, max_size=3).map(joined)


@st.composite
def _below(draw: st.DrawFn, depth: int) -> tuple[Data, str]:
    """Return a mapping or a list, and how it is written below its key."""
    if draw(st.booleans()):
        data, text = draw(written_mappings(depth))
        return data, "\n" + indent(text, " " * draw(st.integers(1, 3)))
    margin = " " * draw(st.integers(0, 2))
    items = draw(st.lists(written_words() | written_mappings(depth), min_size=1, max_size=3))
    lines = [f"{margin}- {indent(text, margin + '  ').lstrip(' ')}" for _, text in items]
    return [value for value, _ in items], "\n" + "\n".join(lines)


@given(written_mappings(2), st.sampled_from(["", "\n", "# a comment\n"]))
def test_what_is_written_plainly_is_read(written: tuple[dict[str, Data], str], end: str) -> None:
    """Words on one line or more, quoted or not, blocks, lists and mappings of them."""
    data, text = written
    text = f"{text}\n{end}"
    assert read_yaml("f", text) == (data, ())
    assert read_simple_yaml(text) == data


MARGINS = st.sampled_from(["", "", "", "  ", "  ", "   ", "    ", "- ", "  - ", "    - ", "- - "])
KEYS = st.sampled_from([*(f"{letter}: " for letter in "abcdef"), "a:", "b:", "g:", "", "", "A: "])
# fmt: off
VALUES = st.sampled_from([
    "x", "x", "x y", "x, y", "é", "1.5", "x - y", "x'y", "http://x/#y", '"q r"', "'q'", '"q: # r"',
    "'it''s'", "''", '""', '"x" y', "'x", '"a\\nb"', "[a, b]", "[a]", "[null]", "[a,b]", "[a b]",
    "[a , b]", "[a b, c?]", "[a #b]", "[a:b]", "[a: b]", "[nullx]", '["a", "b, c"]', '["a","b"]',
    '[""]', "[]", "{}", "|", "|-", "|+", "|2", ">", ">-", "|\n    x\n\n     y", ">\n    x\n    y",
    ">\n    x\n     y", ">\n    x\n\n    y", "|\n\n    x", "|\n    x\n  # y",
    "|\n    x \n   \n    y", ">-\n    x \n    y", "x\n    y\n   z", "x\n   - y", "", "", " ", "~",
    "null", "Null", "nullx", "-1", "-1.5", "-x", "x\n    -1", "-\n   -1", "- x", "x: y", "x:y",
    "x:", "x #y", "x#y", "# x", "x ", "*a", "&a x", "!t x", "@x", "%x", "`x", "? x", "---", "...",
    "x\ty", "\u00a0", "x\u2028y", "\ufeff", "<<", "=",
])
# fmt: on
LINES = st.tuples(MARGINS, KEYS, VALUES).map("".join)
ENDS = st.sampled_from(["\n", "\n", "\n", "", "\n\n", "\n# x\n", "\n  # x\n", "\n  \n", "\r\n"])


@given(st.lists(LINES, min_size=1, max_size=6).map("\n".join), ENDS)
def test_what_the_parser_would_read_otherwise_is_left_to_it(lines: str, end: str) -> None:
    """Of lines that may mean anything, or nothing, none is read in another way."""
    simple = read_simple_yaml(lines + end)
    if simple is not None:
        data, faults = read_yaml("f", lines + end)
        assert (simple, faults) == (without_empty_fields(data), ())


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  b: x\n  y\n",  # words go on where keys stand
        "a:\n  b: |\n  x\n",  # so does a block
        "a:\n  b: |\n x\n",
        "a: x\u2028y\n",
        "a: x\u2029y\n",
        "a: x\x85y\n",
        "a: x\x01y\n",
        "a: x\x7fy\n",
        "a: x\ty\n",
        "a:\tx\n",
        "a: x\r\n",
        "\ufeffa: x\n",
        "a: x\na: y\n",
        "a: x",
        "- a: x\n",
        "a: >\n  x\n   y\n",
        "a: |2\n  x\n",
        "a: |+\n  x\n",
        "a: [x, null]\n",
        "a: [x,\n  y]\n",
        "a: *x\n",
        'a: "x\\n"\n',
        "a: ~\n",
        "a:\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_parser(text: str) -> None:
    """It may be a mistake, or mean something else than it seems."""
    assert read_simple_yaml(text) is None


def test_nearly_all_notes_of_this_repository_are_plain() -> None:
    """What people write for readers, in its own forms, is read as the parser reads it."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CONTENT.glob("*/*.yaml"))]
    found = [(read_simple_yaml(text), text) for text in texts]
    plain = [(data, text) for data, text in found if data is not None]
    assert len(plain) > 0.9 * len(texts)
    assert [data for data, _ in plain] == [read_yaml("f", text)[0] for _, text in plain]


def test_front_matter_is_plain() -> None:
    """The mark above it leaves an empty line."""
    assert read_simple_yaml("\ntitle: Rain\n") == {"title": "Rain"}


def test_plain_text_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is left to it, the parser is not asked."""
    monkeypatch.setattr(plain_data, "_parsed", None)
    assert plain_data.read_sound_yaml("a: x\nb:\n  - y\n") == {"a": "x", "b": ["y"]}


def test_levels_are_no_more_than_the_parser_bears() -> None:
    """Mappings in mappings, each one column further to the right."""

    def nested(levels: int) -> str:
        return "\n".join(" " * level + "a:" for level in range(levels)) + " [x]\n"

    assert read_simple_yaml(nested(39)) == read_yaml("f", nested(39))[0] != {}
    assert read_yaml("f", nested(40))[1]
    assert [read_simple_yaml(nested(levels)) for levels in (40, 41, 60)] == [None] * 3
