"""The words of an article out of HTML or PDF, and what the document says of itself.

Loaded only where such an article is taken in: the libraries are heavy, and optional.
"""

from __future__ import annotations

import importlib
import io
import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urlsplit

from msgspec import Struct, field

from sitegen.authoring.intake.requirements import load
from sitegen.authoring.refusals import Refused
from sitegen.authoring.source_notes import clean

_HEAD: Final = 200_000  # characters in which a page says what it is
_ITEM: Final = re.compile(r"(?:- |\| )")
_REFERENCE: Final = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,9})|([0-9]{1,9}));?")
_BLANKS: Final = re.compile(r"\n{3,}")
_PARTED: Final = re.compile(r"[^\W\d_]-\n[^\W\d_]")
_PDF_DATE: Final = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_PDF_FIELDS: Final = ("Title", "Author", "CreationDate")
_BY_HAND: Final = "save the article's words as plain text or as PDF, and add that file"
_NO_TEXT: Final = "no article's text was found in it"
_ENDS: Final = '.!?:…"”»)'


class Article(Struct, frozen=True):
    """An article's words and what is known of it; empty is what the document does not say.

    `published` is a day, month or year in ISO 8601. `remarks` tell the author what to look at.
    """

    text: str
    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    remarks: tuple[str, ...] = ()


def article_of_html(html: str, address: str = "") -> Article:
    """Return the article that a web page shows; refuse a page without one.

    `address` is where it was fetched from, empty for a file. The text has one paragraph a line,
    with blank lines between.
    """
    trafilatura = load("trafilatura")
    extraction: Any = importlib.import_module("trafilatura.settings")
    page = _Head.of(html)
    try:
        found = trafilatura.bare_extraction(
            _REFERENCE.sub(_sound_reference, html.removeprefix("\ufeff")),
            url=address or None,
            with_metadata=True,
            include_comments=False,
            config=extraction.use_config(),
            # A date that stands somewhere in the text is not the article's.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as fault:  # no library says what a broken page may raise in it
        raise Refused(f"this web page cannot be read{_said(fault)}", _BY_HAND) from fault
    text = tidy_text(_paragraphs((found.text or "") if found else ""))
    if found is None or not any(char.isalnum() for char in text):
        help_ = f"it may be drawn by a script: open it in a browser, and {_BY_HAND}"
        raise Refused(_NO_TEXT, help_)
    host = (urlsplit(page.canonical or address).hostname or "").removeprefix("www.")
    publisher = clean(found.sitename or "")
    return Article(
        text=text,
        title=clean(found.title or page.title),
        authors=tuple(filter(None, map(clean, (found.author or "").split(";")))),
        publisher="" if publisher.lower() == host else publisher,
        published=(found.date or "")[:10],
        url=page.canonical,
        language=page.language,
    )


def _sound_reference(found: re.Match[str]) -> str:
    """Return a reference to a character as it is, or a space for a control character.

    One of these would make the library give up the whole page.
    """
    code = int(found[1], 16) if found[1] else int(found[2])
    return " " if (code < 32 and code not in {9, 10, 13}) or code == 127 else found[0]


def article_of_pdf(raw: bytes, most: int) -> Article:
    """Return the words of a PDF; refuse one that is locked, broken, or pictures alone.

    `most` is how many characters of text are taken before the rest is too much. Lines end where
    they do on the page, pages are blank lines apart.
    """
    try:
        pages, about = _read_pdf(load("pypdf"), raw, most)
    except Refused:
        raise
    except Exception as fault:  # no library says what a broken file may raise in it
        raise Refused(f"this PDF cannot be read{_said(fault)}", _BY_HAND) from fault
    text = tidy_text("\n\n".join(filter(None, map(str.strip, pages))))
    if not any(char.isalnum() for char in text):
        help_ = "it may be pictures of pages: let a program read them (OCR), and add its text"
        raise Refused(_NO_TEXT, help_)
    return Article(
        text=text,
        title=clean(about["Title"]),
        authors=tuple(filter(None, map(clean, about["Author"].split(";")))),
        published=_pdf_date(about["CreationDate"]),
        language=about["Lang"],
        remarks=tuple(_about_breaks(text)),
    )


def _said(fault: Exception) -> str:
    """Return what a library says of what is broken, on one line; nothing if it says nothing."""
    words = clean(str(fault))[:200]
    return f": {words}" if words else ""


def _read_pdf(pypdf: Any, raw: bytes, most: int) -> tuple[list[str], dict[str, str]]:
    """Return the text of a PDF's pages, and what it says of itself."""
    reader = pypdf.PdfReader(io.BytesIO(raw))
    if reader.is_encrypted and not reader.decrypt(""):
        help_ = "open it with its password, save it without one, and add that file"
        raise Refused("this PDF is locked by a password", help_)
    pages: list[str] = []
    size = 0
    for page in reader.pages:
        pages.append(page.extract_text())
        size += len(pages[-1])
        if size > most:
            raise Refused("this PDF holds too much text", "raise the limit with --max-size")
    about = reader.metadata or {}
    known = {name: str(about.get(f"/{name}") or "") for name in _PDF_FIELDS}
    return pages, {**known, "Lang": str(reader.root_object.get("/Lang") or "")}


def tidy_text(text: str) -> str:
    """Return extracted words as a text file: lines end in LF, nothing invisible but what shapes.

    Characters that no page can show become spaces, lone surrogates U+FFFD, and no word is changed.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    tidied = "\n".join("".join(map(_shown, line)).strip() for line in lines)
    return f"{_BLANKS.sub(chr(10) * 2, tidied).strip()}\n"


def _shown(char: str) -> str:
    if char.isprintable() or char == "\xa0":
        return char
    match unicodedata.category(char):
        case "Cc" | "Zl" | "Zp" | "Cn":
            return " "
        case "Cs":
            return "\ufffd"
        case _:
            return char


def first_line(text: str) -> str:
    """Return a text's first line if it could be a title, else nothing."""
    found = next((each.strip() for each in text.split("\n") if each.strip()), "")
    line = clean(found.lstrip("#"))
    return line if line and len(line) <= 200 and line[-1] not in _ENDS else ""


def _paragraphs(text: str) -> str:
    """Return lines as paragraphs, a blank line between; items and rows of tables stay together."""
    out: list[str] = []
    for line in filter(str.strip, text.split("\n")):
        together = out and _ITEM.match(line) and _ITEM.match(out[-1])
        out += [line] if together or not out else ["", line]
    return "\n".join(out)


def _about_breaks(text: str) -> Iterator[str]:
    if parted := sum(1 for _ in _PARTED.finditer(text)):
        yield (
            f"words that a hyphen may part at the end of a line: {parted}; "
            "a quote must have them as they stand in the text"
        )


def _pdf_date(written: str) -> str:
    """Return a PDF's date (ISO 32000-1, 7.9.4) as far as its day."""
    found = _PDF_DATE.match(written)
    return "-".join(part for part in found.groups() if part) if found else ""


class _Head(Struct):
    """What the head of a page says: its language, its own address, its title."""

    language: str = ""
    canonical: str = ""
    title: str = ""
    in_title: bool = field(default=False)

    @classmethod
    def of(cls, html: str) -> _Head:
        """Return what a page's beginning says of it."""
        head = cls()
        reader = _HeadReader(head)
        reader.feed(html[:_HEAD])
        return head


class _HeadReader(HTMLParser):
    """Reads the few tags that matter, whatever stands around them."""

    def __init__(self, head: _Head) -> None:
        """Take what is to be filled in."""
        super().__init__(convert_charrefs=True)
        self.head = head

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down one tag."""
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.head.language = given.get("lang") or given.get("xml:lang") or ""
        elif tag == "link" and "canonical" in given.get("rel", "").lower().split():
            self.head.canonical = self.head.canonical or web_address(given.get("href", ""))
        self.head.in_title = tag == "title" and not self.head.title

    def handle_endtag(self, tag: str) -> None:
        """End the title."""
        self.head.in_title = self.head.in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        """Take down the title's words."""
        if self.head.in_title:
            self.head.title += data[:1_000]


def web_address(written: str) -> str:
    """Return an address that can stand in a note, without its fragment; else nothing.

    One with a name or password in it is none.
    """
    try:
        parts = urlsplit(written.strip())
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
        is_good = is_web and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return ""
    address = parts._replace(fragment="").geturl()
    return address if is_good and not re.search(r"\s", address) and len(address) <= 4000 else ""
