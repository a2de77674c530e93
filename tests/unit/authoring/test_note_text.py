"""Changes to a note's text that leave all else as it stands."""

from __future__ import annotations

from textwrap import dedent

import pytest

from sitegen.authoring.note_text import data_of, entry_lines, scalar, tidy, with_entry, with_value
from sitegen.authoring.refusals import Refused

ENTRY = {"source": "courier", "quote": "It rained", "prefix": "On Monday"}
ADDED = ["  - source: courier", "    quote: It rained", "    prefix: On Monday"]


def added_after(text: str, line: str) -> list[str]:
    """Return the lines that were added, which must stand right after the given one."""
    before, after = text.splitlines(), with_entry(text, "evidence", ENTRY).splitlines()
    at = before.index(line) + 1
    assert after[:at] == before[:at]
    added = after[at : len(after) - len(before) + at]
    assert after[at + len(added) :] == before[at:]
    return added


def test_entry_goes_below_the_last_one_and_its_comments() -> None:
    """Comments inside the last entry stay with it, those after the list stay after it."""
    text = dedent("""\
        # schema
        statement: It rained
          on Monday.   # odd layout
        evidence:
          # the best there is
          - source: herald
            quote: "It  rained"
            # stance: supports

        # Events it belongs to.
        # events: []
        tags: [a,   b]
        """)
    assert added_after(text, "    # stance: supports") == ADDED


def test_entry_takes_over_the_indentation_of_the_list() -> None:
    """A list that is not indented gets an entry that is not indented, in a block too."""
    text = "evidence:\n- source: herald\n  quote: |-\n    It\n    rained\n\n# end\nstatement: x\n"
    assert added_after(text, "    rained") == [line[2:] for line in ADDED]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("evidence:  # none yet\nstatement: x\n", "evidence:  # none yet"),
        ("statement: x\nevidence:\n", "evidence:"),
    ],
)
def test_empty_list_gets_its_first_entry(text: str, line: str) -> None:
    """A field without a value gets one, at its place."""
    assert added_after(text, line) == ADDED


def test_missing_list_is_written_at_the_end() -> None:
    """A note without the field gets it as its last, also where no newline ends it."""
    expected = "statement: x\nevidence:\n" + "\n".join(ADDED) + "\n"
    assert with_entry("statement: x", "evidence", ENTRY) == expected
    assert with_entry("statement: x\nevidence: []\n", "evidence", ENTRY) == expected


def test_entry_of_a_new_note_is_filled_in() -> None:
    """An entry with nothing in it takes the words, so that none stays empty."""
    text = (
        "evidence:\n    # Its id.\n  - source:\n    # Its words.\n    quote:\n    # note:\n"
        "tags: [a]\n"
    )
    assert with_entry(text, "evidence", ENTRY) == (
        "evidence:\n    # Its id.\n  - source: courier\n    # Its words.\n    quote: It rained\n"
        "    prefix: On Monday\n    # note:\ntags: [a]\n"
    )


def test_comment_never_becomes_part_of_the_words() -> None:
    """Words that would go on lines of their own are quoted where a comment stands behind them."""
    entry = {"source": "a", "quote": "Note: it rained"}
    filled = with_entry("evidence:\n  - source:  # id\n    quote:  # words\n", "evidence", entry)
    assert data_of(filled) == {"evidence": [entry]}
    changed = with_value("quote: x  # seen\n  # twice\n", ("quote",), "Note: it rained")
    assert changed == 'quote: "Note: it rained"  # seen\n  # twice\n'


def test_list_in_brackets_keeps_its_comments() -> None:
    """A list in brackets gets the entry too, and comments survive."""
    text = "# first\nstatement: x  # why\nevidence: [{source: herald, quote: Rain}]\n"
    changed = with_entry(text, "evidence", ENTRY)
    assert changed.startswith("# first\nstatement: x  # why\n")
    assert data_of(changed)["evidence"] == [{"source": "herald", "quote": "Rain"}, ENTRY]


def test_windows_line_ends_are_kept() -> None:
    """Every line ends as the note's lines end."""
    changed = with_entry("statement: x\r\nevidence:\r\n  - source: a\r\n", "evidence", ENTRY)
    assert changed.count("\r\n") == changed.count("\n") == 6


@pytest.mark.parametrize("text", ["evidence: {a: b}\n", "evidence: words\n"])
def test_field_that_is_no_list_is_refused(text: str) -> None:
    """Nothing can be appended to what is no list."""
    with pytest.raises(Refused, match="no list"):
        with_entry(text, "evidence", ENTRY)


def test_text_that_is_no_yaml_is_refused() -> None:
    """A note that cannot be read is not changed."""
    with pytest.raises(Refused, match="not YAML"):
        with_entry("a: [b\n", "evidence", ENTRY)


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("It rained", "It rained"),
        ("“It rained,” he said", "“It rained,” he said"),
        ("Note: it rained", ">-\n    Note: it rained"),
        ("- it rained", ">-\n    - it rained"),
        ("# it rained", ">-\n    # it rained"),
        ("null", ">-\n    null"),
        (" it rained", '" it rained"'),
        ("it\u200brained", "it\u200brained"),
    ],
)
def test_words_are_written_so_that_they_mean_themselves(words: str, form: str) -> None:
    """Words that YAML would take for something else are folded or quoted."""
    assert scalar(words, 2) == form


def test_long_words_are_folded_at_the_width_of_a_line() -> None:
    """A long quote goes over several lines, none over 100 characters where words allow."""
    lines = entry_lines({"source": "a", "quote": "many words " * 30 + "end"}, 2)
    assert lines[:2] == ["  - source: a", "    quote: >-"]
    assert all(len(line) <= 100 for line in lines)
    assert all(line.startswith(("      many", "      words")) for line in lines[2:])


def test_tidy_keeps_single_spaces_of_any_kind() -> None:
    """Line breaks and runs of white space become a space; a lone no-break space stays."""
    assert tidy("It  rained\n\n all\u00a0day\t.") == "It rained all\u00a0day ."


def test_characters_are_exchanged_within_the_lines_as_they_are() -> None:
    """Words that differ in their characters alone leave line breaks where they are."""
    text = 'a:\n  - quote: >-\n      the "big" bridge\n      isn\'t open - yet\n    note: x  # y\n'
    changed = with_value(text, ("a", 0, "quote"), "the “big” bridge isn’t open — yet")
    assert changed == (
        "a:\n  - quote: >-\n      the “big” bridge\n      isn’t open — yet\n    note: x  # y\n"
    )


def test_value_in_quotation_marks_is_written_anew() -> None:
    """A quoted value with escapes takes the new words in the form that suits them."""
    text = 'quote: "the \\"big\\" bridge"  # seen\nnext: 1\n'
    changed = with_value(text, ("quote",), "the “big” bridge")
    assert changed == "quote: the “big” bridge  # seen\nnext: 1\n"


def test_id_in_a_list_in_brackets_is_exchanged_alone() -> None:
    """Only the id changes, not the list around it."""
    changed = with_value("actors: [a,  old , 'c']\n", ("actors", 1), "new")
    assert changed == "actors: [a,  new , 'c']\n"


def test_place_that_is_not_there_is_refused() -> None:
    """A path that leads to no value is refused."""
    with pytest.raises(Refused, match="cannot be found"):
        with_value("a: [b]\n", ("a", 3), "c")


@pytest.mark.parametrize("words", ["Null", "~"])
def test_words_that_yaml_takes_for_nothing_stay_words(words: str) -> None:
    """Put in the place of others as they are, they would leave the field empty."""
    assert data_of(with_value("quote: x\n", ("quote",), words)) == {"quote": words}
