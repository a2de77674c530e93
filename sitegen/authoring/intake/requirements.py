"""The libraries that only articles from the web and in PDF need, and how to get them."""

from __future__ import annotations

import importlib
from typing import Any, Final

from sitegen.authoring.refusals import Refused

NEEDED: Final = (
    "pypdf>=6.4,<8",
    "trafilatura>=2.0,<3",
    "truststore>=0.10,<0.11",
    "urllib3>=2.6,<3",
)
"""What the extra `add` of the package installs."""


def load(name: str) -> Any:
    """Return one of the libraries; refuse where it is not installed, with the way to it."""
    try:
        return importlib.import_module(name)
    except ImportError as fault:
        wanted = " ".join(f'"{each}"' for each in NEEDED)
        raise Refused(
            f"articles from the web, in HTML and in PDF need the library {name.partition('.')[0]}",
            f"install what it takes: python -m pip install {wanted}",
        ) from fault
