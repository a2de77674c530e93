"""Files become records: reads `content/` and `seeds/` of a project and returns a Corpus.

Every mistake becomes a diagnostic; nothing an author wrote raises and nothing is dropped silently.
The project's notes and articles are looked for here and nowhere else; what each of their files
holds is for `file_contents` to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, filterfalse
from pathlib import Path
from typing import Any, Final

from sitegen.diagnostics import Diagnostic, Location, did_you_mean, error, warning
from sitegen.file_contents import contents_of, is_whole
from sitegen.found_files import (
    CONTENT,
    SEED_ENDINGS,
    SEEDS,
    SETTINGS,
    Reading,
    list_notes,
    list_texts,
)
from sitegen.kept_files import (
    NoteMemory,
    Outline,
    Outlines,
    ReadFile,
    Reads,
    Seeds,
    Texts,
    records_of,
)
from sitegen.markup import forget_conversions, know_conversions
from sitegen.model import Corpus, Kind, Record, Ref
from sitegen.notes import (
    Note,
    SiteSettings,
    SourceId,
    id_like,
)
from sitegen.packed import Packed
from sitegen.project_files import ProjectFiles, is_file, is_folder
from sitegen.schema import validate
from sitegen.workers import share_out
from sitegen.yaml_nodes import Places, read_yaml

_WORTH_SHARING: Final = 500  # notes


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
    reading = Reading(root, listing=memory.listing)
    if not is_folder(root / CONTENT):
        reading.say(
            error("no-content", Location(CONTENT), "there is no folder content/ here",
                  "run sitegen in the project's folder, or name that folder")
        )  # fmt: skip
        return None, tuple(reading.diagnostics)
    entries = reading.entries(CONTENT)
    if reading.closed:
        return None, tuple(reading.diagnostics)
    names = {f"{CONTENT}/{each.name}" for each in entries}
    settings = _read_settings(reading, is_there=SETTINGS in names)
    list_notes(reading, entries, memory.outlines)
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
        refs_of=_refs_of(reading.names, kinds_of),
        kinds_of=kinds_of,
        **{f"{kind}s": records_of(files, reading.names[kind]) for kind in Kind},  # type: ignore[arg-type]
    )
    return corpus, tuple(reading.diagnostics)


# --- what they hold ---------------------------------------------------------------------------


def _read_settings(reading: Reading, *, is_there: bool) -> SiteSettings:
    stand_in = SiteSettings(title="untitled")
    if not is_there:
        at, help_ = Location(SETTINGS), "write it; `title: …` is enough"
        reading.say(error("no-site-settings", at, "content/site.yaml is missing", help_))
        return stand_in
    text = reading.read(SETTINGS)
    if text is None:
        return stand_in
    data, faults = read_yaml(SETTINGS, text)
    reading.say(*faults)
    if not is_whole(faults):
        return stand_in
    settings, faults = validate(SiteSettings, data, Places(SETTINGS, text))
    reading.say(*faults)
    return settings or stand_in


def _read_all(
    reading: Reading, memory: NoteMemory, processes: int
) -> tuple[Mapping[str, ReadFile], dict[SourceId, tuple[str, str]]]:
    """Read notes, then the texts that sources name, and take what they hold.

    Returns what was read by path, and of each source whose text is held its file and SHA-256.
    """
    names = [*chain.from_iterable(reading.candidates.values())]
    known = memory.outlines.keys() & memory.unchanged
    refs = [
        (name, Ref(kind, found[name]))
        for kind, found in reading.candidates.items()
        for name in filterfalse(known.__contains__, found)
    ]
    if memory.is_kept:
        forget_conversions()
    reads = memory.reads()
    _read_some(reading, memory, refs, reads, processes)
    files, outlines = reads.files(names), reads.outlines
    for kind in reading.candidates:
        _take_notes(reading, kind, outlines, files)
    available = dict.fromkeys(list_texts(reading))
    texts = [f"{SEEDS}/{each}" for each in _wanted(reading, outlines) if each in available]
    _read_some(
        reading,
        memory,
        [(name, None) for name in texts if name not in memory.unchanged or name not in outlines],
        reads,
    )
    names += texts
    files = reads.files(names)
    if memory.is_kept and isinstance(memory.notes, Packed):
        memory.notes.on_opening = _know
    memory.notes = files
    memory.outlines = Outlines((name, outlines[name]) for name in names)
    return files, _take_seeds(reading, outlines, files, available)


def _know(files: Iterable[ReadFile]) -> None:
    know_conversions(each.conversions for each in files)


def _read_some(
    reading: Reading,
    memory: NoteMemory,
    changed: Sequence[tuple[str, Ref | None]],
    reads: Reads,
    processes: int = 1,
) -> None:
    """Take what files hold that may have changed, less those that have not."""

    def read_some(some: Sequence[tuple[str, Ref | None]]) -> Sequence[Any]:
        files = ProjectFiles(reading.root, known_folders=reading.known_folders)
        return reads.passed_on(contents_of(files, some, memory.outlines, is_kept=memory.is_kept))

    found = share_out(read_some, changed, processes if len(changed) >= _WORTH_SHARING else 1)
    reads.take([name for name, _ in changed], found)


def _take_notes(
    reading: Reading, kind: Kind, outlines: Mapping[str, Outline], files: Mapping[str, ReadFile]
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


def _refs_of(
    names: Mapping[Kind, Mapping[str, str]], kinds_of: Mapping[str, Sequence[Kind]]
) -> dict[str, tuple[Ref, ...]]:
    """Return of every id which notes have it, in the order of their kinds."""
    found: dict[str, tuple[Ref, ...]] = {}
    for kind in Kind:
        found.update(zip(names[kind], zip(Ref.to_each(kind, names[kind])), strict=True))
    for note_id, kinds in kinds_of.items():
        if len(kinds) > 1:
            found[note_id] = tuple([Ref(kind, note_id) for kind in kinds])
    return found


def _repeated(ref: Ref, name: str, other: str) -> Diagnostic:
    return error(
        "repeated-id",
        Location(name),
        f'another {ref.kind} has the id "{ref.id}"',
        "rename or remove one of the two",
        ((Location(other), "the other one"),),
    )


# --- the articles -----------------------------------------------------------------------------


def _wanted(reading: Reading, outlines: Mapping[str, Outline]) -> dict[str, None]:
    """Return the texts that sources name, each once."""
    sources = reading.names[Kind.SOURCE].values()
    return dict.fromkeys(each for name in sources if (each := outlines[name].quotable))


def _take_seeds(
    reading: Reading,
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
        name = f"{SEEDS}/{text}"
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
            at = Location(f"{SEEDS}/{text}")
            reading.say(warning("unused-seed", at, "no source names this text", help_))
    return signs


def _seed_not_found(
    reading: Reading, record: Record[Note], name: str, available: Collection[str]
) -> Diagnostic:
    message = f'there is no text "{name}" below seeds/'
    help_ = did_you_mean(name, available) or "the path is relative to seeds/"
    if name.startswith("/") or ".." in name.split("/"):
        message, help_ = f'"{name}" leads out of seeds/', "copy the text to seeds/ and name it here"
    elif Path(name).suffix not in SEED_ENDINGS and is_file(reading.root / SEEDS / name):
        message = f'"{name}" is no plain text'
        help_ = "save the words of the article as a file that ends in .txt or .md"
    return error("seed-not-found", record.at("text"), message, help_)
