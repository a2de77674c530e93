"""The commands that make a site: build and check."""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sitegen.cli.common import (
    CLEAN,
    HAS_ERRORS,
    PROJECT,
    counted,
    load_stages,
    proofs,
    report,
    shown,
    verdict,
)

if TYPE_CHECKING:
    from sitegen.build import Built
    from sitegen.views import PageSpec

_LONG: Final = 500  # pages from which on a terminal shows how far the work is


@click.command()
@PROJECT
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the site.  [default: PROJECT/_site]",
)
@click.option("--strict", is_flag=True, help="Let warnings stop the build too.")
@click.option("--base-url", default="", help="Where the site will be published; for its 404 page.")
def build(project: Path, output: Path | None, strict: bool, base_url: str) -> None:
    """Build the site of PROJECT (default: this folder).

    The site is whole or the last one stays as it was. Exit code 0: built; 1: the content has
    errors, or warnings under --strict; 2: wrong use.
    """
    started = time.monotonic()
    stages = load_stages()
    target = output or project / stages.OUTPUT_FOLDER
    built = stages.build(project, target, strict=strict, base_url=base_url, progress=_show_progress)
    report(built.examined, "text")
    if built.published is None:
        click.echo(verdict(built.examined, "nothing was written"), err=True)
        sys.exit(HAS_ERRORS)
    _summarise(built, target, time.monotonic() - started)


@click.command()
@PROJECT
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
    help="First mend what can be mended safely, and show what was changed: typography of quotes "
    "that differs from the source's, and ids that have been renamed.",
)
def check(project: Path, style: str, strict: bool, fix: bool) -> None:
    """Do all that a build of PROJECT does, but write no site.

    Without --fix no file is changed. Exit code 0: clean; 1: the content has errors, or warnings
    under --strict; 2: wrong use.
    """
    if fix:
        for mended in importlib.import_module("sitegen.authoring.mending").mend(project):
            click.echo(mended.diff, nl=False, err=style != "text")
    examined = load_stages().check_project(project)
    report(examined, style)
    if style == "text":
        click.echo(verdict(examined, proofs(examined.quotes)), err=True)
    sys.exit(CLEAN if examined.is_sound(strict=strict) else HAS_ERRORS)


def _summarise(built: Built, target: Path, seconds: float) -> None:
    published = built.published
    if published is None:
        return
    click.echo(f"notes   {counted(built.examined.notes, 'notes')}")
    click.echo(f"quotes  {proofs(built.examined.quotes)}")
    click.echo(
        f"files   {len(published.written)} written, {len(published.unchanged)} unchanged, "
        f"{len(published.removed)} removed"
    )
    click.echo(f"built   {shown(target / 'index.html')} in {seconds:.1f} s")


def _show_progress(specs: Sequence[PageSpec]) -> Iterator[PageSpec] | Iterable[PageSpec]:
    """Yield the specs and, on a terminal and where it takes a while, show how far they are."""
    if len(specs) < _LONG or not sys.stderr.isatty():
        yield from specs
        return
    with click.progressbar(specs, label="pages", file=sys.stderr) as shown:
        yield from shown
