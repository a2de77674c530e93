"""That one text stands for many files, character for character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.archive import pack, unpack
from tests.conftest import CheckGolden, MakeProject


def test_indented_text_gives_flush_files() -> None:
    """The first header's indentation goes from every line; what is indented further stays so."""
    text = """
        -- content/claims/rain.yaml --
        evidence:
          - source: weather

        -- empty.txt --
        -- seeds/weather.txt (no final newline) --
        It rained.
    """
    assert unpack(text) == {
        "content/claims/rain.yaml": "evidence:\n  - source: weather\n\n",
        "empty.txt": "",
        "seeds/weather.txt": "It rained.",
    }


def test_only_line_feeds_end_lines() -> None:
    """Carriage returns and Unicode's own line ends are content."""
    assert unpack("-- a --\none\r\ntwo\u2028three\x0cfour\n") == {
        "a": "one\r\ntwo\u2028three\x0cfour\n"
    }


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("stray\n-- a --\n", "before the first file"),
        ("-- a --\n-- a --\n", "there twice"),
        ("-- ../a --\n", "leaves the project"),
        ("-- /a --\n", "leaves the project"),
        ("-- a --\nb", "end with a newline"),
    ],
)
def test_bad_texts_are_refused(text: str, fault: str) -> None:
    """A text that cannot mean what its author thinks is an error, never half read."""
    with pytest.raises(ValueError, match=fault):
        unpack(text)


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,3}(/[a-z]{1,3})?", fullmatch=True),
        st.text(alphabet="a-\r\t \N{COMBINING ACUTE ACCENT}\U0001f600\n", max_size=30),
        max_size=4,
    )
)
def test_packed_files_unpack_to_themselves(files: dict[str, str]) -> None:
    """What `pack` writes `unpack` reads back, final newlines or none."""
    assert unpack(pack(files)) == files


def test_project_holds_the_very_bytes(project: MakeProject) -> None:
    """A project's files are UTF-8 with no newline translated, and a second call adds to them."""
    folder = project("-- seeds/a.txt --\né\r\n-- seeds/b.txt --\nold\n")
    assert project("-- seeds/b.txt --\nnew\n") == folder
    assert (folder / "seeds/a.txt").read_bytes() == b"\xc3\xa9\r\n"
    assert (folder / "seeds/b.txt").read_bytes() == b"new\n"
    assert project("-- a --\n", "other") != folder


def test_golden_file_that_is_missing_fails(golden: CheckGolden) -> None:
    """A comparison with a file that nobody made is a failure, not a success."""
    with pytest.raises(pytest.fail.Exception, match="no golden file"):
        golden("there/is/no/such-file.txt", "anything")
