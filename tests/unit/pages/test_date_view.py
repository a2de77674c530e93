"""A date is shown in words, in EDTF, and for machines where HTML has a form for it."""

from __future__ import annotations

import pytest

from sitegen.dates import parse_date
from sitegen.pages.date_view import date_view, optional_date
from sitegen.views import DateView


@pytest.mark.parametrize(
    ("edtf", "words", "machine", "is_doubtful"),
    [
        ("2024-06-19", "19 June 2024", "2024-06-19", False),
        ("2024-06", "June 2024", "2024-06", False),
        ("2024-06~", "about June 2024", "", True),
        ("2024?", "possibly 2024", "", True),
        ("2024-10/2024-11", "October – November 2024", "", False),
        ("2024-10~/2024-11", "from about October 2024 to November 2024", "", True),
        ("2025-08/..", "from August 2025", "", False),
    ],
)
def test_date_is_shown_with_its_doubts(
    edtf: str, words: str, machine: str, is_doubtful: bool
) -> None:
    """What is doubtful says so and has no value for machines, which could not tell."""
    view = date_view(parse_date(edtf))
    assert view == DateView(words, edtf, machine, is_doubtful)


def test_no_date_has_no_view() -> None:
    """A date that is absent stays so."""
    assert optional_date(None) is None
    assert isinstance(optional_date(parse_date("2024")), DateView)
