"""All files of a site: pages, data, scripts and styles, each in a place of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from jinja2 import Environment

from sitegen.diagnostics import Location, error
from sitegen.export import export
from sitegen.model import Findings, Site
from sitegen.plan import PageMaker, page_makers, site_view
from sitegen.render import make_environment, render_page
from sitegen.resources import SCRIPT, STYLE, has_scripts, static_files, template_folders
from sitegen.reuse import KnownPage, PageMemory, digest_of
from sitegen.search import search_files
from sitegen.urls import path_fault, path_key
from sitegen.views import OutputFile, PageSpec, SiteView, StandingFile
from sitegen.workers import process_count, share_out

RULES: Final = {
    "unusable-path": (
        "An alias, or a file below `templates/static/`, asks for an address in the site that "
        "something else has or that not every system allows: two files in one place, a name that "
        "Windows reserves. Give it another name."
    ),
}

_WORTH_SHARING: Final = 200  # makers of pages

Progress = Callable[[Iterator[OutputFile | StandingFile], int], Iterable[OutputFile | StandingFile]]
"""Passes on the pages as they are made, of which there will be about so many."""


def in_silence(
    pages: Iterator[OutputFile | StandingFile], _: int
) -> Iterator[OutputFile | StandingFile]:
    """Pass on the pages and show nothing."""
    return pages


class _Made(NamedTuple):
    """A page's file, and the digest of all that the page could see."""

    seen: bytes
    file: OutputFile | StandingFile


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
) -> Iterator[OutputFile | StandingFile]:
    """Yield every file of the site, each in a place of its own; the rest is as for `build`.

    Pages that `pages` knows and whose files stand are not rendered.

    Raises TemplateFault where a template cannot be used, UnusablePath where two files would be one.
    """
    folders = template_folders(project)
    frame = _frame(site, folders, base_url)
    makers = page_makers(site, findings, base_url)
    if pages:
        pages.common = digest_of(pages.common, frame)
    make = partial(_make_pages, frame, make_environment(folders), pages)
    made = share_out(make, makers, _processes_for(makers, processes))
    files = progress(_noted(made, pages), len(makers))
    data = chain(export(site, findings), search_files(site, findings))
    yield from _apart(chain(files, data, static_files(folders)))


def _make_pages(
    frame: SiteView,
    environment: Environment,
    pages: PageMemory | None,
    makers: Iterable[PageMaker],
) -> tuple[_Made, ...]:
    made = []
    for spec in chain.from_iterable(make() for make in makers):
        seen = pages.digest(spec) if pages else b""
        file = pages.find(spec, seen) if pages else None
        made.append(_Made(seen, file or _rendered(spec, frame, environment)))
    return tuple(made)


def _rendered(spec: PageSpec, frame: SiteView, environment: Environment) -> OutputFile:
    content = render_page(spec, frame, environment)
    return OutputFile(spec.path, content, sha256(content).hexdigest())


def _noted(made: Iterable[_Made], pages: PageMemory | None) -> Iterator[OutputFile | StandingFile]:
    """Yield the files of pages, and note for the next build how they were made."""
    for seen, file in made:
        if pages:
            pages.made[file.path] = KnownPage(seen, file.sha256)
        yield file


def _processes_for(makers: Sequence[PageMaker], asked: int) -> int:
    """Return how many processes shall work; a small site is made sooner than two are started."""
    return asked or (process_count() if len(makers) >= _WORTH_SHARING else 1)


def _apart(
    files: Iterable[OutputFile | StandingFile],
) -> Iterator[OutputFile | StandingFile]:
    taken: set[str] = set()
    folders: set[str] = set()
    for file in files:
        if fault := path_fault(file.path):
            raise UnusablePath(file.path, fault)
        key = path_key(file.path)
        above = {key[:at] for at, sign in enumerate(key) if sign == "/"}
        if key in taken or key in folders or above & taken:
            raise UnusablePath(file.path, "is the address of another file of the site")
        taken.add(key)
        folders |= above
        yield file


def _frame(site: Site, folders: Sequence[Path], base_url: str) -> SiteView:
    scripts = (SCRIPT,) if has_scripts(folders) else ()
    return site_view(site, (STYLE,), scripts, base_url or site.settings.base_url or "")
