"""Work that can be ended when it takes too long."""

from __future__ import annotations

import os
import time

import pytest

from sitegen.authoring.intake.time_limit import within
from sitegen.authoring.refusals import Refused


def refuse(message: str, way_out: str) -> None:
    """Refuse."""
    raise Refused(message, way_out)


def test_result_and_refusal_come_back() -> None:
    """What a function gives is given, and what it refuses is refused, with the way out."""
    assert within(60, sorted, "ba") == ["a", "b"]
    with pytest.raises(Refused, match="no") as refused:
        within(60, refuse, "no", "do this")
    assert refused.value.help == "do this"


def test_work_that_takes_too_long_is_ended() -> None:
    """A document that keeps its reader busy is one clear error."""
    with pytest.raises(Refused, match=r"within 0\.1 seconds") as refused:
        within(0.1, time.sleep, 600)
    assert "--timeout" in refused.value.help


def test_reader_that_breaks_off_is_an_error_too() -> None:
    """A crash in there is no crash out here."""
    with pytest.raises(Refused, match="broke off"):
        within(60, os._exit, 1)
