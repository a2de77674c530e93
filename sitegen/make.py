"""All files of a site: pages, data, scripts and styles, each in a place of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, takewhile
from pathlib import Path
from typing import Final

from sitegen.diagnostics import Location, error
from sitegen.model import Findings, Site
from sitegen.plan import site_view
from sitegen.render import TemplateFault
from sitegen.resources import SCRIPT, STYLE, has_scripts, static_files, template_folders
from sitegen.reuse import KnownPage, PageMemory
from sitegen.urls import path_fault, path_key
from sitegen.views import OutputFile, SiteView, StandingFile
from sitegen.workers import process_count, share_out
from sitegen.workshop import Made, Order, Piece, pieces_of

RULES: Final = {
    "unusable-path": (
        "An alias, or a file below `templates/static/`, asks for an address in the site that "
        "something else has or that not every system allows: two files in one place, a name that "
        "Windows reserves. Give it another name."
    ),
}

_WORTH_SHARING: Final = 200  # pieces of work

Progress = Callable[[Iterator[OutputFile | StandingFile], int], Iterable[OutputFile | StandingFile]]
"""Passes on the pages as they are made, of which there will be about so many."""


def in_silence(
    pages: Iterator[OutputFile | StandingFile], _: int
) -> Iterator[OutputFile | StandingFile]:
    """Pass on the pages and show nothing."""
    return pages


Workforce = Callable[
    [Order, Sequence[Path], Sequence[Piece], PageMemory | None],
    Iterable[Made],
]
"""Does the pieces of work of an order on other machines; the folders are those of templates."""


class UnusablePath(Exception):  # noqa: N818 - reads as what it is where it is caught
    """A file of the site cannot be where it is meant to be; `diagnostic` says which and why."""

    def __init__(self, path: str, reason: str) -> None:
        """Take the path below the output folder, and what is wrong with it."""
        super().__init__(reason)
        place = f"templates/{path}" if path.startswith("static/") else "content"
        self.diagnostic = error(
            "unusable-path",
            Location(place),
            f'"{path}" {reason}',
            "give the alias or the file below templates/static/ that asks for it another name",
        )


def make_files(
    site: Site,
    findings: Findings,
    project: Path,
    *,
    base_url: str = "",
    progress: Progress = in_silence,
    processes: int = 0,
    pages: PageMemory | None = None,
    workforce: Workforce | None = None,
) -> Iterator[OutputFile | StandingFile]:
    """Yield every file of the site, each in a place of its own; the rest is as for `build`.

    Pages that `pages` knows and whose files stand are not rendered. A `workforce` does the
    work in place of this machine.

    Raises TemplateFault where a template cannot be used, UnusablePath where two files would be one.
    """
    folders = template_folders(project)
    order = Order(site, findings, _frame(site, folders, base_url), base_url)
    pieces = pieces_of(order, folders, pages, processes or process_count())
    if workforce:
        made = workforce(order, folders, pieces, pages)
    else:
        count = _processes_for(pieces, processes)
        heavy = sum(1 for _ in takewhile(lambda each: each.is_heavy, pieces))
        made = share_out(_do_all, pieces, count, in_order=False, alone=heavy)
    files = progress(_noted(made, pages), len(pieces))
    yield from _apart(chain(files, _static(folders)))


def _static(folders: Sequence[Path]) -> Iterator[OutputFile]:
    """Yield the static files; one that cannot be read is a fault like any other."""
    try:
        yield from static_files(folders)
    except OSError as fault:
        name = Path(fault.filename or "").name
        at = Location(f"templates/static/{name}")
        reason = (fault.strerror or str(fault)).lower()
        help_ = "look at its permissions, and where it leads if it is a link"
        raise TemplateFault(
            error("cannot-read", at, f"cannot read this file: {reason}", help_)
        ) from fault


def _do_all(pieces: Iterable[Piece]) -> list[Made]:
    return [piece.do() for piece in pieces]


def _noted(made: Iterable[Made], pages: PageMemory | None) -> Iterator[OutputFile | StandingFile]:
    """Yield the files, and note for the next build how pages were made."""
    for files, maker, work in made:
        if pages and work:
            pages.works[maker] = work
        for file, seen in files:
            if pages and (seen or work):
                pages.pages[file.path] = KnownPage(file.sha256, seen)
            yield file


def _processes_for(pieces: Sequence[object], asked: int) -> int:
    """Return how many processes shall work; a small site is made sooner than two are started."""
    return asked or (process_count() if len(pieces) >= _WORTH_SHARING else 1)


def _apart(
    files: Iterable[OutputFile | StandingFile],
) -> Iterator[OutputFile | StandingFile]:
    """Yield the files, whatever their order, and refuse the second in one place."""
    taken: dict[str, str] = {}
    folders: dict[str, str] = {}
    for file in files:
        if fault := path_fault(file.path):
            raise UnusablePath(file.path, fault)
        key = path_key(file.path)
        above = [key[:at] for at, sign in enumerate(key) if sign == "/"]
        others = [taken.get(key), folders.get(key), *map(taken.get, above)]
        if other := next(filter(None, others), None):
            clash = max(file.path, other)  # the same one, whichever was made first
            raise UnusablePath(clash, "is the address of another file of the site")
        taken[key] = file.path
        folders |= dict.fromkeys(above, file.path)
        yield file


def _frame(site: Site, folders: Sequence[Path], base_url: str) -> SiteView:
    scripts = (SCRIPT,) if has_scripts(folders) else ()
    return site_view(site, (STYLE,), scripts, base_url or site.settings.base_url or "")
