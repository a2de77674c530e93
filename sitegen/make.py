"""All files of a site: pages, data, scripts and styles, each in a place of its own."""

from __future__ import annotations

from collections.abc import Callable, Container, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from msgspec import structs

from sitegen.diagnostics import Location, error
from sitegen.incremental.reuse import PageMemory
from sitegen.layout import CONTENT, TEMPLATES
from sitegen.model import Findings, Site
from sitegen.output.taken_paths import TakenPaths, UnfitPath
from sitegen.plan import site_view
from sitegen.processes.workers import can_share, process_count, share_out
from sitegen.render import TemplateFault
from sitegen.resources import SCRIPT, STYLE, has_scripts, static_files, template_folders
from sitegen.views import NewFile, OutputFile, SiteFile, SiteView, UnchangedFile, UnchangedFiles
from sitegen.work_pieces import BuildInput, Made, Stage, digested, pieces_of

RULES: Final = {
    "unusable-path": (
        "An alias, or a file below `templates/static/`, asks for an address in the site that "
        "something else has or that not every system allows: two files in one place, a name that "
        "Windows reserves. Give it another name."
    ),
}

_STATIC: Final = "static files"  # a maker of its own, which looks nothing up
_WORTH_SHARING: Final = 200  # pieces of work

Progress = Callable[[Iterator[SiteFile], int], Iterable[SiteFile]]
"""Passes on the pages as they are made; the number is about how many there will be."""


def in_silence(pages: Iterator[SiteFile], _: int) -> Iterator[SiteFile]:
    """Pass on the pages and show nothing."""
    return pages


Workforce = Callable[[BuildInput, Sequence[Path], Sequence[int], PageMemory | None], Iterable[Made]]
"""Does pieces of a build's work on other machines.

It is given the input, the folders of the templates, the numbers of the pieces, and what is known of
the pages. It may yield the results in any order.
"""


class UnusablePath(Exception):  # noqa: N818 - reads as what it is where it is caught
    """A file of the site cannot be where it is meant to be; `diagnostic` says which and why."""

    def __init__(self, path: str, reason: str) -> None:
        """Take the path below the output folder, and what is wrong with it."""
        super().__init__(reason)
        place = f"{TEMPLATES}/{path}" if path.startswith("static/") else CONTENT
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
    stage: Stage = digested,
) -> Iterator[SiteFile | UnchangedFiles]:
    """Yield every file of the site, each in a place of its own.

    `base_url`, `progress` and `processes` are as for `build`. A file that does not stand in the
    output yet goes through `stage` in the process that makes it, so that its bytes need not travel
    to this one. If `stage` returns a file as it is, it is given that file again here.

    Pages that `pages` knows and whose files stand in the output are not rendered. They come first,
    all together, and `progress` does not see them. A `workforce` does the work in place of this
    machine.

    Raises TemplateFault where a template cannot be used, and UnusablePath where two files would
    have one path or a path cannot be used everywhere.
    """
    folders = template_folders(project)
    build_input = BuildInput(site, findings, _frame(site, folders, base_url), base_url)
    stage = partial(_staged_if_new, stage, pages.unchanged if pages else {})
    pieces = pieces_of(build_input, folders, pages, processes or process_count(), stage)
    names = [*pieces.names(), _STATIC]
    every = UnchangedFiles({}), range(len(names))
    known, asked = pages.take_over(names) if pages else every
    left = [number for number in asked if names[number] != _STATIC]
    static = _static(folders, pages) if len(left) < len(asked) else ()
    if workforce:
        made = workforce(build_input, folders, left, pages)
    else:
        count = _processes_for(left, processes)
        # What the next build needs is packed by whichever process has the time.
        unpacked = pages.unpacked() if pages and count > 1 and can_share() else []
        alone = len(unpacked) + pieces.heavy
        tasks: list[int | str] = [*unpacked, *left]
        made = share_out(pieces.do, tasks, count, in_order=False, alone=alone)
    with closing(_noted(made, pages)) as noted:
        files = chain(progress(noted, len(left)), static)
        yield from _apart(known, files, stage, pages.unchanged if pages else ())


def _static(folders: Sequence[Path], pages: PageMemory | None) -> Iterator[OutputFile]:
    """Yield the static files, and note which there are for the next build.

    They lie among the templates, so they have changed only if the templates have. One that cannot
    be read raises TemplateFault.
    """
    paths = []
    try:
        for file in static_files(folders):
            paths.append(file.path)
            yield file
    except OSError as fault:
        name = Path(fault.filename or "").name
        at = Location(f"templates/static/{name}")
        reason = (fault.strerror or str(fault)).lower()
        help_ = "look at its permissions, and where it leads if it is a link"
        raise TemplateFault(
            error("cannot-read", at, f"cannot read this file: {reason}", help_)
        ) from fault
    if pages:
        pages.works[_STATIC] = (b"", tuple(paths))


def _noted(made: Iterable[Made], pages: PageMemory | None) -> Generator[SiteFile, None, None]:
    """Yield the files, and note for the next build how they were made.

    Once this is closed no process makes any more of them, so nobody is still writing.
    """
    try:
        for files, maker, work, packed in made:
            if pages and work:
                pages.works[maker] = work
            if pages and packed:
                pages.lay_by(*packed)
            yield from files
    finally:
        if isinstance(made, Generator):
            made.close()


def _processes_for(pieces: Sequence[object], asked: int) -> int:
    """Return how many processes shall work; a small site is made sooner than two are started."""
    return asked or (process_count() if len(pieces) >= _WORTH_SHARING else 1)


def _apart(
    known: UnchangedFiles,
    files: Iterable[SiteFile],
    stage: Stage,
    sound: Container[str],
) -> Iterator[SiteFile | UnchangedFiles]:
    """Yield the files that are known, then the others; raise UnusablePath if a path is unfit.

    The error comes after the last file, so that it names the same one in whatever order files come.
    `sound` are the paths of the last build, which do not conflict with each other.
    """
    taken_paths = TakenPaths(sound)
    taken_paths.take_sound(known.digests.keys(), known.but)
    if known.digests:
        yield known
    unfit: list[tuple[str, str]] = []
    for file in files:
        try:
            taken_paths.take(file.path)
        except UnfitPath as fault:
            unfit.append((fault.path, fault.reason))
        if not unfit:
            yield stage(file) if isinstance(file, NewFile) else file
    if unfit:
        raise UnusablePath(*max(unfit))


def _staged_if_new(stage: Stage, unchanged: Mapping[str, str], file: NewFile) -> SiteFile:
    """Return the file as unchanged if it stands in the output with these bytes, else `stage` it.

    `unchanged` has the SHA-256 of files that stand, by path. A file that is not among them is not
    hashed here.
    """
    if known := unchanged.get(file.path):
        digest = file.digest()
        if digest == known:
            return UnchangedFile(file.path, digest)
        file = structs.replace(file, sha256=digest)
    return stage(file)


def _frame(site: Site, folders: Sequence[Path], base_url: str) -> SiteView:
    scripts = (SCRIPT,) if has_scripts(folders) else ()
    return site_view(site, (STYLE,), scripts, base_url or site.settings.base_url or "")
