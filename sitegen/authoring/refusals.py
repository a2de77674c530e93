"""The one exception of the commands for authors: something was asked for that cannot be done."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.diagnostics import Diagnostic


class Refused(Exception):  # noqa: N818 - reads as what it is where it is caught
    """Nothing was done; the message is one short fact, `help` says what to do next.

    `is_wrong_use` tells a command that makes no sense from one that met an obstacle.
    """

    def __init__(self, message: str, help: str = "", *, is_wrong_use: bool = False) -> None:  # noqa: A002
        """Take what is the matter, and the way out."""
        super().__init__(message)
        self.message = message
        self.help = help
        self.is_wrong_use = is_wrong_use


class Invalid(Refused):
    """Nothing was done, since a note is or would be at fault; `diagnostics` say how."""

    def __init__(self, message: str, diagnostics: Iterable[Diagnostic]) -> None:
        """Take what is the matter, and the faults."""
        super().__init__(message)
        self.diagnostics = tuple(diagnostics)
