"""Coverage says of every sentence of a text what the notes make of it."""

from __future__ import annotations

import pytest

from sitegen.findings.coverage import merged
from sitegen.model import Coverage, Use
from sitegen.notes import SourceId
from tests.sites import site_of

TEXT = "It rained. Nobody came.\n\nRead more here! The river rose, and it fell again."


def coverage_of(*quotes: str, text: str = TEXT, ignore: str = "[]") -> tuple[Coverage, str]:
    """Return the coverage of a text that one claim quotes so, and the text."""
    evidence = "".join(f"  - {{source: a, quote: '{each}'}}\n" for each in quotes)
    claim = f"-- content/claims/c.yaml --\nstatement: It rained.\nevidence:\n{evidence}"
    linked = site_of(
        f"-- content/sources/a.yaml --\ntitle: A\ntext: a.txt\nignore: {ignore}\n"
        f"-- seeds/a.txt (no final newline) --\n{text}\n" + (claim if quotes else "")
    )
    return linked.findings.coverage[SourceId("a")], text


def uses(coverage: Coverage, text: str) -> dict[str, str]:
    """Return for every sentence what is made of it."""
    return {text[start:end]: str(use) for start, end, use in coverage.sentences}


def test_every_sentence_is_quoted_ignored_or_unused() -> None:
    """Quotes and `ignore` passages mark their sentences; the rest no note speaks of."""
    coverage, text = coverage_of("It rained", "it fell", ignore='["Read more here!"]')
    assert uses(coverage, text) == {
        "It rained.": "quoted",
        "Nobody came.": "unused",
        "Read more here!": "ignored",
        "The river rose, and it fell again.": "quoted",
    }
    assert [coverage.count(use) for use in Use] == [2, 1, 1]


def test_sentence_that_is_quoted_and_ignored_counts_as_quoted() -> None:
    """What some note quotes is content, whatever `ignore` says."""
    coverage, text = coverage_of("It rained", ignore='["It rained. Nobody came."]')
    assert uses(coverage, text)["It rained."] == "quoted"
    assert uses(coverage, text)["Nobody came."] == "ignored"


def test_quote_over_two_sentences_covers_both() -> None:
    """A quote covers every sentence that it has a word of, also across paragraphs."""
    coverage, text = coverage_of("came. Read more")
    assert list(uses(coverage, text).values()) == [
        "unused",
        "quoted",
        "quoted",
        "unused",
    ]


@pytest.mark.parametrize(
    ("quote", "quoted"),
    [
        ("rained.", ["It rained."]),
        ("rained. (", ["It rained."]),
        ("rained. (N", ["It rained.", "(Nobody came.)"]),
        ("It rained. […] The river", ["It rained.", "The river rose, and it fell again."]),
    ],
)
def test_sentence_is_quoted_by_its_words(quote: str, quoted: list[str]) -> None:
    """A letter of a sentence is needed; what an elided quote leaves out is not quoted."""
    coverage, text = coverage_of(quote, text=TEXT.replace("Nobody came.", "(Nobody came.)"))
    assert [each for each, use in uses(coverage, text).items() if use == "quoted"] == quoted


def test_ignored_passage_counts_wherever_it_stands() -> None:
    """Boilerplate that stands twice in a text is ignored twice."""
    coverage, _ = coverage_of(text="Read more. It rained. Read more.", ignore='["Read more."]')
    assert [str(each.use) for each in coverage.sentences] == ["ignored", "unused", "ignored"]


def test_draft_covers_nothing() -> None:
    """What only drafts quote is unused on the published site."""
    linked = site_of(
        """
-- content/sources/a.yaml --
title: A
text: a.txt
-- seeds/a.txt --
It rained. It hailed.
-- content/claims/c.yaml --
statement: It rained.
evidence: [{source: a, quote: It rained}]
-- content/claims/d.yaml --
draft: true
statement: It hailed.
evidence: [{source: a, quote: It hailed}]
"""
    )
    coverage = linked.findings.coverage[SourceId("a")]
    assert [str(each.use) for each in coverage.sentences] == ["quoted", "unused"]


def test_rival_date_and_event_cover_too() -> None:
    """The quotations of events count as those of claims do."""
    linked = site_of(
        """
-- content/sources/a.yaml --
title: A
text: a.txt
-- seeds/a.txt --
It rained. It hailed. It snowed.
-- content/events/e.yaml --
title: Weather
date: 2024-01-01
evidence: [{source: a, quote: It rained}]
rival_dates: [{date: 2024-01-02, source: a, quote: It hailed}]
"""
    )
    coverage = linked.findings.coverage[SourceId("a")]
    assert [str(each.use) for each in coverage.sentences] == ["quoted", "quoted", "unused"]


def test_text_that_is_not_held_has_no_coverage() -> None:
    """Nobody can say what was worked through of a text that is not there."""
    linked = site_of("-- content/sources/a.yaml --\ntitle: A\n")
    assert dict(linked.findings.coverage) == {}


def test_characters_are_those_of_sentences() -> None:
    """White space between sentences counts neither as text nor as quoted, overlaps count once."""
    coverage, text = coverage_of("It rained. Nobody", "Nobody came")
    assert coverage.all_characters == sum(map(len, uses(coverage, text)))
    assert coverage.quoted_characters == len("It rained.") + len("Nobody came")


def test_text_that_is_quoted_whole_is_quoted_to_the_last_character() -> None:
    """The share of quoted characters never passes the whole."""
    coverage, _ = coverage_of(TEXT.replace("\n\n", " "))
    assert coverage.quoted_characters == coverage.all_characters


def test_text_without_words_has_no_sentences() -> None:
    """An empty text, or one of rules and blanks, has nothing to cover."""
    coverage, _ = coverage_of(text="* * *")
    assert coverage == Coverage((), 0, 0)


@pytest.mark.parametrize(
    ("spans", "result"),
    [
        ([], []),
        ([(3, 5), (0, 1)], [(0, 1), (3, 5)]),
        ([(0, 3), (2, 5)], [(0, 5)]),
        ([(0, 3), (3, 5)], [(0, 5)]),
        ([(0, 9), (2, 3), (4, 5)], [(0, 9)]),
        ([(1, 2), (1, 2)], [(1, 2)]),
    ],
)
def test_spans_that_touch_are_made_one(
    spans: list[tuple[int, int]], result: list[tuple[int, int]]
) -> None:
    """Merged spans are in order and apart."""
    assert merged(spans) == result
