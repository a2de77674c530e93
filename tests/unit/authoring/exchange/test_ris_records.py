"""Records in RIS."""

from __future__ import annotations

import pytest

from sitegen.authoring.exchange.ris_records import records_of_ris
from sitegen.authoring.refusals import Refused

RECORD = """\ufeffTY  - NEWS\r
ID  - rain\r
TI  - Rain\r
   again\r
AU  - Berg, Bo\r
AU  - Lindqvist, Jr., Ada\r
AU  - The Herald, Ltd.,\r
T2  - Herald\r
PB  - Herald House\r
DA  - 2025/03/04/\r
PY  - 2025\r
Y2  - 2025/6\r
UR  - https://example.org/a\r
UR  - https://example.org/b\r
KW  - weather\r
KW  - rain\r
SP  - 1\r
ER  - \r
"""


def test_record_gives_what_a_source_note_has() -> None:
    """A line without a tag goes on with the value before; all that is left over is told."""
    (record,), faults = records_of_ris("x.ris", RECORD)
    assert faults == ()
    assert (record.number, record.key, record.line) == (1, "rain", 1)
    assert record.known == {
        "title": "Rain again",
        "publisher": "Herald",
        "authors": ["Bo Berg", "Ada Lindqvist Jr.", "The Herald, Ltd."],
        "url": "https://example.org/a",
        "published": "2025-03-04",
        "collected": "2025-06",
        "language": "",
        "kind": "news",
        "tags": ["weather", "rain"],
        "notes": "",
    }
    assert record.unknown == {"PB": "Herald House", "UR": "https://example.org/b", "SP": "1"}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("junk\nTY  - GEN\nER  - \n", 1, "in no record"),
        ("TY  - GEN\njunk\nER  - \n", 2, "no tag"),
        ("TY  - GEN\nER  - \n\nTI  - x", 4, "in no record"),
        ("TY  - GEN\nTI  - a\nTY  - GEN\nER  - \n", 1, "no line `ER"),
        ("TY  - GEN\nER  - \nTY  - GEN\nTI  - lost", 3, "no line `ER"),
    ],
)
def test_line_that_belongs_nowhere_is_told(text: str, line: int, message: str) -> None:
    """Nothing of a file is dropped without a word."""
    _, (fault,) = records_of_ris("x.ris", text)
    assert (fault.rule, fault.at.line) == ("ris-syntax", line)
    assert message in fault.message


@pytest.mark.parametrize("text", ["", "TI  - x", "TY - GEN\nER -"])
def test_what_is_no_ris_is_refused(text: str) -> None:
    """A file without a record."""
    with pytest.raises(Refused, match="no record of RIS"):
        records_of_ris("x.ris", text)
