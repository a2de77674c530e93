"""Pages that need not be rendered again: what they show has not changed, and their files stand."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from hashlib import blake2b
from io import BytesIO
from operator import attrgetter
from typing import Any, NamedTuple

from sitegen.cache import Stamp
from sitegen.views import PageSpec, StandingFile


class KnownPage(NamedTuple):
    """A page as it was made: the digest of all that it could see, and the SHA-256 of its file."""

    seen: bytes
    sha256: str


@dataclass(slots=True)
class PageMemory:
    """The pages of the last build by path, and those of this one as they are made.

    `common` is the digest of what all pages see: the program, the templates, the frame. `standing`
    are the stamps of the files that are in the output folder as the last build left them.
    """

    common: bytes = b""
    known: Mapping[str, KnownPage] = field(default_factory=dict)
    standing: Mapping[str, Stamp] = field(default_factory=dict)
    made: dict[str, KnownPage] = field(default_factory=dict)

    def find(self, spec: PageSpec, seen: bytes) -> StandingFile | None:
        """Return the file of a page that saw the same, if it still stands."""
        known, stamp = self.known.get(spec.path), self.standing.get(spec.path)
        if known is None or stamp is None or known.seen != seen:
            return None
        return StandingFile(spec.path, known.sha256, stamp)

    def digest(self, spec: PageSpec) -> bytes:
        """Return the digest of all that a page can see."""
        return digest_of(self.common, spec)


def digest_of(*parts: Any) -> bytes:
    """Return a digest of plain data.

    Equal digests mean equal data. Equal data may have several, since a pickle also shows which of
    its parts are one object; then a page is rendered once more than needed, to the same bytes.
    """
    stream = BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(parts)
    return blake2b(stream.getbuffer(), digest_size=16).digest()


class _Pickler(pickle.Pickler):
    """Writes the fields of dataclasses in one go; what it writes is never read back."""

    def reducer_override(self, value: Any) -> Any:
        """Return the class and the values of a dataclass, and leave all else to `pickle`."""
        values = _values_of(type(value))
        return (type(value), values(value)) if values else NotImplemented


_Values = Callable[[Any], tuple[Any, ...]]
_KNOWN: dict[type, _Values | None] = {}


def _values_of(kind: type) -> _Values | None:
    """Return what gives all fields of a dataclass at once, or None for any other class."""
    if kind not in _KNOWN:
        names = [each.name for each in fields(kind)] if is_dataclass(kind) else []
        get = attrgetter(*names) if names else None
        _KNOWN[kind] = (lambda value: (get(value),)) if get and len(names) == 1 else get
    return _KNOWN[kind]
