"""What makes a site's files: pieces of work that any process can do, here or elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from sitegen.views import FileMaker, OutputFile, PageSpec, SiteView, StandingFile

DataFiles = Callable[[Tables, int], Sequence[FileMaker]]
"""Makes its tables, by so many processes, when it is called, and returns what makes files."""


@dataclass(frozen=True, slots=True)
class Order:
    """All of a site that decides its pages and data; with the templates, all there is."""

    site: Site
    findings: Findings
    frame: SiteView
    base_url: str


class Made(NamedTuple):
    """What one piece of work made: files, each of a page with the digest of all it could see.

    `work` is what the maker looked up for that, where it can be known again by its name.
    """

    files: Sequence[tuple[OutputFile | StandingFile, bytes]]
    maker: str = ""
    work: KnownWork | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of work; `maker` is the name of what makes its files, where it has one.

    One that `is_heavy` has a lot to do, or to hand over, by itself.
    """

    do: Callable[[], Made]
    maker: str = ""
    is_heavy: bool = True


def pieces_of(
    order: Order, folders: Sequence[Path], pages: PageMemory | None = None, processes: int = 1
) -> list[Piece]:
    """Return the work that an order comes to, in an order that depends on nothing else.

    `folders` are those of the templates. With `pages`, which are for this order alone, pages that
    are known and stand are not rendered, and it can be noted how others were made. What is to be
    known of data is then made here, by so many `processes`.
    """
    environment = make_environment(folders)
    make_pages = partial(_make_pages, order.frame, environment)
    tables = pages.ledger if pages else Tables()
    site, findings = order.site, order.findings
    voices = voices_of(site, tables, findings.groups)
    files: Sequence[DataFiles] = (
        *(partial(make, site, findings) for make in (export, search_files, list_facts)),
        partial(comparison_files, site, voices),
    )
    data = [piece for each in files for piece in _data_pieces(each, tables, pages, processes)]
    makers = page_makers(site, findings, voices, tables, order.base_url)
    if pages:
        pages.begin(order.frame)
        make_pages = partial(_make_changed_pages, order.frame, environment, pages)
    return [
        *data,
        *(Piece(partial(make_pages, each), each.name, is_heavy=not each.name) for each in makers),
    ]


def _data_pieces(
    data: DataFiles, tables: Tables, pages: PageMemory | None, processes: int
) -> Iterator[Piece]:
    """Yield what makes data files; tables that are kept are made now, others with the files."""
    if pages is None:
        # Whoever does this piece may have been given it by another process: it is to share nothing.
        yield Piece(lambda: _unseen(data(tables, 1)))
        return
    for maker in data(tables, processes):
        yield Piece(partial(_make_changed_files, pages, maker), maker.name)


def _unseen(makers: Iterable[FileMaker]) -> Made:
    return Made([(file, b"") for maker in makers for file in maker.make()])


def _make_changed_files(pages: PageMemory, maker: FileMaker) -> Made:
    """Return data files; those that are known and stand are not made."""
    if known := known_piece(pages, maker.name):
        return known
    files, trace = pages.ledger.trace(lambda: [*maker.make()])
    made = [(_digested(file.path, file.content), b"") for file in files]
    return Made(made, maker.name, pages.work_of(trace, [file.path for file in files]))


def known_piece(pages: PageMemory, maker: str) -> Made | None:
    """Return what a maker made for the last build, if it would make the same."""
    if known := pages.find_work(maker):
        files = [(pages.known_file(path), pages.known.pages[path].seen) for path in known.paths]
        return Made(files, maker, known)
    return None


def _make_pages(frame: SiteView, environment: Environment, maker: PageMaker) -> Made:
    return Made([(_rendered(spec, frame, environment), b"") for spec in maker.make()])


def _make_changed_pages(
    frame: SiteView, environment: Environment, pages: PageMemory, maker: PageMaker
) -> Made:
    """Return a maker's pages; those that are known, and whose files stand, are not rendered."""
    if known := known_piece(pages, maker.name):
        return known
    if not maker.name:
        return Made([_known_or_rendered(spec, frame, environment, pages) for spec in maker.make()])
    specs, trace = pages.ledger.trace(lambda: [*maker.make()])
    files = [(_rendered(spec, frame, environment), b"") for spec in specs]
    return Made(files, maker.name, pages.work_of(trace, [spec.path for spec in specs]))


def _known_or_rendered(
    spec: PageSpec, frame: SiteView, environment: Environment, pages: PageMemory
) -> tuple[OutputFile | StandingFile, bytes]:
    seen = pages.digest(spec)
    return pages.find(spec.path, seen) or _rendered(spec, frame, environment), seen


def _rendered(spec: PageSpec, frame: SiteView, environment: Environment) -> OutputFile:
    return _digested(spec.path, render_page(spec, frame, environment))


def _digested(path: str, content: bytes) -> OutputFile:
    return OutputFile(path, content, sha256(content).hexdigest())
