"""Files become records: reads `content/` and `seeds/` of a project and returns a Corpus.

Every mistake becomes a diagnostic; nothing an author wrote raises and nothing is dropped silently.
The project's notes and articles are looked for here and nowhere else; what each of their files
holds is for `file_contents` to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final

from sitegen.diagnostics import Diagnostic, Location, did_you_mean, error, warning
from sitegen.file_contents import contents_of, is_whole
from sitegen.found_files import SEED_ENDINGS, Reading, list_notes, list_texts
from sitegen.incremental.file_summaries import FileSummaries, FileSummary
from sitegen.incremental.kept_files import (
    NoteMemory,
    ReadFile,
    Reads,
    Seeds,
    Texts,
    records_of,
)
from sitegen.incremental.roster import Roster, kinds_of, refs_of
from sitegen.kinds import Kind
from sitegen.layout import CONTENT, SEEDS, SETTINGS
from sitegen.markup import forget_conversions, know_conversions
from sitegen.model import Corpus, Record, Ref
from sitegen.notes import (
    Note,
    SiteSettings,
    SourceId,
    id_like,
)
from sitegen.processes.workers import share_out
from sitegen.project_files import Entry, ProjectFiles, is_file, is_folder
from sitegen.schema import validate
from sitegen.storage.packed import Keys, Listed, Packed
from sitegen.yaml_nodes import Locations, read_yaml

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
    if memory.is_kept:
        forget_conversions()
    reads = memory.reads()
    roster = _roster_as_it_was(reading, memory, reads, processes) or _roster(
        reading, entries, memory, reads, processes
    )
    if roster is None:
        return None, tuple(reading.diagnostics)
    files = _taken_up(memory, reads, roster)
    corpus = Corpus(
        settings=settings,
        seeds=Seeds(files, roster.texts_of),
        unread=roster.unread,
        drafts=roster.drafts,
        allowing=roster.allowing,
        files=Texts(files, reading.texts),
        files_of=roster.files_of,
        texts_of=roster.texts_of,
        refs_of=roster.refs_of,
        kinds_of=roster.kinds_of,
        **{kind.plural: records_of(files, roster.names[kind]) for kind in Kind},  # type: ignore[arg-type]
    )
    return corpus, tuple(reading.diagnostics)


# --- what they hold ---------------------------------------------------------------------------


def _read_settings(reading: Reading, *, is_there: bool) -> SiteSettings:
    stand_in = SiteSettings(title="untitled")
    if not is_there:
        at, help_ = Location(SETTINGS), "write it; `title: …` is enough"
        reading.say(error("no-site-settings", at, f"{SETTINGS} is missing", help_))
        return stand_in
    text = reading.read(SETTINGS)
    if text is None:
        return stand_in
    data, faults = read_yaml(SETTINGS, text)
    reading.say(*faults)
    if not is_whole(faults):
        return stand_in
    settings, faults = validate(SiteSettings, data, Locations(SETTINGS, text))
    reading.say(*faults)
    return settings or stand_in


def _roster_as_it_was(
    reading: Reading, memory: NoteMemory, reads: Reads, processes: int
) -> Roster | None:
    """Read what has changed; return the last roster if nothing of it but digests has."""
    last, changed = memory.roster(), memory.changed
    if last is None or changed is None or last.listing is not memory.listing:
        return None
    refs = {name: last.ref_of(name) for name in changed}
    if None in refs.values():
        return None
    _read_some(reading, memory, [*refs.items()], reads, processes)
    now = {ref: reads.summaries[name] for name, ref in refs.items() if ref}
    if not all(map(FileSummary.is_like, now.values(), map(memory.summaries.__getitem__, refs))):
        return None
    reading.say(*last.diagnostics)
    return last.with_digests({ref: each.digest for ref, each in now.items()})


def _roster(
    reading: Reading,
    entries: Iterable[Entry],
    memory: NoteMemory,
    reads: Reads,
    processes: int,
) -> Roster | None:
    """Look for notes in what lies in `content/`, read them and the texts that sources name.

    Returns what there is, or None where a folder is closed. What has been read already is not read
    again.
    """
    before = len(reading.diagnostics)
    list_notes(reading, entries, memory.summaries)
    if reading.closed:  # all that leads to its notes would be reported too
        return None
    names = [*chain.from_iterable(reading.candidates.values())]
    left = {*reads.left(names)}
    refs = [
        (name, Ref(kind, found[name]))
        for kind, found in reading.candidates.items()
        for name in filter(left.__contains__, found)
    ]
    _read_some(reading, memory, refs, reads, processes)
    files, summaries = reads.files(Keys(names)), reads.summaries
    for kind in reading.candidates:
        _take_notes(reading, kind, summaries, files)
    available = dict.fromkeys(list_texts(reading))
    texts = [f"{SEEDS}/{each}" for each in _wanted(reading, summaries) if each in available]
    _read_some(reading, memory, [(name, None) for name in reads.left(texts)], reads)
    order = Keys([*names, *texts])
    texts_of = _take_seeds(reading, summaries, reads.files(order), available)
    kinds = kinds_of(reading.names)
    return Roster(
        listing=memory.listing,
        files=order,
        names=reading.names,
        unread=frozenset(reading.unread),
        drafts=frozenset(reading.drafts),
        allowing=frozenset(reading.allowing),
        files_of={
            kind: Listed(
                Keys(own), tuple([(name, summaries[name].digest) for name in own.values()])
            )
            for kind, own in reading.names.items()
        },
        texts_of=texts_of,
        refs_of=refs_of(reading.names, kinds),
        kinds_of=kinds,
        diagnostics=tuple(reading.diagnostics[before:]),
    )


def _taken_up(memory: NoteMemory, reads: Reads, roster: Roster) -> Mapping[str, ReadFile]:
    """Have a memory hold what was read, and return that by path."""
    files = reads.files(roster.files)
    if memory.is_kept and isinstance(memory.notes, Packed):
        memory.notes.on_opening = _know
    memory.notes, memory.looked_at = files, reads.looked_at
    names = roster.files.every
    memory.summaries = FileSummaries(
        zip(names, map(reads.summaries.__getitem__, names), strict=True)
    )
    memory.summaries.roster = roster if roster.is_lasting() else None
    return files


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
        return reads.passed_on(contents_of(files, some, memory.summaries, is_kept=memory.is_kept))

    found = share_out(read_some, changed, processes if len(changed) >= _WORTH_SHARING else 1)
    reads.take([name for name, _ in changed], found)


def _take_notes(
    reading: Reading,
    kind: Kind,
    summaries: Mapping[str, FileSummary],
    files: Mapping[str, ReadFile],
) -> None:
    """Take notes over from what came of reading their files."""
    names = reading.names[kind]
    for name, note_id in reading.candidates[kind].items():
        _, is_sound, is_draft, allows, _ = summaries[name]
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


def _repeated(ref: Ref, name: str, other: str) -> Diagnostic:
    return error(
        "repeated-id",
        Location(name),
        f'another {ref.kind} has the id "{ref.id}"',
        "rename or remove one of the two",
        ((Location(other), "the other one"),),
    )


# --- the articles -----------------------------------------------------------------------------


def _wanted(reading: Reading, summaries: Mapping[str, FileSummary]) -> dict[str, None]:
    """Return the texts that sources name, each once."""
    sources = reading.names[Kind.SOURCE].values()
    return dict.fromkeys(each for name in sources if (each := summaries[name].quotable))


def _take_seeds(
    reading: Reading,
    summaries: Mapping[str, FileSummary],
    files: Mapping[str, ReadFile],
    available: Mapping[str, None],
) -> dict[SourceId, tuple[str, str]]:
    """Return of each source whose text is held the text's file and the SHA-256 of that."""
    signs: dict[SourceId, tuple[str, str]] = {}
    faulty: set[str] = set()
    for note_id, file in reading.names[Kind.SOURCE].items():
        text = summaries[file].quotable
        if text is None or (text not in available and reading.closed):
            continue  # it may lie where nobody can look
        name = f"{SEEDS}/{text}"
        record = None if text in available else files[file].record
        if record:
            reading.say(_seed_not_found(reading, record, text, available))
        elif summaries[name].is_sound:
            signs[SourceId(note_id)] = (name, summaries[name].digest.hex())
        elif name not in faulty:
            faulty.add(name)
            reading.say(*files[name].diagnostics)
    # A source that could not be read, or whose text was not found, may well mean one of these.
    wanted = _wanted(reading, summaries).keys()
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
