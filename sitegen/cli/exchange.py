"""The commands that take material in and give it out: add, import and export."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sitegen.cli.console import HAS_ERRORS, IN_PROJECT, PROJECT, counted, shown

if TYPE_CHECKING:
    from sitegen.authoring.exchange.importing import Imported
    from sitegen.authoring.exchange.web_annotations import Annotation
    from sitegen.authoring.intake.adding import Added
    from sitegen.authoring.intake.incoming import Incoming

_MEGABYTE: Final = 1_000_000
_MOST_NAMED: Final = 12  # notes or annotations that are named one by one
_FORMATS: Final = click.Choice(["csv", "annotations", "csl-json", "bibtex", "ris"])
_KINDS: Final = click.Choice(
    [
        *("claim", "event", "source", "actor", "place"),
        *("question", "measure", "page", "correction"),
    ]
)
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


@click.command()
@click.argument("origin", metavar="FILE|URL|-")
@click.option("--id", "note_id", default="", metavar="ID", help="The source's id, as in herald.")
@click.option(
    "--collected", metavar="DATE", help="When it was collected, as in 2025-06-30.  [default: today]"
)
@click.option("--encoding", default="", metavar="NAME", help="The encoding of an old text file.")
@click.option(
    "--max-size",
    type=click.IntRange(min=1, max=1000),
    default=20,
    show_default=True,
    metavar="MB",
    help="How large an article may be.",
)
@click.option(
    "--timeout",
    type=click.IntRange(min=1, max=3600),
    default=30,
    show_default=True,
    metavar="SECONDS",
    help="How long a fetch may take in all (but for looking up its host's name), and finding the "
    "words in what came.",
)
@IN_PROJECT
def add(
    *,
    origin: str,
    note_id: str,
    collected: str | None,
    encoding: str,
    max_size: int,
    timeout: int,
    project: Path,
) -> None:
    """Take an article in: its text, the file as it came, and a source note.

    FILE is a web page (.html), a PDF or plain text (.txt, .md); - reads standard input. A URL is
    fetched, with nothing sent but the address. The text goes to seeds/. Where it is not the file's
    very bytes, as of a web page or a PDF, the file as it came goes to seeds/originals/; plain text
    in UTF-8 is kept once. What the article says of itself (title, author, publisher, date) goes
    into a new note in content/sources/; what it does not say is left there as a comment. Nothing
    that is there already is touched.

    Example: sitegen add https://example.org/bridge-closed --id herald
    """
    from sitegen.authoring.intake import adding
    from sitegen.authoring.note_files import require_project

    require_project(project)
    most = max_size * _MEGABYTE
    incoming = _incoming(project, origin, most, timeout)
    day = collected or date.today().isoformat()
    _say_added(
        adding.add(
            project,
            incoming,
            collected=day,
            most=most,
            note_id=note_id,
            encoding=encoding,
            seconds=timeout,
        )
    )


def _incoming(project: Path, origin: str, most: int, timeout: float) -> Incoming:
    """Return the article that is meant by a name, an address or a hyphen."""
    from sitegen.authoring.intake import incoming

    if origin == "-":
        raw = sys.stdin.buffer.read(most + 1)
        return incoming.Incoming(incoming.checked_size(raw, most))
    if _ADDRESS.match(origin):
        return incoming.take_address(origin, most, timeout)
    return incoming.take_file(project, Path(origin), most)


def _say_added(added: Added) -> None:
    """Say what was found, what is still to be filled in, and what to do next."""
    for name, value in added.found.items():
        words = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        click.echo(f"{name:<12}{_printable(words)}")
    for file in added.files:
        click.echo(f"{'written':<12}{file}")
    title = "the title and " if added.begins_with_title else ""
    click.echo(f"{'text':<12}{title}{counted({'sentences': added.sentences}, '')}")
    for remark in added.remarks:
        click.echo(f"look at     {_printable(remark)}", err=True)
    if added.missing:
        click.echo(f"to fill in: {', '.join(added.missing)}")
    click.echo(f'next: sitegen excerpt {added.id} "some words of a passage"')


@click.command("import")
@click.argument("origin", metavar="FILE|-")
@click.option("--format", "style", type=_FORMATS, help="What FILE is; else its name tells.")
@click.option("--kind", type=_KINDS, metavar="KIND", help="The kind of a table's notes.")
@click.option("--into", metavar="claims/ID", help="Add annotations to this claim, or events/ID.")
@click.option("--skip-existing", is_flag=True, help="Pass over notes that are there already.")
@click.option("--encoding", default="", metavar="NAME", help="The encoding of an old file.")
@IN_PROJECT
def import_(
    *,
    origin: str,
    style: str | None,
    kind: str | None,
    into: str | None,
    skip_existing: bool,
    encoding: str,
    project: Path,
) -> None:
    """Take in notes, annotations or records of sources from another program.

    FILE may be a table (.csv, .tsv) with a row for each note of one kind and a column for each
    field: `id`, `statement`, `evidence.1.quote`, and so on, as `sitegen export csv` writes it;
    values of a list stand apart by semicolons. It may hold annotations: an export of Hypothesis, or
    W3C Web Annotations as JSON; each becomes evidence, of a draft claim of its own or of the one
    that --into names. Or it holds records of sources: CSL-JSON, BibTeX (.bib) or RIS (.ris); each
    becomes a source note.

    Nothing is written unless everything is sound, and no note is ever overwritten. What is left
    out is told; exit code 1 says that an annotation was.

    Example: sitegen import claims.csv --kind claim
    """
    from sitegen.authoring.exchange import importing
    from sitegen.kinds import Kind

    wishes = importing.Wishes(
        importing.Exchange(style) if style else None,
        Kind(kind) if kind else None,
        into,
        skip_existing,
        encoding,
    )
    imported = importing.import_file(project, origin, wishes)
    _say_records(imported)
    if imported.annotations:
        _say_annotations(imported)
    if imported.notes:
        notes = imported.notes
        for file in notes.kept:
            click.echo(f"left as it is: {file}", err=True)
        click.echo(
            f"{counted({'notes': len(notes.written)}, '')} written, "
            f"{len(notes.same)} there already, {len(notes.kept)} left as they are"
        )
        _say_missing(notes.missing)
    click.echo("next: sitegen check")
    if imported.elsewhere or (imported.annotations and imported.annotations.unmatched):
        sys.exit(HAS_ERRORS)


def _say_missing(missing: Sequence[str]) -> None:
    """Say in one line which notes are still to come."""
    if missing:
        more = f" and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
        names = ", ".join(missing[:_MOST_NAMED])
        click.echo(f"not there yet, but referred to: {names}{more}", err=True)


def _say_records(imported: Imported) -> None:
    """Say what of each record was kept, where something was not."""
    for each in imported.records:
        if each.left:
            kept, left = ", ".join(each.kept), ", ".join(each.left)
            click.echo(f"{each.record.label}: kept {kept}; not kept {_printable(left)}", err=True)


def _say_annotations(imported: Imported) -> None:
    """Say what became of the annotations, and which were left out."""
    taken = imported.annotations
    if taken is None:
        return
    reasons: dict[tuple[str, str], list[Annotation]] = {}
    for annotation, refusal in taken.unmatched:
        reasons.setdefault((refusal.message, refusal.help), []).append(annotation)
    for (message, help_), refused in reasons.items():
        click.echo(f"left out: {_all_named(refused)}: {message}", err=True)
        if help_:
            click.echo(f"  help: {help_}", err=True)
    for annotation, words in taken.remarks:
        click.echo(f"not kept: {_named(annotation)}: {_printable(words)}", err=True)
    for words in imported.elsewhere:
        click.echo(f"left out: not in this file: {_printable(words)}", err=True)
    for file in taken.written:
        click.echo(f"written  {file}")
    click.echo(
        f"{counted({'passages': taken.added}, '')} taken, {taken.there} quoted already, "
        f"{len(taken.unmatched)} left out"
    )


def _all_named(annotations: Sequence[Annotation]) -> str:
    """Return what annotations with the same fate are called, of many the first."""
    if len(annotations) == 1:
        return _named(annotations[0])
    numbers = ", ".join(str(each.number) for each in annotations[:_MOST_NAMED])
    return f"{len(annotations)} annotations ({numbers}{', …' * (len(annotations) > _MOST_NAMED)})"


def _named(annotation: Annotation) -> str:
    name = f" ({_printable(annotation.name)})" if annotation.name else ""
    return f"annotation {annotation.number}{name}"


def _printable(words: str) -> str:
    """Return words from outside as every terminal can show them, and no more."""
    from sitegen.authoring.note_files import printable

    return printable(words[:1000])


@click.command()
@click.argument("style", type=_FORMATS, metavar="FORMAT")
@PROJECT
@click.option("--kind", type=_KINDS, metavar="KIND", help="The kind of notes in a table (csv).")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="A new file to write."
)
def export(style: str, project: Path, kind: str | None, output: Path | None) -> None:
    """Print the notes of PROJECT (default: this folder) in a format of other programs.

    FORMAT is one of: csv (a table of all notes of one --kind), annotations (every piece of
    evidence, as W3C Web Annotations), csl-json, bibtex and ris (the sources, for reference
    managers). What `sitegen import` reads of it is what was written; fields that a format has no
    place for are told. --output writes to a file that is not there yet.

    Example: sitegen export csv --kind claim --output claims.csv
    """
    from sitegen.authoring.exchange.exporting import export_notes
    from sitegen.authoring.exchange.importing import Exchange
    from sitegen.kinds import Kind

    exported = export_notes(project, Exchange(style), Kind(kind) if kind else None)
    if exported.left:
        fields = ", ".join(f"{name} ({count})" for name, count in sorted(exported.left.items()))
        click.echo(f"not in this format: {fields}", err=True)
    content = exported.content.encode()
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        with output.open("xb") as file:
            file.write(content)
    except OSError as fault:
        why = "is there already" if isinstance(fault, FileExistsError) else fault.strerror
        raise click.ClickException(f"cannot write {shown(output)}: {why}") from fault
    click.echo(f"written  {shown(output)}")
