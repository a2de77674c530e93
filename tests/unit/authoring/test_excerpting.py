"""From words to an evidence entry, and into a note."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.authoring.excerpting import (
    add_evidence,
    entry_text,
    evidence_entry,
    search,
    whole_sentence,
)
from sitegen.authoring.refusals import Invalid, Refused
from tests.conftest import MakeProject

FILES = """
    -- content/site.yaml --
    title: Rain
    -- content/sources/herald.yaml --
    title: Rain on Monday
    text: herald.txt
    -- content/sources/letter.yaml --
    title: A letter
    -- content/sources/broken.yaml --
    titel: A letter
    -- content/claims/rain.yaml --
    # What we know
    statement: It rained on Monday.   # for sure
    evidence:
      - source: herald
        quote: It rained on Monday.
        # note: nothing
    tags: [weather]
    -- seeds/herald.txt --
    It rained on Monday. The mayor said: “It will rain again.”

    On Tuesday the mayor said nothing. On Friday the mayor said nothing.
    """


def entry(folder: Path, words: str, choice: int = 0) -> dict[str, str]:
    """Return the entry for the passage that words mean."""
    found = search(folder, "herald", words)
    return evidence_entry(found, found.choices[choice])


def test_passage_is_shown_in_its_sentence_with_its_place(project: MakeProject) -> None:
    """An author sees the file, line and column, and the sentence around the passage."""
    choice = search(project(FILES), "herald", "mayor said nothing").choices[1]
    assert choice.at == ("seeds/herald.txt", 3, 50)
    assert choice.shown == "On Friday the [mayor said nothing]."


def test_entry_has_the_words_of_the_source(project: MakeProject) -> None:
    """What is written down are the article's own characters, on one line."""
    folder = project(FILES)
    assert entry(folder, 'said: "it will rain AGAIN') == {
        "source": "herald",
        "quote": "said: “It will rain again",
    }
    assert entry(folder, "again.” On Tuesday")["quote"] == "again.” On Tuesday"


def test_entry_gets_the_shortest_words_around_that_tell_it_apart(project: MakeProject) -> None:
    """A passage that stands twice gets a prefix or a suffix, one that stands once gets none."""
    folder = project(FILES)
    assert entry(folder, "the mayor said nothing", 0)["prefix"] == "Tuesday"
    assert entry(folder, "the mayor said nothing", 1)["prefix"] == "Friday"
    assert set(entry(folder, "will rain again")) == {"source", "quote"}


def test_passage_that_cannot_be_told_apart_is_refused(project: MakeProject) -> None:
    """Where all around two places is the same, the author is asked for more words."""
    folder = project(FILES)
    project(f"-- seeds/herald.txt --\n{'It rained and it poured. ' * 400}\n")
    found = search(folder, "herald", "it poured")
    assert found.count == 400
    with pytest.raises(Refused, match="cannot be told"):
        evidence_entry(found, found.choices[10])


def test_entry_is_added_and_all_else_stays(project: MakeProject) -> None:
    """Comments, spacing and order of the note are as they were; the entry stands below the last."""
    folder = project(FILES)
    faults = add_evidence(folder, "claims/rain", entry(folder, "It will rain again"))
    assert faults == ()
    assert (folder / "content/claims/rain.yaml").read_text(encoding="utf-8") == (
        "# What we know\n"
        "statement: It rained on Monday.   # for sure\n"
        "evidence:\n"
        "  - source: herald\n"
        "    quote: It rained on Monday.\n"
        "    # note: nothing\n"
        "  - source: herald\n"
        "    quote: It will rain again\n"
        "tags: [weather]\n"
    )


def test_same_passage_is_not_added_twice(project: MakeProject) -> None:
    """A note that quotes a passage already is left as it is."""
    folder = project(FILES)
    add_evidence(folder, "claims/rain", entry(folder, "It will rain again"))
    before = (folder / "content/claims/rain.yaml").read_bytes()
    with pytest.raises(Refused, match="already"):
        add_evidence(folder, "claims/rain.yaml", entry(folder, "it will rain again"))
    assert (folder / "content/claims/rain.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "bad",
    [
        {"source": "herald", "quote": "It snowed"},
        {"source": "herald", "quote": "the mayor said nothing"},
        {"source": "courier", "quote": "It rained on Monday."},
        {"source": "herald", "quote": "It rained \u0007"},
    ],
)
def test_entry_at_fault_changes_nothing(bad: dict[str, str], project: MakeProject) -> None:
    """An entry that a build would refuse is not written, and what is wrong is said."""
    folder = project(FILES)
    file = folder / "content/claims/rain.yaml"
    before = file.read_bytes()
    with pytest.raises(Invalid) as invalid:
        add_evidence(folder, "claims/rain", bad)
    assert invalid.value.diagnostics
    assert file.read_bytes() == before


def test_fault_that_was_there_does_not_stop_an_entry(project: MakeProject) -> None:
    """A note that still lacks its statement takes evidence, and what it lacks is told."""
    folder = project(FILES)
    project("-- content/claims/new.yaml --\nstatement:\nevidence:\n")
    faults = add_evidence(folder, "claims/new", entry(folder, "It will rain again"))
    assert [each.rule for each in faults] == ["missing-field"]
    assert "It will rain again" in (folder / "content/claims/new.yaml").read_text("utf-8")


def test_all_that_is_still_wrong_with_the_note_is_told(project: MakeProject) -> None:
    """Faults of fields and of what they name are told together, as a check tells them."""
    folder = project(FILES)
    project("""
        -- content/claims/new.yaml --
        kind: Fact
        actors: [clerk]
        """)
    faults = add_evidence(folder, "claims/new", entry(folder, "It will rain again"))
    assert {each.rule for each in faults} == {"missing-field", "invalid-value", "unknown-id"}


def test_events_take_evidence_too(project: MakeProject) -> None:
    """An event without evidence gets its first piece."""
    folder = project(FILES)
    project("-- content/events/flood.yml --\ntitle: F\ndate: 2025\n")
    add_evidence(folder, "event/flood", entry(folder, "It rained on Monday"))
    assert (folder / "content/events/flood.yml").read_text("utf-8") == (
        "title: F\ndate: 2025\nevidence:\n  - source: herald\n    quote: It rained on Monday\n"
    )


@pytest.mark.parametrize(
    ("into", "message"),
    [
        ("rain", "no claim and no event"),
        ("actors/rain", "no claim and no event"),
        ("claims/../sources/herald", "no claim and no event"),
        ("claims/raim", 'there is no claim "raim"'),
    ],
)
def test_note_that_can_hold_no_evidence_is_refused(
    into: str, message: str, project: MakeProject
) -> None:
    """What is no claim or event, or is not there, is said to be so."""
    folder = project(FILES)
    with pytest.raises(Refused, match=message):
        add_evidence(folder, into, entry(folder, "It will rain again"))


@pytest.mark.parametrize(
    ("source", "words", "message"),
    [
        ("herold", "rain", 'there is no source "herold"'),
        ("letter", "rain", "is not held"),
        ("broken", "rain", "has an error"),
        ("herald", "zebra quagga", "is like these words"),
        ("herald", "…", "no words"),
        ("herald", "\udcff", "not UTF-8"),
    ],
)
def test_search_that_cannot_be_made_is_refused(
    source: str, words: str, message: str, project: MakeProject
) -> None:
    """Each obstacle to a search is one clear message with a way out."""
    folder = project(FILES)
    with pytest.raises(Refused, match=message):
        search(folder, source, words)


def test_entry_reads_as_it_stands_in_a_note() -> None:
    """The printed entry is indented as below `evidence:`."""
    assert entry_text({"source": "a", "quote": "b: c"}) == (
        "  - source: a\n    quote: >-\n      b: c\n"
    )


def test_words_that_hedge_and_are_left_out_are_told(project: MakeProject) -> None:
    """A passage without the "reportedly" of its own sentence says more than its author did."""
    folder = project(FILES)
    project(
        "-- seeds/herald.txt --\n"
        "He may come. The bridge, according to her, reportedly wasn’t closed on 3 May. If so. "
        "About 12,000 came.\n"
    )
    found = search(folder, "herald", "closed on 3 May")
    assert found.choices[0].left_out == ("according to", "reportedly", "wasn't")
    whole = whole_sentence(found.choices[0])
    assert whole.left_out == ()
    assert evidence_entry(found, whole)["quote"] == (
        "The bridge, according to her, reportedly wasn’t closed on 3 May."
    )
    elided = search(folder, "herald", "The bridge […] closed")
    assert elided.choices[0].left_out == ("according to", "reportedly", "wasn't")
    assert search(folder, "herald", "12,000 came").choices[0].left_out == ("about",)
    assert search(folder, "herald", "reportedly wasn’t closed").choices[0].left_out == (
        "according to",
    )
