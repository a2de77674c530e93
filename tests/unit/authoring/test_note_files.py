"""What the commands for authors may write, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.authoring.note_files import checked_ref, note_name, replace_text, write_new
from sitegen.authoring.refusals import Refused
from sitegen.kinds import Kind
from sitegen.model import Ref


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("Bridge Closed", "bridge-closed"),
        ("../../etc/passwd", "etc-passwd"),
        ("Übersicht_2025.yaml", "ubersicht-2025-yaml"),
        ("a" * 300, "a" * 80),
    ],
)
def test_bad_id_gets_the_nearest_good_one(written: str, nearest: str) -> None:
    """An id that no note may have is refused with the one that is most like it."""
    with pytest.raises(Refused) as refused:
        checked_ref(Kind.CLAIM, written)
    assert f'"{nearest}"' in refused.value.help
    assert refused.value.is_wrong_use


def test_id_without_any_letter_is_refused_without_a_guess() -> None:
    """Where nothing of an id can be kept, the rule for ids is all there is to say."""
    with pytest.raises(Refused) as refused:
        checked_ref(Kind.CLAIM, "\udcff日本")
    assert "nearest" not in refused.value.help
    assert "<U+DCFF>" in refused.value.message


def test_reserved_ids_are_refused_but_for_the_front_page() -> None:
    """Names that Windows keeps are no ids; `index` is one for a page alone."""
    for note_id in ("con", "index"):
        with pytest.raises(Refused):
            checked_ref(Kind.CLAIM, note_id)
    assert note_name(checked_ref(Kind.PAGE, "index")) == "content/pages/index.md"
    assert note_name(Ref(Kind.MEASURE, "days")) == "content/measures/days.yaml"


def test_new_file_never_replaces_another(tmp_path: Path) -> None:
    """A file that is there is left as it is, also where it is a link that leads nowhere."""
    write_new(tmp_path, "content/claims/rain.yaml", "statement: a\n")
    with pytest.raises(Refused):
        write_new(tmp_path, "content/claims/rain.yaml", "statement: b\n")
    assert (tmp_path / "content/claims/rain.yaml").read_text() == "statement: a\n"
    (tmp_path / "content/claims/snow.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises(Refused):
        write_new(tmp_path, "content/claims/snow.yaml", "statement: b\n")
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_nothing_is_written_outside_the_project(tmp_path: Path) -> None:
    """A folder of notes that is a link out of the project is not written to."""
    outside = tmp_path / "outside"
    outside.mkdir()
    project = tmp_path / "project"
    (project / "content").mkdir(parents=True)
    (project / "content/claims").symlink_to(outside, target_is_directory=True)
    with pytest.raises(Refused, match="leads out of the project"):
        write_new(project, "content/claims/rain.yaml", "statement: a\n")
    assert list(outside.iterdir()) == []


def test_replaced_text_keeps_mark_line_ends_and_mode(tmp_path: Path) -> None:
    """A changed note keeps its byte order mark, its line ends and its permissions."""
    file = tmp_path / "rain.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: b\r\n")
    file.chmod(0o640)
    mode = file.stat().st_mode
    replace_text(tmp_path, "rain.yaml", "a: b\r\n", "a: é\r\n")
    assert file.read_bytes() == b"\xef\xbb\xbfa: \xc3\xa9\r\n"
    assert file.stat().st_mode == mode
    assert list(tmp_path.iterdir()) == [file]


def test_text_that_changed_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    """What somebody else has just written is not overwritten."""
    (tmp_path / "rain.yaml").write_text("a: new\n")
    with pytest.raises(Refused, match="another program"):
        replace_text(tmp_path, "rain.yaml", "a: old\n", "a: mine\n")
    assert (tmp_path / "rain.yaml").read_text() == "a: new\n"


def test_what_the_system_refuses_is_said(tmp_path: Path) -> None:
    """A folder that is a file, and a path with a NUL, are refused in words."""
    (tmp_path / "content").write_text("")
    for name in ("content/claims/rain.yaml", "a\0b"):
        with pytest.raises(Refused, match="cannot write"):
            write_new(tmp_path, name, "")
    assert (tmp_path / "content").read_text() == ""
