"""Any text is read without an exception, and every place points at its own text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sitegen.diagnostics import Location
from sitegen.yaml_nodes import (
    Data,
    FieldPath,
    Locations,
    read_sound_yaml,
    read_yaml,
    split_front_matter,
)

# Words that no style must quote or fold away, so that they stand in the text as they are.
WORD = st.text("abcdeéß漢字😀", min_size=1, max_size=8)
PROSE = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
KEY = st.text("abcdefgh", min_size=1, max_size=6)
NESTED = st.recursive(
    PROSE,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3),
        st.dictionaries(KEY, inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)
NOTES = st.dictionaries(KEY, NESTED, min_size=1, max_size=4)
LINE_BREAKS = st.sampled_from(["\n", "\r\n", "\r"])
SIGNS = st.sampled_from([*"ab:-[]{},'\"|>?%@`#~\\ \t\0\x85\u2028\ufeff\ud800é😀"])
# fmt: off
PIECES = st.sampled_from([
    "a: ", "- ", "\n", "\n  ", "\n- ", "\na: ", "\r\n", "&x ", "*x ", "!y ", "!!str ", "? ", " #",
    "---\n", "...\n", "\\x", "\\U00110000", "%YAML 1.1\n", "!%ed%a0%80 ", "<<: ", "null", "''",
    "[[", ": ", "{b: c}",
])
# fmt: on
YAML_LIKE = st.lists(SIGNS | PIECES, max_size=30).map("".join)


@st.composite
def written_notes(draw: st.DrawFn) -> tuple[dict[str, Data], str]:
    """Return a note and its text in one of the styles of YAML: every scalar, as far as may be."""
    note = draw(NOTES)
    text = yaml.dump(
        note,
        allow_unicode=True,
        default_style=draw(st.sampled_from([None, "'", '"', "|", ">"])),
        default_flow_style=draw(st.booleans()),
        width=draw(st.integers(10, 80)),
        sort_keys=False,
    )
    # PyYAML breaks some double-quoted words wrongly in narrow columns.
    assume(yaml.load(text, yaml.BaseLoader) == note)
    return note, text.replace("\n", draw(LINE_BREAKS))


def text_at(text: str, at: Location) -> str:
    """Return what is written from a place on, without quotation mark, folds and escapes."""
    lines = re.split(r"\r\n|\r|\n", text)[at.line - 1 :]
    rest = "\n".join(lines)[at.column - 1 :]
    assert at.column <= len(lines[0])
    return re.sub(r"\\\n *", "", rest.lstrip("'\"")).replace("\\U0001F600", "😀")


def leaves(data: Data, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Yield every text in the data with its path."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from leaves(value, (*path, index))
    elif data is not None:
        yield path, data


@given(written_notes())
def test_every_place_points_at_its_text(written: tuple[dict[str, Data], str]) -> None:
    """In plain, quoted, literal, folded and flow style a place is where the words begin."""
    note, text = written
    assert read_yaml("f", text) == (note, ())
    locations = Locations("f", text)
    for path, words in leaves(note):
        first, last = words.split()[0], words.split()[-1]
        assert text_at(text, locations.at(*path)).startswith(first)
        assert text_at(text, locations.at_text(path, first)).startswith(first)
        assert text_at(text, locations.at_text(path, last)).startswith(last)
        assert text_at(text, locations.at_text(path, words)).startswith(first)


@given(written_notes())
def test_every_key_place_points_at_its_key(written: tuple[dict[str, Data], str]) -> None:
    """A field's key place is where its name is written, with or without quotation marks."""
    note, text = written
    locations = Locations("f", text)
    for path, _ in leaves(note):
        key = path[-1]
        if isinstance(key, str):
            assert text_at(text, locations.at_key(*path)).startswith(key)
        else:
            assert locations.at_key(*path) == locations.at(*path)


@given(st.text() | YAML_LIKE, st.integers(1, 9))
def test_any_text_gives_data_or_diagnostics_inside_it(text: str, first_line: int) -> None:
    """Nothing is raised, nothing is lost without a word, and every place lies in the text."""
    data, found = read_yaml("f", text, first_line)
    assert data or found or re.search(r"\{\s*(#.*\s*)*\}", text)
    lines = re.split(r"\r\n|\r|\n", text)
    locations = Locations("f", text, first_line)
    everywhere = [each.at for each in found]
    everywhere += [at for each in found for at, _ in each.related]
    everywhere += [locations.at(*path) for path, _ in leaves(data)]
    everywhere += [locations.at_text(path, words[:9]) for path, words in leaves(data)]
    for at in everywhere:
        assert 0 <= at.line - first_line < len(lines)
        assert 1 <= at.column <= len(lines[at.line - first_line]) + 1


@given(PROSE, LINE_BREAKS, st.text("-abc \n#", max_size=60), st.sampled_from(["", "\ufeff"]))
def test_front_matter_and_body_make_the_page(
    title: str, line_break: str, body: str, mark: str
) -> None:
    """The body is byte for byte what was written, and its line is counted right."""
    head = line_break.join(["---", f"title: '{title}'", "---", ""]).replace("\r", "\r\n")
    head = head.replace("\n\n", "\n")
    page, found = split_front_matter("p", mark + head + body)
    assert found == ()
    assert page.body == body
    assert page.body_first_line == 4
    assert read_yaml("p", page.yaml_text, page.yaml_first_line) == ({"title": title}, ())


@given(YAML_LIKE | written_notes().map(lambda written: written[1]))
@example("a: {b: ~, c: [d, ~]}\ne: ''\n")
@example("a: 1\na: 2\n")
@example("a:\n\na: 2\n")
@example("a: -b\n")
@example("a: 1\n---\nb: 2\n")
@example("[" * 50)
def test_short_cut_gives_what_is_read_where_nothing_is_wrong(text: str) -> None:
    """Data that was read without looking for mistakes is the same, and there are none."""
    sound = read_sound_yaml(text)
    data, faults = read_yaml("f.yaml", text)
    if sound is not None:
        assert (data, faults) == (sound, ())


@given(written_notes())
def test_short_cut_is_taken_for_what_is_written_well(written: tuple[dict[str, Data], str]) -> None:
    """The long way is for mistakes."""
    note, text = written
    assert read_sound_yaml(text) == note
