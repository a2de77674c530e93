"""The commands that make a site: build and check."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sitegen.cli.chosen import choose
from sitegen.cli.console import (
    CLEAN,
    HAS_ERRORS,
    PROJECT,
    counted,
    ended_politely,
    leave,
    proofs,
    report,
    shown,
    verdict,
)
from sitegen.diagnostics import is_sound

if TYPE_CHECKING:
    from sitegen.build import Built
    from sitegen.diagnostics import Diagnostic
    from sitegen.views import SiteFile

_NORMALISED: Final = (
    "normalised: signs or spaces differ from the source's; sitegen check --fix mends what it can"
)
_OUTPUT: Final = "_site"  # in the project's folder
_LONG: Final = 500  # pages from which on a terminal shows how far the work is


@click.command()
@ended_politely()
@PROJECT
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    help=f"Folder for the site.  [default: PROJECT/{_OUTPUT}]",
)
@click.option("--strict", is_flag=True, help="Let warnings stop the build too.")
@click.option(
    "--base-url",
    default="",
    metavar="URL",
    help="Where the site will be published; for its 404 page.",
)
@click.option("--no-cache", is_flag=True, help="Take nothing over from the last build.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes may work at once.  [default: as many as there are processors]",
)
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="Have the pages made by a Dask cluster, as in tcp://10.0.0.1:8786.",
)
def build(
    *,
    project: Path,
    output: Path | None,
    strict: bool,
    base_url: str,
    no_cache: bool,
    jobs: int | None,
    scheduler: str,
) -> None:
    """Build the site of PROJECT (default: this folder).

    The site is whole or the last one stays as it was. Of a large site, the few files that differ
    are replaced one by one; if a build is killed in that moment, the next one first puts them back.
    Files of your own in the folder are kept. Errors and warnings are told on standard error, what
    was built on standard output. Exit code 0: built; 1: the content has errors, or warnings under
    --strict, or the site cannot be written, or Ctrl-C ended the build ("Aborted!"; the last site
    stays as it was); 2: wrong use; 143: SIGTERM ended the build, which clears up first as well.

    Example: sitegen build --strict
    """
    started = time.monotonic()
    target = output or project / _OUTPUT
    from sitegen.incremental.memory import open_memory, recall, texts_of

    memory = None if no_cache else open_memory(project, target)
    if memory and (same := recall(memory, (strict, base_url))):
        report(same.diagnostics, texts_of(memory, same), "text")
        _summarise(same.notes, same.quotes, (0, same.files, 0))
    else:
        from sitegen.build import build as build_site

        built = build_site(
            project,
            target,
            strict=strict,
            base_url=base_url,
            progress=_show_progress,
            processes=jobs or 0,
            memory=memory,
            scheduler=scheduler,
        )
        _say_what_came_of(built)
        if built.published is None:
            leave(HAS_ERRORS)
    click.echo(f"built   {shown(target / 'index.html')} in {time.monotonic() - started:.1f} s")
    leave(CLEAN)


def _say_what_came_of(built: Built) -> None:
    examined, published = built.examined, built.published
    report(examined.diagnostics, examined.files, "text")
    if published is None:
        # Where there are no errors, it was --strict that let warnings stop it.
        is_sound = examined.is_sound(strict=False)
        why = ": --strict lets warnings stop the build" if is_sound else ""
        click.echo(verdict(examined.diagnostics, f"nothing was written{why}"), err=True)
        return
    files = (len(published.written), len(published.unchanged), len(published.removed))
    _summarise(examined.notes, examined.quotes, files)


@click.command()
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, metavar="[PROJECT|NOTE]...")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    help="text for people, json: one object a line, github: annotations, sarif: SARIF 2.1.0.",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option(
    "--fix",
    is_flag=True,
    help="First mend what can be mended safely, and show what was changed: typography and white "
    "space of quotes that differ from the source's, and ids that are listed under `aliases`.",
)
def check(paths: tuple[Path, ...], style: str, strict: bool, fix: bool) -> None:
    """Do all that a build of PROJECT (default: this folder) does, but write no site.

    Where a NOTE is named, or several, as files or as in claims/ID, all of its project is read, but
    told, mended and counted is only what concerns these notes. An article in seeds/ may be named
    too, and a folder in content/ or seeds/, for all that lies in it.

    As text the report goes to standard error; in a format for programs it goes to standard output,
    and nothing else does. Without --fix no file is changed; what --fix changes is shown, on
    standard output if the report is text. Exit code 0: clean; 1: there are errors, or warnings
    under --strict; 2: wrong use.

    Example: sitegen check content/claims/bridge-was-closed.yaml
    """
    chosen = choose(paths)
    only = chosen.files or None
    if fix:
        from sitegen.authoring.mending import mend

        mended = mend(chosen.project, only)
        for each in mended:
            click.echo(each.diff, nl=False, err=style != "text")
        if not mended:
            click.echo("nothing to fix: no quote or id that can be mended safely", err=True)
    found, files, quotes, unread = _findings(chosen.project, anew=fix)
    diagnostics, others = chosen.divide(found)
    report(diagnostics, files, style)
    if style == "text" and only:
        _sum_up_notes(diagnostics, others)
    elif style == "text":
        click.echo(verdict(diagnostics, proofs(quotes, unread)), err=True)
        if "normalised" in quotes and not fix:
            click.echo(_NORMALISED, err=True)
    leave(CLEAN if is_sound(diagnostics, strict=strict) else HAS_ERRORS)


def _sum_up_notes(diagnostics: Sequence[Diagnostic], others: Sequence[Diagnostic]) -> None:
    """Say how many faults some notes have, how many are elsewhere, and what these hide."""
    from sitegen.report import summary_line

    click.echo(verdict(diagnostics, f"elsewhere {summary_line(others)}"), err=True)
    if is_sound(diagnostics, strict=False) and not is_sound(others, strict=False):
        click.echo("what the notes amount to is looked at once no note has errors", err=True)


def _findings(
    project: Path, *, anew: bool
) -> tuple[Sequence[Diagnostic], Mapping[str, str], Mapping[str, int], int]:
    """Return what is wrong with a project, its files' texts, and its quotes by state.

    Last comes how many notes there are whose quotes could not be read.
    What its last build found is not looked for again if nothing has changed since.
    """
    if not anew:
        from sitegen.incremental.memory import open_memory, recall_findings, texts_of

        memory = open_memory(project, project / _OUTPUT)
        if same := recall_findings(memory):
            return same.diagnostics, texts_of(memory, same), same.quotes, 0
    from sitegen.build import check_project

    examined = check_project(project)
    return examined.diagnostics, examined.files, examined.quotes, examined.unread


def _summarise(
    notes: Mapping[str, int], quotes: Mapping[str, int], files: tuple[int, int, int]
) -> None:
    """Say how much there is of what; `files` are how many were written, unchanged and removed."""
    click.echo(f"notes   {counted(notes, 'notes')}")
    click.echo(f"quotes  {proofs(quotes)}")
    click.echo("files   {} written, {} unchanged, {} removed".format(*files))


def _show_progress(pages: Iterator[SiteFile], count: int) -> Iterator[SiteFile]:
    """Pass the pages on and, on a terminal and where it takes a while, show how far they are."""
    if count < _LONG or not sys.stderr.isatty():
        yield from pages
        return
    with click.progressbar(pages, count, "pages", file=sys.stderr) as shown:
        yield from shown
