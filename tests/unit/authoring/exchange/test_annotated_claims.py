"""Annotations as evidence: matched with a source and a passage, or told to be left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.authoring.exchange.annotated_claims import Taken, take_annotations
from sitegen.authoring.exchange.web_annotations import Annotation, Target
from sitegen.authoring.refusals import Invalid, Refused
from sitegen.build import examine
from sitegen.diagnostics import Severity
from tests.conftest import MakeProject

FILES = """
    -- content/site.yaml --
    title: Rain
    -- content/sources/herald.yaml --
    title: Rain on Monday
    url: https://www.example.org/rain/
    archived_url: https://archive.example/1
    text: herald.txt
    -- content/sources/twin.yaml --
    title: Rain again
    url: http://example.org/rain
    text: twin.txt
    -- content/sources/letter.yaml --
    title: A letter
    -- content/claims/rain.yaml --
    statement: It rained on Monday.
    evidence:
      - source: herald
        quote: It rained on Monday.
    -- seeds/herald.txt --
    It rained on Monday. The mayor said: “It will rain again.”

    On Tuesday the mayor said nothing. On Friday the mayor said nothing.
    -- seeds/twin.txt --
    It snowed. On Tuesday the mayor said nothing.
    """


def target(exact: str, address: str = "https://example.org/rain", **more: str) -> Target:
    """Return a passage at an address."""
    return Target(address, more.pop("title", ""), exact, **more)


def take(folder: Path, *targets: Target, into: str | None = None, **more: tuple[str, ...]) -> Taken:
    """Take one annotation of these passages."""
    return take_annotations(folder, [Annotation(7, "urn:x", targets, **more)], into)


def claims(folder: Path) -> dict[str, str]:
    """Return the texts of the claims by id, but for the one that was there."""
    paths = (folder / "content/claims").glob("*.yaml")
    return {each.stem: each.read_text("utf-8") for each in paths if each.stem != "rain"}


@pytest.mark.parametrize(
    "passage",
    [
        target("It will rain again"),
        target("it will rain again".capitalize(), "http://EXAMPLE.org:80/rain#:~:text=x"),
        target("It  will\nrain again", "https://archive.example/1"),
        target("It will rain again", "herald"),
        target("It will rain again", "urn:sitegen:source:herald"),
        target("It will rain again", "https://elsewhere.example/", title="rain ON  monday"),
    ],
)
def test_source_is_known_by_address_id_or_title(passage: Target, project: MakeProject) -> None:
    """Spellings of an address do not matter; of two sources the one counts that has the words."""
    folder = project(FILES)
    taken = take(folder, passage)
    assert (taken.added, taken.unmatched) == (1, ())
    assert claims(folder) == {
        "it-will-rain-again": (
            "# From an annotation. Say in one neutral sentence of your own what it comes to.\n"
            "draft: true\n"
            "statement: It will rain again\n"
            "evidence:\n"
            "  - source: herald\n"
            "    quote: It will rain again\n"
        )
    }
    errors = [each for each in examine(folder).diagnostics if each.severity is Severity.ERROR]
    assert errors == []


def test_words_around_choose_the_place(project: MakeProject) -> None:
    """Of several places it is the one with most of the same around, however much was given."""
    folder = project(FILES)
    exact = target("the mayor said nothing", "herald", prefix="g again.” On Friday ", suffix=".")
    take(folder, exact)
    assert "    prefix: Friday\n" in claims(folder)["the-mayor-said-nothing"]


def test_comment_tags_and_grades_are_kept(project: MakeProject) -> None:
    """Comments become the note, tags the claim's, and grades the evidence's."""
    folder = project(FILES)
    take(
        folder,
        target("It will rain again"),
        comments=("So she says:\nagain.",),
        descriptions=("It will rain.",),
        tags=("weather", "stance: disputes", "credibility:3", "basis: told-by-named", "stance: x"),
    )
    (text,) = claims(folder).values()
    assert text.split("\n", 2)[2] == (
        "statement: It will rain.\n"
        "evidence:\n"
        "  - source: herald\n"
        "    quote: It will rain again\n"
        "    stance: disputes\n"
        "    credibility: 3\n"
        "    basis: told-by-named\n"
        "    note: |-\n      So she says:\n      again.\n"
        "tags:\n  - weather\n  - >-\n    stance: x\n"
    )


def test_into_adds_to_a_note_and_tells_what_it_cannot_keep(project: MakeProject) -> None:
    """Evidence goes below the last entry; tags belong to a claim of its own and are told."""
    folder = project(FILES)
    passages = (target("It will rain again"), target("On Friday the mayor said nothing"))
    taken = take(folder, *passages, into="claims/rain", tags=("weather",))
    assert taken.written == ("content/claims/rain.yaml",)
    assert [words for _, words in taken.remarks] == ["tags: weather"]
    text = (folder / "content/claims/rain.yaml").read_text("utf-8")
    quote = "It will rain again […] On Friday the mayor said nothing"
    assert text.endswith(f"on Monday.\n  - source: herald\n    quote: {quote}\n")
    again = take(folder, *passages, into="claims/rain")
    assert (again.written, again.added, again.there) == ((), 0, 1)


def test_passage_that_is_quoted_already_is_not_taken_again(project: MakeProject) -> None:
    """A second import of the same file adds nothing."""
    folder = project(FILES)
    assert take(folder, target("It rained on Monday.")).there == 1
    assert take(folder, target("It will rain again")).added == 1
    again = take(folder, target("It will rain again"))
    assert (again.added, again.there, again.written) == (0, 1, ())


def test_passages_of_two_sources_are_evidence_each(project: MakeProject) -> None:
    """One annotation may be on several pages."""
    folder = project(FILES)
    taken = take(folder, target("It snowed."), target("It will rain again"))
    assert taken.added == 2
    (text,) = claims(folder).values()
    assert "source: twin" in text
    assert "source: herald" in text


def test_text_that_is_not_held_takes_the_words_as_they_are(project: MakeProject) -> None:
    """Nobody can check them; the words around are kept too."""
    folder = project(FILES)
    take(folder, target("so\nit is", "letter", prefix="and "))
    (text,) = claims(folder).values()
    assert text.endswith("    quote: so it is\n    prefix: and\n")


@pytest.mark.parametrize(
    ("passage", "message"),
    [
        (target("It rained", "https://example.org/other"), "no source has the address"),
        (target("It hailed."), 'not in the source "herald"'),
        (target(""), "on no words"),
        (target("…", "herald"), "not in the source"),
        (target("the mayor said nothing", "herald"), "stand 2 times"),
        (target("the mayor said nothing. On", "urn:sitegen:source:no"), "no source has"),
        (target("\u202e" * 300, "x\x07"), "no source has"),
    ],
)
def test_what_cannot_be_matched_is_told(
    passage: Target, message: str, project: MakeProject
) -> None:
    """The reason is told by annotation, and nothing is written for it."""
    folder = project(FILES)
    taken = take(folder, passage)
    ((annotation, refusal),) = taken.unmatched
    assert annotation.number == 7
    assert message in refusal.message
    assert claims(folder) == {}


def test_same_words_in_two_sources_of_one_address_are_not_guessed(project: MakeProject) -> None:
    """Where both have the words, the author decides."""
    taken = take(project(FILES), target("On Tuesday the mayor said nothing."))
    assert "several sources have this address and these words" in taken.unmatched[0][1].message


def test_claims_get_ids_of_their_own(project: MakeProject) -> None:
    """Two passages that begin alike, or a claim of that id, lead to a number at the end."""
    folder = project(FILES)
    project("-- content/claims/on.yaml --\nstatement: x\nevidence: [{source: twin, quote: It}]\n")
    quotes = ("On Tuesday", "On Friday", "。")
    annotations = [Annotation(n, "", (target(each, "herald"),)) for n, each in enumerate(quotes)]
    take_annotations(folder, annotations)
    assert {"on-tuesday", "on-friday"} <= claims(folder).keys()
    take(folder, target("On", "herald", suffix=" Friday"))
    assert "on-2" in claims(folder)


def test_evidence_that_a_build_would_refuse_is_not_written(project: MakeProject) -> None:
    """A comment is Markdown: a link to nothing in it would stop the build."""
    folder = project(FILES)
    before = (folder / "content/claims/rain.yaml").read_bytes()
    with pytest.raises(Invalid) as invalid:
        take(folder, target("It will rain again"), into="claims/rain", comments=("see [[x]]",))
    assert [each.rule for each in invalid.value.diagnostics] == ["broken-link"]
    assert (folder / "content/claims/rain.yaml").read_bytes() == before
    with pytest.raises(Refused, match="no claim and no event"):
        take(folder, target("It will rain again"), into="actors/x")
