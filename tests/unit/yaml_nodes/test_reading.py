"""YAML text as data, what is wrong with it, and where its fields stand."""

from __future__ import annotations

import pickle

import pytest
import yaml

from sitegen.diagnostics import Diagnostic, Location
from sitegen.yaml_nodes import FrontMatter, Locations, parsing, read_yaml, split_front_matter


def only(found: tuple[Diagnostic, ...]) -> Diagnostic:
    """Return the one diagnostic there must be."""
    assert len(found) == 1, found
    return found[0]


def fault_of(text: str) -> Diagnostic:
    """Return the one thing that is wrong with a text."""
    return only(read_yaml("f.yaml", text)[1])


def marked(text: str) -> tuple[str, Location]:
    """Return a text without its `«` and the place where that stood."""
    before = text[: text.index("«")]
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return text.replace("«", "", 1), Location("f.yaml", len(lines), len(lines[-1]) + 1)


def test_scalars_stay_text() -> None:
    """Nothing is guessed: numbers, dates, yes and no stay as they are written."""
    text = "on: NO\ntime: 12:30\nyear: 2024\nday: 2024-06-19\nzip: 007\nlist: [1.0, true]\n"
    assert read_yaml("f.yaml", text) == (
        {
            "on": "NO",
            "time": "12:30",
            "year": "2024",
            "day": "2024-06-19",
            "zip": "007",
            "list": ["1.0", "true"],
        },
        (),
    )


def test_empty_plain_values_are_none() -> None:
    """An empty field, `~` and `null` are None; in quotes or in a block they are text."""
    text = (
        "a:\nb: ~\nc: null\nd: Null\ne: NULL\nf: ''\ng: \"null\"\nh: |\n  ~\ni: nUll\nj: [~, x]\n"
    )
    assert read_yaml("f.yaml", text) == (
        {
            **dict.fromkeys("abcde"),
            "f": "",
            "g": "null",
            "h": "~\n",
            "i": "nUll",
            "j": [None, "x"],
        },
        (),
    )


def test_keys_are_text() -> None:
    """Keys that other readers take for values stay text."""
    assert read_yaml("f", "null: a\n1: b\ntrue: c\n'q r': d\n")[0] == {
        "null": "a",
        "1": "b",
        "true": "c",
        "q r": "d",
    }


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_line_break_and_a_byte_order_mark_are_read(line_break: str, mark: str) -> None:
    """The data is the same whatever the editor's line breaks."""
    text = mark + line_break.join(["a: |", "  one", "  two", "b:", "  - c", ""])
    assert read_yaml("f", text) == ({"a": "one\ntwo\n", "b": ["c"]}, ())


@pytest.mark.parametrize("text", ["", " \n\n", "# only a comment\n", "---\n", "~\n", "\ufeff"])
def test_empty_note(text: str) -> None:
    """A file that holds nothing says so at its start."""
    assert read_yaml("f", text)[0] == {}
    assert fault_of(text).rule == "empty-note"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- a\n- b\n", "without"),
        ("just some words\n", "`key: value`"),
        ("statement:words\n", "colon"),
        ('"quoted"', "`key: value`"),
    ],
)
def test_not_a_mapping(text: str, words: str) -> None:
    """A list or plain text at the top is an error with a way out."""
    fault = fault_of(text)
    assert (fault.rule, fault.at) == ("not-a-mapping", Location("f.yaml", 1, 1))
    assert words in fault.help


def test_repeated_key_keeps_the_first() -> None:
    """A key written twice is an error that names both places, and the first value stands."""
    data, found = read_yaml("f", "a: 1\nb:\n  c: 2\n  d: 3\n  c: [4]\n  e: 5\n", 11)
    assert data == {"a": "1", "b": {"c": "2", "d": "3", "e": "5"}}
    fault = only(found)
    assert (fault.rule, fault.at) == ("repeated-key", Location("f", 15, 3))
    assert fault.message == 'the key "c" is written twice'
    assert fault.related == ((Location("f", 13, 3), "first written here"),)


@pytest.mark.parametrize("text", ["? «[a]\n: b\nc: d", "? «{a: b}\n: b\nc: d", "«'': b\nc: d"])
def test_key_that_is_no_text(text: str) -> None:
    """A list, a mapping or nothing as a key is an error; its value is left out."""
    text, at = marked(text)
    data, found = read_yaml("f.yaml", text)
    assert data == {"c": "d"}
    assert (only(found).rule, only(found).at) == ("yaml-key", at)


@pytest.mark.parametrize(
    ("text", "rule", "data"),
    [
        ("a: «*x", "yaml-alias", {"a": None}),
        ("a: «*foo bar", "yaml-alias", {}),
        ("a: «&x b", "yaml-alias", {"a": "b"}),
        ("a: «&x [b]", "yaml-alias", {"a": ["b"]}),
        ("<<: «*x\nb: c", "yaml-alias", {"<<": None, "b": "c"}),
        ("«*x : b\nc: d", "yaml-alias", {"c": "d"}),
        ("a: «!!python/object:os.system b", "yaml-tag", {"a": "b"}),
        ("a: «!important words", "yaml-tag", {"a": "words"}),
        ("a: «!!str null", "yaml-tag", {"a": None}),
        ("a: «! b", "yaml-tag", {"a": "b"}),
        ("a: «!!map {b: c}", "yaml-tag", {"a": {"b": "c"}}),
    ],
)
def test_aliases_and_tags_are_errors(text: str, rule: str, data: object) -> None:
    """What would repeat a value or give it a type is an error where it stands."""
    text, at = marked(text)
    found_data, found = read_yaml("f.yaml", text)
    assert (found_data, only(found).rule, only(found).at) == (data, rule, at)


def test_aliases_cannot_multiply() -> None:
    """A text that would expand a billionfold gives its errors and no more data than it holds."""
    lines = ["l0: &l0 [x, x]", *(f"l{n}: &l{n} [*l{n - 1}, *l{n - 1}]" for n in range(1, 40))]
    data, found = read_yaml("f", "\n".join(lines))
    assert data["l39"] == [None, None]
    assert {each.rule for each in found} == {"yaml-alias"}


@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("[? ", "]")]
)
def test_deep_nesting_is_an_error(opening: str, closing: str) -> None:
    """However deep a text nests, that is one error and never an exception."""
    text = f"a:\n  {opening * 100_000}x{closing * 100_000}"
    data, found = read_yaml("f", text)
    assert data == {}
    assert [each.rule for each in found if each.rule == "yaml-depth"] == ["yaml-depth"]


def test_forty_levels_are_allowed() -> None:
    """The outermost mapping and 39 lists are read, one more is not."""
    assert read_yaml("f", f"a: {'[' * 39}{']' * 39}")[1] == ()
    fault = fault_of(f"a: {'[' * 40}{']' * 40}")
    assert (fault.rule, fault.at.column) == ("yaml-depth", 43)


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x80", "\ufffe", "\ud800"])
def test_control_characters_are_errors(character: str) -> None:
    """A character that YAML cannot hold is named at its place."""
    text, at = marked(f"a: 😀\r\nb: x«{character}y\nc: d")
    fault = fault_of(text)
    assert (fault.rule, fault.at) == ("yaml-character", at)
    assert f"U+{ord(character):04X}" in fault.message


def test_escaped_control_character_is_an_error() -> None:
    """Also an escape cannot bring a control character into the data unseen."""
    fault = fault_of('a: "C:\\bin"')
    assert (fault.rule, fault.message) == (
        "yaml-character",
        "the value holds the control character U+0008",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("statement: The gates«: opened", '": " stands inside a value'),
        ("a:\n  - quote: He said«: no", '": " stands inside a value'),
        ("a: first words\n  and he said«: no", '": " stands inside the value that began above'),
        ("a: b\n  c«: d", '": " stands inside the value that began above'),
        ("statement«:words\ndate: x", 'a space is missing after ":"'),
        ("a: b\ndate«:2024\n", 'a space is missing after ":"'),
        ("a: b\nc: d\n«some words\ne: f", "this line has no key"),
        ("«some words\na: b", "this line has no key"),
        ("a:\n«\tb: c", "a tab stands in the indentation"),
        ("a:\n  b: c\n «\td: e", "a tab stands in the indentation"),
        ("a: |\n«\twords", "a tab stands in the indentation"),
        ("a: «'words\nb: c", "the quotation mark ' that opens here is never closed"),
        ('a: «"words\nb: c', 'the quotation mark " that opens here is never closed'),
        ("a: 'it'«s'", "more words follow the closing quotation mark"),
        ('quote: "We will" «he said\nb: c', "more words follow the closing quotation mark"),
        ('a: "C:\\new«\\q"', '"\\q" means nothing inside double quotes'),
        ('a: "C:«\\users"', '"\\u" means nothing inside double quotes'),
        ('a: "x «\\uD83D\\uDE00"', '"\\uD83D" is half a character'),
        ('a: "x «\\U0000dc00"', '"\\U0000dc00" is half a character'),
        ("a: «@home", 'a value cannot begin with "@"'),
        ("a: «`code`", 'a value cannot begin with "`"'),
        ("a: «%20", 'a value cannot begin with "%"'),
        ("a: «& more", 'a value cannot begin with "&"'),
        ("a: «**bold** words", 'a value cannot begin with "*"'),
        ("a: «* words", 'a value cannot begin with "*"'),
        ("a: «!x!y z", 'a value cannot begin with "!"'),
        ("a: «? why", 'a value cannot begin with "?"'),
        ("a: «, why", 'a value cannot begin with ","'),
        ("a: «] why", 'a value cannot begin with "]"'),
        ("a:\n  b: c\n «d: e", "this line fits neither the fields above nor their indentation"),
        ("a:\n  - b\n «- c", "this line fits neither the fields above nor their indentation"),
        ("  a: b\n«c: d", "this line fits neither the fields above nor their indentation"),
        ("a: b\n«- c", "this line fits neither the fields above nor their indentation"),
        ("a: «- b", "a list item cannot stand here"),
        ("a:\n  «-b\n  -c", 'a space is missing after "-"'),
        ("a:\n«-b", 'a space is missing after "-"'),
        ("a: «[b, c\nd: e", 'the "[" that opens here is never closed'),
        ("a: «{b: c\n", 'the "{" that opens here is never closed'),
        ('a: ["b" «"c"]', "a comma or a closing bracket is missing here"),
        ("a: {b: It «[x] c}", "a comma or a closing bracket is missing here"),
        ("a: {b: [c]«: d}", "a comma or a closing bracket is missing here"),
        ("a: {b: It«\n  c: d}", "a comma or a closing bracket is missing here"),
        ("a: [b,\n  c: [d]«\n  e: f]", "a comma or a closing bracket is missing here"),
        ("a: «{b: It\nc: d}", 'the "{" that opens here is never closed'),
        ("{a: He said«: yes}", '": " stands inside a value'),
        ("a:\n  - {b: It,\n     c: He said«: yes}", '": " stands inside a value'),
        ("a: [b: c«: d]", '": " stands inside a value'),
        ("a: {b: He said«:, c: d}", '":" stands at the end of a value'),
        ("a: {b«:}", '":" stands at the end of a value'),
        ("quote: [...] «he said", "more words follow the closing bracket"),
        ("a: [b]«]", "more words follow the closing bracket"),
        ("a: > «words\n  more", "nothing but a line break may follow `|` or `>`"),
        ("a: b\n«---\nc: d", "a second document begins here"),
        ("a: b\n«---\n", "a second document begins here"),
        ("a: one«\u2028two\nb: c", "the invisible character U+2028 breaks the line here"),
    ],
)
def test_common_mistakes_are_named_at_their_place(text: str, message: str) -> None:
    """A syntax error is told in an author's words, at the place to mend, with a way out."""
    text, at = marked(text)
    fault = fault_of(text)
    assert (fault.rule, fault.message, fault.at) == ("yaml-syntax", message, at)
    assert fault.help


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{a: He said: yes}", "put the value in quotes; before a field of its own write a comma"),
        ("a: {b: He said:}", "put the value in quotes; after a colon that ends a key"),
        ("{a: b\n c: d}", "write it; or put the value in quotes"),
        ('{a: "He" said}', "write it, if a value of its own follows; else put the mark after"),
        ("a: 'The council's gauge'", "or put the words on the lines below after `|`"),
    ],
)
def test_way_out_of_brackets_is_one_that_can_be_gone(text: str, words: str) -> None:
    """Between brackets a value is put in quotes or ended by a comma; no block can stand there."""
    help_ = fault_of(text).help
    assert words in help_
    assert ("`|`" in help_) is (text[-1] not in "}]")


def test_a_character_in_two_halves_is_told_how_it_is_written_whole() -> None:
    """JSON writes what is beyond U+FFFF as two escapes; YAML has one for it."""
    help_ = "write the character itself"
    assert fault_of(r'a: "\ud83d\ude00"').help == f"{help_}, or `\\U0001F600`"
    assert fault_of(r'a: "\ud83d."').help == f"{help_}, or the whole of it as in `\\U0001F600`"


def test_hyphen_in_a_value_is_no_mistake() -> None:
    """Negative numbers and words with a hyphen on the line of their key are text."""
    text = "longitude: -77.03\nquote: -ish\nlist:\n  - -5\n"
    assert read_yaml("f", text) == ({"longitude": "-77.03", "quote": "-ish", "list": ["-5"]}, ())


@pytest.mark.parametrize(
    ("text", "closed"),
    [('a: "x\nb: "y"\n', (2, 4)), ('a: "x\nb:\n# c: d  # as in "y".\n', (3, 17))],
)
def test_quotation_that_closes_lines_below_is_shown_where_it_opens(
    text: str, closed: tuple[int, int]
) -> None:
    """Where a forgotten mark is closed by another field's or a comment's, the first is shown."""
    fault = fault_of(text)
    assert fault.message == 'the quotation mark " that opens here is not closed on its line'
    assert fault.at == Location("f.yaml", 1, 4)
    word = "this mark closes it, and more words follow"
    assert fault.related == ((Location("f.yaml", *closed), word),)


def test_one_mistake_is_one_diagnostic() -> None:
    """A syntax error that a reported alias causes is not reported again; other errors are."""
    assert [each.rule for each in read_yaml("f", "a: *x y\n")[1]] == ["yaml-alias"]
    found = read_yaml("f", "a: !x y\nb: 1\nb: 2\nc: d: e\n")[1]
    assert [each.rule for each in found] == ["yaml-tag", "repeated-key", "yaml-syntax"]


def test_python_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without libyaml the data, the rules and the places are the same."""
    texts = [
        "a: 😀 x\nb: ~\nc: |\n  d\ne: ''\n",
        "\ufeffa: b\r\nc:\r\n  - d: e\r\n",
        "a: 1\na: 2\n",
        "a: *x\nb: !y z\n",
        "a: b: c\n",
        "a: 'b\n",
        "a: [b\nc: d\n",
        "a: {b: c: d}\n",
        "a: {b: c:}\n",
        "a: @b\n",
        "a: b\n---\nc: d\n",
        "a: \0\n",
        "a:\n  b: c\n d: e\n",
    ]
    with_c = [read_yaml("f", text) for text in texts]
    monkeypatch.setattr(parsing, "Loader", yaml.BaseLoader)
    assert [read_yaml("f", text) for text in texts] == with_c


PLACES = """\
statement: The gates were opened.
"empty":
actors: [ada, 'bo b']
evidence:
  - source: herald
    quote: |

      The valves were opened
      at noon.
  - source: 😀 tribune
    translation: {text: Die
      Ventile, by: person}
last: x
"""


@pytest.mark.parametrize(
    ("field", "place", "key_place"),
    [
        ((), (1, 1), (1, 1)),
        (("statement",), (1, 12), (1, 1)),
        (("empty",), (2, 9), (2, 1)),
        (("actors",), (3, 9), (3, 1)),
        (("actors", 0), (3, 10), (3, 10)),
        (("actors", 1), (3, 15), (3, 15)),
        (("evidence",), (5, 3), (4, 1)),
        (("evidence", 0), (5, 5), (5, 5)),
        (("evidence", 0, "quote"), (8, 7), (6, 5)),
        (("evidence", 1, "source"), (10, 13), (10, 5)),
        (("evidence", 1, "translation", "text"), (11, 25), (11, 19)),
        (("evidence", 1, "translation", "by"), (12, 20), (12, 16)),
        (("last",), (13, 7), (13, 1)),
        (("missing",), (1, 1), (1, 1)),
        (("evidence", 1, "missing", 3), (10, 5), (10, 5)),
        (("evidence", 9, "quote"), (5, 3), (5, 3)),
        (("statement", "below"), (1, 12), (1, 12)),
        (("evidence", "0"), (5, 3), (5, 3)),
    ],
)
def test_places_of_fields(
    field: tuple[str | int, ...], place: tuple[int, int], key_place: tuple[int, int]
) -> None:
    """A field's place is its value's first character, a missing field's its nearest parent's."""
    locations = Locations("f", PLACES)
    assert locations.at(*field) == Location("f", *place)
    assert locations.at_key(*field) == Location("f", *key_place)


def test_places_count_from_the_first_line() -> None:
    """Front matter's places are lines of the whole file."""
    locations = Locations("f", "\na: b\n", 7)
    assert (locations.at("a"), locations.at_key("a")) == (Location("f", 8, 4), Location("f", 8, 1))


def test_text_that_is_put_away_is_brought_when_a_place_is_asked_for() -> None:
    """One with what may be a comment is looked at in any case, and stays."""
    texts = {"f": "\na: b\n", "g": "a: b #c\n"}
    asked: list[str] = []

    def bring(path: str) -> str:
        asked.append(path)
        return texts[path]

    away, stays = (Locations(path, text, 7).put_away(bring) for path, text in texts.items())
    assert (away.may_have_comments(), stays.may_have_comments()) == (False, True)
    assert stays.text == texts["g"]
    assert asked == []
    assert away.at("a") == Location("f", 8, 4)
    assert pickle.loads(pickle.dumps(away)) == Locations("f", texts["f"], 7)


@pytest.mark.parametrize("text", ["", "a: 'b", "a: \0", "\ufeff", "# c"])
def test_places_of_a_broken_text(text: str) -> None:
    """Where nothing could be read every place is the start."""
    locations = Locations("f", text, 3)
    at = {
        locations.at("a", 0),
        locations.at_key("a"),
        locations.at_text(("a",), "b"),
        locations.at(),
    }
    assert at == {Location("f", 3, 1)}


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  «words",
        "a: |2-\n    «words",
        "a: > # why\n\n\n  «words",
        "a: «|\n\nb: c",
        "a: |\r\n  «words\r\n",
        "a: |\r  «words\r",
        "é😀: x\n'😀': y\na: «😀\n",
        "b: '😀\u2028 c'\na: «x",
    ],
)
def test_place_of_a_block_is_its_first_word(text: str) -> None:
    """In a block the place is below the sign, in lines as editors count and in characters."""
    text, at = marked(text)
    assert Locations("f.yaml", text).at("a") == at


def test_byte_order_mark_takes_no_column() -> None:
    """A leading byte order mark is no character of the first line."""
    assert Locations("f", "\ufeffa: b").at("a") == Location("f", 1, 4)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: see «[[ada]] and", "[[ada]]"),
        ("a: one\n  two «three\n  four", "three four"),
        ("a: 'it''s «Ada''s word'", "Ada's word"),
        ('a: "say \\"«Hi \\u00e9\\x21\\U0001F600\\" x"', "Hi é!😀"),
        ('a: "one\\\n    «two"', "two"),
        ('a: "one «tw\\\n    o\\nthree"', "two three"),
        ("a: |\n  one\n\n  [[b]] «[[c\n  d]]\n", "[[c\nd]]"),
        ("a: >-\n  one\n  two\n\n  thr «four\n  five", "four five"),
        ("a: >2\n   «one\n", "one"),
        ("a: |\r\n  one\r\n  «two\r\n", "two"),
        ("a: 😀😀 «x", "x"),
        ("a: «one one", " one "),
        ("a: «one", "missing"),
        ("a: «one", " \n"),
    ],
)
def test_words_inside_a_field(text: str, words: str) -> None:
    """Words of a value are found in its raw text, or else the value's place is given."""
    text, at = marked(text)
    assert Locations("f.yaml", text).at_text(("a",), words) == at


def test_words_of_a_field_that_holds_no_text() -> None:
    """Of a list or a missing field the place is as without words."""
    locations = Locations("f", "a:\n  - b\n")
    assert locations.at_text(("a",), "b") == locations.at("a") == Location("f", 2, 3)
    assert locations.at_text(("c",), "b") == Location("f", 1, 1)


@pytest.mark.parametrize(
    ("text", "yaml_first_line", "body", "body_first_line"),
    [
        ("---\ntitle: A\n---\nBody\n", 1, "Body\n", 4),
        ("---\r\ntitle: A\r\n---\r\n\r\nBody\r\n", 1, "\r\nBody\r\n", 4),
        ("\ufeff---\ntitle: A\n---\n\n\n  Body  \n\n", 1, "\n\n  Body  \n\n", 4),
        ("---\n\n\ntitle: A\n---\nBody", 3, "Body", 6),
        ("--- \ntitle: A\n----  \nBody\n---\nmore\n---\n", 1, "Body\n---\nmore\n---\n", 4),
        ("---\ntitle: A\n---", 1, "", 4),
        ("---\ntitle: A\n---\n", 1, "", 4),
    ],
)
def test_front_matter_and_body(
    text: str, yaml_first_line: int, body: str, body_first_line: int
) -> None:
    """The body is what follows the closing line, to the character, and both know their line."""
    page, found = split_front_matter("p.md", text)
    assert found == ()
    assert (page.body, page.body_first_line) == (body, body_first_line)
    assert page.yaml_first_line == yaml_first_line
    data, faults = read_yaml("p.md", page.yaml_text, page.yaml_first_line)
    assert (data, faults) == ({"title": "A"}, ())
    title = Locations("p.md", page.yaml_text, page.yaml_first_line).at("title")
    shown = text.removeprefix("\ufeff").splitlines()[title.line - 1][title.column - 1 :]
    assert shown == "A"


@pytest.mark.parametrize("text", ["Body\n---\nmore\n---\n", "", " ---\na: b\n---\n", "# T\n"])
def test_page_without_front_matter(text: str) -> None:
    """A page that does not open with hyphens is all body."""
    assert split_front_matter("p.md", text) == (FrontMatter("", 1, text, 1), ())


@pytest.mark.parametrize("text", ["---\ntitle: A\n\nBody\n", "---", "\ufeff---\r\n --- \r\n"])
def test_unclosed_front_matter(text: str) -> None:
    """Front matter without an end is an error at its start, and nothing of it is taken for body."""
    page, found = split_front_matter("p.md", text)
    assert page == FrontMatter("", 1, "", 1)
    assert (only(found).rule, only(found).at) == ("front-matter-unclosed", Location("p.md"))
