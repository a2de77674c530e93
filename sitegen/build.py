"""The recipe: read, prove, check, link, derive, check again, plan, render, export, write.

The only module that knows the order of the stages. Each returns plain data, so the whole build can
be read here from top to bottom.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final

from sitegen.cache import Stamp
from sitegen.check import accept, check_corpus, check_findings
from sitegen.cluster import Cluster, ClusterFault
from sitegen.derive import derive
from sitegen.diagnostics import Diagnostic, Location, Severity, error, in_order, is_sound
from sitegen.digests import digest_of
from sitegen.kept_files import NoteMemory, Outline
from sitegen.ledger import Kept, KeptTable, Ledger, Tables
from sitegen.link import link
from sitegen.make import Progress, UnusablePath, in_silence, make_files
from sitegen.memory import Memory, Outcome, look_at_inputs, without_doubt
from sitegen.model import Corpus, Findings, Kind, Proofs, Site
from sitegen.packets import pack
from sitegen.prove import prove
from sitegen.read import read_project
from sitegen.render import TemplateFault
from sitegen.reuse import PageMemory, Remembered
from sitegen.workers import process_count, share_out
from sitegen.write import CannotWrite, OutputChanged, Published, publish

OUTPUT_FOLDER = "_site"

_WORTH_SHARING: Final = 2000  # pages from which on two processes pack what is kept sooner than one


@dataclass(frozen=True, slots=True)
class Examined:
    """A project that was read and checked. `site` and `findings` are None where it has errors."""

    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    site: Site | None = None
    findings: Findings | None = None
    notes: Mapping[str, int] = field(default_factory=dict)
    quotes: Mapping[str, int] = field(default_factory=dict)

    def is_sound(self, *, strict: bool) -> bool:
        """Return whether a site may be made of it: no errors and, if strict, no warnings either."""
        return is_sound(self.diagnostics, strict=strict)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. `published` is None where nothing was written and all is as it was."""

    examined: Examined
    published: Published | None


@contextmanager
def _without_collector() -> Iterator[None]:
    """Switch the search for unreachable objects off.

    What a build makes lives until its end, and looking through all of it again and again takes a
    fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_without_collector()
def examine(
    project: Path,
    notes: NoteMemory | None = None,
    processes: int = 1,
    tables: Tables | None = None,
) -> Examined:
    """Return what a project's notes say, or everything that is wrong with them.

    `notes` is what is known of the notes' files, and is brought up to date. `tables` are filled
    with what follows from the notes.
    """
    tables = tables or Tables()
    corpus, diagnostics = read_project(project, notes, processes)
    if corpus is None:
        return Examined(in_order(diagnostics))
    corpus = in_tables(corpus, tables)
    proofs = prove(corpus, tables, processes)
    found = [*diagnostics, *check_corpus(corpus, proofs, processes, tables)]
    site, findings = None, None
    if not _has_errors(found):
        site = link(corpus, proofs, tables)
        findings = derive(site, tables)
        found += check_findings(site, findings, processes, tables)
    found = list(accept(found, corpus, is_complete=site is not None))
    return Examined(
        diagnostics=in_order(found),
        files=corpus.files,
        site=site,
        findings=findings,
        notes=_count_notes(corpus),
        quotes=_count_quotes(proofs, tables),
    )


@_without_collector()
def build(
    project: Path,
    output: Path,
    *,
    strict: bool = False,
    base_url: str = "",
    progress: Progress = in_silence,
    processes: int = 0,
    memory: Memory | None = None,
    scheduler: str = "",
) -> Built:
    """Build a project's site into a folder, or leave the folder as it was and say why.

    `progress` wraps the pages that are being made. `base_url` stands in for that of `site.yaml`.
    `processes` is how many may work at once; 0 leaves that to the size of the site. What `memory`
    knows of the last build is not done again, and the files have the same bytes with and without;
    afterwards it knows of this one. Pages are made by the Dask cluster whose scheduler has the
    address `scheduler`, if there is one.
    """
    last = _Last(memory)
    examined = examine(project, last.notes, processes or process_count(), last.ledger)
    last.end_of_notes()
    if examined.site is None or examined.findings is None or not examined.is_sound(strict=strict):
        last.keep_notes()
        return Built(examined, None)
    make = partial(
        make_files,
        examined.site,
        examined.findings,
        project,
        base_url=base_url,
        progress=progress,
        processes=processes,
        workforce=Cluster(scheduler) if scheduler else None,
    )
    keep_out = protected_folders(project)
    try:
        try:
            published = publish(make(pages=last.pages), output, keep_out)
        except OutputChanged:  # by another build, perhaps: nothing that was known of it counts
            last.forget_pages()
            published = publish(make(pages=last.pages), output, keep_out)
    except (TemplateFault, UnusablePath, ClusterFault) as fault:
        last.keep_notes()
        return Built(_with(examined, fault.diagnostic), None)
    except CannotWrite as refusal:
        last.keep_notes()
        at = Location(str(output))
        return Built(_with(examined, error("cannot-write", at, refusal.reason, refusal.help)), None)
    last.keep(examined, published, (strict, base_url))
    return Built(examined, published)


class _Last:
    """What is known of the last build where it is wanted, and what the next shall know of this."""

    def __init__(self, memory: Memory | None) -> None:
        self._memory = memory
        self._inputs = look_at_inputs(memory) if memory else None
        self.notes: NoteMemory | None = None
        self.ledger: Ledger | None = None
        self._mark = 0
        self.pages: PageMemory | None = None
        if memory and self._inputs:
            work, digests = memory.work(), self._inputs.digests
            outlines: Mapping[str, Outline] = work.get("outlines", {})
            same = {name for name, each in outlines.items() if digests.get(name) == each.digest}
            is_plain = self._inputs.stamped.is_plain
            self.notes = NoteMemory(
                work.get("notes", {}), outlines, same if is_plain else frozenset()
            )
            if self._inputs.stamped.is_plain:
                self.ledger = Ledger(_tables_in(work))
            self.pages = self._page_memory(work.get("pages", Remembered()), memory.standing())

    def _page_memory(self, known: Remembered, standing: Mapping[str, Stamp]) -> PageMemory | None:
        if self._inputs is None or self.ledger is None:
            return None
        templates = sorted(
            (path, digest)
            for path, digest in self._inputs.digests.items()
            if path.startswith("templates/")
        )
        program = self._memory.program() if self._memory else ""
        return PageMemory(digest_of(program, templates), known, standing, self.ledger)

    def forget_pages(self) -> None:
        """Take no page over."""
        if self.ledger:
            self.ledger.back_to(self._mark)
        self.pages = self._page_memory(Remembered(), {})

    def end_of_notes(self) -> None:
        """Take note that tables made from now on are those of pages."""
        self._mark = self.ledger.mark() if self.ledger else 0

    def keep_notes(self) -> None:
        """Remember what was read, though nothing came of it."""
        if self._memory and self.notes:
            self._memory.work().update(self._texts())

    def _texts(self) -> Iterator[tuple[str, Any]]:
        notes = self.notes or NoteMemory()
        yield "notes", pack(notes.notes)
        yield "outlines", notes.outlines

    def _work(self, ledger: Ledger, pages: Remembered, processes: int) -> Iterator[tuple[str, Any]]:
        """Yield all that is kept, each part when it is its turn."""

        def pack_some(names: Sequence[str]) -> list[tuple[str, KeptTable]]:
            return [(f"table {name}", ledger.kept_table(name)) for name in names]

        yield from self._texts()
        yield "pages", pages
        yield "numbering", ledger.numbering()
        names = ledger.names()
        is_much = len(pages.pages) >= _WORTH_SHARING and not ledger.is_known
        many = processes if is_much else 1  # what is known is packed already
        yield from share_out(pack_some, names, many, alone=len(names))

    def keep(self, examined: Examined, published: Published, options: tuple[object, ...]) -> None:
        """Remember all that the next build need not do again."""
        if not (self._memory and self._inputs and self.notes and self.pages):
            return
        inputs = without_doubt(self._memory, self._inputs)
        # What was read in the meantime, nobody can say: a page may show either content.
        pages = self.pages.remembered() if inputs is self._inputs else Remembered()
        self._memory.keep(
            Outcome(
                inputs=inputs,
                outputs=published.stamps,
                options=options,
                diagnostics=examined.diagnostics,
                notes=examined.notes,
                quotes=examined.quotes,
                files=len(published.written) + len(published.unchanged),
            ),
            self._work(self.pages.ledger, pages, process_count()),
        )


def _tables_in(work: Mapping[str, Any]) -> Kept | None:
    """Return the tables that a build has kept, each by itself."""
    numbering: Kept | None = work.get("numbering")
    if numbering is None:
        return None
    return replace(numbering, tables={name: work[f"table {name}"] for name in numbering.tables})


@_without_collector()
def check_project(project: Path) -> Examined:
    """Do everything that a build does but write, and return what was found."""
    examined = examine(project)
    if examined.site is None or examined.findings is None:
        return examined
    try:
        for _ in make_files(examined.site, examined.findings, project):
            pass
    except (TemplateFault, UnusablePath) as fault:
        return _with(examined, fault.diagnostic)
    return examined


def protected_folders(project: Path) -> tuple[Path, ...]:
    """Return the folders of a project that no output may touch."""
    return tuple(project.resolve() / name for name in ("content", "seeds", "templates"))


def in_tables(corpus: Corpus, tables: Tables) -> Corpus:
    """Return the notes as tables, from which everything else follows."""
    tables.everywhere("settings", corpus.settings)
    tables.everywhere("drafts", corpus.drafts)
    tables.everywhere("unread", corpus.unread)
    notes = {
        f"{kind}s": tables.given(f"{kind}s", corpus.records(kind), corpus.files_of[kind])
        for kind in Kind
    }
    seeds = tables.given("seeds", corpus.seeds, corpus.texts_of)
    kinds_of = tables.given("kinds of ids", corpus.kinds_of, corpus.kinds_of)
    return replace(corpus, **notes, seeds=seeds, kinds_of=kinds_of)  # type: ignore[arg-type]


def _has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(each.severity is Severity.ERROR for each in diagnostics)


def _with(examined: Examined, fault: Diagnostic) -> Examined:
    return Examined(
        in_order(chain(examined.diagnostics, [fault])),
        examined.files,
        None,
        None,
        examined.notes,
        examined.quotes,
    )


def _count_notes(corpus: Corpus) -> dict[str, int]:
    return {f"{kind}s": len(corpus.records(kind)) for kind in Kind if corpus.records(kind)}


def _count_quotes(proofs: Proofs, tables: Tables) -> Mapping[str, int]:
    """Return how many quotations have each state; those of a note are looked at if one changes."""
    states = proofs.states

    def count() -> dict[str, int]:
        return dict(sorted(Counter(chain.from_iterable(states.values())).items()))

    return tables.whole("quotations by state", count).value
