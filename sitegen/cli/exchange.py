"""The commands that take material in and give it out: add, import and export."""

from __future__ import annotations

import importlib
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sitegen.cli.common import IN_PROJECT

if TYPE_CHECKING:
    from sitegen.authoring.intake.adding import Added, Incoming

_MEGABYTE: Final = 1_000_000
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
    help="How long a URL may take, in all.",
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
    fetched, with nothing sent but the address. The text goes to seeds/, the file as it came to
    seeds/originals/, and what the article says of itself (title, author, publisher, date) into a
    new note in content/sources/; what it does not say is left there as a comment. Nothing that is
    there already is touched.

    Example: sitegen add https://example.org/bridge-closed --id herald
    """
    importlib.import_module("sitegen.authoring.note_files").require_project(project)
    adding = importlib.import_module("sitegen.authoring.intake.adding")
    most = max_size * _MEGABYTE
    incoming = _incoming(adding, project, origin, most, timeout)
    day = collected or date.today().isoformat()
    _say_added(
        adding.add(project, incoming, collected=day, most=most, note_id=note_id, encoding=encoding)
    )


def _incoming(adding: Any, project: Path, origin: str, most: int, timeout: float) -> Incoming:
    """Return the article that is meant by a name, an address or a hyphen."""
    taken: Incoming
    if origin == "-":
        raw = sys.stdin.buffer.read(most + 1)
        taken = adding.Incoming(adding.checked_size(raw, most))
    elif _ADDRESS.match(origin):
        taken = adding.take_address(origin, most, timeout)
    else:
        taken = adding.take_file(project, Path(origin), most)
    return taken


def _say_added(added: Added) -> None:
    """Say what was found, what is still to be filled in, and what to do next."""
    for name, value in added.found.items():
        words = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        click.echo(f"{name:<12}{words}")
    for file in added.files:
        click.echo(f"{'written':<12}{file}")
    click.echo(f"{'text':<12}{added.sentences} sentences")
    for remark in added.remarks:
        click.echo(f"look at     {remark}", err=True)
    if added.missing:
        click.echo(f"to fill in: {', '.join(added.missing)}")
    click.echo(f'next: sitegen excerpt {added.id} "some words of a passage"')
