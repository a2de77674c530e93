"""What makes a site's files: pieces of work that any process can do, here or elsewhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple

from jinja2 import Environment
from msgspec import Struct, structs

from sitegen.data_files.comparison_data import comparison_files
from sitegen.data_files.export import export
from sitegen.data_files.list_facts import list_facts
from sitegen.data_files.search import search_files
from sitegen.findings.voices import voices_of
from sitegen.incremental.reuse import KnownWork, PageMemory
from sitegen.ledger import Ledger, Tables, Trace
from sitegen.model import Findings, Site
from sitegen.pages.makers import AllMakers, PageMaker
from sitegen.plan import page_makers
from sitegen.render import kept_environment, make_environment, render_page
from sitegen.views import FileMaker, NewFile, OutputFile, PageSpec, SiteFile, SiteView

_TOGETHER: Final = 64  # pages made step by step: few enough to hold all their views at once
_MOST_HELD: Final = 1 << 20  # bytes of pages that are held until they are staged

DataFiles = Callable[[Tables, int], Sequence[FileMaker]]
"""Makes its tables, by so many processes, when it is called, and returns what makes files."""


Stage = Callable[[NewFile], SiteFile]
"""Does with a file what can be done as soon as it is made, and returns what has become of it."""


def digested(file: NewFile) -> SiteFile:
    """Return a file with its SHA-256, so that nobody else need find that out."""
    return structs.replace(file, sha256=file.digest())


class BuildInput(Struct, frozen=True):
    """All of a site that decides its pages and data; with the templates, all there is."""

    site: Site
    findings: Findings
    frame: SiteView
    base_url: str


class Made(NamedTuple):
    """What one piece of work made: files, and what was looked up for that, if that is to be known.

    The next build knows the work again by the name of its maker. Where something was packed for it
    instead, `packed` has that with its name.
    """

    files: Sequence[SiteFile]
    maker: str = ""
    work: KnownWork | None = None
    packed: tuple[str, Any] | None = None


class Piece(NamedTuple):
    """A piece of work: what makes some files, and its name where it has one."""

    make: Callable[[], Iterable[NewFile]]
    maker: str = ""


_Viewed = tuple[str, list[PageSpec], Trace]
"""The views that a maker has made, and what it looked up for that."""

_Rendered = tuple[str, Trace, Sequence[OutputFile]]
"""The same as files."""


class Pieces(Struct, frozen=True):
    """The pieces of work that an input comes to, by number: data first, then pages.

    Their order depends on the input alone, so that a number means the same work everywhere. The
    first of them, those of `data`, have a lot to do or to hand over. What becomes of each file is
    for `stage` to say; that is done here too, in whatever process this is.
    """

    data: Sequence[Piece]
    makers: AllMakers
    render: Callable[[PageSpec], OutputFile]
    pages: PageMemory | None
    stage: Stage

    @property
    def heavy(self) -> int:
        """Return how many pieces come first that have a lot to do."""
        return len(self.data)

    def names(self) -> list[str]:
        """Return the names of all makers, empty where one has none."""
        return [*[each.maker for each in self.data], *self.makers.names]

    def do(self, tasks: Iterable[int | str]) -> list[Made]:
        """Do some of the work: pieces by their numbers; what has a name is packed."""
        made: list[Made] = []
        for is_page, some in groupby(tasks, self._is_page):
            if is_page:
                makers = [self.makers.maker(int(number) - self.heavy) for number in some]
                for at in range(0, len(makers), _TOGETHER):
                    made += self._made_together(makers[at : at + _TOGETHER])
            else:
                made += [
                    self._packed(task) if isinstance(task, str) else self._made(self.data[task])
                    for task in some
                ]
        return made

    def _is_page(self, task: int | str) -> bool:
        return isinstance(task, int) and task >= self.heavy

    def _packed(self, name: str) -> Made:
        if self.pages is None:
            raise ValueError("nothing is kept")
        return Made((), packed=(name, self.pages.pack(name)))

    def _made(self, piece: Piece) -> Made:
        if self.pages is None:
            return Made([*map(self.stage, piece.make())])
        files, trace = self.pages.ledger.trace(lambda: [*piece.make()])
        return self._staged(piece.maker, trace, files)

    def _made_together(self, makers: Iterable[PageMaker]) -> Iterator[Made]:
        """Make the views of some pages, then render these, then stage the files.

        A processor that does the same for a while finds what it needs for that in its caches. What
        has been looked up is known before: a page is rendered from its view alone.
        """
        if self.pages is None:
            yield from (Made([*map(self.stage, map(self.render, each.make()))]) for each in makers)
            return
        views = deque([(each.name, *self._views(self.pages.ledger, each)) for each in makers])
        while views:
            yield from [self._staged(*each) for each in self._files(views)]

    def _files(self, views: deque[_Viewed]) -> list[_Rendered]:
        """Take the first of some views, and return the files that they come to, up to some size."""
        found: list[_Rendered] = []
        size = 0
        while views and size < _MOST_HELD:
            maker, specs, trace = views.popleft()
            files = [*map(self.render, specs)]
            size += sum([len(each.content) for each in files])
            found.append((maker, trace, files))
        return found

    def _views(self, ledger: Ledger, maker: PageMaker) -> tuple[list[PageSpec], Trace]:
        return ledger.trace(lambda: [*maker.make()])

    def _staged(self, maker: str, trace: Trace, files: Sequence[NewFile]) -> Made:
        paths = tuple([file.path for file in files])
        return Made([*map(self.stage, files)], maker, (trace, paths))


def pieces_of(
    build_input: BuildInput,
    folders: Sequence[Path],
    pages: PageMemory | None = None,
    processes: int = 1,
    stage: Stage = digested,
) -> Pieces:
    """Return the work that an input comes to.

    `folders` are those of the templates. With `pages`, which are for this input alone, it is noted
    how files were made. What is to be known of data is then made here, by so many `processes`.
    """
    state = pages.templates if pages else b""
    environment = kept_environment((*folders,), state) if state else make_environment(folders)
    tables = pages.ledger if pages else Tables()
    site, findings = build_input.site, build_input.findings
    data: Sequence[DataFiles] = [
        partial(make, site, findings) for make in (export, search_files, list_facts)
    ]
    with tables.meanwhile(lambda: [make(tables, 1) for make in data], processes):
        voices = voices_of(site, tables, findings.lineages, findings.groups)
        tables.put_away()
        makers = page_makers(site, findings, voices, tables, build_input.base_url)
        comparisons = [*_data_pieces(partial(comparison_files, site, voices), tables, processes)]
    tables.put_away()
    pieces: list[Piece] = []
    for each in data:
        pieces += _data_pieces(each, tables, processes)
        tables.put_away()
    pieces += comparisons
    if pages:
        pages.begin(build_input.frame)
    render = partial(_rendered, build_input.frame, environment)
    return Pieces(pieces, makers, render, pages, stage)


def _data_pieces(data: DataFiles, tables: Tables, processes: int) -> Iterator[Piece]:
    """Yield what makes data files; tables that are kept are made now, others with the files."""
    if tables.is_kept:
        for maker in data(tables, processes):
            yield Piece(maker.make, maker.name)
    else:
        # Whoever does this piece may have been given it by another process: it is to share nothing.
        yield Piece(lambda: (file for maker in data(tables, 1) for file in maker.make()))


def _rendered(frame: SiteView, environment: Environment, spec: PageSpec) -> OutputFile:
    return OutputFile(spec.path, render_page(spec, frame, environment))
