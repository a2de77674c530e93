"""Where the program stands, and how more comes to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.installed import install_command


def environment(folder: Path) -> Path:
    """Return the interpreter of something like a virtual environment."""
    (folder / "bin").mkdir(parents=True)
    for name in ("python", "python3"):
        (folder / "bin" / name).write_text("")
        (folder / "bin" / name).chmod(0o755)
    return folder / "bin" / "python"


@pytest.mark.parametrize(
    ("here", "said"),
    [
        (".", "'a project/.venv/bin/python'"),
        ("a project", ".venv/bin/python"),
        ("a project/.venv/bin", "'{root}/a project/.venv/bin/python'"),
        ("elsewhere", "'{root}/a project/.venv/bin/python'"),
    ],
)
def test_libraries_go_to_the_interpreter_that_runs_the_program(
    here: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named as this folder knows it, and as a shell reads it, whatever `python` is there."""
    own = environment(tmp_path / "a project" / ".venv")
    (tmp_path / "elsewhere").mkdir()
    other = environment(tmp_path / "other")
    monkeypatch.setenv("PATH", str(other.parent))
    monkeypatch.chdir(tmp_path / here)
    monkeypatch.setattr("sys.executable", str(own))
    command = install_command("one>=1,<2", "two")
    assert command == f'{said.format(root=tmp_path)} -m pip install "one>=1,<2" "two"'


def test_interpreter_of_an_active_environment_is_called_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the shell finds this very interpreter, its short name is enough."""
    own = environment(tmp_path)
    monkeypatch.setenv("PATH", str(own.parent))
    monkeypatch.setattr("sys.executable", str(own))
    assert install_command("one") == 'python -m pip install "one"'


def test_environment_is_not_the_interpreter_that_it_links_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library in the one is not in the other, though both are one file."""
    system = environment(tmp_path / "system")
    own = tmp_path / "venv" / "python"
    own.parent.mkdir()
    own.symlink_to(system)
    monkeypatch.setenv("PATH", str(system.parent))
    monkeypatch.setattr("sys.executable", str(own))
    assert install_command("one").startswith(f"{own} -m pip")
