"""Plain data as it stands in a script that pages load on first use: JSON, in UTF-8."""

from __future__ import annotations

from json import dumps
from typing import Any, Final

from msgspec import Raw
from msgspec.json import Encoder

from sitegen.unseen import show_in_bytes

_ENCODER: Final = Encoder()


def script_json(value: Any) -> bytes:
    """Return a value as JSON that may stand in a script wherever that stands.

    Its texts are shown as they are; its numbers are whole, or written by `as_number`.
    """
    return _harmless(_ENCODER.encode(value))


def shown_json(value: Any) -> bytes:
    """Return the same with a mark in place of each character that could deceive a reader."""
    return shown(_ENCODER.encode(value))


def json(value: Any) -> bytes:
    """Return a value as JSON, for what is put together before it is `shown`."""
    return _ENCODER.encode(value)


def shown(text: bytes) -> bytes:
    """Return JSON as `shown_json` has it; to do so once for a whole script takes less time."""
    return _harmless(show_in_bytes(text))


def as_number(value: float) -> Raw:
    """Return a number as scripts read it: with all its digits, and `Infinity`."""
    return Raw(dumps(value).encode())


def _harmless(text: bytes) -> bytes:
    # ECMAScript before 2019 takes these two for line ends; a page may hold the script one day.
    if not text.isascii():
        text = text.replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029")
    if b"<" in text:
        text = text.replace(b"</", b"<\\/").replace(b"<!--", b"\\u003c!--")
    return text
