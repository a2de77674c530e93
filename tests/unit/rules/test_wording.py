"""What looks like a name in a quote, and what does not."""

from __future__ import annotations

import pytest

from sitegen.check import check_findings
from sitegen.diagnostics import Diagnostic
from tests.sites import site_of

PROJECT = """
-- content/sources/s.yaml --
title: S
text: s.txt
-- seeds/s.txt --
{text}
-- content/actors/ann-lee.yaml --
name: Ann Lee
aliases_in_text: [Lee]
-- content/claims/c.yaml --
statement: {statement}
evidence:
  - source: s
    quote: "{quote}"
    said_by: [ann-lee]
actors: [ann-lee]
"""


def found(check: str, text: str, quote: str, statement: str = "It is said.") -> list[Diagnostic]:
    """Return what one rule says of one quote from one text."""
    linked = site_of(PROJECT.format(text=text, quote=quote, statement=statement))
    return [each for each in check_findings(linked.site, linked.findings) if each.rule == check]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Lee met Bo Kim today.", ["Bo Kim"]),
        ("They met at the Bank of Korea in May.", ["Bank of Korea"]),
        ("They met in October and November.", []),
        ("Yesterday Lee met nobody.", []),
        ("Sad News For All", []),
        ("조약에 서명했다.", []),
        ("وقعت المعاهدة في موسكو.", []),
        ("Вчера Путин встретил друга в городе.", []),
        ("Вчера в городе был Иван Петров с другом.", ["Иван Петров"]),
    ],
)
def test_unknown_names_are_runs_of_capitals_that_no_note_has(text: str, names: list[str]) -> None:
    """Two or more words with capitals are a name, unless known, a date, an opener or a headline."""
    told = [each.message for each in found("unknown-name", text, text)]
    assert told == [f'no actor or place is called "{name}"' for name in names]


@pytest.mark.parametrize(("text", "count"), [("Lee said no.", 0), ("She said no.", 1)])
def test_speaker_must_be_named_in_the_paragraph(text: str, count: int) -> None:
    """A speaker whom the paragraph does not name, under any alias, is a warning."""
    assert len(found("speaker-not-named", text, text)) == count


@pytest.mark.parametrize(
    ("statement", "count"),
    [("Some 1,200 men came.", 0), ("Some 1,300 men came.", 1), ("Two men came in 1999.", 0)],
)
def test_number_of_a_statement_must_be_quoted(statement: str, count: int) -> None:
    """A count that no quote has is a warning; years and the smallest words are not counts."""
    text = "There were 1,200 of them."
    assert len(found("number-not-quoted", text, text, statement)) == count
