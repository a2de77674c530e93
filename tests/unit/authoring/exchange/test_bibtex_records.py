"""Records in BibTeX."""

from __future__ import annotations

import pytest

from sitegen.authoring.exchange.bibtex_records import records_of_bibtex
from sitegen.authoring.refusals import Refused

ENTRY = r"""
@string{h = "The Herald"}
@inproceedings{Lindqvist_2025:rain,
  author = {{The Herald, Ltd.} and Berg, Bo and {\"O}st, J{\'e}r{\^o}me and Ada Lindqvist},
  title = "A {B}ridge \& 50\% {\textendash} closed",
  journal = h,
  year = 2025, month = mar, day = 4,
  urldate = {2025-06-30},
  url = {https://example.org/a_b\%20c%20d~e},
  keywords = {weather, rain},
  volume = {3},
  doi = {10.1/x},
}
"""


def test_entry_gives_what_a_source_note_has() -> None:
    """LaTeX becomes letters, names are as they are said, addresses stay as they are."""
    (record,), faults = records_of_bibtex("x.bib", ENTRY)
    assert faults == ()
    assert (record.number, record.key, record.line) == (1, "Lindqvist_2025:rain", 3)
    assert record.known == {
        "title": "A Bridge & 50% – closed",
        "publisher": "The Herald",
        "authors": ["The Herald, Ltd.", "Bo Berg", "Jérôme Öst", "Ada Lindqvist"],
        "url": "https://example.org/a_b%20c%20d~e",
        "published": "2025-03-04",
        "collected": "2025-06-30",
        "language": "",
        "kind": "academic",
        "tags": ["weather", "rain"],
        "notes": "",
    }
    assert record.unknown == {"volume": "3", "doi": "10.1/x"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("date = {2024-06~}, year = 2023", "2024-06~"),
        ("year = 2024", "2024"),
        ("year = {2024}, month = {June}", "2024-06"),
        ("year = {2024}, month = 11, day = 9", "2024-11-09"),
        ("year = {in press}", "in press"),
        ("month = jan", ""),
    ],
)
def test_dates_are_edtf_where_they_can_be(fields: str, expected: str) -> None:
    """BibLaTeX's dates are EDTF already; BibTeX's are put together."""
    (record,), _ = records_of_bibtex("x.bib", f"@misc{{a, title = {{T}}, {fields}}}")
    assert record.known["published"] == expected


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("\n@misc{a, title = {T\n@misc{b, title = {U}}", 2, "bibtex-syntax"),
        ("@misc{a, title = {T}, title = {U}}", 1, "repeated-key"),
        ("@misc{a, title = {T}}\n@misc{a, title = {U}}", 2, "repeated-id"),
    ],
)
def test_entry_that_cannot_be_read_is_told_with_its_line(text: str, line: int, rule: str) -> None:
    """No entry is lost without a word."""
    _, (fault,) = records_of_bibtex("x.bib", text)
    assert (fault.at.path, fault.at.line, fault.rule) == ("x.bib", line, rule)


@pytest.mark.parametrize("text", ["", "no entry", "@comment{x}", "{" * 5000])
def test_what_is_no_bibtex_is_refused(text: str) -> None:
    """A file without an entry, or with nothing but braces."""
    with pytest.raises(Refused, match=r"x\.bib"):
        records_of_bibtex("x.bib", text)
