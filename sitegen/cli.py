"""The command line: arguments, exit codes, and the only place that prints."""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sitegen import __version__

if TYPE_CHECKING:
    from sitegen.build import Built, Examined
    from sitegen.diagnostics import Diagnostic
    from sitegen.views import PageSpec

CLEAN: Final = 0
HAS_ERRORS: Final = 1

_LONG = 500  # pages from which on a terminal shows how far the work is

PROJECT = click.argument(
    "project", type=click.Path(path_type=Path, file_okay=False, exists=True), default=Path()
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sitegen")
def main() -> None:
    """Build a research site whose every sentence can be audited.

    A project is a folder with content/ (your notes, in YAML and Markdown) and seeds/ (the articles
    they quote). Every quotation is proved against its article before anything is written.
    """


@main.command()
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
    stages = _stages()
    target = output or project / stages.OUTPUT_FOLDER
    built = stages.build(project, target, strict=strict, base_url=base_url, progress=_show_progress)
    _report(built.examined, "text")
    if built.published is None:
        click.echo(_verdict(built.examined, "nothing was written"), err=True)
        sys.exit(HAS_ERRORS)
    _summarise(built, target, time.monotonic() - started)


@main.command()
@PROJECT
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="text for people, json: one object a line, github: annotations.",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
def check(project: Path, style: str, strict: bool) -> None:
    """Do all that a build of PROJECT does, but write nothing.

    Exit code 0: clean; 1: the content has errors, or warnings under --strict; 2: wrong use.
    """
    examined = _stages().check_project(project)
    _report(examined, style)
    if style == "text":
        click.echo(_verdict(examined, _counted(examined.quotes, "quotes")), err=True)
    sys.exit(CLEAN if examined.is_sound(strict=strict) else HAS_ERRORS)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
def schema(folder: Path) -> None:
    """Write a JSON Schema for each kind of note into DIR, for editors and other tools."""
    files = importlib.import_module("sitegen.schema").schema_files()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as fault:
        raise click.ClickException(f"cannot write to {folder}: {fault.strerror}") from fault
    click.echo(f"{len(files)} schemas in {folder}")


def _stages() -> Any:
    """Return the stages of a build; loaded late, so that `--help` answers at once."""
    return importlib.import_module("sitegen.build")


def _report(examined: Examined, style: str) -> None:
    report = importlib.import_module("sitegen.report")
    diagnostics: Sequence[Diagnostic] = examined.diagnostics
    if style == "json":
        click.echo(report.format_json(diagnostics), nl=False)
    elif style == "github":
        click.echo(report.format_github(diagnostics), nl=False)
    elif diagnostics:
        color = sys.stderr.isatty() and "NO_COLOR" not in os.environ
        click.echo(report.format_text(diagnostics, examined.files, color=color), nl=False, err=True)


def _verdict(examined: Examined, otherwise: str) -> str:
    if not examined.diagnostics:
        return f"no faults; {otherwise}"
    report = importlib.import_module("sitegen.report")
    return f"{report.summary_line(examined.diagnostics)}; {otherwise}"


def _summarise(built: Built, target: Path, seconds: float) -> None:
    published = built.published
    if published is None:
        return
    click.echo(f"notes   {_counted(built.examined.notes, 'notes')}")
    click.echo(f"quotes  {_counted(built.examined.quotes, 'quotes')}")
    click.echo(
        f"files   {len(published.written)} written, {len(published.unchanged)} unchanged, "
        f"{len(published.removed)} removed"
    )
    click.echo(f"built   {_shown(target / 'index.html')} in {seconds:.1f} s")


def _counted(numbers: Mapping[str, int], nothing: str) -> str:
    return ", ".join(f"{count} {name}" for name, count in numbers.items()) or f"no {nothing}"


def _shown(path: Path) -> str:
    with suppress(ValueError, OSError):
        return str(path.resolve().relative_to(Path.cwd()))
    return str(path)


def _show_progress(specs: Sequence[PageSpec]) -> Iterator[PageSpec] | Iterable[PageSpec]:
    """Yield the specs and, on a terminal and where it takes a while, show how far they are."""
    if len(specs) < _LONG or not sys.stderr.isatty():
        yield from specs
        return
    with click.progressbar(specs, label="pages", file=sys.stderr) as shown:
        yield from shown
