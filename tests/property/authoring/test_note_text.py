"""A change to a note's text changes what it says in that one place, whatever stands around it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.authoring.note_text import data_of, scalar, tidy, with_entry, with_value
from sitegen.yaml_nodes import read_yaml

# What YAML can hold; what it cannot is refused before anything is changed.
CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\ufffe\uffff\ufeff"
)
WORDS = st.text(CHARACTERS, min_size=1).map(tidy).map(str.strip).filter(bool)
PLAIN = st.text(
    st.sampled_from("abc:#-'\"[]{}&*!|>%@, \u00a0“”’–é…"), min_size=1, max_size=300
).map(tidy).map(str.strip).filter(bool)  # fmt: skip
COMMENT = st.sampled_from(["", "# why\n", "\n", "\n# why\n\n", "    # inside\n", "  # outside\n"])


@st.composite
def notes(draw: st.DrawFn) -> str:
    """Draw a note with some evidence, laid out in one of the ways in which people do that."""
    indent = draw(st.sampled_from(["", "  ", "    "]))
    head = draw(st.sampled_from(["statement: x\n", "statement: x\n  goes on  # why\n", "# a\n"]))
    entries = "".join(
        f"{indent}- source: s{number}\n"
        f"{indent}  quote: {scalar(draw(PLAIN), len(indent) + 2, used=len(indent) + 9)}\n"
        f"{draw(COMMENT)}"
        for number in range(draw(st.integers(1, 3)))
    )
    tail = draw(st.sampled_from(["", "tags: [a,   b]\n", "notes: |\n  a\n\n  b\n"]))
    return f"{head}evidence:\n{entries}{tail}"


@given(words=PLAIN | WORDS, indent=st.integers(0, 12), used=st.integers(0, 120))
def test_words_are_written_so_that_they_are_read_back(words: str, indent: int, used: int) -> None:
    """Whatever words a value has, as YAML they say the same."""
    text = f"{' ' * indent}key: {scalar(words, indent, used=used)}\n"
    assert read_yaml("", text) == ({"key": words}, ())


@given(note=notes(), quote=PLAIN | WORDS)
def test_added_entry_is_the_last_and_nothing_else_changes(note: str, quote: str) -> None:
    """The note says what it said, and one thing more; every line of it is still there."""
    before = data_of(note)
    entry = {"source": "new", "quote": quote}
    changed = with_entry(note, "evidence", entry)
    evidence = before["evidence"]
    assert isinstance(evidence, list)
    assert data_of(changed) == {**before, "evidence": [*evidence, entry]}
    rest = iter(changed.splitlines())
    assert all(line in rest for line in note.splitlines())


@given(note=notes(), words=PLAIN | WORDS)
def test_changed_value_is_the_only_change(note: str, words: str) -> None:
    """A quote that is exchanged has the new words, and all else says what it said."""
    changed = with_value(note, ("evidence", 0, "quote"), words)
    data = data_of(note)
    evidence = data["evidence"]
    assert isinstance(evidence, list)
    first = evidence[0]
    assert isinstance(first, dict)
    first["quote"] = words
    assert data_of(changed) == data
