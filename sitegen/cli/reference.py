"""The command that writes the reference: of fields, of rules, and of these commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

_WIDTH = 80
_HEAD = """# Commands

<!-- Made by `sitegen reference`: change the code that it is made from, not this. -->

This is what `sitegen --help` and `sitegen COMMAND --help` say.
"""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.pass_context
def reference(ctx: click.Context, folder: Path) -> None:
    """Write the reference of this version into DIR: fields.md, rules.md and commands.md.

    It is made from the program itself: what each field of each kind of note means, the manual of
    every rule, and the help of every command, in Markdown.
    """
    from sitegen.authoring.reference import fields_page, rules_page

    pages = {
        "fields.md": fields_page(),
        "rules.md": rules_page(),
        "commands.md": commands_page(ctx.find_root().command),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            (folder / name).write_bytes(text.encode())
    except OSError as fault:
        raise click.ClickException(f"cannot write to {folder}: {fault.strerror}") from fault
    click.echo(f"{len(pages)} pages in {folder}")


def commands_page(main: click.Command) -> str:
    """Return the help of a group of commands and of each of them, as they print it."""
    with _context(main, "sitegen") as above:
        parts = [_HEAD, _fenced(main.get_help(above))]
        for command in _commands(main, above):
            with _context(command, command.name or "", above) as below:
                parts += [f"\n## `sitegen {command.name}`\n", _fenced(command.get_help(below))]
    return "\n".join(parts)


def _commands(main: click.Command, above: click.Context) -> Iterator[click.Command]:
    if isinstance(main, click.Group):
        for name in main.list_commands(above):
            if command := main.get_command(above, name):
                yield command


def _context(
    command: click.Command, name: str, parent: click.Context | None = None
) -> click.Context:
    return click.Context(
        command,
        parent=parent,
        info_name=name,
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
        help_option_names=["-h", "--help"],
    )


def _fenced(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```\n"
