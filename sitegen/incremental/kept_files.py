"""What was read of the files of notes and of articles, and is kept for the next build.

The mappings of all notes, and of all articles, are made from it: they open a file's entry when
somebody asks for it.
"""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple, cast

from msgspec import Struct, field

from sitegen.diagnostics import Diagnostic
from sitegen.incremental.file_summaries import FileSummaries, FileSummary
from sitegen.incremental.roster import Roster
from sitegen.markup import Conversions, know_conversions
from sitegen.model import Record, Seed
from sitegen.notes import Note, Source, SourceId
from sitegen.project_files import Listing
from sitegen.storage.packed import Keys, Layered, Packed, packets_of
from sitegen.storage.packet_file import PacketFile
from sitegen.storage.packets import Packets


class ReadFile(Struct, frozen=True):
    """What came of reading a file: its text, and of a note's file the note, and what is wrong.

    `digest` is the SHA-256 of the file's bytes, empty where they could not be had; so are text and
    note None. `conversions` is what the note's Markdown comes to.
    """

    digest: bytes
    text: str | None
    record: Record[Note] | None
    diagnostics: tuple[Diagnostic, ...]
    conversions: Conversions


def summary_of(read: ReadFile) -> FileSummary:
    """Return what is wanted of a file that has been read."""
    note = read.record.note if read.record else None
    return FileSummary(
        digest=read.digest,
        is_sound=read.text is not None and not read.diagnostics,
        is_draft=note is not None and note.draft,
        allows=note is not None and bool(note.allow),
        quotable=note.text if isinstance(note, Source) else None,
    )


class NoteMemory(Struct):
    """What was read of files, by path below the project, for the next time.

    `changed` are the paths of those that may have changed since, None if all may; the others need
    not be looked at again, and `looked_at` are those that were. Where nothing `is_kept`, their
    Markdown need not be converted: not everybody has use for it. `listing` is what folders hold, as
    far as that is known. Where nothing is known, what is read is put into the `file`, if there is
    one.
    """

    notes: Mapping[str, ReadFile] = field(default_factory=dict)
    summaries: Mapping[str, FileSummary] = field(default_factory=FileSummaries)
    changed: Collection[str] | None = None
    looked_at: Sequence[str] = ()
    is_kept: bool = True
    listing: Listing = field(default_factory=dict)
    file: PacketFile | None = None

    def roster(self) -> Roster | None:
        """Return what was known to be there the last time, if that is worth a look."""
        return self.summaries.roster if isinstance(self.summaries, FileSummaries) else None

    def reads(self) -> Reads:
        """Return what takes what is read now."""
        if self.file is None or self.summaries or not self.is_kept:
            return Reads(self)
        return FirstReads(self, self.file)


class Reads:
    """What is read of files, over what is known of others; `summaries` are those of all.

    `looked_at` are the paths of the files that were read, also of such as turned out to be known.
    """

    def __init__(self, known: NoteMemory) -> None:
        """Take what is known."""
        self._known = known.notes
        self._new: dict[str, ReadFile] = {}
        self._is_kept = known.is_kept
        self._changed = known.changed
        self.summaries = {**known.summaries}
        self.looked_at: list[str] = []

    def left(self, names: Sequence[str]) -> Sequence[str]:
        """Return the paths of those of some files that are to be read."""
        if self._changed is None:
            return names
        left = {*self._changed}.difference(self.looked_at)
        return [each for each in names if each not in self.summaries or each in left]

    def passed_on(self, reads: Sequence[ReadFile | None]) -> Sequence[Any]:
        """Return what was read of some files, in whatever process, as `take` wants it."""
        return reads

    def take(self, names: Sequence[str], found: Iterator[Any]) -> None:
        """Take what was read of files with these names; None of one that is as it is known."""
        for name, read in zip(names, found, strict=True):
            if read is not None:
                self._new[name] = read
                self._note(name, read)
        self.looked_at += names

    def _note(self, name: str, read: ReadFile) -> None:
        self.summaries[name] = summary_of(read)
        if self._is_kept:
            know_conversions([read.conversions])

    def files(self, names: Keys[str]) -> Mapping[str, ReadFile]:
        """Return what was read of these files, now or for the last build."""
        new = self._new
        return Layered(names, new, self._known) if len(new) < len(names.every) else new


class FirstReads(Reads):
    """What is read where nothing is known: it is put away for the next build at once.

    Of a note's file no more than the note is wanted again, with few exceptions.
    """

    def __init__(self, known: NoteMemory, file: PacketFile) -> None:
        """Take what is known, which is little, and where all else is put."""
        super().__init__(known)
        self._file = file
        self._parts: list[tuple[int, Packets]] = []
        self._records: dict[str, Record[Note]] = {}
        self._yaml = _YamlPutAway()

    def passed_on(self, reads: Sequence[ReadFile | None]) -> Sequence[PutAway]:
        """Put away what was read; return where it is."""
        every = [each for each in reads if each is not None]
        return [PutAway(every, packets_of(every, self._file))]

    def take(self, names: Sequence[str], found: Iterator[PutAway]) -> None:
        """Take what was put away of all files with these names, in their order."""
        at = 0
        for reads, packets in found:
            self._parts.append((len(reads), packets))
            for name, read in zip(names[at : at + len(reads)], reads, strict=True):
                self._note(name, read)
                if record := read.record:
                    locations = record.locations.put_away(self._yaml)
                    self._records[name] = Record(record.ref, record.note, locations, record.body_at)
            at += len(reads)
        self.looked_at += names

    def files(self, names: Keys[str]) -> PutAwayFiles:
        """Return what was read of these files, which are those that were taken, in their order."""
        found: Packed[str, ReadFile] = Packed.joined(names, self._parts)
        files = PutAwayFiles(found.order, found.packets, found.slots)
        files.records = self._records
        self._yaml.files = found
        return files


class _YamlPutAway:
    """The YAML texts of notes by name of their files, as soon as the `files` are known.

    Each note has this, so it knows none of them: nothing would go without a search for such rings.
    """

    files: Mapping[str, ReadFile] | None = None

    def __call__(self, name: str) -> str:
        record = self.files[name].record if self.files else None
        return record.locations.text if record else ""


class PutAway(NamedTuple):
    """What was read of some files, and the packets that it was put into.

    To another process, no more goes than where these are.
    """

    reads: Sequence[ReadFile]
    packets: Packets

    def __reduce__(self) -> Any:
        """Return what makes the same in a process that has the file."""
        return _opened, (self.packets,)


def _opened(packets: Packets) -> PutAway:
    return PutAway([*chain.from_iterable(map(pickle.loads, packets))], packets)


class PutAwayFiles(Packed[str, ReadFile]):
    """What was read of files and put away, with the notes, which lie open."""

    __slots__ = ("records",)
    records: Mapping[str, Record[Note]]


class Records(Mapping[str, Record[Note]]):
    """The notes of one kind by id; each comes from its file's entry when it is asked for."""

    def __init__(self, files: Mapping[str, ReadFile], names: Mapping[str, str]) -> None:
        """Take what was read, and the name of each note's file by its id."""
        self._files = files
        self._names = names

    def __getitem__(self, note_id: str) -> Record[Note]:
        """Return a note."""
        record = self._files[self._names[note_id]].record
        if record is None:
            raise KeyError(note_id)
        return record

    def __contains__(self, note_id: object) -> bool:
        """Tell whether there is such a note; nothing is opened."""
        return note_id in self._names

    def __iter__(self) -> Iterator[str]:
        """Return all ids in order; nothing is opened."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many notes there are."""
        return len(self._names)


def records_of(
    files: Mapping[str, ReadFile], names: Mapping[str, str]
) -> Mapping[str, Record[Note]]:
    """Return the notes of one kind by id, as `Records` or, if all lie open, as they are."""
    if isinstance(files, PutAwayFiles):
        return {note_id: files.records[name] for note_id, name in names.items()}
    if isinstance(files, dict):
        found = {note_id: files[name].record for note_id, name in names.items()}
        if all(found.values()):
            return cast("Mapping[str, Record[Note]]", found)
    return Records(files, names)


class Seeds(Mapping[SourceId, Seed]):
    """The texts of sources, which may share one; each comes from its file when it is asked for."""

    def __init__(
        self, files: Mapping[str, ReadFile], signs: Mapping[SourceId, tuple[str, str]]
    ) -> None:
        """Take what was read, and of each source the name and the SHA-256 of its text's file."""
        self._files = files
        self._signs = signs
        self._made: dict[str, Seed] = {}

    def __getitem__(self, source_id: SourceId) -> Seed:
        """Return the text of a source."""
        path, sha256 = self._signs[source_id]
        if path not in self._made:
            text = self._files[path].text
            if text is None:
                raise KeyError(source_id)
            self._made[path] = Seed(path, text, sha256)
        return self._made[path]

    def forget_open(self) -> None:
        """Let go of all texts that lie open; one is opened again when it is asked for."""
        self._made.clear()

    def __contains__(self, source_id: object) -> bool:
        """Tell whether the text of a source is held; nothing is opened."""
        return source_id in self._signs

    def __iter__(self) -> Iterator[SourceId]:
        """Return all sources whose texts are held; nothing is opened."""
        return iter(self._signs)

    def __len__(self) -> int:
        """Return how many texts are held."""
        return len(self._signs)


def let_go(texts: Mapping[SourceId, Seed]) -> None:
    """Let go of the texts of sources that lie open, where they can be opened again."""
    if isinstance(texts, Seeds):
        texts.forget_open()


class Texts(Mapping[str, str]):
    """The texts of files by path: those that were read, and some others."""

    def __init__(self, files: Mapping[str, ReadFile], others: Mapping[str, str]) -> None:
        """Take what was read, and the other texts."""
        self._files = files
        self._others = others

    def __getitem__(self, path: str) -> str:
        """Return a file's text."""
        text = self._files[path].text if path in self._files else self._others[path]
        if text is None:
            raise KeyError(path)
        return text

    def __iter__(self) -> Iterator[str]:
        """Return the paths of all files that have a text."""
        yield from (path for path in self._files if self._files[path].text is not None)
        yield from self._others

    def __len__(self) -> int:
        """Return how many files have a text."""
        return sum(1 for _ in self)
