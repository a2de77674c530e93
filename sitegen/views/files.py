"""Pages that shall exist, and files as they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from hashlib import sha256
from typing import Annotated, NamedTuple

from msgspec import Struct

from sitegen.views.frames import View
from sitegen.views.previews import PreviewContents, PreviewShard


class OutputFile(Struct, frozen=True):
    """A file of the site: its path below the output folder, and its bytes."""

    path: Annotated[str, "Relative, with forward slashes."]
    content: Annotated[bytes, "What the file holds."]
    sha256: Annotated[str, "Of its bytes, in hexadecimal, if it is known already."] = ""

    @property
    def parts(self) -> Sequence[bytes]:
        """All of its bytes, in parts that follow one another: there is one."""
        return (self.content,)

    def digest(self) -> str:
        """Return the SHA-256 of its bytes, in hexadecimal."""
        return self.sha256 or sha256(self.content).hexdigest()


class LongFile(Struct, frozen=True):
    """A file of the site that is long, and that no page loads.

    To write it or to compare it with another one, its parts need not be joined.
    """

    path: Annotated[str, "Relative, with forward slashes."]
    parts: Annotated[Sequence[bytes], "All of its bytes, in parts that follow one another."]
    sha256: Annotated[str, "Of its bytes, in hexadecimal, if it is known already."] = ""

    @property
    def content(self) -> bytes:
        """What the file holds, put together."""
        return b"".join(self.parts)

    def digest(self) -> str:
        """Return the SHA-256 of its bytes, in hexadecimal."""
        if self.sha256:
            return self.sha256
        found = sha256()
        for part in self.parts:
            found.update(part)
        return found.hexdigest()


NewFile = OutputFile | LongFile


class StagedFile(Struct, frozen=True):
    """A file of the site that lies beside the output folder and waits to be published."""

    path: Annotated[str, "Relative, with forward slashes."]
    sha256: Annotated[str, "Of its bytes, in hexadecimal."]
    stamp: Annotated[tuple[int, int, int, int], "What would tell of any change since."]


class UnchangedFile(Struct, frozen=True):
    """A file of the site that is in the output folder already, with the right bytes."""

    path: Annotated[str, "Relative, with forward slashes."]
    sha256: Annotated[str, "Of its bytes, in hexadecimal."]


class UnchangedFiles(Struct, frozen=True):
    """Many files of the site that are in the output folder already, with the right bytes."""

    digests: Annotated[Mapping[str, str], "The SHA-256 of each, in hexadecimal, by path."]
    but: Annotated[Set[str], "Paths among these that are not part of it."] = frozenset()

    def each(self) -> dict[str, str]:
        """Return the SHA-256 of each file by its path, without those in `but`."""
        found = dict(self.digests)
        for path in self.but:
            del found[path]
        return found


SiteFile = NewFile | StagedFile | UnchangedFile


class FileMaker(NamedTuple):
    """Makes one or more files of data when it is called.

    The next build recognises it by its `name`. What it makes must follow from what it looks up in
    tables alone, so that it need not be called where nothing of that has changed.
    """

    make: Callable[[], Iterable[NewFile]]
    name: str


def file_maker(path: str, make: Callable[[], bytes]) -> FileMaker:
    """Return what makes the one file at a path, by which it is known too."""
    return FileMaker(lambda: (OutputFile(path, make()),), path)


class PageSpec(Struct, frozen=True):
    """A page, or a script with data, that shall exist: where, by which template, from what."""

    path: Annotated[str, "Output path; its depth decides how links begin."]
    template: Annotated[str, "Name of the template below templates/."]
    view: Annotated[
        View | PreviewShard | PreviewContents,
        "All that the template may see of the site's content.",
    ]
