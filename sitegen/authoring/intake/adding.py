"""An article becomes a source: its words below `seeds/`, its bytes beside them, its note.

All of it is written or nothing is. What the article does not say of itself is left to the author.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from sitegen.authoring.excerpting import read
from sitegen.authoring.intake.decoding import Decoded, Format, decode, format_of
from sitegen.authoring.intake.extracting import (
    Article,
    article_of_html,
    article_of_pdf,
    first_line,
)
from sitegen.authoring.intake.incoming import TEXTS, Incoming
from sitegen.authoring.intake.requirements import load_all
from sitegen.authoring.intake.time_limit import within
from sitegen.authoring.note_files import checked_ref, note_name, write_all_new
from sitegen.authoring.refusals import Refused
from sitegen.authoring.scaffold import SCHEMA_FOLDER
from sitegen.authoring.source_notes import clean, sound_fields, source_note
from sitegen.dates import InvalidDate, parse_date
from sitegen.kinds import Kind
from sitegen.layout import SEEDS
from sitegen.model import Corpus, Ref
from sitegen.notes import LONGEST_NAME, Source, id_like, is_id, is_reserved
from sitegen.sentences import sentences
from sitegen.yaml_nodes import Data

ORIGINALS: Final = "originals"
_LONGEST_ID: Final = 60
_ENDING: Final = {Format.HTML: ".html", Format.PDF: ".pdf", Format.TEXT: ".txt.orig"}
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TITLE_REMARKS: Final = {
    "line": "The title is the first line of the text. Is it right?",
    "name": "The article names no title; this is the name it came under. Correct it.",
}


class Added(Struct, frozen=True):
    """What was written, and what is for the author to look at.

    `found` are the fields that the article itself gave. `files` are below the project.
    `sentences` counts those of its text but for its title, with which it may begin.
    """

    id: str
    files: tuple[str, ...]
    found: dict[str, Data]
    missing: tuple[str, ...]
    sentences: int
    begins_with_title: bool
    remarks: tuple[str, ...]


class _Taken(Struct, frozen=True):
    """An article's text as it will be kept; `is_original` says that the bytes are its own."""

    text: str
    content: bytes
    known: dict[str, Data]
    remarks: tuple[str, ...]
    is_original: bool
    form: Format
    title_from: str = ""


def add(
    project: Path,
    incoming: Incoming,
    *,
    collected: str,
    most: int,
    note_id: str = "",
    encoding: str = "",
    seconds: float | None = None,
) -> Added:
    """Write an article's text, bytes and note into a project; refuse what is there already.

    `collected` is the day on which it was taken, as EDTF; `most` the limit of its text in
    characters; `note_id` the source's id, else one like its title; `encoding` the author's word on
    the bytes; `seconds` how long it may take to find the words in them, None for as long as it
    takes.
    """
    corpus = read(project)
    _check_day(collected)
    taken = _taken(incoming, most, encoding, seconds)
    ref = _free_ref(project, corpus, incoming, taken, note_id)
    sha256 = hashlib.sha256(taken.content).hexdigest()
    _refuse_twin(project, corpus, incoming, sha256)
    files: dict[str, bytes] = {}
    text_name = incoming.held
    if not text_name:
        ending = ".md" if incoming.name.endswith(".md") and taken.is_original else ".txt"
        text_name = f"{ref.id}{ending}"
        files[f"seeds/{text_name}"] = taken.content
        if not taken.is_original:
            files[f"seeds/{ORIGINALS}/{ref.id}{_ENDING[taken.form]}"] = incoming.raw
    known = {**taken.known, "collected": collected, "text": text_name, "sha256": sha256}
    sound, unsound = sound_fields(known)
    note = _note(project, incoming, taken, sound, unsound)
    files[note_name(ref)] = note.encode()
    write_all_new(project, files)
    own = {"collected", "text", "sha256"}
    return Added(
        ref.id,
        tuple(files),
        {name: value for name, value in sound.items() if name not in own},
        tuple(each for each in _WANTED if each not in sound),
        *_count_sentences(taken.text, str(sound.get("title", ""))),
        (
            *taken.remarks,
            *(f"{name}: “{words}” cannot stand there" for name, words in unsound.items()),
        ),
    )


def _count_sentences(text: str, title: str) -> tuple[int, bool]:
    """Return how many sentences a text has besides its title, and whether it begins with that."""
    found = sentences(text)
    start = found[0].start if found else 0
    end = start + len(re.split(r"[\r\n]", text[start:], maxsplit=1)[0])
    if not title or clean(text[start:end]) != title:
        return len(found), False
    return sum(each.end > end for each in found), True


_WANTED: Final = ("publisher", "authors", "published", "url", "language", "kind", "reliability")


def _check_day(collected: str) -> None:
    try:
        parse_date(collected)
    except InvalidDate as wrong:
        raise Refused(f"--collected: {wrong.reason}", wrong.help, is_wrong_use=True) from wrong


def _taken(incoming: Incoming, most: int, encoding: str, seconds: float | None) -> _Taken:
    form = format_of(incoming.raw, incoming.media_type, incoming.name)
    if form is Format.PDF:
        article = _limited(seconds, article_of_pdf, incoming.raw, most)
        return _extracted(incoming, article, form)
    decoded = decode(incoming.raw, form, incoming.charset, forced=encoding)
    if form is Format.HTML:
        article = _limited(seconds, article_of_html, decoded.text, incoming.address)
        if decoded.is_guess:
            said = f"read as {decoded.encoding}, and some characters may be wrong: see --encoding"
            article = replace(article, remarks=(*article.remarks, said))
        return _extracted(incoming, article, form)
    return _plain(incoming, decoded)


def _limited(
    seconds: float | None, read_article: Callable[..., Article], *arguments: object
) -> Article:
    """Return an article, read in this process or, with a limit of time, in one of its own."""
    if seconds is None:
        return read_article(*arguments)
    load_all()  # here, so that one that is not installed is told at once
    return within(seconds, read_article, *arguments)


def _plain(incoming: Incoming, decoded: Decoded) -> _Taken:
    """Return plain text: its bytes as they are, unless they are in another encoding."""
    if not any(char.isalnum() for char in decoded.text):
        raise Refused("this text has no words")
    content = incoming.raw if decoded.is_utf8 else decoded.text.encode("utf-8", "replace")
    title, title_from = _title("", decoded.text, incoming.name)
    return _Taken(
        decoded.text,
        content,
        {"title": title, "url": incoming.address},
        tuple(_about_plain(decoded)),
        decoded.is_utf8,
        Format.TEXT,
        title_from,
    )


def _about_plain(decoded: Decoded) -> Iterator[str]:
    if not decoded.is_utf8:
        yield f"the text was {decoded.encoding} and is kept as UTF-8, the file as it came beside it"
    if found := len(_CONTROL.findall(decoded.text)):
        yield f"the text holds {found} control characters that no page can show"


def _extracted(incoming: Incoming, article: Article, form: Format) -> _Taken:
    title, title_from = _title(article.title, article.text, incoming.name)
    known: dict[str, Data] = {
        "title": title,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "url": _own_address(article.url, incoming.address),
        "published": article.published,
        "language": article.language,
    }
    content = article.text.encode()
    return _Taken(article.text, content, known, article.remarks, False, form, title_from)


def _own_address(canonical: str, address: str) -> str:
    """Return the address that a page gives itself, if it is on the server that sent it."""
    hosts = [(urlsplit(each).hostname or "").removeprefix("www.") for each in (canonical, address)]
    return canonical if canonical and (not address or hosts[0] == hosts[1]) else address


def _title(title: str, text: str, name: str) -> tuple[str, str]:
    """Return a title and what it was taken from, if the article does not name one itself."""
    if 0 < len(title) <= LONGEST_NAME:
        return title, ""
    if line := first_line(text):
        return line, "line"
    return clean(PurePath(name).stem) or "Untitled", "name"


def _free_ref(
    project: Path, corpus: Corpus, incoming: Incoming, taken: _Taken, note_id: str
) -> Ref:
    """Return the address of the new note; refuse one that is taken."""
    chosen = note_id or next(filter(None, map(_short_id, _names(incoming, taken))), "")
    if not chosen:
        help_ = "name it: --id ID, with lower-case letters a-z, digits and hyphens"
        raise Refused("no id can be made of this title", help_)
    ref = checked_ref(Kind.SOURCE, chosen)
    names = [note_name(ref), note_name(ref).replace(".yaml", ".yml")]
    if chosen in corpus.sources or any((project / each).exists() for each in names):
        help_ = "nothing was written; choose another id with --id"
        raise Refused(f'there is a source "{chosen}" already', help_)
    return ref


def _names(incoming: Incoming, taken: _Taken) -> tuple[str, ...]:
    title, stem = str(taken.known.get("title") or ""), PurePath(incoming.name).stem
    return (stem, title) if taken.title_from or not incoming.address else (title, stem)


def _short_id(words: str) -> str:
    """Return an id of some words, cut after a whole one; empty where none can be made."""
    made = id_like(words[:200])
    if len(made) > _LONGEST_ID:
        made = made[:_LONGEST_ID].rpartition("-")[0] or made[:_LONGEST_ID]
    return made if is_id(made) and not is_reserved(made) else ""


def _refuse_twin(project: Path, corpus: Corpus, incoming: Incoming, sha256: str) -> None:
    """Refuse a text that a source has already, or that lies below `seeds/` under another name."""
    for source_id, seed in corpus.seeds.items():
        if seed.sha256 == sha256:
            help_ = "nothing was written; quote that source"
            raise Refused(f'the source "{source_id}" has this very text: {seed.path}', help_)
    for source_id, record in corpus.sources.items():
        note: Source = record.note
        if incoming.held and note.text == incoming.held:
            raise Refused(f'the source "{source_id}" has this text already: seeds/{note.text}')
    if incoming.held:
        return
    for path in sorted((project / SEEDS).rglob("*")):
        if path.suffix in TEXTS and path.is_file() and _sum_of(path) == sha256:
            name = path.relative_to(project).as_posix()
            help_ = f"nothing was written; make its note: sitegen add {name}"
            raise Refused(f"this very text is there already: {name}", help_)


def _sum_of(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _note(
    project: Path,
    incoming: Incoming,
    taken: _Taken,
    sound: dict[str, Data],
    unsound: dict[str, str],
) -> str:
    """Return the source's note, with what the author should look at as comments."""
    origin = incoming.address or incoming.name
    head = [
        f"Taken in{f' from {origin}' if origin else ''}. Look at what stands here;",
        "of what is commented out, keep what you need (without the #).",
        *taken.remarks,
    ]
    remarks = {
        name: f"Found, but it cannot stand there: {words}" for name, words in unsound.items()
    }
    if taken.title_from:
        remarks["title"] = _TITLE_REMARKS[taken.title_from]
    has_schemas = (project / SCHEMA_FOLDER / f"{Kind.SOURCE}.schema.json").is_file()
    return source_note(sound, head, remarks, has_schemas=has_schemas)
