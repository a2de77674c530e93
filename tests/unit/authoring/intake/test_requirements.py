"""The libraries that only `sitegen add` needs."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sitegen.authoring.intake.requirements import NEEDED, load
from sitegen.authoring.refusals import Refused
from sitegen.installed import install_command


def test_what_is_told_is_what_the_extra_installs(repo_root: Path) -> None:
    """The command that a newcomer is given installs the same as the package's extra."""
    metadata = tomllib.loads((repo_root / "pyproject.toml").read_text("utf-8"))
    assert metadata["project"]["optional-dependencies"]["add"] == list(NEEDED)


def test_missing_library_is_refused_with_a_command() -> None:
    """The library is named, and the command that installs it."""
    with pytest.raises(Refused, match="need the library no_such_library") as refused:
        load("no_such_library.part")
    assert refused.value.help == f"install what it takes: {install_command(*NEEDED)}"
