"""From data to notes: what is accepted, what is said of the rest, and what the schemas say."""

from __future__ import annotations

import json
import pickle

import jsonschema
import pytest
from pydantic import BaseModel

from sitegen.diagnostics import Diagnostic, Location
from sitegen.kinds import Kind
from sitegen.note_models import MODELS
from sitegen.notes import (
    LONGEST_NAME,
    Actor,
    Claim,
    Event,
    Measure,
    Note,
    Place,
    Question,
    SiteSettings,
    Source,
)
from sitegen.schema import RULES, json_schema, schema_files, validate, validate_in_part
from sitegen.yaml_nodes import Locations, read_yaml, value_at

EVIDENCE = "evidence: [{source: herald, quote: It rained}]\n"


def read(model: type[BaseModel], text: str) -> tuple[BaseModel | None, tuple[Diagnostic, ...]]:
    """Return what a YAML text is as a note of one kind."""
    data, faults = read_yaml("f.yaml", text)
    assert faults == ()
    return validate(model, data, Locations("f.yaml", text))


def faults_of(model: type[BaseModel], text: str) -> list[tuple[int, int, str]]:
    """Return line, column and rule of all that is wrong with a text, in order."""
    return sorted((each.at.line, each.at.column, each.rule) for each in read(model, text)[1])


def only(model: type[BaseModel], text: str) -> Diagnostic:
    """Return the one thing that is wrong with a text."""
    (fault,) = read(model, text)[1]
    return fault


def test_smallest_notes_are_accepted() -> None:
    """What the content model marks as required is all that a note needs."""
    smallest = {
        Kind.SOURCE: "title: Rain\n",
        Kind.CLAIM: f"statement: It rained.\n{EVIDENCE}",
        Kind.EVENT: "title: Rain\ndate: 2024-06-17\n",
        Kind.ACTOR: "name: The mayor\n",
        Kind.PLACE: "name: The gauge\n",
        Kind.QUESTION: "question: Why?\n",
        Kind.MEASURE: "title: Rainfall\nunit: millimetres\n",
        Kind.CORRECTION: "date: 2024\nwas: dry\nnow: wet\n",
        Kind.PAGE: "title: Rain\n",
    }
    for kind, text in smallest.items():
        note, faults = read(MODELS[kind], text)
        assert isinstance(note, Note)
        assert faults == ()
        for line in text.splitlines():
            shorter = text.replace(f"{line}\n", "") or "draft: true\n"
            assert [rule for _, _, rule in faults_of(MODELS[kind], shorter)] == ["missing-field"]


def test_every_field_of_a_claim_is_read() -> None:
    """The values arrive as the types of the content model."""
    text = f"""\
statement: " It rained. "
kind: estimate
draft: yes
date: 2024-06?
{EVIDENCE}quantity: {{measure: rainfall, min: 12, max: 14.5, qualifier: about, as_of: 2024}}
relations: [{{type: same-as, claim: b, why: It is.}}]
assessment: {{verdict: likely, gaps: [When it ended.]}}
history: [{{date: 2024, from: likely, to: confirmed, why: It was seen.}}]
allow: [{{rule: orphan-note, why: It is new.}}]
"""
    claim, faults = read(Claim, text)
    assert faults == ()
    assert isinstance(claim, Claim)
    assert (claim.statement, claim.kind, claim.draft) == ("It rained.", "estimate", True)
    assert claim.date is not None
    assert claim.date.text == "2024-06?"
    assert claim.evidence[0].stance == "supports"
    assert claim.quantity is not None
    assert (claim.quantity.value, claim.quantity.min, claim.quantity.max) == (None, 12.0, 14.5)
    assert claim.history[0].from_ == "likely"
    assert claim.assessment is not None
    assert (claim.assessment.gaps, claim.assessment.confidence) == (("When it ended.",), None)


def test_empty_field_counts_as_absent() -> None:
    """A key without a value means the default, wherever it stands."""
    note, faults = read(Claim, f"statement: It rained.\n{EVIDENCE}kind:\nactors: ~\nquantity:\n")
    assert faults == ()
    assert isinstance(note, Claim)
    assert (note.kind, note.actors, note.quantity) == ("fact", (), None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"statment: It rained.\n{EVIDENCE}", (1, 1, "unknown-field")),
        ("statement: It rained.\nquote: It rained\n", (2, 1, "unknown-field")),
        ("statement: It rained.\nevidence: [{qoute: a, source: b}]\n", (2, 13, "unknown-field")),
        ("statement: It rained.\nevidence: [{herald: a}]\n", (2, 13, "unknown-field")),
        (f"statement: a\n{EVIDENCE}relations: [{{refines: b}}]\n", (3, 14, "unknown-field")),
        ("statement: a\nevidence: [{source: B, quote: c}]\n", (2, 21, "invalid-value")),
    ],
)
def test_one_mistake_is_reported_once(text: str, fault: tuple[int, int, str]) -> None:
    """A field under a wrong name is not missing too, nor a list with a faulty entry too short."""
    assert faults_of(Claim, text) == [fault]


@pytest.mark.parametrize(
    ("lines", "help_"),
    [
        ("claim: It rained.", 'did you mean "statement"?'),
        ("statement: It rained.\nclaim: snow", "it belongs below `relations`"),
    ],
)
def test_field_that_is_needed_comes_before_one_further_down(lines: str, help_: str) -> None:
    """A name that may stand for a missing field is taken for it, and no field for missing twice."""
    text = f"{lines}\nevidence:\n  - source: a\n    quote: b\n"
    data, _ = read_yaml("f", text)
    _, faults = validate(Claim, data, Locations("f", text))
    assert [(each.rule, each.help) for each in faults] == [("unknown-field", help_)]


@pytest.mark.parametrize(
    ("model", "text", "help_"),
    [
        (Claim, "Kind: fact", 'did you mean "kind"?'),
        (Claim, "asserted-by: [x]", 'did you mean "asserted_by"?'),
        (Claim, "ID: rain", "take it out: the id of a note is the name of its file"),
        (Claim, "confidence: high", "it belongs below `assessment`"),
        (Claim, "Confidence: high", 'did you mean "confidence"? It belongs below `assessment`'),
        (Claim, "confidense: high", 'did you mean "confidence"? It belongs below `assessment`'),
        (Claim, "by: machine", "it belongs below `translation` of `evidence`"),
        (Claim, "history: [{why: a, date: 2024, measure: b}]",
         "it belongs below `quantity`, not below `history`"),
        (Claim, "history: [{why: a, date: 2024, Tags: b}]",
         'did you mean "tags"? It belongs to the note itself, not below `history`'),
        (Claim, "Contradicts: other", "known here: "),
        (Claim, "relations: [{Contradicts: other}]",
         "write `type: contradicts` and `claim: other`"),
        (Event, "confidence: high",
         "it belongs to claims and questions, below `assessment`; known here: title, "),
        (Measure, "summary: So.", "it belongs to sources, events, actors, places and pages; known"),
        (SiteSettings, "Titel: Rain", 'did you mean "title"?'),
    ],
)  # fmt: skip
def test_name_of_an_unknown_field_is_led_home(
    model: type[BaseModel], text: str, help_: str
) -> None:
    """Other letters come first, then other levels of the note, then what is spelt like it."""
    data, _ = read_yaml("f", text)
    _, faults = validate(model, data, Locations("f", text))
    (found,) = [each for each in faults if each.rule == "unknown-field"]
    assert found.help.startswith(help_)


def test_field_that_is_needed_is_missing_beside_one_that_belongs_elsewhere() -> None:
    """Only what the name may mean here counts as written."""
    text = "statement: It rained.\nConfidence: high\n"
    assert faults_of(Claim, text) == [(1, 1, "missing-field"), (2, 1, "unknown-field")]
    assert faults_of(Claim, f"Statement: It rained.\n{EVIDENCE}") == [(1, 1, "unknown-field")]


def test_fault_beside_an_unknown_field_is_kept() -> None:
    """A field that is written and wrong is reported, also if an unknown one may mean it."""
    text = f"statement: a\ntype: fact\nkind: Fact\n{EVIDENCE}"
    assert faults_of(Claim, text) == [(2, 1, "unknown-field"), (3, 7, "invalid-value")]


def test_all_faults_of_a_note_are_reported() -> None:
    """One run tells everything that is wrong with the fields of a note."""
    text = "statement: [a]\nkind: b\ndate: c\nevidence: []\nactors: d\ncolour: e\n"
    assert faults_of(Claim, text) == [
        (1, 12, "wrong-type"),
        (2, 7, "invalid-value"),
        (3, 7, "invalid-date"),
        (4, 11, "missing-field"),
        (5, 9, "wrong-type"),
        (6, 1, "unknown-field"),
    ]


def test_place_counts_lines_of_the_file() -> None:
    """Front matter has its faults at the lines of the page."""
    text = "title: Rain\norder: first\n"
    data, _ = read_yaml("p.md", text, 2)
    _, (fault,) = validate(MODELS[Kind.PAGE], data, Locations("p.md", text, 2))
    assert fault.at == Location("p.md", 3, 8)


def test_sound_part_of_a_faulty_note_is_kept() -> None:
    """What can be used of a note is returned beside its faults, so that more can be found."""
    text = """\
statement: It rained.
kind: Fact
evidence:
  - {source: herald, quote: It rained, stance: suports}
  - {source: mail, quote: It did}
  - {source: post}
  - {source: sun, quote: It rained}
actors: [mayor, The Council, clerk]
quantity: {measure: rainfall}
colour: blue
"""
    claim, faults = read(Claim, text)
    assert len(faults) == 6
    assert isinstance(claim, Claim)
    assert (claim.kind, claim.quantity) == ("fact", None)
    assert [each.source for each in claim.evidence] == ["herald", "mail", "sun"]
    assert claim.evidence[0].stance == "supports"
    assert claim.actors == ("mayor", "clerk")


@pytest.mark.parametrize("model", MODELS.values())
def test_something_stands_in_for_what_makes_a_note_one(model: type[BaseModel]) -> None:
    """The rest of a note without a needed field is looked at, and no entry is made up for it."""
    note, faults = read(model, "aliases: [was-so]\n")
    assert isinstance(note, Note)
    assert note.aliases == ("was-so",)
    assert {each.rule for each in faults} == {"missing-field"}
    assert not getattr(note, "evidence", ())


def test_what_may_be_a_draft_is_none() -> None:
    """Of a note that says in no clear words whether it is a draft nothing is used."""
    note, (fault,) = read(Claim, f"statement: a\ndraft: b\n{EVIDENCE}")
    assert note is None
    assert fault.rule == "invalid-value"


IN_PART = """\
staement: It rained.
evidence:
  - source: herald
  - source: mail
    quoet: It did
    origins: [A B, clerk]
  - {}
  - source: [post]
    quote: It was wet
  - source: sun
    quote: It rained
"""


def test_fields_of_what_is_left_of_a_note_are_where_they_are_written() -> None:
    """Entries count anew and names are put right, and yet every place is that in the file."""
    data, _ = read_yaml("f.yaml", IN_PART)
    claim, _, locations = validate_in_part(Claim, data, Locations("f.yaml", IN_PART))
    assert isinstance(claim, Claim)
    assert claim.statement == "It rained."
    assert [(each.source, each.quote) for each in claim.evidence] == [
        ("mail", "It did"),
        ("sun", "It rained"),
    ]
    assert claim.evidence[0].origins == ("clerk",)
    for found in (
        locations,
        pickle.loads(pickle.dumps(locations)),
        locations.put_away(lambda _: IN_PART),
    ):
        assert found.at("statement") == Location("f.yaml", 1, 11)
        assert found.at("evidence", 0, "quote") == Location("f.yaml", 5, 12)
        assert found.at_key("evidence", 0, "quote") == Location("f.yaml", 5, 5)
        assert found.at_text(("evidence", 0, "quote"), "did") == Location("f.yaml", 5, 15)
        assert found.at("evidence", 0, "origins", 0) == Location("f.yaml", 6, 20)
        assert found.at("evidence", 1, "quote") == Location("f.yaml", 11, 12)


@pytest.mark.parametrize(
    ("model", "text", "found"),
    [
        # The rules over several fields of a group come to their turn once the others are out.
        (Place, "name: a\nlatitude: 5\ncountry: [b]\n",
         [(2, 11, "invalid-value"), (3, 10, "wrong-type")]),
        (Claim, f"statement: a\n{EVIDENCE}quantity: {{measure: b, min: 2, max: 1, colour: c}}\n",
         [(3, 29, "invalid-value"), (3, 40, "unknown-field")]),
        # So do fields below a name that is put right.
        (Claim, "statement: a\nevidnce: [{sorce: b, quote: c, stanse: d, basis: e}]\n",
         [(2, 1, "unknown-field"), (2, 12, "unknown-field"), (2, 32, "unknown-field"),
          (2, 50, "invalid-value")]),
        # What is wrong only because a faulty field was taken out is nobody's mistake.
        (Place, "name: a\nlatitude: 95\nlongitude: 3\n", [(2, 11, "invalid-value")]),
        (Place, "name: a\nlattitude: 5\nlongitude: 3\n", [(2, 1, "unknown-field")]),
        (Claim, f"statement: a\n{EVIDENCE}quantity: {{measure: b, vlaue: 2}}\n",
         [(3, 24, "unknown-field")]),
        (Claim, f"statement: a\n{EVIDENCE}quantity: {{measure: b, max: many}}\n",
         [(3, 29, "invalid-value")]),
        (Claim, "statement: [a]\nevidence: [{source: b}]\n",
         [(1, 12, "wrong-type"), (2, 12, "missing-field")]),
        # A name that two needed fields may have is put right for neither.
        (Claim, f"statement: a\n{EVIDENCE}relations: [{{contradicts: b}}]\n",
         [(3, 14, "unknown-field")]),
    ],
)  # fmt: skip
def test_one_mistake_hides_no_other(
    model: type[BaseModel], text: str, found: list[tuple[int, int, str]]
) -> None:
    """All mistakes of a note are told at once, and none that is not the author's."""
    assert faults_of(model, text) == found


@pytest.mark.parametrize(
    ("model", "line", "help_"),
    [
        (Actor, "name: a\nmember_of: [City Council]", 'write "city-council"'),
        (Actor, "name: a\nmember_of: [Kraków.yaml]", 'write "krakow"'),
        (Actor, "name: a\nmember_of: [雨]", "ids have lower-case ASCII"),
        (Actor, f"name: a\nmember_of: [{'a' * 81}]", "at most 80 characters, this has 81"),
        (Actor, "name: a\nwikidata: q42", "write Q42"),
        (Actor, "name: a\nkind: Person", 'did you mean "person"?'),
        (Source, "title: a\nurl: example.org/a", "write https://example.org/a"),
        (Source, "title: a\nurl: https://example.org/a b", "%20"),
        (Source, "title: a\nurl: mailto:a@example.org", "begins with https://"),
        (Source, f"title: a\nurl: https://example.org/{'a' * 4000}", "write a shorter one"),
        (Event, f"title: {'a' * (LONGEST_NAME + 1)}\ndate: 2024", "write a shorter one"),
        (Source, f"title: a\nlanguage: en{'-latn' * 20}", "write a shorter one"),
        (Source, "title: a\nlanguage: zh_Hans", "write zh-Hans"),
        (Source, "title: a\nlanguage: English", "such as en"),
        (Source, f"title: a\nsha256: {'A' * 64}", "lower case"),
        (Source, "title: a\norigins: [news:reuters]", "`actor:` and `source:`"),
        (Place, "name: a\nlatitude: 51°N\nlongitude: 3", "degrees as in 51.48"),
        (
            Claim,
            f"statement: a\n{EVIDENCE}quantity: {{measure: b, value: 12,000}}",
            "write that without separators: in {…} a comma ends it",
        ),
        (Place, "name: a\nlatitude: 91\nlongitude: 3", "from -90 up to 90"),
        (Place, "name: a\nlatitude: 51\nlongitude: -181", "from -180 up to 180"),
        (Place, "name: a\nlongitude: 3", "give both, or neither"),
        (Event, "title: a\ndate: 17 June 2024", '"2024-06-17"'),
        (Event, "title: a\ndate: [2024]", "write one date"),
        (Question, "question: a\nanswers: [it-rained]", "write `claim: it-rained`"),
        (Question, "question: a\nanswers: {claim: b}", 'put "- " before its first field'),
        (Question, "question: a\nassessment: [{verdict: likely}]", 'take the "- " out'),
        (Question, "question: a\nindicators: clouds", "write [clouds]"),
        (Question, 'question: a\nindicators: "one: two"', "on a line of its own"),
        (Question, "question: a\nwhy: {b: c}", 'if it holds ": ", put it in quotes'),
        (SiteSettings, "title: a\npublication: {rights: All}", "one of: full, excerpts, none"),
        (SiteSettings, "title: a\npublication: {max_quoted_share: 120}", "from 0 up to 100"),
    ],
)
def test_help_says_what_to_write(model: type[BaseModel], line: str, help_: str) -> None:
    """The help of a fault has the value that is probably meant, or the form that is."""
    assert help_ in only(model, f"{line}\n").help


@pytest.mark.parametrize(
    ("written", "help_"),
    [
        ("23_000_000", "write 23000000"),
        ("1_0", "write digits only; words belong in `wording`, units in the measure"),
        ("12,000", "write 12000"),
        ("1,234,567.5", "write 1234567.5"),
        ("1.234.567", "write 1234567"),
        ("12 000", "write 12000"),
        ("12\u00a0000", "write 12000"),
        ("12'000", "write 12000"),
        ("3,5", "write 3.5"),
        ("-3,5", "write -3.5"),
        ("about 12", "write digits only; words belong in `wording`"),
        ("12%", "write digits only"),
        ("²", "write digits only"),
        ("nan", "write digits only"),
        ("1e999", "write digits only"),
    ],
)
def test_numbers_are_shown_as_they_must_be_written(written: str, help_: str) -> None:
    """Separators are taken out of a number, but no decimal comma is taken for one."""
    text = f'statement: a\n{EVIDENCE}quantity: {{measure: b, value: "{written}"}}\n'
    fault = only(Claim, text)
    assert fault.message == f'value: "{" ".join(written.split())}" is not a number'
    assert fault.help.startswith(help_)
    assert (fault.at.line, fault.at.column) == (3, 31)


@pytest.mark.parametrize(
    ("model", "field", "rest"),
    [
        (Source, "title", ""),
        (Source, "publisher", "title: a\n"),
        (Claim, "statement", EVIDENCE),
        (Event, "title", "date: 2024\n"),
        (Actor, "name", ""),
        (Place, "name", ""),
        (Question, "question", ""),
        (Measure, "title", "unit: men\n"),
        (Measure, "unit", "title: a\n"),
        (SiteSettings, "title", ""),
    ],
)
def test_what_other_pages_repeat_has_a_longest_length(
    model: type[BaseModel], field: str, rest: str
) -> None:
    """A name may have so many characters, and one more is a fault that gives both numbers."""
    assert not faults_of(model, f"{field}: {'a' * LONGEST_NAME}\n{rest}")
    fault = only(model, f"{field}: {'a' * (LONGEST_NAME + 1)}\n{rest}")
    assert fault.rule == "invalid-value"
    assert fault.message == f"{field}: this has 1001 characters, and at most 1000 may stand here"


def test_long_values_are_cut_in_messages() -> None:
    """A message quotes at most sixty characters, on one line."""
    fault = only(Claim, f'statement: a\nkind: "{"very long " * 50}"\n{EVIDENCE}')
    assert len(fault.message) < 120
    assert "…" in fault.message


def test_value_at_follows_a_path() -> None:
    """A path leads through groups and lists, or to nothing."""
    data, _ = read_yaml("f", "a: [{b: c}, d]\n")
    assert value_at(data, ("a", 0, "b")) == "c"
    assert value_at(data, ("a", 1, "b")) is None
    assert value_at(data, ("a", 9)) is None
    assert value_at(data, ("x", "y")) is None


def test_schema_per_kind_is_written() -> None:
    """Each kind of note and site.yaml has a schema that is one, under its own name."""
    files = schema_files()
    assert set(files) == {f"{name}.schema.json" for name in ("site", *Kind)}
    for content in files.values():
        assert content.endswith(b"}\n")
        jsonschema.Draft202012Validator.check_schema(json.loads(content))


def test_schema_and_models_agree() -> None:
    """An editor that knows the schema accepts and refuses the same notes."""
    check = jsonschema.Draft202012Validator(json_schema(Kind.CLAIM))
    sound = {
        "statement": "It rained.",
        "evidence": [{"source": "herald", "quote": "It rained"}],
        "history": [{"date": "2024", "from": "likely", "why": "It was seen."}],
    }
    assert check.is_valid(sound)
    assert not check.is_valid({**sound, "evidence": []})
    assert not check.is_valid({**sound, "colour": "blue"})
    assert not check.is_valid({**sound, "actors": ["The Mayor"]})
    assert not check.is_valid({**sound, "kind": "Fact"})


def test_every_rule_here_is_in_the_manual() -> None:
    """The manual holds the five ways in which a field can be wrong."""
    assert set(RULES) == {
        "missing-field",
        "unknown-field",
        "invalid-value",
        "wrong-type",
        "invalid-date",
    }
