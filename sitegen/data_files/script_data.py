"""Plain data as JSON in UTF-8, for scripts that pages load on first use."""

from __future__ import annotations

from json import dumps
from typing import Any, Final

from msgspec import Raw
from msgspec.json import Encoder

from sitegen.unseen import show_in_bytes

_ENCODER: Final = Encoder()


def script_json(value: Any) -> bytes:
    """Return a value as JSON for a script, even for one inside an HTML page.

    Texts stay as they are. Numbers must be whole, or written by `as_number`.
    """
    return _harmless(_ENCODER.encode(value))


def shown_json(value: Any) -> bytes:
    """Return what `script_json` does, with a mark for each invisible or deceptive character."""
    return shown(_ENCODER.encode(value))


def json(value: Any) -> bytes:
    """Return a value as plain JSON, for a script that is put together before it is `shown`."""
    return _ENCODER.encode(value)


def shown(text: bytes) -> bytes:
    """Turn plain JSON into that of `shown_json`: quicker once for a script than for each value."""
    return _harmless(show_in_bytes(text))


def as_number(value: float) -> Raw:
    """Return a number as scripts read it: with all its digits, and `Infinity`."""
    return Raw(dumps(value).encode())


def _harmless(text: bytes) -> bytes:
    # U+2028 and U+2029 are line ends in scripts before ECMAScript 2019. The signs of HTML matter if
    # the script ever stands inside a page.
    if not text.isascii():
        text = text.replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029")
    if b"<" in text:
        text = text.replace(b"</", b"<\\/").replace(b"<!--", b"\\u003c!--")
    return text
