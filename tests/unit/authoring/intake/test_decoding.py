"""What bytes are, and which text they hold."""

from __future__ import annotations

import pytest

from sitegen.authoring.intake.decoding import Format, decode, format_of
from sitegen.authoring.refusals import Refused


@pytest.mark.parametrize(
    ("raw", "media_type", "name", "expected"),
    [
        (b"%PDF-1.7", "", "x", Format.PDF),
        (b"\n%PDF-1.7", "text/html", "x", Format.PDF),
        (b"junk %PDF-1.7", "application/pdf", "x", Format.PDF),
        (b"On %PDF- files", "", "x.txt", Format.TEXT),
        (b"plain", "text/plain", "x.html", Format.TEXT),
        (b"plain", "text/html", "", Format.HTML),
        (b"plain", "", "x.HTM", Format.HTML),
        (b"<!-- a --> <!-- b --><!DOCTYPE html>", "", "", Format.HTML),
        (b"<html>", "application/octet-stream", "x.txt", Format.TEXT),
        (b"words", "", "x.md", Format.TEXT),
        (b"words", "", "", Format.TEXT),
        (b"<!-- a -->" * 100, "", "", Format.TEXT),
    ],
)
def test_format_is_told_by_bytes_then_type_then_name(
    raw: bytes, media_type: str, name: str, expected: Format
) -> None:
    """A PDF is known by its first bytes; else counts what was said of it, then how it begins."""
    assert format_of(raw, media_type, name) is expected


@pytest.mark.parametrize(
    ("raw", "media_type", "name", "message"),
    [
        (b"\x89PNG", "image/png", "x.png", "an image"),
        (b"\xff\xd8\xff\xe0", "text/html", "", "an image"),
        (b"PK\x03\x04", "", "x.docx", "an office document"),
        (b"x", "image/svg+xml", "x.svg", '"image/svg\\+xml"'),
        (b"x", "application/json", "", '"application/json"'),
        (b"<html>", "application/pdf", "", "no PDF"),
        (b"words", "", "x.pdf", "no PDF"),
    ],
)
def test_what_is_no_article_is_refused(
    raw: bytes, media_type: str, name: str, message: str
) -> None:
    """What is none of the three is said to be what it is, with a way out."""
    with pytest.raises(Refused, match=message) as refused:
        format_of(raw, media_type, name)
    assert refused.value.help


@pytest.mark.parametrize(
    ("raw", "form", "said", "expected"),
    [
        ("é".encode(), Format.TEXT, "", ("é", "utf-8", True)),
        (b"\xef\xbb\xbf\xc3\xa9", Format.TEXT, "latin1", ("é", "utf-8", True)),
        ("é".encode("utf-16"), Format.TEXT, "", ("é", "utf-16", False)),
        ("é".encode("utf-16-be"), Format.TEXT, "utf-16be", ("é", "utf-16be", False)),
        (b"\x93\xe9\x94", Format.TEXT, "ISO-8859-1", ("“é”", "iso-8859-1", False)),
        (b"\xcd", Format.HTML, "windows-1253", ("Ν", "windows-1253", False)),
        (b"<meta charset=windows-1251>\xc4", Format.HTML, "", (None, "windows-1251", False)),
        (b"<meta charset='utf-16'>\xc3\xa9", Format.HTML, "", (None, "utf-8", True)),
        (b"<?xml encoding='koi8-r'?>\xc4", Format.HTML, "", (None, "koi8-r", False)),
        (b"\x93\xe9\x94", Format.HTML, "", ("“é”", "windows-1252", False)),
        (b"\xc3\xa9", Format.HTML, "no-such-charset", ("é", "utf-8", True)),
        (b"\xc3\xa9", Format.HTML, "zip", ("é", "utf-8", True)),
    ],
)
def test_encoding_is_that_of_the_mark_the_server_or_the_document(
    raw: bytes, form: Format, said: str, expected: tuple[str | None, str, bool]
) -> None:
    """A mark counts before the server's word, that before the document's; else it is UTF-8."""
    found = decode(raw, form, said)
    text, encoding, is_utf8 = expected
    assert text in {None, found.text}
    assert (found.encoding, found.is_utf8) == (encoding, is_utf8)


def test_author_has_the_last_word() -> None:
    """Whatever the bytes and the server say, an encoding that the author names is the one."""
    assert decode(b"\xe6", Format.TEXT, "utf-8", forced="iso-8859-5").text == "ц"
    with pytest.raises(Refused, match='no encoding "martian"') as refused:
        decode(b"x", Format.TEXT, forced="martian")
    assert refused.value.is_wrong_use
    with pytest.raises(Refused, match="byte 2 does not fit"):
        decode(b"a\xff", Format.TEXT, forced="euc-jp")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"one\ntwo \xff", "byte 0xFF at line 2, column 5"),
        (b"a\0b", "NUL"),
        (b"\xff\xfe\x00\xd8", 'not in the encoding "utf-16"'),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(raw: bytes, message: str) -> None:
    """A text that is not UTF-8 is not guessed at."""
    with pytest.raises(Refused, match=message) as refused:
        decode(raw, Format.TEXT)
    assert refused.value.help
