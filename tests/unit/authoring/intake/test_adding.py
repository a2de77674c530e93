"""An article becomes a source: what is written, what is refused, and that nothing is half done."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sitegen.authoring.intake.adding import Added, add
from sitegen.authoring.intake.incoming import Incoming, take_file
from sitegen.authoring.refusals import Refused
from sitegen.build import examine
from sitegen.diagnostics import Severity
from tests.articles import PAGE, pdf
from tests.conftest import MakeProject

FILES = """
    -- content/site.yaml --
    title: Rain
    -- content/sources/herald.yaml --
    title: Rain on Monday
    text: herald.txt
    -- seeds/herald.txt --
    It rained on Monday.
    """


def take(folder: Path, incoming: Incoming, note_id: str = "", encoding: str = "") -> Added:
    """Add an article as it came in on a day of its own."""
    return add(
        folder, incoming, collected="2025-06-30", most=10_000, note_id=note_id, encoding=encoding
    )


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file and folder below a folder, with the bytes of the files."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def errors_of(folder: Path) -> list[str]:
    """Return what a build would find wrong."""
    found = examine(folder).diagnostics
    return [each.message for each in found if each.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("text", "sentences", "begins_with_title"),
    [
        ("Bridge closed\n\nIt was closed. Nobody knows why.\n", 2, True),
        ("\n# Mr. Hill: Bridge closed\r\n\r\nIt was closed.", 1, True),
        ("It was closed.\nNobody knows why.", 2, False),
        ("Bridge closed", 0, True),
    ],
)
def test_title_is_no_sentence(
    text: str, sentences: int, begins_with_title: bool, project: MakeProject
) -> None:
    """What is told of a text is how many sentences it has below the title that it begins with."""
    added = take(project(FILES), Incoming(text.encode(), "bridge.txt"))
    assert (added.sentences, added.begins_with_title) == (sentences, begins_with_title)


def test_plain_text_is_kept_to_the_byte(project: MakeProject) -> None:
    """Line ends, marks and control characters stay as they came; its sum is in the note."""
    folder = project(FILES)
    raw = b"\xef\xbb\xbfBridge closed\r\n\r\nIt was  closed.\x0c\r\n"
    added = take(folder, Incoming(raw, "a bridge.txt"))
    assert added.files == ("seeds/a-bridge.txt", "content/sources/a-bridge.yaml")
    assert (folder / "seeds/a-bridge.txt").read_bytes() == raw
    note = (folder / "content/sources/a-bridge.yaml").read_text("utf-8")
    assert f"sha256: {hashlib.sha256(raw).hexdigest()}\n" in note
    assert "title: Bridge closed\n" in note
    assert "collected: 2025-06-30\n" in note
    assert "# publisher:" in note
    assert "1 control characters" in added.remarks[0]
    assert errors_of(folder) == []


def test_page_is_kept_beside_its_words(project: MakeProject) -> None:
    """The page as it came lies where nobody takes it for an article's text."""
    folder = project(FILES)
    added = take(folder, Incoming(PAGE.encode(), "saved.html"), "bridge")
    assert added.files == (
        "seeds/bridge.txt",
        "seeds/originals/bridge.html",
        "content/sources/bridge.yaml",
    )
    assert (folder / "seeds/originals/bridge.html").read_bytes() == PAGE.encode()
    assert added.found["authors"] == ["Ada Lindqvist", "Bo Berg"]
    assert added.missing == ("kind", "reliability")
    examined = examine(folder)
    assert {each.rule for each in examined.diagnostics} == {"unused-source"}
    assert examined.site is not None


def test_text_in_another_encoding_is_kept_as_it_came_too(project: MakeProject) -> None:
    """What is read is UTF-8; the file as it came lies beside it, and is no text of its own."""
    folder = project(FILES)
    raw = "Café closed\n\nIt was.\n".encode("utf-16")
    added = take(folder, Incoming(raw, "cafe.txt"))
    assert (folder / "seeds/cafe.txt").read_text("utf-8") == "Café closed\n\nIt was.\n"
    assert (folder / "seeds/originals/cafe.txt.orig").read_bytes() == raw
    assert "utf-16" in added.remarks[0]
    assert {each.rule for each in examine(folder).diagnostics} == {"unused-source"}


def test_pdf_gives_a_source(project: MakeProject) -> None:
    """A PDF is taken in with what it says of itself."""
    folder = project(FILES)
    added = take(folder, Incoming(pdf([["The bridge was closed."]]), "scan.pdf"))
    assert added.files[1] == "seeds/originals/scan.pdf"
    assert added.found["published"] == "2025-03-04"
    assert errors_of(folder) == []


def test_text_that_lies_in_seeds_is_not_copied(project: MakeProject) -> None:
    """A text that an author put there gets its note, and stays where it is."""
    folder = project(FILES)
    project("-- seeds/press/letter.md --\n# A letter\n\nIt says so.\n")
    incoming = take_file(folder, folder / "seeds/press/letter.md", 1000)
    added = take(folder, incoming)
    assert added.files == ("content/sources/letter.yaml",)
    note = (folder / "content/sources/letter.yaml").read_text("utf-8")
    assert "text: press/letter.md\n" in note
    assert "title: A letter\n" in note
    assert errors_of(folder) == []
    with pytest.raises(Refused, match='"letter" has this very text'):
        take(folder, incoming, "again")


@pytest.mark.parametrize(
    ("incoming", "note_id", "message"),
    [
        (Incoming(b"It snowed.", "x.txt"), "herald", 'there is a source "herald" already'),
        (Incoming(b"It snowed.", "Herald.txt"), "", 'there is a source "herald" already'),
        (Incoming(b"It rained on Monday.\n", "x.txt"), "", '"herald" has this very text'),
        (Incoming(b"It hailed.\n", "x.txt"), "", "is there already: seeds/loose.txt"),
        (Incoming(b"It snowed.", "loose.txt"), "", "seeds/loose.txt is there already"),
        (Incoming(b"It snowed.", "x.txt"), "No Good", '"No Good" cannot be an id'),
        (Incoming("雨が降った。".encode(), "雨.txt"), "", "no id can be made"),
        (Incoming(b" \n", "x.txt"), "", "no words"),
    ],
)
def test_what_cannot_be_added_leaves_everything_as_it_was(
    incoming: Incoming, note_id: str, message: str, project: MakeProject
) -> None:
    """An id or a text that is there already is named, and nothing is written."""
    folder = project(FILES)
    project("-- seeds/loose.txt --\nIt hailed.\n")
    before = files_of(folder)
    with pytest.raises(Refused, match=message):
        take(folder, incoming, note_id)
    assert files_of(folder) == before


def test_note_that_cannot_be_written_leaves_no_text(project: MakeProject) -> None:
    """Where the last of the files is refused by the system, the others go again."""
    folder = project(FILES)
    (folder / "content/sources/herald.yaml").unlink()
    (folder / "content/sources").rmdir()
    (folder / "content/sources").write_text("in the way")
    before = files_of(folder)
    with pytest.raises(Refused, match=r"cannot write content/sources/saved\.yaml"):
        take(folder, Incoming(PAGE.encode(), "saved.html"))
    assert files_of(folder) == before


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("https://www.herald.example/a", "https://www.herald.example/a"),
        ("https://evil.example/a", "https://herald.example/page?x=1"),
        ("javascript:alert(1)", "https://herald.example/page?x=1"),
    ],
)
def test_page_names_its_address_only_on_its_own_server(
    canonical: str, expected: str, project: MakeProject
) -> None:
    """A page may say under which of its addresses it is known, not that it is somebody else's."""
    page = PAGE.replace("https://example.org/a#top", canonical).encode()
    incoming = Incoming(page, "page", "text/html", "", "https://herald.example/page?x=1")
    assert take(project(FILES), incoming).found["url"] == expected


def test_id_is_like_the_title_of_what_was_fetched(project: MakeProject) -> None:
    """A long title is cut after a whole word; a file gives its own name."""
    page = PAGE.replace("Bridge closed to traffic", "Bridge closed to traffic " * 6)
    incoming = Incoming(page.encode(), "12345", "text/html", "", "https://example.org/12345")
    added = take(project(FILES), incoming)
    assert added.id == "bridge-closed-to-traffic-bridge-closed-to-traffic-bridge"


def test_what_a_page_says_wrong_is_shown_and_not_kept(project: MakeProject) -> None:
    """A language that is none, or a title with line breaks and marks, does no harm."""
    page = PAGE.replace('lang="en-GB"', 'lang="{{ page.lang }}"').replace(
        "Bridge closed to traffic", "a: &b *c # !!python/object \u202e \x07 'q' \""
    )
    folder = project(FILES)
    added = take(folder, Incoming(page.encode(), "x.html"))
    note = (folder / "content/sources/x.yaml").read_text("utf-8")
    assert "# Found, but it cannot stand there: {{ page.lang }}\n# language:" in note
    assert added.found["title"] == "a: &b *c # !!python/object 'q' \""
    assert errors_of(folder) == []


def test_file_that_cannot_be_taken_is_refused(tmp_path: Path) -> None:
    """A folder, a file that is not there, and one that is too large."""
    (tmp_path / "large.txt").write_bytes(b"a" * 11)
    said = {"": "no ordinary file", "none.txt": "there is no file", "large.txt": "longer than"}
    for name, words in said.items():
        with pytest.raises(Refused, match=words):
            take_file(tmp_path, tmp_path / name, 10)
    assert take_file(tmp_path, tmp_path / "large.txt", 11).raw == b"a" * 11
