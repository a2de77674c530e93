"""Digests of plain data: what tells one value from another, in this process and in the next."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, Final

from markupsafe import Markup
from msgspec.msgpack import Encoder
from pydantic import BaseModel

SIZE: Final = 16  # bytes


def digest_of(*parts: Any) -> bytes:
    """Return a digest of plain data that holds no cycles: records, collections, texts, numbers.

    Equal digests mean equal data of the same shape. A dataclass is told from another by the names
    and values of its fields, so no two of them may have the same names; a list is not told from a
    tuple, nor a date or a member of an enumeration from its text. Equal data may have several
    digests in different processes where sets stand inside them; a part that is one is no trouble.
    """
    in_order = [sorted(part) if isinstance(part, (set, frozenset)) else part for part in parts]
    return blake2b(_written(in_order), digest_size=SIZE).digest()


def _written(parts: list[Any]) -> bytes:
    try:
        return _ENCODER.encode(parts)
    except (OverflowError, UnicodeEncodeError):  # a number beyond 64 bits, half a character
        return repr(parts).encode("utf-8", "surrogatepass")


def _plain(value: Any) -> Any:
    """Return what stands for a value that the encoder does not know."""
    if isinstance(value, BaseModel):
        return value.__dict__
    if isinstance(value, Markup):  # which a page shows as it is, and other text escaped
        return {"html": str(value)}
    raise TypeError(f"a {type(value).__name__} is no plain data")


_ENCODER: Final = Encoder(enc_hook=_plain)
