"""Records of sources become source notes."""

from __future__ import annotations

import pytest

from sitegen.authoring.exchange import records
from sitegen.authoring.exchange.records import Record, id_of, take_records
from sitegen.authoring.refusals import Invalid
from sitegen.build import examine
from sitegen.diagnostics import Diagnostic, Location, Severity, error
from sitegen.file_contents import read_note
from sitegen.model import Ref
from tests.conftest import MakeProject

SITE = "-- content/site.yaml --\ntitle: T\n"


def test_note_has_what_is_known_and_names_what_was_left_out(project: MakeProject) -> None:
    """What no note has, or what cannot stand there, is a comment at the end and is told."""
    folder = project(SITE)
    record = Record(
        1, "Rain_2025", {"title": "Rain", "published": "soon", "kind": "news"}, {"volume": "3\n"}
    )
    outcome, (told,) = take_records(folder, "x.bib", [record])
    assert outcome.written == ("content/sources/rain-2025.yaml",)
    assert (told.kept, told.left) == (("title", "kind"), {"volume": "3\n", "published": "soon"})
    text = (folder / "content/sources/rain-2025.yaml").read_text("utf-8")
    assert text.endswith(
        "# Not taken over from the record: volume: 3\n"
        "# Not taken over from the record: published: soon\n"
    )
    found = examine(folder).diagnostics
    assert not [each for each in found if each.severity is Severity.ERROR]


def test_all_records_are_written_or_none(project: MakeProject) -> None:
    """A record without a title, or without anything to make an id of, stops all, by its number."""
    folder = project(SITE)
    given = [
        Record(1, "good", {"title": "Rain"}),
        Record(2, "bad\x07", {"title": ""}, line=9),
        Record(3, "", {"title": "雨"}),
    ]
    with pytest.raises(Invalid) as invalid:
        take_records(folder, "x.bib", given)
    assert [(each.at.line, each.message) for each in invalid.value.diagnostics] == [
        (9, "record 2 (bad<U+0007>): it has no title"),
        (1, "record 3: no id can be made of its key or title"),
    ]
    assert not (folder / "content/sources").exists()


@pytest.mark.parametrize("is_usable", [True, False])
def test_record_that_gives_an_unsound_note_stops_all(
    is_usable: bool, project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong with a note that a record would give is told at the record; none is written."""
    folder = project(SITE)

    def read(ref: Ref, path: str, text: str) -> tuple[object, tuple[Diagnostic, ...]]:
        sound, _ = read_note(ref, path, text)
        wrong = error("bad-value", Location(path, 3, 7), "this is no kind", "choose one")
        return (sound if is_usable else None), (wrong,)

    monkeypatch.setattr(records, "read_note", read)
    with pytest.raises(Invalid) as invalid:
        take_records(folder, "x.bib", [Record(1, "rain", {"title": "Rain"}, line=9)])
    assert invalid.value.diagnostics == (
        error("bad-value", Location("x.bib", 9), "record 1 (rain): this is no kind", "choose one"),
    )
    assert not (folder / "content/sources").exists()


@pytest.mark.parametrize(
    ("key", "title", "expected"),
    [
        ("Rain_2025:a", "x", "rain-2025-a"),
        ("http://zotero.org/users/1/items/ABCD", "Rain on Monday", "rain-on-monday"),
        ("", "Rain " * 40, "rain-" * 11 + "rain"),
        ("con", "Rain", "rain"),
        ("雨", "雨", ""),
    ],
)
def test_id_is_like_the_key_or_the_title(key: str, title: str, expected: str) -> None:
    """A key that is an address says nothing to people."""
    assert id_of(Record(1, key, {"title": title})) == expected
