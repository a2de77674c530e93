"""What the commands share: exit codes, arguments, and how findings and refusals are said."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn

import click

from sitegen.authoring.refusals import Invalid, Refused

if TYPE_CHECKING:
    from sitegen.diagnostics import Diagnostic

CLEAN: Final = 0
HAS_ERRORS: Final = 1
WRONG_USE: Final = 2

_OF_ITS_OWN: Final = object()  # marks a command that is all that its process is for
_WHOLE: Final = 1000  # characters of a command's first sentence that are shown in the list

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
            from sitegen.report import format_text

            click.echo(format_text(self.refusal.diagnostics, {}), nl=False, err=True)
        super().show(file)
        if self.refusal.help:
            click.echo(f"  help: {self.refusal.help}", err=True)


class _WrongUse(_Failure):
    """A refusal of a command that makes no sense."""

    exit_code = WRONG_USE


class Commands(click.Group):
    """The commands; what one of them refuses to do becomes a message, never a traceback.

    `sitegen --help` lists them by section, in the order in which they were added.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin without sections."""
        super().__init__(*args, **kwargs)
        self.sections: dict[str, list[str]] = {}

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command as a process of its own, which looks for no unreachable objects.

        It ends when its work is done, and all memory with it. To look through a large site's
        objects after that, or to take them apart one by one, takes longer than to build it again.
        """
        gc.disable()
        atexit.register(gc.freeze)  # Python looks through all once more at its end
        return super().__call__(*args, obj=_OF_ITS_OWN, **kwargs)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command to the section that is named, or to the last one."""
        super().add_command(cmd)
        section = name or next(reversed(self.sections), "Commands")
        self.sections.setdefault(section, []).append(cmd.name or "")

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        """Return the names of the commands, by section."""
        return [name for names in self.sections.values() for name in names]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each section with its commands and what they are for."""
        widest = max(map(len, self.list_commands(ctx)))
        for section, names in self.sections.items():
            rows = [
                (f"{name:<{widest}}", self.commands[name].get_short_help_str(_WHOLE))
                for name in names
            ]
            with formatter.section(section):
                formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except Refused as refusal:
            failure = _WrongUse if refusal.is_wrong_use else _Failure
            raise failure(refusal) from refusal


class _Ended(SystemExit):
    """SIGTERM came."""


@contextmanager
def ended_politely() -> Iterator[None]:
    """Let SIGTERM end what is done as Ctrl-C would, with its own exit code.

    It is cleared up first, and then said. The signal often comes twice, to a process and to its
    group, and is heard once, also while the process ends. Where it is ignored, or somebody else
    looks after it, that stays so.
    """

    def end(number: int, _frame: object) -> NoReturn:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise _Ended(128 + number)

    is_main = threading.current_thread() is threading.main_thread()  # others may set no handler
    if not is_main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, end)
    try:
        yield
    except _Ended:
        with suppress(OSError):  # whoever ended this may have closed it
            click.echo("\nAborted!", err=True)  # as click says of Ctrl-C
        raise
    finally:
        if signal.getsignal(signal.SIGTERM) is end:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)


def leave(code: int) -> NoReturn:
    """End a command that holds a large site: a process of its own ends as it stands.

    Python would take everything apart first, which takes a second for ten thousand claims.
    """
    if click.get_current_context().find_root().obj is _OF_ITS_OWN:
        for stream in (sys.stdout, sys.stderr):
            if stream:  # there is none where it was closed from the start
                stream.flush()
        os._exit(code)
    sys.exit(code)


def report(diagnostics: Sequence[Diagnostic], files: Mapping[str, str], style: str) -> None:
    """Say what was found, in the style asked for: text to stderr, others to stdout.

    `files` are the texts of the files that the report shows lines of, by path.
    """
    from sitegen.report import format_github, format_json, format_text

    if style == "json":
        click.echo(format_json(diagnostics), nl=False)
    elif style == "github":
        click.echo(format_github(diagnostics), nl=False)
    elif style == "sarif":
        from sitegen.authoring.rule_manual import all_rules
        from sitegen.authoring.sarif import format_sarif

        click.echo(format_sarif(diagnostics, all_rules()), nl=False)
    elif diagnostics:
        color = sys.stderr.isatty() and "NO_COLOR" not in os.environ
        click.echo(format_text(diagnostics, files, color=color), nl=False, err=True)


def verdict(diagnostics: Sequence[Diagnostic], otherwise: str) -> str:
    """Return the last line of a report: how many faults there are, and what follows."""
    if not diagnostics:
        return f"no faults; {otherwise}"
    from sitegen.report import summary_line

    return f"{summary_line(diagnostics)}; {otherwise}"


def counted(numbers: Mapping[str, int], nothing: str) -> str:
    """Return counts by plural noun as one line of words, as in "3 claims, 1 event"."""
    counted = (
        f"{count} {name.removesuffix('s') if count == 1 else name}"
        for name, count in numbers.items()
    )
    return ", ".join(counted) or f"no {nothing}"


def proofs(quotes: Mapping[str, int], unread: int = 0) -> str:
    """Return how many quotes are in each state, as in "9 exact, 1 ambiguous".

    And of how many notes, if any, none could be read.
    """
    counted = ", ".join(f"{count} {state}" for state, count in quotes.items())
    if not unread:
        return counted or "no quotes"
    notes = f"{unread} {'note' if unread == 1 else 'notes'} could not be read"
    return f"{counted}; those of {notes}" if counted else f"the quotes of {notes}"


def shown(path: Path) -> str:
    """Return a path as seen from the current folder, where it lies below it."""
    with suppress(ValueError, OSError):
        return str(path.resolve().relative_to(Path.cwd()))
    return str(path)
