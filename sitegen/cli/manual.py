"""The commands that tell: what a rule means, what a field holds, what is still to be done."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click

from sitegen.cli.console import HAS_ERRORS, PROJECT, report, verdict


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
def schema(folder: Path) -> None:
    """Write a JSON Schema for each kind of note into DIR, for editors and other tools.

    With it an editor completes the fields of a note, explains them, and marks what cannot stand
    there. `sitegen init` writes them to .schemas/ with the settings for an editor; do it again
    after you have updated sitegen. What is in DIR under the same names is replaced.

    Example: sitegen schema .schemas
    """
    from sitegen.schema import schema_files

    files = schema_files()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as fault:
        raise click.ClickException(f"cannot write to {folder}: {fault.strerror}") from fault
    click.echo(f"{len(files)} schemas in {folder}")


@click.command()
@click.argument("rule", required=False)
@click.option("--markdown", is_flag=True, help="Print all rules as a table in Markdown.")
@click.option(
    "--into",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Bring the table of rules in this file up to date.",
)
def explain(rule: str | None, markdown: bool, into: Path | None) -> None:
    """Explain RULE: what it finds, why that matters, and how to mend it.

    RULE is the name that a report shows in brackets: for error[unknown-id] it is unknown-id.
    Without RULE all rules are listed, each with what it finds.

    Example: sitegen explain unknown-id
    """
    from sitegen.authoring import explaining

    if into:
        changed = explaining.write_table(into)
        click.echo(f"{into}: {'written' if changed else 'up to date'}")
    elif markdown:
        click.echo(explaining.rules_table(), nl=False)
    else:
        click.echo(explaining.explain_rule(rule) if rule else explaining.list_rules(), nl=False)


@click.command()
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
    judged, claims to which only their sources lead, judgements that are old, sentences that no note
    quotes, and articles of which nearly too much is quoted. The exit code is 0 unless the content
    has errors.

    Example: sitegen health --stale 30
    """
    from sitegen.authoring.health import STALE_AFTER, as_json, as_text, take_stock
    from sitegen.build import examine

    examined = examine(project)
    if examined.site is None or examined.findings is None:
        report(examined.diagnostics, examined.files, "text")
        click.echo(verdict(examined.diagnostics, "mend these first"), err=True)
        sys.exit(HAS_ERRORS)
    day = today.date() if today else date.today()
    days = STALE_AFTER if stale is None else stale
    taken = take_stock(examined.site, examined.findings, day, days)
    click.echo(as_json(taken) if style == "json" else as_text(taken), nl=False)
