"""The command line: arguments, exit codes, and the only place that prints."""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click

from sitegen import __version__
from sitegen.authoring.refusals import Invalid, Refused

if TYPE_CHECKING:
    from sitegen.authoring.excerpting import Choice, Search
    from sitegen.build import Built, Examined
    from sitegen.diagnostics import Diagnostic
    from sitegen.views import PageSpec

CLEAN: Final = 0
HAS_ERRORS: Final = 1
WRONG_USE: Final = 2

_LONG = 500  # pages from which on a terminal shows how far the work is

PROJECT = click.argument(
    "project", type=click.Path(path_type=Path, file_okay=False, exists=True), default=Path()
)
IN_PROJECT = click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="The project's folder.  [default: this folder]",
)


class _Failure(click.ClickException):
    """A refusal as the command line shows it."""

    def __init__(self, refusal: Refused) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal

    def show(self, file: IO[Any] | None = None) -> None:
        """Print what is the matter and what to do next."""
        if isinstance(self.refusal, Invalid):
            report = importlib.import_module("sitegen.report")
            click.echo(report.format_text(self.refusal.diagnostics, {}), nl=False, err=True)
        super().show(file)
        if self.refusal.help:
            click.echo(f"  help: {self.refusal.help}", err=True)


class _WrongUse(_Failure):
    """A refusal of a command that makes no sense."""

    exit_code = WRONG_USE


class _Commands(click.Group):
    """The commands; what one of them refuses to do becomes a message, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except Refused as refusal:
            failure = _WrongUse if refusal.is_wrong_use else _Failure
            raise failure(refusal) from refusal


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
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


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
def init(folder: Path) -> None:
    """Make a small project in DIR to start from; it builds at once.

    It has two short articles and notes of every kind on them, with comments that explain each
    field, settings for your editor, and a workflow that publishes the site on GitHub Pages. DIR
    must be new or empty.
    """
    files = importlib.import_module("sitegen.authoring.project_template").make_project(folder)
    click.echo(f"{len(files)} files in {_shown(folder)}")
    click.echo(f"next: cd {_shown(folder)}, then sitegen build, then open _site/index.html")


@main.command()
@click.argument(
    "kind",
    type=click.Choice(
        [
            *("claim", "event", "source", "actor", "place"),
            *("question", "measure", "page", "correction"),
        ]
    ),
)
@click.argument("note_id", metavar="ID")
@PROJECT
def new(kind: str, note_id: str, project: Path) -> None:
    """Write a new note to fill in, and print the path of its file.

    KIND is the kind of note. ID names it, in links and in its address: lower-case letters, digits
    and hyphens, as in bridge-was-closed. PROJECT is the project's folder (default: this folder).
    The file has every field that such a note may have, with what it means; those that it can do
    without are commented out. A file that is there already is never touched.

    Example: sitegen new claim bridge-was-closed
    """
    scaffold = importlib.import_module("sitegen.authoring.scaffold")
    kinds = importlib.import_module("sitegen.model").Kind
    click.echo(_shown(scaffold.new_note(project, kinds(kind), note_id)))


@main.command()
@click.argument("source", metavar="SOURCE")
@click.argument("words", metavar="WORDS")
@click.option("--into", metavar="claims/ID", help="Add the entry to this claim, or events/ID.")
@click.option("--choose", type=click.IntRange(min=1), metavar="N", help="Take the Nth passage.")
@click.option("--yes", is_flag=True, help="Add a passage although its words are not quite yours.")
@IN_PROJECT
def excerpt(
    *, source: str, words: str, into: str | None, choose: int | None, yes: bool, project: Path
) -> None:
    """Find a passage of an article and write the evidence entry for it.

    SOURCE is the id of a source note. WORDS are some words of the passage, in quotation marks;
    they need not be exact. The passage is shown in its sentence, between brackets, with its file,
    line and column; then follows the entry, with the article's own words, to be put below
    `evidence:` in a claim or event. --into does that for you and changes nothing else in the file.

    Example: sitegen excerpt herald "closed to traffic" --into claims/bridge-was-closed
    """
    excerpting = importlib.import_module("sitegen.authoring.excerpting")
    found = excerpting.search(project, source, words)
    choice = _chosen(found, choose)
    entry = excerpting.evidence_entry(found, choice)
    if into is None:
        click.echo(excerpting.entry_text(entry), nl=False)
        return
    if not (found.way.is_sure or yes or choose):
        raise Refused("nothing was added: these are not quite your words", "add --yes to take them")
    faults = excerpting.add_evidence(project, into, entry)
    click.echo(excerpting.entry_text(entry), nl=False)
    for fault in faults:
        click.echo(f"still to do: {fault.at.path}:{fault.at.line}: {fault.message}", err=True)


@main.command()
@click.argument("rule", required=False)
@click.option("--markdown", is_flag=True, help="Print all rules as a table in Markdown.")
@click.option(
    "--into",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Bring the table of rules in this file up to date.",
)
def explain(rule: str | None, markdown: bool, into: Path | None) -> None:
    """Explain RULE: what it finds, why that matters, and how to mend it.

    RULE is the name that a report shows in brackets, as in error[quote-changed]. Without RULE all
    rules are listed, each with what it finds.
    """
    explaining = importlib.import_module("sitegen.authoring.explaining")
    if into:
        changed = explaining.write_table(into)
        click.echo(f"{into}: {'written' if changed else 'up to date'}")
    elif markdown:
        click.echo(explaining.rules_table(), nl=False)
    else:
        click.echo(explaining.explain_rule(rule) if rule else explaining.list_rules(), nl=False)


@main.command()
@PROJECT
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text for people, json: everything, as one object.",
)
@click.option(
    "--stale",
    type=click.IntRange(min=0),
    metavar="DAYS",
    help="Call judgements older than this stale.  [default: 180]",
)
@click.option(
    "--today",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar="DATE",
    help="The day to look from, as in 2025-06-30.  [default: today]",
)
def health(project: Path, style: str, stale: int | None, today: datetime | None) -> None:
    """Tell what is still to be done in PROJECT (default: this folder), though nothing is wrong.

    Claims whose evidence has a single origin, sources that nobody rated, answers that nobody
    judged, judgements that are old, sentences that no note quotes, and articles of which nearly too
    much is quoted. The exit code is 0 unless the content has errors.
    """
    examined = _stages().examine(project)
    if examined.site is None or examined.findings is None:
        _report(examined, "text")
        click.echo(_verdict(examined, "mend these first"), err=True)
        sys.exit(HAS_ERRORS)
    stock = importlib.import_module("sitegen.authoring.health")
    day = today.date() if today else date.today()
    days = stock.STALE_AFTER if stale is None else stale
    taken = stock.take_stock(examined.site, examined.findings, day, days)
    click.echo(stock.as_json(taken) if style == "json" else stock.as_text(taken), nl=False)


def _chosen(found: Search, number: int | None) -> Choice:
    """Show the passages that were found and return the one that is meant."""
    if not found.way.is_sure:
        click.echo(f"these very words do not stand there; found {found.way}:", err=True)
    for place, each in enumerate(found.choices, start=1):
        if number in {None, place}:
            lead = f"{place}. " if len(found.choices) > 1 else ""
            click.echo(f"{lead}{each.at.path}:{each.at.line}:{each.at.column}", err=True)
            click.echo(f"   {each.shown}", err=True)
    if found.count > len(found.choices):
        click.echo(f"and {found.count - len(found.choices)} more places", err=True)
    if number is None and len(found.choices) > 1:
        raise Refused(
            "several passages may be meant", "add --choose with a number, or give more words"
        )
    if number is not None and number > len(found.choices):
        raise Refused(f"{len(found.choices)} is the last passage to choose", is_wrong_use=True)
    return found.choices[(number or 1) - 1]


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
    elif style == "sarif":
        rules = importlib.import_module("sitegen.authoring.rule_manual").all_rules()
        sarif = importlib.import_module("sitegen.authoring.sarif")
        click.echo(sarif.format_sarif(diagnostics, rules), nl=False)
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
    counted = (
        f"{count} {name.removesuffix('s') if count == 1 else name}"
        for name, count in numbers.items()
    )
    return ", ".join(counted) or f"no {nothing}"


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
