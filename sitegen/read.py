"""Files become records: walks `content/` and `seeds/` of a project and returns a Corpus.

Every mistake becomes a diagnostic; nothing an author wrote raises and nothing is dropped silently.
This is the only stage that reads the project's notes and articles.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

from sitegen.diagnostics import Diagnostic, Location, did_you_mean, error, warning
from sitegen.model import Corpus, Kind, Record, Ref, Seed
from sitegen.notes import ID_PATTERN, FrontMatter, Note, Page, SiteSettings, Source, SourceId
from sitegen.schema import MODELS, validate
from sitegen.yaml_nodes import Data, Places, read_yaml, split_front_matter

RULES: Final[Mapping[str, str]] = {
    "no-content": (
        "The project has no `content/` folder, so there is nothing to build. Run sitegen in the "
        "project's folder, or name that folder."
    ),
    "no-site-settings": (
        "`content/site.yaml` is missing. Write it; a single line `title: …` is enough."
    ),
    "bad-file-name": (
        "A note's file name is its id: lower-case ASCII letters, digits and hyphens, at most 80 "
        "characters, none of the names that Windows reserves, and `index` only for the front page. "
        "Rename the file."
    ),
    "repeated-id": "Two files give a note of one kind the same id. Rename or remove one of them.",
    "stray-file": (
        "A file lies where notes lie but is none, so it is not part of the site. Move it elsewhere "
        "or give it the ending of a note: .yaml, or .md in `pages/`."
    ),
    "unknown-folder": (
        "A folder of `content/` is not one of those that hold notes, so what is in it is not part "
        "of the site. Rename it, or move it out of `content/`."
    ),
    "cannot-read": (
        "A file cannot be read. Look at its permissions, and where it leads if it is a link."
    ),
    "outside-project": (
        "A file is a link that leads out of the project. The project must be whole by itself: "
        "copy the file to where the link is."
    ),
    "not-utf8": "A file is not UTF-8 text. Save it as UTF-8; articles are kept byte for byte.",
    "seed-not-found": (
        "The article's text that a source names is not below `seeds/`. Correct the path, add the "
        "file, or leave `text` out: quotes are then shown as unchecked."
    ),
    "unused-seed": (
        "An article's text lies in `seeds/` but no source names it. Write its source note, or take "
        "the file out."
    ),
}

FOLDERS: Final[Mapping[str, Kind]] = {f"{kind}s": kind for kind in Kind}
_RESERVED: Final = re.compile(r"^(con|prn|aux|nul|com[0-9]|lpt[0-9])$")
_IGNORED: Final = re.compile(r"^\.|~$|^#|\.(swp|swo|bak|orig|tmp)$|^(Thumbs\.db|desktop\.ini)$")


@dataclass(slots=True)
class _Reading:
    """What has been found so far; lives only while `read_project` runs."""

    root: Path
    files: dict[str, str] = field(default_factory=dict)
    records: dict[Kind, dict[str, Record[Note]]] = field(
        default_factory=lambda: {kind: {} for kind in Kind}
    )
    unread: set[Ref] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def say(self, *diagnostics: Diagnostic) -> None:
        self.diagnostics.extend(diagnostics)

    def bytes_of(self, path: Path) -> bytes | None:
        """Return a file's bytes, or say why not."""
        name = path.relative_to(self.root).as_posix()
        try:
            if not path.resolve(strict=True).is_relative_to(self.root):
                self.say(
                    error("outside-project", Location(name), "this link leads out of the project",
                          "copy the file to this place")
                )  # fmt: skip
                return None
            return path.read_bytes()
        except (OSError, RuntimeError) as fault:  # RuntimeError: a loop of links
            reason = fault.strerror if isinstance(fault, OSError) else "its links go in a circle"
            self.say(error("cannot-read", Location(name), f"cannot read this file: {reason}"))
            return None

    def text_of(self, path: Path, raw: bytes) -> str | None:
        """Return a file's text, less a byte order mark, or say where it is not UTF-8."""
        name = path.relative_to(self.root).as_posix()
        try:
            text = raw.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError as fault:
            before = raw[: fault.start]
            line = before.count(b"\n") + 1
            column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
            is_utf16 = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
            hint = "it looks like UTF-16; " if is_utf16 else ""
            self.say(
                error("not-utf8", Location(name, line, column), "this file is not UTF-8 text",
                      f"{hint}save it as UTF-8")
            )  # fmt: skip
            return None
        self.files[name] = text
        return text


def read_project(root: Path) -> tuple[Corpus | None, tuple[Diagnostic, ...]]:
    """Return all that a project's folder holds, and what is wrong with its files.

    The Corpus is None only where there is nothing to go on with: no `content/`, no usable
    `site.yaml`.
    """
    root = root.resolve()
    reading = _Reading(root)
    content = root / "content"
    if not content.is_dir():
        reading.say(
            error("no-content", Location("content"), "there is no folder content/ here",
                  "run sitegen in the project's folder, or name it: sitegen build PROJECT")
        )  # fmt: skip
        return None, tuple(reading.diagnostics)
    settings = _read_settings(reading, content / "site.yaml")
    for entry in _entries(reading, content):
        if entry.name in FOLDERS and entry.is_dir():
            _read_folder(reading, entry, FOLDERS[entry.name])
        elif entry.name != "site.yaml":
            _stray(reading, entry)
    seeds = _read_seeds(reading)
    if settings is None:
        return None, tuple(reading.diagnostics)
    corpus = Corpus(
        settings=settings,
        seeds=seeds,
        unread=frozenset(reading.unread),
        files=reading.files,
        **{f"{kind}s": records for kind, records in reading.records.items()},  # type: ignore[arg-type]
    )
    return corpus, tuple(reading.diagnostics)


def _entries(reading: _Reading, folder: Path) -> list[Path]:
    """Return what a folder holds, in an order that no file system decides."""
    try:
        return sorted(each for each in folder.iterdir() if not _IGNORED.search(each.name))
    except OSError as fault:
        name = folder.relative_to(reading.root).as_posix()
        reading.say(
            error("cannot-read", Location(name), f"cannot read this folder: {fault.strerror}")
        )
        return []


def _stray(reading: _Reading, entry: Path) -> None:
    name = entry.relative_to(reading.root).as_posix()
    if entry.is_dir():
        hint = did_you_mean(entry.name, FOLDERS) or f"notes lie in: {', '.join(FOLDERS)}"
        reading.say(
            error("unknown-folder", Location(name), "no notes are read from this folder", hint)
        )
    else:
        reading.say(
            error("stray-file", Location(name), "this file is not read",
                  "notes lie in the folders below content/, one folder for each kind")
        )  # fmt: skip


def _read_settings(reading: _Reading, path: Path) -> SiteSettings | None:
    name = "content/site.yaml"
    if not path.exists():
        reading.say(
            error("no-site-settings", Location(name), "content/site.yaml is missing",
                  "write it; `title: …` is enough")
        )  # fmt: skip
        return None
    raw = reading.bytes_of(path)
    text = reading.text_of(path, raw) if raw is not None else None
    if text is None:
        return None
    data, diagnostics = read_yaml(name, text)
    reading.say(*diagnostics)
    if diagnostics:
        return None
    settings = validate(SiteSettings, data, Places(name, text, 1))
    if isinstance(settings, SiteSettings):
        return settings
    reading.say(*settings)
    return None


def _read_folder(reading: _Reading, folder: Path, kind: Kind) -> None:
    endings = (".md",) if kind is Kind.PAGE else (".yaml", ".yml")
    for path in _entries(reading, folder):
        name = path.relative_to(reading.root).as_posix()
        if path.is_dir() or path.suffix not in endings:
            help_text = f"a {kind} is a file that ends in {endings[0]}, directly in {folder.name}/"
            reading.say(
                error("stray-file", Location(name), "this is no note and is not read", help_text)
            )
        elif _is_named_well(reading, path, kind):
            _read_note(reading, path, Ref(kind, path.stem))


def _is_named_well(reading: _Reading, path: Path, kind: Kind) -> bool:
    name, note_id = path.relative_to(reading.root).as_posix(), path.stem
    slug = re.sub(r"[^a-z0-9]+", "-", note_id.lower()).strip("-")[:80]
    better = f'"{slug}{path.suffix}" would do' if slug else "use a-z, 0-9 and hyphens"
    if not re.match(ID_PATTERN, note_id):
        message = f'"{note_id}" cannot be an id'
    elif _RESERVED.match(note_id) or (note_id == "index" and kind is not Kind.PAGE):
        message, better = f'"{note_id}" is reserved', "choose a name that says more"
    elif note_id in reading.records[kind]:
        other = reading.records[kind][note_id].places.path
        reading.say(
            error("repeated-id", Location(name), f'there is a {kind} "{note_id}" already',
                  "rename or remove one of the two", ((Location(other), "the other one"),))
        )  # fmt: skip
        return False
    else:
        return True
    reading.say(error("bad-file-name", Location(name), message, better))
    return False


def _read_note(reading: _Reading, path: Path, ref: Ref) -> None:
    name = path.relative_to(reading.root).as_posix()
    raw = reading.bytes_of(path)
    text = reading.text_of(path, raw) if raw is not None else None
    if text is None:
        reading.unread.add(ref)
        return
    record, diagnostics = read_note(ref, name, text)
    reading.say(*diagnostics)
    if record is None:
        reading.unread.add(ref)
    else:
        reading.records[ref.kind][ref.id] = record


def read_note(ref: Ref, path: str, text: str) -> tuple[Record[Note] | None, tuple[Diagnostic, ...]]:
    """Return the note that a file's text holds, or None and what is wrong with it."""
    body, body_at, first_line = "", None, 1
    yaml_text = text
    if ref.kind is Kind.PAGE:
        parts, diagnostics = split_front_matter(path, text)
        if diagnostics:
            return None, diagnostics
        yaml_text, first_line = parts.yaml_text, parts.yaml_first_line
        body, body_at = parts.body, Location(path, parts.body_first_line)
    data: dict[str, Data] = {}
    if yaml_text or ref.kind is not Kind.PAGE:
        data, faults = read_yaml(path, yaml_text, first_line)
        if faults:
            return None, faults
    places = Places(path, yaml_text, first_line)
    note = validate(MODELS[ref.kind], data, places)
    if isinstance(note, tuple):
        return None, note
    if isinstance(note, FrontMatter):
        fields = {each: getattr(note, each) for each in type(note).model_fields}
        note = Page.model_construct(**fields, body=body)
    return Record(ref, note, places, body_at), ()


def _read_seeds(reading: _Reading) -> dict[SourceId, Seed]:
    """Read the texts that the sources name; texts shared by two sources are read once."""
    folder = reading.root / "seeds"
    available = {path.relative_to(folder).as_posix(): path for path in _seed_files(folder)}
    by_name: dict[str, Seed | None] = {}
    seeds: dict[SourceId, Seed] = {}
    for note_id, record in reading.records[Kind.SOURCE].items():
        name = cast("Source", record.note).text
        if name is None:
            continue
        if name not in available:
            hint = did_you_mean(name, available) or "the path is relative to seeds/"
            message = f'there is no file "{name}" below seeds/'
            reading.say(error("seed-not-found", record.at("text"), message, hint))
            continue
        if name not in by_name:
            by_name[name] = _read_seed(reading, available[name])
        if seed := by_name[name]:
            seeds[SourceId(note_id)] = seed
    # A source that could not be read may well name a text that looks unused.
    if not any(ref.kind is Kind.SOURCE for ref in reading.unread):
        for name in sorted(available.keys() - by_name.keys()):
            help_text = f"write content/sources/….yaml with `text: {name}`"
            at = Location(f"seeds/{name}")
            reading.say(warning("unused-seed", at, "no source names this text", help_text))
    return seeds


def _seed_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.suffix in {".txt", ".md"} and not path.is_dir() and not _IGNORED.search(path.name):
            yield path


def _read_seed(reading: _Reading, path: Path) -> Seed | None:
    raw = reading.bytes_of(path)
    text = reading.text_of(path, raw) if raw is not None else None
    if raw is None or text is None:
        return None
    name = path.relative_to(reading.root).as_posix()
    return Seed(name, text, hashlib.sha256(raw).hexdigest())
