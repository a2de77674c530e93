"""The command that shows a site while its notes are written: serve."""

from __future__ import annotations

import gc
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sitegen.cli.console import PROJECT, report

if TYPE_CHECKING:
    from sitegen.diagnostics import Diagnostic
    from sitegen.serving.rounds import Round

_PATHS_SHOWN: Final = 3


@click.command()
@PROJECT
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to serve on; 0 takes any that is free.",
)
@click.option("--open", "opens", is_flag=True, help="Open the front page in the browser.")
def serve(project: Path, port: int, opens: bool) -> None:
    """Show the site of PROJECT (default: this folder) while you write.

    Builds the site, serves it to this machine alone, and builds it anew whenever a file in
    content/, seeds/ or templates/ changes; pages that are open in the browser follow. While a note
    has an error they show the last good site, with the error at the lower edge. Both need script in
    the browser; without it, load a page anew to see what has changed. Errors are told here too, in
    the terminal. Warnings keep no page back, so they are told here alone. Ctrl-C ends it.

    The project's _site/ is not touched: that is what `sitegen build` is for.

    Example: sitegen serve --open
    """
    from sitegen.authoring.note_files import require_project
    from sitegen.serving.addresses import address_of, listen
    from sitegen.serving.session import serve as serve_project

    require_project(project)
    listening = listen(port)
    address = address_of(listening)
    click.echo(f"serving {address} (Ctrl-C ends it)")
    gc.enable()  # other commands end before they need it
    serve_project(project, listening, _Teller(address if opens else ""))
    click.echo("\nstopped")


class _Teller:
    """Says in the terminal what happens; a warning that it has told it does not tell again."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._warnings: frozenset[Diagnostic] = frozenset()
        self._was_broken = False
        self._is_first = True

    def changed(self, paths: Sequence[str]) -> None:
        """Say what has changed."""
        more = len(paths) - _PATHS_SHOWN
        shown = ", ".join(paths[:_PATHS_SHOWN])
        click.echo(f"changed {shown}{f' and {more} more' if more > 0 else ''}")
        self._is_first = False

    def built(self, done: Round) -> None:
        """Say what came of a build, and open the browser after the first."""
        fresh = [each for each in done.diagnostics if each not in self._warnings]
        report(fresh, done.files, "text")
        click.echo(self._outcome(done))
        self._was_broken = bool(done.faults)
        if not done.faults:  # else not all warnings were looked for
            self._warnings = frozenset(done.diagnostics)
        if self._address:
            import webbrowser

            # Some browsers return only when they are closed.
            threading.Thread(target=webbrowser.open, args=[self._address], daemon=True).start()
            self._address = ""

    def _outcome(self, done: Round) -> str:
        after = f"in {done.seconds:.1f} s"
        if done.differing is None:
            count = len(done.faults)
            errors = "1 error" if count == 1 else f"{count} errors"
            shows = "the last good site is still shown" if done.version else "no site to show yet"
            return f"broken  {errors} {after}; {shows}"
        lead = "mended" if self._was_broken else "built"
        number = done.differing
        if self._is_first:
            return f"{lead:<7} {number} files {after}"
        files = "1 file differs" if number == 1 else f"{number} files differ"
        return f"{lead:<7} {files if number else 'nothing on the site differs'} {after}"
