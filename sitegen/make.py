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
from sitegen.digests import digest_of
from sitegen.export import export
from sitegen.model import Findings, Site
from sitegen.pages.comparison_data import comparison_files
from sitegen.pages.list_facts import list_facts
from sitegen.pages.makers import PageMaker
from sitegen.plan import page_makers, site_view
from sitegen.render import TemplateFault, make_environment, render_page
from sitegen.resources import SCRIPT, STYLE, has_scripts, static_files, template_folders
from sitegen.reuse import KnownPage, KnownWork, PageMemory
from sitegen.search import search_files
from sitegen.traces import Watch
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
    """What one maker made: files, each of a page with the digest of all that the page could see.

    `work` is what it looked up for that, where it can be known again by its name.
    """

    files: Sequence[tuple[OutputFile | StandingFile, bytes]]
    maker: str = ""
    work: KnownWork | None = None


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
    environment = make_environment(folders)
    if pages:
        pages.common = digest_of(pages.common, frame)
        make_pages = partial(_make_changed_pages, frame, environment, pages)
    else:
        make_pages = partial(_make_pages, frame, environment)
    watch = pages.watch if pages else Watch()
    makers = [
        *(
            partial(_make_data, data, site, findings)
            for data in (export, search_files, list_facts, comparison_files)
        ),
        *(partial(make_pages, maker) for maker in page_makers(site, findings, watch, base_url)),
    ]
    made = share_out(_call_all, makers, _processes_for(makers, processes), in_order=False)
    files = progress(_noted(made, pages), len(makers))
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


def _call_all(makers: Iterable[Callable[[], _Made]]) -> list[_Made]:
    return [maker() for maker in makers]


def _make_data(
    data: Callable[[Site, Findings], Iterable[OutputFile]], site: Site, findings: Findings
) -> _Made:
    return _Made([(file, b"") for file in data(site, findings)])


def _make_pages(frame: SiteView, environment: Environment, maker: PageMaker) -> _Made:
    return _Made([(_rendered(spec, frame, environment), b"") for spec in maker.make()])


def _make_changed_pages(
    frame: SiteView, environment: Environment, pages: PageMemory, maker: PageMaker
) -> _Made:
    """Return a maker's pages; those that are known, and whose files stand, are not rendered."""
    if known := pages.find_work(maker.name):
        return _Made([pages.known_file(path) for path in known.paths], maker.name, known)
    specs, trace = pages.watch.trace(maker.make)
    files = []
    for spec in specs:
        seen = pages.digest(spec)
        files.append((pages.find(spec.path, seen) or _rendered(spec, frame, environment), seen))
    work = pages.work_of(trace, [spec.path for spec in specs]) if maker.name and trace else None
    return _Made(files, maker.name, work)


def _rendered(spec: PageSpec, frame: SiteView, environment: Environment) -> OutputFile:
    content = render_page(spec, frame, environment)
    return OutputFile(spec.path, content, sha256(content).hexdigest())


def _noted(made: Iterable[_Made], pages: PageMemory | None) -> Iterator[OutputFile | StandingFile]:
    """Yield the files, and note for the next build how pages were made."""
    for files, maker, work in made:
        if pages and work:
            pages.works[maker] = work
        for file, seen in files:
            if pages and seen:
                pages.pages[file.path] = KnownPage(seen, file.sha256)
            yield file


def _processes_for(makers: Sequence[object], asked: int) -> int:
    """Return how many processes shall work; a small site is made sooner than two are started."""
    return asked or (process_count() if len(makers) >= _WORTH_SHARING else 1)


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
