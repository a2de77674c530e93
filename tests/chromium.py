"""Whether this machine has the browser that the browser tests need."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """Return the path of the system's Chromium, or None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def may_be_left_out() -> bool:
    """Tell whether browser tests are left out here: without Chromium, but never under CI."""
    return find_chromium() is None and not os.environ.get("CI")
