"""Bytes of unknown make as text: what they are, and in which encoding their characters stand.

The order of trust is that of the HTML Standard: a byte order mark, what the server said, what the
document says of itself. Nothing is guessed from frequencies of letters.
"""

from __future__ import annotations

import codecs
import re
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from msgspec import Struct

from sitegen.authoring.note_files import printable
from sitegen.authoring.refusals import Refused


class Format(StrEnum):
    """What an article may come as."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"


class Decoded(Struct, frozen=True):
    """A text, the encoding it was in, and whether that is only what most such pages have.

    `is_utf8` says that the bytes are UTF-8 as they stand, so that they can be kept as the text.
    """

    text: str
    encoding: str
    is_utf8: bool
    is_guess: bool = False


_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENDINGS: Final = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx"), Format.HTML),
    **dict.fromkeys((".txt", ".md", ".text", ".markdown"), Format.TEXT),
    ".pdf": Format.PDF,
}
_MEDIA_TYPES: Final = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "text/plain": Format.TEXT,
    "text/markdown": Format.TEXT,
    "application/pdf": Format.PDF,
    "application/x-pdf": Format.PDF,
}
_UNSAID: Final = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_HTML_START: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE)
_META_CHARSET: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE
)
_XML_ENCODING: Final = re.compile(
    rb"""\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{1,40})"""
)
_FIRST: Final = 1024  # bytes in which the HTML Standard looks for a document's own word
_OTHER_FILES: Final = (
    (b"PK\x03\x04", "an office document or a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a document in Rich Text Format"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image, a sound or a film"),
    (b"\x1f\x8b", "a compressed file"),
)
# What pages say they are in, and what browsers take it for (Encoding Standard, "Names and labels").
_MEANT: Final = {
    **dict.fromkeys(
        ("ascii", "us-ascii", "latin1", "latin-1", "iso-8859-1", "iso8859-1"), "cp1252"
    ),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("ks_c_5601-1987", "euc-kr"), "cp949"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11"), "cp874"),
    **dict.fromkeys(("x-user-defined", "x-mac-cyrillic"), ""),
}
# What Python reads by these names is no encoding of a page.
_NO_CHARSETS: Final = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
    | {"utf_7", "utf7", "unicodeescape", "rawunicodeescape", "dbcs", "ansi", "utf_8_sig"}
)
_WAY_OUT: Final = "save it as PDF, as a web page or as plain text, and add that file"


def format_of(raw: bytes, media_type: str, name: str) -> Format:
    """Return what an article's bytes are; refuse what is none of the three.

    `media_type` is what a server said, empty for a file; `name` is the file's name or its address.
    """
    if raw.lstrip()[:5] == b"%PDF-":
        return Format.PDF
    for start, what in _OTHER_FILES:
        if raw.startswith(start):
            raise Refused(f"this is {what}, not an article's text", _WAY_OUT)
    said = _MEDIA_TYPES.get(media_type) or (
        _ENDINGS.get(PurePath(name).suffix.lower()) if media_type in _UNSAID else None
    )
    if said is Format.PDF and b"%PDF-" in raw[:_FIRST]:
        return said
    if said is Format.PDF:
        raise Refused("this is no PDF, though it is called one", "look at what the file holds")
    if said is None and media_type not in _UNSAID:
        what = printable(media_type[:100])
        raise Refused(f'this is of the type "{what}", not an article\'s text', _WAY_OUT)
    if said is None:
        return Format.HTML if _begins_as_html(raw[:_FIRST]) else Format.TEXT
    return said


def _begins_as_html(raw: bytes) -> bool:
    """Return whether the first element is one that a web page begins with; comments may precede."""
    rest = raw.lstrip()
    if rest[:5].lower() == b"<?xml":
        rest = rest.partition(b">")[2].lstrip()
    while rest.startswith(b"<!--"):
        rest = rest[4:].partition(b"-->")[2].lstrip()
    return _HTML_START.match(rest) is not None


def decode(raw: bytes, form: Format, said: str = "", *, forced: str = "") -> Decoded:
    """Return the text that an article's bytes hold, less a byte order mark.

    `said` is the charset that a server named, `forced` the author's own word, before which no other
    counts. Refuses what is no text, or in no encoding that can be told.
    """
    if forced:
        if _codec(forced) is None:
            help_ = "names are utf-8, windows-1252, iso-8859-2, koi8-r and the like"
            raise Refused(f'there is no encoding "{forced}"', help_, is_wrong_use=True)
        return _in_one(raw, _codec(forced) or "utf-8", forced)
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return _in_one(raw, codec, codec)
    if form is Format.TEXT and b"\0" in raw and not said.lower().startswith(("utf-16", "utf-32")):
        raise Refused("this is no text: it holds NUL bytes", _WAY_OUT)
    inner = _own_word(raw) if form is Format.HTML else ""
    for word in (said, inner):
        if named := _codec(word):
            return _in_one(raw, named, word, is_strict=form is Format.TEXT)
    try:
        return Decoded(raw.decode(), "utf-8", is_utf8=True)
    except UnicodeDecodeError as fault:
        if form is Format.TEXT:
            raise _not_utf8(raw, fault.start) from fault
        return Decoded(raw.decode("cp1252", "replace"), "windows-1252", False, is_guess=True)


def _in_one(raw: bytes, codec: str, name: str, *, is_strict: bool = True) -> Decoded:
    """Return the text as it reads in an encoding that was named; refuse what does not, if strict.

    Otherwise what cannot be read becomes U+FFFD, as browsers have it.
    """
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError as fault:
        if is_strict and codec == "utf-8":
            raise _not_utf8(raw, fault.start) from fault
        if is_strict:
            what = f'this text is not in the encoding "{name}": byte {fault.start + 1} does not fit'
            raise Refused(what, "name another one with --encoding, or save it as UTF-8") from fault
        return Decoded(raw.decode(codec, "replace"), name.lower(), is_utf8=False, is_guess=True)
    return Decoded(text.removeprefix("\ufeff"), name.lower(), is_utf8=codec == "utf-8")


def _own_word(raw: bytes) -> str:
    """Return the charset that an HTML document names itself."""
    found = _META_CHARSET.search(raw[:_FIRST]) or _XML_ENCODING.match(raw[:_FIRST])
    word = found[1].decode("ascii") if found else ""
    return "utf-8" if word.lower().startswith("utf-16") else word  # it could be read as far as here


def _codec(name: str) -> str | None:
    """Return Python's name of a text encoding, None for what is none."""
    label = name.strip().strip("\"'").lower()
    label = _MEANT.get(label, label)
    if label.replace("-", "_") in _NO_CHARSETS:
        return None
    try:
        found = codecs.lookup(label) if label.isascii() and label else None
    except (LookupError, ValueError):
        return None
    # There are codecs that are no encodings, such as zip; their decoders give no text.
    is_charset = found is not None and getattr(found, "_is_text_encoding", True)
    return found.name if found and is_charset and found.name not in _NO_CHARSETS else None


def _not_utf8(raw: bytes, at: int) -> Refused:
    line = raw.count(b"\n", 0, at) + 1
    column = len(raw[raw.rfind(b"\n", 0, at) + 1 : at].decode("utf-8", "replace")) + 1
    return Refused(
        f"this text is not UTF-8: the byte 0x{raw[at]:02X} at line {line}, column {column}",
        "say what it is in, as in --encoding windows-1252, or save it as UTF-8",
    )
