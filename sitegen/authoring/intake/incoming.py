"""An article as it comes in: a file, what standard input gives, or what is at an address."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from sitegen.authoring.note_files import printable
from sitegen.authoring.refusals import Refused
from sitegen.layout import SEEDS

TEXTS: Final = (".txt", ".md")
"""What the names of texts below `seeds/` end in."""


class Incoming(Struct, frozen=True):
    """An article as it came: its bytes, what was said of them, and where they are from.

    `name` is the file's name or the address's last part, `address` empty but for a fetched one.
    `held` is the path below `seeds/` of a file that lies there already.
    """

    raw: bytes
    name: str = ""
    media_type: str = ""
    charset: str = ""
    address: str = ""
    held: str = ""


def take_file(project: Path, path: Path, most: int) -> Incoming:
    """Return a file as an incoming article; refuse what cannot be read or is too large."""
    try:
        if not path.exists():
            help_ = "look at its name and folder; an address on the web begins with https://"
            raise Refused(f"there is no file {printable(str(path))}", help_)
        if not path.is_file():
            raise Refused(f"{printable(str(path))} is no ordinary file")
        if path.stat().st_size > most:
            raise _too_large(most)
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except OSError as fault:
        reason = (fault.strerror or "").lower()
        raise Refused(f"cannot read {printable(str(path))}: {reason}") from fault
    seeds, real = (project / SEEDS).resolve(), path.resolve()
    is_held = real.is_relative_to(seeds) and real.suffix in TEXTS
    held = real.relative_to(seeds).as_posix() if is_held else ""
    return Incoming(checked_size(raw, most), path.name, held=held)


def take_address(address: str, most: int, seconds: float) -> Incoming:
    """Return what is at an address as an incoming article; refuse what cannot be had."""
    from sitegen.authoring.intake.fetching import fetch

    got = fetch(address, most, seconds)
    parts = urlsplit(got.address)
    name = PurePath(unquote(parts.path)).name or parts.hostname or ""
    return Incoming(got.raw, name, got.media_type, got.charset, got.address)


def _too_large(most: int) -> Refused:
    help_ = "raise the limit with --max-size if it is an article all the same"
    return Refused(f"this is longer than {most / 1e6:g} MB", help_)


def checked_size(raw: bytes, most: int) -> bytes:
    """Return bytes that are not too many; refuse more."""
    if len(raw) > most:
        raise _too_large(most)
    return raw
