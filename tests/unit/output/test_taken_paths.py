"""Each file has a place of its own."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.output.taken_paths import TakenPaths, UnfitPath


def refused(paths: Iterable[str], sound: Iterable[str] = ()) -> list[str]:
    """Return what is named of paths that cannot be taken one after the other."""
    taken_paths, named = TakenPaths({*sound}), []
    taken_paths.take_sound([*sound])
    for path in paths:
        try:
            taken_paths.take(path)
        except UnfitPath as fault:
            named.append(fault.path)
    return named


@pytest.mark.parametrize(
    ("paths", "named"),
    [
        (["a", "b/c", "b/d", "e/f/g", "B-c"], []),
        (["a", "a"], ["a"]),
        (["a", "A"], ["a"]),
        (["a/x", "A/y"], ["a"]),
        (["a", "a/x"], ["a"]),
        (["A", "a/x/y"], ["a"]),
        (["a/é", "a/e\u0301"], ["a/é"]),
        (["a/con.html", "/a", "a//b", "b/../c"], ["a/con.html", "/a", "a//b", "b/../c"]),
        (["a/x", "a/con.html"], ["a/con.html"]),
    ],
)
def test_paths_that_cannot_be_together_are_told(paths: list[str], named: list[str]) -> None:
    """The same is named of two, whichever came first."""
    assert refused(paths) == named
    assert refused(reversed(paths)) == named[::-1]


def test_fault_says_what_is_wrong() -> None:
    """A reason goes on from the name of the path."""
    taken_paths = TakenPaths()
    taken_paths.take("a")
    with pytest.raises(UnfitPath, match=r'^"a" is the address of another file of the site$'):
        taken_paths.take("A")
    with pytest.raises(UnfitPath, match=r'^"con" has a name that Windows reserves$'):
        taken_paths.take("con")


names = st.sampled_from(["a", "A", "b", "con"])
some_paths = st.lists(st.lists(names, min_size=1, max_size=3).map("/".join), max_size=6)


@given(some_paths, st.randoms())
def test_last_that_is_named_depends_on_no_order(paths: list[str], luck: object) -> None:
    """Of all that cannot be together the last in order is always told."""
    turned = [*paths]
    luck.shuffle(turned)  # type: ignore[attr-defined]
    assert max(refused(turned), default="") == max(refused(paths), default="")


@given(some_paths)
def test_what_is_known_to_be_sound_makes_no_difference(paths: list[str]) -> None:
    """Paths that were looked at before are refused and refuse others as any would be."""
    first, rest = paths[:3], paths[3:]
    if not refused(first):
        assert refused(rest, first) == refused(paths)


def test_sound_paths_may_come_later() -> None:
    """They are looked at one by one then."""
    taken_paths = TakenPaths({"A", "b"})
    taken_paths.take("a")
    with pytest.raises(UnfitPath):
        taken_paths.take_sound(["A", "b"])


def clashes(taken_paths: TakenPaths, path: str) -> bool:
    """Return whether a path cannot be taken any longer."""
    try:
        taken_paths.take(path)
    except UnfitPath:
        return True
    return False


def test_paths_that_were_taken_together_are_taken() -> None:
    """Each of them, whether it was known to be sound or is looked at now."""
    for path in ("a", "A", "a/x"):
        taken_paths = TakenPaths({"a", "b"})
        taken_paths.take_sound(["a", "b"])
        assert clashes(taken_paths, path)


@pytest.mark.parametrize("before", [[], ["a"], ["c"]])
def test_paths_that_are_left_out_are_free(before: list[str]) -> None:
    """Once, whether the others are taken together or one by one."""
    for path in ("b", "B", "b/x"):
        taken_paths = TakenPaths({"a", "b"})
        for each in before:
            taken_paths.take(each)
        taken_paths.take_sound(["a", "b"], but={"b", *before})
        assert not clashes(taken_paths, path)
        assert clashes(taken_paths, path)
        assert clashes(taken_paths, "b")
        assert clashes(taken_paths, "a")


def test_every_order_of_three_is_refused() -> None:
    """A file, the same in other letters, and a folder of the name."""
    for paths in permutations(["a/x", "A", "b", "a"]):
        assert max(refused(paths)) == "a"
