"""From a folder to a Corpus: which files are notes, what they hold, what is left unread."""

from __future__ import annotations

import gc
import hashlib
from pathlib import Path
from weakref import ref

import pytest

from sitegen.diagnostics import Location
from sitegen.file_contents import read_note
from sitegen.incremental.kept_files import NoteMemory, PutAwayFiles, let_go
from sitegen.kinds import Kind
from sitegen.model import Corpus, Ref
from sitegen.project_files import Listing, listing_of
from sitegen.read import read_project
from sitegen.storage.cache import stamp_files
from sitegen.storage.packet_file import PacketFile
from tests.conftest import MakeProject

SITE = """
    -- content/site.yaml --
    title: Rain
    """


def corpus_of(folder: Path) -> Corpus:
    """Return what a project without mistakes holds."""
    corpus, diagnostics = read_project(folder)
    assert diagnostics == ()
    assert corpus is not None
    return corpus


def rules_of(folder: Path) -> list[tuple[str, str]]:
    """Return path and rule of everything that is wrong with a project's files."""
    return sorted((each.at.path, each.rule) for each in read_project(folder)[1])


def test_every_kind_of_note_is_read(project: MakeProject) -> None:
    """Each folder of content/ holds the notes of one kind, under the names of their files."""
    corpus = corpus_of(
        project("""
        -- content/site.yaml --
        title: Rain
        -- content/actors/mayor.yaml --
        name: The mayor
        -- content/claims/it-rained.yml --
        statement: It rained.
        evidence: [{source: herald, quote: It rained}]
        -- content/corrections/2024-06-20.yaml --
        date: 2024-06-20
        was: dry
        now: wet
        -- content/events/rain.yaml --
        title: Rain
        date: 2024-06-17
        -- content/measures/rainfall.yaml --
        title: Rainfall
        unit: millimetres
        -- content/pages/index.md --
        ---
        title: Rain
        ---
        It rained.
        -- content/places/gauge.yaml --
        name: The gauge
        -- content/questions/why.yaml --
        question: Why?
        -- content/sources/herald.yaml --
        title: Rain on Monday
        """)
    )
    assert {str(record.ref) for record in corpus.all_records()} == {
        "actor:mayor",
        "claim:it-rained",
        "correction:2024-06-20",
        "event:rain",
        "measure:rainfall",
        "page:index",
        "place:gauge",
        "question:why",
        "source:herald",
    }
    assert corpus.settings.title == "Rain"
    assert corpus.files["content/places/gauge.yaml"] == "name: The gauge\n"
    assert corpus.pages["index"].note.body == "It rained.\n"
    assert corpus.pages["index"].body_at == Location("content/pages/index.md", 4)


def test_folders_that_are_not_there_are_empty(project: MakeProject) -> None:
    """A title is all that a project needs."""
    corpus = corpus_of(project(SITE))
    assert list(corpus.all_records()) == []
    assert corpus.seeds == {}


def test_order_of_files_changes_nothing(project: MakeProject) -> None:
    """A project written in another order reads the same, records in the order of ids."""
    names = ["b", "a", "c-1", "c", "10", "2"]
    texts = [f"-- content/actors/{name}.yaml --\nname: {name.upper()}\n" for name in names]
    start = "-- content/site.yaml --\ntitle: Rain\n"
    first = corpus_of(project(start + "".join(texts), "first"))
    second = corpus_of(project("".join(reversed(texts)) + start, "second"))
    assert first == second
    assert list(first.actors) == list(second.actors) == ["10", "2", "a", "b", "c", "c-1"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_note_is_the_same_from_any_editor(end: str, mark: bytes, project: MakeProject) -> None:
    """Line ends and a byte order mark change neither values nor places."""
    folder = project(SITE)
    (folder / "content" / "actors").mkdir()
    text = f"# note{end}name: The mayor{end}role: head{end}"
    (folder / "content" / "actors" / "mayor.yaml").write_bytes(mark + text.encode())
    record = corpus_of(folder).actors["mayor"]  # type: ignore[index]
    assert (record.note.name, record.note.role) == ("The mayor", "head")
    assert record.at("role") == Location("content/actors/mayor.yaml", 3, 7)


def test_files_of_systems_and_editors_are_ignored(project: MakeProject) -> None:
    """Hidden files, hidden folders and backups are no mistakes, wherever they lie."""
    assert (
        rules_of(
            project("""
            -- .git/HEAD --
            main
            -- content/.DS_Store --
            x
            -- content/site.yaml --
            title: Rain
            -- content/actors/.mayor.yaml.swp --
            x
            -- content/actors/mayor.yaml~ --
            x
            -- content/actors/#mayor.yaml# --
            x
            -- seeds/.obsidian/herald.txt --
            It rained.
            -- seeds/.hidden.txt --
            It rained.
            -- seeds/herald.txt.bak --
            It rained.
            -- seeds/herald.html --
            It rained.
            """)
        )
        == []
    )


def test_article_is_kept_as_it_is(project: MakeProject) -> None:
    """An article's text loses nothing but a byte order mark, its sum is that of the file."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        -- content/sources/herald.yaml --
        title: Rain on Monday
        text: 2024/herald.txt
        -- seeds/2024/herald.txt --
        It rained.
        """)
    raw = b"\xef\xbb\xbfIt\r\nrained.\r  \xc2\xa0e\xcc\x81\n\n"
    (folder / "seeds" / "2024" / "herald.txt").write_bytes(raw)
    (seed,) = corpus_of(folder).seeds.values()
    assert seed.text == "It\r\nrained.\r  \u00a0e\u0301\n\n"
    assert seed.path == "seeds/2024/herald.txt"
    assert seed.sha256 == hashlib.sha256(raw).hexdigest()


def test_two_sources_may_share_a_text(project: MakeProject) -> None:
    """An article that two sources name is read once and belongs to both."""
    corpus = corpus_of(
        project("""
        -- content/site.yaml --
        title: Rain
        -- content/sources/herald.yaml --
        title: Rain on Monday
        text: wire.txt
        -- content/sources/mail.yaml --
        title: Rain
        text: wire.txt
        -- seeds/wire.txt --
        It rained.
        """)
    )
    first, second = corpus.seeds.values()
    assert first is second


def test_faulty_shared_text_is_reported_once(project: MakeProject) -> None:
    """One file that is no text is one mistake, however many sources name it."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        -- content/sources/herald.yaml --
        title: Rain on Monday
        text: wire.txt
        -- content/sources/mail.yaml --
        title: Rain
        text: wire.txt
        -- seeds/wire.txt --
        It rained.
        """)
    (folder / "seeds" / "wire.txt").write_bytes(b"\xff")
    assert rules_of(folder) == [("seeds/wire.txt", "not-utf8")]


def test_text_of_a_source_that_could_not_be_read_is_not_unused(project: MakeProject) -> None:
    """Who cannot read a source does not know which text it names."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        -- content/sources/herald.yaml --
        title: @
        text: herald.txt
        -- seeds/herald.txt --
        It rained.
        """)
    assert rules_of(folder) == [("content/sources/herald.yaml", "yaml-syntax")]


def test_text_may_be_what_a_misspelt_path_means(project: MakeProject) -> None:
    """A path that leads to no text and the text it means are one mistake."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        -- content/sources/herald.yaml --
        title: Rain on Monday
        text: herold.txt
        -- seeds/herald.txt --
        It rained.
        """)
    assert rules_of(folder) == [("content/sources/herald.yaml", "seed-not-found")]


@pytest.mark.parametrize(
    "text", ["/etc/hostname", "../secret.txt", "a/../../secret.txt", "..", "."]
)
def test_source_cannot_name_a_file_elsewhere(text: str, project: MakeProject) -> None:
    """A path out of seeds/ is refused, whether there is a file or not."""
    folder = project(f"""
        -- content/site.yaml --
        title: Rain
        -- content/sources/herald.yaml --
        title: Rain on Monday
        text: {text}
        -- secret.txt --
        Secret.
        """)
    corpus, diagnostics = read_project(folder)
    assert [each.rule for each in diagnostics] == ["seed-not-found"]
    assert corpus is not None
    assert not any("Secret" in each for each in corpus.files.values())


def test_links_in_a_circle_end(project: MakeProject) -> None:
    """Folders that link to one another are walked once, among notes and among articles."""
    folder = project(SITE)
    for name in ("content/claims", "seeds/a"):
        (folder / name).mkdir(parents=True)
    (folder / "seeds" / "a" / "again").symlink_to(folder / "seeds")
    (folder / "seeds" / "self").symlink_to("self")
    (folder / "seeds" / "self.txt").symlink_to("self.txt")
    (folder / "content" / "claims" / "again").symlink_to(folder / "content")
    (folder / "content" / "actors").symlink_to("actors")
    assert rules_of(folder) == [
        ("content/actors", "stray-file"),
        ("content/claims/again", "stray-file"),
        ("seeds/self.txt", "unused-seed"),
    ]


def test_linked_folder_out_of_the_project_is_not_read(
    project: MakeProject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A folder that a link would bring in from another place is refused as a whole."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "mayor.yaml").write_text("name: The mayor\n", encoding="utf-8")
    folder = project(SITE)
    (folder / "content" / "actors").symlink_to(outside)
    corpus, diagnostics = read_project(folder)
    assert [(each.at.path, each.rule) for each in diagnostics] == [
        ("content/actors", "outside-project")
    ]
    assert corpus is None


def test_project_may_be_a_link_itself(project: MakeProject, tmp_path: Path) -> None:
    """Where a project lies, and under which name, changes nothing."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        -- content/actors/mayor.yaml --
        name: The mayor
        """)
    (tmp_path / "link").symlink_to(folder)
    assert corpus_of(tmp_path / "link") == corpus_of(folder)


def test_drafts_and_aliases_are_read(project: MakeProject) -> None:
    """Drafts are in the Corpus like any note: what keeps them out of the site comes later."""
    corpus = corpus_of(
        project("""
        -- content/site.yaml --
        title: Rain
        -- content/actors/mayor.yaml --
        name: The mayor
        draft: true
        aliases: [major, head-of-town]
        """)
    )
    (record,) = corpus.actors.values()
    assert record.note.draft
    assert record.note.aliases == ("major", "head-of-town")


def test_what_is_no_note_counts_as_unread(project: MakeProject) -> None:
    """A note under a wrong name is expected under the right one, so that its uses are not wrong."""
    corpus, _ = read_project(
        project("""
        -- content/site.yaml --
        title: Rain
        -- content/actor/mayor.yaml --
        name: The mayor
        -- content/claims/It rained.yaml --
        statement: It rained.
        -- content/events/flood.md --
        The river rose.
        -- content/maps/gauge.yaml --
        name: The gauge
        -- content/places/gauge.yaml --
        name: @
        """)
    )
    assert corpus is not None
    assert corpus.unread >= {
        Ref(Kind.ACTOR, "mayor"),
        Ref(Kind.CLAIM, "it-rained"),
        Ref(Kind.EVENT, "flood"),
        Ref(Kind.PLACE, "gauge"),
    }
    assert not any(ref.id == "gauge" and ref.kind is not Kind.PLACE for ref in corpus.unread)


@pytest.mark.parametrize("text", ["", "title: @\n", "colour: blue\n", "- Rain\n"])
def test_faulty_settings_do_not_hide_other_mistakes(text: str, project: MakeProject) -> None:
    """Notes are read and checked also where site.yaml cannot be used."""
    folder = project("""
        -- content/site.yaml --
        title: Rain
        -- content/actors/mayor.yaml --
        nome: The mayor
        """)
    (folder / "content" / "site.yaml").write_text(text, encoding="utf-8")
    corpus, diagnostics = read_project(folder)
    assert corpus is not None
    assert corpus.files["content/site.yaml"] == text
    assert {each.at.path for each in diagnostics} == {
        "content/actors/mayor.yaml",
        "content/site.yaml",
    }


def test_project_without_content_is_none(tmp_path: Path) -> None:
    """There is nothing to check where there is no content/."""
    corpus, diagnostics = read_project(tmp_path)
    assert corpus is None
    assert [each.rule for each in diagnostics] == ["no-content"]


def test_repeated_key_does_not_hide_other_mistakes() -> None:
    """Of a field that is written twice the first is used, and the note is looked at further."""
    text = "name: The mayor\nname: Ann\nkind: Person\n"
    record, faults = read_note(Ref(Kind.ACTOR, "mayor"), "f.yaml", text)
    assert [each.rule for each in faults] == ["repeated-key", "invalid-value"]
    assert record is not None
    assert getattr(record.note, "name", "") == "The mayor"


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\ntitle: Rain\n---\n\n# It rained\n", "\n# It rained\n", 4),
        ("---\ntitle: Rain\n---\n", "", 4),
        ("---\r\ntitle: Rain\r\n---\r\nIt\r\nrained.", "It\r\nrained.", 4),
        ("---\n# a\n\ntitle: Rain\n---\nIt --- rained\n---\n", "It --- rained\n---\n", 6),
    ],
)
def test_page_has_front_matter_and_body(text: str, body: str, line: int) -> None:
    """The body of a page is what follows its front matter, to the character."""
    record, faults = read_note(Ref(Kind.PAGE, "rain"), "p.md", text)
    assert faults == ()
    assert record is not None
    assert getattr(record.note, "body", None) == body
    assert record.body_at == Location("p.md", line)


def test_what_is_put_away_is_as_it_was_read(project: MakeProject, tmp_path: Path) -> None:
    """All lies in the file at once, and each note knows where its fields stand all the same."""
    folder = project(f"""{SITE}
    -- content/places/gauge.yaml --
    name: The gauge
    -- content/places/town.yaml --
    name: Town #1
    """)
    (tmp_path / "packets").touch()
    file = PacketFile(tmp_path / "packets")
    memory = NoteMemory(file=file)
    corpus, _ = read_project(folder, memory)
    assert corpus is not None
    assert isinstance(memory.notes, PutAwayFiles)
    assert memory.notes.packets.file is file
    assert b"The gauge" in file.path.read_bytes()
    plain = corpus_of(folder).places
    assert [each.note for each in corpus.places.values()] == [each.note for each in plain.values()]
    gauge, town = corpus.places.values()
    assert not isinstance(gauge.locations.written, str)
    assert isinstance(town.locations.written, str)
    assert [each.at("name") for each in (gauge, town)] == [
        Location("content/places/gauge.yaml", 1, 7),
        Location("content/places/town.yaml", 1, 7),
    ]


def test_texts_that_lie_open_can_be_let_go(project: MakeProject, tmp_path: Path) -> None:
    """They stay open as long as they are wanted often, and can be opened again."""
    (tmp_path / "packets").touch()
    folder = project(f"""{SITE}
    -- content/sources/a.yaml --
    title: The A
    text: a.txt
    -- seeds/a.txt --
    It rained.
    """)
    corpus, _ = read_project(folder, NoteMemory(file=PacketFile(tmp_path / "packets")))
    assert corpus is not None
    ((source_id, seed),) = corpus.seeds.items()
    assert corpus.seeds[source_id] is seed
    let_go(corpus.seeds)
    assert corpus.seeds[source_id] == seed
    assert corpus.seeds[source_id] is not seed


def test_what_was_put_away_goes_as_soon_as_nobody_has_it(
    project: MakeProject, tmp_path: Path
) -> None:
    """Nothing need be searched for: a build does without that."""
    folder = project(f"{SITE}-- content/places/gauge.yaml --\n    name: The gauge\n")
    (tmp_path / "packets").touch()
    file = PacketFile(tmp_path / "packets")
    is_open = ref(file)
    gc.disable()
    try:
        corpus, _ = read_project(folder, NoteMemory(file=file))
        assert corpus is not None
        assert [each.at("name").column for each in corpus.places.values()] == [7]
        del corpus, file
        assert is_open() is None
    finally:
        gc.enable()


def listed_in(folder: Path) -> Listing:
    """Return what the folders of a project hold."""
    found = stamp_files(folder, ["content", "seeds"]).files
    return listing_of(["content/", "seeds/", *found])


def told_by(folder: Path, memory: NoteMemory | None = None) -> object:
    """Return all that reading a project tells."""
    corpus, diagnostics = read_project(folder, memory)
    assert corpus is not None
    tables = {kind: dict(corpus.files_of[kind]) for kind in Kind}
    notes = {kind: [each.note for each in corpus.records(kind).values()] for kind in Kind}
    sets = corpus.unread, corpus.drafts, corpus.allowing
    found = corpus.texts_of, corpus.refs_of, dict(corpus.kinds_of)
    return diagnostics, tables, notes, sets, found, dict(corpus.seeds)


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("content/places/town.yaml", ["name: City", "name: Town"]),
        ("content/places/town.yaml", ["name: City\ndraft: true", "name: City", "name: Town"]),
        ("content/places/town.yaml", ["name: City\nallow: {x: y}", "name: City"]),
        ("content/places/town.yaml", ["\n\nnam: City", "\nnam: City", "name: City"]),
        ("content/places/town.yaml", ["name: A\n\nname: B", "name: A\nname: B", "name: B"]),
        ("content/sources/a.yaml", ["title: The B\ntext: a.txt", "title: The B\ntext: b.txt"]),
        ("content/sources/a.yaml", ["title: A\ntext: c.txt", "\ntitle: A\ntext: c.txt"]),
        ("content/sources/a.yaml", ["title: A", "title: A\ntext: a.txt"]),
        ("seeds/a.txt", ["It poured.", "It snowed."]),
        ("content/site.yaml", ["title: Snow", "titel: Snow", "title: Rain"]),
    ],
)
def test_change_of_a_file_is_told_as_if_all_were_read(
    path: str, texts: list[str], project: MakeProject
) -> None:
    """Most of what is known of the others is not made anew as long as the same files are there."""
    folder = project(f"""{SITE}
    -- content/actors/town.yaml --
    name: The town
    -- content/places/gauge.yaml --
    name: The gauge
    draft: true
    -- content/places/town.yaml --
    name: Town
    -- content/sources/a.yaml --
    title: The A
    text: a.txt
    -- seeds/a.txt --
    It rained.
    -- seeds/b.txt --
    It did.
    """)
    listing = listed_in(folder)
    memory = NoteMemory(listing=listing)
    read_project(folder, memory)
    assert memory.roster() is not None
    for text in texts:
        (folder / path).write_text(text)
        memory.changed = [path] if path in memory.summaries else []
        assert told_by(folder, memory) == told_by(folder, NoteMemory(listing=listing))


def test_digest_is_all_that_changes_with_words(project: MakeProject) -> None:
    """What is told of all notes stays what it is, and so need not be compared."""
    folder = project(f"{SITE}-- content/places/town.yaml --\n    name: Town\n")
    memory = NoteMemory(listing=listed_in(folder))
    first, _ = read_project(folder, memory)
    (folder / "content/places/town.yaml").write_text("name: City\n")
    memory.changed = ["content/places/town.yaml"]
    second, _ = read_project(folder, memory)
    assert first is not None
    assert second is not None
    assert second.refs_of is first.refs_of
    assert second.files_of[Kind.CLAIM] is first.files_of[Kind.CLAIM]
    ((_, before),) = first.files_of[Kind.PLACE].values()
    ((_, after),) = second.files_of[Kind.PLACE].values()
    assert after == hashlib.sha256(b"name: City\n").digest() != before
