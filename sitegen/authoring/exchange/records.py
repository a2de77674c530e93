"""Records of sources from reference managers become source notes, and what is not kept is told.

The formats are read elsewhere; here a record is what they have in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from sitegen.authoring.exchange.new_notes import NewNote, Outcome, write_notes
from sitegen.authoring.note_files import printable
from sitegen.authoring.scaffold import SCHEMA_FOLDER
from sitegen.authoring.source_notes import sound_fields, source_note
from sitegen.diagnostics import Diagnostic, Location, error
from sitegen.file_contents import read_note
from sitegen.kinds import Kind
from sitegen.model import Ref
from sitegen.notes import id_like, is_id, is_reserved
from sitegen.yaml_nodes import Data

_LONGEST_ID: Final = 60
_LONGEST_SHOWN: Final = 200

KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "news": ("article-newspaper", "article-magazine", "broadcast", "NEWS", "MGZN", "newspaper"),
    "academic": (
        *("article-journal", "paper-conference", "thesis", "JOUR", "CONF", "CPAPER", "THES"),
        *("inproceedings", "conference", "phdthesis", "mastersthesis"),
    ),
    "blog": ("post-weblog", "post", "BLOG"),
    "official": (
        *("legislation", "bill", "legal_case", "treaty", "hearing", "regulation"),
        *("STAT", "BILL", "CASE", "HEAR", "GOVDOC", "LEGAL"),
    ),
}
"""Of the kinds of source those that other programs know, by what they call them."""

NEUTRAL: Final = frozenset(
    {"webpage", "article", "document", "ELEC", "GEN", "WEB", "misc", "online"}
)
"""What they call a record of no kind in particular."""


class Record(Struct, frozen=True):
    """A record of a source: its number in the file from 1, its line if known, and its own key.

    `known` are fields of a source note, some perhaps with values that cannot stand there;
    `unknown` are those that no source note has, by the record's own names.
    """

    number: int
    key: str
    known: Mapping[str, Data]
    unknown: Mapping[str, str] = field(default_factory=dict)
    line: int = 1

    @property
    def label(self) -> str:
        """What the record is called in messages."""
        return f"record {self.number}{f' ({printable(self.key)})' if self.key else ''}"


class Left(Struct, frozen=True):
    """What of a record was kept and what was left out, by name."""

    record: Record
    kept: tuple[str, ...]
    left: Mapping[str, str]


def take_records(
    project: Path,
    path: str,
    records: Sequence[Record],
    faults: Sequence[Diagnostic] = (),
    *,
    skip_existing: bool = False,
) -> tuple[Outcome, tuple[Left, ...]]:
    """Write source notes for records, all or none, and say what of each was left out.

    `path` is the file's name in messages, `faults` those found in reading it.
    """
    has_schemas = (project / SCHEMA_FOLDER / f"{Kind.SOURCE}.schema.json").is_file()
    notes: list[NewNote] = []
    found = list(faults)
    told: list[Left] = []
    for record in records:
        sound, unsound = sound_fields(record.known)
        left = {**record.unknown, **unsound}
        note_id, at = id_of(record), Location(path, record.line)
        if fault := _fault(sound, note_id):
            found.append(error(fault[0], at, f"{record.label}: {fault[1]}", fault[2]))
            continue
        foot = [f"Not taken over from the record: {_shown(each, left[each])}" for each in left]
        head = [
            "From a record of a reference manager; of what is commented out, keep what you need."
        ]
        text = source_note(sound, head, foot=foot, has_schemas=has_schemas)
        ref = Ref(Kind.SOURCE, note_id)
        read, wrong = read_note(ref, path, text)
        # Their places are in a note that is not written; the record is what can be mended.
        found += (
            error(each.rule, at, f"{record.label}: {each.message}", each.help) for each in wrong
        )
        if read is not None and not wrong:
            notes.append(NewNote(ref, read.note, text, at))
            told.append(Left(record, tuple(sound), left))
    return write_notes(project, notes, found, skip_existing=skip_existing), tuple(told)


def id_of(record: Record) -> str:
    """Return the id of a record's note: like its key, else like its title; empty if neither can."""
    keys = [record.key] if "/" not in record.key else []
    for words in (*keys, str(record.known.get("title") or "")):
        made = id_like(words[:200])
        if len(made) > _LONGEST_ID:
            made = made[:_LONGEST_ID].rpartition("-")[0] or made[:_LONGEST_ID]
        if is_id(made) and not is_reserved(made):
            return made
    return ""


def kind_of(words: str) -> str:
    """Return the kind of source that another program's word means, empty where there is none."""
    return next((kind for kind, names in KINDS.items() if words in names), "")


def _fault(sound: Mapping[str, Data], note_id: str) -> tuple[str, str, str] | None:
    """Return why a record gives no note: rule, message and help."""
    if "title" not in sound:
        return "missing-field", "it has no title", "give it one in the program it comes from"
    if not note_id:
        help_ = "give it a key of letters a-z and digits in the program it comes from"
        return "bad-file-name", "no id can be made of its key or title", help_
    return None


def _shown(name: str, words: str) -> str:
    flat = " ".join(words.split())
    return f"{name}: {flat[:_LONGEST_SHOWN]}{'…' if len(flat) > _LONGEST_SHOWN else ''}"
