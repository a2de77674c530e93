"""The recipe: read, prove, check, link, derive, check again, plan, render, export, write.

The only module that knows the order of the stages. Each returns plain data, so the whole build can
be read here from top to bottom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from sitegen.check import accept, check_corpus, check_findings
from sitegen.derive import derive
from sitegen.diagnostics import Diagnostic, Location, Severity, error, in_order
from sitegen.export import export
from sitegen.link import link
from sitegen.model import Corpus, Findings, Kind, Proofs, Site
from sitegen.pages.list_facts import list_facts
from sitegen.plan import plan, site_view
from sitegen.prove import prove
from sitegen.read import read_project
from sitegen.render import TemplateFault, make_environment, render_pages
from sitegen.resources import SCRIPT, STYLE, has_scripts, static_files, template_folders
from sitegen.search import search_files
from sitegen.urls import path_fault, path_key
from sitegen.views import OutputFile, PageSpec, SiteView
from sitegen.write import CannotWrite, Published, publish

RULES: Final = {
    "unusable-path": (
        "An alias, or a file below `templates/static/`, asks for an address in the site that "
        "something else has or that not every system allows: two files in one place, a name that "
        "Windows reserves. Give it another name."
    ),
}

OUTPUT_FOLDER = "_site"

Progress = Callable[[Sequence[PageSpec]], Iterable[PageSpec]]


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
        severities = {diagnostic.severity for diagnostic in self.diagnostics}
        return not severities or (severities == {Severity.WARNING} and not strict)


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


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. `published` is None where nothing was written and all is as it was."""

    examined: Examined
    published: Published | None


def examine(project: Path) -> Examined:
    """Return what a project's notes say, or everything that is wrong with them."""
    corpus, diagnostics = read_project(project)
    if corpus is None:
        return Examined(in_order(diagnostics))
    proofs = prove(corpus)
    found = [*diagnostics, *check_corpus(corpus, proofs)]
    site, findings = None, None
    if not _has_errors(found):
        site = link(corpus, proofs)
        findings = derive(site)
        found += check_findings(site, findings)
    found = list(accept(found, corpus, is_complete=site is not None))
    return Examined(
        diagnostics=in_order(found),
        files=corpus.files,
        site=site,
        findings=findings,
        notes=_count_notes(corpus),
        quotes=_count_quotes(proofs),
    )


def build(
    project: Path,
    output: Path,
    *,
    strict: bool = False,
    base_url: str = "",
    progress: Progress = iter,
) -> Built:
    """Build a project's site into a folder, or leave the folder as it was and say why.

    `progress` wraps the pages that are about to be rendered. `base_url` stands in for that of
    `site.yaml`.
    """
    examined = examine(project)
    if examined.site is None or examined.findings is None or not examined.is_sound(strict=strict):
        return Built(examined, None)
    try:
        files = make_files(examined.site, examined.findings, project, base_url, progress)
        published = publish(files, output, keep_out=protected_folders(project))
    except (TemplateFault, UnusablePath) as fault:
        return Built(_with(examined, fault.diagnostic), None)
    except CannotWrite as refusal:
        at = Location(str(output))
        return Built(_with(examined, error("cannot-write", at, refusal.reason, refusal.help)), None)
    return Built(examined, published)


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


def make_files(
    site: Site,
    findings: Findings,
    project: Path,
    base_url: str = "",
    progress: Progress = iter,
) -> Iterator[OutputFile]:
    """Yield every file of the site, each in a place of its own.

    Raises TemplateFault where a template cannot be used, UnusablePath where two files would be one.
    """
    folders = template_folders(project)
    frame = _frame(site, folders, base_url)
    specs = tuple(plan(site, findings, base_url))
    pages = render_pages(progress(specs), frame, make_environment(folders))
    data = chain(export(site, findings), search_files(site, findings), list_facts(site, findings))
    yield from _apart(chain(pages, data, static_files(folders)))


def _apart(files: Iterable[OutputFile]) -> Iterator[OutputFile]:
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


def protected_folders(project: Path) -> tuple[Path, ...]:
    """Return the folders of a project that no output may touch."""
    return tuple(project.resolve() / name for name in ("content", "seeds", "templates"))


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


def _count_quotes(proofs: Proofs) -> dict[str, int]:
    counted = Counter(str(match.state) for match in proofs.matches.values())
    return dict(sorted(counted.items()))
