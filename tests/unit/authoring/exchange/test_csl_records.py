"""Records in CSL-JSON."""

from __future__ import annotations

import pytest

from sitegen.authoring.exchange.csl_records import records_of_csl
from sitegen.authoring.exchange.json_files import Json
from sitegen.authoring.refusals import Refused


def test_record_gives_what_a_source_note_has() -> None:
    """Names are as they are said, dates are EDTF, and all else is told."""
    (record,) = records_of_csl(
        "x",
        [
            {
                "id": "lindqvist2025",
                "type": "article-newspaper",
                "title": "Rain\n again",
                "author": [
                    {"family": "Berg", "given": "Bo", "non-dropping-particle": "van"},
                    {"literal": "The Herald, Ltd."},
                ],
                "container-title": "Herald",
                "publisher": "Herald House",
                "issued": {"date-parts": [[2025, 3, "4"]]},
                "accessed": {"date-parts": [["2025", 6]]},
                "URL": "https://example.org/a",
                "DOI": "10.1/x",
                "language": "en",
                "keyword": "weather, rain",
                "page": "1-2",
                "custom": {"a": [1]},
                "abstract": "",
            }
        ],
    )
    assert (record.number, record.key) == (1, "lindqvist2025")
    assert record.known == {
        "title": "Rain again",
        "publisher": "Herald",
        "authors": ["Bo van Berg", "The Herald, Ltd."],
        "url": "https://example.org/a",
        "published": "2025-03-04",
        "collected": "2025-06",
        "language": "en",
        "kind": "news",
        "tags": ["weather", "rain"],
        "notes": "",
    }
    assert record.unknown == {
        "page": "1-2",
        "custom": '{"a": [1]}',
        "publisher": "Herald House",
        "DOI": "10.1/x",
    }


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ({"date-parts": [[2024]]}, "2024"),
        ({"date-parts": [[987, 6]]}, "0987-06"),
        ({"date-parts": [[2024, 10], [2024, 11]]}, "2024-10/2024-11"),
        ({"date-parts": [[2024, 6]], "circa": True}, "2024-06~"),
        ({"date-parts": [[2024]], "season": "spring"}, "2024-21"),
        ({"date-parts": [[2024]], "season": 3}, "2024-23"),
        ({"raw": "2024-06~"}, "2024-06~"),
        ({"literal": "last week"}, "last week"),
        ({"date-parts": [[]]}, ""),
        ("2024", "2024"),
        (None, ""),
    ],
)
def test_dates_are_edtf_where_they_can_be(date: Json, expected: str) -> None:
    """What is no date stays in its words, to be told."""
    (record,) = records_of_csl("x", [{"id": "a", "title": "T", "issued": date}])
    assert record.known["published"] == expected


def test_record_without_address_has_that_of_its_doi() -> None:
    """A DOI leads to the article."""
    (record,) = records_of_csl("x", {"items": [{"title": "T", "DOI": "10.1/x", "type": "book"}]})
    assert record.known["url"] == "https://doi.org/10.1/x"
    assert record.unknown == {"type": "book"}


@pytest.mark.parametrize("data", [None, [], "x", [1], [{}, "x"], 3])
def test_what_is_no_csl_is_refused(data: Json) -> None:
    """A list of groups is what it must be."""
    with pytest.raises(Refused, match="no CSL-JSON"):
        records_of_csl("x", data)
