"""Safe repairs: what a note says stays the same."""

from __future__ import annotations

from pathlib import Path

from sitegen.authoring.mending import mend
from sitegen.build import examine
from tests.conftest import MakeProject

FILES = """
-- content/site.yaml --
title: Rain
-- content/sources/herald.yaml --
title: Rain on Monday
text: herald.txt
-- content/actors/the-mayor.yaml --
name: The mayor
aliases: [mayor]
-- content/claims/it-rained.yaml --
statement: It rained on Monday.
aliases: [rain]
evidence:
  - source: herald
    quote: It rained on Monday.
-- seeds/herald.txt --
It rained on Monday. The mayor – “no friend of rain” – said:\u00a0it’s
over. Nobody else said more.
"""


def changed(folder: Path) -> dict[str, list[str]]:
    """Mend a project and return by path the lines that were taken out and put in."""
    return {
        each.path: [
            line
            for line in each.diff.splitlines()
            if line[:1] in {"+", "-"} and line[:3] not in {"+++", "---"}
        ]
        for each in mend(folder)
    }


def with_note(project: MakeProject, name: str, text: str) -> Path:
    """Return a project with one more note, its text as given."""
    folder = project(FILES)
    file = folder / "content" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return folder


def test_drifted_quote_gets_the_characters_of_the_source(project: MakeProject) -> None:
    """Typography that was lost in copying comes back; lines, comments and spaces stay."""
    folder = with_note(
        project,
        "claims/mayor.yaml",
        "statement: x  # y\nevidence:\n  - source: herald\n    quote: >-\n"
        '      The mayor - "no friend\n      of rain" - said: it\'s over.\n    credibility:  3\n',
    )
    assert changed(folder) == {
        "content/claims/mayor.yaml": [
            '-      The mayor - "no friend',
            "-      of rain\" - said: it's over.",
            "+      The mayor – “no friend",
            "+      of rain” – said:\u00a0it’s over.",
        ]
    }
    assert changed(folder) == {}


def test_drifted_white_space_is_mended(project: MakeProject) -> None:
    """Tabs, line breaks and spaces in a row that the source does not have become its space."""
    folder = with_note(
        project,
        "claims/mayor.yaml",
        'statement: x\nevidence:\n  - source: herald\n    quote: "It  rained\\ton Monday."\n'
        "  - source: herald\n    quote: |\n      Nobody else\n      said more.\n",
    )
    assert changed(folder)["content/claims/mayor.yaml"] == [
        '-    quote: "It  rained\\ton Monday."',
        "+    quote: It rained on Monday.",
        "-    quote: |",
        "-      Nobody else",
        "-      said more.",
        "+    quote: Nobody else said more.",
    ]
    assert examine(folder).quotes == {"exact": 3}
    assert changed(folder) == {}


def test_line_break_in_the_source_is_no_drift(project: MakeProject) -> None:
    """White space that no note can hold as it is, such as a line break, is left alone."""
    text = "statement: x\nevidence:\n  - {source: herald, quote: it’s over.}\n"
    assert changed(with_note(project, "claims/over.yaml", text)) == {}


def test_elided_quote_is_mended_part_by_part(project: MakeProject) -> None:
    """The author's own marks of omission stay between the mended parts."""
    text = (
        "statement: x\nevidence:\n  - source: herald\n"
        "    quote: 'The mayor - [...] it''s over. […] said more.'\n"
    )
    folder = with_note(project, "claims/over.yaml", text)
    assert changed(folder)["content/claims/over.yaml"] == [
        "-    quote: 'The mayor - [...] it''s over. […] said more.'",
        "+    quote: The mayor – [...] it’s over. […] said more.",
    ]


def test_changed_words_are_never_mended(project: MakeProject) -> None:
    """A quote that is only near to its source is the author's to correct."""
    text = "statement: x\nevidence:\n  - source: herald\n    quote: It rained on Tuesday.\n"
    assert changed(with_note(project, "claims/wrong.yaml", text)) == {}


def test_renamed_id_is_followed_in_fields_and_links(project: MakeProject) -> None:
    """An id that a note lists among its aliases becomes the id that it has now."""
    folder = with_note(
        project,
        "claims/other.yaml",
        "statement: x\nactors: [ mayor ]  # him\nrelations:\n  - {type: supports, claim: rain}\n"
        "evidence:\n  - source: herald\n    quote: Nobody else\n    origins: ['actor:mayor']\n"
        "analysis: |\n  See [[claim:rain|the rain]], not rain.\n",
    )
    assert [line for line in changed(folder)["content/claims/other.yaml"] if line[0] == "+"] == [
        "+actors: [ the-mayor ]  # him",
        "+  - {type: supports, claim: it-rained}",
        "+    origins: [actor:the-mayor]",
        "+  See [[claim:it-rained|the rain]], not rain.",
    ]
    errors = [each for each in examine(folder).diagnostics if each.severity == "error"]
    assert errors == []


def test_links_in_pages_are_mended_below_the_front_matter(project: MakeProject) -> None:
    """The body of a page is mended too, and its fields are not."""
    text = "---\ntitle: '[[rain]]'\n---\r\nSee [[rain]].\n\n![[claim:rain]]\n"
    folder = with_note(project, "pages/index.md", text)
    (lines,) = changed(folder).values()
    assert lines == [
        "-See [[rain]].",
        "+See [[it-rained]].",
        "-![[claim:rain]]",
        "+![[claim:it-rained]]",
    ]
    assert (folder / "content/pages/index.md").read_bytes().startswith(b"---\ntitle: '[[rain]]'")


def test_id_in_use_is_not_a_renamed_one(project: MakeProject) -> None:
    """Where a note has the id, or two had it, nothing is guessed."""
    folder = with_note(
        project, "claims/other.yaml", "statement: x\nactors: [mayor]\nevidence: []\n"
    )
    project("-- content/actors/new-mayor.yaml --\nname: New\naliases: [mayor]\n")
    assert changed(folder) == {}
    project("-- content/actors/mayor.yaml --\nname: Old\n")
    assert changed(folder) == {}


def test_note_at_fault_is_left_alone(project: MakeProject) -> None:
    """A note that cannot be read is not mended, and the others are."""
    folder = with_note(project, "claims/broken.yaml", "statement: [mayor\n")
    project("-- content/events/e.yaml --\ntitle: E\ndate: 2024\nactors: [mayor]\n")
    assert list(changed(folder)) == ["content/events/e.yaml"]
    assert (folder / "content/claims/broken.yaml").read_text() == "statement: [mayor\n"
