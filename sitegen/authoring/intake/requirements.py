"""The libraries that only articles from the web and in PDF need, and how to get them."""

from __future__ import annotations

import importlib
import logging
from typing import Any, Final

from sitegen.authoring.refusals import Refused
from sitegen.installed import install_command

NEEDED: Final = (
    "lxml-html-clean>=0.4,<0.6",
    "pypdf>=6.4,<8",
    "trafilatura>=2.0,<3",
    "truststore>=0.10,<0.11",
    "urllib3>=2.6,<3",
)
"""What the extra `add` of the package installs."""


_LOGGERS: Final = ("htmldate", "courlan", "justext")


def load_all() -> None:
    """Refuse where one of the libraries is not installed."""
    for each in NEEDED:
        load(each.partition(">")[0].replace("-", "_"))


def load(name: str) -> Any:
    """Return one of the libraries; refuse where it is not installed, with the way to it."""
    # They tell their own developers of what they meet; an author hears it from here.
    for logger in (name, *_LOGGERS):
        logging.getLogger(logger).setLevel(logging.CRITICAL + 1)
    try:
        return importlib.import_module(name)
    except ImportError as fault:
        library = name.partition(".")[0]
        is_missing = isinstance(fault, ModuleNotFoundError) and fault.name == library
        why = "" if is_missing else f", which does not load: {fault}"
        raise Refused(
            f"articles from the web, in HTML and in PDF need the library {library}{why}",
            f"install what it takes: {install_command(*NEEDED)}",
        ) from fault
