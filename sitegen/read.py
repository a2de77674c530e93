"""Files become records: walks `content/` and `seeds/` of a project and returns a Corpus.

Every mistake becomes a diagnostic; nothing an author wrote raises and nothing is dropped silently.
The project's notes and articles are read here and nowhere else.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from msgspec import field

from sitegen.diagnostics import Diagnostic, Location, did_you_mean, error, warning
from sitegen.kept_files import NoteMemory, Outline, ReadFile, Seeds, Texts, records_of
from sitegen.markup import conversions_of, forget_conversions, know_conversions
from sitegen.model import Corpus, Kind, Record, Ref
from sitegen.note_parts import share_names
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
from sitegen.project_files import Entry, ProjectFiles, is_file, is_folder
from sitegen.schema import MODELS, validate, validate_sound
from sitegen.workers import share_out
from sitegen.yaml_nodes import Data, Places, read_sound_yaml, read_yaml, split_front_matter

FOLDERS: Final[Mapping[str, Kind]] = {f"{kind}s": kind for kind in Kind}
_CONTENT: Final = "content"
_SETTINGS: Final = "content/site.yaml"
_SEEDS: Final = "seeds"
_SEED_ENDINGS: Final = (".txt", ".md")
_WORTH_SHARING: Final = 500  # notes


class _Reading(ProjectFiles):
    """What has been found so far; lives only while `read_project` runs.

    `candidates` are the files that may be notes, with the ids that they would have.
    """

    names: dict[Kind, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in Kind})
    unread: set[Ref] = field(default_factory=set)
    drafts: set[Ref] = field(default_factory=set)
    allowing: set[Ref] = field(default_factory=set)
    candidates: dict[Kind, dict[str, str]] = field(default_factory=dict)


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
    memory = memory or NoteMemory(is_kept=False)
    reading = _Reading(root, listing=memory.listing)
    if not is_folder(root / _CONTENT):
        reading.say(
            error("no-content", Location(_CONTENT), "there is no folder content/ here",
                  "run sitegen in the project's folder, or name it: sitegen build PROJECT")
        )  # fmt: skip
        return None, tuple(reading.diagnostics)
    entries = reading.entries(_CONTENT)
    if reading.closed:
        return None, tuple(reading.diagnostics)
    names = {f"{_CONTENT}/{each.name}" for each in entries}
    settings = _read_settings(reading, is_there=_SETTINGS in names)
    for each in entries:
        if each.name in FOLDERS and each.leads_to_folder:
            _list_folder(reading, FOLDERS[each.name], memory.outlines)
        elif f"{_CONTENT}/{each.name}" != _SETTINGS:
            _stray(reading, each)
    if reading.closed:  # all that leads to its notes would be reported too
        return None, tuple(reading.diagnostics)
    files, signs = _read_all(reading, memory, processes)
    kinds_of = _kinds_of(reading.names)
    corpus = Corpus(
        settings=settings,
        seeds=Seeds(files, signs),
        unread=frozenset(reading.unread),
        drafts=frozenset(reading.drafts),
        allowing=frozenset(reading.allowing),
        files=Texts(files, reading.texts),
        files_of={
            kind: {note_id: (name, memory.outlines[name].digest) for note_id, name in names.items()}
            for kind, names in reading.names.items()
        },
        texts_of=signs,
        refs_of={
            note_id: tuple([Ref(kind, note_id) for kind in kinds])
            for note_id, kinds in kinds_of.items()
        },
        kinds_of=kinds_of,
        **{f"{kind}s": records_of(files, reading.names[kind]) for kind in Kind},  # type: ignore[arg-type]
    )
    return corpus, tuple(reading.diagnostics)


# --- which files there are --------------------------------------------------------------------


def _stray(reading: _Reading, entry: Entry) -> None:
    name = entry.name
    at = Location(f"{_CONTENT}/{name}")
    if not entry.leads_to_folder:
        help_ = "notes lie in the folders below content/, one folder for each kind"
        reading.say(error("stray-file", at, f'"{name}" is not read', help_))
        return
    meant = get_close_matches(name.lower(), FOLDERS, n=1)
    help_ = f'did you mean "{meant[0]}"?' if meant else f"notes lie in: {', '.join(FOLDERS)}"
    message = f'"{name}" is no folder of notes, so nothing in it is read'
    reading.say(error("unknown-folder", at, message, help_))
    for each in reading.entries(at.path) if meant else ():
        _expect(reading, FOLDERS[meant[0]], each.stem)


def _expect(reading: _Reading, kind: Kind, stem: str) -> None:
    """Take a file for the note that it would be, were it not for a mistake that is reported.

    Otherwise every use of its id would be reported too.
    """
    reading.unread |= {Ref(kind, stem), Ref(kind, id_like(stem))}


def _list_folder(reading: _Reading, kind: Kind, known: Collection[str]) -> None:
    """Take down which files of a folder may be notes; the names of `known` ones are in order."""
    folder = f"{_CONTENT}/{kind}s"
    endings = (".md",) if kind is Kind.PAGE else (".yaml", ".yml")
    found = reading.candidates[kind] = {}
    for stem, ending, leads_to_folder in reading.entries(folder):
        name = f"{folder}/{stem}{ending}"
        if name in known and not leads_to_folder:
            found[name] = stem
        elif leads_to_folder or ending not in endings:
            help_ = f"notes are files that end in {endings[0]}, directly in {kind}s/"
            message = f'"{stem}{ending}" is no {kind} and is not read'
            reading.say(error("stray-file", Location(name), message, help_))
            _expect(reading, kind, stem)
        elif fault := _name_fault(Location(name), kind, stem, ending):
            reading.say(fault)
            _expect(reading, kind, stem)
        else:
            found[name] = stem


def _name_fault(at: Location, kind: Kind, note_id: str, ending: str) -> Diagnostic | None:
    """Return what is wrong with the id that a file's name gives."""
    if len(note_id) > LONGEST_ID:
        message = f"this id has {len(note_id)} characters, at most {LONGEST_ID} may be"
        return error("bad-file-name", at, message, "give the file a shorter name")
    if not is_id(note_id):
        alike = id_like(note_id)
        help_ = f'rename it to "{alike}{ending}"' if alike else "use a-z, 0-9 and hyphens"
        if foreign := foreign_letter(note_id):
            help_ = f"{foreign}: use a-z, 0-9 and hyphens"
        return error("bad-file-name", at, f'"{note_id}" cannot be an id', help_)
    if is_reserved(note_id) and not (kind is Kind.PAGE and note_id == "index"):
        help_ = "choose a name that says more"
        return error("bad-file-name", at, f'"{note_id}" is reserved', help_)
    return None


def _list_seeds(reading: _Reading) -> Iterator[str]:
    """Yield the texts below `seeds/`, at any depth, by their path there; hidden ones are none."""
    folders = [_SEEDS] if is_folder(reading.root / _SEEDS) else []
    for folder in folders:
        for each in reading.entries(folder):
            name = f"{folder}/{each.name}"
            if each.ending in _SEED_ENDINGS and not each.leads_to_folder:
                yield name.removeprefix(f"{_SEEDS}/")
            elif each.leads_to_folder and not os.path.islink(reading.root / name):  # noqa: PTH114
                folders.append(name)  # a link may lead in a circle


# --- what they hold ---------------------------------------------------------------------------


def _read_settings(reading: _Reading, *, is_there: bool) -> SiteSettings:
    stand_in = SiteSettings(title="untitled")
    if not is_there:
        at, help_ = Location(_SETTINGS), "write it; `title: …` is enough"
        reading.say(error("no-site-settings", at, "content/site.yaml is missing", help_))
        return stand_in
    text = reading.read(_SETTINGS)
    if text is None:
        return stand_in
    data, faults = read_yaml(_SETTINGS, text)
    reading.say(*faults)
    if not _is_whole(faults):
        return stand_in
    settings, faults = validate(SiteSettings, data, Places(_SETTINGS, text))
    reading.say(*faults)
    return settings or stand_in


def _read_all(
    reading: _Reading, memory: NoteMemory, processes: int
) -> tuple[Mapping[str, ReadFile], dict[SourceId, tuple[str, str]]]:
    """Read notes, then the texts that sources name, and take what they hold.

    Returns what was read by path, and of each source whose text is held its file and SHA-256.
    """
    names = [name for found in reading.candidates.values() for name in found]
    refs = (
        (name, Ref(kind, note_id))
        for kind, found in reading.candidates.items()
        for name, note_id in found.items()
        if name not in memory.unchanged or name not in memory.outlines
    )
    new = _read_some(reading, memory, [*refs], processes)
    outlines = {**memory.outlines, **{name: _outline(read) for name, read in new.items()}}
    files = _layered(names, new, memory)
    for kind in reading.candidates:
        _take_notes(reading, kind, outlines, files)
    available = dict.fromkeys(_list_seeds(reading))
    texts = [f"{_SEEDS}/{each}" for each in _wanted(reading, outlines) if each in available]
    new |= _read_some(
        reading,
        memory,
        [(name, None) for name in texts if name not in memory.unchanged or name not in outlines],
    )
    outlines |= {name: _outline(new[name]) for name in texts if name in new}
    names += texts
    files = _layered(names, new, memory)
    if memory.is_kept:
        forget_conversions()
        know_conversions(each.conversions for each in new.values())
        if isinstance(memory.notes, Packed):
            memory.notes.on_opening = _know
    memory.notes, memory.outlines = files, {name: outlines[name] for name in names}
    return files, _take_seeds(reading, outlines, files, available)


def _layered(
    names: Sequence[str], new: Mapping[str, ReadFile], memory: NoteMemory
) -> Mapping[str, ReadFile]:
    """Return what was read of files, now or for the last build."""
    return Layered(Keys(names), new, memory.notes) if len(new) < len(names) else new


def _know(files: Iterable[ReadFile]) -> None:
    know_conversions(each.conversions for each in files)


def _outline(read: ReadFile) -> Outline:
    note = read.record.note if read.record else None
    return Outline(
        digest=read.digest,
        is_sound=read.text is not None and not read.diagnostics,
        is_draft=note is not None and note.draft,
        allows=note is not None and bool(note.allow),
        quotable=note.text if isinstance(note, Source) else None,
    )


def _read_some(
    reading: _Reading,
    memory: NoteMemory,
    changed: Sequence[tuple[str, Ref | None]],
    processes: int = 1,
) -> dict[str, ReadFile]:
    """Return what files hold that may have changed, less those that have not."""

    def read_some(some: Sequence[tuple[str, Ref | None]]) -> list[ReadFile | None]:
        return [
            _read_file(reading, *each, memory.outlines.get(each[0]), is_kept=memory.is_kept)
            for each in some
        ]

    found = share_out(read_some, changed, processes if len(changed) >= _WORTH_SHARING else 1)
    return {name: read for (name, _), read in zip(changed, found, strict=True) if read is not None}


def _read_file(
    reading: _Reading, name: str, ref: Ref | None, known: Outline | None, *, is_kept: bool
) -> ReadFile | None:
    """Return what a file holds, or None if that is known; `reading` is only looked at."""
    files = ProjectFiles(reading.root, known_folders=reading.known_folders)
    raw = files.bytes_of(name)
    digest = b"" if raw is None else hashlib.sha256(raw).digest()
    if digest and known and known.digest == digest:
        return None
    text = files.text_of(name, raw) if raw is not None else None
    if text is None or ref is None:
        return ReadFile(digest, text, None, tuple(files.diagnostics), conversions_of(()))
    record, diagnostics = read_note(ref, name, text)
    texts = [markdown for _, markdown in prose(record.note)] if record and is_kept else []
    return ReadFile(digest, text, record, diagnostics, conversions_of(texts))


def _take_notes(
    reading: _Reading, kind: Kind, outlines: Mapping[str, Outline], files: Mapping[str, ReadFile]
) -> None:
    """Take notes over from what came of reading their files."""
    names = reading.names[kind]
    for name, note_id in reading.candidates[kind].items():
        _, is_sound, is_draft, allows, _ = outlines[name]
        if note_id in names:
            reading.say(_repeated(Ref(kind, note_id), name, names[note_id]))
            reading.unread.add(Ref(kind, note_id))
            continue
        if is_sound:
            names[note_id] = name
        else:
            read = files[name]
            reading.say(*read.diagnostics)
            reading.unread.add(Ref(kind, note_id))
            if read.record:
                names[note_id] = name
        if is_draft:
            reading.drafts.add(Ref(kind, note_id))
        if allows:
            reading.allowing.add(Ref(kind, note_id))


def _kinds_of(names: Mapping[Kind, Mapping[str, str]]) -> dict[str, tuple[Kind, ...]]:
    """Return of every id which kinds of note have it, in their order."""
    found: dict[str, tuple[Kind, ...]] = {}
    for kind in Kind:
        new: dict[str, tuple[Kind, ...]] = dict.fromkeys(names[kind], (kind,))
        for shared in found.keys() & new.keys():
            new[shared] = (*found[shared], kind)
        found |= new
    return found


def _repeated(ref: Ref, name: str, other: str) -> Diagnostic:
    return error(
        "repeated-id",
        Location(name),
        f'another {ref.kind} has the id "{ref.id}"',
        "rename or remove one of the two",
        ((Location(other), "the other one"),),
    )


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
    places = Places(path, yaml_text, first_line)
    note, diagnostics = _read_fields(ref.kind, yaml_text, places)
    if isinstance(note, FrontMatter):
        fields = {each: getattr(note, each) for each in type(note).model_fields}
        note = Page.model_construct(**fields, body=body)
    return Record(ref, note, places, body_at) if note else None, diagnostics


def _read_fields(
    kind: Kind, yaml_text: str, places: Places
) -> tuple[Note | None, tuple[Diagnostic, ...]]:
    sound = read_sound_yaml(yaml_text)
    if sound is not None and (quick := validate_sound(MODELS[kind], sound)):
        share_names(quick)
        return quick, ()
    data: dict[str, Data] = {}
    yaml_faults: tuple[Diagnostic, ...] = ()
    if yaml_text or kind is not Kind.PAGE:
        data, yaml_faults = read_yaml(places.path, yaml_text, places.first_line)
        if not _is_whole(yaml_faults):
            return None, yaml_faults
    note, faults = validate(MODELS[kind], data, places)
    at_tags = {each.at for each in yaml_faults}  # whose values are not what they would be without
    faults = tuple(each for each in faults if each.at not in at_tags)
    return note, (*yaml_faults, *faults)


def _is_whole(faults: tuple[Diagnostic, ...]) -> bool:
    """Return whether YAML with these faults has all its values nevertheless."""
    return all(fault.rule in {"repeated-key", "yaml-tag"} for fault in faults)


# --- the articles -----------------------------------------------------------------------------


def _wanted(reading: _Reading, outlines: Mapping[str, Outline]) -> dict[str, None]:
    """Return the texts that sources name, each once."""
    sources = reading.names[Kind.SOURCE].values()
    return dict.fromkeys(each for name in sources if (each := outlines[name].quotable))


def _take_seeds(
    reading: _Reading,
    outlines: Mapping[str, Outline],
    files: Mapping[str, ReadFile],
    available: Mapping[str, None],
) -> dict[SourceId, tuple[str, str]]:
    """Return of each source whose text is held the text's file and the SHA-256 of that."""
    signs: dict[SourceId, tuple[str, str]] = {}
    faulty: set[str] = set()
    for note_id, file in reading.names[Kind.SOURCE].items():
        text = outlines[file].quotable
        if text is None or (text not in available and reading.closed):
            continue  # it may lie where nobody can look
        name = f"{_SEEDS}/{text}"
        record = None if text in available else files[file].record
        if record:
            reading.say(_seed_not_found(reading, record, text, available))
        elif outlines[name].is_sound:
            signs[SourceId(note_id)] = (name, outlines[name].digest.hex())
        elif name not in faulty:
            faulty.add(name)
            reading.say(*files[name].diagnostics)
    # A source that could not be read, or whose text was not found, may well mean one of these.
    wanted = _wanted(reading, outlines).keys()
    is_complete = wanted <= available.keys()
    if is_complete and not any(ref.kind is Kind.SOURCE for ref in reading.unread):
        for text in sorted(available.keys() - wanted):
            note_id = id_like(Path(text).stem) or "…"
            help_ = f"write content/sources/{note_id}.yaml with `text: {text}`, or remove the text"
            at = Location(f"{_SEEDS}/{text}")
            reading.say(warning("unused-seed", at, "no source names this text", help_))
    return signs


def _seed_not_found(
    reading: _Reading, record: Record[Note], name: str, available: Collection[str]
) -> Diagnostic:
    message = f'there is no text "{name}" below seeds/'
    help_ = did_you_mean(name, available) or "the path is relative to seeds/"
    if name.startswith("/") or ".." in name.split("/"):
        message, help_ = f'"{name}" leads out of seeds/', "copy the text to seeds/ and name it here"
    elif Path(name).suffix not in _SEED_ENDINGS and is_file(reading.root / _SEEDS / name):
        message = f'"{name}" is no plain text'
        help_ = "save the words of the article as a file that ends in .txt or .md"
    return error("seed-not-found", record.at("text"), message, help_)
