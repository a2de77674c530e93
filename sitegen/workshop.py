"""What makes a site's files: pieces of work that any process can do, here or elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment

from sitegen.export import export
from sitegen.findings.voices import voices_of
from sitegen.ledger import Tables
from sitegen.model import Findings, Site
from sitegen.pages.comparison_data import comparison_files
from sitegen.pages.list_facts import list_facts
from sitegen.pages.makers import PageMaker
from sitegen.plan import page_makers
from sitegen.render import make_environment, render_page
from sitegen.reuse import KnownWork, PageMemory
from sitegen.search import search_files
from sitegen.views import OutputFile, PageSpec, SiteView, StandingFile

DataFiles = Callable[[Tables, int], Iterable[OutputFile]]
"""Makes its tables, by so many processes, when it is called, and files as they are asked for."""


@dataclass(frozen=True, slots=True)
class Order:
    """All of a site that decides its pages and data; with the templates, all there is."""

    site: Site
    findings: Findings
    frame: SiteView
    base_url: str


class Made(NamedTuple):
    """What one piece of work made: files, each of a page with the digest of all it could see.

    `work` is what the page's maker looked up for that, where it can be known again by its name.
    """

    files: Sequence[tuple[OutputFile | StandingFile, bytes]]
    maker: str = ""
    work: KnownWork | None = None


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of work that an order comes to, by number: data first, then pages.

    Their order depends on the order alone, so that a number means the same work everywhere.
    """

    data: Sequence[Callable[[], Made]]
    makers: Sequence[PageMaker]
    make_pages: Callable[[PageMaker], Made]

    def do(self, numbers: Iterable[int]) -> list[Made]:
        """Do some of the work."""
        first = len(self.data)
        return [
            self.data[number]() if number < first else self.make_pages(self.makers[number - first])
            for number in numbers
        ]

    def heavy(self) -> int:
        """Return how many, the first, take long: data, and pages of makers without names."""
        named = (number for number, maker in enumerate(self.makers) if maker.name)
        return len(self.data) + next(named, len(self.makers))

    def left(self, done: Container[str]) -> list[int]:
        """Return the numbers of all but the work of these makers."""
        first = len(self.data)
        named = enumerate(self.makers, first)
        return [*range(first), *(number for number, each in named if each.name not in done)]


def pieces_of(
    order: Order, folders: Sequence[Path], pages: PageMemory | None = None, processes: int = 1
) -> Pieces:
    """Return the work that an order comes to.

    `folders` are those of the templates. With `pages`, which are for this order alone, pages that
    are known and stand are not rendered, and it can be noted how others were made. What is to be
    known of data is then made here, by so many `processes`.
    """
    environment = make_environment(folders)
    make_pages = partial(_make_pages, order.frame, environment)
    tables = pages.ledger if pages else Tables()
    site, findings = order.site, order.findings
    voices = voices_of(site, tables)
    files: Sequence[DataFiles] = (
        *(partial(make, site, findings) for make in (export, search_files, list_facts)),
        partial(comparison_files, site, voices),
    )
    data = [_data_piece(each, tables, processes) for each in files]
    makers = page_makers(site, findings, voices, tables, order.base_url)
    if pages:
        pages.begin(order.frame)
        make_pages = partial(_make_changed_pages, order.frame, environment, pages)
    return Pieces(data, makers, make_pages)


def _data_piece(data: DataFiles, tables: Tables, processes: int) -> Callable[[], Made]:
    """Return what makes data files; tables that are kept are made now, others with the files."""
    if not tables.is_kept:
        # Whoever does this piece may have been given it by another process: it is to share nothing.
        return lambda: _unseen(data(tables, 1))
    files = data(tables, processes)
    return lambda: _unseen(files)


def _unseen(files: Iterable[OutputFile]) -> Made:
    return Made([(file, b"") for file in files])


def _make_pages(frame: SiteView, environment: Environment, maker: PageMaker) -> Made:
    return Made([(_rendered(spec, frame, environment), b"") for spec in maker.make()])


def _make_changed_pages(
    frame: SiteView, environment: Environment, pages: PageMemory, maker: PageMaker
) -> Made:
    """Return a maker's pages, and what the next build is to know of how they were made."""
    if not maker.name:
        return Made([_known_or_rendered(spec, frame, environment, pages) for spec in maker.make()])
    specs, trace = pages.ledger.trace(lambda: [*maker.make()])
    files = [(_rendered(spec, frame, environment), b"") for spec in specs]
    return Made(files, maker.name, (trace, tuple(spec.path for spec in specs)))


def _known_or_rendered(
    spec: PageSpec, frame: SiteView, environment: Environment, pages: PageMemory
) -> tuple[OutputFile | StandingFile, bytes]:
    seen = pages.digest(spec)
    return pages.find(spec.path, seen) or _rendered(spec, frame, environment), seen


def _rendered(spec: PageSpec, frame: SiteView, environment: Environment) -> OutputFile:
    content = render_page(spec, frame, environment)
    return OutputFile(spec.path, content, sha256(content).hexdigest())
