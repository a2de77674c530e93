"""Files become records: walks `content/` and `seeds/` of a project and returns a Corpus.

Every mistake becomes a diagnostic; nothing an author wrote raises and nothing is dropped silently.
The project's notes and articles are read here and nowhere else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NamedTuple, cast

from msgspec import Struct, field

from sitegen.diagnostics import Diagnostic, Location, did_you_mean, error, warning
from sitegen.markup import (
    Conversions,
    conversions_of,
    forget_conversions,
    know_conversions,
)
from sitegen.model import Corpus, Kind, Record, Ref, Seed
from sitegen.notes import (
    LONGEST_ID,
    FrontMatter,
    Note,
    Page,
    SiteSettings,
    Source,
    SourceId,
    foreign_letter,
    id_like,
    is_id,
    is_reserved,
    prose,
)
from sitegen.packets import Keys, Layered, Packed
from sitegen.project_files import ProjectFiles, is_file, is_folder
from sitegen.schema import MODELS, validate
from sitegen.workers import share_out
from sitegen.yaml_nodes import Data, Places, read_yaml, split_front_matter

FOLDERS: Final[Mapping[str, Kind]] = {f"{kind}s": kind for kind in Kind}
_SEED_ENDINGS: Final = (".txt", ".md")
_WORTH_SHARING: Final = 500  # notes


class ReadNote(Struct, frozen=True):
    """What came of reading a note's file: its text, the note, and what is wrong with either.

    `digest` is the SHA-256 of the file's bytes, empty where they could not be had; so are text and
    note None. `conversions` is what the note's Markdown comes to.
    """

    digest: bytes
    text: str | None
    record: Record[Note] | None
    diagnostics: tuple[Diagnostic, ...]
    conversions: Conversions


class Outline(NamedTuple):
    """What of a note's file is wanted of all notes: so little that the others stay closed.

    `digest` is the SHA-256 of the file's bytes. `is_sound` says that there is a note and nothing
    wrong with it.
    """

    digest: bytes
    is_sound: bool
    is_draft: bool
    allows: bool


class NoteMemory(Struct):
    """What was read of the files of notes, by path below the project, for the next time.

    `unchanged` are the paths of those that have not changed since and need not be looked at again.
    Where nothing `is_kept`, their Markdown need not be converted: not everybody has use for it.
    """

    notes: Mapping[str, ReadNote] = field(default_factory=dict)
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    unchanged: Collection[str] = frozenset()
    is_kept: bool = True


class _Records(Mapping[str, Record[Note]]):
    """The notes of one kind by id; each comes from its file's entry when it is asked for."""

    def __init__(self, notes: Mapping[str, ReadNote], names: Mapping[str, str]) -> None:
        self._notes = notes
        self._names = names

    def __getitem__(self, note_id: str) -> Record[Note]:
        record = self._notes[self._names[note_id]].record
        if record is None:
            raise KeyError(note_id)
        return record

    def __contains__(self, note_id: object) -> bool:
        return note_id in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class _Texts(Mapping[str, str]):
    """The texts of files by path: those of notes, and some others."""

    def __init__(self, notes: Mapping[str, ReadNote], others: Mapping[str, str]) -> None:
        self._notes = notes
        self._others = others

    def __getitem__(self, path: str) -> str:
        text = self._notes[path].text if path in self._notes else self._others[path]
        if text is None:
            raise KeyError(path)
        return text

    def __iter__(self) -> Iterator[str]:
        yield from (path for path in self._notes if self._notes[path].text is not None)
        yield from self._others

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Reading(ProjectFiles):
    """What has been found so far; lives only while `read_project` runs."""

    names: dict[Kind, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in Kind})
    unread: set[Ref] = field(default_factory=set)
    drafts: set[Ref] = field(default_factory=set)
    allowing: set[Ref] = field(default_factory=set)
    candidates: list[tuple[Path, Ref]] = field(default_factory=list)


def read_project(
    root: Path, memory: NoteMemory | None = None, processes: int = 1
) -> tuple[Corpus | None, tuple[Diagnostic, ...]]:
    """Return all that a project's folder holds, and what is wrong with its files.

    The Corpus is None only where `content/` or a folder in it is missing or closed. Where
    `site.yaml` is missing or cannot be used, which is an error, other settings stand in, so that
    the notes are checked all the same.

    What `memory` holds of a file with the same bytes is taken over; afterwards it holds what was
    read now, and what the Markdown in it comes to.
    """
    root = root.resolve()
    reading = _Reading(root)
    content = root / "content"
    if not is_folder(content):
        reading.say(
            error("no-content", Location("content"), "there is no folder content/ here",
                  "run sitegen in the project's folder, or name it: sitegen build PROJECT")
        )  # fmt: skip
        return None, tuple(reading.diagnostics)
    entries = reading.entries(content)
    if reading.closed:
        return None, tuple(reading.diagnostics)
    settings = _read_settings(reading, content / "site.yaml", entries)
    for entry in entries:
        if entry.name in FOLDERS and is_folder(entry):
            _list_folder(reading, entry, FOLDERS[entry.name])
        elif entry.name != "site.yaml":
            _stray(reading, entry)
    if reading.closed:  # all that leads to its notes would be reported too
        return None, tuple(reading.diagnostics)
    memory = memory or NoteMemory(is_kept=False)
    notes = _read_notes(reading, memory, processes)
    records = {kind: _Records(notes, reading.names[kind]) for kind in Kind}
    corpus = Corpus(
        settings=settings,
        seeds=_read_seeds(reading, cast("Mapping[str, Record[Source]]", records[Kind.SOURCE])),
        unread=frozenset(reading.unread),
        drafts=frozenset(reading.drafts),
        allowing=frozenset(reading.allowing),
        files=_Texts(notes, reading.texts),
        files_of={
            kind: {note_id: (name, memory.outlines[name].digest) for note_id, name in names.items()}
            for kind, names in reading.names.items()
        },
        **{f"{kind}s": each for kind, each in records.items()},  # type: ignore[arg-type]
    )
    return corpus, tuple(reading.diagnostics)


def _stray(reading: _Reading, entry: Path) -> None:
    at = reading.at(entry)
    if not is_folder(entry):
        help_ = "notes lie in the folders below content/, one folder for each kind"
        reading.say(error("stray-file", at, f'"{entry.name}" is not read', help_))
        return
    meant = get_close_matches(entry.name.lower(), FOLDERS, n=1)
    help_ = f'did you mean "{meant[0]}"?' if meant else f"notes lie in: {', '.join(FOLDERS)}"
    message = f'"{entry.name}" is no folder of notes, so nothing in it is read'
    reading.say(error("unknown-folder", at, message, help_))
    for path in reading.entries(entry) if meant else ():
        _expect(reading, FOLDERS[meant[0]], path)


def _expect(reading: _Reading, kind: Kind, path: Path) -> None:
    """Take a file for the note that it would be, were it not for a mistake that is reported.

    Otherwise every use of its id would be reported too.
    """
    reading.unread |= {Ref(kind, path.stem), Ref(kind, id_like(path.stem))}


def _read_settings(reading: _Reading, path: Path, entries: Collection[Path]) -> SiteSettings:
    stand_in = SiteSettings(title="untitled")
    if path not in entries:
        at, help_ = reading.at(path), "write it; `title: …` is enough"
        reading.say(error("no-site-settings", at, "content/site.yaml is missing", help_))
        return stand_in
    text = reading.read(path)
    if text is None:
        return stand_in
    name = reading.name_of(path)
    data, faults = read_yaml(name, text)
    reading.say(*faults)
    if not _is_whole(faults):
        return stand_in
    settings, faults = validate(SiteSettings, data, Places(name, text))
    reading.say(*faults)
    return settings or stand_in


def _list_folder(reading: _Reading, folder: Path, kind: Kind) -> None:
    endings = (".md",) if kind is Kind.PAGE else (".yaml", ".yml")
    for path in reading.entries(folder):
        if is_folder(path) or path.suffix not in endings:
            reading.say(
                error(
                    "stray-file",
                    reading.at(path),
                    f'"{path.name}" is no {kind} and is not read',
                    f"notes are files that end in {endings[0]}, directly in {folder.name}/",
                )
            )
            _expect(reading, kind, path)
        elif fault := _name_fault(reading, path, kind):
            reading.say(fault)
            _expect(reading, kind, path)
        else:
            reading.candidates.append((path, Ref(kind, path.stem)))


def _name_fault(reading: _Reading, path: Path, kind: Kind) -> Diagnostic | None:
    """Return what is wrong with the id that a file's name gives."""
    at, note_id = reading.at(path), path.stem
    if len(note_id) > LONGEST_ID:
        message = f"this id has {len(note_id)} characters, at most {LONGEST_ID} may be"
        return error("bad-file-name", at, message, "give the file a shorter name")
    if not is_id(note_id):
        alike = id_like(note_id)
        help_ = f'rename it to "{alike}{path.suffix}"' if alike else "use a-z, 0-9 and hyphens"
        if foreign := foreign_letter(note_id):
            help_ = f"{foreign}: use a-z, 0-9 and hyphens"
        return error("bad-file-name", at, f'"{note_id}" cannot be an id', help_)
    if is_reserved(note_id) and not (kind is Kind.PAGE and note_id == "index"):
        help_ = "choose a name that says more"
        return error("bad-file-name", at, f'"{note_id}" is reserved', help_)
    return None


def _read_notes(reading: _Reading, memory: NoteMemory, processes: int) -> Mapping[str, ReadNote]:
    """Read the files that may be notes, take the notes that they hold, and return all by path."""
    names = [reading.name_of(path) for path, _ in reading.candidates]
    changed = [
        (name, candidate)
        for name, candidate in zip(names, reading.candidates, strict=True)
        if name not in memory.unchanged or name not in memory.notes
    ]

    def read_some(some: Sequence[tuple[str, tuple[Path, Ref]]]) -> list[ReadNote | None]:
        return [
            _read_file(reading, *each, memory.outlines.get(name), is_kept=memory.is_kept)
            for name, each in some
        ]

    found = share_out(read_some, changed, processes if len(changed) >= _WORTH_SHARING else 1)
    new = {name: read for (name, _), read in zip(changed, found, strict=True) if read is not None}
    notes = Layered(Keys(names), new, memory.notes) if len(new) < len(names) else new
    outlines = {**memory.outlines, **{name: _outline(read) for name, read in new.items()}}
    if memory.is_kept:
        forget_conversions()
        know_conversions(each.conversions for each in new.values())
        if isinstance(memory.notes, Packed):
            memory.notes.on_opening = _know
    for name, (_, ref) in zip(names, reading.candidates, strict=True):
        _take(reading, name, ref, outlines[name], notes)
    memory.notes, memory.outlines = notes, {name: outlines[name] for name in names}
    return notes


def _know(notes: Iterable[ReadNote]) -> None:
    know_conversions(each.conversions for each in notes)


def _outline(read: ReadNote) -> Outline:
    return Outline(
        digest=read.digest,
        is_sound=read.record is not None and not read.diagnostics,
        is_draft=read.record is not None and read.record.note.draft,
        allows=read.record is not None and bool(read.record.note.allow),
    )


def _read_file(
    reading: _Reading, path: Path, ref: Ref, known: Outline | None, *, is_kept: bool
) -> ReadNote | None:
    """Return what a note's file holds, or None if that is known; `reading` is only looked at."""
    files = ProjectFiles(reading.root, real_folders=reading.real_folders)
    raw = files.bytes_of(path)
    digest = b"" if raw is None else hashlib.sha256(raw).digest()
    if digest and known and known.digest == digest:
        return None
    text = files.text_of(path, raw) if raw is not None else None
    if text is None:
        return ReadNote(digest, None, None, tuple(files.diagnostics), conversions_of(()))
    record, diagnostics = read_note(ref, files.name_of(path), text)
    texts = [markdown for _, markdown in prose(record.note)] if record and is_kept else []
    return ReadNote(digest, text, record, diagnostics, conversions_of(texts))


def _take(
    reading: _Reading, name: str, ref: Ref, outline: Outline, notes: Mapping[str, ReadNote]
) -> None:
    """Take a note over from what came of reading its file."""
    names = reading.names[ref.kind]
    if ref.id in names:
        reading.say(
            error(
                "repeated-id",
                Location(name),
                f'another {ref.kind} has the id "{ref.id}"',
                "rename or remove one of the two",
                ((Location(names[ref.id]), "the other one"),),
            )
        )
        reading.unread.add(ref)
        return
    if outline.is_sound:
        names[ref.id] = name
    else:
        read = notes[name]
        reading.say(*read.diagnostics)
        reading.unread.add(ref)
        if read.record:
            names[ref.id] = name
    if outline.is_draft:
        reading.drafts.add(ref)
    if outline.allows:
        reading.allowing.add(ref)


def read_note(ref: Ref, path: str, text: str) -> tuple[Record[Note] | None, tuple[Diagnostic, ...]]:
    """Return the note that a file's text holds, and what is wrong with it.

    Where something is, the note holds what could be used of the text; it is None if that is
    nothing.
    """
    body, body_at, first_line = "", None, 1
    yaml_text = text
    if ref.kind is Kind.PAGE:
        parts, diagnostics = split_front_matter(path, text)
        if diagnostics:
            return None, diagnostics
        yaml_text, first_line = parts.yaml_text, parts.yaml_first_line
        body, body_at = parts.body, Location(path, parts.body_first_line)
    data: dict[str, Data] = {}
    yaml_faults: tuple[Diagnostic, ...] = ()
    if yaml_text or ref.kind is not Kind.PAGE:
        data, yaml_faults = read_yaml(path, yaml_text, first_line)
        if not _is_whole(yaml_faults):
            return None, yaml_faults
    places = Places(path, yaml_text, first_line)
    note, faults = validate(MODELS[ref.kind], data, places)
    at_tags = {each.at for each in yaml_faults}  # whose values are not what they would be without
    faults = tuple(each for each in faults if each.at not in at_tags)
    if isinstance(note, FrontMatter):
        fields = {each: getattr(note, each) for each in type(note).model_fields}
        note = Page.model_construct(**fields, body=body)
    return Record(ref, note, places, body_at) if note else None, (*yaml_faults, *faults)


def _is_whole(faults: tuple[Diagnostic, ...]) -> bool:
    """Return whether YAML with these faults has all its values nevertheless."""
    return all(fault.rule in {"repeated-key", "yaml-tag"} for fault in faults)


def _read_seeds(reading: _Reading, sources: Mapping[str, Record[Source]]) -> dict[SourceId, Seed]:
    """Read the texts that the sources name; texts shared by two sources are read once."""
    available = dict(_seed_files(reading))
    by_name: dict[str, Seed | None] = {}
    seeds: dict[SourceId, Seed] = {}
    for note_id, record in sources.items():
        name = record.note.text
        if name is None:
            continue
        if name not in available and reading.closed:
            continue  # it may lie where nobody can look
        if name not in available:
            reading.say(_seed_not_found(reading, record, name, available))
            continue
        if name not in by_name:
            by_name[name] = _read_seed(reading, available[name])
        if seed := by_name[name]:
            seeds[SourceId(note_id)] = seed
    # A source that could not be read, or whose text was not found, may well mean one of these.
    named = {each.note.text for each in sources.values()}
    is_complete = named - {None} <= available.keys()
    if is_complete and not any(ref.kind is Kind.SOURCE for ref in reading.unread):
        for name in sorted(available.keys() - by_name.keys()):
            note_id = id_like(Path(name).stem) or "…"
            help_ = f"write content/sources/{note_id}.yaml with `text: {name}`, or remove the text"
            at = Location(f"seeds/{name}")
            reading.say(warning("unused-seed", at, "no source names this text", help_))
    return seeds


def _seed_not_found(
    reading: _Reading, record: Record[Note], name: str, available: Collection[str]
) -> Diagnostic:
    message = f'there is no text "{name}" below seeds/'
    help_ = did_you_mean(name, available) or "the path is relative to seeds/"
    if name.startswith("/") or ".." in name.split("/"):
        message, help_ = f'"{name}" leads out of seeds/', "copy the text to seeds/ and name it here"
    elif Path(name).suffix not in _SEED_ENDINGS and is_file(reading.root / "seeds" / name):
        message = f'"{name}" is no plain text'
        help_ = "save the words of the article as a file that ends in .txt or .md"
    return error("seed-not-found", record.at("text"), message, help_)


def _seed_files(reading: _Reading) -> Iterator[tuple[str, Path]]:
    """Yield the texts below `seeds/`, at any depth, by their path there; hidden ones are none."""
    top = reading.root / "seeds"
    folders = [top] if is_folder(top) else []
    for folder in folders:
        for path in reading.entries(folder):
            if path.suffix in _SEED_ENDINGS and not is_folder(path):
                yield path.relative_to(top).as_posix(), path
            elif is_folder(path) and not path.is_symlink():  # a link may lead in a circle
                folders.append(path)


def _read_seed(reading: _Reading, path: Path) -> Seed | None:
    raw = reading.bytes_of(path)
    text = reading.text_of(path, raw) if raw is not None else None
    if raw is None or text is None:
        return None
    return Seed(reading.name_of(path), text, hashlib.sha256(raw).hexdigest())
