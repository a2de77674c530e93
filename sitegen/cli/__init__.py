"""The command line: arguments, exit codes, and the only place that prints."""

from __future__ import annotations

import click

from sitegen import __version__
from sitegen.cli.console import Commands
from sitegen.cli.exchange import add, export, import_
from sitegen.cli.manual import explain, health, schema
from sitegen.cli.notes import excerpt, init, new
from sitegen.cli.reference import reference
from sitegen.cli.serving import serve
from sitegen.cli.site import build, check


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sitegen")
def main() -> None:
    """Build a research site whose every sentence can be audited.

    A project is a folder with content/ (your notes, in YAML and Markdown) and seeds/ (the articles
    they quote). Every quotation is proved against its article before anything is written.
    """


# In the order of the work; `--help` shows them so.
SECTIONS = {
    "Begin": (init,),
    "Write": (add, new, excerpt),
    "See and publish": (serve, check, build),
    "Look after": (health,),
    "Exchange": (import_, export),
    "Look up": (explain, schema, reference),
}

for section, commands in SECTIONS.items():
    for command in commands:
        main.add_command(command, section)
