"""The passages that loosely given words may mean."""

from __future__ import annotations

import pytest

from sitegen.authoring.passages import MOST_LISTED, Way, find_passages
from sitegen.quotes import fold

TEXT = (
    "The harbour bridge was closed on Tuesday, the port authority said. Its chief engineer "
    "called the girder “unsafe” and asked for patience.\n\n"
    "The port authority said no more. Ferries run every hour until the repairs are done."
)


def found(words: str, text: str = TEXT) -> tuple[Way, list[str]] | None:
    """Return how passages were found, and their words."""
    passages = find_passages(fold(text), words)
    if passages is None:
        return None
    return passages.way, [
        " … ".join(text[start:end] for start, end in segments) for segments in passages.found
    ]


@pytest.mark.parametrize(
    ("words", "way", "passages"),
    [
        ("the girder “unsafe” and", Way.EXACT, ["the girder “unsafe” and"]),
        ('the girder "unsafe" and', Way.NORMALISED, ["the girder “unsafe” and"]),
        ("patience. The port", Way.NORMALISED, ["patience.\n\nThe port"]),
        ("port authority said", Way.NORMALISED, ["port authority said"] * 2),
        ("called […] patience", Way.EXACT, ["called … patience"]),
        ("ferries RUN every", Way.CASE, ["Ferries run every"]),
        ("bridge closed tuesday", Way.WORDS, ["bridge was closed on Tuesday"]),
        ("the harbor bridge was closed on", Way.NEAR, ["The harbour bridge was closed on"]),
        (
            "hour done ferries repairs",
            Way.SENTENCE,
            ["Ferries run every hour until the repairs are done."],
        ),
    ],
)
def test_words_lead_to_passages(words: str, way: Way, passages: list[str]) -> None:
    """Words that stand there are found as they are, others by ever looser ways."""
    assert found(words) == (way, passages)


def test_nothing_alike_is_nothing() -> None:
    """Words about something else lead nowhere."""
    assert found("zebra quagga okapi") is None
    assert found("x", "") is None


def test_shortest_stretch_comes_first() -> None:
    """Of several stretches that hold the words in order, the closest ones lead the list."""
    text = "A bridge, old and grey, is shut. The bridge is shut."
    way, passages = found("bridge shut", text) or (None, [])
    assert way is Way.WORDS
    assert passages == ["bridge is shut", "bridge, old and grey, is shut"]


def test_words_too_far_apart_are_no_passage() -> None:
    """Words that stand pages apart are not taken for one passage."""
    way, _ = found("alpha omega", f"alpha {'and more ' * 100} omega") or (None, [])
    assert way is not Way.WORDS


def test_only_the_first_of_many_places_are_listed() -> None:
    """A word that stands thousands of times is counted, not listed."""
    passages = find_passages(fold("rain and " * 5_000), "rain")
    assert passages is not None
    assert passages.count == 5_000
    assert len(passages.found) == MOST_LISTED


def test_only_the_very_words_are_sure() -> None:
    """A passage that was only nearly given must be confirmed."""
    assert {way for way in Way if way.is_sure} == {Way.EXACT, Way.NORMALISED, Way.CASE}
