"""Notes as tables: how they look, and what is said of a row that is wrong."""

from __future__ import annotations

import pytest

from sitegen.authoring.exchange.note_tables import notes_of_table, table_of
from sitegen.authoring.refusals import Refused
from sitegen.kinds import Kind
from sitegen.notes import Claim, Evidence


def faults_of(text: str, kind: Kind = Kind.CLAIM) -> list[str]:
    """Return what is wrong with a table, each with its line."""
    notes, faults = notes_of_table(kind, "t.csv", text)
    assert not (notes and faults and len(text.splitlines()) == 2)
    return [f"{each.at.line}: {each.message}" for each in faults]


def test_columns_are_the_fields_in_their_order() -> None:
    """Groups have a column for each part, lists of values one; what no note has is left out."""
    note = Claim(
        statement='It "rained"',
        evidence=(Evidence(source="a", quote="=1+1", origins=()), Evidence(source="b", quote="y")),
        actors=("kim", "lee"),
        tags=("a; b",),
    )
    assert table_of(Kind.CLAIM, {"rain": note}) == (
        "id,statement,evidence.1.source,evidence.1.quote,evidence.1.origins,evidence.2.source,"
        "evidence.2.quote,actors,tags.1\r\n"
        'rain,"It ""rained""",a,\'=1+1,[],b,y,kim; lee,a; b\r\n'
    )


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_spreadsheets_may_put_any_sign_between_cells(sign: str) -> None:
    """Commas, semicolons and tabs are told apart by the first row; empty rows are none."""
    rows = [["id", "name", "kind"], ["kim", "Kim", "person"], ["", "", ""]]
    text = "\r\n".join(sign.join(row) for row in rows)
    (note,), faults = notes_of_table(Kind.ACTOR, "t.csv", text)
    assert faults == ()
    assert note.text == "name: Kim\nkind: person\n"


def test_entries_without_cells_do_not_count() -> None:
    """The first that is filled in becomes the first, and a fault in it names its own column."""
    text = "id,statement,evidence.2.source,evidence.2.quote,evidence.9.source\nx,s,a,b,\n"
    (note,), _ = notes_of_table(Kind.CLAIM, "t.csv", text)
    assert "evidence:\n  - source: a\n    quote: b\n" in note.text
    assert faults_of(text.replace("a,b,", "A B,b,"))[0].startswith('2: column "evidence.2.source":')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id,statment\nx,y", 'column 2, "statment": there is no field "statment"'),
        ("id,evidence\nx,y", 'column 2, "evidence": "evidence" holds groups of fields'),
        ("id,evidence.0.quote\n", "entries are counted from 1 to 100,000"),
        ("id,statement.1\n", '"statement" has no parts'),
        ("id,evidence.quote\n", '"evidence" has no parts'),
        ("id,date,date\n", 'column 3, "date", gives what another one gives'),
        ("id,tags.1,tags\n", 'column 3, "tags", gives what another one gives'),
        ("statement\n", 'no column is "id"'),
    ],
)
def test_wrong_column_is_told_once_for_all_rows(text: str, expected: str) -> None:
    """The fault is in the first row, and no note is made."""
    found = faults_of(text)
    assert any(each.startswith("1: ") and expected in each for each in found)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("x,s,fcat,2024,a,b", '2: column "kind": kind: "fcat"'),
        ("x,s,,2024-13,a,b", '2: column "date": date: there is no month 13'),
        ("x,,,,a,b", '2: beside column "evidence.1.source": '),
        ("x,s,,,a,", '2: beside column "evidence.1.source": the field "quote" is missing'),
        (",s,,,a,b", "2: this row has no id"),
        ("X Y,s,,,a,b", '2: column "id": "X Y" cannot be an id'),
        ("x,s,,,a,b,c", "2: this row has 7 cells, the first row names 6 columns"),
        ("x,s\x07,,,a,b", "2: the fields of a note cannot be written"),
    ],
)
def test_wrong_cell_is_told_with_its_line_and_column(row: str, expected: str) -> None:
    """Each fault of a row is told at its column; a row that is wrong gives no note."""
    text = f"id,statement,kind,date,evidence.1.source,evidence.1.quote\n{row}\n"
    if row.startswith("x,,"):
        expected = '2: the field "statement" is missing'
    assert any(each.startswith(expected) for each in faults_of(text))


def test_line_is_where_the_row_begins() -> None:
    """Cells may go over several lines."""
    text = 'id,name,kind\na,"one\ntwo",\nb,B,robot\n'
    assert faults_of(text, Kind.ACTOR)[0].startswith('4: column "kind"')


@pytest.mark.parametrize("text", ["", 'id,name\na,"b\n', 'id,name\na,"b"c\n'])
def test_what_is_no_table_is_refused(text: str) -> None:
    """A quotation mark that is never closed is found on its row."""
    with pytest.raises(Refused, match=r"t\.csv") as refused:
        notes_of_table(Kind.ACTOR, "t.csv", text)
    assert refused.value.help
