"""The recipe: read, prove, check, link, derive, check again, plan, render, export, write.

The only module that knows the order of the stages. Each returns plain data, so the whole build can
be read here from top to bottom.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path

from msgspec import structs

from sitegen.backlinks import backlinks_of
from sitegen.check import accept, check_corpus, check_findings
from sitegen.cluster import Cluster, ClusterFault
from sitegen.derive import derive
from sitegen.diagnostics import Diagnostic, Location, Severity, error, in_order, is_sound
from sitegen.incremental.kept_files import NoteMemory, let_go
from sitegen.incremental.last_build import LastBuild
from sitegen.incremental.memory import Memory
from sitegen.kinds import Kind
from sitegen.layout import INPUTS
from sitegen.ledger import NOTHING_KEPT, Tables
from sitegen.link import link, published
from sitegen.make import Progress, UnusablePath, in_silence, make_files
from sitegen.model import Corpus, Findings, Proofs, Site
from sitegen.output.refusals import CannotWrite
from sitegen.processes.workers import process_count
from sitegen.prove import NOT_LOOKED_UP, left_out, prove
from sitegen.read import read_project
from sitegen.render import TemplateFault
from sitegen.storage.packets import Damaged
from sitegen.views import NewFile, SiteFile, UnchangedFile
from sitegen.write import File, Held, OutputChanged, Published, hold

Holding = Callable[[Path, Sequence[Path]], AbstractContextManager[Held]]
"""Yields an output folder to publish a site in; the folders are those that it may not touch."""

Keeping = Callable[[Callable[[], None]], None]
"""Is given a function that makes a memory know of a build that has been published.

That function must be called before the memory is used again. It may raise Damaged, or OSError where
the disk is full; then the memory is to forget everything."""


def at_once(keep: Callable[[], None]) -> None:
    """Have a memory know of a build before that ends."""
    keep()


@dataclass(frozen=True, slots=True)
class Examined:
    """A project that was read and checked. `site` and `findings` are None where it has errors.

    `files` maps the path of every file that was read to its text, so that a report can show lines
    of it. `notes` has the number of notes by the plural of their kind, `quotes` the number of
    quotations by their state. `unread` counts the notes whose quotations, if they have any, could
    not be read.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    site: Site | None = None
    findings: Findings | None = None
    notes: Mapping[str, int] = field(default_factory=dict)
    quotes: Mapping[str, int] = field(default_factory=dict)
    unread: int = 0

    def is_sound(self, *, strict: bool) -> bool:
        """Return whether a site may be made of it: no errors and, if strict, no warnings either."""
        return is_sound(self.diagnostics, strict=strict)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. `published` is None where nothing was written and all is as it was.

    `remains` keeps alive what was made on the way. Freeing that of a large site takes a second, and
    a process that is about to end has no need to do it.
    """

    examined: Examined
    published: Published | None
    remains: object = field(default=None, repr=False, compare=False)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Switch Python's search for unreachable objects off.

    What a build makes lives until its end; looking through all of it again and again would take a
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

    `notes` is what is known of the notes' files from the last build, and is brought up to date.
    `tables` are filled with what follows from the notes.
    """
    tables = tables or NOTHING_KEPT
    corpus, diagnostics = read_project(project, notes, processes)
    if corpus is None:
        return Examined(in_order(diagnostics))
    texts = corpus.seeds
    corpus = in_tables(corpus, tables)
    proofs = prove(corpus, tables, processes)
    found = [*diagnostics, *check_corpus(corpus, proofs, processes, tables)]
    site, findings = None, None
    if not _has_errors(found):
        shown = published(corpus, tables)
        with tables.meanwhile(partial(backlinks_of, shown, tables), processes) as backlinks_made:
            site = link(shown, proofs, tables)

            def before_backlinks() -> None:
                tables.put_away()  # none of what was derived so far is needed for them
                backlinks_made()

            findings = derive(site, tables, before_backlinks)
        found += check_findings(site, findings, processes, tables)
    missing, unread = left_out(corpus)
    let_go(texts)  # from here on only one text is needed at a time
    found = list(accept(found, corpus, is_complete=site is not None))
    return Examined(
        diagnostics=in_order(found),
        files=corpus.files,
        site=site,
        findings=findings,
        notes=_count_notes(corpus),
        quotes=_count_quotes(proofs, missing, tables),
        unread=unread,
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
    holding: Holding = hold,
    keeping: Keeping = at_once,
) -> Built:
    """Build a project's site into a folder, or leave the folder as it was and say why.

    - `strict`: warnings prevent a site as errors do.
    - `base_url`: where the site will be published, in place of the address in `site.yaml`.
    - `progress`: wraps the pages while they are being made.
    - `processes`: how many may work at once; 0 leaves that to the size of the site.
    - `memory`: what is known of the last build, which is not done again; the files have the same
      bytes with and without it. Afterwards it knows of this build: see `keeping`.
    - `scheduler`: the address of a Dask scheduler whose cluster makes the pages.
    - `holding`: keeps the output folder for this build alone.
    - `keeping`: is given the function that makes `memory` know of this build.

    If something that was kept, or put away meanwhile, turns out to be damaged, all is made once
    more from what the project holds, and nothing is put away: so this never raises Damaged.
    """

    def once(*, puts_away: bool = True) -> Built:
        with closing(LastBuild(memory, puts_away=puts_away)) as last:
            examined = examine(project, last.notes, processes or process_count(), last.ledger)
            last.end_of_notes()
            site, findings = examined.site, examined.findings
            if site is None or findings is None or not examined.is_sound(strict=strict):
                last.keep_notes()
                return Built(examined, None)
            make = partial(
                make_files,
                site,
                findings,
                project,
                base_url=base_url,
                progress=progress,
                processes=processes,
                workforce=Cluster(scheduler) if scheduler else None,
            )
            try:
                published = _publish(
                    make, last, partial(holding, output, protected_folders(project))
                )
            except (TemplateFault, UnusablePath, ClusterFault, CannotWrite) as fault:
                last.keep_notes()
                return Built(_with(examined, _diagnose(fault, output)), None)
            keeping(
                partial(
                    last.keep,
                    published,
                    options=(strict, base_url),
                    diagnostics=examined.diagnostics,
                    notes=examined.notes,
                    quotes=examined.quotes,
                )
            )
            return Built(examined, published, last)

    with suppress(Damaged):
        return once()
    if memory:
        memory.forget()
    return once(puts_away=False)


def _publish(
    make: Callable[..., Iterator[File]],
    last: LastBuild,
    holding: Callable[[], AbstractContextManager[Held]],
) -> Published:
    """Publish what is made, and make all of it once more if somebody changes the output meanwhile.

    Raises CannotWrite for what the person who builds can mend: also if the output is changed again.
    """
    try:
        with holding() as held:
            pages = last.pages_in(held.standing.files)
            return held.publish(make(pages=pages, stage=held.stage))
    except OutputChanged:
        last.forget_pages()
    with holding() as held:
        try:
            return held.publish(make(pages=last.pages, stage=held.stage))
        except OutputChanged:
            reason = f'somebody changes files in "{held.target}" while the site is put there'
            help_ = "end the program that writes there, then build again"
            raise CannotWrite(reason, help_) from None


@_without_collector()
def check_project(project: Path) -> Examined:
    """Do everything that a build does but write, and return what was found."""
    examined = examine(project)
    if examined.site is None or examined.findings is None:
        return examined
    try:
        for _ in make_files(examined.site, examined.findings, project, stage=_unwritten):
            pass
    except (TemplateFault, UnusablePath) as fault:
        return _with(examined, fault.diagnostic)
    return examined


def _unwritten(file: NewFile) -> SiteFile:
    return UnchangedFile(file.path, file.sha256)


def protected_folders(project: Path) -> tuple[Path, ...]:
    """Return the folders of a project that no output may touch."""
    return tuple(project.resolve() / name for name in INPUTS)


def in_tables(corpus: Corpus, tables: Tables) -> Corpus:
    """Return the notes as tables, from which everything else follows."""
    tables.everywhere("settings", corpus.settings)
    tables.everywhere("drafts", corpus.drafts)
    tables.everywhere("unread", corpus.unread)
    notes = {
        kind.plural: tables.given(kind.plural, corpus.records(kind), corpus.files_of[kind])
        for kind in Kind
    }
    seeds = tables.given("seeds", corpus.seeds, corpus.texts_of)
    refs_of = tables.given("notes by id", corpus.refs_of, corpus.kinds_of)
    return structs.replace(corpus, **notes, seeds=seeds, refs_of=refs_of)


def _has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(each.severity is Severity.ERROR for each in diagnostics)


def _diagnose(
    fault: TemplateFault | UnusablePath | ClusterFault | CannotWrite, output: Path
) -> Diagnostic:
    if isinstance(fault, CannotWrite):
        return error("cannot-write", Location(str(output)), fault.reason, fault.help)
    return fault.diagnostic


def _with(examined: Examined, fault: Diagnostic) -> Examined:
    found = in_order(chain(examined.diagnostics, [fault]))
    return replace(examined, diagnostics=found, site=None, findings=None)


def _count_notes(corpus: Corpus) -> dict[str, int]:
    return {kind.plural: len(corpus.records(kind)) for kind in Kind if corpus.records(kind)}


def _count_quotes(proofs: Proofs, missing: int, tables: Tables) -> Mapping[str, int]:
    """Return how many quotations have each state.

    The last entry counts those that could not be looked up; `missing` is how many of these could
    not even be read.
    """
    states = proofs.states

    def count() -> dict[str, int]:
        return dict(sorted(Counter(chain.from_iterable(states.values())).items()))

    tables.done_with(states)
    counted = {**tables.whole("quotations by state", count).value}
    missing += counted.pop(NOT_LOOKED_UP, 0)
    return counted | ({NOT_LOOKED_UP: missing} if missing else {})
