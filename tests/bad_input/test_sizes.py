"""What is large takes work in proportion to its size, counted in calls and not by the clock."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.bad_input.rows import SOUND
from tests.bad_input.test_table import gave, run, write_files

_SEED, _CLAIM = SOUND["seeds/herald.txt"], SOUND["content/claims/rain.yaml"]
_SOURCE = SOUND["content/sources/herald.yaml"]
_PAGE, _NOTE = SOUND["content/pages/index.md"], SOUND["content/claims/gates.yaml"]
_FULL: Final = {"content/site.yaml": "title: Rain\npublication: {rights: full}\n"}
_SENTENCE: Final = "\nThe river rose by the hour and nobody knew why it did.\n"


def _counted(count: int) -> dict[str, str]:
    """Return a claim that quotes each number of one long sentence."""
    numbers = [f"{each},500 men" for each in range(101, 101 + count)]
    quotes = "".join(f"  - source: herald\n    quote: {each}\n" for each in numbers)
    statement = "statement: There were 101,500 of them.\nevidence:\n"
    return {
        "content/claims/rain.yaml": f"{statement}{quotes}",
        "seeds/herald.txt": f"{_SEED}\nThey counted {', then '.join(numbers)}.\n",
    }


# What is made for a number of times, and that number. The line has a million characters.
_LARGE: Final[Mapping[str, tuple[Callable[[int], Mapping[str, str]], int]]] = {
    "an article": (lambda n: {"seeds/herald.txt": _SEED + _SENTENCE * n}, 2_000),
    "an article in full": (lambda n: {**_FULL, "seeds/herald.txt": _SEED + _SENTENCE * n}, 1_200),
    "a line": (lambda n: {**_FULL, "seeds/herald.txt": _SEED + "word " * n}, 200_000),
    "a line without a space": (lambda n: {**_FULL, "seeds/herald.txt": _SEED + "x" * n}, 1_000_000),
    "an analysis": (
        lambda n: {"content/claims/rain.yaml": f"{_CLAIM}analysis: {'word ' * n}\n"},
        10_000,
    ),
    "a page": (lambda n: {"content/pages/index.md": f"{_PAGE}\n{'word ' * n}\n"}, 4_000),
    "markup": (
        lambda n: {"content/pages/index.md": f"{_PAGE}\n{'*a* `b` [[rain]] ' * n}\n"},
        2_000,
    ),
    "a list": (lambda n: {"content/claims/rain.yaml": f"{_CLAIM}tags: [{'a, ' * n}]\n"}, 400),
    "a quote": (
        lambda n: {
            **_in_claim("quote: It rained on Monday", "quote: It rained" + " and rained" * n),
            "seeds/herald.txt": _SEED + "It rained" + " and rained" * n,
        },
        4_000,
    ),
    "quotes of one sentence": (_counted, 160),
    "a passage that is ignored again and again": (
        lambda n: {
            "content/sources/herald.yaml": f"{_SOURCE}ignore: [{'e, ' * n}]\n",
            "seeds/herald.txt": _SEED + "e " * n,
        },
        800,
    ),
    "articles that nobody names": (lambda n: {f"seeds/{each}.txt": "x" for each in range(n)}, 200),
    "notes": (lambda n: {f"content/claims/n{each}.yaml": _NOTE for each in range(n)}, 40),
}


def _in_claim(old: str, new: str) -> dict[str, str]:
    assert old in _CLAIM
    return {"content/claims/rain.yaml": _CLAIM.replace(old, new)}


def calls_of(folder: Path, files: Mapping[str, str]) -> int:
    """Return how many functions a build of the sound project with these files calls."""
    shutil.rmtree(folder, ignore_errors=True)
    write_files(folder, {**SOUND, **files})
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        found = run("build", folder, "--jobs", "1", "--no-cache")
    finally:
        sys.setprofile(None)
    assert gave(found).startswith("works"), found.stderr[:500]
    return count


@pytest.mark.parametrize("what", _LARGE)
def test_work_grows_with_size(what: str, tmp_path: Path) -> None:
    """Four times as much of it is at most a little more than four times the work."""
    make, size = _LARGE[what]
    calls_of(tmp_path, make(1))  # what is made once for all builds is made
    least = calls_of(tmp_path, make(1))
    some, more = (calls_of(tmp_path, make(each)) - least for each in (size // 4, size))
    assert more <= 6 * max(some, 1_000)
