"""Records of sources in BibTeX and BibLaTeX, both ways."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import split_multiple_persons_names
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
)
from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalkerError

from sitegen.authoring.exchange.records import NEUTRAL, Record, kind_of
from sitegen.authoring.exchange.works import said_name, work_of
from sitegen.authoring.refusals import Refused
from sitegen.authoring.source_notes import clean
from sitegen.diagnostics import Diagnostic, Location, error
from sitegen.notes import Source
from sitegen.pages.citing import as_bibtex
from sitegen.yaml_nodes import Data

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_PUBLISHERS: Final = (
    *("journaltitle", "journal", "publisher", "organization", "institution", "school"),
    "howpublished",
)
_READ: Final = frozenset(
    {"title", "author", "url", "date", "year", "month", "day", "urldate", "langid", "language",
     "keywords", "note", "doi", *_PUBLISHERS}
)  # fmt: skip
_NO_LATEX: Final = frozenset({"date", "urldate"})  # their ~ is EDTF's
_LATEX: Final = re.compile(r"[\\{}$~]|--|``|''")
_DEEPEST: Final = 50

# It logs what it cannot read; that is told here, at its line, and would else be printed too.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


def records_of_bibtex(path: str, text: str) -> tuple[tuple[Record, ...], tuple[Diagnostic, ...]]:
    """Return the records in BibTeX, and which entries cannot be read; refuse what has none."""
    if _depth(text) > _DEEPEST:
        raise Refused(f"{path}: its braces are nested too deeply")
    library = parse_string(text)
    faults = tuple(_fault(path, each) for each in library.failed_blocks)
    if not library.entries and not faults:
        raise Refused(f"{path} holds no entry of BibTeX", "an entry begins with @article{key, …")
    records = (_record(number, each) for number, each in enumerate(library.entries, start=1))
    return tuple(records), faults


def bibtex_of(notes: Mapping[str, Source]) -> str:
    """Return sources by id as entries of BibTeX, with the fields of BibLaTeX."""
    return "\n\n".join(_entry(*each) for each in notes.items()) + "\n" * bool(notes)


def _entry(source_id: str, note: Source) -> str:
    *lines, end = as_bibtex(work_of(source_id, note)).split("\n")
    more = {
        "date": note.published.text if note.published else "",
        "urldate": note.collected.text if note.collected else "",
        "langid": note.language or "",
    }
    lines += [f"  {name} = {{{value}}}," for name, value in more.items() if value]
    return "\n".join([*lines, end])


def _fault(path: str, block: ParsingFailedBlock) -> Diagnostic:
    """Return what is wrong with an entry that cannot be read."""
    at = Location(path, (block.start_line or 0) + 1)
    if isinstance(block, DuplicateFieldKeyBlock):
        names = ", ".join(sorted(block.duplicate_keys))
        return error("repeated-key", at, f"this entry gives a field twice: {names}", "keep one")
    if isinstance(block, DuplicateBlockKeyBlock):
        message = f'another entry has the key "{block.key}"'
        return error("repeated-id", at, message, "give one of the two another key")
    help_ = "look for a brace or a comma that is missing here or above"
    return error("bibtex-syntax", at, "this entry cannot be read", help_)


def _record(number: int, entry: Entry) -> Record:
    raw = {each.key.lower(): str(each.value) for each in entry.fields}
    said = {
        name: clean(value if name in _NO_LATEX else _plain(value)) for name, value in raw.items()
    }
    publishers = [said[name] for name in _PUBLISHERS if said.get(name)]
    type_ = entry.entry_type.lower()
    doi, url = said.get("doi", ""), clean(_bare(raw.get("url", "")))
    if not url and said.get("howpublished", "").startswith(("http://", "https://")):
        url = said["howpublished"]
        publishers = [each for each in publishers if each != url]
    unknown = {name: said[name] for name in raw if name not in _READ and said[name]}
    unknown |= {
        name: said[name] for name in _PUBLISHERS if said.get(name) in {*publishers[1:]} - {""}
    }
    if doi and url:
        unknown["doi"] = doi
    if type_ not in NEUTRAL and not kind_of(type_):
        unknown["type"] = type_
    known: dict[str, Data] = {
        "title": said.get("title", ""),
        "publisher": next(iter(publishers), ""),
        "authors": list(_names(raw.get("author", ""))),
        "url": url or (f"https://doi.org/{doi}" if doi else ""),
        "published": _date(said),
        "collected": said.get("urldate", ""),
        "language": said.get("langid") or said.get("language", ""),
        "kind": kind_of(type_),
        "tags": [tag for each in said.get("keywords", "").split(",") if (tag := each.strip())],
        "notes": said.get("note", ""),
    }
    return Record(number, entry.key, known, unknown, (entry.start_line or 0) + 1)


def _names(written: str) -> Iterator[str]:
    """Yield names as they are said; one in braces is as it stands."""
    for each in split_multiple_persons_names(" ".join(written.split())):
        is_whole = each.startswith("{") and each.endswith("}")
        if name := clean(_plain(each) if is_whole else said_name(_plain(each))):
            yield name


def _date(said: Mapping[str, str]) -> str:
    """Return a date as EDTF, or else in its own words."""
    if date := said.get("date"):
        return date
    year, month, day = (said.get(each, "") for each in ("year", "month", "day"))
    name = month[:3].lower()
    number = str(_MONTHS.index(name) + 1) if name in _MONTHS else month
    parts = [year, number.zfill(2) if number else "", day.zfill(2) if number and day else ""]
    return "-".join(filter(None, parts)) if year else ""


def _bare(value: str) -> str:
    """Return an address without braces and the escapes that some programs put into it."""
    return re.sub(r"\\([%&#_~$])", r"\1", value).replace("{", "").replace("}", "")


def _plain(value: str) -> str:
    """Return words without LaTeX's signs; as they are where they are no LaTeX."""
    if not _LATEX.search(value):
        return value
    try:
        return str(_decoder().latex_to_text(value))
    except (LatexWalkerError, ValueError, IndexError, RecursionError):
        return value


@cache
def _decoder() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="verbatim", keep_comments=True)


def _depth(text: str) -> int:
    deepest = depth = 0
    for sign in re.findall(r"[{}]", text):
        depth = depth + 1 if sign == "{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest
